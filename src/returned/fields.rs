//! Finds the field of the plan that some shown words are, and writes the field anew.

use std::collections::HashMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::compare::{fold, folded};
use crate::diag::slashed;
use crate::project::Project;

/// Shorter texts stand in too many places to be told apart.
const SHORTEST: usize = 3;

/// A text of a TOML file.
#[derive(Debug, Clone)]
pub struct Field {
    /// The file, from the project folder.
    pub path: String,
    /// The keys that lead to it: `action.3.title`.
    pub key: String,
    /// Its bytes, quotation marks and all.
    pub range: Range<usize>,
    /// What it says.
    pub text: String,
    /// The record that it is in, by number.
    record: usize,
}

/// The texts of the plan, by their words.
#[derive(Debug, Default)]
pub struct Fields {
    all: Vec<Field>,
    by_words: HashMap<String, Vec<usize>>,
    /// The words of each record, to tell it from others that say the same somewhere.
    records: Vec<Vec<String>>,
}

impl Fields {
    /// Those of `project`.
    pub fn of(project: &Project) -> Self {
        let mut fields = Fields::default();
        for (_, file) in project.sources.iter() {
            let path = slashed(&file.path);
            let is_plan = path.starts_with("content/plan/") || path == "content/project.toml";
            let is_data = path.starts_with("content/data/");
            if file.built_in || !path.ends_with(".toml") || !(is_plan || is_data) {
                continue;
            }
            if let Ok(table) = DeTable::parse(&file.text) {
                let mut key = Vec::new();
                fields.table(table.get_ref(), &path, &mut key);
            }
        }
        fields
    }

    fn table(&mut self, table: &DeTable<'_>, path: &str, key: &mut Vec<String>) {
        let record = self.records.len();
        self.records.push(Vec::new());
        for (name, value) in table.iter() {
            key.push(name.get_ref().to_string());
            self.value(value, path, key, record);
            key.pop();
        }
    }

    fn value(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        path: &str,
        key: &mut Vec<String>,
        record: usize,
    ) {
        match value.get_ref() {
            DeValue::String(text) => {
                let words = folded(text);
                self.records[record].push(words.clone());
                let index = self.all.len();
                self.all.push(Field {
                    path: path.to_owned(),
                    key: key.join("."),
                    range: value.span(),
                    text: text.to_string(),
                    record,
                });
                self.by_words.entry(words).or_default().push(index);
            }
            DeValue::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    key.push((index + 1).to_string());
                    self.value(item, path, key, record);
                    key.pop();
                }
            }
            DeValue::Table(inner) => self.table(inner, path, key),
            _ => {}
        }
    }

    /// The fields that say `words`, those first whose records say most of what stands `around`.
    /// More than one only when nothing tells them apart.
    pub fn find(&self, words: &str, around: &[String]) -> Vec<&Field> {
        let words = folded(words);
        if words.chars().count() < SHORTEST {
            return Vec::new();
        }
        let found = self.by_words.get(&words).map_or(&[][..], Vec::as_slice);
        if found.len() < 2 {
            return found.iter().map(|index| &self.all[*index]).collect();
        }
        let score = |field: &Field| {
            let own = self.records[field.record].iter().filter(|text| **text != words);
            own.filter(|text| around.iter().any(|near| near == *text)).count()
        };
        let scored: Vec<(usize, &Field)> =
            found.iter().map(|index| &self.all[*index]).map(|f| (score(f), f)).collect();
        let best = scored.iter().map(|(score, _)| *score).max().unwrap_or(0);
        scored.into_iter().filter(|(score, _)| *score == best).map(|(_, field)| field).collect()
    }
}

/// Shorter texts are not looked for among others.
const SHORTEST_PART: usize = 10;

impl Fields {
    /// The longest field whose text is a part of `words` that holds the characters `from..to`, and at
    /// which character it starts. None when several records say the same.
    pub fn within(&self, words: &str, from: usize, to: usize) -> Option<(&Field, usize)> {
        let words: String = words.chars().map(fold).collect();
        let mut best: Option<(usize, &Field, usize)> = None;
        let mut same = false;
        for field in &self.all {
            let length = field.text.chars().count();
            if length < SHORTEST_PART || best.is_some_and(|(most, ..)| length < most) {
                continue;
            }
            let text: String = field.text.chars().map(fold).collect();
            let Some(at) = words.find(&text) else { continue };
            let start = words[..at].chars().count();
            if start > from || start + length < to {
                continue;
            }
            same = best.is_some_and(|(most, ..)| length == most);
            best = Some((length, field, start));
        }
        best.filter(|_| !same).map(|(_, field, start)| (field, start))
    }
}

/// `text` as a TOML file writes it where `written` stands.
pub fn written_as(text: &str, written: &str) -> String {
    let plain = |c: char| !c.is_control() || c == '\n';
    if written.starts_with("\"\"\"") && !text.contains("\"\"\"") && !text.contains('\\') {
        let opening = if written.starts_with("\"\"\"\n") { "\"\"\"\n" } else { "\"\"\"" };
        if text.chars().all(plain) && !text.ends_with('"') {
            return format!("{opening}{text}\"\"\"");
        }
    }
    if written.starts_with('\'')
        && !written.starts_with("'''")
        && !text.contains(['\'', '\n'])
        && text.chars().all(plain)
    {
        return format!("'{text}'");
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
