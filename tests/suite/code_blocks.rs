//! `check --code`: the Rust code of a guide is what its words say.
use crate::support::{BUILDER, Project, repository};
use askbook::{
    io::{Rustc, Tried},
    text::sample::Sample,
};
use snapbox::{cmd::Command, str};

/// Blocks of `content/` that nothing compiles, each with the reason.
const IGNORED: [(&str, &str); 0] = [];

fn tried(project: &Project) -> (Vec<Sample>, Vec<Tried>) {
    let samples = BUILDER.samples(&project.0);
    let tried = Rustc::for_samples(&repository(), &samples).unwrap().try_samples(&samples).unwrap();
    (samples, tried)
}

#[test]
fn every_code_block_of_our_own_guide_is_what_its_words_say() {
    let project = Project::content();
    let (samples, tried) = tried(&project);
    let place = |sample: &Sample| {
        let source = project.0.get(sample.span.file);
        format!("{}:{}", source.path, source.line_column(sample.span.start).line)
    };
    let judged = samples.iter().zip(&tried);
    let broken = judged.filter_map(|(sample, tried)| {
        let told = sample.judge(tried.verdict.as_ref()?)?;
        Some(format!("{}: {}\n", place(sample), told.message))
    });
    assert_eq!(broken.collect::<String>(), "");
    let ignored = samples.iter().zip(&tried).filter(|(_, tried)| tried.verdict.is_none());
    let ignored: Vec<String> = ignored.map(|(sample, _)| place(sample)).collect();
    assert_eq!(ignored, IGNORED.map(|(place, _)| place.to_owned()));
    assert!(samples.len() >= 100, "only {} code blocks were found", samples.len());
    assert!(
        tried.iter().filter(|it| it.uses_crates).count() >= 5,
        "blocks with tokio and serde were compiled"
    );
}

#[test]
fn code_that_is_not_what_its_words_say_is_told_at_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let project = Project::whole().question(
        "Answer zebra: the guard is a temporary and lives to the end of the statement.",
        "Answer zebra.\n\n```rust,edition2024\nlet a = String::new();\nlet b = a;\nprintln!(\"{a}\");\n```\n\n\
         ```rust,compile_fail,E0499\nlet n: u8 = \"\";\n```\n\n```rust\npanic!(\"as written\");\n```\n\n\
         ```rust,should_panic\nlet x: [u8; 0] = [];\nlet _ = x.first().unwrap();\n```\n\n\
         ```rust,ignore\nnot rust\n```",
    );
    for path in ["askbook.yaml", "content/"] {
        for source in project.0.under(path) {
            write(&source.path, &source.text);
        }
    }
    let check = Command::new(snapbox::cmd::cargo_bin!("askbook")).env("NO_COLOR", "1");
    let check = check.args(["check", "--code", "--format", "short", "--root"]).arg(folder.path());
    check.assert().code(1).stderr_eq(str![[r#"
content/questions/locks/guard.md:38:1: error[code-fails]: this code does not compile: borrow of moved value: `a` (E0382)
content/questions/locks/guard.md:41:1: error[code-fails]: this code does not fail with E0499: it fails with E0308
content/questions/locks/guard.md:45:1: error[code-fails]: this code ends with exit code 101: as written
3 errors
6 Rust code blocks: 3 run, 0 only compiled, 2 refused by the compiler, 1 ignored; 0 use crates, with rustc [..]
ignored: content/questions/locks/guard.md:54

"#]]);
}
