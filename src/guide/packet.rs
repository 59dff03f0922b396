//! A packet, one interview session: `content/packets/<id>.md`.
use super::{
    id::{CompetencyId, LevelId, PacketId, QuestionId},
    select::Query,
    taxonomy::Taxonomy,
};
use crate::{
    source::{Code, Diagnostic, Diagnostics, Source, Span, Spanned},
    text::{
        front_matter,
        markdown::{Fragment, Link, Markdown},
        slug::slug,
        yaml::{self, Fields},
    },
};

const BAD_SECTION: Code = Code("bad-packet-section");
const MISSING_ROTATION: Code = Code("missing-rotation");
const UNKNOWN_SCRIPT: Code = Code("unknown-packet-section");

const EXAMPLE: &str =
    "title: …\nlevel: senior\nminutes: 60\nsections:\n  - { title: Warm-up, pick: [question-id] }";

/// One interview session.
#[derive(Debug, Clone)]
pub struct Packet {
    /// The stem of its file.
    pub id: PacketId,
    /// Path of its file.
    pub path: String,
    /// Its name.
    pub title: Spanned<String>,
    /// Whom it is for: "Backend engineer (Rust)".
    pub role: Option<String>,
    /// The level it is for.
    pub level: Spanned<LevelId>,
    /// The whole session.
    pub minutes: Spanned<u32>,
    /// For the opening script.
    pub opening_minutes: u32,
    /// For the candidate's own questions.
    pub closing_minutes: u32,
    /// What it is meant to read.
    pub competencies: Vec<Spanned<CompetencyId>>,
    /// Its parts, in order.
    pub parts: Vec<Part>,
    /// What seeds the choice of its queries; it changes when a person changes it.
    pub rotation: Option<String>,
    /// Whether answers are printed.
    pub include_answer: bool,
    /// Where it says that it is in use, and so must be locked.
    pub live: Option<Span>,
    /// Rules that do not hold here, and why not.
    pub allow: Vec<(Spanned<String>, Spanned<String>)>,
    /// The author's own data, for themes.
    pub extra: serde_json::Value,
    /// Read aloud at the start.
    pub opening: Fragment,
    /// Read aloud at the end.
    pub closing: Fragment,
    /// For the interviewer.
    pub notes: Fragment,
    /// Whether all that was written could be read: otherwise what is wanting may only be misspelt.
    pub(super) is_whole: bool,
}

/// A part of a packet.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its name: "Warm-up".
    pub title: String,
    /// Its place.
    pub span: Span,
    /// What it asks.
    pub choice: Choice,
    /// Whether it is asked without a score.
    pub unscored: bool,
}

/// How a part chooses its questions.
#[derive(Debug, Clone)]
pub enum Choice {
    /// These, in this order.
    Pick(Vec<Spanned<QuestionId>>),
    /// So many of those that fit.
    Query {
        /// What fits.
        query: Box<Query>,
        /// How many.
        count: usize,
    },
}

impl Packet {
    /// Reads one; what is wrong is told, and `None` means that it could not be made whole.
    pub(super) fn parse(
        source: &Source,
        id: PacketId,
        taxonomy: &Taxonomy,
        markdown: &Markdown,
        links: &mut Vec<Link>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let split = front_matter::split(source, EXAMPLE, diagnostics)?;
        let document = markdown.document(source, split.body, diagnostics);
        links.extend_from_slice(&document.links);
        let mapping = yaml::read(source, split.yaml, diagnostics)?;
        let mut told = Diagnostics::default();
        let mut fields = Fields::of(mapping, &mut told);
        let packet = Self::fields(source, id, taxonomy, &mut fields);
        fields.finish("packet");
        let is_whole = !told.has_errors();
        diagnostics.append(told);
        if !document.opening.is_empty() {
            let message = "text before the first section of a packet is printed nowhere";
            let problem = Diagnostic::warning(UNKNOWN_SCRIPT, document.opening.span, message);
            diagnostics.push(problem.help("put it under `## Notes`"));
        }
        // A packet with an error in it stays: it is never published, and what else is wrong with it is told, too.
        let mut packet = packet?;
        packet.is_whole = is_whole;
        for section in document.sections {
            match slug(&section.title.value).as_str() {
                "opening" => packet.opening = section.body,
                "closing" => packet.closing = section.body,
                "notes" => packet.notes = section.body,
                _ => {
                    let message = format!(
                        "unknown section `{}` in a packet: it is printed nowhere",
                        section.title.value
                    );
                    diagnostics.push(
                        Diagnostic::warning(UNKNOWN_SCRIPT, section.title.span, message)
                            .help("the sections are `Opening`, `Closing`, `Notes`"),
                    );
                }
            }
        }
        Some(packet)
    }

