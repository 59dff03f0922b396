//! Locks: a packet that is locked asks what was agreed on, word by word, or the guide is not built.
use crate::support::{BUILDER, PACKET, Project, QUESTION};
use askbook::pipeline::Standing;
use proptest::prelude::*;
use snapbox::{assert_data_eq, str};

const LOCK: &str = "content/packets/systems.lock";

/// Four questions about locks, and a packet that picks `guard` and has two of the others chosen.
fn project() -> Project {
    let mut project = Project::whole().file("content/packets/systems.md", &packet());
    for name in ["one", "two", "three"] {
        project = project.file(&path(name), &question(name));
    }
    project
}

fn packet() -> String {
    PACKET
        .replace("minutes: 30", "minutes: 60")
        .replace("closing: 5\n", "closing: 5\nrotation: 2026-q4\n")
        .replace(
            "pick: [guard] }",
            "pick: [guard] }\n  - { title: Deepen, query: { topics: [locks] }, count: 2 }",
        )
}

fn path(name: &str) -> String {
    format!("content/questions/locks/{name}.md")
}

fn question(name: &str) -> String {
    QUESTION.replace("The guard that stays", &format!("Guard number {name}"))
}

/// What `askbook lock` would write.
fn lock_of(project: &Project) -> String {
    let locking = BUILDER.lockings(&project.0).remove(0);
    match &locking.standing {
        Standing::New(lock) | Standing::Unchanged(lock) | Standing::Differs { lock, .. } => {
            lock.text(&locking.packet)
        }
        other => panic!("{other:?}"),
    }
}

/// What `askbook lock --update` would tell.
fn changes(project: &Project) -> String {
    match BUILDER.lockings(&project.0).remove(0).standing {
        Standing::Differs { changes, .. } => changes.iter().map(|change| format!("{change}\n")).collect(),
        other => panic!("{other:?}"),
    }
}

fn locked(project: Project) -> Project {
    let lock = lock_of(&project);
    project.file(LOCK, &lock)
}

/// The remarks, each with its help.
fn helped(project: &Project) -> String {
    let build = project.build();
    let helps = build.diagnostics().iter().map(|told| format!("  {}\n", told.help.as_deref().unwrap_or("")));
    project.told(&build).lines().zip(helps).map(|(line, help)| format!("{line}\n{help}")).collect()
}

