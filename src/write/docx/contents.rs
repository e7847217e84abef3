//! The contents: a field that Word can update, filled in already.

use crate::document::{Contents, line};

use super::Writer;
use super::sections::{field, field_mark, text_run};
use super::xml::Xml;

impl Writer<'_> {
    /// A content control that holds the title and the field with its entries.
    pub(super) fn contents(&mut self, contents: &Contents, out: &mut Xml) {
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
        self.entries(depth, out);
        out.close("w:sdtContent");
        out.close("w:sdt");
        self.page_due = false;
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
                begin(depth, out);
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
            begin(depth, out);
            field_mark("end", "", out);
            out.raw("</w:p>");
        }
    }
}

/// The start of the field, up to its result.
fn begin(depth: u8, out: &mut Xml) {
    field_mark("begin", "", out);
    out.open("w:r", &[]);
    let instruction = format!(" TOC \\o \"1-{depth}\" \\h \\z \\u ");
    out.element("w:instrText", &[("xml:space", &"preserve")], &instruction);
    out.close("w:r");
    field_mark("separate", "", out);
}
