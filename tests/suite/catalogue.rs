//! The questions, packets and loops that this guide promises: their mix, their coverage and their form.
use crate::support::{Project, repository};
use askbook::{
    guide::{Guide, Kind, Question, Section, Status},
    source::Diagnostics,
    text::{markdown::Markdown, yaml::Choice as _},
};
use std::{collections::BTreeMap, fs, sync::LazyLock};

static GUIDE: LazyLock<Guide> = LazyLock::new(|| {
    let mut told = Diagnostics::default();
    let guide = askbook::guide::parse(&Project::content().0, "depth-4", &Markdown::default(), &mut told);
    assert!(!told.has_errors(), "{:?}", told.sorted());
    guide
});

/// Id, first topic, levels by their first letters (P is staff), kind, minutes.
const CATALOGUE: [(&str, &str, &str, Kind, u32); 52] = [
    ("moved-string", "ownership", "J", Kind::CodeReading, 8),
    ("clone-budget", "ownership", "M", Kind::CodeReading, 12),
    ("push-while-looking", "borrowing", "JM", Kind::Debugging, 10),
    ("get-or-insert", "borrowing", "S", Kind::Debugging, 15),
    ("parameter-types", "api-design", "JM", Kind::Concept, 8),
    ("longer-slice", "lifetimes", "M", Kind::Coding, 10),
    ("elide-or-annotate", "lifetimes", "M", Kind::CodeReading, 8),
    ("captured-borrow", "lifetimes", "S", Kind::CodeReading, 10),
    ("cache-refresh-hangs", "temporaries", "MSP", Kind::Debugging, 15),
    ("drop-order", "temporaries", "M", Kind::CodeReading, 8),
    ("order-states", "type-design", "M", Kind::Design, 15),
    ("dyn-or-generic", "traits", "MS", Kind::Design, 12),
    ("run-once-closure", "closures", "M", Kind::CodeReading, 8),
    ("counters-that-wrap", "numerics", "JM", Kind::CodeReading, 8),
    ("cut-the-name", "strings", "J", Kind::Coding, 10),
    ("missing-file", "errors", "JM", Kind::Coding, 12),
    ("error-shape", "errors", "MS", Kind::Design, 15),
    ("all-bad-lines", "errors", "JM", Kind::Coding, 15),
    ("panic-policy", "errors", "S", Kind::Scenario, 12),
    ("shared-tally", "concurrency", "M", Kind::Coding, 12),
    ("channel-or-lock", "concurrency", "MS", Kind::Design, 15),
    ("lost-update", "concurrency", "M", Kind::Debugging, 12),
    ("not-send", "concurrency", "M", Kind::CodeReading, 10),
    ("publish-flag", "concurrency", "SP", Kind::CodeReading, 15),
    ("poisoned", "concurrency", "S", Kind::Debugging, 10),
    ("async-or-threads", "async", "MS", Kind::Scenario, 12),
    ("one-blocks-all", "async", "S", Kind::Debugging, 20),
    ("guard-across-await", "async", "MS", Kind::Debugging, 12),
    ("half-read-frame", "async", "SP", Kind::CodeReading, 15),
    ("polite-exit", "operations", "S", Kind::Design, 15),
    ("tenfold-input", "systems", "S", Kind::Scenario, 15),
    ("sizes", "memory", "S", Kind::CodeReading, 12),
    ("rss-climbs", "memory", "SP", Kind::Debugging, 20),
    ("measure-first", "performance", "MS", Kind::Scenario, 15),
    ("hot-loop", "performance", "MS", Kind::Coding, 20),
    ("borrowed-json", "memory", "S", Kind::Debugging, 12),
    ("two-halves", "unsafe", "S", Kind::Coding, 20),
    ("c-boundary", "unsafe", "SP", Kind::Design, 20),
    ("cpp-port", "architecture", "MS", Kind::CodeReading, 20),
    ("see-inside", "observability", "S", Kind::Design, 15),
    ("p99-doubled", "performance", "SP", Kind::Debugging, 25),
    ("ship-it", "operations", "S", Kind::Scenario, 12),
    ("split-workspace", "architecture", "SP", Kind::Design, 25),
    ("adopt-crate", "supply-chain", "S", Kind::Scenario, 12),
    ("why-rust-here", "trade-offs", "P", Kind::Scenario, 15),
    ("rate-limiter", "coding-practice", "MS", Kind::Coding, 30),
    ("top-status", "coding-practice", "JM", Kind::Coding, 30),
    ("review-this", "code-review", "MS", Kind::CodeReading, 25),
    ("one-in-twenty", "testing", "M", Kind::Debugging, 15),
    ("event-store", "project", "SP", Kind::TakeHome, 150),
    ("incident-owned", "behaviour", "MSP", Kind::Behavioural, 12),
    ("design-reversed", "behaviour", "MSP", Kind::Behavioural, 10),
];

