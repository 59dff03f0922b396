//! The words a guide sorts its questions by: levels, topics, competencies, themes.
use super::id::{CompetencyId, LevelId, ThemeId, TopicId};
use crate::{
    source::{Code, Diagnostic, Diagnostics, Source, Span, Spanned, did_you_mean},
    text::yaml::{self, Fields, Mapping},
};
use std::collections::BTreeSet;

const BAD_ID: Code = Code("bad-id");
const UNKNOWN: Code = Code("unknown-name");

/// How experienced someone is.
#[derive(Debug, Clone)]
pub struct Level {
    /// Its name in front matter.
    pub id: LevelId,
    /// Its name on pages.
    pub title: String,
}

/// What a question is about.
#[derive(Debug, Clone)]
pub struct Topic {
    /// Its name in front matter, and the folder of its questions.
    pub id: TopicId,
    /// Its name on pages.
    pub title: String,
    /// What it belongs to: `language`, `concurrency`, …
    pub group: Option<String>,
    /// Other words for it, for search; a candidate's title may not hold one.
    pub aliases: Vec<String>,
}

/// What an interview is to find out about someone.
#[derive(Debug, Clone)]
pub struct Competency {
    /// Its name in front matter.
    pub id: CompetencyId,
    /// Its name on pages.
    pub title: String,
    /// One or two sentences.
    pub definition: String,
}

/// A strong signal or a senior theme that a loop should touch.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Its name in front matter.
    pub id: ThemeId,
    /// Its name on pages.
    pub title: String,
    /// `signal` or `senior`.
    pub group: Option<String>,
}

/// `content/taxonomy.yaml`. Each list is in the author's order.
#[derive(Debug, Default, Clone)]
pub struct Taxonomy {
    /// From the lowest to the highest.
    pub levels: Vec<Level>,
    /// As pages list them.
    pub topics: Vec<Topic>,
    /// As score sheets list them.
    pub competencies: Vec<Competency>,
    /// Strong signals and senior themes.
    pub themes: Vec<Theme>,
    /// Entries that could not be read: nobody is blamed for naming one.
    broken: BTreeSet<String>,
    /// Whether the file as a whole could not be read.
    is_unreadable: bool,
}

impl Taxonomy {
    /// Reads the file.
    pub(super) fn parse(source: &Source, diagnostics: &mut Diagnostics) -> Self {
        let Some(mapping) = yaml::read(source, 0..source.text.len(), diagnostics) else {
            return Self::unreadable();
        };
        let mut fields = Fields::of(mapping, diagnostics);
        let mut broken = BTreeSet::new();
        let taxonomy = Self {
            levels: named(&mut fields, &mut broken, "levels", |id, fields| {
                let title = title(fields);
                Some(Level { id: LevelId::new(id)?, title: title? })
            }),
            topics: named(&mut fields, &mut broken, "topics", |id, fields| {
                let (title, group, aliases) = (title(fields), group(fields), fields.list("aliases"));
                Some(Topic { id: TopicId::new(id)?, title: title?, group, aliases: values(aliases) })
            }),
            competencies: named(&mut fields, &mut broken, "competencies", |id, fields| {
                let (title, definition) = (title(fields), fields.required::<String>("definition"));
                Some(Competency { id: CompetencyId::new(id)?, title: title?, definition: definition?.value })
            }),
            themes: named(&mut fields, &mut broken, "themes", |id, fields| {
                let (title, group) = (title(fields), group(fields));
                Some(Theme { id: ThemeId::new(id)?, title: title?, group })
            }),
            broken,
            is_unreadable: false,
        };
        fields.finish("taxonomy");
        taxonomy
    }

    /// A taxonomy that is not there, or cannot be read: nobody is blamed for any name.
    pub(super) fn unreadable() -> Self {
        Self { is_unreadable: true, ..Self::default() }
    }

    /// Tells every level among `ids` that there is none of.
    pub(super) fn tell_unknown_levels(&self, ids: &[Spanned<LevelId>], diagnostics: &mut Diagnostics) {
        let known: Vec<&str> = self.levels.iter().map(|level| level.id.as_str()).collect();
        self.tell_unknown("level", ids.iter().map(|id| (id.value.as_str(), id.span)), &known, diagnostics);
    }

