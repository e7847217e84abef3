//! No text of the plan counts on a page of some document. Narrative is `assemble`'s to ask.

use crate::check::mentions;
use crate::diag::rules::TEXT_PAGE;
use crate::diag::{Finding, Findings};
use crate::plan::Plan;
use crate::project::Project;
use crate::prose::page_references;
use crate::source::{At, Span};

pub fn check(project: &Project, findings: &mut Findings) {
    for text in texts(&project.plan) {
        // Where escapes hide the words, the whole text is the place.
        let written = project.sources.text(text.span);
        for range in page_references(text) {
            let words = &text[range];
            let start = text.span.range().start;
            let place = written.find(words).map_or(text.span, |at| {
                Span::new(text.span.file, start + at..start + at + words.len())
            });
            let message = format!("this text counts on a page: \"{words}\"");
            findings.push(Finding::new(&TEXT_PAGE, message).at(place));
        }
    }
}

/// Every text that documents print in running words.
pub(crate) fn texts(plan: &Plan) -> Vec<&At<String>> {
    let mut texts = mentions::texts(plan);
    texts.extend(plan.priorities.iter().filter_map(|priority| priority.summary.as_ref()));
    texts.extend(plan.groups.iter().filter_map(|group| group.summary.as_ref()));
    for intention in &plan.intentions {
        texts.push(&intention.intention);
        texts.extend(&intention.implementation);
    }
    texts.extend(plan.terms.iter().flat_map(|term| [&term.means, &term.easy]).flatten());
    texts.extend(plan.bodies.iter().filter_map(|body| body.role.as_ref()));
    for group in &plan.feedback {
        texts.extend(group.points.iter().map(|point| &point.text));
    }
    texts.extend(plan.statement.findings.iter().map(|finding| &finding.text));
    texts.extend(plan.statement.rows().map(|row| &row.text));
    texts
}
