//! Lists of questions, as they are without a script.
use crate::support::{Project, QUESTION};
use snapbox::{assert_data_eq, str};

/// A guide with a question on locks for two levels, and one on errors that takes twenty minutes.
fn project() -> Project {
    let other = QUESTION
        .replace("The guard that stays", "The failure that is lost")
        .replace("kind: debugging", "kind: coding")
        .replace("levels: [mid, senior]", "levels: [senior]")
        .replace("{ debugging: 2, concurrency: 1 }", "{ concurrency: 1 }")
        .replace("minutes: 15", "minutes: 20")
        .replace("bar: { mid: 2, senior: 3 }", "bar: { senior: 3 }")
        .replace("zebra", "giraffe");
    Project::whole().file("content/questions/errors/failure.md", &other)
}

/// The lines of `page` that hold one of `marks`, without their margins.
fn lines(page: &str, marks: &[&str]) -> String {
    let lines = page.lines().map(str::trim).filter(|line| marks.iter().any(|mark| line.contains(mark)));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn all_questions_link_to_the_page_of_each_value_with_its_count() {
    let page = project().page("questions/index.html");
    assert_data_eq!(
        lines(&page, &["data-facet", "data-value"]),
        str![[r#"
<section data-facet="level">
<li data-value="mid"><a href="../levels/mid.html">Mid</a> <span class="count">1</span></li>
<li data-value="senior"><a href="../levels/senior.html">Senior</a> <span class="count">2</span></li>
<section data-facet="kind">
<li data-value="coding"><a href="../kinds/coding.html">Coding</a> <span class="count">1</span></li>
<li data-value="debugging"><a href="../kinds/debugging.html">Debugging</a> <span class="count">1</span></li>
<section data-facet="minutes" class="js-only">
<li data-value="11-15"><span>11–15</span> <span class="count">1</span></li>
<li data-value="16-20"><span>16–20</span> <span class="count">1</span></li>
<section data-facet="competency">
<li data-value="debugging"><a href="../competencies/debugging.html">Debugging</a> <span class="count">1</span></li>
<li data-value="concurrency"><a href="../competencies/concurrency.html">Concurrency</a> <span class="count">2</span></li>
<section data-facet="topic">
<li data-value="locks"><a href="../topics/locks.html">Locks</a> <span class="count">1</span></li>
<li data-value="errors"><a href="../topics/errors.html">Errors</a> <span class="count">1</span></li>

"#]]
    );
}

#[test]
fn a_row_holds_what_a_question_is_chosen_by() {
    let page = project().page("questions/index.html");
    let row = page.split("<tr").find(|row| row.contains("guard.html")).unwrap();
    assert_data_eq!(
        row.trim(),
        str![[r#"
data-level="mid senior " data-kind="debugging" data-minutes="11-15" data-competency="debugging concurrency " data-status="active" data-topic="locks ">
<th scope="row"><a href="../questions/guard.html">The guard that stays</a> <span class="summary">Purpose zebra: we ask this to see how someone reasons about release.</span></th>
<td class="of-kind"><span>Debugging</span></td>
<td class="of-levels"><span class="ladder" aria-hidden="true"><i></i><i class="in"></i><i class="in"></i></span>Mid – Senior</td>
<td class="reads"><span>Debugging,</span> <span>Concurrency</span> </td>
<td class="number"><b>15</b> min</td>
<td class="reviewed">2026-02-06</td>
</tr>
"#]]
    );
}

#[test]
fn the_page_of_a_value_names_its_neighbours_and_what_it_holds() {
    let page = project().page("levels/senior.html");
    assert_data_eq!(
        lines(&page, &["<h1>", "crumbs", "neighbours", "role=\"status\""]),
        str![[r#"
<p class="search-status" role="status" aria-live="polite"></p>
<nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="../questions/index.html">Questions</a></li><li>Level</li></ol></nav>
<h1>Senior</h1>
<nav class="neighbours" aria-label="Level"><ul class="counts">
<p role="status" tabindex="-1">2 questions, 35 minutes</p>

"#]]
    );
    let links = page.matches("<li data-value").count();
    assert_eq!(links, 8, "two values each of topic, kind, competency and minutes");
    assert!(!page.contains("data-facet=\"level\""), "its own facet");
}

#[test]
fn a_competency_is_defined_and_parts_those_that_read_it_first() {
    let page = project().page("competencies/concurrency.html");
    assert_data_eq!(
        lines(&page, &["lede", "<h2 id=\"page--primary", "<h2 id=\"page--secondary", "rowheader"]),
        str![[r#"
<p class="lede">Shares state safely.</p></header>
<h2 id="page--primary">Read first and foremost by</h2>
<h2 id="page--secondary">Also read by</h2>

"#]]
    );
}

#[test]
fn a_list_without_a_question_says_so() {
    let page = Project::default().page("questions/index.html");
    assert!(page.contains("There is no question here yet."));
    assert!(!page.contains("<table"));
}
