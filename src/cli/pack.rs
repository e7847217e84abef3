//! `annexe pack`: joins the papers of a meeting as one PDF, and zips their Word files.

use std::path::PathBuf;

use clap::Args;

use crate::build::pack::{self, PackFile};
use crate::build::{self, Folder, Terms};
use crate::cli::build::{shown, size, summary, time};
use crate::cli::project::{threads, with_project};
use crate::cli::{Console, Outcome, report};
use crate::diag::{Findings, Severity};
use crate::project::{self, Project};

const EXAMPLES: &str = "\
Examples:
  annexe pack                     every pack of content/packs
  annexe pack board-2022-05       one: board-2022-05.pack.pdf and .pack.zip";

/// What the command takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Pack {
    /// Packs to make; all of them when none is named
    #[arg(value_name = "PACK")]
    packs: Vec<String>,

    /// The folder to write to; the project's output/ when absent
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Let warnings stop a pack as errors do
    #[arg(long)]
    strict: bool,

    /// How many papers to work on at once; as many as there are cores when absent
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
}

impl Pack {
    /// Makes the packs, prints a line a file, and a summary.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        with_project(console, |console, project, loaded| self.pack(console, project, loaded))
    }

    fn pack(self, console: &mut Console<'_>, project: &Project, loaded: Findings) -> Outcome {
        let known = || project.packs.keys().map(String::as_str).collect::<Vec<_>>();
        if let Some(unknown) = self.packs.iter().find(|name| !project.packs.contains_key(*name)) {
            // What keeps a pack from being read is worth more than that it is not there.
            let concern = format!("{}{unknown}", project::Pack::CONCERN);
            let mut own = Findings::default();
            own.extend(loaded.into_iter().filter(|finding| finding.documents.contains(&concern)));
            if !own.is_empty() {
                return report::failed(console, &own, &project.sources);
            }
            return Err(build::unknown("pack", unknown, known()).into());
        }
        let terms = Terms {
            as_at: None,
            limit: if self.strict { Severity::Warning } else { Severity::Error },
            threads: self.jobs.map_or_else(threads, usize::from),
        };
        let folder = match self.out {
            Some(path) => Folder::named(path),
            None => Folder::of_project(&project.root),
        };
        let mut findings = Findings::default();
        let mut rows = Vec::new();
        let mut files = 0;
        for pack in project.packs.values() {
            if !self.packs.is_empty() && !self.packs.contains(&pack.name) {
                continue;
            }
            let (made, found) = pack::pack(project, pack, loaded.clone(), terms, &folder);
            findings.extend(found);
            if made.is_empty() {
                let why = "not made: see what stops it above".to_owned();
                rows.push(vec![pack.name.clone(), why]);
            }
            files += made.len();
            rows.extend(made.iter().map(|file| line(&pack.name, file)));
        }
        if project.packs.is_empty() {
            findings.extend(loaded.into_iter().filter(|f| !f.documents.is_empty()));
            rows.push(vec![
                "there is no pack: each .toml file in content/packs/ is one".to_owned(),
            ]);
        }
        findings.sort(&project.sources);
        report::findings(console, &findings, &project.sources, Severity::Warning)?;
        report::rows(console.out, &rows, &[2, 3, 4])?;
        writeln!(console.out, "{}", summary(files, 0, &findings))?;
        Ok(report::code(&findings, terms.limit))
    }
}

fn line(pack: &str, file: &PackFile) -> Vec<String> {
    let thing = if file.kind == "pdf" { "page" } else { "file" };
    vec![
        pack.to_owned(),
        file.kind.to_owned(),
        report::counted(file.count, thing),
        size(file.bytes),
        time(file.time),
        shown(&file.path),
    ]
}
