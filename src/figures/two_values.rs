//! One named thing with two values: bound figures of different data that have one name and one time.
//!
//! Documents that speak for the same day are read together, since their readers are the same people.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::diag::{Finding, Findings, rules};
use crate::document::{self, Document, Figure, walk};
use crate::figures::names::{is_general, stems};
use crate::source::Span;

/// How much of all their words two names of one thing have in common, at least.
const ALIKE: f64 = 0.6;
/// Words of a name that say how exact its value is.
const HEDGES: &[&str] = &["over", "up", "about", "fewer", "least", "nearly", "than", "around"];

/// A value and what it is called.
struct Said<'d> {
    figure: &'d Figure,
    name: &'d str,
    stems: Vec<String>,
    number: f64,
    cell: Span,
    used: Span,
}

/// The things that have two values in documents of one day.
pub fn two_values<'d>(documents: impl Iterator<Item = &'d Document>) -> Findings {
    let mut by_day: BTreeMap<NaiveDate, BTreeMap<Span, Said<'d>>> = BTreeMap::new();
    for document in documents {
        let day = by_day.entry(document.meta.as_at).or_default();
        walk(&document.blocks, &mut |block| {
            for figure in document::figures(block) {
                if let Some(said) = said(figure, block.span) {
                    day.entry(said.cell).or_insert(said);
                }
            }
        });
    }
    let mut findings = Findings::default();
    for said in by_day.into_values() {
        findings.extend(pairs(&said.into_values().collect::<Vec<_>>()));
    }
    findings
}

fn said(figure: &Figure, block: Option<Span>) -> Option<Said<'_>> {
    let [cell] = figure.trace.cells.as_slice() else { return None };
    // What a function made of figures is no value of its own.
    if figure.path.contains('(') {
        return None;
    }
    let name = figure.trace.name.as_deref()?;
    Some(Said {
        figure,
        name,
        stems: named(name),
        number: figure.trace.number?,
        cell: *cell,
        used: figure.trace.used.or(block)?,
    })
}

/// The stems of a name that tell one thing from another, sorted.
fn named(name: &str) -> Vec<String> {
    let mut stems: Vec<String> = stems(name)
        .into_iter()
        .filter(|stem| !is_general(stem) && !HEDGES.contains(&stem.as_str()))
        .collect();
    stems.sort();
    stems
}

fn pairs(said: &[Said<'_>]) -> Vec<Finding> {
    let mut having: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, one) in said.iter().enumerate() {
        for stem in &one.stems {
            having.entry(stem).or_default().push(at);
        }
    }
    let mut found = Vec::new();
    for (at, one) in said.iter().enumerate() {
        // The longer name has every stem of the shorter, so also its rarest.
        let rarest = one.stems.iter().filter_map(|stem| having.get(stem.as_str()));
        let Some(candidates) = rarest.min_by_key(|list| list.len()) else { continue };
        for &other_at in candidates {
            let other = &said[other_at];
            let is_longer = one.stems.len() < other.stems.len();
            let is_first = is_longer || one.stems.len() == other.stems.len() && at < other_at;
            if is_first && is_one_thing(one, other) && differ(one, other) {
                found.push(finding(one, other));
            }
        }
    }
    found
}

/// Whether the names of two values of different data mean one thing at one time.
fn is_one_thing(one: &Said<'_>, other: &Said<'_>) -> bool {
    let shared = one.stems.iter().filter(|stem| other.stems.contains(stem)).count();
    let is_part = shared == one.stems.len() && shared > 1;
    is_part
        && shared as f64 / other.stems.len() as f64 >= ALIKE
        && one.cell.file != other.cell.file
        && one.figure.unit == other.figure.unit
        && is_one_time(one.figure.at.as_deref(), other.figure.at.as_deref())
}

/// A time that is not stated may be any.
fn is_one_time(one: Option<&str>, other: Option<&str>) -> bool {
    let stated = |at: Option<&str>| {
        at.filter(|at| at.contains(|c: char| c.is_ascii_digit())).map(str::to_owned)
    };
    match (stated(one), stated(other)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

/// Whether two values cannot both hold: "over 400" and 412 can.
fn differ(one: &Said<'_>, other: &Said<'_>) -> bool {
    let holds = |bound: &Said<'_>, value: f64| {
        let words = bound.name.to_lowercase();
        let has = |hedge: &str| words.ends_with(hedge);
        has(", over") && value >= bound.number
            || (has(", up to") || has(", fewer than")) && value <= bound.number
            || has(", about") && (value - bound.number).abs() <= bound.number.abs() * 0.05
    };
    one.number != other.number && !holds(one, other.number) && !holds(other, one.number)
}

fn finding(one: &Said<'_>, other: &Said<'_>) -> Finding {
    let message = format!(
        "\"{}\" is {} here, and \"{}\" is {} elsewhere",
        other.name, other.figure.text, one.name, one.figure.text
    );
    Finding::new(&rules::FACT_TWO_VALUES, message)
        .at(other.used)
        .related(other.cell, "the value here")
        .related(one.cell, "the other value")
        .related(one.used, "shown here")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_say_how_exact_a_value_is_name_nothing() {
        assert_eq!(named("Schools that can use STICK, over"), ["school", "stick", "use"]);
        assert_eq!(named("Number of secondary networks"), ["network", "secondary"]);
    }
}
