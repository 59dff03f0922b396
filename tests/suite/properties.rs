//! What holds for any input: no panic, and every remark at a place that is there.
use crate::support::{Project, QUESTION};
use proptest::prelude::*;

fn check(project: &Project) {
    let build = project.build();
    for told in build.diagnostics() {
        if let Some(span) = told.span {
            let text = &project.0.get(span.file).text;
            assert!(span.start <= span.end && span.end <= text.len(), "{told:?}");
            assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{told:?}");
        }
        assert!(!told.message.is_empty() && told.code.0 != "internal-markdown", "{told:?}");
    }
}

/// Words that mean something to one of the readers, and some that mean nothing.
fn tokens() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "---\n",
        "\n",
        "\n\n",
        "## Prompt\n",
        "## Answer\n",
        "## Anwser\n",
        "### 3\n",
        "# ",
        "- ",
        "1. ",
        "  ",
        "\t",
        "> ",
        "> [!NOTE]\n",
        "```rust\n",
        "```\n",
        "~~~",
        "`",
        "*",
        "**",
        "[a](b.md)",
        "[a](",
        "![",
        "[^1]",
        "[^1]: x\n",
        "|a|b|\n|-|-|\n",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "<script>",
        "&amp;",
        "title: ",
        "kind: coding\n",
        "levels: [mid]\n",
        "askbook: 1\nquestions:\n  - ",
        "{",
        "}",
        "[",
        "]",
        ": ",
        "'",
        "\"",
        "é",
        "同期",
        "\u{202E}",
        "\u{E000}",
        "%EE%80%80",
        "askbook-source:x",
        "{{ x }}",
        "{% raw %}",
        "(senior) ",
        "minutes: 5\n",
        "word ",
    ]);
    prop::collection::vec(token, 0..60).prop_map(|tokens| tokens.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_file_is_read_or_told(text in tokens()) {
        check(&Project::default()
            .file("content/questions/locks/a.md", &text)
            .file("content/pages/b.md", &text)
            .file("content/packets/c.md", &text)
            .file("content/packets/c.lock", &text)
            .file("content/scales/d.yaml", &text));
    }

    #[test]
    fn any_body_is_read_or_told(text in tokens()) {
        let front = "---\ntitle: Any\n---\n";
        let question = QUESTION.replace("Explain what this prints, and why.", &text);
        check(&Project::whole()
            .file("content/questions/locks/guard.md", &question)
            .file("content/pages/b.md", &format!("{front}{text}")));
    }

    #[test]
    fn any_configuration_is_read_or_told(text in tokens()) {
        check(&Project::whole().file("askbook.yaml", &text).file("content/taxonomy.yaml", &text));
    }
}
