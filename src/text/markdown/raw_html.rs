//! HTML that authors wrote: what of it stays, and what to tell of the rest. The only file that names ammonia.
use super::{ANCHOR_MARK, SOURCE_SCHEME};
use crate::source::{Code, Diagnostic, Diagnostics, Span};
use std::{borrow::Cow, collections::BTreeSet, fmt};

const REMOVED: Code = Code("removed-html");
const TOO_DEEP: Code = Code("nested-html");
const UNCLOSED_BLOCK: Code = Code("unclosed-html");
const UNCLOSED_COMMENT: Code = Code("unclosed-comment");

/// ammonia takes quadratic time in the depth of nesting: 16,000 levels are seconds.
const MAX_DEPTH: usize = 128;

/// Elements that authors may write and that are not among ammonia's defaults.
const MORE_TAGS: [&str; 4] = ["section", "figure", "figcaption", "aside"];
/// Attributes that any element may carry.
const ATTRIBUTES: [&str; 9] =
    ["class", "id", "lang", "title", "role", "aria-label", "tabindex", "scope", "data-line"];
/// Elements that have no end, or whose end may be left out.
const VOID: [&str; 14] =
    ["br", "hr", "img", "wbr", "col", "area", "p", "li", "td", "th", "tr", "dt", "dd", "input"];

/// Removes what could run, load, or break the page.
pub(super) struct Cleaner {
    builder: ammonia::Builder<'static>,
    tags: BTreeSet<&'static str>,
}

impl fmt::Debug for Cleaner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cleaner")
    }
}

impl Default for Cleaner {
    fn default() -> Self {
        let mut builder = ammonia::Builder::default();
        builder
            .add_tags(MORE_TAGS)
            .add_generic_attributes(ATTRIBUTES)
            .rm_tags(["map", "area", "bdo"])
            .link_rel(None)
            .url_schemes(["http", "https", "mailto", SOURCE_SCHEME.trim_end_matches(':')].into())
            .strip_comments(true)
            .attribute_filter(|_, attribute, value| keeps(attribute, value).then_some(Cow::Borrowed(value)));
        let tags = builder.clone_tags().into_iter().collect();
        Self { builder, tags }
    }
}

/// Whether an attribute stays. What Markdown made of an author's address or heading is known by its mark; what stands in
/// HTML was never held against the project.
fn keeps(attribute: &str, value: &str) -> bool {
    match attribute {
        "id" => value.starts_with(ANCHOR_MARK),
        "src" => value.starts_with(SOURCE_SCHEME),
        "href" => {
            let is_ours = value.starts_with(SOURCE_SCHEME) || value.starts_with('#');
            is_ours
                || value.starts_with("https:")
                || value.starts_with("http:")
                || value.starts_with("mailto:")
        }
        _ => true,
    }
}

impl Cleaner {
    /// `html` without what is not allowed, and with every element closed. `None`: it is nested too deeply.
    pub(super) fn clean(&self, html: &str) -> Option<String> {
        (deepest(html) <= MAX_DEPTH).then(|| self.builder.clean(html).to_string())
    }

    /// Tells what of `html` will be removed.
    pub(super) fn tell(&self, html: &str, span: Span, diagnostics: &mut Diagnostics) {
        for tag in tags(html) {
            if tag.closes {
                continue;
            }
            if !self.tags.contains(tag.name.as_str()) {
                let message = format!("the HTML element `<{}>` is removed", tag.name);
                let help = "write it in Markdown, or delete it";
                diagnostics.push(Diagnostic::warning(REMOVED, span, message).help(help));
                continue;
            }
            for (attribute, _) in tag.attributes.iter().filter(|(name, value)| is_removed(name, value)) {
                let message = format!("the HTML attribute `{attribute}` is removed");
                let help = match attribute.as_str() {
                    "href" | "src" => "write links and images in Markdown: `[text](path)`, `![text](path)`",
                    _ => "delete it",
                };
                diagnostics.push(Diagnostic::warning(REMOVED, span, message).help(help));
            }
        }
    }
}

/// What to say of HTML that is nested too deeply.
pub(super) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error(TOO_DEEP, span, format!("HTML elements are nested more than {MAX_DEPTH} deep"))
        .help("close the elements, and take lists and quotes out of each other")
}

