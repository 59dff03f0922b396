//! The pages that list, and the pages of prose, as an interviewer reads them.
use super::{
    book,
    interview_loop::LoopCard,
    link::{CountView, GroupView, HeadingView, LinkView, alone, headings},
    packet::{PacketCard, revision},
    question::{AnchorView, QuestionCard, SearchText, SectionView, anchors, edit_url},
    scale::{ScaleView, scales_in_use},
};
use crate::{
    config::Config,
    guide::{Article, Competency, Guide, Kind, Question, Status},
    text::{markdown::anchor_at, words::Words, yaml::Choice as _},
};
use serde::Serialize;
use std::sync::Arc;

/// More packets than this make every page longer than what it is about.
const MENU_PACKETS: usize = 15;
/// The same for handbook pages.
const MENU_ARTICLES: usize = 40;

/// What every page shows around its own content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteView {
    /// The guide's name.
    pub title: String,
    /// What it is, in a sentence.
    pub description: String,
    /// A language tag: "en".
    pub language: String,
    /// "interviewer" or "candidate".
    pub edition: String,
    /// How many questions there are.
    pub question_count: usize,
    /// Topics by group, with counts.
    pub topics: Vec<GroupView>,
    /// How many topics have questions.
    pub topic_count: usize,
    /// Levels with counts.
    pub levels: Vec<CountView>,
    /// Packets, if they are few enough for a menu; the home page lists them all.
    pub packets: Vec<LinkView>,
    /// How many packets there are.
    pub packet_count: usize,
    /// Loops.
    pub loops: Vec<LinkView>,
    /// Handbook pages in their order, if they are few enough for a menu; the home page lists them all.
    pub articles: Vec<LinkView>,
    /// How many handbook pages there are.
    pub article_count: usize,
    /// A review that is older than so many days is stale, on the reader's day: a build has no clock.
    pub stale_after_days: u32,
    /// Whether there is a book of the whole guide.
    pub has_book: bool,
    /// Which release of Askbook made it.
    pub tool: String,
}

/// The home page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HomeView {
    /// Its title.
    pub title: String,
    /// The prose of `content/index.md` before its first level-2 heading, as HTML; may be empty.
    pub html: String,
    /// Its level-2 headings, each with what stands below it: where different readers start.
    pub starts: Vec<SectionView>,
    /// How many questions there are.
    pub questions: usize,
    /// Kinds with counts.
    pub kinds: Vec<CountView>,
    /// Competencies with counts.
    pub competencies: Vec<CountView>,
    /// Packets.
    pub packets: Vec<PacketCard>,
    /// Loops.
    pub loops: Vec<LoopCard>,
    /// Handbook pages, in their order.
    pub articles: Vec<ArticleCard>,
    /// The last reviewed questions, newest first.
    pub recent: Vec<Arc<QuestionCard>>,
}

/// The rubric of the whole guide, or of one competency, to print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RubricView {
    /// Its address.
    pub route: String,
    /// "Rubric", or that of a competency.
    pub title: String,
    /// Short hash of all that it prints: tells two printings apart.
    pub revision: String,
    /// `a4` or `letter`: what the guide prints on unless the reader chooses.
    pub paper: String,
    /// The scales in use.
    pub scales: Vec<ScaleView>,
    /// Pages that hold the rubrics, a competency each, if the guide is too large for one.
    pub parts: Vec<CountView>,
    /// Competencies with their definitions, and the questions that read each first.
    pub competencies: Vec<RubricGroup>,
}

/// More rubrics than this make a page that no browser likes to print.
const MAX_RUBRICS: usize = 300;

/// The rubrics of one competency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RubricGroup {
    /// Id, title and address.
    #[serde(flatten)]
    pub link: LinkView,
    /// One or two sentences.
    pub definition: String,
    /// Questions whose first competency it is.
    pub questions: Vec<RubricRow>,
}

/// A question's anchors, and no more of it: the page holds all questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RubricRow {
    /// What a list shows of it.
    #[serde(flatten)]
    pub card: Arc<QuestionCard>,
    /// One row a point of the scale, from the lowest.
    pub rubric: Vec<AnchorView>,
}

/// A handbook page in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArticleCard {
    /// Id, title and address.
    #[serde(flatten)]
    pub link: LinkView,
    /// What it is about; may be empty.
    pub summary: String,
}

