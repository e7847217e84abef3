//! Typed values: what a key's value may be, how it is read, and how the schema states it.
//!
//! A type here names what is expected ([`Text`], [`Day`]); its `Out` is what comes out
//! (`String`, `NaiveDate`). A value that is not that is reported where it stands.

use std::marker::PhantomData;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diag::rules::{
    DATE_IMPOSSIBLE, DATE_UNREADABLE, ID_MALFORMED, TEXT_CONTROL, VALUE_CHOICE, VALUE_TYPE,
};
use crate::diag::{Finding, nearest};
use crate::load::record::{Context, FromTable, Record};
use crate::plan::date::{DateFault, FORMS};
use crate::plan::{Done, PlanDate};
use crate::source::At;

/// A kind of value.
pub trait FromValue: Sized {
    /// What reading gives.
    type Out;
    /// What is accepted, as a JSON Schema.
    fn schema() -> Json;
    /// Reads a value, or reports why it can't be.
    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<Self::Out>;
    /// Whether a value says nothing.
    fn is_empty(_: &Self::Out) -> bool {
        false
    }
    /// What stands in for a missing value, so that one fault does not hide the next.
    fn stand_in() -> Option<Self::Out> {
        None
    }
}

impl Context<'_> {
    /// Reports that `value` is not what was expected.
    pub fn wrong_type(&mut self, value: &Spanned<DeValue<'_>>, expected: &str) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) => {
                self.written(value.span())
            }
            DeValue::Datetime(date) if date.time.is_some() => "a date with a time",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let finding =
            Finding::new(&VALUE_TYPE, format!("expected {expected}, found {}", clip(found)))
                .at(self.span(value.span()));
        self.report(finding);
    }

    fn date_fault(&mut self, range: std::ops::Range<usize>, words: &str, fault: DateFault) {
        let finding = match fault {
            DateFault::Impossible { named, why } => {
                let message = format!("{named} is not a date");
                let finding = Finding::new(&DATE_IMPOSSIBLE, message).label(why);
                match self.date_help() {
                    Some(help) => finding.help(help.to_owned()),
                    None => finding,
                }
            }
            DateFault::Unreadable => {
                let message = format!("\"{}\" is not a date that can be read", clip(words));
                Finding::new(&DATE_UNREADABLE, message).help(format!("write one of: {FORMS}"))
            }
        };
        let span = self.span(range);
        self.report(finding.at(span));
    }
}

/// A text in a message, cut where it would fill the screen.
fn clip(words: &str) -> String {
    match words.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or("")),
        None => words.to_owned(),
    }
}

impl<T: FromTable> FromValue for T {
    type Out = T;

    fn schema() -> Json {
        Record::describe::<T>()
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<T> {
        let table = table(value, context)?;
        let span = context.span(value.span());
        Record::read(table, span, context)
    }
}

/// The table that `value` is, or a finding.
pub fn table<'r, 'v>(
    value: &'r Spanned<DeValue<'v>>,
    context: &mut Context<'_>,
) -> Option<&'r DeTable<'v>> {
    match value.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => {
            context.wrong_type(value, "a table");
            None
        }
    }
}

fn string<'r>(value: &'r Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<&'r str> {
    let text = value.get_ref().as_str();
    if text.is_none() {
        context.wrong_type(value, "a text in quotes");
    }
    text
}

/// Plain text: one line, no control characters, spaces folded.
#[derive(Debug)]
pub struct Text;

impl FromValue for Text {
    type Out = String;

    fn schema() -> Json {
        json!({ "type": "string", "minLength": 1 })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<String> {
        let text = string(value, context)?;
        if let Some(bad) = text.chars().find(|&c| is_control(c)) {
            let message = format!("this text holds a control character (U+{:04X})", u32::from(bad));
            let finding = Finding::new(&TEXT_CONTROL, message).at(context.span(value.span()));
            context.report(finding);
        }
        Some(folded(text))
    }

    fn is_empty(text: &String) -> bool {
        text.is_empty()
    }

    fn stand_in() -> Option<String> {
        Some(String::new())
    }
}

/// A text as a record keeps it: one line, control characters and runs of spaces as one space.
pub fn folded(text: &str) -> String {
    let cleaned: String = text.chars().map(|c| if is_control(c) { ' ' } else { c }).collect();
    cleaned.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character has no business in a text: controls but for tab and line ends, marks that
/// turn the direction of what follows, code points that no XML file may hold, and those of private
/// use, which mean something in one font only (a bullet pasted from a word processor, say).
pub fn is_control(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. => true,
        '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => true,
        c => c.is_control(),
    }
}

/// A text that may be empty.
#[derive(Debug)]
pub struct AnyText;

impl FromValue for AnyText {
    type Out = String;

