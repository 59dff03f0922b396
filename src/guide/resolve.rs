//! Holds what was read against each other: after this, every id names something.
use super::{
    id::{LevelId, QuestionId, TopicId},
    model::{Asked, Guide},
    packet::{Choice, Packet},
    parse::Read,
    question::Question,
    resolve_locks, resolve_loops,
    section::Section,
    select,
    taxonomy::unknown,
    vocabulary::Status,
};
use crate::{
    source::{Code, Diagnostic, Diagnostics, Sources, Span, Spanned, did_you_mean},
    text::{
        markdown::{Heading, Link},
        yaml::Choice as _,
    },
};
use std::collections::{BTreeMap, BTreeSet};

const DUPLICATE_ID: Code = Code("duplicate-id");
const DUPLICATE_TITLE: Code = Code("duplicate-title");
const FOLDER_TOPIC: Code = Code("topic-folder");
const TOPIC_COUNT: Code = Code("topic-count");
const LEVEL_GAP: Code = Code("level-gap");
const BAD_BAR: Code = Code("bad-bar");
const TELLING_TITLE: Code = Code("telling-title");
const CIRCLE: Code = Code("circle");
const BAD_VARIANT: Code = Code("bad-variant");
const LEVEL_MISMATCH: Code = Code("level-mismatch");
const TIME_BUDGET: Code = Code("time-budget");
const NOT_ASKED: Code = Code("question-not-active");
const TOO_FEW: Code = Code("too-few-questions");
const ASKED_TWICE: Code = Code("repeat-question");
const BROKEN_LINK: Code = Code("broken-link");
const BROKEN_ANCHOR: Code = Code("broken-anchor");
const UNSAFE_FILE: Code = Code("unsafe-file");
const MIXED_SCALES: Code = Code("mixed-scales");
const EDITION_LINK: Code = Code("edition-link");
const UNKNOWN_SCALE: Code = Code("unknown-scale");

/// Checks every name, drops what would leave a hole, and chooses what each packet asks.
pub(super) fn resolve(read: Read, sources: &Sources, diagnostics: &mut Diagnostics) -> Guide {
    let Read { mut guide, broken, links, locks } = read;
    keep_one_of_each_id(&mut guide.questions, diagnostics);
    check_default_scale(&guide, &broken, diagnostics);
    let names = Names::of(&guide, &broken);
    let holds = guide.questions.iter().map(|question| {
        let mut told = Diagnostics::default();
        check_question(question, &guide, &names, &mut told);
        let holds = !told.has_errors();
        diagnostics.append(told);
        holds
    });
    let holds: Vec<bool> = holds.collect();
    check_titles(&guide.questions, diagnostics);
    check_circles(&guide.questions, diagnostics);
    check_links(&guide, &links, &broken, sources, diagnostics);
    let mut holds = holds.into_iter();
    let mut dropped = broken;
    guide.questions.retain(|question| {
        let keep = holds.next().unwrap_or(true);
        if !keep {
            dropped.insert(question.id.to_string());
        }
        keep
    });
    sort(&mut guide);
    guide.index();
    choose(&mut guide, locks.as_ref(), &dropped, sources, diagnostics);
    resolve_loops::check(&mut guide, &dropped, diagnostics);
    guide
}

/// What there is to name, and what was left out: nobody is blamed for naming a file that could not be read.
struct Names<'a> {
    questions: BTreeMap<&'a str, &'a Question>,
    broken: &'a BTreeSet<String>,
}

impl<'a> Names<'a> {
    fn of(guide: &'a Guide, broken: &'a BTreeSet<String>) -> Self {
        let questions = guide.questions.iter().map(|question| (question.id.as_str(), question)).collect();
        Self { questions, broken }
    }

    fn check_question(&self, id: &Spanned<QuestionId>, diagnostics: &mut Diagnostics) {
        let name = id.value.as_str();
        if !self.questions.contains_key(name) && !self.broken.contains(name) {
            let known: Vec<&str> = self.questions.keys().copied().collect();
            diagnostics.push(unknown("question", name, id.span, &known));
        }
    }
}

