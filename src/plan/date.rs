//! Dates as plans really state them: a day, a month, ongoing, from a month onwards.
//!
//! A month counts from its first day when something begins and to its last day when
//! something is due or done, so that nobody is late in a month that is not over.
//! How dates are written follows GOV.UK style: "4 June 2017", "June 2017".

use std::cmp::Ordering;

use chrono::{Datelike, Months, NaiveDate};

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

/// Why words are not a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateFault {
    /// They name a day or month that no calendar has.
    Impossible {
        /// The date in full, as it would be: "31 November 2022".
        named: String,
        /// Why it can't be: "November has 30 days".
        why: String,
    },
    /// They are in no form that is understood.
    Unreadable,
}

/// The forms that are understood, for help texts.
pub const FORMS: &str =
    "2022-05-30, 2022-05, 30 May 2022, May 2022, ongoing, from 2022-05, from May 2022 onwards";

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Years that a plan may name: a slip such as 20222 or 202 is not a date.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

impl PlanDate {
    /// Reads a date in any of the [`FORMS`].
    pub fn parse(words: &str) -> Result<PlanDate, DateFault> {
        let words: Vec<&str> = words.split_whitespace().collect();
        match words.as_slice() {
            [word] if word.eq_ignore_ascii_case("ongoing") => Ok(PlanDate::Ongoing),
            [from, rest @ ..] if from.eq_ignore_ascii_case("from") => onwards(rest),
            [numbers] => from_numbers(numbers),
            [month, year] => {
                let (year, month) = month_year(month, year)?;
                Ok(PlanDate::Month { year, month })
            }
            [day, month, year] => {
                let (year, month) = month_year(month, year)?;
                from_day(year, month, digits(day, 1..=2)?)
            }
            _ => Err(DateFault::Unreadable),
        }
    }

    /// The first day it covers; `None` for ongoing.
    pub fn first_day(self) -> Option<NaiveDate> {
        match self {
            PlanDate::Day(day) => Some(day),
            PlanDate::Month { year, month } | PlanDate::Onwards { year, month } => {
                NaiveDate::from_ymd_opt(year, month, 1)
            }
            PlanDate::Ongoing => None,
        }
    }

    /// The last day it covers; `None` when it has no end.
    pub fn last_day(self) -> Option<NaiveDate> {
        match self {
            PlanDate::Day(day) => Some(day),
            PlanDate::Month { year, month } => {
                let first = NaiveDate::from_ymd_opt(year, month, 1)?;
                first.checked_add_months(Months::new(1))?.pred_opt()
            }
            PlanDate::Ongoing | PlanDate::Onwards { .. } => None,
        }
    }

    /// Whether it has no end, on purpose.
    pub fn is_open(self) -> bool {
        matches!(self, PlanDate::Ongoing | PlanDate::Onwards { .. })
    }

    /// Whether it is wholly over before `day`. Dates without an end never are.
    pub fn is_before(self, day: NaiveDate) -> bool {
        self.last_day().is_some_and(|last| last < day)
    }

    /// Its year and month; `None` for ongoing.
    pub fn month(self) -> Option<(i32, u32)> {
        self.first_day().map(|day| (day.year(), day.month()))
    }

    /// Whether both name the same reporting point: the same day or month, or a day in that month.
    pub fn same_month(self, other: PlanDate) -> bool {
        self.month().is_some() && self.month() == other.month()
    }

    /// By when it ends, then by when it begins; dates without an end come last.
    pub fn compare(self, other: PlanDate) -> Ordering {
        let key = |date: PlanDate| {
            (date.last_day().unwrap_or(NaiveDate::MAX), date.first_day().unwrap_or(NaiveDate::MAX))
        };
        key(self).cmp(&key(other))
    }

    /// As running text says it: "30 May 2022", "May 2022", "ongoing", "from March 2019 onwards".
    pub fn prose(self) -> String {
        match self {
            PlanDate::Day(date) => day_in_words(date),
            PlanDate::Month { year, month } => format!("{} {year}", month_name(month)),
            PlanDate::Ongoing => "ongoing".to_owned(),
            PlanDate::Onwards { year, month } => {
                format!("from {} {year} onwards", month_name(month))
            }
        }
    }

    /// As a table cell says it: short months ("30 Sep 2022", "Sep 2022"), and a capital where it starts the cell.
    pub fn table(self) -> String {
        match self {
            PlanDate::Day(date) => {
                format!("{} {} {}", date.day(), short_month(date.month()), date.year())
            }
            PlanDate::Month { year, month } => format!("{} {year}", short_month(month)),
            PlanDate::Ongoing => "Ongoing".to_owned(),
            PlanDate::Onwards { year, month } => {
                format!("From {} {year} onwards", short_month(month))
            }
        }
    }
}

/// A day as running text says it: "30 May 2022".
pub fn day_in_words(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month_name(date.month()), date.year())
}

/// The full name of month 1 to 12.
pub fn month_name(month: u32) -> &'static str {
    let index = usize::try_from(month).unwrap_or(0).saturating_sub(1);
    MONTHS.get(index).copied().unwrap_or("")
}

/// The three-letter name of month 1 to 12, for tables.
pub fn short_month(month: u32) -> &'static str {
    month_name(month).get(..3).unwrap_or("")
}

/// "from 2019-03", "from March 2019", "from Mar 2019 onwards", without its first word.
fn onwards(words: &[&str]) -> Result<PlanDate, DateFault> {
    let words = match words {
        [rest @ .., last] if last.eq_ignore_ascii_case("onwards") => rest,
        all => all,
    };
    let (year, month) = match words {
        [numbers] => match from_numbers(numbers)? {
            PlanDate::Month { year, month } => (year, month),
            _ => return Err(DateFault::Unreadable),
        },
        [month, year] => month_year(month, year)?,
        _ => return Err(DateFault::Unreadable),
    };
    Ok(PlanDate::Onwards { year, month })
}

