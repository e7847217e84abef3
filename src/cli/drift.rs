//! `annexe drift`: which sections of one edition are still answered by those of another.

use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};

use crate::build::{self, Asked, Job, Selected, Terms};
use crate::cli::project::{Saying, threads, with_project};
use crate::cli::{Console, DONE, FOUND, Outcome, report};
use crate::diag::{Finding, Findings, Severity};
use crate::pairs::{Changes, Pair, Standing};
use crate::plan::date::day_in_words;
use crate::project::Project;

/// What the command takes.
#[derive(Debug, Args)]
pub struct Drift {
    /// The documents; all when none is named
    #[arg(value_name = "DOCUMENT")]
    documents: Vec<String>,

    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Form,

    #[command(flatten)]
    saying: Saying,
}

/// How pairs are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// One line a pair
    Human,
    /// For programs, with what has changed
    Json,
}

/// The pairs of each job.
pub(super) type Found<'p> = Vec<(Job<'p>, Vec<Pair>)>;

/// The pairs of the documents asked for, or the findings that keep them from being made.
pub(super) fn pairs_of<'p>(
    project: &'p Project,
    loaded: Findings,
    asked: &Asked,
    saying: &Saying,
) -> Result<Result<Found<'p>, Findings>, build::Misnamed> {
    let Selected { jobs, passed } = build::select(project, asked)?;
    let paired = |job: &Job<'p>| project.edition(&job.edition).is_some_and(|e| e.pairs.is_some());
    let jobs: Vec<Job<'p>> = jobs.into_iter().filter(paired).collect();
    let selected = Selected { jobs, passed };
    let terms = Terms { as_at: saying.as_at, limit: Severity::Error, threads: threads() };
    let review = build::review(project, loaded, &selected, terms, false, &|| ());
    // A sentence that is too long is no reason not to agree; words that could not be made are.
    let grave = |finding: &&Finding| {
        finding.severity == Severity::Error && !finding.rule.code.starts_with("readability/")
    };
    if review.findings.iter().any(|finding| grave(&finding)) {
        let mut found = Findings::default();
        found.extend(review.findings.iter().filter(grave).cloned());
        return Ok(Err(found));
    }
    let found = build::paired(project, &selected.jobs, &review, saying.as_at);
    Ok(Ok(found.into_iter().map(|(job, pairs)| (job.clone(), pairs)).collect()))
}

impl Drift {
    /// Prints how each pair stands.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        with_project(console, |console, project, loaded| {
            let asked = Asked {
                documents: self.documents,
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
            match self.format {
                Form::Human => print(console, &found)?,
                Form::Json => {
                    let pairs: Vec<Json> = found
                        .iter()
                        .flat_map(|(job, pairs)| pairs.iter().map(|pair| as_json(job, pair)))
                        .collect();
                    writeln!(console.out, "{}", json!({ "pairs": pairs }))?;
                }
            }
            Ok(DONE)
        })
    }
}

fn print(console: &mut Console<'_>, found: &[(Job<'_>, Vec<Pair>)]) -> std::io::Result<()> {
    let mut rows = Vec::new();
    for (job, pairs) in found {
        for pair in pairs {
            rows.push(vec![
                job.template.name.clone(),
                job.edition.clone(),
                pair.section.anchor.clone(),
                pair.standing.word().to_owned(),
                remark(&pair.standing),
            ]);
        }
    }
    report::rows(console.out, &rows, &[])?;
    let count = |word: &str| {
        let pairs = found.iter().flat_map(|(_, pairs)| pairs);
        pairs.filter(|pair| pair.standing.word() == word).count()
    };
    let [agreed, same, stale] = ["agreed", "the same", "stale"].map(count);
    let [unagreed, missing, none] = ["not agreed", "missing", "needs none"].map(count);
    writeln!(
        console.out,
        "{}: {} agreed, {stale} stale, {unagreed} not agreed, {missing} missing; {none} need none",
        report::counted(rows.len(), "section"),
        agreed + same
    )
}

fn remark(standing: &Standing) -> String {
    match standing {
        Standing::Agreed(agreement) => format!("{}, {}", agreement.by, day_in_words(agreement.on)),
        Standing::Stale(agreement, Changes { figures, words }) => format!(
            "{}, {}; since then {} and {} of words",
            agreement.by,
            day_in_words(agreement.on),
            report::counted(figures.len(), "figure"),
            report::counted(words.len(), "change"),
        ),
        Standing::NotAgreed | Standing::Missing | Standing::Same => String::new(),
        Standing::Unpaired(why) => why.clone(),
    }
}

fn as_json(job: &Job<'_>, pair: &Pair) -> Json {
    let (agreement, changes) = match &pair.standing {
        Standing::Agreed(agreement) => (Some(agreement), None),
        Standing::Stale(agreement, changes) => (Some(agreement), Some(changes)),
        _ => (None, None),
    };
    let why = match &pair.standing {
        Standing::Unpaired(why) => Some(why),
        _ => None,
    };
    let figures = changes.iter().flat_map(|changes| &changes.figures);
    let words = changes.iter().flat_map(|changes| &changes.words);
    json!({
        "document": job.template.name,
        "edition": job.edition,
        "section": pair.section.anchor,
        "title": pair.section.title,
        "standing": pair.standing.word(),
        "counterpart": pair.counterpart.as_ref().map(|(title, _)| title),
        "by": agreement.map(|agreement| &agreement.by),
        "on": agreement.map(|agreement| agreement.on.to_string()),
        "why": why,
        "figures": figures
            .map(|c| json!({ "name": c.name, "was": c.was, "is": c.is }))
            .collect::<Vec<_>>(),
        "words": words
            .map(|c| json!({ "after": c.after, "was": c.was, "is": c.is }))
            .collect::<Vec<_>>(),
    })
}
