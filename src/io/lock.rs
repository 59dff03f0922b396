//! Lets one build at a time write to an output folder.
use std::{
    env,
    fs::{self, File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
};

use super::error::Error;

/// Held until dropped, and released by the system if we are killed.
pub(super) struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Locks `folder`, which is canonical and may not exist yet; `asked` is its name in messages.
    ///
    /// `None` if the machine has no place for a lock. It is a courtesy that tells two builds of each other: without it
    /// one of them may fail, but the site still changes in one step.
    pub(super) fn on(folder: &Path, asked: &Path) -> Result<Option<Self>, Error> {
        // Not beside the site: whoever looks there should find nothing but the site.
        Self::within(&env::temp_dir(), folder, asked)
    }

    fn within(temporary: &Path, folder: &Path, asked: &Path) -> Result<Option<Self>, Error> {
        let key = blake3::hash(folder.as_os_str().as_encoded_bytes()).to_hex();
        let path = temporary.join(format!("askbook-{key}.lock"));
        loop {
            let Some(file) = open(&path)? else { return Ok(None) };
            match file.try_lock() {
                Ok(()) if is_at(&file, &path) => return Ok(Some(Self { file, path })),
                // Deleted by its last owner between our two steps: what we hold is a lock on nothing.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(Error::Busy { path: asked.to_owned() }),
                Err(TryLockError::Error(_)) => {
                    // No one can lock here, so it is no one's.
                    let _ = fs::remove_file(&path);
                    return Ok(None);
                }
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While it is still ours, so that no one else's is deleted. If it stays, it is an empty file, and harmless.
        if is_at(&self.file, &self.path) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// The lock file, `None` if there can be none. The folder is open to all, so anything may stand in its place.
fn open(path: &Path) -> Result<Option<File>, Error> {
    // First without `create`: in a shared folder Linux lets us open another user's file, but not "create" it.
    let opened = options().read(true).open(path).or_else(|_| options().append(true).create(true).open(path));
    let metadata = match &opened {
        Ok(file) => file.metadata(),
        Err(_) => fs::symlink_metadata(path),
    };
    if metadata.is_ok_and(|metadata| !metadata.is_file()) {
        return Err(Error::ForeignLock { path: path.to_owned() });
    }
    Ok(opened.ok())
}

#[cfg(unix)]
fn options() -> OpenOptions {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt as _;
    // A link must not have us make or lock a file elsewhere, nor a pipe make us wait for its other end.
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let mut options = File::options();
    options.custom_flags(flags.bits().cast_signed());
    options
}

#[cfg(not(unix))]
fn options() -> OpenOptions {
    File::options()
}

/// Whether `file` is what one finds at `path` now.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let (Ok(ours), Ok(there)) = (file.metadata(), fs::symlink_metadata(path)) else { return false };
    (ours.dev(), ours.ino()) == (there.dev(), there.ino())
}

/// Elsewhere a file that is open cannot make way for another of its name.
#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_for_one_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let lock = || Lock::on(folder.path(), Path::new("public"));
        let first = lock().unwrap().unwrap();
        assert!(matches!(lock(), Err(Error::Busy { path }) if path == Path::new("public")));
        let place = first.path.clone();
        assert!(place.exists());
        drop(first);
        assert!(!place.exists());
        assert!(lock().unwrap().is_some());
    }

    /// Where the lock on `public` stands in the folder `temporary`.
    #[cfg(unix)]
    fn place_in(temporary: &Path) -> PathBuf {
        lock_in(temporary).unwrap().unwrap().path.clone()
    }

    fn lock_in(temporary: &Path) -> Result<Option<Lock>, Error> {
        Lock::within(temporary, Path::new("/guide/public"), Path::new("public"))
    }

    #[cfg(unix)]
    fn assert_refused(temporary: &Path, place: &Path) {
        let error = lock_in(temporary).err().unwrap();
        assert!(matches!(&error, Error::ForeignLock { path } if path == place), "{error}");
        assert!(fs::symlink_metadata(place).is_ok(), "what is not ours stays");
    }

    #[test]
    #[cfg(unix)]
    fn a_pipe_in_its_place_is_refused_and_not_waited_for() {
        let temporary = tempfile::tempdir().unwrap();
        let place = place_in(temporary.path());
        assert!(std::process::Command::new("mkfifo").arg(&place).status().unwrap().success());
        assert_refused(temporary.path(), &place);
    }

    #[test]
    #[cfg(unix)]
    fn a_link_in_its_place_is_refused_and_not_followed() {
        let temporary = tempfile::tempdir().unwrap();
        let place = place_in(temporary.path());
        let target = temporary.path().join("target");
        std::os::unix::fs::symlink(&target, &place).unwrap();
        assert_refused(temporary.path(), &place);
        assert!(!target.exists());
        fs::write(&target, "").unwrap();
        assert_refused(temporary.path(), &place);
    }

    #[test]
    #[cfg(unix)]
    fn a_folder_or_socket_in_its_place_is_refused() {
        let temporary = tempfile::tempdir().unwrap();
        let place = place_in(temporary.path());
        fs::create_dir(&place).unwrap();
        assert_refused(temporary.path(), &place);
        fs::remove_dir(&place).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(&place).unwrap();
        assert_refused(temporary.path(), &place);
    }

    #[test]
    fn without_a_place_for_it_we_go_on_without() {
        let temporary = tempfile::tempdir().unwrap();
        let missing = temporary.path().join("missing");
        assert!(lock_in(&missing).unwrap().is_none());
        assert!(!missing.exists());
        fs::write(&missing, "a file").unwrap();
        assert!(lock_in(&missing).unwrap().is_none());
    }

    #[test]
    fn many_at_once_never_hold_it_together() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let folder = tempfile::tempdir().unwrap();
        let holders = AtomicUsize::new(0);
        let contend = || {
            for _ in 0..500 {
                if let Ok(Some(lock)) = Lock::on(folder.path(), folder.path()) {
                    assert_eq!(holders.fetch_add(1, Ordering::SeqCst), 0);
                    holders.fetch_sub(1, Ordering::SeqCst);
                    drop(lock);
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(contend);
            }
        });
    }
}
