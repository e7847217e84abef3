//! One declaration as written, `content/kinds/NAME.toml`: its fields, and what each type takes.

use crate::diag::Finding;
use crate::diag::rules::KIND_FIELD;
use crate::load::record::{FromTable, Record};
use crate::load::value::{Choice, Flag, Id, Named, Number, OneOf, Text, Whole};
use crate::plan::kind::{FieldType, NumberType};
use crate::plan::{Better, Style, Unit};
use crate::source::{At, Span};

/// `content/kinds/NAME.toml` as written.
#[derive(Debug)]
pub struct KindFile {
    /// What the kind is.
    pub about: String,
    /// What all its records are called.
    pub plural: Option<At<String>>,
    /// The field that a record is shown as.
    pub title: Option<At<String>>,
    /// The field that says how a record is going.
    pub progress: Option<At<String>>,
    /// Whether each record is to be named by another.
    pub referenced: bool,
    /// Its fields, in the order written.
    pub fields: Vec<(At<String>, At<FieldFile>)>,
    /// Where it stands.
    pub span: Span,
}

/// `[field.NAME]` as written.
#[derive(Debug)]
pub struct FieldFile {
    /// What it takes; none when that cannot be told.
    pub takes: Option<Takes>,
    /// What it is called.
    pub label: Option<String>,
    /// What it says.
    pub help: String,
    /// Values it may have.
    pub examples: Vec<String>,
    /// Whether it must be there.
    pub needed: bool,
    /// Whether it keeps what it was.
    pub history: bool,
    /// Whether it takes a list.
    pub many: bool,
}

/// What a field takes.
#[derive(Debug)]
pub struct Takes {
    /// The type; text for one that is worked out, until its expression is read.
    pub plain: FieldType,
    /// Of one that is worked out: the expression, and what comes out.
    pub formula: Option<(At<String>, FieldType)>,
}

/// The word of a type of field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Text,
    RichText,
    Number,
    Whole,
    Money,
    Percent,
    Date,
    Due,
    YesNo,
    Choice,
    Rating,
    Reference,
    Computed,
}

impl Choice for Word {
    const WHAT: &'static str = "type of field";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("text", Word::Text),
        ("rich-text", Word::RichText),
        ("number", Word::Number),
        ("whole", Word::Whole),
        ("money", Word::Money),
        ("percent", Word::Percent),
        ("date", Word::Date),
        ("due", Word::Due),
        ("yes-no", Word::YesNo),
        ("choice", Word::Choice),
        ("rating", Word::Rating),
        ("reference", Word::Reference),
        ("computed", Word::Computed),
    ];
}

/// What an expression may come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Gives(Word);

impl Choice for Gives {
    const WHAT: &'static str = "type of result";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("number", Gives(Word::Number)),
        ("whole", Gives(Word::Whole)),
        ("money", Gives(Word::Money)),
        ("percent", Gives(Word::Percent)),
        ("text", Gives(Word::Text)),
        ("yes-no", Gives(Word::YesNo)),
        ("choice", Gives(Word::Choice)),
        ("rating", Gives(Word::Rating)),
        ("date", Gives(Word::Date)),
    ];
}

impl FromTable for KindFile {
    const WHAT: &'static str = "";
    const DOC: &'static str =
        "A kind of record, or fields that are added to one; the file's name is the kind's.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let about = r.need::<Text>("about", "what one of them is, in a sentence");
        let plural =
            r.get::<Id>("plural", "what all of them are called; the name and an s when absent");
        let title = r.get::<Id>(
            "title",
            "the field that a record is shown as; `title` or `name` when absent, or else its id",
        );
        let progress =
            r.get::<Id>("progress", "the field that says how it is going; asked for when overdue");
        let referenced =
            r.get::<Flag>("referenced", "true: a record that no other names is reported");
        let fields = r.need::<Named<FieldFile>>("field", "each field, by name");
        let mut fields = fields.map_or_else(Vec::new, |fields| fields.value);
        fields.sort_by_key(|(key, _)| key.span.start);
        Some(KindFile {
            about: about?.value,
            plural,
            title,
            progress,
            referenced: referenced.is_some_and(|referenced| referenced.value),
            fields,
            span: r.span(),
        })
    }
}

impl FromTable for FieldFile {
    const WHAT: &'static str = "field";
    const DOC: &'static str = "A field of the kind.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let word = r.need::<OneOf<Word>>("type", "what it takes");
        let label =
            r.get::<Text>("label", "what it is called; its name with a capital when absent");
        let help = r.need::<Text>("help", "what it says, for whoever fills it in");
        let examples = r.list::<Text>("examples", "values it may have");
        let needed = r.get::<Flag>("needed", "true: every record must have it");
        let history =
            r.get::<Flag>("history", "true: it may list what it was from which day: [{ on, is }]");
        let many = r.get::<Flag>("many", "true: it takes a list");
        let unit = r.get::<OneOf<Unit>>("unit", "what a number counts");
        let of = r.get::<Text>("of", "what is counted, after the number: \"pupils\"");
        let decimals = r.get::<Whole<6>>("decimals", "decimals to print; as written when absent");
        let better = r.get::<OneOf<Better>>("better", "which way is better: higher or lower");
        let least = r.get::<Number>("least", "the least that a number may be");
        let most = r.get::<Number>("most", "the most that a number may be");
        let choices = r.list::<Text>("choices", "the words to choose from, of a choice");
        let scheme = r.get::<Id>("scheme", "id of the scheme, of a rating");
        let to = r.get::<Id>("to", "the kind of record that a reference names");
        let back = r.get::<Id>("back", "what such a record calls those that name it");
        let from = r.get::<Text>("from", "the expression that works it out: \"spent / value\"");
        let gives = r.get::<OneOf<Gives>>("gives", "what comes out; a number when absent");

