//! What a build makes: files in memory.
use std::{collections::BTreeMap, sync::Arc};

/// Output path to bytes. Paths are relative, with `/` on every system, and name a file, never a folder.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Artifacts(BTreeMap<String, Arc<[u8]>>);

impl Artifacts {
    /// Adds a file, or replaces the one at `path`.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Arc<[u8]>>) {
        self.0.insert(path.into(), bytes.into());
    }

    /// The bytes at `path`.
    pub fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.0.get(path)
    }

    /// The file at `path` as text, if it is text.
    pub fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.0.get(path)?).ok()
    }

    /// Every file, in path order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Arc<[u8]>)> {
        self.0.iter().map(|(path, bytes)| (path.as_str(), bytes))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl IntoIterator for Artifacts {
    type Item = (String, Arc<[u8]>);
    type IntoIter = std::collections::btree_map::IntoIter<String, Arc<[u8]>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Extend<(String, Arc<[u8]>)> for Artifacts {
    fn extend<I: IntoIterator<Item = (String, Arc<[u8]>)>>(&mut self, files: I) {
        self.0.extend(files);
    }
}
