//! Lists: all questions, and those of a topic, a level or a kind.
use crate::{edition::FacetPage, site::Page};

pub(super) fn page(list: FacetPage) -> Page {
    let title = match &list.view.list.facet {
        Some(_) => list.view.list.title.clone(),
        None => "All questions".to_owned(),
    };
    super::page(&list.route, "list.html", &title, "", list.view)
}
