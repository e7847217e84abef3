//! The contents: a field that Word can update, filled in already.

use crate::document::{Contents, line};

use super::Writer;
use super::blocks::Place;
use super::frames::{CellForm, RowForm, Shell};
use super::measure::{mm, points};
use super::sections::{field, field_begin, field_mark, field_of, text_run};
use super::xml::Xml;

/// The picture of an entry, the space beside it and the room for a page number, in millimetres.
const PICTURE: f64 = 20.0;
/// The picture where there are more entries than [`FEW`], so that they stand on one page.
const SMALL_PICTURE: f64 = 11.0;
const FEW: usize = 10;
const GUTTER: f64 = 6.0;
const PAGE: f64 = 20.0;

/// An entry that has a row of its own.
struct Listed {
    anchor: String,
    words: String,
    number: Option<String>,
}

impl Writer<'_> {
    /// A content control that holds the title and the field with its entries.
    pub(super) fn contents(&mut self, contents: &Contents, place: Place, out: &mut Xml) -> bool {
        let depth = contents.depth.clamp(1, 6);
        out.open("w:sdt", &[]);
        out.open("w:sdtPr", &[]);
        out.open("w:docPartObj", &[]);
        out.val("w:docPartGallery", "Table of Contents");
        out.empty("w:docPartUnique", &[]);
        out.close("w:docPartObj");
        out.close("w:sdtPr");
        out.open("w:sdtContent", &[]);
        out.raw("<w:p><w:pPr><w:pStyle w:val=\"TOCHeading\"/></w:pPr>");
        text_run(&contents.title, out);
        out.raw("</w:p>");
        let pictured = !contents.pictures.is_empty();
        if pictured {
            self.pictured(contents, depth, place, out);
        } else {
            self.entries(depth, out);
        }
        out.close("w:sdtContent");
        out.close("w:sdt");
        self.page_due = false;
        pictured
    }

    /// A row for each entry: its section's picture, its words as a link, its page. A field cannot hold
    /// a table, so Word keeps each page number up to date, but not the list.
    fn pictured(&mut self, contents: &Contents, depth: u8, place: Place, out: &mut Xml) {
        let listed: Vec<Listed> = self
            .anchors
            .headings
            .iter()
            .filter(|heading| heading.level <= depth)
            .map(|heading| Listed {
                anchor: heading.anchor.clone(),
                words: line(&heading.content),
                number: heading.number.clone(),
            })
            .collect();
        let height = if listed.len() > FEW { SMALL_PICTURE } else { PICTURE };
        let (picture, page) = (mm(height + GUTTER), mm(PAGE));
        let columns = [picture, (place.width - picture - page).max(mm(20.0)), page];
        let style = "AnnexeContents";
        self.open_table(&Shell { style, columns: &columns, ..Shell::default() }, out);
        for entry in &listed {
            self.open_row(RowForm::default(), out);
            self.open_cell(&CellForm::new(columns[0]), out);
            let shown = contents
                .pictures
                .get(&entry.anchor)
                .and_then(|asset| self.small_picture(asset, points(height)));
            self.paragraph("RowPicture", shown.into_iter().collect(), place, out);
            self.close_cell(false, place, out);
            let name = self.anchors.bookmark(&entry.anchor).unwrap_or_default().to_owned();
            let centred = |width| CellForm { in_middle: true, ..CellForm::new(width) };
            self.open_cell(&centred(columns[1]), out);
            out.raw("<w:p><w:pPr><w:pStyle w:val=\"ContentsEntry\"/></w:pPr>");
            out.open("w:hyperlink", &[("w:anchor", &name), ("w:history", &1)]);
            if let Some(number) = &entry.number {
                text_run(&format!("{number}\u{2002}"), out);
            }
            text_run(&entry.words, out);
            out.close("w:hyperlink");
            out.close("w:p");
            self.close_cell(false, place, out);
            self.open_cell(&centred(columns[2]), out);
            out.raw("<w:p><w:pPr><w:pStyle w:val=\"ContentsEntry\"/></w:pPr>");
            if let Some(page) = self.extras.heading_pages.get(&entry.anchor) {
                let instruction = format!("PAGEREF {name} \\h");
                field_of(&instruction, page, "PageNumber", self.extras.estimated, out);
            }
            out.close("w:p");
            self.close_cell(false, place, out);
            out.close("w:tr");
        }
        if listed.is_empty() {
            self.open_row(RowForm::default(), out);
            self.open_cell(&CellForm::new(columns.iter().sum()), out);
            self.close_cell(true, place, out);
            out.close("w:tr");
        }
        out.close("w:tbl");
    }

    fn entries(&self, depth: u8, out: &mut Xml) {
        let listed: Vec<_> =
            self.anchors.headings.iter().filter(|heading| heading.level <= depth).collect();
        for (index, heading) in listed.iter().enumerate() {
            out.open("w:p", &[]);
            out.raw("<w:pPr>");
            out.val("w:pStyle", format!("TOC{}", heading.level.clamp(1, 6)));
            out.raw("</w:pPr>");
            if index == 0 {
                begin(depth, self.extras.estimated, out);
            }
            let name = self.anchors.bookmark(&heading.anchor).unwrap_or_default();
            out.open("w:hyperlink", &[("w:anchor", &name), ("w:history", &1)]);
            if let Some(number) = &heading.number {
                text_run(number, out);
                out.raw("<w:r><w:tab/></w:r>");
            }
            text_run(&line(&heading.content), out);
            if let Some(page) = self.extras.heading_pages.get(&heading.anchor) {
                out.raw("<w:r><w:tab/></w:r>");
                field(&format!("PAGEREF {name} \\h"), page, "", out);
            }
            out.close("w:hyperlink");
            if index + 1 == listed.len() {
                field_mark("end", "", out);
            }
            out.close("w:p");
        }
        if listed.is_empty() {
            out.raw("<w:p><w:pPr><w:pStyle w:val=\"TOC1\"/></w:pPr>");
            begin(depth, self.extras.estimated, out);
            field_mark("end", "", out);
            out.raw("</w:p>");
        }
    }
}

/// The start of the field, up to its result. `due` marks it to be worked out.
fn begin(depth: u8, due: bool, out: &mut Xml) {
    field_begin("", due, out);
    out.open("w:r", &[]);
    let instruction = format!(" TOC \\o \"1-{depth}\" \\h \\z \\u ");
    out.element("w:instrText", &[("xml:space", &"preserve")], &instruction);
    out.close("w:r");
    field_mark("separate", "", out);
}
