//! The whole guide as one page to print.
use super::print::{self, ChaptersView};
use crate::{
    edition::{BookView, SiteView},
    site::Page,
    text::words::Words,
};

/// Its address.
pub(super) const ROUTE: &str = "print.html";

pub(super) fn pages(book: BookView, site: &SiteView, words: &Words) -> Vec<Page> {
    let print = ChaptersView {
        title: site.title.clone(),
        name: words.text("titles.book_short").to_owned(),
        revision: book.revision.clone(),
        chapters: chapters(&book, words),
    };
    let shown = book.shown().map(|(path, anchor)| (path.to_owned(), anchor.to_owned())).collect();
    let (title, hint) = (words.text("titles.book"), words.text("titles.book_hint"));
    let page = super::page(ROUTE, "book.html", title, hint, book).showing(shown);
    std::iter::once(page).chain(print::chapters(ROUTE, &print)).collect()
}

/// The running heads, by the class of what they stand over.
fn chapters(book: &BookView, words: &Words) -> Vec<(String, String)> {
    let fixed = [
        ("handbook", "menu.handbook"),
        ("packets", "menu.packets"),
        ("loops", "menu.loops"),
        ("measures", "book.measures"),
    ];
    let fixed = fixed.map(|(class, title)| (class.to_owned(), words.text(title).to_owned()));
    let topics = book.chapters.iter().map(|it| (format!("topic-{}", it.topic.id), it.topic.title.clone()));
    fixed.into_iter().chain(topics).collect()
}
