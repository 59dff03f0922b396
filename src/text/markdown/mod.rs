//! Markdown to HTML, plain text, links and list items, in one pass over its events.
mod document;
mod links;
mod prepare;
mod raw_html;
mod render;
mod samples;

pub use document::{
    Document, Fragment, Heading, Item, Part, Rendering, Section, anchor_at, anchored, deepened,
};
pub use links::{Link, Target};

use super::{hidden, highlight::Highlighter};
use crate::source::{Code, Diagnostic, Diagnostics, Severity, Source, Span, Spanned};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};
use std::{
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
};

use prepare::{Piece, Prepared};
use raw_html::Cleaner;

const REFERENCE_ELSEWHERE: Code = Code("reference-elsewhere");
const UNREADABLE: Code = Code("internal-markdown");

/// An anchor in a fragment starts with this, until the page that shows it says what to put before it.
///
/// One page may show several fragments, and an id may stand on a page only once.
pub const ANCHOR_MARK: char = '\u{E000}';

/// What a link to a file of the project starts with, until the site knows where the file's page is.
pub const SOURCE_SCHEME: &str = "askbook-source:";

/// Reads Markdown. Dear to make: it owns the syntax definitions.
#[derive(Debug)]
pub struct Markdown {
    highlighter: Highlighter,
    cleaner: Cleaner,
}

impl Default for Markdown {
    fn default() -> Self {
        Self { highlighter: Highlighter::new(), cleaner: Cleaner::default() }
    }
}

impl Markdown {
    /// Reads `body` of `source`, cut at its level-2 headings, where each section may have readers of its own.
    pub fn document(&self, source: &Source, body: Range<usize>, diagnostics: &mut Diagnostics) -> Document {
        self.cut(source, body, diagnostics, tell_references_elsewhere)
    }

    /// Reads `body` of `source`, cut at its level-2 headings, where all sections have the same readers.
    pub fn chapters(&self, source: &Source, body: Range<usize>, diagnostics: &mut Diagnostics) -> Document {
        self.cut(source, body, diagnostics, |_, _, _| ())
    }

    fn cut(
        &self,
        source: &Source,
        body: Range<usize>,
        diagnostics: &mut Diagnostics,
        check: impl FnOnce(&Prepared<'_>, &[usize], &mut Diagnostics),
    ) -> Document {
        Self::guarded(source, diagnostics, |diagnostics| {
            let prepared = self.prepare(source, body.clone(), diagnostics);
            let cuts = section_starts(&prepared.pieces);
            let end = |next: usize| cuts.get(next).copied().unwrap_or(prepared.pieces.len());
            let opening = self.fragment(source, &prepared.pieces[..end(0)], diagnostics);
            let sections = cuts.iter().enumerate().map(|(at, &start)| {
                let pieces = &prepared.pieces[start..end(at + 1)];
                let heading = heading_length(pieces);
                let title = Spanned::new(render::plain_text(&pieces[..heading]), span(source, &pieces[..1]));
                Section { title, body: self.fragment(source, &pieces[heading..], diagnostics) }
            });
            let sections = sections.collect();
            check(&prepared, &cuts, diagnostics);
            Document {
                opening,
                sections,
                links: prepared.links,
                headings: prepared.headings,
                fences: prepared.fences,
            }
        })
    }

    /// Reads `body` of `source` as one text; level-2 headings stay in it.
    pub fn prose(&self, source: &Source, body: Range<usize>, diagnostics: &mut Diagnostics) -> Document {
        Self::guarded(source, diagnostics, |diagnostics| {
            let prepared = self.prepare(source, body.clone(), diagnostics);
            let opening = self.fragment(source, &prepared.pieces, diagnostics);
            Document {
                opening,
                sections: Vec::new(),
                links: prepared.links,
                headings: prepared.headings,
                fences: prepared.fences,
            }
        })
    }

    /// A library that panics on some text must not take the other files with it: pulldown-cmark has done so (its
    /// issues 1109 and 1110, both avoided by the options below).
    fn guarded(
        source: &Source,
        diagnostics: &mut Diagnostics,
        read: impl FnOnce(&mut Diagnostics) -> Document,
    ) -> Document {
        let mut told = Diagnostics::default();
        let document = catch_unwind(AssertUnwindSafe(|| read(&mut told)));
        diagnostics.append(told);
        document.unwrap_or_else(|_| {
            let problem = Diagnostic::error(
                UNREADABLE,
                Span::start_of(source.id),
                "the Markdown of this file cannot be read: a defect of ours, not of yours",
            );
            diagnostics
                .push(problem.help("report it with the file; until then, look for unusual nesting in it"));
            Document::default()
        })
    }

    fn prepare<'a>(
        &self,
        source: &'a Source,
        body: Range<usize>,
        diagnostics: &mut Diagnostics,
    ) -> Prepared<'a> {
        tell_hidden_characters(source, &body, diagnostics);
        let parser = Parser::new_ext(&source.text[body.clone()], options());
        let definitions = parser.reference_definitions().iter();
        let definitions = definitions
            .map(|(name, it)| (name.to_lowercase(), it.span.start + body.start..it.span.end + body.start))
            .collect();
        let events = parser.into_offset_iter();
        let placed = events.map(|(event, range)| (event, range.start + body.start..range.end + body.start));
        prepare::prepare(source, placed, &self.highlighter, &self.cleaner, &definitions, diagnostics)
    }

    fn fragment(&self, source: &Source, pieces: &[Piece<'_>], diagnostics: &mut Diagnostics) -> Fragment {
        let shared = pieces.iter().any(Piece::is_private).then(|| {
            let pieces: Vec<Piece<'_>> = pieces.iter().filter(|piece| !piece.is_private()).cloned().collect();
            render::render(source, &pieces, &self.cleaner, &mut Diagnostics::default())
        });
        let full = render::render(source, pieces, &self.cleaner, diagnostics);
        Fragment { span: span(source, pieces), full, shared }
    }
}

