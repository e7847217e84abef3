//! `build`: what has not changed is not drawn again, and what stands there is always right.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use walkdir::WalkDir;

use super::{Ran, Starter, names};

fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    names(folder).into_iter().map(|n| (n.clone(), fs::read(folder.join(n)).unwrap())).collect()
}

/// What a build said of each file: `format → drawn, kept or unchanged`.
fn origins(ran: &Ran) -> Vec<(String, &'static str)> {
    let rows = ran.out.lines().filter(|line| line.contains("progress-plan."));
    rows.map(|line| {
        let format = line.split_whitespace().nth(2).unwrap().to_owned();
        let origin = match line {
            _ if line.contains(" unchanged ") => "unchanged",
            _ if line.contains(" from cache ") => "kept",
            _ => "drawn",
        };
        (format, origin)
    })
    .collect()
}

fn both(origin: &'static str) -> Vec<(String, &'static str)> {
    vec![("pdf".to_owned(), origin), ("docx".to_owned(), origin)]
}

fn build(starter: &Starter) -> Vec<(String, &'static str)> {
    origins(&starter.run(&["build"]).exits(0))
}

fn fresh(starter: &Starter) -> BTreeMap<String, Vec<u8>> {
    let out = starter.path("elsewhere");
    starter.run(&["build", "--fresh", "--out", out.to_str().unwrap()]).exits(0);
    let made = bytes(&out);
    fs::remove_dir_all(out).unwrap();
    made
}

#[test]
fn an_unchanged_file_is_left_alone() {
    let starter = Starter::new();
    assert_eq!(build(&starter), both("drawn"));
    let before = bytes(&starter.path("output"));
    let ran = starter.run(&["build"]).exits(0);
    assert_eq!(origins(&ran), both("unchanged"));
    assert!(ran.out.contains("2 files (2 unchanged), 0 errors"), "{}", ran.out);
    assert!(before == bytes(&starter.path("output")));
    assert!(before == fresh(&starter));
    assert_eq!(origins(&starter.run(&["build", "--fresh"]).exits(0)), both("drawn"));
}

#[test]
fn what_was_changed_or_removed_by_hand_comes_back() {
    let starter = Starter::new();
    build(&starter);
    let before = bytes(&starter.path("output"));
    let (pdf, docx) = ("output/progress-plan.full.pdf", "output/progress-plan.full.docx");
    fs::remove_file(starter.path(pdf)).unwrap();
    // As long as it was, and no newer: only its words differ.
    let mut altered = fs::read(starter.path(docx)).unwrap();
    let about = fs::metadata(starter.path(docx)).unwrap();
    altered[100] ^= 1;
    fs::write(starter.path(docx), altered).unwrap();
    let file = fs::File::options().append(true).open(starter.path(docx)).unwrap();
    file.set_modified(about.modified().unwrap()).unwrap();
    assert_eq!(build(&starter), both("kept"));
    assert!(before == bytes(&starter.path("output")));
}

#[test]
fn whatever_a_file_is_made_of_counts() {
    let starter = Starter::new();
    build(&starter);
    type Change = dyn Fn(&Starter);
    let changes: &[(&str, &Change)] = &[
        ("narrative", &|s| s.write("content/progress-plan/summary.md", "Other words.\n")),
        ("a token", &|s| {
            s.write("templates/themes/standard/theme.toml", "[sizes]\nbody = 11.5\n");
        }),
        ("a theme file", &|s| {
            let plain = include_str!("../../templates/themes/standard/cover.typ");
            s.write("templates/themes/standard/cover.typ", &format!("{plain}\n// Other.\n"));
        }),
    ];
    for (what, change) in changes {
        change(&starter);
        assert_eq!(build(&starter), both("drawn"), "{what}");
        assert!(bytes(&starter.path("output")) == fresh(&starter), "{what}");
        assert_eq!(build(&starter), both("unchanged"), "{what}");
    }
}

#[test]
fn lines_that_only_move_draw_nothing() {
    let starter = Starter::new();
    build(&starter);
    let path = "content/plan/rag.toml";
    let moved = format!("# A note.\n\n{}", starter.read(path));
    starter.write(path, &moved);
    starter.write("content/progress-plan/aside.md", "Not in any document yet.\n");
    assert_eq!(origins(&starter.run(&["build"]).exits(0)), both("unchanged"));
}

