//! Records of declared kinds, and fields that a project adds to others: every rule hangs on the type
//! of a field, none on the name of a kind.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::diag::rules::{
    COMPUTED_FAILED, COMPUTED_SUPPRESSED, HISTORY_UNDATED, PROGRESS_MISSING, RAG_UNKNOWN_RATING,
    UNUSED_RECORD,
};
use crate::diag::{Finding, Findings, nearest};
use crate::plan::date::day_in_words;
use crate::plan::kind::{FieldType, Held, Unworked};
use crate::plan::{Declared, DeclaredRecord, Kind, Plan};
use crate::project::Project;
use crate::source::Span;

/// Asks what no other family of rules asks. `as_at` is the day to speak for; `asked` the one that
/// somebody asked for.
pub fn check(
    project: &Project,
    as_at: NaiveDate,
    asked: Option<NaiveDate>,
    findings: &mut Findings,
) {
    let plan = &project.plan;
    schemes(plan, findings);
    ratings(plan, findings);
    unused(plan, findings);
    if plan.declared.is_empty() {
        return;
    }
    let mut known = plan.declared.clone();
    known.iter_mut().for_each(|declared| declared.forget_after(as_at));
    for declared in &known {
        computed(declared, as_at, findings);
        overdue(declared, as_at, findings);
    }
    if let Some(day) = asked.filter(|day| *day < project.settings.as_at) {
        undated(project, day, findings);
    }
}

/// How messages call a record: `contract "C1"`.
fn called(kind: &Kind, record: &DeclaredRecord) -> String {
    format!("{} \"{}\"", kind.word, *record.id)
}

/// The scheme that a field of ratings names is there.
fn schemes(plan: &Plan, findings: &mut Findings) {
    for field in plan.kinds.all.iter().flat_map(|kind| &kind.fields) {
        let takes = match &field.takes {
            FieldType::Computed { gives, .. } => gives,
            takes => takes,
        };
        let FieldType::Rating(id) = takes else { continue };
        if plan.scheme(id).is_some() || plan.is_faulty(id) {
            continue;
        }
        let message = format!("there is no scheme \"{}\"", **id);
        let mut finding = Finding::new(&crate::diag::rules::REFERENCE_UNKNOWN, message).at(id.span);
        let known = plan.schemes.iter().map(|scheme| scheme.id.as_str());
        if let Some(near) = nearest(id, known) {
            finding = finding.help(format!("did you mean \"{near}\"?"));
        }
        findings.push(finding);
    }
}

/// Ratings are those of the field's scheme.
fn ratings(plan: &Plan, findings: &mut Findings) {
    for declared in &plan.declared {
        for (place, field) in declared.kind.fields.iter().enumerate() {
            let FieldType::Rating(id) = &field.takes else { continue };
            let Some(scheme) = plan.scheme(id) else { continue };
            let held = declared.records.iter().map(|record| record.held(place));
            for value in held.flat_map(Held::all) {
                let Some(rating) = value.text().filter(|id| scheme.rating(id).is_none()) else {
                    continue;
                };
                let message = format!("the scheme \"{}\" has no rating \"{rating}\"", **id);
                let finding = Finding::new(&RAG_UNKNOWN_RATING, message).at(value.span);
                let known: Vec<&str> = scheme.ratings.iter().map(|r| r.id.as_str()).collect();
                findings.push(match nearest(rating, known.iter().copied()) {
                    Some(near) => finding.help(format!("did you mean \"{near}\"?")),
                    None => finding.help(format!("it has: {}", known.join(", "))),
                });
            }
        }
    }
}

