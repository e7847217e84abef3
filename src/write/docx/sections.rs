//! Runs of pages: their paper, margins, running heads and feet.

use crate::document::{Block, BlockKind, Form, Orientation, line};

use super::Writer;
use super::blocks::Place;
use super::inlines::R;
use super::measure::Sheet;
use super::package::{Package, Relation};
use super::styles::W;
use super::xml::Xml;

/// The running head's part for pages of `orientation`.
pub fn header_name(orientation: Orientation) -> &'static str {
    match orientation {
        Orientation::Portrait => "header1.xml",
        Orientation::Landscape => "header2.xml",
    }
}

/// The file of the running head of the `index`th named part.
fn part_header_name(index: usize) -> String {
    format!("header{}.xml", index + 3)
}

/// The running foot's part for pages of `orientation`.
pub fn footer_name(orientation: Orientation) -> &'static str {
    match orientation {
        Orientation::Portrait => "footer1.xml",
        Orientation::Landscape => "footer2.xml",
    }
}

/// A run of pages.
struct Pages<'d> {
    orientation: Orientation,
    /// A front page: no margin at the top, no head, no foot.
    cover: bool,
    /// The part that these pages are, where they have a running head of their own.
    part: Option<String>,
    blocks: &'d [Block],
}

/// The runs of pages that `blocks` make: a cover and a section are each one, and so is what
/// stands between them.
/// Where parts have openers, each part is one too, with its name in the running head: no field of
/// Word's finds the heading of a part that may be of either level.
fn runs_of_pages(blocks: &[Block], form: Form) -> Vec<Pages<'_>> {
    let mut runs = Vec::new();
    let named = blocks.iter().any(|block| matches!(block.kind, BlockKind::Opener(_)));
    let mut start = 0;
    for (index, block) in blocks.iter().enumerate() {
        let own = match &block.kind {
            BlockKind::Cover(_) if form != Form::Paper => Pages {
                orientation: Orientation::Portrait,
                cover: true,
                part: None,
                blocks: &blocks[index..=index],
            },
            BlockKind::Section(section) => Pages {
                orientation: section.orientation,
                cover: false,
                part: None,
                blocks: &section.blocks,
            },
            _ if named && index > start && part_name(block).is_some() => {
                runs.push(loose(&blocks[start..index], named));
                start = index;
                continue;
            }
            _ => continue,
        };
        runs.push(loose(&blocks[start..index], named));
        runs.push(own);
        start = index + 1;
    }
    runs.push(loose(&blocks[start..], named));
    // A run that only breaks the page adds nothing to a section that starts one.
    runs.retain(|run| run.blocks.iter().any(|block| block.kind != BlockKind::PageBreak));
    runs
}

/// What stands between sections of its own.
fn loose(blocks: &[Block], named: bool) -> Pages<'_> {
    let part = blocks.first().filter(|_| named).and_then(part_name);
    Pages { orientation: Orientation::Portrait, cover: false, part, blocks }
}

/// The heading of the part that `block` starts, with its number.
fn part_name(block: &Block) -> Option<String> {
    let heading = match &block.kind {
        BlockKind::Heading(heading) if heading.level == 1 => heading,
        BlockKind::Opener(opener) => match &opener.blocks.first()?.kind {
            BlockKind::Heading(heading) => heading,
            _ => return None,
        },
        _ => return None,
    };
    let number = heading.number.iter().map(|number| format!("{number} ")).collect::<String>();
    Some(number + &line(&heading.content))
}

