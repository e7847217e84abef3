//! Blocks, wherever they stand: on a page, in a box, in a cell.

use docx_rs::{BookmarkEnd, BookmarkStart, Paragraph as Built, ParagraphChild, Run};
use docx_rs::{IndentLevel, NumberingId, NumberingProperty, ParagraphStyle};

use crate::document::{
    Align, Block, BlockKind, Heading, List, Orientation, Paragraph, ParagraphRole, Quote,
};

use super::Writer;
use super::homes::HomeKind;
use super::inlines::{Voice, run};
use super::measure::Sheet;
use super::numbering::{
    BULLETS, CONTINUE, LEVELS, NUMBERS, TABLE_BULLETS, TABLE_CONTINUE, TABLE_NUMBERS,
};
use super::table_styles::{self, CellText};
use super::xml::Xml;

/// Between a heading's number and its words: half an em.
const AFTER_NUMBER: &str = "\u{2002}";

/// The style of quotes by nobody in particular.
const QUOTE: &str = "Quote";

/// What blocks stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// A page.
    Page(Orientation),
    /// A callout.
    Callout,
    /// Beside a picture.
    BesidePicture,
    /// A quotation.
    Quote,
    /// A cell of a data table.
    Cell(CellText, Align),
}

/// Where blocks stand, and what they take from it.
#[derive(Debug, Clone, Copy)]
pub struct Place<'p> {
    /// What they stand on.
    pub ground: Ground,
    /// Width there, in twips.
    pub width: i32,
    /// The height of a page there.
    pub height: i32,
    /// How many lists they are inside.
    pub depth: usize,
    /// Every paragraph stays with the next: the row must not part from the row after it.
    pub keep_next: bool,
    /// The character style of every run.
    pub style: Option<&'p str>,
    /// The paragraph style of what is quoted.
    pub quote: &'p str,
    /// The next block is a picture row too: the two share a table.
    pub row_follows: bool,
}

impl Place<'_> {
    /// On a page.
    pub fn page(sheet: Sheet) -> Self {
        Place {
            ground: Ground::Page(sheet.orientation),
            width: sheet.text_width(),
            height: sheet.text_height(),
            depth: 0,
            keep_next: false,
            style: None,
            quote: QUOTE,
            row_follows: false,
        }
    }

    /// The place of `block` when `next` follows: a paragraph that leads into a table or a
    /// picture stays with it.
    pub fn before(self, block: &Block, next: Option<&Block>) -> Self {
        let leads = matches!(block.kind, BlockKind::Paragraph(_))
            && next.is_some_and(|next| {
                matches!(
                    next.kind,
                    BlockKind::Table(_) | BlockKind::Drawing(_) | BlockKind::Image(_)
                )
            });
        let is_row = |block: &Block| matches!(block.kind, BlockKind::PictureRow(_));
        let row_follows = is_row(block) && next.is_some_and(is_row);
        Place { keep_next: self.keep_next || leads, row_follows, ..self }
    }

    fn in_table(&self) -> bool {
        matches!(self.ground, Ground::Cell(..))
    }

    /// How words are set here.
    pub fn voice(&self) -> Voice<'_> {
        let bold = match self.ground {
            Ground::Cell(kind, _) => kind.bold(),
            Ground::Page(_) | Ground::Callout | Ground::BesidePicture | Ground::Quote => false,
        };
        Voice { bold, style: self.style, ..Voice::default() }
    }
}

