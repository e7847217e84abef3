//! `annexe text`: a document's text, as every writer shows it.

use clap::Args;

use crate::build::{self, Asked, Terms};
use crate::cli::project::{Saying, threads, with_project};
use crate::cli::{Console, DONE, FOUND, Outcome, report};
use crate::diag::Severity;
use crate::write::text::text;

/// What the command takes.
#[derive(Debug, Args)]
pub struct Text {
    /// The document
    #[arg(value_name = "DOCUMENT")]
    document: String,

    /// The edition; the template's first when absent
    #[arg(long, value_name = "EDITION")]
    edition: Option<String>,

    #[command(flatten)]
    saying: Saying,
}

impl Text {
    /// Prints the text, or what keeps the document from being made.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        with_project(console, |console, project, loaded| {
            let asked = Asked {
                documents: vec![self.document],
                editions: self.edition.into_iter().collect(),
                formats: Vec::new(),
                parameters: self.saying.parameters(),
            };
            let mut selected = build::select(project, &asked)?;
            selected.jobs.truncate(1);
            let terms =
                Terms { as_at: self.saying.as_at, limit: Severity::Error, threads: threads() };
            let review = build::review(project, loaded, &selected, terms, false, &|| ());
            report::findings(console, &review.findings, &project.sources, Severity::Error)?;
            match (selected.jobs.first(), review.documents.first()) {
                (Some(job), Some(Some(document))) if !review.stops(job, terms.limit) => {
                    write!(console.out, "{}", text(document))?;
                    Ok(DONE)
                }
                _ => Ok(FOUND),
            }
        })
    }
}
