//! Reads `content/data/`: each dataset's declaration (`NAME.toml`) and its rows (`NAME.csv`).

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::diag::rules::{
    DATA_COLUMN, DATA_KEY, DATA_ROW, DATA_VALUE, FILE_MISSING, FILE_TOO_LARGE, VALUE_TYPE,
};
use crate::diag::{Finding, Findings, nearest, slashed};
use crate::load::csv::{CsvRow, CsvRows};
use crate::load::files::Folder;
use crate::load::record::{FromTable, Record};
use crate::load::value::{Choice, DayOrMonth, Id, Named, Number, OneOf, Text, Whole, folded};
use crate::load::{files_with, has_ending, read_toml};
use crate::plan::dataset::{ColumnKind, Identity};
use crate::plan::{
    Absence, Better, DataColumn, DataRow, DataValue, Dataset, PlanDate, Style, Unit,
};
use crate::source::{At, FileId, Span};

const FOLDER: &str = "content/data";
/// Most rows of a dataset.
const ROWS: usize = 5_000;
/// Most columns of a dataset.
const COLUMNS: usize = 200;

/// Every dataset of the project, by name.
pub fn read(folder: &mut Folder) -> BTreeMap<String, Arc<Dataset>> {
    let paths = files_with(folder, FOLDER, &["toml", "csv"]);
    let mut datasets = BTreeMap::new();
    for path in &paths {
        let is_csv = has_ending(path, &["csv"]);
        let other = path.with_extension(if is_csv { "toml" } else { "csv" });
        if !paths.contains(&other) {
            let what = if is_csv { "is declared by" } else { "has its rows in" };
            let message =
                format!("{} {what} {}, which is not there", slashed(path), slashed(&other));
            folder.findings.push(Finding::new(&FILE_MISSING, message).in_file(path));
        } else if !is_csv {
            let below = path.strip_prefix(FOLDER).unwrap_or(path).with_extension("");
            let name = slashed(&below);
            if let Some(dataset) = read_dataset(folder, &name, path, &other) {
                datasets.insert(name, Arc::new(dataset));
            }
        }
    }
    datasets
}

fn read_dataset(folder: &mut Folder, name: &str, toml: &Path, csv: &Path) -> Option<Dataset> {
    let (declared, _) = read_toml::<DatasetFile>(folder, toml)?;
    let file = folder.text(csv)?;
    let mut dataset = declared.dataset(name, &mut folder.findings);
    let text = folder.sources.file(file).text.clone();
    read_rows(&mut dataset, file, &text, &mut folder.findings);
    for (row, first) in dataset.index() {
        let message = format!("another row has the key {} already", dataset.row_name(&row));
        let finding = Finding::new(&DATA_KEY, message).at(row.span);
        folder.findings.push(finding.related(first, "first here"));
    }
    Some(dataset)
}

/// `content/data/NAME.toml` as written.
#[derive(Debug)]
pub struct DatasetFile {
    title: At<String>,
    source: At<String>,
    publisher: Option<At<String>>,
    released: Option<At<PlanDate>>,
    licence: Option<At<String>>,
    note: Option<At<String>>,
    key: Vec<At<String>>,
    columns: Vec<(At<String>, ColumnFile)>,
    identities: Vec<Identity>,
}

impl FromTable for DatasetFile {
    const WHAT: &'static str = "";
    const DOC: &'static str =
        "A published table whose rows stand in the CSV file of the same name.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let title = r.need::<Text>("title", "what the table is called");
        let source = r.need::<Text>("source", "where it was published");
        let publisher = r.get::<Text>("publisher", "who published it");
        let released = r.get::<DayOrMonth>("released", "when it was published");
        let licence = r.get::<Text>("licence", "the licence it may be used under");
        let note = r.get::<Text>("note", "a remark, printed under tables of it");
        let key = r.need_list::<Id>("key", "the columns that name a row, in order");
        let columns = r.need::<Named<ColumnFile>>("column", "each column of the CSV file, by name");
        let identities = r.records("identity", "What must hold between the values.");
        let columns = columns.map_or_else(Vec::new, |columns| columns.value);
        Some(DatasetFile {
            title: title?,
            source: source?,
            publisher,
            released,
            licence,
            note,
            key,
            columns: columns.into_iter().map(|(id, column)| (id, column.value)).collect(),
            identities,
        })
    }
}

/// `[column.NAME]`.
#[derive(Debug)]
struct ColumnFile {
    name: At<String>,
    also: Vec<At<String>>,
    kind: ColumnKind,
    style: Option<Style>,
}

impl Choice for ColumnKind {
    const WHAT: &'static str = "kind of column";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("text", ColumnKind::Text),
        ("period", ColumnKind::Period),
        ("source", ColumnKind::Source),
        ("label", ColumnKind::Label),
        ("known", ColumnKind::Known),
    ];
}

