//! Lets one build at a time write to an output folder.
use std::{
    env,
    fs::{self, File, TryLockError},
    io,
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
    pub(super) fn on(folder: &Path, asked: &Path) -> Result<Self, Error> {
        // Not beside the site: whoever looks there should find nothing but the site.
        let key = blake3::hash(folder.as_os_str().as_encoded_bytes()).to_hex();
        let path = env::temp_dir().join(format!("askbook-{key}.lock"));
        loop {
            let file = open(&path).map_err(Error::write(&path))?;
            match file.try_lock() {
                Ok(()) if is_at(&file, &path) => return Ok(Self { file, path }),
                // Deleted by its last owner between our two steps: what we hold is a lock on nothing.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(Error::Busy { path: asked.to_owned() }),
                Err(TryLockError::Error(source)) => return Err(Error::Write { path, source }),
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

fn open(path: &Path) -> io::Result<File> {
    // First without `create`: in a shared folder Linux lets us open another user's file, but not "create" it.
    File::open(path).or_else(|_| File::options().append(true).create(true).open(path))
}

/// Whether `file` is what one finds at `path` now.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let (Ok(ours), Ok(there)) = (file.metadata(), fs::metadata(path)) else { return false };
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
        let first = lock().unwrap();
        assert!(matches!(lock(), Err(Error::Busy { path }) if path == Path::new("public")));
        let place = first.path.clone();
        assert!(place.exists());
        drop(first);
        assert!(!place.exists());
        lock().unwrap();
    }

    #[test]
    fn many_at_once_never_hold_it_together() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let folder = tempfile::tempdir().unwrap();
        let holders = AtomicUsize::new(0);
        let contend = || {
            for _ in 0..500 {
                if let Ok(lock) = Lock::on(folder.path(), folder.path()) {
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
