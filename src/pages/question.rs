//! A question's page.
use crate::{
    edition::{LinkView, QuestionView},
    site::{Page, Route, SearchEntry},
};
use std::{mem, slice, sync::Arc};

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
    let links: [(_, &[LinkView]); 4] = [
        ("topic", &card.topics),
        ("level", &card.levels),
        ("kind", slice::from_ref(&card.kind)),
        ("competency", &card.competencies),
    ];
    let titles = links.iter().flat_map(|(_, links)| links.iter()).map(|link| link.title.clone());
    SearchEntry {
        route: card.link.route.clone(),
        title: card.link.title.clone(),
        kind: "question".to_owned(),
        summary: card.summary.clone(),
        aliases: text.aliases,
        tags: question.tags.iter().cloned().chain(titles).chain(text.topic_aliases).collect(),
        body: text.body,
        code: text.code,
        facets: super::search::filed("question", links, Some(card.minutes)),
    }
}
