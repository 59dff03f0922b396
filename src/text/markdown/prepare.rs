//! First pass: what pulldown-cmark's own HTML would get wrong for us is replaced event by event.
use super::{
    ANCHOR_MARK,
    document::Heading,
    links::{self, Link},
    raw_html::{self, Cleaner},
};
use crate::{
    source::{Code, Diagnostic, Diagnostics, Source, Span, nearest},
    text::{
        fence::{Fence, FenceProblem},
        highlight::Highlighter,
        slug::slug,
    },
};
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

const UNCLOSED_FENCE: Code = Code("unclosed-fence");
const BAD_AUDIENCE: Code = Code("bad-audience");
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
#[derive(Debug, Default)]
pub(super) struct Prepared<'a> {
    pub(super) pieces: Vec<Piece<'a>>,
    pub(super) links: Vec<Link>,
    pub(super) headings: Vec<Heading>,
    /// Code blocks between fences.
    pub(super) fences: Vec<Span>,
    /// Links whose address is defined elsewhere: the place of each, and of the definition.
    pub(super) references: Vec<(Span, Span)>,
}

/// Goes over the events of `source` once.
pub(super) fn prepare<'a>(
    source: &'a Source,
    events: impl Iterator<Item = (Event<'a>, Range<usize>)>,
    highlighter: &Highlighter,
    cleaner: &Cleaner,
    definitions: &BTreeMap<String, Range<usize>>,
    diagnostics: &mut Diagnostics,
) -> Prepared<'a> {
    let mut pass = Pass {
        source,
        highlighter,
        cleaner,
        definitions,
        diagnostics,
        prepared: Prepared::default(),
        anchors: BTreeSet::new(),
        copies: BTreeMap::new(),
        code: None,
        heading: None,
        table: Table::default(),
        html_block: None,
        suggestions: BTreeMap::new(),
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
    /// Where addresses of links are defined, by name.
    definitions: &'d BTreeMap<String, Range<usize>>,
    diagnostics: &'d mut Diagnostics,
    prepared: Prepared<'a>,
    anchors: BTreeSet<String>,
    /// How often a heading was there before.
    copies: BTreeMap<String, usize>,
    code: Option<(CodeBlockKind<'a>, String)>,
    heading: Option<(usize, String)>,
    table: Table,
    html_block: Option<String>,
    /// What each unknown language was meant to be: finding it is slow.
    suggestions: BTreeMap<String, Option<String>>,
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
            Event::Text(text) if self.opens_comment(&text, &range) => {
                self.diagnostics.push(raw_html::unclosed_comment(Span::new(self.source.id, range)));
            }
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                self.heading = Some((self.prepared.pieces.len(), String::new()));
                self.clean(Event::Start(Tag::Heading { level, id: None, classes, attrs }), range);
            }
            Event::End(TagEnd::Heading(level)) => {
                self.heading_ends(level as u8, range.clone());
                self.clean(Event::End(TagEnd::Heading(level)), range);
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                self.reference(link_type, &id, &range);
                let dest_url = self.link(dest_url, &range, false);
                self.clean(Event::Start(Tag::Link { link_type, dest_url, title, id }), range);
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                self.reference(link_type, &id, &range);
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

    /// Whether `text` is the start of a comment that CommonMark does not take for one: in it, candidates would read it.
    fn opens_comment(&self, text: &str, range: &Range<usize>) -> bool {
        let written = self.source.text.get(range.start..).unwrap_or_default();
        text.contains("<!--") || (text.starts_with('<') && written.starts_with("<!--"))
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
        while !self.anchors.insert(anchor.clone()) {
            let copies = self.copies.entry(base.clone()).or_default();
            *copies += 1;
            anchor = format!("{base}-{copies}");
        }
        if let Event::Start(Tag::Heading { id, .. }) = &mut self.prepared.pieces[at].event {
            *id = Some(format!("{ANCHOR_MARK}{anchor}").into());
        }
        let end = range.start + self.source.text.get(range.clone()).map_or(0, |text| text.trim_end().len());
        let span = Span::new(self.source.id, range.start..end);
        self.prepared.headings.push(Heading { level, anchor, text, span });
    }

    fn reference(&mut self, link_type: LinkType, id: &str, range: &Range<usize>) {
        let refers = matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
        if let Some(definition) = self.definitions.get(&id.to_lowercase()).filter(|_| refers) {
            let file = self.source.id;
            let place = Span::new(file, range.clone());
            self.prepared.references.push((place, Span::new(file, definition.clone())));
        }
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
        if let Some(problem) =
            raw_html::unclosed_block(html, span).filter(|_| !html.trim_start().starts_with("<!--"))
        {
            self.diagnostics.push(problem);
            return;
        }
        let Some(html) = raw_html::without_comments(html) else {
            self.diagnostics.push(raw_html::unclosed_comment(span));
            return;
        };
        if html.trim().is_empty() {
            return;
        }
        self.cleaner.tell(&html, span, self.diagnostics);
        self.prepared.pieces.push(Piece { event: event(html.into()), range, kind: Kind::Raw });
    }

    fn code_block(&mut self, range: Range<usize>) {
        let Some((kind, code)) = self.code.take() else { return };
        let (info, is_fenced) = match kind {
            CodeBlockKind::Fenced(info) => (info, true),
            CodeBlockKind::Indented => (CowStr::from(""), false),
        };
        if is_fenced {
            self.prepared.fences.push(Span::new(self.source.id, range.clone()));
        }
        if is_fenced && !self.is_closed(&range) {
            let line = self.first_line(&range);
            let problem = Diagnostic::error(UNCLOSED_FENCE, line, "this code block is never closed");
            self.diagnostics.push(problem.help("add a line with the same back-ticks where the code ends"));
        }
        if !is_fenced && code.contains("<!--") {
            self.diagnostics.push(raw_html::unclosed_comment(self.first_line(&range)));
        }
        let (fence, problems) = Fence::parse(&info);
        let is_unclear = is_unclear_audience(&info, &fence, &problems);
        if is_unclear {
            let line = self.first_line(&range);
            let problem =
                Diagnostic::error(BAD_AUDIENCE, line, "it is not clear for whom this code block is");
            self.diagnostics.push(problem.help("write `audience=interviewer` once, after a space"));
        }
        for problem in problems {
            let span = self.place_in_info(&info, problem.range, &range);
            self.diagnostics
                .push(Diagnostic::warning(problem.code, span, problem.message).maybe_help(problem.help));
        }
        if !fence.language.is_empty() && !self.highlighter.knows(&fence.language) {
            let span = self.place_in_info(&info, 0..fence.language.len(), &range);
            let suggestion = self
                .suggestions
                .entry(fence.language.clone())
                .or_insert_with(|| self.highlighter.suggest(&fence.language));
            let help = suggestion.as_ref().map(|name| format!("did you mean `{name}`?"));
            let message = format!("unknown language `{}`; the code prints as plain text", fence.language);
            self.diagnostics.push(Diagnostic::warning(UNKNOWN_LANGUAGE, span, message).maybe_help(help));
        }
        let text = fence.visible(&code).into_owned();
        let html = format!("{}\n", self.highlighter.html(&fence, &text));
        let kind = Kind::Code {
            text,
            private: is_unclear || fence.audience.is_some_and(|audience| audience != "candidate"),
        };
        self.prepared.pieces.push(Piece { event: Event::Html(html.into()), range, kind });
    }

    /// Whether the block at `range` ends with a line of back-ticks or tildes, as it began.
    fn is_closed(&self, range: &Range<usize>) -> bool {
        let text = self.source.text.get(range.clone()).unwrap_or_default();
        let fence = |line: &str| {
            let line = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
            let sign = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
            let length = line.chars().take_while(|c| *c == sign).count();
            Some((sign, length, line[length..].trim().is_empty()))
        };
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let (Some(first), Some(last)) = (lines.next().and_then(fence), lines.next_back().and_then(fence))
        else {
            return false;
        };
        first.0 == last.0 && last.1 >= first.1 && last.2
    }

    fn first_line(&self, range: &Range<usize>) -> Span {
        let line =
            self.source.text.get(range.clone()).and_then(|text| text.lines().next()).unwrap_or_default();
        Span::new(self.source.id, range.start..range.start + line.len())
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

/// Whether an info string speaks of an audience in a way that we do not understand: then nobody but interviewers reads
/// the block, and the author is told.
fn is_unclear_audience(info: &str, fence: &Fence, problems: &[FenceProblem]) -> bool {
    const NAMES: [&str; 3] = ["audience", "interviewer", "candidate"];
    let speaks_of_it = |text: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 4);
        words.any(|word| nearest(word, NAMES).is_some())
    };
    let is_known = matches!(fence.audience.as_deref(), Some("interviewer" | "candidate"));
    let in_problem = |problem: &FenceProblem| info.get(problem.range.clone()).is_some_and(speaks_of_it);
    // A title may hold any word.
    let without_quotes: String = info.split('"').step_by(2).collect();
    problems.iter().any(in_problem) || (!is_known && speaks_of_it(&without_quotes))
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
