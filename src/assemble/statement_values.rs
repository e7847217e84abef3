//! What expressions see of a statement of action: `plan.areas`, `plan.findings`, `plan.responses`,
//! `plan.steps`, `plan.workstreams`, `plan.delivery_statuses` and `response`.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use minijinja::value::Value;

use crate::assemble::context::{Fields, date, list, named, none, record, status, text};
use crate::assemble::ratings::{Ratings, shown};
use crate::assemble::value::Record;
use crate::plan::roll_up::{Counting, RollUp};
use crate::plan::statement::{
    DeliveryStatus, FindingBranch, ResponseBranch, Statement, Workstream,
};
use crate::plan::{Commitment, Rating, SchemeOf};

/// The lists that `plan` gets, by name, and the responses by id.
pub fn values(
    statement: &Statement,
    ratings: &Ratings<'_>,
    as_at: NaiveDate,
) -> (Fields, BTreeMap<String, Value>) {
    let workstreams: Vec<Value> = statement.workstreams.iter().map(workstream).collect();
    let ids = statement.workstreams.iter().map(|w| w.id.as_str());
    let by_id = ids.zip(&workstreams).map(|(id, value)| (id, value.clone())).collect();
    let statuses = statement.statuses_by_id();
    let builder = Builder { ratings, as_at, workstreams: by_id, statuses: &statuses };
    let scheme = ratings.scheme(SchemeOf::Response);
    let rating = |row: &Commitment| -> Option<&Rating> { ratings.row(row)?.shown() };
    let stage = |row: &Commitment| Some(ratings.delivery(row)?.stage.value);
    let counting = scheme.map(|scheme| Counting { scheme, stage: &stage, rating: &rating });
    let (mut areas, mut findings) = (Vec::new(), Vec::new());
    let (mut responses, mut steps) = (Vec::new(), Vec::new());
    let mut response_by_id = BTreeMap::new();
    for area in statement.tree() {
        let mut own_findings = Vec::new();
        let mut roll_ups = Vec::new();
        for finding in &area.findings {
            let mut own_responses = Vec::new();
            for branch in &finding.responses {
                let (response, own_steps) = builder.response(branch, finding);
                steps.extend(own_steps);
                let id = branch.response.row.id.value.clone();
                response_by_id.entry(id).or_insert_with(|| response.clone());
                own_responses.push(response);
            }
            responses.extend(own_responses.iter().cloned());
            let roll_up = counting.as_ref().map(|counting| counting.finding(finding));
            let percent = percent(counting.as_ref(), roll_up.as_ref());
            roll_ups.extend(roll_up);
            let area = named("area", &area.area.id, &area.area.name);
            own_findings.push(builder.finding(finding, own_responses, percent, area));
        }
        findings.extend(own_findings.iter().cloned());
        let roll_up = counting.as_ref().map(|counting| counting.area(&roll_ups));
        let percent = percent(counting.as_ref(), roll_up.as_ref());
        areas.push(record(
            "area",
            &area.area.id,
            &area.area.name,
            [("findings", list(own_findings)), ("percent", percent)],
        ));
    }
    let fields = Fields::from([
        ("workstreams", list(workstreams)),
        ("delivery_statuses", list(statement.statuses.iter().map(delivery))),
        ("areas", list(areas)),
        ("findings", list(findings)),
        ("responses", list(responses)),
        ("steps", list(steps)),
    ]);
    (fields, response_by_id)
}

/// How much is complete, as the scheme rounds it.
fn percent(counting: Option<&Counting<'_, '_>>, roll_up: Option<&RollUp>) -> Value {
    let rounded = counting.zip(roll_up).and_then(|(counting, roll_up)| {
        let rounding = counting.scheme.roll_up.rounding;
        u64::try_from(rounding.percent(roll_up.percent?)).ok()
    });
    rounded.map_or(none(), Value::from)
}

fn workstream(workstream: &Workstream) -> Value {
    record(
        "workstream",
        &workstream.id,
        &workstream.name,
        [
            ("lead", text(workstream.lead.as_ref())),
            ("year", workstream.year.as_ref().map_or(none(), |year| Value::from(**year))),
            ("mark", Value::from(workstream.mark.value.clone())),
        ],
    )
}

