//! The theme that is part of the program, so that it is one file.

/// Its name.
pub(super) const NAME: &str = "handbook";

macro_rules! embedded {
    ($($path:literal,)+) => {
        &[$(($path, include_bytes!(concat!("../../themes/handbook/", $path)))),+]
    };
}

/// Its files, by path below `themes/handbook/`. A test holds this list against the folder.
pub(super) const FILES: &[(&str, &[u8])] = embedded![
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
    "theme.yaml",
];

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "the test reads the folder that the list is of")]
    use super::*;
    use std::path::Path;

    fn files(folder: &Path, prefix: &str, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if entry.path().is_dir() {
                files(&entry.path(), &format!("{name}/"), found);
            } else {
                found.push(name);
            }
        }
    }

    #[test]
    fn every_file_of_the_folder_is_embedded() {
        let mut found = Vec::new();
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes").join(NAME), "", &mut found);
        found.sort();
        let embedded: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
        assert_eq!(found, embedded);
    }
}
