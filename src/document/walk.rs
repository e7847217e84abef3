//! Walks a tree of blocks, for passes that look for one kind wherever it stands.

use crate::document::{Block, BlockKind, Cell, Drawing, Figure, Heading, Inline, Status, Tile};
use crate::source::Span;

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
        BlockKind::Tiles(tiles) => {
            found.extend(tiles.tiles.iter().filter_map(|t| t.spark.as_ref()))
        }
        _ => {}
    });
    found
}

/// Calls `visit` for every line of words, wherever it stands, in reading order.
pub fn each_line(blocks: &mut [Block], visit: &mut impl FnMut(&mut Vec<Inline>)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Opener(opener) => {
                opener.label.iter_mut().for_each(&mut *visit);
                each_line(&mut opener.blocks, visit);
            }
            BlockKind::Heading(heading) => visit(&mut heading.content),
            BlockKind::Paragraph(paragraph) => visit(&mut paragraph.content),
            BlockKind::Drawing(drawing) => drawing_lines(drawing, visit),
            BlockKind::Tiles(tiles) => {
                for Tile { name, value, change, target, spark, .. } in &mut tiles.tiles {
                    visit(name);
                    visit(value);
                    change.iter_mut().chain(target).for_each(&mut *visit);
                    spark.iter_mut().for_each(|spark| drawing_lines(spark, visit));
                }
            }
            BlockKind::Image(image) => image.caption.iter_mut().for_each(&mut *visit),
            BlockKind::PictureRow(row) => {
                each_line(&mut row.blocks, visit);
                row.image.caption.iter_mut().for_each(&mut *visit);
            }
            BlockKind::Callout(callout) => {
                callout.title.iter_mut().for_each(&mut *visit);
                each_line(&mut callout.blocks, visit);
            }
            BlockKind::KeyFigures(figures) => {
                for item in &mut figures.items {
                    visit(&mut item.value);
                    visit(&mut item.label);
                    item.note.iter_mut().for_each(&mut *visit);
                }
            }
            BlockKind::Quote(quote) => each_line(&mut quote.blocks, visit),
            BlockKind::Steps(steps) => {
                steps.steps.iter_mut().flat_map(|step| &mut step.items).for_each(&mut *visit);
            }
            BlockKind::Section(section) => each_line(&mut section.blocks, visit),
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| each_line(item, visit)),
            BlockKind::Table(table) => {
                table.caption.iter_mut().for_each(&mut *visit);
                let rows = table.head.iter_mut().chain(&mut table.body);
                rows.flat_map(|row| &mut row.cells)
                    .for_each(|cell| each_line(&mut cell.blocks, visit));
            }
            BlockKind::Cover(_) | BlockKind::Contents(_) | BlockKind::PageBreak => {}
        }
    }
}

fn drawing_lines(drawing: &mut Drawing, visit: &mut impl FnMut(&mut Vec<Inline>)) {
    drawing.title.iter_mut().chain(&mut drawing.caption).for_each(&mut *visit);
}

/// Calls `visit` for every anchor, and for every mention of one that is no link.
pub(super) fn each_anchor(blocks: &mut [Block], visit: &mut impl FnMut(&mut String)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading(heading) => visit(&mut heading.anchor),
            BlockKind::Drawing(drawing) => drawing.anchor.iter_mut().for_each(&mut *visit),
            BlockKind::Tiles(tiles) => {
                let sparks = tiles.tiles.iter_mut().filter_map(|tile| tile.spark.as_mut());
                sparks.filter_map(|spark| spark.anchor.as_mut()).for_each(&mut *visit);
            }
            BlockKind::Contents(contents) => {
                let pictures = std::mem::take(&mut contents.pictures).into_iter();
                contents.pictures = pictures
                    .map(|(mut anchor, picture)| {
                        visit(&mut anchor);
                        (anchor, picture)
                    })
                    .collect();
            }
            BlockKind::Table(table) => {
                table.anchor.iter_mut().for_each(&mut *visit);
                let rows = table.head.iter_mut().chain(&mut table.body);
                rows.flat_map(|row| &mut row.cells)
                    .for_each(|cell| each_anchor(&mut cell.blocks, visit));
            }
            BlockKind::PictureRow(row) => each_anchor(&mut row.blocks, visit),
            BlockKind::Callout(callout) => each_anchor(&mut callout.blocks, visit),
            BlockKind::Quote(quote) => each_anchor(&mut quote.blocks, visit),
            BlockKind::Opener(opener) => each_anchor(&mut opener.blocks, visit),
            BlockKind::Section(section) => each_anchor(&mut section.blocks, visit),
            BlockKind::List(list) => {
                list.items.iter_mut().for_each(|item| each_anchor(item, visit));
            }
            BlockKind::Cover(_)
            | BlockKind::Paragraph(_)
            | BlockKind::Image(_)
            | BlockKind::KeyFigures(_)
            | BlockKind::Steps(_)
            | BlockKind::PageBreak => {}
        }
    }
}