/// Heading attributes stay off: pulldown-cmark 0.13.6 panics on some text with them.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

fn tell_hidden_characters(source: &Source, body: &Range<usize>, diagnostics: &mut Diagnostics) {
    for (at, c) in source.text[body.clone()].match_indices(hidden::turns_text_around) {
        let start = body.start + at;
        let span = Span::new(source.id, start..start + c.len());
        diagnostics.extend(c.chars().next().map(|c| hidden::remark(c, span, Severity::Warning)));
    }
}

/// Sections have different readers: what one of them links to must not be defined in another.
fn tell_references_elsewhere(prepared: &Prepared<'_>, cuts: &[usize], diagnostics: &mut Diagnostics) {
    let section = |place: Span| cuts.partition_point(|cut| prepared.pieces[*cut].range.start <= place.start);
    for (link, definition) in &prepared.references {
        if section(*link) != section(*definition) {
            diagnostics.push(
                Diagnostic::error(
                    REFERENCE_ELSEWHERE,
                    *link,
                    "the address of this link is defined in another section",
                )
                .related(*definition, "defined here")
                .help("move the definition to the section that links to it: sections have different readers"),
            );
        }
    }
}

/// Where each section begins: the level-2 headings that stand in no list, quote or table.
fn section_starts(pieces: &[Piece<'_>]) -> Vec<usize> {
    let mut depth = 0_usize;
    let mut starts = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        if depth == 0 && piece.heading_level() == Some(HeadingLevel::H2) {
            starts.push(at);
        }
        depth = render::depth_after(depth, piece);
    }
    starts
}

fn heading_length(pieces: &[Piece<'_>]) -> usize {
    pieces.iter().position(|piece| matches!(piece.event, Event::End(_))).map_or(pieces.len(), |at| at + 1)
}

fn span(source: &Source, pieces: &[Piece<'_>]) -> Span {
    match (pieces.first(), pieces.last()) {
        (Some(first), Some(last)) => {
            let text = source.text.get(first.range.start..last.range.end.max(first.range.end));
            let length = text.map_or(0, |text| text.trim_end().len());
            Span::new(source.id, first.range.start..first.range.start + length)
        }
        _ => Span::start_of(source.id),
    }
}

impl Piece<'_> {
    fn heading_level(&self) -> Option<HeadingLevel> {
        match self.event {
            Event::Start(Tag::Heading { level, .. }) => Some(level),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
