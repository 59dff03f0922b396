//! The words of the interface: a text for each name, in the language of a guide, with English below it.
//!
//! A language is a file, `themes/languages/<tag>.yaml`: groups of entries, where an entry is a text with `{places}` or
//! its plural forms. Ours are part of the program; the project's lie over them, entry by entry.
mod built_in;
mod file;
mod plural;
mod word;

pub use plural::{Plurals, is_language};
pub use word::{Unfilled, fill};

use crate::source::{Code, Diagnostic, Diagnostics, Sources, Span, Spanned};
use file::Entry;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
};
use word::Word;

const UNKNOWN_LANGUAGE: Code = Code("unknown-language");
const MISSING_WORDS: Code = Code("missing-words");

const ENGLISH: &str = "en";
/// So many missing words are named: who lacks more starts from the English file.
const NAMED: usize = 12;

/// Every word of the interface, by the names of its group and its own: `browse.sort`.
#[derive(Debug, Clone)]
pub struct Words {
    words: BTreeMap<String, Word>,
    plurals: Plurals,
}

impl Default for Words {
    /// English, as we made it.
    fn default() -> Self {
        Self { words: named(&built_in::entries(ENGLISH)), plurals: Plurals::of(ENGLISH) }
    }
}

impl Words {
    /// The words of `language`. What it lacks is English, and that is told.
    pub fn of(language: &Spanned<String>, sources: &Sources, diagnostics: &mut Diagnostics) -> Self {
        let mut words = Self::default();
        let theirs = file::entries(ENGLISH, sources, diagnostics);
        let mut english = words.words.clone();
        file::add_groups(&mut english, &theirs, diagnostics);
        words.words.extend(named(&theirs));
        let tags = plural::widening(&language.value);
        // `en-GB` says what it says otherwise, and nothing else.
        let is_english = tags.iter().any(|tag| tag == ENGLISH);
        match Translation::of(&tags, sources, diagnostics) {
            Some(translation) => {
                file::compare(&translation.theirs, &english, diagnostics);
                let translated = translation.words();
                let missing =
                    english.keys().map(String::as_str).filter(|name| !translated.contains_key(*name));
                let missing: Vec<&str> = missing.collect();
                if !missing.is_empty() && !is_english {
                    let place = translation.start.unwrap_or(language.span);
                    diagnostics.push(lacking(&translation.tag, &missing, place));
                }
                words.plurals = Plurals::of(&translation.tag);
                words.words.extend(translated);
            }
            None if is_english => {}
            None => diagnostics.push(unknown(language, tags.last().map_or("", String::as_str))),
        }
        words
    }

    /// These groups alone.
    #[must_use]
    pub fn only(&self, groups: &[&str]) -> Self {
        let is_in = |name: &str| groups.contains(&file::group(name));
        let words = self.words.iter().filter(|(name, _)| is_in(name));
        Self {
            words: words.map(|(name, word)| (name.clone(), word.clone())).collect(),
            plurals: self.plurals.clone(),
        }
    }

    /// The text `name`, which has neither places nor forms.
    pub fn text(&self, name: &str) -> &str {
        match self.word(name) {
            Word::Text(text) => text,
            Word::Plural(_) => panic!("`{name}` has plural forms, so it is asked for with a count"),
        }
    }

    /// The text `name` with its places filled; the value of `count`, if there is one, chooses the form.
    pub fn filled(&self, name: &str, values: &[(&str, &dyn Display)]) -> String {
        let value =
            |place: &str| values.iter().find(|(name, _)| *name == place).map(|(_, value)| value.to_string());
        let text = match self.word(name) {
            Word::Text(text) => text,
            Word::Plural(forms) => {
                let count = value("count").and_then(|count| count.parse().ok());
                let category = self.plurals.category(count.expect("plural forms are chosen by a `count`"));
                forms.get(category).or_else(|| forms.get(plural::OTHER)).expect("each word has its last form")
            }
        };
        match fill(text, |place| value(place).ok_or(())) {
            Ok(filled) => filled,
            Err(Unfilled { place, .. }) => {
                panic!("`{name}` has a place `{place}` that nothing was given for")
            }
        }
    }

    fn word(&self, name: &str) -> &Word {
        self.words.get(name).unwrap_or_else(|| panic!("the English file has no `{name}`, and we ask for it"))
    }

    /// Which form of a word goes with a number.
    pub fn plurals(&self) -> &Plurals {
        &self.plurals
    }

