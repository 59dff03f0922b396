//! Reads the project: `askbook.yaml` and everything below `content/` and `themes/`, as text and bytes in memory.
use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fmt::Write as _,
    fs::{self, File, FileType},
    io::{self, Read as _},
    ops::Range,
    path::{Path, PathBuf},
    time::SystemTime,
};

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization as _;
use walkdir::{DirEntry, WalkDir};

use super::error::Error;
use crate::source::{Code, Diagnostic, FileId, Severity, Sources, Span};

const CONFIG: &str = "askbook.yaml";
const FOLDERS: [&str; 2] = ["content", "themes"];
/// The crate that `check --code` builds the guide's samples in: its files are not pages.
const SAMPLES: &str = "content/code";

const MAX_TEXT: u64 = 1 << 20;
const MAX_ASSET: u64 = 16 << 20;

const NOT_UTF8: Code = Code("not-utf8");
const FILE_TOO_LARGE: Code = Code("file-too-large");
const SYMLINK: Code = Code("symlink");
const SPECIAL_FILE: Code = Code("special-file");
const UNKNOWN_FILE_KIND: Code = Code("unknown-file-kind");
const REFUSED_FILE_KIND: Code = Code("refused-file-kind");
const FILE_NAME: Code = Code("file-name");
const CASE_COLLISION: Code = Code("case-collision");

/// The nearest folder, from `start` upwards, that holds `askbook.yaml`.
pub fn find_root(start: &Path) -> Result<PathBuf, Error> {
    let start = fs::canonicalize(start).map_err(Error::read(start))?;
    match start.ancestors().find(|folder| folder.join(CONFIG).is_file()) {
        Some(root) => Ok(root.to_owned()),
        None => Err(Error::NoProject { start }),
    }
}

/// The files and folders a build of the project at `root` depends on.
pub fn watched(root: &Path) -> Vec<PathBuf> {
    [CONFIG].into_iter().chain(FOLDERS).map(|name| root.join(name)).collect()
}

/// Reads the project at `root`. What an author should know of a file that was not taken in is a remark.
pub fn read(root: &Path) -> Result<Sources, Error> {
    let entries = survey(root)?;
    let readings = entries.par_iter().map(Entry::read).collect::<Result<Vec<_>, _>>()?;
    let mut sources = Sources::default();
    let mut names = Names::default();
    for (entry, reading) in entries.into_iter().zip(readings) {
        let file = match reading {
            Reading::Text(text) => Some(sources.insert(entry.path.clone(), text)),
            Reading::Asset(bytes) => {
                sources.insert_asset(entry.path.clone(), bytes);
                None
            }
            Reading::Trouble(trouble) => {
                let file = sources.insert_unreadable(entry.path, trouble.text.clone());
                sources.remark(trouble.at(file));
                continue;
            }
            Reading::Gone => continue,
        };
        names.add(entry.path, file, &mut sources);
    }
    Ok(sources)
}

/// Whether a build does not look at `path`, which begins with `content`, `themes` or `askbook.yaml`.
pub(super) fn is_left_out(path: &Path) -> bool {
    path.starts_with(SAMPLES) || path.iter().any(is_litter)
}

/// Files that editors and systems leave behind, and everything hidden.
fn is_litter(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || name.ends_with("___jb_tmp___")
        || (name.starts_with('#') && name.ends_with('#'))
        || matches!(&*name, "4913" | "Thumbs.db" | "desktop.ini")
}

/// What tells one state of a file from another without reading it.
pub(super) type Stamp = (u64, Option<SystemTime>);

/// A stamp for every file at or below `paths` that a build looks at.
pub(super) fn stamps(paths: &[PathBuf]) -> BTreeMap<PathBuf, Stamp> {
    let stamp = |entry: DirEntry| {
        let metadata = entry.metadata().ok().filter(|metadata| !metadata.is_dir())?;
        Some((entry.into_path(), (metadata.len(), metadata.modified().ok())))
    };
    paths.iter().flat_map(|path| walk(path.clone()).filter_map(Result::ok).filter_map(stamp)).collect()
}

