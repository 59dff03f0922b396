//! When the bank was last looked at. A build has no clock: the reader's browser tells what is too old today.
use super::{LISTED, Listed, census::Census, share};
use crate::{
    config::Config,
    edition::link::LinkView,
    guide::{Guide, Question, Status},
};
use jiff::{ToSpan as _, civil::Date};
use serde::Serialize;
use std::collections::BTreeMap;

/// More quarters than this are put together, the earliest.
const QUARTERS: usize = 16;

/// What was reviewed when, and what waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FreshnessView {
    /// A review older than so many days is stale.
    pub stale_after_days: u32,
    /// How many questions were reviewed.
    pub reviewed: usize,
    /// Each day of a review, from the earliest, with how many questions were last reviewed then.
    pub days: Vec<DayView>,
    /// The earliest day.
    pub earliest: Option<String>,
    /// The latest day; `None` if it is the same.
    pub latest: Option<String>,
    /// From the first quarter of a review to the last; empty if that is one.
    pub quarters: Vec<QuarterView>,
    /// What was not reviewed for the longest time, first; empty if all were reviewed on one day.
    pub oldest: Listed<ReviewView>,
    /// Questions that can be asked and were never reviewed.
    pub unreviewed: Listed<LinkView>,
    /// The Rust release that code is held against, if the guide names one.
    pub rust_current: Option<String>,
    /// Questions whose code was tried with an older release only.
    pub behind: Listed<BehindView>,
    /// Questions that are being written.
    pub drafts: Listed<LinkView>,
}

/// A day of reviews.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayView {
    /// ISO date.
    pub date: String,
    /// How many questions were last reviewed then.
    pub questions: usize,
}

/// A quarter of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuarterView {
    /// Its year.
    pub year: i16,
    /// 1 to 4.
    pub quarter: i8,
    /// Whether its year begins with it, or the picture does.
    pub begins: bool,
    /// Whether all before it is put to it.
    pub with_earlier: bool,
    /// How many questions were last reviewed in it.
    pub questions: usize,
    /// Against the most that a quarter has, in percent.
    pub share: u64,
}

/// When a question was reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewView {
    /// Which question.
    #[serde(flatten)]
    pub link: LinkView,
    /// ISO date.
    pub reviewed: String,
    /// The last day on which that is recent enough, as an ISO date.
    pub due: String,
}

/// A question whose code was tried with an old release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BehindView {
    /// Which question.
    #[serde(flatten)]
    pub link: LinkView,
    /// The release; `None`: it names none.
    pub verified: Option<String>,
}

impl FreshnessView {
    pub(super) fn of(census: &Census<'_>, guide: &Guide, config: &Config) -> Self {
        let mut dated: Vec<(Date, &Question)> =
            census.material.iter().filter_map(|question| Some((question.reviewed?, *question))).collect();
        dated.sort_by(|(a, one), (b, other)| (a, &one.id).cmp(&(b, &other.id)));
        let mut days: BTreeMap<Date, usize> = BTreeMap::new();
        for (date, _) in &dated {
            *days.entry(*date).or_default() += 1;
        }
        let unreviewed = census.material.iter().filter(|question| question.reviewed.is_none());
        let drafts = guide.questions.iter().filter(|question| question.status == Status::Draft);
        let listed = if days.len() > 1 { dated.clone() } else { Vec::new() };
        Self {
            stale_after_days: config.stale_after_days,
            reviewed: dated.len(),
            earliest: days.keys().next().map(Date::to_string),
            latest: days.keys().skip(1).last().map(Date::to_string),
            quarters: quarters(&days),
            days: days
                .iter()
                .map(|(date, questions)| DayView { date: date.to_string(), questions: *questions })
                .collect(),
            oldest: Listed::of(listed, LISTED, |(date, question)| ReviewView {
                link: LinkView::question(question),
                reviewed: date.to_string(),
                due: date.saturating_add(i64::from(config.stale_after_days).days()).to_string(),
            }),
            unreviewed: Listed::of(unreviewed.collect(), LISTED, |it| LinkView::question(it)),
            rust_current: config.rust_current.clone(),
            behind: Listed::of(behind(census, config), LISTED, |(question, verified)| BehindView {
                link: LinkView::question(question),
                verified: verified.map(str::to_owned),
            }),
            drafts: Listed::of(drafts.collect(), LISTED, LinkView::question),
        }
    }
}

