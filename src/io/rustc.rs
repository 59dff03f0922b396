//! Compiles and runs code samples with the `rustc` and `cargo` that are installed.
use super::{child, error::Error};
use crate::text::sample::{CompilerError, Promise, Sample, Verdict};
use rayon::prelude::*;
use serde_json::Value;
use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::Duration,
};

/// The package whose dependencies samples may use, in a guide's folder.
const PACKAGE: &str = "content/code/Cargo.toml";
/// How long a sample may run.
const PATIENCE: Duration = Duration::from_secs(20);
/// How much of what a sample says is read.
const MAX_SAID: u64 = 16 << 10;

/// A compiler, and the crates that samples may use.
#[derive(Debug)]
pub struct Rustc {
    /// "rustc 1.95.0 (…)".
    pub version: String,
    names: Vec<String>,
    libraries: Vec<Library>,
}

/// A crate that samples may use, compiled.
#[derive(Debug)]
struct Library {
    name: String,
    path: PathBuf,
}

/// What became of a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// What the compiler made of it; of an ignored one nothing.
    pub verdict: Option<Verdict>,
    /// Whether it was compiled against the guide's crates.
    pub uses_crates: bool,
}

impl Rustc {
    /// The installed compiler, with the crates of the guide at `root` built if one of `samples` names any.
    pub fn for_samples(root: &Path, samples: &[Sample]) -> Result<Self, Error> {
        let output = run(Command::new(program("RUSTC", "rustc")).arg("--version"))?;
        let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let mut rustc = Self { version, names: Vec::new(), libraries: Vec::new() };
        let package = root.join(PACKAGE);
        if package.is_file() {
            rustc.names = dependencies(&package)?;
            if samples.iter().any(|sample| rustc.needs_crates(sample)) {
                rustc.libraries = build(&package, &rustc.names)?;
            }
        }
        Ok(rustc)
    }

    /// Compiles and runs `samples`, each in a folder of its own that is gone afterwards; the order is kept.
    pub fn try_samples(&self, samples: &[Sample]) -> Result<Vec<Tried>, Error> {
        samples.par_iter().map(|sample| self.try_sample(sample)).collect()
    }

    fn needs_crates(&self, sample: &Sample) -> bool {
        sample.promise != Promise::Ignored && self.names.iter().any(|name| sample.names_crate(name))
    }

    fn try_sample(&self, sample: &Sample) -> Result<Tried, Error> {
        let uses_crates = self.needs_crates(sample);
        if sample.promise == Promise::Ignored {
            return Ok(Tried { verdict: None, uses_crates });
        }
        let folder = tempfile::tempdir().map_err(Error::write(&std::env::temp_dir()))?;
        let source = folder.path().join("sample.rs");
        fs::write(&source, &sample.program).map_err(Error::write(&source))?;
        let compiled = self.compile(sample, uses_crates, &source)?;
        let verdict = if !compiled.status.success() {
            Verdict::Refused(errors(&compiled.stderr))
        } else if sample.is_run() {
            execute(&folder.path().join("sample"))?
        } else {
            Verdict::Compiled
        };
        Ok(Tried { verdict: Some(verdict), uses_crates })
    }

    fn compile(&self, sample: &Sample, uses_crates: bool, source: &Path) -> Result<Output, Error> {
        let folder = source.parent().expect("a file stands in a folder");
        let mut command = Command::new(program("RUSTC", "rustc"));
        command.current_dir(folder).args(["--edition", &sample.edition, "--error-format", "json"]);
        command.args(["--crate-name", "sample", "-C", "debuginfo=0"]);
        if sample.is_test_harness {
            command.arg("--test");
        }
        if sample.is_run() {
            command.arg("-o").arg(folder.join("sample"));
        } else {
            // Some errors are found only when code is made, so this is more than a check.
            command.args(["--emit", "obj"]);
        }
        if uses_crates {
            for Library { name, path } in &self.libraries {
                let mut library = OsString::from(format!("{name}="));
                library.push(path);
                command.arg("--extern").arg(library);
                let mut folder = OsString::from("dependency=");
                folder.push(path.parent().expect("a library stands in a folder"));
                command.arg("-L").arg(folder);
            }
        }
        run(command.arg(source))
    }
}

