//! Which questions a query means.
use super::{
    id::{CompetencyId, LevelId, PacketId, QuestionId, ThemeId, TopicId},
    question::Question,
    taxonomy::Taxonomy,
    vocabulary::{Kind, Status},
};
use crate::{
    source::{Diagnostics, Spanned},
    text::yaml::Fields,
};

/// What a question must be. An empty list asks for nothing; a list is met by any of its members.
#[derive(Debug, Default, Clone)]
pub struct Query {
    /// About one of these.
    pub topics: Vec<Spanned<TopicId>>,
    /// For one of these.
    pub levels: Vec<Spanned<LevelId>>,
    /// Of one of these.
    pub kinds: Vec<Kind>,
    /// Reads one of these.
    pub competencies: Vec<Spanned<CompetencyId>>,
    /// Touches one of these.
    pub themes: Vec<Spanned<ThemeId>>,
    /// In one of these; empty: active.
    pub status: Vec<Status>,
    /// Has one of these.
    pub tags: Vec<String>,
    /// Takes at least so long.
    pub min_minutes: Option<u32>,
    /// Takes at most so long.
    pub max_minutes: Option<u32>,
}

impl Query {
    pub(super) fn parse(fields: &mut Fields<'_>) -> Self {
        let plain = |words: Vec<Spanned<String>>| words.into_iter().map(|word| word.value).collect();
        Self {
            topics: fields.list("topics"),
            levels: fields.list("levels"),
            kinds: fields.choices("kinds").into_iter().map(|kind| kind.value).collect(),
            competencies: fields.list("competencies"),
            themes: fields.list("themes"),
            status: fields.choices("status").into_iter().map(|status| status.value).collect(),
            tags: plain(fields.list("tags")),
            min_minutes: fields.number("min_minutes", 1..=300).map(|minutes| minutes.value),
            max_minutes: fields.number("max_minutes", 1..=300).map(|minutes| minutes.value),
        }
    }

    /// Tells every name in it that names nothing.
    pub(super) fn tell_unknown(&self, taxonomy: &Taxonomy, diagnostics: &mut Diagnostics) {
        taxonomy.tell_unknown_topics(&self.topics, diagnostics);
        taxonomy.tell_unknown_levels(&self.levels, diagnostics);
        taxonomy.tell_unknown_competencies(self.competencies.iter(), diagnostics);
        taxonomy.tell_unknown_themes(&self.themes, diagnostics);
    }

    /// Whether `question` is meant.
    pub fn matches(&self, question: &Question) -> bool {
        fn any<T: PartialEq>(wanted: &[Spanned<T>], given: &[Spanned<T>]) -> bool {
            wanted.is_empty() || wanted.iter().any(|w| given.iter().any(|g| g.value == w.value))
        }
        let competencies: Vec<Spanned<CompetencyId>> =
            question.competencies.iter().map(|(id, _)| id.clone()).collect();
        let status = if self.status.is_empty() { &[Status::Active][..] } else { &self.status };
        any(&self.topics, &question.topics)
            && any(&self.levels, &question.levels)
            && any(&self.competencies, &competencies)
            && any(&self.themes, &question.themes)
            && (self.kinds.is_empty() || self.kinds.contains(&question.kind))
            && status.contains(&question.status)
            && (self.tags.is_empty() || self.tags.iter().any(|tag| question.tags.contains(tag)))
            && self.min_minutes.is_none_or(|least| question.live_minutes() >= least)
            && self.max_minutes.is_none_or(|most| question.live_minutes() <= most)
    }
}

/// The order in which a packet takes the questions that fit: sorted by id, then turned by a hash of packet and rotation.
///
/// It depends on nothing else, so all candidates of a requisition are asked the same.
pub(super) fn turned(mut fitting: Vec<QuestionId>, packet: &PacketId, rotation: &str) -> Vec<QuestionId> {
    fitting.sort();
    if fitting.is_empty() {
        return fitting;
    }
    let hash = blake3::hash(format!("{packet}\n{rotation}").as_bytes());
    let first = u64::from_le_bytes(hash.as_bytes()[..8].try_into().expect("a hash has 32 bytes"));
    let by = usize::try_from(first % fitting.len() as u64).expect("less than a length");
    fitting.rotate_left(by);
    fitting
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(names: &[&str]) -> Vec<QuestionId> {
        names.iter().map(|name| QuestionId::new(name).unwrap()).collect()
    }

    #[test]
    fn a_rotation_is_stable_and_does_not_depend_on_the_order_found() {
        let packet = PacketId::new("senior-systems").unwrap();
        let one = turned(ids(&["a", "b", "c", "d"]), &packet, "2026-q4");
        let other = turned(ids(&["d", "b", "a", "c"]), &packet, "2026-q4");
        assert_eq!(one, other);
        let all: std::collections::BTreeSet<Vec<QuestionId>> =
            (0..20).map(|n| turned(ids(&["a", "b", "c", "d"]), &packet, &n.to_string())).collect();
        assert!(all.len() > 1, "rotations differ");
        assert!(turned(Vec::new(), &packet, "x").is_empty());
    }
}
