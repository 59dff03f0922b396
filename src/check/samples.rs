//! The guide's Rust code blocks, to be compiled.
use crate::{
    guide::Guide,
    source::{Diagnostics, Sources},
    text::{front_matter, markdown::Markdown, sample::Sample},
};
use std::collections::BTreeMap;

/// Of blocks whose words name no edition, in a file whose front matter names none.
const NEWEST_EDITION: &str = "2024";

/// Every Rust code block of `sources`, in path order, whoever reads it. `guide` is what was read of them.
pub fn samples(guide: &Guide, sources: &Sources) -> Vec<Sample> {
    let editions: BTreeMap<&str, &str> = guide
        .questions
        .iter()
        .filter_map(|question| Some((question.path.as_str(), question.rust.as_ref()?.edition.as_deref()?)))
        .collect();
    let files = sources.under("content/").filter(|source| source.path.ends_with(".md"));
    files
        .flat_map(|source| {
            let edition = editions.get(source.path.as_str()).copied().unwrap_or(NEWEST_EDITION);
            // What is wrong with the front matter was told when the guide was read.
            let parts = front_matter::split(source, "", &mut Diagnostics::default());
            parts.map(|parts| Markdown::samples(source, parts.body, edition)).unwrap_or_default()
        })
        .collect()
}
