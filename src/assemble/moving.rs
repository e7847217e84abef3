//! Periods that move inside expressions: `["Riverside"][latest]`, `["Riverside", latest - 1]`.
//!
//! `latest` and its like stand where a key stands, and are no names: before MiniJinja reads an
//! expression, each becomes a key that no file can hold. So `same-period-last-year` is not taken
//! for a subtraction. Several keys in one pair of brackets become one pair each.

use std::borrow::Cow;
use std::fmt;

use minijinja::{Error, ErrorKind};

use crate::plan::Dataset;
use crate::plan::bounds::outside_quotes;
use crate::plan::period::Moving;

/// Marks a moving period among keys. Private use: the loader lets no file hold it.
const MARK: char = '\u{E020}';

/// `source` with each moving period as a key, and as long as before where that can be.
pub fn cover(source: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(source.len());
    let mut rest = 0;
    for keys in subscripts(source) {
        let inner = source.get(keys.clone()).unwrap_or("");
        let parts = divided(inner);
        let moves = |part: &&str| Moving::parse(part).is_some();
        if parts.len() == 1 && !parts.iter().any(moves) {
            continue;
        }
        let covered: String = parts.iter().map(|part| bracketed(part)).collect();
        out.push_str(source.get(rest..keys.start.saturating_sub(1)).unwrap_or(""));
        out.push_str(&covered);
        let spare = (inner.len() + 2).saturating_sub(covered.len());
        out.extend(std::iter::repeat_n(' ', spare));
        rest = keys.end + 1;
    }
    if rest == 0 {
        return Cow::Borrowed(source);
    }
    out.push_str(source.get(rest..).unwrap_or(""));
    Cow::Owned(out)
}

fn bracketed(part: &str) -> String {
    match Moving::parse(part) {
        Some(_) => format!("[\"{MARK}{}\"]", code(part)),
        None => format!("[{}]", part.trim()),
    }
}

/// The moving period that a covered key stands for.
pub fn moving(key: &str) -> Option<Moving> {
    let code = key.strip_prefix(MARK)?;
    match code.strip_prefix('y') {
        Some(further) => Some(Moving::YearBefore(further.parse().ok()?)),
        None => Some(Moving::Back(code.parse().ok()?)),
    }
}

/// A key as its author wrote it.
pub fn shown(key: &str) -> String {
    match moving(key) {
        Some(Moving::Back(0)) => "latest".to_owned(),
        Some(Moving::Back(further)) => format!("latest - {further}"),
        Some(Moving::YearBefore(0)) => "same-period-last-year".to_owned(),
        Some(Moving::YearBefore(further)) => format!("same-period-last-year - {further}"),
        None => key.to_owned(),
    }
}

fn code(part: &str) -> String {
    match Moving::parse(part) {
        Some(Moving::Back(further)) => further.to_string(),
        Some(Moving::YearBefore(further)) => format!("y{further}"),
        None => String::new(),
    }
}

/// The brackets that ask something for one of its values, by what stands inside; the innermost only.
fn subscripts(source: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    let mut before = ' ';
    for (at, c) in outside_quotes(source) {
        match c {
            '[' => {
                let asks = before.is_alphanumeric() || matches!(before, '_' | ']' | ')');
                open = asks.then_some(at + 1);
            }
            ']' => out.extend(open.take().map(|start| start..at)),
            _ => {}
        }
        if !c.is_whitespace() {
            before = c;
        }
    }
    out
}

/// Keys divided by commas outside quotes and brackets.
fn divided(inner: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0usize);
    for (at, c) in outside_quotes(inner) {
        match c {
            '(' | '{' => depth += 1,
            ')' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(inner.get(start..at).unwrap_or(""));
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(inner.get(start..).unwrap_or(""));
    parts
}

/// A moving period was asked of what has none.
#[derive(Debug)]
struct NoPeriod(String);

impl fmt::Display for NoPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoPeriod {}

/// The error for a moving period that is asked for where the key is no period.
pub fn no_period(dataset: &Dataset) -> Error {
    let message = match dataset.period_place().and_then(|place| dataset.key.get(place)) {
        Some(&column) => {
            let name = dataset.columns.get(column).map_or("", |about| about.id.as_str());
            format!("of \"{}\" only the key \"{name}\" is a period", dataset.name)
        }
        None => format!("no column of the key of \"{}\" is a period", dataset.name),
    };
    Error::new(ErrorKind::InvalidOperation, message.clone()).with_source(NoPeriod(message))
}

/// What is in the way, when an error is about a period that there is not.
pub fn no_period_in(error: &Error) -> Option<&str> {
    let source = std::error::Error::source(error)?;
    source.downcast_ref::<NoPeriod>().map(|fault| fault.0.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_periods_become_keys_of_the_same_length() {
        for source in [
            "data.a.b[\"X\"][latest]",
            "data.a.b[\"X\"][latest - 1] > data.a.b[\"X\"][previous]",
            "data.a.b[\"X\", same-period-last-year]",
            "data.a.b[\"X\", \"Y\"]",
        ] {
            let covered = cover(source);
            assert_eq!(covered.len(), source.len(), "{covered}");
            assert!(matches!(covered, Cow::Owned(_)), "{source}");
        }
        assert_eq!(cover("a[\"X\"][latest]"), format!("a[\"X\"][\"{MARK}0\"]"));
        assert_eq!(moving(&format!("{MARK}y2")), Some(Moving::YearBefore(2)));
    }

    #[test]
    fn lists_strings_and_other_names_stay() {
        for source in ["[latest, previous]", "a[\"[latest]\"]", "latest", "a[0]", "a[latest_one]"] {
            assert_eq!(cover(source), source);
        }
    }
}