    /// Tells every topic among `ids` that there is none of.
    pub(super) fn tell_unknown_topics(&self, ids: &[Spanned<TopicId>], diagnostics: &mut Diagnostics) {
        let known: Vec<&str> = self.topics.iter().map(|topic| topic.id.as_str()).collect();
        self.tell_unknown("topic", ids.iter().map(|id| (id.value.as_str(), id.span)), &known, diagnostics);
    }

    /// Tells every competency among `ids` that there is none of.
    pub(super) fn tell_unknown_competencies<'a>(
        &self,
        ids: impl Iterator<Item = &'a Spanned<CompetencyId>>,
        diagnostics: &mut Diagnostics,
    ) {
        let known: Vec<&str> = self.competencies.iter().map(|competency| competency.id.as_str()).collect();
        self.tell_unknown("competency", ids.map(|id| (id.value.as_str(), id.span)), &known, diagnostics);
    }

    /// Tells every theme among `ids` that there is none of.
    pub(super) fn tell_unknown_themes(&self, ids: &[Spanned<ThemeId>], diagnostics: &mut Diagnostics) {
        let known: Vec<&str> = self.themes.iter().map(|theme| theme.id.as_str()).collect();
        self.tell_unknown("theme", ids.iter().map(|id| (id.value.as_str(), id.span)), &known, diagnostics);
    }

    fn tell_unknown<'a>(
        &self,
        what: &str,
        names: impl Iterator<Item = (&'a str, Span)>,
        known: &[&str],
        diagnostics: &mut Diagnostics,
    ) {
        for (name, span) in names {
            if !self.is_unreadable && !self.broken.contains(name) && !known.contains(&name) {
                diagnostics.push(unknown(what, name, span, known));
            }
        }
    }

    /// The level `id` names.
    pub fn level(&self, id: &LevelId) -> Option<&Level> {
        self.levels.iter().find(|level| level.id == *id)
    }

    /// How high a level is: 0 is the lowest.
    pub fn rank(&self, id: &LevelId) -> Option<usize> {
        self.levels.iter().position(|level| level.id == *id)
    }

    /// The topic `id` names.
    pub fn topic(&self, id: &TopicId) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == *id)
    }

    /// The competency `id` names.
    pub fn competency(&self, id: &CompetencyId) -> Option<&Competency> {
        self.competencies.iter().find(|competency| competency.id == *id)
    }

    /// The theme `id` names.
    pub fn theme(&self, id: &ThemeId) -> Option<&Theme> {
        self.themes.iter().find(|theme| theme.id == *id)
    }
}

fn title(fields: &mut Fields<'_>) -> Option<String> {
    fields.required::<String>("title").map(|title| title.value)
}

fn group(fields: &mut Fields<'_>) -> Option<String> {
    fields.optional::<String>("group").map(|group| group.value)
}

/// Without their places.
pub(super) fn values<T>(spanned: Vec<Spanned<T>>) -> Vec<T> {
    spanned.into_iter().map(|spanned| spanned.value).collect()
}

/// A mapping of ids to mappings, each read by `read`.
fn named<T>(
    fields: &mut Fields<'_>,
    broken: &mut BTreeSet<String>,
    key: &'static str,
    read: impl Fn(&str, &mut Fields<'_>) -> Option<T>,
) -> Vec<T> {
    let groups: Vec<(Spanned<String>, Mapping)> = fields.groups(key);
    let mut found = Vec::with_capacity(groups.len());
    for (id, mapping) in groups {
        if !crate::text::slug::is_id(&id.value) {
            fields.tell(bad_id(&id.value, id.span));
            continue;
        }
        let mut inner = fields.inner(mapping);
        let value = read(&id.value, &mut inner);
        let is_fine = inner.finish(&format!("`{}` of `{key}`", id.value));
        match value.filter(|_| is_fine) {
            Some(value) => found.push(value),
            None => drop(broken.insert(id.value)),
        }
    }
    found
}

/// What to say of a name that names nothing.
pub(super) fn unknown(what: &str, name: &str, span: Span, known: &[&str]) -> Diagnostic {
    let help = did_you_mean(name, known.iter().copied());
    Diagnostic::error(UNKNOWN, span, format!("unknown {what} `{name}`")).maybe_help(help)
}

/// What to say of a name that cannot be an id.
pub(super) fn bad_id(written: &str, span: Span) -> Diagnostic {
    Diagnostic::error(BAD_ID, span, format!("`{written}` cannot be an id"))
        .help("use lower-case letters, digits and `-`, at most 80")
}
