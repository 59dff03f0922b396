//! The command line as a person meets it.
use crate::support::{Project, QUESTION, repository};
use snapbox::{cmd::Command, str};
use std::fs;

fn askbook() -> Command {
    Command::new(snapbox::cmd::cargo_bin!("askbook")).env("NO_COLOR", "1").current_dir(repository())
}

#[test]
fn help_says_what_it_is_for() {
    askbook().arg("--help").assert().success().stdout_eq(str![[r#"
Turns Markdown question files into an interview guide and printable interview packets.

Run it inside a guide: a folder that holds askbook.yaml, or any folder below it.

Usage: askbook [OPTIONS] <COMMAND>

Commands:
  build  Build the guide and publish it, all or nothing
  check  Tell all that is wrong, and write nothing
  lock   Fix which questions packets ask, and how they read
  pdf    Print packets, loops and hand-outs as PDF files
  serve  Show the guide at 127.0.0.1, and rebuild it on every save
  help   Print this message or the help of the given subcommand(s)

Options:
      --root <DIR>
          The guide's folder, instead of the one around the current folder

      --format <FORMAT>
          How remarks are printed

          Possible values:
          - human:  With the source line, for people
          - short:  One line each: `path:line:column: error[code]: message`
          - json:   One JSON object a line
          - github: Workflow commands, shown beside a pull request
          
          [default: human]

  -h, --help
          Print help (see a summary with '-h')

  -V, --version
          Print version

Exit codes: 0 fine, 1 findings in the guide, 2 could not run.

"#]]);
}

#[test]
fn check_writes_nothing_and_says_so() {
    askbook().arg("check").assert().success().stdout_eq("").stderr_eq(str![[r#"
nothing to tell: the guide is fine

"#]]);
    askbook().args(["check", "--format", "json"]).assert().success().stdout_eq("").stderr_eq("");
}

#[test]
fn mistakes_end_with_1_and_are_shown_with_their_line() {
    let fixture = repository().join("tests/fixtures/twenty-mistakes");
    askbook().args(["check", "--root"]).arg(fixture).assert().code(1).stderr_eq(str![[r#"
error[unknown-key]: unknown key `langauge` in a guide
 --> askbook.yaml:2:1
  |
2 | langauge: en
  | ^^^^^^^^
  |
  = help: did you mean `language`?

error[bad-address]: the address `guide.example.org` does not start with `https://`
 --> askbook.yaml:3:11
  |
3 | base_url: guide.example.org
  |           ^^^^^^^^^^^^^^^^^

error[bad-packet-section]: section of a packet has not one of `pick` and `query`
 --> content/packets/screen.md:6:5
  |
6 |   - { title: Warm-up, pick: [one], query: { topics: [locks] } }
  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write `pick: [question-id]`, or `query: { topics: [async] }` with `count: 1`

error[unsafe-link]: a link cannot start with `javascript:`
 --> content/pages/how-to.md:4:17
  |
4 | See [the scale](javascript:scale).
  |                 ^^^^^^^^^^^^^^^^
  |
  = help: use `https:`, `mailto:`, or the relative path of a file of the guide

error[unknown-name]: unknown competency `debuging`
 --> content/questions/errors/five.md:6:17
  |
6 | competencies: { debuging: 1 }
  |                 ^^^^^^^^
  |
  = help: did you mean `debugging`?

error[broken-link]: there is no page or file `content/questions/errors/log.txt`
  --> content/questions/errors/five.md:12:16
   |
12 | Read [the log](log.txt) and <blink>explain</blink> it.
   |                ^^^^^^^

warning[removed-html]: the HTML element `<blink>` is removed
  --> content/questions/errors/five.md:12:29
   |
12 | Read [the log](log.txt) and <blink>explain</blink> it.
   |                             ^^^^^^^
   |
   = help: write it in Markdown, or delete it

error[misspelt-section]: unknown section `Anwser`
  --> content/questions/errors/five.md:14:1
   |
14 | ## Anwser
   | ^^^^^^^^^
   |
   = help: did you mean `## Answer`?

error[bad-anchor]: `three` is no rating
  --> content/questions/errors/five.md:21:1
   |
21 | ### three
   | ^^^^^^^^^
   |
   = help: write the number of a point of the scale, such as `### 3`

error[duplicate-key]: `minutes` is given twice
 --> content/questions/errors/four.md:7:1
  |
6 | minutes: 10
  | ------- first given here
7 | minutes: 12
  | ^^^^^^^
  |
  = help: keep one of the two

error[unknown-value]: unknown kind `debuging`
 --> content/questions/locks/one.md:3:7
  |
3 | kind: debuging
  |       ^^^^^^^^
  |
  = help: did you mean `debugging`?

error[unknown-name]: unknown level `senoir`
 --> content/questions/locks/one.md:4:15
  |
4 | levels: [mid, senoir]
  |               ^^^^^^
  |
  = help: did you mean `senior`?

error[out-of-range]: `debugging` is 5, not from 1 to 3
 --> content/questions/locks/one.md:5:28
  |
5 | competencies: { debugging: 5 }
  |                            ^

error[wrong-type]: `minutes` is `fifteen`, not a whole number
 --> content/questions/locks/one.md:6:10
  |
6 | minutes: fifteen
  |          ^^^^^^^

error[wrong-type]: `tags` is not a list
 --> content/questions/locks/one.md:7:7
  |
7 | tags: locks
  |       ^^^^^
  |
  = help: write `tags: [locks]`

warning[unknown-language]: unknown language `rsut`; the code prints as plain text
  --> content/questions/locks/one.md:12:4
   |
12 | ```rsut
   |    ^^^^
   |
   = help: did you mean `rust`?

error[missing-front-matter]: this file has no front matter
 --> content/questions/locks/three.md:1:1
  |
1 | # A question without front matter
  | ^
  |
  = help: start the file with these lines:
          ---
          title: …
          kind: concept
          levels: [mid]
          competencies: { rust-language: 1 }
          minutes: 10
          ---

error[yaml-syntax]: a value cannot hold `: ` unless it is quoted
 --> content/questions/locks/two.md:2:15
  |
2 | title: What is: a guard
  |               ^
  |
  = help: put the value in quotes: `key: "a: b"`

error[bad-scale]: `recommendation` has a middle to hide in
 --> content/scales/depth-4.yaml:8:1
  |
8 | recommendation: [No hire, Maybe, Hire]
  | ^^^^^^^^^^^^^^
  |
  = help: give an even number of choices

error[missing-key]: `concurrency` of `competencies` has no `definition`
  --> content/taxonomy.yaml:10:16
   |
10 |   concurrency: { title: Concurrency }
   |                ^
   |
   = help: add `definition: …`

18 errors, 2 warnings

"#]]);
}

#[test]
fn what_cannot_run_ends_with_2() {
    askbook().args(["build", "--root", "/nowhere"]).assert().code(2);
    askbook().args(["build", "--out", "x"]).assert().code(2);
    askbook().arg("bulid").assert().code(2);
    askbook().current_dir("/").arg("check").assert().code(2);
}

/// The files of a project on disk, in a folder that is in git as far as anyone can tell.
fn on_disk(project: &Project) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for source in project.0.under("") {
        let path = folder.path().join(&source.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &source.text).unwrap();
    }
    fs::create_dir(folder.path().join(".git")).unwrap();
    folder
}

#[test]
fn a_locked_packet_refuses_an_edited_question_until_the_lock_is_updated() {
    let folder = on_disk(&Project::whole());
    let run = |arguments: &[&str]| askbook().args(arguments).current_dir(folder.path()).assert();
    let (question, lock) = ("content/questions/locks/guard.md", "content/packets/systems.lock");
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
    let write = |path: &str, text: &str| fs::write(folder.path().join(path), text).unwrap();

    run(&["lock", "systms"]).code(2).stderr_eq(str![[r#"
error: there is no packet `systms`; did you mean `systems`?

"#]]);
    run(&["lock"]).success().stdout_eq(str![[r#"
systems: locked, 1 question

"#]]);
    let first = read(lock);
    run(&["lock", "systems"]).success().stdout_eq(str![[r#"
systems: unchanged, 1 question

"#]]);
    write(question, &read(question).replace('\n', "\r\n"));
    run(&["build"]).success();

    write(question, &QUESTION.replace("Take your time.", "Take all the time there is."));
    run(&["build"]).code(1).stderr_eq(str![[r#"
error[locked-question-changed]: `guard` has changed since `systems` was locked
 --> content/packets/systems.lock:4:5
  |
4 |   - guard: 83c49c0d6b2db74f1ec22357388272e0d3677823052cfec8530e4a018276b57d
  |     ^^^^^
  |
 ::: content/questions/locks/guard.md:2:8
  |
2 | title: The guard that stays
  |        -------------------- as it reads now
  |
  = help: take the change back; or `askbook lock systems` shows the difference, and `askbook lock --update systems` accepts it

1 error
nothing was published; what was published before is as it was

"#]]);
    run(&["lock"]).code(1).stdout_eq(str![[r#"
systems: not as locked; the lock stays as it is
  ~ guard: changed, 83c49c0d is now b8beed2c

"#]]).stderr_eq(str![[r#"
how the text changed: git diff $(git log -1 --format=%H -- content/packets/systems.lock) -- content/questions/locks/guard.md
`askbook lock --update systems` accepts this

"#]]);
    assert_eq!(read(lock), first, "nothing changes a lock but `--update`");
    run(&["lock", "--update"]).success().stdout_eq(str![[r#"
systems: lock updated, 1 question
  ~ guard: changed, 83c49c0d is now b8beed2c

"#]]).stderr_eq(str![[r#"
how the text changed: git diff $(git log -1 --format=%H -- content/packets/systems.lock) -- content/questions/locks/guard.md

"#]]);
    assert_ne!(read(lock), first);
    run(&["build"]).success();

    write(lock, "<<<<<<< ours\n");
    run(&["lock"])
        .code(1)
        .stdout_eq(str![[r#"
systems: not locked, because its lock cannot be read

"#]])
        .stderr_eq(str![[r#"
error[wrong-type]: this is not a list of `key: value` pairs
 --> content/packets/systems.lock:1:1
  |
1 | <<<<<<< ours
  | ^^^^^^^^^^^^
  |
  = help: `askbook lock --update systems` writes it anew

1 error

"#]]);
    run(&["lock", "--update", "systems"])
        .success()
        .stdout_eq(str![[r#"
systems: locked anew, 1 question

"#]])
        .stderr_eq("");
    write(question, &QUESTION.replace("minutes: 15", "minutes: 50"));
    run(&["lock", "--update", "--format", "short"])
        .code(1)
        .stdout_eq(str![[r#"
systems: not locked, because what it asks is not settled

"#]])
        .stderr_eq(str![[r#"
content/packets/systems.md:5:10: error[time-budget]: 60 minutes are planned, of 30
1 error

"#]]);
    let names = fs::read_dir(folder.path().join("content/packets")).unwrap();
    assert_eq!(names.count(), 2, "nothing is left beside the packet and its lock");
}

#[test]
fn lock_says_what_it_does() {
    askbook().args(["lock", "--help"]).assert().success().stdout_eq(str![[r#"
Fix which questions packets ask, and how they read

Usage: askbook lock [OPTIONS] [PACKET]...

Arguments:
  [PACKET]...
          Which packets to lock, by id; without any, all of them

Options:
      --update
          Change locks that are there, too, and tell how they change

      --root <DIR>
          The guide's folder, instead of the one around the current folder

      --format <FORMAT>
          How remarks are printed

          Possible values:
          - human:  With the source line, for people
          - short:  One line each: `path:line:column: error[code]: message`
          - json:   One JSON object a line
          - github: Workflow commands, shown beside a pull request
          
          [default: human]

  -h, --help
          Print help (see a summary with '-h')

"#]]);
}
