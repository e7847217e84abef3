//! A year or a month that was typed beside a bound figure of another time: "In March 2024, 61% (March 2025)".
//!
//! A figure that moves with the data leaves the words around it behind. Only where a sentence says when:
//! one typed time after "in", "at" or the like, and bound figures of one other time.

use crate::diag::{Finding, Findings, rules};
use crate::document::{Document, Figure, walk};
use crate::figures::claims::{flatten, prose};
use crate::figures::holdings::Period;
use crate::figures::place::times;
use crate::figures::sentence::{TokenKind, sentences};

/// Words that put a sentence's figures into the time after them.
const WHEN: &[&str] = &["in", "at", "during", "for", "by", "as"];
/// Words that may stand between those and the time.
const PART: &[&str] = &[
    "the",
    "end",
    "of",
    "academic",
    "school",
    "financial",
    "calendar",
    "year",
    "at",
    "early",
    "late",
];
/// Words of a sentence that tells of several times.
const SEVERAL: &[&str] = &[
    "since",
    "from",
    "than",
    "between",
    "until",
    "before",
    "after",
    "compared",
    "then",
    "previous",
    "previously",
    "earlier",
    "up",
    "down",
    "against",
    "was",
    "were",
    "rose",
    "fell",
    "will",
    "target",
];

/// Where `document` types a time beside bound figures of another.
pub fn beside(document: &Document) -> Findings {
    let mut findings = Findings::default();
    walk(&document.blocks, &mut |block| {
        for content in prose(block) {
            let (mut text, mut figures) = (String::new(), Vec::new());
            flatten(content, &mut text, &mut figures);
            if figures.is_empty() {
                continue;
            }
            let mut used = 0;
            for sentence in sentences(&text) {
                let count =
                    sentence.tokens.iter().filter(|t| t.kind == TokenKind::Expression).count();
                let own = figures.get(used..used + count).unwrap_or_default();
                used += count;
                let word = |at: usize| {
                    sentence.tokens.get(at).map_or(String::new(), |t| t.text.to_lowercase())
                };
                if (0..sentence.tokens.len()).any(|at| SEVERAL.contains(&word(at).as_str())) {
                    continue;
                }
                let typed = times(&sentence);
                let [(range, typed)] = typed.as_slice() else { continue };
                let lead = (0..range.start).rev().find(|at| !PART.contains(&word(*at).as_str()));
                if !lead.is_some_and(|lead| WHEN.contains(&word(lead).as_str())) {
                    continue;
                }
                let said: String = (range.start..range.end)
                    .filter_map(|at| sentence.tokens.get(at))
                    .map(|token| token.text.clone())
                    .collect::<Vec<_>>()
                    .join(" ");
                findings.extend(other(own, *typed).map(|figure| finding(figure, &said)));
            }
        }
    });
    findings
}

/// A figure of another time than was typed; none where one is of that time, or not all are of one time.
fn other<'d>(figures: &[&'d Figure], typed: Period) -> Option<&'d Figure> {
    let timed: Vec<(&Figure, Period)> = figures
        .iter()
        .filter(|figure| figure.trace.series.is_some() && figure.trace.number.is_some())
        .filter_map(|figure| Some((*figure, period(figure)?)))
        .collect();
    let (figure, first) = timed.first()?;
    let is_other = timed.len() == figures.len()
        && timed.iter().all(|(_, period)| period == first)
        && !first.meets(typed);
    is_other.then_some(*figure)
}

/// The time that a figure holds for, by its words.
fn period(figure: &Figure) -> Option<Period> {
    let at = figure.at.as_ref()?;
    let found = sentences(at);
    let all = times(found.first()?);
    match all.as_slice() {
        [(range, period)] if range.start == 0 => Some(*period),
        _ => None,
    }
}

fn finding(figure: &Figure, said: &str) -> Finding {
    let at = figure.at.as_deref().unwrap_or_default();
    let message = format!("\"{said}\" is typed beside {}, which is of {at}", figure.text);
    let help =
        "print the figure's own period, {{ \u{2026}.period }}, or name the period that is meant";
    let finding = Finding::new(&rules::FIGURE_PERIOD, message).help(help);
    match figure.trace.used {
        Some(span) => finding.at(span),
        None => finding,
    }
}
