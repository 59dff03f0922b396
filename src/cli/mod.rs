//! The command line: arguments in, commands, words out.
mod build;
mod check;
mod lock;
mod pdf;
mod report;
mod serve;

use crate::{
    edition::Audience,
    io::{self, Error},
    pipeline::{Build, Builder, Options},
    source::{Diagnostic, Severity, Sources},
};
use anstream::ColorChoice;
use clap::{Args, Parser, Subcommand, ValueEnum};
use report::Format;
use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// 0: all is well. 1: the author has something to do. 2: the command could not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Fine,
    Findings,
}

/// Turns Markdown question files into an interview guide and printable interview packets.
///
/// Run it inside a guide: a folder that holds askbook.yaml, or any folder below it.
#[derive(Debug, Parser)]
#[command(
    name = "askbook",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 fine, 1 findings in the guide, 2 could not run."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

/// What every command takes.
#[derive(Debug, Args)]
struct Common {
    /// The guide's folder, instead of the one around the current folder
    #[arg(long, value_name = "DIR", global = true)]
    root: Option<PathBuf>,
    /// How remarks are printed
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human, global = true)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the guide and publish it, all or nothing
    Build(build::Arguments),
    /// Tell all that is wrong, and write nothing
    Check(check::Arguments),
    /// Fix which questions packets ask, and how they read
    Lock(lock::Arguments),
    /// Print packets, loops and hand-outs as PDF files
    Pdf(pdf::Arguments),
    /// Show the guide at 127.0.0.1, and rebuild it on every save
    Serve(serve::Arguments),
}

/// Which editions a command is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum EditionChoice {
    /// Everything, for those who interview
    Interviewer,
    /// The hand-outs, for candidates
    Candidate,
    /// Each in its own folder
    Both,
}

impl EditionChoice {
    fn options(self) -> Options {
        let audiences = match self {
            Self::Interviewer => vec![Audience::Interviewer],
            Self::Candidate => vec![Audience::Candidate],
            Self::Both => Audience::ALL.to_vec(),
        };
        Options { audiences }
    }
}

/// How wide a source line may be in a remark.
const WIDTH: usize = 110;

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match &arguments.command {
        Command::Build(build) => build::run(build, &arguments.common),
        Command::Check(check) => check::run(check, &arguments.common),
        Command::Lock(lock) => lock::run(lock, &arguments.common),
        Command::Pdf(pdf) => pdf::run(pdf, &arguments.common),
        Command::Serve(serve) => serve::run(serve, &arguments.common),
    };
    match outcome {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => {
            say_error(&error);
            ExitCode::from(2)
        }
    }
}

/// The machine's trouble, with its causes. A closed stream is nobody's: there is no one left to tell.
fn say_error(error: &dyn std::error::Error) {
    let _ = writeln!(anstream::stderr(), "{}", worded(error));
}

/// What happened, and why.
fn worded(error: &dyn std::error::Error) -> String {
    let mut message = format!("error: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        message.push_str(&format!("\n  because: {error}"));
        cause = error.source();
    }
    message
}

/// A guide on disk, read and built.
struct Guide {
    root: PathBuf,
    sources: Sources,
    build: Build,
}

impl Common {
    fn root(&self) -> Result<PathBuf, Error> {
        match &self.root {
            Some(root) => Ok(root.clone()),
            None => io::project::find_root(Path::new(".")),
        }
    }

    fn read_and_build(&self, builder: &Builder, options: &Options) -> Result<Guide, Error> {
        let root = self.root()?;
        let sources = io::project::read(&root)?;
        let build = builder.build(&sources, options);
        Ok(Guide { root, sources, build })
    }

    /// Says something to a person; a program that reads remarks gets nothing else.
    fn say(&self, words: &str) {
        if matches!(self.format, Format::Human | Format::Short) {
            let _ = writeln!(anstream::stderr(), "{words}");
        }
    }

    /// Prints every remark of `guide` to the error stream, and a line that counts them.
    fn report(&self, guide: &Guide) -> Outcome {
        self.report_all(guide.build.diagnostics(), &guide.sources)
    }

    /// Prints `diagnostics` to the error stream, and a line that counts them.
    fn report_all(&self, diagnostics: &[Diagnostic], sources: &Sources) -> Outcome {
        let colour = anstream::stderr().current_choice() != ColorChoice::Never;
        let style = report::Style { colour, width: WIDTH };
        let mut out = anstream::stderr().lock();
        let _ = report::write(&mut out, diagnostics, sources, self.format, style);
        drop(out);
        if let Some(summary) = report::summary(diagnostics) {
            self.say(&summary);
        }
        let has_errors = diagnostics.iter().any(|it| it.severity == Severity::Error);
        if has_errors { Outcome::Findings } else { Outcome::Fine }
    }
}
