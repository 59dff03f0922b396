//! Holds packets against their locks: a locked packet asks what its lock says, or the guide is not built.
use super::{
    id::{PacketId, QuestionId},
    lock::{Locked, WrittenLock},
    model::{Asked, Guide},
    packet::{Choice, Packet, Part},
    resolve,
    taxonomy::unknown,
};
use crate::source::{Code, Diagnostic, Diagnostics, Sources, Span, Spanned, did_you_mean};
use std::collections::{BTreeMap, BTreeSet};

const UNLOCKED_LIVE: Code = Code("unlocked-live");
const MISMATCH: Code = Code("lock-mismatch");
const CHANGED: Code = Code("locked-question-changed");
const GONE: Code = Code("locked-question-gone");
const UNREADABLE: Code = Code("unreadable-lock");
const ORPHAN: Code = Code("lock-without-packet");

/// The lock files: by packet, and `None` is one that could not be read.
pub(super) type Locks = BTreeMap<PacketId, Option<(WrittenLock, Span)>>;

/// A place in a packet where a question is asked: its part, and the pick, unless a query chooses.
type Place<'a> = (&'a Part, Option<&'a Spanned<QuestionId>>);

/// What `packet` asks, each question with the place that chose it: what is locked, or what it chooses now.
pub(super) fn asked(
    packet: &Packet,
    locks: &Locks,
    guide: &mut Guide,
    dropped: &BTreeSet<String>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<(Asked, Span)> {
    match locks.get(&packet.id) {
        // Sections that could not be read fit no lock, and that is not the lock's fault.
        Some(Some((written, _))) if packet.is_whole => match cut(packet, written) {
            Ok(places) => {
                guide.locks.insert(packet.id.clone(), written.lock());
                locked(packet, &places, written, guide, dropped, sources, diagnostics)
            }
            Err(told) => {
                diagnostics.append(told);
                resolve::chosen(packet, guide, dropped, diagnostics)
            }
        },
        Some(_) => {
            // A lock can be left out with no more than a warning, as a symbolic link is; its packet is locked all the same.
            if !diagnostics.has_errors() {
                let message = format!("the lock of `{}` cannot be read", packet.id);
                let problem = Diagnostic::error(UNREADABLE, packet.title.span, message);
                let help = format!("`askbook lock --update {}` writes it anew", packet.id);
                diagnostics.push(problem.help(help));
            }
            resolve::chosen(packet, guide, dropped, diagnostics)
        }
        None => {
            if let Some(place) = packet.live {
                let message = format!("`{}` is live, and not locked", packet.id);
                let help = format!(
                    "run `askbook lock {}`, so that every candidate is asked the same questions",
                    packet.id
                );
                diagnostics.push(Diagnostic::error(UNLOCKED_LIVE, place, message).help(help));
            }
            resolve::chosen(packet, guide, dropped, diagnostics)
        }
    }
}

/// Tells locks whose packet is not there. What could not be read is, but nobody knows what it says.
pub(super) fn tell_orphans(
    locks: &Locks,
    guide: &Guide,
    dropped: &BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) {
    for (id, written) in locks {
        let is_there = guide.asked.contains_key(id) || dropped.contains(id.as_str());
        if let (Some((_, start)), false) = (written, is_there) {
            let known = guide.packets.iter().map(|packet| packet.id.as_str()).collect::<Vec<_>>();
            let near = did_you_mean(id.as_str(), known.iter().copied()).unwrap_or_default();
            let help = format!("delete it, or give it its packet's name; {near}");
            let message = format!("this locks `{id}`, and there is no such packet");
            let problem = Diagnostic::warning(ORPHAN, *start, message);
            diagnostics.push(problem.help(help.trim_end_matches("; ")));
        }
    }
}

/// The places of `packet` that the questions of its lock go to, or how the two no longer fit.
fn cut<'a>(packet: &'a Packet, written: &WrittenLock) -> Result<Vec<Place<'a>>, Diagnostics> {
    let places: Vec<Place<'_>> = packet
        .parts
        .iter()
        .flat_map(|part| match &part.choice {
            Choice::Pick(ids) => ids.iter().map(|id| (part, Some(id))).collect(),
            Choice::Query { count, .. } => vec![(part, None); *count],
        })
        .collect();
    let help = format!("take the change back; or {}", accept(packet));
    let mut told = Diagnostics::default();
    for ((_, pick), locked) in places.iter().zip(&written.0) {
        let Some(pick) = pick.filter(|pick| pick.value != locked.value.question) else { continue };
        let message = format!("`{}` is picked, and `{}` is locked", pick.value, locked.value.question);
        let problem = Diagnostic::error(MISMATCH, pick.span, message);
        told.push(problem.related(locked.span, "locked here").help(help.clone()));
        if places.len() != written.0.len() {
            // One too many or too few shifts all that follow.
            return Err(told);
        }
    }
    if places.len() != written.0.len() && !told.has_errors() {
        let place = places.get(written.0.len()).or(places.last());
        let place = place.map_or(packet.title.span, |(part, pick)| pick.map_or(part.span, |pick| pick.span));
        let message =
            format!("the sections ask {} questions, and {} are locked", places.len(), written.0.len());
        told.push(Diagnostic::error(MISMATCH, place, message).help(help));
    }
    if told.has_errors() { Err(told) } else { Ok(places) }
}

