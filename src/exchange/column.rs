//! Settles before any row is read which cells each field is made of.

use std::collections::BTreeMap;

use regex::Regex;

use crate::diag::rules::{IMPORT_COLUMN, IMPORT_COLUMN_UNUSED, IMPORT_JOIN, IMPORT_MAPPING};
use crate::diag::{Finding, nearest};
use crate::exchange::dates;
use crate::exchange::kind::{Field, Kind};
use crate::exchange::mapping::{Mapping, Origin, Rule};
use crate::exchange::table::{Problem, Table};
use crate::load::value::folded;
use crate::source::{At, Span};

/// The column that says which record of the file a row is, where records have no ids.
pub const PLACE: &str = "#";

/// The tables that rows are made of.
#[derive(Debug)]
pub struct Tables {
    /// The main table, then those joined to it.
    pub all: Vec<Table>,
    /// Of each joined table, the row for a key; and the key's column in the main table.
    partners: Vec<(usize, BTreeMap<String, usize>, bool)>,
}

/// What a column of the sheet says.
#[derive(Debug, Clone, Copy)]
pub enum Says<'k> {
    /// A field of the record.
    Field(&'k Field),
    /// The id of the record it is a part of.
    Parent,
    /// Its place in the file.
    Place,
}

/// A field and the cells it is made of.
#[derive(Debug)]
pub struct Column<'a> {
    /// What it says.
    pub says: Says<'a>,
    /// Its name.
    pub name: String,
    /// How it is made.
    pub rule: Rule,
    /// Table and column of each cell.
    pub cells: Vec<(usize, usize)>,
    /// `take`, ready for use.
    pub take: Option<Regex>,
}

impl Tables {
    /// The main table with the others joined to it as the mapping says.
    pub fn join(
        main: Table,
        joined: Vec<Table>,
        mapping: Option<&Mapping>,
        problems: &mut Vec<Problem>,
    ) -> Tables {
        let mut tables = Tables { all: vec![main], partners: Vec::new() };
        let joins = mapping.map_or(&[][..], |mapping| &mapping.joins);
        for (join, table) in joins.iter().zip(joined) {
            let here = tables.main().column(&join.on);
            let there = table.column(&join.on);
            for (column, what) in [(here, "the table"), (there, join.file.as_str())] {
                if column.is_none() {
                    let message = format!("{what} has no column \"{}\"", join.on.value);
                    let finding = Finding::new(&IMPORT_COLUMN, message).at(join.on.span);
                    problems.push(Problem::whole(finding));
                }
            }
            let mut rows = BTreeMap::new();
            let keyed = there.into_iter().flat_map(|column| {
                table.rows.iter().enumerate().filter_map(move |(index, row)| {
                    let key = folded(&row.cells.get(column)?.text);
                    (!key.is_empty()).then_some((key, index, column, row))
                })
            });
            for (key, index, column, row) in keyed {
                if rows.contains_key(&key) {
                    let message = format!("there is a row for \"{key}\" already");
                    let finding = table.finding(&IMPORT_JOIN, row, Some(column), &message);
                    problems.push(Problem::whole(finding));
                }
                rows.entry(key).or_insert(index);
            }
            tables.partners.push((here.unwrap_or(usize::MAX), rows, join.optional));
            tables.all.push(table);
        }
        tables
    }

    /// The table that gives the rows.
    pub fn main(&self) -> &Table {
        // `all` starts with the main table and is never emptied.
        &self.all[0]
    }

    /// For each table the row that belongs to row `index` of the main one. A partner that is
    /// missing and may not be is reported.
    pub fn rows_of(&self, index: usize, problems: &mut Vec<Problem>) -> Vec<Option<usize>> {
        let mut rows = vec![Some(index)];
        for (column, partners, optional) in &self.partners {
            let row = self.main().rows.get(index);
            let cell = row.and_then(|row| row.cells.get(*column));
            let key = cell.map(|cell| folded(&cell.text)).unwrap_or_default();
            let partner = partners.get(&key).copied();
            if let (None, false, Some(row)) = (partner, optional, row) {
                let message = format!("no row of the joined file is for \"{key}\"");
                let finding = self.main().finding(&IMPORT_JOIN, row, Some(*column), &message);
                problems.push(Problem { row: Some(index), finding });
            }
            rows.push(partner);
        }
        rows
    }

