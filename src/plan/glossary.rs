//! The glossary: terms, their short forms, and what they mean.

use crate::source::{At, Span};

/// A term of the glossary: `[[term]]`.
#[derive(Debug, Clone)]
pub struct Term {
    /// As it is written inside a sentence: "education, health and care plan".
    pub name: At<String>,
    /// Short forms that stand for it: "EHC plan", "EHCP".
    pub short: Vec<At<String>>,
    /// What it means.
    pub means: Option<At<String>>,
    /// What it means, in easy words.
    pub easy: Option<At<String>>,
    /// Other names for it.
    pub also: Vec<At<String>>,
    /// Everybody knows it: it is neither written out nor printed in the glossary.
    pub known: bool,
    /// The whole record.
    pub span: Span,
}

impl Term {
    /// Every word or phrase that stands for it: its name, its short forms, its other names.
    pub fn forms(&self) -> impl Iterator<Item = &At<String>> {
        std::iter::once(&self.name).chain(&self.short).chain(&self.also)
    }
}
