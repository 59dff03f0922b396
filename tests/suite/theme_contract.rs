//! What templates see: themes are written against it, so a change of it has to be meant, and told in the docs.
//!
//! A new field of a view needs a doc line and a value in [`complete`]; a new kind of page, a line in [`TEMPLATES`].
//! Then `SNAPSHOTS=overwrite cargo test --test suite theme_contract` writes `docs/theme-views.md` anew.
use crate::support::{BUILDER, PACKET, Project, QUESTION, repository};
use askbook::{
    config::Config,
    edition::{Audience, Edition},
    pages,
    pipeline::Standing,
    site::Seen,
    source::Diagnostics,
    text::markdown::Markdown,
};
use serde_json::Value;
use snapbox::{Data, assert_data_eq};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
};

/// Each template that a page is made with, and the structs whose fields are its `view`.
const TEMPLATES: &[(&str, &[&str])] = &[
    ("article.html", &["ArticleView"]),
    ("book.html", &["BookView"]),
    ("candidate-index.html", &[]),
    ("chapters-print.css", &["OnPaper", "ChaptersView"]),
    ("competency.html", &["CompetencyView"]),
    ("coverage.html", &["BankView"]),
    ("hand-out-live.html", &["HandOutView"]),
    ("hand-out-prep.html", &["HandOutView"]),
    ("home.html", &["HomeView"]),
    ("list.html", &["ListView"]),
    ("loop.html", &["LoopView"]),
    ("not-found.html", &[]),
    ("packet-print.css", &["OnPaper", "PrintView"]),
    ("packet-rubric.html", &["PacketView"]),
    ("packet.html", &["PacketView"]),
    ("prompt.html", &["PromptView"]),
    ("question.html", &["QuestionView"]),
    ("rubric.html", &["RubricView"]),
    ("search.html", &["SearchView"]),
];

/// Fields that the example leaves empty: only a guide of hundreds of questions fills them.
const NOT_IN_THE_EXAMPLE: &[&str] = &["RubricView parts"];

/// Files whose structs templates see.
const SOURCES: &[&str] =
    &["src/edition", "src/edition/bank", "src/pages/print.rs", "src/pages/search.rs", "src/site/render.rs"];

