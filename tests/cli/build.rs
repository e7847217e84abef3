//! `build`: files are whole, the same each time, and never half replaced.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{Starter, names};

const BOTH: [&str; 2] = ["progress-plan.full.docx", "progress-plan.full.pdf"];

fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    names(folder).into_iter().map(|n| (n.clone(), fs::read(folder.join(n)).unwrap())).collect()
}

#[test]
fn the_starter_project_builds_at_once() {
    let starter = Starter::whole();
    let ran = starter.run(&["build"]).exits(0);
    let easy = ["progress-plan.easy-read.docx", "progress-plan.easy-read.pdf"];
    assert_eq!(starter.output(), [easy, BOTH].concat());
    for edition in ["full", "easy-read"] {
        let file = |format: &str| {
            fs::read(starter.path(&format!("output/progress-plan.{edition}.{format}"))).unwrap()
        };
        assert!(file("pdf").starts_with(b"%PDF-"));
        assert!(file("docx").starts_with(b"PK"));
    }
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 6, "{}", ran.out);
    assert!(lines[0].starts_with("progress-plan   full        pdf "), "{}", ran.out);
    assert!(lines[0].contains(" pages ") && lines[0].ends_with("progress-plan.full.pdf"));
    assert!(lines[1].starts_with("progress-plan   full        docx"), "{}", ran.out);
    assert!(lines[2].starts_with("progress-plan   easy-read   pdf "), "{}", ran.out);
    assert!(lines[4].starts_with("website of "), "{}", ran.out);
    assert!(lines[5].starts_with("4 files, 0 errors, 0 warnings"), "{}", ran.out);
    assert_eq!(ran.err, "");
}

#[test]
fn builds_give_the_same_bytes_on_one_thread_and_on_four() {
    let starter = Starter::new();
    let template = starter.read("templates/progress-plan.md");
    for name in ["second", "third"] {
        starter.write(&format!("templates/{name}.md"), &template);
    }
    let folder = tempfile::tempdir().unwrap();
    let build = |name: &str, jobs: &str| {
        let out = folder.path().join(name);
        starter.run(&["build", "--fresh", "--jobs", jobs, "--out", out.to_str().unwrap()]).exits(0);
        bytes(&out)
    };
    let first = build("first", "1");
    assert_eq!(first.len(), 6);
    assert!(first == build("again", "1"), "a second build differs");
    assert!(first == build("threads", "4"), "a build on four threads differs");
}

#[test]
fn a_document_that_fails_leaves_its_old_files_and_stops_no_other() {
    let starter = Starter::new();
    starter.add_document("other", "editions = [\"full\"]", "Some words.");
    starter.run(&["build"]).exits(0);
    let before = bytes(&starter.path("output"));

    starter.edit("templates/progress-plan.md", "# Where we stand", "# {{ nothing.of.the.kind( }}");
    starter.edit("templates/other.md", "Some words.", "Other words.");
    let ran = starter.run(&["build"]).exits(1);

    let after = bytes(&starter.path("output"));
    for name in BOTH {
        assert!(before[name] == after[name], "{name} was touched");
    }
    for name in ["other.full.docx", "other.full.pdf"] {
        assert!(before[name] != after[name], "{name} was not built");
    }
    assert_eq!(before.len(), after.len(), "nothing else is left behind");
    assert!(ran.out.contains("progress-plan   full   not built"), "{}", ran.out);
    assert!(ran.err.contains("error") && ran.err.contains("templates/progress-plan.md"));
}

#[test]
fn one_document_can_be_built_while_another_is_broken() {
    let starter = Starter::new();
    starter.add_document("broken", "editions = [\"full\"]", "{{ unclosed");
    let ran = starter.run(&["build", "progress-plan"]).exits(0);
    assert_eq!(starter.output(), BOTH);
    assert!(!ran.err.contains("broken"), "{}", ran.err);
    starter.run(&["build", "broken"]).exits(1);
    assert_eq!(starter.output(), BOTH);
}

