//! Who can be asked what: one count of the bank that all parts of its page rest on.
use crate::guide::{CompetencyId, Guide, LevelId, Question, QuestionId, Status};
use std::collections::{BTreeMap, BTreeSet};

/// How often something is read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tally {
    /// By how many questions first.
    pub(super) first: usize,
    /// By how many beside something else.
    pub(super) also: usize,
    /// How long the questions take that read it first.
    pub(super) minutes: u32,
}

/// The questions that can be asked, counted.
pub(super) struct Census<'a> {
    /// Those questions, in reading order.
    pub(super) material: Vec<&'a Question>,
    competencies: BTreeMap<&'a CompetencyId, Tally>,
    cells: BTreeMap<(&'a CompetencyId, &'a LevelId), Tally>,
    levels: BTreeMap<&'a LevelId, Tally>,
    taken_home: BTreeSet<&'a QuestionId>,
}

impl Tally {
    fn add(&mut self, question: &Question, is_first: bool) {
        if is_first {
            self.first += 1;
            self.minutes += question.live_minutes();
        } else {
            self.also += 1;
        }
    }

    /// How many questions read it at all.
    pub(super) fn questions(self) -> usize {
        self.first + self.also
    }
}

impl<'a> Census<'a> {
    pub(super) fn of(guide: &'a Guide) -> Self {
        let can_be_asked = |it: &&Question| matches!(it.status, Status::Active | Status::Pilot);
        let stages = guide.loops.iter().flat_map(|it| &it.stages);
        let mut census = Self {
            material: guide.questions.iter().filter(can_be_asked).collect(),
            competencies: BTreeMap::new(),
            cells: BTreeMap::new(),
            levels: BTreeMap::new(),
            taken_home: stages.filter_map(|stage| Some(&stage.take_home.as_ref()?.value)).collect(),
        };
        for question in &census.material {
            for level in &question.levels {
                census.levels.entry(&level.value).or_default().add(question, true);
            }
            for (at, (competency, _)) in question.competencies.iter().enumerate() {
                let is_first = at == 0;
                census.competencies.entry(&competency.value).or_default().add(question, is_first);
                for level in &question.levels {
                    let cell = census.cells.entry((&competency.value, &level.value)).or_default();
                    cell.add(question, is_first);
                }
            }
        }
        census
    }

    /// How often `competency` is read.
    pub(super) fn competency(&self, competency: &CompetencyId) -> Tally {
        self.competencies.get(competency).copied().unwrap_or_default()
    }

    /// How often `competency` is read of someone at `level`.
    pub(super) fn cell(&self, competency: &CompetencyId, level: &LevelId) -> Tally {
        self.cells.get(&(competency, level)).copied().unwrap_or_default()
    }

    /// The questions for `level`, each counted as first.
    pub(super) fn level(&self, level: &LevelId) -> Tally {
        self.levels.get(level).copied().unwrap_or_default()
    }

    /// Whether a packet asks `question`, or a loop gives it as a take-home.
    pub(super) fn is_used(&self, question: &Question, guide: &Guide) -> bool {
        guide.packets_that_ask(question).next().is_some() || self.taken_home.contains(&question.id)
    }
}

/// Whether `question` is for `level`.
pub(super) fn is_for(question: &Question, level: &LevelId) -> bool {
    question.levels.iter().any(|id| id.value == *level)
}
