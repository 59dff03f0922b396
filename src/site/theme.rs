//! A theme: templates and assets in layers, ours below the project's.
use super::{
    builtin,
    manifest::{self, Lineage},
};
use crate::{
    source::{Diagnostics, FileId, Sources},
    text::highlight::style_sheet,
};
use std::{borrow::Cow, collections::BTreeMap};

const TEMPLATES: &str = "templates/";
const ASSETS: &str = "assets/";
/// Fonts keep their names: style sheets refer to them, and they never change.
const FONTS: &str = "assets/fonts/";
const HIGHLIGHT: &str = "highlight.css";

/// A theme's files. Those of a layer cover those below it, file by file.
#[derive(Debug, Clone)]
pub struct Theme {
    templates: BTreeMap<String, Template>,
    assets: BTreeMap<String, Vec<u8>>,
    searches: bool,
}

/// A template, and whose it is.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its text.
    pub text: String,
    /// The project's file, if it is not ours.
    pub file: Option<FileId>,
}

impl Theme {
    /// The theme `name`: for it and each theme below it what is built in, covered by what the project has in
    /// `themes/<name>/`.
    pub fn of(sources: &Sources, name: &str, diagnostics: &mut Diagnostics) -> Self {
        let lineage = Lineage::of(sources, name, diagnostics);
        let mut theme =
            Self { templates: BTreeMap::new(), assets: BTreeMap::new(), searches: lineage.searches };
        theme.assets.insert(format!("{ASSETS}{HIGHLIGHT}"), style_sheet().into_bytes());
        for name in &lineage.names {
            theme.cover(name, sources);
        }
        theme
    }

    /// Lays the files of the theme `name` over these.
    fn cover(&mut self, name: &str, sources: &Sources) {
        for (path, bytes) in builtin::files(name).unwrap_or_default() {
            self.add(path, Cow::Borrowed(*bytes), None);
        }
        let folder = manifest::folder(name);
        for source in sources.under(&folder) {
            self.add(&source.path[folder.len()..], Cow::Borrowed(source.text.as_bytes()), Some(source.id));
        }
        for (path, bytes) in sources.assets_under(&folder) {
            self.add(&path[folder.len()..], Cow::Borrowed(bytes), None);
        }
    }

    fn add(&mut self, path: &str, bytes: Cow<'_, [u8]>, file: Option<FileId>) {
        if let Some(name) = path.strip_prefix(TEMPLATES) {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            self.templates.insert(name.to_owned(), Template { text, file });
        } else if path.starts_with(ASSETS) {
            self.assets.insert(path.to_owned(), bytes.into_owned());
        }
    }

    /// Whether its pages load the search index.
    pub fn searches(&self) -> bool {
        self.searches
    }

    /// Every template, by name.
    pub fn templates(&self) -> impl Iterator<Item = (&str, &Template)> {
        self.templates.iter().map(|(name, template)| (name.as_str(), template))
    }

    /// The template `name`.
    pub fn template(&self, name: &str) -> Option<&Template> {
        self.templates.get(name)
    }

    /// Every asset, with the address that it is published at.
    pub fn published(&self) -> impl Iterator<Item = Asset<'_>> {
        self.assets.iter().map(|(path, bytes)| Asset {
            name: &path[ASSETS.len()..],
            route: if path.starts_with(FONTS) { path.clone() } else { hashed(path, bytes) },
            bytes,
        })
    }
}

/// A file of a theme that readers get.
#[derive(Debug, Clone)]
pub struct Asset<'a> {
    /// Its name below `assets/`.
    pub name: &'a str,
    /// Where it is published.
    pub route: String,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// `assets/site.css` as `assets/site.3f9a61c0.css`: a browser may keep it for ever.
pub(super) fn hashed(path: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    match path.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{}.{ending}", &hash[..8]),
        None => format!("{path}.{}", &hash[..8]),
    }
}
