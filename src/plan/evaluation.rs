//! A self-evaluation: the framework's criteria, the priorities, and what is meant to be done about each.

use crate::source::{At, Span};

/// What comes first: `[[priority]]`.
#[derive(Debug, Clone)]
pub struct Priority {
    /// Id.
    pub id: At<String>,
    /// Name.
    pub name: At<String>,
    /// A sentence or two on it.
    pub summary: Option<At<String>>,
}

/// What the framework asks: `[[criterion]]`.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// Id; often the framework's own number.
    pub id: At<String>,
    /// The group it stands in.
    pub group: At<String>,
    /// The criterion in the framework's words.
    pub name: At<String>,
}

/// A row of a criterion's action table: `[[intention]]`.
#[derive(Debug, Clone)]
pub struct Intention {
    /// Id of its criterion.
    pub criterion: At<String>,
    /// Id of the priority it serves.
    pub priority: At<String>,
    /// Where we want to be.
    pub intention: At<String>,
    /// What we do about it.
    pub implementation: Vec<At<String>>,
    /// The whole record.
    pub span: Span,
}
