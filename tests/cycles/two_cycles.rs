//! A made-up project of two cycles: a document true of the first cycle's data, its claims bound by
//! `annexe claims --bind`, and what is found when the second cycle's data come in.
//!
//! `statements.txt` says of each statement what the second cycle makes of it; it was written before the
//! check first ran on it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use annexe::build::{self, Asked, Terms};
use annexe::diag::{Place, Severity};
use tempfile::TempDir;

const SECOND: &str = "2025-03-31";

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/two-cycles")
}

/// What the second cycle makes of a statement, its kind and its words, by the line it stands on.
type Statements = BTreeMap<usize, (String, &'static str, String)>;

/// `<timeliness.rate Riverside latest>` as an expression.
fn spelt(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        let (inner, after) = after.split_once('>').unwrap();
        let mut words = inner.split(' ');
        out += &format!("{before}{{{{ data.{}", words.next().unwrap());
        for word in words {
            match word {
                "latest" | "previous" => out += &format!("[{word}]"),
                word => out += &format!("[\"{}\"]", word.replace('_', " ")),
            }
        }
        out += " }}";
        rest = after;
    }
    out + rest
}

/// The document's narrative, and its statements by line.
fn narrative() -> (String, Statements) {
    let mut text = String::new();
    let mut statements = Statements::new();
    for line in fs::read_to_string(folder().join("statements.txt")).unwrap().lines() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(heading) = line.strip_prefix("== ") {
            text += &format!("# {heading}\n\n");
            continue;
        }
        let (fate, said) = line.split_once(' ').unwrap();
        let at = text.lines().count() + 1;
        let titled = |prefix: &str| said.strip_prefix(prefix);
        let kind = if let Some(rest) = titled("chart ") {
            let (chart, title) = rest.split_once(": ").unwrap();
            text += &format!("::: chart {chart} title=\"{title}\" table=\"below\"\n:::\n\n");
            "title"
        } else if let Some(title) = titled("callout: ") {
            text += &format!("::: callout note title=\"{title}\"\nSee below.\n:::\n\n");
            "title"
        } else if let Some(title) = titled("heading: ") {
            text += &format!("## {title}\n\nSee the table.\n\n");
            "title"
        } else {
            text += &format!("{}\n\n", spelt(said));
            match fate {
                "PAST" | "OPEN" => "promise",
                _ if said.contains('<') => "sentence with figures",
                _ => "sentence",
            }
        };
        statements.insert(at, (fate.to_owned(), kind, said.to_owned()));
    }
    (text, statements)
}

pub fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(&target).unwrap(),
            false => drop(fs::copy(entry.path(), &target).unwrap()),
        }
    }
}

/// The project in its first cycle, with its claims bound.
fn first_cycle(text: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    copy(&folder().join("content"), &dir.path().join("content"));
    fs::create_dir_all(dir.path().join("content/app")).unwrap();
    fs::create_dir_all(dir.path().join("templates")).unwrap();
    fs::write(dir.path().join("content/app/report.md"), text).unwrap();
    let template =
        "+++\ntitle = \"Report\"\ncover = false\n+++\n\n::: include app/report.md\n:::\n";
    fs::write(dir.path().join("templates/report.md"), template).unwrap();
    dir
}

