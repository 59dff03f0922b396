//! The lock of a packet, `content/packets/<id>.lock`: which questions it asks, and how they read when they were fixed.
use super::{
    id::{PacketId, QuestionId},
    question::Question,
    taxonomy::bad_id,
};
use crate::{
    source::{Diagnostics, Source, Sources, Spanned},
    text::yaml::{self, Fields, Scalar, Value},
};
use blake3::Hash;
use std::fmt;

/// What a packet asks, fixed: these questions, in this order, as they read then.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Lock {
    questions: Vec<Locked>,
}

/// A question that is fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locked {
    /// Which.
    pub question: QuestionId,
    /// The hash of its file.
    pub hash: Hash,
}

/// A lock as its file has it, each question at its place.
#[derive(Debug, Clone)]
pub(super) struct WrittenLock(pub(super) Vec<Spanned<Locked>>);

impl Locked {
    /// Fixes `question` as it reads now.
    ///
    /// The whole file counts, `reviewed` and all: then nobody has to know which key an interviewer may see, and `b3sum`
    /// gives the same number. A question that was reviewed again is worth a line in the lock's history. The files of a
    /// project are read with LF at each line's end, so it does not matter how they were checked out.
    pub(super) fn now(question: &Question, sources: &Sources) -> Self {
        let source = sources.at(&question.path).expect("a question was read from its file");
        Self { question: question.id.clone(), hash: blake3::hash(source.text.as_bytes()) }
    }
}

impl Lock {
    /// Fixes `questions` as they read now.
    pub(super) fn of<'a>(questions: impl Iterator<Item = &'a Question>, sources: &Sources) -> Self {
        Self { questions: questions.map(|question| Locked::now(question, sources)).collect() }
    }

    /// Reads the lock of `packet`; `None` when anything is wrong with it, and that was told.
    pub(super) fn parse(
        source: &Source,
        packet: &PacketId,
        diagnostics: &mut Diagnostics,
    ) -> Option<WrittenLock> {
        let mut told = Diagnostics::default();
        let written = yaml::read(source, 0..source.text.len(), &mut told).and_then(|mapping| {
            let mut fields = Fields::of(mapping, &mut told);
            // Which release wrote it decides nothing: all hash alike.
            fields.required::<String>("askbook");
            fields.needs("questions");
            let questions = questions(&mut fields);
            fields.finish("lock").then_some(WrittenLock(questions))
        });
        // Nobody writes locks by hand: whatever is wrong, writing it anew is the cure.
        let cure = format!("`askbook lock --update {packet}` writes it anew");
        diagnostics.extend(told.sorted().into_iter().map(|problem| problem.help(cure.clone())));
        written
    }

    /// How its file reads.
    pub fn text(&self, packet: &PacketId) -> String {
        let version = env!("CARGO_PKG_VERSION");
        format!(
            "# What the packet `{packet}` asks. `askbook lock --update {packet}` writes this file.\n\
             askbook: \"{version}\"\nquestions:\n{}",
            self.lines()
        )
    }

    /// Short hash of the questions and how they read: packets with the same one ask the same.
    pub fn short(&self) -> String {
        blake3::hash(self.lines().as_bytes()).to_hex()[..8].to_owned()
    }

    /// How many questions it fixes.
    pub fn len(&self) -> usize {
        self.questions.len()
    }

    /// Whether it fixes none.
    pub fn is_empty(&self) -> bool {
        self.questions.is_empty()
    }

    fn lines(&self) -> String {
        let lines = self.questions.iter().map(|it| format!("  - {}: {}\n", it.question, it.hash));
        lines.collect()
    }

    /// What one must do to `self` to get `new`: what goes, then what comes, moves or reads otherwise.
    pub fn changes(&self, new: &Self) -> Vec<Change> {
        let (old, new) = (&self.questions, &new.questions);
        let find = |list: &[Locked], id: &QuestionId| list.iter().position(|it| it.question == *id);
        // A question moves if it changes places with another one that stays, not if one before it comes or goes.
        let rank = |list: &[Locked], other: &[Locked], at: usize| {
            list[..at].iter().filter(|it| find(other, &it.question).is_some()).count()
        };
        let mut changes = Vec::new();
        for (at, locked) in old.iter().enumerate() {
            if find(new, &locked.question).is_none() {
                changes.push(Change::Removed { question: locked.question.clone(), position: at + 1 });
            }
        }
        for (to, locked) in new.iter().enumerate() {
            let question = locked.question.clone();
            let Some(from) = find(old, &question) else {
                changes.push(Change::Added { question, position: to + 1 });
                continue;
            };
            if rank(old, new, from) != rank(new, old, to) {
                changes.push(Change::Moved { question: question.clone(), from: from + 1, to: to + 1 });
            }
            if old[from].hash != locked.hash {
                changes.push(Change::Edited { question, from: old[from].hash, to: locked.hash });
            }
        }
        changes
    }
}

