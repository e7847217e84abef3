//! Asked of a day in the past, the plan says what it was: only what has a day of its own can be told.

use chrono::NaiveDate;

use crate::diag::rules::HISTORY_UNDATED;
use crate::diag::{Finding, Findings};
use crate::plan::date::day_in_words;
use crate::plan::{History, Plan};
use crate::project::Project;
use crate::source::Span;

/// Reports, kind by kind, what is shown of an earlier day as it stands now.
pub fn check(project: &Project, asked: Option<NaiveDate>, findings: &mut Findings) {
    let kept = project.settings.as_at;
    let Some(day) = asked.filter(|day| *day < kept) else { return };
    for (what, spans) in undated(&project.plan.as_known(day)) {
        let Some(first) = spans.first() else { continue };
        let message = match spans.len() {
            1 => format!("one {what} has no day of its own"),
            count => format!("{count} of the kind \"{what}\" have no day of their own"),
        };
        let note = format!(
            "on {} they are shown as they stand now; the data is kept for {}",
            day_in_words(day),
            day_in_words(kept)
        );
        findings.push(Finding::new(&HISTORY_UNDATED, message).at(*first).note(note));
    }
}

/// Where values without a day stand, kind by kind.
fn undated(plan: &Plan) -> [(&'static str, Vec<Span>); 4] {
    let milestones = || plan.actions.iter().flat_map(|action| &action.milestones);
    let mut progress = Vec::new();
    let mut notes = Vec::new();
    let mut ratings = Vec::new();
    let mut severities = Vec::new();
    let said = plan.actions.iter().map(|action| (&action.progress, &action.note));
    let said = said.chain(milestones().map(|milestone| (&milestone.progress, &milestone.note)));
    for (how, note) in said {
        progress.extend(without_day(how).map(|text| text.span));
        notes.extend(without_day(note).map(|text| text.span));
    }
    let given = plan.actions.iter().map(|action| &action.rag);
    for rag in given.chain(milestones().map(|milestone| &milestone.rag)) {
        ratings.extend(without_day(rag).map(|declared| declared.rating.span));
    }
    for risk in &plan.risks {
        progress.extend(without_day(&risk.progress).map(|text| text.span));
        severities.extend(risk.severity.latest().on.is_none().then_some(risk.severity.span));
    }
    [("progress", progress), ("note", notes), ("rating by hand", ratings), ("severity", severities)]
}

fn without_day<V>(history: &Option<History<V>>) -> Option<&V> {
    let latest = history.as_ref()?.latest();
    latest.on.is_none().then_some(&latest.value)
}
