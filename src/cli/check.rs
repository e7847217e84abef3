//! `annexe check`: reports what is wrong or no longer agrees, and writes nothing.

use std::time::Instant;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use crate::build::{self, Asked, Terms};
use crate::cli::project::{day, threads, with_project};
use crate::cli::{Console, Outcome, report};
use crate::diag::{Severity, render};

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
        with_project(console, |console, project, loaded| {
            let selected = build::select(project, &Asked::default())?;
            let limit = if self.strict { Severity::Warning } else { Severity::Error };
            let terms = Terms { as_at: self.as_at, limit, threads: threads() };
            let whole = selected.passed.is_empty();
            let findings = build::review(project, loaded, &selected, terms, whole, &|| ()).findings;
            let sources = &project.sources;
            match self.format {
                Form::Human => {
                    for finding in findings.iter() {
                        let text = render::human(finding, sources, console.screen.colour_out);
                        writeln!(console.out, "{}\n", text.trim_end())?;
                    }
                    let summary = render::summary(&findings, sources, clock.elapsed());
                    writeln!(console.out, "{}", summary.trim_end())?;
                }
                Form::Short => {
                    for finding in findings.iter() {
                        writeln!(console.out, "{}", render::short(finding, sources).trim_end())?;
                    }
                }
                Form::Json => {
                    writeln!(console.out, "{}", render::json(&findings, sources).trim_end())?;
                }
            }
            Ok(report::code(&findings, limit))
        })
    }
}
