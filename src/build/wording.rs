//! Holds assembled documents against what their editions ask of words and of pairs.

use chrono::NaiveDate;

use crate::assemble::{self, assemble};
use crate::build::{Job, Review};
use crate::diag::{Finding, Severity};
use crate::document::Document;
use crate::pairs::{self, Pair};
use crate::project::{PairRules, Project};
use crate::readability::{HardWords, judge};

/// What makes the words of a job's document hard to read, by the limits of its edition.
pub fn hard_to_read(
    project: &Project,
    job: &Job<'_>,
    document: &Document,
    hard: &HardWords<'_>,
) -> Vec<Finding> {
    let edition = project.edition(&job.edition);
    let Some(limits) = edition.and_then(|edition| edition.readability.as_ref()) else {
        return Vec::new();
    };
    let title = job.template.title.span;
    let judgement = judge(document, limits, hard, &project.sources, title);
    judgement.findings.into_iter().map(|finding| finding.of_edition(&job.edition)).collect()
}

/// What is wrong with the pairs of the jobs' documents. A document with faults is not compared: what
/// it says is not known.
pub fn unpaired(
    project: &Project,
    jobs: &[Job<'_>],
    documents: &[Option<Document>],
    faulty: &[bool],
    as_at: Option<NaiveDate>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for at in 0..jobs.len() {
        each_pair(project, jobs, documents, faulty, as_at, at, |job, rules, with, own| {
            found.extend(pairs::findings(project, job.template, rules, with, own));
        });
    }
    found
}

/// The pairs of each job whose edition must answer another.
pub fn paired<'j, 'p>(
    project: &Project,
    jobs: &'j [Job<'p>],
    review: &Review,
    as_at: Option<NaiveDate>,
) -> Vec<(&'j Job<'p>, Vec<Pair>)> {
    let faulty = vec![false; jobs.len()];
    let mut found = Vec::new();
    for (at, job) in jobs.iter().enumerate() {
        each_pair(project, jobs, &review.documents, &faulty, as_at, at, |_, rules, with, own| {
            found.push((job, pairs::pairs(project, job.template, rules, with, own)));
        });
    }
    found
}

/// Hands over the document of job `at` and that of the edition it must answer, where it must.
fn each_pair(
    project: &Project,
    jobs: &[Job<'_>],
    documents: &[Option<Document>],
    faulty: &[bool],
    as_at: Option<NaiveDate>,
    at: usize,
    mut go_on: impl FnMut(&Job<'_>, &PairRules, &Document, &Document),
) {
    let is_well = |at: usize| !faulty.get(at).copied().unwrap_or(true);
    let (Some(job), Some(Some(own))) = (jobs.get(at), documents.get(at)) else { return };
    let edition = project.edition(&job.edition).filter(|edition| edition.name == job.edition);
    let Some(rules) = edition.and_then(|edition| edition.pairs.as_ref()) else { return };
    if !is_well(at) || !pairs::applies(rules, job.template, &job.edition) {
        return;
    }
    let same = |other: &Job<'_>| {
        other.template.name == job.template.name
            && other.edition == rules.with.value
            && other.parameters == job.parameters
    };
    if let Some(other) = jobs.iter().position(same) {
        if let (Some(Some(with)), true) = (documents.get(other), is_well(other)) {
            go_on(job, rules, with, own);
        }
        return;
    }
    // Only this edition was asked for: the other is made to be compared with, and nothing else.
    let options = assemble::Options {
        edition: rules.with.value.clone(),
        as_at: project.day_of(job.template, as_at),
        parameters: job.parameters.clone(),
    };
    let made = assemble(project, job.template, &options);
    if made.findings.iter().all(|finding| finding.severity < Severity::Error) {
        go_on(job, rules, &made.document, own);
    }
}
