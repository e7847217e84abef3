//! What was known when: values with their history, and the plan as it was known on a day.
//!
//! Nothing is overwritten. A value that changes keeps an entry for each change, with the day from
//! which it was known; a record may say when it came into the plan and when it was taken out.
//! [`Plan::as_known`] leaves out what nobody knew on a day. Documents are made of that alone, so a
//! paper of that day comes out the same whatever was added later.

use std::ops::Deref;

use chrono::NaiveDate;

use crate::plan::{
    Action, Baseline, FeedbackGroup, Kpi, Measurement, Milestone, Plan, Risk, Schedule, Statement,
};
use crate::source::At;

/// One value of a [`History`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<V> {
    /// The day from which it was known; `None` when that was not recorded.
    pub on: Option<NaiveDate>,
    /// The value.
    pub value: V,
}

/// A value and those before it. Never empty; stands for its latest value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History<V> {
    latest: Entry<V>,
    earlier: Vec<Entry<V>>,
}

impl<V> History<V> {
    /// A value whose day was not recorded: it is taken to have been known always.
    pub fn always(value: V) -> Self {
        History { latest: Entry { on: None, value }, earlier: Vec::new() }
    }

    /// The history that `entries` make, in whatever order they are. Of two on one day the later
    /// written stands. None when there are none.
    pub fn of(mut entries: Vec<Entry<V>>) -> Option<Self> {
        entries.sort_by_key(|entry| entry.on);
        let latest = entries.pop()?;
        Some(History { latest, earlier: entries })
    }

    /// Its entries, the earliest first; one without a day comes before all others.
    pub fn entries(&self) -> impl Iterator<Item = &Entry<V>> {
        self.earlier.iter().chain([&self.latest])
    }

    /// Its latest entry.
    pub fn latest(&self) -> &Entry<V> {
        &self.latest
    }

    /// Drops what was not known on `day`; whether anything is left. When nothing is, the earliest stays.
    pub(super) fn forget_after(&mut self, day: NaiveDate) -> bool {
        let is_known = |entry: &Entry<V>| entry.on.is_none_or(|on| on <= day);
        while !is_known(&self.latest) {
            let Some(before) = self.earlier.pop() else { return false };
            self.latest = before;
        }
        true
    }
}

impl<V> Deref for History<V> {
    type Target = V;
    fn deref(&self) -> &V {
        &self.latest.value
    }
}

/// A date or figure, and the day it became known when that was later than it says itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known<T> {
    /// What was said.
    pub said: At<T>,
    /// The day it became known.
    pub known: Option<At<NaiveDate>>,
}

impl<T> Known<T> {
    fn by(&self, day: NaiveDate) -> bool {
        self.known.as_ref().is_none_or(|known| **known <= day)
    }
}

impl<T> Deref for Known<T> {
    type Target = At<T>;
    fn deref(&self) -> &At<T> {
        &self.said
    }
}

/// When a record was part of the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Life {
    /// The day it came into the plan; always there when absent.
    pub added: Option<At<NaiveDate>>,
    /// The day it was taken out; never when absent.
    pub withdrawn: Option<At<NaiveDate>>,
}

impl Life {
    /// Whether the record was in the plan on `day`.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.added.as_ref().is_none_or(|added| **added <= day)
            && self.withdrawn.as_ref().is_none_or(|withdrawn| **withdrawn > day)
    }
}

impl Plan {
    /// The plan as it was known on `day`: without the records, dates, figures and words that came later.
    pub fn as_known(&self, day: NaiveDate) -> Plan {
        let mut plan = self.clone();
        plan.forget_after(day);
        plan
    }

    /// Leaves out what nobody knew on `day`.
    pub fn forget_after(&mut self, day: NaiveDate) {
        self.objectives.retain(|objective| objective.life.covers(day));
        self.weaknesses.retain(|weakness| weakness.life.covers(day));
        self.actions.retain_mut(|action| action.stays(day));
        self.measures.retain(|measure| measure.life.covers(day));
        self.kpis.retain_mut(|kpi| kpi.stays(day));
        self.risks.retain_mut(|risk| risk.stays(day));
        self.feedback.iter_mut().for_each(|group| group.forget_after(day));
        self.bodies.retain(|body| body.life.covers(day));
        self.phases.retain(|phase| phase.life.covers(day));
        self.factors.retain(|factor| factor.life.covers(day));
        self.statement.forget_after(day);
        self.declared.iter_mut().for_each(|declared| declared.forget_after(day));
    }
}

/// Drops what was not known of a value that need not be there.
fn cut<V>(history: &mut Option<History<V>>, day: NaiveDate) {
    if history.as_mut().is_some_and(|history| !history.forget_after(day)) {
        *history = None;
    }
}

/// Drops a date that was not known, or not reached, on `day`.
fn keep_reached<T>(
    date: &mut Option<Known<T>>,
    day: NaiveDate,
    from: impl Fn(&T) -> Option<NaiveDate>,
) {
    let stays = |date: &Known<T>| date.by(day) && from(&date.value).is_some_and(|on| on <= day);
    if date.as_ref().is_some_and(|date| !stays(date)) {
        *date = None;
    }
}