impl Writer<'_> {
    /// Writes `blocks`. Whether the last of them was a table, which something must follow.
    pub(super) fn blocks(&mut self, blocks: &[Block], place: Place, out: &mut Xml) -> bool {
        self.blocks_after(blocks, false, place, out)
    }

    /// Writes `blocks`, after a table or not.
    pub(super) fn blocks_after(
        &mut self,
        blocks: &[Block],
        mut after_table: bool,
        place: Place,
        out: &mut Xml,
    ) -> bool {
        for (index, block) in blocks.iter().enumerate() {
            let place = place.before(block, blocks.get(index + 1));
            after_table = self.next_block(block, after_table, place, out);
        }
        after_table
    }

    /// Writes `block`. Word joins tables that touch, so a table is parted from what follows.
    pub(super) fn next_block(
        &mut self,
        block: &Block,
        after_table: bool,
        place: Place,
        out: &mut Xml,
    ) -> bool {
        let outer = (self.span, self.own);
        (self.span, self.own) = (block.span.or(self.span), block.span.is_some());
        let ended = self.next_block_of(block, after_table, place, out);
        (self.span, self.own) = outer;
        ended
    }

    fn next_block_of(
        &mut self,
        block: &Block,
        after_table: bool,
        place: Place,
        out: &mut Xml,
    ) -> bool {
        if block.kind == BlockKind::PageBreak {
            // Page breaks inside a box or a cell have no meaning in Word.
            self.page_due = matches!(place.ground, Ground::Page(_));
            return after_table;
        }
        let spaced = matches!(block.kind, BlockKind::Heading(_)) || self.page_due;
        if after_table && !spaced && !self.row_open {
            self.empty("Spacer", place, out);
        }
        self.block(block, place, out)
    }

    /// Writes `block`; whether it ended with a table.
    fn block(&mut self, block: &Block, place: Place, out: &mut Xml) -> bool {
        match &block.kind {
            BlockKind::Opener(opener) => return self.opener(opener, place, out),
            BlockKind::Heading(heading) => self.heading(heading, place, out),
            BlockKind::Paragraph(paragraph) => self.text(paragraph, place, out),
            BlockKind::List(list) => return self.list(list, place, out),
            BlockKind::Quote(quote) => return self.quote(quote, place, out),
            BlockKind::Drawing(drawing) => self.drawing(drawing, place, out),
            BlockKind::Image(image) => self.image(image, place, out),
            BlockKind::Contents(contents) => return self.contents(contents, place, out),
            // Sections open at the top level only; further in, their pages are the same ones.
            BlockKind::Section(section) => return self.blocks(&section.blocks, place, out),
            BlockKind::PageBreak => {}
            BlockKind::Cover(cover) => {
                self.cover(cover, out);
                return false;
            }
            BlockKind::Table(table) => {
                self.open_page(place, out);
                self.table(table, place, out);
                return true;
            }
            BlockKind::PictureRow(row) => {
                self.open_page(place, out);
                self.picture_row(row, place, out);
                return true;
            }
            BlockKind::Callout(callout) => {
                self.open_page(place, out);
                self.callout(callout, place, out);
                return true;
            }
            BlockKind::KeyFigures(figures) => {
                self.open_page(place, out);
                self.key_figures(figures, place, out);
                return true;
            }
            BlockKind::Tiles(tiles) => {
                self.open_page(place, out);
                self.tiles(tiles, place, out);
                return true;
            }
            BlockKind::Steps(steps) => {
                self.open_page(place, out);
                self.steps(steps, place, out);
                return true;
            }
        }
        false
    }

    /// Starts a page before a table, when one is due: a table cannot do so itself.
    fn open_page(&mut self, place: Place, out: &mut Xml) {
        if self.page_due {
            self.empty("SectionEnd", place, out);
        }
    }

    /// A paragraph in `style`.
    pub(super) fn paragraph(
        &mut self,
        style: &str,
        children: Vec<ParagraphChild>,
        place: Place,
        out: &mut Xml,
    ) {
        let mut built = styled(style);
        built.children = children;
        self.place_paragraph(built, place, out);
    }

    fn place_paragraph(&mut self, mut built: Built, place: Place, out: &mut Xml) {
        built.property.keep_next = place.keep_next.then_some(true);
        built.property.page_break_before = std::mem::take(&mut self.page_due).then_some(true);
        self.give_home(&mut built.children, matches!(place.ground, Ground::Cell(..)));
        self.typed(&built, out);
    }

    /// A paragraph with nothing in it.
    pub(super) fn empty(&mut self, style: &str, place: Place, out: &mut Xml) {
        self.paragraph(style, Vec::new(), place, out);
    }

    fn heading(&mut self, heading: &Heading, place: Place, out: &mut Xml) {
        let style = format!("Heading{}", heading.level.clamp(1, 6));
        self.heading_in(&style, "HeadingNumber", heading, place, out);
    }

    /// A heading in `style`, its number in a character style of its own.
    pub(super) fn heading_in(
        &mut self,
        style: &str,
        number_style: &str,
        heading: &Heading,
        place: Place,
        out: &mut Xml,
    ) {
        let mut children = Vec::new();
        let bookmark = self.anchors.write(&heading.anchor);
        if let Some((id, name)) = &bookmark {
            children.push(ParagraphChild::BookmarkStart(BookmarkStart::new(*id, name)));
        }
        if let Some(number) = &heading.number {
            let voice = Voice { style: Some(number_style), ..Voice::default() };
            children.push(run(number, voice));
            children.push(run(AFTER_NUMBER, Voice::default()));
        }
        let voice = Voice { bold: true, ..place.voice() };
        children.extend(self.runs(&heading.content, voice));
        if let Some((id, _)) = bookmark {
            children.push(ParagraphChild::BookmarkEnd(BookmarkEnd::new(id)));
        }
        self.homes.next = HomeKind::Heading;
        self.paragraph(style, children, place, out);
    }

    fn text(&mut self, paragraph: &Paragraph, place: Place, out: &mut Xml) {
        let voice = match (place.depth > 0, paragraph.role) {
            (true, ParagraphRole::Note) => Voice { style: Some("Quiet"), ..place.voice() },
            (_, ParagraphRole::Body | ParagraphRole::Lead | ParagraphRole::Note) => place.voice(),
        };
        let children = self.runs(&paragraph.content, voice);
        self.homes.next = HomeKind::Text;
        self.paragraph(&text_style(paragraph.role, place), children, place, out);
    }

    fn list(&mut self, list: &List, place: Place, out: &mut Xml) -> bool {
        let level = place.depth.min(LEVELS - 1);
        let family = match (list.start, place.in_table()) {
            (None, false) => BULLETS,
            (None, true) => TABLE_BULLETS,
            (Some(_), false) => NUMBERS,
            (Some(_), true) => TABLE_NUMBERS,
        };
        let instance = match list.start {
            Some(start) => self.lists.number(place.in_table(), level, start),
            None => family.list.unwrap_or_default(),
        };
        let inner = Place { depth: place.depth + 1, ..place };
        let mut after_table = false;
        let outer = (self.span, self.own);
        for item in &list.items {
            let (first, rest) = match item.split_first() {
                Some((Block { kind: BlockKind::Paragraph(paragraph), span }, rest)) => {
                    (self.span, self.own) = (span.or(outer.0), span.is_some());
                    (self.runs(&paragraph.content, place.voice()), rest)
                }
                // The mark needs a paragraph of its own where the item starts with something else.
                Some(_) | None => (Vec::new(), item.as_slice()),
            };
            let mut built = styled(&family.style(level));
            built.property.numbering_property = Some(
                NumberingProperty::new()
                    .add_num(NumberingId::new(instance), IndentLevel::new(level)),
            );
            built.children = first;
            self.homes.next = HomeKind::Item;
            self.place_paragraph(built, place, out);
            (self.span, self.own) = outer;
            after_table = self.blocks(rest, inner, out);
        }
        after_table
    }

    fn quote(&mut self, quote: &Quote, place: Place, out: &mut Xml) -> bool {
        let class = quote.class.as_ref().filter(|class| self.tokens.quotes.contains_key(*class));
        let style = class.map_or_else(|| QUOTE.to_owned(), |class| quote_style(class));
        let inner = Place { ground: Ground::Quote, depth: 0, quote: &style, ..place };
        let after_table = self.blocks(&quote.blocks, inner, out);
        if let Some(by) = &quote.by {
            self.paragraph(&format!("{style}By"), vec![run(by, Voice::default())], place, out);
            return false;
        }
        after_table
    }

    /// A caption under what it belongs to.
    pub(super) fn caption(
        &mut self,
        caption: Option<&Vec<crate::document::Inline>>,
        place: Place,
        out: &mut Xml,
    ) {
        if let Some(caption) = caption {
            let children = self.runs(caption, Voice::default());
            self.paragraph("Caption", children, place, out);
        }
    }

    /// A paragraph that holds a picture's run.
    pub(super) fn picture_paragraph(
        &mut self,
        picture: Run,
        captioned: bool,
        place: Place,
        out: &mut Xml,
    ) {
        let place = Place { keep_next: place.keep_next || captioned, ..place };
        let style = if place.ground == Ground::BesidePicture { "RowPicture" } else { "Picture" };
        self.paragraph(style, vec![ParagraphChild::Run(Box::new(picture))], place, out);
    }
}

