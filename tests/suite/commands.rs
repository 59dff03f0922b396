//! The command line as a person meets it.
use crate::support::repository;
use snapbox::{cmd::Command, str};

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