    /// Every text that is ours, and not the project's.
    pub fn built_in_texts(&self) -> impl Iterator<Item = &str> {
        let ours: Vec<Entry> = built_in::tags().flat_map(built_in::entries).collect();
        let ours: BTreeSet<(String, Word)> =
            ours.into_iter().map(|entry| (entry.name.value, entry.word)).collect();
        let words = self.words.iter();
        let is_ours =
            move |(name, word): &(&String, &Word)| ours.contains(&((*name).clone(), (*word).clone()));
        words.filter(is_ours).flat_map(|(_, word)| word.texts())
    }
}

impl Serialize for Words {
    /// Groups in groups, as the files have them.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut root = Map::new();
        for (name, word) in &self.words {
            let mut group = &mut root;
            let mut parts = name.split('.').peekable();
            while let Some(part) = parts.next() {
                if parts.peek().is_none() {
                    group.insert(part.to_owned(), serde_json::to_value(word).expect("a word is plain data"));
                    break;
                }
                let inner = group.entry(part).or_insert_with(|| Value::Object(Map::new()));
                if !inner.is_object() {
                    *inner = Value::Object(Map::new());
                }
                group = inner.as_object_mut().expect("it was made one above");
            }
        }
        root.serialize(serializer)
    }
}

/// What there is for a language that is not English.
struct Translation {
    /// The narrowest tag that has a file.
    tag: String,
    /// Ours, of each tag; the widest first.
    ours: Vec<Entry>,
    /// The project's, likewise.
    theirs: Vec<Entry>,
    /// Where the project's narrowest file begins.
    start: Option<Span>,
}