/// "2022-05-30", "2022-05".
fn from_numbers(word: &str) -> Result<PlanDate, DateFault> {
    let parts: Vec<&str> = word.split('-').collect();
    let (year, month, day) = match parts.as_slice() {
        [year, month] => (year, month, None),
        [year, month, day] => (year, month, Some(day)),
        _ => return Err(DateFault::Unreadable),
    };
    let year = a_year(year)?;
    let month = digits(month, 2..=2)?;
    if !(1..=12).contains(&month) {
        let why = "a year has 12 months".to_owned();
        return Err(DateFault::Impossible { named: format!("month {month} of {year}"), why });
    }
    match day {
        None => Ok(PlanDate::Month { year, month }),
        Some(day) => from_day(year, month, digits(day, 2..=2)?),
    }
}

fn month_year(month: &str, year: &str) -> Result<(i32, u32), DateFault> {
    let year = a_year(year)?;
    let month = month_number(month).ok_or(DateFault::Unreadable)?;
    Ok((year, month))
}

/// 1 to 12 for a month's name, whole or shortened to at least three letters.
fn month_number(name: &str) -> Option<u32> {
    let lower = name.to_lowercase();
    if lower.len() < 3 {
        return None;
    }
    (1..=12).find(|&month| month_name(month).to_lowercase().starts_with(&lower))
}

fn from_day(year: i32, month: u32, day: u32) -> Result<PlanDate, DateFault> {
    if let Some(date) = NaiveDate::from_ymd_opt(year, month, day) {
        return Ok(PlanDate::Day(date));
    }
    let last = PlanDate::Month { year, month }.last_day().map_or(0, |date| date.day());
    let name = month_name(month);
    let why = if day == 0 {
        "a month starts with day 1".to_owned()
    } else if month == 2 {
        format!("February {year} has {last} days")
    } else {
        format!("{name} has {last} days")
    };
    Err(DateFault::Impossible { named: format!("{day} {name} {year}"), why })
}

fn a_year(word: &str) -> Result<i32, DateFault> {
    let year = i32::try_from(digits(word, 4..=4)?).map_err(|_| DateFault::Unreadable)?;
    if YEARS.contains(&year) { Ok(year) } else { Err(DateFault::Unreadable) }
}

/// A number of `length` ASCII digits: "+5" and "٥" are not dates here.
fn digits(word: &str, length: std::ops::RangeInclusive<usize>) -> Result<u32, DateFault> {
    if !length.contains(&word.len()) || !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DateFault::Unreadable);
    }
    word.parse().map_err(|_| DateFault::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn reads_every_form_that_help_lists() {
        let may = PlanDate::Month { year: 2022, month: 5 };
        let from_may = PlanDate::Onwards { year: 2022, month: 5 };
        let thirtieth = PlanDate::Day(day(2022, 5, 30));
        let expected = [thirtieth, may, thirtieth, may, PlanDate::Ongoing, from_may, from_may];
        let read: Vec<_> = FORMS.split(", ").map(|form| PlanDate::parse(form).unwrap()).collect();
        assert_eq!(read, expected);
        assert_eq!(PlanDate::parse("16 Sept 2022"), Ok(PlanDate::Day(day(2022, 9, 16))));
    }

    #[test]
    fn a_day_that_no_calendar_has_says_why() {
        let fault = |words| match PlanDate::parse(words) {
            Err(DateFault::Impossible { named, why }) => format!("{named}: {why}"),
            other => panic!("{words}: {other:?}"),
        };
        assert_eq!(fault("31 Nov 2022"), "31 November 2022: November has 30 days");
        assert_eq!(fault("2023-02-29"), "29 February 2023: February 2023 has 28 days");
        assert_eq!(fault("2022-13-01"), "month 13 of 2022: a year has 12 months");
        assert_eq!(fault("0 May 2022"), "0 May 2022: a month starts with day 1");
    }

    #[test]
    fn guesses_nothing() {
        for words in ["", "soon", "16 Sept 22", "30/05/2022", "Ma 2022", "May", "2022", "22-05-30"]
        {
            assert_eq!(PlanDate::parse(words), Err(DateFault::Unreadable), "{words}");
        }
        assert_eq!(PlanDate::parse("30 May 20222"), Err(DateFault::Unreadable));
        assert_eq!(PlanDate::parse("from 2022-05-30"), Err(DateFault::Unreadable));
    }

    #[test]
    fn a_month_is_over_after_its_last_day() {
        let month = PlanDate::parse("2024-02").unwrap();
        assert_eq!(month.last_day(), Some(day(2024, 2, 29)));
        assert!(!month.is_before(day(2024, 2, 29)));
        assert!(month.is_before(day(2024, 3, 1)));
        assert!(!PlanDate::Ongoing.is_before(day(2100, 1, 1)));
    }

    #[test]
    fn dates_without_an_end_come_last() {
        let mut dates = ["ongoing", "2022-05", "from 2019-03", "2022-05-30"]
            .map(|words| PlanDate::parse(words).unwrap());
        dates.sort_by(|a, b| a.compare(*b));
        let order: Vec<_> = dates.iter().map(|date| date.prose()).collect();
        assert_eq!(order, ["30 May 2022", "May 2022", "from March 2019 onwards", "ongoing"]);
    }

    #[test]
    fn tables_shorten_months() {
        let date = PlanDate::parse("30 September 2022").unwrap();
        assert_eq!(
            (date.prose().as_str(), date.table().as_str()),
            ("30 September 2022", "30 Sep 2022")
        );
    }
}
