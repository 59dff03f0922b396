//! Templates to text. The only file that names Tera.
use super::theme::Theme;
use crate::{
    source::{Code, Diagnostic, Diagnostics, Span},
    text::words::{Plurals, Unfilled, Words, fill},
};
use std::{borrow::Cow, fmt, io};
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value, value::Key};

const TEMPLATE_ERROR: Code = Code("template-error");

/// A page that is larger than this is a template that does not end.
const MAX_PAGE_BYTES: usize = 32 * 1024 * 1024;

/// A theme's templates, ready to render.
pub struct Templates {
    tera: Tera,
}

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Templates")
    }
}

/// What a template sees.
#[derive(Debug, Clone, Default)]
pub struct Seen(Context);

impl Seen {
    /// Adds `value` under `name`.
    pub fn insert(&mut self, name: &'static str, value: &impl serde::Serialize) {
        self.0.insert(name, value);
    }

    /// What is under `name`, as plain data.
    pub fn data(&self, name: &str) -> Option<serde_json::Value> {
        serde_json::to_value(self.0.get(name)?).ok()
    }
}

impl Templates {
    /// Compiles the templates of `theme`. `None` when one of them is not a template, and then that was told.
    ///
    /// The forms of `words` are chosen by their own language.
    pub fn compile(theme: &Theme, words: &Words, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut tera = Tera::default();
        tera.autoescape_on([".html", ".xml"]);
        tera.register_filter("css_string", |text: &str, _: Kwargs, _: &State<'_>| {
            Value::safe_string(&css_string(text))
        });
        // It is escaped like any other text: an attribute can hold it.
        tera.register_filter("json_encode", |value: &Value, _: Kwargs, _: &State<'_>| {
            serde_json::to_string(value).map_err(|error| tera::Error::message(error.to_string()))
        });
        let plurals = words.plurals().clone();
        tera.register_filter("fill", move |word: &Value, values: Kwargs, state: &State<'_>| {
            filled(word, &values, state, &plurals)
        });
        match tera.add_raw_templates(theme.templates().map(|(name, template)| (name, template.text.as_str())))
        {
            Ok(()) => Some(Self { tera }),
            Err(error) => {
                diagnostics.extend(broken(&error, theme));
                None
            }
        }
    }

    /// The page that `template` makes of what it sees.
    pub fn render(
        &self,
        template: &str,
        seen: &Seen,
        theme: &Theme,
        route: &str,
    ) -> Result<Vec<u8>, Diagnostic> {
        let mut page = Capped { bytes: Vec::with_capacity(16 * 1024) };
        match self.tera.render_to(template, &seen.0, &mut page) {
            Ok(()) => Ok(page.bytes),
            Err(error) => Err(told(&error, theme, Some(route))),
        }
    }
}

/// `word` with `values` in its places. One that has plural forms needs a `count`.
///
/// A value that is markup stays markup, so that a sentence can hold a link or a key; all else is then escaped here.
fn filled(word: &Value, values: &Kwargs, state: &State<'_>, plurals: &Plurals) -> Result<Value, tera::Error> {
    let form = match word.as_map() {
        Some(forms) => {
            let category = plurals.category(values.must_get("count")?);
            forms.get(&Key::Str(category)).or_else(|| forms.get(&Key::Str("other")))
        }
        None => Some(word),
    };
    let text = form.and_then(Value::as_str).ok_or_else(|| tera::Error::message("`fill` is for words"))?;
    let has_markup = state.autoescaping_enabled() && values.iter().any(|(_, value)| value.is_safe());
    let shown =
        |value: &Value| if has_markup { state.escape_if_needed(value) } else { Ok(value.to_string()) };
    let text = if has_markup { Cow::Owned(state.escape(text)?) } else { Cow::Borrowed(text) };
    let filled = fill(&text, |place| match values.get::<&Value>(place)? {
        Some(value) if value.is_string() || value.is_number() => shown(value),
        Some(_) => Err(tera::Error::message(format!("`{place}` is neither text nor a number"))),
        None => Err(tera::Error::message(format!("`{text}` needs a value for `{place}`"))),
    });
    let filled = filled.map_err(|Unfilled { cause, .. }| cause)?;
    Ok(if has_markup { Value::safe_string(&filled) } else { Value::from(filled) })
}

