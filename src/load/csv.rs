//! Reads CSV row by row, each cell with its bytes in the file.
//!
//! The csv crate reads values; it neither says where a field stands nor minds a quote that is
//! never closed, so [`fields`] goes over the same bytes for that.

use std::ops::Range;

/// One row of a CSV file.
#[derive(Debug)]
pub struct CsvRow {
    /// Its cells: what each says, and its bytes in the file.
    pub cells: Vec<(String, Range<usize>)>,
    /// Its own bytes.
    pub range: Range<usize>,
    /// A quote that spoils it: where, and why. What follows cannot be trusted.
    pub fault: Option<(usize, &'static str)>,
}

/// The rows of CSV text, from a byte on. Empty lines are passed over.
pub struct CsvRows<'t> {
    text: &'t str,
    at: usize,
    reader: ::csv::Reader<&'t [u8]>,
}

impl<'t> CsvRows<'t> {
    /// Of `text` from byte `start` on.
    pub fn new(text: &'t str, start: usize) -> Self {
        let body = text.get(start..).unwrap_or("");
        let mut builder = ::csv::ReaderBuilder::new();
        let reader = builder.has_headers(false).flexible(true).from_reader(body.as_bytes());
        CsvRows { text, at: start, reader }
    }
}

impl Iterator for CsvRows<'_> {
    type Item = CsvRow;

    fn next(&mut self) -> Option<CsvRow> {
        let mut record = ::csv::StringRecord::new();
        // Reading from memory, of text that is UTF-8, can't fail.
        if !matches!(self.reader.read_record(&mut record), Ok(true)) {
            return None;
        }
        let Fields { ranges, end, fault } = fields(self.text, self.at);
        self.at = end;
        let start = ranges.first().map_or(end, |range| range.start);
        let range = start..ranges.last().map_or(end, |range| range.end);
        let cells = record.iter().map(str::to_owned).zip(ranges).collect();
        Some(CsvRow { cells, range, fault })
    }
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
