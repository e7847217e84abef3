//! Tries the identities of a dataset on its rows, and shows the arithmetic where one fails.
//!
//! An identity compares two sides of MiniJinja arithmetic: `authorised + unauthorised == overall`.
//! Each name is a column; `previous(x)` is x in the period before, `sum(x)` adds x up over the
//! rows that the row is the total of. Where a value is absent there is nothing to try.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use minijinja::{Environment, Expression, UndefinedBehavior};

use crate::plan::dataset::{Condition, DataRow, DataValue, Dataset, Identity};
use crate::plan::figure::number;
use crate::source::Span;

/// More steps than any sensible identity needs.
const FUEL: u64 = 1_000;
/// What binary fractions may be out by.
const NOISE: f64 = 1e-9;

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment
});

/// What is wrong with an identity itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityFault {
    /// What is wrong.
    pub message: String,
    /// A name it uses that there is not.
    pub unknown: Option<String>,
    /// The names there are.
    pub known: Vec<String>,
    /// Whether it is in `where` rather than in `holds`.
    pub in_where: bool,
}

impl IdentityFault {
    fn new(message: impl Into<String>) -> Self {
        let message = message.into();
        IdentityFault { message, unknown: None, known: Vec::new(), in_where: false }
    }
}

/// A row for which an identity does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The row's key: "Riverside, 2021/22".
    pub row: String,
    /// The arithmetic with the row's figures.
    pub arithmetic: String,
    /// The same for readers of a table: no tolerance, signs as people write them.
    pub short: String,
    /// The cell that the comparison is about.
    pub span: Span,
}

/// How two sides compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Equal,
    AtMost,
    AtLeast,
}

/// Which row a value is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    This,
    Previous,
    Sum,
}

/// A value that a side uses: the column, the row, and where its name stands in the side's text.
#[derive(Debug)]
struct Term {
    reach: Reach,
    column: usize,
    range: Range<usize>,
}

struct Side {
    text: String,
    terms: Vec<Term>,
    compiled: Expression<'static, 'static>,
}

/// An identity, ready to be tried.
pub struct Trial<'d> {
    dataset: &'d Dataset,
    sides: [Side; 2],
    comparison: Comparison,
    within: f64,
    only: Vec<Condition>,
}

impl fmt::Debug for Trial<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Trial").field(&self.sides[0].text).field(&self.sides[1].text).finish()
    }
}

