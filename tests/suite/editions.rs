use crate::support::Project;
use askbook::{edition::Audience, site::Artifacts};
use snapbox::str;

/// Everything that `artifacts` hold, names included, as text.
fn all(artifacts: &Artifacts) -> String {
    artifacts.iter().map(|(path, bytes)| format!("{path}\n{}\n", String::from_utf8_lossy(bytes))).collect()
}

#[test]
fn a_candidate_gets_hand_outs_and_nothing_else() {
    let artifacts = Project::whole().published_to(Audience::Candidate);
    let paths: Vec<&str> =
        artifacts.iter().map(|(path, _)| path).filter(|path| !path.starts_with("assets/")).collect();
    assert_eq!(paths.len(), 3, "{paths:?}");
    assert!(paths.contains(&"index.html"), "{paths:?}");
    assert!(paths.iter().any(|path| path.starts_with("h/") && path.ends_with("/live.html")));
    assert!(paths.iter().any(|path| path.starts_with("h/") && path.ends_with("/prep.html")));
    let sheets = artifacts.iter().filter(|(path, _)| path.ends_with(".css")).count();
    assert_eq!(sheets, 1);
    assert!(!artifacts.iter().any(|(path, _)| path.ends_with(".js")));
}

#[test]
fn a_canary_in_every_interviewers_part_is_found_nowhere() {
    let candidate = all(&Project::whole().published_to(Audience::Candidate)).to_lowercase();
    assert!(!candidate.contains("zebra"));
    for telling in [
        "guard that stays",
        "systems interview",
        "senior",
        "debugging",
        "locks",
        "test guide",
        "opening script",
    ] {
        assert!(!candidate.contains(telling), "{telling}");
    }
    assert!(candidate.contains("explain what this prints") && candidate.contains("take your time"));
    assert!(candidate.contains("a small service"), "the candidate's title is theirs");
    let interviewer = all(&Project::whole().published_to(Audience::Interviewer));
    assert!(interviewer.contains("zebra"), "the canary is planted");
}

#[test]
fn no_interviewers_byte_changes_the_candidates_tree() {
    let before = Project::whole().published_to(Audience::Candidate);
    for (from, to) in [
        ("The guard that stays", "Quite another name"),
        ("Purpose zebra", "Purpose with many more words than it had before"),
        ("Answer zebra: the guard", "Answer: one more guard, and a [link](../../pages/x.md)"),
        (
            "- Listen zebra asks which edition is used\n",
            "- Listen zebra asks which edition is used\n- One more\n",
        ),
        ("### 4\n- Anchor zebra four", "### 4\n- Changed anchor"),
        ("tags: [guard]", "tags: [other, words]\naliases: [old-name]"),
        ("reviewed: 2026-02-06", "reviewed: 2026-03-07"),
        ("bar: { mid: 2, senior: 3 }", "bar: { mid: 3, senior: 4 }"),
        ("## Notes\nNote zebra", "## Notes\n<!-- a comment -->\n![drawing](answer-2.png)\nNote"),
    ] {
        let project = Project::whole()
            .question(from, to)
            .file("content/pages/x.md", "---\ntitle: X\n---\nText.\n")
            .asset("content/questions/locks/answer-2.png", b"png of the answer");
        let after = project.published_to(Audience::Candidate);
        assert!(before == after, "`{to}` changed what candidates get");
        let interviewer = project.published_to(Audience::Interviewer);
        assert!(
            interviewer != Project::whole().published_to(Audience::Interviewer),
            "`{to}` changed nothing at all"
        );
    }
}

#[test]
fn a_block_for_interviewers_in_the_prompt_is_dropped() {
    let project = Project::whole().question(
        "## Ground rules",
        "```rust audience=interviewer\nlet planted_secret_of_the_block = 1;\n```\n\n## Ground rules",
    );
    assert!(!all(&project.published_to(Audience::Candidate)).contains("planted_secret"));
    assert!(project.page("questions/guard.html").contains("planted_secret"));
}