impl Schedule {
    pub(super) fn forget_after(&mut self, day: NaiveDate) {
        self.revised.retain(|revision| *revision.on <= day);
        keep_reached(&mut self.started, day, |date| date.first_day());
        keep_reached(&mut self.done, day, |done| done.certain_from());
        keep_reached(&mut self.embedded, day, |date| date.first_day());
    }
}

impl Action {
    fn stays(&mut self, day: NaiveDate) -> bool {
        self.schedule.forget_after(day);
        cut(&mut self.progress, day);
        cut(&mut self.note, day);
        cut(&mut self.rag, day);
        self.milestones.retain_mut(|milestone| milestone.stays(day));
        self.life.covers(day)
    }
}

impl Milestone {
    fn stays(&mut self, day: NaiveDate) -> bool {
        self.schedule.forget_after(day);
        cut(&mut self.progress, day);
        cut(&mut self.note, day);
        cut(&mut self.rag, day);
        self.life.covers(day)
    }
}

impl Kpi {
    fn stays(&mut self, day: NaiveDate) -> bool {
        self.actuals.retain(|actual: &Measurement| actual.is_known(day));
        let is_known = |known: &Option<At<NaiveDate>>| known.as_ref().is_none_or(|k| **k <= day);
        self.targets.retain(|target| is_known(&target.known));
        // Of two targets for one period, the one set last stands.
        let set = |target: &crate::plan::Target| target.known.as_ref().map(|known| **known);
        let all: Vec<_> = self.targets.iter().map(|t| (t.by.value, set(t))).collect();
        self.targets.retain(|t| all.iter().all(|(by, on)| *by != t.by.value || *on <= set(t)));
        if let Some(Baseline::Value { known: Some(known), .. }) = self.baseline.as_deref()
            && *known > day
        {
            self.baseline = None;
        }
        cut(&mut self.note, day);
        self.life.covers(day)
    }
}

impl Risk {
    fn stays(&mut self, day: NaiveDate) -> bool {
        // Whatever it was first rated is all that can be said of the time before.
        self.severity.forget_after(day);
        cut(&mut self.progress, day);
        keep_reached(&mut self.closed, day, |date| date.last_day());
        self.life.covers(day) && self.raised.first_day().is_none_or(|raised| raised <= day)
    }
}

impl FeedbackGroup {
    fn forget_after(&mut self, day: NaiveDate) {
        self.points.retain(|point| point.life.covers(day));
    }
}

impl Statement {
    fn forget_after(&mut self, day: NaiveDate) {
        self.responses.retain(|response| response.row.life.covers(day));
        self.steps.retain(|step| step.row.life.covers(day));
        for response in &mut self.responses {
            cut(&mut response.percent, day);
        }
        let rows = self.responses.iter_mut().map(|response| &mut response.row);
        for row in rows.chain(self.steps.iter_mut().map(|step| &mut step.row)) {
            row.status.forget_after(day);
            cut(&mut row.expected, day);
            cut(&mut row.rag, day);
            cut(&mut row.note, day);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn history(entries: &[(&str, &str)]) -> History<String> {
        let entry = |(on, value): &(&str, &str)| Entry {
            on: (!on.is_empty()).then(|| day(on)),
            value: (*value).to_owned(),
        };
        History::of(entries.iter().map(entry).collect()).unwrap()
    }

    #[test]
    fn a_value_is_what_was_last_known() {
        let whole = history(&[("2022-05-01", "green"), ("2022-03-01", "amber"), ("", "red")]);
        assert_eq!(whole.as_str(), "green");
        let on = |text: &str| {
            let mut cut = whole.clone();
            assert!(cut.forget_after(day(text)));
            cut.as_str().to_owned()
        };
        let answers = ["2022-05-01", "2022-04-30", "2022-03-01", "2022-02-28"].map(on);
        assert_eq!(answers, ["green", "amber", "amber", "red"]);
    }

    #[test]
    fn before_its_first_day_there_is_none() {
        let mut value = Some(history(&[("2022-03-01", "amber")]));
        cut(&mut value, day("2022-02-28"));
        assert_eq!(value, None);
    }

    #[test]
    fn of_two_entries_on_a_day_the_second_stands() {
        let same = history(&[("2022-03-01", "amber"), ("2022-03-01", "red")]);
        assert_eq!(same.as_str(), "red");
    }

    #[test]
    fn a_record_is_there_from_the_day_it_was_added_to_the_day_before_it_was_withdrawn() {
        let at = |text: &str| {
            let nowhere = crate::source::Sources::default().add("", "");
            Some(At::new(day(text), crate::source::Span::new(nowhere, 0..0)))
        };
        let life = Life { added: at("2022-03-01"), withdrawn: at("2022-05-01") };
        let there = ["2022-02-28", "2022-03-01", "2022-04-30", "2022-05-01"];
        assert_eq!(there.map(|text| life.covers(day(text))), [false, true, true, false]);
    }
}
