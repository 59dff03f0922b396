//! `themes/languages/<tag>.yaml`: read, and held against English.
use super::{
    plural::{OTHER, is_category},
    word::Word,
};
use crate::{
    source::{Code, Diagnostic, Diagnostics, Source, Sources, Spanned, did_you_mean},
    text::yaml::{self, Content, Mapping},
};
use std::collections::{BTreeMap, BTreeSet};

const WRONG_TYPE: Code = Code("wrong-type");
const EMPTY_VALUE: Code = Code("empty-value");
const UNKNOWN_WORD: Code = Code("unknown-word");
const UNKNOWN_PLACE: Code = Code("unknown-placeholder");
const MISSING_FORM: Code = Code("missing-plural-form");

/// A word as an author wrote it.
pub(super) struct Entry {
    /// With the names of its groups: `browse.sort`.
    pub(super) name: Spanned<String>,
    /// What is said.
    pub(super) word: Word,
    /// The same, each at its place.
    texts: Vec<Spanned<String>>,
}

/// Where the words of `tag` are, in a project and in ours.
pub(super) fn path(tag: &str) -> String {
    format!("themes/languages/{tag}.yaml")
}

/// The file of `tag` in `sources`.
pub(super) fn source<'a>(tag: &str, sources: &'a Sources) -> Option<&'a Source> {
    sources.at(&path(tag))
}

/// The words that the file of `tag` in `sources` holds; none if there is no such file.
pub(super) fn entries(tag: &str, sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<Entry> {
    let mut entries = Vec::new();
    if let Some(source) = source(tag, sources)
        && let Some(mapping) = yaml::read(source, 0..source.text.len(), diagnostics)
    {
        read_group("", mapping, &mut entries, diagnostics);
    }
    entries
}

fn read_group(prefix: &str, group: Mapping, entries: &mut Vec<Entry>, diagnostics: &mut Diagnostics) {
    for (key, content) in group.into_contents() {
        let name = Spanned::new(format!("{prefix}{}", key.value), key.span);
        match content {
            Content::Text(text) => {
                entries.push(Entry { name, word: Word::Text(text.value.clone()), texts: vec![text] });
            }
            Content::Mapping(inner) if is_plural(&inner) => {
                entries.extend(read_plural(name, inner, diagnostics));
            }
            Content::Mapping(inner) => read_group(&format!("{}.", name.value), inner, entries, diagnostics),
            Content::Nothing => {
                let problem = Diagnostic::error(EMPTY_VALUE, key.span, format!("`{}` is empty", name.value));
                diagnostics.push(problem.help("write a text, or delete the line: English then stands in"));
            }
            Content::List(span) => {
                let message = format!("`{}` is a list, not a text", name.value);
                diagnostics.push(Diagnostic::error(WRONG_TYPE, span, message));
            }
        }
    }
}

/// Whether `inner` holds forms and not words.
fn is_plural(inner: &Mapping) -> bool {
    inner.keys().next().is_some() && inner.keys().all(is_category)
}

fn read_plural(name: Spanned<String>, forms: Mapping, diagnostics: &mut Diagnostics) -> Option<Entry> {
    let place = forms.span();
    let mut texts = Vec::new();
    let mut read = BTreeMap::new();
    for (category, content) in forms.into_contents() {
        if let Content::Text(text) = content {
            read.insert(category.value, text.value.clone());
            texts.push(text);
        } else {
            let message = format!("form `{}` of `{}` is no text", category.value, name.value);
            diagnostics.push(Diagnostic::error(WRONG_TYPE, category.span, message));
        }
    }
    if !read.contains_key(OTHER) {
        let message = format!("`{}` has no form `{OTHER}`", name.value);
        diagnostics.push(
            Diagnostic::error(MISSING_FORM, place, message)
                .help("add `other: …`: numbers without a form of their own take it"),
        );
        return None;
    }
    Some(Entry { name, word: Word::Plural(read), texts })
}

/// Tells the words of a translation that `english` does not have, and their places.
pub(super) fn compare(entries: &[Entry], english: &BTreeMap<String, Word>, diagnostics: &mut Diagnostics) {
    for entry in entries {
        match english.get(&entry.name.value) {
            Some(word) => entry.tell_unknown_places(word, diagnostics),
            None => diagnostics.push(unknown(&entry.name, english)),
        }
    }
}

/// Adds a project's own English to `english`, as far as that knows it or nothing like it: a theme may have groups of
/// its own. The rest is told.
pub(super) fn add_groups(
    english: &mut BTreeMap<String, Word>,
    theirs: &[Entry],
    diagnostics: &mut Diagnostics,
) {
    let known: BTreeSet<String> = groups(english).map(str::to_owned).collect();
    let is_new = |entry: &&Entry| !known.contains(group(&entry.name.value));
    for entry in theirs.iter().filter(is_new) {
        english.insert(entry.name.value.clone(), entry.word.clone());
    }
    compare(theirs, english, diagnostics);
}

impl Entry {
    fn tell_unknown_places(&self, english: &Word, diagnostics: &mut Diagnostics) {
        let known = english.places();
        for place in self.word.places().difference(&known) {
            let mark = format!("{{{place}}}");
            let text = self.texts.iter().find(|text| text.value.contains(&mark));
            let span = text.map_or(self.name.span, |text| text.span);
            let help = did_you_mean(place, known.iter().copied());
            let message = format!("`{mark}` stands for nothing here");
            diagnostics.push(Diagnostic::error(UNKNOWN_PLACE, span, message).maybe_help(help));
        }
    }
}

fn unknown(name: &Spanned<String>, english: &BTreeMap<String, Word>) -> Diagnostic {
    let (above, own) = name.value.rsplit_once('.').unwrap_or(("", &name.value));
    let beside = english.keys().filter_map(|known| {
        let (group, own) = known.rsplit_once('.')?;
        (group == above).then_some(own)
    });
    let beside: Vec<&str> = beside.collect();
    let help = if beside.is_empty() {
        did_you_mean(group(&name.value), groups(english).collect::<BTreeSet<_>>())
    } else {
        did_you_mean(own, beside)
    };
    Diagnostic::warning(UNKNOWN_WORD, name.span, format!("unknown word `{}`", name.value)).maybe_help(help)
}

fn groups(words: &BTreeMap<String, Word>) -> impl Iterator<Item = &str> {
    words.keys().map(String::as_str).map(group)
}

/// The first name of `browse.sort`.
pub(super) fn group(name: &str) -> &str {
    name.split('.').next().unwrap_or_default()
}