impl<'d> Writer<'d> {
    /// Writes `word/document.xml`, a block at a time.
    pub(super) fn body(&mut self, package: &mut Package) -> Result<(), String> {
        let mut out = Xml::part();
        out.open("w:document", &[("xmlns:w", &W), ("xmlns:r", &R)]);
        out.open("w:body", &[]);
        let runs = runs_of_pages(&self.document.blocks, self.document.meta.form);
        for (index, run) in runs.iter().enumerate() {
            let place = Place::page(self.sheet(run.orientation));
            let mut after_table = false;
            for (index, block) in run.blocks.iter().enumerate() {
                let place = place.before(block, run.blocks.get(index + 1));
                after_table = self.next_block(block, after_table, place, &mut out);
                package.write(out.as_str().as_bytes())?;
                out.clear();
                self.fragments.clear();
            }
            self.page_due = false;
            if index + 1 < runs.len() {
                out.raw("<w:p><w:pPr><w:pStyle w:val=\"SectionEnd\"/>");
                self.section(run, &mut out);
                out.raw("</w:pPr></w:p>");
            }
        }
        match runs.last() {
            Some(run) => self.section(run, &mut out),
            None => {
                let orientation = Orientation::Portrait;
                let empty = Pages { orientation, cover: false, part: None, blocks: &[] };
                self.section(&empty, &mut out);
            }
        }
        out.close("w:body");
        out.close("w:document");
        package.write(out.as_str().as_bytes())
    }

    pub(super) fn sheet(&self, orientation: Orientation) -> Sheet {
        match orientation {
            Orientation::Portrait => self.portrait,
            Orientation::Landscape => self.landscape,
        }
    }

    fn section(&mut self, pages: &Pages, out: &mut Xml) {
        let sheet = self.sheet(pages.orientation);
        out.open("w:sectPr", &[]);
        if !pages.cover {
            let head = match &pages.part {
                Some(part) => self.part_head(part),
                None => header_name(pages.orientation).to_owned(),
            };
            let head = self.relationships.id(Relation::Header, &head);
            out.empty("w:headerReference", &[("w:type", &"default"), ("r:id", &head)]);
            let foot = self.relationships.id(Relation::Footer, footer_name(pages.orientation));
            out.empty("w:footerReference", &[("w:type", &"default"), ("r:id", &foot)]);
        }
        out.val("w:type", "nextPage");
        match pages.orientation {
            Orientation::Portrait => {
                out.empty("w:pgSz", &[("w:w", &sheet.width), ("w:h", &sheet.height)]);
            }
            Orientation::Landscape => out.empty(
                "w:pgSz",
                &[("w:w", &sheet.width), ("w:h", &sheet.height), ("w:orient", &"landscape")],
            ),
        }
        let top = if pages.cover { 0 } else { sheet.margin };
        let running = if pages.cover { 0 } else { sheet.running };
        out.empty(
            "w:pgMar",
            &[
                ("w:top", &top),
                ("w:right", &sheet.margin),
                ("w:bottom", &sheet.margin),
                ("w:left", &sheet.margin),
                ("w:header", &running),
                ("w:footer", &sheet.running),
                ("w:gutter", &0),
            ],
        );
        if pages.cover {
            // No first-page head is defined anywhere, so the front page has none.
            out.empty("w:titlePg", &[]);
        }
        out.close("w:sectPr");
    }

    /// The file of the running head of a named part, which is written with the others.
    fn part_head(&mut self, part: &str) -> String {
        let known = self.part_heads.iter().position(|known| known == part);
        let index = known.unwrap_or_else(|| {
            self.part_heads.push(part.to_owned());
            self.part_heads.len() - 1
        });
        part_header_name(index)
    }

    /// The running head of each named part, by the file it goes into.
    pub(super) fn part_heads(&self) -> Vec<(String, String)> {
        let head = |(index, part): (usize, &String)| {
            let mut xml = Xml::part();
            xml.open("w:hdr", &[("xmlns:w", &W), ("xmlns:r", &R)]);
            xml.open("w:p", &[]);
            xml.raw("<w:pPr>");
            xml.val("w:pStyle", "Header");
            xml.raw("</w:pPr>");
            text_run(&self.document.meta.running_head, &mut xml);
            xml.raw("<w:r><w:tab/></w:r>");
            text_run(part, &mut xml);
            xml.close("w:p");
            xml.close("w:hdr");
            (part_header_name(index), xml.finish())
        };
        self.part_heads.iter().enumerate().map(head).collect()
    }

