//! Remarks on what the author wrote.
use super::span::{FileId, Span};

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The guide cannot be built.
    Error,
    /// It can, but someone should look.
    Warning,
}

/// A stable name for a kind of remark, such as `unknown-competency`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(pub &'static str);

/// One remark.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a diagnostic that is not pushed is never seen"]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// What kind it is.
    pub code: Code,
    /// One sentence, lower case, no full stop.
    pub message: String,
    /// Where; `None` for the project as a whole.
    pub span: Option<Span>,
    /// Another place that explains it, and what is there: "first used here".
    pub related: Vec<(Span, String)>,
    /// What the author could do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at `span`.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, Some(span), message.into())
    }

    /// A warning at `span`.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, Some(span), message.into())
    }

    /// An error of the project as a whole.
    pub fn project_error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, None, message.into())
    }

    /// A warning on the project as a whole.
    pub fn project_warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, None, message.into())
    }

    fn new(severity: Severity, code: Code, span: Option<Span>, message: String) -> Self {
        Self { severity, code, message, span, related: Vec::new(), help: None }
    }

    /// The same, with advice.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, with advice if there is some.
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// The same, with another place that explains it.
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }
}

/// All remarks of a build, in the order they came.
#[derive(Debug, Default, Clone)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all of `other`.
    pub fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// Adds some.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(diagnostics);
    }

    /// Whether any is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// Whether any is an error in `file`.
    pub fn has_errors_in(&self, file: FileId) -> bool {
        let is_there = |d: &Diagnostic| d.span.is_some_and(|span| span.file == file);
        self.0.iter().any(|d| d.severity == Severity::Error && is_there(d))
    }

    /// All, sorted by place, then code, so that two runs print the same on any number of threads.
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.0.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
        self.0.dedup();
        self.0
    }
}

/// The known name nearest to what was written, if it is near enough to be meant.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::osa_distance(&written, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= name.chars().count().max(3) / 3)
        .min()
        .map(|(_, name)| name)
}

/// Advice for an unknown name: the nearest known one, or else all of them.
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Option<String> {
    if let Some(name) = nearest(written, known.clone()) {
        return Some(format!("did you mean `{name}`?"));
    }
    let all: Vec<String> = known.into_iter().map(|name| format!("`{name}`")).collect();
    match all.len() {
        0 => None,
        1..=12 => Some(format!("known here: {}", all.join(", "))),
        more => Some(format!("known here: {} and {} more", all[..10].join(", "), more - 10)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_finds_its_name_and_a_stranger_does_not() {
        let levels = ["junior", "mid", "senior", "staff"];
        assert_eq!(nearest("senoir", levels), Some("senior"));
        assert_eq!(nearest("Senior", levels), Some("senior"));
        assert_eq!(nearest("principal", levels), None);
    }
}
