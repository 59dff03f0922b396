//! The inverted index: which documents hold a word, how much it says of each, and where in the title.
use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap},
};

use rayon::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};

use super::{
    encoding::{compare, push_number},
    entry::SearchEntry,
    tokens::{code_signs, prose_signs, words},
};

/// How much one occurrence says of its document, where the body is 2 so that a half remains.
mod weight {
    pub(super) const TITLE: u16 = 10;
    pub(super) const ALIAS: u16 = 7;
    pub(super) const TAG: u16 = 5;
    pub(super) const SUMMARY: u16 = 4;
    pub(super) const CODE_SIGN: u16 = 3;
    pub(super) const BODY: u16 = 2;
    pub(super) const CODE_WORD: u16 = 1;
}

/// Documents read by one thread at a time: enough that most of their words are shared.
const BATCH: usize = 512;

/// Every term with the documents that hold it. Forms of one English word share a group.
#[derive(Debug)]
pub(super) struct Index {
    /// How many words the title of each document has.
    pub(super) title_lengths: Vec<u32>,
    /// Terms in the order of [`compare`], each with the number of its group.
    pub(super) terms: Vec<(Box<str>, usize)>,
    /// The postings of each group.
    pub(super) groups: Vec<Group>,
}

/// The documents that hold any form of a word.
#[derive(Debug)]
pub(super) struct Group {
    /// How many there are.
    pub(super) documents: usize,
    /// [`Occurrences::encoded`].
    pub(super) postings: String,
}

#[derive(Debug, Clone, Copy)]
struct Posting {
    document: u32,
    weight: u16,
}

/// What is known of one term, in the order of documents.
#[derive(Debug, Default, Clone)]
struct Occurrences {
    postings: Vec<Posting>,
    /// Document and place in its title; aliases continue after the title.
    places: Vec<(u32, u32)>,
}

#[derive(Debug, Clone, Copy)]
struct Length {
    title: u32,
    body: u32,
}

type Terms = HashMap<Box<str>, Occurrences>;

impl Index {
    /// Reads every document.
    pub(super) fn of(entries: &[SearchEntry]) -> Self {
        let batches: Vec<(Terms, Vec<Length>)> = entries
            .par_chunks(BATCH)
            .enumerate()
            .map(|(batch, entries)| read_batch(batch * BATCH, entries))
            .collect();
        let mut all = Terms::new();
        let mut lengths = Vec::with_capacity(entries.len());
        for (terms, batch) in batches {
            lengths.extend(batch);
            merge(&mut all, terms);
        }
        let mut terms: Vec<(Box<str>, Occurrences)> = all.into_iter().collect();
        terms.par_sort_unstable_by(|(a, _), (b, _)| compare(a, b));
        let (terms, groups) = group(terms);
        let groups = groups.par_iter().map(|group| group.weighed(&lengths)).collect();
        Self { title_lengths: lengths.iter().map(|length| length.title).collect(), terms, groups }
    }

    /// Terms that more than this share of all documents hold.
    pub(super) fn in_more_than(&self, percent: usize) -> impl Iterator<Item = &str> {
        let most = self.title_lengths.len() * percent;
        self.terms
            .iter()
            .filter(move |(_, group)| self.groups[*group].documents * 100 > most)
            .map(|(term, _)| &**term)
    }
}

fn merge(all: &mut Terms, terms: Terms) {
    #[expect(
        clippy::iter_over_hash_type,
        reason = "each term is looked up by name, so their order does not show"
    )]
    for (term, later) in terms {
        let so_far = all.entry(term).or_default();
        so_far.postings.extend(later.postings);
        so_far.places.extend(later.places);
    }
}

/// Brings the forms of one English word together, in the order of the first of them.
fn group(terms: Vec<(Box<str>, Occurrences)>) -> (Vec<(Box<str>, usize)>, Vec<Occurrences>) {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut by_stem: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<Occurrences> = Vec::new();
    let terms = terms
        .into_iter()
        .map(|(term, occurrences)| {
            // Only plain English is stemmed: `e0382`, `'a` and `über` are looked up as they are.
            let is_english = term.bytes().all(|byte| byte.is_ascii_lowercase());
            let stem = if is_english { stemmer.stem(&term).into_owned() } else { term.to_string() };
            let number = *by_stem.entry(stem).or_insert(groups.len());
            match groups.get_mut(number) {
                Some(group) => group.absorb(occurrences),
                None => groups.push(occurrences),
            }
            (term, number)
        })
        .collect();
    (terms, groups)
}