/// Calls `visit` for every rating, in a line of words, in a cell or in a tile.
pub fn each_status(blocks: &mut [Block], visit: &mut impl FnMut(&mut Status)) {
    fn line(content: &mut [Inline], visit: &mut impl FnMut(&mut Status)) {
        for inline in content {
            match inline {
                Inline::Status(status) => visit(status),
                Inline::Emphasis { content }
                | Inline::Strong { content }
                | Inline::Held { content, .. }
                | Inline::Link { content, .. }
                | Inline::Footnote { content } => line(content, visit),
                Inline::Text { .. } | Inline::Figure(_) | Inline::Break => {}
            }
        }
    }
    cells(blocks, &mut |cell| cell.status.iter_mut().for_each(&mut *visit));
    tiles(blocks, &mut |tile| tile.status.iter_mut().for_each(&mut *visit));
    each_line(blocks, &mut |content| line(content, visit));
}

/// Calls `visit` for every cell of every table.
fn cells(blocks: &mut [Block], visit: &mut impl FnMut(&mut Cell)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Table(table) => {
                let rows = table.head.iter_mut().chain(&mut table.body);
                for cell in rows.flat_map(|row| &mut row.cells) {
                    visit(cell);
                    cells(&mut cell.blocks, visit);
                }
            }
            BlockKind::PictureRow(row) => cells(&mut row.blocks, visit),
            BlockKind::Callout(callout) => cells(&mut callout.blocks, visit),
            BlockKind::Quote(quote) => cells(&mut quote.blocks, visit),
            BlockKind::Opener(opener) => cells(&mut opener.blocks, visit),
            BlockKind::Section(section) => cells(&mut section.blocks, visit),
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| cells(item, visit)),
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

/// Calls `visit` for every tile.
fn tiles(blocks: &mut [Block], visit: &mut impl FnMut(&mut Tile)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Tiles(held) => held.tiles.iter_mut().for_each(&mut *visit),
            BlockKind::PictureRow(row) => tiles(&mut row.blocks, visit),
            BlockKind::Callout(callout) => tiles(&mut callout.blocks, visit),
            BlockKind::Quote(quote) => tiles(&mut quote.blocks, visit),
            BlockKind::Opener(opener) => tiles(&mut opener.blocks, visit),
            BlockKind::Section(section) => tiles(&mut section.blocks, visit),
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| tiles(item, visit)),
            BlockKind::Table(table) => {
                let rows = table.head.iter_mut().chain(&mut table.body);
                rows.flat_map(|row| &mut row.cells).for_each(|cell| tiles(&mut cell.blocks, visit));
            }
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

