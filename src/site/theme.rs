//! A theme: templates and assets in two layers, ours below the project's.
use super::builtin;
use crate::{
    source::{Code, Diagnostic, Diagnostics, FileId, Sources, did_you_mean},
    text::highlight::style_sheet,
};
use std::{borrow::Cow, collections::BTreeMap};

const UNKNOWN_THEME: Code = Code("unknown-theme");

const TEMPLATES: &str = "templates/";
const ASSETS: &str = "assets/";
/// Fonts keep their names: style sheets refer to them, and they never change.
const FONTS: &str = "assets/fonts/";
const HIGHLIGHT: &str = "highlight.css";

/// A theme's files. The project's win, file by file.
#[derive(Debug, Clone)]
pub struct Theme {
    templates: BTreeMap<String, Template>,
    assets: BTreeMap<String, Vec<u8>>,
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
    /// The theme `name`: what is built in, covered by what the project has in `themes/<name>/`.
    pub fn of(sources: &Sources, name: &str, diagnostics: &mut Diagnostics) -> Self {
        let folder = format!("themes/{name}/");
        let is_ours = sources.under(&folder).next().is_some();
        if !is_ours && name != builtin::NAME {
            let known = did_you_mean(name, [builtin::NAME]);
            let message = format!("unknown theme `{name}`: there is no `{folder}`");
            diagnostics.push(Diagnostic::project_error(UNKNOWN_THEME, message).maybe_help(known));
        }
        let mut theme = Self { templates: BTreeMap::new(), assets: BTreeMap::new() };
        theme.assets.insert(format!("{ASSETS}{HIGHLIGHT}"), style_sheet().into_bytes());
        for (path, bytes) in builtin::FILES {
            theme.add(path, Cow::Borrowed(*bytes), None);
        }
        for source in sources.under(&folder) {
            theme.add(&source.path[folder.len()..], Cow::Borrowed(source.text.as_bytes()), Some(source.id));
        }
        for (path, bytes) in sources.assets_under(&folder) {
            theme.add(&path[folder.len()..], Cow::Borrowed(bytes), None);
        }
        theme
    }

    fn add(&mut self, path: &str, bytes: Cow<'_, [u8]>, file: Option<FileId>) {
        if let Some(name) = path.strip_prefix(TEMPLATES) {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            self.templates.insert(name.to_owned(), Template { text, file });
        } else if path.starts_with(ASSETS) {
            self.assets.insert(path.to_owned(), bytes.into_owned());
        }
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
