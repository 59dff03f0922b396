//! A loop as those read it who plan and hold one.
use super::{
    link::{LinkView, alone},
    packet::{PacketCard, RetentionView, clock},
    question::SearchText,
    scale::ScaleView,
};
use crate::{
    config::Config,
    guide::{Coverage, Guide, Loop, Question, Stage, TopicId},
    text::yaml::Choice as _,
};
use serde::Serialize;

/// A step of the timeline: so many minutes are one unit of its width.
const MINUTES_A_UNIT: u32 = 15;
/// The widest that a timeline draws a stage.
const MAX_UNITS: u32 = 16;

/// A loop in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LoopCard {
    /// Id, title and address.
    #[serde(flatten)]
    pub link: LinkView,
    /// The level it is for.
    pub level: LinkView,
    /// How many sessions it has.
    pub stages: usize,
    /// All sessions together, without what is done at home.
    pub minutes: u32,
}

/// A whole loop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LoopView {
    /// What a list shows of it.
    #[serde(flatten)]
    pub card: LoopCard,
    /// For those who run it, as HTML; may be empty.
    pub html: String,
    /// Its sessions, in order.
    pub stages: Vec<StageView>,
    /// Who asks, in the order of their first session.
    pub interviewers: Vec<String>,
    /// One row a competency.
    pub coverage: Vec<CoverageView>,
    /// Topics that several sessions ask about.
    pub overlaps: Vec<OverlapView>,
    /// How many questions it asks, each once.
    pub questions: usize,
    /// What the debrief ends with, from the worst to the best.
    pub recommendation: Vec<String>,
    /// The scale that the ratings use.
    pub scale: ScaleView,
    /// `a4` or `letter`.
    pub paper: String,
    /// Short hash of all that it prints.
    pub revision: String,
    /// Which release of Askbook made it.
    pub tool: String,
    /// How long filled-in sheets are kept, and who answers for it.
    pub retention: Option<RetentionView>,
    /// What search knows of it; no theme does.
    #[serde(skip)]
    pub search: SearchText,
}

/// A session of a loop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StageView {
    /// 1 for the first.
    pub position: usize,
    /// The packet that is asked.
    pub packet: PacketCard,
    /// Whether the packet's questions are fixed.
    pub is_locked: bool,
    /// Who asks.
    pub interviewer: String,
    /// Time in the interviews before it: "1:30".
    pub at: String,
    /// How wide a timeline draws it: 1 to 16 quarters of an hour.
    pub units: u32,
    /// What it asks, in order.
    pub questions: Vec<AskedAtView>,
    /// What the candidate did at home before it.
    pub take_home: Option<TakeHomeView>,
}

/// A question of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskedAtView {
    /// The question.
    #[serde(flatten)]
    pub link: LinkView,
    /// How long it takes in the session.
    pub minutes: u32,
    /// Whether it counts.
    pub unscored: bool,
}

/// Work that is done before a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TakeHomeView {
    /// The question.
    #[serde(flatten)]
    pub link: LinkView,
    /// How long it may take.
    pub minutes: u32,
    /// What may be brought instead.
    pub alternative: Option<String>,
}

/// Who reads a competency, and for how long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoverageView {
    /// Which.
    pub competency: LinkView,
    /// How many interviewers are to read it; 0: none has to.
    pub required: u8,
    /// How many do.
    pub independent: usize,
    /// How many are wanting.
    pub missing: usize,
    /// One for each interviewer; `None`: not read.
    pub readings: Vec<Option<ReadingView>>,
}

/// What one interviewer reads of one competency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadingView {
    /// How long the questions take that read it.
    pub minutes: u32,
    /// How many those are.
    pub questions: usize,
    /// 1 to 4: how dark a map draws it, a step every ten minutes.
    pub weight: u32,
}

/// A topic that several sessions ask about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OverlapView {
    /// Which.
    pub topic: LinkView,
    /// Where, and which question it is.
    pub asked: Vec<OverlapAtView>,
}

/// A question of a topic that several sessions ask about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OverlapAtView {
    /// The session's position.
    pub stage: usize,
    /// The question.
    #[serde(flatten)]
    pub link: LinkView,
}

impl LoopCard {
    pub(super) fn of(it: &Loop, guide: &Guide) -> Self {
        Self {
            link: LinkView::interview_loop(it),
            level: LinkView::level(guide, &it.level.value),
            stages: it.stages.len(),
            minutes: it.stages.iter().map(|stage| minutes(stage, guide)).sum(),
        }
    }
}