impl FromTable for ColumnFile {
    const WHAT: &'static str = "column";
    const DOC: &'static str = "A column: of numbers when it has a unit, of words when it has none.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let name = r.need::<Text>("name", "what it is called in documents");
        let also =
            r.list::<Text>("also", "what prose calls it too, for the check of typed figures");
        let kind = r.get::<OneOf<ColumnKind>>(
            "kind",
            "text when absent; the time a row is of; where a row comes from; what its values are in words; from which day it was known",
        );
        let unit = r.get::<OneOf<Unit>>("unit", "what its numbers count");
        let of = r.get::<Text>("of", "what is counted, after the number: \"pupils\"");
        let decimals = r.get::<Whole<6>>("decimals", "decimals to print; as written when absent");
        let better = r.get::<OneOf<Better>>("better", "which way is better: higher or lower");
        let kind = kind.map_or(ColumnKind::Text, |kind| kind.value);
        let unit = unit.filter(|unit| unit.value != Unit::Text);
        if let Some(unit) = unit.as_ref().filter(|_| kind != ColumnKind::Text) {
            let message =
                "a column of periods, sources, labels or days holds no numbers, and has no unit";
            r.context().report(Finding::new(&VALUE_TYPE, message).at(unit.span));
        }
        let style = unit.filter(|_| kind == ColumnKind::Text).map(|unit| Style {
            unit: unit.value,
            of: of.map(|of| of.value),
            decimals: decimals.and_then(|decimals| u8::try_from(decimals.value).ok()),
            better: better.map(|better| better.value),
        });
        Some(ColumnFile { name: name?, also, kind, style })
    }
}

impl FromTable for Identity {
    const WHAT: &'static str = "identity";
    const DOC: &'static str =
        "What must hold between values of a row, or of rows that belong together.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let name = r.need::<Text>("name", "what it says, in words");
        let holds = r.need::<Text>(
            "holds",
            "the comparison: \"a + b == c\", \"change == this(a) - previous(a)\", \"a == sum(a)\"",
        );
        let within = r.get::<Number>("within", "how far the sides may be apart; 0 when absent");
        let only = r.get::<Text>("where", "the rows it is for, all when absent: \"type=Total\"");
        let within = within.map_or(0.0, |within| within.value);
        Some(Identity { name: name?, holds: holds?, within, only })
    }
}

impl DatasetFile {
    /// The dataset it declares, without rows; a key that is no column is a finding.
    fn dataset(self, name: &str, findings: &mut Findings) -> Dataset {
        let columns: Vec<DataColumn> = self
            .columns
            .into_iter()
            .map(|(id, column)| DataColumn {
                id,
                name: column.name,
                also: column.also,
                kind: column.kind,
                style: column.style,
            })
            .collect();
        let mut key = Vec::new();
        for id in &self.key {
            let place = columns.iter().position(|column| *column.id == **id);
            let fault = match place.and_then(|place| columns.get(place)) {
                None => format!("the key \"{}\" is no [column.…]", **id),
                Some(column) if column.is_number() => {
                    format!("the key \"{}\" is a column of numbers", **id)
                }
                Some(_) if key.contains(&place.unwrap_or_default()) => {
                    format!("\"{}\" stands in the key twice", **id)
                }
                Some(_) => {
                    key.extend(place);
                    continue;
                }
            };
            let finding = Finding::new(&DATA_COLUMN, fault).at(id.span);
            let near = nearest(id, columns.iter().map(|c| c.id.as_str()).filter(|c| *c != **id));
            findings.push(match near.filter(|_| place.is_none()) {
                Some(near) => finding.help(format!("did you mean \"{near}\"?")),
                None => finding,
            });
        }
        let mut dataset = Dataset::new(name.to_owned(), self.title, self.source);
        dataset.publisher = self.publisher;
        dataset.released = self.released;
        dataset.licence = self.licence;
        dataset.note = self.note;
        dataset.key = key;
        dataset.columns = columns;
        dataset.identities = self.identities;
        dataset
    }
}

/// Reads the CSV file's rows into `dataset`.
fn read_rows(dataset: &mut Dataset, file: FileId, text: &str, findings: &mut Findings) {
    let mut rows = CsvRows::new(text, 0);
    let header = rows.next();
    let Some(header) = header.filter(|header| whole(header, file, findings)) else {
        if text.trim().is_empty() {
            let message = "this file has no header that names its columns";
            findings.push(Finding::new(&DATA_COLUMN, message).at(Span::new(file, 0..0)));
        }
        return;
    };
    let Some(places) = header_places(dataset, &header, file, findings) else { return };
    for row in rows {
        if !whole(&row, file, findings) {
            return;
        }
        let span = Span::new(file, row.range.clone());
        if dataset.rows.len() == ROWS {
            let message = format!("a dataset may have {ROWS} rows");
            findings.push(Finding::new(&FILE_TOO_LARGE, message).at(span));
            return;
        }
        if row.cells.len() != places.len() {
            let (have, want) = (row.cells.len(), places.len());
            let message = format!("this row has {have} cells, and the header {want}");
            findings.push(Finding::new(&DATA_ROW, message).at(span));
            continue;
        }
        dataset.rows.extend(data_row(dataset, &row, &places, span, findings));
    }
}

