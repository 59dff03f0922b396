//! The Rust code blocks of a file, to compile.
use super::{Markdown, options};
use crate::{
    source::{Source, Span},
    text::{fence::Fence, sample::Sample},
};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use std::ops::Range;

impl Markdown {
    /// The Rust code blocks in `body` of `source`, in order; `edition` is that of blocks that name none.
    pub fn samples(source: &Source, body: Range<usize>, edition: &str) -> Vec<Sample> {
        let mut samples = Vec::new();
        let mut open: Option<(Fence, String, Vec<usize>)> = None;
        for (event, range) in Parser::new_ext(&source.text[body.clone()], options()).into_offset_iter() {
            let range = range.start + body.start..range.end + body.start;
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    open = Some((Fence::parse(&info).0, String::new(), Vec::new()));
                }
                Event::Text(text) => {
                    if let Some((_, code, starts)) = &mut open {
                        starts.extend(line_starts(&text, range.start));
                        code.push_str(&text);
                    }
                }
                Event::End(TagEnd::CodeBlock) => {
                    if let Some((fence, code, starts)) = open.take() {
                        let first_line = source.text[range.clone()].find('\n').unwrap_or(range.len());
                        let span = Span::new(source.id, range.start..range.start + first_line);
                        samples.extend(Sample::of(&fence, &code, span, starts, edition));
                    }
                }
                _ => {}
            }
        }
        samples
    }
}

/// Where each line of `text`, which stands at `start`, begins.
fn line_starts(text: &str, start: usize) -> impl Iterator<Item = usize> {
    text.split_inclusive('\n').scan(start, |at, line| {
        let begins = *at;
        *at += line.len();
        Some(begins)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{LineColumn, Sources};
    use crate::text::sample::{CompilerError, Verdict};

    #[test]
    fn blocks_are_found_wherever_they_stand_and_their_lines_are_known() {
        let text = "```rust\nlet a = 1;\n```\n\n- item\n  ```rust,edition2021\n  let b;\n  b.c();\n  ```\n\n```text\nx\n```\n\n    indented\n";
        let sources = Sources::from_iter([("a.md", text)]);
        let source = sources.at("a.md").expect("it is there");
        let samples = Markdown::samples(source, 0..text.len(), "2024");
        let editions: Vec<&str> = samples.iter().map(|sample| sample.edition.as_str()).collect();
        assert_eq!(editions, ["2024", "2021"]);
        let error = CompilerError { code: None, message: "no".to_owned(), line: Some(3) };
        let told = samples[1].judge(&Verdict::Refused(vec![error])).expect("it is told");
        let place = told.span.expect("it has a place");
        assert_eq!(source.line_column(place.start), LineColumn { line: 8, column: 3 });
    }
}
