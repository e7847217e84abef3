//! What changed between two days: work done, moved and overdue; figures; risks; ratings.
//!
//! Each function sets the plan as it was known on one day beside the plan as known on another
//! ([`Plan::as_known`](crate::plan::Plan::as_known)), and looks at nothing else. Tables and the sentences over them are made of
//! the same lists, so they cannot disagree.

mod figures;
mod rated;
mod risks;
mod work;

use chrono::NaiveDate;

use crate::plan::Plan;

pub use figures::{Crossing, Movement, Reading, Way, figures};
pub use rated::{Exception, Rate, Standing, exceptions, transitions};
pub use risks::{RiskChange, RiskChanges, SeverityMove, risks};
pub use work::{Completed, Due, FellDue, Overdue, Slip, Work, WorkChanges, due_next, work};

/// The plan on two days, and whose part of it is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Between<'p> {
    /// The day that changes are told from: what happened on it is not told.
    pub since: NaiveDate,
    /// The plan as it was known then.
    pub before: &'p Plan,
    /// The day that changes are told to: what happened on it is told.
    pub as_at: NaiveDate,
    /// The plan as it is known on that day.
    pub now: &'p Plan,
    /// Only this objective's; all when absent.
    pub objective: Option<&'p str>,
}

impl Between<'_> {
    /// Whether something of this objective is asked about.
    fn asks(&self, objective: &str) -> bool {
        self.objective.is_none_or(|asked| asked == objective)
    }

    /// Whether `day` lies between the two days.
    fn holds(&self, day: NaiveDate) -> bool {
        self.since < day && day <= self.as_at
    }
}
