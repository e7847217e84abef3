//! Counts of a text, and the readability formulas over them.

use std::iter::Sum;
use std::ops::Add;

use super::sentences::{sentences, words};
use super::syllables::syllables;

/// What readability formulas count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Words.
    pub words: usize,
    /// Sentences.
    pub sentences: usize,
    /// Syllables.
    pub syllables: usize,
    /// Words of three syllables or more.
    pub long_words: usize,
    /// Words of the longest sentence.
    pub longest: usize,
}

impl Counts {
    /// Counts `text`, each of its sentences and words.
    pub fn of(text: &str) -> Self {
        sentences(text).into_iter().map(|range| Counts::of_sentence(&text[range])).sum()
    }

    /// Counts one sentence.
    pub fn of_sentence(sentence: &str) -> Self {
        let mut counts = Counts { sentences: 1, ..Counts::default() };
        for (_, word) in words(sentence) {
            let beats = syllables(word);
            counts.words += 1;
            counts.syllables += beats;
            counts.long_words += usize::from(beats >= 3);
        }
        counts.longest = counts.words;
        counts
    }

    /// Flesch reading ease, about 0 (hard) to 100 (easy): R. Flesch, "A new readability yardstick",
    /// 1948. None without words.
    pub fn flesch(&self) -> Option<f64> {
        let (length, beats) = self.means()?;
        Some(206.835 - 1.015 * length - 84.6 * beats)
    }

    /// The Flesch–Kincaid grade, in years of school in the USA: J. P. Kincaid and others, 1975.
    /// None without words.
    pub fn grade(&self) -> Option<f64> {
        let (length, beats) = self.means()?;
        Some(0.39 * length + 11.8 * beats - 15.59)
    }

    /// The SMOG grade: G. H. McLaughlin, 1969. It holds for 30 sentences or more; none for fewer.
    pub fn smog(&self) -> Option<f64> {
        let per_thirty = 30.0 * self.long_words as f64 / self.sentences as f64;
        (self.sentences >= SMOG_SENTENCES).then(|| 1.0430 * per_thirty.sqrt() + 3.1291)
    }

    /// The age, in years, at which people in the UK read such a text: the grade and five, for
    /// children start the first grade at six. Never less than five.
    pub fn reading_age(&self) -> Option<f64> {
        self.grade().map(|grade| (grade + 5.0).max(5.0))
    }

    /// Words a sentence and syllables a word.
    fn means(&self) -> Option<(f64, f64)> {
        if self.words == 0 || self.sentences == 0 {
            return None;
        }
        let words = self.words as f64;
        Some((words / self.sentences as f64, self.syllables as f64 / words))
    }
}

/// Fewest sentences for which SMOG is valid.
const SMOG_SENTENCES: usize = 30;

impl Add for Counts {
    type Output = Counts;

    fn add(self, other: Counts) -> Counts {
        Counts {
            words: self.words + other.words,
            sentences: self.sentences + other.sentences,
            syllables: self.syllables + other.syllables,
            long_words: self.long_words + other.long_words,
            longest: self.longest.max(other.longest),
        }
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Counts>>(counts: I) -> Counts {
        counts.fold(Counts::default(), Counts::add)
    }
}
