//! A handbook page, `content/pages/**/*.md`, and the home page's prose, `content/index.md`.
use crate::{
    source::{Code, Diagnostic, Diagnostics, Source},
    text::{
        front_matter,
        markdown::{Document, Link, Markdown},
        yaml::{self, Fields},
    },
};

const LEVEL_1: Code = Code("heading-level");

/// A page of prose.
#[derive(Debug, Clone)]
pub struct Article {
    /// Its path below `content/pages/`, without `.md`: `legal` or `guide/legal`.
    pub id: String,
    /// Path of its file.
    pub path: String,
    /// Its name.
    pub title: String,
    /// What it is about; may be empty.
    pub summary: String,
    /// Where it stands among the others; those without one come last.
    pub order: u32,
    /// Words for search.
    pub aliases: Vec<String>,
    /// The author's own data, for themes.
    pub extra: serde_json::Value,
    /// Its text.
    pub body: Document,
}

impl Article {
    /// Reads one; what is wrong is told, and `None` means that it could not be made whole.
    pub(super) fn parse(
        source: &Source,
        id: &str,
        markdown: &Markdown,
        links: &mut Vec<Link>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let parts = front_matter::split(source, "title: …", diagnostics)?;
        let body = markdown.prose(source, parts.body.clone(), diagnostics);
        Self::of(source, id, &parts, body, links, diagnostics)
    }

    /// Reads the home page's prose, whose level-2 headings are ways to start; else as above.
    pub(super) fn parse_home(
        source: &Source,
        markdown: &Markdown,
        links: &mut Vec<Link>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let parts = front_matter::split(source, "title: …", diagnostics)?;
        let body = markdown.chapters(source, parts.body.clone(), diagnostics);
        Self::of(source, "", &parts, body, links, diagnostics)
    }

    fn of(
        source: &Source,
        id: &str,
        parts: &front_matter::Parts,
        body: Document,
        links: &mut Vec<Link>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        for heading in body.headings.iter().filter(|heading| heading.level == 1) {
            let problem =
                Diagnostic::error(LEVEL_1, heading.span, "a page has no level-1 heading of its own");
            diagnostics.push(problem.help("the title stands in the front matter; start with `##`"));
        }
        links.extend_from_slice(&body.links);
        let mapping = yaml::read(source, parts.yaml.clone(), diagnostics)?;
        let mut fields = Fields::of(mapping, diagnostics);
        let title = fields.required::<String>("title");
        let summary = fields.optional::<String>("summary");
        let order = fields.number("order", 0..=100_000);
        let aliases: Vec<_> = fields.list::<String>("aliases");
        let extra = fields.free("extra");
        if !fields.finish("page") {
            return None;
        }
        Some(Self {
            id: id.to_owned(),
            path: source.path.clone(),
            title: title?.value,
            summary: summary.map(|summary| summary.value).unwrap_or_default(),
            order: order.map_or(u32::MAX, |order| order.value),
            aliases: aliases.into_iter().map(|alias| alias.value).collect(),
            extra,
            body,
        })
    }
}
