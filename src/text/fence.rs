//! What an author writes after the back-ticks of a code block: its language, words and settings.
use std::{
    borrow::Cow,
    ops::{Range, RangeInclusive},
};

use crate::source::{Code, did_you_mean, nearest};

/// A word that neither rustdoc nor this program knows.
pub const UNKNOWN_FENCE_WORD: Code = Code("unknown-fence-word");
/// A `key=value` whose key is not known.
pub const UNKNOWN_FENCE_KEY: Code = Code("unknown-fence-key");
/// A key that is given twice; the first one counts.
pub const REPEATED_FENCE_KEY: Code = Code("repeated-fence-key");
/// A value that cannot be read.
pub const BAD_FENCE_VALUE: Code = Code("bad-fence-value");

const KEYS: [&str; 4] = ["hl_lines", "linenos", "title", "audience"];

/// The words of rustdoc that are not made of a prefix and a number.
const RUSTDOC_WORDS: [&str; 11] = [
    "compile_fail",
    "custom",
    "edition2015",
    "edition2018",
    "edition2021",
    "edition2024",
    "ignore",
    "no_run",
    "should_panic",
    "standalone_crate",
    "test_harness",
];

/// A code block's info string, read: ```` ```rust,edition2024,no_run hl_lines=2,4-5 linenos title="src/main.rs" ````.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Fence {
    /// The language in lower case; empty if there is none.
    pub language: String,
    /// rustdoc's words, such as `compile_fail`, `E0382`, `edition2024`, as written.
    pub words: Vec<String>,
    /// Lines to mark, counted from 1 over the lines that are shown; sorted, none overlaps another.
    pub highlighted_lines: Vec<RangeInclusive<usize>>,
    /// The number of the first line, if lines are numbered.
    pub line_numbers: Option<usize>,
    /// A caption, such as a file name.
    pub title: Option<String>,
    /// For whom the block is, as written. Whoever reads it fails closed: an unknown name is not for everyone.
    pub audience: Option<String>,
}

/// What is wrong with an info string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FenceProblem {
    /// Its place, as bytes of the info string.
    pub range: Range<usize>,
    /// What kind it is.
    pub code: Code,
    /// One sentence, lower case, no full stop.
    pub message: String,
    /// What the author could do.
    pub help: Option<String>,
}

impl Fence {
    /// Reads an info string. Never fails: what cannot be read is left out and told.
    pub fn parse(info: &str) -> (Self, Vec<FenceProblem>) {
        let mut reading = Reading::default();
        let mut pieces = Pieces { info, at: 0 }.peekable();
        if !info.trim_start().starts_with(',')
            && let Some(language) = pieces.next_if(Piece::is_language)
        {
            reading.fence.language = language.name.to_lowercase();
        }
        pieces.for_each(|piece| reading.piece(&piece));
        (reading.fence, reading.problems)
    }

    /// Whether the block is Rust.
    pub fn is_rust(&self) -> bool {
        matches!(self.language.as_str(), "rust" | "rs")
    }

    /// Whether line `line` of what is shown, counted from 1, is to be marked.
    pub fn marks(&self, line: usize) -> bool {
        let after = self.highlighted_lines.partition_point(|lines| *lines.end() < line);
        self.highlighted_lines.get(after).is_some_and(|lines| lines.contains(&line))
    }

    /// The code as readers see it: in Rust without rustdoc's hidden lines, by rustdoc's own rule.
    pub fn visible<'a>(&self, code: &'a str) -> Cow<'a, str> {
        if !self.is_rust() || !code.lines().any(|line| line.trim_start().starts_with('#')) {
            return Cow::Borrowed(code);
        }
        Cow::Owned(code.split_inclusive('\n').filter_map(visible_line).collect())
    }
}

fn visible_line(line: &str) -> Option<Cow<'_, str>> {
    let trimmed = line.trim();
    if trimmed.starts_with("##") {
        Some(Cow::Owned(line.replacen("##", "#", 1)))
    } else if trimmed == "#" || trimmed.starts_with("# ") {
        None
    } else {
        Some(Cow::Borrowed(line))
    }
}

/// A word, a `key=value` or a `{…}` of an info string.
struct Piece<'a> {
    name: &'a str,
    start: usize,
    value: Option<Value<'a>>,
}

struct Value<'a> {
    text: &'a str,
    start: usize,
    is_closed: bool,
}

