//! Scans what candidates get for what only interviewers may read: bytes, not intentions.
use crate::{
    guide::{Guide, Packet, Question},
    site::{Artifacts, Theme},
    source::{Code, Diagnostic, Diagnostics, Span},
    text::{
        markdown::{Fragment, Rendering},
        words::Words,
    },
};
use rayon::prelude::*;
use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

const EDITION_LEAK: Code = Code("edition-leak");

/// So many words in a row are no chance.
const PHRASE: usize = 6;
/// A whole bullet or a name may be shorter, down to this.
const SHORT: usize = 2;

/// Tells every phrase that only interviewers may read and that stands in `published`, at the place it was written.
///
/// Phrases that the candidates' sections, our own theme or our own words hold as well are no leak.
pub fn leak(
    guide: &Guide,
    theme: &Theme,
    words: &Words,
    published: &Artifacts,
    diagnostics: &mut Diagnostics,
) {
    let mut phrases = Phrases::default();
    for (path, bytes) in published.iter() {
        phrases.add(path);
        readings(path, bytes, |text| phrases.add(text));
    }
    if phrases.0.is_empty() {
        return;
    }
    for question in &guide.questions {
        shared_texts(question).for_each(|text| phrases.remove(text));
    }
    for (_, template) in theme.templates().filter(|(_, template)| template.file.is_none()) {
        html_readings(&template.text, |text| phrases.remove(text));
    }
    words.built_in_texts().for_each(|text| phrases.remove(text));
    let questions = guide.questions.par_iter().flat_map_iter(secrets);
    let packets = guide.packets.par_iter().map(secrets_of_packet);
    let told = questions.chain(packets).filter_map(|part| {
        let (phrase, span) = part.iter().find_map(|secret| Some((phrases.found_in(secret)?, secret.span)))?;
        let message = format!("the candidate's edition holds \u{201c}{phrase}\u{201d}");
        let problem = Diagnostic::error(EDITION_LEAK, span, message);
        Some(problem.help("candidates may not read this: look for it in the theme, and in their sections"))
    });
    diagnostics.extend(told.collect::<Vec<_>>());
}

/// Text that only interviewers may read.
struct Secret<'a> {
    text: &'a str,
    span: Span,
    /// How many words of it are a phrase.
    least: usize,
}

impl<'a> Secret<'a> {
    /// A text of which six words in a row are told.
    fn long(text: &'a str, span: Span) -> Self {
        Self { text, span, least: PHRASE }
    }

    /// A bullet or a name, which is told as a whole when it is short.
    fn whole(text: &'a str, span: Span) -> Self {
        Self { text, span, least: SHORT }
    }
}

/// The phrases of some texts, as hashes.
#[derive(Default)]
struct Phrases(HashSet<u64>);

impl Phrases {
    fn add(&mut self, text: &str) {
        each_phrase(&hashes(text), |hash| {
            self.0.insert(hash);
        });
    }

    fn remove(&mut self, text: &str) {
        each_phrase(&hashes(text), |hash| {
            self.0.remove(&hash);
        });
    }

    /// The first phrase of `secret` that is among these.
    fn found_in(&self, secret: &Secret<'_>) -> Option<String> {
        let hashes = hashes(secret.text);
        let length = hashes.len().min(PHRASE);
        if length < secret.least {
            return None;
        }
        let at = hashes.windows(length).position(|phrase| self.0.contains(&joined(phrase)))?;
        Some(words(secret.text).skip(at).take(length).collect::<Vec<_>>().join(" "))
    }
}

fn each_phrase(words: &[u64], mut told: impl FnMut(u64)) {
    for length in SHORT..=PHRASE {
        words.windows(length).for_each(|phrase| told(joined(phrase)));
    }
}

/// One number for several words in a row.
fn joined(phrase: &[u64]) -> u64 {
    phrase
        .iter()
        .fold(phrase.len() as u64, |all, word| all.rotate_left(7).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ word)
}

fn hashes(text: &str) -> Vec<u64> {
    words(text).map(|word| hash(&word)).collect()
}

fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

