//! The guide that we publish ourselves.
use crate::support::{Project, files_below, repository};
use askbook::edition::Audience;
use std::collections::BTreeMap;

#[test]
fn our_own_guide_builds_without_a_remark() {
    Project::content().says_nothing();
}

#[test]
fn the_committed_guide_is_what_a_build_makes() {
    let artifacts = Project::content().published_to(Audience::Interviewer);
    let built: BTreeMap<String, Vec<u8>> =
        artifacts.iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect();
    let mut committed = files_below(&repository().join("public"));
    committed.retain(|path, _| path != ".askbook-output");
    let paths = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(&committed), paths(&built), "run `cargo run --release -- build` and commit `public/`");
    for (path, bytes) in &built {
        assert!(committed[path] == *bytes, "`public/{path}` is stale: run `cargo run --release -- build`");
    }
}

#[test]
fn two_builds_give_the_same_bytes_on_any_number_of_threads() {
    let project = Project::content();
    let one = rayon_threads(1, || project.published_to(Audience::Interviewer));
    let four = rayon_threads(4, || project.published_to(Audience::Interviewer));
    assert!(one == four);
}

fn rayon_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}
