//! The file of one question.
use super::{phrases::Speaker, plan::Plan};
use std::{collections::BTreeSet, fmt::Write as _};

const COMPETENCIES: [&str; 8] = [
    "rust-language",
    "debugging",
    "concurrency",
    "design",
    "performance",
    "operations",
    "code-quality",
    "communication",
];
const THEMES: [&str; 8] = [
    "practical-ownership",
    "clone-or-borrow",
    "elision",
    "error-propagation",
    "shared-state",
    "async-cost",
    "memory-behaviour",
    "troubleshooting",
];
/// Of a hundred blocks, 82 are Rust.
const LANGUAGES: [(&str, usize); 6] =
    [("rust", 82), ("python", 87), ("sql", 92), ("toml", 95), ("bash", 98), ("text", 100)];
const WIDTH: usize = 98;

/// The text of `plan`; `before` is a question to refer to, `blocks` holds every code block so far.
pub(super) fn text(
    plan: &Plan,
    before: Option<&Plan>,
    speaker: &mut Speaker<'_>,
    blocks: &mut BTreeSet<String>,
) -> String {
    speaker.turn_to(plan.said.clone());
    let mut text = front_matter(plan, before, speaker);
    text.push_str(&paragraph(&speaker.sentences("purpose", 1)));
    text.push_str("\n## Prompt\n");
    text.push_str(&paragraph(&speaker.sentences("prompt", 2)));
    push_block(&mut text, speaker, blocks);
    push_list(&mut text, "Ground rules", "- ", &speaker.sentences("rule", 1));
    push_answer(&mut text, before, speaker, blocks);
    push_list(&mut text, "Listen for", "- ", &speaker.sentences("signal", 2));
    push_list(&mut text, "Red flags", "- ", &speaker.sentences("flag", 1));
    let mut follow_ups = speaker.sentences("follow", 2);
    if let Some(level) = plan.levels.last() {
        follow_ups[1].insert_str(0, &format!("({level}) "));
    }
    push_list(&mut text, "Follow-ups", "- ", &follow_ups);
    push_list(&mut text, "Hints", "1. ", &speaker.sentences("hint", 2));
    text.push_str("\n## Rubric\n");
    for point in 1..=4 {
        let _ = writeln!(text, "### {point}\n- {}", speaker.sentence(&format!("anchor{point}")));
    }
    if speaker.random.chance(20) {
        text.push_str("\n## Notes\n");
        text.push_str(&paragraph(&speaker.sentences("note", 1)));
    }
    text
}

fn front_matter(plan: &Plan, before: Option<&Plan>, speaker: &mut Speaker<'_>) -> String {
    let competencies = speaker.random.draw(&COMPETENCIES, 2);
    let bars: Vec<String> = plan
        .levels
        .iter()
        .map(|level| format!("{level}: {}", if *level == "junior" { 2 } else { 3 }))
        .collect();
    let topics = if speaker.random.chance(40) {
        format!("{}, {}", plan.topic, plan.other_topic)
    } else {
        plan.topic.to_owned()
    };
    let tags = (0..3).map(|_| speaker.word("tag")).collect::<BTreeSet<_>>();
    let tags = tags.into_iter().collect::<Vec<_>>().join(", ");
    let conflicts = match before.filter(|_| speaker.random.chance(3)) {
        Some(other) => format!("conflicts: [{}]\n", other.id),
        None => String::new(),
    };
    let mut date =
        |year: u32| format!("{year}-{:02}-{:02}", 1 + speaker.random.below(11), 1 + speaker.random.below(28));
    let (introduced, reviewed) = (date(2025), date(2026));
    format!(
        "---\n\
         title: \"{title}\"\n\
         candidate_title: \"{candidate_title}\"\n\
         summary: \"{summary}\"\n\
         topics: [{topics}]\n\
         kind: {kind}\n\
         levels: [{levels}]\n\
         competencies: {{ {first}: 2, {second}: 1 }}\n\
         minutes: {minutes}\n\
         bar: {{ {bars} }}\n\
         status: active\n\
         introduced: {introduced}\n\
         reviewed: {reviewed}\n\
         reviewers: [reviewer-{reviewer}]\n\
         exposure: internal\n\
         {conflicts}\
         themes: [{theme}]\n\
         needs: [paper]\n\
         rust: {{ edition: \"2024\", msrv: \"1.85\", verified: \"1.95.0\" }}\n\
         sources:\n  - \"https://doc.rust-lang.org/std/{source}/index.html\"\n\
         tags: [{tags}]\n\
         aliases: [{alias}-{other_alias}]\n\
         ---\n",
        title = plan.title,
        candidate_title = plan.candidate_title,
        summary = speaker.sentence("summary"),
        kind = plan.kind,
        levels = plan.levels.join(", "),
        first = competencies[0],
        second = competencies[1],
        minutes = plan.minutes,
        bars = bars.join(", "),
        reviewer = 1 + speaker.random.below(40),
        theme = speaker.random.pick(&THEMES),
        source = speaker.word("noun"),
        alias = speaker.word("verb"),
        other_alias = speaker.word("noun"),
    )
}

