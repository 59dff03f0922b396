//! The whole guide as one book to print.
use super::{
    InterviewerEdition,
    catalogue::ArticleCard,
    interview_loop::{CoverageView, LoopCard, StageView},
    link::LinkView,
    packet::{AgendaView, PacketCard, revision},
    question::QuestionView,
    scale::{ScaleView, scales_in_use},
};
use crate::{
    config::Config,
    guide::Guide,
    text::{
        markdown::{anchored, deepened},
        yaml::Choice as _,
    },
};
use serde::Serialize;

/// More questions than this fill no book that somebody prints: the page holds each of them whole.
const MAX_QUESTIONS: usize = 300;

/// The whole guide as one page. Its anchors are a kind, `_` and an id, which holds no `_`: none is there twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookView {
    /// Short hash of all that it prints: tells two printings apart.
    pub revision: String,
    /// `a4` or `letter`: what the guide prints on unless the reader chooses.
    pub paper: String,
    /// Handbook pages, in their order.
    pub articles: Vec<BookArticle>,
    /// The questions by their first topic, in reading order.
    pub chapters: Vec<BookChapter>,
    /// Packets with their agendas.
    pub packets: Vec<BookPacket>,
    /// Loops with their sessions.
    pub loops: Vec<BookLoop>,
    /// What the ratings mean: the scales in use.
    pub scales: Vec<ScaleView>,
    /// What the questions read.
    pub competencies: Vec<BookCompetency>,
}

/// A handbook page in the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookArticle {
    /// Its anchor, without `#`.
    pub anchor: String,
    /// Title, address and summary.
    #[serde(flatten)]
    pub card: ArticleCard,
    /// Its text, as HTML.
    pub html: String,
    /// The file it was written in.
    #[serde(skip)]
    pub path: String,
}

/// A topic's questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookChapter {
    /// Its anchor, without `#`.
    pub anchor: String,
    /// Id, title and address.
    #[serde(flatten)]
    pub topic: LinkView,
    /// In reading order.
    pub questions: Vec<BookQuestion>,
}

/// A question in the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookQuestion {
    /// Its anchor, without `#`; its sections' anchors add `_` and their names.
    pub anchor: String,
    /// All of it.
    #[serde(flatten)]
    pub question: QuestionView,
    /// The file it was written in.
    #[serde(skip)]
    pub path: String,
}

/// A packet in the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookPacket {
    /// Its anchor, without `#`.
    pub anchor: String,
    /// What a list shows of it.
    #[serde(flatten)]
    pub card: PacketCard,
    /// From the opening to the closing; the anchors lead to the questions.
    pub agenda: Vec<AgendaView>,
    /// The file it was written in.
    #[serde(skip)]
    pub path: String,
}

/// A loop in the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookLoop {
    /// Its anchor, without `#`.
    pub anchor: String,
    /// What a list shows of it.
    #[serde(flatten)]
    pub card: LoopCard,
    /// Its sessions, in order.
    pub stages: Vec<StageView>,
    /// One row a competency.
    pub coverage: Vec<CoverageView>,
    /// The file it was written in.
    #[serde(skip)]
    pub path: String,
}

/// A competency in the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookCompetency {
    /// Its name.
    pub title: String,
    /// One or two sentences.
    pub definition: String,
}

/// Whether `guide` is printed as a book.
pub(super) fn is_written(guide: &Guide) -> bool {
    guide.questions.len() <= MAX_QUESTIONS
}

fn anchor(kind: &str, id: &str) -> String {
    format!("{kind}_{id}")
}

impl BookView {
    /// The book of `edition`, which holds all but the texts that need anchors of their own.
    pub(super) fn of(edition: &InterviewerEdition, guide: &Guide, config: &Config) -> Self {
        let mut view = Self {
            revision: String::new(),
            paper: config.print.paper.name().to_owned(),
            articles: guide.articles.iter().zip(&edition.articles).map(BookArticle::of).collect(),
            chapters: chapters(guide, config),
            packets: edition.packets.iter().map(BookPacket::of).collect(),
            loops: edition.loops.iter().map(BookLoop::of).collect(),
            scales: scales_in_use(guide),
            competencies: edition.competencies.iter().map(BookCompetency::of).collect(),
        };
        view.revision = revision(&view);
        view
    }

    /// Each file that the book shows, with the anchor of the part that shows it.
    pub fn shown(&self) -> impl Iterator<Item = (&str, &str)> {
        let articles = self.articles.iter().map(|it| (&it.path, &it.anchor));
        let questions = self.chapters.iter().flat_map(|chapter| &chapter.questions);
        let questions = questions.map(|it| (&it.path, &it.anchor));
        let packets = self.packets.iter().map(|it| (&it.path, &it.anchor));
        let loops = self.loops.iter().map(|it| (&it.path, &it.anchor));
        let shown = articles.chain(questions).chain(packets).chain(loops);
        shown.map(|(path, anchor)| (path.as_str(), anchor.as_str()))
    }
}

/// The questions by their first topic. They stand in reading order, so a topic's are neighbours.
fn chapters(guide: &Guide, config: &Config) -> Vec<BookChapter> {
    let mut chapters: Vec<BookChapter> = Vec::new();
    for question in &guide.questions {
        let topic = question.topics.first().expect("`resolve` left no question without a topic");
        let anchor = anchor("question", question.id.as_str());
        let view = QuestionView::of(question, &format!("{anchor}_"), guide, config);
        let view = BookQuestion { anchor, question: view, path: question.path.clone() };
        match chapters.iter_mut().find(|chapter| chapter.topic.id == topic.value.as_str()) {
            Some(chapter) => chapter.questions.push(view),
            None => {
                let topic = LinkView::topic(guide, &topic.value);
                let anchor = self::anchor("topic", &topic.id);
                chapters.push(BookChapter { anchor, topic, questions: vec![view] });
            }
        }
    }
    chapters
}

impl BookArticle {
    fn of((article, (path, view)): (&crate::guide::Article, &(String, super::ArticleView))) -> Self {
        let anchor = anchor("page", &article.id);
        Self {
            card: view.card.clone(),
            html: deepened(&anchored(&article.body.opening.full().html, &format!("{anchor}_")), 2),
            path: path.clone(),
            anchor,
        }
    }
}

impl BookPacket {
    fn of((path, packet): &(String, super::PacketView)) -> Self {
        let mut agenda = packet.agenda.clone();
        for row in &mut agenda {
            let asked = packet.asked.iter().find(|asked| row.anchor.as_ref() == Some(&asked.anchor));
            row.anchor = asked.map(|asked| anchor("question", &asked.question.card.link.id));
        }
        Self {
            anchor: anchor("packet", &packet.card.link.id),
            card: packet.card.clone(),
            agenda,
            path: path.clone(),
        }
    }
}

impl BookLoop {
    fn of((path, it): &(String, super::LoopView)) -> Self {
        Self {
            anchor: anchor("loop", &it.card.link.id),
            card: it.card.clone(),
            stages: it.stages.clone(),
            coverage: it.coverage.clone(),
            path: path.clone(),
        }
    }
}

impl BookCompetency {
    fn of(competency: &super::CompetencyView) -> Self {
        Self { title: competency.link.title.clone(), definition: competency.definition.clone() }
    }
}
