//! The page of the whole bank: what it reads of whom, what is missing, what has gone old and what got out.
use crate::support::{PACKET, Project, QUESTION};
use askbook::edition::Audience;
use snapbox::{assert_data_eq, str};

const ROUTE: &str = "coverage.html";

/// The words of the section that the heading `id` names, a line for each that a reader sees.
#[track_caller]
fn section(page: &str, id: &str) -> String {
    let mark = format!("aria-labelledby=\"{id}\"");
    let at = page.find(&mark).unwrap_or_else(|| panic!("there is no section `{id}` in\n{page}"));
    let start = page[..at].rfind("<section").unwrap();
    let (mut depth, mut end) = (0, start);
    loop {
        let rest = &page[end..];
        let close = rest.find("</section>").unwrap();
        match rest[1..].find("<section").map(|open| open + 1).filter(|open| *open < close) {
            Some(open) => (depth, end) = (depth + 1, end + open),
            None if depth == 0 => return words(&page[start..end + close]),
            None => (depth, end) = (depth - 1, end + close + 1),
        }
    }
}

/// What `html` says without its tags; elements that stand on lines of their own do so here.
fn words(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        let (tag, words) = piece.split_once('>').unwrap_or(("", piece));
        let name = tag.split_whitespace().next().unwrap_or_default();
        if ["li", "p", "h2", "h3", "tr", "caption", "summary", "figcaption"].contains(&name) {
            text.push('\n');
        } else if ["td", "th"].contains(&name) {
            text.push_str(" | ");
        }
        text.push_str(words);
    }
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).map(|line| line + "\n").collect()
}

/// A question like the one of [`Project::whole`], with other front matter.
fn question(project: Project, id: &str, changes: &[(&str, &str)]) -> Project {
    let mut text = QUESTION.replace("The guard that stays", &format!("Question {id}"));
    for (from, to) in changes {
        assert!(text.contains(from), "the question holds no `{from}`");
        text = text.replace(from, to);
    }
    project.file(&format!("content/questions/locks/{id}.md"), &text)
}

