//! `askbook build`: the guide, published.
use super::{Common, EditionChoice, Guide, Outcome};
use crate::{
    edition::Audience,
    io::{self, Error, Published},
    pipeline::Builder,
};
use std::{io::Write as _, path::PathBuf};

/// What `build` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Which editions to build
    #[arg(long, value_enum, default_value_t = EditionChoice::Both)]
    edition: EditionChoice,
    /// Where to, instead of the folder that askbook.yaml names; with one edition only
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<Outcome, Error> {
    if arguments.out.is_some() && arguments.edition == EditionChoice::Both {
        let message = "`--out` names one folder, and there are two editions; add `--edition interviewer` or `candidate`\n";
        clap::Error::raw(clap::error::ErrorKind::ArgumentConflict, message).exit();
    }
    let guide = common.read_and_build(&Builder::default(), &arguments.edition.options())?;
    let outcome = common.report(&guide);
    if outcome == Outcome::Findings {
        common.say("nothing was published; what was published before is as it was");
        return Ok(outcome);
    }
    publish(arguments, &guide)?;
    Ok(outcome)
}

/// Every folder is looked at before the first is written.
fn publish(arguments: &Arguments, guide: &Guide) -> Result<(), Error> {
    let editions: Vec<_> = guide
        .build
        .editions()
        .iter()
        .map(|(audience, artifacts)| (*audience, folder(arguments, guide, *audience), artifacts))
        .collect();
    let folders: Vec<PathBuf> = editions.iter().map(|(_, folder, _)| folder.clone()).collect();
    for folder in &folders {
        io::refuse_unsafe(folder, &guide.root)?;
    }
    io::refuse_nested(&with_other_edition(folders, arguments, guide))?;
    for (_, folder, artifacts) in &editions {
        io::refuse_loss(artifacts, folder)?;
    }
    for (audience, folder, artifacts) in editions {
        let published = io::publish(artifacts, &folder)?;
        let line = summary(audience, &folder.display().to_string(), &published);
        let _ = writeln!(anstream::stdout(), "{line}");
    }
    Ok(())
}

/// `--out` must not put one edition where the other one is published.
fn with_other_edition(mut folders: Vec<PathBuf>, arguments: &Arguments, guide: &Guide) -> Vec<PathBuf> {
    let config = guide.build.config();
    if arguments.out.is_some() {
        let other = match arguments.edition {
            EditionChoice::Candidate => &config.interviewer_output,
            EditionChoice::Interviewer | EditionChoice::Both => &config.candidate_output,
        };
        folders.push(guide.root.join(other));
    }
    folders
}

fn folder(arguments: &Arguments, guide: &Guide, audience: Audience) -> PathBuf {
    let config = guide.build.config();
    match (&arguments.out, audience) {
        (Some(folder), _) => folder.clone(),
        (None, Audience::Interviewer) => guide.root.join(&config.interviewer_output),
        (None, Audience::Candidate) => guide.root.join(&config.candidate_output),
    }
}

fn summary(audience: Audience, folder: &str, published: &Published) -> String {
    let Published { written, unchanged, removed } = published;
    let folder = folder.strip_prefix("./").unwrap_or(folder);
    format!(
        "{audience} edition: {folder}/ ({written} files written, {unchanged} unchanged, {removed} removed)"
    )
}
