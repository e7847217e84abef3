//! `annexe readability`: how easy each section is to read, by the formulas.

use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};

use crate::build::{self, Asked, Job, Terms};
use crate::cli::project::{Saying, threads, with_project};
use crate::cli::{Console, DONE, FOUND, Outcome, report};
use crate::diag::{Finding, Findings, Severity, render};
use crate::document::Document;
use crate::project::{Limits, Project};
use crate::readability::{Counts, HardWords, Judgement, Reading, Section, judge, read};

/// What the command takes.
#[derive(Debug, Args)]
pub struct Readability {
    /// The documents; all when none is named
    #[arg(value_name = "DOCUMENT")]
    documents: Vec<String>,

    /// An edition; all when absent
    #[arg(long = "edition", value_name = "EDITION")]
    editions: Vec<String>,

    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Form,

    /// List the sentences that are hard to read, by the limits of the edition
    #[arg(long)]
    sentences: bool,

    #[command(flatten)]
    saying: Saying,
}

/// How scores are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A table a document
    Human,
    /// For programs
    Json,
}

/// One document with what was found of its words.
struct Judged<'j, 'p> {
    job: &'j Job<'p>,
    reading: Reading,
    judgement: Judgement,
}

impl Readability {
    /// Prints the scores of every section.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        with_project(console, |console, project, loaded| {
            let asked = Asked {
                documents: self.documents,
                editions: self.editions,
                formats: Vec::new(),
                parameters: self.saying.parameters(),
            };
            let selected = build::select(project, &asked)?;
            let terms =
                Terms { as_at: self.saying.as_at, limit: Severity::Error, threads: threads() };
            let review = build::review(project, loaded, &selected, terms, false, &|| ());
            let hard = HardWords::of(&project.words, &project.plan.terms);
            let judged: Vec<Judged<'_, '_>> = selected
                .jobs
                .iter()
                .zip(&review.documents)
                .filter_map(|(job, document)| {
                    let document = document.as_ref()?;
                    let judgement = judged(project, job, document, &hard);
                    Some(Judged { job, reading: read(document), judgement })
                })
                .collect();
            match self.format {
                Form::Human => {
                    // What keeps a document from being made makes its scores doubtful.
                    report::findings(console, &review.findings, &project.sources, Severity::Error)?;
                    for (at, one) in judged.iter().enumerate() {
                        if at > 0 {
                            writeln!(console.out)?;
                        }
                        print(console, project, one, self.sentences)?;
                    }
                }
                Form::Json => {
                    let documents: Vec<Json> =
                        judged.iter().map(|one| as_json(project, one)).collect();
                    writeln!(console.out, "{}", json!({ "documents": documents }))?;
                }
            }
            let grave = |finding: &Finding| finding.severity == Severity::Error;
            let broken = judged.iter().any(|one| one.judgement.sentences.iter().any(grave))
                || review.findings.iter().any(grave);
            Ok(if broken { FOUND } else { DONE })
        })
    }
}

fn judged(
    project: &Project,
    job: &Job<'_>,
    document: &Document,
    hard: &HardWords<'_>,
) -> Judgement {
    let none = Limits::default();
    let edition = project.edition(&job.edition);
    let limits = edition.and_then(|edition| edition.readability.as_ref()).unwrap_or(&none);
    judge(document, limits, hard, &project.sources, job.template.title.span)
}

fn print(
    console: &mut Console<'_>,
    project: &Project,
    one: &Judged<'_, '_>,
    sentences: bool,
) -> std::io::Result<()> {
    let Judged { job, reading, judgement } = one;
    let name = format!("{} ({})", job.template.name, job.edition);
    let heads = ["words", "sentences", "longest", "Flesch", "grade", "SMOG", "age"];
    let head = std::iter::once(name).chain(heads.map(str::to_owned)).collect();
    let mut rows: Vec<Vec<String>> = vec![head];
    // A heading over nothing but tables has no score.
    let scored = reading.sections.iter().filter(|section| section.counts.words > 0);
    rows.extend(scored.map(|section| row(&title(section), &section.counts)));
    rows.push(row("Total", &reading.total));
    report::rows(console.out, &rows, &[1, 2, 3, 4, 5, 6, 7])?;
    let mut found = Findings::default();
    found.extend(judgement.sentences.iter().cloned());
    found.sort(&project.sources);
    if sentences {
        for finding in found.iter() {
            writeln!(console.out, "{}", render::short(finding, &project.sources))?;
        }
    } else if !found.is_empty() {
        let places = report::counted(found.iter().count(), "place");
        writeln!(
            console.out,
            "{places} hard to read by the limits of {}: --sentences lists them",
            job.edition
        )?;
    }
    Ok(())
}

/// Most characters of a heading in the table.
const TITLE: usize = 48;

fn title(section: &Section) -> String {
    let indent = "  ".repeat(usize::from(section.level.saturating_sub(1)));
    let title =
        if section.title.is_empty() { "(before the first heading)" } else { &section.title };
    let mut short: String = title.chars().take(TITLE).collect();
    if short.len() < title.len() {
        short.push('…');
    }
    indent + &short
}

fn row(title: &str, counts: &Counts) -> Vec<String> {
    let score = |score: Option<f64>| score.map_or_else(|| "–".to_owned(), |s| format!("{s:.1}"));
    vec![
        title.to_owned(),
        counts.words.to_string(),
        counts.sentences.to_string(),
        counts.longest.to_string(),
        score(counts.flesch()),
        score(counts.grade()),
        score(counts.smog()),
        score(counts.reading_age()),
    ]
}

fn as_json(project: &Project, one: &Judged<'_, '_>) -> Json {
    let Judged { job, reading, judgement } = one;
    let mut found = Findings::default();
    found.extend(judgement.sentences.iter().cloned());
    found.sort(&project.sources);
    let findings: Json =
        serde_json::from_str(&render::json(&found, &project.sources)).unwrap_or_default();
    let sections = reading.sections.iter().map(|section| {
        let mut scores = scores(&section.counts);
        scores["level"] = json!(section.level);
        scores["title"] = json!(section.title);
        scores["id"] = json!(section.anchor);
        scores
    });
    json!({
        "document": job.template.name,
        "edition": job.edition,
        "sections": sections.collect::<Vec<_>>(),
        "total": scores(&reading.total),
        "findings": findings["findings"],
    })
}

/// Scores are null where a formula does not hold.
fn scores(counts: &Counts) -> Json {
    let round = |score: Option<f64>| score.map(|score| (score * 100.0).round() / 100.0);
    json!({
        "words": counts.words,
        "sentences": counts.sentences,
        "syllables": counts.syllables,
        "long_words": counts.long_words,
        "longest": counts.longest,
        "flesch": round(counts.flesch()),
        "grade": round(counts.grade()),
        "smog": round(counts.smog()),
        "age": round(counts.reading_age()),
    })
}
