//! A written statement of action: areas of weakness, main findings, responses, and the steps of each response.
//!
//! It shares dates, ratings and schemes with the rest of the plan. Rows stay for good:
//! an archived row says where it went. What is printed as a row's reference may stand
//! on two rows of a published plan; its id never does.

use std::collections::HashMap;

use crate::plan::roll_up::Published;
use crate::plan::{DeclaredRating, History, Life, PlanDate};
use crate::source::{At, Span};

/// Every record of a written statement of action, each list in the order it was written.
#[derive(Debug, Clone, Default)]
pub struct Statement {
    /// Streams of work that share the responses out.
    pub workstreams: Vec<Workstream>,
    /// The words for how far a row has come.
    pub statuses: Vec<DeliveryStatus>,
    /// Areas of weakness.
    pub areas: Vec<Area>,
    /// Main findings.
    pub findings: Vec<MainFinding>,
    /// Responses to them.
    pub responses: Vec<Response>,
    /// Steps of the responses.
    pub steps: Vec<Step>,
    /// The whole plan's published roll-up. There should be one at most.
    pub totals: Vec<Total>,
}

/// A stream of work: `[[workstream]]`.
#[derive(Debug, Clone)]
pub struct Workstream {
    /// Id.
    pub id: At<String>,
    /// Name.
    pub name: At<String>,
    /// Who leads it.
    pub lead: Option<At<String>>,
    /// The year of the programme it belongs to.
    pub year: Option<At<u32>>,
    /// Two or three letters that stand for it in tables.
    pub mark: At<String>,
}

/// One word for how far a row has come: `[[delivery-status]]`.
#[derive(Debug, Clone)]
pub struct DeliveryStatus {
    /// Id; often the number that the plan gives it.
    pub id: At<String>,
    /// Name.
    pub name: At<String>,
    /// What rules may ask of it.
    pub stage: At<Stage>,
}

/// How far a row has come, whatever words a plan has for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nothing is done yet.
    NotStarted,
    /// Held up before it began.
    Delayed,
    /// Under way.
    InProgress,
    /// Complete.
    Completed,
    /// Taken out of the plan, and kept for the record.
    Archived,
}

impl Stage {
    /// The word the data uses.
    pub fn word(self) -> &'static str {
        match self {
            Stage::NotStarted => "not-started",
            Stage::Delayed => "delayed",
            Stage::InProgress => "in-progress",
            Stage::Completed => "completed",
            Stage::Archived => "archived",
        }
    }
}

impl DeliveryStatus {
    /// As documents print it: "5. Completed" where the id is the plan's own number, else the name.
    pub fn label(&self) -> String {
        if self.id.bytes().all(|byte| byte.is_ascii_digit()) {
            format!("{}. {}", *self.id, *self.name)
        } else {
            self.name.value.clone()
        }
    }
}

/// An area of weakness: `[[area]]`.
#[derive(Debug, Clone)]
pub struct Area {
    /// Id.
    pub id: At<String>,
    /// A few words.
    pub name: At<String>,
    /// The roll-up that was published for it.
    pub published: Option<Published>,
}

/// A main finding in an area: `[[finding]]`.
#[derive(Debug, Clone)]
pub struct MainFinding {
    /// Id.
    pub id: At<String>,
    /// Id of its area.
    pub area: At<String>,
    /// A few words, for summaries and headings.
    pub name: At<String>,
    /// What was found.
    pub text: At<String>,
    /// What should come of the responses.
    pub outcome: Option<At<String>>,
    /// Who wrote the outcome.
    pub author: Option<At<String>>,
    /// When work on it starts.
    pub start: Option<At<PlanDate>>,
    /// When it is due.
    pub due: Option<At<PlanDate>>,
    /// The roll-up that was published for it.
    pub published: Option<Published>,
}

/// What a response and a step have in common: a row of the plan that somebody is to deliver.
#[derive(Debug, Clone)]
pub struct Commitment {
    /// Id, unique.
    pub id: At<String>,
    /// What is printed as its reference, where that is not the id.
    pub reference: Option<At<String>>,
    /// What will be done.
    pub text: At<String>,
    /// When it starts.
    pub start: Option<At<PlanDate>>,
    /// When it is due, as first set; never changed later.
    pub due: Option<At<PlanDate>>,
    /// When it is now expected to end, where that differs.
    pub expected: Option<History<At<PlanDate>>>,
    /// Id of its delivery status.
    pub status: History<At<String>>,
    /// The rating given by hand.
    pub rag: Option<History<DeclaredRating>>,
    /// Ids of the workstreams it belongs to.
    pub workstreams: Vec<At<String>>,
    /// Ids of the responses or findings that an archived row went to.
    pub archived_to: Vec<At<String>>,
    /// A remark to show.
    pub note: Option<History<At<String>>>,
    /// When it was part of the plan.
    pub life: Life,
}