impl Piece<'_> {
    fn range(&self) -> Range<usize> {
        self.start..self.start + self.name.len()
    }

    fn is_braced(&self) -> bool {
        self.name.starts_with('{')
    }

    fn is_language(&self) -> bool {
        self.value.is_none() && !KEYS.contains(&self.name)
    }
}

impl Value<'_> {
    fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

/// Cuts an info string into its pieces.
struct Pieces<'a> {
    info: &'a str,
    at: usize,
}

impl<'a> Pieces<'a> {
    fn rest(&self) -> &'a str {
        &self.info[self.at..]
    }

    /// Takes the text before the first character that `ends`, or all.
    fn take_until(&mut self, ends: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let taken = &rest[..rest.find(ends).unwrap_or(rest.len())];
        self.at += taken.len();
        taken
    }

    fn braced(&mut self) -> Piece<'a> {
        let start = self.at;
        self.take_until(|c| c == '}');
        self.at = self.info.len().min(self.at + 1);
        Piece { name: &self.info[start..self.at], start, value: None }
    }

    fn value(&mut self) -> Value<'a> {
        let quote = self.rest().chars().next().filter(|c| matches!(c, '"' | '\''));
        let Some(quote) = quote else {
            return self.bare_value();
        };
        self.at += 1;
        let start = self.at;
        let text = self.take_until(|c| c == quote);
        let is_closed = self.at < self.info.len();
        self.at += usize::from(is_closed);
        Value { text, start, is_closed }
    }

    /// A comma ends a value unless a digit follows: `hl_lines=2,4-5,no_run` is a value and a word.
    fn bare_value(&mut self) -> Value<'a> {
        let start = self.at;
        loop {
            self.take_until(is_separator);
            let after_comma = self.rest().strip_prefix(',');
            if !after_comma.is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit())) {
                return Value { text: &self.info[start..self.at], start, is_closed: true };
            }
            self.at += 1;
        }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        self.take_until(|c| !is_separator(c));
        if self.rest().is_empty() {
            return None;
        }
        if self.rest().starts_with('{') {
            return Some(self.braced());
        }
        let start = self.at;
        let name = self.take_until(|c| is_separator(c) || matches!(c, '=' | '{'));
        let value = self.rest().starts_with('=').then(|| {
            self.at += 1;
            self.value()
        });
        Some(Piece { name, start, value })
    }
}

fn is_separator(c: char) -> bool {
    c == ',' || c.is_whitespace()
}

#[derive(Default)]
struct Reading {
    fence: Fence,
    seen: Vec<String>,
    problems: Vec<FenceProblem>,
}

impl Reading {
    fn piece(&mut self, piece: &Piece<'_>) {
        if piece.is_braced() {
            return;
        }
        if KEYS.contains(&piece.name) {
            self.setting(piece);
        } else if piece.value.is_some() {
            let message = format!("unknown key `{}` in a code fence", piece.name);
            self.problem(UNKNOWN_FENCE_KEY, piece.range(), message, did_you_mean(piece.name, KEYS));
        } else {
            self.word(piece);
        }
    }

    fn word(&mut self, piece: &Piece<'_>) {
        if !is_rustdoc_word(piece.name) {
            let help = nearest(piece.name, RUSTDOC_WORDS).or_else(|| nearest(piece.name, KEYS));
            let help = help.map(|name| format!("did you mean `{name}`?"));
            let message = format!("unknown word `{}` in a code fence", piece.name);
            self.problem(UNKNOWN_FENCE_WORD, piece.range(), message, help);
        }
        self.fence.words.push(piece.name.to_owned());
    }

    fn setting(&mut self, piece: &Piece<'_>) {
        if self.seen.iter().any(|seen| seen == piece.name) {
            let message = format!("`{}` is given twice in a code fence", piece.name);
            self.problem(REPEATED_FENCE_KEY, piece.range(), message, Some("remove one of them".to_owned()));
            return;
        }
        self.seen.push(piece.name.to_owned());
        if let Some(value) = piece.value.as_ref().filter(|value| !value.is_closed) {
            let message = format!("the quote around the value of `{}` is not closed", piece.name);
            self.problem(BAD_FENCE_VALUE, value.start - 1..value.range().end, message, None);
        }
        match (piece.name, &piece.value) {
            ("linenos", None) => self.fence.line_numbers = Some(1),
            ("linenos", Some(value)) => self.line_numbers(value),
            ("hl_lines", Some(value)) => self.highlighted_lines(value),
            ("title", Some(value)) if !value.text.is_empty() => {
                self.fence.title = Some(value.text.to_owned());
            }

            (name, value) => self.text_setting(name, piece.range(), value.as_ref().map(|value| value.text)),
        }
    }

