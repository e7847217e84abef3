//! `annexe comments`: lists comments that came back in Word files, and marks them as dealt with.

use std::collections::BTreeMap;
use std::fs;

use clap::Args;

use crate::build::Misnamed;
use crate::cli::project::with_project;
use crate::cli::returns::put_down;
use crate::cli::{Console, DONE, FOUND, Outcome, report};
use crate::diag::{Finding, Findings, Severity, rules};
use crate::project::Project;
use crate::returned::{self, Note, comments_file};
use crate::source::Sources;

/// What the command takes.
#[derive(Debug, Args)]
pub struct Comments {
    /// Documents whose comments are listed; all when absent
    #[arg(value_name = "DOCUMENT")]
    documents: Vec<String>,

    /// List those that were dealt with, too
    #[arg(long)]
    all: bool,

    /// Mark the comment of this number as dealt with; may be given more than once
    #[arg(long, value_name = "NUMBER", requires = "by")]
    resolve: Vec<usize>,

    /// Who dealt with it
    #[arg(long, value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    by: Option<String>,
}

/// The comments on an edition of a document, and the text of the file they are kept in.
struct Kept {
    title: String,
    path: String,
    text: String,
    notes: Vec<Note>,
}

impl Comments {
    /// Lists comments, or marks some.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        with_project(console, |console, project, _| {
            if let Some(unknown) =
                self.documents.iter().find(|name| !project.templates.contains_key(name.as_str()))
            {
                let known = project.templates.keys().map(String::as_str);
                return Err(crate::build::unknown("document", unknown, known).into());
            }
            let mut findings = Findings::default();
            let kept = self.kept(project, &mut findings);
            report::findings(console, &findings, &Sources::default(), Severity::Error)?;
            if findings.iter().next().is_some() {
                return Ok(FOUND);
            }
            if self.resolve.is_empty() {
                self.list(console, project, &kept)?;
                return Ok(DONE);
            }
            self.mark(console, project, kept)
        })
    }

    fn kept(&self, project: &Project, findings: &mut Findings) -> Vec<Kept> {
        let mut out = Vec::new();
        for template in project.templates.values() {
            if !self.documents.is_empty() && !self.documents.contains(&template.name) {
                continue;
            }
            for edition in &template.editions {
                let path = comments_file(&template.name, edition);
                let target = project.root.join(&path);
                if !target.is_file() {
                    continue;
                }
                let root = project.root.canonicalize();
                let inside = root.is_ok_and(|root| {
                    target.canonicalize().is_ok_and(|real| real.starts_with(root))
                });
                let read = match inside {
                    true => fs::read_to_string(&target).map_err(|error| error.kind().to_string()),
                    false => Err("it is a link out of the project".to_owned()),
                };
                let read = read.and_then(|text| Ok((returned::standing(&text)?, text)));
                match read {
                    Ok((notes, text)) => {
                        let title = format!("{} ({edition})", template.name);
                        out.push(Kept { title, path, text, notes });
                    }
                    Err(why) => {
                        let message = format!("{path} cannot be read: {why}");
                        findings.push(Finding::new(&rules::RETURN_COMMENTS, message).in_file(path));
                    }
                }
            }
        }
        out
    }

    fn list(
        &self,
        console: &mut Console<'_>,
        project: &Project,
        kept: &[Kept],
    ) -> std::io::Result<()> {
        let mut shown = 0;
        for Kept { title, notes, .. } in kept {
            let wanted: Vec<(usize, &Note)> = notes
                .iter()
                .enumerate()
                .filter(|(_, note)| self.all || note.resolved_by.is_empty())
                .collect();
            if wanted.is_empty() {
                continue;
            }
            writeln!(console.out, "{title}: {}", report::counted(wanted.len(), "comment"))?;
            shown += wanted.len();
            for (index, note) in wanted {
                let day = note.on.split('T').next().unwrap_or("");
                writeln!(
                    console.out,
                    "{:>3}  {}   {}, {day}",
                    index + 1,
                    place(project, note),
                    note.by
                )?;
                if !note.words.is_empty() {
                    let words = returned::shown(&note.words);
                    writeln!(console.out, "     on \u{201c}{words}\u{201d}")?;
                }
                if !note.answers.is_empty() {
                    let words = returned::shown(&note.answers);
                    writeln!(console.out, "     answers \u{201c}{words}\u{201d}")?;
                }
                for line in note.text.lines() {
                    writeln!(console.out, "     {line}")?;
                }
                if !note.resolved_by.is_empty() {
                    writeln!(console.out, "     dealt with by {}", note.resolved_by)?;
                }
            }
        }
        if shown == 0 {
            writeln!(console.out, "there are no open comments")?;
        }
        Ok(())
    }

    fn mark(&self, console: &mut Console<'_>, project: &Project, mut kept: Vec<Kept>) -> Outcome {
        let (Some(file), true) = (kept.pop(), kept.is_empty()) else {
            return Err(Misnamed {
                message: "comments are numbered in each edition of each document".to_owned(),
                help: "name one document that has comments: annexe comments DOCUMENT --resolve 2"
                    .to_owned(),
            }
            .into());
        };
        let by = self.by.as_deref().unwrap_or_default();
        let text = returned::resolve(&file.text, &self.resolve, by).map_err(|message| {
            Misnamed { message, help: "`annexe comments` shows their numbers".to_owned() }
        })?;
        if let Err(finding) = put_down(project, &BTreeMap::from([(file.path.clone(), text)])) {
            let mut findings = Findings::default();
            findings.push(*finding);
            report::findings(console, &findings, &project.sources, Severity::Error)?;
            return Ok(FOUND);
        }
        let counted = report::counted(self.resolve.len(), "comment");
        writeln!(console.out, "{counted} dealt with; written to {}", file.path)?;
        Ok(DONE)
    }
}

/// Where a comment belongs now: the line that holds its words, or that which did.
fn place(project: &Project, note: &Note) -> String {
    if note.file.is_empty() {
        return "no place".to_owned();
    }
    let file = project.sources.find(std::path::Path::new(&note.file));
    let text = file.map(|file| &*project.sources.file(file).text);
    let at = text.filter(|_| !note.words.is_empty()).and_then(|text| text.find(&note.words));
    let line = match (text, at) {
        (Some(text), Some(at)) => text[..at].matches('\n').count() + 1,
        _ => note.line,
    };
    format!("{}:{line}", note.file)
}
