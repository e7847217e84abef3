//! Asks whether a project agrees with itself; the answers are findings.
//!
//! One file a family of rules. A check only reads: it neither corrects nor guesses. What
//! can be known of one value alone is [`crate::load`]'s to say, what needs a template
//! and its words is [`crate::assemble`]'s.

mod acknowledged;
mod datasets;
mod dates;
mod editions;
mod evaluation;
mod glossary;
mod history;
mod ids;
mod kpis;
mod mentions;
mod packs;
mod pages;
mod progress;
mod ratings;
mod references;
mod roll_ups;
mod statement;
mod theme;
mod unused;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::diag::{Findings, nearest};
use crate::plan::Plan;
use crate::project::Project;
use crate::source::At;

pub use acknowledged::{acknowledge, settle};
pub use packs::check as packs;
pub use unused::{images as unused_images, narrative as unused_narrative};

/// Everything that can be found in the project's data. `asked` is the day documents are to speak for
/// when somebody asked for one; without, each document's own day counts, or else the project's.
pub fn check(project: &Project, asked: Option<NaiveDate>) -> Findings {
    let as_at = asked.unwrap_or(project.settings.as_at);
    let mut findings = Findings::default();
    let found = &mut findings;
    ids::check(&project.plan, found);
    references::check(project, found);
    mentions::check(project, found);
    dates::check(&project.plan, found);
    kpis::check(&project.plan, found);
    progress::check(&project.plan.as_known(as_at), as_at, found);
    history::check(project, asked, found);
    ratings::check(project, as_at, asked, found);
    statement::check(&project.plan, found);
    roll_ups::check(project, asked, found);
    evaluation::check(&project.plan, found);
    glossary::check(&project.plan, found);
    pages::check(project, found);
    datasets::check(project, found);
    unused::check(&project.plan, found);
    editions::check(project, found);
    packs::check(project, found);
    theme::check(project, found);
    findings.sort(&project.sources);
    findings
}

/// The ids of a plan's records, kind by kind, in the order they were written.
fn ids_by_kind(plan: &Plan) -> [(&'static str, Vec<&At<String>>); 22] {
    [
        ("objective", plan.objectives.iter().map(|record| &record.id).collect()),
        ("weakness", plan.weaknesses.iter().map(|record| &record.id).collect()),
        ("role", plan.roles.iter().map(|record| &record.id).collect()),
        ("action", plan.actions.iter().map(|record| &record.id).collect()),
        ("KPI", plan.kpis.iter().map(|record| &record.id).collect()),
        ("period", plan.periods.iter().map(|record| &record.id).collect()),
        ("risk", plan.risks.iter().map(|record| &record.id).collect()),
        ("feedback group", plan.feedback.iter().map(|record| &record.id).collect()),
        ("reply", plan.replies.iter().map(|record| &record.id).collect()),
        ("body", plan.bodies.iter().map(|record| &record.id).collect()),
        ("phase", plan.phases.iter().map(|record| &record.id).collect()),
        ("priority", plan.priorities.iter().map(|record| &record.id).collect()),
        ("group", plan.groups.iter().map(|record| &record.id).collect()),
        ("part", plan.parts.iter().map(|record| &record.id).collect()),
        ("criterion", plan.criteria.iter().map(|record| &record.id).collect()),
        ("scheme", plan.schemes.iter().map(|record| &record.id).collect()),
        ("workstream", plan.statement.workstreams.iter().map(|record| &record.id).collect()),
        ("delivery status", plan.statement.statuses.iter().map(|record| &record.id).collect()),
        ("area", plan.statement.areas.iter().map(|record| &record.id).collect()),
        ("finding", plan.statement.findings.iter().map(|record| &record.id).collect()),
        ("response", plan.statement.responses.iter().map(|record| &record.row.id).collect()),
        ("step", plan.statement.steps.iter().map(|record| &record.row.id).collect()),
    ]
}

/// Every id of a plan's records.
pub(crate) fn ids(plan: &Plan) -> BTreeSet<&str> {
    ids_by_kind(plan).into_iter().flat_map(|(_, ids)| ids).map(|id| id.as_str()).collect()
}

/// What an id that is not there may have been meant for, as a help: the ids it names a group of
/// (K8 where there are K8.a and K8.b), or else those nearest to it. Nothing when many are
/// equally near, as with a number that is not there: any of them would mislead.
fn meant<'k>(id: &str, known: impl Iterator<Item = &'k str> + Clone) -> Option<String> {
    let mut near: Vec<&str> = known.clone().filter(|known| is_part_of(id, known)).collect();
    if near.is_empty() {
        let best = nearest(id, known.clone())?;
        let distance =
            |known: &str| strsim::damerau_levenshtein(&id.to_lowercase(), &known.to_lowercase());
        near = known.filter(|known| distance(known) == distance(best)).collect();
    }
    near.sort_by(|a, b| natord::compare(a, b));
    near.dedup();
    match near.as_slice() {
        [one] => Some(format!("did you mean \"{one}\"?")),
        [one, other] => Some(format!("did you mean \"{one}\" or \"{other}\"?")),
        _ => None,
    }
}

/// Whether `word` names a group of ids: "K8" where there are K8.a and K8.b.
fn is_part_of(word: &str, id: &str) -> bool {
    let rest = id.strip_prefix(word);
    rest.is_some_and(|rest| rest.starts_with(|c: char| c == '.' || c.is_ascii_lowercase()))
}
