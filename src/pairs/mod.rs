//! Sections of one edition and their counterparts in another: which there are, which are agreed, and
//! which have changed since.
//!
//! A section and its counterpart have the same id (or the counterpart's heading names the section in
//! `covers`). What was agreed is kept word for word in `content/agreed/`, so that what has changed
//! can be shown, not only that something has.

mod changes;
mod findings;
mod record;
mod state;

use chrono::NaiveDate;

use crate::document::{BlockKind, Document, Heading, walk};
use crate::project::{Agreed, PairRules, Project, Template};
use crate::source::Span;

pub use changes::{Changes, FigureChange, WordChange};
pub use findings::{findings, leftovers};
pub use record::record;
pub use state::State;

/// A section that needs a counterpart, and how it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The section as it is now.
    pub section: State,
    /// The heading of the counterpart, and where it was written.
    pub counterpart: Option<(String, Option<Span>)>,
    /// How the two stand.
    pub standing: Standing,
}

/// How a section and its counterpart stand.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// They are agreed.
    Agreed(Agreement),
    /// Both editions say it in the same words: there is nothing to agree.
    Same,
    /// They were agreed, and the section has changed since.
    Stale(Agreement, Changes),
    /// The counterpart is there, and nobody has agreed it.
    NotAgreed,
    /// There is no counterpart.
    Missing,
    /// It needs none, for this reason.
    Unpaired(String),
}

/// Who agreed, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Who.
    pub by: String,
    /// The day.
    pub on: NaiveDate,
}

impl Standing {
    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Standing::Agreed(_) => "agreed",
            Standing::Same => "the same",
            Standing::Stale(..) => "stale",
            Standing::NotAgreed => "not agreed",
            Standing::Missing => "missing",
            Standing::Unpaired(_) => "needs none",
        }
    }
}

/// Whether the rules of a profile hold for `template`: it comes in both editions.
pub fn applies(rules: &PairRules, template: &Template, edition: &str) -> bool {
    let named = rules.documents.iter().any(|name| *name.value == template.name);
    let has = |edition: &str| template.editions.iter().any(|own| own == edition);
    (rules.documents.is_empty() || named) && has(edition) && has(&rules.with)
}

/// The name under which agreement about an edition of a document is kept.
pub fn file_stem(document: &str, edition: &str) -> String {
    format!("{document}.{edition}")
}

/// The pairs of `own`, an edition of `template`, with the edition `with` that it must answer.
pub fn pairs(
    project: &Project,
    template: &Template,
    rules: &PairRules,
    with: &Document,
    own: &Document,
) -> Vec<Pair> {
    let stem = file_stem(&template.name, &own.meta.edition);
    let records = project.agreed.get(&stem).map_or(&[][..], |file| &file.sections);
    let headings = headings(own);
    let states = State::all(with, rules.levels);
    let own_states = State::all(own, rules.levels);
    states
        .into_iter()
        .map(|section| {
            let anchor = &section.anchor;
            let answers = |heading: &&(&Heading, Option<Span>)| {
                heading.0.anchor == *anchor || heading.0.covers.contains(anchor)
            };
            let found = headings.iter().find(answers);
            let counterpart =
                found.map(|(heading, span)| (crate::document::line(&heading.content), *span));
            let unpaired = template.unpaired.iter().find(|(id, _)| id.value == *anchor);
            let record = records.iter().find(|record| record.section.value == *anchor);
            let is_same =
                own_states.iter().any(|own| own.anchor == *anchor && own.text == section.text);
            let standing = match (&counterpart, unpaired, record) {
                (Some(_), ..) if is_same => Standing::Same,
                (None, Some((_, why)), _) => Standing::Unpaired(why.value.clone()),
                (None, None, _) => Standing::Missing,
                (Some(_), _, None) => Standing::NotAgreed,
                (Some(_), _, Some(record)) => compared(record, &section),
            };
            Pair { section, counterpart, standing }
        })
        .collect()
}

fn compared(record: &Agreed, section: &State) -> Standing {
    let agreement = Agreement { by: record.by.value.clone(), on: record.on.value };
    match Changes::between(record, section) {
        Some(changes) => Standing::Stale(agreement, changes),
        None => Standing::Agreed(agreement),
    }
}

/// Every heading of a document, with where it was written.
fn headings(document: &Document) -> Vec<(&Heading, Option<Span>)> {
    let mut found = Vec::new();
    walk(&document.blocks, &mut |block| {
        if let BlockKind::Heading(heading) = &block.kind {
            found.push((heading, block.span));
        }
    });
    found
}
