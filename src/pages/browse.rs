//! Lists: all questions, and those of a topic, a level or a kind.
use crate::{edition::FacetPage, site::Page, text::words::Words};

pub(super) fn page(list: FacetPage, words: &Words) -> Page {
    let title = match &list.view.list.facet {
        Some(_) => list.view.list.title.clone(),
        None => words.text("menu.questions").to_owned(),
    };
    super::page(&list.route, "list.html", &title, "", list.view)
}
