//! The glossary explains each term, and each short form stands for one of them.

use std::collections::BTreeMap;

use crate::diag::rules::{TERM_TWICE, TERM_UNEXPLAINED};
use crate::diag::{Finding, Findings};
use crate::plan::Plan;
use crate::source::Span;

pub fn check(plan: &Plan, findings: &mut Findings) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for term in &plan.terms {
        let explained = term.means.is_some() || term.easy.is_some() || !term.short.is_empty();
        if !term.known && !explained && !term.name.is_empty() {
            let message = format!("nothing says what \"{}\" means", *term.name);
            findings.push(
                Finding::new(&TERM_UNEXPLAINED, message).at(term.name.span).help(
                    "give it `means` or `easy`, or `short` if its name explains a short form",
                ),
            );
        }
        for form in term.forms().filter(|form| !form.is_empty()) {
            // A short form in small letters is another word: IT and it.
            let key = if term.short.iter().any(|short| short.span == form.span) {
                form.value.clone()
            } else {
                form.to_lowercase()
            };
            let Some(first) = seen.get(&key) else {
                seen.insert(key, form.span);
                continue;
            };
            let message = format!("\"{}\" stands in the glossary already", **form);
            let finding = Finding::new(&TERM_TWICE, message).at(form.span);
            findings.push(finding.related(*first, "here"));
        }
    }
}