/// What environment variable `variable` names, as cargo reads it, or `otherwise`.
fn program(variable: &str, otherwise: &str) -> OsString {
    std::env::var_os(variable).filter(|name| !name.is_empty()).unwrap_or_else(|| otherwise.into())
}

fn run(command: &mut Command) -> Result<Output, Error> {
    let output = command.stdin(Stdio::null()).output();
    output.map_err(|source| Error::NoToolchain {
        program: command.get_program().to_string_lossy().into_owned(),
        source,
    })
}

fn cargo(package: &Path, command: &str) -> Result<Vec<Value>, Error> {
    let mut cargo = Command::new(program("CARGO", "cargo"));
    cargo.arg(command).arg("--manifest-path").arg(package).arg("--locked");
    match command {
        "metadata" => cargo.args(["--format-version", "1", "--no-deps"]),
        _ => cargo.args(["--message-format", "json", "--quiet"]),
    };
    let output = run(&mut cargo)?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(Error::SampleCrates { package: package.to_owned(), said });
    }
    let lines = String::from_utf8_lossy(&output.stdout);
    Ok(lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

/// The names of the package's dependencies, as code spells them.
fn dependencies(package: &Path) -> Result<Vec<String>, Error> {
    let metadata = cargo(package, "metadata")?;
    let listed = metadata.first().and_then(|it| it["packages"][0]["dependencies"].as_array());
    let name = |it: &Value| Some(it["name"].as_str()?.replace('-', "_"));
    Ok(listed.into_iter().flatten().filter_map(name).collect())
}

/// The package's dependencies called `names`, built.
fn build(package: &Path, names: &[String]) -> Result<Vec<Library>, Error> {
    let built = cargo(package, "build")?;
    let libraries = built.iter().filter(|it| it["reason"] == "compiler-artifact").filter_map(|it| {
        let name = it["target"]["name"].as_str()?.replace('-', "_");
        let files = it["filenames"].as_array()?.iter().filter_map(Value::as_str);
        let path = files.map(PathBuf::from).find(|path| path.extension().is_some_and(|end| end == "rlib"))?;
        names.contains(&name).then_some(Library { name, path })
    });
    Ok(libraries.collect())
}

/// The errors among the lines of JSON that a compiler wrote.
fn errors(stderr: &[u8]) -> Vec<CompilerError> {
    let text = String::from_utf8_lossy(stderr);
    let remarks = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let errors = remarks.filter(|it| it["level"] == "error").map(|it| {
        let places = it["spans"].as_array().into_iter().flatten();
        let line = places.clone().find(|place| place["is_primary"] == true).or_else(|| places.clone().next());
        CompilerError {
            code: it["code"]["code"].as_str().map(str::to_owned),
            message: it["message"].as_str().unwrap_or_default().to_owned(),
            line: line.and_then(|place| place["line_start"].as_u64()?.try_into().ok()),
        }
    });
    let errors: Vec<CompilerError> = errors.filter(|it| !it.message.starts_with("aborting due to")).collect();
    if errors.is_empty() && !text.trim().is_empty() {
        // Arguments that it does not know are told in plain words.
        let message = text.lines().next().unwrap_or_default().to_owned();
        return vec![CompilerError { code: None, message, line: None }];
    }
    errors
}

/// Runs `program` in its folder.
fn execute(program: &Path) -> Result<Verdict, Error> {
    let said = program.with_extension("stderr");
    let file = File::create(&said).map_err(Error::write(&said))?;
    let child = Command::new(program)
        .current_dir(program.parent().expect("a program stands in a folder"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(file)
        .spawn();
    let mut child = child.map_err(Error::read(program))?;
    let ended = child::wait(&mut child, PATIENCE).map_err(Error::read(program))?;
    let Some(status) = ended else { return Ok(Verdict::TookTooLong(PATIENCE.as_secs())) };
    Ok(Verdict::Ended { code: status.code(), said: first_line(&said).map_err(Error::read(&said))? })
}

/// What a program said first: of a panic, the line after its place.
fn first_line(path: &Path) -> io::Result<String> {
    let mut text = Vec::new();
    File::open(path)?.take(MAX_SAID).read_to_end(&mut text)?;
    let text = String::from_utf8_lossy(&text);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let is_place = first.starts_with("thread '") && first.ends_with(':');
    Ok(if is_place { lines.next().unwrap_or(first) } else { first }.to_owned())
}
