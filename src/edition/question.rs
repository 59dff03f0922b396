//! A question as a page may show it to an interviewer.
use super::{hand_out::prompt_route, link::LinkView};
use crate::{
    config::Config,
    guide::{FollowUp, Guide, LevelId, Need, Question, Section},
    text::{
        markdown::{Item, anchored},
        words::Words,
        yaml::Choice as _,
    },
};
use serde::Serialize;
use std::sync::Arc;

/// How many others a question's page offers: a row of them.
const RELATED: usize = 4;

/// A question in a list: what helps to choose it, and nothing of its body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionCard {
    /// Id, title and address.
    #[serde(flatten)]
    pub link: LinkView,
    /// At most 160 characters, plain text.
    pub summary: String,
    /// The first is the folder's.
    pub topics: Vec<LinkView>,
    /// What the candidate does.
    pub kind: LinkView,
    /// From the lowest to the highest.
    pub levels: Vec<LinkView>,
    /// How long it takes.
    pub minutes: u32,
    /// The primary one first.
    pub competencies: Vec<LinkView>,
    /// draft, pilot, active or retired.
    pub status: String,
    /// ISO date, if it was reviewed.
    pub reviewed: Option<String>,
}

/// A whole question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionView {
    /// What a list shows of it.
    #[serde(flatten)]
    pub card: Arc<QuestionCard>,
    /// Why we ask, as HTML; may be empty.
    pub purpose: String,
    /// Read to the candidate as it stands, as HTML.
    pub prompt: String,
    /// Address of the page that shows the prompt alone.
    pub prompt_route: String,
    /// Handed to the candidate, as HTML; may be empty.
    pub materials: String,
    /// One HTML fragment a rule.
    pub ground_rules: Vec<String>,
    /// As HTML; may be empty.
    pub answer: String,
    /// One HTML fragment a signal.
    pub listen_for: Vec<String>,
    /// One HTML fragment a flag.
    pub red_flags: Vec<String>,
    /// In the author's order.
    pub follow_ups: Vec<FollowUpView>,
    /// One HTML fragment a rung.
    pub hints: Vec<String>,
    /// One row a point of the scale, from the lowest; empty if the question has no anchors yet.
    pub rubric: Vec<AnchorView>,
    /// As HTML; may be empty.
    pub accommodations: String,
    /// As HTML; may be empty.
    pub notes: String,
    /// Sections under headings of the author's own.
    pub more: Vec<SectionView>,
    /// With their weights; the primary one first.
    pub weights: Vec<WeightView>,
    /// The rating expected of each level.
    pub bars: Vec<BarView>,
    /// What must be in the room: paper, editor, …
    pub needs: Vec<String>,
    /// Strong signals and senior themes that it touches.
    pub themes: Vec<String>,
    /// Free words.
    pub tags: Vec<String>,
    /// Where its facts come from.
    pub sources: Vec<SourceView>,
    /// What its Rust code was held against.
    pub rust: Option<RustView>,
    /// ISO date.
    pub introduced: Option<String>,
    /// Who looked at it.
    pub reviewers: Vec<String>,
    /// Packets that ask it.
    pub used_in: Vec<LinkView>,
    /// Parallel forms of it.
    pub variants: Vec<LinkView>,
    /// Not to be asked of the same candidate.
    pub conflicts: Vec<LinkView>,
    /// Others that read the same competency first at one of its levels: at most four.
    pub related: Vec<RelatedView>,
    /// Where to change it, if the guide says so.
    pub edit_url: Option<String>,
    /// Free data of the author's, for themes.
    pub extra: serde_json::Value,
    /// The one before it in its topic.
    pub previous: Option<LinkView>,
    /// The one after it in its topic.
    pub next: Option<LinkView>,
    /// What search knows of it; no theme does.
    #[serde(skip)]
    pub search: SearchText,
}

/// Another question, and what helps to choose between the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RelatedView {
    /// Id, title and address.
    #[serde(flatten)]
    pub link: LinkView,
    /// What the candidate does.
    pub kind: LinkView,
    /// How long it takes.
    pub minutes: u32,
}

/// The words and the code of a page, for search.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct SearchText {
    /// Plain text.
    pub body: String,
    /// Code in back-ticks, and code blocks.
    pub code: Vec<String>,
    /// Old ids and synonyms.
    pub aliases: Vec<String>,
    /// Other words for the topics it is filed under.
    pub topic_aliases: Vec<String>,
}

/// A question to go on with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FollowUpView {
    /// The level it is for; `None`: every level.
    pub level: Option<LinkView>,
    /// As HTML.
    pub html: String,
}