impl LoopView {
    pub(super) fn of(it: &Loop, guide: &Guide, config: &Config) -> Self {
        let full = it.body.opening.full();
        let mut start = 0;
        let stages = it.stages.iter().enumerate().map(|(at, stage)| {
            let view = StageView::of(stage, at + 1, start, guide);
            start += minutes(stage, guide);
            view
        });
        let stages: Vec<StageView> = stages.collect();
        let first = it.stages.iter().flat_map(|stage| guide.asked_at(stage)).next();
        let scale = first.map(|(_, question)| ScaleView::of(guide.scale(question)));
        let scale = scale.expect("`resolve` left no loop without a question");
        let mut view = Self {
            card: LoopCard::of(it, guide),
            html: alone(&full.html),
            interviewers: it.interviewers().into_iter().map(str::to_owned).collect(),
            coverage: guide.coverage(it).iter().map(|row| CoverageView::of(row, guide)).collect(),
            overlaps: overlaps(it, guide),
            questions: stages.iter().map(|stage| stage.questions.len()).sum(),
            stages,
            recommendation: scale.recommendation.clone(),
            scale,
            paper: config.print.paper.name().to_owned(),
            revision: String::new(),
            tool: env!("CARGO_PKG_VERSION").to_owned(),
            retention: RetentionView::of(config),
            search: SearchText { body: full.text.clone(), ..SearchText::default() },
        };
        view.revision = super::packet::revision(&view);
        view
    }
}

impl StageView {
    fn of(stage: &Stage, position: usize, start: u32, guide: &Guide) -> Self {
        let packet = guide.packet(&stage.packet.value);
        let take_home = stage.take_home.as_ref().map(|id| guide.question(&id.value));
        Self {
            position,
            packet: PacketCard::of(packet, guide),
            is_locked: guide.locks.contains_key(&packet.id),
            interviewer: stage.interviewer.clone(),
            at: clock(start),
            units: packet.minutes.value.div_ceil(MINUTES_A_UNIT).clamp(1, MAX_UNITS),
            questions: guide
                .asked_at(stage)
                .map(|(asked, question)| AskedAtView {
                    link: LinkView::question(question),
                    minutes: question.live_minutes(),
                    unscored: asked.unscored,
                })
                .collect(),
            take_home: take_home.map(|question| TakeHomeView {
                link: LinkView::question(question),
                minutes: question.minutes.value,
                alternative: stage.alternative.clone(),
            }),
        }
    }
}

impl CoverageView {
    fn of(row: &Coverage, guide: &Guide) -> Self {
        let readings = row.readings.iter().map(|reading| {
            (reading.questions > 0).then(|| ReadingView {
                minutes: reading.minutes,
                questions: reading.questions,
                weight: reading.minutes.div_ceil(10).clamp(1, 4),
            })
        });
        Self {
            competency: LinkView::competency(guide, &row.competency),
            required: row.required,
            independent: row.independent(),
            missing: row.missing(),
            readings: readings.collect(),
        }
    }
}

fn minutes(stage: &Stage, guide: &Guide) -> u32 {
    guide.packet(&stage.packet.value).minutes.value
}

/// The topics that more than one session asks about, in the taxonomy's order.
fn overlaps(it: &Loop, guide: &Guide) -> Vec<OverlapView> {
    let asked: Vec<(usize, &Question)> = it
        .stages
        .iter()
        .enumerate()
        .flat_map(|(at, stage)| guide.asked_at(stage).map(move |(_, question)| (at + 1, question)))
        .collect();
    let is_about = |question: &Question, topic: &TopicId| question.topics.iter().any(|id| id.value == *topic);
    let views = guide.taxonomy.topics.iter().filter_map(|topic| {
        let about: Vec<_> = asked.iter().filter(|(_, question)| is_about(question, &topic.id)).collect();
        let several = about.iter().any(|(stage, _)| *stage != about[0].0);
        several.then(|| OverlapView {
            topic: LinkView::topic(guide, &topic.id),
            asked: about
                .into_iter()
                .map(|(stage, question)| OverlapAtView { stage: *stage, link: LinkView::question(question) })
                .collect(),
        })
    });
    views.collect()
}
