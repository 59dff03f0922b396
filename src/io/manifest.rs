//! What we made in an output folder, and so what we did not.
use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fmt::Write as _,
    fs::{self, FileType},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::Arc,
};

use blake3::Hash;
use rayon::prelude::*;

use super::error::Error;
use crate::site::Artifacts;

/// The file that marks a folder as ours and lists what we made in it.
pub(super) const MARKER: &str = ".askbook-output";
const FORMAT: &str = "askbook output 1: the files below are replaced by every build, all others are kept";

/// What we made in a folder: path to hash.
#[derive(Default, PartialEq, Eq)]
pub(super) struct Manifest(BTreeMap<String, Hash>);

impl Manifest {
    pub(super) fn of(artifacts: &Artifacts) -> Self {
        let files: Vec<(&str, &Arc<[u8]>)> = artifacts.iter().collect();
        let hashed = |(path, bytes): (&str, &Arc<[u8]>)| {
            assert!(is_file_below(path), "an artifact's path stays below its folder: {path:?}");
            (path.to_owned(), blake3::hash(bytes))
        };
        Self(files.into_par_iter().map(hashed).collect())
    }

    /// The manifest of `folder`; `None` if it has none.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>, Error> {
        let path = folder.join(MARKER);
        match fs::read(&path) {
            Ok(bytes) => match Self::parse(&String::from_utf8_lossy(&bytes)) {
                Ok(manifest) => Ok(Some(manifest)),
                Err(line) => Err(Error::DamagedManifest { path, line }),
            },
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(source) => Err(Error::Read { path, source }),
        }
    }

    /// The error is the number of the line that is not as we write it.
    fn parse(text: &str) -> Result<Self, usize> {
        let mut lines = text.lines();
        if lines.next() != Some(FORMAT) {
            return Err(1);
        }
        let file = |(index, line): (usize, &str)| {
            let (hash, path) =
                line.split_once("  ").filter(|(_, path)| is_file_below(path)).ok_or(index + 2)?;
            Ok((path.to_owned(), Hash::from_hex(hash).map_err(|_| index + 2)?))
        };
        lines.enumerate().map(file).collect::<Result<_, _>>().map(Self)
    }

    pub(super) fn text(&self) -> String {
        let mut text = format!("{FORMAT}\n");
        for (path, hash) in &self.0 {
            writeln!(text, "{}  {path}", hash.to_hex()).expect("writing to a string cannot fail");
        }
        text
    }

    /// How many files it lists.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many of its files `other` does not list.
    pub(super) fn count_missing_in(&self, other: &Self) -> usize {
        self.0.keys().filter(|path| !other.0.contains_key(*path)).count()
    }

    /// The hash it lists for `entry`.
    pub(super) fn hash(&self, entry: &Entry) -> Option<Hash> {
        self.0.get(&entry.listed()?).copied()
    }

    /// Whether a file of the manifest lies in `folder`.
    fn is_folder(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        self.0.range(prefix.clone()..).next().is_some_and(|(path, _)| path.starts_with(&prefix))
    }

    /// Whether `entry` is of our making.
    pub(super) fn has(&self, entry: &Entry) -> bool {
        let is_listed = |path: String| {
            path == MARKER
                || self.0.contains_key(&path)
                || (entry.file_type.is_dir() && self.is_folder(&path))
        };
        entry.listed().is_some_and(is_listed)
    }

    /// Whether `entry` stands where the manifest has a file, or a folder of one.
    pub(super) fn collides_with(&self, entry: &Entry) -> bool {
        let Some(path) = entry.listed() else { return false };
        let is_below_file = || path.match_indices('/').any(|(slash, _)| self.0.contains_key(&path[..slash]));
        self.0.contains_key(&path) || is_below_file() || (!entry.file_type.is_dir() && self.is_folder(&path))
    }
}

/// Whether `path` names a file that no one else may want: relative, without `..`, and not the marker.
fn is_file_below(path: &str) -> bool {
    let is_plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    path != MARKER && !path.contains(['\\', '\n', '\r']) && path.split('/').all(is_plain)
}

/// Something in a folder.
pub(super) struct Entry {
    /// Relative to the folder.
    pub(super) path: PathBuf,
    pub(super) file_type: FileType,
}

impl Entry {
    /// The path as a manifest writes it; a name that is not UTF-8 is never ours.
    pub(super) fn listed(&self) -> Option<String> {
        let parts: Vec<&str> = self.path.iter().map(OsStr::to_str).collect::<Option<_>>()?;
        Some(parts.join("/"))
    }
}

/// Everything in `folder`, folders before what is in them. Links are not followed.
pub(super) fn entries(folder: &Path) -> io::Result<Vec<Entry>> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(parent) = folders.pop() {
        for entry in fs::read_dir(folder.join(&parent))? {
            let entry = entry?;
            let entry = Entry { path: parent.join(entry.file_name()), file_type: entry.file_type()? };
            if entry.file_type.is_dir() {
                folders.push(entry.path.clone());
            }
            found.push(entry);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(paths: &[&str]) -> Manifest {
        let mut artifacts = Artifacts::default();
        for path in paths {
            artifacts.insert(*path, *b"page");
        }
        Manifest::of(&artifacts)
    }

    #[test]
    fn a_manifest_survives_its_own_text_and_other_line_ends() {
        let manifest = manifest(&["index.html", "questions/two words.html", "style.css"]);
        let text = manifest.text();
        assert!(Manifest::parse(&text) == Ok(manifest));
        assert!(Manifest::parse(&text.replace('\n', "\r\n")).is_ok());
        let page = blake3::hash(b"page").to_hex();
        assert!(
            text.starts_with(&format!("{FORMAT}\n{page}  index.html\n{page}  questions/two words.html\n"))
        );
    }

    #[test]
    fn what_we_would_not_have_written_is_found_at_its_line() {
        let hash = "0".repeat(64);
        let wrong_at = |text: String| Manifest::parse(&text).err();
        assert_eq!(wrong_at(String::new()), Some(1));
        assert_eq!(wrong_at("askbook output 2".to_owned()), Some(1));
        for line in [
            "<<<<<<< HEAD".to_owned(),
            "0123  index.html".to_owned(),
            format!("{hash} index.html"),
            format!("{hash}  ../index.html"),
            format!("{hash}  a/../../b"),
            format!("{hash}  /etc/passwd"),
            format!("{hash}  {MARKER}"),
        ] {
            assert_eq!(wrong_at(format!("{FORMAT}\n{hash}  a\n{line}\n")), Some(3), "{line}");
        }
    }

    #[test]
    #[should_panic(expected = "an artifact's path stays below its folder")]
    fn an_artifact_cannot_leave_the_folder() {
        manifest(&["../x"]);
    }
}
