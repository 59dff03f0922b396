//! What a candidate is given: copied field by field, so that nothing else can come along.
use super::packet::{needs, questions};
use crate::{
    config::Config,
    guide::{Guide, Packet, Question, Section},
    text::{markdown::anchored, yaml::Choice as _},
};
use serde::Serialize;

/// The candidate's edition of a packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandOutView {
    /// Its folder: `h/3f9a61c0`, which says nothing of the packet.
    pub folder: String,
    /// Length of the whole session.
    pub minutes: u32,
    /// How many parts it has.
    pub parts: usize,
    /// What the candidate needs at hand: paper, editor, …
    pub needs: Vec<String>,
    /// The questions, in order.
    pub questions: Vec<HandOutQuestion>,
    /// Who invites; on the sheet without questions.
    pub organisation: Option<String>,
    /// Whom to ask for adjustments; on the sheet without questions.
    pub contact: Option<String>,
    /// `a4` or `letter`.
    pub paper: String,
    /// Whether letters are 18 pt unless the reader chooses.
    pub large_print: bool,
}

/// A question as the candidate reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandOutQuestion {
    /// 1 for the first.
    pub position: usize,
    /// A title that gives nothing away, if the author wrote one; else its position is its name.
    pub title: Option<String>,
    /// As HTML.
    pub prompt: String,
    /// As HTML; may be empty.
    pub materials: String,
    /// One HTML fragment a rule.
    pub ground_rules: Vec<String>,
}

/// A question's prompt alone, for a screen that the candidate sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PromptView {
    /// Its address, which says nothing of the question: `prompts/3f9a61c0.html`.
    pub route: String,
    /// The question as the candidate reads it.
    #[serde(flatten)]
    pub question: HandOutQuestion,
}

impl PromptView {
    pub(super) fn of(question: &Question) -> Self {
        Self { route: prompt_route(question), question: HandOutQuestion::of(question, 1) }
    }
}

/// Where the prompt of `question` stands alone.
pub(super) fn prompt_route(question: &Question) -> String {
    format!("prompts/{}.html", neutral_name(question.id.as_str()))
}

/// A name that says nothing of `id`: a hash, because a name could be searched for.
fn neutral_name(id: &str) -> String {
    blake3::hash(id.as_bytes()).to_hex()[..8].to_owned()
}

impl HandOutView {
    pub(super) fn of(packet: &Packet, guide: &Guide, config: &Config) -> Self {
        let questions: Vec<HandOutQuestion> = questions(packet, guide)
            .enumerate()
            .map(|(at, question)| HandOutQuestion::of(question, at + 1))
            .collect();
        Self {
            folder: folder(packet),
            minutes: packet.minutes.value,
            parts: questions.len(),
            needs: needs(packet, guide, &config.words),
            questions,
            organisation: config.invitation.organisation.clone(),
            contact: config.invitation.contact.clone(),
            paper: config.print.paper.name().to_owned(),
            large_print: config.print.large_print,
        }
    }
}

impl HandOutQuestion {
    /// The allow-list: whatever is not named here does not reach a candidate.
    fn of(question: &Question, position: usize) -> Self {
        let prefix = format!("question-{position}-");
        let html = |section: Section| anchored(&question.section(section).shared().html, &prefix);
        let rules = &question.section(Section::GroundRules).shared().items;
        Self {
            position,
            title: question.candidate_title.as_ref().map(|title| title.value.clone()),
            prompt: html(Section::Prompt),
            materials: html(Section::Materials),
            ground_rules: rules.iter().map(|rule| anchored(&rule.html, &prefix)).collect(),
        }
    }
}

/// The folder of a packet's hand-outs.
pub(super) fn folder(packet: &Packet) -> String {
    hand_out_folder(packet.id.as_str())
}

/// The folder of the hand-outs of the packet called `id`.
pub fn hand_out_folder(id: &str) -> String {
    format!("h/{}", neutral_name(id))
}

/// The files of the project that hand-outs of `packet` show.
pub(super) fn files(packet: &Packet, guide: &Guide) -> Vec<String> {
    let mut files = Vec::new();
    for question in questions(packet, guide) {
        let links = question.body.links.iter().filter(|link| question.body.is_shared(link.span));
        files.extend(links.map(|link| link.target.path.clone()).filter(|path| *path != question.path));
    }
    files
}