    fn schema() -> Json {
        json!({ "type": "string" })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<String> {
        Text::read(value, context)
    }
}

/// Most characters of an id.
const LONGEST_ID: usize = 60;

/// An id: the user's own, without spaces.
#[derive(Debug)]
pub struct Id;

impl FromValue for Id {
    type Out = String;

    fn schema() -> Json {
        json!({ "type": "string", "pattern": "^\\S+$" })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<String> {
        let id = string(value, context)?;
        if id.is_empty() || id.chars().any(|c| c.is_whitespace() || is_control(c)) {
            let message = format!("\"{}\" cannot be an id", clip(&id.replace(is_control, " ")));
            let finding = Finding::new(&ID_MALFORMED, message).at(context.span(value.span()));
            context.report(finding.label("an id is one word, without spaces"));
            return None;
        }
        if id.chars().count() > LONGEST_ID {
            let message = format!("\"{}\" cannot be an id", clip(id));
            let finding = Finding::new(&ID_MALFORMED, message).at(context.span(value.span()));
            context.report(finding.label(format!("an id has at most {LONGEST_ID} characters")));
            return None;
        }
        Some(id.to_owned())
    }
}

/// What an id may name, for those who fill in a record.
pub trait Referent {
    /// The schema's words for it: a key, and the kind of record or of scheme.
    const SCHEMA: (&'static str, &'static str);
}

/// The records of a kind.
impl<T: FromTable> Referent for T {
    const SCHEMA: (&'static str, &'static str) = (REFERS_TO, T::WHAT);
}

/// The schema's key for an id that names a record: its value is the kind.
pub const REFERS_TO: &str = "x-refers-to";
/// The schema's key for an id that names a rating: its value is what the scheme rates.
pub const RATED_AS: &str = "x-rated-as";

/// The ratings of schemes of actions.
#[derive(Debug)]
pub struct ActionRating;

impl Referent for ActionRating {
    const SCHEMA: (&'static str, &'static str) = (RATED_AS, "action");
}

/// The ratings of schemes of responses and their steps.
#[derive(Debug)]
pub struct ResponseRating;

impl Referent for ResponseRating {
    const SCHEMA: (&'static str, &'static str) = (RATED_AS, "response");
}

/// The ratings of schemes of risks.
#[derive(Debug)]
pub struct RiskRating;

impl Referent for RiskRating {
    const SCHEMA: (&'static str, &'static str) = (RATED_AS, "risk");
}

/// An id of something that stands elsewhere. That it does is for `check` to ask.
#[derive(Debug)]
pub struct IdOf<R>(PhantomData<R>);

impl<R: Referent> FromValue for IdOf<R> {
    type Out = String;

    fn schema() -> Json {
        let mut schema = Id::schema();
        let (key, to) = R::SCHEMA;
        // A kind of two words has a hyphen in its key.
        schema[key] = Json::from(to.replace(' ', "-"));
        schema
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<String> {
        Id::read(value, context)
    }
}

/// A number.
#[derive(Debug)]
pub struct Number;

impl FromValue for Number {
    type Out = f64;

    fn schema() -> Json {
        json!({ "type": "number" })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<f64> {
        let number = match value.get_ref() {
            DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str().parse().ok(),
            DeValue::Float(float) => float.as_str().parse().ok(),
            _ => None,
        };
        let number = number.filter(|number: &f64| number.is_finite());
        if number.is_none() {
            context.wrong_type(value, "a number, without a unit or quotes");
        }
        number
    }
}

/// A whole number from 0.
#[derive(Debug)]
pub struct Whole<const MOST: u32>;

impl<const MOST: u32> FromValue for Whole<MOST> {
    type Out = u32;

    fn schema() -> Json {
        json!({ "type": "integer", "minimum": 0, "maximum": MOST })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<u32> {
        let number = match value.get_ref() {
            DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str().parse().ok(),
            _ => None,
        };
        let number = number.filter(|number| *number <= MOST);
        if number.is_none() {
            context.wrong_type(value, &format!("a whole number from 0 to {MOST}"));
        }
        number
    }
}

/// `true` or `false`.
#[derive(Debug)]
pub struct Flag;

impl FromValue for Flag {
    type Out = bool;

    fn schema() -> Json {
        json!({ "type": "boolean" })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<bool> {
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            context.wrong_type(value, "true or false, without quotes");
        }
        flag
    }
}

/// The schema's name for the format of dates. Editors pass over formats that they don't know.
pub const DATE: &str = "plan-date";

/// Any date a plan may state.
impl FromValue for PlanDate {
    type Out = PlanDate;

