//! Reads a sheet of an XLSX file into a table.
//!
//! Cells are taken one by one as they stream by, so that a sheet which claims a million rows
//! costs no more to refuse than the cells it has. For findings to have a line to show, the sheet is kept as
//! a text: one line a row, cells parted by tabs.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::diag::rules::{FILE_TOO_LARGE, IMPORT_CELL, IMPORT_SHEET};
use crate::diag::{Finding, nearest};
use crate::exchange::table::{
    BYTES, CELLS, COLUMNS, Cell, Problem, ROWS, Row, Table, column_letters, header_name,
};
use crate::exchange::{claims, package};
use crate::load::value::folded;
use crate::source::{Sources, Span};

/// Most characters of a cell: what Excel itself allows.
const CELL_CHARACTERS: usize = 32_767;

/// Which sheet is meant, and which line of it.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The sheet that somebody named.
    pub sheet: Option<&'a str>,
    /// The sheet to look for when nobody did.
    pub usual: &'a str,
    /// The header's row, from 1.
    pub header_row: usize,
}

/// A cell as it streams by.
struct Found {
    row: usize,
    column: usize,
    text: String,
    fault: Option<String>,
}

/// What was read of a sheet.
struct Sheet {
    name: String,
    cells: Vec<Found>,
    merged: Vec<Dimensions>,
    /// The last row that the sheet says it has, from 1, whether or not anything is in it.
    claimed_rows: u64,
}

/// Reads the sheet that is wanted from the XLSX file `bytes`, which findings call `path`.
pub fn read(
    bytes: &[u8],
    path: &Path,
    wanted: Wanted<'_>,
    sources: &mut Sources,
    problems: &mut Vec<Problem>,
) -> Option<Table> {
    let stop = |finding: Finding, problems: &mut Vec<Problem>| {
        problems.push(Problem::whole(finding.in_file(path)));
        None
    };
    if let Some(fault) = package::fault(bytes) {
        let message = format!("this spreadsheet cannot be read: {fault}");
        return stop(Finding::new(&IMPORT_SHEET, message), problems);
    }
    // Files made to harm have tripped readers of spreadsheets before; one that does is refused.
    let sheet = catch_unwind(AssertUnwindSafe(|| open(bytes, wanted)));
    let sheet = match sheet {
        Ok(Ok(sheet)) => sheet,
        Ok(Err(finding)) => return stop(*finding, problems),
        Err(_) => {
            let message = "this spreadsheet cannot be read: it is damaged";
            return stop(Finding::new(&IMPORT_SHEET, message), problems);
        }
    };
    Some(table(sheet, path, wanted.header_row, sources, problems))
}

fn broken(error: &XlsxError) -> Box<Finding> {
    let message = format!("this spreadsheet cannot be read: {}", folded(&error.to_string()));
    Box::new(Finding::new(&IMPORT_SHEET, message))
}

fn too_large(message: String) -> Box<Finding> {
    Box::new(Finding::new(&FILE_TOO_LARGE, message))
}

fn open(bytes: &[u8], wanted: Wanted<'_>) -> Result<Sheet, Box<Finding>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let name = choose(&book, wanted)?;
    let merged = book.merge_cells_by_sheet_name(&name).map_err(|error| broken(&error))?;
    let mut reader = book.worksheet_cells_reader(&name).map_err(|error| broken(&error))?;
    let last_row = claims::last_row(bytes, &name).unwrap_or_default();
    let claimed_rows = last_row.max(u64::from(reader.dimensions().end.0) + 1);
    let mut cells = Vec::new();
    let mut size = 0;
    // Shared formulas are not expanded here: their index in the file could be any number.
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|e| broken(&e))? {
        let (text, value_fault) = value(&cell.value);
        let fault = match cell.formula {
            Some(_) => Some("a formula".to_owned()),
            None => value_fault,
        };
        if text.is_empty() && fault.is_none() {
            continue;
        }
        let (row, column) = (cell.pos.0 as usize, cell.pos.1 as usize);
        if row >= wanted.header_row + ROWS {
            let there = format!("{name}!{}{}", column_letters(column.min(COLUMNS)), row + 1);
            return Err(too_large(format!("{there} is filled in; a table may have {ROWS} rows")));
        }
        size += text.len();
        if cells.len() >= CELLS || size > BYTES {
            return Err(too_large(format!("the sheet {name} holds too much for a table")));
        }
        cells.push(Found { row: row + 1, column, text, fault });
    }
    Ok(Sheet { name, cells, merged, claimed_rows })
}

