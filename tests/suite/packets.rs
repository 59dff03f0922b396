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
fn a_packet_misses_a_question_whose_file_was_left_out_with_a_warning() {
    let mut project = Project::default().file("content/packets/systems.md", PACKET);
    project.0.insert_unreadable("content/questions/locks/guard.md", "");
    project.says(str![[r#"
content/packets/systems.md:10:31: error[unknown-name]: unknown question `guard`

"#]]);
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
    let rotations = ["2027-q1", "2027-q2", "2027-q3", "2027-q4"].map(|rotation| {
        project
            .clone()
            .file("content/packets/systems.md", &packet.replace("2026-q4", rotation))
            .page("packets/systems.html")
    });
    let asked = |page: &String| titles.map(|title| page.contains(title));
    assert!(rotations.iter().any(|other| asked(other) != asked(&page)), "another rotation asks others");
}

#[test]
fn a_query_needs_a_rotation_and_enough_questions() {
    let packet = PACKET.replace("pick: [guard]", "query: { topics: [locks] }, count: 2");
    Project::whole().file("content/packets/systems.md", &packet).says(str![[r#"
content/packets/systems.md:10:5: error[missing-rotation]: packet has a query and no `rotation`
content/packets/systems.md:10:5: error[too-few-questions]: the query wants 2 questions; 1 fit

"#]]);
    let packet = packet.replace("closing: 5\n", "closing: 5\nrotation: x\n");
    Project::whole().file("content/packets/systems.md", &packet).says(str![[r"
content/packets/systems.md:11:5: error[too-few-questions]: the query wants 2 questions; 1 fit

"]]);
}

#[test]
fn two_queries_of_a_packet_do_not_ask_the_same() {
    let packet = PACKET
        .replace(
            "  - { title: Diagnose, pick: [guard] }",
            "  - { title: One, query: { topics: [locks] } }\n  - { title: Two, query: { topics: [locks] } }",
        )
        .replace("minutes: 30", "minutes: 60")
        .replace("closing: 5\n", "closing: 5\nrotation: 2026-q4\n");
    let other = QUESTION.replace("The guard that stays", "Another guard");
    Project::whole()
        .file("content/packets/systems.md", &packet)
        .file("content/questions/locks/other.md", &other)
        .says_nothing();
    let conflict = other.replace("tags: [guard]", "conflicts: [guard]");
    Project::whole()
        .file("content/packets/systems.md", &packet)
        .file("content/questions/locks/other.md", &conflict)
        .says(str![[r#"
content/packets/systems.md:12:5: error[too-few-questions]: the query wants 1 questions; 0 fit

"#]]);
}

#[test]
fn questions_of_one_packet_are_rated_on_one_scale() {
    let scale = "title: Other\npoints:\n  - { value: 0, label: No, meaning: no }\n  - { value: 1, label: Yes, meaning: yes }\nbar: 1\nrecommendation: [No, Yes]\n";
    let other = QUESTION
        .replace("The guard that stays", "Another guard")
        .replace("tags: [guard]", "scale: two\nstatus_note: x")
        .replace("status_note: x\n", "")
        .replace("bar: { mid: 2, senior: 3 }\n", "")
        .replace("### 2\n- Anchor zebra two finds the conflict with a hint\n### 3\n- Anchor zebra three explains the lifetime unaided\n### 4\n- Anchor zebra four also predicts the other edition\n", "")
        .replace("### 1", "### 0\n- none\n### 1");
    Project::whole()
        .file("content/scales/two.yaml", scale)
        .file("content/questions/locks/other.md", &other)
        .file("content/packets/systems.md", &PACKET.replace("[guard]", "[guard, other]").replace("minutes: 30", "minutes: 60"))
        .says(str![[r"
content/packets/systems.md:10:38: error[mixed-scales]: `other` is rated on `two`, the questions before it on `depth-4`

"]]);
}

#[test]
fn one_misspelt_level_is_one_error() {
    Project::whole().question("levels: [mid, senior]", "levels: [mid, senoir]").says(str![[r"
content/questions/locks/guard.md:5:15: error[unknown-name]: unknown level `senoir`

"]]);
}
