//! `askbook pdf`: packets, loops and hand-outs as accessible PDF files, printed by the browser that is installed.
use super::{Common, EditionChoice, Guide, Outcome};
use crate::{
    config::Paper,
    edition::{Audience, hand_out_folder},
    io::{self, Browser, Error, Layout, OLDEST, PIXEL, Printed, Server, Sheet, Wanted, release},
    pdf::{Links, Printout, Size},
    pipeline::{Builder, Options},
    site::Artifacts,
    source::{Code, Diagnostic, FileId, Span, did_you_mean},
};
use clap::{ValueEnum, error::ErrorKind};
use std::{
    io::{IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

const DOES_NOT_FIT: Code = Code("does-not-fit");
const WRONG_PAPER: Code = Code("wrong-paper");
const NOT_A_PDF: Code = Code("not-a-pdf");

/// Pages of their own, by the word that names them. They are printed only when they are named.
const PAGES: [(&str, &str); 2] = [("rubric", "rubric.html"), ("book", "print.html")];
/// Where PDF files go unless `--out` names another folder.
const FOLDER: &str = "pdf";
/// The style sheet that sets the paper of pages that leave it open.
const PAPER_SHEET: &str = "paper-of-this-print.css";
/// Browsers round to whole pixels; more than this is a line too long.
const TOLERANCE: f64 = 2.0;
/// A point, in millimetres.
const POINT: f32 = 25.4 / 72.0;

/// What `pdf` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Ids of packets and loops, or `rubric` or `book`; without any, all packets and loops
    #[arg(value_name = "PACKET")]
    named: Vec<String>,
    /// Which editions to print
    #[arg(long, value_enum, default_value_t = EditionChoice::Both)]
    edition: EditionChoice,
    /// The paper, instead of the one that askbook.yaml names
    #[arg(long, value_enum)]
    paper: Option<PaperChoice>,
    /// Where to, instead of the folder `pdf` of the guide
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The browser, instead of the one that is found
    #[arg(long, value_name = "PATH")]
    engine: Option<PathBuf>,
    /// Start the browser without its sandbox, as root in a container has to
    #[arg(long)]
    no_sandbox: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum PaperChoice {
    /// 210 by 297 mm
    A4,
    /// 8.5 by 11 inches
    Letter,
}

/// A page to print.
#[derive(Debug)]
struct Job {
    audience: Audience,
    /// Its address; the file is called the same, but for its ending.
    route: String,
    /// The packet or loop that it is of.
    name: String,
    /// The file that it is made of, to tell where something is wrong.
    source: Option<FileId>,
}

/// A file that is ready to be put in its place.
struct Ready<'a> {
    job: &'a Job,
    bytes: Vec<u8>,
    pages: usize,
}

/// The pages of the editions, where the browser can read them, each from an address of its own.
struct Press {
    servers: Vec<(Audience, Server)>,
    published: String,
    paper: Paper,
    browser: Browser,
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<Outcome, Error> {
    let builder = Builder::default();
    let guide = common.read_and_build(&builder, &Options::default())?;
    if common.report(&guide) == Outcome::Findings {
        common.say("nothing was printed");
        return Ok(Outcome::Findings);
    }
    let folder = arguments.out.clone().unwrap_or_else(|| guide.root.join(FOLDER));
    refuse_published(arguments, &folder, &guide)?;
    let jobs = jobs(arguments, &guide);
    let mut press = Press::start(arguments, &guide, &jobs)?;
    let mut told = Vec::new();
    let mut held = Vec::new();
    for (at, job) in jobs.iter().enumerate() {
        let progress = Progress::show(at + 1, jobs.len(), &job.route);
        let ready = press.print(job)?;
        drop(progress);
        match ready {
            Err(problems) => told.extend(problems),
            // Candidates' files are scanned together, and one that leaks keeps all of them back.
            Ok(ready) if !job.audience.reads_answers() => held.push(ready),
            Ok(ready) => put(&ready, &folder)?,
        }
    }
    let leaks = builder.leaks(&guide.sources, &texts(&held));
    if leaks.is_empty() {
        held.iter().try_for_each(|ready| put(ready, &folder))?;
    }
    told.extend(leaks);
    let outcome = common.report_all(&told, &guide.sources);
    if outcome == Outcome::Findings {
        common.say("what is named above was not written; every other file is in its place");
    }
    Ok(outcome)
}

/// Nothing that only interviewers may read goes where candidates' pages are published.
fn refuse_published(arguments: &Arguments, folder: &Path, guide: &Guide) -> Result<(), Error> {
    io::refuse_unsafe(folder, &guide.root)?;
    if arguments.edition == EditionChoice::Candidate {
        return Ok(());
    }
    let published = guide.root.join(&guide.build.config().candidate_output);
    io::refuse_nested(&[folder.to_owned(), published])
}

/// What is to be printed, in the order of the guide's files. Ends the program when something that is named is not there.
fn jobs(arguments: &Arguments, guide: &Guide) -> Vec<Job> {
    let all = all(guide);
    let is_page = |job: &Job| PAGES.iter().any(|(name, _)| *name == job.name);
    for name in &arguments.named {
        if !all.iter().any(|job| job.name == *name) {
            let known = all.iter().map(|job| job.name.as_str());
            let help = did_you_mean(name, known).map_or_else(String::new, |help| format!("; {help}"));
            stop(&format!("there is no packet or loop `{name}` to print{help}"));
        }
    }
    let is_named = |job: &Job| match arguments.named.as_slice() {
        [] => !is_page(job),
        named => named.contains(&job.name),
    };
    let audiences = arguments.edition.options().audiences;
    let jobs: Vec<Job> =
        all.into_iter().filter(|job| is_named(job) && audiences.contains(&job.audience)).collect();
    if jobs.is_empty() {
        stop("nothing of this is for that edition: candidates get hand-outs of packets");
    }
    jobs
}

fn stop(message: &str) -> ! {
    clap::Error::raw(ErrorKind::InvalidValue, format!("{message}\n")).exit()
}

/// Everything that can be printed.
fn all(guide: &Guide) -> Vec<Job> {
    let stem =
        |path: &str| path.rsplit_once('/').map_or(path, |(_, name)| name).trim_end_matches(".md").to_owned();
    let mut jobs = Vec::new();
    for folder in ["packets", "loops"] {
        for source in guide.sources.under(&format!("content/{folder}/")).filter(|it| it.path.ends_with(".md"))
        {
            let (name, source) = (stem(&source.path), Some(source.id));
            let mut add = |audience, route| jobs.push(Job { audience, route, name: name.clone(), source });
            add(Audience::Interviewer, format!("{folder}/{name}.html"));
            if folder == "packets" {
                let folder = hand_out_folder(&name);
                add(Audience::Candidate, format!("{folder}/live.html"));
                add(Audience::Candidate, format!("{folder}/prep.html"));
            }
        }
    }
    jobs.extend(PAGES.map(|(name, route)| Job {
        audience: Audience::Interviewer,
        route: route.to_owned(),
        name: name.to_owned(),
        source: None,
    }));
    let editions = guide.build.editions();
    jobs.retain(|job| editions.get(&job.audience).is_some_and(|it| it.get(&job.route).is_some()));
    jobs
}

impl Press {
    fn start(arguments: &Arguments, guide: &Guide, jobs: &[Job]) -> Result<Self, Error> {
        let config = guide.build.config();
        let paper = match arguments.paper {
            Some(PaperChoice::A4) => Paper::A4,
            Some(PaperChoice::Letter) => Paper::Letter,
            None => config.print.paper,
        };
        let wanted = Wanted { engine: arguments.engine.as_deref(), configured: config.browser.as_deref() };
        let Some(browser) = Browser::start(wanted, arguments.no_sandbox)? else {
            let page = &jobs.iter().find(|job| job.audience.reads_answers()).unwrap_or(&jobs[0]);
            let folder = if page.audience.reads_answers() {
                &config.interviewer_output
            } else {
                &config.candidate_output
            };
            return Err(io::no_browser(&guide.root.join(folder).join(&page.route)));
        };
        let mut servers = Vec::new();
        // An edition is served alone, so that none of its pages can show anything of the other.
        for (audience, artifacts) in guide.build.editions() {
            let server = Server::start(Some(0))?;
            let own = jobs.iter().filter(|job| job.audience == *audience);
            server.set(Arc::new(on_paper(artifacts, own, paper)));
            servers.push((*audience, server));
        }
        Ok(Self { servers, published: config.base_url.clone(), paper, browser })
    }

    /// Prints a page and looks at what came out: a file, or what is wrong with it.
    fn print<'a>(&mut self, job: &'a Job) -> Result<Result<Ready<'a>, Vec<Diagnostic>>, Error> {
        let server = self.servers.iter().find(|(audience, _)| *audience == job.audience);
        let (_, server) = server.expect("every edition is served");
        let origin = format!("http://{}/", server.address());
        let name = paper_name(self.paper);
        let Printed { pdf, layout } =
            self.browser.print(&format!("{origin}{}?paper={name}", job.route), sheet(self.paper))?;
        let problem = |code, message| vec![at(job, code, message)];
        let Ok(printout) = Printout::read(&pdf) else {
            let message = format!("what the browser printed of `{}` is no whole PDF file", job.route);
            return Ok(Err(problem(NOT_A_PDF, message)));
        };
        refuse_old(&printout, layout.as_ref())?;
        let pages = printout.sizes().len();
        let problems = problems(job, &printout.sizes(), layout.as_ref(), self.paper);
        if !problems.is_empty() {
            return Ok(Err(problems));
        }
        // Candidates are told nothing of the place where interviewers' pages are.
        let published = if job.audience.reads_answers() { self.published.as_str() } else { "" };
        Ok(match printout.finish(Links { origin: &origin, published }) {
            Ok(bytes) => Ok(Ready { job, bytes, pages }),
            Err(error) => Err(problem(NOT_A_PDF, format!("`{}`: {error}", job.route))),
        })
    }
}