/// Computed fields of every record have a value that can be shown.
fn computed(declared: &Declared, as_at: NaiveDate, findings: &mut Findings) {
    let kind = &declared.kind;
    for (place, field) in kind.fields.iter().enumerate() {
        let FieldType::Computed { formula, .. } = &field.takes else { continue };
        for record in declared.records.iter() {
            let Err(fault) = record.worked_out(kind, place, as_at) else { continue };
            // What it is worked out from is told, and is the nearer reason.
            let fails = |used: usize| record.worked_out(kind, used, as_at).is_err();
            if formula.uses.iter().any(|(used, _)| fails(*used)) {
                continue;
            }
            let name = format!("`{}` of {}", *field.name, called(kind, record));
            let finding = match fault {
                Unworked::Failed(why) => {
                    let message = format!("{name} cannot be worked out: {why}");
                    Finding::new(&COMPUTED_FAILED, message).at(record.span)
                }
                Unworked::Suppressed(needs, why) => {
                    let needed = kind.fields.get(needs).map_or("", |field| &field.name);
                    let message = format!("{name} needs `{needed}`, which is {}", why.words());
                    let span = record.held(needs).one().map_or(record.span, |value| value.span);
                    Finding::new(&COMPUTED_SUPPRESSED, message).at(span)
                }
            };
            findings.push(finding.note(format!("it is {}", formula.source)));
        }
    }
}

/// What is overdue says how it is going, where the kind has a field for that.
fn overdue(declared: &Declared, as_at: NaiveDate, findings: &mut Findings) {
    let kind = &declared.kind;
    let Some(progress) = kind.progress else { return };
    for record in declared.records.iter() {
        if !matches!(record.held(progress), Held::Nothing) {
            continue;
        }
        let late = record.values.iter().find_map(|held| match held {
            Held::Due(schedule) if schedule.overdue(as_at) => schedule.current_due(as_at),
            _ => None,
        });
        let Some(due) = late else { continue };
        let message =
            format!("{} is overdue, and nothing says how it is going", called(kind, record));
        let note = format!("it was due {}; this is as at {}", due.prose(), day_in_words(as_at));
        findings.push(Finding::new(&PROGRESS_MISSING, message).at(record.id.span).note(note));
    }
}

/// Records that are there to be named are named.
fn unused(plan: &Plan, findings: &mut Findings) {
    let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for declared in &plan.declared {
        for (place, to, _) in declared.kind.references() {
            let ids = declared.records.iter().flat_map(|record| record.ids(place));
            named.entry(to.as_str()).or_default().extend(ids);
        }
    }
    for declared in plan.declared.iter().filter(|declared| declared.kind.referenced) {
        let kind = &declared.kind;
        let named = named.get(kind.name.as_str());
        for record in declared.records.iter() {
            if !named.is_some_and(|ids| ids.contains(record.id.as_str())) {
                let message = format!("nothing names the {}", called(kind, record));
                findings.push(Finding::new(&UNUSED_RECORD, message).at(record.id.span));
            }
        }
    }
}

/// Asked of an earlier day, values that keep a history and have no day are shown as they stand now.
fn undated(project: &Project, day: NaiveDate, findings: &mut Findings) {
    let mut known = project.plan.declared.clone();
    known.iter_mut().for_each(|declared| declared.forget_after(day));
    for declared in &known {
        for (place, field) in declared.kind.fields.iter().enumerate().filter(|(_, f)| f.history) {
            let spans: Vec<Span> = declared
                .records
                .iter()
                .filter_map(|record| match record.held(place) {
                    Held::One(history) if history.latest().on.is_none() => Some(history.span),
                    _ => None,
                })
                .collect();
            let Some(first) = spans.first() else { continue };
            let what = format!("`{}` of a {}", *field.name, declared.kind.word);
            let message = match spans.len() {
                1 => format!("one {what} has no day of its own"),
                count => format!("{count} of the kind {what} have no day of their own"),
            };
            let note = format!(
                "on {} they are shown as they stand now; the data is kept for {}",
                day_in_words(day),
                day_in_words(project.settings.as_at)
            );
            findings.push(Finding::new(&HISTORY_UNDATED, message).at(*first).note(note));
        }
    }
}