/// The questions with code that was not tried with the current release, and what it was tried with.
fn behind<'a>(census: &Census<'a>, config: &Config) -> Vec<(&'a Question, Option<&'a str>)> {
    let Some(current) = &config.rust_current else { return Vec::new() };
    let with_code = census.material.iter().filter_map(|question| Some((*question, question.rust.as_ref()?)));
    let verified = with_code.map(|(question, rust)| (question, rust.verified.as_deref()));
    verified.filter(|(_, verified)| verified.is_none_or(|it| is_older(it, current))).collect()
}

/// Whether release `one` is before `other`, as far as `other` says: 1.95.1 is not before 1.95.
fn is_older(one: &str, other: &str) -> bool {
    let parts = |release: &str| -> Vec<u32> {
        release.split('.').map(|part| part.parse().unwrap_or_default()).collect()
    };
    parts(one) < parts(other)
}

/// Every quarter from the first review to the last, if those are two or more.
fn quarters(days: &BTreeMap<Date, usize>) -> Vec<QuarterView> {
    let number = |date: &Date| i32::from(date.year()) * 4 + i32::from(date.month() - 1) / 3;
    let (Some(first), Some(last)) = (days.keys().next().map(number), days.keys().last().map(number)) else {
        return Vec::new();
    };
    if first == last {
        return Vec::new();
    }
    let begin = first.max(last + 1 - i32::try_from(QUARTERS).expect("it is small"));
    let mut counts = vec![0; usize::try_from(last - begin + 1).expect("the last is not before the first")];
    for (date, questions) in days {
        counts[usize::try_from((number(date) - begin).max(0)).expect("it is not negative")] += questions;
    }
    let most = counts.iter().max().copied().unwrap_or_default() as u64;
    let views = counts.iter().zip(begin..).map(|(questions, number)| QuarterView {
        year: i16::try_from(number / 4).expect("it was a year before"),
        quarter: i8::try_from(number % 4 + 1).expect("a year has four"),
        begins: number == begin || number % 4 == 0,
        with_earlier: number == begin && begin > first,
        questions: *questions,
        share: share(*questions as u64, most),
    });
    views.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_release_is_older_as_far_as_the_other_says() {
        assert!(is_older("1.94.3", "1.95"));
        assert!(is_older("1.9.0", "1.10"));
        assert!(!is_older("1.95.0", "1.95"));
        assert!(!is_older("1.96", "1.95.1"));
        assert!(is_older("1.95.0", "1.95.1"));
    }

    #[test]
    fn quarters_have_no_hole_and_the_earliest_are_put_together() {
        let seen = |days: &[(Date, usize)]| {
            let quarters = quarters(&days.iter().copied().collect());
            quarters.iter().map(|it| (it.year, it.quarter, it.questions)).collect::<Vec<_>>()
        };
        assert_eq!(seen(&[]), []);
        assert_eq!(seen(&[(date(2026, 1, 1), 3), (date(2026, 3, 31), 1)]), []);
        assert_eq!(
            seen(&[(date(2025, 12, 31), 3), (date(2026, 4, 1), 1)]),
            [(2025, 4, 3), (2026, 1, 0), (2026, 2, 1)]
        );
        let long = quarters(&[(date(1990, 1, 1), 2), (date(2026, 12, 1), 4)].into_iter().collect());
        assert_eq!(long.len(), QUARTERS);
        assert!(long[0].with_earlier && !long[1].with_earlier);
        assert_eq!((long[0].year, long[0].quarter, long[0].questions), (2023, 1, 2));
    }
}
