//! How figures are written, in GOV.UK style: "53%", "9,000", "12 weeks", "25 to 35 weeks".

use crate::plan::{Better, Kpi, TargetValue, Unit};

/// A number with thousands separators: "9,000", "0.5", "-3". `decimals` fixes the places;
/// without it the number is written as short as it can be.
pub fn number(value: f64, decimals: Option<u8>) -> String {
    let plain = match decimals {
        Some(places) => format!("{value:.*}", usize::from(places)),
        None => format!("{value}"),
    };
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", plain.as_str()),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let is_zero = digits.chars().all(|c| matches!(c, '0' | '.'));
    let sign = if is_zero { "" } else { sign };
    match fraction {
        Some(fraction) => format!("{sign}{grouped}.{fraction}"),
        None => format!("{sign}{grouped}"),
    }
}

/// How the values of a measure are written, and which way is better.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    /// What they count.
    pub unit: Unit,
    /// What is counted, after the number: "views".
    pub of: Option<String>,
    /// Decimals to print; as few as it can be when absent.
    pub decimals: Option<u8>,
    /// Which way is better; absent where neither is.
    pub better: Option<Better>,
}

impl Style {
    /// A value with its unit: "53%", "12 weeks", "16,000 views a month".
    pub fn words(&self, value: f64) -> String {
        self.with_unit(&number(value, self.places(value)), value == 1.0)
    }

    /// Decimals to print of `value`: pence have two figures.
    fn places(&self, value: f64) -> Option<u8> {
        let pence = self.unit == Unit::Pounds && value.fract() != 0.0;
        self.decimals.or(pence.then_some(2))
    }

    /// How far apart two values are: "4 percentage points" for percentages, "1,200" for counts.
    /// None when they are the same as far as they are printed.
    pub fn difference(&self, difference: f64, decimals: u8) -> Option<String> {
        let fixed = number(difference.abs(), Some(decimals));
        let short = match fixed.split_once('.') {
            Some((whole, fraction)) => match fraction.trim_end_matches('0') {
                "" => whole.to_owned(),
                fraction => format!("{whole}.{fraction}"),
            },
            None => fixed,
        };
        match (self.unit, short.as_str()) {
            (_, "0") => None,
            (Unit::Percent, "1") => Some("1 percentage point".to_owned()),
            (Unit::Percent, points) => Some(format!("{points} percentage points")),
            (_, short) => Some(self.with_unit(short, short == "1")),
        }
    }

    /// From one value to another: "25 to 35 weeks", "20% to 30%".
    pub fn range(&self, low: f64, high: f64) -> String {
        let low_words = match self.unit {
            // A per cent sign belongs to its number, other units follow the pair.
            Unit::Percent | Unit::Pounds => self.words(low),
            _ => number(low, self.decimals),
        };
        format!("{low_words} to {}", self.words(high))
    }

    /// The unit alone, for the head of a column of bare numbers.
    pub fn unit_words(&self) -> Option<String> {
        match (self.unit, &self.of) {
            (Unit::Weeks, _) => Some("weeks".to_owned()),
            (Unit::Days, _) => Some("days".to_owned()),
            (Unit::Rate, Some(of)) => Some(format!("per {of}")),
            (Unit::PerMonth, Some(of)) => Some(format!("{of} a month")),
            (Unit::PerMonth, None) => Some("a month".to_owned()),
            (Unit::Points, None) => Some("points".to_owned()),
            (Unit::Count | Unit::Points, Some(of)) => Some(of.clone()),
            (Unit::Pounds, _) => Some("£".to_owned()),
            (Unit::Percent | Unit::Count | Unit::Rate | Unit::Text, _) => None,
        }
    }

    fn with_unit(&self, number: &str, one: bool) -> String {
        let of = self.of.as_deref();
        let plural = |word: &str| {
            if one { format!("{number} {word}") } else { format!("{number} {word}s") }
        };
        match (self.unit, of) {
            (Unit::Percent, _) => format!("{number}%"),
            (Unit::Pounds, _) => match number.strip_prefix('-') {
                Some(number) => format!("-£{number}"),
                None => format!("£{number}"),
            },
            (Unit::Weeks, _) => plural("week"),
            (Unit::Days, _) => plural("day"),
            (Unit::Points, None) => plural("point"),
            (Unit::Rate, Some(of)) => format!("{number} per {of}"),
            (Unit::PerMonth, Some(of)) => format!("{number} {of} a month"),
            (Unit::PerMonth, None) => format!("{number} a month"),
            (Unit::Count | Unit::Points, Some(of)) => format!("{number} {of}"),
            (Unit::Count | Unit::Rate, None) | (Unit::Text, _) => number.to_owned(),
        }
    }
}

impl Kpi {
    /// How its values are written.
    pub fn style(&self) -> Style {
        Style {
            unit: *self.unit,
            of: self.of.as_ref().map(|of| of.value.clone()),
            decimals: self.decimals.as_ref().map(|decimals| decimals.value),
            better: self.better.as_ref().map(|better| better.value),
        }
    }

    /// A value with its unit: "53%", "12 weeks", "16,000 views a month".
    pub fn figure(&self, value: f64) -> String {
        self.style().words(value)
    }

    /// What is aimed for: "at least 60%", "25 to 35 weeks", "maintain 12 weeks".
    pub fn target_words(&self, target: TargetValue) -> String {
        match target {
            TargetValue::AtLeast(n) => format!("at least {}", self.figure(n)),
            TargetValue::AtMost(n) => format!("at most {}", self.figure(n)),
            TargetValue::MoreThan(n) => format!("more than {}", self.figure(n)),
            TargetValue::LessThan(n) => format!("less than {}", self.figure(n)),
            TargetValue::Exactly(n) => self.figure(n),
            TargetValue::Maintain(n) => format!("maintain {}", self.figure(n)),
            TargetValue::Between(low, high) => self.range(low, high),
        }
    }

    /// A range: "25 to 35 weeks", "20% to 30%".
    pub fn range(&self, low: f64, high: f64) -> String {
        self.style().range(low, high)
    }
}
