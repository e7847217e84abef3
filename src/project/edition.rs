//! Editions: how one document comes in several forms for several readers.
//!
//! A profile (`templates/editions/NAME.toml`) says what an edition changes: theme tokens, blocks
//! that it leaves out, how it writes numbers, how long it may be. What it does not say it takes
//! from the edition it is based on. `load` puts profile and bases together into an [`Edition`].

use std::collections::BTreeSet;

use crate::project::{Limits, PairRules, Theme};
use crate::source::{At, FileId};

/// The edition of a template that names none, and the base of most others.
pub const FULL: &str = "full";

/// One edition, with all it takes from those it is based on.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The name that templates and the command line use: `large-print`.
    pub name: String,
    /// Its profile.
    pub file: FileId,
    /// What people who choose an edition call it: "Large print".
    pub title: String,
    /// What its cover and its file's title say of it: "Easy read". The full edition needs no word.
    pub label: Option<String>,
    /// The editions it is based on, the nearest first.
    pub based_on: Vec<String>,
    /// Directives, tables and lists that it leaves out, where its profile names them.
    pub leave_out: Vec<At<String>>,
    /// The theme, with the edition's own tokens.
    pub theme: Theme,
    /// How figures are written.
    pub numbers: Numbers,
    /// How ratings are shown.
    pub ratings: RatingLook,
    /// Whether bold words are hard words, which must be explained.
    pub hard_words: bool,
    /// Tables of more columns than this go row by row.
    pub table_columns: Option<u32>,
    /// Whether contents show the picture of each section.
    pub pictured_contents: bool,
    /// Whether the cover names the partners.
    pub partners_on_cover: bool,
    /// How many pages it may have.
    pub length: Length,
    /// What is looked for in its words; nothing when absent.
    pub readability: Option<Limits>,
    /// Which sections of another edition it must answer.
    pub pairs: Option<PairRules>,
}

impl Edition {
    /// Whether it shows what is only for the edition `name`: it is that edition, or based on it.
    pub fn is_a(&self, name: &str) -> bool {
        self.name == name || self.based_on.iter().any(|base| base == name)
    }

    /// What it leaves out.
    pub fn left_out(&self) -> BTreeSet<String> {
        self.leave_out.iter().map(|kind| kind.value.clone()).collect()
    }
}

/// How figures that are quoted as they are get written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// GOV.UK style: "58%", "16,935".
    Standard,
    /// The easy way: "about 6 out of 10", "about 17,000".
    Easy,
}

/// How ratings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RatingLook {
    /// A letter on its colour, and the word.
    Chip,
    /// The picture and the words that the scheme gives for easy read.
    Picture,
}

/// How many pages an edition may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Length {
    /// More than this is a warning.
    pub warn: Option<u32>,
    /// More than this stops the document.
    pub most: Option<u32>,
}
