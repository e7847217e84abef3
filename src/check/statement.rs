//! A statement of action agrees with itself, row by row: references, dates, statuses and percentages.

use std::collections::HashMap;

use crate::diag::rules::{
    ARCHIVED_NOWHERE, DATE_ORDER, PERCENT_MISSING, REF_DUPLICATE, STATUS_STEPS, TOTAL_TWICE,
};
use crate::diag::{Finding, Findings};
use crate::plan::statement::{
    Commitment, DeliveryStatus, MainFinding, ResponseBranch, Stage, Statement,
};
use crate::plan::{Plan, PlanDate};
use crate::source::{At, Span};

pub fn check(plan: &Plan, findings: &mut Findings) {
    let statement = &plan.statement;
    references(statement, findings);
    for finding in &statement.findings {
        order(&finding.id.value, finding_dates(finding), findings);
    }
    for row in statement.rows() {
        order(&row.printed().value, row_dates(row), findings);
    }
    let statuses = statement.statuses_by_id();
    let stage = |row: &Commitment| stage_of(&statuses, row);
    for area in statement.tree() {
        for branch in area.findings.iter().flat_map(|finding| &finding.responses) {
            if plan.is_faulty(&branch.response.row.id) {
                continue;
            }
            steps(branch, &stage, findings);
            archived(branch, &stage, findings);
            percent(branch, &stage, findings);
        }
    }
    if let [first, others @ ..] = statement.totals.as_slice() {
        for total in others {
            let finding = Finding::new(&TOTAL_TWICE, "there is a [[total]] already").at(total.span);
            findings.push(finding.related(first.span, "the first one"));
        }
    }
}

/// How far a row has come; `None` when its status is not known.
pub fn stage_of(statuses: &HashMap<&str, &DeliveryStatus>, row: &Commitment) -> Option<Stage> {
    statuses.get(row.status.as_str()).map(|status| status.stage.value)
}

/// What readers look a row up by stands on one row only.
fn references(statement: &Statement, findings: &mut Findings) {
    let mut first: HashMap<&str, Span> = HashMap::new();
    for row in statement.rows() {
        let printed = printed_at(row);
        let Some(&before) = first.get(printed.value.as_str()) else {
            first.insert(&printed.value, printed.span);
            continue;
        };
        // Two rows with one id are that, and reported as such.
        if row.reference.is_some() {
            let message = format!("the reference {} stands on two rows", printed.value);
            let finding = Finding::new(&REF_DUPLICATE, message).at(printed.span);
            findings.push(
                finding
                    .label("used again here")
                    .related(before, "first used here")
                    .help("both rows are kept and shown; acknowledge it if the plan is to stay so"),
            );
        }
    }
}

fn printed_at(row: &Commitment) -> &At<String> {
    row.printed()
}

/// A record's start, and each of its dates that cannot come before it.
type Dates<'p> = (Option<&'p At<PlanDate>>, [(Option<&'p At<PlanDate>>, &'static str); 2]);

fn finding_dates(finding: &MainFinding) -> Dates<'_> {
    (finding.start.as_ref(), [(finding.due.as_ref(), "due"), (None, "")])
}

fn row_dates(row: &Commitment) -> Dates<'_> {
    let ends = [(row.due.as_ref(), "due"), (row.expected.as_deref(), "expected to end")];
    (row.start.as_ref(), ends)
}

fn order(name: &str, (start, ends): Dates<'_>, findings: &mut Findings) {
    let Some(start) = start else { return };
    let Some(begins) = start.first_day() else { return };
    for (end, what) in ends {
        let Some(end) = end else { continue };
        // "From June 2019 onwards" names June 2019 as the first month that counts.
        let last = PlanDate::last_day(end.value).or_else(|| month_end(end.value));
        if last.is_some_and(|last| last < begins) {
            let message =
                format!("{name} is {what} {}, before it starts in {}", end.prose(), start.prose());
            let finding = Finding::new(&DATE_ORDER, message).at(end.span);
            findings.push(finding.related(start.span, "starts here"));
        }
    }
}

/// The last day of the month that an open date begins with.
fn month_end(date: PlanDate) -> Option<chrono::NaiveDate> {
    let (year, month) = date.month()?;
    PlanDate::Month { year, month }.last_day()
}

/// A response that is complete has no step left to do.
fn steps(
    branch: &ResponseBranch<'_>,
    stage: &impl Fn(&Commitment) -> Option<Stage>,
    findings: &mut Findings,
) {
    let row = &branch.response.row;
    if stage(row) != Some(Stage::Completed) {
        return;
    }
    let open: Vec<_> = branch
        .steps
        .iter()
        .filter(|step| !matches!(stage(&step.row), None | Some(Stage::Completed | Stage::Archived)))
        .collect();
    if let [first, ..] = open.as_slice() {
        let refs: Vec<&str> = open.iter().map(|step| step.row.printed().as_str()).collect();
        let message = format!(
            "{} is complete, and {} not: {}",
            row.printed().value,
            if open.len() == 1 { "one of its steps is" } else { "some of its steps are" },
            refs.join(", ")
        );
        let finding = Finding::new(&STATUS_STEPS, message).at(row.status.span);
        findings.push(finding.related(first.row.status.span, "not complete"));
    }
}

/// What was archived says where it went. Steps go with their response.
fn archived(
    branch: &ResponseBranch<'_>,
    stage: &impl Fn(&Commitment) -> Option<Stage>,
    findings: &mut Findings,
) {
    let mut report = |row: &Commitment| {
        if stage(row) == Some(Stage::Archived) && row.archived_to.is_empty() {
            let message =
                format!("{} is archived, and nothing says where it went", row.printed().value);
            findings.push(Finding::new(&ARCHIVED_NOWHERE, message).at(row.status.span));
        }
    };
    let response = &branch.response.row;
    report(response);
    if stage(response) != Some(Stage::Archived) {
        branch.steps.iter().for_each(|step| report(&step.row));
    }
}

/// A response that counts towards percentages has one.
fn percent(
    branch: &ResponseBranch<'_>,
    stage: &impl Fn(&Commitment) -> Option<Stage>,
    findings: &mut Findings,
) {
    let row = &branch.response.row;
    let counts = stage(row).is_some_and(|stage| stage != Stage::Archived);
    if counts && branch.response.percent.is_none() {
        let message = format!("{} does not say how much of it is done", row.printed().value);
        findings.push(Finding::new(&PERCENT_MISSING, message).at(row.id.span));
    }
}
