//! Several copies of one document: changes of the same words, and changes that say the same.

use super::place::{Meaning, TextEdit};
use super::review::Change;

/// Marks changes of the same words that say different things, and joins those that say the same.
pub fn mark(changes: &mut [Change]) {
    let mut clashes: Vec<(usize, usize)> = Vec::new();
    let mut same: Vec<(usize, usize)> = Vec::new();
    for one in 0..changes.len() {
        for other in one + 1..changes.len() {
            let (a, b) = (&changes[one], &changes[other]);
            if a.copy == b.copy {
                continue;
            }
            let (a, b) = (a.meaning.edits(), b.meaning.edits());
            if a.is_empty() || b.is_empty() {
                continue;
            }
            if a == b {
                same.push((one, other));
            } else if a.iter().any(|a| b.iter().any(|b| overlap(a, b))) {
                clashes.push((one, other));
            }
        }
    }
    for (one, other) in clashes {
        let version = |change: &Change| {
            let who = change.who.clone().unwrap_or_else(|| format!("file {}", change.copy + 1));
            format!("{who} has \u{201c}{}\u{201d}", change.after)
        };
        let why = format!("{}, {}", version(&changes[one]), version(&changes[other]));
        for change in [one, other] {
            changes[change].meaning = Meaning::Unplaced(format!("two versions: {why}"));
        }
    }
    for (one, other) in same.into_iter().rev() {
        let who = changes[other].who.clone();
        let who = who.unwrap_or_else(|| format!("file {}", changes[other].copy + 1));
        changes[one].also.push(format!("the same from {who}"));
        changes[other].meaning = Meaning::Unplaced(format!("the same as {}", one + 1));
    }
}

fn overlap(a: &TextEdit, b: &TextEdit) -> bool {
    a.path == b.path
        && (a.start < b.end && b.start < a.end
            || a.start == b.start
            || a.start == a.end && b.start < a.start && a.start < b.end
            || b.start == b.end && a.start < b.start && b.start < a.end)
}
