//! Puts one file in its place: whole, or not at all.
use super::error::Error;
use std::{
    ffi::OsString,
    fs::{self, File},
    io::Write as _,
    path::Path,
};

/// Writes `bytes` to `path`, over what was there, and makes the folders that it needs.
pub fn put(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let folder = path.parent().expect("a file stands in a folder");
    fs::create_dir_all(folder).map_err(Error::write_file(folder))?;
    let mut name = OsString::from(".");
    name.push(path.file_name().expect("a file has a name"));
    name.push(format!(".{}.new", std::process::id()));
    let new = folder.join(name);
    let written = File::create(&new).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let placed = written.and_then(|()| fs::rename(&new, path));
    if placed.is_err() {
        // Half a file is of no use to anyone.
        let _ = fs::remove_file(&new);
    }
    placed.map_err(Error::write_file(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/er/file.pdf");
        put(&path, b"old").unwrap();
        put(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_in_the_way_is_told_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file.pdf");
        fs::create_dir_all(path.join("inside")).unwrap();
        let error = put(&path, b"new").unwrap_err();
        assert!(error.to_string().starts_with("cannot write `"), "{error}");
        assert!(path.join("inside").is_dir());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
