//! Puts a site into its folder: all of it or nothing, and never at the cost of a file we did not make.
use std::{
    collections::BTreeSet,
    ffi::{OsStr, OsString},
    fs::{self, File},
    io::{self, ErrorKind, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    error::Error,
    lock::Lock,
    manifest::{Entry, MARKER, Manifest, entries},
    place::locate,
};
use crate::site::Artifacts;
use rayon::prelude::*;

/// What a publish did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files that stayed as they were, down to the time they were last changed.
    pub unchanged: usize,
    /// Files of the last build that are no longer part of the site.
    pub removed: usize,
}

/// Makes `folder` hold exactly `artifacts` and what was never ours. If it fails or is killed, the old site stays.
pub fn publish(artifacts: &Artifacts, folder: &Path) -> Result<Published, Error> {
    let output = Output::at(folder)?;
    fs::create_dir_all(&output.parent).map_err(Error::write(&output.parent))?;
    let _lock = Lock::on(&output.folder, output.asked)?;
    output.recover()?;
    let manifest = Manifest::of(artifacts);
    let present = Present::survey(&output, &manifest)?;
    present.refuse_loss(&output)?;
    let published = present.compare(&manifest);
    if present.manifest.as_ref() != Some(&manifest) || published.written > 0 {
        let staged = output.stage(artifacts, &manifest, &present)?;
        output.replace(&staged)?;
    }
    Ok(published)
}

/// Refuses what [`publish`] would refuse, before anything is written anywhere: a folder that is not ours, or one in which
/// a person's work would be lost.
pub fn refuse_loss(artifacts: &Artifacts, folder: &Path) -> Result<(), Error> {
    let output = Output::at(folder)?;
    Present::survey(&output, &Manifest::of(artifacts))?.refuse_loss(&output)
}

/// Where a site goes.
struct Output<'a> {
    /// As the user wrote it, for messages.
    asked: &'a Path,
    folder: PathBuf,
    parent: PathBuf,
    name: OsString,
}

impl<'a> Output<'a> {
    fn at(asked: &'a Path) -> Result<Self, Error> {
        let folder = locate(asked)?;
        let parent = folder.parent().expect("`locate` refuses the root").to_owned();
        let name = folder.file_name().expect("`locate` refuses the root").to_owned();
        Ok(Self { asked, folder, parent, name })
    }

    /// A hidden name beside the folder.
    fn beside(&self, suffix: &str) -> OsString {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(suffix);
        name
    }

    /// Where the old site stands for a moment if the system cannot exchange two folders.
    fn aside(&self) -> PathBuf {
        self.parent.join(self.beside(".old"))
    }