/// What the article asks and calls strong or senior, and the questions that stand for it.
const THEMES: [(&str, &[&str]); 14] = [
    ("practical-ownership", &["moved-string", "clone-budget", "push-while-looking"]),
    ("clone-or-borrow", &["clone-budget", "parameter-types"]),
    ("elision", &["longer-slice", "elide-or-annotate"]),
    ("error-propagation", &["missing-file", "error-shape", "all-bad-lines", "panic-policy"]),
    ("shared-state", &["shared-tally", "channel-or-lock"]),
    ("async-cost", &["async-or-threads", "guard-across-await", "half-read-frame"]),
    ("architecture", &["cpp-port", "split-workspace"]),
    ("memory-behaviour", &["sizes", "rss-climbs", "borrowed-json"]),
    ("observability", &["see-inside"]),
    ("deployment", &["polite-exit", "ship-it"]),
    ("bottlenecks", &["measure-first", "hot-loop", "p99-doubled"]),
    ("trade-offs", &["tenfold-input", "ship-it", "why-rust-here"]),
    ("troubleshooting", &["one-blocks-all", "rss-climbs", "p99-doubled"]),
    ("take-home", &["event-store"]),
];

fn letters(question: &Question) -> String {
    let letter = |level: &str| match level {
        "junior" => 'J',
        "mid" => 'M',
        "senior" => 'S',
        _ => 'P',
    };
    question.levels.iter().map(|level| letter(level.value.as_str())).collect()
}

/// What is wrong with each question, a line each.
fn complaints(check: impl Fn(&Question) -> Vec<String>) -> String {
    let told = GUIDE.questions.iter().flat_map(|question| {
        check(question).into_iter().map(|words| format!("{}: {words}\n", question.id)).collect::<Vec<_>>()
    });
    told.collect()
}

fn outside(what: &str, count: usize, least: usize, most: usize) -> Option<String> {
    (count < least || count > most).then(|| format!("{count} {what}, not {least} to {most}"))
}

#[test]
fn all_questions_of_the_catalogue_are_there_and_active() {
    let found: BTreeMap<&str, &Question> = GUIDE.questions.iter().map(|it| (it.id.as_str(), it)).collect();
    assert_eq!(found.len(), CATALOGUE.len());
    for (id, topic, levels, kind, minutes) in CATALOGUE {
        let it = found.get(id).unwrap_or_else(|| panic!("there is no question `{id}`"));
        let is = (it.topics[0].value.as_str(), letters(it), it.kind, it.minutes.value, it.status);
        assert_eq!(is, (topic, levels.to_owned(), kind, minutes, Status::Active), "{id}");
    }
}

