//! A packet as an interviewer works from it.
use super::{
    hand_out,
    link::LinkView,
    question::{QuestionView, WeightView, needed},
    scale::ScaleView,
};
use crate::{
    config::Config,
    guide::{Asked, CompetencyId, Guide, Lock, Packet, Question, Sheet},
    text::{markdown::anchored, words::Words, yaml::Choice as _},
};
use serde::Serialize;
use std::collections::BTreeSet;

/// A packet in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PacketCard {
    /// Id, title and address.
    #[serde(flatten)]
    pub link: LinkView,
    /// Whom it is for: "Backend engineer (Rust)".
    pub role: Option<String>,
    /// The level it is for.
    pub level: LinkView,
    /// The whole session.
    pub minutes: u32,
    /// How many questions it asks.
    pub questions: usize,
}

/// A whole packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PacketView {
    /// What a list shows of it.
    #[serde(flatten)]
    pub card: PacketCard,
    /// Short hash of all that it prints: tells two printings apart.
    pub revision: String,
    /// Short hash of its lock: tells whether two printings ask the same, read the same. `None`: it is not locked.
    pub lock: Option<String>,
    /// Which release of Askbook made it.
    pub tool: String,
    /// Read aloud at the start, as HTML; may be empty.
    pub opening: String,
    /// Read aloud at the end, as HTML; may be empty.
    pub closing: String,
    /// For the interviewer, as HTML; may be empty.
    pub notes: String,
    /// What it is meant to read.
    pub competencies: Vec<LinkView>,
    /// What must be in the room, from what the questions need.
    pub set_up: Vec<String>,
    /// From the opening to the closing.
    pub agenda: Vec<AgendaView>,
    /// Minutes that nothing is planned for.
    pub slack: u32,
    /// What is asked, in order.
    pub asked: Vec<AskedView>,
    /// The scale that the scores use.
    pub scale: ScaleView,
    /// Columns of the score summary: the competencies that its questions read.
    pub columns: Vec<ColumnView>,
    /// The candidate's edition, to be read during the interview.
    pub live_hand_out: String,
    /// The candidate's edition, to be read before it.
    pub prep_hand_out: String,
    /// Its rubric alone.
    pub rubric_route: String,
    /// `a4` or `letter`: what the guide prints on unless the reader chooses.
    pub paper: String,
    /// Whether it is printed on both sides: each question then begins on the back of a leaf.
    pub duplex: bool,
    /// Whether letters are 18 pt unless the reader chooses.
    pub large_print: bool,
    /// How many ruled lines a sheet keeps for notes at least.
    pub note_lines: u32,
    /// How long filled-in packets are kept, and who answers for it.
    pub retention: Option<RetentionView>,
}

/// A competency that the packet's questions read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnView {
    /// Which.
    #[serde(flatten)]
    pub competency: LinkView,
    /// Whether the packet is meant to read it; others are read in passing. A packet that names none means all.
    pub is_meant: bool,
}

/// A line of the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgendaView {
    /// Since the start: "0:05".
    pub at: String,
    /// "Opening", or the question's title.
    pub title: String,
    /// Its sheet, without `#`; `None` for opening, closing and slack.
    pub anchor: Option<String>,
    /// The part of the packet it stands in, or nothing: "Warm-up".
    pub section: Option<String>,
    /// The kind of the question, or nothing.
    pub kind: Option<String>,
    /// How long.
    pub minutes: u32,
}

/// A question at its place in a packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskedView {
    /// 1 for the first.
    pub position: usize,
    /// Its sheet, without `#`: "question-1".
    pub anchor: String,
    /// The part of the packet it stands in: "Warm-up".
    pub section: String,
    /// The question; follow-ups are those of the packet's level.
    pub question: QuestionView,
    /// The rating expected at this packet's level.
    pub bar: u8,
    /// Whether it is asked without a score.
    pub unscored: bool,
    /// Two sides, to ask and to score, instead of one.
    pub spread: bool,
    /// Whether the answer is printed, too.
    pub include_answer: bool,
    /// One for each column of the score summary: the weight there, or `None`.
    pub columns: Vec<Option<u8>>,
    /// The competencies that it reads.
    pub weights: Vec<WeightView>,
}

/// What the organisation does with filled-in packets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RetentionView {
    /// How long they are kept.
    pub months: u32,
    /// Who answers for it.
    pub contact: String,
}

impl PacketCard {
    pub(super) fn of(packet: &Packet, guide: &Guide) -> Self {
        Self {
            link: LinkView::packet(packet),
            role: packet.role.clone(),
            level: LinkView::level(guide, &packet.level.value),
            minutes: packet.minutes.value,
            questions: asked(packet, guide).len(),
        }
    }
}

