//! `askbook pdf` where there is no browser, or one that will not do. What one prints is tested in `tests/browser`.
use crate::support::{BUILDER, Project, repository};
use askbook::site::Artifacts;
use snapbox::{assert_data_eq, cmd::Command, str};
use std::path::{Path, PathBuf};

fn pdf() -> Command {
    let pdf =
        Command::new(snapbox::cmd::cargo_bin!("askbook")).env("NO_COLOR", "1").current_dir(repository());
    pdf.env_remove("ASKBOOK_BROWSER").env_remove("ASKBOOK_BROWSER_ARGUMENTS").arg("pdf")
}

/// A program that does as `script` says when it is started as a browser.
#[cfg(unix)]
fn browser(folder: &Path, script: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let path = folder.join("browser");
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[cfg(unix)]
#[test]
fn without_a_browser_the_page_to_open_is_named() {
    pdf().env("PATH", "/nowhere").arg("senior-systems").assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: no Chromium-family browser found (looked for chromium, google-chrome, microsoft-edge, brave on PATH
       and in the usual places)
  The printable page is already built: [..]public/packets/senior-systems.html
  Open it in any browser and print it to PDF; Chrome or Edge also give page numbers.
  Or install one (Debian: apt install chromium) or point to one: askbook pdf --engine /path/to/chrome

"#]]);
}

#[test]
fn a_browser_that_is_not_where_it_was_said_to_be_is_told() {
    let said = str![[r#"
error: `/nowhere/chrome`, which `--engine` names, is not a program

"#]];
    pdf().args(["--engine", "/nowhere/chrome"]).assert().code(2).stdout_eq("").stderr_eq(said);
    let said = str![[r#"
error: `/nowhere/chrome`, which `ASKBOOK_BROWSER` names, is not a program

"#]];
    pdf().env("ASKBOOK_BROWSER", "/nowhere/chrome").assert().code(2).stdout_eq("").stderr_eq(said);
}

#[cfg(unix)]
#[test]
fn a_browser_that_will_not_do_is_told_and_nothing_is_left_of_it() {
    let old = r#"printf '{"id":1,"result":{"product":"HeadlessChrome/120.0.6099.5"}}\0' >&4; cat <&3"#;
    let root = "echo 'Running as root without --no-sandbox is not supported.' >&2; exit 1";
    let cases = [
        (
            old,
            "error: the browser `[..]` is too old: found HeadlessChrome/120.0.6099.5, need Chrome 131 or newer for running \
             heads and page numbers\n",
        ),
        (
            root,
            "error: the browser `[..]` cannot use its sandbox, for instance because this is root; run askbook as another \
             user, or, where all pages and the machine are yours to lose, add `--no-sandbox`\n",
        ),
        (
            "echo 'first words' >&2; echo 'cannot open display' >&2; exit 3",
            "error: the browser `[..]` ended by itself; the last it said: cannot open display\n",
        ),
        ("printf 'no message'>&4", "error: the browser `[..]` ended by itself; the last it said: nothing\n"),
    ];
    for (script, said) in cases {
        let folder = tempfile::tempdir().unwrap();
        let temporary = folder.path().join("temporary");
        std::fs::create_dir(&temporary).unwrap();
        let out = folder.path().join("out");
        let asked = pdf().env("TMPDIR", &temporary).arg("--out").arg(&out);
        let asked = asked.arg("--engine").arg(browser(folder.path(), script));
        asked.assert().code(2).stdout_eq("").stderr_eq(said);
        assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 0, "the profile is gone");
        assert!(!out.exists());
    }
}

#[test]
fn what_cannot_be_printed_is_told_before_anything_is_started() {
    let said = str![[r#"
error: there is no packet or loop `senior-system` to print; did you mean `senior-systems`?

"#]];
    pdf().arg("senior-system").assert().code(2).stdout_eq("").stderr_eq(said);
    let said = str![[r#"
error: nothing of this is for that edition: candidates get hand-outs of packets

"#]];
    pdf().args(["rubric", "--edition", "candidate"]).assert().code(2).stdout_eq("").stderr_eq(said);
    pdf().args(["--paper", "a5"]).assert().code(2).stdout_eq("");
}

#[test]
fn interviewers_files_do_not_go_where_candidates_files_are_published() {
    pdf().args(["--out", "public-candidate/pdf"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: output folder `public-candidate/pdf` lies in output folder `[..]public-candidate`; give each edition a folder of its own

"#]]);
    pdf().args(["--out", "content"]).assert().code(2).stdout_eq("");
}

#[test]
fn a_guide_with_mistakes_is_not_printed() {
    let fixture = repository().join("tests/fixtures/twenty-mistakes");
    let said = pdf().arg("--root").arg(fixture).assert().code(1).stdout_eq("").get_output().stderr.clone();
    assert_data_eq!(
        String::from_utf8(said).unwrap().lines().rev().take(2).collect::<Vec<_>>().join("\n"),
        "nothing was printed\n18 errors, 2 warnings"
    );
}

#[test]
fn what_only_interviewers_may_read_is_found_in_a_file_for_candidates() {
    let project = Project::whole();
    let leaks = |text: &str| {
        let mut files = Artifacts::default();
        files.insert("h/1/live.txt", text.as_bytes());
        BUILDER.leaks(&project.0, &files).into_iter().map(|it| it.message).collect::<Vec<_>>()
    };
    assert_eq!(leaks("Explain what this prints, and why.\n1 / 3\nLink within this document"), [""; 0]);
    assert_eq!(
        leaks("Explain what this prints,\nand listen zebra names the\ntemporary guard and its end"),
        ["the candidate's edition holds “listen zebra names the temporary guard”"]
    );
}