#[test]
fn a_document_whose_template_cannot_be_loaded_says_so_when_it_is_named() {
    let starter = Starter::new();
    starter.write("templates/broken.md", "# No front matter\n");
    let ran = starter.run(&["build", "broken"]).exits(1);
    assert!(ran.err.contains("templates/broken.md"), "{}", ran.err);
    assert!(ran.out.contains("broken   left out: its template has errors"), "{}", ran.out);
    assert!(starter.output().is_empty());
}

#[test]
fn only_the_format_that_was_asked_for_is_made() {
    let starter = Starter::new();
    starter.run(&["build", "--format", "docx"]).exits(0);
    assert_eq!(starter.output(), ["progress-plan.full.docx"]);
}

#[test]
fn a_word_file_without_a_pdf_has_page_numbers_that_word_corrects() {
    let starter = Starter::new();
    let word = || fs::read(starter.path("output/progress-plan.full.docx")).unwrap();
    let is_due = || crate::docx::fields_due(&word()) > 0;
    starter.run(&["build", "--format", "docx"]).exits(0);
    assert!(is_due(), "estimated numbers are marked");
    let alone = word();
    starter.run(&["build", "--format", "docx"]).exits(0);
    assert!(alone == word());
    // Beside a PDF they are those of its pages.
    starter.run(&["build"]).exits(0);
    assert!(!is_due());
    let beside = word();
    assert!(alone != beside);
    // From then on they are known, with and without what was kept of the file itself.
    fs::remove_file(starter.path("output/progress-plan.full.docx")).unwrap();
    starter.run(&["build", "--format", "docx"]).exits(0);
    assert!(beside == word());
}

#[test]
fn page_pictures_are_one_a_page_and_none_of_a_longer_build_stays() {
    let starter = Starter::new();
    starter.add_document("short", "editions = [\"full\"]\ncover = false", "Words.");
    fs::create_dir(starter.path("output")).unwrap();
    starter.write("output/short.full-07.png", "of a longer build");
    starter.run(&["build", "short", "--format", "png"]).exits(0);
    assert_eq!(starter.output(), ["short.full-01.png"]);
    let picture = fs::read(starter.path("output/short.full-01.png")).unwrap();
    assert!(picture.starts_with(b"\x89PNG"));
}

#[test]
fn strict_lets_a_warning_stop_the_build() {
    let starter = Starter::new();
    starter.write("content/progress-plan/stray.md", "No document uses this.\n");
    let warned = starter.run(&["build"]).exits(0);
    assert!(warned.err.contains("stray.md"), "{}", warned.err);
    assert!(warned.out.contains("1 warning"), "{}", warned.out);
    fs::remove_dir_all(starter.path("output")).unwrap();
    starter.run(&["build", "--strict"]).exits(1);
    assert!(starter.output().is_empty());
}

#[test]
fn the_folder_named_with_out_is_made() {
    let starter = Starter::new();
    let out = starter.path("a/b");
    starter.run(&["build", "--out", out.to_str().unwrap()]).exits(0);
    assert_eq!(names(&out), BOTH);
    assert!(starter.output().is_empty());
}

#[test]
fn a_folder_that_cannot_be_made_is_a_finding() {
    let starter = Starter::new();
    starter.write("taken", "a file");
    let out = starter.path("taken");
    let ran = starter.run(&["build", "--out", out.to_str().unwrap()]).exits(1);
    assert!(ran.err.contains("write/failed"), "{}", ran.err);
    assert_eq!(starter.read("taken"), "a file");
}

#[test]
fn a_copy_for_one_reader_has_a_name_of_its_own() {
    let starter = Starter::new();
    let front = "cover = false\n[param.reader]\ndefault = \"all\"\nhelp = \"who\"";
    starter.add_document("letter", front, "For {{ param.reader }}.");
    assert_eq!(starter.run(&["build", "letter", "--format", "docx"]).code, 0);
    let own = ["build", "letter", "--format", "docx", "--param", "reader=Head Teachers"];
    assert_eq!(starter.run(&own).code, 0);
    let said = ["build", "letter", "--format", "docx", "--param", "reader=all"];
    assert_eq!(starter.run(&said).code, 0);
    assert_eq!(starter.output(), ["letter.full.docx", "letter.full.head-teachers.docx"]);
}

