//! Reads records of kinds that the project declares, and fields that it adds to other kinds.
//!
//! What a field takes is known from the declaration alone, so one reader reads them all; every
//! value has its place, and every fault is a finding there, as in records of Annexe's own kinds.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value as Json, json};
use toml::Spanned;
use toml::de::DeValue;

use crate::diag::rules::{KEY_UNKNOWN, VALUE_CHOICE, VALUE_EMPTY, VALUE_TYPE};
use crate::diag::{Finding, nearest};
use crate::load::history::life;
use crate::load::plan::schedule;
use crate::load::record::{Context, Record};
use crate::load::value::{DATE, Day, DayOrMonth, Flag, FromValue, Id, Number, RATED_AS, REFERS_TO};
use crate::load::value::{Text, table};
use crate::plan::kind::{Field, FieldType, Held, Kind, Scalar};
use crate::plan::{Absence, Declared, DeclaredRecord, Entry, History, Kinds, Life, Schedule};
use crate::source::At;

/// The records of declared kinds in one file of `content/plan/`, and what its other records said in
/// fields that the project adds.
pub fn read(r: &mut Record<'_, '_, '_>) -> Vec<Declared> {
    let kinds = r.context().kinds();
    let mut read = Vec::new();
    for kind in kinds.own() {
        let records = r.tables(
            &kind.name,
            &kind.about,
            &kind.word,
            || Json::Null,
            |record| {
                let id = record.id("its id");
                let values = fields(record, kind);
                let life = life(record);
                Some(DeclaredRecord { id: id?, values, life, span: record.span() })
            },
        );
        if !records.is_empty() {
            read.push(Declared { kind: Arc::clone(kind), records: Arc::new(records) });
        }
    }
    let mut added: BTreeMap<&str, Vec<DeclaredRecord>> = BTreeMap::new();
    for (kind, record) in std::mem::take(&mut r.context().added) {
        added.entry(kind).or_default().push(record);
    }
    for (name, records) in added {
        if let Some(kind) = kinds.extension(name) {
            read.push(Declared { kind: Arc::clone(kind), records: Arc::new(records) });
        }
    }
    read
}

/// Puts the records of another file after those there are.
pub fn append(all: &mut Vec<Declared>, more: Vec<Declared>) {
    for declared in more {
        match all.iter_mut().find(|known| Arc::ptr_eq(&known.kind, &declared.kind)) {
            Some(known) => {
                let records = Arc::unwrap_or_clone(declared.records);
                Arc::make_mut(&mut known.records).extend(records);
            }
            None => all.push(declared),
        }
    }
}

/// Asks a record of another kind for the fields that the project adds to it.
pub fn extend<'t>(record: &mut Record<'_, '_, 't>, kind: &'t Kind) {
    let values = fields(record, kind);
    let span = record.span();
    let Some(id) = record.known_id().map(|id| At::new(id.to_owned(), span)) else { return };
    let added = DeclaredRecord { id, values, life: Life::default(), span };
    record.context().added.push((&kind.name, added));
}

/// Asks for every field of `kind`.
fn fields<'t>(record: &mut Record<'_, '_, 't>, kind: &'t Kind) -> Vec<Held> {
    kind.fields.iter().map(|field| held(record, field)).collect()
}

fn held<'t>(record: &mut Record<'_, '_, 't>, field: &'t Field) -> Held {
    let key = field.name.as_str();
    if let FieldType::Computed { formula, .. } = &field.takes {
        let name = record.name();
        record.ask_as(key, &field.help, false, |value, context| {
            let message = format!("`{key}` of {name} is worked out, and cannot be written");
            let finding = Finding::new(&KEY_UNKNOWN, message).at(context.span(value.span()));
            context.report(finding.help(format!("take it out: it is {}", formula.source)));
            None::<()>
        });
        return Held::Nothing;
    }
    let read = record.ask_as(key, &field.help, field.needed, |value, context| {
        let held = match &field.takes {
            FieldType::Due => due(value, context),
            takes if field.many => list(takes, value, context),
            takes if field.history => history(takes, value, context),
            takes => scalar(takes, value, context)
                .map(|read| Held::One(History::always(At::new(read, context.span(value.span()))))),
        }?;
        if field.needed && is_empty(&held) {
            let message = format!("`{key}` is empty");
            let finding = Finding::new(&VALUE_EMPTY, message).at(context.span(value.span()));
            context.report(finding.label(field.help.clone()));
        }
        Some(held)
    });
    // Words that say nothing are the same as none.
    read.map(|read| read.value).filter(|held| !is_empty(held)).unwrap_or(Held::Nothing)
}

