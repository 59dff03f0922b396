//! A question: `content/questions/<topic>/<id>.md`.
use super::{
    body::Body,
    id::{CompetencyId, LevelId, QuestionId, ScaleId, ThemeId, TopicId},
    section::Section,
    taxonomy::{Taxonomy, values},
    vocabulary::{Depth, Exposure, Kind, Need, RetiredReason, Sheet, Status},
};
use crate::{
    source::{Code, Diagnostic, Diagnostics, Source, Span, Spanned},
    text::{
        front_matter,
        markdown::{Fragment, Link, Markdown},
        yaml::{self, Choice as _, Fields},
    },
};
use jiff::civil::Date;

const TITLE_LENGTH: Code = Code("title-length");
const SUMMARY_LENGTH: Code = Code("summary-length");
const INCOMPLETE: Code = Code("incomplete-question");
const BAD_DATE: Code = Code("bad-date");
const BAD_REVIEWER: Code = Code("bad-reviewer");
const BAD_MINUTES: Code = Code("bad-minutes");

const EXAMPLE: &str =
    "title: …\nkind: concept\nlevels: [mid]\ncompetencies: { rust-language: 1 }\nminutes: 10";

/// That a question is no longer asked.
#[derive(Debug, Clone)]
pub struct Retired {
    /// Since when.
    pub date: Date,
    /// Why.
    pub reason: RetiredReason,
    /// What is asked instead.
    pub replaced_by: Option<Spanned<QuestionId>>,
}

/// Where a question got out.
#[derive(Debug, Clone)]
pub struct Leak {
    /// When it was found.
    pub date: Date,
    /// Where.
    pub place: String,
    /// What there is to say of it.
    pub note: Option<String>,
}

/// What a question's Rust code was held against.
#[derive(Debug, Default, Clone)]
pub struct Rust {
    /// "2024".
    pub edition: Option<String>,
    /// The oldest compiler that takes it.
    pub msrv: Option<String>,
    /// The compiler it was tried with.
    pub verified: Option<String>,
}

/// Something to ask a candidate, and how to score the answer.
#[derive(Debug, Clone)]
pub struct Question {
    /// The stem of its file.
    pub id: QuestionId,
    /// Path of its file.
    pub path: String,
    /// The interviewer's name for it.
    pub title: Spanned<String>,
    /// The candidate's name for it; gives nothing away.
    pub candidate_title: Option<Spanned<String>>,
    /// What lists say of it, at most 160 characters.
    pub summary: String,
    /// The first is the folder's.
    pub topics: Vec<Spanned<TopicId>>,
    /// What the candidate does.
    pub kind: Kind,
    /// How deep it goes.
    pub depth: Depth,
    /// Whom it is for, as written.
    pub levels: Vec<Spanned<LevelId>>,
    /// What it reads, with weights from 1 to 3; the first is the primary one.
    pub competencies: Vec<(Spanned<CompetencyId>, u8)>,
    /// How long it takes; of a take-home, at home.
    pub minutes: Spanned<u32>,
    /// The live part of a take-home.
    pub review_minutes: Option<u32>,
    /// Its scale, unless it is the guide's.
    pub scale: Option<Spanned<ScaleId>>,
    /// The rating expected of a level, where it is not the scale's.
    pub bar: Vec<(Spanned<LevelId>, Spanned<u32>)>,
    /// Where it is in its life.
    pub status: Status,
    /// Since when it is there.
    pub introduced: Option<Date>,
    /// When someone last looked at it.
    pub reviewed: Option<Date>,
    /// Who did.
    pub reviewers: Vec<String>,
    /// Why it is no longer asked.
    pub retired: Option<Retired>,
    /// Who may have seen it; `None`: the guide's default.
    pub exposure: Option<Exposure>,
    /// Where it got out.
    pub leaks: Vec<Leak>,
    /// The question that it is a parallel form of.
    pub variant_of: Option<Spanned<QuestionId>>,
    /// Questions too near to it to ask both.
    pub conflicts: Vec<Spanned<QuestionId>>,
    /// Questions that its prompt answers.
    pub reveals: Vec<Spanned<QuestionId>>,
    /// Strong signals and senior themes that it touches.
    pub themes: Vec<Spanned<ThemeId>>,
    /// What must be in the room.
    pub needs: Vec<Need>,
    /// What its Rust code was held against.
    pub rust: Option<Rust>,
    /// Where its facts come from: https addresses or text.
    pub sources: Vec<String>,
    /// Free words.
    pub tags: Vec<String>,
    /// Old ids, and synonyms for search.
    pub aliases: Vec<String>,
    /// How many sides of paper it takes.
    pub sheet: Sheet,
    /// Rules that do not hold here, and why not.
    pub allow: Vec<(Spanned<String>, Spanned<String>)>,
    /// The author's own data, for themes.
    pub extra: serde_json::Value,
    /// What stands below the front matter.
    pub body: Body,
}

