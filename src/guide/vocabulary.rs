//! The closed lists of a question's front matter.
use crate::text::yaml::Choice;

/// What the candidate does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the field's own")]
pub enum Kind {
    Concept,
    CodeReading,
    Coding,
    Debugging,
    Design,
    Scenario,
    Behavioural,
    TakeHome,
}

impl Choice for Kind {
    const WHAT: &'static str = "kind";
    const ALL: &'static [(&'static str, Self)] = &[
        ("concept", Self::Concept),
        ("code-reading", Self::CodeReading),
        ("coding", Self::Coding),
        ("debugging", Self::Debugging),
        ("design", Self::Design),
        ("scenario", Self::Scenario),
        ("behavioural", Self::Behavioural),
        ("take-home", Self::TakeHome),
    ];
}

impl Kind {
    /// How deep it goes unless the question says otherwise.
    pub(super) fn depth(self) -> Depth {
        match self {
            Self::Concept => Depth::Explain,
            Self::CodeReading | Self::Behavioural => Depth::Analyse,
            Self::Coding | Self::Debugging => Depth::Apply,
            Self::Design | Self::Scenario | Self::TakeHome => Depth::Evaluate,
        }
    }

    /// Whether a candidate may get stuck on it, so that help must be the same for all.
    pub(super) fn needs_hints(self) -> bool {
        matches!(self, Self::Coding | Self::Debugging | Self::Design)
    }
}

/// How deep a question goes, after Bloom's revised taxonomy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the field's own")]
pub enum Depth {
    Recall,
    Explain,
    Apply,
    Analyse,
    Evaluate,
}

impl Choice for Depth {
    const WHAT: &'static str = "depth";
    const ALL: &'static [(&'static str, Self)] = &[
        ("recall", Self::Recall),
        ("explain", Self::Explain),
        ("apply", Self::Apply),
        ("analyse", Self::Analyse),
        ("evaluate", Self::Evaluate),
    ];
}

/// Where a question is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Being written.
    Draft,
    /// Asked, not yet scored.
    Pilot,
    /// In use.
    Active,
    /// No longer asked.
    Retired,
}

impl Choice for Status {
    const WHAT: &'static str = "status";
    const ALL: &'static [(&'static str, Self)] = &[
        ("draft", Self::Draft),
        ("pilot", Self::Pilot),
        ("active", Self::Active),
        ("retired", Self::Retired),
    ];
}

/// Who may have seen a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exposure {
    /// Those who interview.
    Internal,
    /// Other organisations, too.
    Shared,
    /// Everyone.
    Public,
}

impl Choice for Exposure {
    const WHAT: &'static str = "exposure";
    const ALL: &'static [(&'static str, Self)] =
        &[("internal", Self::Internal), ("shared", Self::Shared), ("public", Self::Public)];
}

/// Why a question is no longer asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the field's own")]
pub enum RetiredReason {
    Leaked,
    Stale,
    LowSignal,
    Unfair,
    Superseded,
}

impl Choice for RetiredReason {
    const WHAT: &'static str = "reason";
    const ALL: &'static [(&'static str, Self)] = &[
        ("leaked", Self::Leaked),
        ("stale", Self::Stale),
        ("low-signal", Self::LowSignal),
        ("unfair", Self::Unfair),
        ("superseded", Self::Superseded),
    ];
}

/// What must be in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the things")]
pub enum Need {
    Paper,
    Screen,
    Editor,
    Compiler,
    Whiteboard,
}

impl Choice for Need {
    const WHAT: &'static str = "need";
    const ALL: &'static [(&'static str, Self)] = &[
        ("paper", Self::Paper),
        ("screen", Self::Screen),
        ("editor", Self::Editor),
        ("compiler", Self::Compiler),
        ("whiteboard", Self::Whiteboard),
    ];
}

/// How many sides of paper a question takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sheet {
    /// One.
    Compact,
    /// Two: to ask, and to score.
    Spread,
}

impl Choice for Sheet {
    const WHAT: &'static str = "sheet";
    const ALL: &'static [(&'static str, Self)] = &[("compact", Self::Compact), ("spread", Self::Spread)];
}