        let written = word.as_ref().map(|word| word.value);
        let result = match written {
            Some(Word::Computed) => gives.map_or(Word::Number, |gives| gives.value.0),
            Some(word) => word,
            None => Word::Text,
        };
        let is_number = matches!(result, Word::Number | Word::Whole | Word::Money | Word::Percent);
        let is = |word: Word| written == Some(word);
        let on = |flag: &Option<At<bool>>| flag.as_ref().is_some_and(|flag| flag.value);
        let is_one = is(Word::Due) || is(Word::Computed);
        for (key, fits) in [
            ("unit", result == Word::Number),
            ("of", matches!(result, Word::Number | Word::Whole)),
            ("decimals", is_number && result != Word::Whole),
            ("better", is_number),
            ("least", is_number),
            ("most", is_number),
            ("choices", result == Word::Choice),
            ("scheme", result == Word::Rating),
            ("to", is(Word::Reference)),
            ("back", is(Word::Reference)),
            ("from", is(Word::Computed)),
            ("gives", is(Word::Computed)),
            ("needed", !is(Word::Computed)),
            ("many", !is_one),
            ("history", !is_one && !on(&many)),
        ] {
            if r.has(key) && !fits && written.is_some() {
                let message = format!("`{key}` does not go with the type of this field");
                fault(r, message, None);
            }
        }
        for (key, is_there, wanted) in [
            ("choices", !choices.is_empty(), result == Word::Choice),
            ("scheme", scheme.is_some(), result == Word::Rating),
            ("to", to.is_some(), is(Word::Reference)),
            ("from", from.is_some(), is(Word::Computed)),
        ] {
            if wanted && !is_there && !r.has(key) && r.is_written() {
                let help = match key {
                    "choices" => "name them: choices = [\"low\", \"high\"]",
                    "scheme" => "name the scheme: scheme = \"priorities\"",
                    "to" => "name the kind: to = \"action\"",
                    _ => "write the expression: from = \"spent / value\"",
                };
                fault(r, format!("this field has no `{key}`"), Some(help));
            }
        }
        let number = || {
            let unit = match result {
                Word::Money => Unit::Pounds,
                Word::Percent => Unit::Percent,
                _ => unit.as_ref().map_or(Unit::Count, |unit| unit.value),
            };
            let decimals = decimals.as_ref().and_then(|d| u8::try_from(d.value).ok());
            FieldType::Number(NumberType {
                whole: result == Word::Whole,
                style: Style {
                    unit,
                    of: of.as_ref().map(|of| of.value.clone()),
                    decimals,
                    better: better.as_ref().map(|better| better.value),
                },
                least: least.as_ref().map(|least| least.value),
                most: most.as_ref().map(|most| most.value),
            })
        };
        let plain = match result {
            Word::Text | Word::Computed => Some(FieldType::Text),
            Word::RichText => Some(FieldType::RichText),
            Word::Number | Word::Whole | Word::Money | Word::Percent => Some(number()),
            Word::Date => Some(FieldType::Date),
            Word::Due => Some(FieldType::Due),
            Word::YesNo => Some(FieldType::YesNo),
            Word::Choice => {
                Some(FieldType::Choice(choices.into_iter().map(|word| word.value).collect()))
            }
            Word::Rating => scheme.map(FieldType::Rating),
            Word::Reference => to.map(|to| FieldType::Reference { to, back }),
        };
        let takes = match (written, plain, from) {
            (Some(Word::Computed), Some(gives), Some(from)) => {
                Some(Takes { plain: FieldType::Text, formula: Some((from, gives)) })
            }
            (Some(Word::Computed), ..) | (None, ..) | (_, None, _) => None,
            (Some(_), Some(plain), _) => Some(Takes { plain, formula: None }),
        };
        Some(FieldFile {
            takes,
            label: label.map(|label| label.value),
            help: help.map_or_else(String::new, |help| help.value),
            examples: examples.into_iter().map(|example| example.value).collect(),
            needed: on(&needed),
            history: on(&history),
            many: on(&many),
        })
    }
}

fn fault(r: &mut Record<'_, '_, '_>, message: String, help: Option<&str>) {
    let finding = Finding::new(&KIND_FIELD, message).at(r.span());
    let finding = match help {
        Some(help) => finding.help(help.to_owned()),
        None => finding,
    };
    r.context().report(finding);
}

/// Words with a capital first.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