impl Question {
    /// Reads one; what is wrong is told, and `None` means that it could not be made whole.
    pub(super) fn parse(
        source: &Source,
        id: QuestionId,
        taxonomy: &Taxonomy,
        markdown: &Markdown,
        links: &mut Vec<Link>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let parts = front_matter::split(source, EXAMPLE, diagnostics)?;
        let document = markdown.document(source, parts.body, diagnostics);
        links.extend_from_slice(&document.links);
        let (body, is_whole) = Body::read(source, document, taxonomy, diagnostics);
        let mapping = yaml::read(source, parts.yaml, diagnostics)?;
        let mut fields = Fields::of(mapping, diagnostics);
        let question = Self::fields(source, id, taxonomy, &mut fields);
        // A question with an error in it stays: it is never published, and what else is wrong with it is told, too.
        fields.finish("question");
        let mut question = question?;
        question.check_lengths(diagnostics);
        question.body = body;
        if question.summary.is_empty() {
            question.summary = first_sentence(&question.body.purpose.full().text);
        }
        if is_whole {
            question.check_complete(diagnostics);
        }
        Some(question)
    }

    fn fields(source: &Source, id: QuestionId, taxonomy: &Taxonomy, fields: &mut Fields<'_>) -> Option<Self> {
        let title = fields.required::<String>("title");
        let candidate_title = fields.optional("candidate_title");
        let summary = fields.optional::<String>("summary");
        let mut topics = fields.list("topics");
        if topics.is_empty() {
            topics.extend(folder_topic(source));
        }
        let kind = fields.required_choice::<Kind>("kind");
        let depth = fields.choice::<Depth>("depth");
        let levels = fields.required_list("levels");
        let competencies = competencies(fields);
        let minutes = fields.required::<u32>("minutes");
        let review_minutes = fields.number("review_minutes", 15..=60);
        check_minutes(kind.as_ref(), minutes.as_ref(), review_minutes.as_ref(), fields);
        let scale = fields.optional("scale");
        let bar = by_level(fields);
        let status = fields.choice::<Status>("status");
        let introduced = fields.optional::<Date>("introduced");
        let reviewed = fields.optional::<Date>("reviewed");
        if let (Some(introduced), Some(reviewed)) = (&introduced, &reviewed)
            && reviewed.value < introduced.value
        {
            fields.tell(Diagnostic::error(BAD_DATE, reviewed.span, "`reviewed` is before `introduced`"));
        }
        let reviewers = reviewers(fields);
        let retired = retired(fields);
        let summary = summary.map(|summary| {
            check_summary(&summary, fields);
            summary.value
        });
        let exposure = fields.choice("exposure").map(|exposure| exposure.value);
        let leaks = leaks(fields);
        let (variant_of, conflicts, reveals) =
            (fields.optional("variant_of"), fields.list("conflicts"), fields.list("reveals"));
        let themes = fields.list("themes");
        let needs = values(fields.choices("needs"));
        let rust = rust(fields);
        let (sources, tags, aliases) = (fields.list("sources"), fields.list("tags"), fields.list("aliases"));
        let sheet = fields.choice("sheet").map_or(Sheet::Compact, |sheet| sheet.value);
        let (allow, extra) = (fields.pairs("allow"), fields.free("extra"));
        fields.tell_all(|told| {
            taxonomy.tell_unknown_topics(&topics, told);
            taxonomy.tell_unknown_levels(&levels, told);
            taxonomy.tell_unknown_competencies(competencies.iter().map(|(id, _)| id), told);
            taxonomy.tell_unknown_themes(&themes, told);
        });
        // From here on nothing is asked for: a key that is never asked for would count as unknown.
        let kind = kind?.value;
        Some(Self {
            id,
            path: source.path.clone(),
            title: title.unwrap_or_else(|| Spanned::new(source.stem().to_owned(), Span::start_of(source.id))),
            candidate_title,
            summary: summary.unwrap_or_default(),
            topics,
            kind,
            depth: depth.map_or(kind.depth(), |depth| depth.value),
            levels,
            competencies,
            minutes: minutes.unwrap_or_else(|| Spanned::new(0, Span::start_of(source.id))),
            review_minutes: review_minutes.map(|minutes| minutes.value),
            scale,
            bar,
            status: status.map_or(Status::Draft, |status| status.value),
            introduced: introduced.map(|date| date.value),
            reviewed: reviewed.map(|date| date.value),
            reviewers,
            retired,
            exposure,
            leaks,
            variant_of,
            conflicts,
            reveals,
            themes,
            needs,
            rust,
            sources: values(sources),
            tags: values(tags),
            aliases: values(aliases),
            sheet,
            allow,
            extra,
            body: Body::default(),
        })
    }