/// A browser that could not be asked has left its name in the file.
fn refuse_old(printout: &Printout, layout: Option<&Layout>) -> Result<(), Error> {
    let creator = printout.creator().filter(|_| layout.is_none()).unwrap_or_default();
    match release(&creator) {
        Some(found) if found < OLDEST => {
            Err(Error::OldBrowser { path: "the one that printed".into(), found: creator, needed: OLDEST })
        }
        _ => Ok(()),
    }
}

/// `artifacts`, with a style sheet that sets the paper of the pages that are printed.
///
/// It comes before all others: pages that choose their paper, and lay themselves out for it, keep their choice.
fn on_paper<'a>(artifacts: &Artifacts, jobs: impl Iterator<Item = &'a Job>, paper: Paper) -> Artifacts {
    let mut artifacts = artifacts.clone();
    artifacts.insert(PAPER_SHEET, format!("@page {{ size: {} }}", paper_name(paper)).into_bytes());
    for job in jobs {
        let html = artifacts.text(&job.route).expect("jobs are pages of the edition");
        let link = format!("<head><link rel=\"stylesheet\" href=\"/{PAPER_SHEET}\">");
        let html = html.replacen("<head>", &link, 1).into_bytes();
        artifacts.insert(job.route.as_str(), html);
    }
    artifacts
}

