//! A project made of strings.
use askbook::{
    edition::Audience,
    pipeline::{Build, Builder, Options},
    site::Artifacts,
    source::{Severity, Sources},
};
use snapbox::{IntoData, assert_data_eq};
use std::{
    path::{Path, PathBuf},
    sync::LazyLock,
};

/// The syntax definitions are dear to load: one builder serves all tests of a run.
pub static BUILDER: LazyLock<Builder> = LazyLock::new(Builder::default);

const CONFIG: &str = "title: Test guide\n";
const TAXONOMY: &str = "\
levels:
  junior: { title: Junior }
  mid: { title: Mid }
  senior: { title: Senior }
topics:
  locks: { title: Locks, group: concurrency, aliases: [mutex] }
  errors: { title: Errors, group: language }
competencies:
  debugging: { title: Debugging, definition: Finds causes by testing hypotheses. }
  concurrency: { title: Concurrency, definition: Shares state safely. }
themes:
  troubleshooting: { title: Troubleshooting, group: senior }
";
const SCALE: &str = "\
title: Depth of evidence
points:
  - { value: 1, label: Not shown, meaning: No usable evidence }
  - { value: 2, label: Partial, meaning: Needs help }
  - { value: 3, label: Solid, meaning: Unaided }
  - { value: 4, label: Outstanding, meaning: Adds limits }
bar: 3
recommendation: [Strong no hire, No hire, Hire, Strong hire]
";

/// A complete question about locks; its interviewer's parts all hold the word `zebra`.
pub const QUESTION: &str = "\
---
title: The guard that stays
candidate_title: A small service
kind: debugging
levels: [mid, senior]
competencies: { debugging: 2, concurrency: 1 }
minutes: 15
bar: { mid: 2, senior: 3 }
status: active
introduced: 2026-01-05
reviewed: 2026-02-06
reviewers: [ada]
themes: [troubleshooting]
needs: [paper]
tags: [guard]
---
Purpose zebra: we ask this to see how someone reasons about release.

## Prompt
Explain what this prints, and why.

```rust
fn main() {
    println!(\"prompt code\");
# let hidden = 1;
}
```

## Ground rules
- Take your time.

## Answer
Answer zebra: the guard is a temporary and lives to the end of the statement.

## Listen for
- Listen zebra names the temporary guard and its end
- Listen zebra asks which edition is used

## Red flags
- Flag zebra blames the operating system at once

## Follow-ups
- Follow zebra would a match behave the same way
- (senior) Follow zebra how would you find every other place

## Hints
1. Hint zebra what does the call return
2. Hint zebra when is that value dropped

## Rubric
### 1
- Anchor zebra one cannot say which lock is held
### 2
- Anchor zebra two finds the conflict with a hint
### 3
- Anchor zebra three explains the lifetime unaided
### 4
- Anchor zebra four also predicts the other edition

## Notes
Note zebra for the interviewer only.
";

/// A packet that asks that question.
pub const PACKET: &str = "\
---
title: Systems interview
role: Engineer
level: senior
minutes: 30
opening: 5
closing: 5
competencies: [debugging]
sections:
  - { title: Diagnose, pick: [guard] }
---
## Opening
Hello from the opening script.

## Closing
Goodbye from the closing script.
";

/// A project in memory.
#[must_use]
#[derive(Clone)]
pub struct Project(pub Sources);

impl Default for Project {
    /// A guide without questions that builds without a remark.
    fn default() -> Self {
        Self(Sources::from_iter([
            ("askbook.yaml", CONFIG),
            ("content/taxonomy.yaml", TAXONOMY),
            ("content/scales/depth-4.yaml", SCALE),
        ]))
    }
}

impl Project {
    /// A guide with one question, `guard`, and one packet, `systems`.
    pub fn whole() -> Self {
        Self::default()
            .file("content/questions/locks/guard.md", QUESTION)
            .file("content/packets/systems.md", PACKET)
    }

    /// The guide that this repository publishes.
    pub fn content() -> Self {
        Self(askbook::io::project::read(&repository()).unwrap())
    }

    pub fn file(mut self, path: &str, text: &str) -> Self {
        self.0.insert(path, text);
        self
    }

    pub fn asset(mut self, path: &str, bytes: &[u8]) -> Self {
        self.0.insert_asset(path, bytes);
        self
    }

    /// The same with the theme `name`.
    pub fn themed(self, name: &str) -> Self {
        let config = self.0.at("askbook.yaml").unwrap().text.replace("theme: handbook\n", "");
        self.file("askbook.yaml", &format!("{config}\ntheme: {name}\n"))
    }

    /// The same with `question` changed from one text to another.
    pub fn question(self, from: &str, to: &str) -> Self {
        assert!(QUESTION.contains(from), "the question holds no `{from}`");
        self.file("content/questions/locks/guard.md", &QUESTION.replace(from, to))
    }

    pub fn build(&self) -> Build {
        BUILDER.build(&self.0, &Options::default())
    }

    /// The files that `audience` gets; the build must be without errors.
    #[track_caller]
    pub fn published_to(&self, audience: Audience) -> Artifacts {
        let build = self.build();
        assert!(!build.has_errors(), "{}", self.told(&build));
        build.editions()[&audience].clone()
    }

    /// One page of the interviewer's edition.
    #[track_caller]
    pub fn page(&self, route: &str) -> String {
        let artifacts = self.published_to(Audience::Interviewer);
        artifacts.text(route).unwrap_or_else(|| panic!("there is no page `{route}`")).to_owned()
    }

    /// Every remark of `build`, a line each.
    pub fn told(&self, build: &Build) -> String {
        let lines = build.diagnostics().iter().map(|told| {
            let place = told.span.map_or_else(String::new, |span| {
                let source = self.0.get(span.file);
                let at = source.line_column(span.start);
                format!("{}:{}:{}: ", source.path, at.line, at.column)
            });
            let severity = match told.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            format!("{place}{severity}[{}]: {}\n", told.code.0, told.message)
        });
        lines.collect()
    }

    /// Builds, and holds every remark against `expected`.
    #[track_caller]
    pub fn says(&self, expected: impl IntoData) {
        assert_data_eq!(self.told(&self.build()), expected);
    }

    /// Builds without a remark.
    #[track_caller]
    pub fn says_nothing(&self) {
        assert_eq!(self.told(&self.build()), "");
    }
}

/// Where this repository is.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Every file below `folder`, by path relative to it.
pub fn files_below(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut found = std::collections::BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                open.push(entry.path());
            } else {
                let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(path, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    found
}
