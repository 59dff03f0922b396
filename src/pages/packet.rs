//! A packet's page, and the style sheets that it is printed with.
use crate::{
    edition::PacketView,
    site::{Page, Route, SearchEntry},
};
use std::collections::BTreeMap;

/// What a packet can be printed on. Both break at the same places.
const PAPERS: [&str; 2] = ["a4", "letter"];

pub(super) fn pages(packet: &PacketView) -> Vec<Page> {
    let link = &packet.card.link;
    let mut pages = vec![super::page(&link.route, "packet.html", &link.title, &description(packet), packet)];
    // Running heads need a named page for each question, and a strict policy lets no page style itself.
    pages.extend(PAPERS.map(|paper| {
        let on_paper = PacketView { paper: paper.to_owned(), ..packet.clone() };
        super::page(
            &format!("packets/{}.{paper}.css", link.id),
            "packet-print.css",
            &link.title,
            "",
            &on_paper,
        )
    }));
    pages
}

/// The file that the page shows.
pub(super) fn source(path: &str, packet: &PacketView) -> (String, Route) {
    (path.to_owned(), Route::new(&packet.card.link.route))
}

pub(super) fn search(packet: &PacketView) -> SearchEntry {
    let asked = packet.asked.iter().map(|asked| asked.question.card.link.title.as_str());
    SearchEntry {
        route: packet.card.link.route.clone(),
        title: packet.card.link.title.clone(),
        kind: "packet".to_owned(),
        summary: description(packet),
        aliases: Vec::new(),
        tags: Vec::new(),
        body: asked.collect::<Vec<_>>().join("\n"),
        code: Vec::new(),
        facets: BTreeMap::from([("level".to_owned(), vec![packet.card.level.title.clone()])]),
    }
}

fn description(packet: &PacketView) -> String {
    let role = packet.card.role.as_deref().map_or_else(String::new, |role| format!("{role}, "));
    let questions = packet.card.questions;
    let s = if questions == 1 { "" } else { "s" };
    format!("{role}{} minutes, {questions} question{s}", packet.card.minutes)
}
