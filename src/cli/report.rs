//! Lays out diagnostics for people, editors and machines; words nothing itself.
use std::{borrow::Cow, io, ops::Range};

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::{Value, json};

use crate::source::{Diagnostic, FileId, LineColumn, Severity, Source, Sources, Span};

/// Who reads what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// With the source line, for people
    Human,
    /// One line each: `path:line:column: error[code]: message`
    Short,
    /// One JSON object a line
    Json,
    /// Workflow commands, shown beside a pull request
    Github,
}

/// How a terminal shows it; only [`Format::Human`] looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    /// Whether to write ANSI colours.
    pub colour: bool,
    /// In columns; longer source lines are trimmed around what is underlined.
    pub width: usize,
}

/// Writes every diagnostic, in the order given.
pub(super) fn write(
    out: &mut dyn io::Write,
    diagnostics: &[Diagnostic],
    sources: &Sources,
    format: Format,
    style: Style,
) -> io::Result<()> {
    for diagnostic in diagnostics {
        match format {
            Format::Human => writeln!(out, "{}\n", human(diagnostic, sources, style))?,
            Format::Short => writeln!(out, "{}", short(diagnostic, sources))?,
            Format::Json => writeln!(out, "{}", json(diagnostic, sources))?,
            Format::Github => writeln!(out, "{}", github(diagnostic, sources))?,
        }
    }
    Ok(())
}

/// How many errors and warnings there are; `None` if there is nothing to say.
pub(super) fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let counted =
        [(Severity::Error, "error"), (Severity::Warning, "warning")].map(
            |(severity, name)| match diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.severity == severity)
                .count()
            {
                0 => None,
                1 => Some(format!("1 {name}")),
                more => Some(format!("{more} {name}s")),
            },
        );
    let parts: Vec<String> = counted.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn human(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(printable(&diagnostic.message)).id(diagnostic.code.0);
    let snippets = excerpts(diagnostic).into_iter().map(|excerpt| excerpt.snippet(sources));
    let mut group = Group::with_title(title).elements(snippets);
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(printable_lines(help)));
    }
    renderer.term_width(style.width).render(&[group])
}

/// The places of a diagnostic that lie in one file, the first one's file first.
struct Excerpt<'a> {
    file: FileId,
    marks: Vec<Mark<'a>>,
}

struct Mark<'a> {
    kind: AnnotationKind,
    range: Range<usize>,
    label: Option<&'a str>,
}

fn excerpts(diagnostic: &Diagnostic) -> Vec<Excerpt<'_>> {
    let place = diagnostic.span.map(|span| (AnnotationKind::Primary, span, None));
    let related = diagnostic.related.iter();
    let related = related.map(|(span, label)| (AnnotationKind::Context, *span, Some(label.as_str())));
    let mut excerpts: Vec<Excerpt<'_>> = Vec::new();
    for (kind, span, label) in place.into_iter().chain(related) {
        let mark = Mark { kind, range: span.range(), label };
        match excerpts.iter_mut().find(|excerpt| excerpt.file == span.file) {
            Some(excerpt) => excerpt.marks.push(mark),
            None => excerpts.push(Excerpt { file: span.file, marks: vec![mark] }),
        }
    }
    excerpts
}

impl<'a> Excerpt<'a> {
    fn snippet(self, sources: &'a Sources) -> Snippet<'a, Annotation<'a>> {
        let source = sources.get(self.file);
        let ranges: Vec<Range<usize>> = self.marks.iter().map(|mark| within(source, &mark.range)).collect();
        let lines = lines_around(&source.text, &ranges);
        let annotations = self.marks.into_iter().zip(ranges).map(|(mark, range)| {
            let range = range.start - lines.start..range.end - lines.start;
            mark.kind.span(range).label(mark.label.map(printable))
        });
        let mut text = same_length_printable(&source.text[lines.clone()]);
        if text.ends_with('\n') {
            // Without a line break of its own the renderer does not see a last line that is empty.
            text.to_mut().push('\n');
        }
        Snippet::source(text)
            .line_start(source.line_column(lines.start).line)
            .path(printable(&source.path))
            .annotations(annotations)
    }
}

/// `range`, cut to what `source` has, at whole characters and without the line breaks at its end.
fn within(source: &Source, range: &Range<usize>) -> Range<usize> {
    let start = source.text.floor_char_boundary(range.start);
    let end = source.text.ceil_char_boundary(range.end).max(start);
    start..start + source.text[start..end].trim_end_matches('\n').len()
}

