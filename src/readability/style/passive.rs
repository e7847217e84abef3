//! The passive: "The plan was agreed by the board".

use std::ops::Range;

use super::Sentence;
use super::english::{BE, BETWEEN, IRREGULAR, NO_PARTICIPLES, STATES};

/// Most words between "be" and its participle.
const GAP: usize = 2;

/// The first passive of a sentence: from its form of "be" to the participle.
pub fn passive(sentence: &Sentence<'_>) -> Option<Range<usize>> {
    (0..sentence.words.len()).find_map(|at| {
        let is_be = BE.contains(&sentence.lower(at));
        // "There are limited places": what follows belongs to the places.
        let there = at > 0 && sentence.lower(at - 1) == "there";
        if !is_be || there {
            return None;
        }
        let last = participle(sentence, at)?;
        Some(sentence.span(at, last))
    })
}

/// The participle that belongs to the "be" at `be`.
fn participle(sentence: &Sentence<'_>, be: usize) -> Option<usize> {
    for at in be + 1..=be + 1 + GAP {
        let word = sentence.words.get(at)?;
        if word.parted {
            return None;
        }
        let by = sentence.lower(at + 1) == "by" && !is_time(sentence.lower(at + 2));
        if is_participle(&word.lower) {
            return (by || !STATES.contains(&word.lower.as_str())).then_some(at).filter(|_| {
                // "is used to waiting", "was left alone" say how things are.
                by || !is_adjective(sentence, at)
            });
        }
        let adverb = word.lower.ends_with("ly") && word.lower.len() > 4;
        if !adverb && !BETWEEN.contains(&word.lower.as_str()) {
            return None;
        }
    }
    None
}

/// Whether the participle at `at` stands before the noun that it belongs to: "are trained staff".
fn is_adjective(sentence: &Sentence<'_>, at: usize) -> bool {
    const NOUNS: &[&str] =
        &["staff", "people", "children", "teachers", "places", "workers", "adults"];
    NOUNS.contains(&sentence.lower(at + 1))
}

fn is_time(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        || [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
            "then",
            "now",
            "friday",
            "monday",
        ]
        .contains(&word)
}

fn is_participle(word: &str) -> bool {
    if IRREGULAR.contains(&word) || STATES.contains(&word) {
        return true;
    }
    word.len() > 4 && word.ends_with("ed") && !word.contains('-') && !NO_PARTICIPLES.contains(&word)
}
