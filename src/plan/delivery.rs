//! What a response or step says as at a day: the facts that rules of `response` schemes ask about.

use std::collections::HashMap;

use chrono::NaiveDate;
use minijinja::Value;

use crate::plan::date::day_in_words;
use crate::plan::judge::Facts;
use crate::plan::statement::{Commitment, DeliveryStatus, Stage};

/// What is known of a response or step as at a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseFacts {
    /// How far it has come; `None` when its status is not known.
    pub stage: Option<Stage>,
    /// The id of its delivery status.
    pub status: String,
    /// Whether it has a due date.
    pub has_due: bool,
    /// Whether its due date has no end, on purpose.
    pub ongoing: bool,
    /// The original due date has passed, and the row is neither complete nor archived.
    pub overdue_original: bool,
    /// The date it is now expected (or else due) has passed, and the row is neither complete nor archived.
    pub overdue: bool,
    /// Days past the original due date, while it is neither complete nor archived.
    pub days_late: i64,
}

impl Commitment {
    /// The facts as at a day.
    pub fn facts(
        &self,
        statuses: &HashMap<&str, &DeliveryStatus>,
        as_at: NaiveDate,
    ) -> ResponseFacts {
        let stage = statuses.get(self.status.as_str()).map(|status| status.stage.value);
        let open = !matches!(stage, Some(Stage::Completed | Stage::Archived));
        let due = self.due.as_ref().map(|due| due.value);
        let expected = self.expected.as_ref().map(|expected| expected.value).or(due);
        let passed = due.filter(|due| open && due.is_before(as_at));
        ResponseFacts {
            stage,
            status: self.status.value.clone(),
            has_due: due.is_some(),
            ongoing: due.is_some_and(|due| due.is_open()),
            overdue_original: passed.is_some(),
            overdue: open && expected.is_some_and(|expected| expected.is_before(as_at)),
            days_late: passed
                .and_then(|due| due.last_day())
                .map_or(0, |day| as_at.signed_duration_since(day).num_days()),
        }
    }
}

impl Facts for ResponseFacts {
    const NAMES: &'static [&'static str] = &[
        "done",
        "archived",
        "started",
        "not_started",
        "has_due",
        "ongoing",
        "overdue_original",
        "overdue",
        "days_late",
        "status",
    ];

    fn values(&self) -> Vec<Value> {
        let stage = self.stage;
        let waits = matches!(stage, Some(Stage::NotStarted | Stage::Delayed));
        let moves = matches!(stage, Some(Stage::InProgress | Stage::Completed));
        vec![
            (stage == Some(Stage::Completed)).into(),
            (stage == Some(Stage::Archived)).into(),
            moves.into(),
            waits.into(),
            self.has_due.into(),
            self.ongoing.into(),
            self.overdue_original.into(),
            self.overdue.into(),
            self.days_late.into(),
            self.status.clone().into(),
        ]
    }
}

/// Why the rules say what they say of a row, in words: its original due date and how far it has come.
pub fn why(
    row: &Commitment,
    facts: &ResponseFacts,
    status: &DeliveryStatus,
    as_at: NaiveDate,
) -> String {
    let day = day_in_words(as_at);
    let state = match facts.stage {
        Some(Stage::Completed) => "complete".to_owned(),
        Some(Stage::Archived) => "archived".to_owned(),
        _ => format!("not complete ({})", status.label()),
    };
    let Some(due) = &row.due else { return format!("it has no due date, and it is {state}") };
    let due = due.prose();
    if facts.overdue_original {
        format!("the original due date {due} passed before {day}, and it is {state}")
    } else if facts.ongoing {
        format!("the original due date is {due}, without an end, and it is {state}")
    } else {
        format!("the original due date is {due}, and on {day} it is {state}")
    }
}
