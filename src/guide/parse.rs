//! Sources to guide.
use super::{
    article::Article,
    id::{LoopId, PacketId, QuestionId, ScaleId},
    interview_loop::Loop,
    lock::Lock,
    model::Guide,
    packet::Packet,
    question::Question,
    resolve,
    resolve_locks::Locks,
    scale::Scale,
    taxonomy::{Taxonomy, bad_id},
};
use crate::{
    source::{Code, Diagnostic, Diagnostics, Source, Sources, Span, did_you_mean},
    text::{
        markdown::{Link, Markdown},
        slug::is_id,
    },
};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const MISSING_TAXONOMY: Code = Code("missing-taxonomy");
const NO_TOPIC: Code = Code("no-topic-folder");
const TAKEN_NAME: Code = Code("taken-name");
const UNREAD_FILE: Code = Code("unread-file");

const QUESTIONS: &str = "content/questions/";
const PACKETS: &str = "content/packets/";
const LOOPS: &str = "content/loops/";
const PAGES: &str = "content/pages/";
const SCALES: &str = "content/scales/";
const TAXONOMY: &str = "content/taxonomy.yaml";
const HOME: &str = "content/index.md";

/// What was read of each file, before anything is held against anything else.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) guide: Guide,
    /// Stems of files that could not be read: what names them is not to blame.
    pub(super) broken: BTreeSet<String>,
    /// Every link of every file, broken or not.
    pub(super) links: Vec<Link>,
    /// What is locked; `None`: every packet chooses anew.
    pub(super) locks: Option<Locks>,
}

/// Reads the guide. Never fails: what cannot be read is left out and told.
///
/// `default_scale` is the scale of questions that name none.
pub fn parse(
    sources: &Sources,
    default_scale: &str,
    markdown: &Markdown,
    diagnostics: &mut Diagnostics,
) -> Guide {
    let mut read = read(sources, default_scale, markdown, diagnostics);
    read.locks = Some(locks(sources, diagnostics));
    resolve::resolve(read, sources, diagnostics)
}

/// Reads the guide as if no packet were locked.
pub(super) fn unlocked(
    sources: &Sources,
    default_scale: &str,
    markdown: &Markdown,
    diagnostics: &mut Diagnostics,
) -> Guide {
    resolve::resolve(read(sources, default_scale, markdown, diagnostics), sources, diagnostics)
}

/// Reads every file but the locks.
fn read(sources: &Sources, default_scale: &str, markdown: &Markdown, diagnostics: &mut Diagnostics) -> Read {
    let mut read = Read::default();
    match sources.at(TAXONOMY) {
        Some(source) => read.guide.taxonomy = Taxonomy::parse(source, diagnostics),
        None if sources.unreadable().any(|path| path == TAXONOMY) => {
            read.guide.taxonomy = Taxonomy::unreadable();
        }
        None => {
            read.guide.taxonomy = Taxonomy::unreadable();
            diagnostics.push(
                Diagnostic::project_error(MISSING_TAXONOMY, format!("there is no `{TAXONOMY}`"))
                    .help("make one that lists `levels`, `topics` and `competencies`"),
            );
        }
    }
    let (scales, questions, packets, loops, articles) = {
        let taxonomy = &read.guide.taxonomy;
        let mut files = Files { sources, links: &mut read.links, broken: &mut read.broken, diagnostics };
        (
            files.each(SCALES, ".yaml", |source, _, told| {
                Scale::parse(source, ScaleId::new(named(source, told)?)?, told)
            }),
            files.each(QUESTIONS, ".md", |source, links, told| {
                Question::parse(source, question_id(source, told)?, taxonomy, markdown, links, told)
            }),
            files.each(PACKETS, ".md", |source, links, told| {
                Packet::parse(source, PacketId::new(named(source, told)?)?, taxonomy, markdown, links, told)
            }),
            files.each(LOOPS, ".md", |source, links, told| {
                Loop::parse(source, LoopId::new(named(source, told)?)?, taxonomy, markdown, links, told)
            }),
            files.each(PAGES, ".md", |source, links, told| {
                let id = page_id(source, told)?;
                Article::parse(source, &id, markdown, links, told)
            }),
        )
    };
    read.guide.scales = scales.into_iter().map(|scale| (scale.id.clone(), scale)).collect();
    read.guide.default_scale = ScaleId::new(default_scale);
    (read.guide.questions, read.guide.packets) = (questions, packets);
    (read.guide.loops, read.guide.articles) = (loops, articles);
    let home = sources.at(HOME);
    read.guide.home =
        home.and_then(|source| Article::parse_home(source, markdown, &mut read.links, diagnostics));
    // Nobody is blamed for naming a file that is there and could not be read.
    let stem =
        |path: &str| path.rsplit('/').next().and_then(|name| name.split('.').next()).map(str::to_owned);
    read.broken.extend(sources.unreadable().filter_map(stem));
    tell_unread(sources, diagnostics);
    read
}

/// Reads the lock of each packet.
pub(super) fn locks(sources: &Sources, diagnostics: &mut Diagnostics) -> Locks {
    let mut locks = Locks::new();
    for source in sources.under(PACKETS).filter(|source| source.path.ends_with(".lock")) {
        if let Some(packet) = named(source, diagnostics).and_then(PacketId::new) {
            let written = Lock::parse(source, &packet, diagnostics);
            locks.insert(packet, written.map(|written| (written, Span::start_of(source.id))));
        }
    }
    locks.extend(sources.unreadable().filter_map(|path| Some((packet_id(path, ".lock")?, None))));
    locks
}