    /// The error of a folder that holds files and no marker.
    fn foreign_output(&self) -> Error {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.file_name().into()).collect();
        files.sort();
        Error::ForeignOutput { path: self.asked.to_owned(), files }
    }

    /// Puts right what a killed build left behind.
    fn recover(&self) -> Result<(), Error> {
        let aside = self.aside();
        if is_ours_or_empty(&aside) && !self.folder.exists() {
            fs::rename(&aside, &self.folder).map_err(Error::write(&self.folder))?;
        }
        let prefix = self.beside(".new-");
        let is_left_over = |name: &OsStr| {
            aside.file_name() == Some(name) || name.as_encoded_bytes().starts_with(prefix.as_encoded_bytes())
        };
        for entry in fs::read_dir(&self.parent).map_err(Error::read(&self.parent))?.flatten() {
            if is_left_over(&entry.file_name()) && is_ours_or_empty(&entry.path()) {
                self.retire(&entry.path());
            }
        }
        Ok(())
    }

    /// Fills a folder beside the output folder with what is to take its place.
    fn stage(&self, artifacts: &Artifacts, manifest: &Manifest, present: &Present) -> Result<PathBuf, Error> {
        let prefix = self.beside(".new-");
        let staged = tempfile::Builder::new().prefix(&prefix).tempdir_in(&self.parent);
        let staged = staged.map_err(Error::write(&self.parent))?.keep();
        match self.fill(&staged, artifacts, manifest, present) {
            Ok(()) => Ok(staged),
            Err(error) => {
                self.retire(&staged);
                Err(error)
            }
        }
    }

    fn fill(
        &self,
        staged: &Path,
        artifacts: &Artifacts,
        manifest: &Manifest,
        present: &Present,
    ) -> Result<(), Error> {
        // The marker comes first, so that what a killed build leaves behind is known as ours.
        write_synced(&staged.join(MARKER), manifest.text().as_bytes())
            .map_err(Error::write(&self.asked.join(MARKER)))?;
        let folders: BTreeSet<&Path> =
            artifacts.iter().filter_map(|(path, _)| Path::new(path).parent()).collect();
        for folder in folders {
            fs::create_dir_all(staged.join(folder)).map_err(Error::write(&self.asked.join(folder)))?;
        }
        let files: Vec<(&str, &Arc<[u8]>)> = artifacts.iter().collect();
        files.into_par_iter().try_for_each(|(path, bytes)| {
            let new = staged.join(path);
            let done = if present.unchanged.contains(path) {
                keep(&self.folder.join(path), &new)
            } else {
                File::create_new(&new).and_then(|mut file| file.write_all(bytes))
            };
            done.map_err(Error::write(&self.asked.join(path)))
        })?;
        carry(&present.foreign, &self.folder, staged).map_err(Error::write(self.asked))?;
        if let Ok(metadata) = fs::metadata(&self.folder) {
            fs::set_permissions(staged, metadata.permissions()).map_err(Error::write(self.asked))?;
        }
        sync_folder(staged);
        Ok(())
    }

    /// Puts the staged site in the place of the old one.
    fn replace(&self, staged: &Path) -> Result<(), Error> {
        let swapped = if self.folder.exists() {
            exchange(staged, &self.folder).or_else(|error| match error.kind() {
                ErrorKind::Unsupported | ErrorKind::InvalidInput => {
                    exchange_in_steps(staged, &self.folder, &self.aside())
                }
                _ => Err(error),
            })
        } else {
            fs::rename(staged, &self.folder)
        };
        if let Err(source) = swapped {
            self.retire(staged);
            return Err(Error::Swap { path: self.asked.to_owned(), source });
        }
        sync_folder(&self.parent);
        self.retire(staged);
        Ok(())
    }

    /// Deletes a folder the site does not need, but first saves what was put into it while we were at work.
    ///
    /// Whether the site is in its place was settled before, so nothing that fails here may change the outcome: the
    /// next build tries again.
    fn retire(&self, old: &Path) {
        let ours = Manifest::read(old).ok().flatten().unwrap_or_default();
        let is_foreign = |entry: &Entry| !ours.has(entry);
        let save = |entries: Vec<Entry>| {
            let foreign: Vec<Entry> = entries.into_iter().filter(is_foreign).collect();
            carry(&foreign, old, &self.folder)
        };
        let is_saved = !self.folder.exists() || entries(old).and_then(save).is_ok();
        if is_saved {
            let _ = remove(old);
        }
    }
}

/// Deletes a folder of ours, the marker last: if we are killed half way, what is left is still known as ours.
fn remove(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else if entry.file_name() != MARKER {
            fs::remove_file(entry.path())?;
        }
    }
    if folder.join(MARKER).exists() {
        fs::remove_file(folder.join(MARKER))?;
    }
    fs::remove_dir(folder)
}

