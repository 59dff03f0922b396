//! First pass: what pulldown-cmark's own HTML would get wrong for us is replaced event by event.
use super::{
    ANCHOR_MARK,
    document::Heading,
    links::{self, Link},
    raw_html::{self, Cleaner},
};
use crate::{
    source::{Code, Diagnostic, Diagnostics, Source, Span},
    text::{fence::Fence, highlight::Highlighter, slug::slug},
};
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, Tag, TagEnd};
use std::{collections::BTreeSet, ops::Range};

const UNKNOWN_LANGUAGE: Code = Code("unknown-language");

/// An event, its place, and what became of it.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    pub(super) event: Event<'a>,
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}

/// Where the HTML of a piece comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// pulldown-cmark, or us: clean.
    Clean,
    /// The author wrote HTML: to be sanitised.
    Raw,
    /// A whole code block, highlighted.
    Code {
        /// The code that readers see.
        text: String,
        /// Whether it names an audience.
        private: bool,
    },
}

impl Piece<'_> {
    pub(super) fn is_private(&self) -> bool {
        matches!(self.kind, Kind::Code { private: true, .. })
    }
}

/// A file's events after the first pass.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    pub(super) pieces: Vec<Piece<'a>>,
    pub(super) links: Vec<Link>,
    pub(super) headings: Vec<Heading>,
}

/// Goes over the events of `source` once.
pub(super) fn prepare<'a>(
    source: &'a Source,
    events: impl Iterator<Item = (Event<'a>, Range<usize>)>,
    highlighter: &Highlighter,
    cleaner: &Cleaner,
    diagnostics: &mut Diagnostics,
) -> Prepared<'a> {
    let mut pass = Pass {
        source,
        highlighter,
        cleaner,
        diagnostics,
        prepared: Prepared { pieces: Vec::new(), links: Vec::new(), headings: Vec::new() },
        anchors: BTreeSet::new(),
        code: None,
        heading: None,
        table: Table::default(),
        html_block: None,
        raw_depth: raw_html::Depth::default(),
    };
    for (event, range) in events {
        pass.event(event, range);
    }
    pass.prepared
}

