//! Where the browser is that prints: named by someone, or in one of the usual places.
use crate::io::error::Error;
use std::{
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

/// A person's choice for all their guides.
const VARIABLE: &str = "ASKBOOK_BROWSER";
/// What Chromium and its relatives are called.
const NAMES: [&str; 8] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "brave-browser",
    "brave",
];
const BUNDLES: [&str; 4] = ["Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser"];
const PROGRAM_FILES: [&str; 4] = [
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"BraveSoftware\Brave-Browser\Application\brave.exe",
];

/// Who may name a browser; the first that does is believed.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// By `--engine`.
    pub engine: Option<&'a Path>,
    /// By `browser` of `askbook.yaml`.
    pub configured: Option<&'a str>,
}

/// What decides where programs are.
struct Surroundings<'a> {
    variable: &'a dyn Fn(&str) -> Option<OsString>,
    is_program: &'a dyn Fn(&Path) -> bool,
    system: System,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum System {
    Unix,
    MacOs,
    Windows,
}

/// The browser that is wanted, or the first in the usual places; `None` if there is none.
pub(super) fn find(wanted: Wanted<'_>) -> Result<Option<PathBuf>, Error> {
    let system = match env::consts::OS {
        "macos" => System::MacOs,
        "windows" => System::Windows,
        _ => System::Unix,
    };
    let variable = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    find_in(wanted, &Surroundings { variable: &variable, is_program: &is_program, system })
}

fn find_in(wanted: Wanted<'_>, around: &Surroundings<'_>) -> Result<Option<PathBuf>, Error> {
    let variable = (around.variable)(VARIABLE);
    let named = [
        ("`--engine`", wanted.engine.map(Path::as_os_str)),
        ("`ASKBOOK_BROWSER`", variable.as_deref()),
        ("`browser` of `askbook.yaml`", wanted.configured.map(OsStr::new)),
    ];
    let named = named.into_iter().find_map(|(by, name)| Some((by, name.filter(|it| !it.is_empty())?)));
    let Some((by, name)) = named else {
        return Ok(usual_places(around).into_iter().find(|path| (around.is_program)(path)));
    };
    // Somebody who names a browser wants that one: another could print otherwise.
    let mut places = if Path::new(name).components().count() > 1 {
        vec![PathBuf::from(name)]
    } else {
        on_path(name, around)
    };
    places.retain(|path| (around.is_program)(path));
    match places.into_iter().next() {
        Some(path) => Ok(Some(path)),
        None => Err(Error::NotABrowser { path: name.into(), named_by: by }),
    }
}

fn usual_places(around: &Surroundings<'_>) -> Vec<PathBuf> {
    let mut places: Vec<PathBuf> = NAMES.iter().flat_map(|name| on_path(OsStr::new(name), around)).collect();
    match around.system {
        System::Unix => {}
        System::MacOs => {
            let home = (around.variable)("HOME").map(PathBuf::from);
            for folder in [Some(PathBuf::from("/")), home].into_iter().flatten() {
                let bundle = |name| folder.join(format!("Applications/{name}.app/Contents/MacOS/{name}"));
                places.extend(BUNDLES.map(bundle));
            }
        }
        System::Windows => {
            for variable in ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"] {
                let Some(folder) = (around.variable)(variable).map(PathBuf::from) else { continue };
                places.extend(PROGRAM_FILES.map(|path| folder.join(path)));
            }
        }
    }
    places
}