fn read_batch(first: usize, entries: &[SearchEntry]) -> (Terms, Vec<Length>) {
    let mut terms = Terms::new();
    let lengths = (first..)
        .zip(entries)
        .map(|(number, entry)| {
            let document =
                u32::try_from(number).expect("a guide has fewer than four thousand million documents");
            read(entry, document, &mut terms)
        })
        .collect();
    (terms, lengths)
}

fn read(entry: &SearchEntry, document: u32, terms: &mut Terms) -> Length {
    let mut add = |term: &str, weight: u16, place: Option<u32>| {
        // Not `entry`, which would copy every term to look it up.
        match terms.get_mut(term) {
            Some(occurrences) => occurrences.add(document, weight, place),
            None => terms.entry(term.into()).or_default().add(document, weight, place),
        }
    };

    let title = words(&entry.title, |word, place| add(word, weight::TITLE, Some(place)));
    // A sign has no place among the words; 0 says only that it stands in the title.
    prose_signs(&entry.title, |sign| add(sign, weight::TITLE, Some(0)));

    // Aliases are other titles: their words are neighbours too, but a gap keeps them apart.
    let mut start = title + 1;
    for alias in &entry.aliases {
        start += 1 + words(alias, |word, place| add(word, weight::ALIAS, Some(start + place)));
        prose_signs(alias, |sign| add(sign, weight::ALIAS, None));
        code_signs(alias, |sign| add(sign, weight::ALIAS, None));
    }
    for tag in &entry.tags {
        words(tag, |word, _| add(word, weight::TAG, None));
    }
    words(&entry.summary, |word, _| add(word, weight::SUMMARY, None));
    prose_signs(&entry.summary, |sign| add(sign, weight::SUMMARY / 2, None));
    let body = words(&entry.body, |word, _| add(word, weight::BODY, None));
    prose_signs(&entry.body, |sign| add(sign, weight::BODY / 2, None));
    for code in &entry.code {
        words(code, |word, _| add(word, weight::CODE_WORD, None));
        // Plain text does not tell which of its words are code, but the same words in `code` do.
        if !code.trim().is_empty() && entry.title.contains(code.as_str()) {
            code_signs(code, |sign| add(sign, weight::TITLE, Some(0)));
        } else {
            code_signs(code, |sign| add(sign, weight::CODE_SIGN, None));
        }
    }
    Length { title, body }
}

impl Occurrences {
    fn add(&mut self, document: u32, weight: u16, place: Option<u32>) {
        match self.postings.last_mut() {
            Some(last) if last.document == document => last.weight = last.weight.saturating_add(weight),
            _ => self.postings.push(Posting { document, weight }),
        }
        self.places.extend(place.map(|place| (document, place)));
    }

    /// Adds the occurrences of another form of the same word.
    fn absorb(&mut self, other: Self) {
        let mut merged = Vec::with_capacity(self.postings.len() + other.postings.len());
        let (mut ours, mut theirs) = (self.postings.iter().peekable(), other.postings.iter().peekable());
        while let (Some(&&our), Some(&&their)) = (ours.peek(), theirs.peek()) {
            let order = our.document.cmp(&their.document);
            let weight = match order {
                Ordering::Less => our.weight,
                Ordering::Equal => our.weight.saturating_add(their.weight),
                Ordering::Greater => their.weight,
            };
            merged.push(Posting { document: our.document.min(their.document), weight });
            if order.is_le() {
                ours.next();
            }
            if order.is_ge() {
                theirs.next();
            }
        }
        merged.extend(ours);
        merged.extend(theirs);
        self.postings = merged;
        self.places.extend(other.places);
    }

