//! What goes wrong while files are made: the build ends, says why, and leaves the old files.

use std::fs;
use std::time::{Duration, Instant};

use super::build::own_theme;
use super::{Starter, annexe};

#[test]
fn a_folder_where_a_file_should_go_is_a_finding_and_nothing_of_the_document_is_replaced() {
    let starter = Starter::new();
    starter.run(&["build"]).exits(0);
    let old = fs::read(starter.path("output/progress-plan.full.pdf")).unwrap();
    fs::remove_file(starter.path("output/progress-plan.full.docx")).unwrap();
    fs::create_dir_all(starter.path("output/progress-plan.full.docx")).unwrap();
    starter.edit("templates/progress-plan.md", "# Where we stand", "# Where we are");
    let ran = starter.run(&["build"]).exits(1);
    assert!(ran.err.contains("write/failed") && ran.err.contains("full.docx"), "{}", ran.err);
    assert_eq!(starter.output(), ["progress-plan.full.docx", "progress-plan.full.pdf"]);
    assert!(old == fs::read(starter.path("output/progress-plan.full.pdf")).unwrap());
}

#[test]
fn a_theme_that_never_ends_is_given_up_and_the_command_ends() {
    let starter = Starter::new();
    starter.run(&["build"]).exits(0);
    let old = fs::read(starter.path("output/progress-plan.full.pdf")).unwrap();
    own_theme(&starter, &[("theme.typ", "#let n = 0\n#while n >= 0 { n += 1 }\n")]);
    let start = Instant::now();
    let ran = starter.run(&["build"]).exits(1);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    assert!(ran.err.contains("theme/fault"), "{}", ran.err);
    assert!(old == fs::read(starter.path("output/progress-plan.full.pdf")).unwrap());
}

#[test]
fn a_theme_that_names_an_unknown_font_is_a_finding() {
    let starter = Starter::new();
    own_theme(&starter, &[("theme.typ", "#set text(font: \"Comic Snas\")\nWords\n")]);
    let ran = starter.run(&["build"]).exits(1);
    assert!(ran.err.contains("theme/font") && ran.err.contains("comic snas"), "{}", ran.err);
    assert!(starter.output().is_empty());
}

#[test]
fn a_project_without_documents_builds_nothing_and_says_so() {
    let starter = Starter::new();
    fs::remove_dir_all(starter.path("templates")).unwrap();
    for args in [&["build"] as &[&str], &["check"]] {
        let ran = starter.run(args).exits(1);
        assert!((ran.err + &ran.out).contains("there is no document to make"));
    }
    assert!(starter.output().is_empty());
    assert_eq!(annexe(&["build", "--no-such-option"]).code, 2);
}