impl PacketView {
    pub(super) fn of(packet: &Packet, guide: &Guide, config: &Config) -> Self {
        let columns = columns(packet, guide);
        let asked: Vec<AskedView> = asked(packet, guide)
            .iter()
            .enumerate()
            .map(|(at, it)| AskedView::of(it, at + 1, packet, &columns, guide, config))
            .collect();
        let agenda = agenda(packet, &asked, &config.words);
        let planned: u32 = agenda.iter().map(|row| row.minutes).sum();
        let first = self::asked(packet, guide).first().map(|it| guide.question(&it.question));
        let scale = first.map(|question| guide.scale(question));
        let folder = hand_out::folder(packet);
        let mut view = Self {
            card: PacketCard::of(packet, guide),
            revision: String::new(),
            lock: guide.locks.get(&packet.id).map(Lock::short),
            tool: env!("CARGO_PKG_VERSION").to_owned(),
            opening: anchored(&packet.opening.full().html, "opening-"),
            closing: anchored(&packet.closing.full().html, "closing-"),
            notes: anchored(&packet.notes.full().html, "notes-"),
            competencies: packet
                .competencies
                .iter()
                .map(|id| LinkView::competency(guide, &id.value))
                .collect(),
            set_up: needs(packet, guide, &config.words),
            agenda,
            slack: packet.minutes.value.saturating_sub(planned),
            asked,
            scale: scale.map(ScaleView::of).expect("`resolve` left no packet without a question"),
            columns: columns.iter().map(|id| ColumnView::of(id, packet, guide)).collect(),
            live_hand_out: format!("{folder}/live.html"),
            prep_hand_out: format!("{folder}/prep.html"),
            rubric_route: format!("packets/{}.rubric.html", packet.id),
            paper: config.print.paper.name().to_owned(),
            duplex: config.print.duplex,
            large_print: config.print.large_print,
            note_lines: config.print.note_lines,
            retention: RetentionView::of(config),
        };
        view.revision = revision(&view);
        view
    }
}

impl ColumnView {
    fn of(id: &CompetencyId, packet: &Packet, guide: &Guide) -> Self {
        let own = &packet.competencies;
        Self {
            competency: LinkView::competency(guide, id),
            is_meant: own.is_empty() || own.iter().any(|it| it.value == *id),
        }
    }
}

impl RetentionView {
    pub(super) fn of(config: &Config) -> Option<Self> {
        let it = config.retention.as_ref()?;
        Some(Self { months: it.months, contact: it.contact.clone() })
    }
}

impl AskedView {
    fn of(
        asked: &Asked,
        position: usize,
        packet: &Packet,
        columns: &[CompetencyId],
        guide: &Guide,
        config: &Config,
    ) -> Self {
        let question = guide.question(&asked.question);
        let anchor = format!("question-{position}");
        let view = QuestionView::of(question, &format!("{anchor}-"), guide, config);
        let bar = guide.bars(question).into_iter().find(|(level, _)| level.id == packet.level.value);
        let weight = |column: &CompetencyId| {
            question.competencies.iter().find(|(id, _)| id.value == *column).map(|(_, weight)| *weight)
        };
        Self {
            position,
            anchor,
            section: asked.part.clone(),
            bar: bar.map_or_else(|| guide.scale(question).bar, |(_, bar)| bar),
            unscored: asked.unscored,
            spread: question.sheet == Sheet::Spread || packet.include_answer,
            include_answer: packet.include_answer,
            columns: columns.iter().map(weight).collect(),
            weights: view.weights.clone(),
            question: view.for_level(&packet.level.value),
        }
    }
}

/// What `packet` asks, in order.
pub(super) fn asked<'a>(packet: &Packet, guide: &'a Guide) -> &'a [Asked] {
    guide.asked.get(&packet.id).map_or(&[], Vec::as_slice)
}

/// The questions that `packet` asks, in order.
pub(super) fn questions<'a>(packet: &Packet, guide: &'a Guide) -> impl Iterator<Item = &'a Question> {
    asked(packet, guide).iter().map(|it| guide.question(&it.question))
}

/// What must be in the room, in the order of the list of needs.
pub(super) fn needs(packet: &Packet, guide: &Guide, words: &Words) -> Vec<String> {
    let needs: BTreeSet<_> =
        questions(packet, guide).flat_map(|question| question.needs.iter().copied()).collect();
    needs.into_iter().map(|need| needed(need, words)).collect()
}

/// The competencies that scored questions read: the packet's own first, in its order, then the taxonomy's.
fn columns(packet: &Packet, guide: &Guide) -> Vec<CompetencyId> {
    let scored = asked(packet, guide).iter().filter(|it| !it.unscored).map(|it| guide.question(&it.question));
    let read: BTreeSet<&CompetencyId> =
        scored.flat_map(|question| question.competencies.iter().map(|(id, _)| &id.value)).collect();
    let own = packet.competencies.iter().map(|id| &id.value);
    let mut columns: Vec<CompetencyId> = own.filter(|id| read.contains(id)).cloned().collect();
    let others = guide.taxonomy.competencies.iter().map(|competency| &competency.id);
    for id in others.filter(|id| read.contains(id)) {
        if !columns.contains(id) {
            columns.push(id.clone());
        }
    }
    columns
}

fn agenda(packet: &Packet, asked: &[AskedView], words: &Words) -> Vec<AgendaView> {
    let mut clock = 0;
    let mut row = |title: &str, asked: Option<&AskedView>, minutes: u32| {
        let at = self::clock(clock);
        clock += minutes;
        AgendaView {
            at,
            title: title.to_owned(),
            anchor: asked.map(|it| it.anchor.clone()),
            section: asked.map(|it| it.section.clone()),
            kind: asked.map(|it| it.question.card.kind.title.clone()),
            minutes,
        }
    };
    let mut agenda = Vec::with_capacity(asked.len() + 2);
    if packet.opening_minutes > 0 {
        agenda.push(row(words.text("titles.opening"), None, packet.opening_minutes));
    }
    for it in asked {
        let card = &it.question.card;
        agenda.push(row(&card.link.title, Some(it), card.minutes));
    }
    if packet.closing_minutes > 0 {
        agenda.push(row(words.text("titles.closing"), None, packet.closing_minutes));
    }
    agenda
}

/// Minutes since a start as people read them: "1:05".
pub(super) fn clock(minutes: u32) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// Tells two printings apart: a hash of all that is printed.
pub(super) fn revision(view: &impl Serialize) -> String {
    let bytes = serde_json::to_vec(view).expect("a view is plain data");
    blake3::hash(&bytes).to_hex()[..8].to_owned()
}
