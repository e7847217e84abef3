//! Two negatives that undo each other: "not uncommon", "do not unless".

use std::ops::Range;

use super::Sentence;
use super::english::{NEGATIVES, UN_WORDS};

/// How many words apart two negatives still belong together.
const REACH: usize = 5;

/// Words after which another thought begins.
const APART: &[&str] = &[
    "and", "but", "or", "because", "so", "that", "who", "which", "why", "how", "what", "if",
    "whether", "when", "where",
];

/// The first double negative, from one negative to the other.
pub fn double_negative(sentence: &Sentence<'_>) -> Option<Range<usize>> {
    (0..sentence.words.len()).find_map(|first| {
        if !is_negative(sentence, first) {
            return None;
        }
        let last = second(sentence, first)?;
        Some(sentence.span(first, last))
    })
}

/// Whether the word at `at` negates what follows. "No, …" and "not only" do not.
fn is_negative(sentence: &Sentence<'_>, at: usize) -> bool {
    let next = sentence.lower(at + 1);
    let answer = sentence.lower(at) == "no" && sentence.words.get(at + 1).is_some_and(|w| w.parted);
    let more = ["only", "just", "longer", "more", "doubt", "matter", "fewer"].contains(&next);
    NEGATIVES.contains(&sentence.lower(at)) && !answer && !more
}

fn second(sentence: &Sentence<'_>, first: usize) -> Option<usize> {
    // "Not … unless" turns round however far apart they are in a sentence.
    let start = sentence.lower(first);
    for at in first + 1..sentence.words.len() {
        let word = sentence.lower(at);
        let parted = sentence.words.get(at).is_some_and(|word| word.parted);
        if word == "unless" && start != "no" {
            return Some(at);
        }
        if parted || APART.contains(&word) {
            // What follows is another thought, but "unless" may still come.
            return (at..sentence.words.len())
                .find(|&i| sentence.lower(i) == "unless" && start != "no")
                .filter(|_| !["and", "but"].contains(&word));
        }
        let near = at - first <= REACH;
        let fails = ["fail", "lack", "prevent", "avoid", "refuse"].contains(&word)
            && ["to", "not", "never"].contains(&sentence.lower(at - 1));
        let turned = UN_WORDS.contains(&word)
            || word == "without"
            || fails
            || NEGATIVES.contains(&word)
                && !["nor", "neither", "none"].contains(&word)
                && start != word;
        if near && turned && start != "neither" {
            return Some(at);
        }
    }
    None
}
