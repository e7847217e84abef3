//! Days that cannot be: a weekday that is not that day's, and a known day or month in another year.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::diag::Finding;
use crate::diag::rules::{DATE_IMPOSSIBLE, DATE_OTHER_YEAR, DATE_WEEKDAY};
use crate::plan::PlanDate;
use crate::plan::date::{day_in_words, month_name};
use crate::project::{Fact, Project};
use crate::slips::Passage;
use crate::slips::words::Word;
use crate::source::Span;

/// A weekday before its date: "Tuesday 13 October 2021", "Tuesday, 13th October 2021".
pub(super) fn weekdays(passage: &Passage<'_>, words: &[Word<'_>], found: &mut Vec<Finding>) {
    for (at, word) in words.iter().enumerate() {
        // chrono takes "sat", "sun" and "mon" too: each is a word, and "Sat" begins a sentence.
        let whole = word.text.len() > 3 && word.text.starts_with(char::is_uppercase);
        let Some(said) = word.text.parse::<Weekday>().ok().filter(|_| whole) else { continue };
        let Some((day, used)) = day_at(words, at + 1).filter(|_| !word.ends()) else { continue };
        if day.weekday() == said {
            continue;
        }
        let real = day.format("%A");
        let message = format!("{} was no {}, but a {real}", day_in_words(day), word.text);
        let end = words[at + used].range.end;
        let place = passage.part(word.range.start..end);
        found.push(Finding::new(&DATE_WEEKDAY, message).at(place));
    }
}

/// A day that no calendar has: "31 June 2025".
pub(super) fn impossible(passage: &Passage<'_>, words: &[Word<'_>], found: &mut Vec<Finding>) {
    for run in words.windows(3) {
        let [first, second, third] = run else { continue };
        let (Some(day), Some(month), Some(year)) =
            (ordinal(first.text), month(second.text), year(third.text))
        else {
            continue;
        };
        if first.joins() && second.joins() && NaiveDate::from_ymd_opt(year, month, day).is_none() {
            let message = format!("there is no {day} {} {year}", second.text);
            let place = passage.part(first.range.start..third.range.end);
            found.push(Finding::new(&DATE_IMPOSSIBLE, message).at(place));
        }
    }
}

/// A day that begins at word `at`, "13 October 2021" or "13th of October 2021", and how many words it takes.
fn day_at(words: &[Word<'_>], at: usize) -> Option<(NaiveDate, usize)> {
    let text = |n: usize| words.get(n).map(|word| word.text);
    let day = ordinal(text(at)?)?;
    let gap = usize::from(text(at + 1)? == "of");
    let month = month(text(at + 1 + gap)?)?;
    let year = year(text(at + 2 + gap)?)?;
    Some((NaiveDate::from_ymd_opt(year, month, day)?, 3 + gap))
}

fn ordinal(text: &str) -> Option<u32> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &text[digits.len()..];
    let day = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
    ["", "st", "nd", "rd", "th"].contains(&ending).then_some(day)
}

/// A month written in full: "May" is a word too, so what stands around it must say more.
fn month(text: &str) -> Option<u32> {
    (1..=12).find(|&month| month_name(month) == text)
}

fn year(text: &str) -> Option<i32> {
    let is_year = text.len() == 4 && text.chars().all(|c| c.is_ascii_digit());
    text.parse().ok().filter(|year| is_year && (1900..=2199).contains(year))
}

/// A day or month that the project knows, with the words that name what happened then.
struct KnownDate {
    called: String,
    day: Option<u32>,
    month: u32,
    year: i32,
    names: BTreeSet<String>,
    span: Option<Span>,
}

/// Every day and month the project knows.
pub(super) struct Known {
    dates: Vec<KnownDate>,
}

impl Known {
    pub(super) fn of(project: &Project) -> Self {
        let mut known = Known { dates: Vec::new() };
        let settings = &project.settings;
        for (table, facts) in [("inspection", &settings.inspection), ("", &settings.facts)] {
            for (key, fact) in facts {
                let key = key.replace(['-', '_'], " ");
                let called = format!("{table} {key}");
                let mut add = |date: PlanDate| known.add(&called, date, Some(fact.span));
                match &fact.value {
                    Fact::Date(date) => add(*date),
                    Fact::Range(from, to) => {
                        add(PlanDate::Day(*from));
                        add(PlanDate::Day(*to));
                    }
                    Fact::Text(_) | Fact::Number(_) | Fact::List(_) => {}
                }
            }
        }
        for event in &project.plan.events {
            known.add(&event.title, event.at.value, Some(event.at.span));
            if let Some(to) = &event.to {
                known.add(&event.title, to.value, Some(to.span));
            }
        }
        known
    }

