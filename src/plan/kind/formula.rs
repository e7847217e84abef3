//! Expressions over one record's fields, as at a day: `spent / value * 100`.
//!
//! They calculate, compare, choose (`"high" if score >= 15 else "low"`) and count days. An expression
//! is compiled once a kind and bounded in what it may do, since it stands in the user's file.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use minijinja::value::{Object, ObjectRepr, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, Expression, UndefinedBehavior};

use crate::plan::PlanDate;
use crate::plan::bounds::{LONGEST_EXPRESSION, outside_quotes};
use crate::plan::kind::Scalar;

/// More steps than any sensible expression over one record needs.
const FUEL: u64 = 1_000;
/// Why there is no quotient.
const NOUGHT: &str = "it divides by nought";
/// The day the document speaks for.
pub const AS_AT: &str = "as_at";

/// The functions and filters there are, for `annexe help kinds`.
pub const FUNCTIONS: &[(&str, &str)] = &[
    ("days(a, b)", "the days from one date to another; less than 0 when b comes first"),
    ("least(a, b, …)", "the least of some numbers"),
    ("most(a, b, …)", "the most of some numbers"),
    ("x | round(1)", "a number with so many decimals"),
    ("x | length", "how many a list holds"),
];

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.add_function("days", days);
    environment.add_function("least", |numbers: minijinja::value::Rest<f64>| {
        numbers.iter().copied().reduce(f64::min)
    });
    environment.add_function("most", |numbers: minijinja::value::Rest<f64>| {
        numbers.iter().copied().reduce(f64::max)
    });
    environment.add_filter("round", |number: f64, places: Option<i32>| {
        let scale = 10f64.powi(places.unwrap_or(0).clamp(0, 9));
        (number * scale).round() / scale
    });
    environment.add_filter("length", |list: &Value| {
        list.len().ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "this is no list"))
    });
    environment
});

/// An expression, ready to be worked out.
pub struct Formula {
    /// As it was written.
    pub source: String,
    /// The fields it uses: the place of each, and what the expression calls it.
    pub uses: Vec<(usize, String)>,
    compiled: Expression<'static, 'static>,
}

impl fmt::Debug for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Formula").field(&self.source).finish()
    }
}

/// What is wrong with an expression itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormulaFault {
    /// What is wrong.
    pub message: String,
    /// Where in the expression.
    pub range: Option<Range<usize>>,
    /// A name it uses that there is not.
    pub unknown: Option<String>,
}

/// What a field gives to an expression.
#[derive(Debug, Clone)]
pub enum Operand {
    /// It says nothing.
    Nothing,
    /// One value.
    Scalar(Scalar),
    /// A list.
    List(Vec<Scalar>),
    /// A due date.
    Due {
        /// The date in force.
        due: Option<PlanDate>,
        /// Whether it was met.
        done: bool,
        /// Whether it has passed, and is not met.
        overdue: bool,
    },
}

/// What an expression came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A value.
    Value(Scalar),
    /// Nothing, on purpose.
    Nothing,
    /// It cannot be worked out.
    Failed(String),
}

impl Formula {
    /// Reads an expression over fields that are called `names`, some of which hold words or lists.
    ///
    /// # Errors
    /// It cannot be read, may do too much, or uses a name there is not.
    pub fn of(source: &str, names: &[String], wordy: &[bool]) -> Result<Formula, FormulaFault> {
        let fault = |message: String| FormulaFault { message, range: None, unknown: None };
        if source.len() > LONGEST_EXPRESSION {
            let message = format!("an expression has at most {LONGEST_EXPRESSION} characters");
            return Err(fault(message));
        }
        let compiled =
            ENVIRONMENT.compile_expression_owned(source.to_owned()).map_err(|error| {
                let detail = error.detail().unwrap_or("it is no expression").to_owned();
                let range = error.range().filter(|range| range.end <= source.len());
                FormulaFault {
                    message: format!("this cannot be read: {detail}"),
                    range,
                    unknown: None,
                }
            })?;
        let mut used: Vec<String> = compiled.undeclared_variables(false).into_iter().collect();
        used.sort();
        let mut uses = Vec::new();
        for name in used {
            let is_function = FUNCTIONS.iter().any(|(called, _)| {
                called.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('('))
            });
            match names.iter().position(|known| *known == name) {
                Some(place) => uses.push((place, name)),
                None if name == AS_AT || is_function => {}
                None => {
                    let range = word(source, &name);
                    let message = format!("there is no field `{name}`");
                    return Err(FormulaFault { message, range, unknown: Some(name) });
                }
            }
        }
        // Words times a number would fill the memory from a few characters.
        let star = outside_quotes(source).find(|(_, c)| *c == '*').map(|(at, _)| at);
        let has_words = source.contains(['"', '\'', '[', '{', '~'])
            || uses.iter().any(|(place, _)| wordy.get(*place).copied().unwrap_or(true));
        if let Some(at) = star.filter(|_| has_words) {
            let message = "a product stands in a field of its own, without words".to_owned();
            return Err(FormulaFault { message, range: Some(at..at + 1), unknown: None });
        }
        Ok(Formula { source: source.to_owned(), uses, compiled })
    }

    /// What it comes to for `operands`, by name.
    pub fn evaluate(&self, operands: Vec<(&str, Operand)>, as_at: NaiveDate) -> Outcome {
        let mut scope: BTreeMap<&str, Value> =
            operands.into_iter().map(|(name, operand)| (name, value(operand))).collect();
        scope.insert(AS_AT, date(PlanDate::Day(as_at)));
        let result = match self.compiled.eval(scope) {
            Ok(result) => result,
            Err(error) => {
                let why = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
                let is_nought = why.starts_with("unable to calculate") && why.ends_with("/ 0.0");
                return Outcome::Failed(if is_nought { NOUGHT.to_owned() } else { why });
            }
        };
        if let Some(day) = result.downcast_object_ref::<Day>() {
            return Outcome::Value(Scalar::Date(day.0));
        }
        match result.kind() {
            ValueKind::None | ValueKind::Undefined => Outcome::Nothing,
            ValueKind::Bool => Outcome::Value(Scalar::Flag(result.is_true())),
            ValueKind::String => Outcome::Value(Scalar::Text(result.to_string())),
            ValueKind::Number => match f64::try_from(result) {
                Ok(number) if number.is_finite() => Outcome::Value(Scalar::Number(clean(number))),
                _ => Outcome::Failed(NOUGHT.to_owned()),
            },
            other => Outcome::Failed(format!("it came to a {other}")),
        }
    }
}