fn locked(
    packet: &Packet,
    places: &[Place<'_>],
    written: &WrittenLock,
    guide: &Guide,
    dropped: &BTreeSet<String>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<(Asked, Span)> {
    let mut asked = Vec::with_capacity(places.len());
    for ((part, pick), locked) in places.iter().zip(&written.0) {
        let id = &locked.value.question;
        if guide.has_question(id) {
            diagnostics.extend(changed(packet, locked, guide, sources, diagnostics));
            let span = pick.map_or(locked.span, |pick| pick.span);
            asked.push((
                Asked { question: id.clone(), part: part.title.clone(), unscored: part.unscored },
                span,
            ));
        } else if !dropped.contains(id.as_str()) || !diagnostics.has_errors() {
            // Whoever picks it must pick another; whoever asked for a choice gets another.
            diagnostics.push(match pick {
                Some(pick) => {
                    let known: Vec<&str> = guide.question_ids().map(QuestionId::as_str).collect();
                    unknown("question", id.as_str(), pick.span, &known)
                }
                None => gone(packet, locked, guide),
            });
        }
    }
    asked
}

fn changed(
    packet: &Packet,
    locked: &Spanned<Locked>,
    guide: &Guide,
    sources: &Sources,
    told: &Diagnostics,
) -> Option<Diagnostic> {
    let question = guide.question(&locked.value.question);
    // How it reads is open as long as an error in it stands.
    if Locked::now(question, sources) == locked.value || told.has_errors_in(question.title.span.file) {
        return None;
    }
    let message = format!("`{}` has changed since `{}` was locked", question.id, packet.id);
    let help = format!("take the change back; or {}", accept(packet));
    let problem = Diagnostic::error(CHANGED, locked.span, message);
    Some(problem.related(question.title.span, "as it reads now").help(help))
}

fn gone(packet: &Packet, locked: &Spanned<Locked>, guide: &Guide) -> Diagnostic {
    let id = locked.value.question.as_str();
    let message = format!("`{id}` is locked, and there is no such question");
    let renamed = guide.questions.iter().find(|question| question.aliases.iter().any(|alias| alias == id));
    let back = renamed.map_or_else(
        || "bring it back".to_owned(),
        |question| format!("it is `{}` now: rename it back", question.id),
    );
    let help = format!("{back}; or {}", accept(packet));
    Diagnostic::error(GONE, locked.span, message).help(help)
}

/// How an author makes the lock say what the packet asks now.
fn accept(packet: &Packet) -> String {
    let id = &packet.id;
    format!("`askbook lock {id}` shows the difference, and `askbook lock --update {id}` accepts it")
}
