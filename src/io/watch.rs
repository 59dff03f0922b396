//! Waits until someone saves a file of the guide.
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
    fs,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use notify::{Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{
    error::Error,
    project::{self, Stamp},
};

/// How long nothing may happen before a change counts as done: a save is several events, a checkout thousands.
const QUIET: Duration = Duration::from_millis(100);
/// When something is written to without pause, this is enough.
const LONGEST: Duration = Duration::from_secs(1);
/// How often we look ourselves if the system does not tell.
const POLL: Duration = Duration::from_millis(500);

/// What a wait ended with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// Time was up.
    Nothing,
    /// These files or folders were written, moved, made or deleted.
    Paths(BTreeSet<PathBuf>),
    /// Something changed, and the system lost count of what.
    Anything,
}

/// Eyes on some files and folders.
pub struct Watch {
    /// Canonical, except that the last part may be missing for now.
    paths: Vec<PathBuf>,
    eyes: Eyes,
    notice: Option<String>,
}

enum Eyes {
    Native(RecommendedWatcher, Receiver<notify::Result<Event>>),
    Polling(BTreeMap<PathBuf, Stamp>),
}

impl Watch {
    /// Watches `paths` and what is below them. They may come, go and be renamed meanwhile.
    pub fn new(paths: &[PathBuf]) -> Result<Self, Error> {
        let paths = paths.iter().map(|path| canonical(path)).collect::<Result<Vec<_>, _>>()?;
        let mut watch = Self { paths, eyes: Eyes::Polling(BTreeMap::new()), notice: None };
        match native(&watch.paths) {
            Ok((watcher, events)) => watch.eyes = Eyes::Native(watcher, events),
            Err(error) => watch.poll_from_now_on(&error),
        }
        Ok(watch)
    }

    /// Something the user should be told, once.
    pub fn take_notice(&mut self) -> Option<String> {
        self.notice.take()
    }

    /// Waits until something changed and things are quiet again, but for no change longer than `patience`.
    pub fn wait(&mut self, patience: Duration) -> Changed {
        let mut seen = Seen::default();
        if !self.look(Instant::now() + patience, &mut seen) {
            return Changed::Nothing;
        }
        let enough = Instant::now() + LONGEST;
        while Instant::now() < enough && self.look(Instant::now() + QUIET, &mut seen) {}
        if seen.is_lost { Changed::Anything } else { Changed::Paths(seen.paths) }
    }

    /// Looks until something changed, or until `end`, and says whether it did.
    fn look(&mut self, end: Instant, seen: &mut Seen) -> bool {
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let is_changed = match &mut self.eyes {
                Eyes::Native(_, events) => match events.recv_timeout(left) {
                    Ok(event) => self.take_in(event, seen),
                    Err(RecvTimeoutError::Timeout) => return false,
                    Err(RecvTimeoutError::Disconnected) => self.lose_sight("it stopped", seen),
                },
                Eyes::Polling(stamps) => {
                    let now = project::stamps(&self.paths);
                    let is_changed = seen.add_differences(stamps, &now);
                    *stamps = now;
                    if !is_changed && left.is_zero() {
                        return false;
                    }
                    if !is_changed {
                        thread::sleep(left.min(POLL));
                    }
                    is_changed
                }
            };
            if is_changed {
                return true;
            }
        }
    }

    /// Whether the event means a change.
    fn take_in(&mut self, event: notify::Result<Event>, seen: &mut Seen) -> bool {
        match event {
            Ok(event) if event.need_rescan() => {
                seen.is_lost = true;
                self.watch_again(|_| true, seen);
                true
            }
            // Our own reading is an access, too.
            Ok(Event { kind: EventKind::Access(_), .. }) => false,
            Ok(event) => {
                let relevant: Vec<PathBuf> =
                    event.paths.into_iter().filter(|path| self.is_relevant(path)).collect();
                self.watch_again(|watched| relevant.iter().any(|path| path == watched), seen);
                let is_change = !relevant.is_empty();
                seen.paths.extend(relevant);
                is_change
            }
            Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => self.lose_sight(&error, seen),
            // One file could not be looked at, most likely because it is gone: the build will tell.
            Err(_) => false,
        }
    }

    fn is_relevant(&self, path: &Path) -> bool {
        self.paths.iter().any(|watched| {
            let base = watched.parent().unwrap_or(watched);
            path.starts_with(watched) && path.strip_prefix(base).is_ok_and(|path| !project::is_left_out(path))
        })
    }

    /// A folder that was renamed takes its watch along, and the one that came in its place has none.
    fn watch_again(&mut self, is_affected: impl Fn(&Path) -> bool, seen: &mut Seen) {
        let Eyes::Native(watcher, _) = &mut self.eyes else { return };
        let renew = |path: &PathBuf| {
            // It may have none to lose.
            let _ = watcher.unwatch(path);
            watch_folder(watcher, path)
        };
        if let Err(error) = self.paths.iter().filter(|path| is_affected(path)).try_for_each(renew) {
            self.lose_sight(&error, seen);
        }
    }

    fn lose_sight(&mut self, why: impl Display, seen: &mut Seen) -> bool {
        seen.is_lost = true;
        self.poll_from_now_on(why);
        true
    }

    fn poll_from_now_on(&mut self, why: impl Display) {
        self.eyes = Eyes::Polling(project::stamps(&self.paths));
        self.notice =
            Some(format!("the system's file watcher gave up ({why}), so files are looked at twice a second"));
    }
}

