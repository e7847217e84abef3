//! The plan's plain records: what they hold, with the place each field was written.

use crate::plan::{History, Known, Life, PlanDate};
use crate::source::{At, Span};

/// What the plan sets out to do: `[[objective]]`.
#[derive(Debug, Clone)]
pub struct Objective {
    /// Id.
    pub id: At<String>,
    /// Name.
    pub name: At<String>,
    /// A sentence on what it is for.
    pub summary: Option<At<String>>,
    /// Ids of the areas of weakness it answers.
    pub weaknesses: Vec<At<String>>,
    /// Id of the role that sponsors it.
    pub sponsor: Option<At<String>>,
    /// When it was part of the plan.
    pub life: Life,
}

/// An area of significant weakness: `[[weakness]]`.
#[derive(Debug, Clone)]
pub struct Weakness {
    /// Id.
    pub id: At<String>,
    /// A few words: "Co-production".
    pub name: At<String>,
    /// What the inspection found, in a sentence.
    pub finding: At<String>,
    /// When it was part of the plan.
    pub life: Life,
}

/// A post or body that answers for actions: `[[role]]`.
#[derive(Debug, Clone)]
pub struct Role {
    /// Id.
    pub id: At<String>,
    /// The post's name.
    pub name: At<String>,
    /// Who employs it.
    pub organisation: Option<At<String>>,
}

/// When something was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// On this day or in this month.
    On(PlanDate),
    /// Known to be done by this day; when exactly was not recorded. Written `"by 2022-04-30"`.
    By(chrono::NaiveDate),
}

/// A due date that was moved.
#[derive(Debug, Clone)]
pub struct Revision {
    /// The day it was moved.
    pub on: At<chrono::NaiveDate>,
    /// Whether that day was not recorded: it was moved by then. Written `"by 2022-04-30"`.
    pub by_then: bool,
    /// The new due date.
    pub to: At<PlanDate>,
    /// Why.
    pub why: Option<At<String>>,
}

/// A rating that somebody gave instead of leaving it to the scheme's rules.
#[derive(Debug, Clone)]
pub struct DeclaredRating {
    /// The rating's id in the scheme: "red".
    pub rating: At<String>,
    /// Who gave it. With `on` and `why` it is an override and settles the contradiction.
    pub by: Option<At<String>>,
    /// When.
    pub on: Option<At<chrono::NaiveDate>>,
    /// Why.
    pub why: Option<At<String>>,
}

/// When something is due, what moved, whether it is done: shared by actions and milestones.
#[derive(Debug, Clone, Default)]
pub struct Schedule {
    /// The original due date; never changed later.
    pub due: Option<At<PlanDate>>,
    /// Moves of the due date, oldest first.
    pub revised: Vec<Revision>,
    /// When it started.
    pub started: Option<Known<PlanDate>>,
    /// When it was done.
    pub done: Option<Known<Done>>,
    /// From when the change is embedded and evidence of impact is gathered.
    pub embedded: Option<Known<PlanDate>>,
}

/// An action: `[[action]]`.
#[derive(Debug, Clone)]
pub struct Action {
    /// Id.
    pub id: At<String>,
    /// Id of its objective.
    pub objective: At<String>,
    /// What will be done.
    pub title: At<String>,
    /// More about it.
    pub detail: Option<At<String>>,
    /// Ids of the roles responsible.
    pub officers: Vec<At<String>>,
    /// Its own dates, where it has them beside or instead of its milestones'.
    pub schedule: Schedule,
    /// How it is going; asked for when it is overdue.
    pub progress: Option<History<At<String>>>,
    /// A remark to show.
    pub note: Option<History<At<String>>>,
    /// A rating given by hand.
    pub rag: Option<History<DeclaredRating>>,
    /// Ids of actions it hangs together with.
    pub links: Vec<At<String>>,
    /// Its steps.
    pub milestones: Vec<Milestone>,
    /// When it was part of the plan.
    pub life: Life,
}

/// A step of an action: `[[action.milestone]]`.
#[derive(Debug, Clone)]
pub struct Milestone {
    /// What will be done.
    pub title: At<String>,
    /// A heading that several milestones in a row share.
    pub group: Option<At<String>>,
    /// Its dates.
    pub schedule: Schedule,
    /// A remark to show.
    pub note: Option<History<At<String>>>,
    /// How it is going.
    pub progress: Option<History<At<String>>>,
    /// A rating given by hand.
    pub rag: Option<History<DeclaredRating>>,
    /// When it was part of the plan.
    pub life: Life,
}

/// Why a KPI, or a group of them, shows improvement: `[[measure]]`.
#[derive(Debug, Clone)]
pub struct ImpactMeasure {
    /// Ids of the KPIs it covers.
    pub kpis: Vec<At<String>>,
    /// The justification.
    pub why: At<String>,
    /// The whole record.
    pub span: Span,
    /// When it was part of the plan.
    pub life: Life,
}

