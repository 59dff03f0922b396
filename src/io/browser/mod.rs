//! The Chromium-family browser that is installed, and what it prints.
mod find;
mod once;
mod pipe;

use super::error::Error;
use pipe::Pipe;
use serde::Deserialize;
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    time::Duration,
};
use tempfile::TempDir;

pub use find::Wanted;

/// The first release that prints margin boxes: running heads and page numbers.
pub const OLDEST: u32 = 131;
/// How long a page may take, from its address to its file.
const PATIENCE: Duration = Duration::from_mins(1);
/// More arguments for every start, separated by spaces.
const ARGUMENTS: &str = "ASKBOOK_BROWSER_ARGUMENTS";
/// No window, no first-run pages, no traffic of its own.
const QUIETLY: [&str; 9] = [
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-extensions",
];

/// A browser, ready to print. Dropping it ends it.
#[derive(Debug)]
pub struct Browser(Way);

/// How it is driven.
#[derive(Debug)]
enum Way {
    /// One browser for all pages, which also measures them.
    Pipe(Box<Pipe>),
    /// A browser a page.
    Once(Program),
}

/// What is started.
#[derive(Debug, Clone)]
struct Program {
    path: PathBuf,
    arguments: Vec<OsString>,
}

/// What is printed on, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sheet {
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

/// A printed page.
#[derive(Debug)]
pub struct Printed {
    /// The file.
    pub pdf: Vec<u8>,
    /// How the page was laid out, if the browser could be asked.
    pub layout: Option<Layout>,
}

/// A page as it is laid out on paper.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Layout {
    /// The parts that are made to fill whole sides.
    pub sheets: Vec<Part>,
    /// The parts whose text is wider than their place.
    pub wide: Vec<Wide>,
    /// Whether there is text beside the sheets, which takes as many sides as it needs.
    pub flows: bool,
}

/// A part that is made to fill whole sides of paper.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Part {
    /// Its heading.
    pub name: String,
    /// How many sides it fills at least: its last lines may just fit on the one before.
    pub least: usize,
    /// How many sides it fills.
    pub sides: usize,
    /// What goes over them, in pixels.
    pub excess: f64,
}

/// A part whose text is cut off.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Wide {
    /// How it begins.
    pub name: String,
    /// How much is cut off, in pixels.
    pub excess: f64,
}

/// How many millimetres a pixel has.
pub const PIXEL: f64 = 25.4 / 96.0;

impl Browser {
    /// Finds the browser that is wanted and starts it; `None` if there is none.
    ///
    /// The sandbox keeps a hostile page from the machine. It is given up only when somebody says so.
    pub fn start(wanted: Wanted<'_>, without_sandbox: bool) -> Result<Option<Self>, Error> {
        let Some(path) = find::find(wanted)? else { return Ok(None) };
        let mut arguments: Vec<OsString> = QUIETLY.map(OsString::from).to_vec();
        if without_sandbox {
            arguments.push("--no-sandbox".into());
        }
        let more = std::env::var(ARGUMENTS).unwrap_or_default();
        arguments.extend(more.split_whitespace().map(OsString::from));
        let program = Program { path, arguments };
        // Other systems hand over pipes in ways that only unsafe code can take.
        let way = if cfg!(unix) { Way::Pipe(Box::new(Pipe::start(&program)?)) } else { Way::Once(program) };
        Ok(Some(Self(way)))
    }

    /// Prints the page at `address` on `paper`.
    pub fn print(&mut self, address: &str, paper: Sheet) -> Result<Printed, Error> {
        match &mut self.0 {
            Way::Pipe(pipe) => pipe.print(address, paper),
            Way::Once(program) => Ok(Printed { pdf: once::print(program, address)?, layout: None }),
        }
    }
}

/// What to tell those who have no browser of the kind and can print `page` themselves.
pub fn no_browser(page: &Path) -> Error {
    let shown = page.strip_prefix(".").unwrap_or(page);
    Error::NoBrowser { page: shown.to_owned(), is_built: page.is_file() }
}

/// A folder for all that a browser writes, which goes with it.
fn profile() -> Result<TempDir, Error> {
    let folder = tempfile::Builder::new().prefix("askbook-browser-").tempdir();
    folder.map_err(Error::write_file(&std::env::temp_dir()))
}

/// The release in "HeadlessChrome/156.0.8078.79".
pub fn release(product: &str) -> Option<u32> {
    let (_, version) = product.split_once("Chrome/").or_else(|| product.rsplit_once('/'))?;
    version.split('.').next()?.parse().ok()
}

/// Why a browser ended by itself, from what it said on its error stream.
fn ended(path: &Path, said: &str) -> Error {
    if said.contains("no-sandbox") || said.contains("No usable sandbox") {
        return Error::Sandbox { path: path.to_owned() };
    }
    let line = said.lines().rev().map(str::trim).find(|line| !line.is_empty());
    Error::BrowserEnded { path: path.to_owned(), said: line.unwrap_or("nothing").to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_read_of_every_name() {
        assert_eq!(release("HeadlessChrome/156.0.8078.79"), Some(156));
        assert_eq!(release("Chrome/131.0.6778.0"), Some(131));
        assert_eq!(
            release("Mozilla/5.0 (X11) AppleWebKit/537.36 HeadlessChrome/120.0.0.0 Safari/537.36"),
            Some(120)
        );
        assert_eq!(release("Edg/140.0.1"), Some(140));
        assert_eq!(release("Firefox"), None);
    }
}