/// What a wait has gathered.
#[derive(Default)]
struct Seen {
    paths: BTreeSet<PathBuf>,
    is_lost: bool,
}

impl Seen {
    fn add_differences(&mut self, old: &BTreeMap<PathBuf, Stamp>, new: &BTreeMap<PathBuf, Stamp>) -> bool {
        let is_different = |path: &&PathBuf| old.get(*path) != new.get(*path);
        let mut differences = old.keys().chain(new.keys()).filter(is_different).peekable();
        let is_changed = differences.peek().is_some();
        self.paths.extend(differences.cloned());
        is_changed
    }
}

fn native(paths: &[PathBuf]) -> notify::Result<(RecommendedWatcher, Receiver<notify::Result<Event>>)> {
    let (sender, events) = mpsc::channel();
    let mut watcher = RecommendedWatcher::new(sender, Config::default().with_follow_symlinks(false))?;
    // The folders above tell when a path itself is renamed, replaced or made.
    let parents: BTreeSet<&Path> = paths.iter().filter_map(|path| path.parent()).collect();
    for parent in parents {
        watcher.watch(parent, RecursiveMode::NonRecursive)?;
    }
    for path in paths {
        watch_folder(&mut watcher, path)?;
    }
    Ok((watcher, events))
}

fn watch_folder(watcher: &mut RecommendedWatcher, path: &Path) -> notify::Result<()> {
    if !fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir()) {
        return Ok(());
    }
    match watcher.watch(path, RecursiveMode::Recursive) {
        // Gone again: the folder above will tell when it comes back.
        Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => Ok(()),
        result => result,
    }
}

