//! Writes agreement into the text of a file, in place: what stands there keeps its order and comments.

use chrono::{Datelike, NaiveDate};
use toml_edit::{Array, ArrayOfTables, Date, Datetime, DocumentMut, Item, Table, Value, value};

use super::State;

/// How a new file begins: with the schema that editors check it by.
const HEADING: &str = "#:schema ../../docs/schema/agreed.json\n\
    # What each section said when its counterpart was agreed. `annexe agree` writes this file.\n";

/// `text`, the file of agreement so far, with `states` agreed by `by` on `on`; or why it cannot be read.
pub fn record(
    text: Option<&str>,
    states: &[&State],
    by: &str,
    on: NaiveDate,
) -> Result<String, String> {
    let mut document: DocumentMut = text
        .unwrap_or(HEADING)
        .parse()
        .map_err(|error: toml_edit::TomlError| error.message().to_owned())?;
    // A file that holds comments alone keeps them at its head.
    let head = if document.is_empty() { document.trailing().as_str() } else { None };
    let head = head.map(str::to_owned);
    let entry = document.entry("agreed").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(records) = entry.as_array_of_tables_mut() else {
        return Err("`agreed` is no list of tables".to_owned());
    };
    for state in states {
        let is_it = |table: &Table| {
            table.get("section").and_then(Item::as_str) == Some(state.anchor.as_str())
        };
        if let Some(table) = records.iter_mut().find(|table| is_it(table)) {
            fill(table, state, by, on);
            continue;
        }
        let before = head.as_deref().filter(|_| records.is_empty()).unwrap_or("");
        let mut table = Table::new();
        table.decor_mut().set_prefix(format!("{before}\n"));
        fill(&mut table, state, by, on);
        records.push(table);
    }
    if head.is_some() {
        document.set_trailing("");
    }
    Ok(document.to_string())
}

fn fill(table: &mut Table, state: &State, by: &str, on: NaiveDate) {
    set(table, "section", state.anchor.as_str().into());
    set(table, "by", by.into());
    set(table, "on", day(on).into());
    let mut figures = Array::new();
    for (name, shows) in &state.figures {
        let mut pair = Array::new();
        pair.push(name.as_str());
        pair.push(shows.as_str());
        pair.decor_mut().set_prefix("\n    ");
        figures.push_formatted(Value::Array(pair));
    }
    if state.figures.is_empty() {
        table.remove("figures");
    } else {
        figures.set_trailing_comma(true);
        figures.set_trailing("\n");
        set(table, "figures", Value::Array(figures));
    }
    set(table, "text", multi_line(&state.text));
}

/// Sets a key and keeps what stands around its value.
fn set(table: &mut Table, key: &str, new: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            let decor = old.decor().clone();
            *old = new;
            *old.decor_mut() = decor;
        }
        None => {
            table.insert(key, value(new));
        }
    }
}

fn day(on: NaiveDate) -> Datetime {
    // The calendar's years are beyond TOML's four figures only for days that no plan has.
    let year = u16::try_from(on.year()).unwrap_or(0);
    let (month, day) = (on.month() as u8, on.day() as u8);
    Datetime { date: Some(Date { year, month, day }), time: None, offset: None }
}

/// A text of several lines, as people would write it: between three quotes, from a new line on.
fn multi_line(text: &str) -> Value {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '\\' | '"' => escaped.extend(['\\', c]),
            '\n' => escaped.push(c),
            c if c.is_control() => escaped.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => escaped.push(c),
        }
    }
    let written = format!("\"\"\"\n{escaped}\n\"\"\"");
    written.parse().unwrap_or_else(|_| Value::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(anchor: &str, text: &str, figures: &[(&str, &str)]) -> State {
        let figures = figures.iter().map(|(n, s)| ((*n).to_owned(), (*s).to_owned())).collect();
        State {
            anchor: anchor.into(),
            title: String::new(),
            span: None,
            words: None,
            text: text.into(),
            figures,
        }
    }

    #[test]
    fn a_record_is_added_or_put_in_place_of_the_old_one_and_the_rest_stays() {
        let on = "2026-11-24".parse().unwrap();
        let first = state("waits", "Waits\nA \"long\" wait\\time", &[("kpi.K1.actual", "58%")]);
        let made = record(None, &[&first], "Board", on).unwrap();
        let expected = "[[agreed]]\nsection = \"waits\"\nby = \"Board\"\non = 2026-11-24\nfigures = [\n    \
            [\"kpi.K1.actual\", \"58%\"],\n]\ntext = \"\"\"\nWaits\nA \\\"long\\\" wait\\\\time\n\"\"\"\n";
        assert_eq!(made, format!("{HEADING}\n{expected}"));

        let kept = made.replace("by = \"Board\"", "by = \"Board\" # all of them");
        let other = state("costs", "Costs", &[]);
        let both = record(Some(&kept), &[&other], "Ann", on).unwrap();
        assert_eq!(
            both,
            format!(
                "{kept}\n[[agreed]]\nsection = \"costs\"\nby = \"Ann\"\non = 2026-11-24\ntext = \"\"\"\nCosts\n\"\"\"\n"
            )
        );
        let anew = state("waits", "Waits", &[]);
        let later = record(Some(&both), &[&anew], "Bo", "2026-12-01".parse().unwrap()).unwrap();
        assert!(later.contains("by = \"Bo\" # all of them\non = 2026-12-01\ntext = \"\"\"\nWaits\n\"\"\"\n\n[[agreed]]\nsection = \"costs\""), "{later}");
        assert_eq!(
            record(Some("agreed = 3"), &[&anew], "Bo", on).unwrap_err(),
            "`agreed` is no list of tables"
        );
    }
}
