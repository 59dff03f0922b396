use crate::support::{PACKET, Project, QUESTION};
use snapbox::str;

#[test]
fn a_packet_prints_its_questions_scripts_and_score_summary() {
    let page = Project::whole().page("packets/systems.html");
    for text in [
        "Systems interview",
        "Hello from the opening script.",
        "Goodbye from the closing script.",
        "The guard that stays",
        "Listen zebra names",
        "Anchor zebra three",
        "Strong no hire",
    ] {
        assert!(page.contains(text), "{text}");
    }
    assert!(!page.contains("Answer zebra"), "a packet holds no answers unless it asks for them");
    assert!(!page.contains("Note zebra"), "notes are for the site");
}

#[test]
fn follow_ups_of_other_levels_stay_out() {
    let project =
        Project::whole().file("content/packets/systems.md", &PACKET.replace("level: senior", "level: mid"));
    let page = project.page("packets/systems.html");
    assert!(page.contains("would a match behave") && !page.contains("how would you find every other place"));
}

#[test]
fn a_packet_may_include_answers() {
    let packet = PACKET.replace("closing: 5\n", "closing: 5\ninclude_answer: true\n");
    let page = Project::whole().file("content/packets/systems.md", &packet).page("packets/systems.html");
    assert!(page.contains("Answer zebra"));
}

#[test]
fn a_packet_keeps_to_its_minutes_and_its_level() {
    let packet = PACKET.replace("minutes: 30", "minutes: 20").replace("level: senior", "level: junior");
    Project::whole().file("content/packets/systems.md", &packet).says(str![[r"
content/packets/systems.md:5:10: error[time-budget]: 25 minutes are planned, of 20
content/packets/systems.md:10:31: error[level-mismatch]: `guard` is not for the level `junior`

"]]);
}

#[test]
fn a_packet_asks_nothing_twice_and_nothing_unknown() {
    let packet = PACKET.replace("[guard]", "[guard, guard, gaurd]");
    Project::whole().file("content/packets/systems.md", &packet).says(str![[r"
content/packets/systems.md:5:10: error[time-budget]: 40 minutes are planned, of 30
content/packets/systems.md:10:38: error[repeat-question]: `guard` is asked twice
content/packets/systems.md:10:45: error[unknown-name]: unknown question `gaurd`

"]]);
}

#[test]
fn a_packet_is_not_blamed_for_a_question_that_cannot_be_read() {
    Project::whole().question("minutes: 15", "minutes: long").says(str![[r"
content/questions/locks/guard.md:7:10: error[wrong-type]: `minutes` is `long`, not a whole number

"]]);
}

#[test]
fn a_query_chooses_the_same_questions_every_time() {
    let packet = PACKET
        .replace("pick: [guard]", "query: { topics: [locks], max_minutes: 20 }, count: 2")
        .replace("minutes: 30", "minutes: 60")
        .replace("closing: 5\n", "closing: 5\nrotation: 2026-q4\n");
    let mut project = Project::whole().file("content/packets/systems.md", &packet);
    for name in ["one", "two", "three"] {
        let question = QUESTION.replace("The guard that stays", &format!("Guard number {name}"));
        project = project.file(&format!("content/questions/locks/{name}.md"), &question);
    }
    let page = project.page("packets/systems.html");
    let titles = ["The guard that stays", "Guard number one", "Guard number two", "Guard number three"];
    assert_eq!(titles.iter().filter(|title| page.contains(*title)).count(), 2, "two of four are asked");
    assert_eq!(page, project.page("packets/systems.html"));
}

#[test]
fn a_query_needs_a_rotation_and_enough_questions() {
    let packet = PACKET.replace("pick: [guard]", "query: { topics: [locks] }, count: 2");
    Project::whole().file("content/packets/systems.md", &packet).says(str![[r"
content/packets/systems.md:10:5: error[missing-rotation]: a packet with a query has a `rotation`

"]]);
    let packet = packet.replace("closing: 5\n", "closing: 5\nrotation: x\n");
    Project::whole().file("content/packets/systems.md", &packet).says(str![[r"
content/packets/systems.md:11:5: error[too-few-questions]: the query wants 2 questions; 1 fit

"]]);
}
