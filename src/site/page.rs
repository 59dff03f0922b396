//! What will be written: pages and files, before any byte of them is made.
use super::{route::Route, search::SearchEntry, template::Seen};
use crate::text::words::Words;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What a template shows. Any plain data is one; it is turned into the template's values when its page is made, and not
/// before, so that the values of ten thousand pages are never there at once.
pub trait View: Send + Sync {
    /// Puts itself where templates look for it.
    fn show(&self, seen: &mut Seen);
}

impl<T: Serialize + Send + Sync> View for T {
    fn show(&self, seen: &mut Seen) {
        seen.insert("view", self);
    }
}

/// A page to be.
pub struct Page {
    /// Its address.
    pub route: Route,
    /// The template that makes it.
    pub template: &'static str,
    /// Its name.
    pub title: String,
    /// What it is about, for search engines and previews; may be empty.
    pub description: String,
    /// The page that it stands below in the menu, if that is another: of a question, its topic's.
    pub parent: Option<Route>,
    /// What the template shows.
    pub view: Box<dyn View>,
    /// Files of the project that this page shows itself, by path: the anchor of each. Links to them stay on the page;
    /// an anchor within such a file is the file's, `_` and its own.
    pub shown: BTreeMap<String, String>,
}

impl Page {
    /// The page at `route` that `template` makes of `view`.
    pub fn new(
        route: impl Into<String>,
        template: &'static str,
        title: &str,
        view: impl View + 'static,
    ) -> Self {
        Self {
            route: Route::new(route),
            template,
            title: title.to_owned(),
            description: String::new(),
            parent: None,
            view: Box::new(view),
            shown: BTreeMap::new(),
        }
    }

    /// The same, of a page that shows those files itself.
    #[must_use]
    pub fn showing(mut self, shown: BTreeMap<String, String>) -> Self {
        self.shown = shown;
        self
    }

    /// The same, below the page at `parent`.
    #[must_use]
    pub fn below(mut self, parent: &str) -> Self {
        self.parent = Some(Route::new(parent));
        self
    }

    /// The same, with a description.
    #[must_use]
    pub fn described(mut self, description: &str) -> Self {
        description.clone_into(&mut self.description);
        self
    }
}

/// Which files of the project go along.
#[derive(Debug, Clone)]
pub enum Files {
    /// All below `content/`, under names that tell what they are.
    All,
    /// These, under names that tell nothing.
    Only(BTreeSet<String>),
}

/// All pages and what goes with them.
pub struct Site {
    /// In the order of the menu.
    pub pages: Vec<Page>,
    /// What every template sees as `site`.
    pub shared: serde_json::Value,
    /// What every template sees as `words`.
    pub words: Words,
    /// Path of a file of the project to the page that shows it.
    pub sources: BTreeMap<String, Route>,
    /// Files of the project that go along.
    pub files: Files,
    /// Theme files that go along, by name below `assets/`.
    pub assets: Assets,
    /// What search finds; empty: there is no search.
    pub search: Vec<SearchEntry>,
    /// Files whose text is ready: `robots.txt`.
    pub texts: BTreeMap<Route, String>,
}

/// Which files of the theme go along.
#[derive(Debug, Clone)]
pub enum Assets {
    /// All.
    All,
    /// Those that this style sheet is and uses.
    Only(&'static str),
}
