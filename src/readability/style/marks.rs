//! What can be seen by its letters: acronyms, capitals, percentages.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Sentence, Word};

/// Small words that nobody writes in capitals but to shout.
const SHOUTED: &[&str] = &[
    "all",
    "always",
    "and",
    "any",
    "are",
    "but",
    "can",
    "do",
    "every",
    "for",
    "from",
    "has",
    "have",
    "help",
    "important",
    "is",
    "it",
    "must",
    "need",
    "never",
    "new",
    "no",
    "not",
    "now",
    "of",
    "on",
    "only",
    "please",
    "stop",
    "that",
    "the",
    "this",
    "to",
    "very",
    "we",
    "will",
    "with",
    "you",
    "your",
];

/// Acronyms, each with its bytes: two capitals or more in a row. Those in `allowed` may stand.
pub fn acronyms(sentence: &Sentence<'_>, allowed: &BTreeSet<String>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = parts(sentence)
        .filter(|(part, _)| is_acronym(part) && !allowed.contains(*part))
        .map(|(_, range)| range)
        .collect();
    if !found.is_empty() {
        let shouted = capitals(sentence);
        found.retain(|range| !shouted.iter().any(|s| s.start <= range.start && range.end <= s.end));
    }
    found
}

/// Runs of words in capitals: a word that is shouted, or three words and more.
pub fn capitals(sentence: &Sentence<'_>) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < sentence.words.len() {
        let is_capital = |i: usize| sentence.words.get(i).is_some_and(|word| is_capital(word.text));
        let end = (at..).find(|&i| !is_capital(i)).unwrap_or(at);
        let shouts = (at..end).any(|i| SHOUTED.contains(&sentence.lower(i)));
        if end > at && (shouts || end - at >= 3) {
            runs.push(sentence.span(at, end - 1));
        }
        at = end.max(at + 1);
    }
    runs
}

/// Percentages, each with its bytes.
pub fn percentages(sentence: &Sentence<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, word) in sentence.words.iter().enumerate() {
        let lower = word.lower.as_str();
        let per_cent = lower == "per" && sentence.lower(at + 1) == "cent";
        if per_cent {
            found.push(sentence.span(at, at + 1));
        } else if lower.contains('%')
            || follows(sentence, word, '%')
            || ["percent", "percentage", "percentages"].contains(&lower)
        {
            found.push(word.range.clone());
        }
    }
    found
}

/// Whether `mark` stands after `word` with nothing but blanks between.
fn follows(sentence: &Sentence<'_>, word: &Word<'_>, mark: char) -> bool {
    let rest = sentence.text.get(word.range.end..).unwrap_or("");
    rest.trim_start().starts_with(mark)
}

/// The parts of words between hyphens and strokes, with their bytes.
fn parts<'s>(sentence: &'s Sentence<'_>) -> impl Iterator<Item = (&'s str, Range<usize>)> {
    sentence.words.iter().flat_map(|word| {
        let text = word.text.trim_end_matches("’s").trim_end_matches("'s");
        text.split(['-', '/', '–']).map(move |part| {
            let at = word.range.start + (part.as_ptr() as usize - word.text.as_ptr() as usize);
            (part, at..at + part.len())
        })
    })
}

/// "SEND", "EHCPs", "SENCo": two capitals in a row, or "DfE". Names as "McGowan" and figures as "II" are none.
fn is_acronym(part: &str) -> bool {
    let letters = || part.chars();
    let capitals = letters().filter(|c| c.is_uppercase()).count();
    let length = letters().count();
    if capitals < 2 || length > 12 || !letters().all(|c| c.is_alphanumeric() || c == '&') {
        return false;
    }
    let roman = letters().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let in_a_row =
        letters().zip(letters().skip(1)).any(|(a, b)| a.is_uppercase() && b.is_uppercase());
    let ends = [letters().next(), letters().next_back()];
    let short = length <= 4 && ends.iter().flatten().all(|c| c.is_uppercase());
    !roman && (in_a_row || short)
}

fn is_capital(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    letters.clone().nth(1).is_some() && letters.all(char::is_uppercase)
}
