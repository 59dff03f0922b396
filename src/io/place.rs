//! Which folders a site may be written to.
use std::{
    env, fs,
    path::{self, Component, Path, PathBuf},
};

use super::error::Error;

/// Folders of a project that people write in.
const WRITTEN_IN: [&str; 3] = ["content", "themes", "src"];

/// Refuses an output folder in which a build could cost the project at `root` a file.
pub fn refuse_unsafe(folder: &Path, root: &Path) -> Result<(), Error> {
    let place = locate(folder)?;
    let root = fs::canonicalize(root).map_err(Error::read(root))?;
    let refuse = |reason| Err(Error::UnsafeOutput { path: folder.to_owned(), reason });
    if root.starts_with(&place) {
        return refuse("is, or holds, the guide's own folder");
    }
    for name in WRITTEN_IN {
        let source = root.join(name);
        let source = fs::canonicalize(&source).unwrap_or(source);
        if place.starts_with(&source) || source.starts_with(&place) {
            return refuse("overlaps `content`, `themes` or `src`, which people write in");
        }
    }
    Ok(())
}

/// Refuses output folders of which one lies in another, so that no edition can carry another one along.
pub fn refuse_nested(folders: &[PathBuf]) -> Result<(), Error> {
    let places = folders.iter().map(|folder| locate(folder)).collect::<Result<Vec<_>, _>>()?;
    for (outer, outer_place) in places.iter().enumerate() {
        for (inner, inner_place) in places.iter().enumerate() {
            if inner != outer && inner_place.starts_with(outer_place) {
                return Err(Error::NestedOutput {
                    inner: folders[inner].clone(),
                    outer: folders[outer].clone(),
                });
            }
        }
    }
    Ok(())
}

/// The true path of an output folder, whether or not it is there yet.
pub(super) fn locate(folder: &Path) -> Result<PathBuf, Error> {
    let refuse = |reason| Error::UnsafeOutput { path: folder.to_owned(), reason };
    let absolute = path::absolute(folder).map_err(Error::read(folder))?;
    // A slash at the end would make the system look through a symbolic link.
    let absolute: PathBuf = absolute.components().collect();
    let place = match fs::symlink_metadata(&absolute) {
        Ok(metadata) if metadata.is_symlink() => return Err(refuse("is a symbolic link")),
        Ok(metadata) if !metadata.is_dir() => return Err(refuse("is a file")),
        Ok(_) => fs::canonicalize(&absolute).map_err(Error::read(folder))?,
        Err(_) => {
            let present = absolute.ancestors().find(|ancestor| ancestor.exists()).unwrap_or(&absolute);
            let missing = absolute.strip_prefix(present).expect("an ancestor is a prefix");
            if missing.components().any(|part| part == Component::ParentDir) {
                return Err(refuse("leads through a folder that does not exist"));
            }
            fs::canonicalize(present).map_err(Error::read(folder))?.join(missing)
        }
    };
    if place.parent().is_none() {
        return Err(refuse("is the root of the file system"));
    }
    let home = env::home_dir().and_then(|home| fs::canonicalize(home).ok());
    if home.is_some_and(|home| home.starts_with(&place)) {
        return Err(refuse("is, or holds, your home folder"));
    }
    Ok(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_hold_other_things_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("guide");
        fs::create_dir_all(root.join("content/questions")).unwrap();
        fs::create_dir_all(root.join("public")).unwrap();
        fs::write(root.join("file"), "").unwrap();
        let home = env::home_dir().unwrap();
        let mut refused = vec![Path::new("/").to_owned(), home, root.clone(), root.join("..")];
        refused.extend(
            ["file", "content", "content/questions/out", "src", "themes/x", "public/..", "no/../../x"]
                .map(|path| root.join(path)),
        );
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("public", root.join("link")).unwrap();
            refused.extend([root.join("link"), PathBuf::from(format!("{}/", root.join("link").display()))]);
        }
        for folder in refused {
            assert!(
                matches!(refuse_unsafe(&folder, &root), Err(Error::UnsafeOutput { .. })),
                "{}",
                folder.display()
            );
        }
        for folder in ["public", "public/", "out/deep", "content-public", "../elsewhere"] {
            refuse_unsafe(&root.join(folder), &root).unwrap();
        }
    }

    #[test]
    fn one_edition_cannot_be_written_into_another() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        let nested = |one: &str, other: &str| refuse_nested(&[at(one), at(other)]);
        nested("interviewer", "candidate").unwrap();
        nested("guide", "guide-candidate").unwrap();
        assert!(matches!(nested("guide", "guide/candidate"), Err(Error::NestedOutput { .. })));
        assert!(nested("guide/x/../candidate", "guide").is_err());
        assert!(matches!(nested("guide", "guide"), Err(Error::NestedOutput { .. })));
    }
}