fn check_default_scale(guide: &Guide, broken: &BTreeSet<String>, diagnostics: &mut Diagnostics) {
    let Some(id) = guide.default_scale.as_ref().filter(|id| !guide.scales.contains_key(*id)) else { return };
    if guide.questions.is_empty() || broken.contains(id.as_str()) {
        return;
    }
    let message = format!("there is no scale `{id}`, which questions are rated on unless they say otherwise");
    diagnostics.push(Diagnostic::project_error(UNKNOWN_SCALE, message).help(format!(
        "add `content/scales/{id}.yaml`, or name another scale under `defaults` in `askbook.yaml`"
    )));
}

/// An id is unique across folders: it is the address of the page.
fn keep_one_of_each_id(questions: &mut Vec<Question>, diagnostics: &mut Diagnostics) {
    let mut first: BTreeMap<QuestionId, Spanned<String>> = BTreeMap::new();
    questions.retain(|question| match first.get(&question.id) {
        None => {
            first.insert(question.id.clone(), question.title.clone());
            true
        }
        Some(other) => {
            let message = format!("the id `{}` is taken by another question", question.id);
            diagnostics.push(
                Diagnostic::error(DUPLICATE_ID, Span::start_of(question.title.span.file), message)
                    .related(other.span, "the other one")
                    .help("rename one of the two files; an old name can go to `aliases`"),
            );
            false
        }
    });
}

fn check_question(question: &Question, guide: &Guide, names: &Names<'_>, diagnostics: &mut Diagnostics) {
    let related = question.variant_of.iter().chain(&question.conflicts).chain(&question.reveals);
    related
        .chain(question.retired.iter().filter_map(|retired| retired.replaced_by.as_ref()))
        .for_each(|id| names.check_question(id, diagnostics));
    check_topics(question, diagnostics);
    check_levels(question, guide, diagnostics);
    check_scale(question, guide, names, diagnostics);
    check_variant(question, names, diagnostics);
    check_candidate_title(question, guide, diagnostics);
}

fn check_topics(question: &Question, diagnostics: &mut Diagnostics) {
    let folder = folder(question);
    if let Some(first) = question.topics.first().filter(|first| first.value.as_str() != folder) {
        let message =
            format!("the first topic is `{}`, but the file is in the folder `{folder}`", first.value);
        let help = format!("put `{folder}` first, or move the file to `content/questions/{}/`", first.value);
        diagnostics.push(Diagnostic::error(FOLDER_TOPIC, first.span, message).help(help));
    }
    if let Some(fourth) = question.topics.get(3) {
        diagnostics.push(Diagnostic::error(TOPIC_COUNT, fourth.span, "a question has at most 3 topics"));
    }
}

/// The folder that a question stands in, which is its first topic.
fn folder(question: &Question) -> &str {
    let mut parts = question.path.split('/').rev();
    parts.nth(1).unwrap_or_default()
}

fn knows_levels(question: &Question, guide: &Guide) -> bool {
    question.levels.iter().all(|level| guide.taxonomy.rank(&level.value).is_some())
}

fn check_levels(question: &Question, guide: &Guide, diagnostics: &mut Diagnostics) {
    // An unknown level was told when it was read; what follows from it is not the author's.
    if !knows_levels(question, guide) {
        return;
    }
    let mut ranks: Vec<usize> =
        question.levels.iter().filter_map(|level| guide.taxonomy.rank(&level.value)).collect();
    ranks.sort_unstable();
    ranks.dedup();
    if let (Some(first), Some(last), Some(written)) = (ranks.first(), ranks.last(), question.levels.first())
        && last - first + 1 != ranks.len()
    {
        let missing = (*first..*last).filter(|rank| !ranks.contains(rank));
        let names: Vec<String> =
            missing.map(|rank| format!("`{}`", guide.taxonomy.levels[rank].id)).collect();
        let message = format!("the levels leave out {}", names.join(", "));
        diagnostics
            .push(Diagnostic::error(LEVEL_GAP, written.span, message).help("levels follow each other"));
    }
    for (level, _) in &question.bar {
        if !question.levels.iter().any(|own| own.value == level.value) {
            let message = format!("`{}` is none of this question's levels", level.value);
            diagnostics.push(Diagnostic::error(BAD_BAR, level.span, message));
        }
    }
}

