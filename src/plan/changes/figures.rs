//! Figures: how each KPI moved, by which way is better, and whether it meets its target.

use chrono::NaiveDate;

use crate::plan::changes::Between;
use crate::plan::{Baseline, Better, Kpi, PlanDate, Target};

/// A figure that was known on a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading<'p> {
    /// How much.
    pub value: f64,
    /// When it was measured.
    pub at: PlanDate,
    /// Whether it is the baseline.
    pub baseline: bool,
    /// The target in force when it was measured.
    pub target: Option<&'p crate::plan::TargetValue>,
    /// Whether it meets that target; none without one.
    pub met: Option<bool>,
}

/// Which way a figure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The better way.
    Improved,
    /// The worse way.
    Worsened,
    /// A new figure says the same as the one before.
    Unchanged,
    /// It rose, and neither way is better.
    Rose,
    /// It fell, and neither way is better.
    Fell,
    /// It is the first figure there is.
    First,
    /// Nothing was measured since.
    NoNewFigure,
    /// Nothing was ever measured.
    NoFigure,
}

/// Whether a figure crossed its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crossing {
    /// It meets its target, and did not.
    Reached,
    /// It met its target, and does not any more.
    Lost,
    /// Neither.
    None,
}

/// How a KPI moved.
#[derive(Debug, Clone, Copy)]
pub struct Movement<'p> {
    /// The KPI.
    pub kpi: &'p Kpi,
    /// The figure known on the first day; the baseline when there was none yet.
    pub before: Option<Reading<'p>>,
    /// The figure known on the second day.
    pub now: Option<Reading<'p>>,
    /// Which way it went.
    pub way: Way,
    /// Whether it crossed its target.
    pub crossing: Crossing,
    /// Whether the figure known on the second day is older than the measure's own time between figures.
    pub is_old: bool,
}

impl Movement<'_> {
    /// Whether a figure came since.
    pub fn is_new(&self) -> bool {
        !matches!(self.way, Way::NoNewFigure | Way::NoFigure)
    }

    /// How far it moved, as a share of the larger figure: to tell large movements from small ones.
    pub fn share_moved(&self) -> f64 {
        match (self.before, self.now) {
            (Some(before), Some(now)) if before.value != now.value => {
                let larger = before.value.abs().max(now.value.abs());
                (now.value / larger - before.value / larger).abs()
            }
            _ => 0.0,
        }
    }

    /// Whether its figure has a target and is out of date: nobody knows whether it still meets it.
    pub fn is_doubtful(&self) -> bool {
        self.is_old && self.now.is_some_and(|now| now.met.is_some())
    }

    /// Whether its figure, of its time, misses its target.
    pub fn is_off_target(&self) -> bool {
        !self.is_old && self.now.is_some_and(|now| now.met == Some(false))
    }

    /// Whether its figure, of its time, meets its target.
    pub fn is_on_target(&self) -> bool {
        !self.is_old && self.now.is_some_and(|now| now.met == Some(true))
    }
}

/// How each KPI that is asked about moved between the two days, in the order of the plan.
pub fn figures<'p>(between: &Between<'p>) -> Vec<Movement<'p>> {
    let kpis = between.now.kpis.iter().filter(|kpi| between.asks(&kpi.objective));
    kpis.map(|kpi| {
        let old = between.before.kpi(&kpi.id);
        let then = old.and_then(|old| measured(old, between.since));
        let now = measured(kpi, between.as_at);
        let is_new = now.is_some_and(|now| then.is_none_or(|then| !same(&then, &now)));
        let before = then.or_else(|| baseline(kpi));
        let way = match (before, now) {
            (_, None) => Way::NoFigure,
            (_, Some(_)) if !is_new => Way::NoNewFigure,
            (None, Some(_)) => Way::First,
            (Some(before), Some(now)) => way(kpi, before.value, now.value),
        };
        let met = |reading: Option<Reading<'_>>| reading.and_then(|reading| reading.met);
        let crossing = match (met(before), met(now)) {
            (Some(false), Some(true)) if is_new => Crossing::Reached,
            (Some(true), Some(false)) if is_new => Crossing::Lost,
            _ => Crossing::None,
        };
        let is_old = now.is_some_and(|now| between.now.is_out_of_date(kpi, now.at, between.as_at));
        Movement { kpi, before, now, way, crossing, is_old }
    })
    .collect()
}

/// The latest measurement known on `day`, held against the target in force when it was taken.
fn measured(kpi: &Kpi, day: NaiveDate) -> Option<Reading<'_>> {
    let actual = kpi.actual_as_at(day)?;
    let taken = actual.at.last_day().unwrap_or(day);
    Some(reading(kpi, *actual.value, actual.at.value, false, kpi.target_as_at(taken)))
}

/// The baseline has no target: targets are what is to come of it.
fn baseline(kpi: &Kpi) -> Option<Reading<'_>> {
    match kpi.baseline.as_deref() {
        Some(Baseline::Value { at, value, .. }) => Some(reading(kpi, *value, *at, true, None)),
        _ => None,
    }
}

fn reading<'p>(
    kpi: &Kpi,
    value: f64,
    at: PlanDate,
    baseline: bool,
    target: Option<&'p Target>,
) -> Reading<'p> {
    let better = kpi.better.as_ref().map(|better| better.value);
    let target = target.map(|target| &target.value.value);
    let met = target.map(|target| target.is_met(value, better));
    Reading { value, at, baseline, target, met }
}

fn same(one: &Reading<'_>, other: &Reading<'_>) -> bool {
    one.value == other.value && one.at == other.at
}

/// Which way a figure went. What prints alike is alike: nobody could see the difference.
fn way(kpi: &Kpi, before: f64, now: f64) -> Way {
    if kpi.figure(before) == kpi.figure(now) {
        return Way::Unchanged;
    }
    match (kpi.better.as_ref().map(|better| better.value), now > before) {
        (Some(Better::Higher), true) | (Some(Better::Lower), false) => Way::Improved,
        (Some(Better::Higher), false) | (Some(Better::Lower), true) => Way::Worsened,
        (None, true) => Way::Rose,
        (None, false) => Way::Fell,
    }
}
