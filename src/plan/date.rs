//! Dates as plans really state them: a day, a month, ongoing, from a month onwards.

use chrono::NaiveDate;

/// A date as a plan states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlanDate {
    /// A day.
    Day(NaiveDate),
    /// A month; it ends on its last day.
    Month {
        /// The year.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
    /// No end date, on purpose.
    Ongoing,
    /// From the first day of a month, with no end.
    Onwards {
        /// The year.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
}
