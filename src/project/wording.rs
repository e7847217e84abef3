//! How the words of an edition are judged, and which of its sections answer to which.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::diag::Severity;
use crate::source::{At, FileId, Span};

/// `[readability]` of an edition's profile: what is looked for in its words, and the limits.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Limits {
    /// Words in a sentence.
    pub sentence_words: Bounds,
    /// The reading age of the whole document, in years.
    pub reading_age: Bounds,
    /// The reading age of each section, in years.
    pub section_reading_age: Bounds,
    /// The faults that are looked for, each with its weight.
    pub wording: BTreeMap<Wording, Severity>,
    /// Acronyms and words that may stand.
    pub allow: BTreeSet<String>,
    /// Whether one finding sums up the document, in place of one a sentence.
    pub summary: bool,
}

/// Limits of one measure: above `warn` is a warning, above `fail` an error.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bounds {
    /// The most that is well.
    pub warn: Option<f64>,
    /// The most that is let through.
    pub fail: Option<f64>,
}

impl Bounds {
    /// The weight of `value`, and the limit that it breaks.
    pub fn broken_by(&self, value: f64) -> Option<(Severity, f64)> {
        let over = |limit: Option<f64>| limit.filter(|limit| value > *limit);
        let failed = over(self.fail).map(|limit| (Severity::Error, limit));
        failed.or_else(|| over(self.warn).map(|limit| (Severity::Warning, limit)))
    }
}

/// A fault of wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wording {
    /// A sentence with a second clause.
    TwoIdeas,
    /// A sentence that does not say who does it.
    Passive,
    /// A word with a plainer one.
    Jargon,
    /// Letters for words.
    Acronym,
    /// A percentage.
    Percentage,
    /// Two negatives that undo each other.
    DoubleNegative,
    /// Words in capitals.
    Capitals,
    /// Words in italics.
    Italics,
}

impl Wording {
    /// Each with the word that profiles use.
    pub const WORDS: &'static [(&'static str, Wording)] = &[
        ("two-ideas", Wording::TwoIdeas),
        ("passive", Wording::Passive),
        ("jargon", Wording::Jargon),
        ("acronym", Wording::Acronym),
        ("percentage", Wording::Percentage),
        ("double-negative", Wording::DoubleNegative),
        ("capitals", Wording::Capitals),
        ("italics", Wording::Italics),
    ];
}

/// A hard word with a plainer one: an entry of `content/words.toml`, or of the list that is built in.
#[derive(Debug, Clone, PartialEq)]
pub struct HardWord {
    /// The hard word or words, as written in the list.
    pub hard: At<String>,
    /// What to write in its place.
    pub plain: String,
}

/// `[pairs]` of an edition's profile: which sections of another edition it must answer.
#[derive(Debug, Clone, PartialEq)]
pub struct PairRules {
    /// The edition that is answered: `full`.
    pub with: At<String>,
    /// The deepest level of heading that needs a counterpart.
    pub levels: u8,
    /// The documents this holds for; all that come in both editions when empty.
    pub documents: Vec<At<String>>,
}

/// `content/agreed/DOCUMENT.EDITION.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreedFile {
    /// The file.
    pub file: FileId,
    /// Its records.
    pub sections: Vec<Agreed>,
}

/// The state of a section that its counterpart was agreed against.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreed {
    /// The id of the section.
    pub section: At<String>,
    /// Who agreed.
    pub by: At<String>,
    /// When.
    pub on: At<NaiveDate>,
    /// What the section said, spaces folded.
    pub text: String,
    /// The bound figures in it, in reading order: the name each was asked for by, and what it showed.
    pub figures: Vec<(String, String)>,
    /// The whole record.
    pub span: Span,
}