    fn schema() -> Json {
        json!({ "type": "string", "format": DATE, "examples": FORMS.split(", ").collect::<Vec<_>>() })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<PlanDate> {
        let (words, bare) = match value.get_ref() {
            DeValue::String(text) => (text.as_ref(), false),
            DeValue::Datetime(date) if date.time.is_none() && date.offset.is_none() => {
                (context.written(value.span()), true)
            }
            _ => {
                context.wrong_type(value, "a date");
                return None;
            }
        };
        match PlanDate::parse(words) {
            Ok(date) if bare && !matches!(date, PlanDate::Day(_)) => {
                let message = format!("{words} is a month, and needs quotes");
                let finding = Finding::new(&DATE_UNREADABLE, message)
                    .at(context.span(value.span()))
                    .help(format!("write \"{words}\""));
                context.report(finding);
                Some(date)
            }
            Ok(date) => Some(date),
            Err(fault) => {
                context.date_fault(value.span(), words, fault);
                None
            }
        }
    }
}

/// A day.
#[derive(Debug)]
pub struct Day;

impl FromValue for Day {
    type Out = NaiveDate;

    fn schema() -> Json {
        json!({ "type": "string", "format": DATE, "examples": ["2022-05-30", "30 May 2022"] })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<NaiveDate> {
        match PlanDate::read(value, context)? {
            PlanDate::Day(day) => Some(day),
            _ => {
                let finding = Finding::new(&DATE_UNREADABLE, "a whole day is needed here")
                    .at(context.span(value.span()))
                    .help("write it as 2022-05-30");
                context.report(finding);
                None
            }
        }
    }
}

/// A day or a month: a date with an end.
#[derive(Debug)]
pub struct DayOrMonth;

impl FromValue for DayOrMonth {
    type Out = PlanDate;

    fn schema() -> Json {
        json!({ "type": "string", "format": DATE, "examples": ["2022-05-30", "2022-05", "May 2022"] })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<PlanDate> {
        let date = PlanDate::read(value, context)?;
        if date.is_open() {
            let finding = Finding::new(&DATE_UNREADABLE, "a day or a month is needed here")
                .at(context.span(value.span()))
                .help("write it as 2022-05-30 or \"2022-05\"");
            context.report(finding);
            return None;
        }
        Some(date)
    }
}

impl FromValue for Done {
    type Out = Done;

    fn schema() -> Json {
        json!({ "type": "string", "format": DATE, "examples": ["2022-05-30", "2022-05", "by 2022-04-30"] })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<Done> {
        let by = value.get_ref().as_str().and_then(|text| text.trim().strip_prefix("by "));
        let Some(words) = by else { return DayOrMonth::read(value, context).map(Done::On) };
        match PlanDate::parse(words) {
            Ok(date) if !date.is_open() => date.last_day().map(Done::By),
            Ok(_) => {
                context.date_fault(value.span(), words, DateFault::Unreadable);
                None
            }
            Err(fault) => {
                context.date_fault(value.span(), words, fault);
                None
            }
        }
    }
}

/// A type with a fixed set of words.
pub trait Choice: Copy + 'static {
    /// What the set is called in messages: "unit".
    const WHAT: &'static str;
    /// Each word with its value.
    const WORDS: &'static [(&'static str, Self)];
}

/// One of a fixed set of words.
#[derive(Debug)]
pub struct OneOf<T>(PhantomData<T>);

impl<T: Choice> FromValue for OneOf<T> {
    type Out = T;

    fn schema() -> Json {
        json!({ "enum": T::WORDS.iter().map(|(word, _)| *word).collect::<Vec<_>>() })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<T> {
        let word = string(value, context)?;
        let known = T::WORDS.iter().find(|(known, _)| *known == word);
        if known.is_none() {
            let words: Vec<&str> = T::WORDS.iter().map(|(word, _)| *word).collect();
            let message = format!("there is no {} \"{}\"", T::WHAT, clip(word));
            let help = match nearest(word, words.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("one of: {}", words.join(", ")),
            };
            let finding = Finding::new(&VALUE_CHOICE, message).at(context.span(value.span()));
            context.report(finding.help(help));
        }
        known.map(|(_, value)| *value)
    }
}

/// A table whose keys are the user's own names.
#[derive(Debug)]
pub struct Named<V>(PhantomData<V>);

impl<V: FromValue> FromValue for Named<V> {
    type Out = Vec<(At<String>, At<V::Out>)>;

    fn schema() -> Json {
        json!({ "type": "object", "additionalProperties": V::schema() })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<Self::Out> {
        let mut named = Vec::new();
        for (key, value) in table(value, context)?.iter() {
            let name = At::new(key.get_ref().to_string(), context.span(key.span()));
            let span = context.span(value.span());
            named.extend(V::read(value, context).map(|value| (name, At::new(value, span))));
        }
        Some(named)
    }
}