/// What keeps a file from being written.
fn problems(job: &Job, sizes: &[Size], layout: Option<&Layout>, paper: Paper) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let sheet = sheet(paper);
    let is_wrong = |size: &Size| {
        let off = |is: f32, wanted: f64| (f64::from(is * POINT) - wanted).abs() > f64::from(POINT);
        off(size.width, sheet.width) || off(size.height, sheet.height)
    };
    if let Some(page) = sizes.iter().position(is_wrong) {
        let Size { width, height } = sizes[page];
        let message = format!(
            "page {} of `{}` is {:.0} × {:.0} mm, and {} is {:.0} × {:.0} mm",
            page + 1,
            job.route,
            width * POINT,
            height * POINT,
            paper_name(paper),
            sheet.width,
            sheet.height
        );
        problems.push(at(job, WRONG_PAPER, message));
    }
    let Some(layout) = layout else { return problems };
    problems.extend(layout.wide.iter().map(|wide| {
        let message = format!(
            "in `{}`, “{}” is {:.1} mm wider than its place, and is cut off",
            job.route,
            wide.name,
            wide.excess * PIXEL
        );
        at(job, DOES_NOT_FIT, message).help("break its longest line")
    }));
    let long = layout.sheets.iter().filter(|part| part.excess > TOLERANCE);
    problems.extend(long.map(|part| {
        let s = if part.sides == 1 { "" } else { "s" };
        let message = format!(
            "in `{}`, “{}” is {:.1} mm longer than its {} side{s} of paper",
            job.route,
            part.name,
            part.excess * PIXEL,
            part.sides
        );
        at(job, DOES_NOT_FIT, message).help("shorten it, or have its question printed with `sheet: spread`")
    }));
    let planned: usize = layout.sheets.iter().map(|part| part.sides).sum();
    let least_planned: usize = layout.sheets.iter().map(|part| part.least.min(part.sides)).sum();
    // What takes several sides breaks between its blocks, and may need one more for each block that goes over whole.
    let most = planned + layout.sheets.iter().map(|part| part.sides - 1).sum::<usize>();
    let is_off = if layout.flows {
        sizes.len() <= least_planned
    } else {
        !(least_planned..=most).contains(&sizes.len())
    };
    if problems.is_empty() && is_off {
        let least = if layout.flows { "more than " } else { "" };
        let message = format!(
            "`{}` was laid out for {least}{planned} sides of paper, and {} were printed",
            job.route,
            sizes.len()
        );
        problems.push(at(job, DOES_NOT_FIT, message));
    }
    problems
}

