//! The home page, and the page for addresses that lead nowhere.
use super::page;
use crate::{
    edition::{HomeView, SiteView},
    site::{Page, Route},
    text::words::Words,
};

const HOME: &str = "index.html";

pub(super) fn pages(home: HomeView, site: &SiteView, words: &Words) -> Vec<Page> {
    let title = home.title.clone();
    vec![
        page(HOME, "home.html", &title, &site.description, home),
        page("404.html", "not-found.html", words.text("not_found.title"), "", serde_json::json!({})),
    ]
}

/// The file that the home page shows.
pub(super) fn source() -> (String, Route) {
    ("content/index.md".to_owned(), Route::new(HOME))
}
