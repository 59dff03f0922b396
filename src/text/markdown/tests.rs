use super::{document::anchored, *};
use crate::source::Sources;

/// Reads `text` as one fragment; what was told comes as `line:column code`.
fn prose(text: &str) -> (Document, Vec<String>) {
    read(text, |markdown, source, told| markdown.prose(source, 0..text.len(), told))
}

fn sections(text: &str) -> (Document, Vec<String>) {
    read(text, |markdown, source, told| markdown.document(source, 0..text.len(), told))
}

fn read(
    text: &str,
    how: impl FnOnce(&Markdown, &Source, &mut Diagnostics) -> Document,
) -> (Document, Vec<String>) {
    let sources = Sources::from_iter([("content/pages/a.md", text)]);
    let source = sources.at("content/pages/a.md").unwrap();
    let mut diagnostics = Diagnostics::default();
    let document = how(&Markdown::default(), source, &mut diagnostics);
    let told = diagnostics.sorted().into_iter().map(|d| {
        let at = source.line_column(d.span.unwrap().start);
        format!("{}:{} {}", at.line, at.column, d.code.0)
    });
    (document, told.collect())
}

fn html(text: &str) -> String {
    anchored(&prose(text).0.opening.full().html, "")
}

#[test]
fn a_body_is_cut_at_its_level_2_headings_only() {
    let text = "why\n\n## Prompt\nask\n\n```md\n## Not a heading\n```\n> ## Nor this\n\nAnswer\n------\nsay";
    let (document, told) = sections(text);
    let titles: Vec<&str> = document.sections.iter().map(|section| section.title.value.as_str()).collect();
    assert_eq!(titles, ["Prompt", "Answer"]);
    assert_eq!(document.opening.full().text, "why");
    assert_eq!(document.sections[1].body.full().html, "<p>say</p>");
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn list_items_and_parts_are_found() {
    let text = "- one `a`\n- two\n  - inner\n\n### 3\n- anchor\n\n### 4\njust words\n";
    let (document, _) = prose(text);
    let full = document.opening.full();
    let items: Vec<&str> = full.items.iter().map(|item| item.html.as_str()).collect();
    assert_eq!(items[0], "one <code>a</code>");
    assert_eq!(items[1], "two\n<ul>\n<li>inner</li>\n</ul>");
    let parts: Vec<(&str, usize)> =
        full.parts.iter().map(|part| (part.title.value.as_str(), part.items.len())).collect();
    assert_eq!(parts, [("3", 1), ("4", 1)]);
    assert_eq!(full.code, ["a"]);
}

#[test]
fn links_to_files_wait_for_the_site_and_anchors_for_the_page() {
    let (document, told) =
        prose("# Top\n[a](../questions/x.md#part) [b](#top) [c](https://d.example) ![i](i.png)");
    assert!(told.is_empty(), "{told:?}");
    let found: Vec<String> = document
        .links
        .iter()
        .map(|link| format!("{}#{}", link.target.path, link.target.anchor.as_deref().unwrap_or("")))
        .collect();
    assert_eq!(found, ["content/questions/x.md#part", "content/pages/a.md#top", "content/pages/i.png#"]);
    let html = &document.opening.full().html;
    assert!(html.contains("href=\"askbook-source:content/questions/x.md#part\""), "{html}");
    assert!(anchored(html, "q1-").contains("<h1 id=\"q1-top\">Top</h1>"), "{html}");
    assert!(anchored(html, "q1-").contains("href=\"#q1-top\""), "{html}");
}

#[test]
fn unsafe_addresses_are_told_at_their_place() {
    let (document, told) = prose("x [a](javascript:alert(1))\n[b](/etc)\n[c](../../../x)");
    assert_eq!(told, ["1:7 unsafe-link", "2:5 absolute-link", "3:5 link-outside"]);
    assert!(!document.opening.full().html.contains("javascript"));
}

#[test]
fn raw_html_is_cleaned_as_a_whole_and_what_is_removed_is_told() {
    let (document, told) = prose(
        "<details open>\n\nfine <kbd>x</kbd>\n\n</div></main>\n\n<script>alert(1)</script>\n\n<b onclick=\"x\">b</b>\n",
    );
    let html = &document.opening.full().html;
    assert!(html.contains("<kbd>x</kbd>") && html.starts_with("<details"), "{html}");
    assert!(!html.contains("script") && !html.contains("onclick") && !html.contains("</main>"), "{html}");
    assert_eq!(html.matches("<details").count(), html.matches("</details>").count(), "{html}");
    assert!(told.contains(&"7:1 removed-html".to_owned()), "{told:?}");
    assert!(told.contains(&"9:1 removed-html".to_owned()), "{told:?}");
}

#[test]
fn comments_reach_nobody_and_an_open_one_is_an_error() {
    assert_eq!(html("a <!-- secret --> b\n\n<!-- secret\ntoo -->\n\nc"), "<p>a  b</p>\n<p>c</p>");
    let (_, told) = prose("a\n\n<!-- open\n\nb");
    assert_eq!(told, ["3:1 unclosed-comment"]);
}

#[test]
fn deep_html_is_refused() {
    let (_, told) = prose(&"<div>\n".repeat(200));
    assert!(told.iter().any(|line| line.ends_with("nested-html")), "{told:?}");
}

#[test]
fn tables_align_by_class() {
    let html = html("| a | b |\n|---|--:|\n| 1 | 2 |\n\nafter");
    assert!(html.contains("<th scope=\"col\" class=\"align-right\">b</th>"), "{html}");
    assert!(html.contains("<td>1</td><td class=\"align-right\">2</td></tr>"), "{html}");
    assert!(!html.contains("style="), "{html}");
    let (document, _) = prose("| a | b |\n|---|--:|\n| 1 | 2 |\n\nafter");
    assert_eq!(document.opening.full().text, "a\nb\n1\n2\nafter");
}

#[test]
fn footnotes_are_numbered_as_the_text_refers_to_them() {
    let html = html("x[^b] y[^a] z[^b]\n\n[^a]: first *note*\n\n[^b]: second");
    assert!(html.contains("<sup class=\"footnote\" id=\"fnref-1\"><a href=\"#fn-1\">1</a></sup>"), "{html}");
    assert!(html.contains("<li id=\"fn-1\"><p>second <a href=\"#fnref-1\""), "{html}");
    assert!(html.contains("<li id=\"fn-2\"><p>first <em>note</em>"), "{html}");
    assert_eq!(html.matches("id=\"fnref-1\"").count(), 1);
}

#[test]
fn a_footnote_belongs_to_the_section_that_refers_to_it() {
    let (document, told) = sections("## Prompt\nask[^a]\n\n## Notes\n[^a]: the answer");
    assert_eq!(told, ["2:4 footnote-elsewhere"]);
    assert!(!document.sections[0].body.full().html.contains("the answer"));
}

#[test]
fn a_block_for_interviewers_is_not_shared() {
    let text = "ask\n\n```rust audience=interviewer\nlet secret = 1;\n```\n\n- a\n\n  ```rust audience=interviewer\n  let other = 2;\n  ```\n";
    let (document, told) = prose(text);
    assert!(told.is_empty(), "{told:?}");
    let fragment = &document.opening;
    assert!(fragment.full().html.contains("secret"));
    let shared = fragment.shared();
    assert!(!shared.html.contains("secret") && !shared.html.contains("other"), "{}", shared.html);
    assert!(!shared.items[0].html.contains("other"));
    assert!(shared.code.is_empty());
}

#[test]
fn alerts_tasks_and_definitions_are_read() {
    let html = html("> [!NOTE]\n> mind *this*\n\n- [x] done\n\nterm\n: meaning\n");
    assert!(html.contains("<aside class=\"alert note\"><p class=\"alert-title\">Note</p>"), "{html}");
    assert!(html.contains("aria-label=\"done\""), "{html}");
    assert!(html.contains("<dl>\n<dt>term</dt>\n<dd>meaning</dd>"), "{html}");
}

#[test]
fn an_unknown_language_is_told_with_the_nearest_one() {
    let (document, told) = prose("```pyhton\nx = 1\n```\n");
    assert_eq!(told, ["1:4 unknown-language"]);
    assert!(document.opening.full().html.contains("x = 1"));
}

#[test]
fn a_remark_on_an_info_string_with_entities_is_placed_on_its_line() {
    let (_, told) = prose("é\n\n~~~rust é&amp;é odd\nx\n~~~\n");
    assert!(told.iter().all(|line| line.starts_with("3:1 ")) && !told.is_empty(), "{told:?}");
}

#[test]
fn braces_are_text_and_what_pulldown_panics_on_is_read() {
    assert_eq!(html("{{ title }} {% raw %}"), "<p>{{ title }} {% raw %}</p>");
    for text in ["* [ ] \\\n\t-\n", "x  2\n:<\n  {}\n -\n"] {
        let (_, told) = prose(text);
        assert!(!told.iter().any(|line| line.contains("internal")), "{told:?}");
    }
}
