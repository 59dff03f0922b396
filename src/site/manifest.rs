//! `theme.yaml`: what a theme is called, what it is laid over, and whether it searches.
use super::builtin;
use crate::{
    source::{Code, Diagnostic, Diagnostics, Source, Sources, Span, Spanned, did_you_mean},
    text::yaml::{self, Fields},
};
use std::collections::BTreeSet;

const UNKNOWN_THEME: Code = Code("unknown-theme");
const CIRCLE: Code = Code("theme-circle");
const UNUSED: Code = Code("no-effect");

/// The folder of all themes.
const THEMES: &str = "themes/";
/// What a theme says of itself, below its own folder.
const FILE: &str = "theme.yaml";
/// No theme: a folder beside them, of words that all of them print.
const LANGUAGES: &str = "languages";

/// A theme and those that it is laid over.
#[derive(Debug)]
pub(super) struct Lineage {
    /// From the ground up: the last is the theme itself.
    pub(super) names: Vec<String>,
    /// Whether its pages load the search index; the uppermost theme that says so decides.
    pub(super) searches: bool,
}

impl Lineage {
    /// The lineage of the theme `name`. What is wrong with it is told, and the default theme stands in.
    pub(super) fn of(sources: &Sources, name: &str, diagnostics: &mut Diagnostics) -> Self {
        let mut names: Vec<String> = Vec::new();
        let mut searches = None;
        let mut next = Some((name.to_owned(), None));
        while let Some((name, place)) = next {
            if let Some(problem) = problem(&names, &name, place, sources) {
                diagnostics.push(problem);
                names.push(builtin::DEFAULT.to_owned());
                break;
            }
            let manifest = Manifest::of(sources, &name, diagnostics);
            searches = searches.or(manifest.search);
            next = manifest.extends;
            names.push(name);
        }
        names.reverse();
        Self { names, searches: searches.unwrap_or(true) }
    }
}

/// Where a project keeps the files of the theme `name`.
pub(super) fn folder(name: &str) -> String {
    format!("{THEMES}{name}/")
}

/// What keeps `name`, which is named at `place`, from being the ground of `above`.
fn problem(above: &[String], name: &str, place: Option<Span>, sources: &Sources) -> Option<Diagnostic> {
    let (code, message, help) = if above.iter().any(|other| other == name) {
        let circle: Vec<String> =
            above.iter().map(String::as_str).chain([name]).map(|it| format!("`{it}`")).collect();
        (CIRCLE, format!("themes extend each other in a circle: {}", circle.join(", ")), None)
    } else if known(sources).contains(name) {
        return None;
    } else {
        let mut others = known(sources);
        others.retain(|other| !above.iter().any(|it| it == other));
        let message = format!("unknown theme `{name}`: there is no `{}`", folder(name));
        (UNKNOWN_THEME, message, did_you_mean(name, others))
    };
    let problem = match place {
        Some(place) => Diagnostic::error(code, place, message),
        None => Diagnostic::project_error(code, message),
    };
    Some(problem.maybe_help(help))
}

/// Every theme that there is: ours, and the project's.
fn known(sources: &Sources) -> BTreeSet<&str> {
    let texts = sources.under(THEMES).map(|source| source.path.as_str());
    let paths = texts.chain(sources.assets_under(THEMES).map(|(path, _)| path));
    let folders = paths.filter_map(|path| Some(path.strip_prefix(THEMES)?.split_once('/')?.0));
    let ours: BTreeSet<&str> = builtin::names().collect();
    ours.into_iter().chain(folders.filter(|folder| *folder != LANGUAGES)).collect()
}

/// What a theme says of itself, or what holds when it says nothing.
#[derive(Debug, Default)]
struct Manifest {
    /// The theme below it, and where it is named.
    extends: Option<(String, Option<Span>)>,
    search: Option<bool>,
}

impl Manifest {
    fn of(sources: &Sources, name: &str, diagnostics: &mut Diagnostics) -> Self {
        let own = sources.at(&format!("{}{FILE}", folder(name)));
        let own = own.and_then(|source| Written::read(source, diagnostics)).unwrap_or_default();
        let Some(files) = builtin::files(name) else {
            let below = own.extends.map(|it| (it.value, Some(it.span)));
            let extends = below.unwrap_or_else(|| (builtin::DEFAULT.to_owned(), None));
            return Self { extends: Some(extends), search: own.search };
        };
        if let Some(extends) = own.extends {
            let message = format!("`extends` has no effect: `{name}` is built in and stands alone");
            diagnostics.push(
                Diagnostic::warning(UNUSED, extends.span, message).help("give your theme a name of its own"),
            );
        }
        Self { extends: None, search: own.search.or_else(|| Written::built_in(files).search) }
    }
}

/// What a `theme.yaml` says.
#[derive(Debug, Default)]
struct Written {
    extends: Option<Spanned<String>>,
    search: Option<bool>,
}

impl Written {
    fn read(source: &Source, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mapping = yaml::read(source, 0..source.text.len(), diagnostics)?;
        let mut fields = Fields::of(mapping, diagnostics);
        // Whoever shares a theme says what it is; nothing prints it.
        for key in ["name", "version", "description"] {
            fields.text(key);
        }
        let extends = fields.optional::<String>("extends");
        let search = fields.optional::<bool>("search").map(|claim| claim.value);
        fields.finish("theme");
        Some(Self { extends, search })
    }

    fn built_in(files: &[(&str, &[u8])]) -> Self {
        let (_, bytes) = files.iter().find(|(path, _)| *path == FILE).expect("every theme of ours has one");
        let text = std::str::from_utf8(bytes).expect("it is text");
        let sources = Sources::from_iter([(FILE, text)]);
        let source = sources.at(FILE).expect("it was put there");
        Self::read(source, &mut Diagnostics::default()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_themes_say_only_what_is_read() {
        for name in builtin::names() {
            let text = builtin::files(name).unwrap().iter().find(|(path, _)| *path == FILE).unwrap().1;
            let sources = Sources::from_iter([(FILE, std::str::from_utf8(text).unwrap())]);
            let mut told = Diagnostics::default();
            assert!(Written::read(sources.at(FILE).unwrap(), &mut told).unwrap().extends.is_none());
            assert_eq!(told.sorted(), [], "{name}");
        }
    }

    #[test]
    fn a_theme_is_laid_over_the_default_unless_it_says_otherwise() {
        let names = |files: &[(&str, &str)]| {
            let mut told = Diagnostics::default();
            let sources: Sources = files.iter().copied().collect();
            let lineage = Lineage::of(&sources, "mine", &mut told);
            assert_eq!(told.sorted(), []);
            (lineage.names.join(" "), lineage.searches)
        };
        assert_eq!(names(&[("themes/mine/assets/a.css", "")]), ("handbook mine".to_owned(), true));
        let mine = ("themes/mine/theme.yaml", "extends: ours\n");
        let ours = ("themes/ours/theme.yaml", "name: Ours\nextends: plain\n");
        assert_eq!(names(&[mine, ours]), ("plain ours mine".to_owned(), false));
        let searching = ("themes/mine/theme.yaml", "extends: ours\nsearch: true\n");
        assert_eq!(names(&[searching, ours]), ("plain ours mine".to_owned(), true));
    }
}