/// The lines of words that stand in a block itself, not in the blocks inside it.
pub fn lines(kind: &BlockKind) -> Vec<&[Inline]> {
    match kind {
        BlockKind::Opener(opener) => opener.label.as_deref().into_iter().collect(),
        BlockKind::Heading(heading) => vec![&heading.content],
        BlockKind::Paragraph(paragraph) => vec![&paragraph.content],
        BlockKind::Table(table) => table.caption.as_deref().into_iter().collect(),
        BlockKind::Drawing(drawing) => {
            drawing.title.iter().chain(&drawing.caption).map(Vec::as_slice).collect()
        }
        BlockKind::Image(image) => image.caption.as_deref().into_iter().collect(),
        BlockKind::PictureRow(row) => row.image.caption.as_deref().into_iter().collect(),
        BlockKind::Callout(callout) => callout.title.as_deref().into_iter().collect(),
        BlockKind::KeyFigures(figures) => figures
            .items
            .iter()
            .flat_map(|item| [Some(&item.value), Some(&item.label), item.note.as_ref()])
            .flatten()
            .map(Vec::as_slice)
            .collect(),
        BlockKind::Tiles(tiles) => tiles
            .tiles
            .iter()
            .flat_map(|tile| {
                [Some(&tile.name), Some(&tile.value), tile.change.as_ref(), tile.target.as_ref()]
            })
            .flatten()
            .map(Vec::as_slice)
            .collect(),
        BlockKind::Steps(steps) => {
            steps.steps.iter().flat_map(|step| &step.items).map(Vec::as_slice).collect()
        }
        BlockKind::Cover(_)
        | BlockKind::List(_)
        | BlockKind::Quote(_)
        | BlockKind::Contents(_)
        | BlockKind::Section(_)
        | BlockKind::PageBreak => Vec::new(),
    }
}

/// The figures of a block and of those inside it, in reading order.
pub fn figures(block: &Block) -> Vec<&Figure> {
    fn collect<'d>(content: &'d [Inline], out: &mut Vec<&'d Figure>) {
        for inline in content {
            match inline {
                Inline::Figure(figure) => out.push(figure),
                Inline::Emphasis { content }
                | Inline::Strong { content }
                | Inline::Held { content, .. }
                | Inline::Link { content, .. }
                | Inline::Footnote { content } => collect(content, out),
                Inline::Text { .. } | Inline::Status(_) | Inline::Break => {}
            }
        }
    }
    let mut found = Vec::new();
    walk(std::slice::from_ref(block), &mut |block| {
        lines(&block.kind).into_iter().for_each(|content| collect(content, &mut found));
    });
    found
}

/// How many bytes the words of a block have, of those inside it too. Words of drawings count only where
/// they stand over or under them.
pub fn letters(block: &Block) -> usize {
    fn of(content: &[Inline]) -> usize {
        let inline = |inline: &Inline| match inline {
            Inline::Text { text } => text.len(),
            Inline::Figure(figure) => figure.text.len(),
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Held { content, .. }
            | Inline::Link { content, .. }
            | Inline::Footnote { content } => of(content),
            Inline::Status(_) | Inline::Break => 0,
        };
        content.iter().map(inline).sum()
    }
    let mut sum = 0;
    walk(std::slice::from_ref(block), &mut |block| {
        sum += lines(&block.kind).into_iter().map(of).sum::<usize>();
        if let BlockKind::Tiles(tiles) = &block.kind {
            let sparks = tiles.tiles.iter().filter_map(|tile| tile.spark.as_ref());
            let words = sparks.flat_map(|spark| spark.title.iter().chain(&spark.caption));
            sum += words.map(|words| of(words)).sum::<usize>();
        }
    });
    sum
}

/// A heading and what stands under it, down to the next heading that counts.
#[derive(Debug)]
pub struct Stretch<'d> {
    /// The heading.
    pub heading: &'d Heading,
    /// Where it was written.
    pub span: Option<Span>,
    /// The blocks under it.
    pub blocks: Vec<&'d Block>,
}

/// The document's sections, in reading order: at headings of `depth` or higher, and at each heading
/// that opens a part. Headings inside boxes and lists open none.
pub fn sections(blocks: &[Block], depth: u8) -> Vec<Stretch<'_>> {
    fn collect<'d>(blocks: &'d [Block], depth: u8, out: &mut Vec<Stretch<'d>>) {
        for block in blocks {
            match &block.kind {
                BlockKind::Section(section) => collect(&section.blocks, depth, out),
                // Its heading comes first, whatever its level.
                BlockKind::Opener(opener) => collect(&opener.blocks, u8::MAX, out),
                BlockKind::Heading(heading) if heading.level <= depth => {
                    out.push(Stretch { heading, span: block.span, blocks: Vec::new() });
                }
                _ => {
                    if let Some(last) = out.last_mut() {
                        last.blocks.push(block);
                    }
                }
            }
        }
    }
    let mut found = Vec::new();
    collect(blocks, depth, &mut found);
    found
}