/// How deep the elements of `html` are nested, at most; an element that closes by itself counts nothing.
fn deepest(html: &str) -> usize {
    let mut open: Vec<String> = Vec::new();
    let mut deepest = 0;
    for tag in tags(html) {
        if tag.closes {
            if open.last() == Some(&tag.name) {
                open.pop();
            }
        } else if !tag.closes_itself && !VOID.contains(&tag.name.as_str()) {
            open.push(tag.name);
            deepest = deepest.max(open.len());
        }
    }
    deepest
}

/// A block of HTML that has no end, and takes the rest of the file with it; `None`: it has one.
///
/// These are the kinds 1 to 5 of CommonMark's HTML blocks, which end at a sign and not at an empty line.
pub(super) fn unclosed_block(html: &str, span: Span) -> Option<Diagnostic> {
    let html = html.trim_start().to_lowercase();
    let ends = [
        ("<script", "</script>"),
        ("<pre", "</pre>"),
        ("<style", "</style>"),
        ("<textarea", "</textarea>"),
        ("<?", "?>"),
        ("<![cdata[", "]]>"),
        ("<!", ">"),
    ];
    let (start, end) = ends.into_iter().find(|(start, _)| html.starts_with(start))?;
    (!html.contains(end)).then(|| {
        Diagnostic::error(
            UNCLOSED_BLOCK,
            span,
            format!("`{start}` is never closed, and takes all that follows with it"),
        )
        .help(format!("add `{end}` where it ends, or delete it"))
    })
}

/// `html` without its comments: those reach no edition. `None`: one of them never ends.
pub(super) fn without_comments(html: &str) -> Option<String> {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before);
        // `<!-->` and `<!--->` are comments, too.
        let short = comment.strip_prefix('>').or_else(|| comment.strip_prefix("->"));
        rest = match short {
            Some(rest) => rest,
            None => comment.split_once("-->")?.1,
        };
    }
    kept.push_str(rest);
    Some(kept)
}

/// A comment without an end would take the rest of the file with it.
pub(super) fn unclosed_comment(span: Span) -> Diagnostic {
    Diagnostic::error(UNCLOSED_COMMENT, span, "this comment is never closed, and hides all that follows")
        .help("add `-->` where it ends")
}

fn is_removed(attribute: &str, value: &str) -> bool {
    const OF_AN_ELEMENT: [&str; 12] = [
        "href", "src", "alt", "width", "height", "colspan", "rowspan", "align", "cite", "datetime", "start",
        "open",
    ];
    let is_known = ATTRIBUTES.contains(&attribute) || OF_AN_ELEMENT.contains(&attribute);
    !is_known || !keeps(attribute, value)
}

/// A tag as the author wrote it.
struct RawTag {
    name: String,
    /// Names in lower case, with their values.
    attributes: Vec<(String, String)>,
    closes: bool,
    closes_itself: bool,
}

/// The tags of `html`. Good enough to name what will be removed; ammonia alone decides what stays.
fn tags(html: &str) -> impl Iterator<Item = RawTag> {
    html.split('<').skip(1).filter_map(|rest| {
        let inside = rest.split('>').next().unwrap_or_default();
        let closes = inside.starts_with('/');
        let inside = inside.trim_start_matches('/');
        let name: String = inside.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        name.starts_with(|c: char| c.is_ascii_alphabetic()).then(|| RawTag {
            attributes: attributes(&inside[name.len()..]),
            closes,
            closes_itself: inside.ends_with('/'),
            name: name.to_lowercase(),
        })
    })
}

/// `a="1" b='2' c=3 d` as names and values.
fn attributes(text: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if name.is_empty() && after.is_empty() {
            return attributes;
        }
        let (value, after) = match after.trim_start().strip_prefix('=').map(str::trim_start) {
            None => ("", after),
            Some(value) => match value.chars().next().filter(|quote| matches!(quote, '"' | '\'')) {
                Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            },
        };
        attributes.push((name.to_lowercase(), value.to_owned()));
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_with_and_without_values_and_quotes() {
        let pairs = attributes(" a=\"1 2\" B='3' c=4 open x = y / ");
        let pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("a", "1 2"), ("b", "3"), ("c", "4"), ("open", ""), ("x", "y")]);
        assert_eq!(attributes("=").len(), 1, "a stray sign ends, too");
    }
}
