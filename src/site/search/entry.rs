//! What search knows of one document.
use std::collections::BTreeMap;

/// A document that search can find. All texts are plain: no Markdown, no HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchEntry {
    /// Address below the root of the site, such as `questions/moved-string.html`.
    pub route: String,
    /// What the reader sees as its name.
    pub title: String,
    /// What it is: `question`, `page`, `packet`, `competency`.
    pub kind: String,
    /// One sentence that is shown when the words of a query are in none of the texts.
    pub summary: String,
    /// Other names that readers look for.
    pub aliases: Vec<String>,
    /// Subjects it is filed under.
    pub tags: Vec<String>,
    /// Everything a reader can read in it; excerpts are cut from here.
    pub body: String,
    /// Inline code and code blocks, those of the title too. Only here are signs such as `'a` and `?` read.
    pub code: Vec<String>,
    /// Name of a facet to the ids of the values this document has of it. Their titles are found if `tags` has them.
    pub facets: BTreeMap<String, Vec<String>>,
}
