//! What the author wrote, a place in it, and a remark about it.
mod diagnostic;
mod file;
mod span;

pub use diagnostic::{Code, Diagnostic, Diagnostics, Severity, did_you_mean, nearest};
pub use file::{Source, Sources};
pub use span::{FileId, LineColumn, Span, Spanned};