/// A small guide that has a value for every field.
fn complete() -> Project {
    let question = |title: &str, changes: &[(&str, &str)]| {
        let text = QUESTION.replace("The guard that stays", title);
        changes.iter().fold(text, |text, (from, to)| text.replace(from, to))
    };
    let guard = question(
        "The guard that stays",
        &[
            (
                "tags: [guard]",
                "tags: [guard]
conflicts: [lag]
rust: { edition: \"2024\", msrv: \"1.85\", verified: \"1.85.0\" }
sources: [\"https://example.org/a\", A book]
leaks: [{ date: 2026-03-01, where: a forum, note: whole }]
extra: { ticket: 7 }",
            ),
            (
                "## Notes",
                "## Accommodations\nMore time.\n\n## Background\nMore.\n\n## Materials\nA log.\n\n## Notes",
            ),
        ],
    );
    let second = PACKET.replace("Systems interview", "Second interview").replace("[guard]", "[late]");
    let project = Project::default()
        .file("askbook.yaml", CONFIG)
        .file("content/taxonomy.yaml", TAXONOMY)
        .file("content/index.md", "---\ntitle: Home\n---\nWelcome.\n\n## Interviewer\nRead.\n")
        .file("content/questions/locks/guard.md", &guard)
        .file(
            "content/questions/locks/lag.md",
            &question("The counter that lags", &[("tags: [guard]", "variant_of: guard")]),
        )
        .file(
            "content/questions/locks/late.md",
            &question("The lock that comes late", &[("reviewed: 2026-02-06", "reviewed: 2026-06-07")]),
        )
        .file(
            "content/questions/locks/at-home.md",
            &question(
                "A small service at home",
                &[
                    ("debugging\nlevels", "take-home\nlevels"),
                    ("minutes: 15", "minutes: 60\nreview_minutes: 30"),
                ],
            ),
        )
        .file(
            "content/questions/locks/sketch.md",
            &question(
                "A cache to sketch",
                &[
                    ("kind: debugging", "kind: design"),
                    ("[mid, senior]", "[senior]"),
                    ("{ mid: 2, senior: 3 }", "{ senior: 3 }"),
                    ("{ debugging: 2, concurrency: 1 }", "{ design: 1 }"),
                    ("status: active", "status: pilot"),
                    ("reviewed: 2026-02-06\nreviewers: [ada]\n", ""),
                ],
            ),
        )
        .file("content/questions/locks/draft.md", &question("A draft of one", &[("active", "draft")]))
        .file(
            "content/questions/locks/old.md",
            &question(
                "The question before it",
                &[(
                    "status: active",
                    "status: retired\nretired: { date: 2026-03-04, reason: stale, replaced_by: guard }",
                )],
            ),
        )
        .file("content/packets/systems.md", &format!("{PACKET}\n## Notes\nMind the clock.\n"))
        .file("content/packets/second.md", &second)
        .file("content/loops/whole.md", LOOP)
        .file(
            "content/pages/one.md",
            "---\ntitle: One\nsummary: First.\n---\n## Part\nA deadlock, `&str` and E0502.\n",
        )
        .file("content/pages/two.md", "---\ntitle: Two\n---\nText.\n")
        .file("content/pages/three.md", "---\ntitle: Three\n---\nText.\n");
    let locking =
        BUILDER.lockings(&project.0).into_iter().find(|it| it.packet.as_str() == "systems").unwrap();
    let Standing::New(lock) = locking.standing else { panic!("{:?}", locking.standing) };
    project.file("content/packets/systems.lock", &lock.text(&locking.packet))
}

const CONFIG: &str = "\
title: Test guide
description: All of it.
repository: { edit_url: \"https://example.org/{path}\" }
rust: { current: \"1.95\" }
retention: { months: 12, contact: people }
invitation: { organisation: Example, contact: hiring }
";
const TAXONOMY: &str = "\
levels: { junior: { title: Junior }, mid: { title: Mid }, senior: { title: Senior } }
topics: { locks: { title: Locks, group: concurrency } }
competencies:
  debugging: { title: Debugging, definition: Finds causes. }
  concurrency: { title: Concurrency, definition: Shares state. }
  design: { title: Design, definition: Chooses shapes. }
  writing: { title: Writing, definition: Is read. }
themes:
  troubleshooting: { title: Troubleshooting, group: senior }
  mentoring: { title: Mentoring, group: senior }
";
const LOOP: &str = "\
---
title: Whole loop
level: senior
requires: { debugging: 2 }
stages:
  - { packet: systems, interviewer: A }
  - { packet: second, interviewer: B, take_home: at-home, alternative: code of their own }
---
Brief everybody.
";

/// What each template sees, page by page, with the page's address; `site` of both editions is among them.
fn seen() -> BTreeMap<String, Vec<(String, Value)>> {
    let project = complete();
    let mut told = Diagnostics::default();
    let config = Config::parse(&project.0, &mut told);
    let guide = askbook::guide::parse(&project.0, &config.default_scale, &Markdown::default(), &mut told);
    assert!(!told.has_errors(), "{:?}", told.sorted());
    let mut seen: BTreeMap<String, Vec<(String, Value)>> = BTreeMap::new();
    for audience in Audience::ALL {
        let site = pages::plan(Edition::of(&guide, &config, audience), &config);
        let shared = format!("site ({audience})");
        seen.entry(shared).or_default().push((String::new(), site.shared));
        for page in site.pages {
            let mut own = Seen::default();
            page.view.show(&mut own);
            let view = own.data("view").unwrap();
            seen.entry(page.template.to_owned()).or_default().push((page.route.to_string(), view));
        }
    }
    seen
}

/// What some values have in common.
#[derive(Default, Clone)]
struct Shape {
    kinds: BTreeSet<&'static str>,
    fields: BTreeMap<String, Shape>,
    items: Option<Box<Shape>>,
}

impl Shape {
    fn of<'a>(values: impl IntoIterator<Item = &'a Value>) -> Self {
        let mut shape = Self::default();
        values.into_iter().for_each(|value| shape.add(value));
        shape
    }

    fn add(&mut self, value: &Value) {
        self.kinds.insert(match value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "number",
            Value::String(_) => "text",
            Value::Array(_) => "list",
            Value::Object(_) => "map",
        });
        match value {
            Value::Array(items) => {
                let shape = self.items.get_or_insert_default();
                for item in items {
                    shape.add(item);
                }
            }
            Value::Object(fields) => {
                for (name, value) in fields {
                    self.fields.entry(name.clone()).or_default().add(value);
                }
            }
            _ => {}
        }
    }
}

/// A struct as its source declares it.
#[derive(Default)]
struct Declared {
    doc: String,
    fields: Vec<Field>,
}

#[derive(Clone)]
struct Field {
    /// The struct that declares it.
    of: String,
    name: String,
    kind: String,
    doc: String,
    is_flat: bool,
}

/// The structs of [`SOURCES`], by name.
fn declared() -> BTreeMap<String, Declared> {
    let mut declared = BTreeMap::new();
    for place in SOURCES.iter().map(|path| repository().join(path)) {
        let paths = if place.is_dir() {
            let paths = fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().path());
            paths.filter(|path| path.is_file()).collect()
        } else {
            vec![place]
        };
        for path in paths {
            read_structs(&fs::read_to_string(path).unwrap(), &mut declared);
        }
    }
    declared
}

/// Knows Rust as far as rustfmt writes it: a field is on a line of its own, its docs and attributes before it.
fn read_structs(source: &str, declared: &mut BTreeMap<String, Declared>) {
    let (mut docs, mut attributes) = (Vec::new(), String::new());
    let mut current: Option<(String, Declared)> = None;
    for line in source.lines() {
        let words = line.trim().trim_start_matches("pub(super) ").trim_start_matches("pub ");
        let field = words.strip_suffix(',').and_then(|field| field.split_once(": "));
        if let Some(doc) = words.strip_prefix("/// ") {
            docs.push(doc);
            continue;
        }
        if words.starts_with("#[") {
            attributes.push_str(words);
            continue;
        }
        if let Some(name) = words.strip_prefix("struct ").and_then(|rest| rest.strip_suffix(" {")) {
            let name = name.split('<').next().unwrap().to_owned();
            current = Some((name, Declared { doc: docs.join(" "), fields: Vec::new() }));
        } else if let ("}", Some((name, of))) = (line, current.take_if(|_| line == "}")) {
            let other = declared.insert(name.clone(), of);
            assert!(other.is_none(), "two structs are called `{name}`: a theme could not tell them apart");
        } else if let (Some((of, declared)), Some((name, kind))) = (&mut current, field)
            && !attributes.contains("serde(skip)")
        {
            declared.fields.push(Field {
                of: of.clone(),
                name: name.to_owned(),
                kind: kind.to_owned(),
                doc: docs.join(" "),
                is_flat: attributes.contains("serde(flatten)"),
            });
        }
        docs.clear();
        attributes.clear();
    }
}

/// `Option<Vec<T>>` as `Option` and `Vec<T>`.
fn outermost(kind: &str) -> Option<(&str, &str)> {
    kind.strip_suffix('>')?.split_once('<')
}

/// What is in boxes that JSON does not show.
fn unboxed(kind: &str) -> &str {
    match outermost(kind) {
        Some(("Arc" | "Box", inner)) => unboxed(inner),
        _ => kind,
    }
}

/// The fields of `kind`, such as `Listed<LinkView>`, and of what is flattened into it.
fn fields_of(kind: &str, all: &BTreeMap<String, Declared>) -> Vec<Field> {
    let (name, argument) = outermost(kind).unwrap_or((kind, ""));
    let declared = all.get(name).unwrap_or_else(|| panic!("there is no struct `{name}`"));
    let fields = declared.fields.iter().flat_map(|field| match unboxed(&field.kind) {
        // What stands for this is named in `TEMPLATES`.
        "&'a T" => Vec::new(),
        inner if field.is_flat => fields_of(inner, all),
        _ => vec![Field { kind: field.kind.replace("<T>", &format!("<{argument}>")), ..field.clone() }],
    });
    // A field of its own covers one of the same name that came in with another struct.
    let by_name: BTreeMap<String, Field> = fields.map(|field| (field.name.clone(), field)).collect();
    by_name.into_values().collect()
}

/// Holds what templates see against what the source declares.
struct Comparison<'d> {
    all: &'d BTreeMap<String, Declared>,
    /// Fields that had a value somewhere: "Question title".
    met: BTreeSet<String>,
}

