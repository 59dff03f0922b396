//! Second pass: pieces to HTML, words, code, items and parts.
use super::{
    ANCHOR_MARK,
    document::{Item, Part, Rendering},
    prepare::{Kind, Piece},
    raw_html::{self, Cleaner},
    span,
};
use crate::source::{Code, Diagnostic, Diagnostics, Source, Span, Spanned};
use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd, html::push_html};
use std::fmt::Write as _;

const FOOTNOTE_ELSEWHERE: Code = Code("footnote-elsewhere");

/// Renders one fragment.
pub(super) fn render(
    source: &Source,
    pieces: &[Piece<'_>],
    cleaner: &Cleaner,
    diagnostics: &mut Diagnostics,
) -> Rendering {
    let (footnotes, pieces) = Footnotes::split_off(pieces);
    let mut renderer = Renderer { source, cleaner, footnotes, diagnostics };
    let mut rendering = Rendering::default();
    let mut is_raw = false;
    for block in blocks(&pieces) {
        is_raw |= block.iter().any(|piece| piece.kind == Kind::Raw);
        renderer.block(block, &mut rendering);
    }
    let (notes, notes_are_raw) = renderer.footnote_section(&mut rendering);
    rendering.html.push_str(&notes);
    if is_raw || notes_are_raw {
        rendering.html = cleaner.clean(&rendering.html).unwrap_or_else(|| {
            diagnostics.push(raw_html::too_deep(span(source, &pieces)));
            String::new()
        });
    }
    rendering.html.truncate(rendering.html.trim_end().len());
    rendering
}

/// The words of `pieces`, a line a block, without code blocks.
pub(super) fn plain_text(pieces: &[Piece<'_>]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match (&piece.event, &piece.kind) {
            (Event::Text(words) | Event::Code(words), _) => text.push_str(words),
            (Event::SoftBreak | Event::HardBreak, _) => text.push(' '),
            (Event::End(end), _) if ends_a_line(*end) => end_line(&mut text),
            // A row or a cell of a table is ours by now.
            (Event::InlineHtml(html), Kind::Clean) if html.starts_with("</t") => end_line(&mut text),
            _ => {}
        }
    }
    text.truncate(text.trim_end().len());
    text
}

fn end_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

fn ends_a_line(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
    )
}

/// How deep the next piece stands, when `piece` stands at `depth`.
pub(super) fn depth_after(depth: usize, piece: &Piece<'_>) -> usize {
    match &piece.event {
        Event::Start(_) => depth + 1,
        Event::End(_) => depth.saturating_sub(1),
        // What authors write in HTML opens nothing of ours.
        Event::InlineHtml(_) if piece.kind != Kind::Clean => depth,
        // Tables and alerts are ours by now; they open and close outside any other pair of events.
        Event::InlineHtml(html) if html.starts_with("<aside") || html.starts_with("<div class=\"table\"") => {
            depth + 1
        }
        Event::InlineHtml(html) if &**html == "</aside>\n" || &**html == "</tbody></table></div>\n" => {
            depth.saturating_sub(1)
        }
        _ => depth,
    }
}

/// `pieces` cut into its outermost blocks.
fn blocks<'p, 'a>(pieces: &'p [Piece<'a>]) -> Vec<&'p [Piece<'a>]> {
    let (mut depth, mut start) = (0, 0);
    let mut blocks = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        depth = depth_after(depth, piece);
        if depth == 0 {
            blocks.push(&pieces[start..=at]);
            start = at + 1;
        }
    }
    blocks
}

struct Renderer<'a, 'p, 'd> {
    source: &'d Source,
    cleaner: &'d Cleaner,
    footnotes: Footnotes<'a, 'p>,
    diagnostics: &'d mut Diagnostics,
}

