//! Measures: a KPI's unit, direction and series, and what its figures mean together.
//!
//! Like a schedule, a series answers for any day: a measurement counts from the day it
//! became known, or else from the end of the month it was taken in. How figures are
//! written is in [`crate::plan::figure`].

use chrono::NaiveDate;

use crate::plan::{History, Life, Period, Plan, PlanDate};
use crate::source::At;

/// A measure and its series: `[[kpi]]`.
#[derive(Debug, Clone)]
pub struct Kpi {
    /// Id.
    pub id: At<String>,
    /// Name.
    pub name: At<String>,
    /// What prose calls it too.
    pub also: Vec<At<String>>,
    /// Id of its objective.
    pub objective: At<String>,
    /// Ids of the areas of weakness whose improvement it shows.
    pub weaknesses: Vec<At<String>>,
    /// What its values count.
    pub unit: At<Unit>,
    /// What is counted, after the number: "views".
    pub of: Option<At<String>>,
    /// Which way is better; absent where neither is.
    pub better: Option<At<Better>>,
    /// Decimals to print; as written when absent.
    pub decimals: Option<At<u8>>,
    /// Where the values come from.
    pub source: Option<At<String>>,
    /// How many months apart two of its values are; as the reporting periods when absent.
    pub every: Option<At<u32>>,
    /// Whether it is one of the objective's key measures.
    pub key: bool,
    /// Whether it stands in the scorecard. True unless the data says otherwise.
    pub scorecard: bool,
    /// The first value.
    pub baseline: Option<At<Baseline>>,
    /// What is aimed for, by period.
    pub targets: Vec<Target>,
    /// What was measured.
    pub actuals: Vec<Measurement>,
    /// Periods for which there is no target and no measurement, on purpose.
    pub not_applicable: Vec<At<PlanDate>>,
    /// A remark to show.
    pub note: Option<History<At<String>>>,
    /// How easy read names it.
    pub easy: Option<EasyName>,
    /// When it was part of the plan.
    pub life: Life,
}

/// How easy read names a measure.
#[derive(Debug, Clone)]
pub struct EasyName {
    /// A picture of the library, by its id.
    pub image: At<String>,
    /// A few plain words: "New plans that are ready on time".
    pub words: At<String>,
}

/// What values count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Per cent: 53%.
    Percent,
    /// A number of things.
    Count,
    /// Weeks.
    Weeks,
    /// Days.
    Days,
    /// A rate; `of` says per what.
    Rate,
    /// Percentage points or scale points.
    Points,
    /// A number a month.
    PerMonth,
    /// Pounds: £1,250,000.
    Pounds,
    /// Words: not a number.
    Text,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// The first value, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Baseline {
    /// A value, at a day or month.
    Value {
        /// When.
        at: PlanDate,
        /// How much.
        value: f64,
        /// The day it became known, when that was later.
        known: Option<NaiveDate>,
    },
    /// Still to be measured; with a remark ("for 2020 to 2021").
    Required {
        /// The remark.
        note: Option<String>,
    },
}

/// What is aimed for by a period's end.
#[derive(Debug, Clone)]
pub struct Target {
    /// The period's end.
    pub by: At<PlanDate>,
    /// How much.
    pub value: At<TargetValue>,
    /// The day it was set, when that was after the plan began. Of two for one period, the later stands.
    pub known: Option<At<NaiveDate>>,
}

/// How much is aimed for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TargetValue {
    /// This much or more.
    AtLeast(f64),
    /// This much or less.
    AtMost(f64),
    /// More than this.
    MoreThan(f64),
    /// Less than this.
    LessThan(f64),
    /// This much.
    Exactly(f64),
    /// From the first to the second.
    Between(f64, f64),
    /// Keep it here: no worse than this, by the measure's direction.
    Maintain(f64),
}

/// What was measured.
#[derive(Debug, Clone)]
pub struct Measurement {
    /// The day or month it was measured.
    pub at: At<PlanDate>,
    /// How much.
    pub value: At<f64>,
    /// The day it became known, when that was later.
    pub known: Option<At<NaiveDate>>,
    /// A remark to show.
    pub note: Option<At<String>>,
}

impl Measurement {
    /// The first day on which it was known.
    pub fn known_from(&self) -> Option<NaiveDate> {
        self.known.as_ref().map(|day| day.value).or_else(|| self.at.last_day())
    }

    /// Whether it was known by `as_at`.
    pub fn is_known(&self, as_at: NaiveDate) -> bool {
        self.known_from().is_some_and(|day| day <= as_at)
    }
}

impl Unit {
    /// Every unit with the word that data uses for it.
    pub const WORDS: &'static [(&'static str, Unit)] = &[
        ("percent", Unit::Percent),
        ("count", Unit::Count),
        ("weeks", Unit::Weeks),
        ("days", Unit::Days),
        ("rate", Unit::Rate),
        ("points", Unit::Points),
        ("per-month", Unit::PerMonth),
        ("pounds", Unit::Pounds),
        ("text", Unit::Text),
    ];

    /// The word that data uses.
    pub fn word(self) -> &'static str {
        Unit::WORDS.iter().find(|(_, unit)| *unit == self).map_or("", |(word, _)| word)
    }
}