/// One row of the rubric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnchorView {
    /// The rating: 3.
    pub value: u8,
    /// What the scale calls it: "Solid".
    pub label: String,
    /// What the scale says of it.
    pub meaning: String,
    /// What is seen of a candidate who earns it; one HTML fragment each.
    pub behaviours: Vec<String>,
    /// Levels whose bar this is.
    pub bar_of: Vec<String>,
}

/// How much a competency counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeightView {
    /// Which.
    #[serde(flatten)]
    pub competency: LinkView,
    /// 1 to 3.
    pub weight: u8,
    /// Whether it is the question's first.
    pub primary: bool,
}

/// The rating expected of a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BarView {
    /// "Senior".
    pub level: String,
    /// 3.
    pub value: u8,
    /// "Solid".
    pub label: String,
}

/// A section under a heading of the author's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionView {
    /// Its anchor, without `#`.
    pub anchor: String,
    /// The heading.
    pub title: String,
    /// Its text, as HTML.
    pub html: String,
}

/// Where a fact comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceView {
    /// What to print.
    pub text: String,
    /// Where to read it, if it is an address.
    pub href: Option<String>,
}

/// What Rust code was held against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RustView {
    /// "2024".
    pub edition: Option<String>,
    /// The oldest compiler that takes it.
    pub msrv: Option<String>,
    /// The compiler it was tried with.
    pub verified: Option<String>,
}

impl QuestionCard {
    pub(super) fn of(question: &Question, guide: &Guide, words: &Words) -> Self {
        let levels = guide.taxonomy.levels.iter().map(|level| &level.id);
        let levels = levels.filter(|id| question.levels.iter().any(|level| level.value == **id));
        Self {
            link: LinkView::question(question),
            summary: question.summary.clone(),
            topics: question.topics.iter().map(|topic| LinkView::topic(guide, &topic.value)).collect(),
            kind: LinkView::kind(question.kind, words),
            levels: levels.map(|id| LinkView::level(guide, id)).collect(),
            minutes: question.live_minutes(),
            competencies: question
                .competencies
                .iter()
                .map(|(id, _)| LinkView::competency(guide, &id.value))
                .collect(),
            status: question.status.name().to_owned(),
            reviewed: question.reviewed.map(|date| date.to_string()),
        }
    }
}

impl QuestionView {
    /// All of `question`. `prefix` keeps its anchors apart from those of other questions on the page.
    pub(super) fn of(question: &Question, prefix: &str, guide: &Guide, config: &Config) -> Self {
        let html = |section: Section| anchored(&question.section(section).full().html, prefix);
        let items = |section: Section| {
            let items = &question.section(section).full().items;
            items.iter().map(|item| anchored(&item.html, prefix)).collect::<Vec<_>>()
        };
        let neighbours = Neighbours::of(question, guide);
        let rust = question.rust.as_ref().map(|rust| RustView {
            edition: rust.edition.clone(),
            msrv: rust.msrv.clone(),
            verified: rust.verified.clone(),
        });
        let more = question.body.own_sections.iter().map(|(title, fragment)| SectionView {
            anchor: question.body.anchor_of(title.span).to_owned(),
            title: title.value.clone(),
            html: anchored(&fragment.full().html, prefix),
        });
        let themes = question.themes.iter().filter_map(|id| guide.taxonomy.theme(&id.value));
        Self {
            card: Arc::new(QuestionCard::of(question, guide, &config.words)),
            purpose: anchored(&question.body.purpose.full().html, prefix),
            prompt: html(Section::Prompt),
            prompt_route: prompt_route(question),
            materials: html(Section::Materials),
            ground_rules: items(Section::GroundRules),
            answer: html(Section::Answer),
            listen_for: items(Section::ListenFor),
            red_flags: items(Section::RedFlags),
            follow_ups: question
                .body
                .follow_ups
                .iter()
                .map(|it| FollowUpView::of(it, prefix, guide))
                .collect(),
            hints: items(Section::Hints),
            rubric: anchors(question, prefix, guide),
            accommodations: html(Section::Accommodations),
            notes: html(Section::Notes),
            more: more.collect(),
            weights: weights(question, guide),
            bars: bars(question, guide),
            needs: question.needs.iter().map(|need| needed(*need, &config.words)).collect(),
            themes: themes.map(|theme| theme.title.clone()).collect(),
            tags: question.tags.clone(),
            sources: question.sources.iter().map(|text| source(text)).collect(),
            rust,
            introduced: question.introduced.map(|date| date.to_string()),
            reviewers: question.reviewers.clone(),
            used_in: guide.packets_that_ask(question).map(LinkView::packet).collect(),
            variants: guide.variants(question).map(LinkView::question).collect(),
            conflicts: guide.conflicts(question).map(LinkView::question).collect(),
            related: guide
                .related(question)
                .take(RELATED)
                .map(|other| RelatedView::of(other, &config.words))
                .collect(),
            edit_url: edit_url(config, &question.path),
            extra: question.extra.clone(),
            previous: neighbours.previous,
            next: neighbours.next,
            search: search_text(question, guide),
        }
    }

