//! Rating schemes: labels, letters, colours and the rules that give each.
//!
//! A scheme is the user's data (`content/plan/rag.toml`). Its ratings are tried in
//! order; the first whose rule holds is the row's rating. A rule is an expression over
//! the row's facts, which [`crate::plan::status`] works out as at a day.

use crate::source::{At, Span};

/// A rating scheme: `[[scheme]]`.
#[derive(Debug, Clone)]
pub struct Scheme {
    /// Id: templates name it.
    pub id: At<String>,
    /// Name.
    pub name: At<String>,
    /// What it rates.
    pub of: At<SchemeOf>,
    /// Its ratings, in the order they are tried.
    pub ratings: Vec<Rating>,
    /// The ratings' ids in the order a key shows them; the order they are tried when empty.
    pub key_order: Vec<At<String>>,
}

/// What a scheme rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemeOf {
    /// Actions and milestones.
    Action,
    /// KPIs against their targets.
    Kpi,
    /// Risks by their severity.
    Risk,
}

/// One rating: `[[scheme.rating]]`.
#[derive(Debug, Clone)]
pub struct Rating {
    /// Id: "red". Declared ratings and severities name it.
    pub id: At<String>,
    /// The letter in the chip.
    pub letter: At<String>,
    /// The word beside it.
    pub word: At<String>,
    /// What it means, for the key.
    pub meaning: At<String>,
    /// The name of the theme's colour.
    pub colour: At<String>,
    /// The rule; a rating without one is only ever declared, or is the last resort if it stands last.
    pub when: Option<At<String>>,
    /// The whole record.
    pub span: Span,
}
