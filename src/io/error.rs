//! What the machine can refuse us, one variant a situation.
use std::{
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// How many files a message names before it only counts them.
const NAMED_FILES: usize = 5;

/// What ended a command that the author could not have written better.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No guide here or above.
    #[error(
        "no `askbook.yaml` in `{start}` or a folder above it; \
         run askbook inside a guide, or name the guide's folder with `--root`"
    )]
    NoProject {
        /// Where the search began.
        start: PathBuf,
    },
    /// A file or folder of the project cannot be read.
    #[error("cannot read `{path}`")]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// A file or folder of the new site cannot be written.
    #[error("cannot write `{path}`; the site that was there is untouched")]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The finished site cannot take the place of the old one.
    #[error(
        "cannot replace `{path}`, for instance because it is a mount point; choose a folder inside it with `--out`"
    )]
    Swap {
        /// The output folder.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The output folder holds files and was not made by us.
    #[error(
        "`{path}` was not made by askbook and holds {}; choose another folder with `--out`, or empty this one",
        listed(files)
    )]
    ForeignOutput {
        /// The output folder.
        path: PathBuf,
        /// What is in it, relative to it.
        files: Vec<PathBuf>,
    },
    /// Files in the output folder hold a person's work, and the build would replace them.
    #[error(
        "in `{path}`, {} are not as the last build left them and would be replaced; \
         keep what is new in them elsewhere, then delete them or move them away",
        listed(files)
    )]
    EditedOutput {
        /// The output folder.
        path: PathBuf,
        /// The files, relative to it.
        files: Vec<PathBuf>,
    },
    /// The list of what we made cannot be understood, so nothing can be told from a person's work.
    #[error(
        "line {line} of `{path}` is damaged; restore the file, or delete the folder it is in and build again"
    )]
    DamagedManifest {
        /// The list.
        path: PathBuf,
        /// 1-based.
        line: usize,
    },
    /// A place no site may be written to.
    #[error("`{path}` cannot be the output folder: it {reason}; choose another with `--out`")]
    UnsafeOutput {
        /// What was asked for.
        path: PathBuf,
        /// Completes "it …".
        reason: &'static str,
    },
    /// Two editions would be written into each other.
    #[error("output folder `{inner}` lies in output folder `{outer}`; give each edition a folder of its own")]
    NestedOutput {
        /// The one inside.
        inner: PathBuf,
        /// The one around it.
        outer: PathBuf,
    },
    /// Another build is writing there.
    #[error("another askbook is writing `{path}`; wait until it is done")]
    Busy {
        /// The output folder.
        path: PathBuf,
    },
    /// Something that cannot be a lock stands where the lock is to be.
    #[error(
        "`{path}` is where a build keeps its lock, and it is not a regular file; \
         delete it, or name another folder for temporary files in `TMPDIR`"
    )]
    ForeignLock {
        /// Where the lock is to be.
        path: PathBuf,
    },
    /// The port that was asked for is in use.
    #[error(
        "port {port} is in use; choose another with `--port`, or leave the option out and a free one is found"
    )]
    PortTaken {
        /// The port.
        port: u16,
        /// The cause.
        source: io::Error,
    },
    /// None of the ports we try is free.
    #[error("ports {first} to {last} are all in use; choose another with `--port`")]
    NoFreePort {
        /// The first we tried.
        first: u16,
        /// The last.
        last: u16,
    },
    /// A tool of Rust's is needed and cannot be started.
    #[error("cannot run `{program}`, which compiles code samples; install Rust from https://rustup.rs")]
    NoToolchain {
        /// The tool.
        program: String,
        /// The cause.
        source: io::Error,
    },
    /// The crates that samples use cannot be built.
    #[error("cannot build the crates that code samples use, of `{package}`; cargo says:\n{said}")]
    SampleCrates {
        /// The manifest that names them.
        package: PathBuf,
        /// What cargo wrote.
        said: String,
    },
    /// A file of its own cannot be written.
    #[error("cannot write `{path}`; what was there is untouched")]
    WriteFile {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// There is no browser to print with.
    #[error(
        "no Chromium-family browser found (looked for chromium, google-chrome, microsoft-edge, brave on PATH\n       \
         and in the usual places)\n  \
         {}: {page}\n  \
         Open it in any browser and print it to PDF; Chrome or Edge also give page numbers.\n  \
         Or install one (Debian: apt install chromium) or point to one: askbook pdf --engine /path/to/chrome",
        if *is_built { "The printable page is already built" } else { "`askbook build` makes the printable page" }
    )]
    NoBrowser {
        /// The page to open instead.
        page: PathBuf,
        /// Whether it is there already.
        is_built: bool,
    },
    /// What somebody named as the browser is none.
    #[error("`{path}`, which {named_by} names, is not a program")]
    NotABrowser {
        /// What was named.
        path: PathBuf,
        /// The option, variable or key that names it.
        named_by: &'static str,
    },
    /// The browser cannot be started.
    #[error("cannot start the browser `{path}`")]
    BrowserStart {
        /// The browser.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The browser will not run without its sandbox, or not as root.
    #[error(
        "the browser `{path}` cannot use its sandbox, for instance because this is root; run askbook as another user, \
         or, where all pages and the machine are yours to lose, add `--no-sandbox`"
    )]
    Sandbox {
        /// The browser.
        path: PathBuf,
    },
    /// The browser ended by itself.
    #[error("the browser `{path}` ended by itself; the last it said: {said}")]
    BrowserEnded {
        /// The browser.
        path: PathBuf,
        /// Its last line.
        said: String,
    },
    /// The browser cannot print what we need.
    #[error(
        "the browser `{path}` is too old: found {found}, need Chrome {needed} or newer for running heads and page numbers"
    )]
    OldBrowser {
        /// The browser.
        path: PathBuf,
        /// What it says it is.
        found: String,
        /// The first release that will do.
        needed: u32,
    },
    /// A page was not printed in time.
    #[error("`{page}` was not printed within {seconds} s: still waiting for {waited_for}")]
    PageTimeout {
        /// The page's address.
        page: String,
        /// What had not happened.
        waited_for: &'static str,
        /// How long we waited.
        seconds: u64,
    },
    /// A page cannot be printed.
    #[error("the browser cannot print `{page}`: {problem}")]
    BrowserRefused {
        /// The page's address.
        page: String,
        /// What it says.
        problem: String,
    },
    /// Somebody asked us to stop.
    #[error("interrupted; the files that were printed before are in their place")]
    Interrupted,
    /// The server cannot listen.
    #[error("cannot serve at `{address}`; choose a port above 1023 with `--port`")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// The cause.
        source: io::Error,
    },
}

impl Error {
    /// Makes the error of a failed read of `path`, for `map_err`.
    pub(super) fn read(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Read { path: path.to_owned(), source }
    }

    /// Makes the error of a failed write of the lone file at `path`, for `map_err`.
    pub(super) fn write_file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::WriteFile { path: path.to_owned(), source }
    }

    /// Makes the error of a failed write of `path`, for `map_err`.
    pub(super) fn write(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Write { path: path.to_owned(), source }
    }
}

fn listed(files: &[PathBuf]) -> String {
    let named: Vec<String> =
        files.iter().take(NAMED_FILES).map(|file| format!("`{}`", file.display())).collect();
    match files.len().saturating_sub(NAMED_FILES) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_five_files_and_counts_the_rest() {
        let files = (1..=7).map(|number| PathBuf::from(format!("{number}.txt"))).collect();
        let error = Error::ForeignOutput { path: "public".into(), files };
        assert_eq!(
            error.to_string(),
            "`public` was not made by askbook and holds `1.txt`, `2.txt`, `3.txt`, `4.txt`, `5.txt` and 2 more; \
             choose another folder with `--out`, or empty this one"
        );
    }
}
