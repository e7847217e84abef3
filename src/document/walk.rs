//! Walks a tree of blocks, for passes that look for one kind wherever it stands.

use crate::document::{Block, BlockKind};

/// Calls `visit` for every block, outer ones first, in reading order.
pub fn walk<'d>(blocks: &'d [Block], visit: &mut impl FnMut(&'d Block)) {
    for block in blocks {
        visit(block);
        match &block.kind {
            BlockKind::Section(section) => walk(&section.blocks, visit),
            BlockKind::Opener(opener) => walk(&opener.blocks, visit),
            BlockKind::Callout(callout) => walk(&callout.blocks, visit),
            BlockKind::Quote(quote) => walk(&quote.blocks, visit),
            BlockKind::PictureRow(row) => walk(&row.blocks, visit),
            BlockKind::List(list) => list.items.iter().for_each(|item| walk(item, visit)),
            BlockKind::Table(table) => table
                .head
                .iter()
                .chain(&table.body)
                .flat_map(|row| &row.cells)
                .for_each(|cell| walk(&cell.blocks, visit)),
            BlockKind::Cover(_)
            | BlockKind::Heading(_)
            | BlockKind::Paragraph(_)
            | BlockKind::Drawing(_)
            | BlockKind::Image(_)
            | BlockKind::KeyFigures(_)
            | BlockKind::Steps(_)
            | BlockKind::Contents(_)
            | BlockKind::PageBreak => {}
        }
    }
}
