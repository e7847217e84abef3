//! Writes a Document as a Word file that people can go on editing.
//!
//! docx-rs builds paragraphs and their runs, one at a time; `normalise` puts
//! them into schema order; `xml` writes the rest, and `package` zips the parts. Every
//! look is a style made from the theme's tokens (`styles`); formatting is direct only for
//! column widths and for what a row or a rating is.

mod anchors;
mod blocks;
mod box_styles;
mod boxes;
mod contents;
mod cover;
mod estimate;
mod format;
mod frames;
pub mod homes;
mod inlines;
mod measure;
mod normalise;
mod numbering;
mod openers;
mod package;
mod parts;
mod pictures;
mod sections;
mod styles;
mod table_styles;
mod tables;
mod theme_part;
mod widths;
mod xml;

use std::collections::BTreeMap;

use crate::diag::{Finding, rules};
use crate::document::{Document, Orientation};
use crate::source::{Sources, Span};
use crate::theme::Tokens;
use crate::write::DrawnPicture;

use anchors::Anchors;
use homes::Homes;
use inlines::Notes;
use measure::Sheet;
use numbering::Lists;
use package::{Package, Relation, Relationships};
use pictures::Pictures;
use xml::Xml;

pub use estimate::heading_pages as estimated_pages;

/// What the PDF's layout knows and Word needs.
#[derive(Debug, Clone, Default)]
pub struct Extras<'s> {
    /// The page each heading is on, by its anchor, as the contents show it.
    pub heading_pages: BTreeMap<String, String>,
    /// These pages are estimated: Word is asked to work them out when it opens the file.
    pub estimated: bool,
    /// The pictures of the Drawing blocks, in document order.
    pub drawings: Vec<DrawnPicture>,
    /// The files that the document came from: with them, the Word file says where each paragraph did.
    pub sources: Option<&'s Sources>,
    /// The parameters it was made with, by name.
    pub parameters: BTreeMap<String, String>,
}

/// `document` as a Word file. The same document, tokens and extras give the same bytes.
pub fn docx(
    document: &Document,
    tokens: &Tokens,
    extras: &Extras<'_>,
) -> Result<Vec<u8>, Vec<Finding>> {
    let mut writer = Writer::new(document, tokens, extras);
    let made = writer.package();
    match made {
        Ok(bytes) if writer.findings.is_empty() => Ok(bytes),
        Ok(_) => Err(writer.findings),
        Err(reason) => {
            let message = format!("{} could not be written as a Word file", document.meta.name);
            writer.findings.push(Finding::new(&rules::WRITE_FAILED, message).note(reason));
            Err(writer.findings)
        }
    }
}

/// What the parts of one file share while they are written.
struct Writer<'d> {
    document: &'d Document,
    tokens: &'d Tokens,
    extras: &'d Extras<'d>,
    portrait: Sheet,
    landscape: Sheet,
    anchors: Anchors<'d>,
    lists: Lists,
    notes: Notes,
    pictures: Pictures,
    relationships: Relationships,
    /// The parts with a running head of their own, in order.
    part_heads: Vec<String>,
    /// Runs of our own XML that marked runs of docx-rs stand for.
    fragments: Vec<String>,
    /// The next paragraph starts a page.
    page_due: bool,
    /// A table of picture rows is open, for the next row.
    row_open: bool,
    /// Where the block being written came from.
    span: Option<Span>,
    /// Whether that is its own place, not that of a block around it.
    own: bool,
    homes: Homes,
    findings: Vec<Finding>,
}

/// The part that holds the text.
const DOCUMENT: &str = "word/document.xml";

impl<'d> Writer<'d> {
    fn new(document: &'d Document, tokens: &'d Tokens, extras: &'d Extras<'d>) -> Self {
        Writer {
            document,
            tokens,
            extras,
            portrait: Sheet::new(tokens, Orientation::Portrait),
            landscape: Sheet::new(tokens, Orientation::Landscape),
            anchors: Anchors::of(&document.blocks),
            lists: Lists::default(),
            notes: Notes::default(),
            pictures: Pictures::default(),
            relationships: Relationships::default(),
            part_heads: Vec::new(),
            fragments: Vec::new(),
            page_due: false,
            row_open: false,
            span: None,
            own: false,
            homes: Homes::default(),
            findings: Vec::new(),
        }
    }

