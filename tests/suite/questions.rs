use crate::support::{BUILDER, Project, QUESTION};
use askbook::{edition::Audience, site::Artifacts};
use snapbox::str;
use std::sync::Arc;

#[test]
fn a_complete_question_builds_without_a_remark() {
    Project::whole().says_nothing();
}

#[test]
fn a_draft_needs_five_keys_and_a_prompt() {
    let draft = "---\ntitle: A draft\nkind: concept\nlevels: [mid]\ncompetencies: { debugging: 1 }\nminutes: 5\n---\n\n## Prompt\nWhy?\n";
    Project::default().file("content/questions/locks/draft.md", draft).says_nothing();
}

#[test]
fn every_missing_key_is_told_at_once() {
    Project::default().file("content/questions/locks/a.md", "---\nstatus: draft\n---\n## Prompt\nWhy?\n").says(str![[r"
content/questions/locks/a.md:2:1: error[missing-key]: question has no `title`, `kind`, `levels`, `competencies`, `minutes`

"]]);
}

#[test]
fn a_misspelt_section_fails_closed() {
    // The answer would otherwise read as a part of the prompt, and reach candidates.
    Project::whole().question("## Answer", "## Anwser").says(str![[r"
content/questions/locks/guard.md:32:1: error[misspelt-section]: unknown section `Anwser`

"]]);
}

#[test]
fn a_section_at_another_level_fails_closed() {
    Project::whole().question("## Answer", "# Answer").says(str![[r"
content/questions/locks/guard.md:32:1: error[heading-level]: the section `Answer` is a level-1 heading

"]]);
    Project::whole().question("## Answer", "### Answer").says(str![[r"
content/questions/locks/guard.md:32:1: error[heading-level]: the section `Answer` is a level-3 heading

"]]);
}

#[test]
fn a_section_of_the_authors_own_is_for_interviewers_and_warned_of() {
    let project = Project::whole().question("## Notes", "## Background reading");
    project.says(str![[r"
content/questions/locks/guard.md:60:1: warning[unknown-section]: unknown section `Background reading`: only interviewers read it

"]]);
    assert!(project.page("questions/guard.html").contains("Background reading"));
}

#[test]
fn an_active_question_is_complete() {
    let cut = QUESTION.split("## Answer").next().unwrap().replace("reviewers: [ada]\n", "");
    Project::default().file("content/questions/locks/guard.md", &cut).says(str![[r#"
content/questions/locks/guard.md:2:8: error[incomplete-question]: active question has 0 hints, not 2 or more, and is about debugging
content/questions/locks/guard.md:2:8: error[incomplete-question]: active question has 0 signals to listen for, not 2 or more
content/questions/locks/guard.md:2:8: error[incomplete-question]: active question has no answer
content/questions/locks/guard.md:2:8: error[incomplete-question]: active question has no follow-up
content/questions/locks/guard.md:2:8: error[incomplete-question]: active question has no red flag
content/questions/locks/guard.md:2:8: error[incomplete-question]: active question has no reviewer
content/questions/locks/guard.md:2:8: error[missing-anchors]: rubric of an active question has no `### 1`, `### 2`, `### 3`, `### 4`

"#]]);
}

#[test]
fn the_question_page_shows_every_part() {
    let page = Project::whole().page("questions/guard.html");
    for part in ["Purpose", "Answer", "Listen", "Flag", "Follow", "Hint", "Anchor", "Note"] {
        assert!(page.contains(&format!("{part} zebra")), "{part}");
    }
    assert!(page.contains("prompt code") && !page.contains("let hidden"), "hidden lines stay hidden");
    assert!(page.contains("The guard that stays"));
}

#[test]
fn a_candidates_title_gives_nothing_away() {
    Project::whole().question("A small service", "A mutex problem").says(str![[r"
content/questions/locks/guard.md:3:18: error[telling-title]: `candidate_title` holds `mutex`, which gives the answer away

"]]);
}

#[test]
fn levels_follow_each_other_and_the_bar_never_falls() {
    Project::whole()
        .question("levels: [mid, senior]", "levels: [junior, senior]")
        .question("bar: { mid: 2, senior: 3 }", "bar: { mid: 3, senior: 2 }")
        .says(str![[r#"
content/questions/locks/guard.md:8:24: error[bad-bar]: the bar falls from 3 for `mid` to 2 for `senior`

"#]]);
    Project::whole().question("levels: [mid, senior]", "levels: [junior, senior]").says(str![[r"
content/questions/locks/guard.md:5:10: error[level-gap]: the levels leave out `mid`
content/questions/locks/guard.md:8:8: error[bad-bar]: `mid` is none of this question's levels

"]]);
}

#[test]
fn an_id_is_unique_across_folders() {
    Project::whole().file("content/questions/errors/guard.md", QUESTION).says(str![[r"
content/questions/locks/guard.md:1:1: error[duplicate-id]: the id `guard` is taken by another question

"]]);
}

#[test]
fn variants_and_reveals_do_not_come_back() {
    let other = QUESTION
        .replace("The guard that stays", "Another guard")
        .replace("tags: [guard]", "variant_of: guard\nreveals: [guard]");
    Project::whole()
        .question("tags: [guard]", "variant_of: other\nreveals: [other]")
        .file("content/questions/locks/other.md", &other)
        .says(str![[r"
content/questions/locks/guard.md:15:13: error[circle]: `variant_of` leads from `guard` back to itself
content/questions/locks/guard.md:16:11: error[circle]: `reveals` leads from `guard` back to itself
content/questions/locks/other.md:15:13: error[circle]: `variant_of` leads from `other` back to itself
content/questions/locks/other.md:16:11: error[circle]: `reveals` leads from `other` back to itself

"]]);
}

#[test]
fn one_mistake_hides_no_other() {
    Project::whole()
        .file(
            "content/questions/locks/guard.md",
            &QUESTION
                .replace("tags:", "tgas:")
                .replace("reviewers: [ada]\n", "")
                .replace("levels: [mid, senior]", "levels: [mid, senoir]")
                .replace("### 2\n", "### two\n"),
        )
        .says(str![[r#"
content/questions/locks/guard.md:2:8: error[incomplete-question]: active question has no reviewer
content/questions/locks/guard.md:5:15: error[unknown-name]: unknown level `senoir`
content/questions/locks/guard.md:14:1: error[unknown-key]: unknown key `tgas` in a question
content/questions/locks/guard.md:49:1: error[missing-anchors]: rubric of an active question has no `### 2`
content/questions/locks/guard.md:52:1: error[bad-anchor]: `two` is no rating

"#]]);
}

#[test]
fn text_that_no_page_prints_is_told() {
    Project::whole().question("- Take your time.", "Before we start:\n\n- Take your time.").says(str![[r"
content/questions/locks/guard.md:30:1: warning[lost-text]: text outside the list of `Ground rules` is printed nowhere

"]]);
}

#[test]
fn some_names_are_taken() {
    let project = Project::default()
        .file("content/questions/locks/index.md", QUESTION)
        .file("content/questions/loose.md", QUESTION)
        .file("content/questions/locks/aux.md", QUESTION);
    project.says(str![[r#"
content/questions/locks/index.md:1:1: error[taken-name]: a question cannot be called `index`
content/questions/loose.md:1:1: error[no-topic-folder]: question stands in no topic's folder
content/questions/locks/aux.md:1:1: error[bad-id]: `aux` cannot be an id

"#]]);
}

#[test]
fn headings_of_authors_do_not_take_the_place_of_the_pages_own() {
    let page = Project::whole()
        .question("Answer zebra:", "### Content\n\n### Record\n\nAnswer zebra:")
        .page("questions/guard.html");
    for id in ["content", "record", "page--content", "page--record", "answer"] {
        assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
}

#[test]
fn a_prompt_alone_holds_nothing_of_the_interviewers() {
    let project = Project::content();
    let site = project.published_to(Audience::Interviewer);
    let mut alone = Artifacts::default();
    for (path, bytes) in site.iter().filter(|(path, _)| path.starts_with("prompts/")) {
        alone.insert(path, Arc::clone(bytes));
    }
    assert!(alone.iter().count() > 50, "one a question");
    assert_eq!(BUILDER.leaks(&project.0, &alone), []);

    let page = Project::whole().page("questions/guard.html");
    let (_, from) = page.split_once("href=\"../prompts/").expect("the question leads to its prompt");
    let prompt = Project::whole().page(&format!("prompts/{}", from.split('"').next().unwrap_or_default()));
    assert!(prompt.contains("<h1>A small service</h1>"));
    assert!(!prompt.contains("zebra") && !prompt.contains("guard"), "{prompt}");
}

#[test]
fn a_question_names_others_that_read_the_same() {
    let other = |title: &str, from: &str, to: &str| {
        QUESTION.replace("title: The guard that stays", &format!("title: {title}")).replace(from, to)
    };
    let project = Project::whole()
        .file("content/questions/locks/same.md", &other("The same", "nothing", ""))
        .file(
            "content/questions/locks/form.md",
            &other("A form", "status: active", "variant_of: guard\nstatus: active"),
        )
        .file(
            "content/questions/locks/low.md",
            &other("A lower level", "levels: [mid, senior]", "levels: [junior]")
                .replace("bar: { mid: 2, senior: 3 }\n", ""),
        )
        .file(
            "content/questions/locks/else.md",
            &other("Something else", "{ debugging: 2, concurrency: 1 }", "{ concurrency: 2 }"),
        );
    let page = project.page("questions/guard.html");
    let (_, others) = page.split_once("Other questions").expect("there are some");
    let others = others.split("</section>").next().unwrap_or_default();
    let (forms, related) = others.split_once("More on Debugging").expect("it is told what they read");
    assert!(forms.contains("A form") && !related.contains("A form"));
    assert!(related.contains("The same"));
    assert!(!others.contains("A lower level") && !others.contains("Something else"), "{others}");
}
