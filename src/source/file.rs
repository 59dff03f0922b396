//! The project as text in memory.
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
};

use super::{
    diagnostic::{Diagnostic, Diagnostics},
    span::{FileId, LineColumn},
};

/// One text file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its name in the [`Sources`].
    pub id: FileId,
    /// Relative to the project, with `/` on every system.
    pub path: String,
    /// Its whole text.
    pub text: String,
    /// Where its lines begin, once somebody asked.
    line_starts: OnceLock<Vec<usize>>,
}

impl Source {
    /// Where byte `offset` stands.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let offset = self.text.floor_char_boundary(offset);
        let starts = self.line_starts.get_or_init(|| {
            let newlines = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect()
        });
        let line = starts.partition_point(|start| *start <= offset);
        LineColumn { line, column: self.text[starts[line - 1]..offset].chars().count() + 1 }
    }

    /// The file's name without folders and without its extension: `a/moved-string.md` gives `moved-string`.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// Every file a build may look at, by path.
#[derive(Debug, Default, Clone)]
pub struct Sources {
    files: Vec<Source>,
    by_path: BTreeMap<String, FileId>,
    assets: BTreeMap<String, Arc<[u8]>>,
    unreadable: BTreeSet<String>,
    remarks: Diagnostics,
}

impl Sources {
    /// Adds a text file, or replaces the one at `path`.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let path = path.into();
        if let Some(&id) = self.by_path.get(&path) {
            let source = &mut self.files[id.0];
            source.text = text.into();
            source.line_starts = OnceLock::new();
            return id;
        }
        let id = self.push(path.clone(), text.into());
        self.by_path.insert(path, id);
        id
    }

    /// Adds the text of a file that only a remark will show: nothing reads it as part of the guide.
    pub fn insert_unreadable(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let path = path.into();
        self.unreadable.insert(path.clone());
        self.push(path, text.into())
    }

    fn push(&mut self, path: String, text: String) -> FileId {
        let id = FileId(self.files.len());
        self.files.push(Source { id, path, text, line_starts: OnceLock::new() });
        id
    }

    /// Adds a file that is carried along as it is, such as an image.
    pub fn insert_asset(&mut self, path: impl Into<String>, bytes: impl Into<Arc<[u8]>>) {
        self.assets.insert(path.into(), bytes.into());
    }

    /// Adds a remark on how the files were read.
    pub fn remark(&mut self, diagnostic: Diagnostic) {
        self.remarks.push(diagnostic);
    }

    /// What there was to say when the files were read.
    pub fn remarks(&self) -> &Diagnostics {
        &self.remarks
    }

    /// The file `id` names.
    pub fn get(&self, id: FileId) -> &Source {
        &self.files[id.0]
    }

    /// The text file at `path`.
    pub fn at(&self, path: &str) -> Option<&Source> {
        self.by_path.get(path).map(|id| self.get(*id))
    }

    /// Paths of files that are there and could not be read, which was told.
    pub fn unreadable(&self) -> impl Iterator<Item = &str> {
        self.unreadable.iter().map(String::as_str)
    }

    /// The bytes of the carried file at `path`.
    pub fn asset(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.assets.get(path)
    }

    /// The text files whose path starts with `prefix`, in path order.
    pub fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a Source> {
        self.by_path
            .range(prefix.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(prefix))
            .map(|(_, id)| self.get(*id))
    }

    /// The carried files whose path starts with `prefix`, in path order.
    pub fn assets_under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a Arc<[u8]>)> {
        self.assets
            .range(prefix.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(prefix))
            .map(|(path, bytes)| (path.as_str(), bytes))
    }
}

impl<P: Into<String>, T: Into<String>> FromIterator<(P, T)> for Sources {
    fn from_iter<I: IntoIterator<Item = (P, T)>>(files: I) -> Self {
        let mut sources = Self::default();
        for (path, text) in files {
            sources.insert(path, text);
        }
        sources
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let sources = Sources::from_iter([("q.md", "é: x\nä: y")]);
        let source = sources.at("q.md").unwrap();
        assert_eq!(source.line_column(9), LineColumn { line: 2, column: 3 });
    }

    #[test]
    fn an_unreadable_file_can_be_shown_but_is_not_found() {
        let mut sources = Sources::default();
        let id = sources.insert_unreadable("a.md", "text");
        assert_eq!(sources.get(id).text, "text");
        assert_eq!(sources.under("").count(), 0);
    }

    #[test]
    fn a_file_is_replaced_in_its_place() {
        let mut sources = Sources::from_iter([("a.md", "one"), ("b.md", "two")]);
        sources.insert("a.md", "three");
        let texts: Vec<&str> = sources.under("").map(|source| source.text.as_str()).collect();
        assert_eq!(texts, ["three", "two"]);
    }
}
