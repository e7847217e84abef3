//! `watch`, and the workspace under it: a change is seen, and nothing more is done than it asks for.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use annexe::build::{Asked, Cache, Round, Terms, Workspace};
use annexe::diag::Severity;

use super::{Starter, annexe, names};

const TERMS: Terms = Terms { as_at: None, limit: Severity::Error, threads: 2 };

fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    names(folder).into_iter().map(|n| (n.clone(), fs::read(folder.join(n)).unwrap())).collect()
}

/// A project of two documents, one of which includes narrative.
fn starter() -> Starter {
    let starter = Starter::new();
    starter.add_document("other", "editions = [\"full\"]", "Some words.");
    starter
}

fn build(workspace: &mut Workspace, starter: &Starter) -> Round {
    let out = starter.path("watched");
    workspace.build(&Asked::default(), TERMS, Some(&out), &Cache::none()).unwrap()
}

#[test]
fn a_changed_narrative_assembles_only_the_documents_that_include_it() {
    let starter = starter();
    let mut workspace = Workspace::new(&starter.path(""));
    assert!(workspace.look().len() > 5, "all files are new at first");
    assert_eq!(build(&mut workspace, &starter).assembled, 2);
    assert!(workspace.look().is_empty());
    assert_eq!(build(&mut workspace, &starter).assembled, 0);

    let path = "content/progress-plan/summary.md";
    starter.write(path, &format!("{}\nOne more paragraph.\n", starter.read(path)));
    assert_eq!(workspace.look(), [PathBuf::from(path)].into());
    let round = build(&mut workspace, &starter);
    assert_eq!(round.assembled, 1);
    let fresh = starter.path("fresh");
    starter.run(&["build", "--fresh", "--out", fresh.to_str().unwrap()]).exits(0);
    assert!(bytes(&starter.path("watched")) == bytes(&fresh));
}

#[test]
fn any_other_change_assembles_all() {
    let starter = starter();
    let mut workspace = Workspace::new(&starter.path(""));
    workspace.look();
    build(&mut workspace, &starter);
    let changes: [&dyn Fn(); 4] = [
        &|| starter.edit("templates/other.md", "Some words.", "Other words."),
        &|| {
            starter.edit(
                "content/plan/objectives.toml",
                "[[objective]]",
                "# A note.\n[[objective]]",
            )
        },
        &|| starter.write("content/progress-plan/new.md", "New.\n"),
        &|| fs::remove_file(starter.path("content/progress-plan/new.md")).unwrap(),
    ];
    for (index, change) in changes.iter().enumerate() {
        change();
        assert_eq!(workspace.look().len(), 1, "{index}");
        assert_eq!(build(&mut workspace, &starter).assembled, 2, "{index}");
    }
}

#[test]
fn a_file_that_was_only_touched_is_no_change() {
    let starter = starter();
    let mut workspace = Workspace::new(&starter.path(""));
    workspace.look();
    let path = "content/progress-plan/summary.md";
    let file = fs::File::options().append(true).open(starter.path(path)).unwrap();
    file.set_modified(std::time::UNIX_EPOCH + Duration::from_secs(1_000_000_000)).unwrap();
    assert!(workspace.look().is_empty());
}

#[test]
fn faults_of_a_document_go_when_they_are_put_right() {
    let starter = starter();
    let mut workspace = Workspace::new(&starter.path(""));
    let path = "content/progress-plan/summary.md";
    let right = starter.read(path);
    starter.write(path, "{{ nothing.of.the.kind }}\n");
    workspace.look();
    let round = build(&mut workspace, &starter);
    assert!(round.findings.count(Severity::Error) > 0);
    assert_eq!(round.built.len(), 2, "the other document stands");
    starter.write(path, &right);
    workspace.look();
    let round = build(&mut workspace, &starter);
    assert_eq!(round.findings.count(Severity::Error), 0);
    assert_eq!(round.built.len(), 4);
}

#[test]
fn watch_builds_again_after_a_save_and_says_what_is_new() {
    let starter = starter();
    let root = starter.path("");
    let watching = std::thread::spawn(move || {
        let root = root.to_str().unwrap();
        annexe(&[
            "watch",
            "other",
            "--format",
            "pdf",
            "--every",
            "20",
            "--builds",
            "2",
            "--project",
            root,
        ])
    });
    let pdf = starter.path("output/other.full.pdf");
    let until = |done: &dyn Fn() -> bool| {
        let clock = Instant::now();
        while !done() && clock.elapsed() < Duration::from_secs(120) {
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    until(&|| pdf.exists());
    // The first build is over when its cache stands; the second waits for a save.
    std::thread::sleep(Duration::from_millis(500));
    starter.edit("templates/other.md", "Some words.", "Some words and {{ nothing.of.the.kind }}.");
    let ran = watching.join().unwrap().exits(0);
    assert!(ran.out.contains("1 document assembled, 1 file made"), "{}", ran.out);
    assert!(ran.out.contains("1 document assembled, 0 files made"), "{}", ran.out);
    assert!(ran.err.contains("templates/other.md"), "{}", ran.err);
}
