//! `annexe diff`: what changed between two folders of a project, document by document.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};

use crate::build::{self, Asked, Misnamed, Terms};
use crate::cli::project::{day, threads};
use crate::cli::{Console, DONE, FOUND, Outcome, report};
use crate::diag::Severity;
use crate::diff::{CellChange, Changes, Fate, FigureChange, Piece, SectionChange, TableChange};
use crate::document::Document;
use crate::project::Project;
use crate::source::Sources;

/// What the command takes.
#[derive(Debug, Args)]
pub struct Diff {
    /// The folder of the project as it was
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The folder of the project as it is
    #[arg(value_name = "NEW")]
    new: PathBuf,

    /// The documents; all that either has when none is named
    #[arg(value_name = "DOCUMENT")]
    documents: Vec<String>,

    /// Only this edition
    #[arg(long, value_name = "EDITION")]
    edition: Option<String>,

    /// The day the old documents speak for; their own when absent
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    as_at_old: Option<NaiveDate>,

    /// The day the new documents speak for; their own when absent
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    as_at: Option<NaiveDate>,

    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Form,
}

/// How changes are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people: [-words taken out-] and {+words put in+}
    Human,
    /// For programs
    Json,
}

/// The documents of one folder that nothing stops.
struct State {
    project: Project,
    /// Each with its document and edition.
    made: Vec<(String, String, Document)>,
    /// Those that there are, but that an error stops.
    stopped: Vec<(String, String)>,
}

impl Diff {
    /// Prints what changed. A document that an error stops cannot be compared.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        let Ok(old) = self.state(console, &self.old, self.as_at_old)? else { return Ok(FOUND) };
        let Ok(new) = self.state(console, &self.new, self.as_at)? else { return Ok(FOUND) };
        let mut names: Vec<(String, String)> = Vec::new();
        let mut seen = BTreeSet::new();
        for (name, edition, _) in new.made.iter().chain(&old.made) {
            let pair = (name.clone(), edition.clone());
            if seen.insert(pair.clone()) {
                names.push(pair);
            }
        }
        let stopped: BTreeSet<&(String, String)> = old.stopped.iter().chain(&new.stopped).collect();
        let mut told = Vec::new();
        for (name, edition) in names {
            if stopped.contains(&(name.clone(), edition.clone())) {
                continue;
            }
            let (before, after) = (old.document(&name, &edition), new.document(&name, &edition));
            let nothing = |like: &Document| Document { blocks: Vec::new(), ..like.clone() };
            let (before, after, fate) = match (before, after) {
                (Some(before), Some(after)) => (before.clone(), after.clone(), Fate::Stays),
                (None, Some(after)) => (nothing(after), after.clone(), Fate::New),
                (Some(before), None) => (before.clone(), nothing(before), Fate::Gone),
                (None, None) => continue,
            };
            let sources: (&Sources, &Sources) = (&old.project.sources, &new.project.sources);
            let changes = Changes::between((&before, sources.0), (&after, sources.1));
            told.push((name, edition, fate, changes));
        }
        match self.format {
            Form::Human => {
                let mut page = Page { out: console.out, colour: console.screen.colour_out };
                for (name, edition, fate, changes) in &told {
                    page.document(name, edition, *fate, changes)?;
                }
            }
            Form::Json => {
                let documents: Vec<Json> = told
                    .iter()
                    .map(|(name, edition, fate, changes)| machine(name, edition, *fate, changes))
                    .collect();
                writeln!(console.out, "{:#}", json!({ "documents": documents }))?;
            }
        }
        Ok(if stopped.is_empty() { DONE } else { FOUND })
    }

    /// Makes the documents of a folder. `Err` when it cannot be read; what is wrong is printed.
    fn state(
        &self,
        console: &mut Console<'_>,
        folder: &Path,
        as_at: Option<NaiveDate>,
    ) -> Result<Result<State, ()>, crate::cli::Stop> {
        if !folder.join("content/project.toml").is_file() {
            return Err(crate::cli::Stop::Usage(Misnamed {
                message: format!("no project in {}", folder.display()),
                help: "name a folder that has a content/project.toml".to_owned(),
            }));
        }
        let (project, loaded) = match build::open(folder) {
            (Ok(project), findings) => (project, findings),
            (Err(sources), findings) => {
                report::failed(console, &findings, &sources)?;
                return Ok(Err(()));
            }
        };
        // A document that only the other folder has is no slip.
        let documents: Vec<String> = self
            .documents
            .iter()
            .filter(|name| project.templates.contains_key(*name))
            .cloned()
            .collect();
        if documents.is_empty() && !self.documents.is_empty() {
            let known: Vec<&str> = project.templates.keys().map(String::as_str).collect();
            return Err(crate::cli::Stop::Usage(Misnamed {
                message: format!(
                    "{} has no document \"{}\"",
                    folder.display(),
                    self.documents.join("\", \"")
                ),
                help: format!("there are: {}", known.join(", ")),
            }));
        }
        let asked = Asked {
            documents,
            editions: self.edition.iter().cloned().collect(),
            ..Asked::default()
        };
        let (made, stopped) = {
            let selected = build::select(&project, &asked)?;
            let limit = Severity::Error;
            let terms = Terms { as_at, limit, threads: threads() };
            let mut review = build::review(&project, loaded, &selected, terms, false, &|| ());
            let mut errors = crate::diag::Findings::default();
            errors.extend(review.findings.iter().filter(|f| f.severity == limit).cloned());
            report::findings(console, &errors, &project.sources, limit)?;
            let documents = std::mem::take(&mut review.documents);
            let (mut made, mut stopped) = (Vec::new(), Vec::new());
            for (job, document) in selected.jobs.iter().zip(documents) {
                let named = (job.template.name.clone(), job.edition.clone());
                match document.filter(|_| !review.stops(job, limit)) {
                    Some(document) => made.push((named.0, named.1, document)),
                    None => stopped.push(named),
                }
            }
            (made, stopped)
        };
        Ok(Ok(State { project, made, stopped }))
    }
}

