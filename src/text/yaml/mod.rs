//! YAML with a place for every key and value; the only folder that names the YAML crates.
//!
//! `serde_yaml` tells one place per error and none per value, and some hostile input keeps it busy for minutes. So an
//! event pass of `saphyr-parser` goes first: it finds the places, and refuses what front matter does not need
//! (anchors, aliases, tags, merge keys, a second document, deep nesting). Only then does `serde_yaml` decode.
mod fields;
mod tree;

pub use fields::{Choice, Content, Fields, Mapping, Scalar};
pub use serde_yaml::Value;

use crate::source::{Diagnostic, Diagnostics, Source, Span};
use std::ops::Range;
use tree::Tree;

/// Reads the mapping that `range` of `source` holds. `None` when it is not one, and then that was told.
pub fn read(source: &Source, range: Range<usize>, diagnostics: &mut Diagnostics) -> Option<Mapping> {
    let place = Span::new(source.id, range.clone());
    let text = &source.text[range.clone()];
    match tree::tree(source, text, range.start) {
        Ok(None) => Some(Mapping { span: place, entries: Vec::new() }),
        Ok(Some(mut root)) => {
            // The event pass has let only what `serde_yaml` reads the same way through.
            match serde_yaml::from_str::<Value>(text) {
                Ok(value) => root.decode(value),
                Err(error) => {
                    let at = error.location().map_or(range.start, |at| range.start + at.index());
                    let at = Span::new(source.id, at.min(range.end)..at.min(range.end));
                    diagnostics.push(Diagnostic::error(tree::SYNTAX, at, error.to_string()));
                    return None;
                }
            }
            match root.tree {
                Tree::Mapping(entries) => Some(Mapping { span: place, entries }),
                _ => {
                    let problem = Diagnostic::error(
                        fields::WRONG_TYPE,
                        root.span,
                        "this is not a list of `key: value` pairs",
                    );
                    diagnostics.push(problem.help("write one `key: value` a line"));
                    None
                }
            }
        }
        Err(problem) => {
            diagnostics.push(*problem);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Diagnostics, Sources};

    /// Reads `text` by `take` and returns what was told, as `line:column message`.
    fn told(text: &str, take: impl FnOnce(&mut Fields<'_>)) -> Vec<String> {
        let sources = Sources::from_iter([("a.yaml", text)]);
        let source = sources.at("a.yaml").unwrap();
        let mut diagnostics = Diagnostics::default();
        if let Some(mapping) = read(source, 0..text.len(), &mut diagnostics) {
            let mut fields = Fields::of(mapping, &mut diagnostics);
            take(&mut fields);
            fields.finish("test");
        }
        let lines = diagnostics.sorted().into_iter().map(|d| {
            let span = d.span.unwrap();
            let at = source.line_column(span.start);
            format!("{}:{}-{} {}", at.line, at.column, source.line_column(span.end).column, d.message)
        });
        lines.collect()
    }

    fn structure(text: &str) -> Vec<String> {
        told(text, |fields| {
            fields.asked = vec!["a", "b"];
        })
    }

    #[test]
    fn text_stays_as_written() {
        let mut found = Vec::new();
        told("a: no\nb: 1.10\nc: 007\nd: 'é: x'", |fields| {
            for key in ["a", "b", "c", "d"] {
                found.push(fields.required::<String>(key).unwrap().value);
            }
        });
        assert_eq!(found, ["no", "1.10", "007", "é: x"]);
    }

    #[test]
    fn every_wrong_value_is_told_at_its_place() {
        let told = told("é: 1\nminutes: fifteen\nbig: 300\ntags: x\nempty:\nflag: yes", |fields| {
            fields.optional::<u32>("minutes");
            fields.number("big", 1..=90);
            fields.list::<String>("tags");
            fields.required::<String>("empty");
            fields.optional::<bool>("flag");
            fields.required::<String>("title");
        });
        assert_eq!(
            told,
            [
                "1:1-1 test has no `title`",
                "1:1-2 unknown key `é` in a test",
                "2:10-17 `minutes` is `fifteen`, not a whole number",
                "3:6-9 `big` is 300, not from 1 to 90",
                "4:7-8 `tags` is not a list",
                "5:1-6 `empty` is empty",
                "6:7-10 `flag` is `yes`, not `true` or `false`",
            ]
        );
    }

    #[test]
    fn what_front_matter_does_not_need_is_refused() {
        assert_eq!(structure("a: &x 1\nb: *x"), ["1:4-8 an anchor (`&name`) is not supported here"]);
        assert_eq!(structure("a: !!python/object x"), ["1:4-21 a tag (`!name`) is not supported here"]);
        assert_eq!(structure("<<: {a: 1}"), ["1:1-3 a merge key (`<<`) is not supported here"]);
        assert_eq!(structure("a: 1\na: 2"), ["2:1-2 `a` is given twice"]);
        assert_eq!(structure("a: \u{202E}x").len(), 1);
    }

    #[test]
    fn syntax_errors_say_what_to_do() {
        assert_eq!(
            structure("a: What is: a mutex"),
            ["1:11-12 a value cannot hold `: ` unless it is quoted"]
        );
        assert_eq!(structure("a: 1\nb: \"open\n"), ["2:4-5 this quote is never closed"]);
        assert_eq!(structure("a: [1, 2\n"), ["1:4-5 this list or mapping is never closed"]);
        assert_eq!(structure("a:\n\tb: 1"), ["2:2-3 YAML is indented with spaces, not tabs"]);
        assert_eq!(structure("just words"), ["1:1-11 this is not a list of `key: value` pairs"]);
    }

    #[test]
    fn hostile_nesting_is_refused_before_it_is_decoded() {
        assert_eq!(structure(&"[".repeat(60_000)).len(), 1);
        assert_eq!(structure(&"[".repeat(100_000)).len(), 1);
    }
}