impl Comparison<'_> {
    /// No field more in `shape` than the structs `names` declare, none less, and each of its kind.
    fn compare(&mut self, place: &str, shape: &Shape, names: &[&str]) {
        let fields: Vec<Field> = names.iter().flat_map(|name| fields_of(name, self.all)).collect();
        let declared: BTreeSet<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        let shown: BTreeSet<&str> = shape.fields.keys().map(String::as_str).collect();
        assert_eq!(shown, declared, "{place}: what templates see, and what {names:?} declares");
        for field in fields {
            let place = format!("{place} {}", field.name);
            if self.has_value(&place, &shape.fields[&field.name], &field.kind) {
                self.met.insert(format!("{} {}", field.of, field.name));
            }
        }
    }

    /// Whether `shape` is more than nothing. What it is has to be of `kind`.
    fn has_value(&mut self, place: &str, shape: &Shape, kind: &str) -> bool {
        if let Some(("Arc" | "Box" | "Option", inner)) = outermost(kind) {
            let mut some = shape.clone();
            let is_missing = kind.starts_with("Option") && some.kinds.remove("nothing");
            return !(is_missing && some.kinds.is_empty()) && self.has_value(place, &some, inner);
        }
        let (name, inner) = outermost(kind).unwrap_or((kind, ""));
        let expected = match name {
            "serde_json::Value" => return true,
            "Vec" | "(String, String)" => "list",
            name if self.all.contains_key(name) => "map",
            name => &words(name),
        };
        assert_eq!(shape.kinds.iter().copied().collect::<Vec<_>>(), [expected], "{place}");
        match &shape.items {
            Some(items) if name == "Vec" => !items.kinds.is_empty() && self.has_value(place, items, inner),
            None if expected == "map" => {
                self.compare(place, shape, &[kind]);
                true
            }
            _ => true,
        }
    }
}

