//! "Rose by 10%" where the figures moved by 10 percentage points.

use std::ops::Range;

use crate::diag::rules::CLAIM_POINTS;
use crate::diag::{Finding, Findings};
use crate::document::{BlockKind, Document, Figure, Inline, walk};
use crate::slips::Passage;
use crate::slips::words::{Word, words};

/// Words that say a share moved.
const MOVED: &[&str] = &[
    "rose",
    "risen",
    "rise",
    "increase",
    "increased",
    "grew",
    "grown",
    "growth",
    "up",
    "fell",
    "fallen",
    "fall",
    "decrease",
    "decreased",
    "dropped",
    "drop",
    "down",
    "improved",
    "improvement",
    "gained",
    "narrowed",
    "widened",
    "better",
    "higher",
    "lower",
    "ahead",
    "behind",
    "above",
    "below",
];
/// How far a difference may be from the one that is said, in percentage points.
const NEAR: f64 = 0.051;
/// How far a growth in per cent may be from the one that is said.
const HALF: f64 = 0.51;

/// Sentences of `document` that give a difference of two shares in per cent.
pub fn points(document: &Document) -> Findings {
    let mut findings = Findings::default();
    walk(&document.blocks, &mut |block| {
        if let BlockKind::Paragraph(paragraph) = &block.kind {
            let (mut text, mut figures) = (String::new(), Vec::new());
            flatten(&paragraph.content, &mut text, &mut figures);
            findings.extend(examine(&text, &figures));
        }
    });
    findings
}

/// The words of a paragraph, and its figures with the byte each begins at.
fn flatten<'d>(content: &'d [Inline], text: &mut String, figures: &mut Vec<(usize, &'d Figure)>) {
    for inline in content {
        match inline {
            Inline::Text { text: words } => text.push_str(words),
            Inline::Figure(figure) => {
                figures.push((text.len(), figure));
                text.push_str(&figure.text);
            }
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Held { content, .. }
            | Inline::Link { content, .. } => flatten(content, text, figures),
            Inline::Status(status) => text.push_str(&status.word),
            Inline::Break => text.push(' '),
            // A note is a text of its own.
            Inline::Footnote { .. } => {}
        }
    }
}

/// Sentences of a passage that was typed without a bound figure.
pub(super) fn typed(passage: &Passage<'_>, all: &[Word<'_>], found: &mut Vec<Finding>) {
    for sentence in sentences(all).filter(|_| !passage.quoted) {
        if let Some(slip) = slip(sentence, &[]) {
            found.push(slip.finding().at(passage.part(slip.range)));
        }
    }
}

/// Bound sentences of a paragraph; [`typed`] sees the others.
fn examine(text: &str, figures: &[(usize, &Figure)]) -> Vec<Finding> {
    let all = words(text);
    let mut found = Vec::new();
    for sentence in sentences(&all) {
        let (Some(first), Some(last)) = (sentence.first(), sentence.last()) else { continue };
        let inside = first.range.start..=last.range.end;
        let own: Vec<(usize, &Figure)> =
            figures.iter().copied().filter(|(at, _)| inside.contains(at)).collect();
        let Some(used) = own.iter().find_map(|(_, figure)| figure.trace.used) else { continue };
        found.extend(slip(sentence, &own).map(|slip| slip.finding().at(used)));
    }
    found
}

fn sentences<'w, 't>(all: &'w [Word<'t>]) -> impl Iterator<Item = &'w [Word<'t>]> {
    all.split_inclusive(|word| word.ends())
}

/// A difference of two shares that is told in per cent.
struct Slip {
    said: f64,
    low: f64,
    high: f64,
    range: Range<usize>,
}

impl Slip {
    fn finding(&self) -> Finding {
        let (said, low, high) = (self.said, self.low, self.high);
        let message = format!(
            "\"by {said}%\" is said here, and {low}% and {high}% are {said} percentage points apart"
        );
        Finding::new(&CLAIM_POINTS, message)
            .help("write \"percentage points\", or {{ change(a, b) }} for the difference")
    }
}

fn slip(sentence: &[Word<'_>], figures: &[(usize, &Figure)]) -> Option<Slip> {
    let moved = |word: &Word<'_>| MOVED.contains(&word.text.to_lowercase().as_str());
    if !sentence.iter().any(moved) {
        return None;
    }
    let share = |(at, word): (usize, &Word<'_>)| {
        let value: f64 = word.text.parse().ok().filter(|_| word.after.starts_with('%'))?;
        Some((at, value))
    };
    let shares: Vec<(usize, f64)> = sentence.iter().enumerate().filter_map(share).collect();
    let is_by = |at: usize| at.checked_sub(1).is_some_and(|before| sentence[before].text == "by");
    let &(at, said) = shares.iter().find(|(at, _)| is_by(*at))?;
    let others: Vec<(usize, f64)> = shares.into_iter().filter(|(other, _)| *other != at).collect();
    let pairs: Vec<(f64, f64)> = match others.as_slice() {
        [(_, one), (_, other)] => vec![(*one, *other)],
        // "It rose by 10%, to 50%": the other end is among the figures of other times.
        [(word, only)] => figures
            .iter()
            .filter(|(start, _)| *start == sentence[*word].range.start)
            .flat_map(|(_, figure)| &figure.trace.among)
            .flat_map(|ends| [(ends.lowest, *only), (ends.highest, *only)])
            .collect(),
        _ => Vec::new(),
    };
    let (low, high) = pairs
        .into_iter()
        .map(|(one, other)| (one.min(other), one.max(other)))
        .find(|(low, high)| are_points(*low, *high, said))?;
    let word = &sentence[at];
    Some(Slip { said, low, high, range: word.range.start..word.range.end + 1 })
}

/// Whether two shares are `said` percentage points apart, and neither is `said` per cent of the other away.
fn are_points(low: f64, high: f64, said: f64) -> bool {
    let apart = high - low;
    let is_share = |base: f64| base > 0.0 && (apart / base * 100.0 - said).abs() <= HALF;
    (apart - said).abs() <= NEAR && !is_share(low) && !is_share(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> bool {
        let all = words(text);
        sentences(&all).any(|sentence| slip(sentence, &[]).is_some())
    }

    #[test]
    fn a_difference_of_shares_is_in_points() {
        assert!(found("It rose by 10%, from 40% to 50%."));
        assert!(found("The share fell from 31.5% to 30% and so by 1.5%."));
        assert!(!found("It rose by 25%, from 40% to 50%."));
        assert!(!found("It rose by 10 percentage points, from 40% to 50%."));
        assert!(!found("It rose by 10%. It went from 40% to 50%."));
    }
}
