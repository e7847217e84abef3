//! Column widths that leave words whole.
//!
//! Typst lets a word that is too long stand out of its column; Word breaks it, and an id
//! in two halves is hard to find. So a column that is too narrow for its longest word
//! takes what it lacks from those that have room.

use crate::document::{Block, BlockKind, Cell, Inline, Table};

use super::measure::pt;
use super::numbering::TABLE_BULLETS;
use super::table_styles::CELL_SIDE;

/// A word longer than this, in multiples of the type size, may break: an address, say.
const LONGEST: f64 = 9.0;

/// `widths` changed so that words of `size` points fit their columns, as far as there is room.
pub fn fit_words(table: &Table, widths: Vec<i32>, size: f64) -> Vec<i32> {
    let mut needed = vec![0; widths.len()];
    let mut covered = vec![0_usize; widths.len()];
    for row in table.head.iter().chain(&table.body) {
        let mut cells = row.cells.iter();
        let mut at = 0;
        while at < widths.len() {
            if covered[at] > 0 {
                at += 1;
                continue;
            }
            let Some(cell) = cells.next() else { break };
            let end = at.saturating_add(cell.colspan.max(1)).min(widths.len());
            if end - at == 1 {
                needed[at] = needed[at].max(need(cell, size));
            }
            for column in &mut covered[at..end] {
                *column = cell.rowspan.max(1);
            }
            at = end;
        }
        for rows in &mut covered {
            *rows = rows.saturating_sub(1);
        }
    }
    shift(widths, &needed)
}

/// Moves width from columns with room to those that lack it; nothing if there is not enough.
fn shift(widths: Vec<i32>, needed: &[i32]) -> Vec<i32> {
    let room = |width: i32, need: i32| (width - need).max(0);
    let lack = |width: i32, need: i32| (need - width).max(0);
    let pairs = || widths.iter().copied().zip(needed.iter().copied());
    let lacking: i32 = pairs().map(|(width, need)| lack(width, need)).sum();
    let total: i32 = pairs().map(|(width, need)| room(width, need)).sum();
    if lacking == 0 || total <= lacking {
        return widths;
    }
    // The sum of what is given is kept, so that rounding loses nothing.
    let (mut seen, mut given) = (0_i64, 0_i64);
    pairs()
        .map(|(width, need)| {
            seen += i64::from(room(width, need));
            let due = seen * i64::from(lacking) / i64::from(total);
            let give = due - given;
            given = due;
            width + lack(width, need) - i32::try_from(give).unwrap_or(0)
        })
        .collect()
}

/// The width that `cell` needs, with its sides.
fn need(cell: &Cell, size: f64) -> i32 {
    let status = cell.status.iter().map(|status| longest(&status.word)).fold(0.0, f64::max);
    let words = status.max(blocks(&cell.blocks, size));
    // Half a point against rounding in the layout.
    pt(words.min(LONGEST) * size + 0.5) + 2 * CELL_SIDE
}

fn blocks(blocks: &[Block], size: f64) -> f64 {
    let widest = blocks.iter().map(|block| match &block.kind {
        BlockKind::Paragraph(paragraph) => inlines(&paragraph.content),
        BlockKind::List(list) => {
            let indent = f64::from(TABLE_BULLETS.step()) / 20.0 / size;
            list.items.iter().map(|item| self::blocks(item, size) + indent).fold(0.0, f64::max)
        }
        // What else may stand in a cell keeps to the width it is given.
        BlockKind::Cover(_)
        | BlockKind::Opener(_)
        | BlockKind::Heading(_)
        | BlockKind::Table(_)
        | BlockKind::Drawing(_)
        | BlockKind::Image(_)
        | BlockKind::PictureRow(_)
        | BlockKind::Callout(_)
        | BlockKind::KeyFigures(_)
        | BlockKind::Quote(_)
        | BlockKind::Steps(_)
        | BlockKind::Tiles(_)
        | BlockKind::Contents(_)
        | BlockKind::Section(_)
        | BlockKind::PageBreak => 0.0,
    });
    widest.fold(0.0, f64::max)
}

fn inlines(content: &[Inline]) -> f64 {
    let widest = content.iter().map(|inline| match inline {
        Inline::Text { text } => longest(text),
        Inline::Figure(figure) => longest(&figure.text),
        Inline::Status(status) => longest(&status.words()) + longest(&status.letter) + 1.2,
        Inline::Emphasis { content }
        | Inline::Strong { content }
        | Inline::Held { content, .. }
        | Inline::Link { content, .. } => inlines(content),
        Inline::Footnote { .. } | Inline::Break => 0.0,
    });
    widest.fold(0.0, f64::max)
}

/// The longest word of `text`, in multiples of the type size.
fn longest(text: &str) -> f64 {
    let words = text.split_whitespace().flat_map(|word| word.split_inclusive('-'));
    words.map(|word| word.chars().map(wide).sum()).fold(0.0, f64::max)
}

/// About how wide a letter is in the sans serif faces that Word has, in bold.
fn wide(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.29,
        'f' | 't' | 'r' | '(' | ')' | '-' | '/' => 0.37,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.9,
        'A'..='Z' => 0.76,
        _ => 0.61,
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Align, Column, Row};

    use super::*;

    fn table(cells: &[&str]) -> Table {
        let columns = cells.iter().map(|_| Column { share: 1.0, align: Align::Start }).collect();
        Table {
            role: "plain".into(),
            columns,
            head: Vec::new(),
            body: vec![Row::body(cells.iter().map(|text| Cell::text(*text)).collect())],
            caption: None,
            summary: String::new(),
            anchor: None,
        }
    }

    #[test]
    fn a_column_too_narrow_for_its_id_takes_room_from_the_others() {
        let widths = fit_words(&table(&["WTW5.b", "a few words", "a"]), vec![500, 4000, 1500], 9.5);
        assert!(widths[0] > 800, "{widths:?}");
        assert!(widths[1] < 4000 && widths[2] < 1500);
        assert_eq!(widths.iter().sum::<i32>(), 6000);
    }

    #[test]
    fn widths_stay_as_they_are_where_words_fit_or_nothing_can_be_done() {
        assert_eq!(fit_words(&table(&["one", "two"]), vec![2000, 3000], 9.5), [2000, 3000]);
        let long = "unbreakable".repeat(9);
        assert_eq!(fit_words(&table(&[&long, &long]), vec![300, 300], 9.5), [300, 300]);
    }
}
