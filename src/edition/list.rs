//! Lists of questions, and the facets that narrow them down.
use super::{
    catalogue::Counts,
    link::{CountView, GroupView, LinkView},
    question::QuestionCard,
};
use crate::guide::{Competency, Guide, Level};
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

/// A question as a row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionRow {
    /// What every list shows of it.
    #[serde(flatten)]
    pub card: Arc<QuestionCard>,
    /// One claim a level of the guide, from the lowest: whether the question is for it.
    pub ladder: Vec<bool>,
    /// The same in words: "Mid – Staff".
    pub level_range: String,
    /// Id of the band that its minutes lie in.
    pub band: String,
}

/// What every list says of itself, and offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListHead {
    /// The name of a facet's value; empty for all questions.
    pub title: String,
    /// Whose value it is: `topic`, `level`, `kind`, `competency`; `None` for all questions.
    pub facet: Option<String>,
    /// How many questions it lists.
    pub count: usize,
    /// What they take together.
    pub minutes: u32,
    /// Values of its facet, itself included; of a topic, those of its group, which then has a title.
    pub neighbours: Option<GroupView>,
    /// Ways to narrow it down.
    pub facets: Vec<FacetView>,
}

/// All questions, or those of one topic, level or kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListView {
    /// What it says of itself, and offers.
    pub list: ListHead,
    /// The questions, in reading order.
    pub questions: Vec<Arc<QuestionRow>>,
}

/// A competency: what it means, and where it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CompetencyView {
    /// Id, title and address.
    #[serde(flatten)]
    pub link: LinkView,
    /// One or two sentences.
    pub definition: String,
    /// What it says of itself as a list, and offers.
    pub list: ListHead,
    /// Questions whose first competency it is.
    pub primary: Vec<Arc<QuestionRow>>,
    /// Questions that read it, too.
    pub secondary: Vec<Arc<QuestionRow>>,
}

/// A way to split the questions of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetView {
    /// Its name in addresses and in the attributes of rows: `topic`.
    pub id: String,
    /// Whether its values have pages, which the list of all questions links to.
    pub has_pages: bool,
    /// Its values, by group.
    pub groups: Vec<FacetGroup>,
}

/// Values of a facet that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetGroup {
    /// The heading; empty if the facet has no groups.
    pub title: String,
    /// In the guide's order; only values that some question of the list has.
    pub values: Vec<FacetValue>,
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetValue {
    /// Its name in addresses and in the attributes of rows: `senior`.
    pub id: String,
    /// "Senior".
    pub title: String,
    /// Its page, relative to the root of the site; empty if it has none.
    pub route: String,
    /// How many questions of the list have it.
    pub count: usize,
}

/// A list, and where it stands.
#[derive(Debug, Clone)]
pub struct FacetPage {
    /// Its address.
    pub route: String,
    /// What it shows.
    pub view: ListView,
}

/// The last minute of each band but the last, which is open. Most questions take between five minutes and half an hour.
const BANDS: [u32; 6] = [5, 10, 15, 20, 30, 60];

impl QuestionRow {
    fn of(card: &Arc<QuestionCard>, guide: &Guide) -> Self {
        let levels = &guide.taxonomy.levels;
        let is_for = |level: &Level| card.levels.iter().any(|link| link.id == level.id.as_str());
        Self {
            ladder: levels.iter().map(is_for).collect(),
            level_range: range(&card.levels),
            band: band_id(card.minutes),
            card: Arc::clone(card),
        }
    }
}

/// "Mid – Staff": levels follow each other, or the question is told.
fn range(levels: &[LinkView]) -> String {
    match levels {
        [first, .., last] => format!("{} – {}", first.title, last.title),
        _ => levels.iter().map(|link| link.title.as_str()).collect(),
    }
}

/// The minutes of the band that `minutes` lie in; the last has no end.
fn band(minutes: u32) -> (u32, Option<u32>) {
    let first = BANDS.iter().rev().find(|last| minutes > **last).map_or(1, |last| last + 1);
    (first, BANDS.iter().find(|last| minutes <= **last).copied())
}

/// Id of the band that `minutes` lie in: `11-15`, or `61-` for the last.
pub fn band_id(minutes: u32) -> String {
    match band(minutes) {
        (first, Some(last)) => format!("{first}-{last}"),
        (first, None) => format!("{first}-"),
    }
}