    /// Table and column of a name.
    fn find(&self, name: &str, mapping: Option<&Mapping>) -> Vec<(usize, usize)> {
        let mut found: Vec<_> =
            self.main().column(name).map(|column| (0, column)).into_iter().collect();
        let joins = mapping.map_or(&[][..], |mapping| &mapping.joins);
        for (index, (join, table)) in joins.iter().zip(self.all.iter().skip(1)).enumerate() {
            if join.columns.iter().any(|column| column.value == name) {
                found.extend(table.column(name).map(|column| (index + 1, column)));
            }
        }
        found
    }
}

/// The columns that make up a record of `kind`. Nothing is made when a problem concerns them all.
pub fn settle<'k>(
    kind: &'k Kind,
    mapping: Option<&Mapping>,
    tables: &Tables,
    problems: &mut Vec<Problem>,
) -> Vec<Column<'k>> {
    let parent = kind.parent_column();
    let says = |name: &str| match name {
        PLACE if !kind.has_id() => Some(Says::Place),
        name if parent.as_deref() == Some(name) => Some(Says::Parent),
        name => kind.field(name).map(Says::Field),
    };
    let main = tables.main();
    let named: Vec<(At<String>, Rule)> = match mapping {
        Some(mapping) => {
            mapping.fields.iter().map(|(name, rule)| (name.clone(), rule.clone())).collect()
        }
        None => main
            .header
            .iter()
            .filter(|cell| says(&cell.text).is_some())
            .map(|cell| {
                let name = At::new(cell.text.clone(), cell.span);
                (name, Rule::column(&cell.text, cell.span))
            })
            .collect(),
    };
    let mut columns = Vec::new();
    for (name, rule) in named {
        let Some(says) = says(&name) else {
            problems.push(Problem::whole(unknown_field(kind, &name)));
            continue;
        };
        let Some(cells) = cells(&rule, mapping, tables, problems) else { continue };
        let take = rule.take.as_ref().and_then(|pattern| compiled(pattern, problems));
        for format in &rule.dates {
            if let Err(why) = dates::check(format) {
                let message = format!("\"{}\" is no format of dates: {why}", format.value);
                let finding = Finding::new(&IMPORT_MAPPING, message).at(format.span);
                problems.push(Problem::whole(finding));
            }
        }
        if let Some(other) = &rule.unless
            && kind.field(other).is_none()
        {
            problems.push(Problem::whole(unknown_field(kind, other)));
        }
        columns.push(Column { says, name: name.value, rule, cells, take });
    }
    let key = if kind.has_id() { "id" } else { PLACE };
    for needed in parent.iter().map(String::as_str).chain([key]) {
        if !columns.iter().any(|column| column.name == needed) {
            let message = format!("no column says which {} a row is: `{needed}`", kind.word());
            let span = main.header.first().map(|cell| cell.span);
            let finding = Finding::new(&IMPORT_COLUMN, main.named(main.header_row, None, &message));
            let finding = near(finding, needed, main.names());
            problems.push(Problem::whole(match span {
                Some(span) => finding.at(span),
                None => finding,
            }));
        }
    }
    report_headers(mapping, tables, &columns, problems);
    columns
}