impl State {
    fn document(&self, name: &str, edition: &str) -> Option<&Document> {
        let is_it = |made: &&(String, String, Document)| made.0 == name && made.1 == edition;
        self.made.iter().find(is_it).map(|(_, _, document)| document)
    }
}

/// Where changes are printed for people.
struct Page<'p> {
    out: &'p mut dyn Write,
    colour: bool,
}

const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const PLAIN: &str = "\u{1b}[0m";
/// Words on either side of a change that are printed with it.
const AROUND: usize = 6;

impl Page<'_> {
    fn document(
        &mut self,
        name: &str,
        edition: &str,
        fate: Fate,
        changes: &Changes,
    ) -> io::Result<()> {
        let count = |fate: Fate| changes.sections.iter().filter(|s| s.fate == fate).count();
        let figures: usize = changes.sections.iter().map(|s| s.figures.len()).sum();
        let summary = match fate {
            Fate::New => "a new document".to_owned(),
            Fate::Gone => "gone".to_owned(),
            _ if changes.is_none() => "nothing changed".to_owned(),
            _ => format!(
                "{} changed, {} moved, {} new, {} gone, {} the same; {}",
                report::counted(count(Fate::Stays), "section"),
                count(Fate::Moved),
                count(Fate::New),
                count(Fate::Gone),
                changes.same,
                report::counted(figures, "figure"),
            ),
        };
        writeln!(self.out, "{name} ({edition}): {summary}")?;
        if matches!(fate, Fate::Stays | Fate::Moved) {
            for section in &changes.sections {
                self.section(section)?;
            }
        }
        Ok(())
    }

    fn section(&mut self, section: &SectionChange) -> io::Result<()> {
        let title =
            if section.anchor.is_empty() { "(before the first heading)" } else { &section.title };
        let fate = match section.fate {
            Fate::Stays => "",
            Fate::Moved => " (moved)",
            Fate::New => " (new)",
            Fate::Gone => " (gone)",
        };
        writeln!(self.out, "\n  {title}{fate}")?;
        for FigureChange { name, from, to } in &section.figures {
            let shown = |words: &str| if words.is_empty() { "nothing" } else { words }.to_owned();
            writeln!(self.out, "    figure  {name}: {} \u{2192} {}", shown(from), shown(to))?;
        }
        for words in &section.words {
            let words = self.words(words);
            writeln!(self.out, "    words   {words}")?;
        }
        for table in &section.tables {
            self.table(table)?;
        }
        Ok(())
    }

    fn table(&mut self, table: &TableChange) -> io::Result<()> {
        let fate = match table.fate {
            Fate::New => " (new)",
            Fate::Gone => " (gone)",
            Fate::Stays | Fate::Moved => "",
        };
        writeln!(self.out, "    table   {}{fate}", table.title)?;
        for CellChange { row, column, from, to } in &table.cells {
            let place = [row.as_str(), column.as_str()];
            let place: Vec<&str> = place.into_iter().filter(|words| !words.is_empty()).collect();
            writeln!(self.out, "            {}: {from} \u{2192} {to}", place.join(" / "))?;
        }
        for row in &table.rows_new {
            let row = self.put_in(row);
            writeln!(self.out, "            {row}")?;
        }
        for row in &table.rows_gone {
            let row = self.taken_out(row);
            writeln!(self.out, "            {row}")?;
        }
        Ok(())
    }

    fn words(&self, pieces: &[Piece]) -> String {
        let last = pieces.len().saturating_sub(1);
        let said: Vec<String> = pieces
            .iter()
            .enumerate()
            .map(|(place, piece)| match piece {
                Piece::Same(words) => around(words, place == 0, place == last),
                Piece::Out(words) => self.taken_out(words),
                Piece::In(words) => self.put_in(words),
            })
            .collect();
        said.join(" ")
    }

    fn taken_out(&self, words: &str) -> String {
        match self.colour {
            true => format!("{RED}[-{words}-]{PLAIN}"),
            false => format!("[-{words}-]"),
        }
    }

    fn put_in(&self, words: &str) -> String {
        match self.colour {
            true => format!("{GREEN}{{+{words}+}}{PLAIN}"),
            false => format!("{{+{words}+}}"),
        }
    }
}

