//! Figures and dates the easy way: round numbers, "6 out of 10", whole months, better or worse.
//!
//! Rules: numbers of easy read are round and carry no per cent sign (GOV.UK, accessible formats;
//! Department of Health, 2009). A date has its month in full and no ordinal.

use chrono::{Datelike, NaiveDate};
use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error, ErrorKind};

use crate::assemble::filters::number;
use crate::assemble::functions::Pair;
use crate::assemble::value::{Moment, Quantity, Record, When};
use crate::plan::date::{day_in_words, month_name};
use crate::plan::figure::number as number_style;
use crate::plan::{Better, PlanDate, Style, Unit, share};

/// Percentages no further apart than this are about the same, in percentage points.
const SAME_POINTS: f64 = 1.0;
/// So are other figures that differ by no more than this part of the earlier one.
const SAME_PART: f64 = 0.02;

/// Adds `out_of`, `easy_number`, `easy_date` and `easy_change`; `as_at` is the document's day.
pub fn add(environment: &mut Environment<'_>, as_at: NaiveDate) {
    environment.add_filter("out_of", |v: Value, whole: u32, named: Kwargs| {
        let percent = percentage(&v)?;
        let other: Option<Value> = named.get("beside")?;
        named.assert_all_used()?;
        let (percent, whole) = match other {
            Some(other) => share::beside(percent, percentage(&other)?, whole),
            None => (percent, whole),
        };
        Ok(out_of(percent, whole))
    });
    environment.add_filter("easy_number", |v: Value| match v.downcast_object_ref::<Quantity>() {
        Some(quantity) => Ok(figure(quantity)),
        None => number(&v).map(|n| round(n, |n| number_style(n, Some(0)))),
    });
    environment.add_filter("easy_date", |v: Value| match v.downcast_object_ref::<Moment>() {
        Some(moment) => Ok(date(moment.when)),
        None => {
            let message = format!("`easy_date` needs a date, not \"{v}\"");
            Err(Error::new(ErrorKind::InvalidOperation, message))
        }
    });
    environment
        .add_filter("easy_change", move |v: Value, from: Option<Value>| change(&v, from, as_at));
}

/// The number of a percentage.
fn percentage(value: &Value) -> Result<f64, Error> {
    let unit = value.downcast_object_ref::<Quantity>().and_then(|q| Some(q.style.as_ref()?.unit));
    let percent = number(value)?;
    if unit.is_none_or(|unit| unit == Unit::Percent) && (0.0..=100.0).contains(&percent) {
        return Ok(percent);
    }
    let message = format!("`out_of` needs a percentage from 0 to 100, not \"{value}\"");
    Err(Error::new(ErrorKind::InvalidOperation, message))
}

/// A percentage as a share of `whole`: "about 6 out of 10", "fewer than 1 out of 10".
pub fn out_of(percent: f64, whole: u32) -> String {
    let near = share::parts(percent, whole);
    let exact = (percent / 100.0 * f64::from(whole) - near).abs() < 0.05;
    let words = format!("{} out of {whole}", number_style(near, Some(0)));
    match exact {
        true => words,
        false if near < 1.0 => format!("fewer than 1 out of {whole}"),
        false if near >= f64::from(whole) => format!("nearly {words}"),
        false => format!("about {words}"),
    }
}

/// A figure the easy way: a share of 10 (of 100 where it is a small one), or a round number with its unit.
/// Words before it stay: "at least 6 out of 10".
pub fn figure(quantity: &Quantity) -> String {
    let Some(style) = &quantity.style else {
        return round(quantity.number, |n| number_style(n, Some(0)));
    };
    let easy = match style.unit {
        Unit::Percent if (0.0..=100.0).contains(&quantity.number) => {
            let small = quantity.number > 0.0 && quantity.number < 5.0;
            out_of(quantity.number, if small { 100 } else { 10 })
        }
        Unit::Percent | Unit::Text => return quantity.figure.text.clone(),
        _ => {
            let whole = Style { decimals: Some(0), ..style.clone() };
            round(quantity.number, |n| whole.words(n))
        }
    };
    let written = style.words(quantity.number);
    match quantity.figure.text.strip_suffix(&written) {
        Some("") => easy,
        Some(before) => format!("{before}{}", easy.strip_prefix("about ").unwrap_or(&easy)),
        // A range, or a value that was never a single number.
        None => quantity.figure.text.clone(),
    }
}

/// A round number as `show` writes it, with "about" where it was rounded: two figures are enough
/// from 100 upwards.
fn round(value: f64, show: impl Fn(f64) -> String) -> String {
    let size = value.abs();
    if size > 0.0 && size < 0.5 {
        return format!("less than {}", show(1.0));
    }
    let step = match size {
        size if size < 100.0 => 1.0,
        size => 10_f64.powf(size.log10().floor() - 1.0),
    };
    let rounded = (value / step).round() * step;
    let about = if (rounded - value).abs() < 1e-9 { "" } else { "about " };
    format!("{about}{}", show(rounded))
}

