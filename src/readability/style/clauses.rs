//! Two ideas in a sentence: a second clause with a verb of its own.

use std::ops::Range;

use super::Sentence;
use super::english::{DETERMINERS, FINITE, IRREGULAR, PLAIN_SUBJECTS, PLAIN_VERBS, SUBJECTS};

/// Words that open a clause which says something more.
const JOINS: &[&str] =
    &["but", "because", "although", "though", "whereas", "unless", "however", "whilst"];
/// Words that join clauses, and smaller things as well.
const ANDS: &[&str] = &["and", "or", "so"];
/// Words that open a clause inside another, whose verb is not that of what stands before.
const OPENERS: &[&str] =
    &["that", "if", "when", "where", "how", "what", "why", "who", "which", "because", "to"];
/// How many words a subject may take before its verb.
const SUBJECT: usize = 6;

/// Where a second idea begins: from the word that joins it to the verb it has.
pub fn two_ideas(sentence: &Sentence<'_>) -> Option<Range<usize>> {
    (1..sentence.words.len()).find_map(|at| {
        let join = sentence.lower(at);
        let semicolon = after_semicolon(sentence, at);
        if !(JOINS.contains(&join) || ANDS.contains(&join) || join == "which" || semicolon) {
            return None;
        }
        // In capitals it belongs to a name: "Support Whilst You Wait".
        let is_name = sentence.words.get(at)?.text.starts_with(char::is_uppercase);
        if is_name || !has_verb(sentence, 0, at) {
            return None;
        }
        let verb = if JOINS.contains(&join) || join == "which" && adds(sentence, at) {
            verb_after(sentence, at, SUBJECT + 2)?
        } else if ANDS.contains(&join) {
            own_clause(sentence, at)?
        } else if semicolon {
            verb_after(sentence, at - 1, SUBJECT + 2)?
        } else {
            return None;
        };
        Some(sentence.span(at, verb))
    })
}

/// Whether "which" at `at` adds a thought: after a comma, or after one and a preposition. Elsewhere
/// it may choose ("they judged which changes would help").
fn adds(sentence: &Sentence<'_>, at: usize) -> bool {
    let parted = |i: usize| sentence.words.get(i).is_some_and(|word| word.parted);
    parted(at) || parted(at - 1)
}

/// Whether a finite verb stands among the words from `from` to before `to`.
fn has_verb(sentence: &Sentence<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| is_verb(sentence, at))
}

/// Whether the word at `at` is a finite verb, as far as its neighbours tell.
fn is_verb(sentence: &Sentence<'_>, at: usize) -> bool {
    let word = sentence.lower(at);
    let before = if at > 0 { sentence.lower(at - 1) } else { "" };
    // "the may", "a will", "to have" and "of left" are none.
    let barred = ["the", "a", "an", "to", "of", "your", "our", "their", "this"].contains(&before);
    if FINITE.contains(&word) {
        return !barred;
    }
    let adverbs = ["also", "often", "always", "never", "still", "all", "both", "now", "only"];
    let subject = if adverbs.contains(&before) && at > 1 { sentence.lower(at - 2) } else { before };
    PLAIN_SUBJECTS.contains(&subject) && (PLAIN_VERBS.contains(&word) || is_past(word))
        || ["he", "she", "it", "which"].contains(&subject) && (is_past(word) || is_plain_s(word))
}

fn is_past(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed")
}

/// "which worries": a plain verb in its -s form.
fn is_plain_s(word: &str) -> bool {
    let stem =
        |ending: &str, instead: &str| word.strip_suffix(ending).map(|w| format!("{w}{instead}"));
    [stem("s", ""), stem("es", ""), stem("ies", "y")]
        .iter()
        .flatten()
        .any(|stem| PLAIN_VERBS.contains(&stem.as_str()))
}

/// The first finite verb of the few words after `at`.
fn verb_after(sentence: &Sentence<'_>, at: usize, within: usize) -> Option<usize> {
    (at + 1..sentence.words.len().min(at + 1 + within)).find(|&i| is_verb(sentence, i))
}

/// The verb of a clause that "and" at `at` opens: it has a subject of its own, or is a verb itself.
fn own_clause(sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    if is_list(sentence, at) {
        return None;
    }
    let next = sentence.lower(at + 1);
    if FINITE.contains(&next) {
        // "are planned and improved" has one "are" for both.
        let shared = is_past(next) || IRREGULAR.contains(&next);
        return (!shared && sentence.lower(at) != "so").then_some(at + 1);
    }
    if SUBJECTS.contains(&next) {
        return verb_after(sentence, at + 1, 3);
    }
    if !DETERMINERS.contains(&next) {
        return None;
    }
    let verb = verb_after(sentence, at + 1, SUBJECT)?;
    // "and the results we want": the verb is that of a clause inside the subject.
    let inside = |word: &str| OPENERS.contains(&word) || SUBJECTS.contains(&word);
    (!(at + 2..verb).any(|i| inside(sentence.lower(i)))).then_some(verb)
}

/// Whether "and" at `at` joins parts of a list whose verb comes after it: "we hope that schools and
/// the council are", "children, parents and staff are".
fn is_list(sentence: &Sentence<'_>, at: usize) -> bool {
    let parted = |i: usize| sentence.words.get(i).is_some_and(|word| word.parted);
    let opens = |i: usize| OPENERS.contains(&sentence.lower(i));
    let start = (1..at).rev().find(|&i| parted(i) || opens(i));
    !parted(at) && start.is_some_and(|start| !has_verb(sentence, start, at))
}

fn after_semicolon(sentence: &Sentence<'_>, at: usize) -> bool {
    let (Some(before), Some(word)) = (sentence.words.get(at - 1), sentence.words.get(at)) else {
        return false;
    };
    sentence.text.get(before.range.end..word.range.start).is_some_and(|gap| gap.contains(';'))
}
