//! What candidates are given: neutral titles, neutral addresses, no way to anything else.
use crate::{edition::HandOutView, site::Page};

const TITLE: &str = "Interview hand-out";

/// The page at the root of the candidate's tree; it leads nowhere.
pub(super) fn index() -> Page<'static> {
    Page::new("index.html", "candidate-index.html", TITLE, serde_json::json!({}))
}

/// What is read during the interview, and what is read before it.
pub(super) fn hand_out(view: &HandOutView) -> [Page<'_>; 2] {
    [("live", "hand-out-live.html"), ("prep", "hand-out-prep.html")]
        .map(|(name, template)| Page::new(format!("{}/{name}.html", view.folder), template, TITLE, view))
}
