//! Parameters of templates: what each takes, and how words become its value.

use std::sync::Arc;

use chrono::{Days, Months, NaiveDate};

use crate::plan::{Declared, Plan};
use crate::source::At;

/// A parameter of a template.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: At<String>,
    /// What it takes.
    pub kind: ParameterKind,
    /// What it is when nothing is said. Empty: it may be left out.
    pub default: Option<String>,
    /// One line of help.
    pub help: String,
}

/// What a parameter takes.
#[derive(Debug, Clone, PartialEq)]
pub enum ParameterKind {
    /// Words.
    Text,
    /// A day, or a time before the as-at day.
    Date,
    /// A number, within bounds.
    Number {
        /// The least it may be.
        least: Option<f64>,
        /// The most it may be.
        most: Option<f64>,
    },
    /// `yes` or `no`.
    YesNo,
    /// One of these words.
    Choice(Vec<String>),
    /// The id of a record of the plan.
    Record(RecordKind),
}

/// A kind of record that a parameter may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordKind {
    /// An objective.
    Objective,
    /// An area of weakness.
    Weakness,
    /// An action.
    Action,
    /// A KPI.
    Kpi,
    /// A risk.
    Risk,
    /// A role.
    Role,
    /// A record of a kind that the project declares.
    Declared(Arc<str>),
}

/// A parameter's value.
#[derive(Debug, Clone, PartialEq)]
pub enum ParameterValue {
    /// It was left out, and may be.
    Nothing,
    /// Words.
    Text(String),
    /// A day.
    Day(NaiveDate),
    /// A number.
    Number(f64),
    /// Yes or no.
    YesNo(bool),
    /// The id of a record.
    Record(RecordKind, String),
}

/// Why words are no value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What it takes: "yes or no".
    pub takes: String,
    /// The words it knows, where it takes one of a few.
    pub known: Vec<String>,
}

impl RecordKind {
    /// The word that a template uses.
    pub fn word(&self) -> &str {
        match self {
            RecordKind::Objective => "objective",
            RecordKind::Weakness => "weakness",
            RecordKind::Action => "action",
            RecordKind::Kpi => "kpi",
            RecordKind::Risk => "risk",
            RecordKind::Role => "role",
            RecordKind::Declared(kind) => kind,
        }
    }

    /// The ids there are.
    pub fn ids(&self, plan: &Plan) -> Vec<String> {
        let ids: Vec<&At<String>> = match self {
            RecordKind::Objective => plan.objectives.iter().map(|record| &record.id).collect(),
            RecordKind::Weakness => plan.weaknesses.iter().map(|record| &record.id).collect(),
            RecordKind::Action => plan.actions.iter().map(|record| &record.id).collect(),
            RecordKind::Kpi => plan.kpis.iter().map(|record| &record.id).collect(),
            RecordKind::Risk => plan.risks.iter().map(|record| &record.id).collect(),
            RecordKind::Role => plan.roles.iter().map(|record| &record.id).collect(),
            RecordKind::Declared(kind) => {
                let of =
                    |declared: &&Declared| !declared.kind.extends && *declared.kind.name == **kind;
                let records = plan.declared.iter().filter(of).flat_map(|d| d.records.iter());
                records.map(|record| &record.id).collect()
            }
        };
        ids.into_iter().map(|id| id.value.clone()).collect()
    }
}

impl ParameterKind {
    /// The word that a template uses.
    pub fn word(&self) -> &str {
        match self {
            ParameterKind::Text => "text",
            ParameterKind::Date => "date",
            ParameterKind::Number { .. } => "number",
            ParameterKind::YesNo => "yes-no",
            ParameterKind::Choice(_) => "choice",
            ParameterKind::Record(kind) => kind.word(),
        }
    }

    /// What it takes, in words.
    pub fn takes(&self) -> String {
        match self {
            ParameterKind::Text => "words".to_owned(),
            ParameterKind::Date => {
                "a day (YYYY-MM-DD) or a time back, such as \"28 days before\"".to_owned()
            }
            ParameterKind::Number { least, most } => {
                let bound = |words: &str, bound: &Option<f64>| {
                    bound.map_or_else(String::new, |bound| format!("{words}{bound}"))
                };
                match (least, most) {
                    (Some(_), Some(_)) => {
                        format!("a number{}{}", bound(" from ", least), bound(" to ", most))
                    }
                    _ => format!(
                        "a number{}{}",
                        bound(", at least ", least),
                        bound(", at most ", most)
                    ),
                }
            }
            ParameterKind::YesNo => "yes or no".to_owned(),
            ParameterKind::Choice(words) => format!("one of {}", words.join(", ")),
            ParameterKind::Record(kind) => format!("the id of one {}", kind.word()),
        }
    }
}

