//! A question's page.
use crate::{
    edition::{LinkView, QuestionView},
    site::{Page, Route, SearchEntry},
};
use std::collections::BTreeMap;

pub(super) fn page(question: &QuestionView) -> Page<'_> {
    let card = &question.card;
    super::page(&card.link.route, "question.html", &card.link.title, &card.summary, question)
}

/// The file that the page shows.
pub(super) fn source(path: &str, question: &QuestionView) -> (String, Route) {
    (path.to_owned(), Route::new(&question.card.link.route))
}

pub(super) fn search(question: &QuestionView) -> SearchEntry {
    let card = &question.card;
    let titles = |links: &[LinkView]| links.iter().map(|link| link.title.clone()).collect::<Vec<_>>();
    SearchEntry {
        route: card.link.route.clone(),
        title: card.link.title.clone(),
        kind: "question".to_owned(),
        summary: card.summary.clone(),
        aliases: question.search.aliases.clone(),
        tags: question.tags.iter().cloned().chain(titles(&card.competencies)).collect(),
        body: question.search.body.clone(),
        code: question.search.code.clone(),
        facets: BTreeMap::from([
            ("topic".to_owned(), titles(&card.topics)),
            ("level".to_owned(), titles(&card.levels)),
            ("kind".to_owned(), vec![card.kind.title.clone()]),
        ]),
    }
}
