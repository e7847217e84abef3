//! Checking: bad projects with their exact findings, and settlement.

mod published;
mod slips;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use annexe::diag::{Findings, Severity, render};
use annexe::project::Project;
use annexe::source::Sources;

use crate::load::TestProject;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// Everything that loading and checking find, settled.
fn examine(root: &Path) -> (Result<Project, Sources>, Findings) {
    let (project, mut findings) = annexe::load::load(root);
    if let Ok(project) = &project {
        let as_at = project.settings.as_at;
        findings.extend(annexe::check::check(project, None));
        annexe::check::acknowledge(&mut findings, project, as_at);
    }
    (project, findings)
}

/// The findings in short form, with label, notes, other places and help below each.
fn described(project: Result<&Project, &Sources>, findings: &Findings) -> String {
    let sources = project.map_or_else(|sources| sources, |project| &project.sources);
    let mut text = String::new();
    for finding in findings.iter() {
        text += &(render::short(finding, sources) + "\n");
        let label = finding.label.iter().map(|label| format!("label: {label}"));
        let notes = finding.notes.iter().map(|note| format!("note: {note}"));
        let related = finding.related.iter().map(|(span, what)| {
            let place = sources.position(*span);
            format!("see {}:{}: {what}", place.line, place.column)
        });
        let help = finding.help.iter().map(|help| format!("help: {help}"));
        for line in label.chain(notes).chain(related).chain(help) {
            text += &format!("    {line}\n");
        }
    }
    text
}

/// Holds findings against `expected.txt`; `ANNEXE_BLESS=1` writes it anew.
fn pin(folder: &Path) -> Result<(), String> {
    let (project, findings) = examine(folder);
    let found = described(project.as_ref(), &findings);
    let path = folder.join("expected.txt");
    if std::env::var_os("ANNEXE_BLESS").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    if found == expected {
        return Ok(());
    }
    let diff = similar::TextDiff::from_lines(&expected, &found);
    Err(format!("{}\n{}", folder.display(), diff.unified_diff()))
}

#[test]
fn every_bad_project_has_exactly_its_findings() {
    let folders = std::fs::read_dir(fixtures().join("invalid")).unwrap();
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() > 20);
    let faults: Vec<String> = folders.iter().filter_map(|folder| pin(folder).err()).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_rule_of_loading_and_checking_has_a_bad_project() {
    let mut shown = BTreeSet::new();
    for folder in std::fs::read_dir(fixtures().join("invalid")).unwrap() {
        let (_, findings) = examine(&folder.unwrap().path());
        shown.extend(findings.iter().map(|finding| finding.rule.code));
    }
    // What needs a file that is too large, a link, or assembled documents has tests of its own.
    let elsewhere = [
        "file/too-large",
        "file/outside",
        "unused/narrative",
        "unused/image",
        "unused/library-pictures",
        "rag/no-picture",
        "contents/no-picture",
        "easy/hard-word",
        "easy/no-contact",
        "length/long",
        "length/too-long",
        "kind/too-many",
    ];
    let rules = annexe::diag::rules::ALL.iter().map(|rule| rule.code);
    let ours = rules.skip_while(|code| *code != "file/ignored");
    // Spreadsheets are no part of a project: tests/cli/exchange.
    let ours = ours.filter(|code| !code.starts_with("import/") && !code.starts_with("export/"));
    let missing: Vec<&str> =
        ours.filter(|code| !shown.contains(code) && !elsewhere.contains(code)).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn narrative_that_no_document_includes_is_found() {
    let project = TestProject::new()
        .file("content/app/summary.md", "Summary\n")
        .file("content/app/old.md", "Old\n")
        .file("content/app/README.md", "What is here\n");
    let (loaded, _) = project.load();
    let loaded = loaded.unwrap();
    let included = BTreeSet::from(["app/summary.md".to_owned()]);
    let findings = annexe::check::unused_narrative(&loaded, &included);
    let found = described(Ok(&loaded), &findings);
    let expected =
        "content/app/old.md:1:1: warning[unused/narrative]: no document includes app/old.md\n";
    assert_eq!(found, expected);
}

#[test]
fn what_is_settled_stays_listed_and_stops_nothing() {
    let root = fixtures().join("invalid/acknowledged");
    let (project, findings) = examine(&root);
    let settled: Vec<_> = findings.iter().filter(|f| f.severity == Severity::Info).collect();
    assert_eq!(settled.len(), 1);
    assert!(settled[0].message.contains("ASL1"));
    let note = settled[0].notes.last().unwrap();
    assert_eq!(note, "acknowledged by Chair until 31 December 2022: The board knows better");
    // On the entry's last day it still holds; the day after it does not.
    let project = project.unwrap();
    let last: chrono::NaiveDate = "2022-12-31".parse().unwrap();
    for (day, infos) in [(last, 1), (last.succ_opt().unwrap(), 0)] {
        let mut findings = annexe::check::check(&project, None);
        annexe::check::settle(&mut findings, &project, day);
        assert_eq!(findings.count(Severity::Info), infos, "{day}");
    }
}

#[test]
fn findings_are_the_same_each_time() {
    let root = fixtures().join("invalid/reference-unknown");
    let found = |root: &Path| {
        let (project, findings) = examine(root);
        described(project.as_ref(), &findings)
    };
    assert_eq!(found(&root), found(&root));
}