fn push_answer(
    text: &mut String,
    before: Option<&Plan>,
    speaker: &mut Speaker<'_>,
    blocks: &mut BTreeSet<String>,
) {
    let sentences = speaker.sentences("answer", 4);
    text.push_str("\n## Answer\n");
    text.push_str(&paragraph(&sentences[..2]));
    push_block(text, speaker, blocks);
    text.push('\n');
    text.push_str(&paragraph(&sentences[2..3]));
    if speaker.random.chance(50) {
        push_block(text, speaker, blocks);
    }
    text.push('\n');
    text.push_str(&paragraph(&sentences[3..]));
    if let Some(other) = before.filter(|_| speaker.random.chance(40)) {
        let _ = writeln!(text, "\nCompare [{}](../{}/{}.md).", other.title, other.topic, other.id);
    }
    if speaker.random.chance(5) {
        let _ = writeln!(text, "\n> [!NOTE]\n> {}", speaker.sentence("note"));
    }
}

/// Adds a block that no question holds yet.
fn push_block(text: &mut String, speaker: &mut Speaker<'_>, blocks: &mut BTreeSet<String>) {
    let at = speaker.random.below(100);
    let (language, _) = LANGUAGES.iter().find(|(_, end)| at < *end).expect("the last ends at a hundred");
    let code = loop {
        let code = speaker.code(language);
        if blocks.insert(code.clone()) {
            break code;
        }
    };
    let info = match *language {
        "rust" => format!("rust,edition2024,ignore{}", fence_settings(speaker)),
        "text" => String::new(),
        other => other.to_owned(),
    };
    let _ = write!(text, "\n```{info}\n{code}```\n");
}

fn fence_settings(speaker: &mut Speaker<'_>) -> String {
    match speaker.random.below(100) {
        0..10 => " hl_lines=2,4-5".to_owned(),
        10..20 => format!(" title=\"src/{}.rs\"", speaker.word("noun")),
        20..25 => " linenos".to_owned(),
        _ => String::new(),
    }
}

fn push_list(text: &mut String, title: &str, mark: &str, items: &[String]) {
    let _ = write!(text, "\n## {title}\n");
    for item in items {
        let _ = writeln!(text, "{mark}{item}");
    }
}

/// `sentences` as authors write them: lines of an even width.
pub(super) fn paragraph(sentences: &[String]) -> String {
    let mut text = String::new();
    let mut width = 0;
    for word in sentences.iter().flat_map(|sentence| sentence.split(' ')) {
        if width > 0 && width + word.len() >= WIDTH {
            text.push('\n');
            width = 0;
        } else if width > 0 {
            text.push(' ');
            width += 1;
        }
        text.push_str(word);
        width += word.len();
    }
    text.push('\n');
    text
}