#[test]
fn a_lock_lists_what_a_packet_asks_and_how_it_reads() {
    assert_data_eq!(
        lock_of(&project()),
        str![[r##"
# What the packet `systems` asks. `askbook lock --update systems` writes this file.
askbook: "0.1.0"
questions:
  - guard: 83c49c0d6b2db74f1ec22357388272e0d3677823052cfec8530e4a018276b57d
  - two: 9f8c32fb87db48a1bf6b95bef26b0212987a274851b44a76fae7f1d992fa9fe6
  - one: d09c1e0dfca07470053d84e89bb3b6ed096806debdb5d503564e7f738374124c

"##]]
    );
}

#[test]
fn a_locked_packet_says_so_wherever_it_is_printed() {
    let open = project();
    assert!(open.page("packets/systems.html").contains(" · not locked · Askbook "));
    assert!(!open.page("packets/systems.a4.css").contains("\"lock "));
    let locked = locked(open);
    locked.says_nothing();
    let page = locked.page("packets/systems.html");
    let (_, short) = page.split_once(" · lock ").unwrap();
    let short = &short[..8];
    assert!(page.contains(&format!(" · lock {short} · Askbook ")), "on the cover");
    let sheet = locked.page("packets/systems.letter.css");
    assert!(sheet.contains(&format!(" \" · \" \"lock {short}\";")), "at the foot of each page: {sheet}");
}

#[test]
fn a_loop_says_which_of_its_packets_are_locked() {
    let text = "---\ntitle: Whole\nlevel: senior\nrequires: { debugging: 1 }\nstages:\n  \
         - { packet: systems, interviewer: A }\n---\n";
    let project = project().file("content/loops/whole.md", text);
    assert!(project.page("loops/whole.html").contains("60 min · not locked"));
    assert!(locked(project).page("loops/whole.html").contains("60 min · locked"));
}

#[test]
fn a_locked_packet_keeps_its_questions_whatever_its_query_would_choose_now() {
    let locked = locked(project());
    let titles = |project: &Project| {
        let page = project.page("packets/systems.html");
        let agenda = page.split_once("id=\"agenda\"").unwrap().1.split_once("</table>").unwrap().0.to_owned();
        let mut found: Vec<(usize, String)> = ["one", "two", "three", "four", "five", "six"]
            .iter()
            .filter_map(|name| Some((agenda.find(&format!("Guard number {name}"))?, (*name).to_owned())))
            .collect();
        found.sort();
        found.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    let before = titles(&locked);
    assert_eq!(before.len(), 2);
    let mut grown = locked;
    for name in ["four", "five", "six"] {
        grown = grown.file(&path(name), &question(name));
    }
    let turned = ["2027-q1", "2027-q2", "2027-q3"].map(|rotation| {
        let packet = packet().replace("2026-q4", rotation);
        grown.clone().file("content/packets/systems.md", &packet)
    });
    for project in &turned {
        assert_eq!(titles(project), before);
    }
    assert!(turned.iter().any(|project| lock_of(project) != lock_of(&grown)), "unlocked it asks others");
}

#[test]
fn a_changed_question_stops_the_build_until_it_is_accepted() {
    let edited = question("two").replace("Take your time.", "Take half an hour.");
    let project = locked(project()).file(&path("two"), &edited);
    assert_data_eq!(
        helped(&project),
        str![[r#"
content/packets/systems.lock:5:5: error[locked-question-changed]: `two` has changed since `systems` was locked
  take the change back; or `askbook lock systems` shows the difference, and `askbook lock --update systems` accepts it

"#]]
    );
    assert_data_eq!(
        changes(&project),
        str![[r#"
~ two: changed, 9f8c32fb is now 773c258a

"#]]
    );
    locked(project).says_nothing();
}

#[test]
fn a_locked_question_that_is_gone_is_missed() {
    let mut project = locked(project()).file(&path("others"), &question("others"));
    project.0 = project_without(&project, &path("two"));
    assert_data_eq!(
        helped(&project),
        str![[r#"
content/packets/systems.lock:5:5: error[locked-question-gone]: `two` is locked, and there is no such question
  bring it back; or `askbook lock systems` shows the difference, and `askbook lock --update systems` accepts it

"#]]
    );
    let renamed = question("two").replace("tags: [guard]", "aliases: [two]");
    let project = project.file(&path("second"), &renamed);
    assert_data_eq!(
        helped(&project),
        str![[r#"
content/packets/systems.lock:5:5: error[locked-question-gone]: `two` is locked, and there is no such question
  it is `second` now: rename it back; or `askbook lock systems` shows the difference, and `askbook lock --update systems` accepts it

"#]]
    );
    assert_data_eq!(
        changes(&project),
        str![[r#"
- two: removed, was question 2
+ others: added as question 3

"#]]
    );
    // What is picked by name is missed where it is picked.
    let mut project = locked(self::project());
    project.0 = project_without(&project, &path("guard"));
    project.says(str![[r#"
content/packets/systems.md:11:31: error[unknown-name]: unknown question `guard`

"#]]);
}

fn project_without(project: &Project, left_out: &str) -> askbook::source::Sources {
    let files = project.0.under("").filter(|source| source.path != left_out);
    files.map(|source| (source.path.clone(), source.text.clone())).collect()
}

#[test]
fn nobody_is_blamed_for_a_locked_question_that_cannot_be_read() {
    locked(project()).question("minutes: 15", "minutes: long").says(str![[r#"
content/questions/locks/guard.md:7:10: error[wrong-type]: `minutes` is `long`, not a whole number

"#]]);
}

#[test]
fn a_packet_that_no_longer_fits_its_lock_is_told() {
    let project = locked(project());
    let edit = |from: &str, to: &str| {
        let packet = packet();
        assert!(packet.contains(from));
        helped(&project.clone().file("content/packets/systems.md", &packet.replace(from, to)))
    };
    assert_data_eq!(
        edit("pick: [guard]", "pick: [two]"),
        str![[r#"
content/packets/systems.md:11:31: error[lock-mismatch]: `two` is picked, and `guard` is locked
  take the change back; or `askbook lock systems` shows the difference, and `askbook lock --update systems` accepts it

"#]]
    );
    assert_data_eq!(
        edit("count: 2", "count: 1"),
        str![[r#"
content/packets/systems.md:12:5: error[lock-mismatch]: the sections ask 2 questions, and 3 are locked
  take the change back; or `askbook lock systems` shows the difference, and `askbook lock --update systems` accepts it

"#]]
    );
    assert_data_eq!(
        edit("count: 2", "count: 3"),
        str![[r#"
content/packets/systems.md:5:10: error[time-budget]: 70 minutes are planned, of 60
  take a question out, or give the packet more minutes
content/packets/systems.md:12:5: error[lock-mismatch]: the sections ask 4 questions, and 3 are locked
  take the change back; or `askbook lock systems` shows the difference, and `askbook lock --update systems` accepts it

"#]]
    );
    assert_data_eq!(
        edit("pick: [guard]", "pick: [two, guard]"),
        str![[r#"
content/packets/systems.md:5:10: error[time-budget]: 70 minutes are planned, of 60
  take a question out, or give the packet more minutes
content/packets/systems.md:11:31: error[lock-mismatch]: `two` is picked, and `guard` is locked
  take the change back; or `askbook lock systems` shows the difference, and `askbook lock --update systems` accepts it

"#]]
    );
    assert_data_eq!(
        edit("pick: [guard]", "pik: [guard]"),
        str![[r#"
content/packets/systems.md:11:5: error[bad-packet-section]: section of a packet has not one of `pick` and `query`
  write `pick: [question-id]`, or `query: { topics: [async] }` with `count: 1`
content/packets/systems.md:11:24: error[unknown-key]: unknown key `pik` in a section of a packet
  did you mean `pick`?

"#]]
    );
}

#[test]
fn sections_may_be_cut_otherwise_as_long_as_the_same_is_asked() {
    let packet = packet().replace(
        "{ title: Deepen, query: { topics: [locks] }, count: 2 }",
        "{ title: Deepen, query: { topics: [locks] } }\n  - { title: End, query: { topics: [locks] } }",
    );
    let project = locked(project()).file("content/packets/systems.md", &packet);
    let page = project.page("packets/systems.html");
    assert!(page.contains("Deepen") && page.contains("End"));
}

#[test]
fn a_live_packet_is_locked() {
    let live = packet().replace("closing: 5\n", "closing: 5\nlive: true\n");
    let project = project().file("content/packets/systems.md", &live);
    assert_data_eq!(
        helped(&project),
        str![[r#"
content/packets/systems.md:8:7: error[unlocked-live]: `systems` is live, and not locked
  run `askbook lock systems`, so that every candidate is asked the same questions

"#]]
    );
    locked(project.clone()).says_nothing();
    project.file("content/packets/systems.md", &live.replace("live: true", "live: false")).says_nothing();
}

#[test]
fn a_lock_is_for_a_packet() {
    let project = project();
    let lock = lock_of(&project);
    let project =
        project.file("content/packets/sistems.lock", &lock).file("content/packets/Old one.lock", &lock);
    assert_data_eq!(
        helped(&project),
        str![[r#"
content/packets/sistems.lock:1:1: warning[lock-without-packet]: this locks `sistems`, and there is no such packet
  delete it, or give it its packet's name; did you mean `systems`?
content/packets/Old one.lock:1:1: error[bad-id]: `Old one` cannot be an id
  rename `content/packets/Old one.lock`: a name is an id of lower-case letters, digits and `-`

"#]]
    );
}

#[test]
fn what_is_wrong_with_a_lock_is_told_with_its_place() {
    let project = project();
    let lock = lock_of(&project);
    let with = |text: &str| helped(&project.clone().file(LOCK, text));
    assert_data_eq!(
        with(&lock.replace("askbook:", "tool:")),
        str![[r#"
content/packets/systems.lock:1:1: error[missing-key]: lock has no `askbook`
  `askbook lock --update systems` writes it anew
content/packets/systems.lock:2:1: error[unknown-key]: unknown key `tool` in a lock
  `askbook lock --update systems` writes it anew

"#]]
    );
    assert_data_eq!(
        with("askbook: 0.1.0\nquestions:\n  - guard: abc\n  - Two: 00\n  - { a: 0, b: 1 }\n  - c\n"),
        str![[r#"
content/packets/systems.lock:3:12: error[wrong-type]: `guard` is `abc`, not a hash of 64 hexadecimal digits
  `askbook lock --update systems` writes it anew
content/packets/systems.lock:4:10: error[wrong-type]: `Two` is `00`, not a hash of 64 hexadecimal digits
  `askbook lock --update systems` writes it anew
content/packets/systems.lock:5:5: error[wrong-type]: `questions` is not a list of one `name: value` a line
  `askbook lock --update systems` writes it anew
content/packets/systems.lock:6:5: error[wrong-type]: `questions` is not a mapping
  `askbook lock --update systems` writes it anew

"#]]
    );
    assert_data_eq!(
        with(&format!("<<<<<<< ours\n{lock}")),
        str![[r#"
content/packets/systems.lock:3:1: error[yaml-syntax]: this does not belong here
  `askbook lock --update systems` writes it anew

"#]]
    );
    assert_data_eq!(
        with(""),
        str![[r#"
content/packets/systems.lock:1:1: error[missing-key]: lock has no `askbook`, `questions`
  `askbook lock --update systems` writes it anew

"#]]
    );
}

#[test]
fn a_lock_that_was_left_out_is_no_leave_to_ask_anything_else() {
    let mut project = project();
    project.0.insert_unreadable(LOCK, "");
    project.says(str![[r#"
content/packets/systems.md:2:8: error[unreadable-lock]: the lock of `systems` cannot be read

"#]]);
}

#[test]
fn another_release_may_have_made_a_lock() {
    let project = project();
    let lock = lock_of(&project);
    let version = format!("askbook: \"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(lock.contains(&version));
    let project = project.file(LOCK, &lock.replace(&version, "askbook: 9.0.0-rc.1"));
    project.says_nothing();
    let standing = BUILDER.lockings(&project.0).remove(0).standing;
    assert!(matches!(standing, Standing::Unchanged(_)), "{standing:?}");
}

#[test]
fn errors_elsewhere_do_not_keep_a_packet_from_being_locked() {
    let project = project();
    let lock = lock_of(&project);
    let broken = project
        .file("content/pages/a.md", "no front matter")
        .file("content/packets/broken.md", &PACKET.replace("minutes: 30", "minutes: 20"))
        .file("content/packets/hole.md", &PACKET.replace("[guard]", "[bad]"))
        .file("content/questions/errors/bad.md", &question("bad").replace("minutes: 15", "minutes: long"));
    let standings: Vec<(String, String)> = BUILDER
        .lockings(&broken.0)
        .into_iter()
        .map(|locking| {
            let standing = match locking.standing {
                Standing::Unsettled(told) => told.iter().map(|it| it.message.clone()).collect(),
                Standing::New(lock) => lock.text(&locking.packet),
                other => format!("{other:?}"),
            };
            (locking.packet.to_string(), standing)
        })
        .collect();
    assert_eq!(
        standings,
        [
            ("broken".to_owned(), "25 minutes are planned, of 20".to_owned()),
            ("hole".to_owned(), "`minutes` is `long`, not a whole number".to_owned()),
            ("systems".to_owned(), lock),
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// A lock says nothing of the order in which files were found.
    #[test]
    fn a_lock_is_stable_under_shuffle(
        files in Just(project().0.under("").map(|it| (it.path.clone(), it.text.clone())).collect::<Vec<_>>())
            .prop_shuffle()
    ) {
        prop_assert_eq!(lock_of(&Project(files.into_iter().collect())), lock_of(&project()));
    }
}
