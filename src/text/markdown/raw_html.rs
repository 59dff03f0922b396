//! HTML that authors wrote: what of it stays, and what to tell of the rest. The only file that names ammonia.
use super::{ANCHOR_MARK, SOURCE_SCHEME};
use crate::source::{Code, Diagnostic, Diagnostics, Span};
use std::{borrow::Cow, collections::BTreeSet, fmt};

const REMOVED: Code = Code("removed-html");
const TOO_DEEP: Code = Code("nested-html");
const UNCLOSED_COMMENT: Code = Code("unclosed-comment");

/// ammonia takes quadratic time in the depth of nesting: 16,000 levels are seconds.
const MAX_DEPTH: usize = 128;

/// Elements that authors may write and that are not among ammonia's defaults.
const MORE_TAGS: [&str; 4] = ["section", "figure", "figcaption", "aside"];
/// Attributes that any element may carry.
const ATTRIBUTES: [&str; 9] =
    ["class", "id", "lang", "title", "role", "aria-label", "tabindex", "scope", "data-line"];
/// Elements that have no end.
const VOID: [&str; 6] = ["br", "hr", "img", "wbr", "col", "area"];

/// Removes what could run, load, or break the page.
pub(super) struct Cleaner(ammonia::Builder<'static>);

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
            .attribute_filter(|_, attribute, value| match attribute {
                // An id of the author's could take the place of one of the page's own.
                "id" => value.starts_with(ANCHOR_MARK).then_some(Cow::Borrowed(value)),
                _ => Some(Cow::Borrowed(value)),
            });
        Self(builder)
    }
}

impl Cleaner {
    /// `html` without what is not allowed, and with every element closed.
    pub(super) fn clean(&self, html: &str) -> String {
        self.0.clean(html).to_string()
    }
}

/// How deep the author's elements are nested so far.
#[derive(Debug, Default)]
pub(super) struct Depth {
    now: usize,
    told: bool,
}

/// `html` without its comments: those reach no edition. `None`: one of them never ends.
pub(super) fn without_comments(html: &str) -> Option<String> {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = comment.split_once("-->")?.1;
    }
    kept.push_str(rest);
    Some(kept)
}

/// A comment without an end would take the rest of the file with it.
pub(super) fn unclosed_comment(span: Span) -> Diagnostic {
    Diagnostic::error(UNCLOSED_COMMENT, span, "this comment is never closed, and hides all that follows")
        .help("add `-->` where it ends")
}

/// Tells what of `html` will be removed.
pub(super) fn tell(html: &str, span: Span, depth: &mut Depth, diagnostics: &mut Diagnostics) {
    let allowed_tags: BTreeSet<&str> =
        ammonia::Builder::default().clone_tags().into_iter().chain(MORE_TAGS).collect();
    for tag in tags(html) {
        if tag.closes {
            depth.now = depth.now.saturating_sub(1);
        } else if !VOID.contains(&tag.name.as_str()) && !tag.closes_itself {
            depth.now += 1;
        }
        if !allowed_tags.contains(tag.name.as_str()) && !tag.closes {
            let message = format!("the HTML element `<{}>` is removed", tag.name);
            diagnostics
                .push(Diagnostic::warning(REMOVED, span, message).help("write it in Markdown, or delete it"));
        }
        for attribute in tag.attributes.iter().filter(|name| is_removed(name)) {
            let message = format!("the HTML attribute `{attribute}` is removed");
            diagnostics.push(Diagnostic::warning(REMOVED, span, message).help("delete it"));
        }
    }
    if depth.now > MAX_DEPTH && !depth.told {
        depth.told = true;
        let message = format!("HTML elements are nested more than {MAX_DEPTH} deep");
        diagnostics.push(Diagnostic::error(TOO_DEEP, span, message).help("close the elements"));
    }
}

fn is_removed(attribute: &str) -> bool {
    let of_an_element = [
        "href", "src", "alt", "width", "height", "colspan", "rowspan", "align", "cite", "datetime", "start",
        "open",
    ];
    !ATTRIBUTES.contains(&attribute) && !of_an_element.contains(&attribute)
}

/// A tag as the author wrote it.
struct RawTag {
    name: String,
    attributes: Vec<String>,
    closes: bool,
    closes_itself: bool,
}

/// The tags of `html`. Good enough to name what ammonia will remove; it alone decides what stays.
fn tags(html: &str) -> impl Iterator<Item = RawTag> {
    html.split('<').skip(1).filter_map(|rest| {
        let inside = rest.split('>').next().unwrap_or_default();
        let closes = inside.starts_with('/');
        let inside = inside.trim_start_matches('/');
        let name: String = inside.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let attributes = inside[name.len()..].split_whitespace().filter_map(|word| {
            let name = word.split('=').next().unwrap_or_default();
            let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            (is_name && word.contains('=')).then(|| name.to_lowercase())
        });
        let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic());
        starts_well.then(|| RawTag {
            attributes: attributes.collect(),
            closes,
            closes_itself: inside.ends_with('/'),
            name: name.to_lowercase(),
        })
    })
}
