//! Loops: what several packets read together, and what must not meet twice.
use crate::support::{PACKET, Project, QUESTION};
use snapbox::str;

const LOOP: &str = "\
---
title: Whole loop
level: senior
requires: { debugging: 2, concurrency: 1 }
stages:
  - { packet: systems, interviewer: A }
  - { packet: second, interviewer: B }
---
Brief everybody a day before.
";

/// Two packets with a question each, and a loop of both.
fn project() -> Project {
    let other = QUESTION
        .replace("The guard that stays", "The counter that lags")
        .replace("competencies: { debugging: 2, concurrency: 1 }", "competencies: { debugging: 1 }");
    let second = PACKET.replace("Systems interview", "Second interview").replace("[guard]", "[lag]");
    Project::whole()
        .file("content/questions/locks/lag.md", &other)
        .file("content/packets/second.md", &second)
        .file("content/loops/whole.md", LOOP)
}

#[test]
fn a_loop_shows_who_reads_what_and_a_sheet_for_the_debrief() {
    let project = project();
    project.says_nothing();
    let page = project.page("loops/whole.html");
    for expected in [
        "Brief everybody a day before.",
        "<span class=\"at\">0:30</span> <span class=\"who\">B</span>",
        "<strong>15</strong> min <small>1 question</small>",
        "<td class=\"readings\">2 of 2 <span class=\"met\">met</span></td>",
        "session 2: <a href=\"../questions/lag.html\">The counter that lags</a>",
        "<input type=\"radio\" name=\"decision\" value=\"Strong hire\">",
    ] {
        assert!(page.contains(expected), "no `{expected}` in\n{page}");
    }
    assert!(project.page("index.html").contains("<a href=\"loops/whole.html\">Whole loop</a>"));
    assert!(project.page("loops/whole.letter.css").contains("size: letter"));
}

#[test]
fn a_question_is_asked_once_and_no_answer_is_given_away_before_it() {
    let reveals = QUESTION.replace("needs: [paper]", "needs: [paper]\nreveals: [lag]");
    project()
        .file("content/questions/locks/guard.md", &reveals)
        .file(
            "content/loops/again.md",
            "---\ntitle: Again\nlevel: senior\nrequires: { debugging: 1 }\nstages:\n  \
             - { packet: second, interviewer: A }\n  - { packet: second, interviewer: B }\n---\n",
        )
        .says(str![[r#"
content/loops/whole.md:7:15: error[reveals-order]: `guard` gives away the answer to `lag`, which comes later
content/loops/again.md:7:15: error[repeat-question]: `second` asks `lag` again

"#]]);
}

#[test]
fn what_is_required_and_not_read_is_an_error_and_what_is_read_too_little_a_warning() {
    let wanting = LOOP.replace("{ debugging: 2, concurrency: 1 }", "{ debugging: 3, concurrency: 2 }");
    project().file("content/loops/whole.md", &wanting).says(str![[r#"
content/loops/whole.md:4:13: warning[thin-evidence]: `debugging` is read by 2 interviewers, and 3 are required
content/loops/whole.md:4:27: warning[thin-evidence]: `concurrency` is read by 1 interviewer, and 2 are required

"#]]);
    let errors = QUESTION
        .replace("The guard that stays", "Another")
        .replace("competencies: { debugging: 2, concurrency: 1 }", "competencies: { debugging: 2 }");
    project().file("content/questions/locks/guard.md", &errors).says(str![[r#"
content/loops/whole.md:4:27: error[coverage-hole]: no question of this loop reads `concurrency`

"#]]);
}

#[test]
fn names_in_a_loop_name_something() {
    let wrong = LOOP
        .replace("packet: second", "packet: secnd")
        .replace("level: senior", "level: senoir")
        .replace("concurrency: 1", "concurrence: 1");
    project().file("content/loops/whole.md", &wrong).says(str![[r#"
content/loops/whole.md:3:8: error[unknown-name]: unknown level `senoir`
content/loops/whole.md:4:27: error[unknown-name]: unknown competency `concurrence`
content/loops/whole.md:7:15: error[unknown-name]: unknown packet `secnd`

"#]]);
    let take_home = LOOP.replace("interviewer: B }", "interviewer: B, take_home: guard, alternatve: x }");
    project().file("content/loops/whole.md", &take_home).says(str![[r#"
content/loops/whole.md:7:57: error[unknown-key]: unknown key `alternatve` in a stage of a loop

"#]]);
    let take_home = LOOP.replace("interviewer: B }", "interviewer: B, take_home: guard }");
    project().file("content/loops/whole.md", &take_home).says(str![[r#"
content/loops/whole.md:7:50: error[not-a-take-home]: `guard` is not a take-home

"#]]);
    let mid = PACKET.replace("level: senior", "level: mid").replace("[guard]", "[lag]");
    project().file("content/packets/second.md", &mid).says(str![[r#"
content/loops/whole.md:7:15: warning[level-mismatch]: `second` is for the level `mid`, this loop for `senior`

"#]]);
    project()
        .file("content/loops/none.md", "---\ntitle: None\nlevel: mid\nrequires: {}\nstages: []\n---\n")
        .says(str![[r#"
content/loops/none.md:5:1: error[loop-without-stage]: loop has no stage

"#]]);
}

#[test]
fn a_misspelt_question_is_one_error_and_no_reading_is_missed_for_it() {
    let packet = PACKET.replace("Systems interview", "Second interview").replace("[guard]", "[lagg]");
    project().file("content/packets/second.md", &packet).says(str![[r#"
content/packets/second.md:10:31: error[unknown-name]: unknown question `lagg`

"#]]);
}
