//! Writes one file in one step: a reader finds the old text or the new, never half of one.
use std::{fs, io::Write as _, path::Path};

use super::error::Error;

/// Makes the file at `path` hold `bytes`, in folders that are made if need be.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |source| Error::WriteFile { path: path.to_owned(), source };
    let folder = path.parent().expect("a file stands in a folder");
    fs::create_dir_all(folder).map_err(failed)?;
    // A hidden name, so that a build that runs meanwhile does not take it for a part of the guide.
    let mut builder = tempfile::Builder::new();
    builder.prefix(".askbook-");
    open_to_all(&mut builder);
    let mut file = builder.tempfile_in(folder).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Gives the file what any new file gets, less what the user's mask takes away; otherwise it is its owner's alone.
#[cfg(unix)]
fn open_to_all(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt as _;
    builder.permissions(std::fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn open_to_all(_builder: &mut tempfile::Builder<'_, '_>) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/er/a.lock");
        write_file(&path, b"one").unwrap();
        write_file(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_in_the_way_is_told_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file.pdf");
        fs::create_dir_all(path.join("inside")).unwrap();
        assert!(
            matches!(write_file(&path, b"new"), Err(Error::WriteFile { path: told, .. }) if told == path)
        );
        assert!(path.join("inside").is_dir());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    #[cfg(unix)]
    fn a_file_may_be_read_by_those_who_may_read_its_like() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        fs::write(folder.path().join("like"), "").unwrap();
        write_file(&folder.path().join("ours"), b"").unwrap();
        assert_eq!(mode("ours"), mode("like"));
    }
}
