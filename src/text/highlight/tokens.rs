//! Cuts code into tokens of one class each.
use syntect::parsing::{BasicScopeStackOp, ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::{
    classes::{Class, Meaning, meaning},
    limits,
};

/// Keywords that the Rust grammar takes for plain names, or for types.
const RUST_KEYWORDS: [&str; 13] =
    ["as", "async", "await", "const", "dyn", "for", "impl", "in", "let", "mut", "ref", "static", "where"];

/// A piece of code, and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) class: Option<Class>,
    pub(super) text: &'a str,
}

/// The tokens of `code`, which are the whole of it. `None` if it is too much for the grammar: a block that is
/// coloured in part would mislead.
pub(super) fn tokens<'a>(
    code: &'a str,
    syntax: &SyntaxReference,
    syntaxes: &SyntaxSet,
) -> Option<Vec<Token<'a>>> {
    if !limits::allow(code, syntax) {
        return None;
    }
    let mut walk = Walk::of(syntax);
    let mut parser = ParseState::new(syntax);
    for line in code.split_inclusive('\n') {
        let mut start = 0;
        for (end, operation) in parser.parse_line(line, syntaxes).ok()? {
            walk.push(line.get(start..end)?);
            start = end;
            walk.stack.apply_with_hook(&operation, |change, _| walk.readings.change(&change)).ok()?;
        }
        if limits::forbid_nesting(walk.stack.len()) {
            return None;
        }
        walk.push(line.get(start..)?);
    }
    Some(walk.tokens)
}

struct Walk<'a> {
    is_rust: bool,
    stack: ScopeStack,
    readings: Readings,
    tokens: Vec<Token<'a>>,
}

impl<'a> Walk<'a> {
    fn of(syntax: &SyntaxReference) -> Self {
        let is_rust = syntax.name == "Rust";
        Self { is_rust, stack: ScopeStack::new(), readings: Readings::default(), tokens: Vec::new() }
    }

    fn push(&mut self, text: &'a str) {
        let class = self.readings.class_of(text);
        if self.is_rust && matches!(class, None | Some(Class::Type)) {
            return self.push_rust_words(text, class);
        }
        self.tokens.push(Token { class, text });
    }

    fn push_rust_words(&mut self, text: &'a str, class: Option<Class>) {
        for word in text.split_inclusive(|c: char| !is_word(c)) {
            let name = word.trim_end_matches(|c: char| !is_word(c));
            let class_of_name = if RUST_KEYWORDS.contains(&name) { Some(Class::Keyword) } else { class };
            self.tokens.push(Token { class: class_of_name, text: name });
            self.tokens.push(Token { class, text: &word[name.len()..] });
        }
    }
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// For each scope on the stack, what it and all around it say.
#[derive(Default)]
struct Readings(Vec<Reading>);

#[derive(Default, Clone, Copy)]
struct Reading {
    class: Option<Class>,
    is_operator: bool,
}

impl Readings {
    fn innermost(&self) -> Reading {
        self.0.last().copied().unwrap_or_default()
    }

    fn change(&mut self, change: &BasicScopeStackOp) {
        match change {
            BasicScopeStackOp::Push(scope) => self.0.push(self.innermost().within(*scope)),
            BasicScopeStackOp::Pop => drop(self.0.pop()),
        }
    }

    fn class_of(&self, text: &str) -> Option<Class> {
        let Reading { class, is_operator } = self.innermost();
        if is_operator && text.starts_with(char::is_alphabetic) { Some(Class::Keyword) } else { class }
    }
}

impl Reading {
    fn within(self, scope: Scope) -> Self {
        match meaning(scope) {
            Meaning::Class(class) => Self { class: Some(class), is_operator: false },
            Meaning::Operator => Self { class: self.class, is_operator: true },
            Meaning::Plain => Self::default(),
            Meaning::Outer => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens of a class, as `class:text`.
    fn classed(language: &str, code: &str) -> Vec<String> {
        let syntaxes = two_face::syntax::extra_newlines();
        let tokens = tokens(code, syntaxes.find_syntax_by_token(language).unwrap(), &syntaxes).unwrap();
        assert_eq!(tokens.iter().map(|token| token.text).collect::<String>(), code);
        let classed = tokens.iter().filter(|token| !token.text.trim().is_empty());
        classed.filter_map(|token| Some(format!("{}:{}", token.class?.letter(), token.text.trim()))).collect()
    }

    #[test]
    fn keywords_the_rust_grammar_does_not_know_are_keywords() {
        assert_eq!(
            classed("rust", "pub async fn f(e: Box<dyn E>) { let x: u8 = g.await; }"),
            ["k:pub", "k:async", "k:fn", "f:f", "v:e", "t:Box", "k:dyn", "k:let", "t:u8", "k:await"]
        );
        assert_eq!(classed("rust", "// for us"), ["c://", "c:for us"]);
    }

    #[test]
    fn an_operator_is_a_keyword_only_as_a_word() {
        assert_eq!(classed("python", "a and b + 1"), ["k:and", "n:1"]);
    }

    #[test]
    fn code_within_a_string_is_code() {
        assert_eq!(classed("ts", "`a${f(1)}b`"), ["s:`", "s:a", "f:f", "n:1", "s:b", "s:`"]);
    }

    #[test]
    fn a_diff_shows_what_goes_and_what_comes() {
        assert_eq!(classed("diff", "-a\n+b\n c\n"), ["d:-", "d:a", "i:+", "i:b"]);
    }
}
