//! The website of a project's documents: where it is, and what is known of its accessibility.

use chrono::NaiveDate;

use crate::source::At;

/// `[website]`. The accessibility statement is made from it.
#[derive(Debug, Clone, Default)]
pub struct Website {
    /// Where it is published: https, with a slash at its end.
    pub address: Option<String>,
    /// How soon readers get an answer: "10 working days".
    pub reply_within: Option<String>,
    /// Known limits, a sentence each.
    pub limits: Vec<String>,
    /// What was checked.
    pub checks: Vec<WebCheck>,
}

/// A check that was made of the pages.
#[derive(Debug, Clone)]
pub struct WebCheck {
    /// What was looked for: "WCAG 2.2 AA, at three widths".
    pub what: At<String>,
    /// With what: "axe-core 4.14.1 in Chromium 140"; or by whom.
    pub with: At<String>,
    /// When.
    pub on: At<NaiveDate>,
    /// How many pages or files were looked at.
    pub looked_at: u64,
    /// How many faults were found and still stand.
    pub faults: u64,
}
