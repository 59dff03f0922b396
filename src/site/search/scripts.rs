//! What the index says to `askbookSearch`: one call in a classic script for each kind of data.
use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
};

use rayon::prelude::*;
use serde::Serialize;

use super::{
    encoding::{compare, push_number, push_term},
    entry::SearchEntry,
    facets,
    postings::Index,
};

/// What the browser's script must be able to read; it refuses any other number.
const FORMAT: u32 = 2;

/// From this many documents on, a word in a fifth of them is common because of the guide, not by chance.
const SOME: usize = 30;

/// From this many documents on, words in more than half of them cost more to load than they tell.
const MANY: usize = 1000;

/// Words that questions are made of rather than about: good to have in a result, no reason to refuse one.
const FUNCTION_WORDS: &str = "a about an and are as at be between but by can could did do does for from had has have \
    how i if in into is it its me my no not of on or our should so than that the their them then there these they \
    this to us was we were what when where which while who why will with would you your \
    again all also any each even every here just many more most much only other rather same some still such too very yet";

/// Terms and postings, from `first` up to the first of the next shard.
#[derive(Debug)]
pub(super) struct Shard<'a> {
    /// The first term it holds.
    pub(super) first: &'a str,
    /// The script that hands it over.
    pub(super) script: String,
}

/// How many documents share a file.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Batches {
    /// Of what results show at once.
    pub(super) names: usize,
    /// Of what excerpts are cut from.
    pub(super) texts: usize,
}

/// Where the rest of the index lies. Hashes of numbered files stand one after the other.
#[derive(Debug, Serialize)]
pub(super) struct Files<'a> {
    /// Hashes of `texts-0.<hash>.js`, and so on.
    pub(super) texts: String,
    /// What a small guide has in its entry.
    #[serde(flatten)]
    pub(super) divided: Option<Divided<'a>>,
}

/// Where the parts of a divided index lie.
#[derive(Debug, Serialize)]
pub(super) struct Divided<'a> {
    /// The first term of each shard.
    pub(super) firsts: Vec<&'a str>,
    /// Hashes of `terms-0.<hash>.js`, and so on.
    pub(super) terms: String,
    /// Hashes of `names-0.<hash>.js`, and so on.
    pub(super) names: String,
    /// Name of the file of facets.
    pub(super) facets: String,
    /// Name of the file of words for typos.
    pub(super) vocabulary: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Core<'a> {
    format: u32,
    documents: usize,
    title_lengths: String,
    common: BTreeSet<&'a str>,
    skipped: Vec<&'a str>,
    batches: Batches,
    files: Files<'a>,
}

/// What every query needs.
pub(super) fn core(index: &Index, batches: Batches, files: Files<'_>) -> String {
    let documents = index.title_lengths.len();
    let mut title_lengths = String::new();
    index.title_lengths.iter().for_each(|&length| push_number(&mut title_lengths, length));
    let mut common: BTreeSet<&str> = FUNCTION_WORDS.split(' ').collect();
    if documents >= SOME {
        common.extend(index.in_more_than(20));
    }
    let skipped = if documents >= MANY { index.in_more_than(50).collect() } else { Vec::new() };
    call("core", &[json(&Core { format: FORMAT, documents, title_lengths, common, skipped, batches, files })])
}

/// What results can be narrowed by.
pub(super) fn facets(entries: &[SearchEntry]) -> String {
    call("facets", &[json(&facets::columns(entries))])
}

/// What results show at once, `batch` documents a script.
pub(super) fn names(entries: &[SearchEntry], batch: usize) -> Vec<String> {
    batched("names", entries, batch, |it| [&it.route, &it.title, &it.kind, &it.summary])
}

/// What excerpts are cut from, `batch` documents a script.
pub(super) fn texts(entries: &[SearchEntry], batch: usize) -> Vec<String> {
    batched("texts", entries, batch, |it| &it.body)
}

fn batched<'a, T: Serialize>(
    function: &str,
    entries: &'a [SearchEntry],
    batch: usize,
    part: impl Fn(&'a SearchEntry) -> T + Sync,
) -> Vec<String> {
    let scripts = entries.par_chunks(batch.max(1)).enumerate().map(|(number, entries)| {
        let parts: Vec<T> = entries.iter().map(&part).collect();
        call(function, &[number.to_string(), json(&parts)])
    });
    scripts.collect()
}

/// The dictionary, about `size` bytes a script.
pub(super) fn terms(index: &Index, size: usize) -> Vec<Shard<'_>> {
    let mut shards = Vec::new();
    let mut rest = &index.terms[..];
    // At least one, so that the browser finds a dictionary even where it finds no word.
    while !rest.is_empty() || shards.is_empty() {
        let (shard, count) = shard(index, rest, size, shards.len());
        shards.push(shard);
        rest = &rest[count..];
    }
    shards
}

/// A shard of the first terms, and how many they are.
fn shard<'a>(
    index: &'a Index,
    terms: &'a [(Box<str>, usize)],
    size: usize,
    number: usize,
) -> (Shard<'a>, usize) {
    let mut coded = String::new();
    let mut groups = String::new();
    let mut postings: Vec<&str> = Vec::new();
    let mut bytes = 0;
    // A group that several shards need is in each of them, under a number of its own.
    let mut numbers: HashMap<usize, usize> = HashMap::new();
    let mut previous = "";
    let mut count = 0;
    for (term, group) in terms {
        if bytes + coded.len() > size {
            break;
        }
        push_term(&mut coded, previous, term);
        previous = term;
        count += 1;
        let number = *numbers.entry(*group).or_insert_with(|| {
            bytes += index.groups[*group].postings.len();
            postings.push(&index.groups[*group].postings);
            postings.len() - 1
        });
        push_number(&mut groups, u32::try_from(number).expect("a shard has few groups"));
    }
    let data = [number.to_string(), json(&coded), json(&groups), json(&postings.join(" "))];
    let first = terms.first().map_or("", |(term, _)| term);
    (Shard { first, script: call("terms", &data) }, count)
}

/// The words that most documents hold, `count` of them, for the correction of typos.
pub(super) fn vocabulary(index: &Index, count: usize) -> String {
    let mut words: Vec<(Reverse<usize>, &str)> = index
        .terms
        .iter()
        .filter(|(term, _)| term.chars().count() >= 4 && term.chars().all(char::is_alphabetic))
        .map(|(term, group)| (Reverse(index.groups[*group].documents), &**term))
        .collect();
    words.sort_unstable();
    words.truncate(count);
    words.sort_unstable_by(|(_, a), (_, b)| compare(a, b));
    let mut coded = String::new();
    let mut previous = "";
    for (_, word) in words {
        push_term(&mut coded, previous, word);
        previous = word;
    }
    call("vocabulary", &[json(&coded)])
}

/// Hands `arguments` to a function of the browser's script.
pub(super) fn call(function: &str, arguments: &[String]) -> String {
    format!("askbookSearch.{function}({});\n", arguments.join(","))
}

/// `value` as JavaScript.
pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts, numbers and lists of them are JSON")
}
