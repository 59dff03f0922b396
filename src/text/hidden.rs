//! Characters that are not seen, and change how the text around them is read.
use crate::source::{Code, Diagnostic, Severity, Span};

const HIDDEN_CHARACTER: Code = Code("hidden-character");

/// Whether `c` is one of Unicode's bidirectional controls: they let a line read differently from what it says
/// (CVE-2021-42574).
pub(super) fn turns_text_around(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether no title or name should hold `c`.
pub(super) fn is_hidden(c: char) -> bool {
    turns_text_around(c) || (c.is_control() && !matches!(c, '\n' | '\t'))
}

/// What to say of `c` at `span`.
pub(super) fn remark(c: char, span: Span, severity: Severity) -> Diagnostic {
    let message = format!("hidden character U+{:04X} changes how the text around it is read", c as u32);
    let remark = match severity {
        Severity::Error => Diagnostic::error(HIDDEN_CHARACTER, span, message),
        Severity::Warning => Diagnostic::warning(HIDDEN_CHARACTER, span, message),
    };
    remark.help("delete it")
}