/// A remark on what `job` is made of.
fn at(job: &Job, code: Code, message: String) -> Diagnostic {
    match job.source {
        Some(file) => Diagnostic::error(code, Span::start_of(file), message),
        None => Diagnostic::project_error(code, message),
    }
}

/// Everything that can be read in files for candidates.
fn texts(files: &[Ready<'_>]) -> Artifacts {
    let mut texts = Artifacts::default();
    for Ready { job, bytes, .. } in files {
        let text = Printout::read(bytes).expect("we wrote it").text();
        texts.insert(job.route.replace(".html", ".txt"), text.into_bytes());
    }
    texts
}

fn put(Ready { job, bytes, pages }: &Ready<'_>, folder: &Path) -> Result<(), Error> {
    let path = folder.join(job.audience.to_string()).join(job.route.replace(".html", ".pdf"));
    io::write_file(&path, bytes)?;
    let shown = path.display().to_string();
    let shown = shown.strip_prefix("./").unwrap_or(&shown);
    let s = if *pages == 1 { "" } else { "s" };
    let kilobytes = bytes.len().div_ceil(1000);
    // The name of a candidate's file says nothing of the packet.
    let of = if job.audience.reads_answers() { String::new() } else { format!(", for {}", job.name) };
    let _ = writeln!(anstream::stdout(), "{shown}: {pages} page{s}, {kilobytes} KB{of}");
    Ok(())
}

fn sheet(paper: Paper) -> Sheet {
    match paper {
        Paper::A4 => Sheet { width: 210.0, height: 297.0 },
        Paper::Letter => Sheet { width: 215.9, height: 279.4 },
    }
}

/// As style sheets and the page's address spell it.
fn paper_name(paper: Paper) -> &'static str {
    match paper {
        Paper::A4 => "a4",
        Paper::Letter => "letter",
    }
}

