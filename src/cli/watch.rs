//! `annexe watch`: builds again whenever a file of the project is saved.

use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

use clap::Args;

use crate::build::{Asked, Built, Format, Origin, Round, Terms, Workspace};
use crate::cli::build::{cache, line, time};
use crate::cli::project::{Saying, root, threads};
use crate::cli::{Console, DONE, Outcome, report};
use crate::diag::{Findings, Severity};
use crate::source::Sources;

const EXAMPLES: &str = "\
Examples:
  annexe watch                            everything, each time something is saved
  annexe watch sef --format pdf           one document, in one format: the quickest";

/// What the command takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Watch {
    /// Documents to make; all of them when none is named
    #[arg(value_name = "DOCUMENT")]
    documents: Vec<String>,

    /// Editions to make; all of them when none is named
    #[arg(long = "edition", value_name = "EDITION", value_delimiter = ',')]
    editions: Vec<String>,

    /// Formats to make; those that each template names when absent
    #[arg(long = "format", value_name = "FORMAT", value_delimiter = ',')]
    formats: Vec<Format>,

    #[command(flatten)]
    saying: Saying,

    /// The folder to write to; the project's output/ when absent
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// How often to look at the files, in milliseconds
    #[arg(long, value_name = "MS", default_value = "200")]
    #[arg(value_parser = clap::value_parser!(u64).range(20..=60_000))]
    every: u64,

    /// Stop after so many builds
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    builds: Option<u32>,
}

impl Watch {
    /// Builds, and builds again after each change, until it is interrupted.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        let root = root(console)?;
        let asked = Asked {
            documents: self.documents,
            editions: self.editions,
            formats: self.formats,
            parameters: self.saying.parameters(),
        };
        let terms = Terms { as_at: self.saying.as_at, limit: Severity::Error, threads: threads() };
        let (cache, unusable) = cache(&root, false);
        let mut workspace = Workspace::new(&root);
        let mut told: Vec<String> = Vec::new();
        let mut builds = 0;
        workspace.look();
        loop {
            let clock = Instant::now();
            // A name that is wrong now may be right after the next save, but not at the start.
            match workspace.build(&asked, terms, self.out.as_deref(), &cache) {
                Ok(mut round) => {
                    round.findings.extend(unusable.clone().filter(|_| builds == 0));
                    let none = Sources::default();
                    let sources = workspace.sources().unwrap_or(&none);
                    tell(console, &round, sources, &mut told, clock.elapsed())?;
                }
                Err(misnamed) if builds == 0 => return Err(misnamed.into()),
                Err(misnamed) => {
                    writeln!(
                        console.err,
                        "error: {}\n  help: {}",
                        misnamed.message, misnamed.help
                    )?;
                }
            }
            builds += 1;
            console.out.flush()?;
            console.err.flush()?;
            if self.builds.is_some_and(|most| builds >= most) {
                return Ok(DONE);
            }
            let every = Duration::from_millis(self.every);
            loop {
                sleep(every);
                if !workspace.look().is_empty() {
                    // Editors save in steps: wait until nothing more comes.
                    sleep(every);
                    while !workspace.look().is_empty() {
                        sleep(every);
                    }
                    break;
                }
            }
        }
    }
}

/// Prints what is new: files that were made, findings that were not there before, and how many are
/// no longer there.
fn tell(
    console: &mut Console<'_>,
    round: &Round,
    sources: &Sources,
    told: &mut Vec<String>,
    elapsed: Duration,
) -> Result<(), std::io::Error> {
    let Round { built, findings, assembled, .. } = round;
    let shown = |findings: &Findings| -> Vec<String> {
        let heavy = findings.iter().filter(|finding| finding.severity >= Severity::Warning);
        heavy.map(|f| crate::diag::render::human(f, sources, console.screen.colour_err)).collect()
    };
    let now = shown(findings);
    for finding in now.iter().filter(|finding| !told.contains(finding)) {
        writeln!(console.err, "{finding}\n")?;
    }
    let gone = told.iter().filter(|finding| !now.contains(finding)).count();
    let drawn: Vec<&Built> = built.iter().filter(|b| b.origin != Origin::Unchanged).collect();
    report::rows(
        console.out,
        &drawn.iter().map(|built| line(built)).collect::<Vec<_>>(),
        &[3, 4, 5],
    )?;
    let errors = findings.count(Severity::Error);
    let warnings = findings.count(Severity::Warning);
    let gone = if gone == 0 { String::new() } else { format!(" ({gone} settled)") };
    writeln!(
        console.out,
        "{} assembled, {} made, {} unchanged; {}, {}{gone}; {}",
        report::counted(*assembled, "document"),
        report::counted(drawn.len(), "file"),
        built.len() - drawn.len(),
        report::counted(errors, "error"),
        report::counted(warnings, "warning"),
        time(elapsed),
    )?;
    *told = now;
    Ok(())
}