impl Renderer<'_, '_, '_> {
    fn block(&mut self, block: &[Piece<'_>], rendering: &mut Rendering) {
        match &block[0].event {
            Event::Start(Tag::List(start)) => {
                let items = self.items(&block[1..block.len() - 1]);
                push_list(&mut rendering.html, *start, &items);
                if let Some(part) = rendering.parts.last_mut() {
                    part.items.extend(items.iter().cloned());
                }
                rendering.items.extend(items);
            }
            Event::Start(Tag::Heading { level: HeadingLevel::H3, .. }) => {
                let title = Spanned::new(plain_text(block), span(self.source, block));
                rendering.parts.push(Part { title, items: Vec::new() });
                rendering.html.push_str(&self.html(block));
            }
            _ => {
                let html = self.html(block);
                if rendering.parts.is_empty() && !html.trim().is_empty() {
                    rendering.loose = rendering.loose.or(Some(span(self.source, block)));
                }
                if let Some(part) = rendering.parts.last_mut() {
                    let html = self.cleaned(block, html.clone());
                    let item = Item { html, text: plain_text(block), span: span(self.source, block) };
                    part.items.push(item);
                }
                rendering.html.push_str(&html);
            }
        }
        Self::words(block, rendering);
    }

    fn words(pieces: &[Piece<'_>], rendering: &mut Rendering) {
        let text = plain_text(pieces);
        if !text.is_empty() {
            end_line(&mut rendering.text);
            rendering.text.push_str(&text);
        }
        for piece in pieces {
            match (&piece.event, &piece.kind) {
                (_, Kind::Code { text, .. }) => rendering.code.push(text.clone()),
                (Event::Code(code), _) => rendering.code.push(code.to_string()),
                _ => {}
            }
        }
    }

    /// The items of a list, of which `inside` holds all but the list itself.
    fn items(&mut self, inside: &[Piece<'_>]) -> Vec<Item> {
        let items = blocks(inside).into_iter().map(|item| {
            let content = item.get(1..item.len() - 1).unwrap_or_default();
            let html = self.html(content);
            let html = self.cleaned(content, html);
            Item {
                html: html.trim_end().to_owned(),
                text: plain_text(content),
                span: span(self.source, content),
            }
        });
        items.collect()
    }

    fn cleaned(&self, pieces: &[Piece<'_>], html: String) -> String {
        // If it is nested too deeply, the whole is, and that is told.
        let is_raw = pieces.iter().any(|piece| piece.kind == Kind::Raw);
        if is_raw { self.cleaner.clean(&html).unwrap_or_default() } else { html }
    }

    fn html(&mut self, pieces: &[Piece<'_>]) -> String {
        let events: Vec<Event<'_>> = pieces.iter().map(|piece| self.numbered(piece)).collect();
        let mut html = String::new();
        push_html(&mut html, events.into_iter());
        html
    }

    /// The event of `piece`, or the number of the footnote that it refers to.
    fn numbered<'e>(&mut self, piece: &Piece<'e>) -> Event<'e> {
        let Event::FootnoteReference(name) = &piece.event else { return piece.event.clone() };
        let Some((number, is_first)) = self.footnotes.number(name) else {
            let place = Span::new(self.source.id, piece.range.clone());
            let message = format!("the footnote `{name}` is defined in another section");
            self.diagnostics.push(Diagnostic::error(FOOTNOTE_ELSEWHERE, place, message).help(
                "move the definition to the section that refers to it: sections have different readers",
            ));
            return Event::Text("".into());
        };
        let id = if is_first { format!(" id=\"{ANCHOR_MARK}fnref-{number}\"") } else { String::new() };
        let html =
            format!("<sup class=\"footnote\"{id}><a href=\"#{ANCHOR_MARK}fn-{number}\">{number}</a></sup>");
        Event::InlineHtml(html.into())
    }

    /// The footnotes that were referred to, and whether they hold HTML of the author's.
    fn footnote_section(&mut self, rendering: &mut Rendering) -> (String, bool) {
        let mut html = String::new();
        let mut is_raw = false;
        let mut at = 0;
        // A footnote may refer to another one, which then joins the end.
        while let Some(definition) = self.footnotes.referred(at) {
            at += 1;
            is_raw |= definition.iter().any(|piece| piece.kind == Kind::Raw);
            let text = self.html(&definition);
            Self::words(&definition, rendering);
            let back = format!(" <a href=\"#{ANCHOR_MARK}fnref-{at}\" aria-label=\"back to the text\">↩</a>");
            let text = match text.trim_end().strip_suffix("</p>") {
                Some(text) => format!("{text}{back}</p>"),
                None => format!("{text}{back}"),
            };
            let _ = writeln!(html, "<li id=\"{ANCHOR_MARK}fn-{at}\">{text}</li>");
        }
        if html.is_empty() {
            return (html, false);
        }
        (format!("<div class=\"footnotes\" role=\"doc-endnotes\"><ol>\n{html}</ol></div>\n"), is_raw)
    }
}

fn push_list(html: &mut String, start: Option<u64>, items: &[Item]) {
    let (open, close) = match start {
        None => ("<ul>".to_owned(), "</ul>"),
        Some(1) => ("<ol>".to_owned(), "</ol>"),
        Some(start) => (format!("<ol start=\"{start}\">"), "</ol>"),
    };
    html.push_str(&open);
    html.push('\n');
    for item in items {
        let _ = writeln!(html, "<li>{}</li>", item.html);
    }
    html.push_str(close);
    html.push('\n');
}

/// A fragment's footnotes, numbered as the text refers to them.
struct Footnotes<'a, 'p> {
    definitions: Vec<(String, &'p [Piece<'a>])>,
    referred: Vec<usize>,
}

impl<'a, 'p> Footnotes<'a, 'p> {
    /// Takes the definitions out of `pieces`; they print at the end of the fragment.
    fn split_off(pieces: &'p [Piece<'a>]) -> (Self, Vec<Piece<'a>>) {
        let mut definitions = Vec::new();
        let mut rest = Vec::with_capacity(pieces.len());
        for block in blocks(pieces) {
            match &block[0].event {
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    definitions.push((name.to_string(), &block[1..block.len() - 1]));
                }
                _ => rest.extend_from_slice(block),
            }
        }
        (Self { definitions, referred: Vec::new() }, rest)
    }

    /// The number of `name`, and whether this is the first time; `None`: not defined here.
    fn number(&mut self, name: &str) -> Option<(usize, bool)> {
        let definition = self.definitions.iter().position(|(defined, _)| defined == name)?;
        if let Some(at) = self.referred.iter().position(|referred| *referred == definition) {
            return Some((at + 1, false));
        }
        self.referred.push(definition);
        Some((self.referred.len(), true))
    }

    fn referred(&self, at: usize) -> Option<Vec<Piece<'a>>> {
        self.referred.get(at).map(|definition| self.definitions[*definition].1.to_vec())
    }
}