#[test]
fn kinds_and_topics_are_mixed_as_planned() {
    let of = |kind: Kind| GUIDE.questions.iter().filter(|question| question.kind == kind).count();
    let mix = Kind::ALL.iter().map(|(name, kind)| (*name, of(*kind)));
    assert_eq!(
        mix.collect::<BTreeMap<_, _>>(),
        BTreeMap::from([
            ("behavioural", 2),
            ("code-reading", 13),
            ("coding", 9),
            ("concept", 1),
            ("debugging", 11),
            ("design", 8),
            ("scenario", 7),
            ("take-home", 1),
        ])
    );
    for topic in &GUIDE.taxonomy.topics {
        let is_asked = GUIDE.questions.iter().any(|it| it.topics.iter().any(|id| id.value == topic.id));
        assert!(is_asked, "no question is about `{}`", topic.id);
        assert_ne!(topic.group.as_deref(), Some("algorithms"), "none is shipped, on purpose");
    }
    for competency in &GUIDE.taxonomy.competencies {
        let first = GUIDE.questions.iter().filter(|it| it.primary() == Some(&competency.id)).count();
        assert!(first >= 1, "no question reads `{}` first", competency.id);
    }
}

#[test]
fn every_signal_and_senior_theme_is_touched_by_the_questions_that_stand_for_it() {
    let mut known: Vec<&str> = GUIDE.taxonomy.themes.iter().map(|theme| theme.id.as_str()).collect();
    known.sort_unstable();
    let mut expected = THEMES.map(|(theme, _)| theme);
    expected.sort_unstable();
    assert_eq!(known, expected);
    for (theme, ids) in THEMES {
        for id in ids {
            let question = GUIDE.questions.iter().find(|it| it.id.as_str() == *id).unwrap();
            let touches = question.themes.iter().any(|it| it.value.as_str() == theme);
            assert!(touches, "`{id}` does not touch `{theme}`");
        }
    }
}

#[test]
fn the_mistakes_of_interviewers_have_their_antidotes() {
    // Trivia: no question asks to recall; most ask to analyse, apply or evaluate.
    let depths: Vec<&str> = GUIDE.questions.iter().map(|it| it.depth.name()).collect();
    assert!(!depths.contains(&"recall"));
    assert!(depths.iter().filter(|depth| **depth == "explain").count() <= 2);
    let group = |question: &Question| {
        GUIDE.taxonomy.topic(&question.topics[0].value).and_then(|topic| topic.group.clone()).unwrap()
    };
    let minutes = |is: &dyn Fn(&Question) -> bool| -> u32 {
        GUIDE.questions.iter().filter(|it| is(it)).map(Question::live_minutes).sum()
    };
    let all = minutes(&|_| true);
    let share = |is: &dyn Fn(&Question) -> bool| minutes(is) * 100 / all;
    assert!(share(&|it| it.kind == Kind::Debugging) >= 15, "troubleshooting");
    assert!(share(&|it| group(it) == "concurrency") >= 15, "concurrency beside ownership");
    assert!(share(&|it| ["systems", "operations"].contains(&group(it).as_str())) >= 20, "systems");
    assert!(share(&|it| [Kind::Coding, Kind::Debugging].contains(&it.kind)) >= 35, "hands on");
}

#[test]
fn a_question_is_complete_and_short_enough_to_read_aloud_and_to_print() {
    let told = complaints(|it| {
        let items = |section| it.section(section).full().items.len();
        let needs_hints = matches!(it.kind, Kind::Coding | Kind::Debugging | Kind::Design);
        let mut told: Vec<String> = [
            outside("things to listen for", items(Section::ListenFor), 3, 5),
            outside("red flags", items(Section::RedFlags), 2, 4),
            outside("follow-ups", it.body.follow_ups.len(), 2, 4),
            outside("hints", items(Section::Hints), if needs_hints { 2 } else { 0 }, 5),
            outside("words in the prompt", words(&it.section(Section::Prompt).full().text), 15, 180),
            outside("words in the answer", words(&it.section(Section::Answer).full().text), 100, 550),
            outside("anchors", it.body.rubric.anchors.len(), 4, 4),
            outside(
                "letters in the candidate's title",
                it.candidate_title.as_ref().map_or(0, |t| t.value.len()),
                3,
                60,
            ),
        ]
        .into_iter()
        .flatten()
        .collect();
        let missing =
            [Section::Prompt, Section::Answer].into_iter().filter(|section| it.section(*section).is_empty());
        told.extend(missing.map(|section| format!("no {}", section.title())));
        if it.body.purpose.is_empty() {
            told.push("it does not say why we ask".to_owned());
        }
        for (_, section) in it.body.sections() {
            for line in section.full().code.iter().flat_map(|code| code.lines()) {
                if line.chars().count() > 80 {
                    told.push(format!("wider than 80 columns: {line}"));
                }
            }
        }
        told
    });
    assert_eq!(told, "");
}