    fn add(&mut self, called: &str, date: PlanDate, span: Option<Span>) {
        let Some((year, month)) = date.month() else { return };
        let day = match date {
            PlanDate::Day(day) => Some(day.day()),
            PlanDate::Month { .. } | PlanDate::Ongoing | PlanDate::Onwards { .. } => None,
        };
        let names = named(called.split_whitespace());
        self.dates.push(KnownDate {
            called: called.trim().to_owned(),
            day,
            month,
            year,
            names,
            span,
        });
    }

    /// A sentence that names something known and gives its month, or its day and month, in another year.
    pub(super) fn other_years(
        &self,
        passage: &Passage<'_>,
        words: &[Word<'_>],
        found: &mut Vec<Finding>,
    ) {
        let mut start = 0;
        for end in 0..words.len() {
            if words[end].ends() || end + 1 == words.len() {
                self.other_year(passage, &words[start..=end], found);
                start = end + 1;
            }
        }
    }

    fn other_year(&self, passage: &Passage<'_>, sentence: &[Word<'_>], found: &mut Vec<Finding>) {
        let said = named(sentence.iter().map(|word| word.text));
        for (at, pair) in sentence.windows(2).enumerate() {
            let [one, other] = pair else { continue };
            let (Some(month), Some(year)) = (month(one.text), year(other.text)) else { continue };
            let day = at.checked_sub(1).and_then(|at| ordinal(sentence[at].text));
            let fits = |known: &&KnownDate| {
                known.month == month && (day.is_none() || known.day.is_none() || known.day == day)
            };
            // With its day a date is nearly a name; a month alone needs all of the names.
            let is_named = |known: &&KnownDate| {
                let shared = known.names.intersection(&said).count();
                let exact = day.is_some() && known.day == day;
                shared > 0 && (exact || shared == known.names.len())
            };
            let may_be_meant: Vec<&KnownDate> =
                self.dates.iter().filter(fits).filter(is_named).collect();
            // Whatever else happened in that month may be meant as well.
            let is_true = self.dates.iter().any(|known| {
                known.year == year && (fits(&known) || !known.names.is_disjoint(&said))
            });
            if is_true {
                continue;
            }
            if let Some(known) = may_be_meant.first() {
                let typed = match day {
                    Some(day) => format!("{day} {} {year}", one.text),
                    None => format!("{} {year}", one.text),
                };
                let message = format!(
                    "\"{typed}\" is said here, and \"{}\" was in {}",
                    known.called, known.year
                );
                let begin =
                    if day.is_some() { sentence[at - 1].range.start } else { one.range.start };
                let place = passage.part(begin..other.range.end);
                let finding = Finding::new(&DATE_OTHER_YEAR, message).at(place);
                found.push(match known.span {
                    Some(span) => finding.related(span, "the date"),
                    None => finding,
                });
            }
        }
    }
}

/// The words that name something, in small letters and without endings: those of four letters or more.
fn named<'t>(words: impl Iterator<Item = &'t str>) -> BTreeSet<String> {
    const COMMON: &[&str] = &[
        "from", "with", "that", "this", "dates", "date", "first", "last", "meets", "when", "their",
    ];
    words
        .map(|word| word.to_lowercase())
        .filter(|word| word.len() > 3 && !COMMON.contains(&word.as_str()))
        .filter(|word| month(&capital(word)).is_none())
        .map(|word| {
            word.trim_end_matches('s').trim_end_matches("ed").trim_end_matches('e').to_owned()
        })
        .collect()
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slips::words::words;

    #[test]
    fn a_day_is_read_with_and_without_an_ordinal() {
        let day = |text: &str| day_at(&words(text), 0).map(|(day, _)| day_in_words(day));
        assert_eq!(day("13 October 2021").as_deref(), Some("13 October 2021"));
        assert_eq!(day("1st of May 2022").as_deref(), Some("1 May 2022"));
        assert_eq!(day("31 June 2022"), None);
        assert_eq!(day("13 people in 2021"), None);
    }
}
