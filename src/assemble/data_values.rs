//! What expressions see of datasets: `data.NAME.COLUMN["first key"]["second key"]`.
//!
//! Values are made when they are asked for: a document quotes few of the many there are.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use minijinja::Error;
use minijinja::value::{Enumerator, Object, Value};

use crate::assemble::moving;
use crate::assemble::value::{Namespace, Quantity, Withheld, Worded};
use crate::document::{Extremes, Figure, Trace};
use crate::plan::dataset::{period_prose, period_start};
use crate::plan::period::on_purpose;
use crate::plan::{Better, DataRow, DataValue, Dataset, PlanDate};

/// The datasets by name, for a document that speaks for `day`.
pub fn all(datasets: &BTreeMap<String, Arc<Dataset>>, day: NaiveDate) -> Value {
    let values = datasets.iter().map(|(name, dataset)| {
        let columns = dataset.own_columns().map(|(column, about)| {
            let (dataset, key) = (dataset.clone(), Vec::new());
            (
                about.id.value.clone(),
                Value::from_object(Keyed { dataset, column, key, day, named: false }),
            )
        });
        (name.clone(), Value::from_object(Table { name: name.clone(), columns: columns.collect() }))
    });
    Value::from_object(Namespace { name: "data", values: values.collect() })
}

/// A dataset's columns by name.
#[derive(Debug)]
struct Table {
    name: String,
    columns: BTreeMap<String, Value>,
}

impl Object for Table {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.columns.get(key.as_str()?).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.columns.keys().map(|k| Value::from(k.clone())).collect())
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// A column's values that start with the same words of the key.
#[derive(Debug)]
struct Keyed {
    dataset: Arc<Dataset>,
    column: usize,
    key: Vec<String>,
    /// The day that the document speaks for.
    day: NaiveDate,
    /// Whether the author named the period in these words, so that a later one is of interest.
    named: bool,
}

impl Object for Keyed {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let said = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
        let (word, named) = match self.word(&said)? {
            Ok(found) => found,
            Err(fault) => return Some(Value::from(fault)),
        };
        let mut words = self.key.clone();
        words.push(word);
        let named = named || self.named;
        if words.len() == self.dataset.key.len() {
            let row = self.dataset.row(&words)?;
            let later = named.then(|| self.dataset.later_than(row, Some(self.day))).flatten();
            return Some(value(&self.dataset, self.column, row, later));
        }
        let (dataset, column, day) = (self.dataset.clone(), self.column, self.day);
        self.dataset
            .has_key(&words)
            .then(|| Value::from_object(Keyed { dataset, column, key: words, day, named }))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.dataset.next_keys(&self.key).into_iter().map(Value::from).collect())
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.dataset.path(self.column, &self.key))
    }
}

impl Keyed {
    /// The word of the key that `said` means, and whether it is a period by its own name; none where
    /// no row has it.
    fn word(&self, said: &str) -> Option<Result<(String, bool), Error>> {
        let dataset = &self.dataset;
        let is_period = dataset.period_place() == Some(self.key.len());
        if let Some(moving) = moving::moving(said) {
            if !is_period {
                return Some(Err(moving::no_period(dataset)));
            }
            let fit = |row: &DataRow| dataset.starts_with(row, &self.key);
            return dataset.moved(moving, Some(self.day), fit).map(|word| Ok((word, false)));
        }
        if !is_period {
            return Some(Ok((said.to_owned(), false)));
        }
        let (said, named) = match on_purpose(said) {
            Some(meant) => (meant, false),
            None => (said, true),
        };
        let word = dataset.period_called(said).map_or_else(|| said.to_owned(), String::clone);
        Some(Ok((word, named)))
    }
}

/// What a name still lacks that leads to no single value yet.
pub fn lacking(value: &Value) -> Option<String> {
    if let Some(table) = value.downcast_object_ref::<Table>() {
        return Some(format!("`data.{}` is a whole dataset: name a column of it", table.name));
    }
    let keyed = value.downcast_object_ref::<Keyed>()?;
    let next = keyed.dataset.columns.get(*keyed.dataset.key.get(keyed.key.len())?)?;
    let path = keyed.dataset.path(keyed.column, &keyed.key);
    Some(format!("`{path}` is many values: say which {} in brackets", *next.id))
}