/// The sheet that is meant.
fn choose(book: &Xlsx<Cursor<&[u8]>>, wanted: Wanted<'_>) -> Result<String, Box<Finding>> {
    let sheets: Vec<_> =
        book.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet).collect();
    let names = || sheets.iter().map(|sheet| sheet.name.as_str());
    let usual = || names().find(|name| *name == wanted.usual);
    let chosen = match wanted.sheet {
        Some(named) => names().find(|name| *name == named),
        None => usual().or_else(|| {
            let mut shown = sheets.iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
            let only = shown.next()?;
            shown.next().is_none().then_some(only.name.as_str())
        }),
    };
    let list = || names().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    chosen.map(str::to_owned).ok_or_else(|| {
        let finding = match wanted.sheet {
            Some(named) => {
                let near = nearest(named, names());
                let finding = Finding::new(&IMPORT_SHEET, format!("there is no sheet \"{named}\""));
                match near {
                    Some(near) => finding.help(format!("did you mean \"{near}\"?")),
                    None => finding.help(format!("there are: {}", list())),
                }
            }
            None => Finding::new(&IMPORT_SHEET, "it is not clear which sheet is meant")
                .help(format!("name one with --sheet: {}", list())),
        };
        Box::new(finding)
    })
}

/// A cell's value as text, and why it can't be taken.
fn value(value: &DataRef<'_>) -> (String, Option<String>) {
    let text = match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::DateTime(date) if date.is_datetime() => {
            let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
            let day = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute, second, milli) == (0, 0, 0, 0) {
                day
            } else {
                format!("{day} {hour:02}:{minute:02}")
            }
        }
        DataRef::DateTime(_) | DataRef::DurationIso(_) => {
            return (String::new(), Some("a length of time".to_owned()));
        }
        DataRef::DateTimeIso(date) => date.trim_end_matches("T00:00:00").to_owned(),
        DataRef::Error(error) => return (error.to_string(), Some(format!("the error {error}"))),
    };
    let fault = (text.len() > CELL_CHARACTERS && text.chars().count() > CELL_CHARACTERS)
        .then(|| format!("more than {CELL_CHARACTERS} characters"));
    (text, fault)
}

