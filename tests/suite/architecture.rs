//! The floors of `src/`: a module may use only what stands below it.
//!
//! When this fails, move the code, or add a line here and say why in the commit.
use crate::support::repository;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Each module, and what it may use. The order is the order of the floors.
const FLOORS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("pdf", &[]),
    ("text", &["source"]),
    ("config", &["text", "source"]),
    ("site", &["text", "source"]),
    ("guide", &["text", "source"]),
    ("io", &["site", "text", "source"]),
    ("check", &["guide", "site", "text", "source"]),
    // What a guide prints of itself (its title, paper, retention) is in its configuration.
    ("edition", &["guide", "config", "text"]),
    // The examples of the search page are addresses with a query.
    ("pages", &["edition", "site", "config", "text"]),
    ("pipeline", &["check", "config", "edition", "guide", "pages", "site", "source", "text"]),
    ("cli", &["config", "edition", "io", "pdf", "pipeline", "site", "text", "source"]),
];

/// Each outside crate that one place names, so that it can be replaced in a day.
const NAMED_ONCE: &[(&str, &str)] = &[
    ("walkdir", "io/project.rs"),
    ("axum", "io/server.rs"),
    ("hyper", "io/server.rs"),
    ("notify", "io/watch.rs"),
    ("icu_locale_core", "text/words/plural.rs"),
    ("icu_plurals", "text/words/plural.rs"),
    ("serde_yaml", "text/yaml/"),
    ("saphyr_parser", "text/yaml/"),
    ("pulldown_cmark", "text/markdown/"),
    ("ammonia", "text/markdown/"),
    ("syntect", "text/highlight/"),
    ("two_face", "text/highlight/"),
    ("tera", "site/template.rs"),
    ("lopdf", "pdf/"),
    ("rust_stemmers", "site/search/"),
    ("annotate_snippets", "cli/report"),
    ("clap", "cli/"),
];

#[test]
fn every_module_stands_above_what_it_uses() {
    for (at, (module, allowed)) in FLOORS.iter().enumerate() {
        for used in modules_used_by(module) {
            let is_allowed = used == *module || allowed.contains(&used.as_str());
            assert!(is_allowed, "`{module}` uses `{used}`, which it may not");
        }
        for below in *allowed {
            let floor = FLOORS.iter().position(|(name, _)| name == below).unwrap();
            assert!(floor < at, "`{below}` is not below `{module}`");
        }
    }
}

#[test]
fn every_module_of_the_crate_is_on_a_floor() {
    let lib = fs::read_to_string(repository().join("src/lib.rs")).unwrap();
    let declared = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let floors: BTreeSet<&str> = FLOORS.iter().map(|(module, _)| *module).collect();
    assert_eq!(declared.collect::<BTreeSet<_>>(), floors);
}

#[test]
fn an_outside_crate_is_named_in_one_place() {
    let src = repository().join("src");
    for path in rust_files(&src) {
        let inside = path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
        let text = without_comments(&fs::read_to_string(&path).unwrap());
        for (name, place) in NAMED_ONCE {
            let is_named = text.contains(&format!("{name}::")) || text.contains(&format!("use {name};"));
            assert!(
                !is_named || inside.starts_with(place),
                "`{inside}` names `{name}`, which belongs to `{place}`"
            );
        }
    }
}

/// The modules that the files of `module` name in `crate::…` paths.
fn modules_used_by(module: &str) -> BTreeSet<String> {
    let known: BTreeSet<&str> = FLOORS.iter().map(|(module, _)| *module).collect();
    let src = repository().join("src");
    let file = src.join(format!("{module}.rs"));
    let files = if file.is_file() { vec![file] } else { rust_files(&src.join(module)) };
    let mut used = BTreeSet::new();
    for path in files {
        let text = fs::read_to_string(path).unwrap();
        let text = without_comments(text.split("#[cfg(test)]").next().unwrap_or_default());
        for path in text.split("crate::").skip(1) {
            // `crate::{a::B, c}` names several modules, `crate::a::{b, c}` one.
            let names = match path.strip_prefix('{') {
                Some(group) => top_names(group),
                None => vec![first_word(path)],
            };
            used.extend(names.into_iter().filter(|name| known.contains(name)).map(str::to_owned));
        }
    }
    used
}

fn first_word(path: &str) -> &str {
    path.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

/// The first word of each member of `a::B, c::{D, E}}`.
fn top_names(group: &str) -> Vec<&str> {
    let (mut depth, mut start) = (0, 0);
    let mut names = Vec::new();
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.push(first_word(group[start..at].trim_start()));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(first_word(group[start..at].trim_start()));
                start = at + 1;
            }
            _ => {}
        }
    }
    names
}

fn without_comments(text: &str) -> String {
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            found.extend(rust_files(&entry));
        } else if entry.extension().is_some_and(|ending| ending == "rs") {
            found.push(entry);
        }
    }
    found
}