/// Whether a folder beside the output folder may be cleared away.
fn is_ours_or_empty(folder: &Path) -> bool {
    let is_folder = fs::symlink_metadata(folder).is_ok_and(|metadata| metadata.is_dir());
    is_folder && (folder.join(MARKER).is_file() || is_empty(folder))
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

/// What is in the output folder before a publish.
#[derive(Default)]
struct Present {
    /// `None`: the folder is not there, or empty.
    manifest: Option<Manifest>,
    /// Files that have the bytes they are to have.
    unchanged: BTreeSet<String>,
    /// Files that a person changed, or put where the site has one, and that would be lost.
    endangered: Vec<PathBuf>,
    /// What we did not make.
    foreign: Vec<Entry>,
}

impl Present {
    fn survey(output: &Output, new: &Manifest) -> Result<Self, Error> {
        let folder = &output.folder;
        if !folder.exists() || is_empty(folder) {
            return Ok(Self::default());
        }
        let metadata = fs::metadata(folder).map_err(Error::read(output.asked))?;
        if metadata.permissions().readonly() {
            // We could replace it, since that needs the parent's leave only, but it was locked for a reason.
            return Err(Error::write(output.asked)(ErrorKind::PermissionDenied.into()));
        }
        let Some(old) = Manifest::read(folder)? else {
            return Err(output.foreign_output());
        };
        let entries = entries(folder).map_err(Error::read(output.asked))?;
        let (ours, foreign): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|entry| old.has(entry));
        let listed = ours.par_iter().filter(|entry| old.hash(entry).is_some());
        let in_the_way = foreign.par_iter().filter(|entry| new.collides_with(entry));
        let fates = listed
            .chain(in_the_way)
            .map(|entry| fate(folder, entry, &old, new).map(|fate| (entry, fate)))
            .collect::<io::Result<Vec<_>>>()
            .map_err(Error::read(output.asked))?;
        let (mut unchanged, mut endangered) = (BTreeSet::new(), Vec::new());
        for (entry, fate) in fates {
            match fate {
                Fate::Stays => unchanged.extend(entry.listed()),
                Fate::Goes => {}
                Fate::WouldBeLost => endangered.push(entry.path.clone()),
            }
        }
        endangered.sort();
        Ok(Self { manifest: Some(old), unchanged, endangered, foreign })
    }

    fn refuse_loss(&self, output: &Output) -> Result<(), Error> {
        if self.endangered.is_empty() {
            return Ok(());
        }
        Err(Error::EditedOutput { path: output.asked.to_owned(), files: self.endangered.clone() })
    }

    fn compare(&self, new: &Manifest) -> Published {
        Published {
            written: new.len() - self.unchanged.len(),
            unchanged: self.unchanged.len(),
            removed: self.manifest.as_ref().map_or(0, |old| old.count_missing_in(new)),
        }
    }
}

/// What a publish would do to a file that is there.
enum Fate {
    Stays,
    Goes,
    WouldBeLost,
}

/// Judges what is in `folder`, which `old` left there and where `new` is to be.
fn fate(folder: &Path, entry: &Entry, old: &Manifest, new: &Manifest) -> io::Result<Fate> {
    if !entry.file_type.is_file() {
        return Ok(Fate::WouldBeLost);
    }
    let mut hasher = blake3::Hasher::new();
    let hash = hasher.update_reader(File::open(folder.join(&entry.path))?)?.finalize();
    if new.hash(entry) == Some(hash) {
        return Ok(Fate::Stays);
    }
    // An empty file is what a power cut makes of one that was not yet on disk: it is nobody's work.
    let is_as_left = old.hash(entry).is_some_and(|left| left == hash || hasher.count() == 0);
    Ok(if is_as_left { Fate::Goes } else { Fate::WouldBeLost })
}

/// Puts what is foreign in `from` into `to` as well, where it does not stand yet.
fn carry(foreign: &[Entry], from: &Path, to: &Path) -> io::Result<()> {
    let mut made = Vec::new();
    for Entry { path, file_type } in foreign {
        let target = to.join(path);
        if file_type.is_dir() {
            if !target.exists() {
                fs::create_dir_all(&target)?;
                made.push(path);
            }
            continue;
        }
        target.parent().map_or(Ok(()), fs::create_dir_all)?;
        match keep(&from.join(path), &target) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
    }
    // Last, because a folder that may not be written to cannot be filled.
    for path in made {
        fs::set_permissions(to.join(path), fs::metadata(from.join(path))?.permissions())?;
    }
    Ok(())
}

/// Makes the file `from` appear at `to` as well, with the time it was last changed.
fn keep(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to).or_else(|error| match error.kind() {
        ErrorKind::AlreadyExists => Err(error),
        _ => copy(from, to),
    })
}

/// For file systems without hard links.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let metadata = fs::symlink_metadata(from)?;
    #[cfg(unix)]
    if metadata.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    if !metadata.is_file() {
        return Err(ErrorKind::Unsupported.into());
    }
    let mut file = File::create_new(to)?;
    io::copy(&mut File::open(from)?, &mut file)?;
    file.set_permissions(metadata.permissions())?;
    file.set_modified(metadata.modified()?)
}