#[test]
fn the_as_at_date_of_the_command_line_holds() {
    let starter = Starter::new();
    let text =
        |args: &[&str]| starter.run(&[&["text", "progress-plan"], args].concat()).exits(0).out;
    assert_eq!(text(&[]), text(&["--as-at", "2026-01-31"]));
    assert_ne!(text(&[]), text(&["--as-at", "2026-09-30"]));
}

/// Gives the starter project a theme of its own: the standard tokens, and these files.
pub(super) fn own_theme(starter: &Starter, files: &[(&str, &str)]) {
    starter.edit("content/project.toml", "\"standard\"", "\"ours\"");
    fs::create_dir_all(starter.path("templates/themes/ours")).unwrap();
    let tokens = include_str!("../../templates/themes/standard/theme.toml");
    for (path, text) in [("theme.toml", tokens)].iter().chain(files) {
        starter.write(&format!("templates/themes/ours/{path}"), text);
    }
}

#[test]
fn a_theme_of_tokens_only_draws_with_the_standard_files() {
    let starter = Starter::new();
    starter.run(&["build"]).exits(0);
    let before = bytes(&starter.path("output"));
    own_theme(&starter, &[]);
    starter.run(&["build"]).exits(0);
    assert!(before == bytes(&starter.path("output")), "the same tokens draw the same");
    starter.edit("templates/themes/ours/theme.toml", "#0B5F6B", "#5F0B6B");
    starter.run(&["build"]).exits(0);
    for (name, old) in &before {
        assert!(*old != bytes(&starter.path("output"))[name], "{name} has the old colour");
    }
}

#[test]
fn a_theme_needs_only_what_it_changes() {
    let starter = Starter::new();
    starter.run(&["build"]).exits(0);
    let standard = bytes(&starter.path("output"));
    own_theme(&starter, &[]);
    starter.edit("templates/themes/ours/theme.toml", "#0B5F6B", "#5F0B6B");
    starter.run(&["build"]).exits(0);
    let whole = bytes(&starter.path("output"));
    assert!(standard != whole);

    starter.write("templates/themes/ours/theme.toml", "");
    starter.run(&["build"]).exits(0);
    assert!(standard == bytes(&starter.path("output")), "an empty theme is the standard one");

    // What the whole theme changes, and nothing else.
    let own = "based-on = \"standard\"\n[colours]\naccent = \"#5F0B6B\"\n";
    starter.write("templates/themes/ours/theme.toml", own);
    starter.run(&["build"]).exits(0);
    assert!(whole == bytes(&starter.path("output")), "few tokens draw as the whole file");

    // One theme over another: tokens and files of both.
    fs::create_dir_all(starter.path("templates/themes/theirs")).unwrap();
    starter.write("templates/themes/theirs/theme.toml", "based-on = \"ours\"\n");
    starter.edit("content/project.toml", "\"ours\"", "\"theirs\"");
    starter.run(&["build"]).exits(0);
    assert!(whole == bytes(&starter.path("output")), "the tokens of the theme below hold");
    starter.write("templates/themes/ours/theme.typ", "#let x = (\n");
    let ran = starter.run(&["build"]).exits(1);
    assert!(ran.err.contains("theme/fault"), "the files of the theme below hold: {}", ran.err);
}

#[test]
fn a_theme_that_does_not_compile_is_a_finding_and_writes_nothing() {
    let starter = Starter::new();
    own_theme(&starter, &[("theme.typ", "#let x = (\n")]);
    let ran = starter.run(&["build"]).exits(1);
    assert!(ran.err.contains("theme/fault"), "{}", ran.err);
    assert!(ran.err.contains("templates/themes/ours/theme.typ"), "{}", ran.err);
    assert!(starter.output().is_empty());
}