impl Commitment {
    /// What is printed as its reference, and where that was written.
    pub fn printed(&self) -> &At<String> {
        self.reference.as_ref().unwrap_or(&self.id)
    }
}

/// A response to a finding: `[[response]]`.
#[derive(Debug, Clone)]
pub struct Response {
    /// What it shares with steps.
    pub row: Commitment,
    /// Id of its finding.
    pub finding: At<String>,
    /// How success will show.
    pub criteria: Option<At<String>>,
    /// Who wrote the criteria.
    pub author: Option<At<String>>,
    /// How much of it is done, in percent.
    pub percent: Option<History<At<u32>>>,
}

/// A step of a response, the plan's "action": `[[step]]`.
#[derive(Debug, Clone)]
pub struct Step {
    /// What it shares with responses.
    pub row: Commitment,
    /// Id of its response.
    pub response: At<String>,
}

/// The whole plan's published roll-up: `[[total]]`.
#[derive(Debug, Clone)]
pub struct Total {
    /// What was published.
    pub published: Published,
    /// The whole record.
    pub span: Span,
}

impl Statement {
    /// Adds the records of another file.
    pub fn append(&mut self, other: &mut Statement) {
        self.workstreams.append(&mut other.workstreams);
        self.statuses.append(&mut other.statuses);
        self.areas.append(&mut other.areas);
        self.findings.append(&mut other.findings);
        self.responses.append(&mut other.responses);
        self.steps.append(&mut other.steps);
        self.totals.append(&mut other.totals);
    }

    /// Every row that is to be delivered: all responses, then all steps.
    pub fn rows(&self) -> impl Iterator<Item = &Commitment> {
        let responses = self.responses.iter().map(|response| &response.row);
        responses.chain(self.steps.iter().map(|step| &step.row))
    }

    /// Delivery statuses by id; of two with one id the first counts.
    pub fn statuses_by_id(&self) -> HashMap<&str, &DeliveryStatus> {
        by_id(self.statuses.iter().map(|status| (&status.id, status)))
    }

    /// Workstreams by id; of two with one id the first counts.
    pub fn workstreams_by_id(&self) -> HashMap<&str, &Workstream> {
        by_id(self.workstreams.iter().map(|workstream| (&workstream.id, workstream)))
    }

    /// The records as they belong together. What names a parent that is not there is left out;
    /// that it does is a finding of [`crate::check`].
    pub fn tree(&self) -> Vec<AreaBranch<'_>> {
        let mut steps = children(self.steps.iter().map(|step| (step.response.as_str(), step)));
        let branches = self.responses.iter().map(|response| {
            let steps = steps.remove(response.row.id.as_str()).unwrap_or_default();
            (response.finding.as_str(), ResponseBranch { response, steps })
        });
        let mut responses = children(branches);
        let branches = self.findings.iter().map(|finding| {
            let responses = responses.remove(finding.id.as_str()).unwrap_or_default();
            (finding.area.as_str(), FindingBranch { finding, responses })
        });
        let mut findings = children(branches);
        self.areas
            .iter()
            .map(|area| {
                let findings = findings.remove(area.id.as_str()).unwrap_or_default();
                AreaBranch { area, findings }
            })
            .collect()
    }
}

fn by_id<'p, T>(records: impl Iterator<Item = (&'p At<String>, &'p T)>) -> HashMap<&'p str, &'p T> {
    let mut known = HashMap::new();
    for (id, record) in records {
        known.entry(id.as_str()).or_insert(record);
    }
    known
}

/// Values by the id of what they belong to, in the order they came.
fn children<'p, T>(values: impl Iterator<Item = (&'p str, T)>) -> HashMap<&'p str, Vec<T>> {
    let mut by_parent: HashMap<&str, Vec<T>> = HashMap::new();
    for (parent, value) in values {
        by_parent.entry(parent).or_default().push(value);
    }
    by_parent
}

/// An area with its findings.
#[derive(Debug, Clone)]
pub struct AreaBranch<'p> {
    /// The area.
    pub area: &'p Area,
    /// Its findings.
    pub findings: Vec<FindingBranch<'p>>,
}

/// A finding with its responses.
#[derive(Debug, Clone)]
pub struct FindingBranch<'p> {
    /// The finding.
    pub finding: &'p MainFinding,
    /// Its responses.
    pub responses: Vec<ResponseBranch<'p>>,
}

/// A response with its steps.
#[derive(Debug, Clone)]
pub struct ResponseBranch<'p> {
    /// The response.
    pub response: &'p Response,
    /// Its steps.
    pub steps: Vec<&'p Step>,
}
