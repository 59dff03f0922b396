//! What candidates may have seen before they are asked.
use super::{LISTED, Listed, census::Census, used_in};
use crate::{
    config::Config,
    edition::link::LinkView,
    guide::{Exposure, Guide, Leak, Question, Status},
    text::yaml::Choice as _,
};
use serde::Serialize;
use std::cmp::Reverse;

/// More packets than this are listed on the home page only.
const PACKETS: usize = 24;

/// Questions that got out, and those that were never kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExposureView {
    /// How many questions that can be asked got out.
    pub leaked: usize,
    /// Each leak, the latest first; those of retired questions, too.
    pub leaks: Listed<LeakView>,
    /// How many questions that can be asked everyone may have seen.
    pub public: usize,
    /// How many of them other organisations may have seen.
    pub shared: usize,
    /// The packets that ask such questions, those with the most first.
    pub packets: Listed<PacketExposureView>,
    /// Such questions that packets ask, public ones first.
    pub asked: Listed<ExposedView>,
    /// Questions that are no longer asked, the latest first.
    pub retired: Listed<RetiredView>,
}

/// Where a question got out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeakView {
    /// Which question.
    #[serde(flatten)]
    pub link: LinkView,
    /// draft, pilot, active or retired.
    pub status: String,
    /// ISO date on which it was found.
    pub date: String,
    /// Where.
    pub place: String,
    /// What there is to say of it.
    pub note: Option<String>,
    /// Packets that still ask it.
    pub used_in: Vec<LinkView>,
}

/// How much of a packet candidates may have seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PacketExposureView {
    /// Which packet.
    #[serde(flatten)]
    pub link: LinkView,
    /// How many of its questions are shared or public.
    pub exposed: usize,
    /// How many it asks.
    pub questions: usize,
}

/// A question that candidates may have seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExposedView {
    /// Which question.
    #[serde(flatten)]
    pub link: LinkView,
    /// `shared` or `public`.
    pub exposure: String,
    /// Packets that ask it.
    pub used_in: Vec<LinkView>,
}

/// A question that is no longer asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RetiredView {
    /// Which question.
    #[serde(flatten)]
    pub link: LinkView,
    /// ISO date, if it says when.
    pub date: Option<String>,
    /// `leaked`, `stale`, `low-signal`, `unfair` or `superseded`, if it says why.
    pub reason: Option<String>,
    /// What is asked instead.
    pub replaced_by: Option<LinkView>,
}

impl ExposureView {
    pub(super) fn of(census: &Census<'_>, guide: &Guide, config: &Config) -> Self {
        let of = |question: &Question| exposure(question, config);
        let count = |wanted: Exposure| census.material.iter().filter(|it| of(it) == wanted).count();
        let mut asked: Vec<&Question> = census.material.clone();
        asked.retain(|it| of(it) != Exposure::Internal && guide.packets_that_ask(it).next().is_some());
        asked.sort_by_key(|question| Reverse(of(question)));
        Self {
            leaked: census.material.iter().filter(|question| !question.leaks.is_empty()).count(),
            leaks: Listed::of(leaks(guide), LISTED, |(question, leak)| LeakView {
                link: LinkView::question(question),
                status: question.status.name().to_owned(),
                date: leak.date.to_string(),
                place: leak.place.clone(),
                note: leak.note.clone(),
                used_in: used_in(question, guide),
            }),
            public: count(Exposure::Public),
            shared: count(Exposure::Shared),
            packets: packets(guide, config),
            asked: Listed::of(asked, LISTED, |question| ExposedView {
                link: LinkView::question(question),
                exposure: of(question).name().to_owned(),
                used_in: used_in(question, guide),
            }),
            retired: Listed::of(retired(guide), LISTED, |question| {
                let retired = question.retired.as_ref();
                let replaced_by = retired.and_then(|it| it.replaced_by.as_ref());
                RetiredView {
                    link: LinkView::question(question),
                    date: retired.map(|it| it.date.to_string()),
                    reason: retired.map(|it| it.reason.name().to_owned()),
                    replaced_by: replaced_by.map(|id| LinkView::question(guide.question(&id.value))),
                }
            }),
        }
    }
}

/// Who may have seen `question`: everyone, once it got out.
fn exposure(question: &Question, config: &Config) -> Exposure {
    if !question.leaks.is_empty() {
        return Exposure::Public;
    }
    let default = || Exposure::ALL.iter().find(|(name, _)| *name == config.default_exposure);
    question.exposure.or_else(|| default().map(|(_, it)| *it)).unwrap_or(Exposure::Internal)
}

fn leaks(guide: &Guide) -> Vec<(&Question, &Leak)> {
    let leaks = guide.questions.iter().flat_map(|it| it.leaks.iter().map(move |leak| (it, leak)));
    let mut leaks: Vec<(&Question, &Leak)> = leaks.collect();
    leaks.sort_by_key(|(_, leak)| Reverse(leak.date));
    leaks
}

fn packets(guide: &Guide, config: &Config) -> Listed<PacketExposureView> {
    let views = guide.packets.iter().map(|packet| {
        let asked = guide.asked.get(&packet.id).map_or(&[][..], Vec::as_slice);
        let questions = asked.iter().map(|asked| guide.question(&asked.question));
        PacketExposureView {
            link: LinkView::packet(packet),
            exposed: questions.filter(|it| exposure(it, config) != Exposure::Internal).count(),
            questions: asked.len(),
        }
    });
    let mut views: Vec<PacketExposureView> = views.filter(|view| view.exposed > 0).collect();
    views.sort_by_key(|view| Reverse(view.exposed));
    Listed::of(views, PACKETS, |view| view)
}

fn retired(guide: &Guide) -> Vec<&Question> {
    let mut retired: Vec<&Question> =
        guide.questions.iter().filter(|question| question.status == Status::Retired).collect();
    retired.sort_by_key(|question| Reverse(question.retired.as_ref().map(|it| it.date)));
    retired
}
