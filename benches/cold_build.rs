//! What a cold build costs: `cargo bench --bench cold_build -- 40 1000 10000`.
#![allow(clippy::disallowed_methods, reason = "a benchmark has a disk and a clock")]
#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod corpus;
mod meter;

use askbook::{
    check,
    config::Config,
    edition::{Audience, Edition},
    guide, io, pages,
    pipeline::{Build, Builder, Options},
    site::{self, Artifacts, Templates, Theme},
    source::{Diagnostics, Sources},
    text::markdown::Markdown,
};
use meter::{Meter, Stage};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

const SEED: u64 = 2026;
const SIZES: [usize; 2] = [40, 1000];
/// The cheapest of so many builds counts: whatever else the machine does only makes one dearer.
const RUNS: usize = 3;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["--child", "build", root] => print_json(&measure_build(Path::new(root))),
        ["--child", "stages", root] => print_json(&measure_stages(Path::new(root))),
        ["--write", folder, questions] => drop(write_guide(Path::new(folder), number(questions))),
        ["--stages", ref sizes @ ..] => sizes.iter().for_each(|size| print_stages(number(size))),
        [] => print_builds(&SIZES),
        ref sizes => print_builds(&sizes.iter().map(|size| number(size)).collect::<Vec<_>>()),
    }
}

fn number(text: &str) -> usize {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is no number of questions"))
}

/// What one build took.
#[derive(Serialize, Deserialize)]
struct Figures {
    pages: usize,
    bytes: usize,
    stages: Vec<Stage>,
}

impl Figures {
    fn wall(&self) -> f64 {
        self.stages.iter().map(|stage| stage.wall).sum()
    }

    fn cpu(&self) -> f64 {
        self.stages.iter().map(|stage| stage.cpu).sum()
    }

    fn peak(&self) -> f64 {
        self.stages.last().map_or(f64::NAN, |stage| stage.peak)
    }
}

fn print_builds(sizes: &[usize]) {
    println!(
        "{:>9} {:>8} {:>7} {:>8} {:>8} {:>8} {:>8} | {:>7} {:>7} {:>7}  corpus",
        "questions", "pages", "out MB", "wall s", "CPU s", "growth", "peak MB", "read", "build", "publish"
    );
    let mut smaller: Option<(usize, f64)> = None;
    for &size in sizes {
        let folder = tempfile::tempdir().expect("there is room for a temporary folder");
        let corpus = write_guide(folder.path(), size);
        let runs = (0..RUNS).map(|_| child("build", folder.path()));
        let best: Figures = runs.min_by(|a, b| a.cpu().total_cmp(&b.cpu())).expect("there are runs");
        let growth = smaller.map_or_else(String::new, |(size_before, cpu_before)| {
            let exponent = (best.cpu() / cpu_before).ln() / (to_float(size) / to_float(size_before)).ln();
            format!("{exponent:.2}")
        });
        let stages: Vec<String> = best.stages.iter().map(|stage| format!("{:>7.3}", stage.wall)).collect();
        println!(
            "{size:>9} {:>8} {:>7.1} {:>8.3} {:>8.3} {growth:>8} {:>8.1} | {}  {corpus}",
            best.pages,
            to_float(best.bytes) / 1e6,
            best.wall(),
            best.cpu(),
            best.peak(),
            stages.join(" ")
        );
        smaller = Some((size, best.cpu()));
    }
}

fn print_stages(size: usize) {
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    write_guide(folder.path(), size);
    let figures: Figures = child("stages", folder.path());
    println!("{size} questions\n{:<22} {:>8} {:>8} {:>8}", "stage", "wall s", "CPU s", "peak MB");
    for stage in &figures.stages {
        println!("{:<22} {:>8.3} {:>8.3} {:>8.1}", stage.name, stage.wall, stage.cpu, stage.peak);
    }
    println!("{:<22} {:>8.3} {:>8.3} {:>8.1}", "all", figures.wall(), figures.cpu(), figures.peak());
}

