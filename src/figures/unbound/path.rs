//! Paths into datasets, as expressions have them: `data.timeliness.rate["Riverside"][latest]`.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::plan::period::{Moving, on_purpose};
use crate::plan::{DataRow, Dataset};
use crate::project::Project;

/// A value of a dataset, and how it was asked for.
#[derive(Debug, Clone)]
pub struct Path {
    /// The dataset.
    pub dataset: Arc<Dataset>,
    /// The column's place.
    pub column: usize,
    /// The keys, with what moves as it was written.
    pub keys: Vec<String>,
}

impl Path {
    /// The paths in a text, in order.
    pub fn all(project: &Project, text: &str) -> Vec<Path> {
        let mut out = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find("data") {
            let before = rest.get(..at).and_then(|before| before.chars().next_back());
            let after = rest.get(at + 4..).unwrap_or("");
            let is_name =
                before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'));
            let (steps, left) = steps(after);
            rest = left;
            if !is_name {
                out.extend(Path::of_steps(project, &steps));
            }
        }
        out
    }

    fn of_steps(project: &Project, steps: &[String]) -> Option<Path> {
        let [name, column, keys @ ..] = steps else { return None };
        let dataset = project.datasets.get(name)?;
        let column = dataset.column(column)?;
        let keys: Vec<String> = keys.iter().take(dataset.key.len()).cloned().collect();
        let is_whole = keys.len() == dataset.key.len();
        is_whole.then(|| Path { dataset: dataset.clone(), column, keys })
    }

    /// The row that it leads to.
    pub fn row(&self, day: NaiveDate) -> Option<&DataRow> {
        let place = self.dataset.period_place();
        let mut keys: Vec<String> = Vec::new();
        for (n, said) in self.keys.iter().enumerate() {
            let key = match (Some(n) == place, Moving::parse(said)) {
                (true, Some(moving)) => {
                    let fits = |row: &DataRow| self.dataset.starts_with(row, &keys);
                    self.dataset.moved(moving, Some(day), fits)?
                }
                (true, None) => {
                    let said = on_purpose(said).unwrap_or(said);
                    self.dataset.period_called(said)?.clone()
                }
                _ => said.clone(),
            };
            keys.push(key);
        }
        self.dataset.row(&keys)
    }

    /// As an expression.
    pub fn written(&self) -> String {
        let place = self.dataset.period_place();
        let mut out = self.dataset.path(self.column, &[]);
        for (n, key) in self.keys.iter().enumerate() {
            match Moving::parse(key) {
                Some(_) if Some(n) == place => out.push_str(&format!("[{key}]")),
                _ => out.push_str(&format!("[\"{key}\"]")),
            }
        }
        out
    }

    /// The same with another word in the place of the period.
    pub fn at(&self, period: &str) -> Option<Path> {
        let place = self.dataset.period_place()?;
        let mut path = self.clone();
        *path.keys.get_mut(place)? = period.to_owned();
        Some(path)
    }

    /// Its number.
    pub fn number(&self, day: NaiveDate) -> Option<f64> {
        self.row(day)?.number(self.column)
    }

    /// What it prints.
    pub fn shown(&self, day: NaiveDate) -> String {
        let style = self.dataset.columns.get(self.column).and_then(|about| about.style.clone());
        match (self.number(day), style) {
            (Some(number), Some(style)) => style.words(number),
            (Some(number), None) => number.to_string(),
            _ => String::new(),
        }
    }

    /// What it is, in words.
    pub fn name(&self, day: NaiveDate) -> String {
        self.row(day).map_or_else(
            || self.dataset.title.value.clone(),
            |row| self.dataset.value_name(self.column, row),
        )
    }
}

/// The steps of a path, and what follows it: `.name`, `["key"]`, `[latest]`, `["one", latest]`.
fn steps(text: &str) -> (Vec<String>, &str) {
    let mut out = Vec::new();
    let mut rest = text;
    loop {
        if let Some(after) = rest.strip_prefix('.') {
            let end = after.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(after.len());
            let (name, left) = after.split_at(end);
            if name.is_empty() {
                return (out, rest);
            }
            out.push(name.to_owned());
            rest = left;
        } else if let Some(after) = rest.strip_prefix('[') {
            let Some(end) = closing(after) else { return (out, rest) };
            let inner = after.get(..end).unwrap_or("");
            for key in inner.split(',').map(str::trim) {
                out.push(key.trim_matches(['"', '\'']).to_owned());
            }
            rest = after.get(end + 1..).unwrap_or("");
        } else {
            return (out, rest);
        }
    }
}

/// The bracket that closes, outside quotes.
fn closing(text: &str) -> Option<usize> {
    let mut quote = None;
    text.char_indices().find_map(|(at, c)| {
        match quote {
            Some(q) if q == c => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c == ']' => return Some(at),
            None => {}
        }
        None
    })
}
