//! What the bank cannot read, said so that somebody can do something about it.
use super::{
    LISTED, Listed, NameView, PlaceView,
    census::{Census, Tally, is_for},
    heat, selection,
};
use crate::{
    edition::link::LinkView,
    guide::{CompetencyId, Guide, Kind, Level, LevelId},
    text::{words::Words, yaml::Choice as _},
};
use serde::Serialize;
use std::collections::BTreeSet;

/// More lines than this are a table again.
const LINES: usize = 10;

/// What is wanting, the worst first. A level that no question is for is told once and counts in no other gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GapsView {
    /// Whether anything is wanting.
    pub has_some: bool,
    /// Levels that no question is for.
    pub empty_levels: Vec<NameView>,
    /// How many pairs of a competency and a level there are.
    pub cells: usize,
    /// How many of them no question reads.
    pub unread_cells: usize,
    /// How many of them a single question reads first.
    pub single_cells: usize,
    /// Competencies that no question reads at some levels.
    pub unread: Listed<GapView>,
    /// Competencies that are read at some levels, but by no question first.
    pub beside: Listed<GapView>,
    /// Competencies that a single question reads first: if it leaks, nothing is left.
    pub single: Listed<GapView>,
    /// Whether there are packets.
    pub has_packets: bool,
    /// Levels that have questions and no packet.
    pub unpacked_levels: Vec<NameView>,
    /// Competencies that questions read at a level and none of its packets does.
    pub unasked: Listed<GapView>,
    /// Kinds that no question is of.
    pub absent_kinds: Vec<NameView>,
    /// Kinds of question that are missing at a level and not at all.
    pub kinds: Listed<GapView>,
    /// Themes that no question carries.
    pub themes: Listed<NameView>,
    /// Questions that no packet asks and no loop gives as a take-home.
    pub unused: Listed<LinkView>,
}

/// What is wanting, and at which levels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GapView {
    /// A competency or a kind.
    pub subject: NameView,
    /// Where, from the lowest level.
    pub levels: Vec<PlaceView>,
    /// Whether that is every level that has questions, and those are several.
    pub is_everywhere: bool,
}

impl GapsView {
    pub(super) fn of(census: &Census<'_>, guide: &Guide, words: &Words) -> Self {
        let levels = guide.taxonomy.levels.iter();
        let (filled, empty): (Vec<&Level>, Vec<&Level>) =
            levels.partition(|level| census.level(&level.id).questions() > 0);
        let packed: Vec<&Level> =
            filled.iter().copied().filter(|level| has_packet(guide, &level.id)).collect();
        let unpacked = filled.iter().filter(|level| !has_packet(guide, &level.id));
        let asked = asked(guide);
        let tally = |competency: &CompetencyId, level: &Level| census.cell(competency, &level.id);
        let competencies = |levels: &[&Level], is_gap: &dyn Fn(&CompetencyId, &Level) -> bool| {
            by_competency(guide, levels, is_gap)
        };
        let unread = competencies(&filled, &|id, level| tally(id, level).questions() == 0);
        let beside = competencies(&filled, &|id, level| is_beside(tally(id, level)));
        let single = competencies(&filled, &|id, level| tally(id, level).first == 1);
        let unasked = competencies(&packed, &|id, level| {
            tally(id, level).questions() > 0 && !asked.contains(&(&level.id, id))
        });
        let cells = |gaps: &[GapView]| gaps.iter().map(|gap| gap.levels.len()).sum();
        let (has_packets, material) = (!guide.packets.is_empty(), &census.material);
        let unused = material.iter().filter(|it| has_packets && !census.is_used(it, guide));
        let themes = guide.taxonomy.themes.iter().filter(|theme| {
            !material.iter().any(|question| question.themes.iter().any(|id| id.value == theme.id))
        });
        let has = |kind: Kind| material.iter().any(|question| question.kind == kind);
        let absent = Kind::ALL.iter().map(|(_, kind)| *kind).filter(|kind| !has(*kind));
        let mut view = Self {
            has_some: false,
            empty_levels: empty.iter().map(|level| heat::name(level, guide)).collect(),
            cells: filled.len() * guide.taxonomy.competencies.len(),
            unread_cells: cells(&unread),
            single_cells: cells(&single),
            unread: worst_first(unread),
            beside: worst_first(beside),
            single: worst_first(single),
            has_packets,
            unpacked_levels: unpacked.map(|level| heat::name(level, guide)).collect(),
            unasked: worst_first(unasked),
            absent_kinds: absent.map(|kind| kind_name(kind, guide, words)).collect(),
            kinds: worst_first(by_kind(census, guide, &filled, words)),
            themes: Listed::of(themes.collect(), LISTED, |theme| {
                NameView::new(theme.id.as_str(), &theme.title, None)
            }),
            unused: Listed::of(unused.collect(), LISTED, |question| LinkView::question(question)),
        };
        let counts =
            [&view.unread, &view.beside, &view.single, &view.unasked, &view.kinds].map(|it| it.count);
        let levels = view.empty_levels.len() + view.unpacked_levels.len();
        let kinds = view.absent_kinds.len();
        view.has_some =
            counts.iter().sum::<usize>() + levels + kinds + view.themes.count + view.unused.count > 0;
        view
    }
}