struct Pass<'a, 'd> {
    source: &'a Source,
    highlighter: &'d Highlighter,
    cleaner: &'d Cleaner,
    diagnostics: &'d mut Diagnostics,
    prepared: Prepared<'a>,
    anchors: BTreeSet<String>,
    code: Option<(CodeBlockKind<'a>, String)>,
    heading: Option<(usize, String)>,
    table: Table,
    html_block: Option<String>,
    raw_depth: raw_html::Depth,
}

/// Where we are in a table.
#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl<'a> Pass<'a, '_> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        if let Event::Text(text) | Event::Code(text) = &event
            && let Some((_, words)) = &mut self.heading
        {
            words.push_str(text);
        }
        match event {
            Event::Start(Tag::CodeBlock(kind)) => self.code = Some((kind, String::new())),
            Event::Text(text) if self.code.is_some() => {
                self.code.as_mut().expect("checked by the guard").1.push_str(&text);
            }
            Event::End(TagEnd::CodeBlock) => self.code_block(range),
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                self.heading = Some((self.prepared.pieces.len(), String::new()));
                self.clean(Event::Start(Tag::Heading { level, id: None, classes, attrs }), range);
            }
            Event::End(TagEnd::Heading(level)) => {
                self.heading_ends(level as u8, range.clone());
                self.clean(Event::End(TagEnd::Heading(level)), range);
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = self.link(dest_url, &range, false);
                self.clean(Event::Start(Tag::Link { link_type, dest_url, title, id }), range);
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let dest_url = self.link(dest_url, &range, true);
                self.clean(Event::Start(Tag::Image { link_type, dest_url, title, id }), range);
            }
            Event::Start(Tag::HtmlBlock) => self.html_block = Some(String::new()),
            Event::Html(html) if self.html_block.is_some() => {
                self.html_block.as_mut().expect("checked by the guard").push_str(&html);
            }
            Event::End(TagEnd::HtmlBlock) => {
                let html = self.html_block.take().unwrap_or_default();
                self.raw(&html, range, Event::Html);
            }
            Event::Html(html) => self.raw(&html, range, Event::Html),
            Event::InlineHtml(html) => self.raw(&html, range, Event::InlineHtml),
            Event::Start(Tag::BlockQuote(Some(kind))) => self.ours(alert(kind), range),
            Event::End(TagEnd::BlockQuote(Some(_))) => self.ours("</aside>\n", range),
            Event::TaskListMarker(done) => self.ours(task(done), range),
            event => match self.table_event(&event) {
                Some(html) => self.ours(html, range),
                None => self.clean(event, range),
            },
        }
    }

    fn clean(&mut self, event: Event<'a>, range: Range<usize>) {
        self.prepared.pieces.push(Piece { event, range, kind: Kind::Clean });
    }

    fn ours(&mut self, html: impl Into<CowStr<'a>>, range: Range<usize>) {
        self.clean(Event::InlineHtml(html.into()), range);
    }

    /// Cells align by class: pulldown-cmark writes style attributes, which a strict CSP refuses.
    fn table_event(&mut self, event: &Event<'_>) -> Option<String> {
        let html = match event {
            Event::Start(Tag::Table(alignments)) => {
                self.table = Table { alignments: alignments.clone(), ..Table::default() };
                "<div class=\"table\" tabindex=\"0\"><table>"
            }
            Event::End(TagEnd::Table) => "</tbody></table></div>\n",
            Event::Start(Tag::TableHead) => {
                self.table.in_head = true;
                self.table.column = 0;
                "<thead><tr>"
            }
            Event::End(TagEnd::TableHead) => {
                self.table.in_head = false;
                "</tr></thead><tbody>\n"
            }
            Event::Start(Tag::TableRow) => {
                self.table.column = 0;
                "<tr>"
            }
            Event::End(TagEnd::TableRow) => "</tr>\n",
            Event::Start(Tag::TableCell) => return Some(self.cell()),
            Event::End(TagEnd::TableCell) => {
                self.table.column += 1;
                if self.table.in_head { "</th>" } else { "</td>" }
            }
            _ => return None,
        };
        Some(html.to_owned())
    }

    fn cell(&self) -> String {
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            _ => "",
        };
        if self.table.in_head { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") }
    }

    fn heading_ends(&mut self, level: u8, range: Range<usize>) {
        let Some((at, text)) = self.heading.take() else { return };
        let base = slug(&text);
        let mut anchor = base.clone();
        let mut copy = 1;
        while !self.anchors.insert(anchor.clone()) {
            anchor = format!("{base}-{copy}");
            copy += 1;
        }
        if let Event::Start(Tag::Heading { id, .. }) = &mut self.prepared.pieces[at].event {
            *id = Some(format!("{ANCHOR_MARK}{anchor}").into());
        }
        let end = range.start + self.source.text.get(range.clone()).map_or(0, |text| text.trim_end().len());
        let span = Span::new(self.source.id, range.start..end);
        self.prepared.headings.push(Heading { level, anchor, text, span });
    }

    fn link(&mut self, address: CowStr<'a>, range: &Range<usize>, is_image: bool) -> CowStr<'a> {
        let span = self.place_of(&address, range);
        match links::understand(&address, self.source, span, is_image) {
            Ok(understood) => {
                let href = understood.href();
                if let Some(target) = understood.target() {
                    self.prepared.links.push(Link { target, span, is_image });
                }
                href.map_or(address, CowStr::from)
            }
            Err(problem) => {
                self.diagnostics.push(problem);
                CowStr::from("#")
            }
        }
    }

    /// Where `part` stands within `range`; all of `range` when it was written otherwise.
    fn place_of(&self, part: &str, range: &Range<usize>) -> Span {
        let at = self.source.text.get(range.clone()).and_then(|text| text.rfind(part));
        let place = at.map_or(range.clone(), |at| range.start + at..range.start + at + part.len());
        Span::new(self.source.id, place)
    }

    fn raw(&mut self, html: &str, range: Range<usize>, event: fn(CowStr<'a>) -> Event<'a>) {
        let span = Span::new(self.source.id, range.clone());
        let Some(html) = raw_html::without_comments(html) else {
            self.diagnostics.push(raw_html::unclosed_comment(span));
            return;
        };
        if html.trim().is_empty() {
            return;
        }
        self.cleaner.tell(&html, span, &mut self.raw_depth, self.diagnostics);
        self.prepared.pieces.push(Piece { event: event(html.into()), range, kind: Kind::Raw });
    }

    fn code_block(&mut self, range: Range<usize>) {
        let Some((kind, code)) = self.code.take() else { return };
        let info = match kind {
            CodeBlockKind::Fenced(info) => info,
            CodeBlockKind::Indented => CowStr::from(""),
        };
        let (fence, problems) = Fence::parse(&info);
        for problem in problems {
            let span = self.place_in_info(&info, problem.range, &range);
            self.diagnostics
                .push(Diagnostic::warning(problem.code, span, problem.message).maybe_help(problem.help));
        }
        if !fence.language.is_empty() && !self.highlighter.knows(&fence.language) {
            let span = self.place_in_info(&info, 0..fence.language.len(), &range);
            let help =
                self.highlighter.suggest(&fence.language).map(|name| format!("did you mean `{name}`?"));
            let message = format!("unknown language `{}`; the code prints as plain text", fence.language);
            self.diagnostics.push(Diagnostic::warning(UNKNOWN_LANGUAGE, span, message).maybe_help(help));
        }
        let text = fence.visible(&code).into_owned();
        let html = format!("{}\n", self.highlighter.html(&fence, &text));
        let kind =
            Kind::Code { text, private: fence.audience.is_some_and(|audience| audience != "candidate") };
        self.prepared.pieces.push(Piece { event: Event::Html(html.into()), range, kind });
    }

    /// The place of `part` of a block's info string; the block's first line when that was written otherwise, as with
    /// entities.
    fn place_in_info(&self, info: &str, part: Range<usize>, block: &Range<usize>) -> Span {
        let line =
            self.source.text.get(block.clone()).and_then(|text| text.lines().next()).unwrap_or_default();
        let place = match line.find(info) {
            Some(at) if info.get(part.clone()).is_some() => at + part.start..at + part.end,
            _ => 0..line.len(),
        };
        Span::new(self.source.id, block.start + place.start..block.start + place.end)
    }
}

fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "<aside class=\"alert note\"><p class=\"alert-title\">Note</p>\n",
        BlockQuoteKind::Tip => "<aside class=\"alert tip\"><p class=\"alert-title\">Tip</p>\n",
        BlockQuoteKind::Important => {
            "<aside class=\"alert important\"><p class=\"alert-title\">Important</p>\n"
        }
        BlockQuoteKind::Warning => "<aside class=\"alert warning\"><p class=\"alert-title\">Warning</p>\n",
        BlockQuoteKind::Caution => "<aside class=\"alert caution\"><p class=\"alert-title\">Caution</p>\n",
    }
}

/// Not a disabled check box: those print as nothing and have no name for a screen reader.
fn task(done: bool) -> &'static str {
    if done {
        "<span class=\"task\" role=\"img\" aria-label=\"done\">☑</span> "
    } else {
        "<span class=\"task\" role=\"img\" aria-label=\"to do\">☐</span> "
    }
}
