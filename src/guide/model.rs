//! The guide as a whole.
use super::{
    article::Article,
    id::{CompetencyId, PacketId, QuestionId, ScaleId},
    interview_loop::Loop,
    lock::Lock,
    packet::Packet,
    question::Question,
    scale::Scale,
    taxonomy::Taxonomy,
    vocabulary::Status,
};
use std::collections::{BTreeMap, BTreeSet};

/// A part of a packet, with its questions chosen.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Which question.
    pub question: QuestionId,
    /// The name of the part it stands in.
    pub part: String,
    /// Whether it is asked without a score.
    pub unscored: bool,
}

/// Everything that was read and holds together: each id in it names something in it.
#[derive(Debug, Default, Clone)]
pub struct Guide {
    /// Levels, topics, competencies, themes.
    pub taxonomy: Taxonomy,
    /// Rating scales.
    pub scales: BTreeMap<ScaleId, Scale>,
    /// The scale of questions that name none.
    pub default_scale: Option<ScaleId>,
    /// In the order of the taxonomy's topics, then by id.
    pub questions: Vec<Question>,
    /// By id.
    pub packets: Vec<Packet>,
    /// What each packet asks, in order.
    pub asked: BTreeMap<PacketId, Vec<Asked>>,
    /// The packets that ask what is locked, and their locks.
    pub locks: BTreeMap<PacketId, Lock>,
    /// By id.
    pub loops: Vec<Loop>,
    /// Handbook pages, in their order.
    pub articles: Vec<Article>,
    /// The home page's prose.
    pub home: Option<Article>,
    places: BTreeMap<QuestionId, usize>,
    forms: BTreeMap<QuestionId, Vec<QuestionId>>,
    conflicts: BTreeMap<QuestionId, BTreeSet<QuestionId>>,
    asked_in: BTreeMap<QuestionId, Vec<usize>>,
    readers: BTreeMap<CompetencyId, Vec<usize>>,
}

impl Guide {
    /// The question `id` names.
    pub fn question(&self, id: &QuestionId) -> &Question {
        let place = self.places.get(id).expect("`resolve` left no unknown question");
        &self.questions[*place]
    }

    /// The packet `id` names.
    pub fn packet(&self, id: &PacketId) -> &Packet {
        let packet = self.packets.iter().find(|packet| packet.id == *id);
        packet.expect("`resolve` left no unknown packet")
    }

    /// Every question's id, in order.
    pub fn question_ids(&self) -> impl Iterator<Item = &QuestionId> {
        self.places.keys()
    }

    /// Whether `id` names a question.
    pub fn has_question(&self, id: &QuestionId) -> bool {
        self.places.contains_key(id)
    }

    /// The scale that `question` is rated on.
    pub fn scale(&self, question: &Question) -> &Scale {
        let id = question.scale.as_ref().map(|id| &id.value).or(self.default_scale.as_ref());
        id.and_then(|id| self.scales.get(id)).expect("`resolve` left no question without a scale")
    }

    /// The rating expected at each of a question's levels, from the lowest level.
    pub fn bars(&self, question: &Question) -> Vec<(&super::taxonomy::Level, u8)> {
        let scale = self.scale(question);
        let bar_of = |level: &super::taxonomy::Level| {
            let own = question.bar.iter().find(|(id, _)| id.value == level.id);
            own.map_or(scale.bar, |(_, bar)| u8::try_from(bar.value).unwrap_or(scale.bar))
        };
        let levels = self.taxonomy.levels.iter();
        let levels = levels.filter(|level| question.levels.iter().any(|id| id.value == level.id));
        levels.map(|level| (level, bar_of(level))).collect()
    }

    /// Where `question` stands among the questions.
    pub fn place(&self, question: &Question) -> usize {
        *self.places.get(&question.id).expect("every question has its place")
    }

    /// Its parallel forms: the question that it is a form of, that one's other forms, and its own.
    pub fn variants(&self, question: &Question) -> impl Iterator<Item = &Question> {
        let forms = self.forms.get(root(question)).map_or(&[][..], Vec::as_slice);
        forms.iter().filter(|id| **id != question.id).map(|id| self.question(id))
    }

    /// Questions not to be asked of the same candidate, whichever of the two says so.
    pub fn conflicts(&self, question: &Question) -> impl Iterator<Item = &Question> {
        self.conflicts.get(&question.id).into_iter().flatten().map(|id| self.question(id))
    }

    /// Questions that read the same competency first at one of its levels, from the next in order on; none that is retired,
    /// and neither its parallel forms nor those it is not to be asked with.
    pub fn related(&self, question: &Question) -> impl Iterator<Item = &Question> {
        let readers = question.primary().and_then(|id| self.readers.get(id)).map_or(&[][..], Vec::as_slice);
        let own = readers.partition_point(|place| *place < self.place(question));
        let (before, from) = readers.split_at(own);
        let others = from.iter().chain(before).map(|place| &self.questions[*place]);
        others.filter(move |other| {
            let shares_level =
                other.levels.iter().any(|id| question.levels.iter().any(|own| own.value == id.value));
            let is_told_apart = root(other) == root(question)
                || self.conflicts.get(&question.id).is_some_and(|conflicts| conflicts.contains(&other.id));
            shares_level && !is_told_apart && other.status != Status::Retired
        })
    }

    /// The packets that ask `question`.
    pub fn packets_that_ask(&self, question: &Question) -> impl Iterator<Item = &Packet> {
        self.asked_in.get(&question.id).into_iter().flatten().map(|place| &self.packets[*place])
    }

    /// Says what a packet asks; the packet is the last one so far.
    pub(super) fn add_packet(&mut self, packet: Packet, asked: Vec<Asked>) {
        let place = self.packets.len();
        for it in &asked {
            self.asked_in.entry(it.question.clone()).or_default().push(place);
        }
        self.asked.insert(packet.id.clone(), asked);
        self.packets.push(packet);
    }

    /// Builds what the look-ups above need; the questions are final.
    pub(super) fn index(&mut self) {
        self.places = self.questions.iter().enumerate().map(|(at, it)| (it.id.clone(), at)).collect();
        for (place, question) in self.questions.iter().enumerate() {
            if let Some(competency) = question.primary() {
                self.readers.entry(competency.clone()).or_default().push(place);
            }
            self.forms.entry(root(question).clone()).or_default().push(question.id.clone());
            for other in question.conflicts.iter().filter(|other| self.places.contains_key(&other.value)) {
                self.conflicts.entry(question.id.clone()).or_default().insert(other.value.clone());
                self.conflicts.entry(other.value.clone()).or_default().insert(question.id.clone());
            }
        }
    }
}

/// The question that `question` is a form of; itself, if it is none.
fn root(question: &Question) -> &QuestionId {
    question.variant_of.as_ref().map_or(&question.id, |id| &id.value)
}
