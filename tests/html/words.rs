//! Every word of the Document stands in the page, once, in order.

use std::collections::BTreeMap;

use annexe::document::*;
use roxmltree::Node;

use super::epub::{book_of, part};
use super::{all, opened, page_of};
use crate::documents;
use crate::support::assert_same_words;
use crate::support::sample::sample_document;

/// Elements that end a line.
const LINES: &[&str] = &[
    "p",
    "li",
    "td",
    "th",
    "caption",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "div",
    "ul",
    "ol",
    "table",
    "figure",
];

/// The page's words without what the writer added; notes follow the line they belong to.
pub fn text_of(page: &str) -> String {
    let xml = opened(page);
    let notes: BTreeMap<&str, Node> = all(&xml, "li")
        .filter_map(|item| Some((item.attribute("id")?.strip_prefix("note--")?, item)))
        .collect();
    let body = all(&xml, "body").next().expect("a body");
    let mut reader = Reader { notes, pending: Vec::new(), out: String::new() };
    reader.read(body);
    reader.out
}

struct Reader<'a> {
    notes: BTreeMap<&'a str, Node<'a, 'a>>,
    pending: Vec<String>,
    out: String,
}

impl<'a> Reader<'a> {
    fn read(&mut self, node: Node<'a, 'a>) {
        if node.is_text() {
            self.out.push_str(node.text().unwrap_or_default());
            return;
        }
        let name = node.tag_name().name();
        if name == "sup" {
            self.pending
                .push(node.descendants().filter_map(|n| n.text()).next().unwrap().to_owned());
        }
        let skipped = node.attribute("data-added").is_some()
            || ["title", "desc", "script"].contains(&name)
            || node.attribute("class") == Some("notes");
        if skipped {
            return;
        }
        if LINES.contains(&name) {
            self.flush();
        }
        for child in node.children() {
            self.read(child);
        }
        if LINES.contains(&name) {
            self.flush();
        }
    }

    fn flush(&mut self) {
        while !self.pending.is_empty() {
            let n = self.pending.remove(0);
            let note = self.notes[n.as_str()];
            note.children().for_each(|child| self.read(child));
        }
    }
}

#[test]
fn the_words_are_those_of_the_document() {
    let shared = sample_document();
    let documents = documents::made().iter().map(|made| &made.document);
    for document in documents.chain([&shared]) {
        let written = words(document, Drawn::Labels).concat();
        assert_same_words(&document.meta.name, &text_of(&page_of(document)), &written);
    }
}

#[test]
fn the_words_of_an_e_book_are_those_of_the_document() {
    let shared = sample_document();
    let documents = documents::made().iter().map(|made| &made.document);
    for document in documents.chain([&shared]) {
        let written = words(document, Drawn::Labels).concat();
        let text = part(&book_of(document), "EPUB/text.xhtml");
        assert_same_words(&document.meta.name, &text_of(&text), &written);
    }
}

#[test]
fn what_charts_show_can_be_had_as_a_table() {
    let mut drawn = 0;
    for made in documents::made() {
        let page = page_of(&made.document);
        let xml = opened(&page);
        let shown: Vec<String> = all(&xml, "details")
            .map(|details| details.descendants().filter_map(|n| n.text()).collect())
            .collect();
        for drawing in drawings(&made.document.blocks) {
            let DrawingKind::Chart(chart) = &drawing.drawing else { continue };
            drawn += 1;
            for group in chart.panels.iter().flat_map(|panel| &panel.groups) {
                for mark in &group.marks {
                    let has =
                        |text: &String| text.contains(&group.label) && text.contains(&mark.words);
                    assert!(shown.iter().any(has), "{}: {}", group.label, mark.words);
                }
            }
        }
    }
    assert!(drawn > 5, "{drawn} charts");
}
