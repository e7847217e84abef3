//! What the data hold, made ready to be found by what a sentence names.
//!
//! A series is a column of a dataset or a KPI; it holds a value for each row, or for each time.
//! Names are stems, so that words of a sentence are compared with numbers and not with letters.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use crate::figures::names::{Stem, Vocabulary, stems};
use crate::figures::numbers::{Kind, TimeUnit, figures};
use crate::figures::sentence::sentences;
use crate::plan::dataset::{ColumnKind, period_prose, period_start};
use crate::plan::figure::number;
use crate::plan::{Baseline, DataValue, Dataset, Kpi, PlanDate, Style, Unit};
use crate::project::Project;
use crate::source::Span;

/// Most values that are looked at: a project's data may be far larger than its prose needs.
const MOST: usize = 200_000;

/// The first and the last day of a time that a sentence or a row names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub first: NaiveDate,
    /// The last.
    pub last: NaiveDate,
}

impl Period {
    /// A calendar year.
    pub fn year(year: i32) -> Option<Period> {
        let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
        Some(Period { first, last: NaiveDate::from_ymd_opt(year, 12, 31)? })
    }

    /// An academic or financial year, by the calendar years it begins and ends in.
    pub fn pair(year: i32) -> Option<Period> {
        let first = NaiveDate::from_ymd_opt(year, 9, 1)?;
        Some(Period { first, last: NaiveDate::from_ymd_opt(year + 1, 8, 31)? })
    }

    /// A day or a month.
    pub fn date(date: PlanDate) -> Option<Period> {
        Some(Period { first: date.first_day()?, last: date.last_day()? })
    }

    /// The time that a row's words name.
    pub fn of_words(words: &str) -> Option<Period> {
        let start = period_start(words)?;
        let digits = words.bytes().all(|b| b.is_ascii_digit());
        if digits {
            return Period::year(start.year());
        }
        if words.contains(['/', '-']) && start.month() == 9 && PlanDate::parse(words).is_err() {
            return Period::pair(start.year());
        }
        Period::date(PlanDate::parse(words).ok()?)
    }

    /// Whether one lies in the other.
    pub fn meets(self, other: Period) -> bool {
        let within = |a: Period, b: Period| a.first >= b.first && a.last <= b.last;
        within(self, other)
            || within(other, self)
            || self.last.year() == other.last.year() && self.is_pair()
    }

    fn is_pair(self) -> bool {
        self.first.year() != self.last.year()
    }
}

/// What a word of a row's key tells: an area, a group, a subject.
#[derive(Debug, Clone)]
pub struct Name {
    /// Its stems.
    pub stems: Vec<Stem>,
    /// It is the local area itself, which prose need not name.
    pub is_home: bool,
    /// It stands for all the others.
    pub is_whole: bool,
}

/// One value.
#[derive(Debug, Clone)]
pub struct Holding {
    /// The number, in the series' unit.
    pub value: f64,
    /// What a value of text counts; the series' own kind when absent.
    pub kind: Option<Kind>,
    /// For each key column of the series, which of its words the row has.
    pub keys: Vec<usize>,
    /// What the row is called, where it has a label.
    pub label: Vec<Stem>,
    /// When it holds.
    pub period: Option<Period>,
    /// Whether no later value of the same group is known.
    pub is_current: bool,
    /// Whether it is aimed for, not measured.
    pub is_target: bool,
    /// The expression that prints it; none where there is none.
    pub expression: Option<String>,
    /// The value with its period, for people: "63% (April 2022)".
    pub shown: String,
    /// What it is called in messages: "K1".
    pub called: String,
    /// Its place in the data.
    pub cell: Span,
}