impl Translation {
    fn of(tags: &[String], sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Self> {
        let is_there = |tag: &&String| *tag != ENGLISH && file::source(tag, sources).is_some();
        let is_ours = |tag: &&String| *tag != ENGLISH && built_in::is_there(tag);
        let tag = tags.iter().find(|tag| is_there(tag) || is_ours(tag))?;
        let widest_first = || tags.iter().rev();
        let start = tags.iter().filter(is_there).find_map(|tag| file::source(tag, sources));
        Some(Self {
            tag: tag.clone(),
            ours: widest_first().filter(is_ours).flat_map(|tag| built_in::entries(tag)).collect(),
            theirs: widest_first()
                .filter(is_there)
                .flat_map(|tag| file::entries(tag, sources, diagnostics))
                .collect(),
            start: start.map(|source| Span::start_of(source.id)),
        })
    }

    fn words(&self) -> BTreeMap<String, Word> {
        named(self.ours.iter().chain(&self.theirs))
    }
}

fn named<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> BTreeMap<String, Word> {
    entries.into_iter().map(|entry| (entry.name.value.clone(), entry.word.clone())).collect()
}

fn unknown(language: &Spanned<String>, widest: &str) -> Diagnostic {
    let message = format!("there are no words in `{}`, so the interface is in English", language.value);
    let help = format!("write `{}`; what it does not have stays English", file::path(widest));
    Diagnostic::warning(UNKNOWN_LANGUAGE, language.span, message).help(help)
}

fn lacking(tag: &str, missing: &[&str], place: Span) -> Diagnostic {
    let count = missing.len();
    let named: Vec<String> = missing.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    let more = if count > NAMED { format!(" and {} more", count - NAMED) } else { String::new() };
    let words = if count == 1 { "a word" } else { &format!("{count} words") };
    let message = format!("`{tag}` lacks {words}, in English for now: {}{more}", named.join(", "));
    Diagnostic::warning(MISSING_WORDS, place, message).help(format!("add them to `{}`", file::path(tag)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(language: &str, files: &[(&str, &str)]) -> (Words, Vec<String>) {
        let mut sources = Sources::default();
        let config = sources.insert("askbook.yaml", "");
        for (path, text) in files {
            sources.insert(*path, *text);
        }
        let language = Spanned::new(language.to_owned(), Span::start_of(config));
        let mut diagnostics = Diagnostics::default();
        let words = Words::of(&language, &sources, &mut diagnostics);
        let told = diagnostics.sorted().into_iter().map(|told| {
            let span = told.span.unwrap();
            let source = sources.get(span.file);
            let at = source.line_column(span.start);
            format!("{}:{}:{} {}", source.path, at.line, at.column, told.message)
        });
        (words, told.collect())
    }

    #[test]
    fn every_language_of_ours_is_complete_and_says_nothing_else() {
        for tag in built_in::tags().filter(|tag| *tag != ENGLISH) {
            assert_eq!(words(tag, &[]).1, [""; 0], "{tag}");
        }
    }

    #[test]
    fn a_word_of_ours_has_every_form_of_its_language() {
        for tag in built_in::tags() {
            let expected: BTreeSet<&str> = Plurals::of(tag).categories().into_iter().collect();
            for entry in built_in::entries(tag) {
                let Word::Plural(forms) = &entry.word else { continue };
                let forms: BTreeSet<&str> = forms.keys().map(String::as_str).collect();
                assert_eq!(forms, expected, "{tag}: {}", entry.name.value);
            }
        }
    }

    #[test]
    fn a_narrow_language_falls_back_to_the_wide_one_and_then_to_english() {
        let narrow = ("themes/languages/de-CH.yaml", "not_found: { title: Ohne scharfes S }");
        let (found, told) = words("de-CH", &[narrow]);
        assert_eq!(told, [""; 0]);
        assert_eq!(found.text("not_found.title"), "Ohne scharfes S");
        assert_eq!(found.text("hand_out.title"), words("de", &[]).0.text("hand_out.title"));
        assert_eq!(words("de-ch", &[narrow]).0.text("not_found.title"), "Ohne scharfes S");
        assert_eq!(words("en-GB", &[]).1, [""; 0]);
    }

    #[test]
    fn a_language_without_words_is_told_once_where_it_was_chosen() {
        let (found, told) = words("fr-CA", &[]);
        assert_eq!(found.text("not_found.title"), Words::default().text("not_found.title"));
        assert_eq!(told, ["askbook.yaml:1:1 there are no words in `fr-CA`, so the interface is in English"]);
    }

    #[test]
    fn what_a_language_lacks_is_counted_and_named_once() {
        let all = Words::default().words.len();
        let (found, told) =
            words("fr", &[("themes/languages/fr.yaml", "not_found: { title: Page introuvable }")]);
        assert_eq!(found.text("not_found.title"), "Page introuvable");
        assert_eq!(told.len(), 1);
        assert!(
            told[0].starts_with(&format!(
                "themes/languages/fr.yaml:1:1 `fr` lacks {} words, in English",
                all - 1
            )),
            "{told:?}"
        );
    }

    #[test]
    fn what_is_wrong_in_a_file_is_told_at_its_place() {
        let text = "\
not_found:
  titel: Weg
  title: [a, b]
  nothing_here: In {guide} von {gilde} fehlt es
fraem: { x: y }
hand_out:
  title: { one: Blatt }
  about:
";
        assert_eq!(
            words("de", &[("themes/languages/de.yaml", text)]).1,
            [
                "themes/languages/de.yaml:2:3 unknown word `not_found.titel`",
                "themes/languages/de.yaml:3:10 `not_found.title` is a list, not a text",
                "themes/languages/de.yaml:4:17 `{gilde}` stands for nothing here",
                "themes/languages/de.yaml:5:10 unknown word `fraem.x`",
                "themes/languages/de.yaml:7:10 `hand_out.title` has no form `other`",
                "themes/languages/de.yaml:8:3 `hand_out.about` is empty",
            ]
        );
    }

    #[test]
    fn a_theme_adds_groups_of_its_own_to_english() {
        let file = ("themes/languages/en.yaml", "mine: { hello: 'Hello, {name}' }\nhand_out: { titel: x }");
        let (found, told) = words("en", &[file]);
        assert_eq!(found.filled("mine.hello", &[("name", &"Ada")]), "Hello, Ada");
        assert_eq!(told, ["themes/languages/en.yaml:2:13 unknown word `hand_out.titel`"]);
    }

    #[test]
    fn a_count_chooses_the_form() {
        let text = "mine: { found: { one: '{count} question', few: '{count} pytania', other: '{count} questions' } }";
        let (english, _) = words("en", &[("themes/languages/en.yaml", text)]);
        let (polish, _) =
            words("pl", &[("themes/languages/en.yaml", text), ("themes/languages/pl.yaml", text)]);
        assert_eq!(english.filled("mine.found", &[("count", &1)]), "1 question");
        assert_eq!(english.filled("mine.found", &[("count", &2)]), "2 questions");
        assert_eq!(polish.filled("mine.found", &[("count", &2)]), "2 pytania");
        assert_eq!(polish.filled("mine.found", &[("count", &5)]), "5 questions", "the last form stands in");
    }

    #[test]
    fn some_groups_can_be_had_alone() {
        let some = serde_json::to_value(Words::default().only(&["hand_out"])).unwrap();
        assert_eq!(some.as_object().unwrap().keys().collect::<Vec<_>>(), ["hand_out"]);
    }
}
