//! A packet's page, and the style sheets that it is printed with.
use super::print::{self, PrintView, SheetView};
use crate::{
    edition::PacketView,
    site::{Page, Route, SearchEntry},
    text::words::Words,
};
use std::{slice, sync::Arc};

pub(super) fn pages(packet: PacketView, words: &Words) -> Vec<Page> {
    let (link, description) = (packet.card.link.clone(), description(&packet, words));
    let print = print_view(&packet);
    let packet = Arc::new(packet);
    let title = words.filled("titles.rubric_of", &[("subject", &link.title)]);
    let rubric = super::page(&packet.rubric_route, "packet-rubric.html", &title, "", Arc::clone(&packet))
        .below(&link.route);
    let page = super::page(&link.route, "packet.html", &link.title, &description, packet);
    [page, rubric].into_iter().chain(print::sheets(&link.route, &print)).collect()
}

fn print_view(packet: &PacketView) -> PrintView {
    let sheets = packet.asked.iter().map(|asked| SheetView {
        anchor: asked.anchor.clone(),
        position: asked.position,
        title: asked.question.card.link.title.clone(),
    });
    PrintView {
        id: packet.card.link.id.clone(),
        title: packet.card.link.title.clone(),
        revision: packet.revision.clone(),
        lock: packet.lock.clone(),
        note_lines: packet.note_lines,
        duplex: packet.duplex,
        asked: sheets.collect(),
    }
}

/// The file that the page shows.
pub(super) fn source(path: &str, packet: &PacketView) -> (String, Route) {
    (path.to_owned(), Route::new(&packet.card.link.route))
}

pub(super) fn search(packet: &PacketView, words: &Words) -> SearchEntry {
    let asked = packet.asked.iter().map(|asked| asked.question.card.link.title.as_str());
    SearchEntry {
        route: packet.card.link.route.clone(),
        title: packet.card.link.title.clone(),
        kind: "packet".to_owned(),
        summary: description(packet, words),
        aliases: Vec::new(),
        tags: vec![packet.card.level.title.clone()],
        body: asked.collect::<Vec<_>>().join("\n"),
        code: Vec::new(),
        facets: super::search::filed(
            "packet",
            [("level", slice::from_ref(&packet.card.level))],
            Some(packet.card.minutes),
        ),
    }
}

fn description(packet: &PacketView, words: &Words) -> String {
    let role = packet.card.role.as_deref().map_or_else(String::new, |role| format!("{role}, "));
    let minutes = words.filled("titles.minutes", &[("minutes", &packet.card.minutes)]);
    let questions = words.filled("units.questions", &[("count", &packet.card.questions)]);
    format!("{role}{minutes}, {questions}")
}
