//! Slips of the hand in what officers typed, in narrative and in the plan's own texts alike.
//!
//! Each family reads one passage at a time and would rather miss a slip than report one that is
//! none. [`slips`] looks at the files, so that each finding has its own line and column;
//! [`points`] looks at a finished Document, where bound figures have their numbers.

mod dates;
mod gather;
mod left_in;
mod names;
mod points;
mod states;
mod totals;
mod words;

use chrono::NaiveDate;

use crate::check::Mentions;
use crate::diag::{Finding, Findings};
use crate::figures::Read;
use crate::project::Project;
use crate::source::Span;

pub use points::points;

/// A paragraph, heading, cell, attribute or text of the plan, as it was typed.
struct Passage<'p> {
    /// Its letters, with expressions, links and marks of Markdown masked, byte for byte.
    text: String,
    /// Where it stands.
    span: Span,
    /// Whether somebody else said it: then its words are theirs.
    quoted: bool,
    /// Whether it is narrative, and no text of the plan.
    narrative: bool,
    /// The day that its documents speak for; none for a text of the plan.
    day: Option<NaiveDate>,
    /// The documents that show it; none for a text of the plan, which any may show.
    documents: &'p [String],
}

impl Passage<'_> {
    /// The place of some bytes of it.
    fn part(&self, range: std::ops::Range<usize>) -> Span {
        let start = self.span.start as usize;
        Span::new(self.span.file, start + range.start..start + range.end)
    }
}

/// The slips in `files` and in the plan's texts.
pub fn slips(project: &Project, files: &[Read]) -> Findings {
    let mut gathered = gather::Gathered::default();
    for read in files {
        gathered.file(project, read);
    }
    gathered.plan(project);
    let mentions = Mentions::of(&project.plan);
    let names = names::Names::of(project);
    let known = dates::Known::of(project);
    let mut findings = Findings::default();
    for passage in &gathered.passages {
        let words = words::words(&passage.text);
        let mut found: Vec<Finding> = Vec::new();
        left_in::placeholders(passage, &words, &mut found);
        left_in::doubled(passage, &words, &mut found);
        dates::weekdays(passage, &words, &mut found);
        dates::impossible(passage, &words, &mut found);
        known.other_years(passage, &words, &mut found);
        names.near(passage, &words, &mut found);
        points::typed(passage, &words, &mut found);
        if passage.narrative {
            for (word, range) in mentions.unknown(&passage.text) {
                found.push(mentions.finding(word, passage.part(range)));
            }
        }
        let of_documents = |finding: Finding| {
            passage.documents.iter().fold(finding, |finding, name| finding.of_document(name))
        };
        findings.extend(found.into_iter().map(of_documents));
    }
    findings.extend(states::two_states(&gathered.passages));
    for (table, documents) in &gathered.tables {
        let of_documents = |finding: Finding| {
            documents.iter().fold(finding, |finding, name| finding.of_document(name))
        };
        findings.extend(totals::totals(table, &project.sources).into_iter().map(of_documents));
    }
    findings
}