    /// The part of the running head.
    pub(super) fn running_head(&self, orientation: Orientation) -> String {
        let mut xml = Xml::part();
        xml.open("w:hdr", &[("xmlns:w", &W), ("xmlns:r", &R)]);
        xml.open("w:p", &[]);
        xml.raw("<w:pPr>");
        xml.val("w:pStyle", running_style("Header", orientation));
        xml.raw("</w:pPr>");
        let words = self.tokens.page.running_words;
        if words {
            text_run(&self.document.meta.running_head, &mut xml);
        }
        if words && self.anchors.headings.iter().any(|heading| heading.level == 1) {
            xml.raw("<w:r><w:tab/></w:r>");
            // Word works out the part's title for each page. Readers that cannot would show the
            // result that stands here, the same on every page: so it is empty.
            field("STYLEREF \"Heading 1\"", "", "", &mut xml);
        }
        xml.close("w:p");
        xml.close("w:hdr");
        xml.finish()
    }

    /// The part of the running foot.
    pub(super) fn running_foot(&self, orientation: Orientation) -> String {
        let mut xml = Xml::part();
        xml.open("w:ftr", &[("xmlns:w", &W), ("xmlns:r", &R)]);
        xml.open("w:p", &[]);
        xml.raw("<w:pPr>");
        xml.val("w:pStyle", running_style("Footer", orientation));
        xml.raw("</w:pPr>");
        if self.tokens.page.running_words {
            text_run(&self.document.meta.running_foot, &mut xml);
        }
        xml.raw("<w:r><w:tab/></w:r>");
        field("PAGE", "1", "PageNumber", &mut xml);
        xml.close("w:p");
        xml.close("w:ftr");
        xml.finish()
    }
}

fn running_style(base: &str, orientation: Orientation) -> String {
    match orientation {
        Orientation::Portrait => base.to_owned(),
        Orientation::Landscape => format!("{base}Landscape"),
    }
}

/// A plain run of `text`.
pub fn text_run(text: &str, xml: &mut Xml) {
    styled_run(text, "", xml);
}

/// A run of `text` in a character style, or in none when `style` is empty.
pub fn styled_run(text: &str, style: &str, xml: &mut Xml) {
    open_run(style, xml);
    xml.element("w:t", &[("xml:space", &"preserve")], text);
    xml.close("w:r");
}

/// A field: its instruction, and its result as it stands until Word works it out again.
pub fn field(instruction: &str, result: &str, style: &str, xml: &mut Xml) {
    field_of(instruction, result, style, false, xml);
}

/// The same; where `due` says so, it is marked to be worked out when the file is opened.
pub fn field_of(instruction: &str, result: &str, style: &str, due: bool, xml: &mut Xml) {
    field_begin(style, due, xml);
    open_run(style, xml);
    xml.element("w:instrText", &[("xml:space", &"preserve")], &format!(" {instruction} "));
    xml.close("w:r");
    field_mark("separate", style, xml);
    styled_run(result, style, xml);
    field_mark("end", style, xml);
}

/// The mark that a field begins with; `due` as in [`field_of`].
pub fn field_begin(style: &str, due: bool, xml: &mut Xml) {
    if !due {
        return field_mark("begin", style, xml);
    }
    open_run(style, xml);
    xml.empty("w:fldChar", &[("w:fldCharType", &"begin"), ("w:dirty", &"true")]);
    xml.close("w:r");
}

/// One of the marks that a field stands between.
pub fn field_mark(kind: &str, style: &str, xml: &mut Xml) {
    open_run(style, xml);
    xml.empty("w:fldChar", &[("w:fldCharType", &kind)]);
    xml.close("w:r");
}

fn open_run(style: &str, xml: &mut Xml) {
    xml.open("w:r", &[]);
    if !style.is_empty() {
        xml.raw("<w:rPr>");
        xml.val("w:rStyle", style);
        xml.raw("</w:rPr>");
    }
}
