//! A Rust code block as a program: what rustdoc's words promise of it, and whether a compiler's verdict keeps that.
use super::fence::Fence;
use crate::source::{Code, Diagnostic, FileId, Span};

const CODE_FAILS: Code = Code("code-fails");

/// A code block that can be given to a compiler.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Its place.
    pub span: Span,
    /// Of the language: "2024".
    pub edition: String,
    /// A whole program: hidden lines are in it, and a `main` is around it. It has a line more than the block.
    pub program: String,
    /// What its words promise.
    pub promise: Promise,
    /// Whether it holds tests, and no `main`.
    pub is_test_harness: bool,
    /// Where each of its lines begins in the file.
    line_starts: Vec<usize>,
}

/// What an author says of a code block, in rustdoc's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Promise {
    /// It compiles and runs to its end: no word.
    Runs,
    /// It compiles and panics: `should_panic`.
    Panics,
    /// It compiles: `no_run`.
    Compiles,
    /// It does not compile, with each of these codes: `compile_fail,E0382`.
    Fails(Vec<String>),
    /// Nothing: `ignore`.
    Ignored,
}

/// What a compiler made of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It was refused.
    Refused(Vec<CompilerError>),
    /// It compiled and was not run.
    Compiled,
    /// It ran and ended: its exit code, if no signal ended it, and the first line that it wrote as an error.
    Ended {
        /// The exit code.
        code: Option<i32>,
        /// What it said last.
        said: String,
    },
    /// It was stopped after so many seconds.
    TookTooLong(u64),
}

/// Why a compiler refused a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompilerError {
    /// "E0382".
    pub code: Option<String>,
    /// In the compiler's words.
    pub message: String,
    /// Counted from 1 over the lines of the program.
    pub line: Option<usize>,
}

/// What Rust programs exit with after a panic.
const PANICKED: i32 = 101;

impl Sample {
    /// The block `code` with the info string of `fence`; `None` if it is not Rust, or not a program.
    ///
    /// `line_starts` says where each line of `code` begins in the file; `edition` counts if its words name none.
    pub(super) fn of(
        fence: &Fence,
        code: &str,
        span: Span,
        line_starts: Vec<usize>,
        edition: &str,
    ) -> Option<Self> {
        let has = |word: &str| fence.words.iter().any(|it| it == word);
        if !fence.is_rust() || has("custom") {
            return None;
        }
        let edition = fence.words.iter().find_map(|word| word.strip_prefix("edition")).unwrap_or(edition);
        let is_test_harness = has("test_harness");
        Some(Self {
            span,
            edition: edition.to_owned(),
            program: program(code, is_test_harness),
            promise: Promise::of(fence),
            is_test_harness,
            line_starts,
        })
    }

    /// Whether it has to be run to know whether its promise holds.
    pub fn is_run(&self) -> bool {
        matches!(self.promise, Promise::Runs | Promise::Panics)
    }

    /// Whether a path of it starts with the crate `name`.
    pub fn names_crate(&self, name: &str) -> bool {
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == ':' || c == '"';
        self.program.match_indices(name).any(|(at, _)| {
            let (before, after) = (&self.program[..at], &self.program[at + name.len()..]);
            !before.ends_with(is_word)
                && (after.starts_with("::") || (before.ends_with("use ") && after.starts_with([';', ' '])))
        })
    }

