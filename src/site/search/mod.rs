//! Search: what a guide can be asked for, written as scripts that a browser loads piece by piece.
mod encoding;
mod entry;
mod facets;
mod postings;
mod scripts;
mod shards;
mod tokens;

pub use entry::SearchEntry;

use super::artifacts::Artifacts;

/// The search index of `entries`, as files below `search/`.
pub(super) fn index(entries: &[SearchEntry]) -> Artifacts {
    shards::write(entries, &shards::Limits::default())
}