/// Words that stayed, but for those far from any change.
fn around(words: &str, is_first: bool, is_last: bool) -> String {
    let all: Vec<&str> = words.split(' ').collect();
    let (head, tail) = (if is_first { 0 } else { AROUND }, if is_last { 0 } else { AROUND });
    if all.len() <= head + tail + 1 {
        return words.to_owned();
    }
    let (start, end) = (all.get(..head).unwrap_or(&[]), all.get(all.len() - tail..).unwrap_or(&[]));
    let parts = [start.join(" "), "\u{2026}".to_owned(), end.join(" ")];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn machine(name: &str, edition: &str, fate: Fate, changes: &Changes) -> Json {
    let word = |fate: Fate| match fate {
        Fate::Stays => "changed",
        Fate::Moved => "moved",
        Fate::New => "new",
        Fate::Gone => "gone",
    };
    let piece = |piece: &Piece| match piece {
        Piece::Same(words) => json!({ "same": words }),
        Piece::Out(words) => json!({ "out": words }),
        Piece::In(words) => json!({ "in": words }),
    };
    let table = |table: &TableChange| {
        let cells: Vec<Json> = table
            .cells
            .iter()
            .map(|c| json!({ "row": c.row, "column": c.column, "from": c.from, "to": c.to }))
            .collect();
        json!({
            "title": table.title,
            "fate": word(table.fate),
            "cells": cells,
            "rows_new": table.rows_new,
            "rows_gone": table.rows_gone,
        })
    };
    let sections: Vec<Json> = changes
        .sections
        .iter()
        .map(|section| {
            let figures: Vec<Json> = section
                .figures
                .iter()
                .map(|f| json!({ "name": f.name, "from": f.from, "to": f.to }))
                .collect();
            let words: Vec<Vec<Json>> =
                section.words.iter().map(|words| words.iter().map(piece).collect()).collect();
            json!({
                "section": section.anchor,
                "title": section.title,
                "fate": word(section.fate),
                "figures": figures,
                "words": words,
                "tables": section.tables.iter().map(table).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "document": name,
        "edition": edition,
        "fate": word(fate),
        "same": changes.same,
        "sections": sections,
    })
}
