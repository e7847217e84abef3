//! The plan: objectives, actions, measures, risks and feedback as typed records, and their rules.
//!
//! No input or output here: `load` builds these from files, `check` and `assemble`
//! ask them questions. Ids are the users' own. Nothing is "current": status is worked
//! out for the day that is asked about.

pub mod bounds;
pub mod changes;
pub mod currency;
pub mod dataset;
pub mod date;
pub mod delivery;
pub mod evaluation;
pub mod figure;
pub mod glossary;
pub mod history;
pub mod identity;
pub mod judge;
pub mod kind;
pub mod measure;
pub mod period;
pub mod rag;
pub mod records;
pub mod reply;
pub mod roll_up;
pub mod share;
pub mod statement;
pub mod status;

pub use dataset::{Absence, DataColumn, DataRow, DataValue, Dataset};
pub use date::{DateFault, PlanDate};
pub use delivery::ResponseFacts;
pub use evaluation::{Criterion, Group, Intention, Part, Priority, Signatory};
pub use figure::Style;
pub use glossary::Term;
pub use history::{Entry, History, Known, Life};
pub use identity::Trial;
pub use judge::{Judgement, RuleBook, RuleFault};
pub use kind::{Declared, DeclaredRecord, Kind, Kinds};
pub use measure::{
    Baseline, Better, EasyName, Kpi, KpiFacts, Measurement, Target, TargetValue, Unit,
};
pub use rag::{EasyRating, Rating, Scheme, SchemeOf};
pub use records::*;
pub use reply::Reply;
pub use statement::{Commitment, Response, Stage, Statement, Step};
pub use status::ActionFacts;

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
    /// What people said, and what partners did about it.
    pub replies: Vec<Reply>,
    /// Governance bodies.
    pub bodies: Vec<Body>,
    /// Phases of the programme.
    pub phases: Vec<Phase>,
    /// What happened or is to happen, for timelines.
    pub events: Vec<Event>,
    /// Why progress was not enough, and what is done about it.
    pub factors: Vec<Factor>,
    /// The written statement of action.
    pub statement: Statement,
    /// What a self-evaluation puts first.
    pub priorities: Vec<Priority>,
    /// Groups of criteria, in order.
    pub groups: Vec<Group>,
    /// What a self-evaluation is made against.
    pub criteria: Vec<Criterion>,
    /// The parts that every criterion has, in order.
    pub parts: Vec<Part>,
    /// What is meant to be done, criterion by criterion.
    pub intentions: Vec<Intention>,
    /// Who signs the foreword, in order.
    pub signatories: Vec<Signatory>,
    /// The glossary.
    pub terms: Vec<Term>,
    /// Rating schemes.
    pub schemes: Vec<Scheme>,
    /// Kinds that the project declares, and what it adds to others.
    pub kinds: Kinds,
    /// Records of declared kinds, and what other records say beyond their kind's own fields.
    pub declared: Vec<Declared>,
    /// Ids of records with faults that loading reported. What seems to be missing in them, or a
    /// record that seems not to be there at all, is not a fault of its own.
    pub unread: Vec<String>,
}

impl Plan {
    /// Whether loading reported faults of the record with this id.
    pub fn is_faulty(&self, id: &str) -> bool {
        self.unread.iter().any(|unread| unread == id)
    }

    /// The objective with this id.
    pub fn objective(&self, id: &str) -> Option<&Objective> {
        self.objectives.iter().find(|objective| *objective.id == id)
    }

    /// The KPI with this id.
    pub fn kpi(&self, id: &str) -> Option<&Kpi> {
        self.kpis.iter().find(|kpi| *kpi.id == id)
    }

    /// The rating scheme with this id.
    pub fn scheme(&self, id: &str) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| *scheme.id == id)
    }

    /// The day after which a measurement belongs to `period`: the end of the period before it.
    pub fn period_start(&self, period: &Period) -> Option<chrono::NaiveDate> {
        let end = period.by.last_day()?;
        self.periods.iter().filter_map(|other| other.by.last_day()).filter(|day| *day < end).max()
    }
}
