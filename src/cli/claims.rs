//! `annexe claims`: comparative sentences that no condition holds, and writing their conditions into the files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};

use crate::build::{self, Asked, Terms};
use crate::cli::project::{Saying, threads, with_project};
use crate::cli::{Console, DONE, FOUND, Outcome, report};
use crate::diag::{Finding, Findings, Severity, rules, slashed};
use crate::figures::{Proposal, proposals};
use crate::narrative;
use crate::project::Project;
use crate::source::FileId;

/// What the command takes.
#[derive(Debug, Args)]
pub struct Claims {
    /// The documents; all when none is named
    #[arg(value_name = "DOCUMENT")]
    documents: Vec<String>,

    /// Write each condition that is true today into the author's file
    #[arg(long)]
    bind: bool,

    /// How they are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Form,

    #[command(flatten)]
    saying: Saying,
}

/// How claims are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// One line a sentence, and its condition below
    Human,
    /// For programs
    Json,
}

impl Claims {
    /// Prints the claims that no condition holds.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        with_project(console, |console, project, loaded| {
            let asked = Asked {
                documents: self.documents.clone(),
                parameters: self.saying.parameters(),
                ..Asked::default()
            };
            let selected = build::select(project, &asked)?;
            let terms =
                Terms { as_at: self.saying.as_at, limit: Severity::Error, threads: threads() };
            let review = build::review(project, loaded, &selected, terms, false, &|| ());
            let found = proposals(project, &review.read);
            match self.format {
                Form::Human => print(console, project, &found)?,
                Form::Json => {
                    let claims: Vec<Json> = found.iter().map(|p| machine(project, p)).collect();
                    writeln!(console.out, "{:#}", json!({ "claims": claims }))?;
                }
            }
            if !self.bind {
                return Ok(DONE);
            }
            let Bound { texts, left } = bind(project, &found);
            let count = found.iter().filter(|proposal| proposal.denied.is_none()).count();
            for (path, text) in &texts {
                if let Err(finding) = put(&project.root.join(path), text) {
                    let mut findings = Findings::default();
                    findings.push(*finding);
                    report::findings(console, &findings, &project.sources, Severity::Error)?;
                    return Ok(FOUND);
                }
            }
            writeln!(
                console.err,
                "{} bound in {}; {} not written, {} not true today",
                report::counted(count - left.len(), "claim"),
                report::counted(texts.len(), "file"),
                left.len(),
                found.len() - count,
            )?;
            for proposal in &left {
                let place = project.sources.position(proposal.sentence);
                let path = slashed(&project.sources.file(proposal.sentence.file).path);
                writeln!(
                    console.err,
                    "  {path}:{}:{}: write it by hand",
                    place.line, place.column
                )?;
            }
            Ok(if left.is_empty() { DONE } else { FOUND })
        })
    }
}

fn print(console: &mut Console<'_>, project: &Project, found: &[Proposal]) -> std::io::Result<()> {
    for proposal in found {
        let place = project.sources.position(proposal.sentence);
        let path = slashed(&project.sources.file(proposal.sentence.file).path);
        let said = project.sources.text(proposal.sentence).split_whitespace();
        let said = said.collect::<Vec<_>>().join(" ");
        writeln!(console.out, "{path}:{}:{}: {said}", place.line, place.column)?;
        writeln!(console.out, "    holds=\"{}\"", proposal.condition)?;
        if let Some(why) = &proposal.denied {
            writeln!(console.out, "    not true today: {why}")?;
        }
    }
    let denied = found.iter().filter(|proposal| proposal.denied.is_some()).count();
    writeln!(
        console.out,
        "{} without a condition, {denied} of them not true today",
        report::counted(found.len(), "claim")
    )
}

fn machine(project: &Project, proposal: &Proposal) -> Json {
    let place = project.sources.position(proposal.sentence);
    json!({
        "file": slashed(&project.sources.file(proposal.sentence.file).path),
        "line": place.line,
        "column": place.column,
        "sentence": project.sources.text(proposal.sentence),
        "word": proposal.word,
        "about": proposal.about,
        "holds": proposal.condition,
        "denied": proposal.denied,
        "documents": proposal.documents,
    })
}

/// Files with their conditions written in, and proposals that could not be.
struct Bound<'p> {
    texts: Vec<(PathBuf, String)>,
    left: Vec<&'p Proposal>,
}

/// Puts the conditions that are true into the texts of the files. What would change how a file is read is left.
fn bind<'p>(project: &Project, found: &'p [Proposal]) -> Bound<'p> {
    let mut by_file: BTreeMap<FileId, Vec<&Proposal>> = BTreeMap::new();
    for proposal in found.iter().filter(|proposal| proposal.denied.is_none()) {
        by_file.entry(proposal.sentence.file).or_default().push(proposal);
    }
    let (mut texts, mut left) = (Vec::new(), Vec::new());
    for (id, mut proposals) in by_file {
        let file = project.sources.file(id);
        let mut text = file.text.to_string();
        let faults = |text: &str| {
            let mut findings = Vec::new();
            let body =
                text.find("\n+++\n").filter(|_| text.starts_with("+++\n")).map_or(0, |at| at + 5);
            narrative::parse(text.get(body..).unwrap_or(""), id, body, &mut findings);
            findings.len()
        };
        let before = faults(&text);
        // From the end, so that the places before stay.
        proposals.sort_by_key(|proposal| std::cmp::Reverse(proposal.sentence.start));
        for proposal in proposals {
            let range = proposal.sentence.range();
            let Some(sentence) = text.get(range.clone()).filter(|said| is_even(said)) else {
                left.push(proposal);
                continue;
            };
            let held = format!("[{sentence}]{{holds=\"{}\"}}", proposal.condition);
            let mut bound = text.clone();
            bound.replace_range(range, &held);
            if faults(&bound) > before {
                left.push(proposal);
                continue;
            }
            text = bound;
        }
        if text != *file.text {
            texts.push((file.path.clone(), text));
        }
    }
    Bound { texts, left }
}

/// Puts a file down whole. Through a link the file it leads to is replaced, not the link.
fn put(path: &Path, text: &str) -> Result<(), Box<Finding>> {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let (Some(parent), Some(name)) = (path.parent(), path.file_name().and_then(|n| n.to_str()))
    else {
        let message = format!("{} is no name of a file", slashed(&path));
        return Err(Box::new(Finding::new(&rules::FILE_UNREADABLE, message)));
    };
    let folder = build::Folder::named(parent.to_owned());
    folder.put(folder.stage(name, text.as_bytes())?).map(|_| ())
}

/// Whether emphasis and brackets that open in a sentence close in it too.
fn is_even(sentence: &str) -> bool {
    let count = |mark: char| sentence.matches(mark).count();
    count('*') % 2 == 0
        && count('(') == count(')')
        && count('[') == count(']')
        && !sentence.contains("\n\n")
        && !sentence.trim().is_empty()
}
