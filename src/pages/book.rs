//! The whole guide as one page to print.
use super::print::{self, ChaptersView};
use crate::{
    edition::{BookView, SiteView},
    site::Page,
};

/// Its address.
pub(super) const ROUTE: &str = "print.html";

pub(super) fn pages(book: BookView, site: &SiteView) -> Vec<Page> {
    let print = ChaptersView {
        title: site.title.clone(),
        name: "whole guide".to_owned(),
        revision: book.revision.clone(),
        chapters: chapters(&book),
    };
    let shown = book.shown().map(|(path, anchor)| (path.to_owned(), anchor.to_owned())).collect();
    let page = super::page(ROUTE, "book.html", "The whole guide", "All of it, to print", book).showing(shown);
    std::iter::once(page).chain(print::chapters(ROUTE, &print)).collect()
}

/// The running heads, by the class of what they stand over.
fn chapters(book: &BookView) -> Vec<(String, String)> {
    let fixed = [
        ("handbook", "Handbook"),
        ("packets", "Packets"),
        ("loops", "Loops"),
        ("measures", "Scales and competencies"),
    ];
    let fixed = fixed.map(|(class, title)| (class.to_owned(), title.to_owned()));
    let topics = book.chapters.iter().map(|it| (format!("topic-{}", it.topic.id), it.topic.title.clone()));
    fixed.into_iter().chain(topics).collect()
}