#[test]
fn an_image_of_the_prompt_goes_along_under_a_name_that_tells_nothing() {
    let project = Project::whole()
        .question("## Ground rules", "![The boxes](lock-diagram.png)\n\n## Ground rules")
        .asset("content/questions/locks/lock-diagram.png", b"png of the prompt");
    let artifacts = project.published_to(Audience::Candidate);
    let images: Vec<&str> =
        artifacts.iter().map(|(path, _)| path).filter(|path| path.ends_with(".png")).collect();
    assert_eq!(images.len(), 1);
    assert!(!images[0].contains("lock"));
    assert!(all(&artifacts).contains(&format!("../../{}", images[0])));
}

#[test]
fn a_theme_cannot_print_what_it_was_not_given() {
    let template = "{% extends \"hand-out-base.html\" %}{% block main %}{{ view.answer }}{% endblock %}";
    Project::whole().file("themes/handbook/templates/hand-out-live.html", template).says(str![[r"
themes/handbook/templates/hand-out-live.html:1:59: error[template-error]: field `answer` is not defined. Available fields: contact, folder, large_print, minutes, needs, organisation, paper, parts, questions

"]]);
}

#[test]
fn a_leak_is_told_where_it_was_written() {
    // The author copied a signal into the prompt's image text, and from there it reaches candidates.
    let leaky = "## Ground rules\n- Take your time.\n";
    let project = Project::whole().question(
        leaky,
        "## Ground rules\n- Take your time.\n\n## Materials\n<img src=\"x.png\" alt=\"Flag zebra blames the operating system at once\">\n",
    );
    project.says(str![[r#"
content/questions/locks/guard.md:33:1: warning[removed-html]: the HTML attribute `src` is removed
content/questions/locks/guard.md:43:3: error[edition-leak]: the candidate's edition holds “flag zebra blames the operating system”

"#]]);
}

#[test]
fn what_candidates_read_links_to_nothing_of_ours() {
    let project = Project::whole()
        .question("Explain what", "See [this](../../pages/x.md). Explain what")
        .file("content/pages/x.md", "---\ntitle: X\n---\nText.\n");
    project.says(str![[r#"
content/questions/locks/guard.md:20:12: error[edition-link]: candidates read this part, but not what it links to

"#]]);
}

#[test]
fn the_interviewers_tree_holds_the_same_hand_outs() {
    let project = Project::whole();
    let (candidate, interviewer) =
        (project.published_to(Audience::Candidate), project.published_to(Audience::Interviewer));
    let hand_outs: Vec<_> = candidate.iter().filter(|(path, _)| path.starts_with("h/")).collect();
    assert_eq!(hand_outs.len(), 2);
    for (path, bytes) in hand_outs {
        assert_eq!(interviewer.get(path), Some(bytes), "{path}");
    }
}

#[test]
fn a_leak_through_a_theme_or_a_file_name_is_found_in_either_build() {
    use askbook::pipeline::Options;
    let template = "{% extends \"hand-out-base.html\" %}{% block main %}<p title=\"Flag zebra blames the operating system at once\">x</p>{% endblock %}";
    let project = Project::whole().file("themes/handbook/templates/hand-out-prep.html", template);
    for audience in Audience::ALL {
        let build = crate::support::BUILDER.build(&project.0, &Options { audiences: vec![audience] });
        assert!(project.told(&build).contains("error[edition-leak]"), "{audience}");
    }
}

#[test]
fn names_and_notes_are_secrets_too() {
    for secret in ["The guard that stays", "Systems interview"] {
        let template = format!(
            "{{% extends \"hand-out-base.html\" %}}{{% block main %}}<p>{secret}</p>{{% endblock %}}"
        );
        let project = Project::whole().file("themes/handbook/templates/candidate-index.html", &template);
        assert!(project.told(&project.build()).contains("error[edition-leak]"), "{secret}");
    }
}

#[test]
fn what_candidates_read_leads_to_no_heading_of_the_answer() {
    let project = Project::whole().question("Explain what", "See [this](#the-end). Explain what").file(
        "content/questions/locks/guard.md",
        &crate::support::QUESTION
            .replace("Explain what", "See [this](#the-end). Explain what")
            .replace("Answer zebra: the", "### The end\n\nAnswer zebra: the"),
    );
    project.says(str![[r"
content/questions/locks/guard.md:20:12: error[edition-link]: candidates read this part, but not what it links to

"]]);
}

/// What is added to the prompt of the question, and must not reach candidates without a word.
fn told_of_prompt(addition: &str) -> (String, bool) {
    let question = crate::support::QUESTION.replace("## Ground rules\n- Take your time.\n", addition);
    let project = Project::whole().file("content/questions/locks/guard.md", &question);
    let build = project.build();
    let leaks = build.editions().get(&Audience::Candidate).is_some_and(|it| all(it).contains("CANARY"));
    (project.told(&build), leaks)
}

#[test]
fn a_section_that_starts_none_is_never_published_as_a_part_of_the_prompt() {
    for swallowed in [
        "##Notes\nCANARY\n",
        "\u{200B}## Notes\nCANARY\n",
        "    ## Notes\n    CANARY\n",
        "\t## Notes\n\tCANARY\n",
        "- x\n\n  ## Notes\n  CANARY\n",
        "> ## Notes\n> CANARY\n",
        "> [!NOTE]\n> ## Notes\n> CANARY\n",
        "\\## Notes\nCANARY\n",
        "**Notes:** CANARY\n",
        "<h2>Notes</h2>\nCANARY\n",
        "<details><summary>s</summary>\n## Notes\nCANARY\n</details>\n",
        "<pre>\n## Notes\nCANARY\n",
        "<textarea>\n## Notes\nCANARY\n",
        "<?php\n\n## Notes\nCANARY\n",
        "```rust\nfn x() {}\n\n## Notes\nCANARY\n",
    ] {
        let (told, leaks) = told_of_prompt(swallowed);
        assert!(told.contains("error[") && !leaks, "{swallowed:?}: {told}");
    }
    let (told, _) = told_of_prompt("```md\n## Notes\n```\n\nTake **note** of it.\n");
    assert_eq!(told, "", "a closed code block may hold any heading");
}

#[test]
fn comments_references_and_blocks_for_others_do_not_slip_through() {
    for slip in [
        "a <!-- CANARY\n\nmore --> b\n",
        "- a <!-- CANARY\n- b -->\n",
        "    <!-- CANARY -->\n",
        "a[i]\n\n## Accommodations\n[i]: https://e.example \"CANARY\"\n",
        "```rust {audience=interviewer}\nCANARY\n```\n",
        "```rust Audience=interviewer\nCANARY\n```\n",
        "```rust audiance=interviewer\nCANARY\n```\n",
        "```rust audience:interviewer\nCANARY\n```\n",
        "```rust interviewer\nCANARY\n```\n",
        "```rust audience=candidate audience=interviewer\nCANARY\n```\n",
    ] {
        let (told, leaks) = told_of_prompt(slip);
        assert!(told.contains("error[") && !leaks, "{slip:?}: {told}");
    }
    let (told, leaks) =
        told_of_prompt("```rust title=\"candidate.rs\"\nlet a = 1; // CANARY\n```\n<!--> a <!-- b -->\n");
    assert!(told.is_empty() && leaks, "{told}");
}

#[test]
fn headings_of_the_home_page_are_ways_to_start() {
    let home = "---\ntitle: Home\n---\nWelcome.\n\n## I interview\n1. Read\n\n## I plan\nSee [above][1].\n\n[1]: #i-interview\n";
    let page = Project::whole().file("content/index.md", home).page("index.html");
    let (before, starts) = page.split_once("Where do I start?").expect("there are two ways");
    assert!(before.contains("<p>Welcome.</p>"));
    assert_eq!(starts.matches("class=\"start prose\"").count(), 2);
    assert!(starts.contains("<h3 id=\"i-plan\">I plan</h3>"), "{starts}");
    let page = Project::whole().page("index.html");
    assert!(!page.contains("Where do I start?"), "without a heading there are none");
}
