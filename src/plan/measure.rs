//! Measures: a KPI's unit, direction and series, and what its figures mean together.

use crate::plan::PlanDate;
use crate::source::At;

/// A measure and its series: `[[kpi]]`.
#[derive(Debug, Clone)]
pub struct Kpi {
    /// Id.
    pub id: At<String>,
    /// Name.
    pub name: At<String>,
    /// Id of its objective.
    pub objective: At<String>,
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
    pub note: Option<At<String>>,
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
    pub known: Option<At<chrono::NaiveDate>>,
    /// A remark to show.
    pub note: Option<At<String>>,
}
