//! Datasets: published tables as rows of values, each with its place, unit and key.
//!
//! A row is named by its key columns (an area, a period, a group). A value that was not
//! published is kept as the reason why, never as a number.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::plan::figure::{self, Style};
use crate::plan::period::on_purpose;
use crate::plan::{Better, PlanDate, Unit};
use crate::source::{At, Span};

/// A table of published values: `content/data/NAME.toml` and `NAME.csv`.
#[derive(Debug, Clone)]
pub struct Dataset {
    /// The files' stem.
    pub name: String,
    /// What the table is called.
    pub title: At<String>,
    /// Where it was published.
    pub source: At<String>,
    /// Who published it.
    pub publisher: Option<At<String>>,
    /// When it was published.
    pub released: Option<At<PlanDate>>,
    /// The licence it may be used under.
    pub licence: Option<At<String>>,
    /// A remark, printed under tables of it.
    pub note: Option<At<String>>,
    /// The columns that name a row, in the order in which expressions use them: places in `columns`.
    pub key: Vec<usize>,
    /// Its columns, in the order of the declaration.
    pub columns: Vec<DataColumn>,
    /// What must hold.
    pub identities: Vec<Identity>,
    /// Its rows, in the order of the file: of those with the same key the one that was known last.
    pub rows: Vec<DataRow>,
    /// The rows that one known later has taken the place of.
    replaced: Vec<DataRow>,
    /// Rows by their keys.
    by_key: HashMap<Vec<String>, usize>,
    /// The periods of its rows, in order.
    periods: Vec<String>,
}

/// A column of a dataset.
#[derive(Debug, Clone)]
pub struct DataColumn {
    /// Its name in the CSV file's header.
    pub id: At<String>,
    /// What it is called in documents.
    pub name: At<String>,
    /// What prose calls it too.
    pub also: Vec<At<String>>,
    /// What it holds.
    pub kind: ColumnKind,
    /// How its values are written, when they are numbers.
    pub style: Option<Style>,
}

/// What a column that holds no numbers is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words or, with a unit, numbers.
    Text,
    /// The time that the row's values hold for.
    Period,
    /// Where the row's values come from, when that differs from row to row.
    Source,
    /// What the row's values are, in words, where the key is only a short name.
    Label,
    /// The day from which the row was known.
    Known,
}

/// One row.
#[derive(Debug, Clone)]
pub struct DataRow {
    /// A cell for each column, in the order of the columns.
    pub cells: Vec<At<DataValue>>,
    /// The whole row.
    pub span: Span,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum DataValue {
    /// A number.
    Number(f64),
    /// Words.
    Text(String),
    /// No number, and why.
    Absent(Absence),
}

/// Why a cell holds no number, by the symbols of official statistics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// `z`.
    NotApplicable,
    /// `x`.
    NotAvailable,
    /// `c`.
    Confidential,
    /// `k` or `low`.
    Low,
    /// `u`.
    Unreliable,
    /// `gap`: shown as a picture only, so nobody knows the number.
    NotStated,
}

impl Absence {
    /// Each symbol with what it means.
    pub const SYMBOLS: &'static [(&'static str, Absence)] = &[
        ("z", Absence::NotApplicable),
        ("x", Absence::NotAvailable),
        ("c", Absence::Confidential),
        ("k", Absence::Low),
        ("low", Absence::Low),
        ("u", Absence::Unreliable),
        ("gap", Absence::NotStated),
    ];

    /// In words, for documents.
    pub fn words(self) -> &'static str {
        match self {
            Absence::NotApplicable => "not applicable",
            Absence::NotAvailable => "not available",
            Absence::Confidential => "confidential",
            Absence::Low => "rounds to zero",
            Absence::Unreliable => "unreliable",
            Absence::NotStated => "not stated as a number",
        }
    }
}

/// What must hold between the values of a row, or of rows that belong together.
#[derive(Debug, Clone)]
pub struct Identity {
    /// What it says, in words.
    pub name: At<String>,
    /// The comparison.
    pub holds: At<String>,
    /// How far the two sides may be apart.
    pub within: f64,
    /// The rows it is for: all when absent.
    pub only: Option<At<String>>,
}

