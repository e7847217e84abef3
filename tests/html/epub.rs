//! The e-book: its package, its contents, its words.

use std::io::{Cursor, Read};

use annexe::document::{Document, drawings};
use annexe::write::html::{Extras, epub};
use annexe::write::pdf::{drawing_svgs, standard_theme};
use zip::{CompressionMethod, ZipArchive};

use super::{all, opened};
use crate::support::sample::sample_document;

fn book() -> Vec<u8> {
    book_of(&sample_document())
}

/// `document` as an e-book; it must have no findings.
pub fn book_of(document: &Document) -> Vec<u8> {
    let theme = standard_theme().unwrap();
    let found: Vec<_> = drawings(&document.blocks).into_iter().map(|d| &d.drawing).collect();
    let drawings = drawing_svgs(&found, &theme).unwrap();
    let extras = Extras { drawings, provenance: true, ..Extras::default() };
    epub(document, &theme.tokens, &extras).unwrap_or_else(|findings| panic!("{findings:#?}"))
}

/// The text of one part of the package.
pub fn part(book: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_kind_stands_first_as_it_is_and_the_bytes_are_the_same_each_time() {
    let book = book();
    assert!(book == self::book());
    let mut zip = ZipArchive::new(Cursor::new(book)).unwrap();
    let first = zip.by_index(0).unwrap();
    assert_eq!(first.name().unwrap(), "mimetype");
    assert_eq!(first.compression(), CompressionMethod::Stored);
}

#[test]
fn every_place_of_the_contents_is_in_the_text() {
    let book = book();
    let (text, contents) = (part(&book, "EPUB/text.xhtml"), part(&book, "EPUB/nav.xhtml"));
    let (text, contents) = (opened(&text), opened(&contents));
    let mut links = 0;
    for link in all(&contents, "a") {
        let to = link.attribute("href").unwrap().strip_prefix("text.xhtml").unwrap();
        let Some(id) = to.strip_prefix('#') else { continue };
        links += 1;
        let has = text.root().descendants().any(|node| node.attribute("id") == Some(id));
        assert!(has, "{id}");
    }
    assert!(links > 3);
}

#[test]
fn a_book_has_no_scripts_and_no_pop_ups() {
    let text = part(&book(), "EPUB/text.xhtml");
    let text = opened(&text);
    assert_eq!(all(&text, "script").count(), 0);
    assert!(!text.root().descendants().any(|node| node.attribute("popover").is_some()));
    let package = part(&book(), "EPUB/package.opf");
    assert!(package.contains("properties=\"svg\"") && package.contains("tableOfContents"));
}