/// Letters and digits, in lower case: quotes, dashes and marks differ between a source and a page.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// What only interviewers may read: for each part its bullets, which can be placed best, then all of it.
fn secrets(question: &Question) -> Vec<Vec<Secret<'_>>> {
    let hidden =
        question.body.sections().filter(|(section, _)| !section.is_shared()).map(|(_, fragment)| fragment);
    let own = question.body.own_sections.iter().map(|(_, fragment)| fragment);
    let parts = hidden.chain(own).chain([&question.body.purpose]).map(|fragment| {
        let full = fragment.full();
        let items = full.items.iter().map(|item| Secret::whole(&item.text, item.span));
        items.chain(texts(full).map(|text| Secret::long(text, fragment.span))).collect()
    });
    // A block for interviewers within a part that candidates read.
    let private = question.body.sections().filter(|(section, _)| section.is_shared()).map(|(_, fragment)| {
        let code = fragment.full().code.iter().filter(|code| !fragment.shared().code.contains(code));
        code.map(|code| Secret::long(code, fragment.span)).collect()
    });
    let names = [&question.title.value, &question.summary];
    let names = names.map(|name| vec![Secret::whole(name, question.title.span)]);
    parts.chain(private).chain(names).collect()
}

/// A packet's name and its notes; its scripts are read to candidates.
fn secrets_of_packet(packet: &Packet) -> Vec<Secret<'_>> {
    let notes = texts(packet.notes.full()).map(|text| Secret::long(text, packet.notes.span));
    notes.chain([Secret::whole(&packet.title.value, packet.title.span)]).collect()
}

fn shared_texts(question: &Question) -> impl Iterator<Item = &str> {
    let shared = question.body.sections().filter(|(section, _)| section.is_shared());
    let title = question.candidate_title.iter().map(|title| title.value.as_str());
    title.chain(shared.flat_map(|(_, fragment): (_, &Fragment)| texts(fragment.shared())))
}

fn texts(rendering: &Rendering) -> impl Iterator<Item = &str> {
    std::iter::once(rendering.text.as_str()).chain(rendering.code.iter().map(String::as_str))
}

/// What a reader could find in a file.
fn readings(path: &str, bytes: &[u8], found: impl FnMut(&str)) {
    let text = String::from_utf8_lossy(bytes);
    if path.ends_with(".html") {
        html_readings(&text, found);
    } else {
        [text.as_ref()].into_iter().for_each(found);
    }
}

/// What a reader could find in a page: its text without tags (a phrase may run across one: `drop <em>the</em> guard`),
/// then each value of an attribute and each comment, for those who look at the source.
fn html_readings(html: &str, mut found: impl FnMut(&str)) {
    let mut text = String::with_capacity(html.len());
    for part in html.split('<') {
        let (tag, after) = part.split_once('>').unwrap_or(("", part));
        text.push_str(after);
        if let Some(comment) = tag.strip_prefix("!--") {
            found(&decoded(comment));
        }
        tag.split('"').skip(1).step_by(2).for_each(|value| found(&decoded(value)));
    }
    found(&decoded(&text));
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
    use crate::source::FileId;

    fn finds(page: &str, secret: &str) -> Option<String> {
        let mut phrases = Phrases::default();
        readings("a.html", page.as_bytes(), |text| phrases.add(text));
        phrases.found_in(&Secret::whole(secret, Span::start_of(FileId::default())))
    }

    #[test]
    fn a_phrase_is_found_across_tags_entities_and_case() {
        let page = "<p>Drop <em>the</em> guard &amp; wait, then go on</p>";
        assert_eq!(
            finds(page, "drop the guard; wait then go").as_deref(),
            Some("drop the guard wait then go")
        );
        assert_eq!(finds(page, "drop the lock and wait then go"), None);
    }

    #[test]
    fn attributes_and_comments_are_read_and_names_of_tags_are_not() {
        assert_eq!(finds("<img alt=\"blames others\">", "Blames others").as_deref(), Some("blames others"));
        assert_eq!(finds("<!-- blames others -->", "Blames others").as_deref(), Some("blames others"));
        assert_eq!(finds("<b>find</b><span>x</span>", "find span"), None);
    }

    #[test]
    fn a_word_is_no_phrase() {
        assert_eq!(finds("<p>deadlock</p>", "Deadlock"), None);
    }
}
