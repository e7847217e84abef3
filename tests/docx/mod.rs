//! The Word file, looked at from outside: its package, its XML, its text.

mod faults;
mod layout;
pub mod opened;
mod package;
pub mod sample;
mod schema;
mod tables;
mod text;

use annexe::document::{Block, Document};
use annexe::write::docx::docx;

use opened::Opened;

/// The sample document as a file.
fn sample_file() -> Vec<u8> {
    file_of(&sample::document())
}

/// `document` as a file; it must have no findings.
fn file_of(document: &Document) -> Vec<u8> {
    let mut extras = sample::extras();
    // As many stand-ins as there are drawings.
    let picture = extras.drawings[0].clone();
    extras.drawings.resize(annexe::document::drawings(&document.blocks).len(), picture);
    let made = docx(document, &sample::tokens(), &extras);
    made.unwrap_or_else(|findings| panic!("{findings:#?}"))
}

/// The sample document, opened.
fn sample_opened() -> Opened {
    Opened::new(&sample_file())
}

/// The text of a Word file, without white space; contents are left out.
pub fn text_of_file(bytes: &[u8]) -> String {
    text::text_of(&Opened::new(bytes))
}

/// How many fields of a Word file are to be worked out when it is opened.
pub fn fields_due(bytes: &[u8]) -> usize {
    Opened::new(bytes).text("word/document.xml").matches("w:dirty=\"true\"").count()
}

/// What each picture of a Word file shows, in order.
pub fn pictures_of(bytes: &[u8]) -> Vec<String> {
    let opened = Opened::new(bytes);
    let document = opened.document();
    let shown = opened::all(document.root(), "docPr");
    shown.map(|picture| picture.attribute("descr").unwrap_or_default().to_owned()).collect()
}

/// A document of `blocks` only.
fn document_of(blocks: Vec<Block>) -> Document {
    Document { meta: sample::meta(), blocks, assets: sample::document().assets }
}
