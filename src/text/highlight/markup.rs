//! Writes tokens as HTML: neighbours merged, white space outside, everything escaped.
use super::{classes::Class, tokens::Token};

/// HTML that grows token by token.
#[derive(Default)]
pub(super) struct Markup {
    html: String,
    open: Option<Class>,
    /// White space after the last token: inside its span if the next token is of the same class.
    space: String,
}

impl Markup {
    /// Adds a token.
    pub(super) fn token(&mut self, token: Token<'_>) {
        let text = token.text.trim();
        let before = token.text.len() - token.text.trim_start().len();
        if text.is_empty() {
            self.space.push_str(token.text);
            return;
        }
        self.space.push_str(&token.text[..before]);
        if token.class != self.open {
            self.close();
        }
        self.html.push_str(&self.space);
        self.open(token.class);
        push_text(&mut self.html, text);
        token.text[before + text.len()..].clone_into(&mut self.space);
    }

    /// Adds markup, outside of any token.
    pub(super) fn tag(&mut self, tag: &str) {
        self.close();
        self.html.push_str(&std::mem::take(&mut self.space));
        self.html.push_str(tag);
    }

    /// All that was added.
    pub(super) fn finish(mut self) -> String {
        self.tag("");
        self.html
    }

    fn open(&mut self, class: Option<Class>) {
        if let Some(class) = class
            && self.open.is_none()
        {
            // The attribute's value is one letter, so it needs no quotes.
            self.html.push_str("<span class=");
            self.html.push(class.letter());
            self.html.push('>');
            self.open = Some(class);
        }
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }
}

/// Adds `text` as the text of an element.
pub(super) fn push_text(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            c if is_forbidden(c) => html.push(char::REPLACEMENT_CHARACTER),
            c => html.push(c),
        }
    }
}

/// ` name="text"`.
pub(super) fn attribute(name: &str, text: &str) -> String {
    let mut html = format!(" {name}=\"");
    for (at, part) in text.split('"').enumerate() {
        html.push_str(if at == 0 { "" } else { "&quot;" });
        push_text(&mut html, part);
    }
    html.push('"');
    html
}

/// HTML may not hold them in any spelling.
fn is_forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(tokens: &[(Option<Class>, &str)]) -> String {
        let mut markup = Markup::default();
        for &(class, text) in tokens {
            markup.token(Token { class, text });
        }
        markup.finish()
    }

    #[test]
    fn neighbours_of_a_class_share_a_span_and_white_space_has_none() {
        let (keyword, plain) = (Some(Class::Keyword), None);
        assert_eq!(
            html(&[
                (keyword, " pub "),
                (keyword, "fn"),
                (plain, " a"),
                (plain, " ()"),
                (plain, "\n"),
                (keyword, "fn\n")
            ]),
            " <span class=k>pub fn</span> a ()\n<span class=k>fn</span>\n"
        );
    }

    #[test]
    fn nothing_an_author_writes_is_markup() {
        assert_eq!(html(&[(None, "</code>&amp;\u{1b}\0")]), "&lt;/code&gt;&amp;amp;\u{fffd}\u{fffd}");
        assert_eq!(attribute("title", "\"><b>"), " title=\"&quot;&gt;&lt;b&gt;\"");
    }
}
