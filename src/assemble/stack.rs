//! Tables that go row by row: for large type, where many columns would leave each a word wide.
//!
//! Each row becomes a band with what names it, and under it a row for each further cell: the head of its
//! column at the left, what it says at the right. Every cell stands once; only the heads of the columns
//! that name rows go, as what stands under them now stands over the others.

use crate::document::{
    Align, Block, BlockKind, Cell, Column, Inline, Orientation, Paragraph, Row, RowRole, Scope,
    Table, line,
};

/// Tables of so many columns go row by row already.
const NARROW: usize = 2;
/// Most letters of a reference, such as an id.
const REFERENCE: usize = 12;

/// Turns every table of more than `most` columns into one of two, wherever it stands. Sections that
/// were broad for such tables become upright.
pub fn stack(blocks: &mut [Block], most: usize) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Table(table) if table.columns.len() > most.max(NARROW) => stack_table(table),
            BlockKind::Section(section) => {
                stack(&mut section.blocks, most);
                let drawn = |block: &Block| matches!(block.kind, BlockKind::Drawing(_));
                if !section.blocks.iter().any(drawn) {
                    section.orientation = Orientation::Portrait;
                }
            }
            BlockKind::Opener(opener) => stack(&mut opener.blocks, most),
            BlockKind::Callout(callout) => stack(&mut callout.blocks, most),
            BlockKind::Quote(quote) => stack(&mut quote.blocks, most),
            BlockKind::PictureRow(row) => stack(&mut row.blocks, most),
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| stack(item, most)),
            BlockKind::Table(_)
            | BlockKind::Cover(_)
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

fn stack_table(table: &mut Table) {
    let labels = labels(&table.head, table.columns.len());
    let mut covered = vec![0_usize; table.columns.len()];
    let mut body = Vec::new();
    for row in std::mem::take(&mut table.body) {
        let placed = place(row.cells, &mut covered);
        body.extend(stacked_row(row.role, placed, &labels));
    }
    let column = |share| Column { share, align: Align::Start };
    table.role = "stacked".to_owned();
    table.columns = vec![column(2.0), column(3.0)];
    table.head = Vec::new();
    table.body = body;
}

/// The cells of a row with the column that each starts in; `covered` is how many further rows the
/// cells above reach down in each column.
fn place(cells: Vec<Cell>, covered: &mut [usize]) -> Vec<(usize, Cell)> {
    let mut placed = Vec::new();
    let mut column = 0;
    let before = covered.to_vec();
    covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
    for cell in cells {
        while before.get(column).is_some_and(|rows| *rows > 0) {
            column += 1;
        }
        let end = (column + cell.colspan).min(covered.len());
        for rows in covered.get_mut(column..end).unwrap_or_default() {
            *rows = cell.rowspan.saturating_sub(1);
        }
        let start = column;
        column += cell.colspan;
        placed.push((start, cell));
    }
    placed
}

/// What heads each column: the words over it, from the top down, each once.
fn labels(head: &[Row], columns: usize) -> Vec<String> {
    let mut labels: Vec<Vec<String>> = vec![Vec::new(); columns];
    let mut covered = vec![0_usize; columns];
    for row in head {
        for (start, cell) in place(row.cells.clone(), &mut covered) {
            let words = words_of(&cell);
            for label in labels.iter_mut().skip(start).take(cell.colspan) {
                if !words.is_empty() && !label.contains(&words) {
                    label.push(words.clone());
                }
            }
        }
    }
    labels.into_iter().map(|words| words.join(": ")).collect()
}

fn words_of(cell: &Cell) -> String {
    let paragraphs = cell.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Paragraph(paragraph) => Some(line(&paragraph.content)),
        _ => None,
    });
    let status = cell.status.iter().map(crate::document::Status::words);
    status.chain(paragraphs).collect::<Vec<_>>().join(" ").trim().to_owned()
}

