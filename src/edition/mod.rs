//! What one audience may read, and the views that themes see. Pages see this and never the guide.
//!
//! A view is built by naming every field: what is not named cannot be printed, whatever a theme asks for.
mod audience;
mod bank;
mod book;
mod catalogue;
mod hand_out;
mod interview_loop;
mod link;
mod list;
mod packet;
mod question;
mod scale;

pub use audience::Audience;
pub use bank::{
    BankView, BehindView, DayView, ExposedView, ExposureView, FreshnessView, GapView, GapsView, HeatCellView,
    HeatColumnView, HeatRowView, HeatView, LeakView, Listed, MixCellView, MixRowView, MixView, NameView,
    PacketExposureView, PlaceView, QuarterView, RetiredView, ReviewView, StepView, TopicMixView,
};
pub use book::{BookArticle, BookChapter, BookCompetency, BookLoop, BookPacket, BookQuestion, BookView};
pub use catalogue::{ArticleCard, ArticleView, HomeView, RubricGroup, RubricRow, RubricView, SiteView};
pub use hand_out::{HandOutQuestion, HandOutView, PromptView, hand_out_folder};
pub use interview_loop::{
    AskedAtView, CoverageView, LoopCard, LoopView, OverlapAtView, OverlapView, ReadingView, StageView,
    TakeHomeView,
};
pub use link::{CountView, GroupView, HeadingView, LinkView};
pub use list::{
    CompetencyView, FacetGroup, FacetPage, FacetValue, FacetView, ListHead, ListView, QuestionRow, band_id,
    band_title,
};
pub use packet::{AgendaView, AskedView, ColumnView, PacketCard, PacketView, RetentionView};
pub use question::{
    AnchorView, BarView, FollowUpView, QuestionCard, QuestionView, RelatedView, RustView, SearchText,
    SectionView, SourceView, WeightView,
};
pub use scale::{PointView, ScaleView};

use crate::{config::Config, guide::Guide};
use catalogue::Counts;
use rayon::prelude::*;
use std::{collections::BTreeSet, sync::Arc};

/// A guide as one audience may read it.
#[derive(Debug, Clone)]
pub enum Edition {
    /// Everything.
    Interviewer(Box<InterviewerEdition>),
    /// The hand-outs.
    Candidate(CandidateEdition),
}

/// Everything there is to read.
#[derive(Debug, Clone)]
pub struct InterviewerEdition {
    /// What every page shows around its own content.
    pub site: SiteView,
    /// The home page.
    pub home: HomeView,
    /// All questions, and those of each topic, level and kind.
    pub lists: Vec<FacetPage>,
    /// Each question, with the path of its file.
    pub questions: Vec<(String, QuestionView)>,
    /// Each question's prompt alone, for a screen that the candidate sees.
    pub prompts: Vec<PromptView>,
    /// Each competency.
    pub competencies: Vec<CompetencyView>,
    /// What the questions read all together.
    pub bank: BankView,
    /// The whole guide's rubric: a page, and of a large guide one more for each competency.
    pub rubrics: Vec<RubricView>,
    /// The whole guide to print, unless it is too large for a book.
    pub book: Option<BookView>,
    /// Each packet, with the path of its file.
    pub packets: Vec<(String, PacketView)>,
    /// Each loop, with the path of its file.
    pub loops: Vec<(String, LoopView)>,
    /// Each handbook page, with the path of its file.
    pub articles: Vec<(String, ArticleView)>,
    /// The same hand-outs that candidates get, to look at and to print.
    pub candidate: CandidateEdition,
}

/// What candidates are given.
#[derive(Debug, Clone)]
pub struct CandidateEdition {
    /// A language tag.
    pub language: String,
    /// One a packet.
    pub hand_outs: Vec<HandOutView>,
    /// Files of the project that hand-outs show.
    pub files: BTreeSet<String>,
}

impl Edition {
    /// Copies what `audience` may read, field by field.
    pub fn of(guide: &Guide, config: &Config, audience: Audience) -> Self {
        let candidate = CandidateEdition::of(guide, config);
        if audience.reads_answers() {
            Self::Interviewer(Box::new(InterviewerEdition::of(guide, config, candidate)))
        } else {
            Self::Candidate(candidate)
        }
    }
}

impl CandidateEdition {
    fn of(guide: &Guide, config: &Config) -> Self {
        Self {
            language: config.language.clone(),
            hand_outs: guide.packets.iter().map(|packet| HandOutView::of(packet, guide, config)).collect(),
            files: guide.packets.iter().flat_map(|packet| hand_out::files(packet, guide)).collect(),
        }
    }
}

impl InterviewerEdition {
    fn of(guide: &Guide, config: &Config, candidate: CandidateEdition) -> Self {
        let counts = Counts::of(guide, &config.words);
        let questions: Vec<(String, QuestionView)> = guide
            .questions
            .par_iter()
            .map(|question| (question.path.clone(), QuestionView::of(question, "", guide, config)))
            .collect();
        let cards: Vec<Arc<QuestionCard>> =
            questions.iter().map(|(_, view)| Arc::clone(&view.card)).collect();
        let rows = list::rows(&cards, guide);
        let packets = guide.packets.iter();
        let packets = packets.map(|it| (it.path.clone(), PacketView::of(it, guide, config))).collect();
        let loops = guide.loops.iter();
        let loops = loops.map(|it| (it.path.clone(), LoopView::of(it, guide, config))).collect();
        let articles = catalogue::articles(guide, config);
        let mut edition = Self {
            site: SiteView::of(guide, config, &counts),
            home: HomeView::of(&cards, guide, config, &counts),
            lists: list::lists(&rows, &counts),
            questions,
            prompts: guide.questions.iter().map(PromptView::of).collect(),
            competencies: list::competencies(&rows, guide, &counts),
            bank: BankView::of(guide, config),
            rubrics: catalogue::rubrics(&cards, guide, config),
            packets,
            loops,
            articles: guide.articles.iter().map(|it| it.path.clone()).zip(articles).collect(),
            candidate,
            book: None,
        };
        edition.book = book::is_written(guide).then(|| BookView::of(&edition, guide, config));
        edition
    }
}