/// Rows whose cell in one column says one of some words: `area=Riverside|England`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The column's place.
    pub column: usize,
    /// What it may say.
    pub values: Vec<String>,
}

/// Why a `where` cannot be used: the message, the word that is not known, and what would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionFault {
    /// What is wrong.
    pub message: String,
    /// The word that is not known.
    pub word: String,
    /// The words that are.
    pub known: Vec<String>,
    /// Whether the word asks for a period where there is none.
    pub no_period: bool,
}

impl Dataset {
    /// Puts rows that have the same key as one before them aside, and indexes the rest. Where rows have a
    /// day from which they were known, the same key may come again: the one known last counts.
    pub fn index(&mut self) -> Vec<(DataRow, Span)> {
        let mut twice = Vec::new();
        let mut kept: Vec<DataRow> = Vec::new();
        self.by_key.clear();
        let since = self.known_column();
        let known = |row: &DataRow| since.map(|column| known_day(&row.words(column)));
        let mut replaced = Vec::new();
        for row in std::mem::take(&mut self.rows) {
            let key = self.key_of(&row);
            match self.by_key.get(&key).and_then(|&first| kept.get_mut(first)) {
                None => {
                    self.by_key.insert(key, kept.len());
                    kept.push(row);
                }
                Some(first) if known(first) == known(&row) => twice.push((row, first.span)),
                Some(first) if known(first) < known(&row) => {
                    replaced.push(std::mem::replace(first, row));
                }
                Some(_) => replaced.push(row),
            }
        }
        self.rows = kept;
        self.replaced = replaced;
        self.periods = self.period_column().map_or_else(Vec::new, |column| self.words_of(column));
        if self.periods.iter().all(|word| period_start(word).is_some()) {
            self.periods.sort_by_key(|word| period_start(word));
        }
        twice
    }

    /// The dataset as it was known on `day`; none where its rows do not say from when they were known,
    /// or all were.
    pub fn as_known(&self, day: NaiveDate) -> Option<Dataset> {
        let column = self.known_column()?;
        let then = |row: &&DataRow| known_day(&row.words(column)).is_none_or(|from| from <= day);
        if self.replaced.is_empty() && self.rows.iter().all(|row| then(&row)) {
            return None;
        }
        let mut known = self.clone();
        let mut rows: Vec<DataRow> =
            self.rows.iter().chain(&self.replaced).filter(then).cloned().collect();
        rows.sort_by_key(|row| row.span.start);
        known.rows = rows;
        known.index();
        Some(known)
    }

    /// The place of the column that says from when a row was known.
    fn known_column(&self) -> Option<usize> {
        self.columns.iter().position(|column| column.kind == ColumnKind::Known)
    }

    /// The periods of its rows: in the order of time or, where they are no dates, of the file.
    pub fn periods(&self) -> &[String] {
        &self.periods
    }

    /// A dataset without rows.
    pub fn new(name: String, title: At<String>, source: At<String>) -> Self {
        Dataset {
            name,
            title,
            source,
            publisher: None,
            released: None,
            licence: None,
            note: None,
            key: Vec::new(),
            columns: Vec::new(),
            identities: Vec::new(),
            rows: Vec::new(),
            replaced: Vec::new(),
            by_key: HashMap::new(),
            periods: Vec::new(),
        }
    }

