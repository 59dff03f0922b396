//! `askbook.yaml`: how a guide is titled, printed and published.
use crate::{
    source::{Code, Diagnostic, Diagnostics, Sources, Spanned},
    text::{
        slug::is_id,
        words::{Words, is_language},
        yaml::{self, Choice, Fields},
    },
};

const MISSING: Code = Code("missing-config");
const BAD_NAME: Code = Code("bad-name");
const UNUSED: Code = Code("no-effect");
const BAD_ADDRESS: Code = Code("bad-address");
const BAD_LANGUAGE: Code = Code("bad-language");

/// The file whose presence marks a guide's root.
pub const FILE: &str = "askbook.yaml";

/// What a guide prints on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 210 by 297 mm.
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

impl Choice for Paper {
    const WHAT: &'static str = "paper";
    const ALL: &'static [(&'static str, Self)] = &[("a4", Self::A4), ("letter", Self::Letter)];
}

/// What to do about a rule of `check`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleLevel {
    /// Not looked for.
    Allow,
    /// Mentioned.
    Note,
    /// Told.
    Warn,
    /// Told, and the build stops.
    Deny,
}

impl Choice for RuleLevel {
    const WHAT: &'static str = "level of a rule";
    const ALL: &'static [(&'static str, Self)] =
        &[("allow", Self::Allow), ("note", Self::Note), ("warn", Self::Warn), ("deny", Self::Deny)];
}

/// `askbook.yaml`.
#[derive(Debug, Clone)]
pub struct Config {
    /// The guide's name.
    pub title: String,
    /// What it is, in a sentence; may be empty.
    pub description: String,
    /// A language tag: `en`.
    pub language: String,
    /// What the interface says in that language.
    pub words: Words,
    /// The folder of its theme.
    pub theme: String,
    /// Where it is published; empty: addresses are relative, and there is no sitemap.
    pub base_url: String,
    /// How packets are printed.
    pub print: Print,
    /// The Rust release that `rust.verified` is held against.
    pub rust_current: Option<String>,
    /// The scale of questions that name none.
    pub default_scale: String,
    /// Who may have seen questions that do not say.
    pub default_exposure: String,
    /// Folder of the interviewer's edition, relative to the project.
    pub interviewer_output: String,
    /// Folder of the candidate's edition, relative to the project.
    pub candidate_output: String,
    /// Where a file can be changed; `{path}` stands for its path.
    pub edit_url: Option<String>,
    /// A browser for PDFs; `None`: look for one.
    pub browser: Option<String>,
    /// What rules of `check` this guide changes.
    pub rules: Vec<(String, RuleLevel)>,
    /// After how many days without review a question is stale.
    pub stale_after_days: u32,
    /// What the organisation does with filled-in packets.
    pub retention: Option<Retention>,
    /// Whom candidates deal with.
    pub invitation: Invitation,
}

/// How packets are printed.
#[derive(Debug, Clone)]
pub struct Print {
    /// On what.
    pub paper: Paper,
    /// Whether sheets are printed on both sides.
    pub duplex: bool,
    /// Whether letters are 18 pt.
    pub large_print: bool,
    /// How many ruled lines a sheet keeps for notes at least.
    pub note_lines: u32,
}

/// How long filled-in packets are kept, and who answers for it.
#[derive(Debug, Clone)]
pub struct Retention {
    /// How long.
    pub months: u32,
    /// Who answers for it.
    pub contact: String,
}

/// What candidates read before the interview, and with no question: it may name whom they deal with.
#[derive(Debug, Clone, Default)]
pub struct Invitation {
    /// Who invites them.
    pub organisation: Option<String>,
    /// Whom to ask for adjustments.
    pub contact: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Interview guide".to_owned(),
            description: String::new(),
            language: "en".to_owned(),
            words: Words::default(),
            theme: "handbook".to_owned(),
            base_url: String::new(),
            print: Print { paper: Paper::A4, duplex: false, large_print: false, note_lines: 10 },
            rust_current: None,
            default_scale: "depth-4".to_owned(),
            default_exposure: "internal".to_owned(),
            interviewer_output: "public".to_owned(),
            candidate_output: "public-candidate".to_owned(),
            edit_url: None,
            browser: None,
            rules: Vec::new(),
            stale_after_days: 365,
            retention: None,
            invitation: Invitation::default(),
        }
    }
}

impl Config {
    /// Reads it; what is wrong is told, and the default stands in for it.
    pub fn parse(sources: &Sources, diagnostics: &mut Diagnostics) -> Self {
        let mut config = Self::default();
        if sources.unreadable().any(|path| path == FILE) {
            return config;
        }
        let Some(source) = sources.at(FILE) else {
            diagnostics.push(
                Diagnostic::project_error(MISSING, format!("there is no `{FILE}`"))
                    .help("make one that holds `title: …`; the folder that it stands in is the guide"),
            );
            return config;
        };
        let Some(mapping) = yaml::read(source, 0..source.text.len(), diagnostics) else { return config };
        let mut fields = Fields::of(mapping, diagnostics);
        config.read_language(sources, &mut fields);
        config.read(&mut fields);
        fields.finish("guide");
        config
    }

