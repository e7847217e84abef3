//! `annexe build`: checks the project, then makes its documents.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::build::changed::Earlier;
use crate::build::{
    self, Asked, Built, Cache, Desk, Folder, Format, Misnamed, Origin, Selected, Terms, Wanted,
};
use crate::cli::project::{Saying, threads, with_project};
use crate::cli::{Console, FOUND, Outcome, Stop, bounded, report};
use crate::diag::{Finding, Findings, Severity};
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

    /// With a website: also tell what changed since the project in this folder
    #[arg(long, value_name = "DIR")]
    changed_from: Option<PathBuf>,

    /// Let warnings stop a document as errors do
    #[arg(long)]
    strict: bool,

    /// Draw everything anew, also what has not changed since it was drawn last
    #[arg(long)]
    fresh: bool,

    /// Build in a process that may take so much memory and no more, such as 400M or 2G
    #[arg(long, value_name = "SIZE", value_parser = bounded::memory)]
    memory: Option<u64>,

    /// How many documents to work on at once; as many as there are cores when absent
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
}

impl Build {
    /// Builds, prints a line a file, and a summary.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        if let Some(bytes) = self.memory.filter(|_| !bounded::is_child()) {
            let args = console.args.clone();
            return bounded::run(console, bytes, &args);
        }
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
        let (cache, unusable) = cache(&project.root, self.fresh);
        let bar = progress(console, jobs.len() * 2);
        let done = || bar.inc(1);
        let whole = whole && passed.is_empty();
        let mut review = build::review(project, loaded, &selected, terms, whole, &done);
        let earlier = match self.changed_from {
            Some(_) if site.is_none() => {
                return Err(Stop::Usage(Misnamed {
                    message: "--changed-from is for a website".to_owned(),
                    help: "add --site DIR".to_owned(),
                }));
            }
            Some(folder) => match Earlier::of(&folder, terms.threads) {
                Ok(earlier) => Some(earlier),
                Err((findings, sources)) => {
                    bar.finish_and_clear();
                    report::failed(console, &findings, &sources)?;
                    return Ok(FOUND);
                }
            },
            None => None,
        };
        let (pages, site_faults) = match &site {
            Some(site) => {
                let earlier = earlier.as_ref();
                build::site::pages(project, jobs, &review, terms, earlier, (site, &cache))
            }
            None => (None, Findings::default()),
        };
        let desk = Desk { folder: &folder, cache: &cache, remembered: None };
        let (built, faults) = build::write(project, jobs, &mut review, terms, desk, &done);
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
        for name in earlier.iter().flat_map(|earlier| &earlier.stopped) {
            let why = "what changed is not told: an error stops it in the earlier project";
            rows.push(vec![name.clone(), String::new(), why.to_owned()]);
        }
        let mut findings = review.findings;
        findings.extend(faults);
        findings.extend(unusable);
        report::findings(console, &findings, &project.sources, Severity::Warning)?;
        report::rows(console.out, &rows, &[3, 4, 5])?;
        let files = built.iter().map(|built| built.paths.len()).sum();
        if let Some(folder) = site.filter(|_| site_files > 0) {
            let start = shown(&folder.path().join("index.html"));
            writeln!(console.out, "website of {}: {start}", report::counted(site_files, "file"))?;
        }
        let unchanged: usize =
            built.iter().filter(|b| b.origin == Origin::Unchanged).map(|b| b.paths.len()).sum();
        writeln!(console.out, "{}", summary(files, unchanged, &findings))?;
        Ok(report::code(&findings, terms.limit))
    }
}

/// What earlier builds drew: in the project, or where `ANNEXE_CACHE` says, of at most
/// `ANNEXE_CACHE_LIMIT` megabytes.
pub fn cache(root: &std::path::Path, fresh: bool) -> (Cache, Option<Finding>) {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let megabytes = set("ANNEXE_CACHE_LIMIT").and_then(|value| value.to_str()?.parse().ok());
    let limit = megabytes.map(|megabytes: u64| megabytes.saturating_mul(1_000_000));
    let folder = set("ANNEXE_CACHE").map(PathBuf::from);
    Cache::open(root, &Wanted { folder, limit, fresh })
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
pub fn line(built: &Built) -> Vec<String> {
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
        match built.origin {
            Origin::Drawn => time(built.time),
            Origin::Kept => "from cache".to_owned(),
            Origin::Unchanged => "unchanged".to_owned(),
        },
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
pub fn summary(files: usize, unchanged: usize, findings: &Findings) -> String {
    let errors = findings.count(Severity::Error);
    let warnings = findings.count(Severity::Warning);
    let more = if findings.is_empty() { "" } else { " (annexe check)" };
    let unchanged =
        if unchanged == 0 { String::new() } else { format!(" ({unchanged} unchanged)") };
    format!(
        "{}{unchanged}, {}, {}{more}",
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
