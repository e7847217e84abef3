//! Walks a tree of blocks, for passes that look for one kind wherever it stands.

use crate::document::{Block, BlockKind, Drawing};

/// Calls `visit` for every block, outer ones first, in reading order.
pub fn walk<'d>(blocks: &'d [Block], visit: &mut impl FnMut(&'d Block)) {
    for block in blocks {
        visit(block);
        match &block.kind {
            BlockKind::Section(section) => walk(&section.blocks, visit),
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
            | BlockKind::Tiles(_)
            | BlockKind::Steps(_)
            | BlockKind::Contents(_)
            | BlockKind::PageBreak => {}
        }
    }
}

/// Every drawing in `blocks`, in reading order: those that stand alone and those in tiles.
pub fn drawings(blocks: &[Block]) -> Vec<&Drawing> {
    let mut found = Vec::new();
    walk(blocks, &mut |block| match &block.kind {
        BlockKind::Drawing(drawing) => found.push(drawing),
        BlockKind::Tiles(tiles) => found.extend(tiles.tiles.iter().filter_map(|t| t.spark.as_ref())),
        _ => {}
    });
    found
}