pub fn annexe(args: &[&str]) -> (i32, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = std::iter::once("annexe").chain(args.iter().copied()).map(OsString::from);
    let code = annexe::cli::run(args, &mut out, &mut err);
    (code, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

/// What is found about the cycle, by line: codes and messages.
fn found(root: &Path, as_at: Option<&str>) -> BTreeMap<usize, Vec<String>> {
    let (project, loaded) = build::open(root);
    let project = project.unwrap_or_else(|_| panic!("{:?}", loaded.iter().next()));
    let selected = build::select(&project, &Asked::default()).unwrap();
    let as_at = as_at.map(|day| chrono::NaiveDate::parse_from_str(day, "%Y-%m-%d").unwrap());
    let terms = Terms { as_at, limit: Severity::Error, threads: 1 };
    let review = build::review(&project, loaded, &selected, terms, false, &|| ());
    let mut lines: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for finding in review.findings.iter() {
        let code = finding.rule.code;
        assert!(finding.severity < Severity::Error, "{code}: {}", finding.message);
        let is_ours = code.starts_with("claim/")
            || matches!(code, "figure/superseded" | "figure/stale" | "promise/passed");
        if let (true, Place::Span(span)) = (is_ours, &finding.place) {
            let line = project.sources.position(*span).line;
            lines.entry(line).or_default().push(format!("{code}: {}", finding.message));
        }
    }
    lines
}

#[test]
fn what_the_second_cycle_makes_false_is_found_and_nothing_else() {
    let (text, statements) = narrative();
    let comparative = statements
        .values()
        .filter(|(fate, kind, _)| matches!(fate.as_str(), "F" | "T") && *kind != "title");
    assert!(comparative.count() >= 60);
    let of_kind = |wanted: &str| statements.values().filter(|(_, kind, _)| *kind == wanted).count();
    assert!(of_kind("promise") >= 15 && of_kind("title") >= 12);

    let dir = first_cycle(&text);
    let root = dir.path().to_str().unwrap().to_owned();
    let (_, listed, _) = annexe(&["claims", "--project", &root]);
    let (code, _, err) = annexe(&["claims", "--bind", "--project", &root]);
    println!("{listed}\n{err}");
    assert_eq!(code, 0, "{err}");
    // Bound a second time, nothing is left to bind.
    let bound = fs::read_to_string(dir.path().join("content/app/report.md")).unwrap();
    let (_, _, again) = annexe(&["claims", "--bind", "--project", &root]);
    assert!(again.starts_with("0 claims bound"), "{again}");
    assert_eq!(fs::read_to_string(dir.path().join("content/app/report.md")).unwrap(), bound);

    let quiet = found(dir.path(), None);
    for (line, what) in &quiet {
        println!("first cycle: {line} {:?}: {what:?}", statements.get(line));
    }

    copy(&folder().join("second"), &dir.path().join("content/data"));
    let lines = found(dir.path(), Some(SECOND));
    let mut counts: BTreeMap<&str, (usize, usize, usize, usize)> = BTreeMap::new();
    for (line, (fate, kind, said)) in &statements {
        let is_false = matches!(fate.as_str(), "F" | "OLD" | "PAST");
        let is_found = lines.contains_key(line);
        let kind = if fate == "OLD" { "earlier figure" } else { kind };
        let count = counts.entry(kind).or_default();
        count.0 += usize::from(is_false);
        count.1 += usize::from(is_false && is_found);
        count.2 += usize::from(is_found);
        count.3 += usize::from(is_found && is_false);
        if is_false != is_found {
            let what = if is_false { "missed" } else { "wrong" };
            println!("{what}: {line} {kind}: {said} {:?}", lines.get(line));
        }
    }
    let stray: Vec<_> = lines.iter().filter(|(line, _)| !statements.contains_key(line)).collect();
    for (line, what) in &stray {
        println!("stray: {line} {what:?}");
    }
    let docs = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/cycles.md")).unwrap();
    let mut all = (0, 0, 0, 0);
    for (kind, (wrong, told, said, right)) in &counts {
        let row = format!("| {kind} | {wrong} | {told} | {said} | {right} |");
        assert!(docs.contains(&row), "docs/cycles.md has another row: {row}");
        all = (all.0 + wrong, all.1 + told, all.2 + said, all.3 + right);
    }
    let said = all.2 + stray.len();
    let row = format!("| all | {} | {} | {said} | {} |", all.0, all.1, all.3);
    assert!(docs.contains(&row), "docs/cycles.md has another row: {row}");
    assert!(all.1 as f64 >= 0.95 * all.0 as f64, "found {} of {}", all.1, all.0);
    assert!(all.3 as f64 >= 0.95 * said as f64, "right {} of {said}", all.3);
    assert!(quiet.is_empty(), "a cycle that changes nothing reports nothing: {quiet:?}");
}