/// A column of a dataset, or a KPI.
#[derive(Debug, Clone)]
pub struct Series {
    /// The dataset's place; none for a KPI.
    pub dataset: Option<usize>,
    /// What its values count.
    pub unit: Unit,
    /// What the series is called, in any of several ways.
    pub names: Vec<Vec<Stem>>,
    /// What it is part of: a dataset's title.
    pub title: Vec<Stem>,
    /// Whether the dataset has other columns of numbers, so that its title names no one of them.
    pub has_siblings: bool,
    /// Names of the columns beside it, where a sentence may mean one of those.
    pub siblings: Vec<Vec<Stem>>,
    /// The words of each key column that tells rows apart.
    pub keys: Vec<Vec<Name>>,
    /// Whether no other column has its unit: then it needs no name of its own beside its row's.
    pub is_only_one: bool,
    /// Whether it says how far things are apart.
    pub is_distance: bool,
    /// Its values.
    pub holdings: Vec<Holding>,
}

/// Everything that prose may be held against, as at a day.
#[derive(Debug)]
pub struct Holdings {
    /// The stems of all names.
    pub vocabulary: Vocabulary,
    /// The series.
    pub series: Vec<Series>,
    /// The local area's name.
    pub home: Vec<Stem>,
    /// Words of datasets' rows ("SEN support"), each with the dataset that has it; none where several have.
    pub groups: HashMap<Stem, Option<usize>>,
    /// Whether some data were left out, because there are too many.
    pub is_cut: bool,
}

impl Holdings {
    /// What `project` holds as at a day.
    pub fn of(project: &Project, as_at: NaiveDate) -> Holdings {
        let mut vocabulary = Vocabulary::default();
        let area = &project.settings.area;
        let home = vocabulary.learn(area);
        let mut holdings = Holdings {
            vocabulary,
            series: Vec::new(),
            home,
            groups: HashMap::new(),
            is_cut: false,
        };
        for kpi in &project.plan.kpis {
            holdings.kpi(kpi, as_at);
        }
        let mut left = MOST;
        for (place, dataset) in project.datasets.values().enumerate() {
            let size = dataset.rows.len() * dataset.columns.len();
            match left.checked_sub(size) {
                Some(rest) => {
                    left = rest;
                    holdings.dataset(place, dataset, area);
                }
                None => holdings.is_cut = true,
            }
        }
        holdings
    }

    fn kpi(&mut self, kpi: &Kpi, as_at: NaiveDate) {
        // What follows the comma says how it is counted: "…, 12 months rolling".
        let core = kpi.name.split(',').next().unwrap_or(&kpi.name);
        let mut names = vec![self.vocabulary.learn(core)];
        names.extend(kpi.also.iter().map(|also| self.vocabulary.learn(also)));
        let style = kpi.style();
        let made = |value: f64, at: PlanDate, path: &str, cell: Span| Holding {
            value,
            kind: None,
            keys: Vec::new(),
            label: Vec::new(),
            period: Period::date(at),
            is_current: false,
            is_target: false,
            expression: (!path.is_empty()).then(|| format!("{}.{path}", kpi_path(&kpi.id))),
            shown: format!("{} ({})", style.words(value), at.prose()),
            called: kpi.id.value.clone(),
            cell,
        };
        let mut holdings = Vec::new();
        if let Some(baseline) = &kpi.baseline
            && let Baseline::Value { at, value, .. } = baseline.value
        {
            holdings.push(made(value, at, "baseline", baseline.span));
        }
        let latest = kpi.actual_as_at(as_at);
        for actual in kpi.actuals.iter().filter(|actual| actual.is_known(as_at)) {
            let is_current = latest.is_some_and(|latest| latest.at == actual.at);
            let path = if is_current { "actual" } else { "" };
            let holding = made(*actual.value, *actual.at, path, actual.value.span);
            holdings.push(Holding { is_current, ..holding });
        }
        if latest.is_none()
            && let Some(first) = holdings.first_mut()
        {
            first.is_current = true;
        }
        let due = kpi.target_as_at(as_at);
        for target in &kpi.targets {
            let is_current = due.is_some_and(|due| due.by == target.by);
            for value in target.value.value.figures() {
                let path = if is_current { "target" } else { "" };
                let holding = made(value, *target.by, path, target.value.span);
                holdings.push(Holding { is_current, is_target: true, ..holding });
            }
        }
        self.series.push(Series {
            dataset: None,
            unit: *kpi.unit,
            is_distance: *kpi.unit == Unit::Points,
            names,
            title: Vec::new(),
            has_siblings: false,
            is_only_one: true,
            siblings: Vec::new(),
            keys: Vec::new(),
            holdings,
        });
    }

