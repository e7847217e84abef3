//! Changes with where they belong, written down beforehand: how many are placed there.

use std::path::Path;

use annexe::returned::{Change, Effect, Meaning};
use annexe::write::docx::homes::Home;
use serde::Deserialize;

use super::word::{Word, folded};
use super::{named, reviewed};
use crate::documents::project;

/// One change of the set.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    /// The document and edition.
    file: String,
    /// Words of the paragraph that tell it from all others.
    paragraph: String,
    /// The words that are changed; a paragraph is added or taken out where there are none.
    #[serde(default)]
    old: String,
    /// What comes in their place.
    #[serde(default)]
    new: String,
    /// `words`, `add` or `remove`.
    what: String,
    /// Whether changes were tracked.
    #[serde(default)]
    tracked: bool,
    /// `prose`, `field` or `refused`.
    means: String,
    /// The file that it belongs to.
    source: String,
    /// Words of the line that it belongs to.
    line: String,
}

#[derive(Deserialize)]
struct Set {
    edit: Vec<Label>,
}

/// What became of one change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Placed,
    Refused,
    /// Refused without saying where to go instead.
    Unexplained,
    Wrong,
    NotPlaced,
    Lost,
}

/// The line that holds `words`, from 1, when one alone does.
fn line_of(path: &str, words: &str) -> Option<usize> {
    let project = project();
    let text = &project.sources.file(project.sources.find(Path::new(path))?).text;
    let mut lines = text.lines().enumerate().filter(|(_, line)| line.contains(words));
    let (index, _) = lines.next()?;
    lines.next().is_none().then_some(index + 1)
}

/// A change of the set, the line it belongs to, and the paragraph that it is of.
struct Ready<'l> {
    label: &'l Label,
    line: usize,
    home: &'l Home,
}

/// The labels that still stand in the content, by file, so that each paragraph is changed once a batch.
fn batches(set: &Set) -> Vec<Vec<Ready<'_>>> {
    let mut out: Vec<Vec<Ready<'_>>> = Vec::new();
    for label in &set.edit {
        let Some(line) = line_of(&label.source, &label.line) else { continue };
        let mut homes = named(&label.file)
            .homes
            .iter()
            .filter(|home| folded(&home.words()).contains(&label.paragraph));
        let (Some(home), None) = (homes.next(), homes.next()) else { continue };
        if !label.old.is_empty() && !home.words().contains(&label.old) {
            continue;
        }
        let ready = Ready { label, line, home };
        // What stands beside a paragraph that comes or goes is left alone.
        let fits = |batch: &&mut Vec<Ready<'_>>| {
            batch[0].label.file == label.file
                && batch.iter().all(|other| other.home.number.abs_diff(home.number) > 1)
        };
        match out.iter_mut().find(fits) {
            Some(batch) => batch.push(ready),
            None => out.push(vec![ready]),
        }
    }
    out
}

/// What became of each change of a batch, all made in one file.
fn outcomes<'l>(batch: &[Ready<'l>]) -> Vec<(Outcome, &'l Label)> {
    let mut word = Word::open(&named(&batch[0].label.file).bytes);
    for Ready { label, home, .. } in batch {
        let author = label.tracked.then_some("Health lead");
        let made = match label.what.as_str() {
            "words" => word.replace(home.number, &label.old, &label.new, author),
            "add" => word.add_after(home.number, &label.new, author),
            _ => word.remove(home.number),
        };
        assert!(made, "{label:?} cannot be made");
    }
    let review = reviewed(project(), &[&word.bytes()]);
    let own = |home: &Home| -> Vec<&Change> {
        review.changes.iter().filter(|change| change.home == Some(home.number - 1)).collect()
    };
    let known: usize = batch.iter().map(|ready| own(ready.home).len()).sum();
    let told: Vec<_> = review.changes.iter().map(|c| (&c.before, &c.after)).collect();
    assert_eq!(known, told.len(), "changes of nothing that was changed: {told:#?}");
    batch
        .iter()
        .map(|ready| (judged(ready.label, ready.line, &own(ready.home)), ready.label))
        .collect()
}

fn judged(label: &Label, line: usize, changes: &[&Change]) -> Outcome {
    let change = match changes {
        [] => return Outcome::Lost,
        [change] => change,
        // Quotation marks on both sides of a word are two changes; both must be right.
        several => {
            let mut each = several.iter().map(|change| judged(label, line, &[change]));
            let first = each.next().unwrap_or(Outcome::Lost);
            return if each.all(|other| other == first) { first } else { Outcome::Wrong };
        }
    };
    if label.means == "refused" {
        return match &change.meaning {
            // It must say where it comes from.
            Meaning::Refused(why) if why.contains(&format!("{}:{line}", label.source)) => {
                Outcome::Refused
            }
            Meaning::Refused(_) | Meaning::Unplaced(_) => Outcome::Unexplained,
            Meaning::Prose(_) | Meaning::Field(..) => Outcome::Wrong,
        };
    }
    let kind = match &change.meaning {
        Meaning::Prose(_) => "prose",
        Meaning::Field(..) => "field",
        Meaning::Refused(_) | Meaning::Unplaced(_) => return Outcome::NotPlaced,
    };
    let edit = &change.meaning.edits()[0];
    let project = project();
    let text = &project.sources.file(project.sources.find(Path::new(&edit.path)).unwrap()).text;
    let first = text[..edit.start].matches('\n').count() + 1;
    let last = first + text[edit.start..edit.end].trim_end().matches('\n').count();
    // What is added stands after the paragraph it follows, which the label names.
    let right = match &change.effect {
        Effect::Added(_) => edit.path == label.source && first >= line && first <= line + 8,
        _ => edit.path == label.source && (first..=last).contains(&line),
    };
    if right && kind == label.means { Outcome::Placed } else { Outcome::Wrong }
}

#[test]
fn labelled_changes_are_placed_on_their_lines_and_refusals_say_where_to_go() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/returned/edits.toml");
    let set: Set = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut counts = std::collections::BTreeMap::new();
    let mut told = Vec::new();
    let mut judged = 0;
    // Content changes under the set: what no longer stands there is not judged.
    for (outcome, label) in batches(&set).iter().flat_map(|batch| outcomes(batch)) {
        judged += 1;
        *counts.entry(format!("{outcome:?}")).or_insert(0_usize) += 1;
        let fine = matches!(outcome, Outcome::Placed | Outcome::Refused);
        if !fine {
            told.push(format!("{outcome:?}: {label:?}"));
        }
    }
    let report = told.join("\n");
    println!("{judged} of {} judged: {counts:?}\n{report}", set.edit.len());
    let count = |outcome: &str| counts.get(outcome).copied().unwrap_or(0);
    assert!(judged * 10 >= set.edit.len() * 9, "only {judged} of the set can be judged");
    assert_eq!(count("Lost"), 0, "{report}");
    assert_eq!(count("Wrong"), 0, "{report}");
    assert_eq!(count("Unexplained"), 0, "{report}");
    let (placed, missed) = (count("Placed"), count("NotPlaced"));
    assert!(placed * 100 >= (placed + missed) * 98, "{placed} of {}: {report}", placed + missed);
    assert!(count("Refused") >= 20);
}
