//! About which page each heading stands on, for a Word file that no layout was made for.
//!
//! Lines are counted by the lengths of their words, on pages of the theme's size. Word works the
//! numbers out when it opens the file: until then, these are near enough to be of use on screen.

use std::collections::BTreeMap;

use crate::document::{
    Block, BlockKind, Contents, Document, Drawn, Form, Orientation, Row, Table, walk, words_of,
};
use crate::theme::Tokens;

/// Width of a letter, in multiples of the type size: the mean of running English in a sans serif face.
const LETTER: f64 = 0.5;
/// Height of a drawing or a picture, as a share of its width.
const PICTURE: f64 = 0.45;
/// Padding above and below a table's row, in points.
const ROW: f64 = 8.0;

/// The page of each heading by its anchor, as contents show it.
pub fn heading_pages(document: &Document, tokens: &Tokens) -> BTreeMap<String, String> {
    let mut count = Count {
        tokens,
        form: document.meta.form,
        headings: Vec::new(),
        sheet: sheet(tokens, Orientation::Portrait),
        page: 1,
        filled: 0.0,
        found: BTreeMap::new(),
    };
    walk(&document.blocks, &mut |block| {
        if let BlockKind::Heading(heading) = &block.kind {
            count.headings.push(heading.level);
        }
    });
    count.blocks(&document.blocks);
    count.found
}

/// Width and height between the margins, in points.
fn sheet(tokens: &Tokens, orientation: Orientation) -> (f64, f64) {
    let page = &tokens.page;
    let (width, height, margin) = match orientation {
        Orientation::Portrait => (page.width, page.height, page.margin),
        Orientation::Landscape => (page.height, page.width, page.landscape_margin),
    };
    let points = |length: f64| (length / 25.4 * 72.0).max(72.0);
    (points(width - 2.0 * margin), points(height - 2.0 * margin))
}

struct Count<'d> {
    tokens: &'d Tokens,
    form: Form,
    /// The levels of all headings.
    headings: Vec<u8>,
    sheet: (f64, f64),
    page: u32,
    /// How much of the page is taken, in points.
    filled: f64,
    found: BTreeMap<String, String>,
}

impl Count<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        let sizes = &self.tokens.sizes;
        if let BlockKind::Section(section) = &block.kind {
            self.turn(section.orientation);
            self.blocks(&section.blocks);
            self.turn(Orientation::Portrait);
        } else if let BlockKind::Opener(opener) = &block.kind {
            self.open();
            self.blocks(&opener.blocks);
        } else if let BlockKind::Heading(heading) = &block.kind {
            if self.form.opens_page(heading.level) {
                self.open();
            }
            let size = match usize::from(heading.level).checked_sub(1) {
                Some(at) => sizes.headings.get(at).or(sizes.headings.last()),
                None => None,
            };
            let size = size.copied().unwrap_or(sizes.body);
            let room = self.lines(&words_of(block, Drawn::Labels), size, self.sheet.0) + size;
            // A heading stands with the first lines under it.
            if self.filled + room + 3.0 * self.line(sizes.body) > self.sheet.1 {
                self.open();
            }
            self.found.insert(heading.anchor.clone(), self.page.to_string());
            self.take(room);
        } else if let BlockKind::Table(table) = &block.kind {
            self.table(table);
        } else if let BlockKind::Contents(Contents { depth, .. }) = &block.kind {
            let listed = self.headings.iter().filter(|level| *level <= depth).count();
            self.take((listed as f64 + 2.0) * self.line(sizes.body));
        } else if matches!(block.kind, BlockKind::Cover(_)) {
            self.take(self.sheet.1);
        } else if matches!(block.kind, BlockKind::PageBreak) {
            self.open();
        } else {
            if matches!(block.kind, BlockKind::Drawing(_) | BlockKind::Image(_)) {
                self.take(self.sheet.0 * PICTURE);
            }
            let gap = sizes.body * self.tokens.text.paragraph_gap;
            for words in words_of(block, Drawn::Labels) {
                let room = self.lines(&[words], sizes.body, self.sheet.0);
                self.take(room + gap);
            }
        }
    }

    /// Rows as high as their highest cell.
    fn table(&mut self, table: &Table) {
        let shares: f64 = table.columns.iter().map(|column| column.share).sum();
        let size = self.tokens.sizes.table;
        let height = |count: &Self, row: &Row| {
            let mut columns = table.columns.iter();
            let cells = row.cells.iter().map(|cell| {
                let own: f64 =
                    columns.by_ref().take(cell.colspan.max(1)).map(|column| column.share).sum();
                let width = if shares > 0.0 { count.sheet.0 * own / shares } else { count.sheet.0 };
                let words: Vec<_> =
                    cell.blocks.iter().flat_map(|block| words_of(block, Drawn::Labels)).collect();
                // What stands beside rows that reach over several is shared among them.
                count.lines(&words, size, width) / cell.rowspan.max(1) as f64
            });
            cells.fold(count.line(size), f64::max) + ROW
        };
        for row in table.head.iter().chain(&table.body) {
            let room = height(self, row);
            if self.filled + room > self.sheet.1 && room < self.sheet.1 {
                self.open();
                let head: f64 = table.head.iter().map(|row| height(self, row)).sum();
                self.take(head.min(self.sheet.1 / 2.0));
            }
            self.take(room);
        }
        self.take(self.line(self.tokens.sizes.body));
    }

    fn line(&self, size: f64) -> f64 {
        size * self.tokens.text.line_height
    }

    /// The height of these paragraphs, set in `size` at this width.
    fn lines(&self, words: &[impl AsRef<str>], size: f64, width: f64) -> f64 {
        let a_line = (width / (LETTER * size)).max(1.0);
        let lines = words
            .iter()
            .map(|words| (words.as_ref().chars().count() as f64 / a_line).ceil().max(1.0));
        lines.sum::<f64>() * self.line(size)
    }

    /// Takes room, on as many pages as it needs.
    fn take(&mut self, room: f64) {
        self.filled += room;
        while self.filled > self.sheet.1 {
            self.filled -= self.sheet.1;
            self.page = self.page.saturating_add(1);
        }
    }

    /// What follows stands on a page of its own.
    fn open(&mut self) {
        if self.filled > 0.0 {
            self.page = self.page.saturating_add(1);
            self.filled = 0.0;
        }
    }

    fn turn(&mut self, orientation: Orientation) {
        let sheet = sheet(self.tokens, orientation);
        if sheet != self.sheet {
            self.open();
            self.sheet = sheet;
        }
    }
}