/// The value of a cell.
fn value(dataset: &Dataset, column: usize, row: &DataRow, later: Option<&DataRow>) -> Value {
    let (Some(about), Some(cell)) = (dataset.columns.get(column), row.cells.get(column)) else {
        return Value::from(());
    };
    let figure = |text: String| {
        let figure = figure(dataset, column, row, text);
        let mut figure = traced(dataset, column, row, figure);
        figure.trace.later = later.map(|later| {
            let period = dataset.period_of(later).map_or_else(String::new, |p| period_prose(&p));
            format!("{} ({period})", shown(dataset, column, later))
        });
        figure
    };
    match &cell.value {
        DataValue::Text(words) => Value::from_object(Worded(figure(words.clone()))),
        DataValue::Absent(why) => {
            Value::from_object(Withheld { why: *why, figure: figure(why.words().to_owned()) })
        }
        DataValue::Number(number) => {
            let words = about.style.as_ref().map(|style| style.words(*number));
            let period = dataset.period_of(row);
            Value::from_object(Quantity {
                number: *number,
                figure: figure(words.unwrap_or_default()),
                at: period.as_ref().and_then(|words| PlanDate::parse(words).ok()),
                style: about.style.clone(),
                since: period.as_ref().and_then(|words| period_start(words)),
            })
        }
    }
}

/// A value as prose prints it, or why there is none.
fn shown(dataset: &Dataset, column: usize, row: &DataRow) -> String {
    let style = dataset.columns.get(column).and_then(|about| about.style.as_ref());
    match (row.number(column), style) {
        (Some(number), Some(style)) => style.words(number),
        _ => row.words(column),
    }
}

/// What a row has in common with those of other periods.
fn series(dataset: &Dataset, column: usize, row: &DataRow) -> Option<String> {
    let place = dataset.period_place()?;
    let mut key = dataset.key_of(row);
    *key.get_mut(place)? = String::new();
    Some(dataset.path(column, &key))
}

/// A value as it is printed, and where it came from.
pub(super) fn figure(dataset: &Dataset, column: usize, row: &DataRow, text: String) -> Figure {
    let style = dataset.columns.get(column).and_then(|about| about.style.as_ref());
    Figure {
        text,
        path: dataset.path(column, &dataset.key_of(row)),
        unit: style.map(|style| style.unit.word().to_owned()),
        at: dataset.period_of(row).map(|words| period_prose(&words)),
        source: Some(dataset.source_of(row)),
        trace: Trace {
            row: Some(dataset.row_name(row)).filter(|row| !row.is_empty()),
            known: dataset.released.as_ref().map(|day| day.prose()),
            cells: row.cells.get(column).map(|cell| cell.span).into_iter().collect(),
            ..Trace::default()
        },
    }
}

/// What a figure of prose knows besides: its name, its number and what it stands among.
fn traced(dataset: &Dataset, column: usize, row: &DataRow, figure: Figure) -> Figure {
    let number = |row: &DataRow| match row.cells.get(column)?.value {
        DataValue::Number(number) => Some(number),
        _ => None,
    };
    let period = dataset.period_of(row);
    let better = dataset.columns.get(column).and_then(|about| about.better());
    let trace = Trace {
        name: Some(dataset.value_name(column, row)),
        number: number(row),
        since: period.as_ref().and_then(|words| period_start(words)),
        more_is_better: better.map(|better| better == Better::Higher),
        among: among(dataset, row, &number),
        over_time: dataset
            .period_column()
            .and_then(|column| extremes(dataset, row, column, &number)),
        series: series(dataset, column, row),
        ..figure.trace
    };
    Figure { trace, ..figure }
}

/// The extremes of the values that differ from a row in one column of the key only.
fn among(
    dataset: &Dataset,
    row: &DataRow,
    number: &impl Fn(&DataRow) -> Option<f64>,
) -> Vec<Extremes> {
    dataset.key.iter().filter_map(|&key| extremes(dataset, row, key, number)).collect()
}

/// The extremes of the values that differ from a row in the column `key` of the key only.
fn extremes(
    dataset: &Dataset,
    row: &DataRow,
    key: usize,
    number: &impl Fn(&DataRow) -> Option<f64>,
) -> Option<Extremes> {
    let same =
        |other: &&DataRow| dataset.key.iter().all(|&c| c == key || row.words(c) == other.words(c));
    let values: Vec<f64> = dataset.rows.iter().filter(same).filter_map(number).collect();
    (values.len() > 1).then(|| Extremes {
        lowest: values.iter().copied().fold(f64::INFINITY, f64::min),
        highest: values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
    })
}
