//! What editions leave out is something that there is.

use std::collections::BTreeSet;

use crate::diag::rules::EDITION_LEAVES;
use crate::diag::{Finding, Findings, nearest};
use crate::narrative::DIRECTIVES;
use crate::project::Project;

/// What is typed in Markdown without a directive, and may be left out as well.
const MARKDOWN: [&str; 2] = ["list", "table"];

pub fn check(project: &Project, findings: &mut Findings) {
    let known = || DIRECTIVES.iter().map(|directive| directive.name).chain(MARKDOWN);
    let mut said = BTreeSet::new();
    for kind in project.editions.values().flat_map(|edition| &edition.leave_out) {
        // An edition has the list of the one it is based on: it is reported where it is written.
        if known().any(|name| name == kind.value) || !said.insert(kind.span) {
            continue;
        }
        let message = format!("nothing is called \"{}\" that could be left out", kind.value);
        let mut finding = Finding::new(&EDITION_LEAVES, message).at(kind.span);
        finding = match nearest(kind, known()) {
            Some(near) => finding.help(format!("did you mean \"{near}\"?")),
            None => finding.help("`annexe help directives` lists what there is"),
        };
        findings.push(finding);
    }
}
