//! The whole build: files in, files out. No disk, no clock, no environment.
use crate::{
    check,
    config::Config,
    edition::{Audience, Edition},
    guide, pages,
    site::{self, Artifacts, Templates, Theme},
    source::{Diagnostic, Diagnostics, Severity, Sources},
    text::{markdown::Markdown, sample::Sample},
};
use std::collections::BTreeMap;

pub use crate::guide::{Change, Lock, Locking, Standing};

/// What to build.
#[derive(Debug, Clone)]
pub struct Options {
    /// For whom.
    pub audiences: Vec<Audience>,
}

impl Default for Options {
    fn default() -> Self {
        Self { audiences: Audience::ALL.to_vec() }
    }
}

/// What a build made, and what it has to say.
#[derive(Debug)]
pub struct Build {
    config: Config,
    editions: BTreeMap<Audience, Artifacts>,
    diagnostics: Vec<Diagnostic>,
}

impl Build {
    /// Nothing is handed out while an error stands, so nothing half right is published.
    fn finished(config: Config, editions: BTreeMap<Audience, Artifacts>, diagnostics: Diagnostics) -> Self {
        let editions = if diagnostics.has_errors() { BTreeMap::new() } else { editions };
        Self { config, editions, diagnostics: diagnostics.sorted() }
    }

    fn stopped(config: Config, diagnostics: Diagnostics) -> Self {
        Self::finished(config, BTreeMap::new(), diagnostics)
    }

    /// The files of each edition; empty when there was an error.
    pub fn editions(&self) -> &BTreeMap<Audience, Artifacts> {
        &self.editions
    }

    /// How the guide is titled, printed and published.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Sorted by place.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether anything keeps the guide from being published.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|it| it.severity == Severity::Error)
    }
}

/// Builds guides. Owns what is dear to make.
#[derive(Debug, Default)]
pub struct Builder {
    markdown: Markdown,
}

impl Builder {
    /// Builds the guide that `sources` hold, once for each audience.
    pub fn build(&self, sources: &Sources, options: &Options) -> Build {
        let mut diagnostics = sources.remarks().clone();
        let config = Config::parse(sources, &mut diagnostics);
        let guide = guide::parse(sources, &config.default_scale, &self.markdown, &mut diagnostics);
        let theme = Theme::of(sources, &config.theme, &mut diagnostics);
        let templates = Templates::compile(&theme, &config.words, &mut diagnostics);
        let Some(templates) = templates.filter(|_| !diagnostics.has_errors()) else {
            return Build::stopped(config, diagnostics);
        };
        let render = |edition: Edition, diagnostics: &mut Diagnostics| {
            site::render(pages::plan(edition, &config), sources, &theme, &templates, diagnostics)
        };
        // Interviewers get the same hand-outs, so candidates' files are made and scanned in every build.
        let candidate = render(Edition::of(&guide, &config, Audience::Candidate), &mut diagnostics);
        check::leak(&guide, &theme, &config.words, &candidate, &mut diagnostics);
        let mut editions = BTreeMap::from([(Audience::Candidate, candidate)]);
        if options.audiences.contains(&Audience::Interviewer) {
            let edition = Edition::of(&guide, &config, Audience::Interviewer);
            // The views hold copies, and a large guide is dear to keep (0.3 GB of 10,000 questions).
            drop(guide);
            editions.insert(Audience::Interviewer, render(edition, &mut diagnostics));
        }
        editions.retain(|audience, _| options.audiences.contains(audience));
        Build::finished(config, editions, diagnostics)
    }

    /// What each packet of the guide that `sources` hold would lock, beside what is locked.
    pub fn lockings(&self, sources: &Sources) -> Vec<Locking> {
        let mut told = sources.remarks().clone();
        let config = Config::parse(sources, &mut told);
        guide::lockings(sources, &config.default_scale, &self.markdown, told)
    }

    /// Every phrase that only interviewers may read and that stands in `published`: files that others made of a build.
    pub fn leaks(&self, sources: &Sources, published: &Artifacts) -> Vec<Diagnostic> {
        let mut told = Diagnostics::default();
        let config = Config::parse(sources, &mut told);
        let guide = guide::parse(sources, &config.default_scale, &self.markdown, &mut told);
        let theme = Theme::of(sources, &config.theme, &mut told);
        let mut leaks = Diagnostics::default();
        check::leak(&guide, &theme, &config.words, published, &mut leaks);
        leaks.sorted()
    }

    /// The Rust code blocks of the guide that `sources` hold, to be compiled.
    pub fn samples(&self, sources: &Sources) -> Vec<Sample> {
        let mut told = Diagnostics::default();
        let config = Config::parse(sources, &mut told);
        let guide = guide::parse(sources, &config.default_scale, &self.markdown, &mut told);
        check::samples(&guide, sources)
    }
}
