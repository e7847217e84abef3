//! What makes a sentence hard, looked for word by word.
//!
//! No grammar is parsed: each rule knows a few patterns that are nearly always what they seem, and
//! passes over the rest. A rule that cries wolf is soon switched off, so precision comes first; the
//! tests measure it on labelled sentences.

mod clauses;
mod english;
mod marks;
mod negatives;
mod passive;

use std::ops::Range;

pub use clauses::two_ideas;
pub use marks::{acronyms, capitals, percentages};
pub use negatives::double_negative;
pub use passive::passive;

use super::sentences::words;

/// One sentence, taken apart into its words.
#[derive(Debug)]
pub struct Sentence<'t> {
    /// Its text.
    pub text: &'t str,
    /// Its words.
    pub words: Vec<Word<'t>>,
}

/// A word of a sentence.
#[derive(Debug)]
pub struct Word<'t> {
    /// As written, without the marks around it.
    pub text: &'t str,
    /// In small letters, its apostrophe straight.
    pub lower: String,
    /// Its bytes in the sentence.
    pub range: Range<usize>,
    /// Whether a mark that parts clauses stands between it and the word before: a comma, say.
    pub parted: bool,
}

impl<'t> Sentence<'t> {
    /// Takes `text` apart.
    pub fn of(text: &'t str) -> Self {
        let mut out: Vec<Word<'t>> = Vec::new();
        let mut end = 0;
        for (at, word) in words(text) {
            let parts = |c: char| matches!(c, ',' | ';' | ':' | '(' | ')' | '–' | '—');
            let between = text.get(end..at).unwrap_or("");
            let parted = between.contains(parts) || between.contains(" - ");
            end = at + word.len();
            let lower = word.to_lowercase().replace('’', "'");
            out.push(Word { text: word, lower, range: at..end, parted });
        }
        Sentence { text, words: out }
    }

    /// The word at `index` in small letters; empty when there is none.
    fn lower(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |word| word.lower.as_str())
    }

    /// The bytes from the word at `first` to the one at `last`.
    pub fn span(&self, first: usize, last: usize) -> Range<usize> {
        match (self.words.get(first), self.words.get(last)) {
            (Some(first), Some(last)) => first.range.start..last.range.end,
            _ => 0..self.text.len(),
        }
    }
}