type Walk<F> = walkdir::FilterEntry<walkdir::IntoIter, F>;

fn walk(top: PathBuf) -> Walk<impl FnMut(&DirEntry) -> bool> {
    let base = top.parent().unwrap_or(&top).to_owned();
    WalkDir::new(top)
        .follow_root_links(false)
        .into_iter()
        .filter_entry(move |entry| !is_left_out(entry.path().strip_prefix(&base).unwrap_or(entry.path())))
}

/// Everything a build may want, in path order.
fn survey(root: &Path) -> Result<Vec<Entry>, Error> {
    let config = root.join(CONFIG);
    let file_type = fs::symlink_metadata(&config).map_err(Error::read(&config))?.file_type();
    let mut entries = vec![Entry { path: CONFIG.to_owned(), kind: kind(CONFIG, file_type), place: config }];
    for folder in FOLDERS {
        survey_folder(root, folder, &mut entries)?;
    }
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(entries)
}

fn survey_folder(root: &Path, folder: &str, entries: &mut Vec<Entry>) -> Result<(), Error> {
    let mut walk = walk(root.join(folder));
    while let Some(found) = walk.next() {
        let found = match found {
            Ok(found) => found,
            Err(error) if is_gone(error.io_error()) => continue,
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                return Err(Error::Read { path, source: error.into() });
            }
        };
        let relative = found.path().strip_prefix(root).expect("a walk stays below where it began");
        let path = spelled(relative);
        let is_folder = found.file_type().is_dir();
        let kind = if is_plain(relative, &path) {
            if is_folder {
                continue;
            }
            kind(&path, found.file_type())
        } else {
            if is_folder {
                walk.skip_current_dir();
            }
            Err(Trouble::error(FILE_NAME, "name has characters that a link or a reader cannot carry")
                .help("rename it: letters, digits, `-` and `_` are safe"))
        };
        entries.push(Entry { path, place: found.into_path(), kind });
    }
    Ok(())
}

/// A file that was there a moment ago: an editor at work, not a fault.
fn is_gone(error: Option<&io::Error>) -> bool {
    error.is_some_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// `path` with `/` on every system, and with what cannot be shown or linked to as an escape.
fn spelled(path: &Path) -> String {
    let names: Vec<String> = path.iter().map(spelled_name).collect();
    names.join("/")
}

fn spelled_name(name: &OsStr) -> String {
    let mut spelled = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        for character in chunk.valid().chars() {
            if is_awkward(character) {
                spelled.extend(character.escape_unicode());
            } else {
                spelled.push(character);
            }
        }
        spelled.push_str(&escaped(chunk.invalid()));
    }
    spelled
}

fn is_plain(path: &Path, spelled: &str) -> bool {
    path.iter().eq(spelled.split('/').map(OsStr::new))
}

/// Control characters, those that turn the direction of writing, and the `\` that browsers read as `/`.
fn is_awkward(character: char) -> bool {
    character.is_control()
        || matches!(character, '\\' | '\u{61c}' | '\u{200e}' | '\u{200f}')
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn escaped(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "\\x{byte:02X}").expect("writing to a string cannot fail");
        text
    })
}

/// What is done with a file.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Asset,
}

impl Kind {
    fn max_size(self) -> u64 {
        match self {
            Self::Text => MAX_TEXT,
            Self::Asset => MAX_ASSET,
        }
    }

    fn too_large(self, size: u64) -> Trouble {
        let (what, advice) = match self {
            Self::Text => ("a text", "split it into several files"),
            Self::Asset => ("a carried file", "make it smaller, or link to it where it is kept"),
        };
        let limit = self.max_size() >> 20;
        Trouble::error(FILE_TOO_LARGE, format!("file has {size} bytes, and {what} may have {limit} MiB"))
            .help(advice)
    }
}

