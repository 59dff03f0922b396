//! The style sheets that a page is printed with, one a paper: only a page rule can set the paper and the running heads.
use crate::site::Page;
use serde::Serialize;

/// What a page can be printed on. All break at the same places.
const PAPERS: [&str; 2] = ["a4", "letter"];

/// What is printed at the edges of a page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PrintView {
    /// Of what is printed.
    pub(super) id: String,
    /// Of what is printed.
    pub(super) title: String,
    /// Tells two printings apart.
    pub(super) revision: String,
    /// Short hash of a packet's lock.
    pub(super) lock: Option<String>,
    /// How many ruled lines a sheet keeps for notes at least.
    pub(super) note_lines: u32,
    /// Parts with a running head of their own.
    pub(super) asked: Vec<SheetView>,
}

/// A question's sheet.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SheetView {
    pub(super) anchor: String,
    pub(super) position: usize,
    pub(super) title: String,
}

#[derive(Serialize)]
struct OnPaper<'a> {
    paper: &'static str,
    #[serde(flatten)]
    view: &'a PrintView,
}

/// The style sheets of the page at `route`: `loops/a.html` has `loops/a.a4.css` and `loops/a.letter.css`.
pub(super) fn sheets(route: &str, view: &PrintView) -> impl Iterator<Item = Page> {
    // A strict policy lets no page style itself.
    let stem = route.strip_suffix(".html").unwrap_or(route);
    PAPERS.into_iter().map(move |paper| {
        let it = serde_json::to_value(OnPaper { paper, view }).expect("a view is plain data");
        super::page(&format!("{stem}.{paper}.css"), "packet-print.css", &view.title, "", it)
    })
}