fn table(
    sheet: Sheet,
    path: &Path,
    header_row: usize,
    sources: &mut Sources,
    problems: &mut Vec<Problem>,
) -> Table {
    let Sheet { name, mut cells, merged, claimed_rows } = sheet;
    cells.sort_by_key(|cell| (cell.row, cell.column));
    // A cell written twice: the last one stands, as in Excel.
    cells.reverse();
    cells.dedup_by_key(|cell| (cell.row, cell.column));
    cells.reverse();
    let (text, ranges) = rendition(&cells);
    let id = sources.add(path, text);
    let span_of = |range: &std::ops::Range<usize>| Span::new(id, range.clone());
    let start = |row: usize| sources.file(id).line_start(row).unwrap_or(0);

    let width = cells
        .iter()
        .filter(|cell| cell.row == header_row)
        .map(|cell| cell.column + 1)
        .max()
        .unwrap_or(0)
        .min(COLUMNS);
    let blank = |row: usize| {
        let span = Span::new(id, start(row)..start(row));
        Cell { text: String::new(), span, fault: None }
    };
    let mut header: Vec<Cell> = (0..width).map(|_| blank(header_row)).collect();
    let mut rows: Vec<Row> = Vec::new();
    let mut stray = None;
    for (found, range) in cells.into_iter().zip(&ranges) {
        let Found { row, column, text, fault } = found;
        let cell = Cell { text, span: span_of(range), fault };
        if row < header_row {
            continue;
        }
        if row == header_row {
            if let Some(place) = header.get_mut(column) {
                *place = Cell { text: header_name(&cell.text), ..cell };
            }
            continue;
        }
        if rows.last().is_none_or(|last| last.number != row) {
            let cells = (0..width).map(|_| blank(row)).collect();
            rows.push(Row { number: row, span: cell.span, cells });
        }
        let Some(last) = rows.last_mut() else { continue };
        last.span = Span { end: cell.span.end, ..last.span };
        match last.cells.get_mut(column) {
            Some(place) => *place = cell,
            None => stray = stray.or(Some((row, column, cell.span))),
        }
    }
    let table = Table { sheet: Some(name), header_row, header, rows };
    if let Some((row, column, span)) = stray {
        let message = table.named(row, Some(column), "this cell is under no header");
        problems.push(Problem::whole(Finding::new(&IMPORT_CELL, message).at(span)));
    }
    if table.header.is_empty() {
        let message = table.named(header_row, None, "there is no header here");
        problems.push(Problem::whole(Finding::new(&IMPORT_SHEET, message).in_file(path)));
    }
    // Formatted rows below a table are common, a few thousand at most. Whoever sent more did not
    // mean to, and what else is in the sheet by accident cannot be told.
    if claimed_rows > (header_row + ROWS) as u64 {
        let sheet = table.sheet.as_deref().unwrap_or_default();
        let held = table.rows.len();
        let message = format!(
            "the sheet {sheet} claims {claimed_rows} rows, of which {held} hold something; a table may have {ROWS}"
        );
        let finding = Finding::new(&FILE_TOO_LARGE, message)
            .in_file(path)
            .help("delete the empty rows under the table, save the file, and import it again");
        problems.push(Problem::whole(finding));
    }
    for region in merged {
        merged_region(&table, region, problems);
    }
    table
}

/// A region of merged cells below the header: nobody can tell which rows its value is for.
fn merged_region(table: &Table, region: Dimensions, problems: &mut Vec<Problem>) {
    let (first_row, first_column) = (region.start.0 as usize + 1, region.start.1 as usize);
    let (last_row, last_column) = (region.end.0 as usize + 1, region.end.1 as usize);
    if last_row < table.header_row || first_column >= table.header.len() {
        return;
    }
    let from = format!("{}{first_row}", column_letters(first_column));
    let to = format!("{}{last_row}", column_letters(last_column.min(COLUMNS)));
    let message = format!("{from} to {to} are merged into one cell");
    let message = table.named(first_row, Some(first_column), &message);
    let finding = Finding::new(&IMPORT_CELL, message)
        .help("unmerge them, and write in each row what it says");
    if first_row <= table.header_row {
        let place = table.header.get(first_column);
        let finding = match place {
            Some(cell) => finding.at(cell.span),
            None => finding,
        };
        problems.push(Problem::whole(finding));
        return;
    }
    let within = |row: &Row| (first_row..=last_row).contains(&row.number);
    for (index, row) in table.rows.iter().enumerate().filter(|(_, row)| within(row)) {
        let span = row.cells.get(first_column).map_or(row.span, |cell| cell.span);
        problems.push(Problem { row: Some(index), finding: finding.clone().at(span) });
    }
}

/// The sheet as a text, and where each cell stands in it. Cells come sorted.
fn rendition(cells: &[Found]) -> (String, Vec<std::ops::Range<usize>>) {
    let mut text = String::new();
    let mut ranges = Vec::with_capacity(cells.len());
    let mut line = 1;
    for cell in cells {
        if cell.row == line {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\t');
            }
        } else {
            text.extend(std::iter::repeat_n('\n', cell.row - line));
            line = cell.row;
        }
        let start = text.len();
        let shown = folded(&cell.text);
        text.push_str(if shown.is_empty() { "(empty)" } else { &shown });
        ranges.push(start..text.len());
    }
    text.push('\n');
    (text, ranges)
}
