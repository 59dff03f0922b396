//! Writes one file of the project in one step: a reader finds the old text or the new, never half of one.
use std::{io::Write as _, path::Path};

use super::error::Error;

/// Makes the file at `path` hold `text`.
pub fn write_file(path: &Path, text: &str) -> Result<(), Error> {
    let failed = |source| Error::WriteFile { path: path.to_owned(), source };
    let folder = path.parent().expect("a file stands in a folder");
    // A hidden name, so that a build that runs meanwhile does not take it for a part of the guide.
    let mut builder = tempfile::Builder::new();
    builder.prefix(".askbook-");
    open_to_all(&mut builder);
    let mut file = builder.tempfile_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
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
    use std::fs;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");
        write_file(&path, "one\n").unwrap();
        write_file(&path, "two\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let missing = folder.path().join("missing/a.lock");
        assert!(matches!(write_file(&missing, "x"), Err(Error::WriteFile { path, .. }) if path == missing));
    }

    #[test]
    #[cfg(unix)]
    fn a_file_may_be_read_by_those_who_may_read_its_like() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        fs::write(folder.path().join("like"), "").unwrap();
        write_file(&folder.path().join("ours"), "").unwrap();
        assert_eq!(mode("ours"), mode("like"));
    }
}