/// Headers that are there twice, and those that nothing reads.
fn report_headers(
    mapping: Option<&Mapping>,
    tables: &Tables,
    columns: &[Column<'_>],
    problems: &mut Vec<Problem>,
) {
    let main = tables.main();
    let is_used = |index: usize| columns.iter().any(|column| column.cells.contains(&(0, index)));
    let known = |name: &str| {
        mapping.is_some_and(|mapping| {
            mapping.only.iter().any(|(column, _)| column.value == name)
                || mapping.ignore.iter().any(|column| column.value == name)
                || mapping.joins.iter().any(|join| join.on.value == name)
        })
    };
    for (index, cell) in main.header.iter().enumerate() {
        let first = main.column(&cell.text);
        if let Some(fault) = &cell.fault {
            let message = format!("the header is {fault}");
            let message = main.named(main.header_row, Some(index), &message);
            problems.push(Problem::whole(Finding::new(&IMPORT_COLUMN, message).at(cell.span)));
        } else if first != Some(index) && first.is_some_and(is_used) {
            let message = format!("there are two columns \"{}\"", cell.text);
            let message = main.named(main.header_row, Some(index), &message);
            problems.push(Problem::whole(Finding::new(&IMPORT_COLUMN, message).at(cell.span)));
        } else if !is_used(index) && !known(&cell.text) {
            let holds = |row: &crate::exchange::table::Row| {
                row.cells.get(index).is_some_and(|cell| !cell.text.trim().is_empty())
            };
            if cell.text.is_empty() && !main.rows.iter().any(holds) {
                continue;
            }
            let message = match cell.text.is_empty() {
                true => "a column without a name is read into no field".to_owned(),
                false => format!("column \"{}\" is read into no field", cell.text),
            };
            let message = main.named(main.header_row, Some(index), &message);
            let finding = Finding::new(&IMPORT_COLUMN_UNUSED, message).at(cell.span);
            problems.push(Problem::whole(finding));
        }
    }
}

fn unknown_field(kind: &Kind, name: &At<String>) -> Finding {
    let message = match kind.nested.contains(&name.value) {
        true => format!("`{}` of {} does not fit into a cell", name.value, kind.title()),
        false => format!("{} can have no `{}`", kind.title(), name.value),
    };
    let finding = Finding::new(&IMPORT_MAPPING, message).at(name.span);
    near(finding, name, kind.fields.iter().map(|field| field.name.as_str()))
}

fn near<'n>(finding: Finding, name: &str, known: impl Iterator<Item = &'n str>) -> Finding {
    let known: Vec<&str> = known.collect();
    match nearest(name, known.iter().copied()) {
        Some(near) => finding.help(format!("did you mean \"{near}\"?")),
        None => finding.help(format!("there are: {}", known.join(", "))),
    }
}

fn cells(
    rule: &Rule,
    mapping: Option<&Mapping>,
    tables: &Tables,
    problems: &mut Vec<Problem>,
) -> Option<Vec<(usize, usize)>> {
    let span = place(rule);
    let mut cells = Vec::new();
    for name in rule.columns() {
        let found = tables.find(name, mapping);
        let finding = match found.as_slice() {
            [cell] => {
                cells.push(*cell);
                continue;
            }
            [] => {
                let known = tables.all.iter().flat_map(Table::names);
                let message = format!("there is no column \"{name}\"");
                near(Finding::new(&IMPORT_COLUMN, message), name, known)
            }
            _ => {
                let message = format!("a joined file has a column \"{name}\" too");
                Finding::new(&IMPORT_MAPPING, message).help("give one of them another name")
            }
        };
        problems.push(Problem::whole(finding.at(span)));
        return None;
    }
    Some(cells)
}

/// Where a rule says what it reads.
pub fn place(rule: &Rule) -> Span {
    match &rule.origin {
        Origin::Column(at) | Origin::Template(at) | Origin::Constant(at) => at.span,
    }
}

fn compiled(pattern: &At<String>, problems: &mut Vec<Problem>) -> Option<Regex> {
    let fault = match Regex::new(pattern) {
        Ok(regex) if regex.captures_len() > 1 => return Some(regex),
        Ok(_) => "it has no group in brackets to keep".to_owned(),
        Err(error) => folded(&error.to_string()),
    };
    let message = format!("this pattern cannot be used: {fault}");
    problems.push(Problem::whole(Finding::new(&IMPORT_MAPPING, message).at(pattern.span)));
    None
}
