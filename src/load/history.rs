//! Reads values with their history, dates with the day they became known, and ratings given by hand.
//!
//! Each has a plain form, for what has no history: `severity = "high"`. The longer forms say more:
//! `severity = [{ on = 2021-09-28, is = "medium" }, { on = 2022-03-14, is = "high" }]`.

use std::marker::PhantomData;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};
use toml::Spanned;
use toml::de::DeValue;

use crate::diag::Finding;
use crate::diag::rules::VALUE_EMPTY;
use crate::load::record::{Context, FromTable, Record};
use crate::load::value::{DATE, Day, FromValue, Id, IdOf, Referent, Text};
use crate::plan::{DeclaredRating, Done, Entry, History, Known, Life};
use crate::source::At;

/// A value that may have a history: plain, or a list of what it was from which day.
#[derive(Debug)]
pub struct HistoryOf<V>(PhantomData<V>);

/// One entry of a history.
struct Dated<V: FromValue> {
    on: At<NaiveDate>,
    value: At<V::Out>,
}

impl<V: FromValue> FromTable for Dated<V> {
    const WHAT: &'static str = "entry of a history";
    const DOC: &'static str = "What it was from a day on.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let on = r.need::<Day>("on", "the day from which it was so, or was known");
        let value = r.need::<V>("is", "what it was from then on");
        Some(Dated { on: on?, value: value? })
    }
}

impl<V: FromValue> FromValue for HistoryOf<V> {
    type Out = History<At<V::Out>>;

    fn schema() -> Json {
        let entry = Record::describe::<Dated<V>>();
        json!({ "anyOf": [V::schema(), { "type": "array", "items": entry, "minItems": 1 }] })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<Self::Out> {
        let span = context.span(value.span());
        let DeValue::Array(items) = value.get_ref() else {
            return V::read(value, context).map(|read| History::always(At::new(read, span)));
        };
        let entries: Vec<Dated<V>> =
            items.iter().filter_map(|item| <Dated<V> as FromValue>::read(item, context)).collect();
        if items.is_empty() {
            context.report(Finding::new(&VALUE_EMPTY, "this history has no entry").at(span));
        }
        let entry = |dated: Dated<V>| Entry { on: Some(dated.on.value), value: dated.value };
        History::of(entries.into_iter().map(entry).collect())
    }

    fn is_empty(history: &Self::Out) -> bool {
        history.entries().all(|entry| V::is_empty(&entry.value.value))
    }
}

/// A date or figure, plain or with the day it became known: `{ on = 2022-04-20, known = 2022-06-01 }`.
#[derive(Debug)]
pub struct KnownOf<V>(PhantomData<V>);

/// Its longer form.
struct Later<V: FromValue> {
    said: At<V::Out>,
    known: At<NaiveDate>,
}

impl<V: FromValue> FromTable for Later<V> {
    const WHAT: &'static str = "date";
    const DOC: &'static str = "A date that became known later than it says.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let said = r.need::<V>("on", "the date");
        let known = r.need::<Day>("known", "the day it became known");
        Some(Later { said: said?, known: known? })
    }
}

impl<V: FromValue> FromValue for KnownOf<V> {
    type Out = Known<V::Out>;

    fn schema() -> Json {
        json!({ "anyOf": [V::schema(), Record::describe::<Later<V>>()] })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<Self::Out> {
        if value.get_ref().as_table().is_some() {
            let later = <Later<V> as FromValue>::read(value, context)?;
            return Some(Known { said: later.said, known: Some(later.known) });
        }
        let span = context.span(value.span());
        V::read(value, context).map(|read| Known { said: At::new(read, span), known: None })
    }
}

/// A day, or the day by which it had been: `"by 2022-04-30"`. Whether the day itself is not known.
#[derive(Debug)]
pub struct DayOrBy;

impl FromValue for DayOrBy {
    type Out = (NaiveDate, bool);

    fn schema() -> Json {
        json!({ "type": "string", "format": DATE, "examples": ["2022-05-30", "by 2022-04-30"] })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<Self::Out> {
        let is_by = value.get_ref().as_str().is_some_and(|text| text.trim().starts_with("by "));
        if !is_by {
            return Day::read(value, context).map(|day| (day, false));
        }
        match Done::read(value, context)? {
            Done::By(day) => Some((day, true)),
            Done::On(date) => date.last_day().map(|day| (day, false)),
        }
    }
}

/// A rating by hand, of schemes that rate `R`: `rag = "amber"`, a table that also says who, when
/// and why, or a list of such tables.
#[derive(Debug)]
pub struct RatingOf<R>(PhantomData<R>);

impl<R: Referent> FromValue for RatingOf<R> {
    type Out = History<DeclaredRating>;

    fn schema() -> Json {
        let table = Record::describe::<Override>();
        let list = json!({ "type": "array", "items": table.clone(), "minItems": 1 });
        json!({ "anyOf": [IdOf::<R>::schema(), table, list] })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<Self::Out> {
        let span = context.span(value.span());
        let entry = |rating: Override| Entry {
            on: rating.0.on.as_ref().map(|on| on.value),
            value: rating.0,
        };
        let entries = match value.get_ref() {
            DeValue::Array(items) => {
                if items.is_empty() {
                    let finding = Finding::new(&VALUE_EMPTY, "this history has no entry");
                    context.report(finding.at(span));
                }
                let read = |item| <Override as FromValue>::read(item, context);
                items.iter().filter_map(read).map(entry).collect()
            }
            DeValue::Table(_) => vec![entry(<Override as FromValue>::read(value, context)?)],
            _ => {
                let rating = At::new(Id::read(value, context)?, span);
                vec![entry(Override(DeclaredRating { rating, by: None, on: None, why: None }))]
            }
        };
        History::of(entries)
    }
}

/// The table form of a declared rating.
struct Override(DeclaredRating);

impl FromTable for Override {
    const WHAT: &'static str = "rating";
    const DOC: &'static str =
        "A rating given by hand; with `by`, `on` and `why` it outweighs the rules.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let rating = r.need::<Id>("is", "the rating's id in the scheme: \"amber\"");
        let by = r.get::<Text>("by", "who gave it");
        let on = r.get::<Day>("on", "the day it was given");
        let why = r.get::<Text>("why", "why it is not what the rules say");
        Some(Override(DeclaredRating { rating: rating?, by, on, why }))
    }
}

/// When a record was part of the plan.
pub fn life(r: &mut Record<'_, '_, '_>) -> Life {
    let withdrawn = "the day it was taken out of the plan; papers of earlier days keep it";
    Life { added: added(r), withdrawn: r.get::<Day>("withdrawn", withdrawn) }
}

/// When a record that is never taken out came into the plan.
pub fn entered(r: &mut Record<'_, '_, '_>) -> Life {
    Life { added: added(r), withdrawn: None }
}

fn added(r: &mut Record<'_, '_, '_>) -> Option<At<NaiveDate>> {
    r.get::<Day>("added", "the day it came into the plan, when that was after the plan began")
}
