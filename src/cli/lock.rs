//! `askbook lock`: fixes which questions a packet asks.
use super::{Common, Outcome};
use crate::{
    io::{self, Error},
    pipeline::{Builder, Change, Lock, Locking, Standing},
    source::{Diagnostic, Diagnostics, did_you_mean},
};
use std::{io::Write as _, path::Path};

/// What `lock` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Which packets to lock, by id; without any, all of them
    #[arg(value_name = "PACKET")]
    packets: Vec<String>,
    /// Change locks that are there, too, and tell how they change
    #[arg(long)]
    update: bool,
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<Outcome, Error> {
    let root = common.root()?;
    let sources = io::project::read(&root)?;
    let lockings = named(Builder::default().lockings(&sources), &arguments.packets);
    let mut told = Diagnostics::default();
    let mut is_fine = true;
    for locking in &lockings {
        told.extend(standing_in_the_way(locking, arguments.update));
        is_fine &= lock(locking, arguments.update, &root, common)?;
    }
    let told = told.sorted();
    if !told.is_empty() {
        common.report_all(&told, &sources);
    }
    if lockings.is_empty() {
        common.say("there is no packet to lock");
    }
    Ok(if is_fine { Outcome::Fine } else { Outcome::Findings })
}

/// Those that `names` name, or all if it names none.
fn named(lockings: Vec<Locking>, names: &[String]) -> Vec<Locking> {
    let known: Vec<&str> = lockings.iter().map(|locking| locking.packet.as_str()).collect();
    for name in names {
        if !known.contains(&name.as_str()) {
            let help = did_you_mean(name, known.iter().copied()).unwrap_or_default();
            let message = format!("there is no packet `{name}`; {help}\n").replace("; \n", "\n");
            clap::Error::raw(clap::error::ErrorKind::InvalidValue, message).exit();
        }
    }
    let is_named =
        |locking: &Locking| names.is_empty() || names.iter().any(|it| it == locking.packet.as_str());
    lockings.into_iter().filter(is_named).collect()
}

fn standing_in_the_way(locking: &Locking, update: bool) -> Vec<Diagnostic> {
    match &locking.standing {
        Standing::Unsettled(told) => told.clone(),
        Standing::Unreadable { told, .. } if !update => told.clone(),
        _ => Vec::new(),
    }
}

/// Writes a packet's lock if it may, and says what became of it. False if there is something to do first.
fn lock(locking: &Locking, update: bool, root: &Path, common: &Common) -> Result<bool, Error> {
    let packet = &locking.packet;
    let write = |lock: &Lock| io::write_file(&root.join(&locking.path), lock.text(packet).as_bytes());
    match &locking.standing {
        Standing::Unsettled(_) => {
            print(&format!("{packet}: not locked, because what it asks is not settled"));
            Ok(false)
        }
        Standing::New(lock) => {
            write(lock)?;
            print(&format!("{packet}: locked, {}", counted(lock)));
            Ok(true)
        }
        Standing::Unchanged(lock) => {
            print(&format!("{packet}: unchanged, {}", counted(lock)));
            Ok(true)
        }
        Standing::Unreadable { .. } if !update => {
            print(&format!("{packet}: not locked, because its lock cannot be read"));
            Ok(false)
        }
        Standing::Unreadable { lock, .. } => {
            write(lock)?;
            print(&format!("{packet}: locked anew, {}", counted(lock)));
            Ok(true)
        }
        Standing::Differs { lock, changes, edited } => {
            if update {
                write(lock)?;
                print(&format!("{packet}: lock updated, {}", counted(lock)));
            } else {
                print(&format!("{packet}: not as locked; the lock stays as it is"));
            }
            changes.iter().map(Change::to_string).for_each(|change| print(&format!("  {change}")));
            if !edited.is_empty()
                && let Some(command) = io::git_diff(root, &locking.path, edited)
            {
                common.say(&format!("how the text changed: {command}"));
            }
            if !update {
                common.say(&format!("`askbook lock --update {packet}` accepts this"));
            }
            Ok(update)
        }
    }
}

/// A closed stream is nobody's trouble: there is no one left to tell.
fn print(line: &str) {
    let _ = writeln!(anstream::stdout(), "{line}");
}

/// "3 questions".
fn counted(lock: &Lock) -> String {
    let s = if lock.len() == 1 { "" } else { "s" };
    format!("{} question{s}", lock.len())
}
