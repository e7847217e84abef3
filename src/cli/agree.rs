//! `annexe agree`: records that a section's counterpart says the same.

use chrono::NaiveDate;
use clap::Args;

use crate::build::{self, Asked, Folder, Job, Misnamed};
use crate::cli::drift::pairs_of;
use crate::cli::project::{Saying, day, with_project};
use crate::cli::{Console, DONE, FOUND, Outcome, report};
use crate::diag::{Finding, Findings, Severity, rules, slashed};
use crate::pairs::{self, Pair, Standing, State};
use crate::project::Project;

/// What the command takes.
#[derive(Debug, Args)]
pub struct Agree {
    /// Ids of the sections whose counterparts are agreed
    #[arg(value_name = "SECTION", required_unless_present = "all", conflicts_with = "all")]
    sections: Vec<String>,

    /// Agree every counterpart that is there and not agreed as it stands
    #[arg(long)]
    all: bool,

    /// The document; may be left out where only one has pairs, and with --all
    #[arg(long, value_name = "DOCUMENT")]
    document: Option<String>,

    /// The edition of the counterpart; may be left out where only one has pairs, and with --all
    #[arg(long, value_name = "EDITION")]
    edition: Option<String>,

    /// Who agrees
    #[arg(long, value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    by: String,

    /// The day it is agreed
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    on: NaiveDate,

    #[command(flatten)]
    saying: Saying,
}

impl Agree {
    /// Records agreement, document by document, each file whole.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        with_project(console, |console, project, loaded| {
            let asked = Asked {
                documents: self.document.iter().cloned().collect(),
                editions: self.edition.iter().cloned().collect(),
                parameters: self.saying.parameters(),
                ..Asked::default()
            };
            let found = match pairs_of(project, loaded, &asked, &self.saying)? {
                Ok(found) => found,
                Err(findings) => {
                    report::findings(console, &findings, &project.sources, Severity::Error)?;
                    return Ok(FOUND);
                }
            };
            if !self.all {
                one_only(&found)?;
            }
            for (job, pairs) in &found {
                let chosen = if self.all { open(pairs) } else { self.chosen(pairs)? };
                if chosen.is_empty() {
                    continue;
                }
                match self.write(project, job, &chosen) {
                    Ok(path) => say(console, &chosen, &path)?,
                    Err(finding) => {
                        let mut findings = Findings::default();
                        findings.push(*finding);
                        report::findings(console, &findings, &project.sources, Severity::Error)?;
                        return Ok(FOUND);
                    }
                }
            }
            if self.all && found.iter().all(|(_, pairs)| open(pairs).is_empty()) {
                writeln!(console.out, "there is nothing to agree")?;
            }
            Ok(DONE)
        })
    }

    /// The pairs that are named, by the id of the section.
    fn chosen<'a>(&self, pairs: &'a [Pair]) -> Result<Vec<&'a Pair>, Misnamed> {
        let mut chosen = Vec::new();
        for name in &self.sections {
            let Some(pair) = pairs.iter().find(|pair| pair.section.anchor == *name) else {
                let known = pairs.iter().map(|pair| pair.section.anchor.as_str());
                return Err(build::unknown("section", name, known));
            };
            if pair.counterpart.is_none() {
                return Err(Misnamed {
                    message: format!("section {name:?} has no counterpart to agree"),
                    help: "give a heading of the other edition the section's id".to_owned(),
                });
            }
            chosen.push(pair);
        }
        Ok(chosen)
    }

    fn write(
        &self,
        project: &Project,
        job: &Job<'_>,
        chosen: &[&Pair],
    ) -> Result<String, Box<Finding>> {
        let stem = pairs::file_stem(&job.template.name, &job.edition);
        let path = std::path::Path::new("content/agreed").join(format!("{stem}.toml"));
        let file = project.sources.find(&path);
        // A file that is there and could not be read is not written over.
        if file.is_none() && project.root.join(&path).exists() {
            let message = format!("{} cannot be read", slashed(&path));
            return Err(Box::new(Finding::new(&rules::FILE_UNREADABLE, message).in_file(path)));
        }
        let text = file.map(|file| &*project.sources.file(file).text);
        let states: Vec<&State> = chosen.iter().map(|pair| &pair.section).collect();
        let text = pairs::record(text, &states, &self.by, self.on).map_err(|why| {
            let finding = Finding::new(&rules::TOML_SYNTAX, why).in_file(&path);
            Box::new(finding.help("put the file right first: `annexe check` says where"))
        })?;
        let folder = Folder::named(project.root.join("content/agreed"));
        let _held = folder.prepare()?;
        folder.put(folder.stage(&format!("{stem}.toml"), text.as_bytes())?)?;
        Ok(slashed(&path))
    }
}

/// Those whose counterpart is there and not agreed as it stands.
fn open(pairs: &[Pair]) -> Vec<&Pair> {
    let open = |standing: &Standing| matches!(standing, Standing::NotAgreed | Standing::Stale(..));
    pairs.iter().filter(|pair| open(&pair.standing)).collect()
}

/// Sections are named of one edition of one document.
fn one_only(found: &[(Job<'_>, Vec<Pair>)]) -> Result<(), Misnamed> {
    let names = || found.iter().map(|(job, _)| format!("{} ({})", job.template.name, job.edition));
    match found.len() {
        1 => Ok(()),
        0 => Err(Misnamed {
            message: "no edition here must answer another".to_owned(),
            help: "an edition's profile says so in [pairs], and the document must come in both"
                .to_owned(),
        }),
        _ => Err(Misnamed {
            message: "sections are agreed in one edition of one document at a time".to_owned(),
            help: format!(
                "say which with --document and --edition: {}",
                names().collect::<Vec<_>>().join(", ")
            ),
        }),
    }
}

fn say(console: &mut Console<'_>, chosen: &[&Pair], path: &str) -> std::io::Result<()> {
    for pair in chosen {
        let what = match &pair.standing {
            Standing::Stale(..) => "agreed anew",
            Standing::Agreed(_) => "agreed again",
            _ => "agreed",
        };
        writeln!(console.out, "{}: {what}", pair.section.anchor)?;
    }
    writeln!(console.out, "{} written to {path}", report::counted(chosen.len(), "section"))
}