    /// What is wrong with it, if `verdict` is not what its words promise.
    pub fn judge(&self, verdict: &Verdict) -> Option<Diagnostic> {
        let tell = |span: Span, message: String| Some(Diagnostic::error(CODE_FAILS, span, message));
        match (&self.promise, verdict) {
            (Promise::Ignored, _)
            | (Promise::Runs, Verdict::Ended { code: Some(0), .. })
            | (Promise::Panics, Verdict::Ended { code: Some(PANICKED), .. })
            | (Promise::Compiles, Verdict::Compiled) => None,
            (Promise::Fails(codes), Verdict::Refused(errors)) => self.missing_code(codes, errors),
            (Promise::Fails(_), _) => {
                tell(self.span, "this code compiles, and its words say that it does not".to_owned())?
                    .help("take `compile_fail` out, or show code that is refused")
                    .into()
            }
            (_, Verdict::Refused(errors)) => {
                let first = errors.first();
                let words = first.map_or("no reason given", |error| error.message.as_str());
                let code = first.and_then(|error| error.code.as_deref());
                let code = code.map_or_else(String::new, |code| format!(" ({code})"));
                let message = format!("this code does not compile: {words}{code}");
                let place = first.and_then(|error| error.line).map_or(self.span, |line| self.line(line));
                tell(place, message)?
                    .help("mend it, or say `compile_fail` with the error's code if that is the point")
                    .into()
            }
            (_, Verdict::TookTooLong(seconds)) => {
                tell(self.span, format!("this code still runs after {seconds} seconds"))?
                    .help("say `no_run` if it is not meant to end")
                    .into()
            }
            (Promise::Panics, Verdict::Ended { code: Some(0), .. }) => {
                tell(self.span, "this code ends well, and its words say that it panics".to_owned())
            }
            (_, Verdict::Ended { code, said }) => {
                let how = code.map_or("by a signal".to_owned(), |code| format!("with exit code {code}"));
                let said = if said.is_empty() { String::new() } else { format!(": {said}") };
                tell(self.span, format!("this code ends {how}{said}"))?
                    .help("mend it, or say `should_panic` or `no_run` if that is the point")
                    .into()
            }
            (_, Verdict::Compiled) => panic!("a sample that is run was only compiled"),
        }
    }

    /// The first of `codes` that is not among `errors`.
    fn missing_code(&self, codes: &[String], errors: &[CompilerError]) -> Option<Diagnostic> {
        let found: Vec<&str> = errors.iter().filter_map(|error| error.code.as_deref()).collect();
        let missing = codes.iter().find(|code| !found.contains(&code.as_str()))?;
        let instead = match (found.first(), errors.first()) {
            (Some(code), _) => format!("it fails with {code}"),
            (None, Some(error)) => format!("it fails with \"{}\"", error.message),
            (None, None) => "it fails without a reason".to_owned(),
        };
        let message = format!("this code does not fail with {missing}: {instead}");
        Some(Diagnostic::error(CODE_FAILS, self.span, message))
    }

    /// The place of a line of the program, whose first line is ours.
    fn line(&self, line: usize) -> Span {
        let start = line.checked_sub(2).and_then(|at| self.line_starts.get(at));
        start.map_or(self.span, |start| Span::new(self.file(), *start..*start))
    }

    fn file(&self) -> FileId {
        self.span.file
    }
}

impl Promise {
    fn of(fence: &Fence) -> Self {
        let has = |word: &str| fence.words.iter().any(|it| it == word);
        if fence.words.iter().any(|word| word == "ignore" || word.starts_with("ignore-")) {
            Self::Ignored
        } else if has("compile_fail") {
            let is_code = |word: &&String| {
                word.len() == 5 && word.starts_with('E') && word[1..].bytes().all(|b| b.is_ascii_digit())
            };
            Self::Fails(fence.words.iter().filter(is_code).cloned().collect())
        } else if has("should_panic") {
            Self::Panics
        } else if has("no_run") {
            Self::Compiles
        } else {
            Self::Runs
        }
    }
}

/// A whole program of a block, as rustdoc makes one. One line comes before those of the block.
fn program(code: &str, is_test_harness: bool) -> String {
    let mut attributes = "#![allow(unused)]".to_owned();
    let mut lines = Vec::new();
    for line in code.lines() {
        let line = unhidden(line);
        // Attributes of the crate stand before everything else.
        if line.trim_start().starts_with("#![") && line.trim_end().ends_with(']') {
            attributes.push_str(line.trim());
            lines.push("");
        } else {
            lines.push(line);
        }
    }
    let body = lines.join("\n");
    if has_main(&body) || is_test_harness {
        return format!("{attributes}\n{body}\n");
    }
    // A block that ends in `Ok::<(), E>(())` may use `?`, by the same rule as in rustdoc.
    if body.trim_end().ends_with("(())") {
        return format!(
            "{attributes} fn main() {{ fn inner() -> ::core::result::Result<(), impl ::core::fmt::Debug> {{\n\
             {body}\n}} inner().unwrap() }}\n"
        );
    }
    format!("{attributes} fn main() {{\n{body}\n}}\n")
}

fn has_main(code: &str) -> bool {
    code.match_indices("fn main").any(|(at, found)| code[at + found.len()..].trim_start().starts_with('('))
}