fn check_scale(question: &Question, guide: &Guide, names: &Names<'_>, diagnostics: &mut Diagnostics) {
    let Some(id) = question.scale.as_ref().map(|id| &id.value).or(guide.default_scale.as_ref()) else {
        return;
    };
    let Some(scale) = guide.scales.get(id) else {
        // A default that is not there is told once, for the guide.
        if let Some(named) = question.scale.as_ref().filter(|_| !names.broken.contains(id.as_str())) {
            let known: Vec<&str> = guide.scales.keys().map(super::id::ScaleId::as_str).collect();
            diagnostics.push(unknown("scale", id.as_str(), named.span, &known));
        }
        return;
    };
    let section = question.section(Section::Rubric);
    let rubric_place =
        if section.is_empty() { question.title.span } else { heading_place(question, section.span) };
    question.body.rubric.check(scale, question.status == Status::Active, rubric_place, diagnostics);
    for (_, bar) in &question.bar {
        if u8::try_from(bar.value).ok().and_then(|value| scale.point(value)).is_none() {
            let message = format!("`{}` is no point of the scale `{id}`", bar.value);
            diagnostics.push(Diagnostic::error(BAD_BAR, bar.span, message));
        }
    }
    check_bars(question, guide, diagnostics);
}

/// More is expected of a higher level, or as much; what a question leaves out is the scale's.
fn check_bars(question: &Question, guide: &Guide, diagnostics: &mut Diagnostics) {
    let place = |id: &LevelId| question.bar.iter().find(|(own, _)| own.value == *id).map(|(_, bar)| bar.span);
    for pair in guide.bars(question).windows(2) {
        let ((lower, less), (higher, more)) = (pair[0], pair[1]);
        if more < less
            && let Some(span) = place(&higher.id).or(place(&lower.id))
        {
            let message =
                format!("the bar falls from {less} for `{}` to {more} for `{}`", lower.id, higher.id);
            diagnostics.push(
                Diagnostic::error(BAD_BAR, span, message).help("expect as much of a higher level, or more"),
            );
        }
    }
}

/// The heading that stands before `section`.
fn heading_place(question: &Question, section: Span) -> Span {
    let mut before =
        question.body.headings.iter().filter(|it| it.level == 2 && it.span.start < section.start);
    before.next_back().map_or(section, |heading| heading.span)
}

fn check_variant(question: &Question, names: &Names<'_>, diagnostics: &mut Diagnostics) {
    let Some(id) = &question.variant_of else { return };
    let Some(other) = names.questions.get(id.value.as_str()) else { return };
    if other.kind != question.kind || other.primary() != question.primary() {
        let message = format!("`{}` differs in kind or first competency", id.value);
        let competency = other.primary().map_or("none", |id| id.as_str());
        let help = format!(
            "a variant is alike in both: `{}` is {} and reads `{competency}` first",
            id.value,
            other.kind.name()
        );
        diagnostics.push(Diagnostic::error(BAD_VARIANT, id.span, message).help(help));
    }
}

/// A candidate's title that names a topic or a competency gives the answer away.
fn check_candidate_title(question: &Question, guide: &Guide, diagnostics: &mut Diagnostics) {
    let Some(title) = &question.candidate_title else { return };
    let words: Vec<String> = title
        .value
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let own_topics = question.topics.iter().filter_map(|id| guide.taxonomy.topic(&id.value));
    let topics =
        own_topics.flat_map(|topic| topic.aliases.iter().map(String::as_str).chain([topic.id.as_str()]));
    let competencies = question
        .competencies
        .iter()
        .filter_map(|(id, _)| guide.taxonomy.competency(&id.value))
        .map(|it| it.title.as_str());
    for telling in topics.chain(competencies) {
        let telling_words: Vec<String> =
            telling.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
        if words.windows(telling_words.len()).any(|window| window == telling_words) {
            let message = format!("`candidate_title` holds `{telling}`, which gives the answer away");
            let problem = Diagnostic::error(TELLING_TITLE, title.span, message);
            diagnostics.push(problem.help("name the setting instead: \"A cache refresh\""));
            return;
        }
    }
}

