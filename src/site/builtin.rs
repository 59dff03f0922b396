//! The themes that are part of the program, so that it is one file.

/// The theme of a guide that names none, and what a project's own theme covers unless it says otherwise.
pub(super) const DEFAULT: &str = "handbook";

/// A theme's files, by path below its folder.
type Files = &'static [(&'static str, &'static [u8])];

/// Each by its name. A test holds these lists against the folders.
const THEMES: &[(&str, Files)] = &[("handbook", HANDBOOK), ("plain", PLAIN)];

macro_rules! embedded {
    ($theme:literal: $($path:literal,)+) => {
        &[$(($path, include_bytes!(concat!("../../themes/", $theme, "/", $path)))),+]
    };
}

const HANDBOOK: Files = embedded![
    "handbook":
    "assets/book.css",
    "assets/browse.css",
    "assets/browse.js",
    "assets/coverage.css",
    "assets/fonts/OFL-source-code-pro.txt",
    "assets/fonts/OFL-source-sans-3.txt",
    "assets/fonts/OFL-source-serif-4.txt",
    "assets/fonts/source-code-pro-latin-400-italic.woff2",
    "assets/fonts/source-code-pro-latin-400-normal.woff2",
    "assets/fonts/source-code-pro-latin-700-normal.woff2",
    "assets/fonts/source-sans-3-latin-400-italic.woff2",
    "assets/fonts/source-sans-3-latin-400-normal.woff2",
    "assets/fonts/source-sans-3-latin-600-normal.woff2",
    "assets/fonts/source-sans-3-latin-700-normal.woff2",
    "assets/fonts/source-serif-4-latin-400-italic.woff2",
    "assets/fonts/source-serif-4-latin-400-normal.woff2",
    "assets/fonts/source-serif-4-latin-600-normal.woff2",
    "assets/hand-out.css",
    "assets/loop.css",
    "assets/packet-paper.css",
    "assets/packet.css",
    "assets/packet.js",
    "assets/review-age.js",
    "assets/scorecard.css",
    "assets/scorecard.js",
    "assets/search-index.js",
    "assets/search-page.css",
    "assets/search-page.js",
    "assets/search.css",
    "assets/search.js",
    "assets/site.css",
    "assets/site.js",
    "assets/timer.js",
    "templates/article.html",
    "templates/base.html",
    "templates/book.html",
    "templates/book/question.html",
    "templates/candidate-index.html",
    "templates/chapters-print.css",
    "templates/competency.html",
    "templates/coverage.html",
    "templates/coverage/components.html",
    "templates/coverage/exposure.html",
    "templates/coverage/freshness.html",
    "templates/coverage/gaps.html",
    "templates/coverage/glance.html",
    "templates/coverage/heat.html",
    "templates/coverage/mix.html",
    "templates/hand-out-base.html",
    "templates/hand-out-live.html",
    "templates/hand-out-prep.html",
    "templates/home.html",
    "templates/list.html",
    "templates/loop.html",
    "templates/not-found.html",
    "templates/packet-print.css",
    "templates/packet-rubric.html",
    "templates/packet.html",
    "templates/packet/agenda.html",
    "templates/packet/cover.html",
    "templates/packet/loose.html",
    "templates/packet/question.html",
    "templates/packet/scorecard.html",
    "templates/packet/scripts.html",
    "templates/packet/summary.html",
    "templates/partials/components.html",
    "templates/partials/keys.html",
    "templates/partials/narrow.html",
    "templates/partials/nav.html",
    "templates/partials/search-page.html",
    "templates/partials/search.html",
    "templates/prompt.html",
    "templates/question.html",
    "templates/rubric.html",
    "templates/search.html",
    "templates/slots/after-header.html",
    "templates/slots/before-footer.html",
    "templates/slots/head.html",
    "templates/slots/packet-cover.html",
    "templates/slots/question-aside.html",
    "theme.yaml",
];

const PLAIN: Files = embedded![
    "plain":
    "assets/hand-out.css",
    "assets/plain.css",
    "templates/article.html",
    "templates/base.html",
    "templates/book.html",
    "templates/candidate-index.html",
    "templates/chapters-print.css",
    "templates/competency.html",
    "templates/coverage.html",
    "templates/hand-out-base.html",
    "templates/hand-out-live.html",
    "templates/hand-out-prep.html",
    "templates/home.html",
    "templates/list.html",
    "templates/loop.html",
    "templates/not-found.html",
    "templates/packet-print.css",
    "templates/packet-rubric.html",
    "templates/packet.html",
    "templates/partials/components.html",
    "templates/prompt.html",
    "templates/question.html",
    "templates/rubric.html",
    "templates/search.html",
    "templates/slots/after-header.html",
    "templates/slots/before-footer.html",
    "templates/slots/head.html",
    "templates/slots/packet-cover.html",
    "templates/slots/question-aside.html",
    "theme.yaml",
];

/// The names of all of them.
pub(super) fn names() -> impl Iterator<Item = &'static str> + Clone {
    THEMES.iter().map(|(name, _)| *name)
}

/// The files of the theme `name`, if it is one of ours.
pub(super) fn files(name: &str) -> Option<Files> {
    THEMES.iter().find(|(own, _)| *own == name).map(|(_, files)| *files)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "the test reads the folders that the lists are of")]
    use super::*;
    use std::path::Path;

    fn collect(folder: &Path, prefix: &str, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if entry.path().is_dir() {
                collect(&entry.path(), &format!("{name}/"), found);
            } else {
                found.push(name);
            }
        }
    }

    #[test]
    fn every_file_of_a_folder_is_embedded() {
        for (name, files) in THEMES {
            let mut found = Vec::new();
            collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes").join(name), "", &mut found);
            found.sort();
            let embedded: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
            assert_eq!(found, embedded, "themes/{name}");
        }
    }
}
