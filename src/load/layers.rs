//! One theme's tokens laid over another's: what theme.toml leaves out is as in the theme it is based on.

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::{Table, Value};

use crate::diag::rules::THEME_TOKENS;
use crate::diag::{Finding, Findings};
use crate::source::{FileId, Span};
use crate::theme::Tokens;

/// A theme.toml that was read: the theme that it says it is based on, and what it sets.
pub struct Layer<'a> {
    /// `based-on`, and where it stands.
    pub based_on: Option<(String, Span)>,
    written: Spanned<DeTable<'a>>,
    file: FileId,
}

impl<'a> Layer<'a> {
    /// Reads `text`, which is `file`.
    pub fn read(text: &'a str, file: FileId, findings: &mut Findings) -> Option<Layer<'a>> {
        let fault =
            |message: String, span| Finding::new(&THEME_TOKENS, message).at(Span::new(file, span));
        let mut written = match DeTable::parse(text) {
            Ok(written) => written,
            Err(error) => {
                let message = error.message().lines().collect::<Vec<_>>().join("; ");
                findings.push(fault(message, error.span().unwrap_or(0..0)));
                return None;
            }
        };
        let mut based_on = None;
        if let Some(value) = written.get_mut().remove("based-on") {
            match value.get_ref() {
                DeValue::String(name) => {
                    based_on = Some((name.to_string(), Span::new(file, value.span())));
                }
                _ => findings.push(
                    fault("`based-on` is not the name of a theme".to_owned(), value.span())
                        .help("write it in quotation marks: based-on = \"standard\""),
                ),
            }
        }
        Some(Layer { based_on, written, file })
    }

    /// `base` with what this file sets. What cannot be taken is a finding at its line, and stays as in
    /// `base`.
    pub fn over(&self, base: &Tokens, findings: &mut Findings) -> Option<Tokens> {
        let base = Table::try_from(base).ok()?;
        let mut merged = base.clone();
        let mut path = Vec::new();
        self.lay(self.written.get_ref(), &base, &mut path, &mut merged, findings);
        Value::Table(merged).try_into().ok()
    }

    fn lay(
        &self,
        written: &DeTable<'_>,
        base: &Table,
        path: &mut Vec<String>,
        merged: &mut Table,
        findings: &mut Findings,
    ) {
        for (key, value) in written.iter() {
            let below = within(base, path).and_then(|table| table.get(key.get_ref().as_ref()));
            path.push(key.get_ref().to_string());
            match (value.get_ref(), below) {
                (DeValue::Table(inner), Some(Value::Table(_))) => {
                    self.lay(inner, base, path, merged, findings);
                }
                _ => self.take((key.span(), value), base, path, merged, findings),
            }
            path.pop();
        }
    }

    /// Sets one token, if a theme with that one token set otherwise can be read.
    fn take(
        &self,
        (key, value): (std::ops::Range<usize>, &Spanned<DeValue<'_>>),
        base: &Table,
        path: &[String],
        merged: &mut Table,
        findings: &mut Findings,
    ) {
        let mut alone = base.clone();
        let read = value_of(value.get_ref()).ok_or_else(|| "a theme has no such value".to_owned());
        let tried = read.and_then(|value| {
            put(&mut alone, path, value.clone());
            match Value::Table(alone).try_into::<Tokens>() {
                Ok(_) => Ok(value),
                Err(error) => Err(error.message().lines().collect::<Vec<_>>().join("; ")),
            }
        });
        match tried {
            Ok(value) => put(merged, path, value),
            Err(message) => {
                let span = if message.starts_with("unknown field") { key } else { value.span() };
                let span = Span::new(self.file, span);
                findings.push(Finding::new(&THEME_TOKENS, message).at(span));
            }
        }
    }
}

/// The table of `base` that the keys of `path` lead to.
fn within<'t>(base: &'t Table, path: &[String]) -> Option<&'t Table> {
    path.iter().try_fold(base, |table, key| table.get(key)?.as_table())
}

fn put(table: &mut Table, path: &[String], value: Value) {
    match path {
        [] => {}
        [key] => {
            table.insert(key.clone(), value);
        }
        [key, rest @ ..] => {
            if let Some(Value::Table(inner)) = table.get_mut(key) {
                put(inner, rest, value);
            }
        }
    }
}

/// The value as it is without its places; `None` for a number that no computer holds.
fn value_of(value: &DeValue<'_>) -> Option<Value> {
    Some(match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => {
            Value::Integer(i64::from_str_radix(number.as_str(), number.radix()).ok()?)
        }
        DeValue::Float(number) => Value::Float(number.as_str().parse().ok()?),
        DeValue::Boolean(flag) => Value::Boolean(*flag),
        DeValue::Datetime(date) => Value::Datetime(*date),
        DeValue::Array(items) => {
            Value::Array(items.iter().map(|item| value_of(item.get_ref())).collect::<Option<_>>()?)
        }
        DeValue::Table(table) => Value::Table(
            table
                .iter()
                .map(|(key, value)| Some((key.get_ref().to_string(), value_of(value.get_ref())?)))
                .collect::<Option<_>>()?,
        ),
    })
}
