//! Comments that came back, kept with the project: `content/comments/DOCUMENT.EDITION.toml`.

use serde::Deserialize;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::review::Remark;

/// How a new file begins.
const HEADING: &str = "# Comments that came back in Word files. `annexe return` adds to this file; `annexe comments` prints it.\n";

/// A comment as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Note {
    /// Who wrote it.
    pub by: String,
    /// When: date and time as the file had them.
    #[serde(default)]
    pub on: String,
    /// The file that the words stand in.
    #[serde(default)]
    pub file: String,
    /// The line they stood on.
    #[serde(default)]
    pub line: usize,
    /// The words it hangs on.
    #[serde(default)]
    pub words: String,
    /// What it says.
    pub text: String,
    /// What the comment said that it answers.
    #[serde(default)]
    pub answers: String,
    /// Who took it in.
    #[serde(default)]
    pub taken_by: String,
    /// Who dealt with it; open when empty.
    #[serde(default)]
    pub resolved_by: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    comment: Vec<Note>,
}

/// Where the comments on an edition of a document are kept, from the project folder.
pub fn comments_file(document: &str, edition: &str) -> String {
    format!("content/comments/{document}.{edition}.toml")
}

/// The comments in a file's text; or why it cannot be read.
pub fn standing(text: &str) -> Result<Vec<Note>, String> {
    toml::from_str::<File>(text).map(|file| file.comment).map_err(|error| {
        let message = error.message().lines().collect::<Vec<_>>().join("; ");
        match error.span().and_then(|span| text.get(..span.start)) {
            Some(before) => format!("line {}: {message}", before.matches('\n').count() + 1),
            None => message,
        }
    })
}

/// `text`, the file so far, with `remarks`, taken in by `by`, and how many of them are new. What is there
/// already stays; one that was dealt with in Word is marked so.
pub fn record(
    text: Option<&str>,
    remarks: &[&Remark],
    by: &str,
) -> Result<(String, usize), String> {
    if let Some(text) = text {
        standing(text)?;
    }
    let mut document: DocumentMut = text
        .unwrap_or(HEADING)
        .parse()
        .map_err(|error: toml_edit::TomlError| error.message().to_owned())?;
    let head = if document.is_empty() { document.trailing().as_str() } else { None };
    let head = head.map(str::to_owned);
    let entry = document.entry("comment").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(tables) = entry.as_array_of_tables_mut() else {
        return Err("`comment` is no list of tables".to_owned());
    };
    let mut new = 0;
    for remark in remarks {
        let comment = &remark.comment;
        let is_it = |table: &Table| {
            let says = |key: &str| table.get(key).and_then(Item::as_str).unwrap_or("").to_owned();
            says("by") == comment.who && says("on") == comment.when && says("text") == comment.text
        };
        if let Some(table) = tables.iter_mut().find(|table| is_it(table)) {
            if comment.done && table.get("resolved-by").is_none() {
                table.insert("resolved-by", value(by));
            }
            continue;
        }
        let before = head.as_deref().filter(|_| tables.is_empty()).unwrap_or("");
        let mut table = Table::new();
        table.decor_mut().set_prefix(format!("{before}\n"));
        table.insert("by", value(comment.who.as_str()));
        table.insert("on", value(comment.when.as_str()));
        if let Some((file, line)) = &remark.place {
            table.insert("file", value(file.as_str()));
            table.insert("line", value(i64::try_from(*line).unwrap_or(0)));
        }
        table.insert("words", value(comment.on.trim()));
        table.insert("text", value(comment.text.as_str()));
        let answered = comment.answers.as_ref().and_then(|id| {
            remarks.iter().find(|other| other.copy == remark.copy && other.comment.id == *id)
        });
        if let Some(answered) = answered {
            table.insert("answers", value(answered.comment.text.as_str()));
        }
        table.insert("taken-by", value(by));
        if comment.done {
            table.insert("resolved-by", value(by));
        }
        tables.push(table);
        new += 1;
    }
    if head.is_some() {
        document.set_trailing("");
    }
    Ok((document.to_string(), new))
}

/// `text` with the comments of these numbers, from 1, dealt with by `by`; or the first there is none of.
pub fn resolve(text: &str, numbers: &[usize], by: &str) -> Result<String, String> {
    standing(text)?;
    let mut document: DocumentMut =
        text.parse().map_err(|error: toml_edit::TomlError| error.message().to_owned())?;
    let tables = document.get_mut("comment").and_then(Item::as_array_of_tables_mut);
    let Some(tables) = tables else { return Err("it holds no comments".to_owned()) };
    for number in numbers {
        let table = number.checked_sub(1).and_then(|index| tables.get_mut(index));
        let Some(table) = table else { return Err(format!("there is no comment {number}")) };
        table.insert("resolved-by", value(by));
    }
    Ok(document.to_string())
}
