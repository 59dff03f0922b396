//! Every word that a page shows comes from a file of words, or from the author.
use crate::support::Project;
use askbook::{edition::Audience, site::Artifacts, text::words::Words};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Names that are the same in every language; the last are keys of a search.
const NAMES: [&str; 4] = ["Askbook", "Rust", "level:", "topic:"];

const CONFIG: &str = "\
title: Οδηγός
language: xx
retention: { months: 12, contact: Α }
invitation: { organisation: Β, contact: Γ }
";

const QUESTION: &str = "\
---
title: Ερώτηση {n}
candidate_title: Τίτλος {n}
topics: [\"1\"]
{kind}
levels: [\"1\"]
competencies: { \"1\": 2, \"2\": 1 }
status: {status}
introduced: 2026-01-05
reviewed: 2026-02-06
reviewers: [λ]
needs: [paper]
tags: [ετικέτα]
rust: { edition: \"2024\" }
---
Σκοπός.

## Prompt
Διάβασε αυτό.
## Materials
Ένα φύλλο.
## Ground rules
- Χωρίς βιασύνη.
## Answer
Η απάντηση.
## Listen for
- Πρώτο σημείο
- Δεύτερο σημείο
## Red flags
- Κακό σημείο
## Follow-ups
- Και μετά;
## Hints
1. Τι μένει;
2. Τι φεύγει;
## Rubric
### 1
- Τίποτα ακόμη
### 2
- Λίγο
### 3
- Όλο
### 4
- Και κάτι ακόμη
## Accommodations
Περισσότερος χρόνος.
## Notes
Σημείωση.
";

const PACKET: &str = "\
---
title: Φάκελος {n}
role: Μηχανικός
level: \"1\"
minutes: 45
opening: 5
closing: 5
competencies: [\"1\"]
include_answer: true
sections:
  - { title: Ενότητα, pick: [\"{n}1\"] }
  - { title: Δοκιμή, pick: [\"{n}2\"], unscored: true }
---
## Opening
Καλημέρα.
## Closing
Αντίο.
## Notes
Για μας.
";

/// A guide in Greek letters but for its `askbook.yaml`, so that every Latin one is ours. It has a page of each kind.
fn greek() -> Project {
    let question = |n: &str, kind: &str, status: &str| {
        QUESTION.replace("{n}", n).replace("{kind}", kind).replace("{status}", status)
    };
    let packet = |n: &str| PACKET.replace("{n}", n);
    let mut project = Project::default()
        .file(
            "content/taxonomy.yaml",
            "levels: { \"1\": { title: Επίπεδο } }\ntopics: { \"1\": { title: Θέμα, group: Ομάδα } }\n\
             competencies:\n  \"1\": { title: Γνώση, definition: Ξέρει. }\n  \"2\": { title: Κρίση, definition: Κρίνει. }\n",
        )
        .file(
            "content/scales/depth-4.yaml",
            "title: Κλίμακα\npoints:\n  - { value: 1, label: α, meaning: αα }\n  - { value: 2, label: β, meaning: ββ }\n  \
             - { value: 3, label: γ, meaning: γγ }\n  - { value: 4, label: δ, meaning: δδ }\n\
             not_assessed: true\nbar: 3\nrecommendation: [όχι, ναι]\n",
        )
        .file("content/pages/1.md", "---\ntitle: Σελίδα\n---\nΚείμενο.\n")
        .file(
            "content/loops/1.md",
            "---\ntitle: Κύκλος\nlevel: \"1\"\nrequires: { \"1\": 2, \"2\": 3 }\nstages:\n  \
             - { packet: \"1\", interviewer: Α }\n  \
             - { packet: \"2\", interviewer: Β, take_home: \"31\", alternative: άλλο }\n---\nΚείμενο.\n",
        );
    let questions = [
        ("11", "kind: debugging\nminutes: 10", "active"),
        ("12", "kind: coding\nminutes: 10", "pilot"),
        ("21", "kind: debugging\nminutes: 10", "active"),
        ("22", "kind: coding\nminutes: 10", "pilot"),
        ("31", "kind: take-home\nminutes: 60\nreview_minutes: 20", "active"),
        ("32", "kind: coding\nminutes: 10", "draft"),
    ];
    for (n, kind, status) in questions {
        project = project.file(&format!("content/questions/1/{n}.md"), &question(n, kind, status));
    }
    project.file("content/packets/1.md", &packet("1")).file("content/packets/2.md", &packet("2"))
}

/// Each word in quotes of its own, and nothing else changed.
fn quoted(word: &mut Value) {
    match word {
        Value::String(text) => *text = format!("«{text}»"),
        Value::Object(inner) => inner.values_mut().for_each(quoted),
        _ => {}
    }
}

fn in_quotes(theme: &str) -> Project {
    let mut words = serde_json::to_value(Words::default()).unwrap();
    quoted(&mut words);
    let config = format!("{CONFIG}theme: {theme}\n");
    greek().file("askbook.yaml", &config).file("themes/languages/xx.yaml", &words.to_string())
}

/// What is said to a reader, or to a screen reader.
const SAID: [&str; 6] = ["alt", "aria-label", "data-title", "label", "placeholder", "title"];

/// Elements whose text is no words: scripts, and the names of keys.
const WORDLESS: [&str; 3] = ["script", "style", "kbd"];

/// The texts of a page: that between tags as one, then each value of an attribute that is said.
fn texts_of_page(html: &str) -> Vec<String> {
    let mut between = String::new();
    let mut texts = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, after) = part.split_once('>').unwrap_or((part, ""));
        let name = tag.split_whitespace().next().unwrap_or_default();
        if !WORDLESS.contains(&name) {
            between.extend([" ", after]);
        }
        let mut pieces = tag.split('"');
        while let (Some(before), Some(value)) = (pieces.next(), pieces.next()) {
            let name = before.trim_end_matches('=').rsplit(char::is_whitespace).next().unwrap_or_default();
            if SAID.contains(&name) {
                texts.push(value.to_owned());
            }
        }
    }
    texts.push(between);
    texts
}

/// What a style sheet writes: the strings of each `content`, as one.
fn texts_of_sheet(css: &str) -> Vec<String> {
    let contents = css.split("content:").skip(1).map(|rest| {
        let value = rest.split([';', '}']).next().unwrap_or_default();
        value.split('"').skip(1).step_by(2).collect::<String>()
    });
    contents.collect()
}

/// `text` without what is in quotes.
fn outside_quotes(text: &str) -> String {
    let mut depth = 0;
    let outside = text.chars().filter(|c| {
        depth += i32::from(*c == '«');
        let is_outside = depth == 0;
        depth -= i32::from(*c == '»');
        is_outside
    });
    outside.collect()
}

/// The words of `text` in Latin letters that are in no file of words.
fn ours(text: &str) -> Vec<String> {
    let mut text = outside_quotes(text);
    for name in NAMES {
        text = text.replace(name, " ");
    }
    let words = text.split(|c: char| !c.is_alphanumeric() && !"&\\".contains(c));
    // Not a letter by its name or number, and not the start of a hash.
    let is_hash = |word: &str| word.len() == 8 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let is_word = |word: &&str| {
        word.contains(|c: char| c.is_ascii_alphabetic()) && !word.starts_with(['&', '\\']) && !is_hash(word)
    };
    words.filter(is_word).map(str::to_owned).collect()
}

/// The same of each page and style sheet that holds any.
fn ours_by_page(published: &Artifacts) -> BTreeMap<&str, BTreeSet<String>> {
    let pages = published.iter().filter_map(|(path, bytes)| {
        let texts = match path.rsplit_once('.')?.1 {
            "html" => texts_of_page(std::str::from_utf8(bytes).ok()?),
            "css" => texts_of_sheet(std::str::from_utf8(bytes).ok()?),
            _ => return None,
        };
        let words: BTreeSet<String> = texts.iter().flat_map(|text| ours(text)).collect();
        (!words.is_empty()).then_some((path, words))
    });
    pages.collect()
}

#[test]
fn every_word_of_ours_comes_from_the_language() {
    for theme in ["handbook", "plain"] {
        let project = in_quotes(theme);
        for audience in [Audience::Interviewer, Audience::Candidate] {
            assert_eq!(
                ours_by_page(&project.published_to(audience)),
                BTreeMap::new(),
                "{theme}, {audience:?}"
            );
        }
    }
}

#[test]
fn what_is_written_in_a_template_is_found() {
    let found = |template: &str| {
        let project = in_quotes("handbook").file("themes/handbook/templates/home.html", template);
        let published = project.published_to(Audience::Interviewer);
        ours_by_page(&published).remove("index.html").into_iter().flatten().collect::<Vec<_>>()
    };
    assert_eq!(found("<p>{{ words.menu.home }}<b>Home</b></p>"), ["Home"]);
    assert_eq!(found("<p title=\"A title\">{{ view.title }}</p>"), ["A", "title"]);
}
