//! Templates and the words that fill them.
use super::random::Random;
use std::collections::BTreeMap;

type Lists = BTreeMap<&'static str, Vec<&'static str>>;
/// Kind of word and number to the word.
pub(super) type Said = BTreeMap<(String, char), String>;

/// What sentences, code and names are made of.
pub(super) struct Phrases {
    /// Kind of word to words.
    pub(super) words: Lists,
    /// Place in a question to sentences.
    prose: Lists,
    /// Language to code blocks.
    code: Lists,
}

impl Phrases {
    pub(super) fn read() -> Self {
        Self {
            words: words(include_str!("words.txt")),
            prose: prose(include_str!("prose.txt")),
            code: code(include_str!("code.txt")),
        }
    }
}

/// `kind: word, word` on each line.
fn words(text: &'static str) -> Lists {
    let lists = without_remarks(text).filter_map(|line| line.split_once(": "));
    lists.map(|(kind, words)| (kind, words.split(", ").collect())).collect()
}

/// `[place]`, then a sentence a line.
fn prose(text: &'static str) -> Lists {
    let mut lists = Lists::new();
    let mut place = "";
    for line in without_remarks(text) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(name) => place = name,
            None => lists.entry(place).or_default().push(line),
        }
    }
    lists
}

/// `==== language`, then the lines of a block.
fn code(text: &'static str) -> Lists {
    let mut lists = Lists::new();
    for (language, block) in text.split("==== ").filter_map(|block| block.split_once('\n')) {
        lists.entry(language).or_default().push(block);
    }
    lists
}

fn without_remarks(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Fills templates for one page. `~noun1` to `~noun3` stay what they became; higher numbers hold within a template.
pub(super) struct Speaker<'a> {
    phrases: &'a Phrases,
    pub(super) random: Random,
    said: Said,
}

impl<'a> Speaker<'a> {
    pub(super) fn new(phrases: &'a Phrases, seed: u64) -> Self {
        Self { phrases, random: Random::new(seed), said: Said::new() }
    }

    /// Starts a page, with what is said of it elsewhere; returns what was said so far.
    pub(super) fn turn_to(&mut self, said: Said) -> Said {
        std::mem::replace(&mut self.said, said)
    }

    pub(super) fn word(&mut self, kind: &str) -> &'static str {
        self.random.pick(&self.phrases.words[kind])
    }

    /// `count` different sentences for `place`.
    pub(super) fn sentences(&mut self, place: &str, count: usize) -> Vec<String> {
        let drawn = self.random.draw(&self.phrases.prose[place], count);
        drawn.into_iter().map(|template| self.fill(template)).collect()
    }

    pub(super) fn sentence(&mut self, place: &str) -> String {
        self.sentences(place, 1).remove(0)
    }

    pub(super) fn code(&mut self, language: &str) -> String {
        let template = self.random.pick(&self.phrases.code[language]);
        self.fill(template)
    }

    fn fill(&mut self, template: &str) -> String {
        self.said.retain(|(_, number), _| *number <= '3');
        let mut text = String::with_capacity(template.len() * 2);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('~') {
            text.push_str(before);
            let (kind, after) = cut(after, after.find(|c: char| !c.is_ascii_alphabetic()));
            let (number, after) = match after.chars().next().filter(char::is_ascii_digit) {
                Some(digit) if !kind.is_empty() => (Some(digit), &after[1..]),
                _ => (None, after),
            };
            match kind {
                "" => text.push('~'),
                kind => text.push_str(&cased(&self.said(&kind.to_lowercase(), number), kind)),
            }
            rest = after;
        }
        text.push_str(rest);
        text
    }

    fn said(&mut self, kind: &str, number: Option<char>) -> String {
        let fresh = match kind {
            "n" => (2 + self.random.below(996)).to_string(),
            kind => self.word(kind).to_owned(),
        };
        match number {
            Some(number) => self.said.entry((kind.to_owned(), number)).or_insert(fresh).clone(),
            None => fresh,
        }
    }
}

fn cut(text: &str, at: Option<usize>) -> (&str, &str) {
    text.split_at(at.unwrap_or(text.len()))
}

/// `word` in capitals, with a capital, or as it is, as `model` is.
fn cased(word: &str, model: &str) -> String {
    let is_upper = |c: char| c.is_ascii_uppercase();
    if model.len() > 1 && model.chars().all(is_upper) {
        return word.to_uppercase();
    }
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if model.starts_with(is_upper) => first.to_uppercase().chain(letters).collect(),
        _ => word.to_owned(),
    }
}