    fn dataset(&mut self, place: usize, dataset: &Dataset, area: &str) {
        let title = self.vocabulary.learn(&dataset.title);
        let period = dataset.period_column();
        let periods_are_times = dataset
            .rows
            .iter()
            .filter_map(|row| dataset.period_of(row))
            .all(|words| Period::of_words(&words).is_some());
        let label = dataset.columns.iter().position(|column| column.kind == ColumnKind::Label);
        // A short name of a row that has a label tells a reader nothing.
        let own_keys: Vec<usize> = dataset
            .key
            .iter()
            .copied()
            .filter(|key| label.is_none() && !(Some(*key) == period && periods_are_times))
            .collect();
        let mut keys = Vec::new();
        let mut places: Vec<HashMap<String, usize>> = Vec::new();
        for &key in &own_keys {
            let (mut names, mut known) = (Vec::new(), HashMap::new());
            for row in &dataset.rows {
                let words = row.words(key);
                if !known.contains_key(&words) {
                    known.insert(words.clone(), names.len());
                    let first = words.split(' ').next().unwrap_or("").to_lowercase();
                    names.push(Name {
                        is_home: words == area,
                        is_whole: matches!(first.as_str(), "all" | "total" | "everyone"),
                        stems: self.vocabulary.learn(&words),
                    });
                }
            }
            for stem in names.iter().flat_map(|name: &Name| &name.stems) {
                let known = self.groups.entry(*stem).or_insert(Some(place));
                *known = known.filter(|other| *other == place);
            }
            keys.push(names);
            places.push(known);
        }
        let rows: Vec<(Vec<usize>, Vec<Stem>, Option<Period>)> = dataset
            .rows
            .iter()
            .map(|row| {
                let keys = own_keys.iter().zip(&places);
                let keys =
                    keys.map(|(&key, known)| known.get(&row.words(key)).copied().unwrap_or(0));
                let keys = keys.collect();
                let label = label.map(|label| self.vocabulary.learn(&row.words(label)));
                let period = dataset.period_of(row).and_then(|words| Period::of_words(&words));
                (keys, label.unwrap_or_default(), period)
            })
            .collect();
        let shown: Vec<usize> = dataset
            .own_columns()
            .filter(|(place, about)| about.kind == ColumnKind::Text && Some(*place) != period)
            .map(|(place, _)| place)
            .collect();
        let names: Vec<Vec<Vec<Stem>>> = shown
            .iter()
            .filter_map(|&place| dataset.columns.get(place))
            .map(|about| {
                let mut names = vec![self.vocabulary.learn(&about.name)];
                names.extend(about.also.iter().map(|also| self.vocabulary.learn(also)));
                names
            })
            .collect();
        for (n, &column) in shown.iter().enumerate() {
            let Some(about) = dataset.columns.get(column) else { continue };
            let holdings = self.cells(dataset, column, about.style.as_ref(), &rows);
            if holdings.is_empty() {
                continue;
            }
            let siblings = names.iter().enumerate().filter(|(other, _)| *other != n);
            let distance = [
                "behind", "ahead", "change", "gap", "narrowed", "rise", "fall", "growth", "below",
                "above", "closed",
            ];
            let words = about.name.to_lowercase();
            self.series.push(Series {
                dataset: Some(place),
                unit: about.style.as_ref().map_or(Unit::Text, |style| style.unit),
                is_distance: about.style.as_ref().is_some_and(|style| style.unit == Unit::Points)
                    || words
                        .split(|c: char| !c.is_alphabetic())
                        .any(|word| distance.contains(&word)),
                names: names.get(n).cloned().unwrap_or_default(),
                title: title.clone(),
                has_siblings: shown.len() > 1,
                is_only_one: shown
                    .iter()
                    .filter(|&&other| {
                        let style = |place: usize| dataset.columns.get(place)?.style.as_ref();
                        style(other).map(|s| s.unit) == about.style.as_ref().map(|s| s.unit)
                    })
                    .count()
                    == 1,
                siblings: siblings.filter_map(|(_, names)| names.first().cloned()).collect(),
                keys: keys.clone(),
                holdings,
            });
        }
    }

