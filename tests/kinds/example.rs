//! `examples/priority-action-plan`: another area's plan by data and templates alone.

use std::ffi::OsString;
use std::path::Path;

/// Runs a command on the example: the exit code, and what it printed.
fn annexe(args: &[&str]) -> (i32, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/priority-action-plan");
    let project = ["annexe", "--project", root.to_str().unwrap()].map(OsString::from);
    let args = project.into_iter().chain(args.iter().map(OsString::from));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = annexe::cli::run(args, &mut out, &mut err);
    (code, String::from_utf8(out).unwrap() + &String::from_utf8(err).unwrap())
}

#[test]
fn it_has_nothing_to_find() {
    let (code, told) = annexe(&["check", "--strict"]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("0 errors, 0 warnings"), "{told}");
}

#[test]
fn it_is_built_in_both_formats_and_editions() {
    let folder = tempfile::tempdir().unwrap();
    let (code, told) = annexe(&["build", "--out", folder.path().to_str().unwrap()]);
    assert_eq!(code, 0, "{told}");
    for name in ["full.pdf", "full.docx", "easy-read.pdf", "easy-read.docx"] {
        let file = folder.path().join(format!("priority-action-plan.{name}"));
        assert!(std::fs::metadata(&file).unwrap().len() > 10_000, "{name}");
    }
}

#[test]
fn it_says_what_the_data_say() {
    // Lines are broken to fit; the words are what counts.
    let joined = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (code, text) = annexe(&["text", "priority-action-plan"]);
    assert_eq!(code, 0, "{text}");
    let text = joined(text);
    for words in [
        "This plan answers with 30 actions. On 30 June 2026, 10 of them were finished.",
        "The actions cost £2,976,000 until the plan ends.",
        "Northmere Council does 18 of the actions.",
        "= Likelihood by impact | 1 | 2 | 3 | 4 | 5",
        "[S Severe] R1",
        "| D3 | Money for the bases is lent from the reserve | 14 May 2026 |",
        "Confidential",
    ] {
        assert!(text.contains(words), "{words}:\n{text}");
    }
    // On an earlier day it says what was known then.
    let (_, before) = annexe(&["text", "priority-action-plan", "--as-at", "2026-04-10"]);
    let before = joined(before);
    assert!(before.contains("On 10 April 2026, 3 of them were finished."), "{before}");
    assert!(before.contains("£284,760 of that was spent by 10 April 2026."), "{before}");
}

#[test]
fn a_project_can_start_from_it() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("plan");
    let (code, told) = annexe(&["init", to.to_str().unwrap(), "--like", "priority-action-plan"]);
    assert_eq!(code, 0, "{told}");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/priority-action-plan");
    let mut count = 0;
    for entry in walkdir::WalkDir::new(&root) {
        let entry = entry.unwrap();
        let below = entry.path().strip_prefix(&root).unwrap();
        // What a build leaves there is no part of it.
        let left = below.starts_with("output") || below.starts_with(".annexe");
        if entry.file_type().is_file() && !left {
            let written = std::fs::read(to.join(below)).unwrap_or_default();
            assert!(written == std::fs::read(entry.path()).unwrap(), "{}", below.display());
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
    let other = folder.path().join("other");
    let (code, told) = annexe(&["init", other.to_str().unwrap(), "--like", "priority-plan"]);
    assert_eq!(code, 2, "{told}");
    assert!(told.contains("priority-action-plan") && !other.exists(), "{told}");
}
