//! Which files the index lies in: one for a small guide, many for a large one.
use super::{
    super::artifacts::Artifacts,
    entry::SearchEntry,
    postings::Index,
    scripts::{self, Batches, Divided, Files, Shard, call, json},
};

/// The only name that pages know. It is the same in every build, so that a changed question does not change
/// every page; what it names carries the hash of its content, and browsers may keep it for ever.
const ENTRY: &str = "index.js";

/// Sizes at which the index is divided.
#[derive(Debug)]
pub(super) struct Limits {
    /// Up to so many bytes all but the texts is in one file: more bytes cost less than more requests.
    whole: usize,
    /// Bytes of terms and postings that share a file.
    terms: usize,
    /// Documents that share a file.
    batches: Batches,
    /// Words that a typo is compared with, beside those that begin alike.
    vocabulary: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let batches = Batches { names: 32, texts: 8 };
        Self { whole: 64_000, terms: 12_000, batches, vocabulary: 12_000 }
    }
}

/// Writes the index of `entries`.
pub(super) fn write(entries: &[SearchEntry], limits: &Limits) -> Artifacts {
    let index = Index::of(entries);
    let facets = scripts::facets(entries);
    let shards = scripts::terms(&index, limits.terms);
    let names = scripts::names(entries, limits.batches.names);
    let size = facets.len()
        + shards.iter().map(|shard| shard.script.len()).sum::<usize>()
        + names.iter().map(String::len).sum::<usize>();
    let mut folder = Folder::default();
    let texts = folder.insert_all("texts", scripts::texts(entries, limits.batches.texts));
    if size <= limits.whole {
        let batches = Batches { names: entries.len().max(1), ..limits.batches };
        let core = scripts::core(&index, batches, Files { texts, divided: None });
        folder.insert(ENTRY, core + &whole(entries, &index, &facets));
    } else {
        let divided = divide(&index, limits, facets, shards, names, &mut folder);
        let core = scripts::core(&index, limits.batches, Files { texts, divided: Some(divided) });
        let core = folder.insert_hashed("core", core);
        folder.insert(ENTRY, call("start", &[json(&core)]));
    }
    folder.0
}

fn whole(entries: &[SearchEntry], index: &Index, facets: &str) -> String {
    let mut script = facets.to_owned();
    script.extend(scripts::terms(index, usize::MAX).into_iter().map(|shard| shard.script));
    script.extend(scripts::names(entries, entries.len()));
    script
}

fn divide<'a>(
    index: &Index,
    limits: &Limits,
    facets: String,
    shards: Vec<Shard<'a>>,
    names: Vec<String>,
    folder: &mut Folder,
) -> Divided<'a> {
    Divided {
        firsts: shards.iter().map(|shard| shard.first).collect(),
        terms: folder.insert_all("terms", shards.into_iter().map(|shard| shard.script)),
        names: folder.insert_all("names", names),
        facets: folder.insert_hashed("facets", facets),
        vocabulary: folder.insert_hashed("vocabulary", scripts::vocabulary(index, limits.vocabulary)),
    }
}

/// Files below `search/`.
#[derive(Default)]
struct Folder(Artifacts);

impl Folder {
    fn insert(&mut self, name: &str, script: String) {
        self.0.insert(format!("search/{name}"), script.into_bytes());
    }

    /// Adds a script under a name that changes with its content, and returns the name.
    fn insert_hashed(&mut self, stem: &str, script: String) -> String {
        let name = format!("{stem}.{}.js", hash(&script));
        self.insert(&name, script);
        name
    }

    /// Adds numbered scripts, and returns their hashes one after the other.
    fn insert_all(&mut self, stem: &str, scripts: impl IntoIterator<Item = String>) -> String {
        let mut hashes = String::new();
        for (number, script) in scripts.into_iter().enumerate() {
            hashes.push_str(&hash(&script));
            self.insert_hashed(&format!("{stem}-{number}"), script);
        }
        hashes
    }
}