    /// The place of the column called `id`.
    pub fn column(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|column| *column.id == id)
    }

    /// The names of the columns that are no key, and more than the day a row was known.
    pub fn own_columns(&self) -> impl Iterator<Item = (usize, &DataColumn)> {
        let is_own = |(index, about): &(usize, &DataColumn)| {
            !self.key.contains(index) && about.kind != ColumnKind::Known
        };
        self.columns.iter().enumerate().filter(is_own)
    }

    /// The words of a row's key, in order.
    pub fn key_of(&self, row: &DataRow) -> Vec<String> {
        self.key.iter().map(|&column| row.words(column)).collect()
    }

    /// The row with this key.
    pub fn row(&self, key: &[String]) -> Option<&DataRow> {
        self.rows.get(*self.by_key.get(key)?)
    }

    /// What the rows say in a column, in the order of the file, each once.
    pub(super) fn words_of(&self, column: usize) -> Vec<String> {
        each_once(self.rows.iter().map(|row| row.words(column)))
    }

    /// What the key may go on with after `before`, in the order of the file, each once.
    pub fn next_keys(&self, before: &[String]) -> Vec<String> {
        let Some(&column) = self.key.get(before.len()) else { return Vec::new() };
        let fits = |row: &&DataRow| {
            self.key.iter().zip(before).all(|(&column, word)| row.words(column) == *word)
        };
        each_once(self.rows.iter().filter(fits).map(|row| row.words(column)))
    }

    /// Whether any row's key starts with `before`.
    pub fn has_key(&self, before: &[String]) -> bool {
        self.rows.iter().any(|row| {
            self.key.iter().zip(before).all(|(&column, word)| row.words(column) == *word)
        })
    }

    /// The place of the column that says what time a row is of.
    pub fn period_column(&self) -> Option<usize> {
        let is_period = |column: &&usize| {
            self.columns.get(**column).is_some_and(|c| c.kind == ColumnKind::Period)
        };
        let in_key = self.key.iter().find(is_period).copied();
        in_key.or_else(|| self.columns.iter().position(|c| c.kind == ColumnKind::Period))
    }

    /// What time a row is of, as the data writes it.
    pub fn period_of(&self, row: &DataRow) -> Option<String> {
        self.period_column().map(|column| row.words(column))
    }

    /// Where a row's values come from.
    pub fn source_of(&self, row: &DataRow) -> String {
        let column = self.columns.iter().position(|c| c.kind == ColumnKind::Source);
        column.map_or_else(|| self.source.value.clone(), |column| row.words(column))
    }

    /// A row's key for people: "Riverside, 2021/22".
    pub fn row_name(&self, row: &DataRow) -> String {
        self.key_of(row).join(", ")
    }

    /// The words of a row's key but for its period: "Riverside", "SEN support, Reading".
    pub fn group_of(&self, row: &DataRow) -> Vec<String> {
        let period = self.period_column();
        let groups = self.key.iter().filter(|column| Some(**column) != period);
        groups.map(|&column| row.words(column)).collect()
    }

    /// What a value is, in words: the row's own label where it has one, or else title, column and key.
    pub fn value_name(&self, column: usize, row: &DataRow) -> String {
        let label = self.columns.iter().position(|c| c.kind == ColumnKind::Label);
        if let Some(label) = label {
            return row.words(label);
        }
        let several = self.own_columns().filter(|(_, about)| about.is_number()).count() > 1;
        let about = self.columns.get(column).filter(|_| several);
        let mut name = self.title.value.clone();
        if let Some(about) = about {
            name = format!("{name}: {}", *about.name);
        }
        let group = self.group_of(row);
        if group.is_empty() { name } else { format!("{name}, {}", group.join(", ")) }
    }

    /// The path by which expressions name a value.
    pub fn path(&self, column: usize, key: &[String]) -> String {
        let is_name = |word: &str| {
            !word.starts_with(|c: char| c.is_ascii_digit())
                && word.chars().all(|c| c.is_alphanumeric() || c == '_')
        };
        let step = |word: &str| match is_name(word) {
            true => format!(".{word}"),
            false => format!("[\"{word}\"]"),
        };
        let column = self.columns.get(column).map_or("", |column| column.id.as_str());
        let keys: String = key.iter().map(|word| format!("[\"{word}\"]")).collect();
        format!("data{}{}{keys}", step(&self.name), step(column))
    }

    /// Where it comes from, in a sentence, with its note.
    pub fn source_line(&self) -> String {
        let note = self.note.as_ref().map_or_else(String::new, |note| format!(" {}", note.value));
        format!("{}{note}", self.source_words())
    }

    /// Where it comes from, in a sentence.
    pub fn source_words(&self) -> String {
        let mut parts = vec![self.source.value.clone()];
        parts.extend(self.publisher.iter().map(|publisher| publisher.value.clone()));
        parts.extend(self.released.iter().map(|day| format!("released {}", day.prose())));
        parts.extend(self.licence.iter().map(|licence| licence.value.clone()));
        format!("Source: {}.", parts.join(", "))
    }

    /// Reads conditions: `COLUMN=WORD`, several words divided by `|`, several conditions by `;`. A period
    /// may be one that moves (`period=latest`), which is looked for by `day`, or one that is meant on
    /// purpose (`period==2022/23`).
    ///
    /// # Errors
    /// A column that is not there, or a word that no row has.
    pub fn conditions(
        &self,
        words: &str,
        day: Option<NaiveDate>,
    ) -> Result<Vec<Condition>, ConditionFault> {
        let mut conditions = Vec::new();
        for part in words.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, values) = part.split_once('=').unwrap_or((part, ""));
            let name = name.trim();
            let Some(column) = self.column(name) else {
                return Err(ConditionFault {
                    message: format!("the dataset \"{}\" has no column \"{name}\"", self.name),
                    word: name.to_owned(),
                    known: self.columns.iter().map(|column| column.id.value.clone()).collect(),
                    no_period: false,
                });
            };
            let is_period = self.period_column() == Some(column);
            let value = |word: &str| {
                let word = word.trim();
                let meant = on_purpose(word).filter(|_| is_period);
                meant.unwrap_or(word).to_owned()
            };
            let values = values.split('|').map(value).collect();
            conditions.push(Condition { column, values });
        }
        self.settle(&mut conditions, day)?;
        for Condition { column, values } in &conditions {
            let known = self.words_of(*column);
            if let Some(word) = values.iter().find(|word| !known.contains(word)) {
                let name = self.columns.get(*column).map_or("", |about| about.id.as_str());
                return Err(ConditionFault {
                    message: format!("no row of \"{}\" has the {name} \"{word}\"", self.name),
                    word: word.clone(),
                    known,
                    no_period: false,
                });
            }
        }
        Ok(conditions)
    }

    /// The row of the same key but for its period, which is the one before; periods are those
    /// of the whole dataset, in the order of time or, where they are no dates, of the file.
    pub fn previous(&self, row: &DataRow) -> Option<&DataRow> {
        let column = self.period_column()?;
        let place = self.key.iter().position(|key| *key == column)?;
        let period = row.words(column);
        let here = self.periods.iter().position(|word| *word == period)?;
        let mut key = self.key_of(row);
        *key.get_mut(place)? = self.periods.get(here.checked_sub(1)?)?.clone();
        self.row(&key)
    }
}