impl<'d> Trial<'d> {
    /// Reads `identity` of `dataset`.
    ///
    /// # Errors
    /// It is no comparison of two sides, cannot be read, or names what is not there.
    pub fn of(dataset: &'d Dataset, identity: &Identity) -> Result<Trial<'d>, IdentityFault> {
        let only = match &identity.only {
            None => Vec::new(),
            Some(words) => dataset.conditions(words, None).map_err(|fault| IdentityFault {
                unknown: Some(fault.word),
                known: fault.known,
                in_where: true,
                ..IdentityFault::new(fault.message)
            })?,
        };
        let found: Vec<(usize, &str, Comparison)> =
            [("==", Comparison::Equal), ("<=", Comparison::AtMost), (">=", Comparison::AtLeast)]
                .into_iter()
                .flat_map(|(sign, comparison)| {
                    identity.holds.match_indices(sign).map(move |(at, _)| (at, sign, comparison))
                })
                .collect();
        let [(at, sign, comparison)] = found.as_slice() else {
            return Err(IdentityFault::new(
                "this does not compare two sides with one ==, <= or >=",
            ));
        };
        let left = side(dataset, identity.holds.get(..*at).unwrap_or(""))?;
        let right = side(dataset, identity.holds.get(at + sign.len()..).unwrap_or(""))?;
        let trial = Trial {
            dataset,
            sides: [left, right],
            comparison: *comparison,
            within: identity.within,
            only,
        };
        if trial.terms().any(|term| term.reach == Reach::Sum) && trial.total().is_none() {
            let message =
                "sum() needs a `where` that says which rows are totals: one word of one key column";
            return Err(IdentityFault::new(message));
        }
        let period = dataset.period_column().filter(|column| dataset.key.contains(column));
        if trial.terms().any(|term| term.reach == Reach::Previous) && period.is_none() {
            let message = "previous() needs a key column with kind = \"period\"";
            return Err(IdentityFault::new(message));
        }
        Ok(trial)
    }

    fn terms(&self) -> impl Iterator<Item = &Term> {
        self.sides.iter().flat_map(|side| &side.terms)
    }

    /// The columns it is about.
    pub fn columns(&self) -> impl Iterator<Item = usize> {
        self.terms().map(|term| term.column)
    }

    /// The key column that tells totals from their parts.
    fn total(&self) -> Option<usize> {
        match self.only.as_slice() {
            [one] if one.values.len() == 1 && self.dataset.key.contains(&one.column) => {
                Some(one.column)
            }
            _ => None,
        }
    }

    /// The rows for which it does not hold.
    pub fn failures(&self) -> Vec<Failure> {
        let rows = self.dataset.rows.iter().filter(|row| row.fits(&self.only));
        rows.filter_map(|row| self.failure(row)).collect()
    }

    fn failure(&self, row: &DataRow) -> Option<Failure> {
        let [left, right] = &self.sides;
        let (left_values, right_values) = (self.values(left, row)?, self.values(right, row)?);
        let subject = self.terms().filter(|term| term.reach == Reach::This).last();
        let span = subject.and_then(|term| row.cells.get(term.column)).map_or(row.span, |c| c.span);
        let failure = |arithmetic: String, short: String| {
            Some(Failure { row: self.dataset.row_name(row), arithmetic, short, span })
        };
        let (left_words, right_words) = (shown(left, &left_values), shown(right, &right_values));
        let (Some(a), Some(b)) = (result(left, &left_values), result(right, &right_values)) else {
            let words = format!("{left_words} and {right_words} cannot be worked out");
            return failure(words.clone(), signs(&words));
        };
        let noise = NOISE * a.abs().max(b.abs()).max(1.0);
        let apart = match self.comparison {
            Comparison::Equal => (a - b).abs(),
            Comparison::AtMost => a - b,
            Comparison::AtLeast => b - a,
        };
        if apart <= self.within + noise {
            return None;
        }
        let worked = |words: String, value: f64| {
            let value = rounded(value);
            if words == value { words } else { format!("{words} = {value}") }
        };
        let but = match self.comparison {
            Comparison::Equal => "is not",
            Comparison::AtMost => "is not at most",
            Comparison::AtLeast => "is not at least",
        };
        let allowed = match self.within {
            within if within > 0.0 => format!(", {} is allowed", rounded(within)),
            _ => String::new(),
        };
        let brief = |words: String, value: f64| match number((value * 1e2).round() / 1e2, None) {
            value if words == value => words,
            value => format!("{} = {value}", signs(&words)),
        };
        let short =
            format!("{} {but} {}", brief(left_words.clone(), a), brief(right_words.clone(), b));
        let arithmetic = format!(
            "{} {but} {} ({} apart{allowed})",
            worked(left_words, a),
            worked(right_words, b),
            rounded(apart)
        );
        failure(arithmetic, short)
    }

    /// The values of a side's terms; none when one of them is absent.
    fn values(&self, side: &Side, row: &DataRow) -> Option<Vec<f64>> {
        let value = |row: &DataRow, column: usize| match row.cells.get(column)?.value {
            DataValue::Number(number) => Some(number),
            _ => None,
        };
        side.terms
            .iter()
            .map(|term| match term.reach {
                Reach::This => value(row, term.column),
                Reach::Previous => value(self.dataset.previous(row)?, term.column),
                Reach::Sum => {
                    let total = self.total()?;
                    let same = |other: &&DataRow| {
                        self.dataset.key.iter().all(|&column| {
                            (row.words(column) == other.words(column)) == (column != total)
                        })
                    };
                    let parts = self.dataset.rows.iter().filter(same);
                    let parts: Vec<f64> =
                        parts.map(|part| value(part, term.column)).collect::<Option<_>>()?;
                    (!parts.is_empty()).then(|| parts.iter().sum())
                }
            })
            .collect()
    }
}

fn result(side: &Side, values: &[f64]) -> Option<f64> {
    let names = values.iter().enumerate().map(|(n, value)| (format!("v{n}"), *value));
    let context: BTreeMap<String, f64> = names.collect();
    let value = side.compiled.eval(context).ok()?;
    f64::try_from(value).ok().filter(|number| number.is_finite())
}

/// The side's text with figures for names.
fn shown(side: &Side, values: &[f64]) -> String {
    with(&side.text, &side.terms, |n| rounded(values.get(n).copied().unwrap_or_default()))
}

/// Arithmetic with the signs that readers know.
fn signs(words: &str) -> String {
    words.replace(" * ", " \u{d7} ").replace(" / ", " \u{f7} ").replace(" - ", " \u{2212} ")
}

/// A number without the noise of binary fractions.
fn rounded(value: f64) -> String {
    number((value * 1e6).round() / 1e6, None)
}

fn with(text: &str, terms: &[Term], put: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (n, term) in terms.iter().enumerate() {
        out += text.get(at..term.range.start).unwrap_or("");
        out += &put(n);
        at = term.range.end;
    }
    out + text.get(at..).unwrap_or("")
}

fn side(dataset: &Dataset, text: &str) -> Result<Side, IdentityFault> {
    let text = text.trim();
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '_' | ' ' | '.' | '-');
    if let Some(bad) = text.chars().find(|&c| !allowed(c) && !"+*/()".contains(c)) {
        return Err(IdentityFault::new(format!(
            "an identity only calculates: `{bad}` is not known"
        )));
    }
    let terms = terms(dataset, text)?;
    let source = with(text, &terms, |n| format!("v{n}"));
    let compiled = ENVIRONMENT.compile_expression_owned(source).map_err(|error| {
        let detail = error.detail().unwrap_or("it is not arithmetic").to_owned();
        IdentityFault::new(format!("`{text}` cannot be read: {detail}"))
    })?;
    Ok(Side { text: text.to_owned(), terms, compiled })
}