    fn weighed(&self, lengths: &[Length]) -> Group {
        let average =
            lengths.iter().map(|length| u64::from(length.body)).sum::<u64>() / lengths.len().max(1) as u64;
        Group { documents: self.postings.len(), postings: self.encoded(lengths, average.max(1)) }
    }

    /// How many documents; for each the distance to the one before, the impact in four bits and whether
    /// places follow; then how many places, and the distances between them.
    fn encoded(&self, lengths: &[Length], average: u64) -> String {
        let mut places: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for &(document, place) in &self.places {
            places.entry(document).or_default().push(place);
        }
        let mut text = String::new();
        push_number(&mut text, small(self.postings.len()));
        let mut before = 0;
        for &Posting { document, weight } in &self.postings {
            let impact = impact(weight, lengths[document as usize].body, average);
            let places = places.get_mut(&document);
            push_number(&mut text, (document - before) << 5 | impact << 1 | u32::from(places.is_some()));
            before = document;
            if let Some(places) = places {
                push_places(&mut text, places);
            }
        }
        text
    }
}

fn push_places(text: &mut String, places: &mut Vec<u32>) {
    places.sort_unstable();
    places.dedup();
    push_number(text, small(places.len()));
    let mut before = 0;
    for &place in &*places {
        push_number(text, place - before);
        before = place;
    }
}

/// The saturating part of BM25 with k1 = 1.2 and b = 0.6, from 1 to 15. In whole numbers, so that every
/// machine rounds alike: 15·w / (w + 2·1.2·(0.4 + 0.6·length / average)), both sides times 100·average.
fn impact(weight: u16, length: u32, average: u64) -> u32 {
    let weight = u64::from(weight) * 100 * average;
    let whole = weight + 96 * average + 144 * u64::from(length);
    let rounded = (15 * weight + whole / 2) / whole;
    u32::try_from(rounded.clamp(1, 15)).expect("15 is small")
}

fn small(number: usize) -> u32 {
    u32::try_from(number).expect("a guide has fewer than four thousand million documents and words")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::search::encoding::decoding::numbers;

    fn entry(title: &str, body: &str) -> SearchEntry {
        SearchEntry { title: title.into(), body: body.into(), ..SearchEntry::default() }
    }

    fn postings(index: &Index, term: &str) -> Vec<u32> {
        let (_, group) = index.terms.iter().find(|(it, _)| &**it == term).unwrap();
        numbers(&index.groups[*group].postings)
    }

    #[test]
    fn forms_of_one_word_share_their_documents() {
        let index =
            Index::of(&[entry("", "locks are held"), entry("", "nothing"), entry("", "locking a lock")]);
        assert_eq!(postings(&index, "locking"), postings(&index, "locks"));
        let (count, first, second) = (2, 0, 2);
        let found = postings(&index, "lock");
        assert_eq!([found[0], found[1] >> 5, found[2] >> 5], [count, first, second - first]);
        assert!((found[2] >> 1 & 15) > (found[1] >> 1 & 15), "two forms in one document add up: {found:?}");
    }

    #[test]
    fn places_in_titles_and_aliases_are_kept() {
        let mut question = entry("Send and Sync", "");
        question.aliases = vec!["thread safety".into(), "sync".into()];
        let index = Index::of(&[question]);
        assert_eq!(
            postings(&index, "sync")[2..],
            [2, 2, 5],
            "two places: 2 in the title, 5 further the second alias"
        );
        assert_eq!(postings(&index, "safety")[2..], [1, 5]);
    }

    #[test]
    fn a_title_outweighs_an_alias_a_summary_and_a_body() {
        let weights = [weight::TITLE, weight::ALIAS, weight::TAG, weight::SUMMARY, weight::BODY];
        let impacts = weights.map(|weight| impact(weight, 100, 100));
        assert!(impacts.is_sorted_by(|a, b| a > b), "{impacts:?}");
        assert!(impact(2, 1000, 100) < impact(2, 100, 100), "a word says less in a long text");
    }

    #[test]
    fn signs_in_code_of_the_title_count_as_title() {
        let mut question = entry("What does foo()? do", "");
        question.code = vec!["foo()?".into()];
        let index = Index::of(&[question]);
        assert_eq!(postings(&index, "?")[1] & 1, 1);
    }
}