fn has_packet(guide: &Guide, level: &LevelId) -> bool {
    guide.packets.iter().any(|packet| packet.level.value == *level)
}

fn is_beside(tally: Tally) -> bool {
    tally.first == 0 && tally.also > 0
}

/// What packets read of whom; a question without a score reads nothing.
fn asked(guide: &Guide) -> BTreeSet<(&LevelId, &CompetencyId)> {
    let packets = guide.packets.iter().flat_map(|packet| {
        let asked = guide.asked.get(&packet.id).into_iter().flatten().filter(|asked| !asked.unscored);
        let questions = asked.map(|asked| guide.question(&asked.question));
        let competencies = questions.flat_map(|question| &question.competencies);
        competencies.map(|(id, _)| (&packet.level.value, &id.value))
    });
    packets.collect()
}

/// The competencies that have a gap at some of `levels`.
fn by_competency(
    guide: &Guide,
    levels: &[&Level],
    is_gap: &dyn Fn(&CompetencyId, &Level) -> bool,
) -> Vec<GapView> {
    let gaps = guide.taxonomy.competencies.iter().filter_map(|competency| {
        let id = &competency.id;
        let subject = NameView::filed(LinkView::competency(guide, id), true);
        gap(subject, "competency", levels, |level| is_gap(id, level))
    });
    gaps.collect()
}

/// The kinds that have no question at some of `levels`, but at others.
fn by_kind(census: &Census<'_>, guide: &Guide, levels: &[&Level], words: &Words) -> Vec<GapView> {
    let gaps = Kind::ALL.iter().filter_map(|(_, kind)| {
        let has = |level: &Level| census.material.iter().any(|it| it.kind == *kind && is_for(it, &level.id));
        let is_absent = !census.material.iter().any(|it| it.kind == *kind);
        let gap = gap(kind_name(*kind, guide, words), "kind", levels, |level| !has(level));
        gap.filter(|_| !is_absent)
    });
    gaps.collect()
}

fn kind_name(kind: Kind, guide: &Guide, words: &Words) -> NameView {
    let is_used = guide.questions.iter().any(|question| question.kind == kind);
    NameView::filed(LinkView::kind(kind, words), is_used)
}

/// `None` if there is a gap at none of `levels`; `key` is what the page of all questions calls the subject.
fn gap(
    subject: NameView,
    key: &str,
    levels: &[&Level],
    mut is_gap: impl FnMut(&Level) -> bool,
) -> Option<GapView> {
    let places = levels.iter().filter(|level| is_gap(level)).map(|level| PlaceView {
        title: level.title.clone(),
        route: selection(&[(key, &subject.id), ("level", level.id.as_str())]),
    });
    let places: Vec<PlaceView> = places.collect();
    let is_everywhere = places.len() == levels.len() && places.len() > 1;
    (!places.is_empty()).then_some(GapView { subject, levels: places, is_everywhere })
}

/// The order of the taxonomy where two are as bad.
fn worst_first(mut gaps: Vec<GapView>) -> Listed<GapView> {
    gaps.sort_by_key(|gap| std::cmp::Reverse(gap.levels.len()));
    Listed::of(gaps, LINES, |gap| gap)
}
