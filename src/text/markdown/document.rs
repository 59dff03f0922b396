//! What Markdown becomes.
use super::{ANCHOR_MARK, links::Link};
use crate::source::{Span, Spanned};

/// A file's body.
#[derive(Debug, Default, Clone)]
pub struct Document {
    /// What stands before the first section; of prose, everything.
    pub opening: Fragment,
    /// The level-2 headings, each with what stands below it.
    pub sections: Vec<Section>,
    /// Every link of the file to another part of the project.
    pub links: Vec<Link>,
    /// Every heading, with its anchor.
    pub headings: Vec<Heading>,
    /// Every code block between fences.
    pub fences: Vec<Span>,
}

/// A level-2 heading and what stands below it.
#[derive(Debug, Clone)]
pub struct Section {
    /// The heading's plain text.
    pub title: Spanned<String>,
    /// What stands below it.
    pub body: Fragment,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its anchor, without `#` and without a prefix.
    pub anchor: String,
    /// Its plain text.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// The anchor of the one of `headings` at `place`, without `#`; empty if there is none.
#[must_use]
pub fn anchor_at(headings: &[Heading], place: Span) -> &str {
    let heading = headings.iter().find(|heading| heading.span.start == place.start);
    heading.map_or("", |heading| heading.anchor.as_str())
}

/// A part of a file.
#[derive(Debug, Clone)]
pub struct Fragment {
    /// Its place.
    pub span: Span,
    pub(super) full: Rendering,
    pub(super) shared: Option<Rendering>,
}

impl Default for Fragment {
    fn default() -> Self {
        Self {
            span: Span::start_of(crate::source::FileId::default()),
            full: Rendering::default(),
            shared: None,
        }
    }
}

impl Fragment {
    /// All of it.
    pub fn full(&self) -> &Rendering {
        &self.full
    }

    /// All but the code blocks that name an audience.
    pub fn shared(&self) -> &Rendering {
        self.shared.as_ref().unwrap_or(&self.full)
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.full.html.is_empty()
    }
}

/// A part of a file, as pages, search and scans use it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Rendering {
    /// Sanitised HTML. Its anchors start with [`ANCHOR_MARK`], its links to files with [`super::SOURCE_SCHEME`].
    pub html: String,
    /// Its words, without code blocks, a line a block.
    pub text: String,
    /// Its code: each span in back-ticks and each code block, as readers see it.
    pub code: Vec<String>,
    /// The items of its outermost lists.
    pub items: Vec<Item>,
    /// Its level-3 headings, each with the items below it.
    pub parts: Vec<Part>,
    /// The first outermost block that is neither a list nor a heading, if it stands before every part.
    pub loose: Option<Span>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Sanitised HTML of what stands in the item.
    pub html: String,
    /// Its words.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// A level-3 heading and the list below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The heading's plain text.
    pub title: Spanned<String>,
    /// The items below it; without a list, each block is one.
    pub items: Vec<Item>,
}

/// `html` with its headings `by` levels deeper, for a page on which it stands below headings of others.
#[must_use]
pub fn deepened(html: &str, by: u8) -> String {
    let mut html = html.to_owned();
    // From the deepest on, so that none is moved twice. Only tags begin with a bare `<`.
    for level in (1..=6_u8).rev() {
        let deeper = (level + by).min(6);
        html = html.replace(&format!("<h{level}"), &format!("<h{deeper}"));
        html = html.replace(&format!("</h{level}>"), &format!("</h{deeper}>"));
    }
    html
}

/// `html` with its anchors made unique on a page by `prefix`, which may be empty.
#[must_use]
pub fn anchored(html: &str, prefix: &str) -> String {
    // In an address the mark is percent-encoded.
    html.replace(ANCHOR_MARK, prefix).replace("#%EE%80%80", &format!("#{prefix}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_go_down_together_and_no_deeper_than_html_has_them() {
        let html = "<h2 id=\"a\">A</h2><p>&lt;h2&gt;</p><h3>B</h3><h5>C</h5>";
        assert_eq!(deepened(html, 2), "<h4 id=\"a\">A</h4><p>&lt;h2&gt;</p><h5>B</h5><h6>C</h6>");
    }
}
