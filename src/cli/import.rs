//! `annexe import`: takes a spreadsheet into the plan.

use std::path::PathBuf;

use clap::Args;

use crate::cli::project::root;
use crate::cli::{Console, DONE, FOUND, Outcome, Stop, report};
use crate::diag::Severity;
use crate::exchange::{self, Change, Imported, Kind, Request};

/// What the command takes.
#[derive(Debug, Args)]
pub struct Import {
    /// The spreadsheet: .csv or .xlsx
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// What its rows are: risk, kpi, action.milestone …
    #[arg(long = "as", value_name = "KIND")]
    kind: String,

    /// The plan file, from the project folder: content/plan/risks.toml
    #[arg(long, value_name = "PATH")]
    to: PathBuf,

    /// Which column becomes which field; columns are named as fields are when absent
    #[arg(long, value_name = "MAPPING.toml")]
    map: Option<PathBuf>,

    /// The sheet of a spreadsheet that has several
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,

    /// Leave out rows that cannot be taken, rather than take none
    #[arg(long)]
    skip_bad: bool,

    /// Show what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Import {
    /// Imports, and prints what changed.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        let plan = crate::load::schema::plan_with(&crate::load::kinds(&root(console)?));
        let kind = Kind::named(&self.kind, &plan).map_err(misnamed)?;
        let word = kind.word().to_owned();
        let shown = self.to.display().to_string();
        let request = Request {
            root: root(console)?,
            file: self.file,
            kind,
            to: self.to,
            mapping: self.map,
            sheet: self.sheet,
            skip_bad: self.skip_bad,
            dry_run: self.dry_run,
        };
        let imported = exchange::import(&request);
        report::findings(console, &imported.findings, &imported.sources, Severity::Info)?;
        if !imported.is_done {
            let errors = imported.findings.count(Severity::Error);
            let errors = report::counted(errors, "error");
            writeln!(console.out, "{errors}; nothing is written to {shown}")?;
            return Ok(FOUND);
        }
        for change in &imported.changes {
            print(console, change)?;
        }
        for gone in &imported.gone {
            writeln!(console.out, "{gone}: not among the rows taken; it stays as it is")?;
        }
        writeln!(console.out, "{}", summary(&imported, &word, &shown, self.dry_run))?;
        Ok(DONE)
    }
}

/// A kind that is not there, as misuse of the command line.
pub fn misnamed(misnamed: exchange::Misnamed) -> Stop {
    let exchange::Misnamed { message, help } = misnamed;
    Stop::Usage(crate::build::Misnamed { message, help })
}

fn print(console: &mut Console<'_>, change: &Change) -> std::io::Result<()> {
    if change.is_new {
        return writeln!(console.out, "{}: new", change.record);
    }
    for (field, was, is) in &change.fields {
        writeln!(console.out, "{}: {field} {was} → {is}", change.record)?;
    }
    Ok(())
}

fn summary(imported: &Imported, word: &str, to: &str, dry_run: bool) -> String {
    let new = imported.changes.iter().filter(|change| change.is_new).count();
    let changed = imported.changes.len() - new;
    let mut parts = vec![
        format!("{new} new"),
        format!("{changed} changed"),
        format!("{} the same", imported.same),
    ];
    if imported.skipped > 0 {
        parts.push(format!("{} left out", report::counted(imported.skipped, "row")));
    }
    let what = match (imported.changes.is_empty(), dry_run) {
        (true, _) => "nothing to write to",
        (false, true) => "a dry run; nothing is written to",
        (false, false) => "written to",
    };
    format!("{word}: {}; {what} {to}", parts.join(", "))
}