    fn fields(source: &Source, id: PacketId, taxonomy: &Taxonomy, fields: &mut Fields<'_>) -> Option<Self> {
        let title = fields.required::<String>("title");
        let role = fields.optional::<String>("role").map(|role| role.value);
        let level = fields.required("level");
        fields.needs("minutes");
        let minutes = fields.number("minutes", 10..=480);
        let opening = fields.number("opening", 0..=60);
        let closing = fields.number("closing", 0..=60);
        let competencies = fields.list("competencies");
        let parts = parts(fields);
        let rotation = fields.optional::<String>("rotation").map(|rotation| rotation.value);
        let has_query = parts.iter().find(|part| matches!(part.choice, Choice::Query { .. }));
        if let (Some(part), None) = (has_query, &rotation) {
            let problem =
                Diagnostic::error(MISSING_ROTATION, part.span, "packet has a query and no `rotation`");
            fields.tell(problem.help("add `rotation: 2026-q4`; the choice changes when you change it"));
        }
        let include_answer = fields.optional("include_answer").is_some_and(|claim| claim.value);
        let live = fields.optional::<bool>("live").filter(|claim| claim.value).map(|claim| claim.span);
        let (allow, extra) = (fields.pairs("allow"), fields.free("extra"));
        fields.tell_all(|told| {
            taxonomy.tell_unknown_levels(level.as_slice(), told);
            taxonomy.tell_unknown_competencies(competencies.iter(), told);
            for part in &parts {
                if let Choice::Query { query, .. } = &part.choice {
                    query.tell_unknown(taxonomy, told);
                }
            }
        });
        // From here on nothing is asked for: a key that is never asked for would count as unknown.
        Some(Self {
            id,
            path: source.path.clone(),
            title: title.unwrap_or_else(|| Spanned::new(source.stem().to_owned(), Span::start_of(source.id))),
            role,
            level: level?,
            minutes: minutes.unwrap_or_else(|| Spanned::new(u32::MAX, Span::start_of(source.id))),
            opening_minutes: opening.map_or(5, |minutes| minutes.value),
            closing_minutes: closing.map_or(5, |minutes| minutes.value),
            competencies,
            parts,
            rotation,
            include_answer,
            live,
            allow,
            extra,
            opening: Fragment::default(),
            closing: Fragment::default(),
            notes: Fragment::default(),
            is_whole: false,
        })
    }
}

fn parts(fields: &mut Fields<'_>) -> Vec<Part> {
    if fields.place_of("sections").is_none() {
        fields.needs("sections");
        return Vec::new();
    }
    let place = fields.place_of("sections").unwrap_or(fields.span());
    let mut parts = Vec::new();
    let rows = fields.rows("sections");
    if rows.is_empty() {
        fields.tell(Diagnostic::error(BAD_SECTION, place, "packet has no section"));
    }
    for mapping in rows {
        let mut row = fields.inner(mapping);
        let span = row.span();
        let title = row.required::<String>("title");
        let choice = choice(&mut row, span);
        let unscored = row.optional("unscored").is_some_and(|claim| claim.value);
        if row.finish("section of a packet")
            && let (Some(title), Some(choice)) = (title, choice)
        {
            parts.push(Part { title: title.value, span, choice, unscored });
        }
    }
    parts
}

fn choice(row: &mut Fields<'_>, span: Span) -> Option<Choice> {
    let picked = row.place_of("pick").is_some();
    let pick = row.list("pick");
    let query = row.within_nested("query", "query", Query::parse);
    let count = row.number("count", 1..=20);
    match (picked, query) {
        (true, None) if !pick.is_empty() => Some(Choice::Pick(pick)),
        (false, Some(query)) => {
            let count = count.map_or(1, |count| usize::try_from(count.value).unwrap_or(1));
            Some(Choice::Query { query: Box::new(query), count })
        }
        _ => {
            let problem =
                Diagnostic::error(BAD_SECTION, span, "section of a packet has not one of `pick` and `query`");
            row.tell(
                problem.help("write `pick: [question-id]`, or `query: { topics: [async] }` with `count: 1`"),
            );
            None
        }
    }
}
