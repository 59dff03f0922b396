use crate::support::{BUILDER, Project, repository};
use askbook::pipeline::Options;
use snapbox::str;
use std::collections::BTreeSet;

#[test]
fn twenty_mistakes_in_ten_files_are_told_in_one_run() {
    let sources = askbook::io::project::read(&repository().join("tests/fixtures/twenty-mistakes")).unwrap();
    let build = BUILDER.build(&sources, &Options::default());
    let project = Project(sources);
    snapbox::assert_data_eq!(
        project.told(&build),
        str![[r#"
askbook.yaml:2:1: error[unknown-key]: unknown key `langauge` in a guide
askbook.yaml:3:11: error[bad-address]: the address `guide.example.org` does not start with `https://`
content/packets/screen.md:6:5: error[bad-packet-section]: section of a packet has not one of `pick` and `query`
content/pages/how-to.md:4:17: error[unsafe-link]: a link cannot start with `javascript:`
content/questions/errors/five.md:6:17: error[unknown-name]: unknown competency `debuging`
content/questions/errors/five.md:12:16: error[broken-link]: there is no page or file `content/questions/errors/log.txt`
content/questions/errors/five.md:12:29: warning[removed-html]: the HTML element `<blink>` is removed
content/questions/errors/five.md:14:1: error[misspelt-section]: unknown section `Anwser`
content/questions/errors/five.md:21:1: error[bad-anchor]: `three` is no rating
content/questions/errors/four.md:7:1: error[duplicate-key]: `minutes` is given twice
content/questions/locks/one.md:3:7: error[unknown-value]: unknown kind `debuging`
content/questions/locks/one.md:4:15: error[unknown-name]: unknown level `senoir`
content/questions/locks/one.md:5:28: error[out-of-range]: `debugging` is 5, not from 1 to 3
content/questions/locks/one.md:6:10: error[wrong-type]: `minutes` is `fifteen`, not a whole number
content/questions/locks/one.md:7:7: error[wrong-type]: `tags` is not a list
content/questions/locks/one.md:12:4: warning[unknown-language]: unknown language `rsut`; the code prints as plain text
content/questions/locks/three.md:1:1: error[missing-front-matter]: this file has no front matter
content/questions/locks/two.md:2:15: error[yaml-syntax]: a value cannot hold `: ` unless it is quoted
content/scales/depth-4.yaml:8:1: error[bad-scale]: `recommendation` has a middle to hide in
content/taxonomy.yaml:10:16: error[missing-key]: `concurrency` of `competencies` has no `definition`

"#]]
    );
    assert!(build.editions().is_empty(), "a build with an error hands nothing out");
    let files: BTreeSet<_> =
        build.diagnostics().iter().filter_map(|it| it.span).map(|span| span.file).collect();
    assert_eq!((build.diagnostics().len(), files.len()), (20, 10));
}

#[test]
fn a_guide_needs_its_files() {
    Project(askbook::source::Sources::default()).says(str![[r"
error[missing-config]: there is no `askbook.yaml`
error[missing-taxonomy]: there is no `content/taxonomy.yaml`

"]]);
}

#[test]
fn a_file_that_nothing_reads_is_told() {
    Project::default().file("content/question/a.md", "text").file("content/pages/notes.txt", "text").says(
        str![[r"
content/question/a.md:1:1: warning[unread-file]: nothing reads this file
content/pages/notes.txt:1:1: warning[unread-file]: nothing reads this file

"]],
    );
}
