//! Rows of a table into records, field by field.

use std::collections::BTreeMap;

use toml_edit::Value;

use crate::diag::rules::{ID_DUPLICATE, IMPORT_CELL, IMPORT_WORD, KEY_MISSING, VALUE_TYPE};
use crate::diag::{Finding, Rule as DiagRule, nearest};
use crate::exchange::column::{Column, Says, Tables};
use crate::exchange::dates;
use crate::exchange::kind::{Form, Kind};
use crate::exchange::mapping::{Mapping, Origin};
use crate::exchange::table::Problem;
use crate::exchange::toml_value;
use crate::load::value::folded;

/// Which record a row is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Address {
    /// The one with this id.
    Id(String),
    /// The one at this place, from 1; a new one when there is none.
    Place(Option<usize>),
}

/// A record as its row says it.
#[derive(Debug)]
pub struct Incoming {
    /// Index of its row in the main table.
    pub row: usize,
    /// The record it is a part of.
    pub parent: Option<String>,
    /// Which one it is.
    pub address: Address,
    /// Its fields, in the mapping's order or else the kind's; one no column is for is not here.
    pub given: Vec<Given>,
}

/// A field as its cells say it.
#[derive(Debug)]
pub struct Given {
    /// The field's name.
    pub field: String,
    /// Its value; none when the cells are empty.
    pub value: Option<Value>,
    /// Table, row and column of its first cell; none for a constant.
    pub cell: Option<(usize, usize, usize)>,
    /// The formats of dates that were tried, for a help.
    pub formats: Vec<String>,
}

/// What one column says for one row, before it is a value.
struct Said {
    /// The entries; one at most unless the field takes many.
    words: Vec<String>,
    cell: Option<(usize, usize, usize)>,
}

