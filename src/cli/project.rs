//! What commands about a project share: finding it, the day it speaks for, the choice of documents.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use crate::build::{self, Misnamed};
use crate::cli::{Console, Outcome, Stop, report};
use crate::diag::Findings;
use crate::project::Project;

/// Options that decide what a document says.
#[derive(Debug, Clone, Args)]
pub struct Saying {
    /// The day the documents speak for; the project's own when absent
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_at: Option<NaiveDate>,

    /// The day that changes are told from; short for `--param since=…`, of documents that have it
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    since: Option<NaiveDate>,

    /// A value for a parameter of the template; may be given more than once
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = parameter)]
    parameters: Vec<(String, String)>,

    /// Whose ratings are printed; short for `--param ratings=…`, of documents that have it
    #[arg(long, value_name = "WHOSE")]
    rag: Option<Rag>,
}

/// Whose ratings a document prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Rag {
    /// Those the plan declares
    Declared,
    /// Those the scheme's rules give
    Computed,
}

impl Saying {
    /// The parameters and their values, in the order given.
    pub fn parameters(&self) -> Vec<(String, String)> {
        let rag = self.rag.map(|rag| match rag {
            Rag::Declared => "declared",
            Rag::Computed => "computed",
        });
        let rag = rag.map(|whose| ("ratings".to_owned(), whose.to_owned()));
        let since = self.since.map(|day| ("since".to_owned(), day.to_string()));
        self.parameters.iter().cloned().chain(rag).chain(since).collect()
    }
}

/// Reads a day of the command line.
pub fn day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map_err(|_| "not a day; write it as 2022-04-30".to_owned())
}

fn parameter(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.to_owned()))
        }
        _ => Err("write it as name=value".to_owned()),
    }
}

/// How many threads there are work for, unless the user says.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The project folder: the one named, or the one the working folder lies in.
pub fn root(console: &Console<'_>) -> Result<PathBuf, Stop> {
    if let Some(named) = &console.project {
        return Ok(named.clone());
    }
    let here = std::env::current_dir()?;
    build::find(&here).ok_or_else(|| {
        Stop::Usage(Misnamed {
            message: "no project here: this folder and those above it have no content/project.toml"
                .to_owned(),
            help: "name one with --project DIR, or start one with `annexe init DIR`".to_owned(),
        })
    })
}

/// Opens the project and goes on with it; without one, prints why.
pub fn with_project(
    console: &mut Console<'_>,
    go_on: impl FnOnce(&mut Console<'_>, &Project, Findings) -> Outcome,
) -> Outcome {
    match build::open(&root(console)?) {
        (Ok(project), findings) => go_on(console, &project, findings),
        (Err(sources), findings) => report::failed(console, &findings, &sources),
    }
}
