//! Files that nobody should have sent: each is a finding, and nothing is taken from any.

use std::path::PathBuf;
use std::time::Instant;

use annexe::returned::{Asked, Copy, review};

use super::word::Word;
use super::{named, reviewed};
use crate::documents::project;

/// The codes of what is found in a file.
fn codes(bytes: &[u8]) -> Vec<&'static str> {
    let review = reviewed(project(), &[bytes]);
    assert!(review.changes.is_empty() && review.remarks.is_empty());
    review.findings.iter().map(|finding| finding.rule.code).collect()
}

fn paper() -> Word {
    Word::open(&named("direction-response.full").bytes)
}

#[test]
fn what_is_no_word_file_is_said_to_be_none() {
    assert_eq!(codes(b""), ["return/unreadable"]);
    assert_eq!(codes(b"%PDF-1.7"), ["return/unreadable"]);
    assert_eq!(codes(b"PK\x03\x04 and no more"), ["return/unreadable"]);
    let mut sheet = paper();
    sheet.without.push("word/document.xml".to_owned());
    assert_eq!(codes(&sheet.bytes()), ["return/unreadable"]);
    let mut cut = paper();
    cut.xml.truncate(5000);
    cut.xml.push_str("</w:wrong>");
    assert_eq!(codes(&cut.bytes()), ["return/unreadable"]);
}

#[test]
fn a_password_is_asked_to_be_taken_off() {
    let bytes = [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 512]].concat();
    assert_eq!(codes(&bytes), ["return/protected"]);
}

#[test]
fn macros_are_not_let_in() {
    let mut word = paper();
    word.parts.push(("word/vbaProject.bin".to_owned(), vec![1, 2, 3]));
    assert_eq!(codes(&word.bytes()), ["return/macro"]);
    let mut word = paper();
    let types = "<Types xmlns=\"x\"><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/></Types>";
    word.parts.push(("[Content_Types].xml".to_owned(), types.into()));
    assert_eq!(codes(&word.bytes()), ["return/macro"]);
}

#[test]
fn what_unpacks_to_gigabytes_is_stopped_early() {
    let mut word = paper();
    word.parts.push(("word/footnotes.xml".to_owned(), vec![b' '; 120 * 1024 * 1024]));
    let bytes = word.bytes();
    assert!(bytes.len() < 3_000_000);
    let start = Instant::now();
    assert_eq!(codes(&bytes), ["return/size"]);
    assert!(start.elapsed().as_secs() < 60);
    let large = vec![b'P'; 51 * 1024 * 1024];
    assert_eq!(codes(&large), ["return/size"]);
}

#[test]
fn no_part_may_ask_for_other_files() {
    let mut word = paper();
    let declared = "?>\n<!DOCTYPE w [<!ENTITY secret SYSTEM \"file:///etc/passwd\">]>\n";
    word.xml = word.xml.replacen("?>\n", declared, 1).replacen("<w:t ", "<w:t a=\"&secret;\" ", 1);
    assert_eq!(codes(&word.bytes()), ["return/entities"]);
}

#[test]
fn a_file_of_another_project_is_told_from_one_of_this() {
    let mut word = paper();
    let part = "<home xmlns=\"urn:annexe:home:1\" version=\"0.1.0\" document=\"other\" edition=\"full\" as-at=\"2024-03-31\" build=\"0\"></home>";
    word.parts.push(("customXml/item1.xml".to_owned(), part.into()));
    assert_eq!(codes(&word.bytes()), ["return/document"]);
}

#[test]
fn without_its_data_a_file_is_known_by_its_title_or_by_what_is_asked() {
    let mut word = paper();
    word.without.push("customXml/item1.xml".to_owned());
    assert_eq!(codes(&word.bytes()), ["return/stripped"]);
    word.without.push("docProps/core.xml".to_owned());
    assert_eq!(codes(&word.bytes()), ["return/document"]);
    let asked = Asked { document: Some("direction-response".to_owned()), ..Asked::default() };
    let copy = Copy { path: PathBuf::from("a.docx"), bytes: word.bytes() };
    let review = review(project(), &[copy], &asked);
    assert!(review.changes.is_empty(), "{:#?}", review.changes);
    let codes: Vec<_> = review.findings.iter().map(|finding| finding.rule.code).collect();
    assert_eq!(codes, ["return/stripped"]);
}

#[test]
fn a_part_that_lies_about_itself_breaks_nothing() {
    let file = named("direction-response.full");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&file.bytes)).unwrap();
    let mut part = String::new();
    let mut item = archive.by_name("customXml/item1.xml").unwrap();
    std::io::Read::read_to_string(&mut item, &mut part).unwrap();
    for (old, new) in [
        ("start=\"", "start=\"99999999"),
        ("end=\"", "end=\"0"),
        ("file=\"", "file=\"777"),
        ("path=\"content/", "path=\"../../etc/"),
        ("as-at=\"2", "as-at=\"x"),
        ("kind=\"text\"", "kind=\"odd\""),
    ] {
        let mut word = Word::open(&file.bytes);
        word.parts.push(("customXml/item1.xml".to_owned(), part.replace(old, new).into_bytes()));
        let home = file.homes.iter().find(|home| home.own && home.words().len() > 80).unwrap();
        let first = home.words().split(' ').find(|word| word.len() > 5).unwrap().to_owned();
        word.replace(home.number, &first, "changed", None);
        // Whatever it says, places are those of the project's own files.
        let review = reviewed(project(), &[&word.bytes()]);
        for edit in review.changes.iter().flat_map(|change| change.meaning.edits()) {
            assert!(edit.path.starts_with("content/") || edit.path.starts_with("templates/"));
        }
    }
}