/// A reporting period of the scorecard: `[[period]]`.
#[derive(Debug, Clone)]
pub struct Period {
    /// Id: "6".
    pub id: At<String>,
    /// Its name: "6 months".
    pub name: At<String>,
    /// The month or day it ends; targets name the same.
    pub by: At<PlanDate>,
}

/// A risk: `[[risk]]`.
#[derive(Debug, Clone)]
pub struct Risk {
    /// Id.
    pub id: At<String>,
    /// The day it was put on the register.
    pub raised: At<PlanDate>,
    /// What could happen.
    pub title: At<String>,
    /// How bad: the id of a rating in a scheme of risks.
    pub severity: History<At<String>>,
    /// What is done about it.
    pub mitigation: At<String>,
    /// What has come of that.
    pub progress: Option<History<At<String>>>,
    /// Id of the role that owns it.
    pub owner: Option<At<String>>,
    /// Ids of actions that bear on it.
    pub actions: Vec<At<String>>,
    /// Ids of KPIs that show it.
    pub kpis: Vec<At<String>>,
    /// The day it was closed.
    pub closed: Option<Known<PlanDate>>,
    /// When it was part of the plan.
    pub life: Life,
}

/// What one group of people said: `[[feedback]]`.
#[derive(Debug, Clone)]
pub struct FeedbackGroup {
    /// Id.
    pub id: At<String>,
    /// The group: "Young people".
    pub name: At<String>,
    /// Who gathered it or spoke for them.
    pub source: Option<At<String>>,
    /// What they said, as reported views.
    pub points: Vec<FeedbackPoint>,
}

/// One thing that people said: `[[feedback.point]]`.
#[derive(Debug, Clone)]
pub struct FeedbackPoint {
    /// The view, reported.
    pub text: At<String>,
    /// What it is about, to group by.
    pub theme: Option<At<String>>,
    /// Ids of the objectives that take it up.
    pub objectives: Vec<At<String>>,
    /// When it was part of the plan.
    pub life: Life,
}

/// A line from a governance body to another.
#[derive(Debug, Clone, Default)]
pub struct BodyLinks {
    /// Ids of bodies it reports to.
    pub reports_to: Vec<At<String>>,
    /// Ids of bodies it informs.
    pub informs: Vec<At<String>>,
    /// Ids of bodies it holds to account.
    pub challenges: Vec<At<String>>,
}

/// A governance body: `[[body]]`.
#[derive(Debug, Clone)]
pub struct Body {
    /// Id.
    pub id: At<String>,
    /// Name.
    pub name: At<String>,
    /// A smaller line in the diagram.
    pub detail: Option<At<String>>,
    /// What it does.
    pub role: Option<At<String>>,
    /// Who chairs it.
    pub chair: Option<At<String>>,
    /// How often it meets: "every 4 weeks".
    pub meets: Option<At<String>>,
    /// Who sits on it.
    pub members: Vec<At<String>>,
    /// Its tier in the diagram, 1 at the top.
    pub tier: At<u32>,
    /// Words of a band drawn around its tier.
    pub band: Option<At<String>>,
    /// Whether it is the one that decides.
    pub lead: bool,
    /// The structures it belongs to; none when the plan has only one.
    pub structures: Vec<At<String>>,
    /// Its lines.
    pub links: BodyLinks,
    /// When it was part of the plan.
    pub life: Life,
}

/// A phase of the programme: `[[phase]]`.
#[derive(Debug, Clone)]
pub struct Phase {
    /// Id.
    pub id: At<String>,
    /// Name.
    pub name: At<String>,
    /// First month or day.
    pub from: At<PlanDate>,
    /// Last month or day.
    pub to: At<PlanDate>,
    /// What belongs to it.
    pub items: Vec<At<String>>,
    /// When it was part of the plan.
    pub life: Life,
}

/// Something that happened or is to happen: `[[event]]`.
#[derive(Debug, Clone)]
pub struct Event {
    /// What it is.
    pub title: At<String>,
    /// When, or when it began.
    pub at: At<PlanDate>,
    /// When it ended or is to end, where it goes on for a time.
    pub to: Option<At<PlanDate>>,
    /// More about it.
    pub detail: Option<At<String>>,
}

/// Why progress was not enough, and what is done about it: `[[factor]]`.
#[derive(Debug, Clone)]
pub struct Factor {
    /// Id of the area of weakness; absent when it is about the programme as a whole.
    pub weakness: Option<At<String>>,
    /// Why progress was not enough.
    pub cause: At<String>,
    /// What is done about it.
    pub response: At<String>,
    /// Ids of objectives that do it.
    pub objectives: Vec<At<String>>,
    /// Ids of weaknesses it follows from.
    pub because_of: Vec<At<String>>,
    /// When it was part of the plan.
    pub life: Life,
}