/// The style of quotes by a kind of person: "young-person" → "QuoteYoungPerson".
pub(super) fn quote_style(class: &str) -> String {
    let words = class.split('-').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).filter(char::is_ascii_alphanumeric).collect::<String>()
    });
    QUOTE.to_owned() + &words.collect::<String>()
}

/// A paragraph in `style`. Its fields are set directly here and elsewhere: docx-rs's own
/// methods copy the whole paragraph, two kilobytes, at each step.
fn styled(style: &str) -> Built {
    let mut built = Built::new();
    built.property.style = Some(ParagraphStyle::new(Some(style)));
    built
}

/// The style of a paragraph that does `role` at `place`.
fn text_style(role: ParagraphRole, place: Place<'_>) -> String {
    if place.depth > 0 {
        let family = if place.in_table() { TABLE_CONTINUE } else { CONTINUE };
        return family.style((place.depth - 1).min(LEVELS - 1));
    }
    let base = match (role, place.ground) {
        (ParagraphRole::Note, Ground::Cell(CellText::Detail, _)) => "TableDetailNote",
        (ParagraphRole::Note, Ground::Cell(..)) => "TableNote",
        (ParagraphRole::Body | ParagraphRole::Lead, Ground::Cell(kind, align)) => {
            return table_styles::style(kind, align);
        }
        (ParagraphRole::Body, Ground::Callout) => "CalloutText",
        (ParagraphRole::Body, Ground::BesidePicture) => "PictureText",
        (ParagraphRole::Body | ParagraphRole::Lead, Ground::Quote) => place.quote,
        (ParagraphRole::Body, Ground::Page(_)) => "BodyText",
        (ParagraphRole::Lead, Ground::Page(_) | Ground::Callout | Ground::BesidePicture) => "Lead",
        (
            ParagraphRole::Note,
            Ground::Page(_) | Ground::Callout | Ground::BesidePicture | Ground::Quote,
        ) => "Note",
    };
    match place.ground {
        Ground::Page(Orientation::Landscape) => format!("{base}Landscape"),
        Ground::Page(Orientation::Portrait)
        | Ground::Callout
        | Ground::BesidePicture
        | Ground::Quote
        | Ground::Cell(..) => base.to_owned(),
    }
}
