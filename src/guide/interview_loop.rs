//! A loop, the packets that one candidate meets: `content/loops/<id>.md`.
use super::{
    id::{CompetencyId, LevelId, LoopId, PacketId, QuestionId},
    taxonomy::Taxonomy,
};
use crate::{
    source::{Code, Diagnostic, Diagnostics, Source, Span, Spanned},
    text::{
        front_matter,
        markdown::{Document, Link, Markdown},
        yaml::{self, Fields},
    },
};

const NO_STAGE: Code = Code("loop-without-stage");
const BAD_REQUIREMENT: Code = Code("bad-requirement");

const EXAMPLE: &str = "title: …\nlevel: senior\nrequires: { debugging: 2 }\nstages:\n  \
     - { packet: packet-id, interviewer: A }";

/// Several sessions that one candidate meets.
#[derive(Debug, Clone)]
pub struct Loop {
    /// The stem of its file.
    pub id: LoopId,
    /// Path of its file.
    pub path: String,
    /// Its name.
    pub title: Spanned<String>,
    /// The level it is for.
    pub level: Spanned<LevelId>,
    /// How many interviewers must read a competency, each from questions of their own; in the author's order.
    pub requires: Vec<(Spanned<CompetencyId>, u8)>,
    /// Its sessions, in order.
    pub stages: Vec<Stage>,
    /// Rules that do not hold here, and why not.
    pub allow: Vec<(Spanned<String>, Spanned<String>)>,
    /// The author's own data, for themes.
    pub extra: serde_json::Value,
    /// For those who run it.
    pub body: Document,
    /// Whether all that was written could be read: otherwise what is wanting may only be misspelt.
    pub(super) is_whole: bool,
}

/// A session of a loop.
#[derive(Debug, Clone)]
pub struct Stage {
    /// What is asked.
    pub packet: Spanned<PacketId>,
    /// Who asks: a letter or a role, the same for the same person.
    pub interviewer: String,
    /// What the candidate did before, at home.
    pub take_home: Option<Spanned<QuestionId>>,
    /// What those may bring instead who cannot do it.
    pub alternative: Option<String>,
}

impl Loop {
    /// Reads one; what is wrong is told, and `None` means that it could not be made whole.
    pub(super) fn parse(
        source: &Source,
        id: LoopId,
        taxonomy: &Taxonomy,
        markdown: &Markdown,
        links: &mut Vec<Link>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let split = front_matter::split(source, EXAMPLE, diagnostics)?;
        let body = markdown.prose(source, split.body, diagnostics);
        links.extend_from_slice(&body.links);
        let mapping = yaml::read(source, split.yaml, diagnostics)?;
        let mut told = Diagnostics::default();
        let mut fields = Fields::of(mapping, &mut told);
        let title = fields.required::<String>("title");
        let level = fields.required("level");
        let requires = requirements(&mut fields);
        let stages = stages(&mut fields);
        let (allow, extra) = (fields.pairs("allow"), fields.free("extra"));
        fields.tell_all(|told| {
            taxonomy.tell_unknown_levels(level.as_slice(), told);
            taxonomy.tell_unknown_competencies(requires.iter().map(|(id, _)| id), told);
        });
        fields.finish("loop");
        let is_whole = !told.has_errors();
        diagnostics.append(told);
        // A loop with an error in it stays: it is never published, and what else is wrong with it is told, too.
        let path = source.path.clone();
        Some(Self { id, path, title: title?, level: level?, requires, stages, allow, extra, body, is_whole })
    }

    /// Who asks, each once, in the order of their first stage.
    pub fn interviewers(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for stage in &self.stages {
            if !names.contains(&stage.interviewer.as_str()) {
                names.push(&stage.interviewer);
            }
        }
        names
    }
}

fn requirements(fields: &mut Fields<'_>) -> Vec<(Spanned<CompetencyId>, u8)> {
    fields.needs("requires");
    let mut requires: Vec<(Spanned<CompetencyId>, u8)> = Vec::new();
    for (name, readings) in fields.numbers("requires", &(1..=20)) {
        match CompetencyId::new(&name.value) {
            Some(id) => {
                let readings = u8::try_from(readings.value).expect("at most 20");
                requires.push((Spanned::new(id, name.span), readings));
            }
            None => {
                let message = format!("`{}` cannot be a competency", name.value);
                fields.tell(Diagnostic::error(BAD_REQUIREMENT, name.span, message));
            }
        }
    }
    requires
}

fn stages(fields: &mut Fields<'_>) -> Vec<Stage> {
    fields.needs("stages");
    let place = fields.place_of("stages");
    let mut stages = Vec::new();
    let rows = fields.rows("stages");
    if let (true, Some(place)) = (rows.is_empty(), place) {
        let problem = Diagnostic::error(NO_STAGE, place, "loop has no stage");
        fields.tell(problem.help("write `- { packet: packet-id, interviewer: A }` under `stages:`"));
    }
    for mapping in rows {
        let mut row = fields.inner(mapping);
        let packet = row.required("packet");
        let interviewer = row.required::<String>("interviewer");
        let take_home = row.optional("take_home");
        let alternative = row.optional::<String>("alternative").map(|it| it.value);
        if row.finish("stage of a loop")
            && let (Some(packet), Some(interviewer)) = (packet, interviewer)
        {
            stages.push(Stage { packet, interviewer: interviewer.value, take_home, alternative });
        }
    }
    stages
}

impl Stage {
    /// Where it stands in the file.
    pub(super) fn span(&self) -> Span {
        self.packet.span
    }
}