/// What is known of a KPI as at a day: what a scheme's rules may ask.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KpiFacts {
    /// Whether there is a measurement.
    pub has_actual: bool,
    /// Whether there is a target to hold it against.
    pub has_target: bool,
    /// Whether the target is met. False without either.
    pub met: bool,
    /// How far off, in per cent of the target; 0 when met.
    pub shortfall: f64,
    /// Whether it is better than the value before it, by the measure's direction.
    pub improved: bool,
}

impl TargetValue {
    /// The figure that a value must reach to meet it; of a range, the one on the worse side.
    /// `better` decides for the kinds that do not say a direction themselves.
    fn reached(self, value: f64, better: Option<Better>) -> Reached {
        let at_least = |limit: f64| Reached { met: value >= limit, limit, gap: limit - value };
        let at_most = |limit: f64| Reached { met: value <= limit, limit, gap: value - limit };
        match (self, better) {
            (TargetValue::AtLeast(limit), _) => at_least(limit),
            (TargetValue::AtMost(limit), _) => at_most(limit),
            (TargetValue::MoreThan(limit), _) => Reached { met: value > limit, ..at_least(limit) },
            (TargetValue::LessThan(limit), _) => Reached { met: value < limit, ..at_most(limit) },
            (TargetValue::Exactly(n) | TargetValue::Maintain(n), Some(Better::Higher)) => {
                at_least(n)
            }
            (TargetValue::Exactly(n) | TargetValue::Maintain(n), Some(Better::Lower)) => at_most(n),
            (TargetValue::Exactly(n) | TargetValue::Maintain(n), None) => {
                Reached { met: value == n, limit: n, gap: (value - n).abs() }
            }
            (TargetValue::Between(low, _), Some(Better::Higher)) => at_least(low),
            (TargetValue::Between(_, high), Some(Better::Lower)) => at_most(high),
            (TargetValue::Between(low, high), None) => {
                if value < low {
                    at_least(low)
                } else {
                    at_most(high)
                }
            }
        }
    }

    /// Whether `value` meets it. Better than asked is met: a wait below a range, where lower is better.
    pub fn is_met(self, value: f64, better: Option<Better>) -> bool {
        self.reached(value, better).met
    }

    /// How far `value` falls short, in per cent of the target; 0 when it is met.
    pub fn shortfall(self, value: f64, better: Option<Better>) -> f64 {
        let reached = self.reached(value, better);
        if reached.met {
            0.0
        } else if reached.limit == 0.0 {
            // Nothing to take a share of: any miss of a target of 0 is a whole one.
            100.0
        } else {
            (reached.gap / reached.limit.abs() * 100.0).max(0.0)
        }
    }

    /// Between which values it is met, by the measure's direction; open where there is no limit.
    pub fn met_between(self, better: Option<Better>) -> (Option<f64>, Option<f64>) {
        match (self, better) {
            (TargetValue::AtLeast(n) | TargetValue::MoreThan(n), _)
            | (TargetValue::Exactly(n) | TargetValue::Maintain(n), Some(Better::Higher))
            | (TargetValue::Between(n, _), Some(Better::Higher)) => (Some(n), None),
            (TargetValue::AtMost(n) | TargetValue::LessThan(n), _)
            | (TargetValue::Exactly(n) | TargetValue::Maintain(n), Some(Better::Lower))
            | (TargetValue::Between(_, n), Some(Better::Lower)) => (None, Some(n)),
            (TargetValue::Exactly(n) | TargetValue::Maintain(n), None) => (Some(n), Some(n)),
            (TargetValue::Between(low, high), None) => (Some(low), Some(high)),
        }
    }

    /// The figures it names.
    pub fn figures(self) -> Vec<f64> {
        match self {
            TargetValue::AtLeast(n)
            | TargetValue::AtMost(n)
            | TargetValue::MoreThan(n)
            | TargetValue::LessThan(n)
            | TargetValue::Exactly(n)
            | TargetValue::Maintain(n) => vec![n],
            TargetValue::Between(low, high) => vec![low, high],
        }
    }
}

/// How a value stands to the figure it is held against.
struct Reached {
    met: bool,
    limit: f64,
    gap: f64,
}

impl Kpi {
    /// What stands in place of a first value that is not there.
    pub fn no_baseline(&self) -> Option<String> {
        match self.baseline.as_ref().map(|baseline| &baseline.value) {
            Some(Baseline::Value { .. }) => None,
            Some(Baseline::Required { note: Some(note) }) => {
                Some(format!("Needs a baseline {note}"))
            }
            Some(Baseline::Required { note: None }) => Some("Needs a baseline".to_owned()),
            None => Some("None recorded".to_owned()),
        }
    }

