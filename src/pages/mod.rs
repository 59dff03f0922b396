//! Edition to site: which pages there are.
mod article;
mod browse;
mod candidate;
mod competency;
mod home;
mod packet;
mod publish_files;
mod question;

use crate::{
    config::Config,
    edition::{CandidateEdition, Edition, InterviewerEdition},
    site::{Assets, Files, Page, SearchEntry, Site, View},
};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The site of `edition`.
pub fn plan<'a>(edition: &'a Edition, config: &Config) -> Site<'a> {
    match edition {
        Edition::Interviewer(edition) => interviewer(edition, config),
        Edition::Candidate(edition) => candidate(edition),
    }
}

fn interviewer<'a>(edition: &'a InterviewerEdition, config: &Config) -> Site<'a> {
    let mut pages = home::pages(edition);
    pages.extend(edition.lists.iter().map(browse::page));
    pages.par_extend(edition.questions.par_iter().map(|(_, question)| question::page(question)));
    pages.extend(edition.competencies.iter().map(competency::page));
    pages.push(competency::rubric(&edition.rubric));
    pages.extend(edition.packets.iter().flat_map(|(_, packet)| packet::pages(packet)));
    pages.extend(edition.candidate.hand_outs.iter().flat_map(candidate::hand_out));
    pages.extend(edition.articles.iter().map(|(_, article)| article::page(article)));
    let mut sources = BTreeMap::from([home::source()]);
    sources.extend(edition.questions.iter().map(|(path, it)| question::source(path, it)));
    sources.extend(edition.packets.iter().map(|(path, it)| packet::source(path, it)));
    sources.extend(edition.articles.iter().map(|(path, it)| article::source(path, it)));
    Site {
        texts: publish_files::texts(&pages, &config.base_url),
        pages,
        shared: serde_json::to_value(&edition.site).expect("a view is plain data"),
        sources,
        files: Files::All,
        assets: Assets::All,
        search: search(edition),
    }
}

fn candidate(edition: &CandidateEdition) -> Site<'_> {
    let mut pages = vec![candidate::index()];
    pages.extend(edition.hand_outs.iter().flat_map(candidate::hand_out));
    Site {
        pages,
        // No name of the guide: it could be searched for.
        shared: serde_json::json!({ "language": edition.language }),
        sources: BTreeMap::new(),
        files: Files::Only(edition.files.clone()),
        assets: Assets::Only("hand-out.css"),
        search: Vec::new(),
        texts: BTreeMap::new(),
    }
}

fn search(edition: &InterviewerEdition) -> Vec<SearchEntry> {
    let mut entries: Vec<SearchEntry> =
        edition.questions.par_iter().map(|(_, question)| question::search(question)).collect();
    entries.extend(edition.articles.iter().map(|(_, article)| article::search(article)));
    entries.extend(edition.packets.iter().map(|(_, packet)| packet::search(packet)));
    entries.extend(edition.competencies.iter().map(competency::search));
    entries
}

/// The page that `template` makes of `view`, a page with a title and a summary.
fn page<'a>(
    route: &str,
    template: &'static str,
    title: &str,
    summary: &str,
    view: impl View + 'a,
) -> Page<'a> {
    Page::new(route, template, title, view).described(summary)
}