    /// What is left: the audience, and keys without a value.
    fn text_setting(&mut self, name: &str, range: Range<usize>, value: Option<&str>) {
        let text = value.unwrap_or_default();
        if name == "audience" {
            self.fence.audience = Some(text.to_owned());
        }
        if text.is_empty() {
            let help = match name {
                "hl_lines" => "write the lines to mark, such as `hl_lines=2,4-5`",
                "title" => "write the caption, such as `title=\"src/main.rs\"`",
                _ => "write for whom the block is, such as `audience=interviewer`",
            };
            let message = format!("`{name}` has no value");
            self.problem(BAD_FENCE_VALUE, range, message, Some(help.to_owned()));
        }
    }

    fn line_numbers(&mut self, value: &Value<'_>) {
        self.fence.line_numbers = line_number(value.text);
        if self.fence.line_numbers.is_none() {
            let message = format!("`{}` is not a line number", value.text);
            let help = "write `linenos`, or the number of the first line, such as `linenos=10`";
            self.problem(BAD_FENCE_VALUE, value.range(), message, Some(help.to_owned()));
        }
    }

    fn highlighted_lines(&mut self, value: &Value<'_>) {
        let mut start = value.start;
        let mut ranges = Vec::new();
        for part in value.text.split(',') {
            let range = start..start + part.len();
            start = range.end + 1;
            match line_range(part.trim()) {
                Some(lines) => ranges.push(lines),
                None => self.bad_line_range(part.trim(), range),
            }
        }
        self.fence.highlighted_lines = merged(ranges);
    }

    fn bad_line_range(&mut self, part: &str, range: Range<usize>) {
        let message = format!("`{part}` is not a range of lines");
        let help = "write line numbers from 1 and ranges, such as `hl_lines=2,4-5`";
        self.problem(BAD_FENCE_VALUE, range, message, Some(help.to_owned()));
    }

    fn problem(&mut self, code: Code, range: Range<usize>, message: String, help: Option<String>) {
        self.problems.push(FenceProblem { range, code, message, help });
    }
}

fn is_rustdoc_word(word: &str) -> bool {
    let is_error_code = word
        .strip_prefix('E')
        .is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_digit()));
    is_error_code || word.starts_with("ignore-") || RUSTDOC_WORDS.contains(&word)
}

fn line_number(text: &str) -> Option<usize> {
    text.parse().ok().filter(|&line| line > 0)
}

fn line_range(text: &str) -> Option<RangeInclusive<usize>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (line_number(first)?, line_number(last)?);
    (first <= last).then_some(first..=last)
}

