//! `askbook check`: all that is wrong, and nothing written.
use super::{Common, Guide, Outcome};
use crate::{
    io::{Error, Rustc, Tried},
    pipeline::{Builder, Options},
    source::{Diagnostic, Diagnostics},
    text::sample::{Sample, Verdict},
};

/// What `check` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Also compile and run the Rust code of the guide, as the words of each block say
    #[arg(long)]
    code: bool,
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<Outcome, Error> {
    let builder = Builder::default();
    let guide = common.read_and_build(&builder, &Options::default())?;
    let mut told = Diagnostics::default();
    told.extend(guide.build.diagnostics().iter().cloned());
    let mut summary = None;
    if arguments.code {
        let (failures, counts) = try_code(&builder, &guide)?;
        told.extend(failures);
        summary = Some(counts);
    }
    let told = told.sorted();
    let outcome = common.report_all(&told, &guide.sources);
    if let Some(summary) = summary {
        common.say(&summary);
    }
    if told.is_empty() {
        common.say("nothing to tell: the guide is fine");
    }
    Ok(outcome)
}

/// Compiles and runs the guide's Rust code: what is not as its words say, and a line that counts.
fn try_code(builder: &Builder, guide: &Guide) -> Result<(Vec<Diagnostic>, String), Error> {
    let samples = builder.samples(&guide.sources);
    let rustc = Rustc::for_samples(&guide.root, &samples)?;
    let tried = rustc.try_samples(&samples)?;
    let judged = samples.iter().zip(&tried);
    let failures =
        judged.filter_map(|(sample, tried)| sample.judge(tried.verdict.as_ref()?)).collect::<Vec<_>>();
    let mut summary = counts(&samples, &tried);
    summary.push_str(&format!(", with {}", rustc.version));
    for sample in samples.iter().zip(&tried).filter(|(_, tried)| tried.verdict.is_none()).map(|(it, _)| it) {
        let source = guide.sources.get(sample.span.file);
        let line = source.line_column(sample.span.start).line;
        summary.push_str(&format!("\nignored: {}:{line}", source.path));
    }
    Ok((failures, summary))
}

/// "12 code blocks: 8 ran, 2 compiled, 1 was refused, 1 ignored; 3 use the guide's crates".
fn counts(samples: &[Sample], tried: &[Tried]) -> String {
    let count =
        |is: fn(&Verdict) -> bool| tried.iter().filter(|it| it.verdict.as_ref().is_some_and(is)).count();
    let ran = count(|it| matches!(it, Verdict::Ended { .. } | Verdict::TookTooLong(_)));
    let compiled = count(|it| matches!(it, Verdict::Compiled));
    let refused = count(|it| matches!(it, Verdict::Refused(_)));
    let ignored = tried.iter().filter(|it| it.verdict.is_none()).count();
    let with_crates = tried.iter().filter(|it| it.uses_crates).count();
    format!(
        "{} Rust code blocks: {ran} run, {compiled} only compiled, {refused} refused by the compiler, \
         {ignored} ignored; {with_crates} use crates",
        samples.len()
    )
}