/// The whole lines that `ranges` touch and those between, without the last line break: a renderer that is given a
/// whole file for each remark takes time by the square of its length.
fn lines_around(text: &str, ranges: &[Range<usize>]) -> Range<usize> {
    let first = ranges.iter().map(|range| range.start).min().unwrap_or(0);
    let last = ranges.iter().map(|range| range.end).max().unwrap_or(0);
    let start = text[..first].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[last..].find('\n').map_or(text.len(), |newline| last + newline);
    start..end
}

fn short(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = match diagnostic.span {
        Some(span) => {
            let source = sources.get(span.file);
            let LineColumn { line, column } = source.line_column(span.start);
            format!("{}:{line}:{column}", printable(&source.path))
        }
        None => "askbook".to_owned(),
    };
    let (severity, code) = (severity_name(diagnostic.severity), diagnostic.code.0);
    format!("{place}: {severity}[{code}]: {}", printable(&diagnostic.message))
}

fn json(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let mut object = json!({
        "severity": severity_name(diagnostic.severity),
        "code": diagnostic.code.0,
        "message": diagnostic.message,
    });
    place_into(&mut object, diagnostic.span, sources);
    object["help"] = json!(diagnostic.help);
    let related = diagnostic.related.iter().map(|(span, message)| {
        let mut object = json!({ "message": message });
        place_into(&mut object, Some(*span), sources);
        object
    });
    object["related"] = related.collect();
    escape_controls(&object.to_string())
}

/// Adds the place of `span`, with an end that is one past the last character; `null` for the project as a whole.
fn place_into(object: &mut Value, span: Option<Span>, sources: &Sources) {
    let source = span.map(|span| sources.get(span.file));
    let start = span.zip(source).map(|(span, source)| source.line_column(span.start));
    let end = span.zip(source).map(|(span, source)| source.line_column(span.end));
    object["path"] = json!(source.map(|source| &source.path));
    object["line"] = json!(start.map(|start| start.line));
    object["column"] = json!(start.map(|start| start.column));
    object["end_line"] = json!(end.map(|end| end.line));
    object["end_column"] = json!(end.map(|end| end.column));
}