/// How the docs call a struct: `QuestionView` is a "Question".
fn title(name: &str) -> &str {
    name.strip_suffix("View").unwrap_or(name)
}

fn link(name: &str) -> String {
    format!("[{}](#{})", title(name), title(name).to_lowercase())
}

/// A type in words.
fn words(kind: &str) -> String {
    match outermost(kind) {
        Some(("Arc" | "Box", inner)) => words(inner),
        Some(("Option", inner)) => format!("{} or nothing", words(inner)),
        Some(("Vec", inner)) => format!("list of {}", words(inner)),
        Some((name, inner)) => format!("{} of {}", link(name), words(inner)),
        None if kind == "T" => "any".to_owned(),
        None => match kind {
            "String" | "&'a str" | "&'static str" => "text".to_owned(),
            "bool" => "true or false".to_owned(),
            "u8" | "u32" | "u64" | "usize" | "i8" | "i16" => "number".to_owned(),
            "serde_json::Value" => "what the author wrote".to_owned(),
            "(String, String)" => "pair of texts".to_owned(),
            name => link(name),
        },
    }
}

/// Every struct that a template sees.
fn reached(all: &BTreeMap<String, Declared>) -> BTreeSet<&str> {
    let named = TEMPLATES.iter().flat_map(|(_, names)| names.iter().copied());
    let mut open: Vec<&str> = ["PageView", "SiteView"].into_iter().chain(named).collect();
    let mut reached = BTreeSet::new();
    while let Some(name) = open.pop() {
        if reached.insert(name) {
            let kinds = all[name].fields.iter().flat_map(|field| field.kind.split(['<', '>']));
            open.extend(kinds.filter_map(|name| all.get_key_value(name)).map(|(name, _)| name.as_str()));
        }
    }
    reached
}

