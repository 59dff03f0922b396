//! What can be looked up in a text: its words, and the signs of code that words leave out.
//!
//! `search-index.js` reads queries by the same rules; `tests/vectors/search-tokens.json` holds both to them.
use std::{borrow::Cow, iter};

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfkc_quick};

/// Longest token worth a place in the dictionary, in characters: what is longer is a key or a hash.
const LONGEST: usize = 40;

/// Calls `found` with each word of `text` in lower case and its place, then with the parts of `RefCell` or
/// `to_owned`; returns how many places there are. Chinese, Japanese and Korean are read by pairs of characters.
pub(super) fn words(text: &str, mut found: impl FnMut(&str, u32)) -> u32 {
    let mut place = 0;
    for run in normal(text).split(|c| !is_word(c)).flat_map(by_script) {
        if run.starts_with(is_cjk) {
            place = pairs(run, place, &mut found);
        } else {
            word(run, place, &mut found);
            place += 1;
        }
    }
    place
}

/// Calls `found` with the signs of prose: runs of operators, and chunks that look like code (`Vec<T>`, `C++`).
pub(super) fn prose_signs(text: &str, mut found: impl FnMut(&str)) {
    for chunk in normal(text).split_whitespace() {
        let bare = trimmed(chunk);
        if looks_like_code(bare) {
            found(&bare.to_lowercase());
        }
        for run in chunk.split(|c| !is_operator(c)).filter(|run| !run.is_empty()) {
            if is_sign_in_prose(run, run == chunk) {
                found(run);
            }
        }
    }
}

/// Calls `found` with the signs of code: operators, `&str`, `'a`, `println!`, and a short span as a whole.
pub(super) fn code_signs(code: &str, mut found: impl FnMut(&str)) {
    let code = normal(code);
    for line in code.lines() {
        signs_of_line(line, &mut found);
    }
    if !code.trim_end().contains('\n') {
        let whole: String = code.split_whitespace().collect();
        if whole.chars().count() <= LONGEST && !whole.chars().all(is_word) && !whole.chars().all(is_operator)
        {
            found(&whole.to_lowercase());
        }
    }
}

/// `text` with one spelling for what looks the same, such as full-width letters.
fn normal(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfkc().collect())
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_operator(c: char) -> bool {
    matches!(
        c,
        '?' | '&'
            | '|'
            | '='
            | '<'
            | '>'
            | '!'
            | '*'
            | '+'
            | '-'
            | '%'
            | '^'
            | '~'
            | ':'
            | '.'
            | '@'
            | '#'
            | '$'
    )
}

/// Cuts `run` where it goes from letters to Chinese, Japanese or Korean, or back.
fn by_script(run: &str) -> impl Iterator<Item = &str> {
    let mut rest = run;
    iter::from_fn(move || {
        let cjk = is_cjk(rest.chars().next()?);
        let end = rest.find(|c| is_cjk(c) != cjk).unwrap_or(rest.len());
        let (same, after) = rest.split_at(end);
        rest = after;
        Some(same)
    })
}

/// Each pair of neighbours, and the last character alone, so that a query of one character is the
/// beginning of something wherever it stands. Returns the next place.
fn pairs(run: &str, mut place: u32, found: &mut impl FnMut(&str, u32)) -> u32 {
    let mut rest = run;
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        let pair = first.len_utf8() + after.chars().next().map_or(0, char::len_utf8);
        found(&rest[..pair], place);
        rest = after;
        place += 1;
    }
    place
}

fn word(run: &str, place: u32, found: &mut impl FnMut(&str, u32)) {
    // Most words are this plain, and need no copy.
    if run.len() <= LONGEST && run.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return found(run, place);
    }
    if run.chars().count() > LONGEST {
        return;
    }
    let whole = run.replace('_', "").to_lowercase();
    if whole.is_empty() {
        return;
    }
    found(&whole, place);
    let parts: Vec<&str> = run.split('_').filter(|part| !part.is_empty()).flat_map(by_case).collect();
    if parts.len() > 1 {
        for part in parts.into_iter().filter(|part| part.chars().nth(1).is_some()) {
            found(&part.to_lowercase(), place);
        }
    }
}

/// Cuts `RefCell` before `Cell` and `HTTPServer` before `Server`.
fn by_case(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    iter::from_fn(move || {
        let mut before = rest.chars().next()?;
        let end = rest.char_indices().skip(1).find_map(|(at, c)| {
            let next = rest[at + c.len_utf8()..].chars().next();
            let begins = c.is_uppercase() && (!before.is_uppercase() || next.is_some_and(char::is_lowercase));
            before = c;
            begins.then_some(at)
        });
        let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        Some(part)
    })
}

