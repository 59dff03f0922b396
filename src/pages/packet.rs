//! A packet's page, and the style sheets that it is printed with.
use crate::{
    edition::PacketView,
    site::{Page, Route, SearchEntry},
};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a packet can be printed on. Both break at the same places.
const PAPERS: [&str; 2] = ["a4", "letter"];

/// What a packet's style sheets need of it.
#[derive(Serialize)]
struct PrintView {
    id: String,
    title: String,
    revision: String,
    note_lines: u32,
    paper: &'static str,
    asked: Vec<SheetView>,
}

/// A question's sheet.
#[derive(Serialize)]
struct SheetView {
    anchor: String,
    position: usize,
    title: String,
}

pub(super) fn pages(packet: PacketView) -> Vec<Page> {
    let (link, description) = (packet.card.link.clone(), description(&packet));
    // Running heads need a named page for each question, and a strict policy lets no page style itself.
    let sheets = PAPERS.map(|paper| {
        let route = format!("packets/{}.{paper}.css", link.id);
        super::page(&route, "packet-print.css", &link.title, "", PrintView::of(&packet, paper))
    });
    let page = super::page(&link.route, "packet.html", &link.title, &description, packet);
    std::iter::once(page).chain(sheets).collect()
}

impl PrintView {
    fn of(packet: &PacketView, paper: &'static str) -> Self {
        let sheets = packet.asked.iter().map(|asked| SheetView {
            anchor: asked.anchor.clone(),
            position: asked.position,
            title: asked.question.card.link.title.clone(),
        });
        Self {
            id: packet.card.link.id.clone(),
            title: packet.card.link.title.clone(),
            revision: packet.revision.clone(),
            note_lines: packet.note_lines,
            paper,
            asked: sheets.collect(),
        }
    }
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
