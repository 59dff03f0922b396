//! Scans what candidates get for what only interviewers may read: bytes, not intentions.
use crate::{
    guide::{Guide, Question},
    site::{Artifacts, Theme},
    source::{Code, Diagnostic, Diagnostics, Span},
    text::markdown::{Fragment, Rendering},
};
use std::collections::HashSet;

const EDITION_LEAK: Code = Code("edition-leak");

/// So many words in a row are no chance.
const PHRASE: usize = 6;
/// A whole bullet may be shorter, down to this.
const SHORT: usize = 2;

/// Tells every phrase of interviewers' sections that stands in `artifacts`, at the place it was written.
///
/// Phrases that the candidates' sections or the theme hold as well are no leak.
pub fn leak(guide: &Guide, theme: &Theme, artifacts: &Artifacts, diagnostics: &mut Diagnostics) {
    let published = Phrases::of(artifacts.iter().flat_map(|(path, bytes)| readings(path, bytes)));
    let allowed_texts = guide.questions.iter().flat_map(shared_texts);
    let theme_texts = theme.templates().flat_map(|(_, template)| both_readings(&template.text));
    let allowed = Phrases::of(allowed_texts.chain(theme_texts));
    let is_leaked = |phrase: &[String]| {
        let hash = hash(phrase);
        published.0.contains(&hash) && !allowed.0.contains(&hash)
    };
    for part in guide.questions.iter().flat_map(secrets) {
        let leaked = part.iter().find_map(|(text, span)| {
            let words = words(text);
            let phrase = phrases(&words, SHORT).find(|phrase| is_leaked(phrase))?;
            Some((phrase.join(" "), *span))
        });
        if let Some((phrase, span)) = leaked {
            let message = format!("the candidate's edition holds \u{201c}{phrase}\u{201d}");
            diagnostics.push(
                Diagnostic::error(EDITION_LEAK, span, message)
                    .help("candidates may not read this: look for it in the theme, and in their sections"),
            );
        }
    }
}

/// The phrases of some texts, as hashes.
struct Phrases(HashSet<u64>);

impl Phrases {
    fn of(texts: impl Iterator<Item = String>) -> Self {
        let mut hashes = HashSet::new();
        for text in texts {
            let words = words(&text);
            for length in SHORT..=PHRASE {
                hashes.extend(words.windows(length).map(hash));
            }
        }
        Self(hashes)
    }
}

/// The phrases to look for: every six words in a row, or all of them if they are fewer.
fn phrases(words: &[String], least: usize) -> impl Iterator<Item = &[String]> {
    let length = words.len().min(PHRASE);
    let windows = (length >= least).then(|| words.windows(length));
    windows.into_iter().flatten()
}

fn hash(phrase: &[String]) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for word in phrase {
        hasher.update(word.as_bytes());
        hasher.update(b" ");
    }
    u64::from_le_bytes(hasher.finalize().as_bytes()[..8].try_into().expect("a hash has 32 bytes"))
}

/// Letters and digits, in lower case: quotes, dashes and marks differ between a source and a page.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// What only interviewers may read: for each part its bullets, which can be placed best, then all of it.
fn secrets(question: &Question) -> Vec<Vec<(String, Span)>> {
    let hidden =
        question.body.sections().filter(|(section, _)| !section.is_shared()).map(|(_, fragment)| fragment);
    let own = question.body.own_sections.iter().map(|(_, fragment)| fragment);
    let parts = hidden.chain(own).chain([&question.body.purpose]).map(|fragment| {
        let full = fragment.full();
        let items = full.items.iter().map(|item| (item.text.clone(), item.span));
        items.chain(whole(full).map(|text| (text, fragment.span))).collect()
    });
    // A block for interviewers within a part that candidates read.
    let private = question.body.sections().filter(|(section, _)| section.is_shared()).map(|(_, fragment)| {
        let code = fragment.full().code.iter().filter(|code| !fragment.shared().code.contains(code));
        code.map(|code| (code.clone(), fragment.span)).collect()
    });
    parts.chain(private).collect()
}

fn shared_texts(question: &Question) -> impl Iterator<Item = String> {
    let shared = question.body.sections().filter(|(section, _)| section.is_shared());
    shared.flat_map(|(_, fragment): (_, &Fragment)| whole(fragment.shared()).collect::<Vec<_>>())
}

fn whole(rendering: &Rendering) -> impl Iterator<Item = String> {
    std::iter::once(rendering.text.clone()).chain(rendering.code.iter().cloned())
}

/// What a reader could find in a file: its name, its text without tags, and everything in it.
fn readings(path: &str, bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut readings = both_readings(&text);
    readings.push(path.to_owned());
    readings
}

fn both_readings(text: &str) -> Vec<String> {
    vec![decoded(&without_tags(text)), decoded(text)]
}

/// A phrase may run across a tag: `drop <em>the</em> guard`.
fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, after)| after));
    }
    text
}

fn decoded(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_across_tags_entities_and_case() {
        let published = Phrases::of(
            readings("a.html", b"<p>Drop <em>the</em> guard &amp; wait, then go on</p>").into_iter(),
        );
        let secret = words("drop the guard; wait then go");
        assert!(phrases(&secret, SHORT).any(|phrase| published.0.contains(&hash(phrase))));
        let other = words("drop the lock and wait then go");
        assert!(!phrases(&other, SHORT).any(|phrase| published.0.contains(&hash(phrase))));
    }

    #[test]
    fn a_word_is_no_phrase_and_a_short_bullet_is_one() {
        assert_eq!(phrases(&words("deadlock"), SHORT).count(), 0);
        assert_eq!(phrases(&words("blames others"), SHORT).count(), 1);
        assert_eq!(phrases(&words("a b c d e f g h"), SHORT).count(), 3);
    }
}