    /// The values of a column that are numbers, or words that say one.
    fn cells(
        &self,
        dataset: &Dataset,
        column: usize,
        style: Option<&Style>,
        rows: &[(Vec<usize>, Vec<Stem>, Option<Period>)],
    ) -> Vec<Holding> {
        let mut holdings = Vec::new();
        let mut latest: HashMap<(&[usize], &[Stem]), Option<NaiveDate>> = HashMap::new();
        for (row, (keys, label, period)) in dataset.rows.iter().zip(rows) {
            let Some(cell) = row.cells.get(column) else { continue };
            let (value, kind, words) = match (&cell.value, style) {
                (DataValue::Number(value), Some(style)) => (*value, None, style.words(*value)),
                (DataValue::Number(value), None) => (*value, None, number(*value, None)),
                (DataValue::Text(words), None) => match said(words) {
                    Some((value, kind)) => (value, Some(kind), words.clone()),
                    None => continue,
                },
                _ => continue,
            };
            let last = period.map(|period| period.last);
            let known = latest.entry((keys, label)).or_insert(last);
            *known = (*known).max(last);
            let when = dataset.period_of(row).map(|words| format!(" ({})", period_prose(&words)));
            holdings.push(Holding {
                value,
                kind,
                keys: keys.clone(),
                label: label.clone(),
                period: *period,
                is_current: false,
                is_target: false,
                expression: Some(dataset.path(column, &dataset.key_of(row))),
                shown: format!("{words}{}", when.unwrap_or_default()),
                called: format!("\u{201c}{}\u{201d}", dataset.value_name(column, row)),
                cell: cell.span,
            });
        }
        for holding in &mut holdings {
            let last = latest.get(&(holding.keys.as_slice(), holding.label.as_slice()));
            let own = holding.period.map(|period| period.last);
            holding.is_current = last.is_none_or(|last| *last == own);
        }
        holdings
    }
}

/// The one figure that a cell of words says: "£14 million", "17 January 2024".
fn said(words: &str) -> Option<(f64, Kind)> {
    if words.len() > 60 || !words.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let found: Vec<_> = sentences(words).iter().flat_map(figures).collect();
    let [one] = found.as_slice() else { return None };
    let is_whole = one.range.len() + 2 >= words.trim().len();
    (is_whole && matches!(one.kind, Kind::Money | Kind::Time(_) | Kind::Date(_) | Kind::Percent))
        .then_some((one.value, one.kind))
}

/// Whether a typed figure counts what a series counts.
pub fn fits(kind: Kind, unit: Unit, held: Option<Kind>) -> bool {
    if let Some(held) = held {
        return std::mem::discriminant(&kind) == std::mem::discriminant(&held)
            && match (kind, held) {
                (Kind::Time(one), Kind::Time(other)) => one == other,
                (Kind::Date(_), Kind::Date(_)) => true,
                _ => true,
            };
    }
    match kind {
        Kind::Percent => unit == Unit::Percent,
        Kind::Points => unit == Unit::Points,
        Kind::Count => matches!(unit, Unit::Count | Unit::PerMonth | Unit::Rate),
        Kind::Bare => matches!(unit, Unit::Count | Unit::PerMonth | Unit::Rate | Unit::Points),
        Kind::Time(TimeUnit::Weeks) => unit == Unit::Weeks,
        Kind::Time(TimeUnit::Days) => unit == Unit::Days,
        Kind::Time(_) | Kind::Money | Kind::Date(_) => false,
    }
}

/// The path of a KPI, in brackets where its id asks for them.
fn kpi_path(id: &str) -> String {
    let is_name = id.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_name { format!("kpi.{id}") } else { format!("kpi[\"{id}\"]") }
}

/// The stems of a text that some name has, and all its stems.
pub fn known(vocabulary: &Vocabulary, text: &str) -> Vec<Stem> {
    stems(text).iter().filter_map(|stem| vocabulary.find(stem)).collect()
}
