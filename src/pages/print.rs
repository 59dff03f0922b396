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
    /// Whether both sides are printed: each question then begins on the back of a leaf.
    pub(super) duplex: bool,
    /// Parts with a running head of their own.
    pub(super) asked: Vec<SheetView>,
}

/// A question's sheet.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SheetView {
    /// Its id on the page: `question-1`.
    pub(super) anchor: String,
    /// 1 for the first.
    pub(super) position: usize,
    /// Of the question.
    pub(super) title: String,
}

/// What is printed at the edges of a text in chapters.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ChaptersView {
    /// Of the guide.
    pub(super) title: String,
    /// What of it this is.
    pub(super) name: String,
    /// Tells two printings apart.
    pub(super) revision: String,
    /// Class of what a running head stands over, and the head.
    pub(super) chapters: Vec<(String, String)>,
}

/// The same, for one paper.
#[derive(Serialize)]
struct OnPaper<'a, T> {
    /// `a4` or `letter`.
    paper: &'static str,
    #[serde(flatten)]
    view: &'a T,
}

/// The style sheets of the page at `route`: `loops/a.html` has `loops/a.a4.css` and `loops/a.letter.css`.
pub(super) fn sheets(route: &str, view: &PrintView) -> impl Iterator<Item = Page> {
    on_paper(route, "packet-print.css", &view.title, view)
}

/// The same of a text in chapters.
pub(super) fn chapters(route: &str, view: &ChaptersView) -> impl Iterator<Item = Page> {
    on_paper(route, "chapters-print.css", &view.title, view)
}

fn on_paper<T: Serialize>(
    route: &str,
    template: &'static str,
    title: &str,
    view: &T,
) -> impl Iterator<Item = Page> {
    // A strict policy lets no page style itself.
    let stem = route.strip_suffix(".html").unwrap_or(route);
    PAPERS.into_iter().map(move |paper| {
        let it = serde_json::to_value(OnPaper { paper, view }).expect("a view is plain data");
        super::page(&format!("{stem}.{paper}.css"), template, title, "", it)
    })
}
