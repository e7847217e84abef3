//! Asks whether a project agrees with itself; the answers are findings.
//!
//! One file a family of rules. A check only reads: it neither corrects nor guesses. What
//! can be known of one value alone is [`crate::load`]'s to say, what needs a template
//! and its words is [`crate::assemble`]'s.

mod acknowledged;
mod datasets;
mod dates;
mod declared;
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
pub(crate) use mentions::Known as Mentions;
pub use packs::check as packs;
pub(crate) use pages::texts;
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
    kpis::check(&project.plan, as_at, found);
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
    declared::check(project, as_at, asked, found);
    editions::check(project, found);
    packs::check(project, found);
    theme::check(project, found);
    findings.sort(&project.sources);
    findings
}

/// The ids of the records of one kind.
struct Ids<'p> {
    /// The kind's key in plan files.
    key: &'p str,
    /// What messages call one of them.
    word: &'p str,
    /// In the order they were written.
    ids: Vec<&'p At<String>>,
}

/// The ids of a plan's records, kind by kind, in the order they were written.
fn ids_by_kind(plan: &Plan) -> Vec<Ids<'_>> {
    fn of<'p>(key: &'p str, word: &'p str, ids: impl Iterator<Item = &'p At<String>>) -> Ids<'p> {
        Ids { key, word, ids: ids.collect() }
    }
    let mut all = vec![
        of("objective", "objective", plan.objectives.iter().map(|record| &record.id)),
        of("weakness", "weakness", plan.weaknesses.iter().map(|record| &record.id)),
        of("role", "role", plan.roles.iter().map(|record| &record.id)),
        of("action", "action", plan.actions.iter().map(|record| &record.id)),
        of("kpi", "KPI", plan.kpis.iter().map(|record| &record.id)),
        of("period", "period", plan.periods.iter().map(|record| &record.id)),
        of("risk", "risk", plan.risks.iter().map(|record| &record.id)),
        of("feedback", "feedback group", plan.feedback.iter().map(|record| &record.id)),
        of("reply", "reply", plan.replies.iter().map(|record| &record.id)),
        of("body", "body", plan.bodies.iter().map(|record| &record.id)),
        of("phase", "phase", plan.phases.iter().map(|record| &record.id)),
        of("priority", "priority", plan.priorities.iter().map(|record| &record.id)),
        of("group", "group", plan.groups.iter().map(|record| &record.id)),
        of("part", "part", plan.parts.iter().map(|record| &record.id)),
        of("criterion", "criterion", plan.criteria.iter().map(|record| &record.id)),
        of("scheme", "scheme", plan.schemes.iter().map(|record| &record.id)),
        of("workstream", "workstream", plan.statement.workstreams.iter().map(|record| &record.id)),
        of(
            "delivery-status",
            "delivery status",
            plan.statement.statuses.iter().map(|record| &record.id),
        ),
        of("area", "area", plan.statement.areas.iter().map(|record| &record.id)),
        of("finding", "finding", plan.statement.findings.iter().map(|record| &record.id)),
        of("response", "response", plan.statement.responses.iter().map(|record| &record.row.id)),
        of("step", "step", plan.statement.steps.iter().map(|record| &record.row.id)),
    ];
    let own = plan.declared.iter().filter(|declared| !declared.kind.extends);
    all.extend(own.map(|declared| {
        let kind = &declared.kind;
        of(&kind.name, &kind.word, declared.records.iter().map(|record| &record.id))
    }));
    all
}

/// Every id of a plan's records.
pub(crate) fn ids(plan: &Plan) -> BTreeSet<&str> {
    ids_by_kind(plan).into_iter().flat_map(|kind| kind.ids).map(|id| id.as_str()).collect()
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
