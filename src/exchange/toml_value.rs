//! Cells into TOML values and back, by what the field takes.

use toml_edit::{Array, Item, Value};

use crate::exchange::dates;
use crate::exchange::kind::{Field, Form};
use crate::load::value::folded;

/// The words of one entry as a TOML value. What does not fit the form stays a text, for the
/// loader's reader to say what is wrong with it.
pub fn value(words: &str, form: &Form) -> Value {
    let plain = words.trim();
    match form {
        Form::Whole(_) | Form::Number => {
            if let Ok(whole) = plain.parse::<i64>() {
                return Value::from(whole);
            }
            let is_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
            match plain.parse::<f64>() {
                Ok(number) if plain.chars().all(is_figure) => Value::from(number),
                _ => text(plain),
            }
        }
        Form::Flag => match plain.to_lowercase().as_str() {
            "yes" | "true" => Value::from(true),
            "no" | "false" => Value::from(false),
            _ => text(plain),
        },
        Form::Date(_) => {
            let date = dates::plain(plain);
            // Only a whole day is a date to TOML.
            match date.parse::<toml_edit::Datetime>() {
                Ok(day) if date.len() == "2022-05-30".len() => Value::from(day),
                _ => text(&date),
            }
        }
        Form::Text => text(words),
        Form::Id | Form::Reference(_) | Form::Rating(_) | Form::Choice(_) => text(plain),
    }
}

/// A list of entries.
pub fn list(values: Vec<Value>) -> Value {
    Value::Array(values.into_iter().collect::<Array>())
}

/// A text on one line, in double quotes whatever is in it: plan files write all texts alike.
fn text(words: &str) -> Value {
    let words = folded(words);
    let escaped = words.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"").parse().unwrap_or_else(|_| Value::from(words))
}

/// Whether what stands in a file says the same as a cell does. None is an empty cell.
pub fn same(old: Option<&Item>, new: Option<&Value>, field: &Field) -> bool {
    let old = old.and_then(Item::as_value);
    match (old, new) {
        (None, None) => true,
        (Some(old), None) => is_empty(old),
        (None, Some(new)) => is_empty(new),
        (Some(Value::Array(old)), Some(Value::Array(new))) => {
            old.len() == new.len() && old.iter().zip(new).all(|(a, b)| agree(a, b, &field.form))
        }
        (Some(old), Some(new)) => agree(old, new, &field.form),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::String(text) => folded(text.value()).is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

fn agree(old: &Value, new: &Value, form: &Form) -> bool {
    let number = |value: &Value| match value {
        Value::Integer(whole) => Some(*whole.value() as f64),
        Value::Float(number) => Some(*number.value()),
        _ => None,
    };
    match (old, new) {
        (Value::Boolean(a), Value::Boolean(b)) => a.value() == b.value(),
        _ => match (number(old), number(new)) {
            (Some(a), Some(b)) => a == b,
            (None, None) => match (cell(old), cell(new)) {
                (Some(a), Some(b)) if matches!(form, Form::Date(_)) => {
                    dates::plain(&a) == dates::plain(&b)
                }
                (Some(a), Some(b)) => a == b,
                _ => false,
            },
            _ => false,
        },
    }
}

/// What a cell says of a value; none when no cell can say it.
pub fn cell(value: &Value) -> Option<String> {
    Some(match value {
        Value::String(text) => folded(text.value()),
        Value::Integer(whole) => whole.value().to_string(),
        Value::Float(number) => number.value().to_string(),
        Value::Boolean(flag) => if *flag.value() { "yes" } else { "no" }.to_owned(),
        Value::Datetime(date) => date.value().to_string(),
        Value::Array(list) => {
            let entries: Option<Vec<String>> = list.iter().map(cell).collect();
            entries?.join("\n")
        }
        Value::InlineTable(_) => return None,
    })
}

/// A value as people read it in a list of changes.
pub fn shown(value: Option<&Value>) -> String {
    match value {
        Some(value) => value.clone().decorated("", "").to_string(),
        None => "nothing".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stand_in_double_quotes_whatever_is_in_them() {
        let written = text("say \"yes\" to C:\\plans\nand more").to_string();
        assert_eq!(written, "\"say \\\"yes\\\" to C:\\\\plans and more\"");
        assert_eq!(written.parse::<Value>().unwrap().as_str().unwrap().len(), 30);
    }

    #[test]
    fn days_are_dates_and_months_are_texts() {
        let form = Form::Date(Vec::new());
        let written = |words| value(words, &form).to_string();
        assert_eq!(written("30 May 2022"), "2022-05-30");
        assert_eq!(written("May 2022"), "\"2022-05\"");
        assert_eq!(written("from Mar 2019 onwards"), "\"from 2019-03\"");
        assert_eq!(written("by 2022-04-30"), "\"by 2022-04-30\"");
        assert_eq!(written("31 Nov 2022"), "\"31 Nov 2022\"");
    }

    #[test]
    fn numbers_are_numbers_and_what_is_none_stays_a_text() {
        let written = |words| value(words, &Form::Number).to_string();
        assert_eq!([written("53"), written("-0.5")], ["53", "-0.5"]);
        assert_eq!([written("53%"), written("inf")], ["\"53%\"", "\"inf\""]);
    }
}