fn kind(path: &str, file_type: FileType) -> Result<Kind, Trouble> {
    if file_type.is_symlink() {
        return Err(Trouble::warning(SYMLINK, "symbolic links are not followed, so this one is left out")
            .help("put the file itself here"));
    }
    if !file_type.is_file() {
        return Err(Trouble::warning(SPECIAL_FILE, "not a regular file, so it is left out")
            .help("move it out of the guide"));
    }
    let extension = path.rsplit_once('.').map_or_else(String::new, |(_, after)| after.to_ascii_lowercase());
    let in_theme = path.starts_with("themes/");
    match extension.as_str() {
        "md" | "yaml" | "yml" | "lock" => Ok(Kind::Text),
        "html" | "css" | "js" | "txt" | "xml" if in_theme => Ok(Kind::Text),
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg" | "pdf" | "txt" | "csv" | "json"
        | "toml" | "rs" | "zip" => Ok(Kind::Asset),
        "woff2" if in_theme => Ok(Kind::Asset),
        "html" | "htm" | "css" | "js" | "mjs" => Err(Trouble::error(
            REFUSED_FILE_KIND,
            format!("`.{extension}` files in `content/` could run in a reader's browser"),
        )
        .help("write the page in Markdown, or put the file into a theme below `themes/`")),
        _ => Err(Trouble::warning(UNKNOWN_FILE_KIND, "files of this kind are not carried into the guide")
            .help("offer it as `.pdf`, `.zip` or `.txt`, or move it out of the guide")),
    }
}

/// One thing found on disk.
struct Entry {
    path: String,
    place: PathBuf,
    kind: Result<Kind, Trouble>,
}

impl Entry {
    fn read(&self) -> Result<Reading, Error> {
        let kind = match &self.kind {
            Ok(kind) => *kind,
            Err(trouble) => return Ok(Reading::Trouble(trouble.clone())),
        };
        let bytes = match bytes(&self.place, kind.max_size()) {
            Ok(Bytes::All(bytes)) => bytes,
            Ok(Bytes::TooMany(size)) => return Ok(Reading::Trouble(kind.too_large(size))),
            Err(error) if is_gone(Some(&error)) && self.path != CONFIG => return Ok(Reading::Gone),
            Err(error) => return Err(Error::read(&self.place)(error)),
        };
        Ok(match kind {
            Kind::Asset => Reading::Asset(bytes),
            Kind::Text => text(bytes).map_or_else(Reading::Trouble, Reading::Text),
        })
    }
}

/// What came of an [`Entry`].
enum Reading {
    Text(String),
    Asset(Vec<u8>),
    Trouble(Trouble),
    Gone,
}

enum Bytes {
    All(Vec<u8>),
    TooMany(u64),
}

