//! Words that were taken out and put in, word by word.

use similar::{Algorithm, ChangeTag, capture_diff_slices};

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Both say it.
    Same(String),
    /// Only the old document says it.
    Out(String),
    /// Only the new one does.
    In(String),
}

/// Most words on both sides that are compared one by one.
const COMPARED: usize = 8_000;

/// What changed from `old` to `new`, in runs of words.
pub fn changed(old: &str, new: &str) -> Vec<Piece> {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (old.split_whitespace().collect(), new.split_whitespace().collect());
    if before.len() + after.len() > COMPARED {
        return vec![Piece::Out(old.to_owned()), Piece::In(new.to_owned())];
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
        for change in op.iter_changes(&before, &after) {
            let word = change.value();
            let last = pieces.last_mut();
            match (change.tag(), last) {
                (ChangeTag::Equal, Some(Piece::Same(words)))
                | (ChangeTag::Delete, Some(Piece::Out(words)))
                | (ChangeTag::Insert, Some(Piece::In(words))) => {
                    words.push(' ');
                    words.push_str(word);
                }
                (ChangeTag::Equal, _) => pieces.push(Piece::Same(word.to_owned())),
                (ChangeTag::Delete, _) => pieces.push(Piece::Out(word.to_owned())),
                (ChangeTag::Insert, _) => pieces.push(Piece::In(word.to_owned())),
            }
        }
    }
    pieces
}

/// How many of the words of both are the same, from 0 to 1. Below a quarter they have nothing in common.
pub fn likeness(one: &str, other: &str) -> f64 {
    let (a, b): (Vec<&str>, Vec<&str>) =
        (one.split_whitespace().collect(), other.split_whitespace().collect());
    if a.len() + b.len() == 0 || a.len() + b.len() > COMPARED {
        return 0.0;
    }
    let ops = capture_diff_slices(Algorithm::Myers, &a, &b);
    let same: usize = ops
        .iter()
        .map(|op| match op {
            similar::DiffOp::Equal { len, .. } => *len,
            _ => 0,
        })
        .sum();
    let ratio = 2.0 * same as f64 / (a.len() + b.len()) as f64;
    if ratio < 0.25 { 0.0 } else { ratio }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_in_runs() {
        assert_eq!(
            changed("It fell to 46% this year.", "It rose to 55% this year."),
            [
                Piece::Same("It".into()),
                Piece::Out("fell".into()),
                Piece::In("rose".into()),
                Piece::Same("to".into()),
                Piece::Out("46%".into()),
                Piece::In("55%".into()),
                Piece::Same("this year.".into()),
            ]
        );
        assert_eq!(changed("", "New words"), [Piece::In("New words".into())]);
        assert!(likeness("one two three four", "one two three five") > 0.7);
        assert!(likeness("one two three four", "a b c d") < 0.01);
    }
}
