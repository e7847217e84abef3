//! What datasets say of themselves holds: their identities, row by row.

use crate::diag::rules::{DATA_IDENTITY, DATA_IDENTITY_RULE};
use crate::diag::{Finding, Findings, nearest};
use crate::plan::Trial;
use crate::project::Project;

pub fn check(project: &Project, findings: &mut Findings) {
    for dataset in project.datasets.values() {
        for identity in &dataset.identities {
            let trial = match Trial::of(dataset, identity) {
                Ok(trial) => trial,
                Err(fault) => {
                    let place = identity.only.as_ref().filter(|_| fault.in_where);
                    let span = place.map_or(identity.holds.span, |only| only.span);
                    let finding = Finding::new(&DATA_IDENTITY_RULE, fault.message).at(span);
                    let known = fault.known.iter().map(String::as_str);
                    let near = fault.unknown.as_ref().and_then(|word| nearest(word, known));
                    findings.push(match near {
                        Some(near) => finding.help(format!("did you mean \"{near}\"?")),
                        None if fault.known.is_empty() => finding,
                        None => finding.help(format!("there are: {}", fault.known.join(", "))),
                    });
                    continue;
                }
            };
            for failure in trial.failures() {
                let message =
                    format!("{}: for {}, {}", *identity.name, failure.row, failure.arithmetic);
                let finding = Finding::new(&DATA_IDENTITY, message).at(failure.span);
                findings.push(finding.related(identity.holds.span, "what must hold"));
            }
        }
    }
}
