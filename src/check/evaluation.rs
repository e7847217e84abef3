//! A self-evaluation is whole: every criterion has intentions, every priority is served.

use std::collections::BTreeSet;

use crate::diag::rules::{CRITERION_EMPTY, UNUSED_PRIORITY};
use crate::diag::{Finding, Findings};
use crate::plan::Plan;

pub fn check(plan: &Plan, findings: &mut Findings) {
    let answered: BTreeSet<&str> = plan.intentions.iter().map(|i| i.criterion.as_str()).collect();
    for criterion in plan.criteria.iter().filter(|c| !answered.contains(c.id.as_str())) {
        let message = format!("criterion {} has no intention", *criterion.id);
        findings.push(Finding::new(&CRITERION_EMPTY, message).at(criterion.id.span));
    }
    let served: BTreeSet<&str> = plan.intentions.iter().map(|i| i.priority.as_str()).collect();
    for priority in plan.priorities.iter().filter(|p| !served.contains(p.id.as_str())) {
        let message = format!("no intention serves priority {}", *priority.id);
        findings.push(Finding::new(&UNUSED_PRIORITY, message).at(priority.id.span));
    }
}
