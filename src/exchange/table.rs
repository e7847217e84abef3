//! A table as it was read: a header and rows, every cell with its place.

use crate::diag::{Finding, Rule};
use crate::load::value::folded;
use crate::source::Span;

/// Most rows of a table.
pub const ROWS: usize = 50_000;
/// Most columns.
pub const COLUMNS: usize = 256;
/// Most cells that hold something.
pub const CELLS: usize = 500_000;
/// Most bytes of all cells together.
pub const BYTES: usize = 20 * 1024 * 1024;

/// One cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// What stands in it.
    pub text: String,
    /// Where, in the file or in the rendition of its sheet.
    pub span: Span,
    /// Why it can't be taken, when it can't: "a formula".
    pub fault: Option<String>,
}

/// One row below the header; it has as many cells as the header.
#[derive(Debug)]
pub struct Row {
    /// Its number in the sheet, from 1.
    pub number: usize,
    /// The whole of it.
    pub span: Span,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A header and its rows.
#[derive(Debug)]
pub struct Table {
    /// The sheet it stands in; none for CSV.
    pub sheet: Option<String>,
    /// The header's row number, from 1.
    pub header_row: usize,
    /// The header's cells, texts folded.
    pub header: Vec<Cell>,
    /// The rows that hold something.
    pub rows: Vec<Row>,
}

/// A finding, and the row of the main table that it keeps out; none when it concerns the whole.
#[derive(Debug)]
pub struct Problem {
    /// Index of the row.
    pub row: Option<usize>,
    /// What is wrong.
    pub finding: Finding,
}

impl Problem {
    /// About the whole.
    pub fn whole(finding: Finding) -> Self {
        Problem { row: None, finding }
    }
}

impl Table {
    /// The column with this name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|cell| cell.text == name)
    }

    /// The header's names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.header.iter().map(|cell| cell.text.as_str()).filter(|name| !name.is_empty())
    }

    /// A finding about the cell of `row` in `column`, or about the whole row.
    pub fn finding(
        &self,
        rule: &'static Rule,
        row: &Row,
        column: Option<usize>,
        message: &str,
    ) -> Finding {
        let name = column.and_then(|column| self.header.get(column));
        let cell = column.and_then(|column| row.cells.get(column));
        let span = cell.map_or(row.span, |cell| cell.span);
        let finding = Finding::new(rule, self.named(row.number, column, message)).at(span);
        match name {
            Some(name) => finding.note(format!("column \"{}\"", name.text)),
            None => finding,
        }
    }

    /// `message`, after the cell's name where the table is a sheet: people look for "Plan!C12".
    pub fn named(&self, row: usize, column: Option<usize>, message: &str) -> String {
        match (&self.sheet, column) {
            (Some(sheet), Some(column)) => {
                format!("{sheet}!{}{row}: {message}", column_letters(column))
            }
            (Some(sheet), None) => format!("{sheet}, row {row}: {message}"),
            (None, _) => message.to_owned(),
        }
    }
}

/// The letters of a column of a sheet, from 0: A, Z, AA.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// A header cell's name as mappings write it: spreadsheets break long headers over lines.
pub fn header_name(text: &str) -> String {
    folded(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_that_spreadsheets_show() {
        let letters: Vec<_> = [0, 25, 26, 701, 702].map(column_letters).into();
        assert_eq!(letters, ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