    /// Writes all parts. Failing here is failing to write at all; what cannot be shown is in
    /// the findings.
    fn package(&mut self) -> Result<Vec<u8>, String> {
        let mut package = Package::new();
        let mut root = Relationships::default();
        root.id(Relation::Document, DOCUMENT);
        root.id(Relation::Core, "docProps/core.xml");
        root.id(Relation::App, "docProps/app.xml");
        package.relate("", &root)?;
        for (relation, name) in [
            (Relation::Styles, "styles.xml"),
            (Relation::Numbering, "numbering.xml"),
            (Relation::Settings, "settings.xml"),
            (Relation::Fonts, "fontTable.xml"),
            (Relation::Footnotes, "footnotes.xml"),
            (Relation::Theme, "theme/theme1.xml"),
        ] {
            self.relationships.id(relation, name);
        }

        if self.extras.sources.is_some() {
            self.relationships.id(Relation::Data, "../customXml/item1.xml");
        }

        package.start(DOCUMENT)?;
        self.body(&mut package)?;
        package.relate(DOCUMENT, &self.relationships)?;

        let meta = &self.document.meta;
        package.add(
            "word/styles.xml",
            styles::part(self.tokens, &meta.language, meta.form).as_bytes(),
        )?;
        package.add("word/numbering.xml", self.lists.part().as_bytes())?;
        package.add("word/settings.xml", parts::settings(&meta.language).as_bytes())?;
        package.add("word/fontTable.xml", parts::fonts(self.tokens).as_bytes())?;
        package.add("word/theme/theme1.xml", theme_part::part(self.tokens).as_bytes())?;
        package.add("word/footnotes.xml", self.notes.part().as_bytes())?;
        package.relate("word/footnotes.xml", &self.notes.relationships)?;
        package.add("docProps/core.xml", parts::core(meta).as_bytes())?;
        package.add("docProps/app.xml", parts::app().as_bytes())?;
        for orientation in [Orientation::Portrait, Orientation::Landscape] {
            let part = self.running_head(orientation);
            package
                .add(&format!("word/{}", sections::header_name(orientation)), part.as_bytes())?;
            let part = self.running_foot(orientation);
            package
                .add(&format!("word/{}", sections::footer_name(orientation)), part.as_bytes())?;
        }
        for (name, part) in self.part_heads() {
            package.add(&format!("word/{name}"), part.as_bytes())?;
        }
        if self.extras.sources.is_some() {
            self.write_homes(&mut package)?;
        }
        self.pictures.write(self.document, self.extras, &mut package)?;
        package.finish()
    }

    /// Appends what docx-rs builds to `out`, in normal form.
    fn typed(&mut self, built: &impl docx_rs::BuildXML, out: &mut Xml) {
        let result = String::from_utf8(built.build())
            .map_err(|e| e.to_string())
            .and_then(|xml| normalise::normalise(&xml, &self.fragments, out.buffer()));
        if let Err(reason) = result {
            self.unshown("a part of the text could not be written", &reason);
        }
    }

    /// Keeps `xml`, a run, and returns the run of docx-rs that stands for it.
    fn fragment(&mut self, xml: String) -> docx_rs::Run {
        self.fragments.push(xml);
        docx_rs::Run::new().style(&normalise::mark(self.fragments.len() - 1))
    }

    /// Reports that something cannot be shown.
    fn unshown(&mut self, what: &str, reason: &str) {
        let message = format!("In the Word file, {what}");
        let finding = Finding::new(&rules::WRITE_UNSHOWN, message)
            .note(reason)
            .of_document(&self.document.meta.name);
        self.findings.push(match self.span {
            Some(span) => finding.at(span),
            None => finding,
        });
    }
}