/// What Tera says, at the place in the theme; `route` is the page that was being made.
fn told(error: &tera::Error, theme: &Theme, route: Option<&str>) -> Diagnostic {
    let page = route.map(|route| format!("this came up in the page `{route}`"));
    if matches!(error.kind(), ErrorKind::Io(io::ErrorKind::FileTooLarge)) {
        let message = format!("a page is larger than {} MiB", MAX_PAGE_BYTES / (1024 * 1024));
        return Diagnostic::project_error(TEMPLATE_ERROR, message).maybe_help(page);
    }
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        return placed_by_words(&error.to_string(), theme).maybe_help(page);
    };
    let message = in_our_words(report.message());
    let file = theme.template(report.filename()).and_then(|template| template.file);
    match file {
        Some(file) => {
            Diagnostic::error(TEMPLATE_ERROR, Span::new(file, report.span().range.clone()), message)
        }
        None => {
            let place = format!("{}:{}", report.filename(), report.span().start_line);
            Diagnostic::project_error(TEMPLATE_ERROR, format!("in the built-in template {place}: {message}"))
        }
    }
    .maybe_help(page)
}

/// All that keeps the templates of `theme` from being compiled. Tera gives up at the first that it cannot read, so then
/// each is read by itself.
fn broken(error: &tera::Error, theme: &Theme) -> Vec<Diagnostic> {
    let unreadable = theme.templates().filter_map(|(name, template)| {
        let error = Tera::default().add_raw_template(name, &template.text).err()?;
        matches!(error.kind(), ErrorKind::SyntaxError(_)).then(|| told(&error, theme, None))
    });
    let unreadable: Vec<Diagnostic> = unreadable.collect();
    if unreadable.is_empty() {
        error.to_string().split(REPORT_END).map(|text| placed_by_words(text, theme)).collect()
    } else {
        unreadable
    }
}

/// Between the reports of names that nothing defines, which Tera gives as one text.
const REPORT_END: &str = "\n\nerror: ";

/// Some errors have their place in their text only: a message, then ` --> article.html:2:10`.
fn placed_by_words(text: &str, theme: &Theme) -> Diagnostic {
    let message = text.lines().next().unwrap_or_default();
    let message = in_our_words(message.trim_start_matches("error: "));
    let place = text.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
    match (place.and_then(|place| span_of(place, theme)), place) {
        (Some(span), _) => Diagnostic::error(TEMPLATE_ERROR, span, message),
        (None, Some(place)) => {
            Diagnostic::project_error(TEMPLATE_ERROR, format!("in the template {place}: {message}"))
        }
        (None, None) => Diagnostic::project_error(TEMPLATE_ERROR, message),
    }
}

/// The bytes that `place` names, such as `article.html:2:10`, if they are the project's.
fn span_of(place: &str, theme: &Theme) -> Option<Span> {
    let mut parts = place.rsplitn(3, ':');
    let (column, line, name) = (parts.next()?, parts.next()?, parts.next()?);
    let template = theme.template(name)?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let before: usize = template.text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let at = template.text[before..].char_indices().nth(column - 1).map_or(before, |(at, _)| before + at);
    Some(Span::new(template.file?, at..at))
}

/// Lower case, no full stop, as all our messages are.
fn in_our_words(message: &str) -> String {
    let mut letters = message.trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// `text` as a string of CSS, with its quotes.
fn css_string(text: &str) -> String {
    let mut css = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                css.push('\\');
                css.push(c);
            }
            // `<` cannot end a style sheet that is a file, but costs nothing to hide.
            c if c.is_control() || c == '<' => css.push_str(&format!("\\{:x} ", c as u32)),
            c => css.push(c),
        }
    }
    css.push('"');
    css
}

struct Capped {
    bytes: Vec<u8>,
}

impl io::Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > MAX_PAGE_BYTES {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn css_strings_cannot_be_left() {
        assert_eq!(css_string(r#"a "b" \ </style>"#), r#""a \"b\" \\ \3c /style>""#);
        assert_eq!(css_string("a\nb"), "\"a\\a b\"");
    }
}
