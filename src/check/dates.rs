//! Dates of a record stand in an order that can be, and work has dates at all.

use chrono::{Months, NaiveDate};

use crate::diag::rules::{DATE_BEYOND, DATE_MISSING, DATE_ORDER, PERIOD_UNKNOWN};
use crate::diag::{Finding, Findings};
use crate::plan::{Action, Done, Milestone, Plan, PlanDate, Schedule};
use crate::source::{At, Span};

pub fn check(plan: &Plan, findings: &mut Findings) {
    for action in &plan.actions {
        let id = &action.id.value;
        order_of(&action.schedule, id, findings);
        let is_dated = action.schedule.due.is_some() || action.schedule.done.is_some();
        let is_faulty = plan.is_faulty(id);
        if !is_dated && !is_faulty && action.milestones.is_empty() {
            let message = format!("{id} has no date");
            findings.push(Finding::new(&DATE_MISSING, message).at(action.id.span));
        }
        for milestone in &action.milestones {
            let name = format!("\"{}\" of {id}", milestone.title.value);
            order_of(&milestone.schedule, &name, findings);
            if let (Some(due), Some(started)) = (&milestone.schedule.due, &action.schedule.started)
                && ends_before(due.value, started.value)
            {
                let message = format!("{name} is due before {id} started");
                findings.push(out_of_order(message, due, started, "started here"));
            }
            beyond(plan, action, milestone, &name, findings);
            // A step of an action with its own date shares that date.
            let schedule = &milestone.schedule;
            if !is_dated && !is_faulty && schedule.due.is_none() && schedule.done.is_none() {
                let finding = Finding::new(&DATE_MISSING, format!("{name} has no date"));
                findings.push(finding.at(milestone.title.span));
            }
        }
    }
    for phase in &plan.phases {
        if ends_before(phase.to.value, phase.from.value) {
            let message = format!("the phase \"{}\" ends before it begins", phase.name.value);
            findings.push(out_of_order(message, &phase.to, &phase.from, "begins here"));
        }
    }
    for event in &plan.events {
        if let Some(to) = &event.to
            && ends_before(to.value, event.at.value)
        {
            let message = format!("the event \"{}\" ends before it begins", event.title.value);
            findings.push(out_of_order(message, to, &event.at, "begins here"));
        }
    }
    for risk in &plan.risks {
        if let Some(closed) = &risk.closed
            && ends_before(closed.value, risk.raised.value)
        {
            let message = format!("the risk {} is closed before it was raised", risk.id.value);
            findings.push(out_of_order(message, closed, &risk.raised, "raised here"));
        }
    }
    periods(plan, findings);
}

/// A milestone that is due more than a year after its action ends is a slip of the year. Where the
/// action has no date of its own, the plan's last reporting period counts.
fn beyond(
    plan: &Plan,
    action: &Action,
    milestone: &Milestone,
    name: &str,
    findings: &mut Findings,
) {
    const YEAR: Months = Months::new(12);
    let Some(due) = &milestone.schedule.due else { return };
    let end = match &action.schedule.due {
        Some(own) => {
            let moved = action.schedule.revised.iter().map(|revision| revision.to.value);
            let dates = std::iter::once(own.value).chain(moved).map(PlanDate::last_day);
            // An action without an end has room for any step.
            let Some(dates) = dates.collect::<Option<Vec<NaiveDate>>>() else { return };
            dates.into_iter().max().map(|day| (day, own.span, action.id.as_str()))
        }
        None => {
            let last = plan.periods.iter().filter_map(|p| Some((p.by.last_day()?, p.by.span)));
            last.max().map(|(day, span)| (day, span, "the last reporting period"))
        }
    };
    let Some((day, span, what)) = end else { return };
    let limit = day.checked_add_months(YEAR);
    if due.first_day().zip(limit).is_some_and(|(due, limit)| due > limit) {
        let when = due.prose();
        let message = format!("{name} is due in {when}, more than a year after {what} ends");
        let finding = Finding::new(&DATE_BEYOND, message).at(due.span);
        findings.push(finding.related(span, "it ends here"));
    }
}

/// Whether `late` is over before `early` begins.
fn ends_before(late: PlanDate, early: PlanDate) -> bool {
    early.first_day().is_some_and(|day| late.is_before(day))
}

fn out_of_order<L, E>(message: String, late: &At<L>, early: &At<E>, what: &str) -> Finding {
    Finding::new(&DATE_ORDER, message).at(late.span).related(early.span, what)
}

fn order_of(schedule: &Schedule, name: &str, findings: &mut Findings) {
    let done = schedule.done.as_ref().map(|done| {
        let date = match done.value {
            Done::On(date) => date,
            Done::By(day) => PlanDate::Day(day),
        };
        (date, done.span)
    });
    if let (Some((done, span)), Some(started)) = (done, &schedule.started)
        && ends_before(done, started.value)
    {
        let message = format!("{name} was done before it started");
        findings.push(out_of_order(message, &At::new((), span), started, "started here"));
    }
    if let (Some(embedded), Some(started)) = (&schedule.embedded, &schedule.started)
        && ends_before(embedded.value, started.value)
    {
        let message = format!("{name} was embedded before it started");
        findings.push(out_of_order(message, embedded, started, "started here"));
    }
    if let Some(due) = &schedule.due {
        for moved in &schedule.revised {
            if ends_before(moved.to.value, due.value) {
                let message = format!("{name} is moved to a date before it was due");
                findings.push(out_of_order(message, &moved.to, due, "due here"));
            }
        }
    }
}

/// Targets are for months in which a period ends.
fn periods(plan: &Plan, findings: &mut Findings) {
    if plan.periods.is_empty() {
        return;
    }
    let is_known = |by: PlanDate| plan.periods.iter().any(|period| period.by.same_month(by));
    let ends: Vec<String> = plan.periods.iter().map(|period| period.by.prose()).collect();
    let mut report = |by: PlanDate, span: Span, what: &str, id: &str| {
        if !is_known(by) {
            let message = format!("no period ends in {}, where {id} has a {what}", by.prose());
            let finding = Finding::new(&PERIOD_UNKNOWN, message).at(span);
            findings.push(finding.help(format!("periods end in {}", ends.join(", "))));
        }
    };
    for kpi in &plan.kpis {
        for target in &kpi.targets {
            report(target.by.value, target.by.span, "target", &kpi.id);
        }
        for by in &kpi.not_applicable {
            report(by.value, by.span, "period that is not applicable", &kpi.id);
        }
    }
}
