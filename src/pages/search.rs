//! The search page: what can be asked for, and what results can be narrowed by.
use crate::{
    edition::{CountView, InterviewerEdition, LinkView, band_id, band_title},
    site::{Page, SearchEntry},
    text::{percent::encoded, words::Words},
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What the search page offers.
#[derive(Debug, Serialize)]
struct SearchView {
    /// Ways to narrow results down, of which there is a choice.
    facets: Vec<SearchFacetView>,
    /// What can be asked, shown by what this guide answers.
    examples: SearchExamplesView,
}

/// A way to narrow results down.
#[derive(Debug, Serialize)]
struct SearchFacetView {
    /// Its name in the index and in addresses: `level`.
    id: &'static str,
    /// Its values, by group.
    groups: Vec<SearchGroupView>,
}

/// Values of a facet that belong together.
#[derive(Debug, Serialize)]
struct SearchGroupView {
    /// "Language"; empty if the facet has no groups.
    title: String,
    /// Those that something in the guide has, in the guide's order.
    values: Vec<SearchValueView>,
}

/// A value of a facet.
#[derive(Debug, Serialize)]
struct SearchValueView {
    /// `senior`.
    id: String,
    /// "Senior"; of what a document is empty, since the theme has a word for it.
    title: String,
}

/// Queries that find something in this guide.
#[derive(Debug, Serialize)]
struct SearchExamplesView {
    /// Words; at most two.
    words: Vec<SearchExampleView>,
    /// Code; at most two.
    code: Vec<SearchExampleView>,
    /// Error numbers of a compiler; at most two.
    errors: Vec<SearchExampleView>,
    /// A level and a topic, as they can be typed.
    fields: Option<SearchExampleView>,
}

/// A query to try.
#[derive(Debug, Serialize)]
struct SearchExampleView {
    /// As it is typed.
    text: String,
    /// The search page with its results.
    route: String,
}

const ROUTE: &str = "search.html";

/// What a document is, in the order of the page.
const TYPES: [&str; 5] = ["question", "packet", "loop", "page", "competency"];

const WORDS: [&str; 4] = ["deadlock", "ownership", "flaky test", "graceful shutdown"];
const CODE: [&str; 4] = ["&str", "Arc<Mutex", "'static", "unwrap()"];
const ERRORS: [&str; 3] = ["E0502", "E0382", "E0277"];

/// The search page of `edition`, where search finds `entries`.
pub(super) fn page(edition: &InterviewerEdition, entries: &[SearchEntry], words: &Words) -> Page {
    let view = SearchView { facets: facets(edition, entries), examples: examples(entries) };
    super::page(ROUTE, "search.html", words.text("menu.search"), "", view)
}

/// What a document is filed under: what it is, the ids of what `links` lead to by facet, and how long it takes.
pub(super) fn filed<'a>(
    kind: &str,
    links: impl IntoIterator<Item = (&'static str, &'a [LinkView])>,
    minutes: Option<u32>,
) -> BTreeMap<String, Vec<String>> {
    let mut facets = BTreeMap::from([("type".to_owned(), vec![kind.to_owned()])]);
    for (facet, links) in links {
        facets.insert(facet.to_owned(), links.iter().map(|link| link.id.clone()).collect());
    }
    if let Some(minutes) = minutes {
        facets.insert("minutes".to_owned(), vec![band_id(minutes)]);
        // Not to choose from, but to be told of a result.
        facets.insert("duration".to_owned(), vec![minutes.to_string()]);
    }
    facets
}

fn facets(edition: &InterviewerEdition, entries: &[SearchEntry]) -> Vec<SearchFacetView> {
    let counted = |counts: &[CountView]| alone(counts.iter().map(|it| value(&it.link.id, &it.link.title)));
    let topics = edition.site.topics.iter().map(|group| SearchGroupView {
        title: group.title.clone(),
        values: group.members.iter().map(|it| value(&it.link.id, &it.link.title)).collect(),
    });
    let durations = entries.iter().filter_map(|entry| entry.facets.get("duration")).flatten();
    let durations: BTreeSet<u32> = durations.filter_map(|minutes| minutes.parse().ok()).collect();
    let mut bands: Vec<SearchValueView> =
        durations.into_iter().map(|it| value(&band_id(it), &band_title(it))).collect();
    bands.dedup_by(|one, other| one.id == other.id);
    let facets = [
        ("type", alone(TYPES.into_iter().map(|id| value(id, "")))),
        ("level", counted(&edition.site.levels)),
        ("kind", counted(&edition.home.kinds)),
        ("minutes", alone(bands.into_iter())),
        ("competency", counted(&edition.home.competencies)),
        ("topic", topics.collect()),
    ];
    let facets = facets.into_iter().map(|(id, groups)| {
        let of_all = entries.iter().filter_map(|entry| entry.facets.get(id)).flatten();
        SearchFacetView { id, groups: in_use(groups, &of_all.collect()) }
    });
    // Where there is no choice, there is nothing to ask.
    facets.filter(|facet| facet.groups.iter().map(|group| group.values.len()).sum::<usize>() > 1).collect()
}

/// The one group of a facet without groups.
fn alone(values: impl Iterator<Item = SearchValueView>) -> Vec<SearchGroupView> {
    vec![SearchGroupView { title: String::new(), values: values.collect() }]
}

fn in_use(mut groups: Vec<SearchGroupView>, used: &BTreeSet<&String>) -> Vec<SearchGroupView> {
    for group in &mut groups {
        group.values.retain(|value| used.contains(&value.id));
    }
    groups.retain(|group| !group.values.is_empty());
    groups
}

fn value(id: &str, title: &str) -> SearchValueView {
    SearchValueView { id: id.to_owned(), title: title.to_owned() }
}

fn examples(entries: &[SearchEntry]) -> SearchExamplesView {
    let in_guide = |example: &&str| {
        entries.iter().any(|entry| {
            entry.body.contains(*example) || entry.code.iter().any(|code| code.contains(*example))
        })
    };
    let known = |examples: &[&str]| examples.iter().copied().filter(in_guide).take(2).map(example).collect();
    let fields = entries.iter().find_map(|entry| {
        let first = |facet: &str| entry.facets.get(facet)?.first();
        Some(format!("level:{} topic:{}", first("level")?, first("topic")?))
    });
    SearchExamplesView {
        words: known(&WORDS),
        code: known(&CODE),
        errors: known(&ERRORS),
        fields: fields.as_deref().map(example),
    }
}

fn example(query: &str) -> SearchExampleView {
    SearchExampleView { text: query.to_owned(), route: format!("{ROUTE}?q={}", encoded(query)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_filed_by_ids_and_by_how_long_it_takes() {
        let senior =
            LinkView { id: "senior".into(), title: "Senior".into(), route: "levels/senior.html".into() };
        let facets = filed("packet", [("level", &[senior][..])], Some(45));
        let facets: Vec<String> =
            facets.iter().map(|(name, ids)| format!("{name}: {}", ids.join(", "))).collect();
        assert_eq!(facets, ["duration: 45", "level: senior", "minutes: 31-60", "type: packet"]);
    }
}