fn is_empty(held: &Held) -> bool {
    match held {
        Held::Nothing => true,
        Held::Many(values) => values.is_empty(),
        Held::One(history) => {
            history.entries().all(|entry| entry.value.text().is_some_and(str::is_empty))
        }
        Held::Due(_) => false,
    }
}

fn due<'t>(value: &Spanned<DeValue<'_>>, context: &mut Context<'t>) -> Option<Held> {
    let span = context.span(value.span());
    let schedule = match value.get_ref() {
        DeValue::Table(table) => {
            let what = "due date";
            Record::read_with(table, span, context, what, |record| Some(schedule(record)))?
        }
        _ => {
            let due = crate::plan::PlanDate::read(value, context)?;
            Schedule { due: Some(At::new(due, span)), ..Schedule::default() }
        }
    };
    Some(Held::Due(Box::new(schedule)))
}

fn list(
    takes: &FieldType,
    value: &Spanned<DeValue<'_>>,
    context: &mut Context<'_>,
) -> Option<Held> {
    let DeValue::Array(items) = value.get_ref() else {
        context.wrong_type(value, "a list, written in square brackets");
        return None;
    };
    let mut values = Vec::new();
    for item in items.iter() {
        let span = context.span(item.span());
        let Some(read) = scalar(takes, item, context) else { continue };
        if read.text().is_some_and(str::is_empty) {
            let message = "this entry of the list is empty";
            context.report(Finding::new(&VALUE_EMPTY, message).at(span));
        } else {
            values.push(At::new(read, span));
        }
    }
    Some(Held::Many(values))
}

/// A plain value, or a list of what it was from which day.
fn history<'t>(
    takes: &'t FieldType,
    value: &Spanned<DeValue<'_>>,
    context: &mut Context<'t>,
) -> Option<Held> {
    let span = context.span(value.span());
    let DeValue::Array(items) = value.get_ref() else {
        let read = scalar(takes, value, context)?;
        return Some(Held::One(History::always(At::new(read, span))));
    };
    if items.is_empty() {
        context.report(Finding::new(&VALUE_EMPTY, "this history has no entry").at(span));
    }
    let mut entries = Vec::new();
    for item in items.iter() {
        let Some(inner) = table(item, context) else { continue };
        let span = context.span(item.span());
        entries.extend(Record::read_with(inner, span, context, "entry of a history", |entry| {
            let on = entry.need::<Day>("on", "the day from which it was so, or was known");
            let is = entry.ask_as("is", "what it was from then on", true, |value, context| {
                scalar(takes, value, context)
            });
            Some(Entry { on: Some(on?.value), value: is? })
        }));
    }
    History::of(entries).map(Held::One)
}

fn scalar(
    takes: &FieldType,
    value: &Spanned<DeValue<'_>>,
    context: &mut Context<'_>,
) -> Option<Scalar> {
    match takes {
        FieldType::Text => Text::read(value, context).map(Scalar::Text),
        FieldType::RichText => {
            let words = Text::read(value, context)?;
            // Data that asks for data could ask for itself.
            if words.contains("{{") {
                context.wrong_type(value, "words without {{ expressions }}");
                return None;
            }
            Some(Scalar::Text(words))
        }
        FieldType::Date => DayOrMonth::read(value, context).map(Scalar::Date),
        FieldType::YesNo => Flag::read(value, context).map(Scalar::Flag),
        FieldType::Rating(_) | FieldType::Reference { .. } => {
            Id::read(value, context).map(Scalar::Text)
        }
        FieldType::Choice(words) => {
            let word = Text::read(value, context)?;
            if words.contains(&word) {
                return Some(Scalar::Text(word));
            }
            let help = match nearest(&word, words.iter().map(String::as_str)) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("one of: {}", words.join(", ")),
            };
            let finding = Finding::new(&VALUE_CHOICE, format!("\"{word}\" is none of the choices"));
            context.report(finding.at(context.span(value.span())).help(help));
            None
        }
        FieldType::Number(takes) => {
            // A number that was not published is said by its symbol, as in datasets.
            if let Some(symbol) = value.get_ref().as_str() {
                let known = Absence::SYMBOLS.iter().find(|(known, _)| *known == symbol.trim());
                if let Some((_, why)) = known {
                    return Some(Scalar::Absent(*why));
                }
            }
            let number = Number::read(value, context)?;
            if takes.fits(number) {
                return Some(Scalar::Number(number));
            }
            let message = format!("expected {}, found {number}", takes.takes());
            let finding = Finding::new(&VALUE_TYPE, message).at(context.span(value.span()));
            context.report(finding);
            None
        }
        // Due dates have a reader of their own; computed fields are not read.
        FieldType::Due | FieldType::Computed { .. } => None,
    }
}

