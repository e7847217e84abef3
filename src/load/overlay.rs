//! `[theme]` of an edition's profile: another theme by name, and tokens that are set otherwise.
//!
//! Which tokens there are, and of what kind each is, is read off the standard theme's: a new token
//! of themes is one of editions as well.

use serde_json::{Value as Json, json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diag::rules::{KEY_UNKNOWN, THEME_TOKENS};
use crate::diag::{Finding, nearest};
use crate::load::record::Context;
use crate::load::theme::standard_tokens;
use crate::load::value::{Flag, FromValue, Id, Number, Text, table};
use crate::source::At;
use crate::theme::{bounds, rgb};

/// `[theme]`.
#[derive(Debug)]
pub struct ThemeChoice {
    /// A folder of `templates/themes`.
    pub name: Option<At<String>>,
    /// Tokens set otherwise.
    pub tokens: Overlay,
}

/// Tokens that are set otherwise.
#[derive(Debug, Default)]
pub struct Overlay(pub Vec<Token>);

/// A token's place in theme.toml, and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// The keys that lead to it: page, width.
    pub path: Vec<String>,
    /// Its value, of the token's kind.
    pub value: Json,
}

const NAME_DOC: &str = "a folder of templates/themes; the project's theme when absent";

impl FromValue for ThemeChoice {
    type Out = ThemeChoice;

    fn schema() -> Json {
        let mut schema = schema_of(&standard());
        if let Some(properties) = schema["properties"].as_object_mut() {
            let mut name = Id::schema();
            name["description"] = Json::from(NAME_DOC);
            properties.insert("name".to_owned(), name);
        }
        schema
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<ThemeChoice> {
        let written = table(value, context)?;
        let name = written.get("name").and_then(|name| {
            let span = context.span(name.span());
            Some(At::new(Id::read(name, context)?, span))
        });
        let mut tokens = Vec::new();
        tokens_of(written, &standard(), &mut Vec::new(), context, &mut tokens);
        Some(ThemeChoice { name, tokens: Overlay(tokens) })
    }
}

/// The standard theme's tokens by name: what there is to set.
fn standard() -> Json {
    standard_tokens().and_then(|tokens| serde_json::to_value(tokens).ok()).unwrap_or(Json::Null)
}

/// What may stand where `token` stands, as a JSON Schema.
fn schema_of(token: &Json) -> Json {
    match token {
        Json::Object(table) => {
            let properties: serde_json::Map<String, Json> =
                table.iter().map(|(key, token)| (key.clone(), schema_of(token))).collect();
            // The colours of ratings have names of the user's own.
            let others = match chip_of(table) {
                Some(chip) => schema_of(chip),
                None => Json::Bool(false),
            };
            json!({ "type": "object", "properties": properties, "additionalProperties": others })
        }
        Json::Array(items) => json!({
            "type": "array",
            "items": items.first().map_or(Json::Bool(true), schema_of),
            "minItems": items.len(),
            "maxItems": items.len(),
        }),
        Json::Bool(_) => json!({ "type": "boolean" }),
        Json::Number(_) => json!({ "type": "number" }),
        Json::String(_) | Json::Null => json!({ "type": "string" }),
    }
}

/// One of the entries of a table whose keys are names of the user's own: those that hold a chip.
fn chip_of(table: &serde_json::Map<String, Json>) -> Option<&Json> {
    table.values().find(|entry| entry.get("fill").is_some() && entry.get("ink").is_some())
}

fn tokens_of(
    written: &DeTable<'_>,
    known: &Json,
    path: &mut Vec<String>,
    context: &mut Context<'_>,
    out: &mut Vec<Token>,
) {
    let Json::Object(known) = known else { return };
    for (key, value) in written.iter() {
        let name = key.get_ref().to_string();
        if path.is_empty() && name == "name" {
            continue;
        }
        let Some(token) = known.get(&name).or_else(|| chip_of(known)) else {
            let within = path.iter().map(|step| format!(" of [{step}]")).collect::<String>();
            let mut finding =
                Finding::new(&KEY_UNKNOWN, format!("themes have no token `{name}`{within}"))
                    .at(context.span(key.span()));
            let names = known.keys().map(String::as_str);
            finding = match nearest(&name, names.clone()) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => {
                    finding.help(format!("known here: {}", names.collect::<Vec<_>>().join(", ")))
                }
            };
            context.report(finding);
            continue;
        };
        path.push(name);
        match token {
            Json::Object(_) => {
                if let Some(inner) = table(value, context) {
                    tokens_of(inner, token, path, context, out);
                }
            }
            _ => {
                if let Some(value) = value_of(value, token, path, context) {
                    out.push(Token { path: path.clone(), value });
                }
            }
        }
        path.pop();
    }
}

/// The value of a token, if it is one of its kind and within bounds.
fn value_of(
    value: &Spanned<DeValue<'_>>,
    kind: &Json,
    path: &[String],
    context: &mut Context<'_>,
) -> Option<Json> {
    match kind {
        Json::Bool(_) => Flag::read(value, context).map(Json::from),
        Json::Number(_) => {
            let number = Number::read(value, context)?;
            within(number, value, path, context).then(|| Json::from(number))
        }
        Json::Array(items) => {
            let numbers = value.get_ref().as_array().filter(|list| list.len() == items.len());
            let Some(numbers) = numbers else {
                context.wrong_type(value, &format!("a list of {} numbers", items.len()));
                return None;
            };
            let read: Vec<Json> = numbers
                .iter()
                .zip(items)
                .filter_map(|(number, kind)| value_of(number, kind, path, context))
                .collect();
            (read.len() == items.len()).then(|| Json::from(read))
        }
        Json::String(_) | Json::Null | Json::Object(_) => {
            let text = Text::read(value, context)?;
            let is_colour = matches!(path.first().map(String::as_str), Some("colours" | "rag"));
            if is_colour && rgb(&text).is_none() {
                let message = format!("{} is \"{text}\", not #rrggbb", path.join("."));
                let finding = Finding::new(&THEME_TOKENS, message).at(context.span(value.span()));
                context.report(finding);
                return None;
            }
            Some(Json::from(text))
        }
    }
}

fn within(
    number: f64,
    value: &Spanned<DeValue<'_>>,
    path: &[String],
    context: &mut Context<'_>,
) -> bool {
    let path = path.join(".");
    let Some(range) = bounds(&path).filter(|range| !range.contains(&number)) else { return true };
    let message = format!("{path} is {number}, not from {} to {}", range.start(), range.end());
    let finding = Finding::new(&THEME_TOKENS, message).at(context.span(value.span()));
    context.report(finding);
    false
}