/// JSON may hold some control characters as they are; a terminal that shows it should not obey them.
fn escape_controls(json: &str) -> String {
    let escape = |c: char| match c {
        c if disturbs(c) => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    json.chars().map(escape).collect()
}

fn github(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = diagnostic.span.map_or(String::new(), |span| {
        let source = sources.get(span.file);
        let LineColumn { line, column } = source.line_column(span.start);
        format!("file={},line={line},col={column},", github_property(&source.path))
    });
    let (severity, code) = (severity_name(diagnostic.severity), github_property(diagnostic.code.0));
    let help = diagnostic.help.as_ref().map_or(String::new(), |help| format!("\nhelp: {help}"));
    let text = github_text(&format!("{}{help}", diagnostic.message));
    format!("::{severity} {place}title={code}::{text}")
}

fn github_text(text: &str) -> String {
    let escaped = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    printable(&escaped).into_owned()
}

fn github_property(text: &str) -> String {
    github_text(text).replace(':', "%3A").replace(',', "%2C")
}

/// Whether `c` tells a terminal to do something, or shows text in another order than it is written.
fn disturbs(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Help may have lines, such as an example to paste.
fn printable_lines(text: &str) -> String {
    text.split('\n').map(printable).collect::<Vec<_>>().join("\n")
}

/// `text` with a picture for every character that [`disturbs`].
fn printable(text: &str) -> Cow<'_, str> {
    let picture = |c: char| match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '␡',
        c if disturbs(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    if text.contains(disturbs) { text.chars().map(picture).collect() } else { Cow::Borrowed(text) }
}

/// `text` with nothing in it that the renderer would pass to the terminal as it is, and every byte in its place.
/// It draws the control characters of ASCII itself.
fn same_length_printable(text: &str) -> Cow<'_, str> {
    let picture = |c: char| match c.len_utf8() {
        2 if disturbs(c) => '·',
        3 if disturbs(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
    };
    if text.contains(disturbs) { text.chars().map(picture).collect() } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Code;

    const UNKNOWN_LEVEL: Code = Code("unknown-level");
    const QUESTION: &str = "content/questions/a.md";

    /// A question with a tab and wide characters, a file without anything, and a file of several lines.
    fn sources() -> Sources {
        Sources::from_iter([
            (QUESTION, "---\ntitle: Deadlock\n\tlevels: [senoir]\n日本: 語 é x\n---\n"),
            ("empty.md", ""),
            ("content/taxonomy.yaml", "levels:\n  junior: {}\n  mid: {}\n  senior: {}\n  staff: {}\n"),
        ])
    }

    /// The place of `text` in the file at `path`.
    fn place(sources: &Sources, path: &str, text: &str) -> Span {
        let source = sources.at(path).unwrap();
        let start = source.text.find(text).unwrap();
        Span::new(source.id, start..start + text.len())
    }

    fn typo(sources: &Sources) -> Diagnostic {
        Diagnostic::error(UNKNOWN_LEVEL, place(sources, QUESTION, "senoir"), "unknown level `senoir`")
            .help("did you mean `senior`?")
    }

    fn written(diagnostics: &[Diagnostic], sources: &Sources, format: Format) -> String {
        let mut out = Vec::new();
        write(&mut out, diagnostics, sources, format, Style { colour: false, width: 80 }).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn assert_human(diagnostic: Diagnostic, sources: &Sources, expected: &str) {
        let written = written(&[diagnostic], sources, Format::Human);
        assert_eq!(written, format!("{}\n\n", expected.trim_matches('\n')), "\n{written}");
    }

    #[test]
    fn a_person_sees_the_line_an_underline_and_advice() {
        let sources = sources();
        assert_human(
            typo(&sources),
            &sources,
            r"
error[unknown-level]: unknown level `senoir`
 --> content/questions/a.md:3:11
  |
3 |     levels: [senoir]
  |              ^^^^^^
  |
  = help: did you mean `senior`?
",
        );
    }

    #[test]
    fn places_that_explain_it_are_shown_with_their_labels() {
        let sources = sources();
        let diagnostic = Diagnostic::warning(Code("odd"), place(&sources, QUESTION, "語"), "an odd key")
            .related(place(&sources, "content/taxonomy.yaml", "staff"), "the last one")
            .related(place(&sources, QUESTION, "title"), "first here")
            .related(place(&sources, "content/taxonomy.yaml", "junior"), "the first one");
        assert_human(
            diagnostic,
            &sources,
            r"
warning[odd]: an odd key
 --> content/questions/a.md:4:5
  |
2 | title: Deadlock
  | ----- first here
3 |     levels: [senoir]
4 | 日本: 語 é x
  |       ^^
  |
 ::: content/taxonomy.yaml:2:3
  |
2 |   junior: {}
  |   ------ the first one
...
5 |   staff: {}
  |   ----- the last one
",
        );
    }

    #[test]
    fn a_place_without_length_has_one_caret() {
        let sources = sources();
        let start = place(&sources, QUESTION, "title").start;
        let span = Span::new(sources.at(QUESTION).unwrap().id, start..start);
        assert_human(
            Diagnostic::error(Code("odd"), span, "something is missing"),
            &sources,
            r"
error[odd]: something is missing
 --> content/questions/a.md:2:1
  |
2 | title: Deadlock
  | ^
",
        );
    }

    #[test]
    fn the_end_of_a_file_has_a_line() {
        let sources = sources();
        let question = sources.at(QUESTION).unwrap();
        let end = Span::new(question.id, question.text.len()..question.text.len());
        assert_human(
            Diagnostic::error(Code("odd"), end, "the file ends here")
                .related(place(&sources, QUESTION, "日本"), "after this"),
            &sources,
            r"
error[odd]: the file ends here
 --> content/questions/a.md:6:1
  |
4 | 日本: 語 é x
  | ---- after this
5 | ---
6 |
  | ^
",
        );
    }

    #[test]
    fn an_empty_file_has_a_line() {
        let sources = sources();
        assert_human(
            Diagnostic::error(Code("odd"), Span::new(sources.at("empty.md").unwrap().id, 0..7), "no text"),
            &sources,
            r"
error[odd]: no text
 --> empty.md:1:1
  |
1 |
  | ^
",
        );
    }

    #[test]
    fn several_lines_are_joined_by_an_edge() {
        let sources = sources();
        assert_human(
            Diagnostic::error(
                Code("odd"),
                place(&sources, QUESTION, "title: Deadlock\n\tlevels"),
                "two lines",
            ),
            &sources,
            r"
error[odd]: two lines
 --> content/questions/a.md:2:1
  |
2 | / title: Deadlock
3 | |     levels: [senoir]
  | |__________^
",
        );
    }

    #[test]
    fn a_long_line_is_trimmed_around_what_is_meant() {
        let text = format!("{}needle {}", "word ".repeat(200), "tail ".repeat(200));
        let sources = Sources::from_iter([("a.md", text)]);
        assert_human(
            Diagnostic::error(Code("odd"), place(&sources, "a.md", "needle"), "found"),
            &sources,
            r"
error[odd]: found
 --> a.md:1:1001
  |
1 | ...d word word word word word word needle tail tail tail tail tail tail t...
  |                                    ^^^^^^
",
        );
    }

    #[test]
    fn the_project_as_a_whole_has_no_line() {
        let diagnostic =
            Diagnostic::project_error(Code("no-questions"), "there is no question").help("add one");
        assert_human(
            diagnostic,
            &sources(),
            r"
error[no-questions]: there is no question
 |
 = help: add one
",
        );
    }

    #[test]
    fn nothing_an_author_writes_reaches_the_terminal_as_a_command() {
        let sources = Sources::from_iter([("a\u{1b}.md", "x\u{1b}[31m \u{9b}1m \u{202e} y\u{7f}\n")]);
        let id = sources.at("a\u{1b}.md").unwrap().id;
        let diagnostic = Diagnostic::error(Code("odd"), Span::new(id, 16..17), "\u{1b}[2J\u{9b}\n")
            .help("\u{1b}]0;x\u{7}")
            .related(Span::new(id, 0..1), "\u{1b}c");
        assert_human(
            diagnostic.clone(),
            &sources,
            r"
error[odd]: ␛[2J�␊
 --> a␛.md:1:14
  |
1 | x␛[31m ·1m � y␡
  | - ␛c         ^
  |
  = help: ␛]0;x␇
",
        );
        for format in [Format::Short, Format::Json, Format::Github] {
            let written = written(std::slice::from_ref(&diagnostic), &sources, format);
            assert!(!written.trim_end_matches('\n').contains(disturbs), "{written:?}");
        }
    }

    #[test]
    fn short_is_one_line_each() {
        let sources = sources();
        let whole = Diagnostic::project_warning(Code("no-questions"), "there is no question");
        assert_eq!(
            written(&[typo(&sources), whole], &sources, Format::Short),
            "content/questions/a.md:3:11: error[unknown-level]: unknown level `senoir`\n\
             askbook: warning[no-questions]: there is no question\n"
        );
    }

    #[test]
    fn json_is_one_object_a_line() {
        let sources = sources();
        let related =
            typo(&sources).related(place(&sources, "content/taxonomy.yaml", "senior"), "known here");
        let whole = Diagnostic::project_warning(Code("odd"), "\"quoted\" \u{1b} \u{9b}");
        assert_eq!(
            written(&[related, whole], &sources, Format::Json),
            concat!(
                r#"{"severity":"error","code":"unknown-level","message":"unknown level `senoir`","#,
                r#""path":"content/questions/a.md","line":3,"column":11,"end_line":3,"end_column":17,"#,
                r#""help":"did you mean `senior`?","related":[{"message":"known here","#,
                r#""path":"content/taxonomy.yaml","line":4,"column":3,"end_line":4,"end_column":9}]}"#,
                "\n",
                r#"{"severity":"warning","code":"odd","message":"\"quoted\" \u001b \u009b","#,
                r#""path":null,"line":null,"column":null,"end_line":null,"end_column":null,"#,
                r#""help":null,"related":[]}"#,
                "\n"
            )
        );
    }

    #[test]
    fn github_gets_commands_that_no_text_can_end() {
        let sources = Sources::from_iter([("a,b:c.md", "100 %\n")]);
        let id = sources.at("a,b:c.md").unwrap().id;
        let place =
            Diagnostic::error(Code("odd"), Span::new(id, 4..5), "50 %: a, b\n::error::c").help("none");
        let whole = Diagnostic::project_warning(Code("odd"), "whole");
        assert_eq!(
            written(&[place, whole], &sources, Format::Github),
            "::error file=a%2Cb%3Ac.md,line=1,col=5,title=odd::50 %25: a, b%0A::error::c%0Ahelp: none\n\
             ::warning title=odd::whole\n"
        );
    }

    #[test]
    fn colour_is_for_people_who_want_it() {
        let sources = sources();
        let mut out = Vec::new();
        write(&mut out, &[typo(&sources)], &sources, Format::Human, Style { colour: true, width: 80 })
            .unwrap();
        assert!(out.contains(&0x1b));
    }

    #[test]
    fn a_reader_who_leaves_is_an_error_of_the_machine() {
        struct Closed;
        impl io::Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let sources = sources();
        let style = Style { colour: false, width: 80 };
        let error = write(&mut Closed, &[typo(&sources)], &sources, Format::Short, style).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }

    #[test]
    fn a_summary_counts_and_says_nothing_of_nothing() {
        let (error, warning) =
            (Diagnostic::project_error(Code("a"), "a"), Diagnostic::project_warning(Code("b"), "b"));
        assert_eq!(summary(&[]), None);
        assert_eq!(summary(std::slice::from_ref(&warning)).as_deref(), Some("1 warning"));
        assert_eq!(
            summary(&[error.clone(), warning, error.clone(), error]).as_deref(),
            Some("3 errors, 1 warning")
        );
    }
}
