//! Who reads.
use serde::Serialize;
use std::fmt;

/// A kind of reader. Each gets an edition of its own, in an output folder of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Is given the hand-outs and nothing else.
    Candidate,
    /// Sees everything.
    Interviewer,
}

impl Audience {
    /// Every audience, in the order their trees are published: the candidate's first.
    pub const ALL: [Self; 2] = [Self::Candidate, Self::Interviewer];

    /// Whether answers, signals and rubrics may be shown.
    pub fn reads_answers(self) -> bool {
        match self {
            Self::Interviewer => true,
            Self::Candidate => false,
        }
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Interviewer => "interviewer",
            Self::Candidate => "candidate",
        })
    }
}
