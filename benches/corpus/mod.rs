//! A guide of any size that reads like a real one: the same bytes for the same seed, on every machine.
mod phrases;
mod plan;
mod question;
mod random;

use phrases::{Phrases, Speaker};
use plan::Plan;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

/// A packet stands for so many questions.
const QUESTIONS_A_PACKET: usize = 50;
/// Asked in a packet, if the questions it stands for have as many that fit.
const ASKED: usize = 4;
/// Every so often a packet chooses one of its questions by a query.
const PACKETS_A_QUERY: usize = 5;

const PAGES: [&str; 12] = [
    "how-to-interview",
    "strong-answers",
    "common-mistakes",
    "debriefs",
    "legal-and-fair",
    "hiring-seniors",
    "first-interview",
    "note-taking",
    "reading-code",
    "take-home-work",
    "remote-interviews",
    "keeping-time",
];

const CONFIG: &str = "\
title: Generated interview guide
description: \"Questions as a large organisation would have them, to measure Askbook with.\"
language: en
print: { paper: a4, note_lines: 10 }
rust: { current: \"1.95\" }
defaults: { scale: depth-4, exposure: internal }
editions:
  interviewer: { output: public }
  candidate:   { output: public-candidate }
# A measurement must not change with the day on which it is taken.
retention: { months: 12, contact: people-team }
";

const SCRIPTS: &str = "
## Opening
Hello, and thank you for making the time. We have a few technical questions, the same for every
candidate, and then time for yours. I take notes, so that I remember what you said.

## Closing
That was my last question. What would you like to ask about the work, the team, or how we decide?
You will hear from us by the date that we agreed on.

## Notes
- Rate each answer before you read anyone else's sheet.
";

/// The files of a guide with `questions` questions, by path.
pub(crate) fn files(questions: usize, seed: u64) -> BTreeMap<String, String> {
    let phrases = Phrases::read();
    let plans = plan::plans(questions, &mut Speaker::new(&phrases, seed));
    let mut files = BTreeMap::from([
        ("askbook.yaml".to_owned(), CONFIG.to_owned()),
        ("content/taxonomy.yaml".to_owned(), include_str!("taxonomy.yaml").to_owned()),
        ("content/scales/depth-4.yaml".to_owned(), include_str!("scale.yaml").to_owned()),
        ("content/index.md".to_owned(), index(&plans)),
    ]);
    let mut blocks = BTreeSet::new();
    for (at, plan) in plans.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &plans[at]);
        let mut speaker = Speaker::new(&phrases, seed ^ ((at as u64 + 1) << 20));
        files.insert(plan.path(), question::text(plan, before, &mut speaker, &mut blocks));
    }
    for (at, plans) in plans.chunks(QUESTIONS_A_PACKET).enumerate() {
        files.extend(packet(at, plans));
    }
    for (at, name) in PAGES.iter().enumerate() {
        let mut speaker = Speaker::new(&phrases, seed.wrapping_add(at as u64));
        files.insert(format!("content/pages/{name}.md"), page(at, name, &plans, &mut speaker));
    }
    files
}

fn index(plans: &[Plan]) -> String {
    let first = &plans[0];
    format!(
        "---\ntitle: Generated interview guide\n---\nThis guide holds {} questions. Start with \
         [how to interview](pages/how-to-interview.md),\nor with a question such as [{}](questions/{}/{}.md).\n",
        plans.len(),
        first.title,
        first.topic,
        first.id
    )
}

/// A session from the questions of one part of the guide; `None` when none of them fits.
fn packet(number: usize, plans: &[Plan]) -> Option<(String, String)> {
    let level = ["mid", "senior"][number % 2];
    let has_query = number % PACKETS_A_QUERY == PACKETS_A_QUERY - 1;
    let mut kinds = BTreeSet::from(["concept"]);
    let fitting = plans.iter().filter(|plan| plan.levels.contains(&level) && kinds.insert(plan.kind));
    let picked: Vec<&Plan> = fitting.take(ASKED - usize::from(has_query)).collect();
    if picked.is_empty() {
        return None;
    }
    let mut text = format!(
        "---\ntitle: \"Backend engineers at {level} level, set {number}\"\nrole: Backend engineer (Rust)\n\
         level: {level}\nminutes: 90\nopening: 5\nclosing: 10\ncompetencies: [debugging, rust-language, design]\n"
    );
    if has_query {
        text.push_str("rotation: 2026-q4\n");
    }
    text.push_str("sections:\n");
    for (part, plan) in ["Warm-up", "Diagnose", "Build", "Decide"].iter().zip(picked) {
        let _ = writeln!(text, "  - {{ title: {part}, pick: [{}] }}", plan.id);
    }
    if has_query {
        let query = "{ kinds: [concept], max_minutes: 15 }";
        let _ = writeln!(text, "  - {{ title: Explain, query: {query}, count: 1 }}");
    }
    text.push_str("---\n");
    text.push_str(SCRIPTS.trim_start());
    Some((format!("content/packets/{level}-set-{number:03}.md"), text))
}

fn page(number: usize, name: &str, plans: &[Plan], speaker: &mut Speaker<'_>) -> String {
    let title = name.replace('-', " ");
    let mut text = format!(
        "---\ntitle: \"Interviews: {title}\"\nsummary: \"What this organisation has learnt about {title}.\"\n\
         order: {number}\n---\n"
    );
    text.push_str(&question::paragraph(&speaker.sentences("page", 4)));
    for part in ["Before", "During", "After"] {
        let _ = write!(text, "\n## {part} the interview\n");
        for _ in 0..3 {
            text.push_str(&question::paragraph(&speaker.sentences("page", 5)));
            text.push('\n');
        }
        for sentence in speaker.sentences("page", 3) {
            let _ = writeln!(text, "- {sentence}");
        }
        let plan = &plans[speaker.random.below(plans.len())];
        let _ = writeln!(text, "\nSee [{}](../questions/{}/{}.md).", plan.title, plan.topic, plan.id);
    }
    text
}
