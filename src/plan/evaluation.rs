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

/// A group of criteria: `[[group]]`.
#[derive(Debug, Clone)]
pub struct Group {
    /// Id.
    pub id: At<String>,
    /// Name.
    pub name: At<String>,
    /// A sentence or two on it.
    pub summary: Option<At<String>>,
}

/// A part that every criterion has: `[[part]]`.
#[derive(Debug, Clone)]
pub struct Part {
    /// Id. The id of the part's heading ends in a hyphen and this: `{#help-positive}`.
    pub id: At<String>,
    /// Name.
    pub name: At<String>,
}

/// What the framework asks: `[[criterion]]`.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// Id; often the framework's own number.
    pub id: At<String>,
    /// Id of the group it stands in.
    pub group: At<String>,
    /// The criterion in the framework's words.
    pub name: At<String>,
    /// The same in a few words, for headings and running heads.
    pub short: Option<At<String>>,
    /// The name of its narrative file, for templates that include it.
    pub narrative: Option<At<String>>,
}

/// Somebody who signs a foreword: `[[signatory]]`.
#[derive(Debug, Clone)]
pub struct Signatory {
    /// Name.
    pub name: At<String>,
    /// Post.
    pub role: At<String>,
    /// Who they speak for.
    pub organisation: Option<At<String>>,
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