#[test]
fn the_map_counts_what_a_question_reads_first_apart_from_what_it_reads_too() {
    let two = Project::whole();
    let two = question(
        two,
        "second",
        &[
            ("levels: [mid, senior]", "levels: [senior]"),
            ("minutes: 15", "minutes: 8"),
            ("bar: { mid: 2, senior: 3 }", "bar: { senior: 3 }"),
        ],
    );
    let two = question(
        two,
        "third",
        &[("competencies: { debugging: 2, concurrency: 1 }", "competencies: { concurrency: 1 }")],
    );
    let page = two.page(ROUTE);
    assert_data_eq!(
        section(&page, "page--map"),
        str![[r#"
Competency by level
The large number counts the questions that read a competency first, with their minutes; +n more read it beside something else. A question for two levels counts at both, and once in the totals.
| Competency | Junior | Mid | Senior | All levels
| Debugging | 0 | 1 first 15 min | 2 first 23 min | 2 first 23 min
| Concurrency | 0 | 1 first +1 also 15 min | 1 first +2 also 15 min | 1 first +2 also 15 min
| All competencies | 0 | 2 30 min | 3 38 min | 3 38 min
Questions that read it first
not read at all
only beside
1
2

"#]]
    );
    for expected in [
        "<a class=\"tile step-2\" href=\"questions/index.html?competency=debugging&amp;level=senior\"><strong>2</strong>",
        "<td><span class=\"tile blank\"><strong>0</strong></span></td>",
        "<th scope=\"row\"><a href=\"competencies/debugging.html\">Debugging</a></th>",
        "<th scope=\"col\"><a href=\"levels/mid.html\">Mid</a></th>",
        // No question is for it, so it has no page.
        "<th scope=\"col\">Junior</th>",
    ] {
        assert!(page.contains(expected), "no `{expected}` in\n{page}");
    }
}

#[test]
fn gaps_are_told_in_words_and_a_level_without_questions_once() {
    let taxonomy = "\
levels: { junior: { title: Junior }, mid: { title: Mid }, senior: { title: Senior } }
topics: { locks: { title: Locks } }
competencies:
  debugging: { title: Debugging, definition: Finds causes. }
  concurrency: { title: Concurrency, definition: Shares state. }
  operations: { title: Operations, definition: Runs it. }
themes: { troubleshooting: { title: Troubleshooting }, memory: { title: Memory behaviour } }
";
    let project = Project::whole().file("content/taxonomy.yaml", taxonomy);
    let project = question(
        project,
        "unused",
        &[
            ("levels: [mid, senior]", "levels: [senior]"),
            ("bar: { mid: 2, senior: 3 }", "bar: { senior: 3 }"),
        ],
    );
    assert_data_eq!(
        section(&project.page(ROUTE), "page--gaps"),
        str![[r#"
Gaps
Junior: no question at all.
No question reads it
Operations at every level
Read only beside something else
Concurrency at every level
One question reads it first
Debugging at Mid
Questions are there, no packet asks one
No packet is for Mid.
Kinds of question that are missing
At no level: Concept, Code reading, Coding, Design, Scenario, Behavioural, Take-home.
Themes that no question carries
Memory behaviour
Questions that no packet uses
1 of 2
Question unused

"#]]
    );
}

#[test]
fn a_packet_reads_what_it_scores_and_a_level_without_a_packet_is_told() {
    let unscored = PACKET.replace("pick: [guard] }", "pick: [guard], unscored: true }");
    let page = Project::whole().file("content/packets/systems.md", &unscored).page(ROUTE);
    assert_data_eq!(
        section(&page, "page--unasked"),
        str![[r#"
Questions are there, no packet asks one
No packet is for Mid.
Debugging at Senior
Concurrency at Senior

"#]]
    );
    let page = Project::whole().page(ROUTE);
    assert_data_eq!(
        section(&page, "page--unasked"),
        str![[r#"
Questions are there, no packet asks one
No packet is for Mid.

"#]]
    );
}

#[test]
fn a_take_home_that_a_loop_gives_is_used() {
    let project = question(
        Project::whole(),
        "project",
        &[("kind: debugging", "kind: take-home"), ("minutes: 15", "minutes: 120\nreview_minutes: 30")],
    );
    assert!(section(&project.page(ROUTE), "page--unused").contains("Question project"));
    let given = "---\ntitle: Loop\nlevel: senior\nrequires: { debugging: 1 }\nstages:\n  \
                 - { packet: systems, interviewer: A, take_home: project }\n---\n";
    let page = project.file("content/loops/whole.md", given).page(ROUTE);
    assert!(!page.contains("page--unused"));
    assert!(
        page.contains("<strong>2</strong> questions to ask</a> <small>45 minutes of interview"),
        "{page}"
    );
}

#[test]
fn drafts_and_retired_questions_are_no_material() {
    let project = question(Project::whole(), "draft", &[("status: active", "status: draft")]);
    let project =
        question(project, "pilot", &[("status: active", "status: pilot"), ("reviewed: 2026-02-06\n", "")]);
    let project = question(
        project,
        "gone",
        &[(
            "status: active",
            "status: retired\nretired: { date: 2026-03-04, reason: low-signal, replaced_by: guard }",
        )],
    );
    let page = project.page(ROUTE);
    assert!(
        page.contains(
            "<strong>2</strong> questions to ask</a> <small>30 minutes of interview, 1 pilot</small>"
        )
    );
    assert!(page.contains("<a href=\"questions/index.html?status=draft\">1 draft</a>, <a href=\"questions/index.html?status=retired\">1 retired</a>."));
    assert_data_eq!(
        section(&page, "page--freshness"),
        str![[r#"
Freshness
1 question reviewed on 2026-02-06. A review counts for 365 days: compare the dates with today.
Never reviewed
Question pilot
Drafts that wait
Question draft

"#]]
    );
    assert_data_eq!(
        section(&page, "page--exposure"),
        str![[r#"
Leaks and exposure
No question is known to have leaked. None is public or shared.
Retired questions
| Question | Retired | Why | Asked instead
| Question gone | 2026-03-04 | says too little | The guard that stays

"#]]
    );
}

#[test]
fn reviews_are_dates_that_the_reader_holds_against_today() {
    let config = "title: T\nrust: { current: \"1.95\" }\ncheck: { stale_after_days: 90 }\n";
    let project = Project::whole().file("askbook.yaml", config);
    let project = question(
        project,
        "old",
        &[(
            "introduced: 2026-01-05\nreviewed: 2026-02-06",
            "reviewed: 2025-07-01\nrust: { verified: \"1.94.1\" }",
        )],
    );
    let project = question(project, "new", &[("needs: [paper]", "rust: { verified: \"1.95.0\" }")]);
    project.says_nothing();
    let page = project.page(ROUTE);
    assert_data_eq!(
        section(&page, "page--freshness"),
        str![[r#"
Freshness
3 questions reviewed between 2025-07-01 and 2026-02-06. A review counts for 90 days: compare the dates with today.
Questions by the quarter of their last review
Q3 2025 1
Q4 2025 0
Q1 2026 2
Longest without a review
| Question | Reviewed | Recent until
| Question old | 2025-07-01 | 2025-09-29
| The guard that stays | 2026-02-06 | 2026-05-07
| Question new | 2026-02-06 | 2026-05-07
Code not tried with Rust 1.95
Question old tried with 1.94.1

"#]]
    );
    for expected in [
        "data-stale-after=\"90\" data-reviews=\"2025-07-01 1,2026-02-06 2\"",
        "<time datetime=\"2025-07-01\" data-stale-after=\"90\">2025-07-01</time>",
    ] {
        assert!(page.contains(expected), "no `{expected}` in\n{page}");
    }
}

#[test]
fn leaks_come_with_the_packets_that_still_ask() {
    let project = Project::whole().question(
        "needs: [paper]",
        "leaks:\n  - { date: 2026-03-01, where: a forum, note: with the answer }\n  - { date: 2026-04-01, where: a blog }",
    );
    let project = question(project, "shared", &[("needs: [paper]", "exposure: shared")]);
    let page = project.page(ROUTE);
    assert_data_eq!(
        section(&page, "page--exposure"),
        str![[r#"
Leaks and exposure
1 question that can be asked got out. Public: 1 of 2. Shared with other organisations: 1 of 2. A candidate may have read these, so ask for reasons, and change the numbers.
Leaks
| Question | Found | Where | Still asked in
| The guard that stays | 2026-04-01 | a blog | Systems interview
| The guard that stays | 2026-03-01 | a forum with the answer | Systems interview
Packets with public or shared questions
Systems interview 1 of 1
1 public or shared question in packets
The guard that stays public, in Systems interview

"#]]
    );
}

#[test]
fn a_guide_with_little_in_it_has_a_page_without_holes() {
    let empty = Project::default().page(ROUTE);
    assert!(empty.contains("No question can be asked yet."));
    assert!(!empty.contains("<section"), "{empty}");

    let taxonomy = "levels: { any: { title: Any } }\ntopics: { locks: { title: Locks } }\n\
                    competencies: { debugging: { title: Debugging, definition: Finds causes. } }\n";
    let project = question(
        Project::default().file("content/taxonomy.yaml", taxonomy),
        "one",
        &[
            ("levels: [mid, senior]", "levels: [any]"),
            ("{ debugging: 2, concurrency: 1 }", "{ debugging: 1 }"),
            ("bar: { mid: 2, senior: 3 }\n", ""),
            ("themes: [troubleshooting]\n", ""),
            ("- (senior) Follow", "- Follow"),
        ],
    );
    project.says_nothing();
    let page = project.page(ROUTE);
    assert!(!page.contains("All levels"), "one level is all");
    assert_data_eq!(
        section(&page, "page--gaps"),
        str![[r#"
Gaps
One question reads it first
Debugging at Any
No packet yet
A packet is what one interview asks, in order, with its times.
Kinds of question that are missing
At no level: Concept, Code reading, Coding, Design, Scenario, Behavioural, Take-home.

"#]]
    );
}

#[test]
fn a_large_bank_has_a_small_page_that_says_what_it_leaves_out() {
    let mut project = Project::whole();
    for number in 0..200 {
        let date = format!("reviewed: 2026-{:02}-{:02}", 2 + number % 10, 6 + number % 20);
        project = question(
            project,
            &format!("q{number}"),
            &[("reviewed: 2026-02-06", &date), ("needs: [paper]", "exposure: public")],
        );
    }
    let page = project.page(ROUTE);
    assert!(page.contains("and 188 more"), "{page}");
    let main = page.len() - page.find("<main").unwrap();
    assert!(main < 40_000, "{main} bytes");
}

#[test]
fn search_finds_the_page_and_candidates_do_not_get_it() {
    let project = Project::whole();
    let artifacts = project.published_to(Audience::Interviewer);
    let index = artifacts.iter().filter(|(path, _)| path.starts_with("search/"));
    assert!(index.into_iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(ROUTE)));
    assert!(project.published_to(Audience::Candidate).text(ROUTE).is_none());
}