    /// Keeps the follow-ups of `level` and those of every level.
    pub(super) fn for_level(mut self, level: &LevelId) -> Self {
        self.follow_ups.retain(|it| it.level.as_ref().is_none_or(|own| own.id == level.as_str()));
        self
    }
}

impl RelatedView {
    fn of(question: &Question, words: &Words) -> Self {
        Self {
            link: LinkView::question(question),
            kind: LinkView::kind(question.kind, words),
            minutes: question.live_minutes(),
        }
    }
}

impl FollowUpView {
    fn of(follow_up: &FollowUp, prefix: &str, guide: &Guide) -> Self {
        Self {
            level: follow_up.level.as_ref().map(|level| LinkView::level(guide, &level.value)),
            html: anchored(&follow_up.item.html, prefix),
        }
    }
}

/// What must be in the room, in the guide's language.
pub(super) fn needed(need: Need, words: &Words) -> String {
    words.text(&format!("needs.{}", need.name())).to_owned()
}

/// Where `path` can be changed, if the guide says so.
pub(super) fn edit_url(config: &Config, path: &str) -> Option<String> {
    config.edit_url.as_ref().map(|url| url.replace("{path}", path))
}

/// One row a point of the scale, from the lowest; empty without anchors.
pub(super) fn anchors(question: &Question, prefix: &str, guide: &Guide) -> Vec<AnchorView> {
    if question.body.rubric.anchors.is_empty() {
        return Vec::new();
    }
    let bars = guide.bars(question);
    let rows = guide.scale(question).points.iter().map(|point| {
        let anchor = question.body.rubric.anchors.iter().find(|anchor| anchor.value.value == point.value);
        let behaviours: &[Item] = anchor.map_or(&[], |anchor| &anchor.behaviours);
        AnchorView {
            value: point.value,
            label: point.label.clone(),
            meaning: point.meaning.clone(),
            behaviours: behaviours.iter().map(|item| anchored(&item.html, prefix)).collect(),
            bar_of: bars
                .iter()
                .filter(|(_, bar)| *bar == point.value)
                .map(|(level, _)| level.title.clone())
                .collect(),
        }
    });
    rows.collect()
}

fn weights(question: &Question, guide: &Guide) -> Vec<WeightView> {
    let weights = question.competencies.iter().enumerate().map(|(at, (id, weight))| WeightView {
        competency: LinkView::competency(guide, &id.value),
        weight: *weight,
        primary: at == 0,
    });
    weights.collect()
}

fn bars(question: &Question, guide: &Guide) -> Vec<BarView> {
    let scale = guide.scale(question);
    let bars = guide.bars(question).into_iter().map(|(level, bar)| BarView {
        level: level.title.clone(),
        value: bar,
        label: scale.point(bar).map(|point| point.label.clone()).unwrap_or_default(),
    });
    bars.collect()
}

fn source(text: &str) -> SourceView {
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    let shown = text.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    SourceView { text: shown.to_owned(), href: is_address.then(|| text.to_owned()) }
}

/// The questions before and after it in its topic.
struct Neighbours {
    previous: Option<LinkView>,
    next: Option<LinkView>,
}

impl Neighbours {
    fn of(question: &Question, guide: &Guide) -> Self {
        let topic = |it: &Question| it.topics.first().map(|topic| topic.value.clone());
        let at = guide.place(question);
        let near = |at: Option<usize>| {
            let other = guide.questions.get(at?)?;
            (topic(other) == topic(question)).then(|| LinkView::question(other))
        };
        Self { previous: near(at.checked_sub(1)), next: near(at.checked_add(1)) }
    }
}

fn search_text(question: &Question, guide: &Guide) -> SearchText {
    let own = question.body.own_sections.iter().map(|(_, fragment)| fragment);
    let fragments =
        std::iter::once(&question.body.purpose).chain(question.body.sections().map(|(_, it)| it)).chain(own);
    let topics = question.topics.iter().filter_map(|topic| guide.taxonomy.topic(&topic.value));
    let mut search = SearchText {
        aliases: question.aliases.clone(),
        topic_aliases: topics.flat_map(|topic| topic.aliases.iter().cloned()).collect(),
        ..SearchText::default()
    };
    for fragment in fragments.map(crate::text::markdown::Fragment::full) {
        if !search.body.is_empty() {
            search.body.push('\n');
        }
        search.body.push_str(&fragment.text);
        search.code.extend(fragment.code.iter().cloned());
    }
    search
}