    /// What stands under `section`; empty when the author left it out.
    pub fn section(&self, section: Section) -> &Fragment {
        self.body.section(section)
    }

    /// The competency that it is mostly about.
    pub fn primary(&self) -> Option<&CompetencyId> {
        self.competencies.first().map(|(id, _)| &id.value)
    }

    /// How long it takes in the interview itself.
    pub fn live_minutes(&self) -> u32 {
        match self.kind {
            Kind::TakeHome => self.review_minutes.unwrap_or(self.minutes.value),
            _ => self.minutes.value,
        }
    }

    fn check_lengths(&self, diagnostics: &mut Diagnostics) {
        let length = self.title.value.chars().count();
        if !(3..=80).contains(&length) {
            let message = format!("`title` has {length} characters, not from 3 to 80");
            diagnostics.push(Diagnostic::error(TITLE_LENGTH, self.title.span, message));
        }
        if let Some(title) = &self.candidate_title {
            let length = title.value.chars().count();
            if length > 60 {
                let message = format!("`candidate_title` has {length} characters; 60 is the most");
                diagnostics.push(Diagnostic::error(TITLE_LENGTH, title.span, message));
            }
        }
    }

    /// A draft may lack what an active question needs.
    fn check_complete(&self, diagnostics: &mut Diagnostics) {
        let mut lacks = |what: &str, help: &str| {
            let message = format!("{} question has {what}", self.status.name());
            diagnostics.push(Diagnostic::error(INCOMPLETE, self.title.span, message).help(help));
        };
        if self.section(Section::Prompt).is_empty() {
            lacks("no prompt", "write what the candidate is asked under `## Prompt`");
            return;
        }
        if self.status == Status::Retired && self.retired.is_none() {
            lacks("no `retired`", "add `retired: { date: 2026-11-22, reason: stale }` to the front matter");
        }
        if self.status != Status::Active {
            return;
        }
        if self.body.purpose.is_empty() {
            lacks("no purpose", "say why we ask, before the first heading");
        }
        if self.section(Section::Answer).is_empty() {
            lacks("no answer", "write what a good answer holds under `## Answer`");
        }
        let items = |section| self.section(section).full().items.len();
        let signals = items(Section::ListenFor);
        if signals < 2 {
            let what = format!("{signals} signals to listen for, not 2 or more");
            lacks(&what, "list them as bullets under `## Listen for`");
        }
        if items(Section::RedFlags) < 1 {
            lacks("no red flag", "list them as bullets under `## Red flags`");
        }
        if items(Section::FollowUps) < 1 {
            lacks("no follow-up", "list them as bullets under `## Follow-ups`");
        }
        let hints = items(Section::Hints);
        if self.kind.needs_hints() && hints < 2 {
            let what = format!("{hints} hints, not 2 or more, and is about {}", self.kind.name());
            lacks(&what, "write a ladder of help as a numbered list under `## Hints`");
        }
        if self.reviewed.is_none() {
            lacks("no date of review", "add `reviewed: 2026-11-22` to the front matter");
        }
        if self.reviewers.is_empty() {
            lacks("no reviewer", "add `reviewers: [handle]` to the front matter");
        }
    }
}

/// The topic of a question that names none: its folder. Its file always stands in one, or that was told.
fn folder_topic(source: &Source) -> Option<Spanned<TopicId>> {
    let topic = TopicId::new(source.path.strip_prefix("content/questions/")?.rsplit('/').nth(1)?)?;
    Some(Spanned::new(topic, Span::start_of(source.id)))
}

fn competencies(fields: &mut Fields<'_>) -> Vec<(Spanned<CompetencyId>, u8)> {
    if fields.place_of("competencies").is_none() {
        fields.needs("competencies");
        return Vec::new();
    }
    let weights = fields.numbers("competencies", &(1..=3));
    let place = fields.place_of("competencies").unwrap_or(fields.span());
    let count = fields.length_of("competencies");
    if !(1..=3).contains(&count) {
        let message = format!("question reads {count} competencies, not 1 to 3");
        fields.tell(Diagnostic::error(Code("competency-count"), place, message));
    }
    let weights = weights.into_iter().filter_map(|(name, weight)| {
        let id = CompetencyId::new(&name.value);
        if id.is_none() {
            fields.tell(super::taxonomy::bad_id(&name.value, name.span));
        }
        let weight = u8::try_from(weight.value).expect("weights are read within 1 to 3");
        Some((Spanned::new(id?, name.span), weight))
    });
    weights.collect()
}

