//! The page of the whole bank: what it can read, where it cannot, and what in it has gone old or got out.
use crate::{
    edition::BankView,
    site::{Page, SearchEntry},
};
use std::collections::BTreeMap;

const ROUTE: &str = "coverage.html";
const TITLE: &str = "Coverage";
const SUMMARY: &str =
    "Which competencies the questions read at which level, and what is missing, stale or leaked";

pub(super) fn page(bank: BankView) -> Page {
    super::page(ROUTE, "coverage.html", TITLE, SUMMARY, bank)
}

pub(super) fn search() -> SearchEntry {
    let aliases = ["heat map", "gaps", "stale questions", "leaked questions", "retired questions"];
    SearchEntry {
        route: ROUTE.to_owned(),
        title: TITLE.to_owned(),
        kind: "page".to_owned(),
        summary: SUMMARY.to_owned(),
        aliases: aliases.map(str::to_owned).to_vec(),
        tags: Vec::new(),
        body: SUMMARY.to_owned(),
        code: Vec::new(),
        facets: BTreeMap::new(),
    }
}