/// Adds what the project's declarations say to the schema of plan files.
pub fn describe(schema: &mut Json, kinds: &Kinds) {
    for kind in &kinds.all {
        if kind.extends {
            let record = &mut schema["properties"][kind.name.as_str()]["items"];
            describe_fields(record, kind);
            continue;
        }
        let mut record = json!({
            "type": "object",
            "description": kind.about,
            "properties": { "id": described(Id::schema(), "its id") },
            "additionalProperties": false,
            "required": ["id"],
        });
        describe_fields(&mut record, kind);
        let withdrawn = "the day it was taken out of the plan; papers of earlier days keep it";
        record["properties"]["added"] =
            described(Day::schema(), "the day it came into the plan, when that was later");
        record["properties"]["withdrawn"] = described(Day::schema(), withdrawn);
        schema["properties"][kind.name.as_str()] =
            json!({ "type": "array", "items": record, "description": kind.about });
    }
}

fn described(mut schema: Json, doc: &str) -> Json {
    schema["description"] = Json::from(doc);
    schema
}

fn describe_fields(record: &mut Json, kind: &Kind) {
    for field in &kind.fields {
        let Some(one) = schema_of(&field.takes) else { continue };
        let mut schema = if field.many {
            json!({ "type": "array", "items": one })
        } else if field.history {
            let entry = json!({
                "type": "object",
                "properties": { "on": Day::schema(), "is": one.clone() },
                "required": ["on", "is"],
                "additionalProperties": false,
            });
            json!({ "anyOf": [one, { "type": "array", "items": entry, "minItems": 1 }] })
        } else {
            one
        };
        schema["title"] = Json::from(field.label.clone());
        if !field.examples.is_empty() {
            schema["examples"] = Json::from(field.examples.clone());
        }
        record["properties"][field.name.as_str()] = described(schema, &field.help);
        if field.needed {
            match record["required"].as_array_mut() {
                Some(required) => required.push(Json::from(field.name.value.clone())),
                None => record["required"] = json!([field.name.value]),
            }
        }
    }
}

/// What a field takes, as a JSON Schema; none for what is not written.
fn schema_of(takes: &FieldType) -> Option<Json> {
    Some(match takes {
        FieldType::Text | FieldType::RichText => Text::schema(),
        FieldType::Number(takes) => {
            let mut number = json!({ "type": if takes.whole { "integer" } else { "number" } });
            if let Some(least) = takes.least {
                number["minimum"] = Json::from(least);
            }
            if let Some(most) = takes.most {
                number["maximum"] = Json::from(most);
            }
            let symbols: Vec<&str> = Absence::SYMBOLS.iter().map(|(symbol, _)| *symbol).collect();
            json!({ "anyOf": [number, { "enum": symbols }] })
        }
        FieldType::Date => DayOrMonth::schema(),
        FieldType::Due => {
            let table = Record::describe::<DueTable>();
            json!({ "anyOf": [{ "type": "string", "format": DATE }, table] })
        }
        FieldType::YesNo => Flag::schema(),
        FieldType::Choice(words) => json!({ "enum": words }),
        FieldType::Rating(scheme) => {
            let mut id = Id::schema();
            id[RATED_AS] = Json::from(scheme.value.clone());
            id
        }
        FieldType::Reference { to, .. } => {
            let mut id = Id::schema();
            id[REFERS_TO] = Json::from(to.value.clone());
            id
        }
        FieldType::Computed { .. } => return None,
    })
}

/// The longer form of a due date, for the schema.
struct DueTable;

impl crate::load::record::FromTable for DueTable {
    const WHAT: &'static str = "due date";
    const DOC: &'static str = "A due date: first set, moved, met.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        schedule(r);
        Some(DueTable)
    }
}
