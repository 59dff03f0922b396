//! `askbook check`: the same remarks as `build`, and nothing written.
use super::{Common, Outcome};
use crate::{
    io::Error,
    pipeline::{Builder, Options},
};

pub(super) fn run(common: &Common) -> Result<Outcome, Error> {
    let guide = common.read_and_build(&Builder::default(), &Options::default())?;
    let outcome = common.report(&guide);
    if guide.build.diagnostics().is_empty() {
        common.say("nothing to tell: the guide is fine");
    }
    Ok(outcome)
}