#[test]
fn an_anchor_describes_behaviour_and_neighbours_differ() {
    let told = complaints(|it| {
        let anchors = it.body.rubric.anchors.iter().map(|anchor| {
            let words = anchor.behaviours.iter().map(|item| item.text.to_lowercase());
            words.collect::<Vec<_>>().join(" ")
        });
        let anchors: Vec<String> = anchors.collect();
        let mut told: Vec<String> = Vec::new();
        for (anchor, text) in it.body.rubric.anchors.iter().zip(&anchors) {
            for item in anchor.behaviours.iter().filter(|item| words(&item.text) < 4) {
                told.push(format!("anchor {} says little: {}", anchor.value.value, item.text));
            }
            if words(text) < 6 {
                told.push(format!("anchor {} has fewer than six words", anchor.value.value));
            }
            for vague in ["good understanding", "strong understanding", "deep knowledge", "solid grasp"] {
                if text.contains(vague) {
                    told.push(format!("anchor {} says `{vague}`", anchor.value.value));
                }
            }
        }
        for pair in anchors.windows(2) {
            if likeness(&pair[0], &pair[1]) > 0.8 {
                told.push(format!("two anchors are alike: {}", pair[0]));
            }
        }
        told
    });
    assert_eq!(told, "");
}

#[test]
fn a_prompt_does_not_hold_the_answer() {
    let told = complaints(|it| {
        let prompt = it.section(Section::Prompt).full().text.to_lowercase();
        let marks = prompt.matches('?').count();
        let mut told: Vec<String> = outside("question marks", marks, 0, 3).into_iter().collect();
        for leading in ["don't you", "isn't it", "wouldn't you"] {
            if prompt.contains(leading) {
                told.push(format!("it leads: `{leading}`"));
            }
        }
        for signal in &it.section(Section::ListenFor).full().items {
            let content: Vec<String> = content_words(&signal.text);
            let told_already = content.iter().filter(|word| content_words(&prompt).contains(word)).count();
            if content.len() >= 4 && told_already * 2 > content.len() {
                told.push(format!("the prompt says more than half of `{}`", signal.text));
            }
        }
        told
    });
    assert_eq!(told, "");
}

