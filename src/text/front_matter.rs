//! The YAML between `---` lines at the top of a Markdown file, and where the body starts.
use std::ops::Range;

use crate::source::{Code, Diagnostic, Diagnostics, Source, Span};

const MISSING: Code = Code("missing-front-matter");
const UNCLOSED: Code = Code("unclosed-front-matter");

/// The two parts of a Markdown file, as ranges of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The YAML, without the `---` lines.
    pub yaml: Range<usize>,
    /// The Markdown.
    pub body: Range<usize>,
}

/// Splits `source`. `None` when there is no front matter, and then that was told; `example` is what to paste.
pub fn split(source: &Source, example: &str, diagnostics: &mut Diagnostics) -> Option<Parts> {
    let text = source.text.as_str();
    let Some(yaml_start) = fence(text, 0) else {
        let problem = Diagnostic::error(MISSING, Span::start_of(source.id), "this file has no front matter");
        diagnostics.push(problem.help(format!("start the file with these lines:\n---\n{example}\n---")));
        return None;
    };
    let mut line_start = yaml_start;
    while line_start < text.len() {
        if let Some(body_start) = fence(text, line_start) {
            return Some(Parts { yaml: yaml_start..line_start, body: body_start..text.len() });
        }
        line_start = text[line_start..].find('\n').map_or(text.len(), |newline| line_start + newline + 1);
    }
    let problem =
        Diagnostic::error(UNCLOSED, Span::new(source.id, 0..3), "this front matter is never closed");
    diagnostics.push(problem.help("add a line `---` after the last `key: value`"));
    None
}

/// Where the line after the `---` line at `start` begins, if there is a `---` line.
fn fence(text: &str, start: usize) -> Option<usize> {
    let rest = text[start..].strip_prefix("---")?;
    let line = rest.split('\n').next().unwrap_or_default();
    line.trim().is_empty().then(|| (start + 3 + line.len() + 1).min(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn parts(text: &str) -> Result<(String, String), String> {
        let sources = Sources::from_iter([("a.md", text)]);
        let mut diagnostics = Diagnostics::default();
        let source = sources.at("a.md").unwrap();
        match split(source, "title: …", &mut diagnostics) {
            Some(parts) => Ok((text[parts.yaml].to_owned(), text[parts.body].to_owned())),
            None => Err(diagnostics.sorted().remove(0).message),
        }
    }

    #[test]
    fn front_matter_ends_at_the_next_fence() {
        assert_eq!(parts("---\na: 1\n---\nbody\n---\n"), Ok(("a: 1\n".into(), "body\n---\n".into())));
        assert_eq!(parts("---\n---\n"), Ok((String::new(), String::new())));
        assert_eq!(parts("---\na: 1\n---"), Ok(("a: 1\n".into(), String::new())));
    }

    #[test]
    fn what_is_missing_is_told() {
        assert_eq!(parts("body"), Err("this file has no front matter".into()));
        assert_eq!(parts(""), Err("this file has no front matter".into()));
        assert_eq!(parts("---\na: 1\nbody"), Err("this front matter is never closed".into()));
        assert_eq!(parts("---- x\n"), Err("this file has no front matter".into()));
    }
}
