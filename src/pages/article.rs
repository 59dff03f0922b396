//! A handbook page.
use crate::{
    edition::ArticleView,
    site::{Page, Route, SearchEntry},
};
use std::collections::BTreeMap;

pub(super) fn page(article: &ArticleView) -> Page<'_> {
    let card = &article.card;
    super::page(&card.link.route, "article.html", &card.link.title, &card.summary, article)
}

/// The file that the page shows.
pub(super) fn source(path: &str, article: &ArticleView) -> (String, Route) {
    (path.to_owned(), Route::new(&article.card.link.route))
}

pub(super) fn search(article: &ArticleView) -> SearchEntry {
    SearchEntry {
        route: article.card.link.route.clone(),
        title: article.card.link.title.clone(),
        kind: "page".to_owned(),
        summary: article.card.summary.clone(),
        aliases: article.search.aliases.clone(),
        tags: Vec::new(),
        body: article.search.body.clone(),
        code: article.search.code.clone(),
        facets: BTreeMap::new(),
    }
}
