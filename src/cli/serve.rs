//! `askbook serve`: the guide from memory, rebuilt on save.
use super::{Common, EditionChoice, Guide, Outcome, WIDTH, report, say_error, worded};
use crate::{
    io::{self, Changed, Error, Server, Watch},
    pipeline::Builder,
};
use std::{io::Write as _, sync::Arc, time::Duration};

/// How long one wait for a change lasts; then comes the next.
const PATIENCE: Duration = Duration::from_hours(1);

/// What `serve` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The port; without it 4300, or the next free one
    #[arg(long)]
    port: Option<u16>,
    /// Which edition to show
    #[arg(long, value_enum, default_value_t = Shown::Interviewer)]
    edition: Shown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Shown {
    /// Everything, for those who interview
    Interviewer,
    /// The hand-outs, for candidates
    Candidate,
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<Outcome, Error> {
    let choice = match arguments.edition {
        Shown::Interviewer => EditionChoice::Interviewer,
        Shown::Candidate => EditionChoice::Candidate,
    };
    let builder = Builder::default();
    let root = common.root()?;
    // Watched before the first build, so that a save during it is not missed.
    let mut watch = Watch::new(&io::project::watched(&root))?;
    let server = Server::start(arguments.port)?;
    let mut greeting = Some(format!("serving http://{}/ (Ctrl-C ends it)", server.address()));
    let mut out = anstream::stderr();
    loop {
        if let Some(notice) = watch.take_notice() {
            let _ = writeln!(out, "note: {notice}");
        }
        match common.read_and_build(&builder, &choice.options()) {
            Ok(guide) => show(&server, &guide, common),
            // A file that is being replaced can be gone for a moment.
            Err(error) => {
                say_error(&error);
                server.set_problems(worded(&error));
            }
        }
        if let Some(greeting) = greeting.take() {
            let _ = writeln!(out, "{greeting}");
        }
        while watch.wait(PATIENCE) == Changed::Nothing {}
    }
}

fn show(server: &Server, guide: &Guide, common: &Common) {
    common.report(guide);
    match guide.build.editions().values().next() {
        Some(artifacts) => server.set(Arc::new(artifacts.clone())),
        None => server.set_problems(problems(guide)),
    }
}

/// What the browser shows over the last good page.
fn problems(guide: &Guide) -> String {
    let mut text = Vec::new();
    let style = report::Style { colour: false, width: WIDTH };
    let (diagnostics, sources) = (guide.build.diagnostics(), &guide.sources);
    report::write(&mut text, diagnostics, sources, report::Format::Human, style)
        .expect("memory takes every byte");
    String::from_utf8_lossy(&text).into_owned()
}