/// A number without the noise of binary fractions.
fn clean(number: f64) -> f64 {
    let rounded = (number * 1e9).round() / 1e9;
    if rounded.is_finite() { rounded } else { number }
}

/// A date in an expression.
#[derive(Debug)]
struct Day(PlanDate);

impl Object for Day {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.prose())
    }
}

/// A number that was not published: nothing can be worked out with it.
#[derive(Debug)]
struct Unpublished;

impl Object for Unpublished {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        false
    }
}

fn date(date: PlanDate) -> Value {
    Value::from_object(Day(date))
}

fn value(operand: Operand) -> Value {
    match operand {
        Operand::Nothing => Value::from(()),
        Operand::Scalar(scalar) => one(scalar),
        Operand::List(values) => values.into_iter().map(one).collect(),
        Operand::Due { due, done, overdue } => [
            ("due", due.map_or_else(|| Value::from(()), date)),
            ("done", Value::from(done)),
            ("overdue", Value::from(overdue)),
        ]
        .into_iter()
        .collect(),
    }
}

fn one(scalar: Scalar) -> Value {
    match scalar {
        Scalar::Text(words) => Value::from(words),
        Scalar::Number(number) => Value::from(number),
        Scalar::Absent(_) => Value::from_object(Unpublished),
        Scalar::Date(day) => date(day),
        Scalar::Flag(yes) => Value::from(yes),
    }
}

/// The days from `a` to `b`, each taken by its first day.
fn days(a: &Value, b: &Value) -> Result<i64, Error> {
    let day = |value: &Value| {
        let date = value.downcast_object_ref::<Day>().and_then(|day| day.0.first_day());
        date.ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "days() takes two dates"))
    };
    Ok(day(b)?.signed_duration_since(day(a)?).num_days())
}

/// Where `name` stands in `source` as a word of its own.
fn word(source: &str, name: &str) -> Option<Range<usize>> {
    let belongs = |c: char| c.is_alphanumeric() || c == '_';
    source.match_indices(name).map(|(at, _)| at..at + name.len()).find(|range| {
        let before = source.get(..range.start).unwrap_or("");
        let after = source.get(range.end..).unwrap_or("");
        !before.ends_with(belongs) && !after.starts_with(belongs)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formula(source: &str) -> Result<Formula, FormulaFault> {
        let names = ["spent", "value", "word", "ends"].map(str::to_owned);
        Formula::of(source, &names, &[false, false, true, false])
    }

    fn came(source: &str, operands: Vec<(&str, Operand)>) -> Outcome {
        formula(source).unwrap().evaluate(operands, "2022-04-30".parse().unwrap())
    }

    fn number(value: f64) -> Operand {
        Operand::Scalar(Scalar::Number(value))
    }

    #[test]
    fn it_calculates_and_chooses() {
        let both = || vec![("spent", number(30.0)), ("value", number(40.0))];
        assert_eq!(came("spent / value * 100", both()), Outcome::Value(Scalar::Number(75.0)));
        assert_eq!(
            came("'much' if spent > 20 else 'little'", both()),
            Outcome::Value(Scalar::Text("much".to_owned()))
        );
        assert_eq!(came("most(spent, value, 7)", both()), Outcome::Value(Scalar::Number(40.0)));
    }

    #[test]
    fn days_are_counted_to_the_day_that_is_spoken_for() {
        let ends = Operand::Scalar(Scalar::Date(PlanDate::parse("2022-05-30").unwrap()));
        let outcome = came("days(as_at, ends)", vec![("ends", ends)]);
        assert_eq!(outcome, Outcome::Value(Scalar::Number(30.0)));
    }

    #[test]
    fn what_cannot_be_worked_out_fails_and_says_why() {
        let nought = vec![("spent", number(1.0)), ("value", number(0.0))];
        assert_eq!(came("spent / value", nought), Outcome::Failed(NOUGHT.to_owned()));
        let unpublished = Operand::Scalar(Scalar::Absent(crate::plan::Absence::Confidential));
        assert!(matches!(came("spent + 1", vec![("spent", unpublished)]), Outcome::Failed(_)));
    }

    #[test]
    fn a_name_that_is_no_field_and_a_product_of_words_are_refused() {
        let fault = formula("spent / valu").unwrap_err();
        assert_eq!((fault.unknown.as_deref(), fault.range), (Some("valu"), Some(8..12)));
        assert!(formula("word * 1000000").is_err());
        assert!(formula("'a' * 1000000").is_err());
        assert!(formula("spent +").is_err());
    }
}
