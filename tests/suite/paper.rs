use crate::support::{PACKET, Project, QUESTION};
use askbook::edition::Audience;
use std::collections::BTreeSet;

const PAGE: &str = "\
---
title: How to
---
## First part
See [the guard](../questions/locks/guard.md#answer), [the packet](../packets/systems.md) and [below](#second-part).

## Second part
Text.
";

/// The values of `attribute` in `html`.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    html.split(&format!(" {attribute}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Every id stands on the page once, and every link within the page leads to one.
#[track_caller]
fn assert_links_within(html: &str) {
    let ids = values(html, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "an id stands there twice: {ids:?}");
    let within: Vec<&str> = values(html, "href").iter().filter_map(|href| href.strip_prefix('#')).collect();
    assert!(!within.is_empty());
    for anchor in within {
        assert!(unique.contains(anchor), "`#{anchor}` leads nowhere");
    }
}

/// A guide with so many questions.
fn guide_of(questions: usize) -> Project {
    (1..questions).fold(Project::whole(), |project, number| {
        let title = format!("Guard number {number}");
        let question = QUESTION.replace("The guard that stays", &title);
        project.file(&format!("content/questions/locks/guard-{number}.md"), &question)
    })
}

#[test]
fn the_book_holds_the_whole_guide_and_its_links_stay_in_it() {
    let project = Project::whole()
        .file("content/pages/how-to.md", PAGE)
        .question("Answer zebra", "Answer zebra [see](../../pages/how-to.md#first-part)");
    let book = project.page("print.html");
    for text in [
        "How to",
        "The guard that stays",
        "Answer zebra",
        "Anchor zebra four",
        "Note zebra",
        "Systems interview",
        "Depth of evidence",
        "Shares state safely",
        "href=\"#question_guard_answer\"",
        "href=\"#packet_systems\"",
        "href=\"#page_how-to_first-part\"",
        "href=\"#page_how-to_second-part\"",
    ] {
        assert!(book.contains(text), "{text}");
    }
    assert_links_within(&book);
    assert!(project.page("index.html").contains("href=\"print.html\""));
}

#[test]
fn our_own_book_and_rubrics_have_no_loose_ends() {
    let artifacts = Project::content().published_to(Audience::Interviewer);
    let routes = artifacts.iter().map(|(path, _)| path);
    let printed: Vec<&str> =
        routes.filter(|path| *path == "print.html" || path.ends_with(".rubric.html")).collect();
    assert!(printed.len() > 1, "{printed:?}");
    for route in printed {
        assert_links_within(artifacts.text(route).unwrap());
    }
}

#[test]
fn a_guide_that_is_too_large_for_a_book_has_none_and_a_rubric_for_each_competency() {
    let whole = guide_of(300).published_to(Audience::Interviewer);
    assert!(whole.text("print.html").is_some());
    assert!(whole.text("rubric/debugging.html").is_none());

    let large = guide_of(301).published_to(Audience::Interviewer);
    assert!(large.text("print.html").is_none());
    assert!(!large.text("index.html").unwrap().contains("print.html"));
    let rubric = large.text("rubric.html").unwrap();
    assert!(rubric.contains("href=\"rubric/debugging.html\"") && !rubric.contains("Anchor zebra"));
    assert!(large.text("rubric/debugging.html").unwrap().contains("Anchor zebra four"));
    assert!(large.text("rubric/concurrency.html").is_none(), "no question reads it first");
}

#[test]
fn a_packet_has_its_rubric_alone() {
    let project = Project::whole();
    let page = project.page("packets/systems.rubric.html");
    for text in ["The guard that stays", "Anchor zebra three", "Depth of evidence", "Debugging × 2"] {
        assert!(page.contains(text), "{text}");
    }
    assert!(!page.contains("Answer zebra") && !page.contains("Listen zebra"));
    assert!(project.page("packets/systems.html").contains("href=\"../packets/systems.rubric.html\""));
}

#[test]
fn what_says_again_what_other_pages_say_is_in_no_sitemap_and_not_found_by_search() {
    let project =
        Project::whole().file("askbook.yaml", "title: Test guide\nbase_url: \"https://example.org\"\n");
    let artifacts = project.published_to(Audience::Interviewer);
    let sitemap = artifacts.text("sitemap.xml").unwrap();
    assert!(sitemap.contains("packets/systems.html") && sitemap.contains("/rubric.html"));
    assert!(!sitemap.contains("print.html") && !sitemap.contains("systems.rubric.html"));
    let search: String = artifacts
        .iter()
        .filter(|(path, _)| path.starts_with("search/"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    assert!(search.contains("packets/systems.html") && !search.contains("print.html"));
}

#[test]
fn a_guide_prints_on_both_sides_and_large_if_it_says_so() {
    let plain = Project::whole();
    let asked =
        Project::whole().file("askbook.yaml", "title: T\nprint: { duplex: true, large_print: true }\n");
    asked.says_nothing();
    let (packet, sheet) = ("packets/systems.html", "packets/systems.a4.css");
    assert!(
        asked.page(packet).contains("class=\"packet duplex\"") && asked.page(sheet).contains("@page :left")
    );
    assert!(
        !plain.page(packet).contains("class=\"packet duplex\"") && !plain.page(sheet).contains("@page :left")
    );
    let large = "id=\"page--large\" checked";
    assert!(asked.page(packet).contains(large) && !plain.page(packet).contains(large));
    let hand_out = |project: &Project| {
        let artifacts = project.published_to(Audience::Candidate);
        let (path, _) = artifacts.iter().find(|(path, _)| path.ends_with("/live.html")).unwrap();
        artifacts.text(path).unwrap().to_owned()
    };
    assert!(hand_out(&asked).contains(large) && !hand_out(&plain).contains(large));
}

#[test]
fn only_the_sheet_without_questions_names_who_invites() {
    let config = "title: T\ninvitation: { organisation: Example Ltd, contact: hiring@example.org }\n";
    let artifacts = Project::whole().file("askbook.yaml", config).published_to(Audience::Candidate);
    let text = |name: &str| {
        let (path, _) = artifacts.iter().find(|(path, _)| path.ends_with(name)).unwrap();
        artifacts.text(path).unwrap()
    };
    assert!(text("/prep.html").contains("Example Ltd") && text("/prep.html").contains("hiring@example.org"));
    assert!(
        !text("/live.html").contains("Example Ltd") && !text("/live.html").contains("hiring@example.org")
    );
}

#[test]
fn a_packet_tells_its_sections_and_what_it_reads_in_passing() {
    let packet = Project::whole().page("packets/systems.html");
    assert!(packet.contains(">Diagnose</td>"), "the agenda names the section");
    assert!(packet.contains("Concurrency <small>in passing</small>"));
    assert!(!packet.contains("Debugging <small>in passing</small>"), "the packet is meant to read it");
    let open = PACKET.replace("competencies: [debugging]\n", "");
    let open = Project::whole().file("content/packets/systems.md", &open).page("packets/systems.html");
    assert!(!open.contains("in passing"), "a packet that names none means all");
}
