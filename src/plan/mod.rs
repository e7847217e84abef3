//! The plan: objectives, actions, measures, risks and feedback as typed records, and their rules.
//!
//! No input or output here: `load` builds these from files, `check` and `assemble`
//! ask them questions. Ids are the users' own. Nothing is "current": status is worked
//! out for the day that is asked about.

pub mod date;
pub mod measure;
pub mod rag;
pub mod records;
pub mod status;

pub use date::PlanDate;
pub use measure::{Baseline, Better, Kpi, Measurement, Target, TargetValue, Unit};
pub use rag::{Rating, Scheme, SchemeOf};
pub use records::*;

/// Everything in `content/plan/`, each list in the order it was written.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// What the plan sets out to do.
    pub objectives: Vec<Objective>,
    /// Areas of significant weakness that the inspection named.
    pub weaknesses: Vec<Weakness>,
    /// Posts and bodies that answer for actions.
    pub roles: Vec<Role>,
    /// Actions with their milestones.
    pub actions: Vec<Action>,
    /// Why each KPI, or group of KPIs, shows improvement.
    pub measures: Vec<ImpactMeasure>,
    /// Measures with their series.
    pub kpis: Vec<Kpi>,
    /// The reporting periods of the scorecard, in order.
    pub periods: Vec<Period>,
    /// The risk register.
    pub risks: Vec<Risk>,
    /// What groups of people said.
    pub feedback: Vec<FeedbackGroup>,
    /// Governance bodies.
    pub bodies: Vec<Body>,
    /// Phases of the programme.
    pub phases: Vec<Phase>,
    /// Why progress was not enough, and what is done about it.
    pub factors: Vec<Factor>,
    /// Rating schemes.
    pub schemes: Vec<Scheme>,
}