fn by_level(fields: &mut Fields<'_>) -> Vec<(Spanned<LevelId>, Spanned<u32>)> {
    let bars = fields.numbers("bar", &(0..=10));
    let bars = bars.into_iter().filter_map(|(name, rating)| {
        let id = LevelId::new(&name.value);
        if id.is_none() {
            fields.tell(super::taxonomy::bad_id(&name.value, name.span));
        }
        Some((Spanned::new(id?, name.span), rating))
    });
    bars.collect()
}

fn check_minutes(
    kind: Option<&Spanned<Kind>>,
    minutes: Option<&Spanned<u32>>,
    review_minutes: Option<&Spanned<u32>>,
    fields: &mut Fields<'_>,
) {
    let (Some(kind), Some(minutes)) = (kind, minutes) else { return };
    let (range, what) = match kind.value {
        Kind::TakeHome => (30..=300, "a take-home takes 30 to 300 minutes"),
        _ => (3..=90, "a live question takes 3 to 90 minutes"),
    };
    if !range.contains(&minutes.value) {
        let message = format!("`minutes` is {}; {what}", minutes.value);
        fields.tell(Diagnostic::error(BAD_MINUTES, minutes.span, message));
    }
    match (kind.value, review_minutes) {
        (Kind::TakeHome, None) => {
            let problem =
                Diagnostic::error(BAD_MINUTES, kind.span, "take-home does not say how long its live part is");
            fields.tell(problem.help("add `review_minutes: 45`"));
        }
        (Kind::TakeHome, Some(_)) | (_, None) => {}
        (_, Some(review)) => {
            let message = "`review_minutes` is for a take-home only";
            fields.tell(Diagnostic::error(BAD_MINUTES, review.span, message).help("delete it"));
        }
    }
}

fn check_summary(summary: &Spanned<String>, fields: &mut Fields<'_>) {
    let length = summary.value.chars().count();
    if length > 160 {
        let message = format!("`summary` has {length} characters; 160 is the most");
        fields.tell(Diagnostic::error(SUMMARY_LENGTH, summary.span, message));
    }
}

fn reviewers(fields: &mut Fields<'_>) -> Vec<String> {
    let reviewers: Vec<Spanned<String>> = fields.list("reviewers");
    for reviewer in &reviewers {
        if reviewer.value.contains('@') && !reviewer.value.starts_with('@') {
            let message = format!("`{}` is an address; a published guide holds handles only", reviewer.value);
            fields.tell(Diagnostic::error(BAD_REVIEWER, reviewer.span, message));
        }
    }
    values(reviewers)
}

fn retired(fields: &mut Fields<'_>) -> Option<Retired> {
    fields.within_nested("retired", "`retired`", |fields| {
        let date = fields.required::<Date>("date");
        let reason = fields.required_choice::<RetiredReason>("reason");
        let replaced_by = fields.optional("replaced_by");
        Some(Retired { date: date?.value, reason: reason?.value, replaced_by })
    })?
}

fn leaks(fields: &mut Fields<'_>) -> Vec<Leak> {
    let mut leaks = Vec::new();
    for mapping in fields.rows("leaks") {
        let mut row = fields.inner(mapping);
        let date = row.required::<Date>("date");
        let place = row.required::<String>("where");
        let note = row.optional::<String>("note").map(|note| note.value);
        if row.finish("leak")
            && let (Some(date), Some(place)) = (date, place)
        {
            leaks.push(Leak { date: date.value, place: place.value, note });
        }
    }
    leaks
}

fn rust(fields: &mut Fields<'_>) -> Option<Rust> {
    fields.within_nested("rust", "`rust`", |fields| {
        let mut text = |key| fields.optional::<String>(key).map(|text| text.value);
        Rust { edition: text("edition"), msrv: text("msrv"), verified: text("verified") }
    })
}

/// At most 160 characters of the first sentence.
fn first_sentence(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = text.match_indices(['.', '?', '!']).map(|(at, mark)| at + mark.len());
    let end =
        end.into_iter().find(|end| text[*end..].starts_with(' ') || *end == text.len()).unwrap_or(text.len());
    let sentence = &text[..end];
    if sentence.chars().count() <= 160 {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(159).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_the_first_sentence() {
        assert_eq!(first_sentence("Why 1.5 of them?\nNobody knows. More."), "Why 1.5 of them?");
        let long = first_sentence(&"word ".repeat(60));
        assert!(long.ends_with('…') && long.chars().count() <= 160);
    }
}
