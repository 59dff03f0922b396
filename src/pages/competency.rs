//! A competency's page, and the rubric of the whole guide.
use super::print::{self, ChaptersView};
use crate::{
    edition::{CompetencyView, RubricView, SiteView},
    site::{Page, SearchEntry},
    text::words::Words,
};
use std::slice;

pub(super) fn page(competency: CompetencyView) -> Page {
    let (link, definition) = (competency.link.clone(), competency.definition.clone());
    super::page(&link.route, "competency.html", &link.title, &definition, competency)
}

pub(super) fn rubrics(rubrics: Vec<RubricView>, site: &SiteView, words: &Words) -> Vec<Page> {
    rubrics.into_iter().flat_map(|rubric| self::rubric(rubric, site, words)).collect()
}

fn rubric(rubric: RubricView, site: &SiteView, words: &Words) -> Vec<Page> {
    let (route, title) = (rubric.route.clone(), rubric.title.clone());
    let heads = rubric.competencies.iter().map(|it| (format!("reads-{}", it.link.id), it.link.title.clone()));
    let print = ChaptersView {
        title: site.title.clone(),
        name: words.text("titles.rubric_short").to_owned(),
        revision: rubric.revision.clone(),
        chapters: heads.collect(),
    };
    let page = super::page(&route, "rubric.html", &title, words.text("titles.rubric_hint"), rubric);
    std::iter::once(page).chain(print::chapters(&route, &print)).collect()
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
        facets: super::search::filed("competency", [("competency", slice::from_ref(&competency.link))], None),
    }
}
