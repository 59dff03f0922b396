//! Competency by level: how many questions read what of whom.
use super::{
    NameView,
    census::{Census, Tally, is_for},
    selection,
};
use crate::{
    edition::link::LinkView,
    guide::{Guide, Level},
};
use serde::Serialize;

/// The shade of what a single question reads; darker ones follow.
const SINGLE: u8 = 1;
/// Into how many shades the rest is cut.
const SHADES: u32 = 4;

/// Competencies, a row each, by levels, a column each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeatView {
    /// From the lowest level to the highest.
    pub columns: Vec<HeatColumnView>,
    /// In the taxonomy's order.
    pub rows: Vec<HeatRowView>,
    /// Whether there are several levels, and so something to sum up.
    pub has_totals: bool,
    /// What each shade stands for, from none to many.
    pub steps: Vec<StepView>,
}

/// A level, and all questions for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeatColumnView {
    /// Which.
    #[serde(flatten)]
    pub level: NameView,
    /// How many questions are for it.
    pub questions: usize,
    /// How long they take.
    pub minutes: u32,
    /// The page of all questions, narrowed down to them.
    pub selection: String,
}

/// A competency, level by level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeatRowView {
    /// Which.
    pub competency: LinkView,
    /// One a level, from the lowest.
    pub cells: Vec<HeatCellView>,
    /// Of all levels together, each question once.
    pub total: HeatCellView,
}

/// What reads a competency at a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeatCellView {
    /// How many questions read it first.
    pub first: usize,
    /// How many read it beside something else.
    pub also: usize,
    /// How long the questions take that read it first.
    pub minutes: u32,
    /// Its shade: 0 for none, 1 for a single question, then as the legend says.
    pub step: u8,
    /// Whether no question reads it, although there are some for the level.
    pub is_unread: bool,
    /// The page of all questions, narrowed down to it; `None` if that would be empty.
    pub selection: Option<String>,
}

/// A shade, and how many questions it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepView {
    /// The shade.
    pub step: u8,
    /// At least so many.
    pub from: usize,
    /// At most so many.
    pub to: usize,
}

impl HeatView {
    pub(super) fn of(census: &Census<'_>, guide: &Guide) -> Self {
        let taxonomy = &guide.taxonomy;
        let most = taxonomy.competencies.iter().flat_map(|competency| {
            taxonomy.levels.iter().map(|level| census.cell(&competency.id, &level.id).first)
        });
        let steps = steps(most.max().unwrap_or_default());
        let rows = taxonomy.competencies.iter().map(|competency| {
            let id = competency.id.as_str();
            let cells = taxonomy.levels.iter().map(|level| {
                let tally = census.cell(&competency.id, &level.id);
                let selection = selection(&[("competency", id), ("level", level.id.as_str())]);
                HeatCellView::of(tally, selection, &steps).unread_if(census.level(&level.id).first > 0)
            });
            HeatRowView {
                competency: LinkView::competency(guide, &competency.id),
                cells: cells.collect(),
                total: HeatCellView::of(
                    census.competency(&competency.id),
                    selection(&[("competency", id)]),
                    &steps,
                ),
            }
        });
        let rows = rows.collect();
        let columns = taxonomy.levels.iter().map(|level| HeatColumnView::of(level, census, guide));
        Self { columns: columns.collect(), rows, has_totals: taxonomy.levels.len() > 1, steps }
    }
}

impl HeatColumnView {
    fn of(level: &Level, census: &Census<'_>, guide: &Guide) -> Self {
        let tally = census.level(&level.id);
        Self {
            level: name(level, guide),
            questions: tally.first,
            minutes: tally.minutes,
            selection: selection(&[("level", level.id.as_str())]),
        }
    }
}

impl HeatCellView {
    fn of(tally: Tally, selection: String, steps: &[StepView]) -> Self {
        let step = steps.iter().find(|step| tally.first <= step.to).or(steps.last());
        Self {
            first: tally.first,
            also: tally.also,
            minutes: tally.minutes,
            step: step.map_or(0, |step| step.step),
            is_unread: false,
            selection: (tally.questions() > 0).then_some(selection),
        }
    }

    /// The same; if nothing reads it, that is a gap where there are questions at all.
    fn unread_if(self, has_questions: bool) -> Self {
        Self { is_unread: has_questions && self.selection.is_none(), ..self }
    }
}

/// A level, with its page if there is one.
pub(super) fn name(level: &Level, guide: &Guide) -> NameView {
    let is_used = guide.questions.iter().any(|question| is_for(question, &level.id));
    NameView::filed(LinkView::level(guide, &level.id), is_used)
}

/// The shades of numbers up to `most`: none, one, and equal ratios of the rest, since 2 and 3 are further apart than 8
/// and 9.
fn steps(most: usize) -> Vec<StepView> {
    let mut steps = vec![StepView { step: 0, from: 0, to: 0 }];
    if most > 0 {
        steps.push(StepView { step: SINGLE, from: 1, to: 1 });
    }
    for part in 1..=SHADES {
        let last = steps.last().expect("it begins with none");
        let (step, from, to) = (last.step + 1, last.to + 1, upper(most, part));
        if from > 1 && to >= from {
            steps.push(StepView { step, from, to });
        }
    }
    steps
}

/// The highest number that is at most 2 (`most` / 2)^(`part` / 4): whole numbers, the same on every machine.
fn upper(most: usize, part: u32) -> usize {
    let most = most as u128;
    let is_in = |n: &u128| n.pow(SHADES) * 2_u128.pow(part) <= 2_u128.pow(SHADES) * most.pow(part);
    usize::try_from((2..=most).take_while(is_in).last().unwrap_or_default()).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_part_what_is_there_by_ratio_and_leave_no_number_out() {
        let ranges = |most| steps(most).iter().map(|it| (it.from, it.to)).collect::<Vec<_>>();
        assert_eq!(ranges(0), [(0, 0)]);
        assert_eq!(ranges(1), [(0, 0), (1, 1)]);
        assert_eq!(ranges(2), [(0, 0), (1, 1), (2, 2)]);
        assert_eq!(ranges(7), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 5), (6, 7)]);
        assert_eq!(ranges(32), [(0, 0), (1, 1), (2, 4), (5, 8), (9, 16), (17, 32)]);
        for most in 0..200 {
            let steps = steps(most);
            assert_eq!(steps.last().unwrap().to, most);
            assert!(steps.windows(2).all(|two| two[0].to + 1 == two[1].from && two[0].step < two[1].step));
        }
    }
}
