//! Figures below zero behind a word that says which way already: "ahead by ‑3.3 percentage points".
//!
//! A gap that was bound while we were ahead says the opposite once its sign turns.

use crate::diag::{Finding, Findings, rules};
use crate::document::{Document, Figure, walk};
use crate::figures::claims::{flatten, prose};
use crate::figures::names::stem;
use crate::figures::sentence::{TokenKind, sentences};

/// Words before a figure that say which way it counts, by their stems or as they are.
const BEFORE: &[&str] = &[
    "ahead", "behind", "up", "down", "clos", "narrow", "narrowed", "widen", "widened", "rose",
    "ris", "fell", "fall", "drop", "grew", "increas", "decreas", "reduc", "improv", "above",
    "below", "gap",
];
/// Words behind a figure that do.
const AFTER: &[&str] = &[
    "ahead", "behind", "above", "below", "higher", "lower", "more", "fewer", "less", "better",
    "worse",
];
/// Words that may stand between.
const BETWEEN: &[&str] =
    &["by", "of", "a", "about", "percentage", "points", "point", "further", "some"];

/// What `document` says of figures that their sign denies.
pub fn negative(document: &Document) -> Findings {
    let mut findings = Findings::default();
    walk(&document.blocks, &mut |block| {
        for content in prose(block) {
            let (mut text, mut figures) = (String::new(), Vec::new());
            flatten(content, &mut text, &mut figures);
            let below = |figure: &&Figure| figure.trace.number.is_some_and(|number| number < 0.0);
            if !figures.iter().any(below) {
                continue;
            }
            let mut own = figures.iter();
            for sentence in sentences(&text) {
                let word = |at: usize| {
                    sentence.tokens.get(at).map_or(String::new(), |token| token.text.to_lowercase())
                };
                let stops = |at: usize| sentence.tokens.get(at).is_some_and(|token| token.stops);
                for (at, token) in sentence.tokens.iter().enumerate() {
                    if token.kind != TokenKind::Expression {
                        continue;
                    }
                    let Some(figure) = own.next().filter(|figure| below(figure)) else { continue };
                    let is_between = |at: &usize| BETWEEN.contains(&word(*at).as_str());
                    let before = (0..at).rev().find(|at| !is_between(at) || stops(*at));
                    let before = before.filter(|at| {
                        let said = word(*at);
                        !stops(*at)
                            && (BEFORE.contains(&said.as_str())
                                || BEFORE.contains(&stem(&said).as_str()))
                    });
                    let after =
                        (at + 1..sentence.tokens.len()).find(|at| !is_between(at)).filter(|next| {
                            !(at..*next).any(stops) && AFTER.contains(&word(*next).as_str())
                        });
                    if let Some(said) = before.or(after) {
                        findings.push(finding(figure, &word(said)));
                    }
                }
            }
        }
    });
    findings
}

fn finding(figure: &Figure, said: &str) -> Finding {
    let message = format!("\"{said}\" is said here, but {} is below zero", figure.text);
    let finding = Finding::new(&rules::CLAIM_CONTRADICTED, message).help(
        "say what the data say now, or quote how far apart two figures are: {{ difference(a, b) }}",
    );
    match figure.trace.used {
        Some(span) => finding.at(span),
        None => finding,
    }
}