/// A line on the terminal, gone when it is dropped; nothing where no person looks.
struct Progress(bool);

impl Progress {
    fn show(at: usize, all: usize, what: &str) -> Self {
        let is_seen = std::io::stderr().is_terminal();
        if is_seen {
            let _ = write!(anstream::stderr(), "\r\x1b[Kprinting {at} of {all}: {what}");
            let _ = anstream::stderr().flush();
        }
        Self(is_seen)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.0 {
            let _ = write!(anstream::stderr(), "\r\x1b[K");
            let _ = anstream::stderr().flush();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::{Part, Wide};

    const A4: Size = Size { width: 594.96, height: 841.92 };

    fn told(sizes: &[Size], layout: &Layout) -> Vec<String> {
        let job = Job {
            audience: Audience::Interviewer,
            route: "packets/a.html".to_owned(),
            name: "a".to_owned(),
            source: None,
        };
        problems(&job, sizes, Some(layout), Paper::A4).into_iter().map(|it| it.message).collect()
    }

    fn part(sides: usize, excess: f64) -> Part {
        Part { name: "2 Review".to_owned(), least: sides, sides, excess }
    }

    #[test]
    fn pages_have_to_be_the_sides_that_were_planned() {
        let layout = Layout { sheets: vec![part(1, 0.0), part(2, 1.5)], ..Layout::default() };
        assert_eq!(told(&[A4; 3], &layout), [""; 0]);
        assert_eq!(told(&[A4; 4], &layout), [""; 0], "the part of two sides broke early");
        let expected = "`packets/a.html` was laid out for 3 sides of paper, and 5 were printed";
        assert_eq!(told(&[A4; 5], &layout), [expected]);
        let flowing = Layout { flows: true, ..layout };
        assert_eq!(told(&[A4; 4], &flowing), [""; 0]);
        let expected = "`packets/a.html` was laid out for more than 3 sides of paper, and 3 were printed";
        assert_eq!(told(&[A4; 3], &flowing), [expected]);
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_name_and_by_how_much() {
        let layout = Layout {
            sheets: vec![part(1, 37.8)],
            wide: vec![Wide { name: "let x = 1;".to_owned(), excess: 189.0 }],
            flows: false,
        };
        let expected = [
            "in `packets/a.html`, “let x = 1;” is 50.0 mm wider than its place, and is cut off",
            "in `packets/a.html`, “2 Review” is 10.0 mm longer than its 1 side of paper",
        ];
        assert_eq!(told(&[A4; 2], &layout), expected);
    }

    #[test]
    fn another_paper_is_told() {
        let letter = Size { width: 612.0, height: 792.0 };
        let layout = Layout { sheets: vec![part(2, 0.0)], ..Layout::default() };
        let expected = "page 2 of `packets/a.html` is 216 × 279 mm, and a4 is 210 × 297 mm";
        assert_eq!(told(&[A4, letter], &layout), [expected]);
    }

    #[test]
    fn the_paper_is_set_before_any_style_sheet_of_the_page() {
        let mut artifacts = Artifacts::default();
        artifacts.insert("a.html", *b"<html><head><link></head>");
        let job = Job {
            audience: Audience::Candidate,
            route: "a.html".to_owned(),
            name: String::new(),
            source: None,
        };
        let artifacts = on_paper(&artifacts, [&job].into_iter(), Paper::Letter);
        let expected = "<html><head><link rel=\"stylesheet\" href=\"/paper-of-this-print.css\"><link></head>";
        assert_eq!(artifacts.text("a.html"), Some(expected));
        assert_eq!(artifacts.text(PAPER_SHEET), Some("@page { size: letter }"));
    }
}