/// The columns that a side names.
fn terms(dataset: &Dataset, text: &str) -> Result<Vec<Term>, IdentityFault> {
    let mut terms = Vec::new();
    let mut at = 0;
    while let Some(name) = word(text, at) {
        at = name.end;
        let called = text.get(name.clone()).unwrap_or("");
        let reach = match called {
            "this" => Some(Reach::This),
            "previous" => Some(Reach::Previous),
            "sum" => Some(Reach::Sum),
            _ => None,
        };
        let rest = text.get(at..).unwrap_or("");
        let opened = rest.trim_start().starts_with('(');
        let (reach, column, range) = match reach.filter(|_| opened) {
            None => (Reach::This, name.clone(), name),
            Some(reach) => {
                let inner = word(text, at).unwrap_or(at..at);
                let after = text.get(inner.end..).unwrap_or("");
                let space = after.len() - after.trim_start().len();
                let before = text.get(at..inner.start).unwrap_or("");
                if !after.trim_start().starts_with(')') || before.trim() != "(" {
                    let message = format!("{called}() takes the name of one column");
                    return Err(IdentityFault::new(message));
                }
                at = inner.end + space + 1;
                (reach, inner, name.start..at)
            }
        };
        let id = text.get(column).unwrap_or("");
        match dataset.column(id).filter(|&c| dataset.columns.get(c).is_some_and(|c| c.is_number()))
        {
            Some(column) => terms.push(Term { reach, column, range }),
            None => {
                let known = dataset.columns.iter().filter(|column| column.is_number());
                return Err(IdentityFault {
                    unknown: Some(id.to_owned()),
                    known: known.map(|column| column.id.value.clone()).collect(),
                    ..IdentityFault::new(format!("there is no column of numbers \"{id}\""))
                });
            }
        }
    }
    if terms.is_empty() && text.is_empty() {
        return Err(IdentityFault::new("one side of this is empty"));
    }
    Ok(terms)
}

/// The next name at or after byte `at`: letters, digits and underscores, not starting with a digit.
fn word(text: &str, at: usize) -> Option<Range<usize>> {
    let belongs = |c: char| c.is_alphanumeric() || c == '_';
    let mut in_number = false;
    let rest = text.get(at..)?;
    let (start, _) = rest.char_indices().find(|(_, c)| {
        let starts = belongs(*c) && !c.is_ascii_digit() && !in_number;
        in_number = belongs(*c);
        starts
    })?;
    let end = rest.get(start..)?.find(|c| !belongs(c)).map_or(rest.len(), |n| start + n);
    Some(at + start..at + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_numbers() {
        let words: Vec<&str> = ["100 * part_1", "2x + y"]
            .into_iter()
            .filter_map(|text| word(text, 0).map(|range| &text[range]))
            .collect();
        assert_eq!(words, ["part_1", "y"]);
    }
}
