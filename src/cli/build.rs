//! `annexe build`: checks the project, then makes its documents.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::build::{self, Asked, Built, Folder, Format, Selected, Terms};
use crate::cli::project::{Saying, threads, with_project};
use crate::cli::{Console, Outcome, report};
use crate::diag::{Findings, Severity};
use crate::project::Project;

const EXAMPLES: &str = "\
Examples:
  annexe build                                    everything
  annexe build app-annex-a --format pdf           one document, in one format
  annexe build --as-at 2022-04-30 --out board     as it stood on a day, beside today's
  annexe build highlight-report --since 2021-11-30 --param objective=O2
                                                  what changed since a day";

/// What the command takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Build {
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

    /// Also make a website of these documents, in this folder; when everything is made, one stands
    /// in site/ beside the files
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,

    /// Let warnings stop a document as errors do
    #[arg(long)]
    strict: bool,

    /// How many documents to work on at once; as many as there are cores when absent
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
}

impl Build {
    /// Builds, prints a line a file, and a summary.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        with_project(console, |console, project, loaded| self.build(console, project, loaded))
    }

    fn build(self, console: &mut Console<'_>, project: &Project, loaded: Findings) -> Outcome {
        let whole = self.documents.is_empty() && self.editions.is_empty();
        let everything = whole && self.formats.is_empty();
        let asked = Asked {
            documents: self.documents,
            editions: self.editions,
            formats: self.formats,
            parameters: self.saying.parameters(),
        };
        let selected = build::select(project, &asked)?;
        let Selected { jobs, passed } = &selected;
        let terms = Terms {
            as_at: self.saying.as_at,
            limit: if self.strict { Severity::Warning } else { Severity::Error },
            threads: self.jobs.map_or_else(threads, usize::from),
        };
        let folder = match self.out {
            Some(path) => Folder::named(path),
            None => Folder::of_project(&project.root),
        };

        let site = match self.site {
            Some(path) => Some(Folder::named(path)),
            None => everything.then(|| folder.below("site")),
        };
        let bar = progress(console, jobs.len() * 2);
        let done = || bar.inc(1);
        let whole = whole && passed.is_empty();
        let mut review = build::review(project, loaded, &selected, terms, whole, &done);
        let (pages, site_faults) = match &site {
            Some(_) => build::site::pages(project, jobs, &review, terms),
            None => (None, Findings::default()),
        };
        let (built, faults) = build::write(project, jobs, &mut review, terms, &folder, &done);
        bar.finish_and_clear();
        let mut site_files = 0;
        let mut faults = faults;
        // The same drawings are in the other files: what is wrong with them is told once.
        if faults.count(Severity::Error) == 0 {
            faults.extend(site_faults);
        }
        if let (Some(pages), Some(folder)) = (pages, &site) {
            match pages.put_down(&built, folder) {
                Ok(count) => site_files = count,
                Err(finding) => faults.push(*finding),
            }
        }

        let mut rows: Vec<Vec<String>> = built.iter().map(line).collect();
        for job in jobs {
            let is_built = |b: &Built| b.document == job.template.name && b.edition == job.edition;
            if !built.iter().any(is_built) {
                let why = "not built: see what stops it above".to_owned();
                rows.push(vec![job.template.name.clone(), job.edition.clone(), why]);
            }
        }
        rows.extend(passed.iter().map(|passed| {
            vec![passed.document.clone(), String::new(), format!("left out: {}", passed.why)]
        }));
        let mut findings = review.findings;
        findings.extend(faults);
        report::findings(console, &findings, &project.sources, Severity::Warning)?;
        report::rows(console.out, &rows, &[3, 4, 5])?;
        let files = built.iter().map(|built| built.paths.len()).sum();
        if let Some(folder) = site.filter(|_| site_files > 0) {
            let start = shown(&folder.path().join("index.html"));
            writeln!(console.out, "website of {}: {start}", report::counted(site_files, "file"))?;
        }
        writeln!(console.out, "{}", summary(files, &findings))?;
        Ok(report::code(&findings, terms.limit))
    }
}

/// A bar for `steps` steps; one that shows nothing unless standard error is a terminal.
fn progress(console: &Console<'_>, steps: usize) -> ProgressBar {
    if !console.screen.bar {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::stderr());
    match ProgressStyle::with_template("building {bar:30} {pos}/{len} {elapsed}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// The line about one file: document, edition, format, pages, size, time, place.
fn line(built: &Built) -> Vec<String> {
    let place = match built.paths.as_slice() {
        [] => String::new(),
        [only] => shown(only),
        [first, .., last] => {
            let last = last.file_name().unwrap_or_default().to_string_lossy();
            format!("{} to {last}", shown(first))
        }
    };
    vec![
        built.document.clone(),
        built.edition.clone(),
        built.format.name().to_owned(),
        built.pages.map(|pages| report::counted(pages, "page")).unwrap_or_default(),
        size(built.bytes),
        time(built.time),
        place,
    ]
}

/// A path as the user would write it: from the working folder, where it lies below that.
pub fn shown(path: &std::path::Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).display().to_string()
}

pub fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

pub fn time(time: Duration) -> String {
    match time.as_millis() {
        short @ 0..1_000 => format!("{short} ms"),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}

/// "2 files, 0 errors, 1 warning (annexe check)".
pub fn summary(files: usize, findings: &Findings) -> String {
    let errors = findings.count(Severity::Error);
    let warnings = findings.count(Severity::Warning);
    let more = if findings.is_empty() { "" } else { " (annexe check)" };
    format!(
        "{}, {}, {}{more}",
        report::counted(files, "file"),
        report::counted(errors, "error"),
        report::counted(warnings, "warning"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_are_short() {
        assert_eq!([size(999), size(1_001), size(1_250_000)], ["999 B", "2 kB", "1.2 MB"]);
        let ms = |ms| time(Duration::from_millis(ms));
        assert_eq!([ms(41), ms(1_250)], ["41 ms", "1.2 s"]);
    }
}
