//! How easy a document's words are to read: scores for every section, and the sentences that are hard.
//!
//! It works on the assembled [`Document`], so figures and what loops made are judged as readers
//! meet them. [`read`] counts, [`judge`] holds a document against the limits of its edition.
//!
//! Sentences are split by `unicode-segmentation`. Syllables are counted by an own set of letter
//! rules with a list of exceptions: the crates there are for it carry a pronouncing dictionary of
//! several megabytes. What wording rules know of English are patterns and lists, no grammar.

mod findings;
mod place;
mod plain;
mod prose;
mod score;
mod sentences;
pub mod style;
mod syllables;

use crate::document::Document;
use crate::source::Span;

pub use findings::{Judgement, judge};
pub use plain::HardWords;
pub use prose::{Part, Passage, parts};
pub use score::Counts;
pub use sentences::{sentences, words};
pub use syllables::syllables;

/// The scores of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Each section of level 1 and 2, in reading order. A section of level 1 counts those inside it too.
    pub sections: Vec<Section>,
    /// The whole document.
    pub total: Counts,
}

/// The scores of one section.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// 1 or 2; 0 for what stands before the first heading.
    pub level: u8,
    /// Its heading, with the number.
    pub title: String,
    /// The heading's anchor.
    pub anchor: String,
    /// Where the heading was written.
    pub span: Option<Span>,
    /// What is counted: running text, without headings and labels.
    pub counts: Counts,
}

/// Counts a document, section by section.
pub fn read(document: &Document) -> Reading {
    let parts = parts(document);
    let own: Vec<Counts> = parts.iter().map(Part::counts).collect();
    let sections = parts.iter().enumerate().map(|(at, part)| {
        let rest = parts.iter().zip(&own).skip(at + 1);
        let inside = rest.take_while(|(later, _)| later.level > part.level && part.level > 0);
        Section {
            level: part.level,
            title: part.title.clone(),
            anchor: part.anchor.clone(),
            span: part.span,
            counts: own[at] + inside.map(|(_, counts)| *counts).sum(),
        }
    });
    Reading { sections: sections.collect(), total: own.iter().copied().sum() }
}

impl Part {
    /// Counts its running text.
    pub fn counts(&self) -> Counts {
        let prose = self.passages.iter().filter(|passage| passage.prose);
        prose.map(|passage| Counts::of(&passage.text)).sum()
    }
}