/// The bytes of a file, never more than `limit` of them: it may grow while it is read.
fn bytes(path: &Path, limit: u64) -> io::Result<Bytes> {
    let file = open(path)?;
    let size = file.metadata()?.len();
    if size > limit {
        return Ok(Bytes::TooMany(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    file.take(limit + 1).read_to_end(&mut bytes)?;
    let size = bytes.len() as u64;
    Ok(if size > limit { Bytes::TooMany(size) } else { Bytes::All(bytes) })
}

#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    // A pipe that took the file's place since the folder was listed must not make us wait for its writer.
    let flags = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    File::options().read(true).custom_flags(flags).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// The text of a file, without byte order mark and with `\n` at every line's end, so that no output depends on them.
fn text(mut bytes: Vec<u8>) -> Result<String, Trouble> {
    const HELP: &str = "save the file as UTF-8";
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(Trouble::error(NOT_UTF8, "file is UTF-16, not UTF-8").help(HELP));
    }
    let mark = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    bytes.drain(..mark);
    let valid = match std::str::from_utf8(&bytes) {
        Ok(text) => text.find('\0').map(|nul| (nul, 1)),
        Err(error) => {
            let start = error.valid_up_to();
            Some((start, error.error_len().unwrap_or(bytes.len() - start)))
        }
    };
    let Some((start, length)) = valid else {
        return Ok(plain_line_ends(String::from_utf8(bytes).expect("it was found valid above")));
    };
    let before = plain_line_ends(String::from_utf8_lossy(&bytes[..start]).into_owned());
    let line = before.matches('\n').count() + 1;
    let found = escaped(&bytes[start..start + length]);
    let message = format!("`{found}` at byte offset {}, line {line}, is not UTF-8 text", start + mark);
    let text = plain_line_ends(String::from_utf8_lossy(&bytes).into_owned());
    let shown = text[before.len()..].chars().next().map_or(0, char::len_utf8);
    Err(Trouble::error(NOT_UTF8, message).help(HELP).pointing(text, before.len()..before.len() + shown))
}

fn plain_line_ends(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// A remark whose file has no [`FileId`] yet.
#[derive(Clone)]
struct Trouble {
    severity: Severity,
    code: Code,
    message: String,
    help: &'static str,
    text: String,
    range: Range<usize>,
}

impl Trouble {
    fn new(severity: Severity, code: Code, message: String) -> Self {
        Self { severity, code, message, help: "", text: String::new(), range: 0..0 }
    }

    fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    fn help(self, help: &'static str) -> Self {
        Self { help, ..self }
    }

    fn pointing(self, text: String, range: Range<usize>) -> Self {
        Self { text, range, ..self }
    }

    fn at(self, file: FileId) -> Diagnostic {
        let span = Span::new(file, self.range);
        let remark = match self.severity {
            Severity::Error => Diagnostic::error(self.code, span, self.message),
            Severity::Warning => Diagnostic::warning(self.code, span, self.message),
        };
        remark.help(self.help)
    }
}

/// The paths taken in so far, as a file system that ignores case sees them.
#[derive(Default)]
struct Names(BTreeMap<String, (String, Option<FileId>)>);

impl Names {
    fn add(&mut self, path: String, file: Option<FileId>, sources: &mut Sources) {
        // macOS returns names in NFD, and neither it nor Windows can hold two that differ in case only.
        let folded = path.nfc().collect::<String>().to_lowercase();
        let Some((first, first_file)) = self.0.get(&folded) else {
            self.0.insert(folded, (path, file));
            return;
        };
        let message = format!("`{path}` and `{first}` are one file on systems that ignore case");
        // An asset has no text to point into, but a remark on it needs a place.
        let mut place = |path: &str, file: Option<FileId>| {
            Span::start_of(file.unwrap_or_else(|| sources.insert_unreadable(path, "")))
        };
        let (here, there) = (place(&path, file), place(first, *first_file));
        sources.remark(
            Diagnostic::error(CASE_COLLISION, here, message)
                .related(there, "the other one")
                .help("rename one of them"),
        );
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    /// A guide on disk, gone with the test.
    struct Project(TempDir);

    impl Project {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap()).file("askbook.yaml", "title: Guide")
        }

        fn at(&self, path: &str) -> PathBuf {
            self.0.path().join(path)
        }

        fn file(self, path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> Self {
            let path = self.0.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
            self
        }

        fn read(&self) -> Sources {
            read(self.0.path()).unwrap()
        }

        /// Every remark as `path:line:column: severity[code]: message`.
        fn remarks(&self) -> Vec<String> {
            let sources = self.read();
            let line = |remark: Diagnostic| {
                let span = remark.span.unwrap();
                let source = sources.get(span.file);
                let place = source.line_column(span.start);
                let severity = if remark.severity == Severity::Error { "error" } else { "warning" };
                let Code(code) = remark.code;
                let (path, text) = (&source.path, &remark.message);
                format!("{path}:{}:{}: {severity}[{code}]: {text}", place.line, place.column)
            };
            sources.remarks().clone().sorted().into_iter().map(line).collect()
        }
    }

    fn texts(sources: &Sources) -> Vec<&str> {
        sources.under("").map(|source| source.path.as_str()).collect()
    }

    fn assets(sources: &Sources) -> Vec<&str> {
        sources.assets_under("").map(|(path, _)| path).collect()
    }

    #[test]
    fn the_root_is_the_nearest_folder_with_a_configuration() {
        let project = Project::new().file("content/questions/a.md", "");
        let root = find_root(&project.at("content/questions")).unwrap();
        assert_eq!(root, fs::canonicalize(project.0.path()).unwrap());
    }

    #[test]
    fn without_a_configuration_the_error_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let message = find_root(folder.path()).unwrap_err().to_string();
        assert!(message.contains("`--root`"), "{message}");
    }

    #[test]
    fn text_and_assets_come_in_and_the_rest_of_the_project_stays_out() {
        let project = Project::new()
            .file("content/questions/a.md", "a")
            .file("content/packets/p.lock", "l")
            .file("content/picture.PNG", [0])
            .file("content/sample.rs", "fn main() {}")
            .file("content/code/src/lib.rs", "")
            .file("themes/own/templates/page.html", "h")
            .file("themes/own/font.woff2", [0])
            .file("src/main.rs", "")
            .file("README.md", "");
        let sources = project.read();
        assert_eq!(
            texts(&sources),
            [
                "askbook.yaml",
                "content/packets/p.lock",
                "content/questions/a.md",
                "themes/own/templates/page.html"
            ]
        );
        assert_eq!(assets(&sources), ["content/picture.PNG", "content/sample.rs", "themes/own/font.woff2"]);
        assert!(project.remarks().is_empty());
    }

    #[test]
    fn a_guide_without_content_is_read() {
        assert_eq!(texts(&Project::new().read()), ["askbook.yaml"]);
    }

    #[test]
    fn a_vanished_project_is_an_error() {
        let message = read(Path::new("/nonexistent/guide")).unwrap_err().to_string();
        assert_eq!(message, "cannot read `/nonexistent/guide/askbook.yaml`");
    }

    #[test]
    fn byte_order_mark_and_line_ends_make_no_difference() {
        let project = Project::new().file("content/a.md", "\u{feff}one\r\ntwo\rthree\n");
        assert_eq!(project.read().at("content/a.md").unwrap().text, "one\ntwo\nthree\n");
    }

    #[test]
    fn bytes_that_are_not_utf8_are_shown_in_their_place() {
        let project = Project::new()
            .file("content/a.md", b"\xef\xbb\xbfone\r\ntwo caf\xe9 x")
            .file("content/b.md", b"\xff\xfet\0")
            .file("content/c.md", "t\0")
            .file("content/d.md", b"cut \xe2\x82");
        assert_eq!(
            project.remarks(),
            [
                r"content/a.md:2:8: error[not-utf8]: `\xE9` at byte offset 15, line 2, is not UTF-8 text",
                r"content/b.md:1:1: error[not-utf8]: file is UTF-16, not UTF-8",
                r"content/c.md:1:2: error[not-utf8]: `\x00` at byte offset 1, line 1, is not UTF-8 text",
                r"content/d.md:1:5: error[not-utf8]: `\xE2\x82` at byte offset 4, line 1, is not UTF-8 text",
            ]
        );
        assert_eq!(texts(&project.read()), ["askbook.yaml"]);
    }

    #[test]
    fn a_file_that_is_too_large_is_not_read() {
        let project = Project::new().file("content/a.md", "").file("content/b.png", "");
        let grow =
            |path, size| File::options().write(true).open(project.at(path)).unwrap().set_len(size).unwrap();
        grow("content/a.md", 10 << 30);
        grow("content/b.png", (16 << 20) + 1);
        assert_eq!(
            project.remarks(),
            [
                "content/a.md:1:1: error[file-too-large]: file has 10737418240 bytes, and a text may have 1 MiB",
                "content/b.png:1:1: error[file-too-large]: file has 16777217 bytes, and a carried file may have 16 MiB",
            ]
        );
    }

    #[test]
    fn what_could_run_in_a_browser_is_refused_and_the_unknown_is_told() {
        let project = Project::new()
            .file("content/a.html", "")
            .file("content/b.exe", "")
            .file("content/c", "")
            .file("themes/own/a.wasm", "");
        assert_eq!(
            project.remarks(),
            [
                "content/a.html:1:1: error[refused-file-kind]: `.html` files in `content/` could run in a reader's browser",
                "content/b.exe:1:1: warning[unknown-file-kind]: files of this kind are not carried into the guide",
                "content/c:1:1: warning[unknown-file-kind]: files of this kind are not carried into the guide",
                "themes/own/a.wasm:1:1: warning[unknown-file-kind]: files of this kind are not carried into the guide",
            ]
        );
    }

    #[test]
    fn what_editors_and_systems_leave_behind_is_passed_over() {
        let mut project = Project::new();
        let left =
            [".#a.md", "a.md~", ".a.md.swp", "4913", ".DS_Store", "Thumbs.db", ".hidden/a.md", "#a.md#"];
        for name in left {
            project = project.file(format!("content/{name}"), [0xff]);
        }
        assert_eq!(texts(&project.read()), ["askbook.yaml"]);
        assert!(project.remarks().is_empty());
    }

    #[test]
    fn names_that_differ_in_case_or_composition_only_collide() {
        let project = Project::new()
            .file("content/Q1.md", "")
            .file("content/q1.md", "")
            .file("content/caf\u{e9}.png", "")
            .file("content/cafe\u{301}.png", "");
        assert_eq!(
            project.remarks(),
            [
                "content/caf\u{e9}.png:1:1: error[case-collision]: `content/caf\u{e9}.png` and \
                 `content/cafe\u{301}.png` are one file on systems that ignore case",
                "content/q1.md:1:1: error[case-collision]: `content/q1.md` and `content/Q1.md` are one file \
                 on systems that ignore case",
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_and_pipes_are_neither_followed_nor_opened() {
        use std::os::unix::{fs::symlink, net::UnixListener};
        let project = Project::new().file("content/a.md", "");
        symlink("/etc/passwd", project.at("content/b.md")).unwrap();
        symlink("..", project.at("content/loop")).unwrap();
        let status = std::process::Command::new("mkfifo").arg(project.at("content/c.md")).status().unwrap();
        assert!(status.success());
        let _socket = UnixListener::bind(project.at("content/d.md")).unwrap();
        assert_eq!(
            project.remarks(),
            [
                "content/b.md:1:1: warning[symlink]: symbolic links are not followed, so this one is left out",
                "content/c.md:1:1: warning[special-file]: not a regular file, so it is left out",
                "content/d.md:1:1: warning[special-file]: not a regular file, so it is left out",
                "content/loop:1:1: warning[symlink]: symbolic links are not followed, so this one is left out",
            ]
        );
        assert_eq!(texts(&project.read()), ["askbook.yaml", "content/a.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_the_content_folder_is_not_followed() {
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join("a.md"), "").unwrap();
        let project = Project::new();
        std::os::unix::fs::symlink(elsewhere.path(), project.at("content")).unwrap();
        assert_eq!(
            project.remarks(),
            ["content:1:1: warning[symlink]: symbolic links are not followed, so this one is left out"]
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_cannot_be_carried_is_told_once_and_readably() {
        use std::os::unix::ffi::OsStrExt as _;
        let project = Project::new()
            .file(OsStr::from_bytes(b"content/caf\xe9.md"), "")
            .file("content/\u{202e}dm.md", "")
            .file("content/two\nlines/a.md", "")
            .file("content/two\nlines/b.md", "");
        let message = "error[file-name]: name has characters that a link or a reader cannot carry";
        assert_eq!(
            project.remarks(),
            [
                format!(r"content/\u{{202e}}dm.md:1:1: {message}"),
                format!(r"content/caf\xE9.md:1:1: {message}"),
                format!(r"content/two\u{{a}}lines:1:1: {message}"),
            ]
        );
    }

    #[test]
    fn a_stamp_changes_with_its_file_and_litter_has_none() {
        let project = Project::new().file("content/a.md", "one").file("content/.a.md.swp", "");
        let paths = watched(project.0.path());
        let before = stamps(&paths);
        assert_eq!(before.len(), 2);
        let project = project.file("content/a.md", "three");
        assert_ne!(stamps(&paths), before);
        drop(project);
    }
}