/// A handbook page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArticleView {
    /// What a list shows of it.
    #[serde(flatten)]
    pub card: ArticleCard,
    /// Its text, as HTML.
    pub html: String,
    /// Headings of level 2 and 3.
    pub headings: Vec<HeadingView>,
    /// The page before it.
    pub previous: Option<LinkView>,
    /// The page after it.
    pub next: Option<LinkView>,
    /// Where to change it, if the guide says so.
    pub edit_url: Option<String>,
    /// Free data of the author's, for themes.
    pub extra: serde_json::Value,
    /// What search knows of it; no theme does.
    #[serde(skip)]
    pub search: SearchText,
}

/// What there is to count: computed once, shown on many pages.
#[derive(Debug, Clone)]
pub(super) struct Counts {
    pub(super) topics: Vec<GroupView>,
    pub(super) levels: Vec<CountView>,
    pub(super) kinds: Vec<CountView>,
    pub(super) competencies: Vec<CountView>,
    /// Ids and names.
    pub(super) statuses: Vec<(String, String)>,
}

impl Counts {
    pub(super) fn of(guide: &Guide, words: &Words) -> Self {
        let count = |link: LinkView, is_meant: &dyn Fn(&Question) -> bool| CountView {
            count: guide.questions.iter().filter(|question| is_meant(question)).count(),
            link,
        };
        let mut topics: Vec<GroupView> = Vec::new();
        for topic in &guide.taxonomy.topics {
            let link = LinkView::topic(guide, &topic.id);
            let counted = count(link, &|question| question.topics.iter().any(|id| id.value == topic.id));
            if counted.count == 0 {
                continue;
            }
            let title = capitalised(topic.group.as_deref().unwrap_or("topics"));
            match topics.iter_mut().find(|group| group.title == title) {
                Some(group) => group.members.push(counted),
                None => topics.push(GroupView { title, members: vec![counted] }),
            }
        }
        let levels = guide.taxonomy.levels.iter().map(|level| {
            count(LinkView::level(guide, &level.id), &|question| {
                question.levels.iter().any(|id| id.value == level.id)
            })
        });
        let kinds = Kind::ALL
            .iter()
            .map(|(_, kind)| count(LinkView::kind(*kind, words), &|question| question.kind == *kind));
        let competencies = guide.taxonomy.competencies.iter().map(|it| {
            count(LinkView::competency(guide, &it.id), &|question| {
                question.competencies.iter().any(|(id, _)| id.value == it.id)
            })
        });
        let statuses = Status::ALL
            .iter()
            .map(|(name, _)| ((*name).to_owned(), capitalised(words.text(&format!("status.{name}")))));
        let present =
            |counts: &mut dyn Iterator<Item = CountView>| counts.filter(|it| it.count > 0).collect();
        Self {
            levels: present(&mut levels.into_iter()),
            kinds: present(&mut kinds.into_iter()),
            competencies: competencies.collect(),
            statuses: statuses.collect(),
            topics,
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl SiteView {
    pub(super) fn of(guide: &Guide, config: &Config, counts: &Counts) -> Self {
        Self {
            title: config.title.clone(),
            description: config.description.clone(),
            language: config.language.clone(),
            edition: super::Audience::Interviewer.to_string(),
            question_count: guide.questions.len(),
            topics: counts.topics.clone(),
            topic_count: counts.topics.iter().map(|group| group.members.len()).sum(),
            levels: counts.levels.clone(),
            packets: if guide.packets.len() > MENU_PACKETS {
                Vec::new()
            } else {
                guide.packets.iter().map(LinkView::packet).collect()
            },
            packet_count: guide.packets.len(),
            loops: guide.loops.iter().map(LinkView::interview_loop).collect(),
            articles: if guide.articles.len() > MENU_ARTICLES {
                Vec::new()
            } else {
                guide.articles.iter().map(LinkView::article).collect()
            },
            article_count: guide.articles.len(),
            stale_after_days: config.stale_after_days,
            has_book: book::is_written(guide),
            tool: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

impl HomeView {
    pub(super) fn of(cards: &[Arc<QuestionCard>], guide: &Guide, config: &Config, counts: &Counts) -> Self {
        let mut recent: Vec<&Arc<QuestionCard>> =
            cards.iter().filter(|card| card.reviewed.is_some()).collect();
        recent.sort_by(|a, b| (&b.reviewed, &a.link.id).cmp(&(&a.reviewed, &b.link.id)));
        let home = guide.home.as_ref();
        Self {
            title: home.map_or_else(|| config.title.clone(), |home| home.title.clone()),
            html: home.map(|home| alone(&home.body.opening.full().html)).unwrap_or_default(),
            starts: home.map(starts).unwrap_or_default(),
            questions: guide.questions.len(),
            kinds: counts.kinds.clone(),
            competencies: counts.competencies.clone(),
            packets: guide.packets.iter().map(|packet| PacketCard::of(packet, guide)).collect(),
            loops: guide.loops.iter().map(|it| LoopCard::of(it, guide)).collect(),
            articles: guide.articles.iter().map(ArticleCard::of).collect(),
            recent: recent.into_iter().take(6).cloned().collect(),
        }
    }
}

fn starts(home: &Article) -> Vec<SectionView> {
    let sections = home.body.sections.iter().map(|section| SectionView {
        anchor: anchor_at(&home.body.headings, section.title.span).to_owned(),
        title: section.title.value.clone(),
        html: alone(&section.body.full().html),
    });
    sections.collect()
}

/// The rubric of the whole guide; of a large guide, where to find it, and a page for each competency.
pub(super) fn rubrics(cards: &[Arc<QuestionCard>], guide: &Guide, config: &Config) -> Vec<RubricView> {
    let mut groups: Vec<RubricGroup> =
        guide.taxonomy.competencies.iter().map(|it| RubricGroup::of(it, cards, guide)).collect();
    let scales = scales_in_use(guide);
    let page = |route: &str, title: &str, competencies: Vec<RubricGroup>, parts: Vec<CountView>| {
        let mut view = RubricView {
            route: route.to_owned(),
            title: title.to_owned(),
            revision: String::new(),
            paper: config.print.paper.name().to_owned(),
            scales: scales.clone(),
            parts,
            competencies,
        };
        view.revision = revision(&view);
        view
    };
    let (route, title) = ("rubric.html", config.words.text("titles.rubric"));
    if groups.iter().map(|group| group.questions.len()).sum::<usize>() <= MAX_RUBRICS {
        return vec![page(route, title, groups, Vec::new())];
    }
    groups.retain(|group| !group.questions.is_empty());
    let parts = groups.iter().map(|group| CountView {
        link: LinkView { route: format!("rubric/{}.html", group.link.id), ..group.link.clone() },
        count: group.questions.len(),
    });
    let parts: Vec<CountView> = parts.collect();
    let each = groups.into_iter().zip(&parts).map(|(group, part)| {
        let title = config.words.filled("titles.rubric_of", &[("subject", &part.link.title)]);
        page(&part.link.route, &title, vec![group], Vec::new())
    });
    let each: Vec<RubricView> = each.collect();
    std::iter::once(page(route, title, Vec::new(), parts)).chain(each).collect()
}

impl RubricGroup {
    fn of(competency: &Competency, cards: &[Arc<QuestionCard>], guide: &Guide) -> Self {
        let questions = guide.questions.iter().zip(cards).filter(|(question, _)| {
            question.primary() == Some(&competency.id) && !question.body.rubric.anchors.is_empty()
        });
        let rows = questions.map(|(question, card)| RubricRow {
            card: Arc::clone(card),
            rubric: anchors(question, &format!("{}-", question.id), guide),
        });
        Self {
            link: LinkView::competency(guide, &competency.id),
            definition: competency.definition.clone(),
            questions: rows.collect(),
        }
    }
}

impl ArticleCard {
    fn of(article: &Article) -> Self {
        Self { link: LinkView::article(article), summary: article.summary.clone() }
    }
}

/// The handbook pages, each with its neighbours.
pub(super) fn articles(guide: &Guide, config: &Config) -> Vec<ArticleView> {
    let near = |at: Option<usize>| guide.articles.get(at?).map(LinkView::article);
    let views = guide.articles.iter().enumerate().map(|(at, article)| {
        let full = article.body.opening.full();
        ArticleView {
            card: ArticleCard::of(article),
            html: alone(&full.html),
            headings: headings(&article.body),
            previous: near(at.checked_sub(1)),
            next: near(at.checked_add(1)),
            edit_url: edit_url(config, &article.path),
            extra: article.extra.clone(),
            search: SearchText {
                body: full.text.clone(),
                code: full.code.clone(),
                aliases: article.aliases.clone(),
                ..SearchText::default()
            },
        }
    });
    views.collect()
}