fn check_titles(questions: &[Question], diagnostics: &mut Diagnostics) {
    let mut first: BTreeMap<String, &Spanned<String>> = BTreeMap::new();
    for question in questions {
        let folded = question.title.value.to_lowercase();
        if let Some(other) = first.get(&folded) {
            let message = "another question has this title".to_owned();
            let problem = Diagnostic::error(DUPLICATE_TITLE, question.title.span, message);
            diagnostics.push(problem.related(other.span, "the other one"));
        } else {
            first.insert(folded, &question.title);
        }
    }
}

/// The questions that one names.
type Next<'a> = &'a dyn Fn(&Question) -> Vec<Spanned<QuestionId>>;

/// `variant_of` and `reveals` may not come back to where they started.
fn check_circles(questions: &[Question], diagnostics: &mut Diagnostics) {
    let by_id: BTreeMap<&QuestionId, &Question> = questions.iter().map(|it| (&it.id, it)).collect();
    let variants = |question: &Question| question.variant_of.iter().cloned().collect::<Vec<_>>();
    let reveals = |question: &Question| question.reveals.clone();
    let kinds: [(&str, Next<'_>); 2] = [("variant_of", &variants), ("reveals", &reveals)];
    for (key, next) in kinds {
        for question in questions {
            let reached =
                next(question).into_iter().find(|id| leads_to(&id.value, &question.id, &by_id, next));
            if let Some(id) = reached {
                let message = format!("`{key}` leads from `{}` back to itself", question.id);
                diagnostics.push(Diagnostic::error(CIRCLE, id.span, message));
            }
        }
    }
}

fn leads_to(
    from: &QuestionId,
    to: &QuestionId,
    by_id: &BTreeMap<&QuestionId, &Question>,
    next: Next<'_>,
) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from.clone()];
    while let Some(id) = open.pop() {
        if id == *to {
            return true;
        }
        if let Some(question) = by_id.get(&id)
            && seen.insert(id)
        {
            open.extend(next(question).into_iter().map(|id| id.value));
        }
    }
    false
}

/// Every link leads to a file that is there, and to a heading in it.
fn check_links(
    guide: &Guide,
    links: &[Link],
    broken: &BTreeSet<String>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    let mut pages: BTreeMap<&str, &[Heading]> = BTreeMap::new();
    pages.extend(guide.questions.iter().map(|it| (it.path.as_str(), it.body.headings.as_slice())));
    pages.extend(guide.packets.iter().map(|it| (it.path.as_str(), &[][..])));
    pages.extend(guide.loops.iter().map(|it| (it.path.as_str(), it.body.headings.as_slice())));
    let articles = guide.articles.iter().chain(&guide.home);
    pages.extend(articles.map(|it| (it.path.as_str(), it.body.headings.as_slice())));
    let is_broken = |path: &str| {
        let stem = sources.at(path).map(crate::source::Source::stem);
        stem.is_some_and(|stem| broken.contains(stem))
            || sources.unreadable().any(|unreadable| unreadable == path)
    };
    for link in links {
        // What is wrong with a file that could not be read was told where it stands.
        if !is_broken(&link.target.path) {
            diagnostics.extend(broken_link(link, &pages, sources));
        }
    }
    guide.questions.iter().for_each(|question| check_shared_links(question, &pages, diagnostics));
}

fn broken_link(link: &Link, pages: &BTreeMap<&str, &[Heading]>, sources: &Sources) -> Option<Diagnostic> {
    let path = link.target.path.as_str();
    if sources.asset(path).is_some() && path.starts_with("content/") {
        // As a page of its own an SVG can run a script; as an image it cannot.
        let can_run = path.to_lowercase().ends_with(".svg") && !link.is_image;
        return can_run.then(|| {
            Diagnostic::error(UNSAFE_FILE, link.span, "an SVG file can only be shown as an image")
                .help("write `![what it shows](file.svg)`")
        });
    }
    let Some(headings) = pages.get(path).filter(|_| !link.is_image) else {
        let what = if link.is_image { "image" } else { "page or file" };
        let near = did_you_mean_path(path, pages.keys().copied()).filter(|_| !link.is_image);
        let message = format!("there is no {what} `{path}`");
        return Some(Diagnostic::error(BROKEN_LINK, link.span, message).maybe_help(near));
    };
    let anchor = link.target.anchor.as_deref()?;
    if headings.iter().any(|heading| heading.anchor == anchor) {
        return None;
    }
    let known: Vec<&str> = headings.iter().map(|heading| heading.anchor.as_str()).collect();
    let message = format!("`{path}` has no heading `#{anchor}`");
    let help = did_you_mean(anchor, known.iter().copied());
    Some(Diagnostic::error(BROKEN_ANCHOR, link.span, message).maybe_help(help))
}