impl WrittenLock {
    /// What it fixes, without the places.
    pub(super) fn lock(&self) -> Lock {
        Lock { questions: self.0.iter().map(|locked| locked.value.clone()).collect() }
    }
}

fn questions(fields: &mut Fields<'_>) -> Vec<Spanned<Locked>> {
    let mut questions = Vec::new();
    for (name, hash) in fields.list_of_pairs::<Hash>("questions") {
        match QuestionId::new(&name.value) {
            Some(question) => questions.push(Spanned::new(Locked { question, hash: hash.value }, name.span)),
            None => fields.tell(bad_id(&name.value, name.span)),
        }
    }
    questions
}

impl Scalar for Hash {
    const EXPECTED: &'static str = "a hash of 64 hexadecimal digits";
    fn read(text: &str, _: &Value) -> Option<Self> {
        Self::from_hex(text).ok()
    }
}

/// A difference between two locks; positions start at 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It was not asked.
    Added {
        /// Which.
        question: QuestionId,
        /// Where it is asked.
        position: usize,
    },
    /// It is no longer asked.
    Removed {
        /// Which.
        question: QuestionId,
        /// Where it was asked.
        position: usize,
    },
    /// It is asked earlier or later than before.
    Moved {
        /// Which.
        question: QuestionId,
        /// Where it was asked.
        from: usize,
        /// Where it is asked.
        to: usize,
    },
    /// It reads otherwise.
    Edited {
        /// Which.
        question: QuestionId,
        /// The hash of its file then.
        from: Hash,
        /// The hash of its file now.
        to: Hash,
    },
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Added { question, position } => write!(f, "+ {question}: added as question {position}"),
            Self::Removed { question, position } => {
                write!(f, "- {question}: removed, was question {position}")
            }
            Self::Moved { question, from, to } => {
                write!(f, "> {question}: moved, question {from} is now {to}")
            }
            Self::Edited { question, from, to } => {
                write!(f, "~ {question}: changed, {} is now {}", &from.to_hex()[..8], &to.to_hex()[..8])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lock(questions: &[(&str, &str)]) -> Lock {
        let locked = |(id, text): &(&str, &str)| Locked {
            question: QuestionId::new(id).unwrap(),
            hash: blake3::hash(text.as_bytes()),
        };
        Lock { questions: questions.iter().map(locked).collect() }
    }

    fn changes(old: &[(&str, &str)], new: &[(&str, &str)]) -> Vec<String> {
        lock(old).changes(&lock(new)).iter().map(Change::to_string).collect()
    }

    #[test]
    fn a_difference_says_what_comes_goes_moves_and_changes() {
        let old = [("a", ""), ("b", ""), ("c", ""), ("d", "")];
        assert_eq!(changes(&old, &old), [""; 0]);
        assert_eq!(
            changes(&old, &[("c", ""), ("x", ""), ("b", "new"), ("d", "")]),
            [
                "- a: removed, was question 1",
                "> c: moved, question 3 is now 1",
                "+ x: added as question 2",
                "> b: moved, question 2 is now 3",
                "~ b: changed, af1349b9 is now b20ab0a0",
            ]
        );
        let shifted = [("x", ""), ("a", ""), ("b", ""), ("c", ""), ("d", "")];
        assert_eq!(changes(&old, &shifted), ["+ x: added as question 1"]);
    }

    #[test]
    fn equal_questions_have_the_same_short_hash_and_others_another() {
        let (one, other) = (lock(&[("a", "x"), ("b", "y")]), lock(&[("b", "y"), ("a", "x")]));
        assert_eq!(one.short(), one.clone().short());
        assert_ne!(one.short(), other.short(), "the order counts");
        assert_eq!(one.short().len(), 8);
    }

    fn locked() -> impl Strategy<Value = Locked> {
        ("[a-z0-9][a-z0-9-]{0,12}", any::<[u8; 32]>()).prop_filter_map("no id", |(id, bytes)| {
            Some(Locked { question: QuestionId::new(&id)?, hash: Hash::from_bytes(bytes) })
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_is_read_again(questions in prop::collection::vec(locked(), 1..12)) {
            let lock = Lock { questions };
            let packet = PacketId::new("systems").unwrap();
            let sources = Sources::from_iter([("systems.lock", lock.text(&packet))]);
            let mut told = Diagnostics::default();
            let read = Lock::parse(sources.at("systems.lock").unwrap(), &packet, &mut told);
            prop_assert_eq!(told.sorted(), []);
            prop_assert_eq!(read.unwrap().lock(), lock);
        }
    }
}