/// Its title: `11–15`, or `61+`.
pub fn band_title(minutes: u32) -> String {
    match band(minutes) {
        (first, Some(last)) => format!("{first}–{last}"),
        (first, None) => format!("{first}+"),
    }
}

/// What questions are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Facet {
    Level,
    Kind,
    Minutes,
    Competency,
    Status,
    Topic,
}

impl Facet {
    /// As pages offer them: what most readers begin with comes first, the longest last.
    const ALL: [Self; 6] =
        [Self::Level, Self::Kind, Self::Minutes, Self::Competency, Self::Status, Self::Topic];

    fn id(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::Kind => "kind",
            Self::Minutes => "minutes",
            Self::Competency => "competency",
            Self::Status => "status",
            Self::Topic => "topic",
        }
    }

    /// Ids of the values that `row` has of it.
    fn values_of(self, row: &QuestionRow) -> impl Iterator<Item = &str> {
        let (links, own): (&[LinkView], Option<&str>) = match self {
            Self::Level => (&row.card.levels, None),
            Self::Kind => (std::slice::from_ref(&row.card.kind), None),
            Self::Competency => (&row.card.competencies, None),
            Self::Topic => (&row.card.topics, None),
            Self::Minutes => (&[], Some(&row.band)),
            Self::Status => (&[], Some(&row.card.status)),
        };
        links.iter().map(|link| link.id.as_str()).chain(own)
    }

    /// Its values, each in its group.
    fn groups(self, counts: &Counts) -> Vec<FacetGroup> {
        match self {
            Self::Level => vec![FacetGroup::of("", &counts.levels)],
            Self::Kind => vec![FacetGroup::of("", &counts.kinds)],
            Self::Competency => vec![FacetGroup::of("", &counts.competencies)],
            Self::Topic => {
                counts.topics.iter().map(|group| FacetGroup::of(&group.title, &group.members)).collect()
            }
            Self::Minutes => {
                let open = BANDS[BANDS.len() - 1] + 1;
                let minutes = BANDS.iter().copied().chain([open]);
                vec![FacetGroup::without_pages(minutes.map(|it| (band_id(it), band_title(it))))]
            }
            Self::Status => {
                vec![FacetGroup::without_pages(counts.statuses.iter().cloned())]
            }
        }
    }
}

impl FacetGroup {
    fn of(title: &str, members: &[CountView]) -> Self {
        let values = members.iter().map(|it| FacetValue {
            id: it.link.id.clone(),
            title: it.link.title.clone(),
            route: it.link.route.clone(),
            count: it.count,
        });
        Self { title: title.to_owned(), values: values.collect() }
    }

    fn has_pages(&self) -> bool {
        self.values.iter().all(|value| !value.route.is_empty())
    }

    fn without_pages(values: impl Iterator<Item = (String, String)>) -> Self {
        let values = values.map(|(id, title)| FacetValue { id, title, route: String::new(), count: 0 });
        Self { title: String::new(), values: values.collect() }
    }
}

impl FacetView {
    /// How `rows` can be split by `facet`, if that leaves at least so many parts.
    fn of(facet: Facet, least: usize, rows: &[Arc<QuestionRow>], counts: &Counts) -> Option<Self> {
        let mut found: BTreeMap<&str, usize> = BTreeMap::new();
        for value in rows.iter().flat_map(|row| facet.values_of(row)) {
            *found.entry(value).or_default() += 1;
        }
        if found.len() < least {
            return None;
        }
        let mut groups = facet.groups(counts);
        for group in &mut groups {
            for value in &mut group.values {
                value.count = found.get(value.id.as_str()).copied().unwrap_or_default();
            }
            group.values.retain(|value| value.count > 0);
        }
        groups.retain(|group| !group.values.is_empty());
        let has_pages = groups.iter().all(FacetGroup::has_pages);
        Some(Self { id: facet.id().to_owned(), has_pages, groups })
    }
}

impl ListHead {
    fn of_all(rows: &[Arc<QuestionRow>], counts: &Counts) -> Self {
        // Without a script this is where the pages of all values are linked, also those of an only one.
        let least = |facet: Facet| if facet.groups(counts).iter().all(FacetGroup::has_pages) { 1 } else { 2 };
        Self {
            title: String::new(),
            facet: None,
            count: rows.len(),
            minutes: minutes(rows),
            neighbours: None,
            facets: Facet::ALL
                .into_iter()
                .filter_map(|facet| FacetView::of(facet, least(facet), rows, counts))
                .collect(),
        }
    }

