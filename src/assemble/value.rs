//! What expressions evaluate to: records, figures, moments, statuses. Typed, so that no value is parsed again.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use minijinja::value::{Enumerator, Object, ObjectRepr, Value};

use crate::document::{Figure, Status};
use crate::plan::date::{day_in_words, month_name};
use crate::plan::{Absence, PlanDate, Style};
use crate::source::Span;

/// A record of the plan: its kind, its id, and its fields by name. Shown as its name.
#[derive(Debug)]
pub struct Record {
    /// What it is: "objective".
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// What it is shown as.
    pub name: String,
    /// Every field a record of this kind has; those without a value are none.
    pub fields: BTreeMap<&'static str, Value>,
    /// What the project adds: fields of its own, and records of its own kinds that name this one.
    pub more: BTreeMap<String, Value>,
}

impl Object for Record {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let key = key.as_str()?;
        self.fields.get(key).or_else(|| self.more.get(key)).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let more = self.more.keys().map(String::as_str);
        Enumerator::Values(self.fields.keys().copied().chain(more).map(Value::from).collect())
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Values by name, for ids that users choose: `kpi.K1`, `role.ad-send`.
#[derive(Debug)]
pub struct Namespace {
    /// Its name: "kpi".
    pub name: &'static str,
    /// Its values.
    pub values: BTreeMap<String, Value>,
}

impl Object for Namespace {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.values.get(key.as_str()?).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.values.keys().map(|k| Value::from(k.clone())).collect())
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// A figure that came from data: a number with a unit, and where it came from.
#[derive(Debug, Clone)]
pub struct Quantity {
    /// The number, in its unit.
    pub number: f64,
    /// What is printed and where it came from.
    pub figure: Figure,
    /// When it holds.
    pub at: Option<PlanDate>,
    /// How values of its measure are written; none for a fact, which has no unit.
    pub style: Option<Style>,
    /// The first day of what it holds for, where that is known: for telling earlier from later.
    pub since: Option<NaiveDate>,
}

impl Object for Quantity {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        Some(match key.as_str()? {
            "value" => Value::from(self.number),
            "at" => match self.at {
                Some(date) => Moment::date(date, &self.figure.path),
                None => Value::from(self.figure.at.clone()),
            },
            "period" => Value::from(self.figure.at.clone()),
            "unit" => Value::from(self.figure.unit.clone()),
            "source" => Value::from(self.figure.source.clone()),
            "text" => Value::from(self.figure.text.clone()),
            _ => return None,
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&["value", "at", "period", "unit", "source", "text"])
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.figure.text)
    }
}

/// A value of a dataset that was not published as a number: false, so that `or` can say what to print.
#[derive(Debug, Clone)]
pub struct Withheld {
    /// Why.
    pub why: Absence,
    /// The reason in words, and where it came from.
    pub figure: Figure,
}

impl Object for Withheld {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        false
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.why.words())
    }
}

/// Words that were made of figures, and where those came from.
#[derive(Debug, Clone)]
pub struct Worded(pub Figure);

impl Object for Worded {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)
    }
}

/// A date, or a run of days, that came from data.
#[derive(Debug, Clone)]
pub struct Moment {
    /// When.
    pub when: When,
    /// Where it came from.
    pub path: String,
    /// The value in the project's files, where it is one of the facts.
    pub cell: Option<Span>,
}

/// A date or a run of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A date as plans state it.
    Date(PlanDate),
    /// From one day to another.
    Range(NaiveDate, NaiveDate),
}

impl Moment {
    /// A date's value.
    pub fn date(date: PlanDate, path: &str) -> Value {
        Value::from_object(Moment { when: When::Date(date), path: path.to_string(), cell: None })
    }

    /// A day's value.
    pub fn day(day: NaiveDate, path: &str) -> Value {
        Moment::date(PlanDate::Day(day), path)
    }

    /// How it stands in prose.
    pub fn prose(&self) -> String {
        match self.when {
            When::Date(date) => date.prose(),
            When::Range(from, to) => range_prose(from, to),
        }
    }
}

/// A run of days as prose says it: "24 to 27 May 2021", "30 May to 2 June 2021".
pub fn range_prose(from: NaiveDate, to: NaiveDate) -> String {
    let (first, last) = (day_in_words(from), day_in_words(to));
    let shorter = if (from.year(), from.month()) == (to.year(), to.month()) {
        from.day().to_string()
    } else if from.year() == to.year() {
        format!("{} {}", from.day(), month_name(from.month()))
    } else {
        first
    };
    format!("{shorter} to {last}")
}

impl Object for Moment {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.prose())
    }
}

/// A rating.
#[derive(Debug, Clone)]
pub struct RatingValue(pub Status);

impl Object for RatingValue {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        Some(match key.as_str()? {
            "letter" => Value::from(self.0.letter.clone()),
            "word" => Value::from(self.0.word.clone()),
            "colour" => Value::from(self.0.colour.clone()),
            // What the scheme says for easy read; none where it says nothing.
            "easy" => Value::from(self.0.picture.as_ref().map(|picture| picture.words.clone())),
            "picture" => Value::from(self.0.picture.as_ref().map(|picture| picture.asset.clone())),
            _ => return None,
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&["letter", "word", "colour", "easy", "picture"])
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.letter, self.0.word)
    }
}

/// Values to show as a bulleted list.
#[derive(Debug, Clone)]
pub struct Bullets(pub Vec<Value>);

impl Object for Bullets {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("; "))
    }
}

/// The names an expression sees: the project's, and those of the loops around it.
#[derive(Debug)]
pub struct Scope {
    /// The project's.
    pub root: Arc<BTreeMap<Cow<'static, str>, Value>>,
    /// Those of the loops around it, the innermost last.
    pub locals: Vec<(String, Value)>,
}

impl Object for Scope {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let key = key.as_str()?;
        let local = self.locals.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value);
        local.or_else(|| self.root.get(key)).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let locals = self.locals.iter().map(|(name, _)| Value::from(name.clone()));
        Enumerator::Values(
            locals.chain(self.root.keys().map(|k| Value::from(k.as_ref()))).collect(),
        )
    }
}