impl DataRow {
    /// A cell as the file has it.
    pub fn words(&self, column: usize) -> String {
        match self.cells.get(column).map(|cell| &cell.value) {
            Some(DataValue::Text(words)) => words.clone(),
            Some(DataValue::Number(number)) => number.to_string(),
            Some(DataValue::Absent(absence)) => absence.words().to_owned(),
            None => String::new(),
        }
    }

    /// The number in a column; none where there is no number.
    pub fn number(&self, column: usize) -> Option<f64> {
        match self.cells.get(column)?.value {
            DataValue::Number(number) => Some(number),
            DataValue::Text(_) | DataValue::Absent(_) => None,
        }
    }

    /// Whether all of `conditions` hold.
    pub fn fits(&self, conditions: &[Condition]) -> bool {
        conditions.iter().all(|condition| condition.values.contains(&self.words(condition.column)))
    }
}

impl DataColumn {
    /// Whether its cells are numbers.
    pub fn is_number(&self) -> bool {
        self.style.is_some()
    }

    /// Its name with its unit, for the head of a table whose cells are numbers alone.
    pub fn heading(&self) -> String {
        let unit = self.style.as_ref().and_then(Style::unit_words);
        unit.map_or_else(|| self.name.value.clone(), |unit| format!("{} ({unit})", *self.name))
    }

