//! The event pass: where every key and value stands, and what front matter may not hold.
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};
use serde_yaml::Value;
use std::ops::Range;

use crate::{
    source::{Code, Diagnostic, Severity, Source, Span, Spanned},
    text::hidden,
};

pub(super) const SYNTAX: Code = Code("yaml-syntax");
const UNSUPPORTED: Code = Code("yaml-unsupported");
const DUPLICATE_KEY: Code = Code("duplicate-key");

const MAX_BYTES: usize = 64 * 1024;
const MAX_DEPTH: usize = 32;
const MAX_EVENTS: usize = 5_000;

/// A value and its place.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) span: Span,
    pub(super) tree: Tree,
}

#[derive(Debug, Clone)]
pub(super) enum Tree {
    /// As written (without quotes), whether it was quoted, and as YAML understands it.
    Scalar {
        text: String,
        quoted: bool,
        value: Value,
    },
    Sequence(Vec<Node>),
    Mapping(Vec<(Spanned<String>, Node)>),
}

impl Node {
    /// Puts what `serde_yaml` decoded beside what the event pass placed.
    pub(super) fn decode(&mut self, decoded: Value) {
        match (&mut self.tree, decoded) {
            (Tree::Scalar { value, .. }, decoded) => *value = decoded,
            (Tree::Sequence(nodes), Value::Sequence(values)) => {
                nodes.iter_mut().zip(values).for_each(|(node, value)| node.decode(value));
            }
            (Tree::Mapping(entries), Value::Mapping(values)) => {
                entries.iter_mut().zip(values).for_each(|((_, node), (_, value))| node.decode(value));
            }
            _ => {}
        }
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(&self.tree, Tree::Scalar { value: Value::Null, quoted: false, .. })
    }

    pub(super) fn to_json(&self) -> serde_json::Value {
        match &self.tree {
            Tree::Scalar { value, .. } => serde_json::to_value(value).unwrap_or_default(),
            Tree::Sequence(nodes) => nodes.iter().map(Node::to_json).collect(),
            Tree::Mapping(entries) => {
                entries.iter().map(|(key, node)| (key.value.clone(), node.to_json())).collect()
            }
        }
    }
}

/// The event pass: every key and value of `text` with its place. `Ok(None)`: there is no value at all.
pub(super) fn tree(source: &Source, text: &str, start: usize) -> Result<Option<Node>, Box<Diagnostic>> {
    let places = Places { source, text, start, bytes: byte_offsets(text) };
    if text.len() > MAX_BYTES {
        let message = format!("this holds {} bytes of YAML; {MAX_BYTES} is the most", text.len());
        return Err(Box::new(Diagnostic::error(UNSUPPORTED, places.span(0..0), message)));
    }
    if let Some((at, c)) = text.char_indices().find(|(_, c)| hidden::turns_text_around(*c)) {
        let span = Span::new(source.id, start + at..start + at + c.len_utf8());
        return Err(Box::new(hidden::remark(c, span, Severity::Error)));
    }
    let mut reader = EventReader { places, parser: Parser::new_from_str(text), events: 0 };
    reader.document().map_err(Box::new)
}

/// Byte offset of each character, and of the end; empty when each character is one byte.
fn byte_offsets(text: &str) -> Vec<usize> {
    if text.is_ascii() {
        return Vec::new();
    }
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

/// Turns character positions in a part of a file into spans of the file.
struct Places<'a> {
    source: &'a Source,
    text: &'a str,
    start: usize,
    bytes: Vec<usize>,
}

impl Places<'_> {
    fn span(&self, characters: Range<usize>) -> Span {
        let (start, end) = (self.byte(characters.start), self.byte(characters.end));
        // The parser counts the white space behind a plain value to it.
        let end = start + self.text[start..end.max(start)].trim_end().len();
        Span::new(self.source.id, self.start + start..self.start + end)
    }

    fn byte(&self, character: usize) -> usize {
        let byte = if self.bytes.is_empty() {
            character
        } else {
            self.bytes.get(character).copied().unwrap_or(usize::MAX)
        };
        byte.min(self.text.len())
    }
}

struct EventReader<'a> {
    places: Places<'a>,
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    events: usize,
}

