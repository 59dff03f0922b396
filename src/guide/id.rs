//! Names that authors give things: checked when read, so that the rest of the house can trust them.
use crate::text::{
    slug::is_id,
    yaml::{Scalar, Value},
};
use serde::Serialize;
use std::fmt;

macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// `text` as an id, if it can be one: lower-case letters, digits and `-`, at most 80.
            pub fn new(text: &str) -> Option<Self> {
                is_id(text).then(|| Self(text.to_owned()))
            }

            /// As the author writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Scalar for $name {
            const EXPECTED: &'static str = "an id of lower-case letters, digits and `-`";
            fn read(text: &str, _: &Value) -> Option<Self> {
                Self::new(text)
            }
        }
    )+};
}

ids! {
    /// A question: the stem of its file.
    QuestionId;
    /// A packet: the stem of its file.
    PacketId;
    /// A loop: the stem of its file.
    LoopId;
    /// A level, such as `senior`.
    LevelId;
    /// A topic, such as `ownership`.
    TopicId;
    /// A competency, such as `debugging`.
    CompetencyId;
    /// A theme, such as `memory-behaviour`.
    ThemeId;
    /// A rating scale: the stem of its file.
    ScaleId;
}
