//! What candidates are given: neutral titles, neutral addresses, no way to anything else.
use crate::{
    edition::{HandOutView, PromptView},
    site::Page,
    text::words::Words,
};
use std::sync::Arc;

/// The groups of words that these pages use. A project may name its guide in any other.
pub(super) const WORDS: &[&str] = &["hand_out"];

/// The page at the root of the candidate's tree; it leads nowhere.
pub(super) fn index(words: &Words) -> Page {
    Page::new("index.html", "candidate-index.html", title(words), serde_json::json!({}))
}

/// A prompt for a screen that the candidate sees: it is no more than a hand-out.
pub(super) fn prompt(view: PromptView, words: &Words) -> Page {
    Page::new(view.route.clone(), "prompt.html", title(words), view)
}

/// What is read during the interview, and what is read before it.
pub(super) fn hand_out(view: HandOutView, words: &Words) -> [Page; 2] {
    let view = Arc::new(view);
    [("live", "hand-out-live.html"), ("prep", "hand-out-prep.html")].map(|(name, template)| {
        Page::new(format!("{}/{name}.html", view.folder), template, title(words), Arc::clone(&view))
    })
}

/// Of every page that candidates see: it says nothing.
fn title(words: &Words) -> &str {
    words.text("hand_out.title")
}
