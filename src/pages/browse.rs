//! Lists: all questions, and those of a topic, a level or a kind.
use crate::{edition::FacetPage, site::Page};

pub(super) fn page(list: FacetPage) -> Page {
    let title = match &list.view.facet {
        Some(facet) => format!("{facet}: {}", list.view.title),
        None => list.view.title.clone(),
    };
    super::page(&list.route, "list.html", &title, "", list.view)
}