    /// Measurements known by `as_at`, the earliest first.
    fn known(&self, as_at: NaiveDate) -> Vec<&Measurement> {
        let mut known: Vec<&Measurement> =
            self.actuals.iter().filter(|actual| actual.is_known(as_at)).collect();
        known.sort_by(|a, b| a.at.compare(b.at.value));
        known
    }

    /// Every value known by `as_at`, the baseline among them, the earliest first.
    pub fn points_as_at(&self, as_at: NaiveDate) -> Vec<(PlanDate, f64)> {
        let first = match self.baseline.as_ref().map(|baseline| &baseline.value) {
            Some(Baseline::Value { at, value, .. }) => Some((*at, *value)),
            _ => None,
        };
        let known = self.known(as_at).into_iter().map(|actual| (*actual.at, *actual.value));
        let mut points: Vec<(PlanDate, f64)> = first.into_iter().chain(known).collect();
        points.sort_by(|a, b| a.0.compare(b.0));
        points
    }

    /// The latest measurement known by `as_at`.
    pub fn actual_as_at(&self, as_at: NaiveDate) -> Option<&Measurement> {
        self.known(as_at).pop()
    }

    /// The latest measurement of `period` known by `as_at`: taken after the period before ended,
    /// and not after it ends itself.
    pub fn actual_in_period(
        &self,
        plan: &Plan,
        period: &Period,
        as_at: NaiveDate,
    ) -> Option<&Measurement> {
        let start = plan.period_start(period);
        let end = period.by.last_day()?;
        let within = |day: NaiveDate| day <= end && start.is_none_or(|start| day > start);
        self.known(as_at).into_iter().rfind(|actual| actual.at.last_day().is_some_and(within))
    }

    /// The target of the period that ends with `by`.
    pub fn target_for(&self, by: PlanDate) -> Option<&Target> {
        let same_day = self.targets.iter().find(|target| target.by.value == by);
        same_day.or_else(|| self.targets.iter().find(|target| target.by.same_month(by)))
    }

    /// The target in force on `day`: the next one due, or the last when all have passed.
    pub fn target_as_at(&self, day: NaiveDate) -> Option<&Target> {
        let mut targets: Vec<&Target> = self.targets.iter().collect();
        targets.sort_by(|a, b| a.by.compare(b.by.value));
        let next = targets.iter().find(|target| !target.by.is_before(day));
        next.or(targets.last()).copied()
    }

    /// Whether `period` has no target and no measurement, on purpose.
    pub fn is_not_applicable(&self, period: &Period) -> bool {
        self.not_applicable.iter().any(|by| by.same_month(period.by.value))
    }

    /// The value before `actual`: the measurement before it, or else the baseline.
    pub fn value_before(&self, actual: &Measurement, as_at: NaiveDate) -> Option<f64> {
        let before = |other: &&Measurement| other.at.compare(actual.at.value).is_lt();
        let measured = self.known(as_at).into_iter().rfind(before).map(|other| *other.value);
        measured.or(match self.baseline.as_ref().map(|baseline| &baseline.value) {
            Some(Baseline::Value { value, .. }) => Some(*value),
            _ => None,
        })
    }

    /// The facts of `actual` held against `target`.
    pub fn facts(
        &self,
        actual: Option<&Measurement>,
        target: Option<&Target>,
        as_at: NaiveDate,
    ) -> KpiFacts {
        let better = self.better.as_ref().map(|better| better.value);
        let held = actual.zip(target);
        let before = actual.and_then(|actual| self.value_before(actual, as_at));
        let improved = match (actual, before, better) {
            (Some(now), Some(before), Some(Better::Higher)) => *now.value > before,
            (Some(now), Some(before), Some(Better::Lower)) => *now.value < before,
            _ => false,
        };
        KpiFacts {
            has_actual: actual.is_some(),
            has_target: target.is_some(),
            met: held.is_some_and(|(a, t)| t.value.is_met(*a.value, better)),
            shortfall: held.map_or(0.0, |(a, t)| t.value.shortfall(*a.value, better)),
            improved,
        }
    }

    /// The facts of the KPI as a whole: its latest measurement against the target in force when
    /// it was taken.
    pub fn facts_as_at(&self, as_at: NaiveDate) -> KpiFacts {
        let actual = self.actual_as_at(as_at);
        let taken = actual.and_then(|actual| actual.at.last_day()).unwrap_or(as_at);
        self.facts(actual, self.target_as_at(taken), as_at)
    }

    /// The facts of one period: its measurement against its own target.
    pub fn facts_in_period(&self, plan: &Plan, period: &Period, as_at: NaiveDate) -> KpiFacts {
        let actual = self.actual_in_period(plan, period, as_at);
        self.facts(actual, self.target_for(period.by.value), as_at)
    }
}