    /// Of the page of a value of `facet`.
    fn of_value(
        facet: Facet,
        title: &str,
        neighbours: GroupView,
        rows: &[Arc<QuestionRow>],
        counts: &Counts,
    ) -> Self {
        let others = Facet::ALL.into_iter().filter(|other| *other != facet);
        Self {
            title: title.to_owned(),
            facet: Some(facet.id().to_owned()),
            count: rows.len(),
            minutes: minutes(rows),
            neighbours: Some(neighbours),
            facets: others.filter_map(|other| FacetView::of(other, 2, rows, counts)).collect(),
        }
    }
}

fn minutes(rows: &[Arc<QuestionRow>]) -> u32 {
    rows.iter().map(|row| row.card.minutes).sum()
}

/// The questions of `cards` as rows.
pub(super) fn rows(cards: &[Arc<QuestionCard>], guide: &Guide) -> Vec<Arc<QuestionRow>> {
    cards.iter().map(|card| Arc::new(QuestionRow::of(card, guide))).collect()
}

/// All questions, then a page for each topic, level and kind that has some.
pub(super) fn lists(rows: &[Arc<QuestionRow>], counts: &Counts) -> Vec<FacetPage> {
    let all = ListView { list: ListHead::of_all(rows, counts), questions: rows.to_vec() };
    let mut pages = vec![FacetPage { route: "questions/index.html".to_owned(), view: all }];
    let group = |facet: Facet, members: &[CountView]| {
        (facet, GroupView { title: String::new(), members: members.to_vec() })
    };
    let topics = counts.topics.iter().map(|it| (Facet::Topic, it.clone()));
    let groups = topics.chain([group(Facet::Level, &counts.levels), group(Facet::Kind, &counts.kinds)]);
    for (facet, group) in groups {
        for member in &group.members {
            let has_value = |row: &&Arc<QuestionRow>| facet.values_of(row).any(|id| id == member.link.id);
            let questions: Vec<_> = rows.iter().filter(has_value).cloned().collect();
            let list = ListHead::of_value(facet, &member.link.title, group.clone(), &questions, counts);
            let view = ListView { list, questions };
            pages.push(FacetPage { route: member.link.route.clone(), view });
        }
    }
    pages
}

/// A page for each competency, those that no question reads included.
pub(super) fn competencies(rows: &[Arc<QuestionRow>], guide: &Guide, counts: &Counts) -> Vec<CompetencyView> {
    let pages = guide.taxonomy.competencies.iter().map(|it| CompetencyView::of(it, rows, guide, counts));
    pages.collect()
}

impl CompetencyView {
    fn of(it: &Competency, rows: &[Arc<QuestionRow>], guide: &Guide, counts: &Counts) -> Self {
        let is_it = |id: &str| id == it.id.as_str();
        let reads = |row: &&Arc<QuestionRow>| Facet::Competency.values_of(row).any(is_it);
        let reads_first = |row: &Arc<QuestionRow>| Facet::Competency.values_of(row).next().is_some_and(is_it);
        let questions: Vec<_> = rows.iter().filter(reads).cloned().collect();
        let facet = Facet::Competency;
        let neighbours = GroupView { title: String::new(), members: counts.competencies.clone() };
        let list = ListHead::of_value(facet, &it.title, neighbours, &questions, counts);
        let (primary, secondary) = questions.into_iter().partition(reads_first);
        Self {
            link: LinkView::competency(guide, &it.id),
            definition: it.definition.clone(),
            list,
            primary,
            secondary,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_minutes_lies_in_one_band() {
        let told = [0, 1, 5, 6, 12, 15, 16, 30, 31, 60, 61, 150].map(|it| (band_id(it), band_title(it)));
        let expected = [
            ("1-5", "1–5"),
            ("1-5", "1–5"),
            ("1-5", "1–5"),
            ("6-10", "6–10"),
            ("11-15", "11–15"),
            ("11-15", "11–15"),
            ("16-20", "16–20"),
            ("21-30", "21–30"),
            ("31-60", "31–60"),
            ("31-60", "31–60"),
            ("61-", "61+"),
            ("61-", "61+"),
        ];
        assert_eq!(told.each_ref().map(|(id, title)| (id.as_str(), title.as_str())), expected);
    }
}
