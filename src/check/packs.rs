//! Whether what a pack joins is there. What is wrong with a pack stops no document.

use std::collections::BTreeMap;

use crate::check::meant;
use crate::diag::rules::{ID_DUPLICATE, REFERENCE_UNKNOWN};
use crate::diag::{Finding, Findings};
use crate::project::{Pack, Project};

/// Looks at every pack of `project`.
pub fn check(project: &Project, findings: &mut Findings) {
    for pack in project.packs.values() {
        let mut found = Findings::default();
        papers(project, pack, &mut found);
        numbers(pack, &mut found);
        findings.extend(found.into_iter().map(|finding| finding.of_document(pack.concern())));
    }
}

fn papers(project: &Project, pack: &Pack, findings: &mut Findings) {
    for paper in pack.items.iter().filter_map(|item| item.paper.as_ref()) {
        let unknown = |message: String, help: Option<String>| {
            let finding = Finding::new(&REFERENCE_UNKNOWN, message);
            match help {
                Some(help) => finding.help(help),
                None => finding,
            }
        };
        let Some(template) = project.templates.get(paper.document.as_str()) else {
            let known = project.templates.keys().map(String::as_str);
            let help = meant(&paper.document, known);
            let message = format!("there is no document \"{}\"", *paper.document);
            findings.push(unknown(message, help).at(paper.document.span));
            continue;
        };
        let Some(edition) = &paper.edition else { continue };
        if !template.editions.contains(&edition.value) {
            let message = format!("{} has no edition \"{}\"", template.name, edition.value);
            let help = format!("it has: {}", template.editions.join(", "));
            findings.push(unknown(message, Some(help)).at(edition.span));
        }
    }
}

fn numbers(pack: &Pack, findings: &mut Findings) {
    let mut seen = BTreeMap::new();
    for item in &pack.items {
        if let Some(first) = seen.insert(item.number.as_str(), item.span) {
            let message = format!("two items of this pack have the number {}", item.number);
            findings.push(
                Finding::new(&ID_DUPLICATE, message)
                    .at(item.span)
                    .related(first, "first used here"),
            );
        }
    }
}