/// Each place where a program called `name` could be started from.
fn on_path(name: &OsStr, around: &Surroundings<'_>) -> Vec<PathBuf> {
    let Some(path) = (around.variable)("PATH") else { return Vec::new() };
    let file = |folder: PathBuf| match around.system {
        System::Windows if Path::new(name).extension().is_none() => folder.join(name).with_extension("exe"),
        _ => folder.join(name),
    };
    // A relative folder would have us start whatever the guide brings along.
    env::split_paths(&path).filter(|folder| folder.is_absolute()).map(file).collect()
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    path.metadata().is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOBODY: Wanted<'static> = Wanted { engine: None, configured: None };

    /// What is found where `programs` are installed.
    fn found(
        wanted: Wanted<'_>,
        variables: &[(&str, &str)],
        programs: &[&str],
        system: System,
    ) -> Result<Option<PathBuf>, String> {
        let variable =
            |name: &str| variables.iter().find(|(it, _)| *it == name).map(|(_, value)| value.into());
        let is_program = |path: &Path| programs.iter().any(|it| Path::new(it) == path);
        let around = Surroundings { variable: &variable, is_program: &is_program, system };
        find_in(wanted, &around).map_err(|error| error.to_string())
    }

    fn on_unix(wanted: Wanted<'_>, variables: &[(&str, &str)], programs: &[&str]) -> String {
        match found(wanted, variables, programs, System::Unix) {
            Ok(found) => found.map_or_else(|| "nothing".to_owned(), |path| path.display().to_string()),
            Err(error) => error,
        }
    }

    #[test]
    fn who_asks_first_is_believed() {
        let programs = ["/a/chrome", "/b/chrome", "/c/chrome", "/bin/chromium"];
        let wanted = Wanted { engine: Some(Path::new("/a/chrome")), configured: Some("/c/chrome") };
        let variables = [("ASKBOOK_BROWSER", "/b/chrome"), ("PATH", "/bin")];
        assert_eq!(on_unix(wanted, &variables, &programs), "/a/chrome");
        let wanted = Wanted { engine: None, ..wanted };
        assert_eq!(on_unix(wanted, &variables, &programs), "/b/chrome");
        assert_eq!(on_unix(wanted, &variables[1..], &programs), "/c/chrome");
        assert_eq!(on_unix(NOBODY, &variables[1..], &programs), "/bin/chromium");
    }

    #[test]
    fn names_are_looked_for_on_the_path_in_our_order() {
        let path = [("PATH", "/bin:/usr/bin:.")];
        let programs = ["/usr/bin/chromium", "/bin/google-chrome", "/bin/brave", "./chromium"];
        assert_eq!(on_unix(NOBODY, &path, &programs), "/usr/bin/chromium");
        assert_eq!(on_unix(NOBODY, &path, &programs[1..]), "/bin/google-chrome");
        assert_eq!(on_unix(NOBODY, &path, &programs[3..]), "nothing");
        let wanted = Wanted { configured: Some("brave"), ..NOBODY };
        assert_eq!(on_unix(wanted, &path, &programs), "/bin/brave");
    }

    #[test]
    fn a_browser_that_was_named_and_is_not_there_is_not_replaced_by_another() {
        let wanted = Wanted { engine: Some(Path::new("/gone/chrome")), configured: None };
        assert_eq!(
            on_unix(wanted, &[("PATH", "/bin")], &["/bin/chromium"]),
            "`/gone/chrome`, which `--engine` names, is not a program"
        );
        let variables = [("PATH", "/bin"), ("ASKBOOK_BROWSER", "crome")];
        assert_eq!(
            on_unix(NOBODY, &variables, &["/bin/chromium"]),
            "`crome`, which `ASKBOOK_BROWSER` names, is not a program"
        );
    }

    #[test]
    fn bundles_of_macos_are_found_for_all_and_for_one() {
        let own = "/Users/ada/Applications/Chromium.app/Contents/MacOS/Chromium";
        let shared = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
        let home = [("HOME", "/Users/ada")];
        for (programs, expected) in [(&[own, shared][..], shared), (&[own], own)] {
            assert_eq!(found(NOBODY, &home, programs, System::MacOs), Ok(Some(expected.into())));
        }
    }

    #[cfg(windows)]
    #[test]
    fn program_files_of_windows_are_searched() {
        let edge = r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe";
        let variables = [("ProgramFiles(x86)", r"C:\Program Files (x86)")];
        assert_eq!(found(NOBODY, &variables, &[edge], System::Windows), Ok(Some(edge.into())));
    }
}
