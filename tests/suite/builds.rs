//! From disk to disk.
use crate::support::{files_below, repository};
use snapbox::cmd::Command;
use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};
use tempfile::TempDir;

/// A copy of a small guide, to be changed.
fn guide() -> TempDir {
    let folder = TempDir::new().unwrap();
    let project = crate::support::Project::whole();
    for source in project.0.under("") {
        let path = folder.path().join(&source.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &source.text).unwrap();
    }
    folder
}

fn askbook(root: &Path) -> Command {
    Command::new(snapbox::cmd::cargo_bin!("askbook")).current_dir(root).env("NO_COLOR", "1")
}

fn question(root: &Path) -> PathBuf {
    root.join("content/questions/locks/guard.md")
}

fn change(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from));
    fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn a_build_publishes_both_editions_in_folders_of_their_own() {
    let folder = guide();
    askbook(folder.path()).arg("build").assert().success();
    assert!(folder.path().join("public/questions/guard.html").is_file());
    assert!(folder.path().join("public-candidate/index.html").is_file());
    assert!(!folder.path().join("public-candidate/questions").exists());
}

#[test]
fn it_runs_in_any_folder_of_the_guide() {
    let folder = guide();
    askbook(&folder.path().join("content/questions")).arg("build").assert().success();
    assert!(folder.path().join("public/index.html").is_file());
}

#[test]
fn a_failing_build_leaves_the_old_site_byte_for_byte() {
    let folder = guide();
    askbook(folder.path()).arg("build").assert().success();
    let before =
        (files_below(&folder.path().join("public")), files_below(&folder.path().join("public-candidate")));
    change(&question(folder.path()), "minutes: 15", "minutes: long");
    askbook(folder.path()).arg("build").assert().code(1);
    let after =
        (files_below(&folder.path().join("public")), files_below(&folder.path().join("public-candidate")));
    assert!(before == after);
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(names.len(), 4, "nothing is left lying about: {names:?}");
}

#[test]
fn an_unchanged_file_keeps_its_time() {
    let folder = guide();
    askbook(folder.path()).arg("build").assert().success();
    let public = folder.path().join("public");
    let old = SystemTime::now() - Duration::from_hours(1);
    for path in files_below(&public).keys() {
        fs::File::options().write(true).open(public.join(path)).unwrap().set_modified(old).unwrap();
    }
    change(&question(folder.path()), "Note zebra", "Changed note zebra");
    askbook(folder.path()).arg("build").assert().success();
    let time = |path: &str| fs::metadata(public.join(path)).unwrap().modified().unwrap();
    assert_eq!(time("404.html"), old);
    assert!(time("questions/guard.html") > old);
}

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let folder = guide();
    let foreign = folder.path().join("public");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("thesis.txt"), "years of work").unwrap();
    askbook(folder.path()).arg("build").assert().code(2).stdout_eq("");
    assert_eq!(fs::read_to_string(foreign.join("thesis.txt")).unwrap(), "years of work");
    assert!(
        !folder.path().join("public-candidate").exists(),
        "nothing is published when one folder is refused"
    );
    for dangerous in [".", "content", "..", "/"] {
        askbook(folder.path())
            .args(["build", "--edition", "interviewer", "--out", dangerous])
            .assert()
            .code(2);
    }
    assert!(question(folder.path()).is_file());
}

#[test]
fn our_own_guide_can_be_built_elsewhere() {
    let out = TempDir::new().unwrap();
    let site = out.path().join("site");
    Command::new(snapbox::cmd::cargo_bin!("askbook"))
        .args(["build", "--edition", "candidate", "--root"])
        .arg(repository())
        .arg("--out")
        .arg(&site)
        .assert()
        .success();
    assert!(site.join("index.html").is_file());
}

#[test]
fn one_edition_is_never_put_where_the_other_one_is() {
    let folder = guide();
    askbook(folder.path()).arg("build").assert().success();
    let before = files_below(&folder.path().join("public-candidate"));
    for (edition, out) in [
        ("interviewer", "public-candidate"),
        ("interviewer", "public-candidate/all"),
        ("candidate", "public"),
        ("candidate", "public/x"),
    ] {
        askbook(folder.path()).args(["build", "--edition", edition, "--out", out]).assert().code(2);
    }
    assert!(before == files_below(&folder.path().join("public-candidate")));
}

/// `check` has ten seconds of the processor. The clock would measure what else the machine does.
#[cfg(unix)]
fn assert_check_ends_soon(root: &Path, what: &str) {
    let output = Command::new("sh")
        .args(["-c", "ulimit -t 10; exec \"$0\" check --format short"])
        .arg(snapbox::cmd::cargo_bin!("askbook"))
        .current_dir(root)
        .output()
        .unwrap();
    assert!(output.status.code().is_some_and(|code| code < 2), "{what}: {:?}", output.status);
}

#[test]
#[cfg(unix)]
fn a_hostile_prompt_ends_soon() {
    let folder = guide();
    let text = fs::read_to_string(question(folder.path())).unwrap();
    for addition in ["```md\n## Notes\n```\n\n".repeat(40_000), "### Part\n\n".repeat(60_000)] {
        let prompt = format!("{addition}## Ground rules");
        fs::write(question(folder.path()), text.replace("## Ground rules", &prompt)).unwrap();
        assert_check_ends_soon(folder.path(), &addition[..8]);
    }
}

#[test]
#[cfg(unix)]
fn hostile_files_end_soon() {
    let folder = guide();
    let page = folder.path().join("content/pages/a.md");
    fs::create_dir_all(page.parent().unwrap()).unwrap();
    for body in [
        "## a\n".repeat(60_000),
        "<div>".repeat(100_000),
        format!("{}{}", "<div>".repeat(60_000), "</div>".repeat(60_000)),
        "<ul><li>".repeat(50_000),
        "<b></i>".repeat(60_000),
        format!("{}a <b>x</b>", "> ".repeat(60_000)),
        "```zzz\n```\n".repeat(30_000),
        "[a](z.md) ".repeat(20_000),
    ] {
        fs::write(&page, format!("---\ntitle: A\n---\n{body}")).unwrap();
        assert_check_ends_soon(folder.path(), &body[..8]);
    }
}