/// `line` without the mark that hides it from readers, or that keeps a `#` from being one.
fn unhidden(line: &str) -> &str {
    let start = line.trim_start();
    match start.strip_prefix('#') {
        Some("") => "",
        Some(rest) if rest.starts_with([' ', '#']) => rest.strip_prefix(' ').unwrap_or(rest),
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(words: &str, code: &str) -> Sample {
        let (fence, _) = Fence::parse(words);
        let starts = code
            .lines()
            .scan(10, |at, line| {
                let start = *at;
                *at += line.len() + 1;
                Some(start)
            })
            .collect();
        let span = Span::new(FileId::default(), 0..5);
        Sample::of(&fence, code, span, starts, "2021").expect("it is Rust")
    }

    fn refused(code: &str, line: usize) -> Verdict {
        let message = "use of moved value".to_owned();
        Verdict::Refused(vec![CompilerError { code: Some(code.to_owned()), message, line: Some(line) }])
    }

    fn ended(code: i32) -> Verdict {
        Verdict::Ended { code: Some(code), said: String::new() }
    }

    #[test]
    fn a_fragment_becomes_a_program_with_its_hidden_lines() {
        let it = sample("rust", "# use std::fs;\n#![deny(warnings)]\n## not hidden\nlet x = 1;\n#\n");
        assert_eq!(
            it.program,
            "#![allow(unused)]#![deny(warnings)] fn main() {\nuse std::fs;\n\n# not hidden\nlet x = 1;\n\n}\n"
        );
        assert_eq!(it.edition, "2021");
        let own = sample("rust,edition2024", "#[derive(Debug)]\nstruct A;\nfn main () {}\n");
        assert_eq!(own.program, "#![allow(unused)]\n#[derive(Debug)]\nstruct A;\nfn main () {}\n");
        assert_eq!(own.edition, "2024");
    }

    #[test]
    fn a_block_that_ends_in_ok_may_use_the_question_mark() {
        let it = sample("rust", "let n: u8 = \"1\".parse()?;\n# Ok::<(), std::num::ParseIntError>(())\n");
        assert!(it.program.contains("impl ::core::fmt::Debug"), "{}", it.program);
    }

    #[test]
    fn words_are_promises() {
        let promise = |words: &str| sample(words, "").promise;
        assert_eq!(promise("rust"), Promise::Runs);
        assert_eq!(promise("rust,no_run"), Promise::Compiles);
        assert_eq!(promise("rust,should_panic"), Promise::Panics);
        assert_eq!(promise("rust,ignore-wasm"), Promise::Ignored);
        assert_eq!(promise("rust,compile_fail,E0382"), Promise::Fails(vec!["E0382".to_owned()]));
    }

    #[test]
    fn a_promise_that_is_kept_says_nothing() {
        assert_eq!(sample("rust", "").judge(&ended(0)), None);
        assert_eq!(sample("rust,should_panic", "").judge(&ended(101)), None);
        assert_eq!(sample("rust,no_run", "").judge(&Verdict::Compiled), None);
        assert_eq!(sample("rust,compile_fail,E0382", "").judge(&refused("E0382", 2)), None);
    }

    #[test]
    fn a_promise_that_is_broken_says_how_and_where() {
        let says = |words: &str, verdict: &Verdict| {
            let told = sample(words, "let a = 1;\nlet b = a;\n").judge(verdict).expect("it is told");
            (told.message, told.span.map(|span| span.start))
        };
        let at_second_line = 10 + "let a = 1;\n".len();
        let (message, place) = says("rust", &refused("E0382", 3));
        assert_eq!(message, "this code does not compile: use of moved value (E0382)");
        assert_eq!(place, Some(at_second_line));
        assert_eq!(
            says("rust,compile_fail,E0499", &refused("E0382", 3)).0,
            "this code does not fail with E0499: it fails with E0382"
        );
        assert!(says("rust,compile_fail", &ended(0)).0.contains("compiles, and its words"));
        assert!(says("rust,should_panic", &ended(0)).0.contains("ends well"));
        assert_eq!(says("rust,should_panic", &ended(3)).0, "this code ends with exit code 3");
        assert_eq!(says("rust", &Verdict::TookTooLong(20)).0, "this code still runs after 20 seconds");
    }

    #[test]
    fn a_crate_is_named_by_a_path_and_not_by_a_word() {
        let it = sample("rust", "use tokio::sync;\nuse anyhow;\nlet serde = \"serde_json::x\";\n");
        assert!(it.names_crate("tokio"));
        assert!(it.names_crate("anyhow"));
        assert!(!it.names_crate("serde"));
        assert!(!it.names_crate("serde_json"));
        assert!(!it.names_crate("sync"));
    }
}