/// Lets two folders change places in one step.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// The same in steps: killed after the first, the old site stands at `aside`, where `recover` finds it.
fn exchange_in_steps(staged: &Path, folder: &Path, aside: &Path) -> io::Result<()> {
    fs::rename(folder, aside)?;
    if let Err(error) = fs::rename(staged, folder) {
        fs::rename(aside, folder)?;
        return Err(error);
    }
    fs::rename(aside, staged)
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Asks that the names in `folder` reach the disk before we go on.
///
/// Not the files: ten thousand waits cost more than the build, and it can be built again. A power cut can leave some
/// of them empty; the manifest, which is waited for, gives them away, and the next build writes them anew.
fn sync_folder(folder: &Path) {
    // Not every system can do this to a folder, and none needs it to be right.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use tempfile::TempDir;

    use super::*;

    fn site(files: &[(&str, &str)]) -> Artifacts {
        let mut artifacts = Artifacts::default();
        for (path, text) in files {
            artifacts.insert(*path, text.as_bytes());
        }
        artifacts
    }

    /// An output folder in a parent of its own, gone with the test.
    struct Place(TempDir);

    impl Place {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn folder(&self) -> PathBuf {
            self.0.path().join("public")
        }

        fn at(&self, path: &str) -> PathBuf {
            self.folder().join(path)
        }

        fn publish(&self, files: &[(&str, &str)]) -> Result<Published, Error> {
            publish(&site(files), &self.folder())
        }

        fn text(&self, path: &str) -> String {
            fs::read_to_string(self.at(path)).unwrap()
        }

        fn write(&self, path: &str, text: &str) {
            fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
            fs::write(self.at(path), text).unwrap();
        }

        /// Everything in the output folder but the marker, folders with a slash.
        fn listing(&self) -> Vec<String> {
            let mut all: Vec<String> = entries(&self.folder())
                .unwrap()
                .iter()
                .map(|entry| entry.listed().unwrap() + if entry.file_type.is_dir() { "/" } else { "" })
                .filter(|path| path != MARKER)
                .collect();
            all.sort();
            all
        }

        /// What stands in the parent folder.
        fn siblings(&self) -> Vec<String> {
            let mut names: Vec<String> = fs::read_dir(self.0.path())
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        }

        fn age(&self, path: &str) -> SystemTime {
            let long_ago = SystemTime::now() - Duration::from_secs(100_000);
            File::options().write(true).open(self.at(path)).unwrap().set_modified(long_ago).unwrap();
            self.modified(path)
        }

        fn modified(&self, path: &str) -> SystemTime {
            fs::metadata(self.at(path)).unwrap().modified().unwrap()
        }
    }

    const OLD: &[(&str, &str)] =
        &[("index.html", "home"), ("questions/a.html", "a"), ("questions/b.html", "b")];
    const NEW: &[(&str, &str)] =
        &[("index.html", "home"), ("questions/a.html", "a2"), ("topics/c.html", "c")];

    #[test]
    fn a_site_is_written_with_a_marker_that_is_the_same_every_time() {
        let place = Place::new();
        let published = place.publish(OLD).unwrap();
        assert_eq!(published, Published { written: 3, unchanged: 0, removed: 0 });
        assert_eq!(place.listing(), ["index.html", "questions/", "questions/a.html", "questions/b.html"]);
        assert_eq!(place.siblings(), ["public"]);
        let other = Place::new();
        other.publish(OLD).unwrap();
        assert_eq!(place.text(MARKER), other.text(MARKER));
    }

    #[test]
    fn missing_folders_above_are_made() {
        let place = Place::new();
        publish(&site(OLD), &place.folder().join("deep/er")).unwrap();
        assert_eq!(place.text("deep/er/index.html"), "home");
    }

    #[test]
    fn an_unchanged_file_keeps_its_time_and_the_rest_is_replaced() {
        let place = Place::new();
        place.publish(OLD).unwrap();
        let (home, a) = (place.age("index.html"), place.age("questions/a.html"));
        let published = place.publish(NEW).unwrap();
        assert_eq!(published, Published { written: 2, unchanged: 1, removed: 1 });
        assert_eq!(
            place.listing(),
            ["index.html", "questions/", "questions/a.html", "topics/", "topics/c.html"]
        );
        assert_eq!(place.text("questions/a.html"), "a2");
        assert_eq!(place.modified("index.html"), home);
        assert_ne!(place.modified("questions/a.html"), a);
        assert_eq!(place.siblings(), ["public"]);
    }

    #[test]
    fn when_nothing_changed_nothing_is_touched() {
        let place = Place::new();
        place.publish(OLD).unwrap();
        let marker = place.age(MARKER);
        let published = place.publish(OLD).unwrap();
        assert_eq!(published, Published { written: 0, unchanged: 3, removed: 0 });
        assert_eq!(place.modified(MARKER), marker);
    }

    #[test]
    fn a_file_that_went_missing_is_written_again() {
        let place = Place::new();
        place.publish(OLD).unwrap();
        fs::remove_dir_all(place.at("questions")).unwrap();
        let published = place.publish(OLD).unwrap();
        assert_eq!(published, Published { written: 2, unchanged: 1, removed: 0 });
        assert_eq!(place.text("questions/b.html"), "b");
    }

    #[test]
    fn a_folder_of_someone_else_is_refused_and_untouched() {
        let place = Place::new();
        place.write("thesis.txt", "years of work");
        let error = place.publish(OLD).unwrap_err();
        assert!(
            matches!(&error, Error::ForeignOutput { files, .. } if files == &[PathBuf::from("thesis.txt")])
        );
        assert_eq!(place.listing(), ["thesis.txt"]);
    }

    #[test]
    fn an_empty_folder_is_taken() {
        let place = Place::new();
        fs::create_dir(place.folder()).unwrap();
        place.publish(OLD).unwrap();
        assert_eq!(place.text("index.html"), "home");
        assert_eq!(place.siblings(), ["public"]);
    }

    #[test]
    fn what_others_put_into_the_site_is_kept() {
        let place = Place::new();
        place.publish(OLD).unwrap();
        place.write("CNAME", "guide.example");
        place.write(".git/HEAD", "ref");
        place.write("questions/notes.txt", "mine");
        fs::create_dir_all(place.at(".git/refs/tags")).unwrap();
        place.publish(NEW).unwrap();
        place.publish(&[("index.html", "home")]).unwrap();
        assert_eq!(
            place.listing(),
            [
                ".git/",
                ".git/HEAD",
                ".git/refs/",
                ".git/refs/tags/",
                "CNAME",
                "index.html",
                "questions/",
                "questions/notes.txt"
            ]
        );
        assert_eq!(place.text("CNAME"), "guide.example");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_others_put_into_the_site_stays_a_link() {
        let place = Place::new();
        place.publish(OLD).unwrap();
        std::os::unix::fs::symlink("index.html", place.at("start.html")).unwrap();
        place.publish(NEW).unwrap();
        assert_eq!(fs::read_link(place.at("start.html")).unwrap(), Path::new("index.html"));
    }

    #[test]
    fn a_page_edited_by_hand_is_not_overwritten() {
        let place = Place::new();
        place.publish(OLD).unwrap();
        place.write("questions/b.html", "corrected by hand");
        let error = place.publish(NEW).unwrap_err();
        assert!(
            matches!(&error, Error::EditedOutput { files, .. } if files == &[PathBuf::from("questions/b.html")])
        );
        assert_eq!(place.text("questions/b.html"), "corrected by hand");
        assert_eq!(place.text("questions/a.html"), "a");
        fs::remove_file(place.at("questions/b.html")).unwrap();
        place.publish(NEW).unwrap();
    }

    #[test]
    fn a_file_that_stands_where_a_page_is_to_go_is_not_overwritten() {
        for (in_the_way, path) in
            [("topics", "topics"), ("topics/c.html", "topics/c.html"), ("topics/c.html/x", "topics/c.html")]
        {
            let place = Place::new();
            place.publish(OLD).unwrap();
            place.write(in_the_way, "mine");
            let error = place.publish(NEW).unwrap_err();
            assert!(
                matches!(&error, Error::EditedOutput { files, .. } if files.contains(&PathBuf::from(path))),
                "{error}"
            );
            assert_eq!(place.text(in_the_way), "mine");
        }
    }

    #[test]
    fn a_file_that_equals_the_page_is_adopted() {
        let place = Place::new();
        place.publish(OLD).unwrap();
        place.write("topics/c.html", "c");
        let published = place.publish(NEW).unwrap();
        assert_eq!(published, Published { written: 1, unchanged: 2, removed: 1 });
    }

    #[test]
    fn a_file_that_a_power_cut_left_empty_is_written_again() {
        let place = Place::new();
        place.publish(OLD).unwrap();
        place.write("questions/a.html", "");
        place.publish(OLD).unwrap();
        assert_eq!(place.text("questions/a.html"), "a");
    }

    #[test]
    fn a_damaged_manifest_stops_the_build() {
        let place = Place::new();
        place.publish(OLD).unwrap();
        place.write(MARKER, "<<<<<<< HEAD");
        assert!(matches!(place.publish(NEW), Err(Error::DamagedManifest { line: 1, .. })));
        assert_eq!(place.text("questions/b.html"), "b");
    }

    #[test]
    fn a_failed_publish_leaves_the_old_site_and_nothing_else() {
        let place = Place::new();
        place.publish(OLD).unwrap();
        let before = place.listing();
        let too_long = "a".repeat(300);
        let error = place.publish(&[("index.html", "new"), (&too_long, "")]).unwrap_err();
        assert!(matches!(error, Error::Write { .. }));
        assert_eq!(place.listing(), before);
        assert_eq!(place.text("index.html"), "home");
        assert_eq!(place.siblings(), ["public"]);
    }

    #[test]
    fn what_a_killed_build_left_behind_is_cleared_and_nothing_else() {
        let place = Place::new();
        place.publish(OLD).unwrap();
        let beside = |name: &str| place.0.path().join(name);
        for name in [".public.new-empty", ".public.new-ours", ".public.new-foreign", ".public.newer"] {
            fs::create_dir(beside(name)).unwrap();
        }
        fs::write(beside(".public.new-ours").join(MARKER), "").unwrap();
        fs::write(beside(".public.new-foreign").join("x"), "").unwrap();
        place.publish(OLD).unwrap();
        assert_eq!(place.siblings(), [".public.new-foreign", ".public.newer", "public"]);
    }

    #[test]
    fn an_old_site_that_was_set_aside_comes_back() {
        let place = Place::new();
        place.publish(OLD).unwrap();
        let age = place.age("index.html");
        fs::rename(place.folder(), place.0.path().join(".public.old")).unwrap();
        place.publish(NEW).unwrap();
        assert_eq!(place.modified("index.html"), age);
        assert_eq!(place.siblings(), ["public"]);
    }

    #[test]
    fn folders_change_places_in_steps_where_one_step_is_not_enough() {
        let place = Place::new();
        place.publish(OLD).unwrap();
        let (staged, aside) = (place.0.path().join("staged"), place.0.path().join("aside"));
        fs::create_dir(&staged).unwrap();
        exchange_in_steps(&staged, &place.folder(), &aside).unwrap();
        assert!(place.listing().is_empty());
        assert_eq!(fs::read_to_string(staged.join("index.html")).unwrap(), "home");
        exchange_in_steps(&place.0.path().join("nothing"), &staged, &aside).unwrap_err();
        assert_eq!(fs::read_to_string(staged.join("index.html")).unwrap(), "home");
    }

    #[test]
    fn a_file_put_into_the_old_site_while_it_was_replaced_is_saved() {
        let place = Place::new();
        place.publish(OLD).unwrap();
        let folder = place.folder();
        let output = Output::at(&folder).unwrap();
        let manifest = Manifest::of(&site(NEW));
        let present = Present::survey(&output, &manifest).unwrap();
        let staged = output.stage(&site(NEW), &manifest, &present).unwrap();
        place.write("late.txt", "just in time");
        output.replace(&staged).unwrap();
        assert_eq!(place.text("late.txt"), "just in time");
        assert_eq!(place.text("topics/c.html"), "c");
    }

    #[test]
    fn a_copy_stands_in_for_a_hard_link() {
        let place = Place::new();
        place.publish(OLD).unwrap();
        let age = place.age("index.html");
        copy(&place.at("index.html"), &place.at("copy.html")).unwrap();
        assert_eq!((place.text("copy.html").as_str(), place.modified("copy.html")), ("home", age));
    }

    #[test]
    fn a_second_build_of_the_same_folder_does_not_wait() {
        let place = Place::new();
        let folder = place.folder();
        let lock = Lock::on(&locate(&folder).unwrap(), &folder).unwrap();
        assert!(matches!(place.publish(OLD), Err(Error::Busy { .. })));
        drop(lock);
        place.publish(OLD).unwrap();
    }
}
