//! What has changed in a section since its counterpart was agreed: figures and words.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::state::{State, folded};
use crate::project::Agreed;

/// Most words on both sides between the first and the last change that are compared one by one.
const COMPARED: usize = 8_000;
/// Words that may stand between two changes for them to be told as one.
const BETWEEN: usize = 1;
/// Words before a change that are told with it.
const BEFORE: usize = 4;

/// What has changed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changes {
    /// Bound figures, by name.
    pub figures: Vec<FigureChange>,
    /// Words, from the start. A change that is a figure's alone is not told again.
    pub words: Vec<WordChange>,
}

/// A bound figure that shows something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureChange {
    /// The name it is asked for by.
    pub name: String,
    /// What it showed; nothing when it is new.
    pub was: String,
    /// What it shows; nothing when it is gone.
    pub is: String,
}

/// Words that stand in place of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordChange {
    /// The words before it.
    pub after: String,
    /// What stood there; nothing when words were added.
    pub was: String,
    /// What stands there; nothing when words were taken out.
    pub is: String,
}

impl Changes {
    /// What has changed between the state that was agreed and the present one; none when it says the same.
    pub fn between(agreed: &Agreed, now: &State) -> Option<Changes> {
        let (old, new) = (folded(&agreed.text), folded(&now.text));
        if old == new {
            return None;
        }
        let figures = figure_changes(&agreed.figures, &now.figures);
        let told: BTreeSet<(&str, &str)> =
            figures.iter().map(|change| (change.was.as_str(), change.is.as_str())).collect();
        let mut words = word_changes(&old, &new);
        words.retain(|change| !told.contains(&(bare(&change.was), bare(&change.is))));
        Some(Changes { figures, words })
    }
}

/// A figure in running text without the mark after it.
fn bare(words: &str) -> &str {
    words.trim_end_matches(['.', ',', ';', ':', ')']).trim_start_matches('(')
}

fn figure_changes(old: &[(String, String)], new: &[(String, String)]) -> Vec<FigureChange> {
    let by_name = |figures: &[(String, String)]| {
        let mut by_name: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, shows) in figures {
            by_name.entry(name.clone()).or_default().push(shows.clone());
        }
        by_name
    };
    let (was, mut is) = (by_name(old), by_name(new));
    let mut changes = Vec::new();
    for (name, was) in was {
        let is = is.remove(&name).unwrap_or_default();
        if was == is {
            continue;
        }
        // A name that a loop asks for shows many figures: only those that differ are told.
        let (mut gone, mut come) = (was.clone(), is.clone());
        gone.retain(|shows| !is.contains(shows));
        come.retain(|shows| !was.contains(shows));
        for at in 0..gone.len().max(come.len()) {
            let shown = |list: &[String]| list.get(at).cloned().unwrap_or_default();
            changes.push(FigureChange { name: name.clone(), was: shown(&gone), is: shown(&come) });
        }
    }
    for (name, is) in is {
        changes.extend(is.into_iter().map(|is| FigureChange {
            name: name.clone(),
            was: String::new(),
            is,
        }));
    }
    changes
}

fn word_changes(old: &str, new: &str) -> Vec<WordChange> {
    let old: Vec<&str> = old.split(' ').collect();
    let new: Vec<&str> = new.split(' ').collect();
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - start;
    let back = old.iter().rev().zip(new.iter().rev());
    let end = back.take(rest).take_while(|(a, b)| a == b).count();
    let (middle_old, middle_new) = (&old[start..old.len() - end], &new[start..new.len() - end]);
    let ops = if middle_old.len() + middle_new.len() > COMPARED {
        vec![DiffOp::Replace {
            old_index: 0,
            old_len: middle_old.len(),
            new_index: 0,
            new_len: middle_new.len(),
        }]
    } else {
        capture_diff_slices(Algorithm::Myers, middle_old, middle_new)
    };
    // Ranges of the old and the new words that differ, with near ones joined.
    let mut ranges: Vec<(std::ops::Range<usize>, std::ops::Range<usize>)> = Vec::new();
    for op in ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. })) {
        let (was, is) = (op.old_range(), op.new_range());
        match ranges.last_mut() {
            Some((last_was, last_is)) if was.start - last_was.end <= BETWEEN => {
                *last_was = last_was.start..was.end;
                *last_is = last_is.start..is.end;
            }
            _ => ranges.push((was, is)),
        }
    }
    ranges
        .into_iter()
        .map(|(was, is)| {
            let at = start + is.start;
            WordChange {
                after: new[at.saturating_sub(BEFORE)..at].join(" "),
                was: middle_old[was].join(" "),
                is: middle_new[is].join(" "),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(after: &str, was: &str, is: &str) -> WordChange {
        WordChange { after: after.into(), was: was.into(), is: is.into() }
    }

    #[test]
    fn words_that_differ_are_told_with_those_before_them() {
        let old = "We will open a clinic in the spring term and tell you when it is ready.";
        let new = "We will open two clinics in the summer term and tell you when it is.";
        let expected = [
            change("We will open", "a clinic", "two clinics"),
            change("two clinics in the", "spring", "summer"),
            change("tell you when it", "is ready.", "is."),
        ];
        assert_eq!(word_changes(old, new), expected);
        assert_eq!(word_changes("a b", "a x b"), [change("a", "", "x")]);
        assert_eq!(word_changes("a x b", "a b"), [change("a", "x", "")]);
        assert_eq!(word_changes("", "a"), [change("", "", "a")]);
    }

    #[test]
    fn near_changes_are_one() {
        assert_eq!(word_changes("a b c d e", "a x c y e"), [change("a", "b c d", "x c y")]);
    }

    #[test]
    fn a_text_that_is_wholly_new_is_no_hours_work() {
        let words = |stem: &str| (0..60_000).map(|i| format!("{stem}{i} ")).collect::<String>();
        assert_eq!(word_changes(words("a").trim(), words("b").trim()).len(), 1);
    }

    #[test]
    fn of_a_name_with_many_figures_those_that_differ_are_told() {
        let figures = |list: &[(&str, &str)]| -> Vec<(String, String)> {
            list.iter().map(|(name, shows)| ((*name).into(), (*shows).into())).collect()
        };
        let old = figures(&[("x.n", "1"), ("x.n", "2"), ("y", "5%"), ("z", "9")]);
        let new = figures(&[("x.n", "1"), ("x.n", "3"), ("y", "5%"), ("w", "8")]);
        let changes = figure_changes(&old, &new);
        let told: Vec<(&str, &str, &str)> =
            changes.iter().map(|c| (c.name.as_str(), c.was.as_str(), c.is.as_str())).collect();
        assert_eq!(told, [("x.n", "2", "3"), ("z", "9", ""), ("w", "", "8")]);
    }
}