impl Parameter {
    /// Whether it may be left out.
    pub fn is_optional(&self) -> bool {
        self.default.as_deref() == Some("")
    }

    /// The value that `words` are, for a document of `plan` that speaks for `as_at`.
    pub fn read(
        &self,
        words: &str,
        plan: &Plan,
        as_at: NaiveDate,
    ) -> Result<ParameterValue, Refusal> {
        let refuse = |known: Vec<String>| Refusal { takes: self.kind.takes(), known };
        if words.is_empty() && self.is_optional() && self.kind != ParameterKind::Text {
            return Ok(ParameterValue::Nothing);
        }
        match &self.kind {
            ParameterKind::Text => Ok(ParameterValue::Text(words.to_owned())),
            ParameterKind::Date => {
                let day = NaiveDate::parse_from_str(words, "%Y-%m-%d").ok();
                let day = day.or_else(|| time_back(words, as_at));
                day.map(ParameterValue::Day).ok_or_else(|| refuse(Vec::new()))
            }
            ParameterKind::Number { least, most } => {
                let fits = |number: &f64| {
                    number.is_finite()
                        && least.is_none_or(|least| *number >= least)
                        && most.is_none_or(|most| *number <= most)
                };
                let number = words.parse::<f64>().ok().filter(fits);
                number.map(ParameterValue::Number).ok_or_else(|| refuse(Vec::new()))
            }
            ParameterKind::YesNo => match words {
                "yes" => Ok(ParameterValue::YesNo(true)),
                "no" => Ok(ParameterValue::YesNo(false)),
                _ => Err(refuse(Vec::new())),
            },
            ParameterKind::Choice(choices) => match choices.iter().any(|word| word == words) {
                true => Ok(ParameterValue::Text(words.to_owned())),
                false => Err(Refusal { takes: "one of these".to_owned(), known: choices.clone() }),
            },
            ParameterKind::Record(kind) => {
                let ids = kind.ids(plan);
                match ids.iter().any(|id| id == words) {
                    true => Ok(ParameterValue::Record(kind.clone(), words.to_owned())),
                    false => Err(refuse(ids)),
                }
            }
        }
    }
}

/// "28 days before", "4 weeks before", "6 months before": counted back from `as_at`.
fn time_back(words: &str, as_at: NaiveDate) -> Option<NaiveDate> {
    let [count, unit, "before"] = words.split_whitespace().collect::<Vec<_>>()[..] else {
        return None;
    };
    let count: u32 = count.parse().ok()?;
    match unit {
        "day" | "days" => as_at.checked_sub_days(Days::new(count.into())),
        "week" | "weeks" => as_at.checked_sub_days(Days::new(u64::from(count) * 7)),
        "month" | "months" => as_at.checked_sub_months(Months::new(count)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameter(kind: ParameterKind, default: Option<&str>) -> Parameter {
        let nowhere = crate::source::Sources::default().add("", "");
        let name = At::new("p".to_owned(), crate::source::Span::new(nowhere, 0..0));
        Parameter { name, kind, default: default.map(str::to_owned), help: String::new() }
    }

    fn read(kind: ParameterKind, words: &str) -> Result<ParameterValue, Refusal> {
        parameter(kind, None).read(words, &Plan::default(), "2022-04-30".parse().unwrap())
    }

    #[test]
    fn a_time_back_is_counted_from_the_as_at_day() {
        let day = |words| match read(ParameterKind::Date, words) {
            Ok(ParameterValue::Day(day)) => day.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(day("28 days before"), "2022-04-02");
        assert_eq!(day("4 weeks before"), "2022-04-02");
        assert_eq!(day("5 months before"), "2021-11-30");
        assert_eq!(day("2021-11-30"), "2021-11-30");
        for words in ["30/11/2021", "-1 days before", "9999999999 days before", "2 years before"] {
            assert!(read(ParameterKind::Date, words).is_err(), "{words}");
        }
    }

    #[test]
    fn a_number_keeps_to_its_bounds() {
        let kind = || ParameterKind::Number { least: Some(1.0), most: Some(366.0) };
        assert_eq!(read(kind(), "30"), Ok(ParameterValue::Number(30.0)));
        for words in ["0", "367", "NaN", "thirty", ""] {
            let refusal = read(kind(), words).unwrap_err();
            assert_eq!(refusal.takes, "a number from 1 to 366", "{words}");
        }
    }

    #[test]
    fn only_what_may_be_left_out_is_nothing() {
        let plan = Plan::default();
        let day = "2022-04-30".parse().unwrap();
        let kind = ParameterKind::Record(RecordKind::Objective);
        let optional = parameter(kind.clone(), Some(""));
        assert_eq!(optional.read("", &plan, day), Ok(ParameterValue::Nothing));
        assert!(parameter(kind, None).read("", &plan, day).is_err());
    }
}
