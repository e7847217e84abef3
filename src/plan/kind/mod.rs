//! Kinds of record that the project declares, and fields that it adds to kinds of Annexe's own.
//!
//! A declaration (`content/kinds/NAME.toml`) names fields and gives each a [`FieldType`]. All that a
//! kind can do follows from the types of its fields: how a record is read, which ids it must find,
//! what expressions see, which columns a sheet has. No rule here knows any kind by its name.

pub mod formula;
mod record;

use std::sync::Arc;

use crate::plan::Style;
use crate::source::At;

pub use formula::{Formula, FormulaFault};
pub use record::{Declared, DeclaredRecord, Held, Scalar, Unworked};

/// Most kinds that a project declares.
pub const MOST_KINDS: usize = 100;
/// Most fields of a kind.
pub const MOST_FIELDS: usize = 60;

/// Fields that every declared kind has, and none declares.
pub const OWN_FIELDS: [&str; 3] = ["id", "added", "withdrawn"];

/// A declared kind of record, or what the project adds to one of Annexe's own.
#[derive(Debug)]
pub struct Kind {
    /// Its key in plan files: "contract", "priority-area".
    pub name: At<String>,
    /// What one of them is called in messages: "priority area".
    pub word: String,
    /// What it is, in a sentence.
    pub about: String,
    /// What expressions call all of them: `plan.contracts`.
    pub plural: String,
    /// Whether it adds to a kind that there is without it.
    pub extends: bool,
    /// The field that a record is shown as; its id when none is.
    pub title: Option<usize>,
    /// The field that says how a record is going, asked for when one is overdue.
    pub progress: Option<usize>,
    /// Whether a record that no other names is reported.
    pub referenced: bool,
    /// Its fields, in the order written.
    pub fields: Vec<Field>,
}

/// One field of a [`Kind`].
#[derive(Debug)]
pub struct Field {
    /// Its key in plan files: "start-date".
    pub name: At<String>,
    /// What expressions call it: "start_date".
    pub path: String,
    /// What it is called where people read it.
    pub label: String,
    /// What it says, for those who fill it in.
    pub help: String,
    /// Values that it may have, for those who fill it in.
    pub examples: Vec<String>,
    /// Whether every record must have it.
    pub needed: bool,
    /// Whether it keeps what it was before.
    pub history: bool,
    /// Whether it takes a list.
    pub many: bool,
    /// What it takes.
    pub takes: FieldType,
}

/// What a field takes. The rules of fields hang on these.
#[derive(Debug, Clone)]
pub enum FieldType {
    /// One line of words.
    Text,
    /// Words with emphasis and links, as Markdown.
    RichText,
    /// A number.
    Number(NumberType),
    /// A day or a month.
    Date,
    /// A due date: first set, moved, met.
    Due,
    /// Yes or no.
    YesNo,
    /// One of these words.
    Choice(Vec<String>),
    /// A rating of the scheme with this id.
    Rating(At<String>),
    /// The id of a record.
    Reference {
        /// The kind it is of, by its key in plan files.
        to: At<String>,
        /// What a record of that kind calls those that name it.
        back: Option<At<String>>,
    },
    /// Worked out from the other fields.
    Computed {
        /// How.
        formula: Arc<Formula>,
        /// What comes out.
        gives: Box<FieldType>,
    },
}

/// Which numbers a field takes, and how they are written.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberType {
    /// Whether only whole numbers will do.
    pub whole: bool,
    /// How they are written.
    pub style: Style,
    /// The least there may be.
    pub least: Option<f64>,
    /// The most there may be.
    pub most: Option<f64>,
}

/// What expressions call a key of plan files: there a hyphen would take one from the other.
pub fn path_of(key: &str) -> String {
    key.replace('-', "_")
}

impl Kind {
    /// What expressions call its records by id: `contract.C1`.
    pub fn path(&self) -> String {
        path_of(&self.name)
    }

    /// The place of the field with this key.
    pub fn field(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| *field.name == name)
    }

    /// Its fields that name records of other kinds: the field's place, the kind's key, the way back.
    pub fn references(&self) -> impl Iterator<Item = (usize, &At<String>, Option<&At<String>>)> {
        self.fields.iter().enumerate().filter_map(|(place, field)| match &field.takes {
            FieldType::Reference { to, back } => Some((place, to, back.as_ref())),
            _ => None,
        })
    }
}

impl FieldType {
    /// The word that a declaration uses, with what it takes.
    pub const WORDS: &'static [(&'static str, &'static str)] = &[
        ("text", "one line of words"),
        ("rich-text", "words with **strong**, *emphasis* and [links](https://…), as Markdown"),
        ("number", "a number; `unit`, `of`, `decimals`, `better`, `least` and `most` say more"),
        ("whole", "a whole number"),
        ("money", "an amount in pounds"),
        ("percent", "a number of per cent"),
        ("date", "a day or a month"),
        ("due", "a due date: plain, or { due, revised, started, done }"),
        ("yes-no", "true or false"),
        ("choice", "one of the words in `choices`"),
        ("rating", "a rating of the scheme that `scheme` names"),
        ("reference", "the id of a record of the kind that `to` names; `back` names the way back"),
        ("computed", "worked out by the expression `from`; `gives` says what comes out"),
    ];

    /// The word that a declaration uses for it.
    pub fn word(&self) -> &'static str {
        match self {
            FieldType::Text => "text",
            FieldType::RichText => "rich-text",
            FieldType::Number(number) => number.word(),
            FieldType::Date => "date",
            FieldType::Due => "due",
            FieldType::YesNo => "yes-no",
            FieldType::Choice(_) => "choice",
            FieldType::Rating(_) => "rating",
            FieldType::Reference { .. } => "reference",
            FieldType::Computed { .. } => "computed",
        }
    }
}

impl NumberType {
    fn word(&self) -> &'static str {
        match self.style.unit {
            crate::plan::Unit::Pounds => "money",
            crate::plan::Unit::Percent => "percent",
            _ if self.whole => "whole",
            _ => "number",
        }
    }

    /// What it takes, in words: "a whole number from 1 to 5".
    pub fn takes(&self) -> String {
        let what = if self.whole { "a whole number" } else { "a number" };
        match (self.least, self.most) {
            (Some(least), Some(most)) => format!("{what} from {least} to {most}"),
            (Some(least), None) => format!("{what}, at least {least}"),
            (None, Some(most)) => format!("{what}, at most {most}"),
            (None, None) => format!("{what}, without a unit or quotes"),
        }
    }

    /// Whether it takes `number`.
    pub fn fits(&self, number: f64) -> bool {
        number.is_finite()
            && (!self.whole || number.fract() == 0.0)
            && self.least.is_none_or(|least| number >= least)
            && self.most.is_none_or(|most| number <= most)
    }
}

/// What a project's declarations say.
#[derive(Debug, Clone, Default)]
pub struct Kinds {
    /// Kinds of its own, and what it adds to others, in the order of the files' names.
    pub all: Vec<Arc<Kind>>,
}

impl Kinds {
    /// The kinds that are the project's own.
    pub fn own(&self) -> impl Iterator<Item = &Arc<Kind>> {
        self.all.iter().filter(|kind| !kind.extends)
    }

    /// The kind of its own with this key.
    pub fn named(&self, name: &str) -> Option<&Arc<Kind>> {
        self.own().find(|kind| *kind.name == name)
    }

    /// What it adds to the kind with this key.
    pub fn extension(&self, name: &str) -> Option<&Arc<Kind>> {
        self.all.iter().find(|kind| kind.extends && *kind.name == name)
    }
}