fn stacked_row(role: RowRole, cells: Vec<(usize, Cell)>, labels: &[String]) -> Vec<Row> {
    let whole = |cell: Cell| Cell { colspan: 2, rowspan: 1, header: None, ..cell };
    if role == RowRole::Band {
        let band = |(_, cell)| Row { role, cells: vec![whole(cell)], keep_with_next: true };
        return cells.into_iter().map(band).collect();
    }
    // What heads the row: its own head cells, else what stands in the first column.
    let heads = |start: usize, cell: &Cell| match cell.header {
        Some(Scope::Row | Scope::Both) => true,
        _ => start == 0,
    };
    let (heading, facts): (Vec<_>, Vec<_>) =
        cells.into_iter().partition(|(start, cell)| heads(*start, cell));
    let mut facts = facts.into_iter().peekable();
    let mut rows = Vec::new();
    let (mut blocks, mut status) = (Vec::new(), None);
    for (_, cell) in heading {
        status = status.or(cell.status);
        blocks.extend(cell.blocks);
    }
    // A reference alone names nothing: what stands beside it goes with it. Under a row that others
    // belong to, what comes first names the row in the same way.
    let is_short = blocks.iter().map(block_words).collect::<String>().chars().count() <= REFERENCE;
    let wants_name = is_short && (!blocks.is_empty() || role == RowRole::Detail);
    let names =
        |(_, cell): &(usize, Cell)| wants_name && cell.status.is_none() && cell.colspan == 1;
    let mut rest = Vec::new();
    if let Some((_, cell)) = facts.next_if(names) {
        rest = join(&mut blocks, cell.blocks);
    }
    if !blocks.is_empty() || status.is_some() {
        let lead = role == RowRole::Detail;
        if lead {
            strengthen(&mut blocks);
        }
        let cell = Cell { blocks, status, ..Cell::text("") };
        let role = if lead { RowRole::Lead } else { RowRole::Band };
        let keep_with_next = facts.peek().is_some() || !rest.is_empty();
        rows.push(Row { role, cells: vec![whole(cell)], keep_with_next });
    }
    if !rest.is_empty() {
        rows.push(Row::body(vec![whole(Cell { blocks: rest, ..Cell::text("") })]));
    }
    for (start, cell) in facts {
        if cell.blocks.is_empty() && cell.status.is_none() {
            continue;
        }
        let label = labels.get(start).map_or("", String::as_str);
        let fact = Cell { colspan: 1, rowspan: 1, header: None, ..as_words(cell) };
        // A column without a head has nothing to be called by.
        rows.push(match label {
            "" => Row::body(vec![whole(fact)]),
            label => Row::body(vec![Cell::text(label).row_head(), fact]),
        });
    }
    rows
}

/// A rating as a chip among words: over so broad a cell its colour would shout.
fn as_words(mut cell: Cell) -> Cell {
    if let Some(status) = cell.status.take() {
        let paragraph = Paragraph::body(vec![Inline::Status(status)]);
        cell.blocks.insert(0, Block::new(BlockKind::Paragraph(paragraph)));
    }
    cell
}

fn block_words(block: &Block) -> String {
    match &block.kind {
        BlockKind::Paragraph(paragraph) => line(&paragraph.content),
        _ => String::new(),
    }
}

/// Puts what names a row behind its reference, on the same line; gives what says more about it.
fn join(blocks: &mut Vec<Block>, more: Vec<Block>) -> Vec<Block> {
    let mut more = more.into_iter();
    let last = blocks.last_mut().map(|block| &mut block.kind);
    match (last, more.next()) {
        (
            Some(BlockKind::Paragraph(reference)),
            Some(Block { kind: BlockKind::Paragraph(name), .. }),
        ) => {
            reference.content.push(Inline::text("  "));
            reference.content.extend(name.content);
        }
        (_, first) => blocks.extend(first),
    }
    more.collect()
}

/// Makes the first paragraph stand out.
fn strengthen(blocks: &mut [Block]) {
    if let Some(BlockKind::Paragraph(paragraph)) = blocks.first_mut().map(|block| &mut block.kind) {
        let content = std::mem::take(&mut paragraph.content);
        paragraph.content = vec![Inline::Strong { content }];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(cells: Vec<Cell>) -> Row {
        Row { role: RowRole::Head, cells, keep_with_next: false }
    }

    fn said(table: &Table) -> Vec<String> {
        let row = |row: &Row| row.cells.iter().map(words_of).collect::<Vec<_>>().join(" = ");
        table.body.iter().map(row).collect()
    }

    #[test]
    fn each_cell_stands_once_under_what_heads_its_row_and_beside_what_heads_its_column() {
        let column = |_| Column { share: 1.0, align: Align::Start };
        let mut table = Table {
            role: "scorecard".to_owned(),
            columns: (0..4).map(column).collect(),
            head: vec![
                head(vec![
                    Cell::column_head("KPI").rows(2),
                    Cell::column_head("6 months").columns(2),
                    Cell::column_head("Note").rows(2),
                ]),
                head(vec![Cell::column_head("Target"), Cell::column_head("Actual")]),
            ],
            body: vec![
                Row::body(vec![
                    Cell::text("Plans issued on time").row_head().rows(2),
                    Cell::text("60%"),
                    Cell::text("58%"),
                    Cell::text("near").rows(2),
                ]),
                Row::body(vec![Cell::text("70%"), Cell::text("not yet due")]),
            ],
            caption: None,
            summary: String::new(),
            anchor: None,
        };
        stack_table(&mut table);
        assert_eq!(
            said(&table),
            [
                "Plans issued on time",
                "6 months: Target = 60%",
                "6 months: Actual = 58%",
                "Note = near",
                "6 months: Target = 70%",
                "6 months: Actual = not yet due",
            ]
        );
        assert_eq!((table.columns.len(), table.head.len()), (2, 0));
    }
}