/// The file that was meant: one of the same name elsewhere, or of nearly the same name.
fn did_you_mean_path<'a>(path: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<String> {
    fn name(path: &str) -> &str {
        path.rsplit('/').next().unwrap_or_default()
    }
    let near = crate::source::nearest(name(path), known.clone().map(name))?;
    known.into_iter().find(|other| name(other) == near).map(|path| format!("did you mean `{path}`?"))
}

/// What a candidate reads may not lead to what only interviewers read.
fn check_shared_links(
    question: &Question,
    pages: &BTreeMap<&str, &[Heading]>,
    diagnostics: &mut Diagnostics,
) {
    let leads_to_shared = |link: &Link| {
        let mut headings = question.body.headings.iter();
        let target = headings.find(|heading| link.target.anchor.as_deref() == Some(&heading.anchor));
        target.is_some_and(|heading| question.body.is_shared(heading.span))
    };
    for link in question.body.links.iter().filter(|link| question.body.is_shared(link.span)) {
        let is_within = link.target.path == question.path;
        let is_fine =
            if is_within { leads_to_shared(link) } else { !pages.contains_key(link.target.path.as_str()) };
        if !is_fine {
            let message = "candidates read this part, but not what it links to";
            let problem = Diagnostic::error(EDITION_LINK, link.span, message);
            diagnostics.push(problem.help("say what the candidate needs here, without a link"));
        }
    }
}

/// The order of pages: by topic as the taxonomy lists them, then by id.
fn sort(guide: &mut Guide) {
    let ranks: BTreeMap<TopicId, usize> =
        guide.taxonomy.topics.iter().enumerate().map(|(rank, topic)| (topic.id.clone(), rank)).collect();
    let rank = |question: &Question| {
        TopicId::new(folder(question)).and_then(|topic| ranks.get(&topic).copied()).unwrap_or(usize::MAX)
    };
    guide.questions.sort_by(|a, b| (rank(a), &a.id).cmp(&(rank(b), &b.id)));
    guide.articles.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
}

/// Chooses what each packet asks, and holds it against the packet.
fn choose(
    guide: &mut Guide,
    locks: Option<&resolve_locks::Locks>,
    dropped: &BTreeSet<String>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    for packet in std::mem::take(&mut guide.packets) {
        let asked = match locks {
            Some(locks) => resolve_locks::asked(&packet, locks, guide, dropped, sources, diagnostics),
            None => chosen(&packet, guide, dropped, diagnostics),
        };
        check_asked(&packet, &asked, guide, diagnostics);
        guide.add_packet(packet, asked.into_iter().map(|(asked, _)| asked).collect());
    }
    if let Some(locks) = locks {
        resolve_locks::tell_orphans(locks, guide, dropped, diagnostics);
    }
}