/// Eight letters suffice: they only tell one version of a file from another of the same name.
fn hash(script: &str) -> String {
    blake3::hash(script.as_bytes()).to_hex()[..8].to_owned()
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, path::Path};

    use snapbox::{Data, assert_data_eq, data::DataFormat};

    use super::*;
    use crate::site::search::encoding::decoding::{numbers, terms};

    const SMALL: Limits =
        Limits { whole: 0, terms: 600, batches: Batches { names: 4, texts: 2 }, vocabulary: 40 };

    fn list(texts: &[&str]) -> Vec<String> {
        texts.iter().map(ToString::to_string).collect()
    }

    fn question(
        name: &str,
        title: &str,
        summary: &str,
        body: &str,
        code: &[&str],
        facets: [&str; 2],
    ) -> SearchEntry {
        let [topic, level] = facets;
        let facet = |name: &str, value: &str| (name.to_owned(), list(&[value]));
        SearchEntry {
            route: format!("questions/{name}.html"),
            title: title.into(),
            kind: "question".into(),
            summary: summary.into(),
            body: body.into(),
            code: list(code),
            tags: list(&["Discussion", level, topic]),
            facets: BTreeMap::from([
                facet("kind", "Discussion"),
                facet("level", level),
                facet("topic", topic),
            ]),
            ..SearchEntry::default()
        }
    }

    /// A small guide that holds what readers look for; the browser's engine is tested with it too.
    fn guide() -> Vec<SearchEntry> {
        let mut moved = question(
            "moved-string",
            "Why can a moved String not be used?",
            "The compiler refuses a value that was moved.",
            "The error is E0382. Ownership moves with the assignment, and println! borrows what is gone.",
            &["let a = String::new();\nlet b = a;\nprintln!(\"{a}\");\n", "E0382", "println!"],
            ["Ownership", "Junior"],
        );
        moved.aliases = list(&["use after move"]);
        let mut tally = question(
            "shared-tally",
            "What does Arc<Mutex<T>> cost?",
            "Threads share a counter.",
            "Locking is cheap without contention. Keep the guard short, and do not hold locks across await.",
            &["Arc<Mutex<T>>", "Arc::new(Mutex::new(0))", "let n = counter.lock().unwrap();\n*n += 1;\n"],
            ["Concurrency", "Senior"],
        );
        tally.tags.extend(list(&["locks", "threads"]));
        let mut poisoned = question(
            "poisoned",
            "Poisoned locks",
            "A thread panicked while it held a lock.",
            "RwLock and Mutex both poison. The HTTPServer goes on with into_inner.",
            &["into_inner", "RwLock<T>"],
            ["Concurrency", "Senior"],
        );
        poisoned.aliases = list(&["PoisonError"]);
        vec![
            moved,
            tally,
            poisoned,
            question(
                "missing-file",
                "What does the ? operator do with a missing file?",
                "Errors are passed up to the caller.",
                "It returns early and converts the error with From. <script>alert(1)</script> stays text.",
                &["?", "let text = read(path)?;\n", "Box<dyn Error>"],
                ["Errors", "Junior"],
            ),
            question(
                "longer-slice",
                "Name the lifetime 'a",
                "Which borrow does the result come from?",
                "Both arguments are a &str that must live as long as the result. Naïve answers say static.",
                &["'a", "&str", "fn longer<'a>(a: &'a str, b: &'a str) -> &'a str { a }\n", "'static"],
                ["Lifetimes", "Middle"],
            ),
            question(
                "ownership-ja",
                "所有権を学ぶ",
                "Rustの所有権とは何か。",
                "値の所有者は一人だけです。型システムが検査します。",
                &[],
                ["Ownership", "Junior"],
            ),
            SearchEntry {
                route: "pages/common-mistakes.html".into(),
                title: "Common mistakes of interviewers".into(),
                kind: "page".into(),
                body: "They talk too much. They ask about locks and lifetimes that they looked up the same morning."
                    .into(),
                ..SearchEntry::default()
            },
            SearchEntry {
                route: "packets/senior-systems.html".into(),
                title: "Senior backend: systems and debugging".into(),
                kind: "packet".into(),
                summary: "Sixty minutes on threads, memory and C++ interfaces.".into(),
                ..SearchEntry::default()
            },
        ]
    }

    /// What a call hands over.
    fn arguments(script: &str) -> serde_json::Value {
        let (_, call) = script.trim_end().split_once('(').unwrap();
        serde_json::from_str(&format!("[{}]", call.strip_suffix(");").unwrap())).unwrap()
    }

    /// Every term of the dictionary scripts with its postings.
    fn dictionary<'a>(scripts: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for script in scripts {
            let data = arguments(script);
            let [coded, groups, postings] = [1, 2, 3].map(|it| data[it].as_str().unwrap());
            let postings: Vec<&str> = postings.split(' ').collect();
            for (term, group) in terms(coded).into_iter().zip(numbers(groups)) {
                all.push((term, postings[group as usize].to_owned()));
            }
        }
        all
    }

    /// Scripts whose names begin so, in the order of their numbers.
    fn named<'a>(files: &'a Artifacts, stem: &'a str) -> Vec<(&'a str, &'a str)> {
        let number = |name: &str| name[stem.len()..].split('.').next().unwrap().parse::<usize>().unwrap_or(0);
        let mut found: Vec<_> = files.iter().filter(|(name, _)| name.starts_with(stem)).collect();
        found.sort_by_key(|(name, _)| number(name));
        found.into_iter().map(|(name, bytes)| (name, std::str::from_utf8(bytes).unwrap())).collect()
    }

    fn as_json(files: &Artifacts) -> String {
        let texts: BTreeMap<&str, &str> =
            files.iter().map(|(name, _)| (name, files.text(name).unwrap())).collect();
        serde_json::to_string_pretty(&texts).unwrap() + "\n"
    }

    fn vector(name: &str) -> Data {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors"));
        Data::read_from(&folder.join(name), Some(DataFormat::Text)).raw()
    }

    #[test]
    fn a_small_guide_is_one_file_and_its_texts_that_the_browser_tests_read() {
        let files = write(&guide(), &Limits::default());
        assert_eq!(files.len(), 2, "the entry, and what excerpts are cut from");
        assert_data_eq!(as_json(&files), vector("search-whole.json"));
    }

    #[test]
    fn a_large_guide_is_many_files_that_the_browser_tests_read() {
        let files = write(&guide(), &SMALL);
        assert_data_eq!(as_json(&files), vector("search-shards.json"));
    }

    #[test]
    fn dividing_changes_where_a_term_lies_and_nothing_else() {
        let whole = write(&guide(), &Limits::default());
        let divided = write(&guide(), &SMALL);
        let whole = whole.text("search/index.js").unwrap();
        let whole = dictionary(whole.lines().filter(|line| line.starts_with("askbookSearch.terms(")));
        let shards = named(&divided, "search/terms-");
        assert!(shards.len() > 3, "{} shards", shards.len());
        assert_eq!(dictionary(shards.into_iter().map(|(_, script)| script)), whole);
    }

    #[test]
    fn names_tell_one_content_from_another() {
        let before = write(&guide(), &SMALL);
        let mut edited = guide();
        edited[7].body.push_str(" And sixty more.");
        let after = write(&edited, &SMALL);
        let (before, after) = (named(&before, "search/texts-"), named(&after, "search/texts-"));
        let changed: Vec<bool> = before.iter().zip(&after).map(|(old, new)| old.0 != new.0).collect();
        assert_eq!(changed, [false, false, false, true]);
        for (name, script) in before {
            assert!(name.ends_with(&format!(".{}.js", hash(script))), "{name}");
        }
    }

    #[test]
    fn the_core_names_every_file() {
        let files = write(&guide(), &SMALL);
        let core = arguments(named(&files, "search/core.")[0].1);
        let names = &core[0]["files"];
        let hashes = |kind: &str| names[kind].as_str().unwrap().len() / 8;
        assert_eq!(hashes("terms"), named(&files, "search/terms-").len());
        assert_eq!(hashes("names"), named(&files, "search/names-").len());
        assert_eq!(hashes("texts"), named(&files, "search/texts-").len());
        for kind in ["facets", "vocabulary"] {
            assert!(files.get(&format!("search/{}", names[kind].as_str().unwrap())).is_some());
        }
        let entry = arguments(files.text("search/index.js").unwrap());
        assert!(files.get(&format!("search/{}", entry[0].as_str().unwrap())).is_some());
    }

    #[test]
    fn the_same_guide_gives_the_same_bytes_on_any_number_of_threads() {
        let many: Vec<SearchEntry> = guide().into_iter().cycle().take(1500).collect();
        let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let alone = one_thread.install(|| write(&many, &Limits::default()));
        assert!(alone.len() > 100);
        assert!(alone == write(&many, &Limits::default()));
    }

    #[test]
    fn an_empty_guide_has_an_index() {
        let files = write(&[], &Limits::default());
        assert!(
            files
                .text("search/index.js")
                .unwrap()
                .starts_with("askbookSearch.core({\"format\":2,\"documents\":0,")
        );
    }
}