/// A date the easy way.
fn date(when: When) -> String {
    match when {
        When::Date(PlanDate::Day(day)) => day_in_words(day),
        When::Date(PlanDate::Month { year, month }) => format!("{} {year}", month_name(month)),
        When::Date(PlanDate::Ongoing) => "with no end date".to_owned(),
        When::Date(PlanDate::Onwards { year, month }) => {
            format!("from {} {year}", month_name(month))
        }
        When::Range(from, to) if from.year() == to.year() => {
            format!("from {} {} to {}", from.day(), month_name(from.month()), day_in_words(to))
        }
        When::Range(from, to) => format!("from {} to {}", day_in_words(from), day_in_words(to)),
    }
}

/// How a figure stands to an earlier one: "better than last year". A KPI is set against its baseline.
fn change(value: &Value, from: Option<Value>, as_at: NaiveDate) -> Result<Value, Error> {
    let fail = |message: String| Error::new(ErrorKind::InvalidOperation, message);
    let (earlier, later) = match (value.downcast_object_ref::<Record>(), from) {
        (_, Some(from)) => (from, value.clone()),
        (Some(record), None) => {
            let field = |name: &str| {
                let found = record.fields.get(name).filter(|value| !value.is_none());
                let lacks = || fail(format!("{} \"{}\" has no {name}", record.kind, record.id));
                found.cloned().ok_or_else(lacks)
            };
            (field("baseline")?, field("actual")?)
        }
        (None, None) => {
            let message = "`easy_change` needs the earlier figure: kpi.K1.actual | easy_change(kpi.K1.baseline)";
            return Err(fail(message.to_owned()));
        }
    };
    let pair = Pair::of("easy_change", &earlier, &later)?.in_order()?;
    let better = pair.better(&later)?;
    let (first, second) = pair.numbers();
    let near = match pair.unit() {
        Some(Unit::Percent) => SAME_POINTS,
        _ => first.abs() * SAME_PART,
    };
    let rose = second > first;
    let words = match pair.is_unchanged() {
        true => "the same as",
        false if (second - first).abs() <= near => "about the same as",
        false if rose == (better == Better::Higher) => "better than",
        false => "worse than",
    };
    Ok(pair.worded(format!("{words} {}", period(&earlier, &later, as_at))))
}

/// When the earlier figure was, as somebody who reads in the year of `as_at` says it.
fn period(earlier: &Value, later: &Value, as_at: NaiveDate) -> String {
    let of = |value: &Value| {
        value.downcast_object_ref::<Quantity>().map(|q| (q.at, q.figure.at.clone()))
    };
    let month = |at: Option<PlanDate>| at.and_then(PlanDate::month);
    let (Some((at, text)), later) = (of(earlier), of(later)) else { return "before".to_owned() };
    let this_year = later.and_then(|(at, _)| month(at)).map(|(year, _)| year) == Some(as_at.year());
    match (month(at), text) {
        (Some((year, _)), _) if this_year && year + 1 == as_at.year() => "last year".to_owned(),
        (Some((year, month)), _) if year == as_at.year() => format!("in {}", month_name(month)),
        (Some((year, month)), _) => format!("in {} {year}", month_name(month)),
        (None, Some(text)) => format!("in {text}"),
        (None, None) => "before".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_whole_and_say_when_they_are_rounded() {
        let said = |percent| out_of(percent, 10);
        assert_eq!(said(60.0), "6 out of 10");
        assert_eq!(said(58.0), "about 6 out of 10");
        assert_eq!(said(3.0), "fewer than 1 out of 10");
        assert_eq!(said(97.0), "nearly 10 out of 10");
        assert_eq!((said(0.0), said(100.0)), ("0 out of 10".into(), "10 out of 10".into()));
    }

    #[test]
    fn numbers_have_two_figures_from_a_hundred_upwards() {
        let said = |value| round(value, |n| number_style(n, Some(0)));
        assert_eq!(said(53.0), "53");
        assert_eq!(said(4.6), "about 5");
        assert_eq!(said(0.2), "less than 1");
        assert_eq!(said(16_935.0), "about 17,000");
        assert_eq!(said(9_960.0), "about 10,000");
        assert_eq!(said(120.0), "120");
    }

    #[test]
    fn dates_have_whole_months_and_no_ordinals() {
        let day = |day: &str| day.parse::<NaiveDate>().unwrap();
        assert_eq!(date(When::Date(PlanDate::Day(day("2022-06-04")))), "4 June 2022");
        let run = When::Range(day("2021-05-24"), day("2021-05-27"));
        assert_eq!(date(run), "from 24 May to 27 May 2021");
        assert_eq!(date(When::Date(PlanDate::Onwards { year: 2022, month: 5 })), "from May 2022");
    }
}
