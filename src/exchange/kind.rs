//! The kinds of record there are and the fields of each, from the loader's own description.

use serde_json::Value as Json;

use crate::diag::nearest;
use crate::load::value::{DATE, RATED_AS, REFERS_TO};

/// A kind of record that a sheet can hold, one a row.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Its key in plan files: "action".
    pub name: String,
    /// The key of the list of tables in each record of that name, when it is the parts of records
    /// that are meant: "milestone".
    pub part: Option<String>,
    /// Its fields that a cell can hold, in the schema's order.
    pub fields: Vec<Field>,
    /// Its fields that no cell can hold, with the part they may be exported as.
    pub nested: Vec<String>,
    /// The parts of its records that are kinds of their own.
    pub parts: Vec<Kind>,
}

/// One field.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its key.
    pub name: String,
    /// What it says.
    pub doc: String,
    /// Whether every record must have it.
    pub required: bool,
    /// What it takes.
    pub form: Form,
    /// Whether it takes many.
    pub many: bool,
}

/// What a cell of a field may hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// One line of text.
    Text,
    /// A word without spaces.
    Id,
    /// The id of a record of this kind.
    Reference(String),
    /// The id of a rating of schemes that rate this.
    Rating(String),
    /// A date as plans state it, with examples.
    Date(Vec<String>),
    /// One of these words.
    Choice(Vec<String>),
    /// A whole number up to this.
    Whole(Option<u64>),
    /// A number.
    Number,
    /// Yes or no.
    Flag,
}

/// A kind that is not there, and the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misnamed {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Kind {
    /// The kind that `name` names, of those that the schema `plan` describes: "action", or
    /// "action.milestone" for the parts of actions.
    pub fn named(name: &str, plan: &Json) -> Result<Kind, Misnamed> {
        let (record, part) = match name.split_once('.') {
            Some((record, part)) => (record, Some(part)),
            None => (name, None),
        };
        let items = |of: &Json, key: &str| of["properties"][key]["items"].clone();
        let kind = items(plan, record);
        let described = part.map_or_else(|| kind.clone(), |part| items(&kind, part));
        if !described["properties"].is_object() {
            let known: Vec<String> = names(plan);
            let message = format!("there is no kind of record \"{name}\"");
            let help = match nearest(name, known.iter().map(String::as_str)) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("one of: {}", known.join(", ")),
            };
            return Err(Misnamed { message, help });
        }
        let (record, part) = (record.to_owned(), part.map(str::to_owned));
        let mut kind =
            Kind { name: record, part, fields: Vec::new(), nested: Vec::new(), parts: Vec::new() };
        let is_required = |key: &str| {
            described["required"].as_array().is_some_and(|all| all.iter().any(|one| one == key))
        };
        for (key, schema) in described["properties"].as_object().into_iter().flatten() {
            let many = schema["type"] == "array";
            match form(if many { &schema["items"] } else { schema }) {
                Some(form) => kind.fields.push(Field {
                    name: key.clone(),
                    doc: schema["description"].as_str().unwrap_or_default().to_owned(),
                    required: is_required(key),
                    form,
                    many,
                }),
                None => kind.nested.push(key.clone()),
            }
        }
        if kind.part.is_none() {
            let named = |part: &String| Kind::named(&format!("{}.{part}", kind.name), plan).ok();
            kind.parts = kind.nested.iter().filter_map(named).collect();
        }
        Ok(kind)
    }

    /// Its name as it is given on the command line.
    pub fn title(&self) -> String {
        match &self.part {
            Some(part) => format!("{}.{part}", self.name),
            None => self.name.clone(),
        }
    }

    /// What one of them is called in messages.
    pub fn word(&self) -> &str {
        self.part.as_deref().unwrap_or(&self.name)
    }

    /// Whether its records have ids.
    pub fn has_id(&self) -> bool {
        self.fields.iter().any(|field| field.name == "id")
    }

    /// The column that names the record a part belongs to: "action.id".
    pub fn parent_column(&self) -> Option<String> {
        self.part.as_ref().map(|_| format!("{}.id", self.name))
    }

    /// The field with this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// The names of all kinds and of their parts.
fn names(plan: &Json) -> Vec<String> {
    let mut names = Vec::new();
    for (kind, schema) in plan["properties"].as_object().into_iter().flatten() {
        names.push(kind.clone());
        for (part, schema) in schema["items"]["properties"].as_object().into_iter().flatten() {
            if schema["items"]["properties"].is_object() {
                names.push(format!("{kind}.{part}"));
            }
        }
    }
    names
}

/// What a schema says a cell may hold; none for tables and lists of them.
fn form(schema: &Json) -> Option<Form> {
    let words = |words: &Json| -> Vec<String> {
        words.as_array().into_iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect()
    };
    if let Some(alternatives) = schema["anyOf"].as_array() {
        // A value that may also be a table: what a cell can say of it.
        return alternatives.iter().find_map(form);
    }
    if schema["enum"].is_array() {
        return Some(Form::Choice(words(&schema["enum"])));
    }
    if let Some(word) = schema["const"].as_str() {
        return Some(Form::Choice(vec![word.to_owned()]));
    }
    match schema["type"].as_str()? {
        "string" => Some(match (schema[REFERS_TO].as_str(), schema[RATED_AS].as_str()) {
            (Some(kind), _) => Form::Reference(kind.to_owned()),
            (_, Some(rated)) => Form::Rating(rated.to_owned()),
            _ if schema["format"] == DATE => Form::Date(words(&schema["examples"])),
            _ if schema["pattern"].is_string() => Form::Id,
            _ => Form::Text,
        }),
        "integer" => Some(Form::Whole(schema["maximum"].as_u64())),
        "number" => Some(Form::Number),
        "boolean" => Some(Form::Flag),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::schema;

    fn named(name: &str) -> Result<Kind, Misnamed> {
        Kind::named(name, &schema::plan())
    }

    #[test]
    fn a_kind_is_what_its_reader_asks_for() {
        let risk = named("risk").unwrap();
        let names: Vec<_> = risk.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names.first(), Some(&"id"));
        assert_eq!(risk.field("severity").unwrap().form, Form::Rating("risk".to_owned()));
        let actions = risk.field("actions").unwrap();
        assert_eq!((&actions.form, actions.many), (&Form::Reference("action".to_owned()), true));
        assert!(matches!(risk.field("raised").unwrap().form, Form::Date(_)));
        assert!(risk.has_id() && risk.field("title").unwrap().required);
    }

    #[test]
    fn parts_of_records_are_kinds_too() {
        let action = named("action").unwrap();
        assert!(action.field("milestone").is_none());
        let parts: Vec<_> = action.parts.iter().map(Kind::title).collect();
        assert_eq!(parts, ["action.revised", "action.milestone"]);
        let milestone = named("action.milestone").unwrap();
        assert!(!milestone.has_id());
        assert_eq!(milestone.parent_column().as_deref(), Some("action.id"));
    }

    #[test]
    fn a_misspelt_kind_names_the_nearest() {
        assert_eq!(named("rsk").unwrap_err().help, "did you mean \"risk\"?");
        assert!(named("action.milestne").unwrap_err().help.contains("action.milestone"));
    }
}
