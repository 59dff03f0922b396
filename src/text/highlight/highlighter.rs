//! A code block as an HTML element.
use super::{
    super::fence::Fence,
    languages::Languages,
    markup::{Markup, attribute, push_text},
    tokens::{Token, tokens},
};

/// Turns code into HTML. Dear to make at its first use, so make one and share it.
#[derive(Debug, Default)]
pub struct Highlighter {
    languages: Languages,
}

impl Highlighter {
    /// One that knows every language two-face has.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether `language`, in lower case, is a name for something, if only for plain text.
    pub fn knows(&self, language: &str) -> bool {
        self.languages.knows(language)
    }

    /// The known name nearest to an unknown one.
    pub fn suggest(&self, language: &str) -> Option<String> {
        self.languages.suggest(language)
    }

    /// A block as a whole element. `code` is what readers see: see [`Fence::visible`].
    pub fn html(&self, fence: &Fence, code: &str) -> String {
        let block = block(fence, &self.body(fence, code));
        match &fence.title {
            Some(title) => {
                let mut caption = String::new();
                push_text(&mut caption, title);
                format!("<figure class=\"code\"><figcaption>{caption}</figcaption>{block}</figure>")
            }
            None => block,
        }
    }

    fn body(&self, fence: &Fence, code: &str) -> String {
        let syntax = self.languages.syntax(&fence.language);
        let tokens = syntax
            .and_then(|syntax| tokens(code, syntax, self.languages.syntaxes()))
            .unwrap_or_else(|| vec![Token { class: None, text: code }]);
        let mut markup = Markup::default();
        if fence.line_numbers.is_none() && fence.highlighted_lines.is_empty() {
            for token in tokens {
                markup.token(token);
            }
        } else {
            lines(fence, &tokens, &mut markup);
        }
        markup.finish()
    }
}

fn block(fence: &Fence, body: &str) -> String {
    let numbered = if fence.line_numbers.is_some() { " class=\"numbered\"" } else { "" };
    let (mut label, mut class) = (String::new(), String::new());
    if !fence.language.is_empty() {
        label = attribute("data-language", &fence.language);
        class = attribute("class", &format!("language-{}", fence.language));
    }
    // What scrolls must be reachable by keyboard.
    format!("<pre{numbered}{label} tabindex=\"0\"><code{class}>{body}</code></pre>")
}

/// Each line in a span of its own; its line break stands after the span.
fn lines(fence: &Fence, tokens: &[Token<'_>], markup: &mut Markup) {
    let mut line = 0;
    let mut is_open = false;
    for part in tokens.iter().flat_map(parts) {
        if !is_open {
            line += 1;
            is_open = true;
            markup.tag(&line_tag(fence, line));
        }
        let text = part.text.strip_suffix('\n');
        markup.token(Token { class: part.class, text: text.unwrap_or(part.text) });
        if text.is_some() {
            is_open = false;
            markup.tag("</span>\n");
        }
    }
    if is_open {
        markup.tag("</span>");
    }
}

/// The parts of a token on each line, with their line breaks.
fn parts<'a>(token: &Token<'a>) -> impl Iterator<Item = Token<'a>> + use<'a> {
    let class = token.class;
    token.text.split_inclusive('\n').map(move |text| Token { class, text })
}