fn delivery(status: &DeliveryStatus) -> Value {
    record(
        "delivery status",
        &status.id,
        &status.name,
        [("label", Value::from(status.label())), ("stage", Value::from(status.stage.word()))],
    )
}

struct Builder<'b, 'p> {
    ratings: &'b Ratings<'p>,
    as_at: NaiveDate,
    workstreams: HashMap<&'b str, Value>,
    statuses: &'b HashMap<&'b str, &'b DeliveryStatus>,
}

impl Builder<'_, '_> {
    fn finding(
        &self,
        branch: &FindingBranch<'_>,
        responses: Vec<Value>,
        percent: Value,
        area: Value,
    ) -> Value {
        let finding = branch.finding;
        let path = format!("finding.{}", *finding.id);
        record(
            "finding",
            &finding.id,
            &finding.name,
            [
                ("area", area),
                ("text", Value::from(finding.text.value.clone())),
                ("outcome", text(finding.outcome.as_ref())),
                ("author", text(finding.author.as_ref())),
                ("start", date(finding.start.as_ref().map(|at| at.value), &path)),
                ("due", date(finding.due.as_ref().map(|at| at.value), &path)),
                ("percent", percent),
                ("responses", list(responses)),
            ],
        )
    }

    /// A response and its steps.
    fn response(
        &self,
        branch: &ResponseBranch<'_>,
        finding: &FindingBranch<'_>,
    ) -> (Value, Vec<Value>) {
        let response = branch.response;
        let steps: Vec<Value> = branch
            .steps
            .iter()
            .map(|step| {
                let response = Value::from(response.row.printed().value.clone());
                self.row("step", &step.row, [("response", response)])
            })
            .collect();
        let finding = finding.finding;
        let value = self.row(
            "response",
            &response.row,
            [
                ("finding", named("finding", &finding.id, &finding.name)),
                ("criteria", text(response.criteria.as_ref())),
                ("author", text(response.author.as_ref())),
                ("percent", response.percent.as_ref().map_or(none(), |p| Value::from(p.value))),
                ("steps", list(steps.iter().cloned())),
            ],
        );
        (value, steps)
    }

    fn row<const N: usize>(
        &self,
        kind: &'static str,
        row: &Commitment,
        own: [(&'static str, Value); N],
    ) -> Value {
        let path = format!("{kind}.{}", *row.id);
        let on = |at: Option<&crate::source::At<crate::plan::PlanDate>>| {
            date(at.map(|at| at.value), &path)
        };
        let facts = row.facts(self.statuses, self.as_at);
        let judgement = self.ratings.row(row);
        let status_of = self.statuses.get(row.status.as_str());
        let workstreams =
            row.workstreams.iter().filter_map(|id| self.workstreams.get(id.as_str()).cloned());
        let name = row.printed().value.clone();
        let mut fields = Fields::from([
            ("id", Value::from(row.id.value.clone())),
            ("name", Value::from(name.clone())),
            ("ref", Value::from(name.clone())),
            ("text", Value::from(row.text.value.clone())),
            ("start", on(row.start.as_ref())),
            ("due", on(row.due.as_ref())),
            ("expected", on(row.expected.as_deref())),
            ("status", status_of.map_or(none(), |status| delivery(status))),
            ("rating", status(judgement.and_then(|j| j.shown()).map(shown))),
            ("rating_by_rules", status(judgement.and_then(|j| j.by_scheme()).map(shown))),
            ("overdue", Value::from(facts.overdue_original)),
            ("workstreams", list(workstreams)),
            ("archived_to", list(row.archived_to.iter().map(|id| Value::from(id.value.clone())))),
            ("note", text(row.note.as_deref())),
        ]);
        fields.extend(own);
        Value::from_object(Record {
            kind,
            id: row.id.value.clone(),
            name,
            fields,
            more: BTreeMap::new(),
        })
    }
}