#[test]
fn packets_and_loops_of_the_plan_are_there_and_fit_their_time() {
    let packets: BTreeMap<&str, (&str, u32)> = GUIDE
        .packets
        .iter()
        .map(|packet| (packet.id.as_str(), (packet.level.value.as_str(), packet.minutes.value)))
        .collect();
    assert_eq!(
        packets,
        BTreeMap::from([
            ("junior-screen", ("junior", 30)),
            ("mid-screen", ("mid", 30)),
            ("senior-screen", ("senior", 30)),
            ("mid-coding", ("mid", 60)),
            ("mid-systems", ("mid", 60)),
            ("senior-coding", ("senior", 60)),
            ("senior-systems", ("senior", 60)),
            ("senior-judgement", ("senior", 60)),
            ("staff-architecture", ("staff", 60)),
            ("take-home-review", ("senior", 45)),
        ])
    );
    for packet in &GUIDE.packets {
        let asked = GUIDE.asked[&packet.id].iter().map(|it| GUIDE.question(&it.question));
        let planned: u32 = asked.clone().map(Question::live_minutes).sum();
        let all = planned + packet.opening_minutes + packet.closing_minutes;
        assert!(all <= packet.minutes.value, "{}: {all} minutes", packet.id);
        assert!(packet.closing_minutes >= 5, "{}: time for the candidate", packet.id);
        assert!(!packet.opening.is_empty() && !packet.closing.is_empty(), "{}: scripts", packet.id);
        for competency in &packet.competencies {
            let is_read = |it: &Question| it.competencies.iter().any(|(id, _)| id.value == competency.value);
            assert!(asked.clone().any(is_read), "{}: nothing reads `{}`", packet.id, competency.value);
        }
    }
    let loops: Vec<&str> = GUIDE.loops.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(loops, ["mid-level", "senior-backend"]);
    for it in &GUIDE.loops {
        for row in GUIDE.coverage(it) {
            assert_eq!(row.missing(), 0, "{}: `{}` is read too seldom", it.id, row.competency);
        }
    }
}

#[test]
fn handbook_pages_are_long_enough_to_help_and_short_enough_to_read() {
    let wanted = [
        "how-to-interview",
        "strong-answers",
        "common-mistakes",
        "senior-engineers",
        "beyond-the-questions",
        "scoring-and-calibration",
        "legal-and-fair",
        "accommodations",
        "writing-questions",
    ];
    for id in wanted {
        let page = GUIDE.articles.iter().find(|it| it.id == id).unwrap_or_else(|| panic!("no page `{id}`"));
        let count = words(&page.body.opening.full().text);
        assert!((400..=1200).contains(&count), "{id}: {count} words");
    }
}

#[test]
fn the_calibration_page_trains_on_six_questions_and_quotes_their_anchors() {
    let page = fs::read_to_string(repository().join("content/pages/calibration.md")).unwrap();
    let parts: Vec<&str> = page.split("\n## ").filter(|part| part.contains("### Ratings")).collect();
    assert!(parts.len() >= 6, "{} questions", parts.len());
    let mut stale = String::new();
    for part in parts {
        for heading in ["### Answer A", "### Answer B", "### Answer C"] {
            assert!(part.contains(heading), "no `{heading}` in {part}");
        }
        let (_, link) = part.split_once("](../questions/").expect("each part links its question");
        let file = link.split(')').next().unwrap();
        let question = fs::read_to_string(repository().join("content/questions").join(file)).unwrap();
        let question = one_line(&question.replace("\n- ", " ")).replace('"', "'");
        let (answers, ratings) = part.split_once("### Ratings").unwrap();
        let said = one_line(answers);
        for quote in one_line(ratings).split('"').skip(1).step_by(2).flat_map(|quote| quote.split('…')) {
            let quote = quote.trim_matches([' ', '.', ',', ';', ':']);
            if !question.contains(quote) && !said.contains(quote) {
                stale.push_str(&format!("{file} does not say: {quote}\n"));
            }
        }
    }
    assert_eq!(stale, "");
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// Words that say nothing by themselves.
const EMPTY_WORDS: [&str; 22] = [
    "about", "after", "before", "both", "does", "each", "from", "have", "into", "more", "only", "should",
    "than", "that", "them", "then", "they", "this", "what", "when", "which", "with",
];

fn content_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
    let words = words.map(str::to_lowercase).filter(|word| !EMPTY_WORDS.contains(&word.as_str()));
    let mut words: Vec<String> = words.collect();
    words.sort();
    words.dedup();
    words
}

/// The share of words that two texts have in common.
fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (content_words(one), content_words(other));
    let both = one.iter().filter(|word| other.contains(word)).count();
    let either = one.len() + other.len() - both;
    f64::from(u32::try_from(both).unwrap()) / f64::from(u32::try_from(either.max(1)).unwrap())
}