    fn read(&mut self, fields: &mut Fields<'_>) {
        if let Some(title) = fields.required::<String>("title") {
            self.title = title.value;
        }
        text(fields, "description", &mut self.description);
        if let Some(theme) = fields.optional::<String>("theme") {
            if is_id(&theme.value) {
                self.theme = theme.value;
            } else {
                let message = format!("`{}` cannot be the name of a theme", theme.value);
                fields.tell(
                    Diagnostic::error(BAD_NAME, theme.span, message).help("a theme is a folder of `themes/`"),
                );
            }
        }
        self.read_base_url(fields);
        self.read_print(fields);
        fields.within_nested("rust", "`rust`", |rust| {
            self.rust_current = rust.optional::<String>("current").map(|current| current.value);
        });
        fields.within_nested("defaults", "`defaults`", |defaults| {
            text(defaults, "scale", &mut self.default_scale);
            text(defaults, "exposure", &mut self.default_exposure);
        });
        fields.within_nested("editions", "`editions`", |editions| {
            editions.within_nested("interviewer", "edition", |edition| {
                text(edition, "output", &mut self.interviewer_output);
            });
            editions.within_nested("candidate", "edition", |edition| {
                text(edition, "output", &mut self.candidate_output);
            });
        });
        fields.within_nested("repository", "`repository`", |repository| {
            let Some(url) = repository.optional::<String>("edit_url") else { return };
            match address_problem(&url.value) {
                None if url.value.contains("{path}") => self.edit_url = Some(url.value),
                None => tell_address(repository, &url, "does not say where `{path}` goes"),
                Some(problem) => tell_address(repository, &url, problem),
            }
        });
        self.browser = fields.text("browser").map(|browser| browser.value);
        fields.within_nested("check", "`check`", |check| {
            // A later release reads them: nobody should believe that they work.
            if let Some(place) = check.place_of("rules") {
                check.tell(Diagnostic::warning(UNUSED, place, "`check.rules` has no effect yet"));
            }
            let rules = check.choice_pairs::<RuleLevel>("rules");
            self.rules = rules.into_iter().map(|(name, level)| (name.value, level.value)).collect();
            if let Some(days) = check.number("stale_after_days", 1..=36_500) {
                self.stale_after_days = days.value;
            }
        });
        self.retention = fields
            .within_nested("retention", "`retention`", |retention| {
                let months = retention.required::<u32>("months");
                let contact = retention.required::<String>("contact");
                Some(Retention { months: months?.value, contact: contact?.value })
            })
            .flatten();
        fields.within_nested("invitation", "`invitation`", |invitation| {
            self.invitation.organisation = invitation.text("organisation").map(|it| it.value);
            self.invitation.contact = invitation.text("contact").map(|it| it.value);
        });
    }

    fn read_language(&mut self, sources: &Sources, fields: &mut Fields<'_>) {
        let language = fields.text("language");
        let language = language.unwrap_or_else(|| Spanned::new(self.language.clone(), fields.span()));
        if !is_language(&language.value) {
            let message = format!("`{}` is no language tag", language.value);
            let help = "write one as in HTML: `en`, `de-CH`";
            fields.tell(Diagnostic::error(BAD_LANGUAGE, language.span, message).help(help));
            return;
        }
        fields.tell_all(|diagnostics| self.words = Words::of(&language, sources, diagnostics));
        self.language = language.value;
    }

    fn read_base_url(&mut self, fields: &mut Fields<'_>) {
        let Some(url) = fields.text("base_url") else { return };
        match address_problem(&url.value) {
            None if !url.value.contains(['?', '#']) => {
                self.base_url = format!("{}/", url.value.trim_end_matches('/'));
            }
            None => tell_address(fields, &url, "holds `?` or `#`"),
            Some(problem) => tell_address(fields, &url, problem),
        }
    }

    fn read_print(&mut self, fields: &mut Fields<'_>) {
        let print = &mut self.print;
        fields.within_nested("print", "`print`", |fields| {
            if let Some(paper) = fields.choice::<Paper>("paper") {
                print.paper = paper.value;
            }
            print.duplex = fields.optional::<bool>("duplex").is_some_and(|claim| claim.value);
            print.large_print = fields.optional::<bool>("large_print").is_some_and(|claim| claim.value);
            if let Some(lines) = fields.number("note_lines", 0..=40) {
                print.note_lines = lines.value;
            }
        });
    }
}

/// Puts the text at `key` into `target`, if there is some.
fn text(fields: &mut Fields<'_>, key: &'static str, target: &mut String) {
    if let Some(text) = fields.text(key) {
        *target = text.value;
    }
}

/// What keeps `url` from being the address of a site.
fn address_problem(url: &str) -> Option<&'static str> {
    let Some(rest) = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) else {
        return Some("does not start with `https://`");
    };
    let host = rest.split('/').next().unwrap_or_default();
    if host.is_empty() || host.contains('@') {
        return Some("names no host");
    }
    url.contains(|c: char| c.is_whitespace() || "\"'<>\\".contains(c))
        .then_some("holds a character that an address cannot")
}

fn tell_address(fields: &mut Fields<'_>, url: &Spanned<String>, problem: &str) {
    let message = format!("the address `{}` {problem}", url.value);
    fields.tell(Diagnostic::error(BAD_ADDRESS, url.span, message));
}
