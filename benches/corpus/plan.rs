//! Which questions there are, before any of them is written: others refer to them.
use super::phrases::{Said, Speaker};
use std::collections::BTreeSet;

const TOPICS: [&str; 20] = [
    "ownership",
    "concurrency",
    "systems",
    "operations",
    "coding-practice",
    "architecture",
    "borrowing",
    "async",
    "memory",
    "observability",
    "code-review",
    "trade-offs",
    "lifetimes",
    "traits",
    "performance",
    "supply-chain",
    "testing",
    "closures",
    "strings",
    "errors",
];
const KINDS: [&str; 10] = [
    "debugging",
    "coding",
    "code-reading",
    "concept",
    "design",
    "debugging",
    "coding",
    "scenario",
    "concept",
    "code-reading",
];
const LEVELS: [&[&str]; 6] = [
    &["junior", "mid"],
    &["mid"],
    &["mid", "senior"],
    &["senior"],
    &["senior", "staff"],
    &["mid", "senior", "staff"],
];
const MINUTES: [u32; 4] = [8, 10, 12, 15];

/// A question to be.
pub(super) struct Plan {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) candidate_title: String,
    pub(super) topic: &'static str,
    pub(super) other_topic: &'static str,
    pub(super) kind: &'static str,
    pub(super) levels: &'static [&'static str],
    pub(super) minutes: u32,
    /// The words that its title and its text share.
    pub(super) said: Said,
}

impl Plan {
    pub(super) fn path(&self) -> String {
        format!("content/questions/{}/{}.md", self.topic, self.id)
    }
}

/// `count` of them, no two of one title.
pub(super) fn plans(count: usize, speaker: &mut Speaker<'_>) -> Vec<Plan> {
    let mut titles = BTreeSet::new();
    (0..count).map(|number| plan(number, speaker, &mut titles)).collect()
}

fn plan(number: usize, speaker: &mut Speaker<'_>, titles: &mut BTreeSet<String>) -> Plan {
    let title = loop {
        speaker.turn_to(Said::new());
        let title = speaker.sentence("title");
        if titles.insert(title.clone()) {
            break title;
        }
    };
    let topics = speaker.random.draw(&TOPICS, 2);
    let topic = TOPICS[number % TOPICS.len()];
    let other_topic = topics.into_iter().find(|other| *other != topic).expect("two topics differ");
    Plan {
        id: format!("{}-{number:05}", title.to_lowercase().replace(' ', "-")),
        candidate_title: speaker.sentence("candidate"),
        title,
        topic,
        other_topic,
        kind: KINDS[(number + number / TOPICS.len()) % KINDS.len()],
        levels: speaker.random.pick(&LEVELS),
        minutes: speaker.random.pick(&MINUTES),
        said: speaker.turn_to(Said::new()),
    }
}
