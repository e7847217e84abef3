//! Reads CSV into a table, each cell with its bytes in the file.
//!
//! The csv crate reads values; it neither says where a field stands nor minds a quote that is
//! never closed, so [`fields`] goes over the same bytes for that.

use std::ops::Range;

use crate::diag::Finding;
use crate::diag::rules::{FILE_TOO_LARGE, IMPORT_CSV};
use crate::exchange::table::{CELLS, COLUMNS, Cell, Problem, ROWS, Row, Table, header_name};
use crate::source::{FileId, Sources, Span};

/// Reads the file `id` of `sources`, whose header stands in line `header_row`.
pub fn read(
    sources: &Sources,
    id: FileId,
    header_row: usize,
    problems: &mut Vec<Problem>,
) -> Option<Table> {
    let text = &sources.file(id).text;
    let start = sources.file(id).line_start(header_row).unwrap_or(text.len());
    let body = text.get(start..).unwrap_or("");
    let mut reader =
        ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(body.as_bytes());
    let mut record = ::csv::StringRecord::new();
    let mut table: Option<Table> = None;
    let mut at = start;
    let mut cells = 0;
    // Reading from memory, of text that is UTF-8, can't fail.
    while matches!(reader.read_record(&mut record), Ok(true)) {
        let Fields { ranges, end, fault } = fields(text, at);
        at = end;
        let whole = ranges.first().map_or(at, |range| range.start)
            ..ranges.last().map_or(at, |range| range.end);
        let span = Span::new(id, whole);
        if let Some((offset, what)) = fault {
            let finding = Finding::new(&IMPORT_CSV, what).at(Span::new(id, offset..offset + 1));
            problems.push(Problem::whole(finding));
            return table;
        }
        cells += ranges.len();
        if ranges.len() > COLUMNS || cells > CELLS {
            let message = format!("a table may have {COLUMNS} columns and {CELLS} cells");
            let finding = Finding::new(&FILE_TOO_LARGE, message).at(span);
            problems.push(Problem::whole(finding));
            return table;
        }
        let mut read: Vec<Cell> = record
            .iter()
            .zip(&ranges)
            .map(|(text, range)| Cell {
                text: text.to_owned(),
                span: Span::new(id, range.clone()),
                fault: None,
            })
            .collect();
        let Some(table) = &mut table else {
            for cell in &mut read {
                cell.text = header_name(&cell.text);
            }
            table = Some(Table { sheet: None, header_row, header: read, rows: Vec::new() });
            continue;
        };
        if read.iter().all(|cell| cell.text.trim().is_empty()) {
            continue;
        }
        let (have, want) = (read.len(), table.header.len());
        let is_spare = |cells: &[Cell]| cells.iter().all(|cell| cell.text.trim().is_empty());
        if have < want || !read.get(want..).is_none_or(is_spare) {
            let message = format!("this row has {have} cells, and the header {want}");
            let finding = Finding::new(&IMPORT_CSV, message).at(span);
            problems.push(Problem { row: Some(table.rows.len()), finding });
            let blank = Cell { text: String::new(), span, fault: None };
            read.resize(want, blank);
        }
        read.truncate(want);
        let number = sources.position(span).line;
        table.rows.push(Row { number, span, cells: read });
        if table.rows.len() > ROWS {
            let message = format!("a table may have {ROWS} rows");
            let finding = Finding::new(&FILE_TOO_LARGE, message).at(span);
            problems.push(Problem::whole(finding));
            break;
        }
    }
    if table.is_none() {
        let finding = Finding::new(&IMPORT_CSV, format!("there is no header in line {header_row}"));
        problems.push(Problem::whole(finding.at(Span::new(id, at..at))));
    }
    table
}

/// Where the fields of one record stand.
struct Fields {
    ranges: Vec<Range<usize>>,
    /// Where the next record may start.
    end: usize,
    /// A quote that spoils the record: where, and why.
    fault: Option<(usize, &'static str)>,
}

/// The fields of the record that starts at or after byte `at`.
fn fields(text: &str, at: usize) -> Fields {
    let bytes = text.as_bytes();
    let mut at = at;
    // The csv crate passes over empty lines.
    while bytes.get(at) == Some(&b'\n') {
        at += 1;
    }
    let mut ranges = Vec::new();
    let mut fault = None;
    loop {
        let start = at;
        if bytes.get(at) == Some(&b'"') {
            at = past_quotes(bytes, at + 1).unwrap_or_else(|| {
                fault = fault.or(Some((start, "this quote is never closed")));
                bytes.len()
            });
            let stray = bytes.get(at).is_some_and(|&byte| byte != b',' && byte != b'\n');
            if stray {
                fault = fault.or(Some((at, "words follow a closing quote; quotes stand doubled")));
            }
        }
        while bytes.get(at).is_some_and(|&byte| byte != b',' && byte != b'\n') {
            at += 1;
        }
        ranges.push(start..at);
        match bytes.get(at) {
            Some(b',') => at += 1,
            Some(_) => return Fields { ranges, end: at + 1, fault },
            None => return Fields { ranges, end: at, fault },
        }
    }
}

/// The byte after the quote that closes what `at` is inside of.
fn past_quotes(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == b'"')? + 1;
        if bytes.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (Option<Table>, Vec<Problem>, Sources) {
        let mut sources = Sources::default();
        let id = sources.add("a.csv", text);
        let mut problems = Vec::new();
        let table = read(&sources, id, 1, &mut problems);
        (table, problems, sources)
    }

    #[test]
    fn every_cell_has_its_place_through_quotes_and_blank_lines() {
        let (table, problems, sources) =
            read_text("id,title\n\nR1,\"one, \"\"two\"\"\nthree\"\n,\nR2,x\n");
        assert!(problems.is_empty(), "{problems:?}");
        let table = table.unwrap();
        let cells: Vec<(&str, &str, usize)> = table
            .rows
            .iter()
            .map(|row| &row.cells[1])
            .map(|cell| (&*cell.text, sources.text(cell.span), sources.position(cell.span).column))
            .collect();
        let quoted = "\"one, \"\"two\"\"\nthree\"";
        assert_eq!(cells, [("one, \"two\"\nthree", quoted, 4), ("x", "x", 4)]);
        assert_eq!(table.rows[1].number, 6);
    }

    #[test]
    fn an_unclosed_quote_is_found_where_it_opens() {
        let (table, problems, sources) = read_text("id,title\nR1,x\nR2,\"open\nR3,y\n");
        assert_eq!(table.unwrap().rows.len(), 1);
        let location = problems[0].finding.location(&sources);
        assert_eq!((location.1, location.2, problems.len()), (3, 4, 1));
    }

    #[test]
    fn rows_that_are_too_short_or_too_long_are_problems_of_their_own() {
        let (table, problems, _) = read_text("a,b\n1\n1,2,,\n1,2,3\n");
        assert_eq!(table.unwrap().rows.len(), 3);
        assert_eq!(problems.iter().map(|p| p.row).collect::<Vec<_>>(), [Some(0), Some(2)]);
    }

    #[test]
    fn an_empty_file_has_no_header() {
        let (table, problems, _) = read_text("");
        assert!(table.is_none());
        assert_eq!(problems.len(), 1);
    }
}