/// The records that the rows say. Rows that can't be read are problems, and not among them.
pub fn records(
    kind: &Kind,
    mapping: Option<&Mapping>,
    tables: &Tables,
    columns: &[Column<'_>],
    problems: &mut Vec<Problem>,
) -> Vec<Incoming> {
    let main = tables.main();
    let only: Vec<(Option<usize>, &Vec<String>)> = mapping
        .iter()
        .flat_map(|mapping| &mapping.only)
        .map(|(column, words)| (main.column(column), words))
        .collect();
    let mut written = Written::default();
    let mut firsts: BTreeMap<(Option<String>, Address), usize> = BTreeMap::new();
    let mut records = Vec::new();
    for (index, row) in main.rows.iter().enumerate() {
        let is_wanted = only.iter().all(|(column, words)| {
            let cell = column.and_then(|column| row.cells.get(column));
            cell.is_some_and(|cell| words.contains(&folded(&cell.text)))
        });
        if !is_wanted {
            continue;
        }
        let before = problems.len();
        let rows = tables.rows_of(index, problems);
        let is_mapped = mapping.is_some();
        let mut reader = RowReader { tables, index, rows: &rows, is_mapped, problems };
        let mut said: Vec<Said> =
            columns.iter().map(|column| reader.said(column, &mut written)).collect();
        leave_out_repetitions(columns, &mut said);
        let Some(record) = reader.record(kind, columns, said) else { continue };
        let key = (record.parent.clone(), record.address.clone());
        if record.address != Address::Place(None) {
            if let Some(&first) = firsts.get(&key) {
                let name = kind.word();
                let message = format!("a row before this is {name} {} too", shown(&record.address));
                let cell = record.given.iter().find(|given| given.field == "id");
                let column = cell.and_then(|given| given.cell).map(|(_, _, column)| column);
                let finding = main.finding(&ID_DUPLICATE, row, column, &message);
                let finding = match main.rows.get(first) {
                    Some(first) => finding.note(format!("first in row {}", first.number)),
                    None => finding,
                };
                problems.push(Problem { row: Some(index), finding });
            } else {
                firsts.insert(key, index);
            }
        }
        if problems.len() == before {
            records.push(record);
        }
    }
    records
}

/// An address as messages name it.
pub fn shown(address: &Address) -> String {
    match address {
        Address::Id(id) => format!("\"{id}\""),
        Address::Place(Some(place)) => format!("number {place}"),
        Address::Place(None) => "without a place".to_owned(),
    }
}

/// How often each column wrote each value, for those that write it another way the second time.
#[derive(Default)]
struct Written(BTreeMap<(String, String), usize>);

/// Takes out what says the same as the field named by `unless`.
fn leave_out_repetitions(columns: &[Column<'_>], said: &mut [Said]) {
    for (index, column) in columns.iter().enumerate() {
        let Some(other) = &column.rule.unless else { continue };
        let other = columns.iter().position(|column| column.name == other.value);
        let same = other.and_then(|other| said.get(other)).map(|said| said.words.clone());
        if let Some(said) = said.get_mut(index)
            && same.as_ref() == Some(&said.words)
        {
            said.words.clear();
        }
    }
}

struct RowReader<'a> {
    tables: &'a Tables,
    index: usize,
    rows: &'a [Option<usize>],
    is_mapped: bool,
    problems: &'a mut Vec<Problem>,
}

impl RowReader<'_> {
    fn report(&mut self, cell: Option<(usize, usize, usize)>, finding: impl FnOnce() -> Finding) {
        let mut finding = finding();
        if let Some(placed) = cell.and_then(|cell| placed(self.tables, cell, &finding)) {
            finding = placed;
        } else if let Some(row) = self.tables.main().rows.get(self.index) {
            finding = finding.at(row.span);
        }
        self.problems.push(Problem { row: Some(self.index), finding });
    }

    /// The text of a cell and where it stands; nothing where a joined table has no row.
    fn cell(&mut self, table: usize, column: usize) -> Option<(String, (usize, usize, usize))> {
        let row = self.rows.get(table).copied().flatten()?;
        let tables = self.tables;
        let cell = tables.all.get(table)?.rows.get(row)?.cells.get(column)?;
        let at = (table, row, column);
        if let Some(fault) = &cell.fault {
            self.report(Some(at), || Finding::new(&IMPORT_CELL, format!("this cell is {fault}")));
            return None;
        }
        Some((cell.text.clone(), at))
    }

    fn said(&mut self, column: &Column<'_>, written: &mut Written) -> Said {
        let cells: Vec<_> =
            column.cells.iter().map(|&(table, column)| self.cell(table, column)).collect();
        let cell = cells.iter().flatten().next().map(|(_, at)| *at);
        let whole = match &column.rule.origin {
            Origin::Constant(words) => words.value.clone(),
            Origin::Column(_) => {
                cells.into_iter().flatten().next().map(|(text, _)| text).unwrap_or_default()
            }
            Origin::Template(template) => {
                let mut words = template.value.clone();
                let mut is_empty = true;
                for (name, cell) in column.rule.columns().into_iter().zip(cells) {
                    let text = cell.map(|(text, _)| folded(&text)).unwrap_or_default();
                    is_empty &= text.is_empty();
                    words = words.replace(&format!("{{{name}}}"), &text);
                }
                if is_empty { String::new() } else { words }
            }
        };
        let mut words = Vec::new();
        for entry in entries(column, &whole) {
            words.extend(self.entry(column, entry, cell));
        }
        if let (Some(again), [value]) = (&column.rule.repeated, words.as_mut_slice()) {
            let count = written.0.entry((column.name.clone(), value.clone())).or_insert(0);
            *count += 1;
            if *count > 1 {
                *value = again.replace("{value}", value).replace("{n}", &count.to_string());
            }
        }
        Said { words, cell }
    }

    /// One entry as its rule makes it; nothing when it is empty or was reported.
    fn entry(
        &mut self,
        column: &Column<'_>,
        entry: &str,
        cell: Option<(usize, usize, usize)>,
    ) -> Option<String> {
        let rule = &column.rule;
        let mut words = folded(entry);
        if words.is_empty() || rule.empty.iter().any(|empty| words.eq_ignore_ascii_case(empty)) {
            return None;
        }
        if let Some(unit) = &rule.trim {
            words = words.strip_suffix(unit.as_str()).unwrap_or(&words).trim().to_owned();
        }
        if let Some(pattern) = &column.take {
            let kept = pattern.captures(&words).and_then(|found| Some(found.get(1)?.as_str()));
            match kept.map(str::to_owned) {
                Some(kept) => words = kept,
                None if rule.lenient => return None,
                None => {
                    let message =
                        format!("\"{words}\" is not as the mapping says for `{}`", column.name);
                    let finding = || Finding::new(&IMPORT_WORD, message);
                    self.report(cell, || finding().note(format!("the pattern is {pattern}")));
                    return None;
                }
            }
        }
        if let Some(values) = &rule.values {
            match values.iter().find(|(word, _)| *word == words) {
                Some((_, value)) => words = value.clone(),
                None if rule.lenient => return None,
                None => {
                    let message =
                        format!("the mapping has no value of `{}` for \"{words}\"", column.name);
                    let near = nearest(&words, values.iter().map(|(word, _)| word.as_str()));
                    let finding = Finding::new(&IMPORT_WORD, message);
                    self.report(cell, || match near {
                        Some(near) => finding.help(format!("did you mean \"{near}\"?")),
                        None => finding,
                    });
                    return None;
                }
            }
        }
        let is_date =
            matches!(column.says, Says::Field(field) if matches!(field.form, Form::Date(_)));
        let formats: Vec<String> = rule.dates.iter().map(|format| format.value.clone()).collect();
        if is_date && !(formats.is_empty() && rule.open.is_empty()) {
            words = dates::read(&words, &formats, &rule.open).unwrap_or(words);
        }
        (!words.is_empty()).then_some(words)
    }

    /// The record that the row says; none when it can't be told which one that is.
    fn record(&mut self, kind: &Kind, columns: &[Column<'_>], said: Vec<Said>) -> Option<Incoming> {
        let (mut parent, mut place, mut id) = (None, None, None);
        let mut given = Vec::new();
        for (column, said) in columns.iter().zip(said) {
            let first = said.words.first().cloned();
            match column.says {
                Says::Parent => parent = first,
                Says::Place => {
                    let number = first.as_ref().map(|words| words.parse::<usize>());
                    match number {
                        None => place = None,
                        Some(Ok(number)) if number > 0 => place = Some(number),
                        Some(_) => {
                            let message = "a record's place is a whole number from 1; leave it empty for a new one";
                            self.report(said.cell, || Finding::new(&VALUE_TYPE, message));
                            return None;
                        }
                    }
                }
                Says::Field(field) => {
                    if field.name == "id" {
                        id = first;
                    }
                    let mut values: Vec<Value> = said
                        .words
                        .iter()
                        .map(|words| toml_value::value(words, &field.form))
                        .collect();
                    let value = match field.many {
                        true => (!values.is_empty()).then(|| toml_value::list(values)),
                        false => values.pop(),
                    };
                    let formats = column.rule.dates.iter().map(|format| format.value.clone());
                    given.push(Given {
                        field: field.name.clone(),
                        value,
                        cell: said.cell,
                        formats: formats.collect(),
                    });
                }
            }
        }
        let missing: &'static DiagRule = &KEY_MISSING;
        if kind.part.is_some() && parent.is_none() {
            let message = format!("this row does not say which {} it belongs to", kind.name);
            self.report(None, || Finding::new(missing, message));
            return None;
        }
        let address = match (kind.has_id(), id) {
            (true, Some(id)) => Address::Id(id),
            (true, None) => {
                let message = format!("this row has no id, so it is no {}", kind.word());
                self.report(None, || Finding::new(missing, message));
                return None;
            }
            (false, _) => Address::Place(place),
        };
        if !self.is_mapped {
            let order = |field: &str| kind.fields.iter().position(|known| known.name == field);
            given.sort_by_key(|given| order(&given.field));
        }
        Some(Incoming { row: self.index, parent, address, given })
    }
}

/// The entries of what a cell says.
fn entries<'w>(column: &Column<'_>, whole: &'w str) -> Vec<&'w str> {
    let Says::Field(field) = column.says else { return vec![whole] };
    if !field.many {
        return vec![whole];
    }
    if let Some(split) = &column.rule.split {
        return whole.split(split.as_str()).collect();
    }
    let lines = whole.split('\n');
    match field.form {
        Form::Text | Form::Date(_) => lines.collect(),
        // No id holds a space, so these part ids and never cut one.
        _ => lines.flat_map(|line| line.split("; ")).flat_map(|line| line.split(", ")).collect(),
    }
}

/// `finding` said of a cell: at its place, by its name.
pub fn placed(
    tables: &Tables,
    (table, row, column): (usize, usize, usize),
    finding: &Finding,
) -> Option<Finding> {
    let table = tables.all.get(table)?;
    let at = table.finding(finding.rule, table.rows.get(row)?, Some(column), &finding.message);
    let mut notes = at.notes.clone();
    notes.extend(finding.notes.iter().cloned());
    Some(Finding {
        severity: finding.severity,
        label: finding.label.clone(),
        help: finding.help.clone(),
        notes,
        ..at
    })
}