#[test]
fn a_warning_of_an_unchanged_document_is_told_each_time() {
    let starter = Starter::new();
    starter.write("templates/editions/full.toml", "[length]\nwarn = 1\n");
    let first = starter.run(&["build"]).exits(0);
    assert!(first.err.contains("aims at 1"), "{}", first.err);
    let second = starter.run(&["build"]).exits(0);
    assert_eq!(first.err, second.err);
    assert_eq!(origins(&second), both("unchanged"));
    starter.write("templates/editions/full.toml", "[length]\nmost = 1\n");
    let third = starter.run(&["build"]).exits(1);
    assert!(third.err.contains("may have 1"), "{}", third.err);
}

fn kept_files(folder: &Path) -> Vec<PathBuf> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    entries.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect()
}

#[test]
fn a_broken_cache_changes_nothing() {
    let starter = Starter::new();
    build(&starter);
    let before = bytes(&starter.path("output"));
    for change in ["", "{}", "\0\0\0"] {
        for path in kept_files(&starter.path(".annexe/cache")) {
            fs::write(path, change).unwrap();
        }
        fs::remove_dir_all(starter.path("output")).unwrap();
        assert_eq!(build(&starter), both("drawn"));
        assert!(before == bytes(&starter.path("output")));
    }
    fs::remove_dir_all(starter.path(".annexe")).unwrap();
    starter.write(".annexe", "a file where the cache should be");
    let ran = starter.run(&["build"]).exits(0);
    assert_eq!(origins(&ran), both("drawn"));
    assert!(before == bytes(&starter.path("output")));
}

#[test]
fn a_cache_that_came_with_the_project_is_not_believed() {
    let starter = Starter::new();
    build(&starter);
    // Somebody else's records: of the right shape and for the right files, without this user's seal.
    for path in kept_files(&starter.path(".annexe/cache")) {
        if path.extension().is_some_and(|kind| kind == "record") {
            let text = fs::read_to_string(&path).unwrap();
            let (_, body) = text.split_once('\n').unwrap();
            fs::write(path, format!("{}\n{body}", "0".repeat(64))).unwrap();
        }
    }
    assert_eq!(build(&starter), both("drawn"));
}

/// Runs the program itself, with what it keeps in `cache`.
fn program(starter: &Starter, cache: &Path, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annexe"));
    command.arg("--project").arg(starter.path("")).args(["build", "--out"]).arg(out);
    command.env("ANNEXE_CACHE", cache).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

#[test]
fn projects_share_a_cache_that_is_named() {
    let (one, other) = (Starter::new(), Starter::new());
    let folder = tempfile::tempdir().unwrap();
    let (cache, out) = (folder.path().join("cache"), folder.path().join("out"));
    let said = |starter: &Starter, out: &Path| {
        let output = program(starter, &cache, out).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    said(&one, &out);
    let second = said(&other, &folder.path().join("second"));
    assert_eq!(second.matches(" from cache ").count(), 2, "{second}");
    assert!(bytes(&out) == bytes(&folder.path().join("second")));
    assert!(said(&other, &out).contains("2 files (2 unchanged)"));
    assert!(!one.path(".annexe").exists(), "what is named is used instead");
}

#[test]
fn killed_builds_leave_nothing_half_and_nothing_behind() {
    let starter = Starter::new();
    let folder = tempfile::tempdir().unwrap();
    let (cache, out) = (folder.path().join("cache"), folder.path().join("out"));
    for wait in [300, 900, 1800, 2700, 3600] {
        let mut child = program(&starter, &cache, &out).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join(".annexe-killed.part"), "half").unwrap();
    assert!(program(&starter, &cache, &out).status().unwrap().success());
    let made = bytes(&out);
    assert!(made == fresh(&starter));
    let hidden = fs::read_dir(&out).unwrap().flatten();
    let hidden: Vec<_> =
        hidden.filter(|e| e.file_name().to_string_lossy().starts_with('.')).collect();
    assert!(hidden.is_empty(), "{hidden:?}");
}