/// As the system will name it in its events.
fn canonical(path: &Path) -> Result<PathBuf, Error> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let parent = fs::canonicalize(parent).map_err(Error::read(parent))?;
    Ok(path.file_name().map_or(parent.clone(), |name| parent.join(name)))
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(20);

    /// A guide on disk and eyes on it.
    struct Guide {
        folder: TempDir,
        watch: Watch,
    }

    impl Guide {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir_all(folder.path().join("content/questions")).unwrap();
            fs::write(folder.path().join("askbook.yaml"), "").unwrap();
            fs::write(folder.path().join("content/questions/a.md"), "").unwrap();
            let watch = Watch::new(&project::watched(folder.path())).unwrap();
            Self { folder, watch }
        }

        fn polling() -> Self {
            let mut guide = Self::new();
            guide.watch.poll_from_now_on("this is a test");
            guide
        }

        /// Both kinds of eyes must see the same.
        fn both() -> [Self; 2] {
            [Self::new(), Self::polling()]
        }

        fn at(&self, path: &str) -> PathBuf {
            fs::canonicalize(self.folder.path()).unwrap().join(path)
        }

        fn write(&self, path: &str, text: &str) {
            fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
            fs::write(self.at(path), text).unwrap();
        }

        fn rename(&self, from: &str, to: &str) {
            fs::rename(self.at(from), self.at(to)).unwrap();
        }

        #[track_caller]
        fn sees(&mut self, path: &str) {
            let path = self.at(path);
            match self.watch.wait(PATIENCE) {
                Changed::Paths(paths) => assert!(paths.contains(&path), "{paths:?}"),
                other => panic!("{other:?}"),
            }
        }

        #[track_caller]
        fn sees_nothing(&mut self) {
            assert_eq!(self.watch.wait(QUIET * 2), Changed::Nothing);
        }
    }

    #[test]
    fn a_save_is_seen_once() {
        for mut guide in Guide::both() {
            guide.write("content/questions/a.md", "new");
            guide.sees("content/questions/a.md");
            guide.sees_nothing();
            guide.write("askbook.yaml", "title: Guide");
            guide.sees("askbook.yaml");
        }
    }

    #[test]
    fn what_does_not_belong_to_the_guide_is_not_seen() {
        for mut guide in Guide::both() {
            guide.write("content/questions/.a.md.swp", "");
            guide.write("content/questions/4913", "");
            guide.write("public/index.html", "");
            guide.write("README.md", "");
            fs::read(guide.at("content/questions/a.md")).unwrap();
            guide.sees_nothing();
        }
    }

    #[test]
    fn an_editor_that_saves_by_renaming_is_seen_every_time() {
        for mut guide in Guide::both() {
            for text in ["one", "second"] {
                guide.write("content/questions/.a.md.new", text);
                guide.rename("content/questions/.a.md.new", "content/questions/a.md");
                guide.sees("content/questions/a.md");
                guide.write(".askbook.yaml.new", text);
                guide.rename(".askbook.yaml.new", "askbook.yaml");
                guide.sees("askbook.yaml");
            }
        }
    }

    #[test]
    fn a_folder_that_is_renamed_or_comes_later_is_still_watched() {
        for mut guide in Guide::both() {
            guide.rename("content", "elsewhere");
            assert_ne!(guide.watch.wait(PATIENCE), Changed::Nothing);
            guide.write("elsewhere/questions/a.md", "not part of the guide now");
            guide.sees_nothing();
            guide.rename("elsewhere", "content");
            assert_ne!(guide.watch.wait(PATIENCE), Changed::Nothing);
            guide.write("content/questions/a.md", "back again");
            guide.sees("content/questions/a.md");
            guide.write("themes/own/style.css", "");
            assert_ne!(guide.watch.wait(PATIENCE), Changed::Nothing);
            guide.write("themes/own/style.css", "p {}");
            guide.sees("themes/own/style.css");
        }
    }

    #[test]
    fn a_checkout_of_many_files_is_one_change() {
        for mut guide in Guide::both() {
            for number in 0..500 {
                guide.write(&format!("content/questions/{number}.md"), "x");
            }
            guide.sees("content/questions/499.md");
            guide.sees_nothing();
        }
    }

    #[test]
    fn a_deleted_file_is_seen() {
        for mut guide in Guide::both() {
            fs::remove_file(guide.at("content/questions/a.md")).unwrap();
            guide.sees("content/questions/a.md");
        }
    }

    #[test]
    fn polling_is_told_once() {
        let mut guide = Guide::polling();
        assert!(guide.watch.take_notice().unwrap().contains("this is a test"));
        assert_eq!(guide.watch.take_notice(), None);
        assert_eq!(Guide::new().watch.take_notice(), None);
    }
}
