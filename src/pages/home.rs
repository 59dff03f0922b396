//! The home page, and the page for addresses that lead nowhere.
use super::page;
use crate::{
    edition::{HomeView, SiteView},
    site::{Page, Route},
};

const HOME: &str = "index.html";

pub(super) fn pages(home: HomeView, site: &SiteView) -> Vec<Page> {
    let title = home.title.clone();
    vec![
        page(HOME, "home.html", &title, &site.description, home),
        page("404.html", "not-found.html", "Page not found", "", serde_json::json!({})),
    ]
}

/// The file that the home page shows.
pub(super) fn source() -> (String, Route) {
    ("content/index.md".to_owned(), Route::new(HOME))
}
