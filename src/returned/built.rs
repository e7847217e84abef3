//! The document that a returned file is of, as the project makes it now.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::assemble::{Options, assemble};
use crate::diag::{Findings, Severity};
use crate::project::{Project, Template};
use crate::write::docx::homes::{Home, homes};

/// Which document, in which edition, for which day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// The document.
    pub document: String,
    /// The edition.
    pub edition: String,
    /// The day it speaks for.
    pub as_at: NaiveDate,
    /// Its parameters.
    pub parameters: BTreeMap<String, String>,
}

/// A document's paragraphs, and what is wrong with it.
#[derive(Debug)]
pub struct Built {
    /// Its paragraphs.
    pub homes: Vec<Home>,
    /// What was found when it was made.
    pub findings: Findings,
    /// The anchor of the section that each paragraph stands in, where it stands in one.
    pub anchors: Vec<Option<String>>,
}

/// The template of a document that comes in an edition.
pub fn template<'p>(project: &'p Project, name: &Name) -> Option<&'p Template> {
    project
        .templates
        .get(&name.document)
        .filter(|template| template.editions.contains(&name.edition))
}

/// Makes the document `name` of `project`; none when there is no such one.
pub fn build(project: &Project, name: &Name) -> Option<Built> {
    let template = template(project, name)?;
    let edition = project.edition(&name.edition)?;
    let options = Options {
        edition: name.edition.clone(),
        as_at: name.as_at,
        parameters: name.parameters.clone(),
    };
    let assembly = assemble(project, template, &options);
    let homes = homes(&assembly.document, &edition.theme.tokens, &project.sources).ok()?;
    let anchors = anchors(&assembly.document, &homes, project);
    Some(Built { homes, findings: assembly.findings, anchors })
}

/// The anchor of the last heading before each paragraph.
fn anchors(
    document: &crate::document::Document,
    homes: &[Home],
    project: &Project,
) -> Vec<Option<String>> {
    let mut by_place = BTreeMap::new();
    for stretch in crate::document::sections(&document.blocks, u8::MAX) {
        if let Some(span) = stretch.span {
            let path = crate::diag::slashed(&project.sources.file(span.file).path);
            by_place.insert((path, span.start as usize), stretch.heading.anchor.clone());
        }
    }
    let mut last = None;
    homes
        .iter()
        .map(|home| {
            let key = home.source.as_ref().map(|source| (source.path.clone(), source.start));
            if home.kind == crate::write::docx::homes::HomeKind::Heading
                && let Some(anchor) = key.and_then(|key| by_place.get(&key))
            {
                last = Some(anchor.clone());
            }
            last.clone()
        })
        .collect()
}

/// The errors among `findings`, as what tells them from others.
pub fn errors(findings: &Findings) -> Vec<(&'static str, String)> {
    findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| (finding.rule.code, finding.message.clone()))
        .collect()
}