/// `chunk` without the quotes and brackets around it and the punctuation after it.
fn trimmed(chunk: &str) -> &str {
    chunk
        .trim_start_matches(['`', '"', '(', '[', '{', '“', '«'])
        .trim_end_matches(['`', '"', ')', ']', '}', '”', '»', ',', ';', '.', ':', '?', '!'])
}

fn looks_like_code(chunk: &str) -> bool {
    let is_mark = |c| is_operator(c) && !matches!(c, '?' | '!' | '.' | '-' | '*');
    let is_marked = chunk.contains(is_mark) || chunk.starts_with('\'');
    is_marked && chunk.contains(is_word) && chunk.chars().count() <= LONGEST
}

/// One operator counts where it stands alone ("the ? operator", not "Why?"), several where they are no
/// dashes, dots or shouts.
fn is_sign_in_prose(run: &str, stands_alone: bool) -> bool {
    match run {
        "::" => true,
        "?" | "!" => stands_alone,
        _ => (run.len() > 1 || stands_alone) && !run.chars().all(|c| "?!.-*#:".contains(c)),
    }
}

fn signs_of_line(line: &str, found: &mut impl FnMut(&str)) {
    let mut rest = line;
    let mut follows_word = false;
    while let Some(first) = rest.chars().next() {
        let is_lifetime_quote = first == '\'' && !follows_word;
        follows_word = false;
        if is_operator(first) {
            let (run, after) = split_while(rest, is_operator);
            operators(run, after, found);
            rest = after;
        } else if is_word(first) {
            let (name, after) = split_while(rest, is_word);
            follows_word = true;
            rest = after;
            if after.starts_with('!') && !after.starts_with("!=") {
                found(&format!("{}!", name.to_lowercase()));
                rest = &after[1..];
            }
        } else {
            rest = &rest[first.len_utf8()..];
            let (name, after) = split_while(rest, is_word);
            if is_lifetime_quote && name.starts_with(char::is_alphabetic) && !after.starts_with('\'') {
                found(&format!("'{}", name.to_lowercase()));
            }
        }
    }
}

fn operators(run: &str, after: &str, found: &mut impl FnMut(&str)) {
    if !matches!(run, "." | ":") {
        found(run);
    }
    // `?.` and `::<` hide what people look up.
    for hidden in ["?", "::"] {
        if run != hidden && run.contains(hidden) {
            found(hidden);
        }
    }
    let (name, _) = split_while(after, is_word);
    if run.ends_with('&') && !name.is_empty() {
        found(&format!("&{}", name.to_lowercase()));
    }
}

fn split_while(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !belongs(c)).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    /// One line of the vectors: what `text` holds when read as words, as prose and as code; and the signs
    /// that the browser looks up when it is the query.
    #[derive(Deserialize)]
    struct Vector {
        text: String,
        words: Vec<(String, u32)>,
        prose: Vec<String>,
        code: Vec<String>,
        query: Vec<String>,
    }

    const VECTORS: &str =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/search-tokens.json"));

    fn vectors() -> Vec<Vector> {
        serde_json::from_str(VECTORS).unwrap()
    }

    fn words_of(text: &str) -> Vec<(String, u32)> {
        let mut all = Vec::new();
        words(text, |word, place| all.push((word.to_owned(), place)));
        all
    }

    fn code_signs_of(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        code_signs(text, |sign| all.push(sign.to_owned()));
        all
    }

    #[test]
    fn texts_are_read_as_the_vectors_say() {
        for Vector { text, words, prose, code, .. } in vectors() {
            let mut signs = Vec::new();
            prose_signs(&text, |sign| signs.push(sign.to_owned()));
            assert_eq!(
                (&words_of(&text), &signs, &code_signs_of(&text)),
                (&words, &prose, &code),
                "in `{text}`"
            );
        }
    }

    #[test]
    fn code_is_found_by_its_own_spelling() {
        for Vector { text, query, .. } in vectors() {
            let known = code_signs_of(&text);
            assert!(
                query.is_empty() || query.iter().any(|sign| known.contains(sign)),
                "`{text}` asks for {query:?}, but code knows {known:?}"
            );
        }
    }

    #[test]
    fn a_code_block_gives_signs_but_no_span() {
        let block = "let total = rows.get(0)?.len();\nprintln!(\"{total}\");\n";
        assert_eq!(code_signs_of(block), ["=", "?.", "?", "println!"]);
    }

    #[test]
    fn keys_and_hashes_are_left_out() {
        assert_eq!(words_of(&format!("key {} end", "x".repeat(41))), [("key".into(), 0), ("end".into(), 2)]);
    }
}
