//! `annexe check`: reports what is wrong or no longer agrees, and writes nothing.

use std::time::Instant;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use crate::build::{self, Asked, Misnamed, Terms};
use crate::cli::project::{day, root, threads};
use crate::cli::{Console, Outcome, report};
use crate::diag::{Findings, Severity, render};
use crate::project::Project;

/// What the command takes.
#[derive(Debug, Args)]
pub struct Check {
    /// How findings are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Form,

    /// The day to check as at; the project's own when absent
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    as_at: Option<NaiveDate>,

    /// Let warnings fail as errors do
    #[arg(long)]
    strict: bool,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    /// The author's line with the place marked
    Human,
    /// One line a finding: file:line:column
    Short,
    /// For programs
    Json,
}

impl Check {
    /// Checks everything and prints what was found.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        let clock = Instant::now();
        let limit = if self.strict { Severity::Warning } else { Severity::Error };
        let (opened, loaded) = build::open(&root(console)?);
        let (findings, sources) = match &opened {
            Ok(project) => (self.review(project, loaded, limit)?, &project.sources),
            Err(sources) => (loaded, sources),
        };
        match self.format {
            Form::Human => {
                let colour = console.screen.colour_out;
                report::human(console.out, findings.iter(), sources, colour)?;
                let summary = render::summary(&findings, sources, clock.elapsed());
                writeln!(console.out, "{summary}")?;
            }
            Form::Short => {
                for finding in findings.iter() {
                    writeln!(console.out, "{}", render::short(finding, sources))?;
                }
            }
            Form::Json => writeln!(console.out, "{}", render::json(&findings, sources))?,
        }
        Ok(report::code(&findings, limit))
    }

    /// Everything that is found in `project`: by its data, and by making every document in memory.
    fn review(
        &self,
        project: &Project,
        loaded: Findings,
        limit: Severity,
    ) -> Result<Findings, Misnamed> {
        let selected = build::select(project, &Asked::default())?;
        let terms = Terms { as_at: self.as_at, limit, threads: threads() };
        let whole = selected.passed.is_empty();
        // When a document is passed over, a review leaves out what concerns no job: packs are no jobs.
        let packs = build::pack::faults(project, &loaded);
        let mut findings = build::review(project, loaded, &selected, terms, whole, &|| ()).findings;
        findings.extend(packs);
        findings.sort(&project.sources);
        Ok(findings)
    }
}
