//! What is overdue says how it is going.

use chrono::NaiveDate;

use crate::diag::rules::{MILESTONE_OPEN, PROGRESS_MISSING};
use crate::diag::{Finding, Findings};
use crate::plan::date::day_in_words;
use crate::plan::{Action, Plan, PlanDate};
use crate::source::Span;

pub fn check(plan: &Plan, as_at: NaiveDate, findings: &mut Findings) {
    for action in &plan.actions {
        if action.schedule.done.is_some() && action.is_done(as_at) {
            open_milestones(action, as_at, findings);
        }
        // A note on the action speaks for its steps as well.
        if action.progress.is_some() || action.is_done(as_at) {
            continue;
        }
        let overdue_steps = report_milestones(action, as_at, findings);
        if action.schedule.overdue(as_at)
            && !overdue_steps
            && let Some(due) = action.schedule.current_due(as_at)
        {
            findings.push(overdue(action.id.value.clone(), due, as_at, action.id.span));
        }
    }
}

/// The steps of a finished action are finished, but for those that go on without an end.
fn open_milestones(action: &Action, as_at: NaiveDate, findings: &mut Findings) {
    for milestone in &action.milestones {
        let schedule = &milestone.schedule;
        let due = schedule.current_due(as_at);
        let goes_on = due.is_some_and(PlanDate::is_open);
        if due.is_some() && !goes_on && !schedule.is_done(as_at) {
            let id = &action.id.value;
            let message =
                format!("{id} is done, and its milestone \"{}\" is not", milestone.title.value);
            findings.push(Finding::new(&MILESTONE_OPEN, message).at(milestone.title.span));
        }
    }
}

/// Whether any milestone is overdue, each reported if it says nothing itself.
fn report_milestones(action: &Action, as_at: NaiveDate, findings: &mut Findings) -> bool {
    let mut any = false;
    for milestone in action.milestones.iter().filter(|m| m.schedule.overdue(as_at)) {
        any = true;
        if milestone.progress.is_none()
            && let Some(due) = milestone.schedule.current_due(as_at)
        {
            let name = format!("\"{}\" of {}", milestone.title.value, action.id.value);
            findings.push(overdue(name, due, as_at, milestone.title.span));
        }
    }
    any
}

fn overdue(name: String, due: PlanDate, as_at: NaiveDate, span: Span) -> Finding {
    let message = format!("{name} is overdue, and nothing says how it is going");
    let note = format!("it was due {}; this is as at {}", due.prose(), day_in_words(as_at));
    Finding::new(&PROGRESS_MISSING, message).at(span).note(note)
}