/// What `packet` chooses now, whatever is locked, each question with the place that chose it.
pub(super) fn chosen(
    packet: &Packet,
    guide: &Guide,
    dropped: &BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) -> Vec<(Asked, Span)> {
    let mut asked: Vec<(Asked, Span)> = Vec::new();
    let picked = packet.parts.iter().filter_map(|part| match &part.choice {
        Choice::Pick(ids) => Some(ids.iter().map(|id| id.value.clone())),
        Choice::Query { .. } => None,
    });
    let mut taken: BTreeSet<QuestionId> = picked.flatten().collect();
    for part in &packet.parts {
        let mut ask = |question: QuestionId, span: Span| {
            asked.push((Asked { question, part: part.title.clone(), unscored: part.unscored }, span));
        };
        match &part.choice {
            Choice::Pick(ids) => {
                for id in ids {
                    if guide.has_question(&id.value) {
                        ask(id.value.clone(), id.span);
                    } else if !dropped.contains(id.value.as_str()) || !diagnostics.has_errors() {
                        // A file can be left out with a warning only, as a symbolic link is: that is a hole, too.
                        let known: Vec<&str> = guide.question_ids().map(QuestionId::as_str).collect();
                        diagnostics.push(unknown("question", id.value.as_str(), id.span, &known));
                    }
                }
            }
            Choice::Query { query, count } => {
                let is_taken = |question: &Question| {
                    let names = |id: &QuestionId| taken.contains(id);
                    names(&question.id)
                        || guide.conflicts(question).any(|it| names(&it.id))
                        || guide.variants(question).any(|it| names(&it.id))
                };
                let fitting = guide.questions.iter().filter(|question| {
                    let is_for_level = question.levels.iter().any(|it| it.value == packet.level.value);
                    is_for_level && query.matches(question) && !is_taken(question)
                });
                let fitting = fitting.map(|question| question.id.clone()).collect();
                let turned =
                    select::turned(fitting, &packet.id, packet.rotation.as_deref().unwrap_or_default());
                if turned.len() < *count {
                    let message = format!("the query wants {count} questions; {} fit", turned.len());
                    diagnostics.push(Diagnostic::error(TOO_FEW, part.span, message).help("ask for less"));
                }
                for id in turned.into_iter().take(*count) {
                    taken.insert(id.clone());
                    ask(id, part.span);
                }
            }
        }
    }
    asked
}

fn check_asked(packet: &Packet, asked: &[(Asked, Span)], guide: &Guide, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<&QuestionId, Span> = BTreeMap::new();
    let mut minutes = packet.opening_minutes + packet.closing_minutes;
    let mut first_scale = None;
    for (asked, span) in asked {
        let question = guide.question(&asked.question);
        minutes += question.live_minutes();
        if let Some(first) = seen.insert(&asked.question, *span) {
            let message = format!("`{}` is asked twice", asked.question);
            diagnostics
                .push(Diagnostic::error(ASKED_TWICE, *span, message).related(first, "first asked here"));
        }
        let is_for_level = question.levels.iter().any(|level| level.value == packet.level.value);
        if !is_for_level && knows_levels(question, guide) {
            let message = format!("`{}` is not for the level `{}`", asked.question, packet.level.value);
            let levels: Vec<String> = question.levels.iter().map(|it| format!("`{}`", it.value)).collect();
            let help = format!("it is for {}", levels.join(", "));
            diagnostics.push(Diagnostic::error(LEVEL_MISMATCH, *span, message).help(help));
        }
        let scale = question.scale.as_ref().map(|id| &id.value).or(guide.default_scale.as_ref());
        if let (Some(first), Some(scale)) = (*first_scale.get_or_insert(scale), scale)
            && first != scale
        {
            let message =
                format!("`{}` is rated on `{scale}`, the questions before it on `{first}`", asked.question);
            let problem = Diagnostic::error(MIXED_SCALES, *span, message);
            diagnostics.push(problem.help("ask questions of one scale: their ratings are added up"));
        }
        if question.status == Status::Pilot && !asked.unscored {
            let message = format!("`{}` is a pilot, and is scored here", asked.question);
            diagnostics.push(
                Diagnostic::error(NOT_ASKED, *span, message).help("add `unscored: true` to the section"),
            );
        }
        if matches!(question.status, Status::Draft | Status::Retired) {
            let message = format!("`{}` is {}", asked.question, question.status.name());
            diagnostics.push(Diagnostic::error(NOT_ASKED, *span, message).help("ask an active question"));
        }
    }
    if minutes > packet.minutes.value {
        let message = format!("{minutes} minutes are planned, of {}", packet.minutes.value);
        let problem = Diagnostic::error(TIME_BUDGET, packet.minutes.span, message);
        diagnostics.push(problem.help("take a question out, or give the packet more minutes"));
    }
}