fn merged(mut ranges: Vec<RangeInclusive<usize>>) -> Vec<RangeInclusive<usize>> {
    ranges.sort_unstable_by_key(|range| *range.start());
    let mut merged: Vec<RangeInclusive<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start().saturating_sub(1) <= *last.end() => {
                *last = *last.start()..=*last.end().max(range.end());
            }
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(info: &str) -> Fence {
        let (fence, problems) = Fence::parse(info);
        assert_eq!(problems, [], "{info}");
        fence
    }

    /// Each problem as the marked text, its code, its message and its help.
    fn told(info: &str) -> Vec<String> {
        let told = |problem: FenceProblem| {
            let FenceProblem { range, code, message, help } = problem;
            format!("{:?} {}: {message}; {}", &info[range], code.0, help.unwrap_or_default())
        };
        Fence::parse(info).1.into_iter().map(told).collect()
    }

    #[test]
    fn everything_an_info_string_can_say() {
        let fence = parsed(
            "Rust,edition2024,compile_fail,E0382 hl_lines=2,4-5,no_run linenos=10 title=\"src/a b.rs\" audience=interviewer",
        );
        assert_eq!(fence.language, "rust");
        assert_eq!(fence.words, ["edition2024", "compile_fail", "E0382", "no_run"]);
        assert_eq!(fence.highlighted_lines, [2..=2, 4..=5]);
        assert_eq!(fence.line_numbers, Some(10));
        assert_eq!(fence.title.as_deref(), Some("src/a b.rs"));
        assert_eq!(fence.audience.as_deref(), Some("interviewer"));
    }

    #[test]
    fn a_fence_may_have_no_language() {
        assert_eq!(parsed(""), Fence::default());
        assert_eq!(parsed(" \t").language, "");
        assert_eq!(parsed(",ignore").words, ["ignore"]);
        assert_eq!(parsed("linenos").line_numbers, Some(1));
        assert_eq!(parsed("title='a \"b\"'").title.as_deref(), Some("a \"b\""));
    }

    #[test]
    fn braces_are_tolerated() {
        assert_eq!(parsed("{=html}").language, "{=html}");
        assert_eq!(parsed("rust {.wide #main} no_run").words, ["no_run"]);
        assert_eq!(parsed("js{1,3}").language, "js");
        assert_eq!(parsed("c++ {never closed, title=x").title, None);
    }

    #[test]
    fn marked_lines_are_sorted_and_merged() {
        let fence = parsed("text hl_lines='7-9, 1, 2, 8-12'");
        assert_eq!(fence.highlighted_lines, [1..=2, 7..=12]);
        let marked: Vec<usize> = (1..15).filter(|&line| fence.marks(line)).collect();
        assert_eq!(marked, [1, 2, 7, 8, 9, 10, 11, 12]);
    }

    #[test]
    fn every_problem_is_told_with_its_place() {
        assert_eq!(
            told("rust,compilefail,zebra hl_line=1 hl_lines=0,3-2,x,4 linenos=on title audience= linenos"),
            [
                "\"compilefail\" unknown-fence-word: unknown word `compilefail` in a code fence; did you mean `compile_fail`?",
                "\"zebra\" unknown-fence-word: unknown word `zebra` in a code fence; ",
                "\"hl_line\" unknown-fence-key: unknown key `hl_line` in a code fence; did you mean `hl_lines`?",
                "\"0\" bad-fence-value: `0` is not a range of lines; write line numbers from 1 and ranges, such as `hl_lines=2,4-5`",
                "\"3-2\" bad-fence-value: `3-2` is not a range of lines; write line numbers from 1 and ranges, such as `hl_lines=2,4-5`",
                "\"x\" unknown-fence-word: unknown word `x` in a code fence; ",
                "\"4\" unknown-fence-word: unknown word `4` in a code fence; ",
                "\"on\" bad-fence-value: `on` is not a line number; write `linenos`, or the number of the first line, such as `linenos=10`",
                "\"title\" bad-fence-value: `title` has no value; write the caption, such as `title=\"src/main.rs\"`",
                "\"audience\" bad-fence-value: `audience` has no value; write for whom the block is, such as `audience=interviewer`",
                "\"linenos\" repeated-fence-key: `linenos` is given twice in a code fence; remove one of them",
            ]
        );
        assert_eq!(
            told("rust title=\"a")[..],
            ["\"\\\"a\" bad-fence-value: the quote around the value of `title` is not closed; "]
        );
    }

    #[test]
    fn of_two_audiences_the_first_counts() {
        let (fence, problems) = Fence::parse("rust audience=interviewer audience=candidate");
        assert_eq!(fence.audience.as_deref(), Some("interviewer"));
        assert_eq!(problems[0].code, REPEATED_FENCE_KEY);
    }

    #[test]
    fn an_audience_without_a_name_is_still_an_audience() {
        assert_eq!(Fence::parse("rust audience").0.audience.as_deref(), Some(""));
    }

    #[test]
    fn any_text_is_read_without_a_panic() {
        for info in [
            "=",
            "==",
            "a==",
            "=a=\"",
            "{",
            "}",
            "é=ü hl_lines=é",
            "title='",
            ",,,",
            "hl_lines=,1",
            "hl_lines=99999999999999999999",
        ] {
            for problem in Fence::parse(info).1 {
                assert!(info.get(problem.range.clone()).is_some(), "{info}: {problem:?}");
            }
        }
    }

    #[test]
    fn hidden_lines_of_rust_are_not_shown() {
        let code = "# use std::fmt;\n#[derive(Debug)]\nstruct A;\n  #\n## a\n#![allow(x)]\n#\n#";
        assert_eq!(parsed("rust").visible(code), "#[derive(Debug)]\nstruct A;\n# a\n#![allow(x)]\n");
        assert_eq!(parsed("python").visible(code), code);
    }
}