impl<'a> EventReader<'a> {
    fn document(&mut self) -> Result<Option<Node>, Diagnostic> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamStart | Event::Nothing | Event::DocumentEnd => {}
                Event::DocumentStart(_) if root.is_some() => {
                    return Err(Self::unsupported(span, "a second document"));
                }
                Event::DocumentStart(explicit) => {
                    if explicit {
                        return Err(Self::unsupported(span, "a document mark (`---`)"));
                    }
                    let first = self.next()?;
                    root = Some(self.node(first, 0)?);
                }
                Event::StreamEnd => return Ok(root),
                _ => return Err(Diagnostic::error(SYNTAX, span, "this is not YAML")),
            }
        }
    }

    fn node(&mut self, (event, span): (Event<'a>, Span), depth: usize) -> Result<Node, Diagnostic> {
        if depth > MAX_DEPTH {
            return Err(Self::unsupported(span, &format!("nesting deeper than {MAX_DEPTH}")));
        }
        let tree = match event {
            Event::Alias(_) => return Err(Self::unsupported(span, "an alias (`*name`)")),
            Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(anchor, _)
            | Event::MappingStart(anchor, _)
                if anchor > 0 =>
            {
                return Err(Self::unsupported(span, "an anchor (`&name`)"));
            }
            Event::Scalar(_, _, _, Some(_))
            | Event::SequenceStart(_, Some(_))
            | Event::MappingStart(_, Some(_)) => {
                return Err(Self::unsupported(span, "a tag (`!name`)"));
            }
            // `"\u202E"` is written in plain letters, and hidden once it is read.
            Event::Scalar(text, ..) if text.contains(hidden::is_hidden) => {
                let found = text.chars().find(|c| hidden::is_hidden(*c)).unwrap_or_default();
                return Err(hidden::remark(found, span, Severity::Error));
            }
            Event::Scalar(text, style, ..) => Tree::Scalar {
                text: text.into_owned(),
                quoted: style != ScalarStyle::Plain,
                value: Value::Null,
            },
            Event::SequenceStart(..) => Tree::Sequence(self.sequence(depth)?),
            Event::MappingStart(..) => Tree::Mapping(self.mapping(depth)?),
            _ => return Err(Diagnostic::error(SYNTAX, span, "this is not YAML")),
        };
        let end = match &tree {
            Tree::Scalar { .. } => span.end,
            Tree::Sequence(nodes) => nodes.last().map_or(span.end, |node| node.span.end),
            Tree::Mapping(entries) => entries.last().map_or(span.end, |(_, node)| node.span.end),
        };
        Ok(Node { span: Span { end: end.max(span.start), ..span }, tree })
    }

    fn sequence(&mut self, depth: usize) -> Result<Vec<Node>, Diagnostic> {
        let mut nodes = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(nodes),
                event => nodes.push(self.node(event, depth + 1)?),
            }
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<Vec<(Spanned<String>, Node)>, Diagnostic> {
        let mut entries: Vec<(Spanned<String>, Node)> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            let key = match event {
                Event::MappingEnd => return Ok(entries),
                Event::Scalar(text, _, 0, None) => Spanned::new(text.into_owned(), span),
                _ => return Err(Self::unsupported(span, "a key that is not plain text")),
            };
            if key.value == "<<" {
                return Err(Self::unsupported(span, "a merge key (`<<`)"));
            }
            if let Some((first, _)) = entries.iter().find(|(known, _)| known.value == key.value) {
                let message = format!("`{}` is given twice", key.value);
                return Err(Diagnostic::error(DUPLICATE_KEY, span, message)
                    .related(first.span, "first given here")
                    .help("keep one of the two"));
            }
            let value = self.next()?;
            entries.push((key, self.node(value, depth + 1)?));
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Diagnostic> {
        self.events += 1;
        if self.events > MAX_EVENTS {
            return Err(Self::unsupported(
                self.places.span(0..0),
                &format!("more than {MAX_EVENTS} keys and values"),
            ));
        }
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, self.places.span(span.start.index()..span.end.index()))),
            Some(Err(error)) => Err(self.syntax(&error)),
            None => Ok((Event::StreamEnd, self.places.span(0..0))),
        }
    }

    fn unsupported(span: Span, what: &str) -> Diagnostic {
        Diagnostic::error(UNSUPPORTED, span, format!("{what} is not supported here"))
            .help("write the value out")
    }

    fn syntax(&self, error: &ScanError) -> Diagnostic {
        let at = error.marker().index();
        let (message, help) = worded(error.info());
        let mut span = self.places.span(at..at + 1);
        if message.contains("never closed") {
            span = self.what_was_opened(span);
        }
        Diagnostic::error(SYNTAX, span, message).maybe_help(help.map(str::to_owned))
    }

    /// The parser stops where the text ends; the author looks for where the quote or bracket began.
    fn what_was_opened(&self, stopped: Span) -> Span {
        let text = &self.places.text[..stopped.start - self.places.start];
        let mut open: Vec<(usize, char)> = Vec::new();
        for (at, c) in text.char_indices() {
            match (open.last(), c) {
                (Some((_, quote @ ('"' | '\''))), c) if *quote == c => drop(open.pop()),
                (Some((_, '\"' | '\'')), _) => {}
                (_, '"' | '\'' | '[' | '{') => open.push((at, c)),
                (_, ']' | '}') => drop(open.pop()),
                _ => {}
            }
        }
        open.last().map_or(stopped, |(at, _)| {
            let start = self.places.start + at;
            Span::new(self.places.source.id, start..start + 1)
        })
    }
}

/// The parser's words in an author's, and what to do.
fn worded(info: &str) -> (String, Option<&'static str>) {
    let known: &[(&str, &str, Option<&str>)] = &[
        (
            "mapping values are not allowed",
            "a value cannot hold `: ` unless it is quoted",
            Some("put the value in quotes: `key: \"a: b\"`"),
        ),
        ("tab", "YAML is indented with spaces, not tabs", Some("replace the tab with spaces")),
        ("unclosed quote", "this quote is never closed", Some("add the closing quote")),
        ("end of stream", "this quote is never closed", Some("add the closing quote")),
        ("recursion", "this is nested too deeply", None),
        ("while parsing a flow", "this list or mapping is never closed", Some("add the closing bracket")),
        ("unclosed bracket", "this bracket is never closed", Some("add the closing bracket")),
        ("simple key expected ':'", "this line is no `key: value` pair", Some("add `: ` after the key")),
        ("could not find expected ':'", "this line is no `key: value` pair", Some("add `: ` after the key")),
        (
            "did not find expected",
            "this does not belong here",
            Some("check the indentation and the brackets"),
        ),
    ];
    known
        .iter()
        .find(|(part, ..)| info.contains(part))
        .map_or_else(|| (info.to_owned(), None), |(_, message, help)| ((*message).to_owned(), *help))
}