fn line_tag(fence: &Fence, line: usize) -> String {
    let marked = if fence.marks(line) { " marked" } else { "" };
    // From 1 a counter of the style sheet counts; a style attribute to set it would break the site's CSP.
    let number = match fence.line_numbers {
        Some(first) if first != 1 => format!(" data-line=\"{}\"", first.saturating_add(line - 1)),
        _ => String::new(),
    };
    format!("<span class=\"line{marked}\"{number}>")
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, thread, time::Duration};

    use super::*;

    fn html(info: &str, code: &str) -> String {
        let (fence, _) = Fence::parse(info);
        Highlighter::new().html(&fence, &fence.visible(code))
    }

    #[test]
    fn rust_is_shown_in_few_words() {
        assert_eq!(
            html(
                "rust,edition2024,no_run",
                "# use std::fs;\n/// Reads <it>.\n#[must_use]\nfn read<'a>(path: &'a str) -> Option<u8> {\n    \
                 println!(\"{path}\\n\");\n    None // no\n}\n"
            ),
            "<pre data-language=\"rust\" tabindex=\"0\"><code class=\"language-rust\">\
             <span class=c>/// Reads &lt;it&gt;.</span>\n\
             <span class=a>#[must_use]</span>\n\
             <span class=k>fn</span> <span class=f>read</span>&lt;<span class=a>'a</span>&gt;(<span class=v>path</span>: \
             &amp;<span class=a>'a</span> <span class=t>str</span>) -&gt; <span class=t>Option</span>&lt;\
             <span class=t>u8</span>&gt; {\n    \
             <span class=f>println!</span>(<span class=s>\"</span><span class=e>{path}\\n</span><span class=s>\"</span>);\n    \
             <span class=t>None</span> <span class=c>// no</span>\n}\n</code></pre>"
        );
    }

    #[test]
    fn nothing_an_author_writes_is_markup() {
        assert_eq!(
            html("<b>\"' title='<script>&\"'", "</code><script>alert(1)</script>"),
            "<figure class=\"code\"><figcaption>&lt;script&gt;&amp;\"</figcaption>\
             <pre data-language=\"&lt;b&gt;&quot;'\" tabindex=\"0\"><code class=\"language-&lt;b&gt;&quot;'\">\
             &lt;/code&gt;&lt;script&gt;alert(1)&lt;/script&gt;</code></pre></figure>"
        );
    }

    #[test]
    fn code_without_a_language_or_without_code_is_plain() {
        assert_eq!(html("", "a < b\n"), "<pre tabindex=\"0\"><code>a &lt; b\n</code></pre>");
        assert_eq!(
            html("rust linenos", ""),
            "<pre class=\"numbered\" data-language=\"rust\" tabindex=\"0\"><code class=\"language-rust\"></code></pre>"
        );
    }

    #[test]
    fn marked_lines_count_the_lines_that_are_shown() {
        let block = html("rust hl_lines=2", "# hidden();\nlet a;\n/* b\n\nc */");
        let (_, lines) = block.split_once("<code class=\"language-rust\">").unwrap();
        assert_eq!(
            lines,
            "<span class=\"line\"><span class=k>let</span> a;</span>\n\
             <span class=\"line marked\"><span class=c>/* b</span></span>\n\
             <span class=\"line\"></span>\n\
             <span class=\"line\"><span class=c>c */</span></span></code></pre>"
        );
    }

    #[test]
    fn numbers_start_where_the_author_says() {
        assert_eq!(
            html("text linenos=9", "a\n b\n"),
            "<pre class=\"numbered\" data-language=\"text\" tabindex=\"0\"><code class=\"language-text\">\
             <span class=\"line\" data-line=\"9\">a</span>\n<span class=\"line\" data-line=\"10\"> b</span>\n</code></pre>"
        );
        assert!(html("text linenos", "a\n").contains("<span class=\"line\">a</span>\n"));
    }

    #[test]
    fn what_is_too_much_for_a_grammar_is_plain() {
        let long_line = format!("fn a() {{}}\n{}\n", "let ".repeat(1025));
        let large_block = "let a;\n".repeat(40_000);
        let deep = "{".repeat(1000);
        for (language, code) in [("rust", &long_line), ("rust", &large_block), ("rust", &deep)] {
            assert!(!html(language, code).contains("<span"), "{language} {}", &code[..20]);
        }
        assert!(html("rust", &long_line[..4000]).contains("<span class=k>"));
    }

    #[test]
    fn no_grammar_runs_for_ever() {
        let (done, all_done) = mpsc::channel();
        thread::spawn(move || {
            let highlighter = Highlighter::new();
            for language in ["js", "jsx", "html", "svelte", "vue", "php", "md", "qml", "dot", "ruby", "java"]
            {
                for code in ["x /*", "<script>\nx /* a */\n", "```js\nx /*\n```\n", "<<script>x /*", "{x /*"]
                {
                    highlighter.html(&Fence { language: language.to_owned(), ..Fence::default() }, code);
                }
            }
            done.send(()).unwrap();
        });
        // Far more than the grammars need to be compiled, even for a slow engine.
        all_done.recv_timeout(Duration::from_mins(2)).expect("every grammar ends");
    }

    #[test]
    fn one_highlighter_serves_all_threads() {
        let highlighter = Highlighter::new();
        let (fence, _) = Fence::parse("rust");
        let show = || highlighter.html(&fence, "fn a() {}");
        thread::scope(|scope| {
            let other = scope.spawn(show);
            assert_eq!(show(), other.join().unwrap());
        });
    }
}