/// `docs/theme-views.md`.
fn docs(seen: &BTreeMap<String, Vec<(String, Value)>>, all: &BTreeMap<String, Declared>) -> String {
    let mut text = String::from(
        "# What templates see\n\n\
         Every template sees `site` ([Site](#site); in the candidate's edition only its `language`), `page`\n\
         ([Page](#page)), `words` ([languages](languages.md)), `assets` (the address of each file below `assets/`, by its\n\
         name) and `view`. A field that is not there is an error at its place in the template. [Themes](themes.md) tells\n\
         how to use it all.\n\n\
         A test writes this file from the source and holds it against what templates are given.\n\n\
         ## Templates\n\n| template | makes, for instance | `view` |\n|---|---|---|\n",
    );
    for (template, names) in TEMPLATES {
        let example = &seen[*template][0].0;
        let views: Vec<String> = names.iter().map(|name| link(name)).collect();
        let view = if views.is_empty() { "nothing".to_owned() } else { views.join(" with ") };
        writeln!(text, "| `{template}` | `{example}` | {view} |").unwrap();
    }
    text.push_str("\n## Values\n\nText called HTML is made from Markdown, clean, and printed with `| safe`; all other text is not.\n");
    for name in reached(all) {
        write!(
            text,
            "\n### {}\n\n{}\n\n| field | is | what it says |\n|---|---|---|\n",
            title(name),
            all[name].doc
        )
        .unwrap();
        for Field { name, kind, doc, is_flat, .. } in &all[name].fields {
            let doc = doc.replace("`None`", "nothing");
            match is_flat {
                true if kind == "&'a T" => {}
                true => writeln!(text, "| | all of {} | {doc} |", words(kind)).unwrap(),
                false => writeln!(text, "| `{name}` | {} | {doc} |", words(kind)).unwrap(),
            }
        }
    }
    text
}

#[test]
fn the_docs_tell_every_field_that_templates_see() {
    let (seen, all) = (seen(), declared());
    let made_with: Vec<&str> =
        seen.keys().map(String::as_str).filter(|name| !name.starts_with("site")).collect();
    let listed: Vec<&str> = TEMPLATES.iter().map(|(template, _)| *template).collect();
    assert_eq!(made_with, listed, "the templates that pages are made with, and those of the table");
    let shape = |name: &str| Shape::of(seen[name].iter().map(|(_, value)| value));
    let mut comparison = Comparison { all: &all, met: BTreeSet::new() };
    for (template, names) in TEMPLATES {
        comparison.compare(template, &shape(template), names);
    }
    comparison.compare("site", &shape("site (interviewer)"), &["SiteView"]);
    // A page's own view is made when it is rendered.
    let others = reached(&all).into_iter().filter(|name| *name != "PageView");
    let fields = others.flat_map(|name| &all[name].fields).filter(|field| !field.is_flat);
    let unmet = fields.map(|field| format!("{} {}", field.of, field.name));
    let unmet: Vec<String> = unmet.filter(|field| !comparison.met.contains(field)).collect();
    assert_eq!(unmet, NOT_IN_THE_EXAMPLE, "`complete` has a value for every field but these");
    let told = reached(&all).into_iter().flat_map(|name| &all[name].fields);
    let untold = told.filter(|field| field.doc.is_empty() && !field.is_flat).map(|field| &field.name);
    assert_eq!(untold.collect::<Vec<_>>(), [""; 0], "these have no doc line");
    assert_data_eq!(docs(&seen, &all), Data::read_from(&repository().join("docs/theme-views.md"), None));
}
