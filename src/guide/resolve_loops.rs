//! Holds loops against what their packets ask: nothing is asked twice, nothing is spoiled, nothing required is left out.
use super::{
    id::QuestionId,
    interview_loop::{Loop, Stage},
    model::Guide,
    packet::Choice,
    question::Question,
    taxonomy::unknown,
    vocabulary::Kind,
};
use crate::source::{Code, Diagnostic, Diagnostics, Span, Spanned};
use std::collections::{BTreeMap, BTreeSet};

const ASKED_TWICE: Code = Code("repeat-question");
const NEAR_REPEAT: Code = Code("near-repeat");
const REVEALED: Code = Code("reveals-order");
const NOT_COVERED: Code = Code("coverage-hole");
const THIN: Code = Code("thin-evidence");
const LEVEL_MISMATCH: Code = Code("level-mismatch");
const NOT_TAKE_HOME: Code = Code("not-a-take-home");

/// Checks every loop. What names a file of `broken` was told already.
pub(super) fn check(guide: &mut Guide, broken: &BTreeSet<String>, diagnostics: &mut Diagnostics) {
    let mut loops = std::mem::take(&mut guide.loops);
    loops.retain(|it| {
        let mut told = Diagnostics::default();
        check_names(it, guide, broken, &mut told);
        // What it reads is known only when its packets are.
        let names_all =
            it.is_whole && !told.has_errors() && it.stages.iter().all(|stage| has_packet(guide, stage));
        if names_all {
            check_questions(it, guide, &mut told);
            // A question that is misspelt or could not be read may be the one that is wanting.
            if broken.is_empty() && it.stages.iter().all(|stage| asks_all(guide, stage)) {
                check_coverage(it, guide, &mut told);
            }
        }
        diagnostics.append(told);
        names_all
    });
    guide.loops = loops;
}

fn has_packet(guide: &Guide, stage: &Stage) -> bool {
    guide.asked.contains_key(&stage.packet.value)
}

/// Whether everything that the packet of `stage` picks is there.
fn asks_all(guide: &Guide, stage: &Stage) -> bool {
    guide.packet(&stage.packet.value).parts.iter().all(|part| match &part.choice {
        Choice::Pick(ids) => ids.iter().all(|id| guide.has_question(&id.value)),
        Choice::Query { .. } => true,
    })
}

fn check_names(it: &Loop, guide: &Guide, broken: &BTreeSet<String>, diagnostics: &mut Diagnostics) {
    for stage in &it.stages {
        let packet = guide.packets.iter().find(|packet| packet.id == stage.packet.value);
        match packet {
            None if broken.contains(stage.packet.value.as_str()) => {}
            None => {
                let known: Vec<&str> = guide.packets.iter().map(|packet| packet.id.as_str()).collect();
                diagnostics.push(unknown("packet", stage.packet.value.as_str(), stage.span(), &known));
            }
            Some(packet) if it.is_whole && packet.level.value != it.level.value => {
                let message = format!(
                    "`{}` is for the level `{}`, this loop for `{}`",
                    packet.id, packet.level.value, it.level.value
                );
                let problem = Diagnostic::warning(LEVEL_MISMATCH, stage.span(), message);
                diagnostics.push(problem.help("the bars on its sheets are those of its own level"));
            }
            Some(_) => {}
        }
        if let Some(id) = &stage.take_home {
            check_take_home(id, it, guide, broken, diagnostics);
        }
    }
}

fn check_take_home(
    id: &Spanned<QuestionId>,
    it: &Loop,
    guide: &Guide,
    broken: &BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) {
    if !guide.has_question(&id.value) {
        if !broken.contains(id.value.as_str()) {
            let known: Vec<&str> = guide.question_ids().map(QuestionId::as_str).collect();
            diagnostics.push(unknown("question", id.value.as_str(), id.span, &known));
        }
        return;
    }
    let question = guide.question(&id.value);
    if question.kind != Kind::TakeHome {
        let message = format!("`{}` is not a take-home", id.value);
        diagnostics.push(Diagnostic::error(NOT_TAKE_HOME, id.span, message));
    }
    if !question.levels.iter().any(|level| level.value == it.level.value) {
        let message = format!("`{}` is not for the level `{}`", id.value, it.level.value);
        diagnostics.push(Diagnostic::error(LEVEL_MISMATCH, id.span, message));
    }
}

/// Questions in the order in which the candidate meets them.
fn check_questions(it: &Loop, guide: &Guide, diagnostics: &mut Diagnostics) {
    let mut met: Vec<(&Question, Span)> = Vec::new();
    let mut first: BTreeMap<&QuestionId, Span> = BTreeMap::new();
    for stage in &it.stages {
        let before = met.len();
        for (_, question) in guide.asked_at(stage) {
            let place = stage.span();
            match first.get(&question.id) {
                // Twice in one packet was told there.
                Some(other) if *other != place => {
                    let message = format!("`{}` asks `{}` again", stage.packet.value, question.id);
                    let problem =
                        Diagnostic::error(ASKED_TWICE, place, message).related(*other, "first asked here");
                    diagnostics.push(problem.help("ask something else in one of the two packets"));
                }
                Some(_) => {}
                None => {
                    let earlier = &met[..before];
                    tell_near_repeats(question, place, earlier, guide, diagnostics);
                    first.insert(&question.id, place);
                }
            }
            tell_spoiled(question, place, &met, diagnostics);
            met.push((question, place));
        }
    }
}

fn tell_near_repeats(
    question: &Question,
    place: Span,
    earlier: &[(&Question, Span)],
    guide: &Guide,
    diagnostics: &mut Diagnostics,
) {
    for (other, span) in earlier {
        let is_near = guide.variants(question).any(|it| it.id == other.id)
            || guide.conflicts(question).any(|it| it.id == other.id);
        if is_near {
            let message = format!("`{}` is close to `{}`, which this loop asks, too", question.id, other.id);
            let problem = Diagnostic::warning(NEAR_REPEAT, place, message).related(*span, "asked here");
            diagnostics.push(problem.help("the second of the two is no independent reading"));
        }
    }
}

/// Whoever has met a prompt that answers `question` has no answer of their own any more.
fn tell_spoiled(question: &Question, place: Span, met: &[(&Question, Span)], diagnostics: &mut Diagnostics) {
    for (other, span) in met {
        if other.reveals.iter().any(|id| id.value == question.id) {
            let message =
                format!("`{}` gives away the answer to `{}`, which comes later", other.id, question.id);
            let problem = Diagnostic::error(REVEALED, place, message).related(*span, "given away here");
            diagnostics.push(problem.help(format!("ask `{}` first, or not at all", question.id)));
        }
    }
}

fn check_coverage(it: &Loop, guide: &Guide, diagnostics: &mut Diagnostics) {
    for coverage in guide.coverage(it) {
        let named = it.requires.iter().find(|(id, _)| id.value == coverage.competency);
        let Some((id, required)) = named.filter(|_| coverage.missing() > 0) else { continue };
        let diagnostic = match coverage.independent() {
            0 => {
                let message = format!("no question of this loop reads `{}`", id.value);
                Diagnostic::error(NOT_COVERED, id.span, message)
            }
            found => {
                let s = if found == 1 { "" } else { "s" };
                let message =
                    format!("`{}` is read by {found} interviewer{s}, and {required} are required", id.value);
                Diagnostic::warning(THIN, id.span, message)
            }
        };
        diagnostics.push(diagnostic.help("ask a question that reads it in another stage, or require less"));
    }
}
