//! Edition to site: which pages there are.
mod article;
mod book;
mod browse;
mod candidate;
mod competency;
mod coverage;
mod home;
mod interview_loop;
mod packet;
mod print;
mod publish_files;
mod question;
mod search;

use crate::{
    config::Config,
    edition::{CandidateEdition, Edition, InterviewerEdition},
    site::{Assets, Files, Page, Route, SearchEntry, Site, View},
};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The site of `edition`.
///
/// It takes the edition apart, so that a view is gone as soon as its page is made.
pub fn plan(edition: Edition, config: &Config) -> Site {
    match edition {
        Edition::Interviewer(edition) => interviewer(*edition, config),
        Edition::Candidate(edition) => candidate(edition, config),
    }
}

fn interviewer(mut edition: InterviewerEdition, config: &Config) -> Site {
    let words = &config.words;
    let found = found(&mut edition, config);
    let search_page = search::page(&edition, &found, words);
    let sources = sources(&edition);
    let mut pages = home::pages(edition.home, &edition.site, words);
    pages.push(search_page);
    pages.extend(edition.lists.into_iter().map(|list| browse::page(list, words)));
    pages.par_extend(edition.questions.into_par_iter().map(|(_, question)| question::page(question)));
    pages.extend(edition.prompts.into_iter().map(|prompt| candidate::prompt(prompt, words)));
    pages.extend(edition.competencies.into_iter().map(competency::page));
    pages.push(coverage::page(edition.bank, config));
    pages.extend(competency::rubrics(edition.rubrics, &edition.site, words));
    pages.extend(edition.packets.into_iter().flat_map(|(_, packet)| packet::pages(packet, words)));
    pages.extend(edition.loops.into_iter().flat_map(|(_, it)| interview_loop::pages(it, words)));
    pages.extend(edition.candidate.hand_outs.into_iter().flat_map(|it| candidate::hand_out(it, words)));
    pages.extend(edition.articles.into_iter().map(|(_, article)| article::page(article)));
    pages.extend(edition.book.into_iter().flat_map(|book| book::pages(book, &edition.site, words)));
    Site {
        texts: publish_files::texts(&pages, &config.base_url),
        pages,
        shared: serde_json::to_value(&edition.site).expect("a view is plain data"),
        words: config.words.clone(),
        sources,
        files: Files::All,
        assets: Assets::All,
        search: found,
    }
}

fn candidate(edition: CandidateEdition, config: &Config) -> Site {
    let words = &config.words;
    let mut pages = vec![candidate::index(words)];
    pages.extend(edition.hand_outs.into_iter().flat_map(|it| candidate::hand_out(it, words)));
    Site {
        pages,
        // No name of the guide: it could be searched for.
        shared: serde_json::json!({ "language": edition.language }),
        words: config.words.only(candidate::WORDS),
        sources: BTreeMap::new(),
        files: Files::Only(edition.files),
        assets: Assets::Only("hand-out.css"),
        search: Vec::new(),
        texts: BTreeMap::new(),
    }
}

/// The files of the project that pages show.
fn sources(edition: &InterviewerEdition) -> BTreeMap<String, Route> {
    let mut sources = BTreeMap::from([home::source()]);
    sources.extend(edition.questions.iter().map(|(path, it)| question::source(path, it)));
    sources.extend(edition.packets.iter().map(|(path, it)| packet::source(path, it)));
    sources.extend(edition.loops.iter().map(|(path, it)| interview_loop::source(path, it)));
    sources.extend(edition.articles.iter().map(|(path, it)| article::source(path, it)));
    sources
}

/// What search finds; the texts move there, since no page prints them.
fn found(edition: &mut InterviewerEdition, config: &Config) -> Vec<SearchEntry> {
    let mut entries: Vec<SearchEntry> =
        edition.questions.par_iter_mut().map(|(_, question)| question::search(question)).collect();
    entries.extend(edition.articles.iter_mut().map(|(_, article)| article::search(article)));
    entries.extend(edition.packets.iter().map(|(_, packet)| packet::search(packet, &config.words)));
    entries.extend(edition.loops.iter_mut().map(|(_, it)| interview_loop::search(it, &config.words)));
    entries.extend(edition.competencies.iter().map(competency::search));
    entries.push(coverage::search(config));
    entries
}

/// The page that `template` makes of `view`, a page with a title and a summary.
fn page(route: &str, template: &'static str, title: &str, summary: &str, view: impl View + 'static) -> Page {
    Page::new(route, template, title, view).described(summary)
}
