//! Words for a person who keeps the guide in git; askbook itself never runs git.
use std::{env, fs, path::Path};

/// The command that shows how `files` of the guide at `root` differ from when `since` was last committed; `None` if the
/// guide is not in git.
pub fn git_diff(root: &Path, since: &str, files: &[String]) -> Option<String> {
    let root = fs::canonicalize(root).ok()?;
    if !root.ancestors().any(|folder| folder.join(".git").exists()) {
        return None;
    }
    let is_here = env::current_dir().and_then(fs::canonicalize).is_ok_and(|here| here == root);
    let git = if is_here { "git".to_owned() } else { format!("git -C {}", quoted(&root.to_string_lossy())) };
    let files: Vec<String> = files.iter().map(|file| quoted(file)).collect();
    let commit = format!("$({git} log -1 --format=%H -- {})", quoted(since));
    Some(format!("{git} diff {commit} -- {}", files.join(" ")))
}

/// `word` as a shell reads it back.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+@%:,".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_guide_in_git_has_a_history_to_look_at() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("our guide");
        fs::create_dir(&root).unwrap();
        let diff = || git_diff(&root, "content/packets/a.lock", &["content/questions/x/b.md".to_owned()]);
        assert_eq!(diff(), None);
        fs::create_dir(folder.path().join(".git")).unwrap();
        let git = format!("git -C '{}'", fs::canonicalize(&root).unwrap().display());
        let expected = format!(
            "{git} diff $({git} log -1 --format=%H -- content/packets/a.lock) -- content/questions/x/b.md"
        );
        assert_eq!(diff(), Some(expected));
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