/// Writes the guide into `folder`; returns the first digits of a hash that two equal guides share.
fn write_guide(folder: &Path, questions: usize) -> String {
    let mut hasher = blake3::Hasher::new();
    for (path, text) in corpus::files(questions, SEED) {
        hasher.update(path.as_bytes()).update(text.as_bytes());
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("the folder is ours");
        fs::write(path, text).expect("the folder is ours");
    }
    hasher.finalize().to_hex()[..8].to_owned()
}

/// Measures in a process of its own, so that memory and time are those of one build.
fn child(what: &str, root: &Path) -> Figures {
    let program = env::current_exe().expect("the benchmark runs");
    let output = Command::new(program).args(["--child", what]).arg(root).output().expect("it can run again");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the child prints its figures")
}

fn print_json(figures: &Figures) {
    println!("{}", serde_json::to_string(figures).expect("figures are plain data"));
}

/// What `askbook build` does in an empty output folder.
fn measure_build(root: &Path) -> Figures {
    let mut meter = Meter::start();
    let sources = read(root);
    meter.stage("read");
    let build = Builder::default().build(&sources, &Options::default());
    refuse_remarks(&build);
    meter.stage("build");
    for (&audience, artifacts) in build.editions() {
        publish(root, audience, artifacts);
    }
    meter.stage("publish");
    let figures = figures(build.editions(), meter);
    for audience in Audience::ALL {
        fs::remove_dir_all(output(root, audience)).expect("it was just written");
    }
    figures
}

/// The same build, part by part; it follows [`Builder::build`].
fn measure_stages(root: &Path) -> Figures {
    let mut meter = Meter::start();
    let sources = read(root);
    meter.stage("read");
    let mut diagnostics = sources.remarks().clone();
    let config = Config::parse(&sources, &mut diagnostics);
    let markdown = Markdown::default();
    let guide = guide::parse(&sources, &config.default_scale, &markdown, &mut diagnostics);
    meter.stage("guide");
    let theme = Theme::of(&sources, &config.theme, &mut diagnostics);
    let templates =
        Templates::compile(&theme, &config.words, &mut diagnostics).expect("the built-in theme compiles");
    meter.stage("theme");
    let mut editions = BTreeMap::new();
    for audience in Audience::ALL {
        let edition = Edition::of(&guide, &config, audience);
        meter.stage(&format!("{audience}: edition"));
        let site = pages::plan(edition, &config);
        meter.stage(&format!("{audience}: plan"));
        let artifacts = site::render(site, &sources, &theme, &templates, &mut diagnostics);
        meter.stage(&format!("{audience}: render and search"));
        if !audience.reads_answers() {
            check::leak(&guide, &theme, &config.words, &artifacts, &mut diagnostics);
            meter.stage(&format!("{audience}: leak"));
        }
        editions.insert(audience, artifacts);
    }
    refuse_told(&diagnostics);
    for (&audience, artifacts) in &editions {
        publish(root, audience, artifacts);
        meter.stage(&format!("{audience}: publish"));
    }
    figures(&editions, meter)
}

fn read(root: &Path) -> Sources {
    io::project::read(root).expect("the guide was just written")
}

fn publish(root: &Path, audience: Audience, artifacts: &Artifacts) {
    io::publish(artifacts, &output(root, audience)).expect("the folder is ours");
}

fn output(root: &Path, audience: Audience) -> PathBuf {
    root.join(audience.to_string())
}

/// Exact: no guide has 2^53 questions.
#[allow(clippy::cast_precision_loss, reason = "see above")]
fn to_float(count: usize) -> f64 {
    count as f64
}

fn figures(editions: &BTreeMap<Audience, Artifacts>, meter: Meter) -> Figures {
    let files = || editions.values().flat_map(Artifacts::iter);
    Figures {
        pages: files().filter(|(path, _)| path.ends_with(".html")).count(),
        bytes: files().map(|(_, bytes)| bytes.len()).sum(),
        stages: meter.finish(),
    }
}

/// A generated guide is without fault: a remark would mean that something else is measured.
fn refuse_remarks(build: &Build) {
    assert!(build.diagnostics().is_empty(), "{:#?}", build.diagnostics());
}

fn refuse_told(diagnostics: &Diagnostics) {
    assert!(diagnostics.clone().sorted().is_empty(), "{diagnostics:#?}");
}