/// The packets that there are, whether or not they can be read, and their files.
pub(super) fn packet_files(sources: &Sources) -> BTreeMap<PacketId, &str> {
    let paths = sources.under(PACKETS).map(|source| source.path.as_str()).chain(sources.unreadable());
    paths.filter_map(|path| Some((packet_id(path, ".md")?, path))).collect()
}

/// The packet whose file, with that ending, is at `path`.
fn packet_id(path: &str, ending: &str) -> Option<PacketId> {
    let stem = path.strip_prefix(PACKETS)?.strip_suffix(ending)?;
    PacketId::new(stem.rsplit('/').next().unwrap_or_default())
}

/// Whether the file at `path` is a question's.
pub(super) fn is_question(path: &str) -> bool {
    path.starts_with(QUESTIONS)
}

/// The files to read, and what comes of it beside the things themselves.
struct Files<'a> {
    sources: &'a Sources,
    links: &'a mut Vec<Link>,
    broken: &'a mut BTreeSet<String>,
    diagnostics: &'a mut Diagnostics,
}

impl Files<'_> {
    /// Reads every file below `folder` that ends in `ending`, in parallel; the result is in path order.
    fn each<T: Send>(
        &mut self,
        folder: &str,
        ending: &str,
        read: impl Fn(&Source, &mut Vec<Link>, &mut Diagnostics) -> Option<T> + Sync,
    ) -> Vec<T> {
        let files: Vec<&Source> =
            self.sources.under(folder).filter(|source| source.path.ends_with(ending)).collect();
        let read = files.par_iter().map(|source| {
            let (mut links, mut told) = (Vec::new(), Diagnostics::default());
            (read(source, &mut links, &mut told), links, told)
        });
        let read: Vec<_> = read.collect();
        let mut found = Vec::with_capacity(read.len());
        for ((value, links, told), source) in read.into_iter().zip(files) {
            self.links.extend(links);
            self.diagnostics.append(told);
            if value.is_none() {
                self.broken.insert(source.stem().to_owned());
            }
            found.extend(value);
        }
        found
    }
}

/// The path of a handbook page below its folder, without `.md`; each part of it is an id.
fn page_id(source: &Source, diagnostics: &mut Diagnostics) -> Option<String> {
    let id = source.path.strip_prefix(PAGES)?.strip_suffix(".md")?;
    match id.split('/').find(|part| !is_id(part)) {
        None => Some(id.to_owned()),
        Some(part) => {
            diagnostics.push(bad_name(part, source));
            None
        }
    }
}

/// The id of a question, which stands in the folder of a topic.
fn question_id(source: &Source, diagnostics: &mut Diagnostics) -> Option<QuestionId> {
    let name = named(source, diagnostics)?;
    if !source.path[QUESTIONS.len()..].contains('/') {
        let problem =
            Diagnostic::error(NO_TOPIC, Span::start_of(source.id), "question stands in no topic's folder");
        diagnostics.push(problem.help(format!("move it to `{QUESTIONS}<topic>/{name}.md`")));
        return None;
    }
    if name == "index" {
        let problem =
            Diagnostic::error(TAKEN_NAME, Span::start_of(source.id), "a question cannot be called `index`");
        diagnostics.push(problem.help("rename the file: that address is the list of all questions"));
        return None;
    }
    QuestionId::new(name)
}

/// The stem of a file whose stem is an id; otherwise that is told.
fn named<'a>(source: &'a Source, diagnostics: &mut Diagnostics) -> Option<&'a str> {
    let stem = source.stem();
    if is_id(stem) {
        return Some(stem);
    }
    diagnostics.push(bad_name(stem, source));
    None
}

fn bad_name(name: &str, source: &Source) -> Diagnostic {
    let help = format!("rename `{}`: a name is an id of lower-case letters, digits and `-`", source.path);
    bad_id(name, Span::start_of(source.id)).help(help)
}

/// Text files that no part of the guide is made of: often a slip in a folder's name.
fn tell_unread(sources: &Sources, diagnostics: &mut Diagnostics) {
    let folders = ["questions", "packets", "loops", "pages", "scales"];
    for source in sources.under("content/") {
        let path = source.path.as_str();
        let is_read = path == HOME
            || path == TAXONOMY
            || [
                (QUESTIONS, ".md"),
                (PACKETS, ".md"),
                (PACKETS, ".lock"),
                (LOOPS, ".md"),
                (PAGES, ".md"),
                (SCALES, ".yaml"),
            ]
            .iter()
            .any(|(folder, ending)| path.starts_with(folder) && path.ends_with(ending));
        if is_read {
            continue;
        }
        let folder = path.split('/').nth(1).unwrap_or_default();
        let help = if folders.contains(&folder) {
            "files here end in `.md`, scales in `.yaml`".to_owned()
        } else {
            let near = did_you_mean(folder, folders).unwrap_or_default();
            format!(
                "the folders of `content/` are `questions`, `packets`, `loops`, `pages`, `scales`; {near}"
            )
        };
        let problem = Diagnostic::warning(UNREAD_FILE, Span::start_of(source.id), "nothing reads this file");
        diagnostics.push(problem.help(help));
    }
}
