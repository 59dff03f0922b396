//! A handbook page.
use crate::{
    edition::ArticleView,
    site::{Page, Route, SearchEntry},
};
use std::mem;

pub(super) fn page(article: ArticleView) -> Page {
    let card = article.card.clone();
    super::page(&card.link.route, "article.html", &card.link.title, &card.summary, article)
}

/// The file that the page shows.
pub(super) fn source(path: &str, article: &ArticleView) -> (String, Route) {
    (path.to_owned(), Route::new(&article.card.link.route))
}

pub(super) fn search(article: &mut ArticleView) -> SearchEntry {
    let text = mem::take(&mut article.search);
    SearchEntry {
        route: article.card.link.route.clone(),
        title: article.card.link.title.clone(),
        kind: "page".to_owned(),
        summary: article.card.summary.clone(),
        aliases: text.aliases,
        tags: Vec::new(),
        body: text.body,
        code: text.code,
        facets: super::search::filed("page", [], None),
    }
}
