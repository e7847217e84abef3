//! `annexe export`: a sheet of the plan's records for their owners to fill in.

use std::path::PathBuf;

use clap::Args;

use crate::cli::import::misnamed;
use crate::cli::project::root;
use crate::cli::{Console, DONE, FOUND, Outcome, report};
use crate::diag::Severity;
use crate::exchange::{self, Kind};

/// What the command takes.
#[derive(Debug, Args)]
pub struct Export {
    /// What to export: risk, kpi, action …
    #[arg(value_name = "KIND")]
    kind: String,

    /// The spreadsheet to write
    #[arg(long, value_name = "FILE.xlsx")]
    to: PathBuf,

    /// Only the records of this plan file, from the project folder
    #[arg(long, value_name = "PATH")]
    from: Option<PathBuf>,
}

impl Export {
    /// Writes the sheet, and prints what it holds.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        let plan = crate::load::schema::plan_with(&crate::load::kinds(&root(console)?));
        let kind = Kind::named(&self.kind, &plan).map_err(misnamed)?;
        let exported = exchange::export(&root(console)?, &kind, self.from.as_deref(), &self.to);
        report::findings(console, &exported.findings, &exported.sources, Severity::Info)?;
        if !exported.is_done {
            return Ok(FOUND);
        }
        for (sheet, rows) in &exported.sheets {
            writeln!(console.out, "{sheet}: {}", report::counted(*rows, "row"))?;
        }
        writeln!(console.out, "written to {}", self.to.display())?;
        Ok(DONE)
    }
}
