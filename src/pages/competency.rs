//! A competency's page, and the rubric of the whole guide.
use crate::{
    edition::{CompetencyView, RubricView},
    site::{Page, SearchEntry},
};
use std::collections::BTreeMap;

pub(super) fn page(competency: CompetencyView) -> Page {
    let (link, definition) = (competency.link.clone(), competency.definition.clone());
    super::page(&link.route, "competency.html", &link.title, &definition, competency)
}

pub(super) fn rubric(rubric: RubricView) -> Page {
    super::page(
        "rubric.html",
        "rubric.html",
        "Rubric",
        "What earns each rating, question by question",
        rubric,
    )
}

pub(super) fn search(competency: &CompetencyView) -> SearchEntry {
    SearchEntry {
        route: competency.link.route.clone(),
        title: competency.link.title.clone(),
        kind: "competency".to_owned(),
        summary: competency.definition.clone(),
        aliases: Vec::new(),
        tags: Vec::new(),
        body: competency.definition.clone(),
        code: Vec::new(),
        facets: BTreeMap::new(),
    }
}