    /// A number of it in a table: with a per cent sign, but without other units.
    pub fn in_table(&self, number: f64) -> String {
        match &self.style {
            Some(style) if style.unit == Unit::Percent => style.words(number),
            Some(style) => figure::number(number, style.decimals),
            None => figure::number(number, None),
        }
    }

    /// Which way is better.
    pub fn better(&self) -> Option<Better> {
        self.style.as_ref().and_then(|style| style.better)
    }
}

/// The day from which a row was known, as its cell says it.
fn known_day(words: &str) -> Option<NaiveDate> {
    PlanDate::parse(words).ok()?.first_day()
}

fn each_once(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    words.filter(|word| seen.insert(word.clone())).collect()
}

/// Two years that follow each other, written 2021/22 or 2021-22.
fn year_pair(words: &str) -> Option<(i32, i32)> {
    let (first, second) = words.split_once(['/', '-'])?;
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if first.len() != 4 || !matches!(second.len(), 2 | 4) || !is_number(first) || !is_number(second)
    {
        return None;
    }
    let year: i32 = first.parse().ok()?;
    let next = year.checked_add(1)?;
    next.to_string().ends_with(second).then_some((year, next))
}

/// The year that a period starts in, when it is a year or two that follow each other.
pub fn first_year(words: &str) -> Option<i32> {
    let is_year = words.len() == 4 && words.bytes().all(|byte| byte.is_ascii_digit());
    if is_year { words.parse().ok() } else { year_pair(words).map(|(first, _)| first) }
}

/// The period that starts in `year`, written as `like` is: 2021, 2021/22 or 2021-2022.
pub fn year_like(like: &str, year: i32) -> String {
    match (like.get(4..5), like.get(5..).map(str::len)) {
        (Some(mark), Some(2)) => format!("{year}{mark}{:02}", (year + 1) % 100),
        (Some(mark), Some(_)) => format!("{year}{mark}{}", year + 1),
        _ => year.to_string(),
    }
}

/// The day on which a period starts, where it can be told: for putting periods in order.
pub fn period_start(words: &str) -> Option<NaiveDate> {
    let words = words.trim();
    if let Some((year, _)) = year_pair(words) {
        return NaiveDate::from_ymd_opt(year, 9, 1);
    }
    if words.len() == 4 && words.bytes().all(|byte| byte.is_ascii_digit()) {
        return NaiveDate::from_ymd_opt(words.parse().ok()?, 1, 1);
    }
    PlanDate::parse(words).ok()?.first_day()
}

/// A period as prose says it: "2021 to 2022" for 2021/22; the data's own words else.
pub fn period_prose(words: &str) -> String {
    if let Some((year, next)) = year_pair(words.trim()) {
        return format!("{year} to {next}");
    }
    match PlanDate::parse(words) {
        Ok(date) if words.starts_with(|c: char| c.is_ascii_digit()) => date.prose(),
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_stand_in_the_order_of_time() {
        assert!(period_start("2019/20") < period_start("2020/21"));
        assert!(period_start("2021") < period_start("Mar 2021"));
        assert_eq!(period_start("Year 11"), None);
        assert_eq!(year_pair("2021/23"), None);
    }

    #[test]
    fn a_year_is_written_like_another() {
        assert_eq!(first_year("2021/22"), Some(2021));
        assert_eq!(first_year("2021"), Some(2021));
        assert_eq!(first_year("Mar 2021"), None);
        assert_eq!(year_like("2018/19", 1999), "1999/00");
        assert_eq!(year_like("2018-2019", 2020), "2020-2021");
        assert_eq!(year_like("2018", 2020), "2020");
    }

    #[test]
    fn prose_spells_a_pair_of_years_out() {
        assert_eq!(period_prose("2021/22"), "2021 to 2022");
        assert_eq!(period_prose("1999/00"), "1999 to 2000");
        assert_eq!(period_prose("2022"), "2022");
        assert_eq!(period_prose("Autumn 2022"), "Autumn 2022");
        assert_eq!(period_prose("2022-12"), "December 2022");
    }
}
