//! A question's page.
use crate::{
    edition::{LinkView, QuestionView},
    site::{Page, Route, SearchEntry},
};
use std::{collections::BTreeMap, mem, sync::Arc};

pub(super) fn page(question: QuestionView) -> Page {
    let card = Arc::clone(&question.card);
    let page = super::page(&card.link.route, "question.html", &card.link.title, &card.summary, question);
    match card.topics.first() {
        Some(topic) => page.below(&topic.route),
        None => page,
    }
}

/// The file that the page shows.
pub(super) fn source(path: &str, question: &QuestionView) -> (String, Route) {
    (path.to_owned(), Route::new(&question.card.link.route))
}

pub(super) fn search(question: &mut QuestionView) -> SearchEntry {
    let text = mem::take(&mut question.search);
    let card = &question.card;
    let titles = |links: &[LinkView]| links.iter().map(|link| link.title.clone()).collect::<Vec<_>>();
    SearchEntry {
        route: card.link.route.clone(),
        title: card.link.title.clone(),
        kind: "question".to_owned(),
        summary: card.summary.clone(),
        aliases: text.aliases,
        tags: [question.tags.clone(), titles(&card.competencies), text.topic_aliases].concat(),
        body: text.body,
        code: text.code,
        facets: BTreeMap::from([
            ("topic".to_owned(), titles(&card.topics)),
            ("level".to_owned(), titles(&card.levels)),
            ("kind".to_owned(), vec![card.kind.title.clone()]),
        ]),
    }
}
