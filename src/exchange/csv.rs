//! Reads CSV into a table, each cell with its bytes in the file.

use crate::diag::Finding;
use crate::diag::rules::{FILE_TOO_LARGE, IMPORT_CSV};
use crate::exchange::table::{CELLS, COLUMNS, Cell, Problem, ROWS, Row, Table, header_name};
use crate::load::csv::CsvRows;
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
    let mut table: Option<Table> = None;
    let mut at = start;
    let mut cells = 0;
    for row in CsvRows::new(text, start) {
        at = row.range.end;
        let span = Span::new(id, row.range);
        if let Some((offset, what)) = row.fault {
            let finding = Finding::new(&IMPORT_CSV, what).at(Span::new(id, offset..offset + 1));
            problems.push(Problem::whole(finding));
            return table;
        }
        cells += row.cells.len();
        if row.cells.len() > COLUMNS || cells > CELLS {
            let message = format!("a table may have {COLUMNS} columns and {CELLS} cells");
            let finding = Finding::new(&FILE_TOO_LARGE, message).at(span);
            problems.push(Problem::whole(finding));
            return table;
        }
        let mut read: Vec<Cell> = row
            .cells
            .into_iter()
            .map(|(text, range)| Cell { text, span: Span::new(id, range), fault: None })
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
