//! A loop's page: its timeline, what it covers, and the sheet of its debrief.
use super::print::{self, PrintView};
use crate::{
    edition::LoopView,
    site::{Page, Route, SearchEntry},
    text::words::Words,
};
use std::{mem, slice};

pub(super) fn pages(it: LoopView, words: &Words) -> Vec<Page> {
    let (link, description) = (it.card.link.clone(), description(&it, words));
    let print = PrintView {
        id: link.id.clone(),
        title: link.title.clone(),
        revision: it.revision.clone(),
        lock: None,
        note_lines: 0,
        duplex: false,
        asked: Vec::new(),
    };
    let page = super::page(&link.route, "loop.html", &link.title, &description, it);
    std::iter::once(page).chain(print::sheets(&link.route, &print)).collect()
}

/// The file that the page shows.
pub(super) fn source(path: &str, it: &LoopView) -> (String, Route) {
    (path.to_owned(), Route::new(&it.card.link.route))
}

pub(super) fn search(it: &mut LoopView, words: &Words) -> SearchEntry {
    let packets: Vec<&str> = it.stages.iter().map(|stage| stage.packet.link.title.as_str()).collect();
    let text = mem::take(&mut it.search);
    SearchEntry {
        route: it.card.link.route.clone(),
        title: it.card.link.title.clone(),
        kind: "loop".to_owned(),
        summary: description(it, words),
        aliases: Vec::new(),
        tags: vec![it.card.level.title.clone()],
        body: format!("{}\n{}", packets.join("\n"), text.body),
        code: text.code,
        facets: super::search::filed(
            "loop",
            [("level", slice::from_ref(&it.card.level))],
            Some(it.card.minutes),
        ),
    }
}

fn description(it: &LoopView, words: &Words) -> String {
    let name = words.filled("titles.loop", &[("level", &it.card.level.title)]);
    let sessions = words.filled("home.sessions", &[("count", &it.card.stages)]);
    let minutes = words.filled("titles.minutes", &[("minutes", &it.card.minutes)]);
    format!("{name}, {sessions}, {minutes}")
}
