//! Ids are unique within their kind.

use std::collections::BTreeMap;

use crate::check::ids_by_kind;
use crate::diag::rules::ID_DUPLICATE;
use crate::diag::{Finding, Findings};
use crate::plan::Plan;
use crate::source::{At, Span};

pub fn check(plan: &Plan, findings: &mut Findings) {
    for kind in ids_by_kind(plan) {
        duplicates(kind.word, kind.ids, findings);
    }
    for scheme in &plan.schemes {
        duplicates("rating", scheme.ratings.iter().map(|rating| &rating.id).collect(), findings);
    }
}

fn duplicates(kind: &str, ids: Vec<&At<String>>, findings: &mut Findings) {
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    for id in ids {
        if let Some(&before) = first.get(id.as_str()) {
            let message = format!("\"{}\" is the id of another {kind} already", id.value);
            let finding = Finding::new(&ID_DUPLICATE, message).at(id.span).label("used again here");
            findings.push(finding.related(before, "first used here"));
        } else {
            first.insert(id, id.span);
        }
    }
}
