//! Askbook turns Markdown question files into a static interview guide and printable interview packets.
//!
//! A build is a pure function from files to files:
//!
//! ```text
//! disk ─io::project→ Sources ─guide→ Guide ─edition→ Edition ─pages→ Site ─site→ Artifacts ─io::publish→ public/
//!                                      └───────────────────check::leak───────────────┘     └─io::Server→ browser
//! ```
//!
//! # Where a change belongs
//!
//! | floor | module | what it is for |
//! |---|---|---|
//! | 8 | [`cli`] | arguments in, commands, words out |
//! | 7 | [`pipeline`] | the sentence above |
//! | 6 | [`pages`] | which pages there are; sees editions, never the guide |
//! | 5 | [`edition`] | what one audience may read: the views that themes print |
//! | 5 | [`check`] | scans what candidates get for what they may not read; collects code to compile |
//! | 4 | [`io`] | the only rooms that touch disk, network, clock or environment |
//! | 3 | [`guide`] | the interview domain: questions, packets, loops, rubrics, taxonomy |
//! | 3 | [`site`] | pages, themes, search, files; knows nothing of interviews |
//! | 3 | [`config`] | `askbook.yaml` |
//! | 2 | [`text`] | the formats authors write in: YAML, Markdown, code; the words of the interface |
//! | 1 | [`pdf`] | a printed file made accessible, small and repeatable: bytes to bytes |
//! | 1 | [`source`] | what the author wrote, a place in it, a remark about it |
//!
//! A module uses only what stands below it; `tests/suite/architecture.rs` holds that. A new field of a question is a
//! line in [`guide::Question`], one in [`edition::QuestionView`] (who may read it?) and one in a template.
//! `docs/architecture.md` tells why the house is built so.
//!
//! The library exists for the binary and its tests: it promises no stability.
#[cfg(not(any(feature = "onig", feature = "fancy-regex")))]
compile_error!("highlighting needs a regex engine: turn on the feature `onig` or `fancy-regex`");
#[cfg(all(feature = "onig", feature = "fancy-regex"))]
compile_error!(
    "turn on one of the features `onig` and `fancy-regex`: add `--no-default-features` for the second"
);

pub mod check;
pub mod cli;
pub mod config;
pub mod edition;
pub mod guide;
pub mod io;
pub mod pages;
pub mod pdf;
pub mod pipeline;
pub mod site;
pub mod source;
pub mod text;
