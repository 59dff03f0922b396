//! The languages that are part of the program, shared by all themes.
use super::file::{self, Entry};
use crate::source::{Diagnostics, Sources};

/// Tag and text. A test holds this list against `themes/languages/`.
const FILES: &[(&str, &str)] = &[
    ("de", include_str!("../../../themes/languages/de.yaml")),
    ("en", include_str!("../../../themes/languages/en.yaml")),
];

/// Whether `tag` is one of them.
pub(super) fn is_there(tag: &str) -> bool {
    FILES.iter().any(|(ours, _)| *ours == tag)
}

/// The words of `tag`; none if it is not one of them.
pub(super) fn entries(tag: &str) -> Vec<Entry> {
    let files = FILES.iter().filter(|(ours, _)| *ours == tag);
    let sources: Sources = files.map(|(tag, text)| (file::path(tag), *text)).collect();
    // Its places lead nowhere in the project; a test holds that there is nothing to tell.
    file::entries(tag, &sources, &mut Diagnostics::default())
}

/// The tag of each.
pub(super) fn tags() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(tag, _)| *tag)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "the test reads the folder that the list is of")]
    use super::*;
    use std::path::Path;

    #[test]
    fn every_file_of_the_folder_is_embedded_and_without_fault() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/languages");
        let files =
            std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut files: Vec<String> = files.collect();
        files.sort();
        assert_eq!(files, tags().map(|tag| format!("{tag}.yaml")).collect::<Vec<_>>());
        for (tag, text) in FILES {
            let sources = Sources::from_iter([(file::path(tag), *text)]);
            let mut diagnostics = Diagnostics::default();
            assert!(!file::entries(tag, &sources, &mut diagnostics).is_empty());
            assert_eq!(diagnostics.sorted(), [], "{tag}");
        }
    }
}
