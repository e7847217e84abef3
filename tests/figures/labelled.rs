//! The check of typed figures on labelled sentences: how often it is right, and how much it finds.
//!
//! `labelled.txt` was used to build it, `held-out.txt` was not: its sentences were written before
//! the check first ran. `docs/figures.md` prints what is measured here.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use annexe::figures::{Read, typed};

use crate::load::TestProject;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sentences")
}

/// A figure that is expected to be found: its class, its bytes in the line, and the line.
type Expected = BTreeMap<(usize, usize), String>;

/// Sentences as a narrative file, and what the check must say at which byte.
fn read(name: &str) -> (String, Expected) {
    let mut text = String::new();
    let mut expected = Expected::new();
    for line in fs::read_to_string(folder().join(name)).unwrap().lines() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if let Some(heading) = line.strip_prefix("== ") {
            text += &format!("# {heading}\n\n");
            continue;
        }
        let mut rest = line;
        while let Some((before, marked)) = rest.split_once("[[") {
            text += before;
            let (class, after) = marked.split_once(':').unwrap();
            let (figure, after) = after.split_once("]]").unwrap();
            expected.insert((text.len(), text.len() + figure.len()), class.to_owned());
            text += figure;
            rest = after;
        }
        text += rest;
        text += "\n\n";
    }
    text += "[^survey]: Survey of carers, autumn 2025.\n";
    (text, expected)
}

/// What the check says, by place.
fn found(text: &str) -> Expected {
    let mut project = TestProject::new();
    for entry in walkdir::WalkDir::new(folder().join("content")) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let below = entry.path().strip_prefix(folder()).unwrap().to_str().unwrap().to_owned();
            project = project.file(&below, fs::read_to_string(entry.path()).unwrap());
        }
    }
    let (loaded, findings) = project.file("content/app/summary.md", text).load();
    let faults: Vec<_> = findings.iter().map(|finding| &finding.message).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let loaded = loaded.unwrap();
    let file = loaded.narrative["app/summary.md"];
    let as_at = loaded.settings.as_at;
    let files = [Read { file, base: 0, as_at, documents: vec!["a".to_owned()] }];
    let found = typed(&loaded, &files);
    found
        .iter()
        .map(|finding| {
            let annexe::diag::Place::Span(span) = finding.place else { panic!("a place") };
            let class = finding.rule.code.strip_prefix("figure/").unwrap();
            ((span.range().start, span.range().end), class.to_owned())
        })
        .collect()
}

/// How often the check was right, for one class.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Tally {
    fn precision(self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    fn recall(self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }
}

fn tallies(name: &str) -> (BTreeMap<String, Tally>, String) {
    let (text, expected) = read(name);
    let found = found(&text);
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut slips = String::new();
    let line = |at: usize| {
        let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
        text[start..].lines().next().unwrap_or_default().to_owned()
    };
    for (place, class) in &expected {
        let said = found.get(place).map_or("fine", String::as_str);
        let tally = tallies.entry(class.clone()).or_default();
        if said == class {
            tally.right += 1;
        } else {
            tally.missed += 1;
            let typed = &text[place.0..place.1];
            slips += &format!("{class} is {said}: {typed} in {}\n", line(place.0));
        }
    }
    for (place, class) in found.iter().filter(|(place, class)| expected.get(place) != Some(class)) {
        tallies.entry(class.clone()).or_default().wrong += 1;
        if !expected.contains_key(place) {
            let typed = &text[place.0..place.1];
            slips += &format!("fine is {class}: {typed} in {}\n", line(place.0));
        }
    }
    (tallies, slips)
}

#[test]
fn precision_and_recall_stay_above_their_floors() {
    let sentences: usize = ["labelled.txt", "held-out.txt"]
        .into_iter()
        .map(|name| fs::read_to_string(folder().join(name)).unwrap())
        .map(|text| text.lines().filter(|l| !l.is_empty() && !l.starts_with(['#', '='])).count())
        .sum();
    assert!(sentences >= 200, "{sentences}");
    let mut page = String::from(
        "| sentences | finding | figures | precision | recall |\n| --- | --- | --- | --- | --- |\n",
    );
    // Precision and recall: on what it was built with, and on what it never saw.
    for (name, floors) in [
        (
            "labelled.txt",
            [("stale", 0.95, 0.75), ("bindable", 0.95, 0.8), ("unsourced", 0.85, 0.85)],
        ),
        ("held-out.txt", [("stale", 0.95, 0.5), ("bindable", 0.95, 0.6), ("unsourced", 0.6, 0.8)]),
    ] {
        let (tallies, slips) = tallies(name);
        let mut shown = String::new();
        for (class, tally) in &tallies {
            let (precision, recall) = (tally.precision(), tally.recall());
            shown += &format!(
                "{name} {class}: precision {precision:.3}, recall {recall:.3}, {tally:?}\n"
            );
        }
        println!("{shown}{slips}");
        for (class, precision, recall) in floors {
            let tally = tallies.get(class).copied().unwrap_or_default();
            page += &format!(
                "| `{name}` | `figure/{class}` | {} | {:.2} | {:.2} |\n",
                tally.right + tally.missed,
                tally.precision(),
                tally.recall()
            );
            let tally = tallies.get(class).copied().unwrap_or_default();
            assert!(
                tally.precision() >= precision && tally.recall() >= recall,
                "{class}\n{shown}{slips}"
            );
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/figures.md");
    let mut text = fs::read_to_string(&path).unwrap();
    let start = text.find("<!-- measured -->\n").unwrap() + "<!-- measured -->\n".len();
    let end = start + text[start..].find("<!-- end -->").unwrap();
    let was = text[start..end].to_owned();
    text.replace_range(start..end, &page);
    if std::env::var_os("ANNEXE_BLESS").is_some() {
        fs::write(&path, &text).unwrap();
    } else {
        assert!(was == page, "docs/figures.md is stale: run with ANNEXE_BLESS=1\n{page}");
    }
}
