//! `annexe pack`: whole or not at all, the same bytes each time, and what is wrong with a pack.

use std::io::{Cursor, Read};

use crate::cli::{Starter, names};

const PACK: &str = r#"
title = "Papers for the board"
meeting = "SEND board"
date = 2026-03-05
as-at = 2026-01-31
time = "2pm to 4pm"
place = "Civic Hall"

[[item]]
title = "Welcome and apologies"
presenter = "Chair"
minutes = 5

[[item]]
document = "progress-plan"
purpose = "For decision"
presenter = "Director of children’s services"
minutes = 30

[[item]]
number = "3a"
title = "A letter"
document = "letter"
purpose = "To note"
param = { to = "O2", copies = 2, on = 2026-02-01 }
"#;

const LETTER: &str = r#"editions = ["full"]
cover = false
[param.to]
type = "text"
[param.copies]
type = "number"
default = "1"
[param.on]
type = "date"
default = "2026-01-01"
"#;

fn starter() -> Starter {
    let starter = Starter::new();
    starter.add_document(
        "letter",
        LETTER,
        "To {{ param.to }}, {{ param.copies }} copies.[^a]\n\n[^a]: Kept.",
    );
    std::fs::create_dir_all(starter.path("content/packs")).unwrap();
    starter.write("content/packs/board.toml", PACK);
    starter
}

#[test]
fn a_pack_is_one_pdf_and_the_word_files_by_item() {
    let starter = starter();
    let ran = starter.run(&["pack"]).exits(0);
    assert_eq!(starter.output(), ["board.pack.pdf", "board.pack.zip"]);
    assert!(
        ran.out.contains("board   pdf ") && ran.out.contains("2 files, 0 errors"),
        "{}",
        ran.out
    );
    let zip = std::fs::read(starter.path("output/board.pack.zip")).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let files: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(files, ["2-progress-plan.full.docx", "3a-letter.full.o2.2.2026-02-01.docx"]);
    // Each is the very file that `build` makes for the same day, where it lays out the pages too.
    let build = ["build", "progress-plan", "--format", "pdf,docx", "--as-at", "2026-01-31"];
    starter.run(&build).exits(0);
    let mut packed = Vec::new();
    zip.by_index(0).unwrap().read_to_end(&mut packed).unwrap();
    let built = std::fs::read(starter.path("output/progress-plan.full.docx")).unwrap();
    assert!(packed == built, "the packed Word file is another");
}

#[test]
fn packs_have_the_same_bytes_each_time_and_on_any_number_of_threads() {
    let starter = starter();
    let folder = tempfile::tempdir().unwrap();
    let made = |name: &str, jobs: &str| {
        let out = folder.path().join(name);
        starter.run(&["pack", "board", "--jobs", jobs, "--out", out.to_str().unwrap()]).exits(0);
        names(&out).iter().map(|n| std::fs::read(out.join(n)).unwrap()).collect::<Vec<_>>()
    };
    let first = made("first", "1");
    assert_eq!(first.len(), 2);
    assert!(first == made("again", "1"));
    assert!(first == made("threads", "4"));
}

#[test]
fn a_paper_that_fails_leaves_the_pack_of_yesterday_and_other_documents_alone() {
    let starter = starter();
    starter.run(&["pack"]).exits(0);
    let read = |name: &str| std::fs::read(starter.path("output").join(name)).unwrap();
    let before = [read("board.pack.pdf"), read("board.pack.zip")];
    starter.edit("templates/letter.md", "{{ param.to }}", "{{ nobody.at.all }}");
    let ran = starter.run(&["pack"]).exits(1);
    assert!(ran.out.contains("board   not made"), "{}", ran.out);
    assert!(ran.err.contains("templates/letter.md"), "{}", ran.err);
    assert!(before == [read("board.pack.pdf"), read("board.pack.zip")]);
}

#[test]
fn a_letter_that_no_font_has_stops_the_pack() {
    let starter = starter();
    starter.edit("content/packs/board.toml", "\"Chair\"", "\"Chair 𓂀\"");
    let ran = starter.run(&["pack"]).exits(1);
    assert!(ran.err.contains("error[text/glyph]") && ran.err.contains("U+13080"), "{}", ran.err);
    assert_eq!(starter.output(), [""; 0]);
}

#[test]
fn a_broken_pack_is_reported_by_check_and_stops_no_document() {
    let starter = starter();
    starter.edit("content/packs/board.toml", "copies = 2", "copies = \"two\", colour = \"red\"");
    starter.run(&["build", "progress-plan"]).exits(0);
    starter.run(&["build", "progress-plan", "--strict"]).exits(0);
    for command in ["check", "pack"] {
        let ran = starter.run(&[command]).exits(1);
        let said = ran.out + &ran.err;
        assert!(said.contains("error[pack/item]") && said.contains("colour"), "{command}: {said}");
    }
    starter.edit("content/packs/board.toml", ", colour = \"red\"", "");
    let ran = starter.run(&["pack"]).exits(1);
    assert!(ran.err.contains("\"copies\" cannot be \"two\""), "{}", ran.err);
    starter.edit("content/packs/board.toml", "\"two\"", "2");
    starter.edit("content/packs/board.toml", "to = \"O2\", ", "");
    let ran = starter.run(&["pack"]).exits(1);
    assert!(ran.err.contains("needs a value for \"to\""), "{}", ran.err);
    assert_eq!(starter.output(), ["progress-plan.full.docx", "progress-plan.full.pdf"]);
}

#[test]
fn a_pack_whose_file_cannot_be_read_says_why_and_one_that_is_not_there_names_the_others() {
    let starter = starter();
    let ran = starter.run(&["pack", "bord"]).exits(2);
    assert!(ran.err.contains("did you mean \"board\"?"), "{}", ran.err);
    starter.write("content/packs/bad.toml", "title = \"Bad\"\n");
    let ran = starter.run(&["pack", "bad"]).exits(1);
    assert!(
        ran.err.contains("this pack has no `date`") || ran.err.contains("`date`"),
        "{}",
        ran.err
    );
    // It is an error of the project, but documents are made all the same.
    std::fs::remove_file(starter.path("templates/letter.md")).unwrap();
    starter.run(&["build"]).exits(1);
    assert_eq!(starter.output(), ["progress-plan.full.docx", "progress-plan.full.pdf"]);
}

#[test]
fn list_shows_packs_with_their_papers() {
    let starter = starter();
    let ran = starter.run(&["list"]).exits(0);
    let line = "board   Papers for the board\n  pack     3 items, for 2026-03-05\n  papers   progress-plan, letter\n";
    assert!(ran.out.contains(line), "{}", ran.out);
    let list = starter.run(&["list", "--format", "json"]).exits(0).json();
    assert_eq!(list["packs"][0]["items"][2]["number"], "3a");
    assert_eq!(list["packs"][0]["items"][0]["document"], serde_json::Value::Null);
}
