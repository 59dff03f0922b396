//! The sections of a question's body, and who reads each.
use crate::source::nearest;

/// A section that the house knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// What the candidate is asked.
    Prompt,
    /// What the candidate is handed.
    Materials,
    /// What the candidate is told about how it goes.
    GroundRules,
    /// What a good answer holds.
    Answer,
    /// Signals of a good one.
    ListenFor,
    /// Signals of a poor one.
    RedFlags,
    /// What to ask next.
    FollowUps,
    /// A ladder of help.
    Hints,
    /// What earns each rating.
    Rubric,
    /// How to ask it otherwise.
    Accommodations,
    /// For the interviewer, on the site only.
    Notes,
}

/// What a heading says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// One of ours.
    Known(Section),
    /// So near to one of ours that it must be a slip: an answer could be taken for a prompt.
    Nearly(Section),
    /// The author's own: interviewers only.
    Own,
}

impl Section {
    /// Every section, in the order of a question's page.
    pub const ALL: [Self; 11] = [
        Self::Prompt,
        Self::Materials,
        Self::GroundRules,
        Self::Answer,
        Self::ListenFor,
        Self::RedFlags,
        Self::FollowUps,
        Self::Hints,
        Self::Rubric,
        Self::Accommodations,
        Self::Notes,
    ];

    /// Its heading, as authors write it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Prompt => "Prompt",
            Self::Materials => "Materials",
            Self::GroundRules => "Ground rules",
            Self::Answer => "Answer",
            Self::ListenFor => "Listen for",
            Self::RedFlags => "Red flags",
            Self::FollowUps => "Follow-ups",
            Self::Hints => "Hints",
            Self::Rubric => "Rubric",
            Self::Accommodations => "Accommodations",
            Self::Notes => "Notes",
        }
    }

    /// Whether candidates read it, too. This is the allow-list: whatever is not named here is not theirs.
    pub fn is_shared(self) -> bool {
        matches!(self, Self::Prompt | Self::Materials | Self::GroundRules)
    }

    /// Whether its items are what is printed of it.
    pub(super) fn is_list(self) -> bool {
        matches!(
            self,
            Self::GroundRules
                | Self::ListenFor
                | Self::RedFlags
                | Self::FollowUps
                | Self::Hints
                | Self::Rubric
        )
    }

    /// The section whose heading `line` looks like: `##Answer`, `> ## Answer`, `<h2>Answer</h2>`, `**Answer:** It …`.
    pub(super) fn looked_like(line: &str) -> Option<Self> {
        let line = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !"#<*_".contains(c));
        let (name, may_be_near) = if line.starts_with('#') {
            (bare(line), true)
        } else if line.starts_with("<h") || line.starts_with("<H") {
            (bare(line.split('>').nth(1)?.split('<').next()?), true)
        } else {
            let strong = line.strip_prefix("**").or_else(|| line.strip_prefix("__"))?;
            (bare(strong.split(['*', '_']).next()?), false)
        };
        match Self::named(name) {
            Named::Known(section) => Some(section),
            Named::Nearly(section) if may_be_near => Some(section),
            _ => None,
        }
    }

    /// What `heading` says.
    pub fn named(heading: &str) -> Named {
        let folded = folded(heading);
        if let Some(section) = Self::ALL.into_iter().find(|section| self::folded(section.title()) == folded) {
            return Named::Known(section);
        }
        let titles = Self::ALL.map(|section| self::folded(section.title()));
        let near = nearest(&folded, titles.iter().map(String::as_str));
        match near.and_then(|near| Self::ALL.into_iter().zip(&titles).find(|(_, title)| *title == near)) {
            Some((section, _)) => Named::Nearly(section),
            None => Named::Own,
        }
    }
}

/// A line without the signs that can stand around a heading's words.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Letters only, in lower case: `Follow ups:` is `Follow-ups`.
fn folded(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_heading_is_seen() {
        for line in [
            "##Answer",
            "    ## Answer",
            "\t## Answer",
            "> ## Answer",
            "- ## Anwser",
            "\\## Answer",
            "\u{200B}## Answer",
            "<h2>Answer</h2>",
            "**Answer:** it is",
            "__Notes__",
            "#### Notes ####",
        ] {
            assert!(Section::looked_like(line).is_some(), "{line}");
        }
        for line in
            ["Answer the call", "**Note** that", "# of items", "a ## Answer", "**Answer the phone** now"]
        {
            assert!(Section::looked_like(line).is_none(), "{line}");
        }
    }

    #[test]
    fn headings_are_known_nearly_known_or_the_authors_own() {
        assert_eq!(Section::named("follow ups"), Named::Known(Section::FollowUps));
        assert_eq!(Section::named("Anwser"), Named::Nearly(Section::Answer));
        assert_eq!(Section::named("Answers"), Named::Nearly(Section::Answer));
        assert_eq!(Section::named("Background reading"), Named::Own);
    }
}
