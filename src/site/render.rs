//! Site to artifacts.
use super::{
    artifacts::Artifacts,
    links::Links,
    page::{Assets, Files, Page, Site},
    route::Route,
    search,
    template::{Seen, Templates},
    theme::{Theme, hashed},
};
use crate::{
    source::{Diagnostic, Diagnostics, Sources},
    text::slug::slug,
};
use rayon::prelude::*;
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What a template sees as `page`.
#[derive(Serialize)]
struct PageView<'a> {
    /// What leads to the root of the site: `../`, or nothing. It stands before every address.
    root: &'a str,
    /// Its address, relative to the root: `questions/rwlock.html`.
    route: &'a str,
    /// Its name.
    title: &'a str,
    /// What it is about, for search engines and previews; may be empty.
    description: &'a str,
    /// The page that stands for it in the menu: its parent, or itself.
    place: &'a str,
    /// The template that makes it: `question.html`.
    template: &'a str,
}

/// Makes every page and gathers every file.
pub fn render(
    site: Site,
    sources: &Sources,
    theme: &Theme,
    templates: &Templates,
    diagnostics: &mut Diagnostics,
) -> Artifacts {
    let mut artifacts = Artifacts::default();
    let assets = publish_assets(&site.assets, theme, &mut artifacts);
    let links = Links::new(carry_files(&site.files, site.sources, sources, &mut artifacts));
    let mut seen = Seen::default();
    seen.insert("site", &site.shared);
    seen.insert("words", &site.words);
    seen.insert("assets", &assets);
    let pages = site.pages.into_par_iter().map(|page| {
        let html = render_page(&page, seen.clone(), theme, templates)?;
        Ok((page.route.to_string(), links.resolve(html, &page.route, &page.shown).into()))
    });
    // A template makes many pages, and each of them meets what is wrong with it.
    let mut told = BTreeSet::new();
    for page in pages.collect::<Vec<Rendered>>() {
        match page {
            Ok((route, bytes)) => artifacts.insert(route, bytes),
            Err(problem) if told.insert((problem.span, problem.message.clone())) => diagnostics.push(problem),
            Err(_) => {}
        }
    }
    if theme.searches() && !site.search.is_empty() {
        artifacts.extend(search::index(&site.search));
    }
    for (route, text) in &site.texts {
        artifacts.insert(route.as_str(), text.as_bytes());
    }
    artifacts
}

/// A page's address and its bytes.
type Rendered = Result<(String, Arc<[u8]>), Diagnostic>;

fn render_page(
    page: &Page,
    mut seen: Seen,
    theme: &Theme,
    templates: &Templates,
) -> Result<Vec<u8>, Diagnostic> {
    let root = page.route.to_root();
    let view = PageView {
        root: &root,
        route: page.route.as_str(),
        title: &page.title,
        description: &page.description,
        place: page.parent.as_ref().unwrap_or(&page.route).as_str(),
        template: page.template,
    };
    seen.insert("page", &view);
    page.view.show(&mut seen);
    templates.render(page.template, &seen, theme, page.route.as_str())
}

/// Adds the theme's files; returns their addresses by name.
fn publish_assets(assets: &Assets, theme: &Theme, artifacts: &mut Artifacts) -> BTreeMap<String, String> {
    let mut addresses = BTreeMap::new();
    let sheet = match assets {
        Assets::All => None,
        Assets::Only(name) => theme.published().find(|asset| asset.name == *name),
    };
    for asset in theme.published() {
        let is_used = sheet.as_ref().is_none_or(|sheet| {
            let text = String::from_utf8_lossy(sheet.bytes);
            asset.name == sheet.name || text.contains(&format!("url({})", asset.name))
        });
        if is_used {
            artifacts.insert(asset.route.as_str(), asset.bytes);
            addresses.insert(asset.name.to_owned(), asset.route);
        }
    }
    addresses
}

/// Adds the project's files; returns where everything that can be linked to is.
fn carry_files(
    files: &Files,
    mut routes: BTreeMap<String, Route>,
    sources: &Sources,
    artifacts: &mut Artifacts,
) -> BTreeMap<String, Route> {
    for (path, bytes) in sources.assets_under("content/") {
        let route = match files {
            Files::All => telling_name(path, bytes),
            Files::Only(paths) if paths.contains(path) => plain_name(path, bytes),
            Files::Only(_) => continue,
        };
        artifacts.insert(route.as_str(), Arc::clone(bytes));
        routes.insert(path.to_owned(), Route::new(route));
    }
    routes
}

/// `content/questions/locks/drawing.png` as `files/drawing.3f9a61c0.png`.
fn telling_name(path: &str, bytes: &[u8]) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "bin"));
    hashed(&format!("files/{}.{}", slug(stem), ending.to_lowercase()), bytes)
}

/// The same for candidates: a name such as `answer-2.png` would tell something.
fn plain_name(path: &str, bytes: &[u8]) -> String {
    let ending = path.rsplit_once('.').map_or("bin", |(_, ending)| ending).to_lowercase();
    format!("files/{}.{ending}", &blake3::hash(bytes).to_hex()[..16])
}
