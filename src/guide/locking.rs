//! What `askbook lock` would write for each packet, and what stands in its way.
use super::{
    id::{PacketId, QuestionId},
    lock::{Change, Lock},
    model::Guide,
    packet::{Choice, Packet},
    parse,
};
use crate::{
    source::{Diagnostic, Diagnostics, Severity, Sources},
    text::markdown::Markdown,
};
use std::collections::BTreeSet;

/// A packet that may be locked.
#[derive(Debug, Clone)]
pub struct Locking {
    /// Its id.
    pub packet: PacketId,
    /// Where its lock is kept.
    pub path: String,
    /// What its lock says, beside what it asks.
    pub standing: Standing,
}

/// How a packet's lock and what it asks stand to each other.
#[derive(Debug, Clone)]
pub enum Standing {
    /// Errors of its own, or of a question that it asks, keep it from being locked.
    Unsettled(Vec<Diagnostic>),
    /// It has no lock.
    New(Lock),
    /// Its lock says what it asks.
    Unchanged(Lock),
    /// Its lock says something else.
    Differs {
        /// What it asks now.
        lock: Lock,
        /// From the lock that is there to this one.
        changes: Vec<Change>,
        /// The files of questions that changed.
        edited: Vec<String>,
    },
    /// Its lock cannot be read.
    Unreadable {
        /// What it asks now.
        lock: Lock,
        /// What is wrong with the lock that is there.
        told: Vec<Diagnostic>,
    },
}

/// Every packet of `sources`, by path, beside its lock; `remarks` is what is known of the sources.
pub fn lockings(
    sources: &Sources,
    default_scale: &str,
    markdown: &Markdown,
    mut remarks: Diagnostics,
) -> Vec<Locking> {
    let mut of_locks = Diagnostics::default();
    let locks = parse::locks(sources, &mut of_locks);
    let guide = parse::unlocked(sources, default_scale, markdown, &mut remarks);
    let (remarks, of_locks) = (remarks.sorted(), of_locks.sorted());
    let told_of = |path: &str| {
        let remarks = remarks.iter().chain(&of_locks);
        let is_there = |it: &&Diagnostic| it.span.is_some_and(|span| sources.get(span.file).path == path);
        remarks.filter(is_there).cloned().collect::<Vec<_>>()
    };
    let locking = |(packet, file): (PacketId, &str)| {
        let path = format!("{}.lock", file.strip_suffix(".md").unwrap_or(file));
        let standing = match settled(&packet, file, &guide, sources, &remarks) {
            Err(told) => Standing::Unsettled(told),
            Ok(lock) => match locks.get(&packet) {
                None => Standing::New(lock),
                Some(None) => Standing::Unreadable { lock, told: told_of(&path) },
                Some(Some((written, _))) if written.lock() == lock => Standing::Unchanged(lock),
                Some(Some((written, _))) => {
                    let changes = written.lock().changes(&lock);
                    let edited = changes.iter().filter_map(|change| match change {
                        Change::Edited { question, .. } => Some(guide.question(question).path.clone()),
                        _ => None,
                    });
                    Standing::Differs { lock, edited: edited.collect(), changes }
                }
            },
        };
        Locking { packet, path, standing }
    };
    parse::packet_files(sources).into_iter().map(locking).collect()
}

/// What `packet` asks now, or what keeps it from being known.
fn settled(
    packet: &PacketId,
    file: &str,
    guide: &Guide,
    sources: &Sources,
    remarks: &[Diagnostic],
) -> Result<Lock, Vec<Diagnostic>> {
    let whole = guide.packets.iter().find(|it| it.id == *packet);
    let asked: Vec<&QuestionId> =
        guide.asked.get(packet).into_iter().flatten().map(|it| &it.question).collect();
    let named: BTreeSet<&str> =
        asked.iter().copied().chain(whole.into_iter().flat_map(picks)).map(QuestionId::as_str).collect();
    let concerns = |told: &&Diagnostic| {
        told.span.is_some_and(|span| {
            let source = sources.get(span.file);
            source.path == file || (parse::is_question(&source.path) && named.contains(source.stem()))
        })
    };
    let told: Vec<Diagnostic> = remarks.iter().filter(concerns).cloned().collect();
    // A picked question that was left out with no more than a warning leaves a hole all the same.
    let has_hole = whole.is_none_or(|whole| picks(whole).any(|id| !guide.has_question(id)));
    if has_hole || told.iter().any(|it| it.severity == Severity::Error) {
        return Err(told);
    }
    Ok(Lock::of(asked.into_iter().map(|id| guide.question(id)), sources))
}

fn picks(packet: &Packet) -> impl Iterator<Item = &QuestionId> {
    let picked = packet.parts.iter().filter_map(|part| match &part.choice {
        Choice::Pick(ids) => Some(ids.iter().map(|id| &id.value)),
        Choice::Query { .. } => None,
    });
    picked.flatten()
}
