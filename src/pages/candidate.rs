//! What candidates are given: neutral titles, neutral addresses, no way to anything else.
use crate::{
    edition::{HandOutView, PromptView},
    site::Page,
};
use std::sync::Arc;

const TITLE: &str = "Interview hand-out";

/// The groups of words that these pages use. A project may name its guide in any other.
pub(super) const WORDS: &[&str] = &["hand_out"];

/// The page at the root of the candidate's tree; it leads nowhere.
pub(super) fn index() -> Page {
    Page::new("index.html", "candidate-index.html", TITLE, serde_json::json!({}))
}

/// A prompt for a screen that the candidate sees: it is no more than a hand-out.
pub(super) fn prompt(view: PromptView) -> Page {
    Page::new(view.route.clone(), "prompt.html", TITLE, view)
}

/// What is read during the interview, and what is read before it.
pub(super) fn hand_out(view: HandOutView) -> [Page; 2] {
    let view = Arc::new(view);
    [("live", "hand-out-live.html"), ("prep", "hand-out-prep.html")].map(|(name, template)| {
        Page::new(format!("{}/{name}.html", view.folder), template, TITLE, Arc::clone(&view))
    })
}
