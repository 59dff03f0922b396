//! What the bank is made of: kinds by level, and topics.
use super::{
    Listed, NameView,
    census::{Census, is_for},
    heat, selection, share,
};
use crate::{
    edition::link::LinkView,
    guide::{Guide, Kind, Question, Topic},
    text::{words::Words, yaml::Choice as _},
};
use serde::Serialize;
use std::cmp::Reverse;

/// More topics than this are no picture any more.
const TOPICS: usize = 48;

/// Kinds by level, and topics.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MixView {
    /// From the lowest level to the highest.
    pub levels: Vec<NameView>,
    /// The kinds that some question is of.
    pub kinds: Vec<MixRowView>,
    /// The topics, those with the most minutes first, those with none last.
    pub topics: Listed<TopicMixView>,
}

/// A kind of question, level by level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MixRowView {
    /// Which.
    pub kind: NameView,
    /// One a level, from the lowest.
    pub cells: Vec<MixCellView>,
    /// How many questions are of it.
    pub questions: usize,
    /// How long they take.
    pub minutes: u32,
}

/// How many questions of a kind are for a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MixCellView {
    /// So many.
    pub questions: usize,
    /// Against the most that a cell has, in percent.
    pub share: u64,
    /// The page of all questions, narrowed down to them.
    pub selection: String,
}

/// A topic, and what there is about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopicMixView {
    /// Which.
    pub topic: NameView,
    /// How many questions are about it.
    pub questions: usize,
    /// How long they take.
    pub minutes: u32,
    /// The minutes against the most that a topic has, in percent.
    pub share: u64,
}

impl MixView {
    pub(super) fn of(census: &Census<'_>, guide: &Guide, words: &Words) -> Self {
        let levels = &guide.taxonomy.levels;
        Self {
            levels: levels.iter().map(|level| heat::name(level, guide)).collect(),
            kinds: kinds(census, guide, words),
            topics: topics(census, guide),
        }
    }
}

fn kinds(census: &Census<'_>, guide: &Guide, words: &Words) -> Vec<MixRowView> {
    let levels = &guide.taxonomy.levels;
    let used = Kind::ALL.iter().map(|(_, kind)| *kind);
    let used: Vec<Kind> = used.filter(|kind| census.material.iter().any(|it| it.kind == *kind)).collect();
    let count = |kind: Kind, is_meant: &dyn Fn(&Question) -> bool| {
        census.material.iter().filter(|it| it.kind == kind && is_meant(it)).count()
    };
    let cells = used.iter().map(|kind| {
        levels.iter().map(|level| count(*kind, &|it| is_for(it, &level.id))).collect::<Vec<usize>>()
    });
    let cells: Vec<Vec<usize>> = cells.collect();
    let most = cells.iter().flatten().max().copied().unwrap_or_default();
    let rows = used.iter().zip(cells).map(|(kind, counts)| MixRowView {
        kind: NameView::filed(LinkView::kind(*kind, words), true),
        cells: counts
            .into_iter()
            .zip(levels)
            .map(|(questions, level)| MixCellView {
                questions,
                share: share(questions as u64, most as u64),
                selection: selection(&[("kind", kind.name()), ("level", level.id.as_str())]),
            })
            .collect(),
        questions: count(*kind, &|_| true),
        minutes: minutes(census.material.iter().copied().filter(|it| it.kind == *kind)),
    });
    rows.collect()
}

fn topics(census: &Census<'_>, guide: &Guide) -> Listed<TopicMixView> {
    let about = |question: &Question, topic: &Topic| question.topics.iter().any(|id| id.value == topic.id);
    let counted = guide.taxonomy.topics.iter().map(|topic| {
        let questions = census.material.iter().copied().filter(|question| about(question, topic));
        (topic, questions.clone().count(), minutes(questions))
    });
    let mut counted: Vec<(&Topic, usize, u32)> = counted.collect();
    counted.sort_by_key(|(_, _, minutes)| Reverse(*minutes));
    let most = counted.first().map_or(0, |(_, _, minutes)| *minutes);
    Listed::of(counted, TOPICS, |(topic, questions, minutes)| {
        let is_used = guide.questions.iter().any(|question| about(question, topic));
        TopicMixView {
            topic: NameView::filed(LinkView::topic(guide, &topic.id), is_used),
            questions,
            minutes,
            share: share(minutes.into(), most.into()),
        }
    })
}

fn minutes<'a>(questions: impl Iterator<Item = &'a Question>) -> u32 {
    questions.map(Question::live_minutes).sum()
}
