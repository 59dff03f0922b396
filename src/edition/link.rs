//! Names with an address, as lists and badges show them.
use crate::{
    guide::{Article, CompetencyId, Guide, Kind, LevelId, Loop, Packet, Question, TopicId},
    text::{
        markdown::{Document, anchored},
        words::Words,
        yaml::Choice as _,
    },
};
use serde::Serialize;

/// Something with a page of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkView {
    /// Its id: `senior`, `rust-language`.
    pub id: String,
    /// Its name: `Senior`.
    pub title: String,
    /// Address of its page, relative to the root of the site.
    pub route: String,
}

/// A page of a facet, and how many questions it lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountView {
    /// The facet's page.
    #[serde(flatten)]
    pub link: LinkView,
    /// How many questions it lists.
    pub count: usize,
}

/// Things that belong together, under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupView {
    /// The heading.
    pub title: String,
    /// What stands under it.
    pub members: Vec<CountView>,
}

/// A heading of a page's own text, to jump to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeadingView {
    /// 2 to 6.
    pub level: u8,
    /// The anchor, without `#`.
    pub id: String,
    /// Its words, as plain text.
    pub title: String,
}

impl LinkView {
    fn new(id: &str, title: &str, folder: &str) -> Self {
        Self { id: id.to_owned(), title: title.to_owned(), route: format!("{folder}/{id}.html") }
    }

    pub(super) fn question(question: &Question) -> Self {
        Self::new(question.id.as_str(), &question.title.value, "questions")
    }

    pub(super) fn packet(packet: &Packet) -> Self {
        Self::new(packet.id.as_str(), &packet.title.value, "packets")
    }

    pub(super) fn interview_loop(it: &Loop) -> Self {
        Self::new(it.id.as_str(), &it.title.value, "loops")
    }

    pub(super) fn article(article: &Article) -> Self {
        Self::new(&article.id, &article.title, "pages")
    }

    pub(super) fn kind(kind: Kind, words: &Words) -> Self {
        let title = words.text(&format!("kinds.{}", kind.name().replace('-', "_")));
        Self::new(kind.name(), title, "kinds")
    }

    pub(super) fn topic(guide: &Guide, id: &TopicId) -> Self {
        let topic = guide.taxonomy.topic(id).expect("`resolve` left no unknown topic");
        Self::new(id.as_str(), &topic.title, "topics")
    }

    pub(super) fn level(guide: &Guide, id: &LevelId) -> Self {
        let level = guide.taxonomy.level(id).expect("`resolve` left no unknown level");
        Self::new(id.as_str(), &level.title, "levels")
    }

    pub(super) fn competency(guide: &Guide, id: &CompetencyId) -> Self {
        let competency = guide.taxonomy.competency(id).expect("`resolve` left no unknown competency");
        Self::new(id.as_str(), &competency.title, "competencies")
    }
}

/// The headings of level 2 and 3 of a page's own text.
pub(super) fn headings(document: &Document) -> Vec<HeadingView> {
    let headings = document.headings.iter().filter(|heading| (2..=3).contains(&heading.level));
    let headings = headings.map(|heading| HeadingView {
        level: heading.level,
        id: heading.anchor.clone(),
        title: heading.text.clone(),
    });
    headings.collect()
}

/// HTML whose anchors need no prefix: it is the only text of its page.
pub(super) fn alone(html: &str) -> String {
    anchored(html, "")
}
