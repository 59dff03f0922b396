//! The whole bank on one page: what it can read about candidates, where it cannot, and what in it has gone old or got out.
//!
//! Only questions that can be asked count, the active ones and the pilots.
mod census;
mod exposure;
mod freshness;
mod gaps;
mod heat;
mod mix;

pub use exposure::{ExposedView, ExposureView, LeakView, PacketExposureView, RetiredView};
pub use freshness::{BehindView, DayView, FreshnessView, QuarterView, ReviewView};
pub use gaps::{GapView, GapsView};
pub use heat::{HeatCellView, HeatColumnView, HeatRowView, HeatView, StepView};
pub use mix::{MixCellView, MixRowView, MixView, TopicMixView};

use super::link::LinkView;
use crate::{
    config::Config,
    guide::{Guide, Question, Status},
};
use census::Census;
use serde::Serialize;

/// Longer lists of questions are cut: the page stays small however large the bank is.
const LISTED: usize = 12;

/// The coverage page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BankView {
    /// How many questions can be asked.
    pub questions: usize,
    /// How long they take in interviews, all together.
    pub minutes: u32,
    /// How many of them are pilots.
    pub pilots: usize,
    /// How many questions are being written, and so do not count.
    pub drafts: usize,
    /// Where those are listed.
    pub drafts_route: String,
    /// How many questions are no longer asked, and so do not count.
    pub retired: usize,
    /// Where those are listed.
    pub retired_route: String,
    /// Competency by level.
    pub heat: HeatView,
    /// What is wanting.
    pub gaps: GapsView,
    /// Kind by level, and topics.
    pub mix: MixView,
    /// What was reviewed when.
    pub freshness: FreshnessView,
    /// What candidates may have seen.
    pub exposure: ExposureView,
}

/// A word that questions are filed under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NameView {
    /// Its id: `senior`.
    pub id: String,
    /// Its name: "Senior".
    pub title: String,
    /// Its page, if it has one: a level that no question is for has none.
    pub route: Option<String>,
}

/// A word, and the questions to choose from under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceView {
    /// "Senior".
    pub title: String,
    /// The page of all questions, narrowed down.
    pub route: String,
}

/// The beginning of a list, and how much there is of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed<T> {
    /// How many there are.
    pub count: usize,
    /// The first of them.
    pub shown: Vec<T>,
    /// How many those leave out.
    pub more: usize,
}

impl<T> Listed<T> {
    /// At most `most` of `all`, each shown as `view` makes it.
    fn of<S>(all: Vec<S>, most: usize, view: impl FnMut(S) -> T) -> Self {
        let count = all.len();
        let shown: Vec<T> = all.into_iter().take(most).map(view).collect();
        Self { count, more: count - shown.len(), shown }
    }
}

impl NameView {
    fn new(id: &str, title: &str, route: Option<String>) -> Self {
        Self { id: id.to_owned(), title: title.to_owned(), route }
    }

    /// A name whose page is there if some question is filed under it.
    fn filed(link: LinkView, is_used: bool) -> Self {
        Self { id: link.id, title: link.title, route: is_used.then_some(link.route) }
    }
}

impl BankView {
    pub(super) fn of(guide: &Guide, config: &Config) -> Self {
        let count = |status: Status| guide.questions.iter().filter(|it| it.status == status).count();
        let census = Census::of(guide);
        Self {
            questions: census.material.len(),
            minutes: census.material.iter().map(|it| it.live_minutes()).sum(),
            pilots: count(Status::Pilot),
            drafts: count(Status::Draft),
            drafts_route: selection(&[("status", "draft")]),
            retired: count(Status::Retired),
            retired_route: selection(&[("status", "retired")]),
            heat: HeatView::of(&census, guide),
            gaps: GapsView::of(&census, guide, &config.words),
            mix: MixView::of(&census, guide, &config.words),
            freshness: FreshnessView::of(&census, guide, config),
            exposure: ExposureView::of(&census, guide, config),
        }
    }
}

/// The page of all questions, narrowed down to those that have each value. Ids need no escape.
fn selection(values: &[(&str, &str)]) -> String {
    let values: Vec<String> = values.iter().map(|(key, id)| format!("{key}={id}")).collect();
    format!("questions/index.html?{}", values.join("&"))
}

/// `part` of `whole` in percent, rounded; never nothing for something.
fn share(part: u64, whole: u64) -> u64 {
    match (part, whole) {
        (0, _) | (_, 0) => 0,
        _ => ((part * 100 + whole / 2) / whole).max(1),
    }
}

/// The packets that ask `question`.
fn used_in(question: &Question, guide: &Guide) -> Vec<LinkView> {
    guide.packets_that_ask(question).map(LinkView::packet).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_something_can_be_seen() {
        assert_eq!([share(0, 0), share(0, 9), share(1, 1000), share(1, 3), share(3, 3)], [0, 0, 1, 33, 100]);
    }

    #[test]
    fn a_list_says_what_it_leaves_out() {
        let listed = Listed::of(vec![1, 2, 3], 2, |it| it);
        assert_eq!((listed.count, listed.shown, listed.more), (3, vec![1, 2], 1));
    }
}