/// Whether a row's quotes hold together.
fn whole(row: &CsvRow, file: FileId, findings: &mut Findings) -> bool {
    if let Some((offset, what)) = row.fault {
        let span = Span::new(file, offset..offset + 1);
        findings.push(Finding::new(&DATA_ROW, what).at(span));
    }
    row.fault.is_none()
}

/// For each cell of the header the place of its column; none when rows could not be read by it.
fn header_places(
    dataset: &Dataset,
    header: &CsvRow,
    file: FileId,
    findings: &mut Findings,
) -> Option<Vec<Option<usize>>> {
    let span = Span::new(file, header.range.clone());
    if header.cells.len() > COLUMNS {
        let message = format!("a dataset may have {COLUMNS} columns");
        findings.push(Finding::new(&FILE_TOO_LARGE, message).at(span));
        return None;
    }
    let mut places: Vec<Option<usize>> = Vec::new();
    for (word, range) in &header.cells {
        let id = folded(word);
        let place = dataset.column(&id);
        let message = match place {
            None => format!("no [column.…] declares the column \"{id}\""),
            Some(_) if places.contains(&place) => format!("there are two columns \"{id}\""),
            Some(_) => {
                places.push(place);
                continue;
            }
        };
        let finding = Finding::new(&DATA_COLUMN, message).at(Span::new(file, range.clone()));
        let near = nearest(&id, dataset.columns.iter().map(|column| column.id.as_str()));
        findings.push(match near.filter(|_| place.is_none()) {
            Some(near) => finding.help(format!("did you mean \"{near}\"?")),
            None => finding,
        });
        places.push(None);
    }
    let missing: Vec<&DataColumn> = dataset
        .columns
        .iter()
        .enumerate()
        .filter(|(place, _)| !places.contains(&Some(*place)))
        .map(|(_, column)| column)
        .collect();
    for column in &missing {
        let message = format!("the header has no column \"{}\"", *column.id);
        let finding = Finding::new(&DATA_COLUMN, message).at(span);
        findings.push(finding.related(column.id.span, "declared here"));
    }
    // Rows without a column would only repeat its fault.
    missing.is_empty().then_some(places)
}

/// A row's values; none when it cannot be named. A value that was reported as faulty is absent.
fn data_row(
    dataset: &Dataset,
    row: &CsvRow,
    places: &[Option<usize>],
    span: Span,
    findings: &mut Findings,
) -> Option<DataRow> {
    let file = span.file;
    let blank = At::new(DataValue::Text(String::new()), span);
    let mut cells = vec![blank; dataset.columns.len()];
    for ((word, range), place) in row.cells.iter().zip(places) {
        let Some((place, column)) = place.and_then(|p| Some((p, dataset.columns.get(p)?))) else {
            continue;
        };
        let at = Span::new(file, range.clone());
        let word = folded(word);
        if dataset.key.contains(&place) && word.is_empty() {
            let message = format!("the key column \"{}\" is empty", *column.id);
            findings.push(Finding::new(&DATA_KEY, message).at(span));
            return None;
        }
        let value = value(column, &word).unwrap_or_else(|finding| {
            findings.push(finding.at(if word.is_empty() { span } else { at }));
            DataValue::Absent(Absence::NotStated)
        });
        if let Some(cell) = cells.get_mut(place) {
            *cell = At::new(value, at);
        }
    }
    Some(DataRow { cells, span })
}

/// What a cell says.
fn value(column: &DataColumn, word: &str) -> Result<DataValue, Box<Finding>> {
    if word.is_empty() {
        let message = format!("\"{}\" is empty in this row", *column.id);
        let finding = Finding::new(&DATA_VALUE, message);
        return Err(Box::new(match column.is_number() {
            true => finding.help("write why there is no number: z, x, c, k, low, u or gap"),
            false => finding,
        }));
    }
    if column.kind == ColumnKind::Known && PlanDate::parse(word).is_err() {
        let message = format!("\"{word}\" is no day from which a row was known");
        let finding = Finding::new(&DATA_VALUE, message);
        return Err(Box::new(finding.help("write it as 2025-03-31")));
    }
    if !column.is_number() {
        return Ok(DataValue::Text(word.to_owned()));
    }
    if let Some((_, absence)) = Absence::SYMBOLS.iter().find(|(symbol, _)| *symbol == word) {
        return Ok(DataValue::Absent(*absence));
    }
    if let Some(number) = plain_number(word) {
        return Ok(DataValue::Number(number));
    }
    let message = format!("\"{word}\" is neither a number nor a symbol");
    let finding = Finding::new(&DATA_VALUE, message);
    let bare: String = word.chars().filter(|c| !matches!(c, ',' | '%' | '£' | ' ' | '+')).collect();
    Err(Box::new(match plain_number(&bare) {
        Some(_) => finding.help(format!("write {bare}; the column's unit says the rest")),
        None => finding.help("a value that is not there is z, x, c, k, low, u or gap"),
    }))
}

/// A number of digits, one point and a minus sign at most.
fn plain_number(word: &str) -> Option<f64> {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let fits = is_number(whole) && is_number(fraction) && word.len() <= 24;
    fits.then(|| word.parse().ok()).flatten()
}
