//! Prints a page with a browser of its own, where a running one cannot be talked to.
use super::{PATIENCE, Program, ended, profile};
use crate::io::{child, error::Error};
use std::{
    fs::{self, File},
    process::{Command, Stdio},
};

/// The file that the page at `address` is printed into.
pub(super) fn print(program: &Program, address: &str) -> Result<Vec<u8>, Error> {
    let profile = profile()?;
    let (printed, said) = (profile.path().join("printed.pdf"), profile.path().join("said.txt"));
    let stderr = File::create(&said).map_err(Error::write_file(&said))?;
    let mut command = Command::new(&program.path);
    command.args(&program.arguments).args(["--no-pdf-header-footer", "--generate-pdf-document-outline"]);
    command.arg(option("--user-data-dir=", &profile.path().join("profile")));
    command.arg(option("--print-to-pdf=", &printed)).arg(address);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(stderr);
    let cannot_start = |source| Error::BrowserStart { path: program.path.clone(), source };
    let mut child = command.spawn().map_err(cannot_start)?;
    if child::wait(&mut child, PATIENCE).map_err(cannot_start)?.is_none() {
        return Err(Error::PageTimeout {
            page: address.to_owned(),
            waited_for: "the printed file",
            seconds: PATIENCE.as_secs(),
        });
    }
    fs::read(&printed).map_err(|_| {
        let said = fs::read(&said).unwrap_or_default();
        ended(&program.path, &String::from_utf8_lossy(&said))
    })
}

fn option(name: &str, path: &std::path::Path) -> std::ffi::OsString {
    let mut option = std::ffi::OsString::from(name);
    option.push(path);
    option
}
