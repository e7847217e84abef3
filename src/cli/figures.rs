//! `annexe figures`: each figure of the documents, where it stands and where it came from.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::build::{self, Asked, Job, Terms};
use crate::cli::project::{Saying, threads, with_project};
use crate::cli::{Console, DONE, FOUND, Outcome, report};
use crate::diag::{Severity, slashed};
use crate::document::{Entry, Heading, harmless, line, register};
use crate::source::{Sources, Span};

/// What the command takes.
#[derive(Debug, Args)]
pub struct Figures {
    /// The documents; all of them when none is named
    #[arg(value_name = "DOCUMENT")]
    documents: Vec<String>,

    /// Only this edition
    #[arg(long, value_name = "EDITION")]
    edition: Option<String>,

    /// How the list is printed
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Form,

    #[command(flatten)]
    saying: Saying,
}

/// How the list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people: value, what it is, period, where it came from, where it stands
    Table,
    /// For a spreadsheet, with every column
    Csv,
    /// For programs
    Json,
}

/// The columns of the sheet, and the keys of the JSON.
const COLUMNS: [&str; 14] = [
    "document", "edition", "use", "figure", "value", "unit", "period", "source", "path", "data",
    "used_at", "heading", "anchor", "times",
];

impl Figures {
    /// Prints the figures. A document that an error stops has none to list.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        with_project(console, |console, project, loaded| {
            let asked = Asked {
                documents: self.documents,
                editions: self.edition.into_iter().collect(),
                formats: Vec::new(),
                parameters: self.saying.parameters(),
            };
            let selected = build::select(project, &asked)?;
            let limit = Severity::Error;
            let terms = Terms { as_at: self.saying.as_at, limit, threads: threads() };
            let review = build::review(project, loaded, &selected, terms, false, &|| ());
            report::findings(console, &review.findings, &project.sources, limit)?;
            let mut is_whole = true;
            let mut rows = Vec::new();
            for (job, document) in selected.jobs.iter().zip(&review.documents) {
                match document {
                    Some(document) if !review.stops(job, limit) => {
                        let entries = register(&document.blocks);
                        rows.extend(entries.iter().map(|entry| {
                            Row { job, entry: entry.clone() }.cells(&project.sources)
                        }));
                    }
                    _ => is_whole = false,
                }
            }
            match self.format {
                Form::Table => table(console.out, &rows)?,
                Form::Csv => csv(console.out, &rows)?,
                Form::Json => {
                    let figures: Vec<Value> = rows.iter().map(machine).collect();
                    writeln!(console.out, "{:#}", json!({ "figures": figures }))?;
                }
            }
            Ok(if is_whole { DONE } else { FOUND })
        })
    }
}

struct Row<'r, 'p, 'd> {
    job: &'r Job<'p>,
    entry: Entry<'d>,
}

impl Row<'_, '_, '_> {
    /// Its cells, in the order of [`COLUMNS`].
    fn cells(&self, sources: &Sources) -> [String; COLUMNS.len()] {
        let Row { job, entry } = self;
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let heading = |of: fn(&Heading) -> String| entry.heading.map(of).unwrap_or_default();
        [
            job.template.name.clone(),
            job.edition.clone(),
            entry.usage.word().to_owned(),
            entry.name.clone(),
            entry.value.clone(),
            text(&entry.unit),
            text(&entry.at),
            text(&entry.source),
            entry.path.clone(),
            cells(&entry.cells, sources),
            entry.used.map(|span| place(span, sources, true)).unwrap_or_default(),
            heading(|heading| line(&heading.content)),
            heading(|heading| heading.anchor.clone()),
            entry.times.to_string(),
        ]
    }
}

/// Where the data stand: file and line of each cell; of many, the first and the last.
fn cells(spans: &[Span], sources: &Sources) -> String {
    match spans {
        [] => String::new(),
        [one] => place(*one, sources, false),
        [one, other] => {
            format!("{}; {}", place(*one, sources, false), place(*other, sources, false))
        }
        [first, .., last] if first.file == last.file => {
            let to = sources.position(*last).line;
            format!("{}-{to}", place(*first, sources, false))
        }
        [first, .., last] => {
            format!("{} … {}", place(*first, sources, false), place(*last, sources, false))
        }
    }
}

fn place(span: Span, sources: &Sources, column: bool) -> String {
    let path = slashed(&sources.file(span.file).path);
    let position = sources.position(span);
    match column {
        true => format!("{path}:{}:{}", position.line, position.column),
        false => format!("{path}:{}", position.line),
    }
}

type Cells = [String; COLUMNS.len()];

/// For people: a heading for each document, then a line a figure.
fn table(out: &mut dyn Write, rows: &[Cells]) -> io::Result<()> {
    let mut first = true;
    for group in rows.chunk_by(|a, b| a[..2] == b[..2]) {
        let [document, edition, ..] = &group[0];
        if !std::mem::take(&mut first) {
            writeln!(out)?;
        }
        let entries = if group.len() == 1 { "entry" } else { "entries" };
        writeln!(out, "{document} ({edition}): {} {entries}", group.len())?;
        let shown = group.iter().map(|cells| {
            let [_, _, _, name, value, _, period, _, _, data, used, ..] = cells;
            let short = |words: &str| {
                let mut short: String = words.chars().take(WIDEST).collect();
                if words.chars().nth(WIDEST).is_some() {
                    short.push('…');
                }
                short
            };
            vec![
                format!("  {}", short(value)),
                short(name),
                period.clone(),
                data.clone(),
                used.clone(),
            ]
        });
        report::rows(out, &shown.collect::<Vec<_>>(), &[])?;
    }
    Ok(())
}

/// Most characters of a figure's name in the table for people.
const WIDEST: usize = 60;

fn csv(out: &mut dyn Write, rows: &[Cells]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS).map_err(own)?;
    for row in rows {
        writer.write_record(row.iter().cloned().map(harmless)).map_err(own)?;
    }
    writer.flush()
}

/// The fault of the stream itself: as one of CSV, nobody could tell that the reader went away.
fn own(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn machine(row: &Cells) -> Value {
    let pairs = COLUMNS.iter().zip(row).map(|(name, cell)| {
        let value = match *name {
            "times" => json!(cell.parse::<usize>().unwrap_or(1)),
            _ if cell.is_empty() => Value::Null,
            _ => json!(cell),
        };
        ((*name).to_owned(), value)
    });
    Value::Object(pairs.collect())
}
