//! The page of the whole bank: what it can read, where it cannot, and what in it has gone old or got out.
use crate::{
    config::Config,
    edition::BankView,
    site::{Page, SearchEntry},
};

const ROUTE: &str = "coverage.html";

pub(super) fn page(bank: BankView, config: &Config) -> Page {
    let words = &config.words;
    super::page(ROUTE, "coverage.html", words.text("coverage.title"), words.text("coverage.summary"), bank)
}

pub(super) fn search(config: &Config) -> SearchEntry {
    let words = &config.words;
    let summary = words.text("coverage.summary");
    let other_names = words.text("coverage.other_names").split(", ");
    SearchEntry {
        route: ROUTE.to_owned(),
        title: words.text("coverage.title").to_owned(),
        kind: "page".to_owned(),
        summary: summary.to_owned(),
        aliases: other_names.map(str::to_owned).collect(),
        tags: Vec::new(),
        body: summary.to_owned(),
        code: Vec::new(),
        facets: super::search::filed("page", [], None),
    }
}
