//! Makes a project as if changes were taken, and sees that its documents then say what the files say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::TextEdit;
use super::built::{self, errors};
use super::compare::{PARAGRAPH, folded};
use super::review::{Change, Effect, Review};
use super::show::shown;
use crate::check;
use crate::diag::{Findings, Severity};
use crate::load;
use crate::project::Project;
use crate::source::Sources;

/// The most changes elsewhere that are told one by one.
const TOLD: usize = 20;

/// What came of a trial.
#[derive(Debug, Default)]
pub struct Trial {
    /// The files as they would be, by their path.
    pub texts: BTreeMap<String, String>,
    /// Changes that would make other words than they should, and why.
    pub misplaced: Vec<(usize, String)>,
    /// Words that change elsewhere: before and after.
    pub elsewhere: Vec<(String, String)>,
    /// What would be wrong with the project that is not wrong now.
    pub findings: Findings,
    /// The files that these findings point into.
    pub sources: Sources,
}

/// Tries the changes of `review` that `chosen` names by number.
pub fn verify(project: &Project, review: &Review, chosen: &[usize]) -> Trial {
    let mut trial = Trial::default();
    let chosen: Vec<&Change> =
        review.changes.iter().filter(|change| chosen.contains(&change.id)).collect();
    let (texts, clashing) = apply(project, &chosen);
    trial.texts = texts;
    for id in clashing {
        trial.misplaced.push((id, "it changes words that another change changes too".to_owned()));
    }
    let texts = trial.texts.iter().map(|(path, text)| (PathBuf::from(path), text.clone()));
    let (loaded, mut findings) = load::load_as_if_all(&project.root, texts);
    let new = match loaded {
        Ok(new) => new,
        Err(sources) => {
            (trial.findings, trial.sources) = (findings, sources);
            for change in &chosen {
                let why = "the project could not be read with it".to_owned();
                trial.misplaced.push((change.id, why));
            }
            return trial;
        }
    };
    findings.extend(check::check(&new, None));
    for (index, name) in review.documents.iter().enumerate() {
        let own: Vec<&Change> =
            chosen.iter().copied().filter(|change| change.document == index).collect();
        if own.is_empty() {
            continue;
        }
        let Some(made) = built::build(&new, name) else { continue };
        compare(review, index, &own, &made.homes, &mut trial);
        findings.extend(made.findings);
    }
    check::settle(&mut findings, &new, new.settings.as_at);
    trial.findings = only_new(project, review, findings);
    trial.sources = new.sources;
    trial
}

/// The texts of the files with the edits of `chosen`, and the changes whose edits clash.
fn apply(project: &Project, chosen: &[&Change]) -> (BTreeMap<String, String>, Vec<usize>) {
    let mut by_file: BTreeMap<&str, Vec<(usize, &TextEdit)>> = BTreeMap::new();
    for change in chosen {
        for edit in change.meaning.edits() {
            by_file.entry(&edit.path).or_default().push((change.id, edit));
        }
    }
    let mut texts = BTreeMap::new();
    let mut clashing = Vec::new();
    for (path, mut edits) in by_file {
        let Some(file) = project.sources.find(std::path::Path::new(path)) else { continue };
        let old = &project.sources.file(file).text;
        // Edits at one place keep the order of the document.
        edits.sort_by_key(|(id, edit)| (edit.start, edit.end, *id));
        let mut text = String::with_capacity(old.len() + 256);
        let mut at = 0;
        let mut last: Option<&TextEdit> = None;
        for (id, edit) in edits {
            // The cells of a row that goes all say so.
            if last == Some(edit) && edit.start < edit.end {
                continue;
            }
            let (Some(between), true) = (old.get(at..edit.start), edit.end <= old.len()) else {
                clashing.push(id);
                continue;
            };
            text.push_str(between);
            text.push_str(&edit.text);
            at = edit.end;
            last = Some(edit);
        }
        text.push_str(old.get(at..).unwrap_or(""));
        texts.insert(path.to_owned(), text);
    }
    (texts, clashing)
}

/// The words that a paragraph is to have, and the changes that make them.
struct Expected {
    words: String,
    changes: BTreeSet<usize>,
}

/// Sets what the document is to say against what it says.
fn compare(
    review: &Review,
    index: usize,
    chosen: &[&Change],
    made: &[crate::write::docx::homes::Home],
    trial: &mut Trial,
) {
    let expected = expected(review, index, chosen);
    let old: Vec<&str> = expected.iter().map(|one| one.words.as_str()).collect();
    let made: Vec<String> = made.iter().map(|home| folded(&home.words())).collect();
    let new: Vec<&str> = made.iter().map(String::as_str).collect();
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let says = new.get(op.new_range()).unwrap_or_default().join(" ¶ ");
        for one in &expected[op.old_range()] {
            for id in &one.changes {
                let why = match says.is_empty() {
                    true => "the document would not show these words".to_owned(),
                    false => format!("the document would say \u{201c}{}\u{201d}", shown(&says)),
                };
                trial.misplaced.push((*id, why));
            }
        }
        let untouched =
            op.old_range().filter(|at| expected[*at].changes.is_empty()).zip(op.new_range());
        for (old_at, new_at) in untouched {
            if trial.elsewhere.len() < TOLD {
                trial.elsewhere.push((shown(old[old_at]), shown(new[new_at])));
            }
        }
    }
}

fn expected(review: &Review, index: usize, chosen: &[&Change]) -> Vec<Expected> {
    let mut out = Vec::new();
    for (number, home) in review.built[index].homes.iter().enumerate() {
        let own: Vec<&&Change> =
            chosen.iter().filter(|change| change.home == Some(number)).collect();
        let ids = |wanted: &dyn Fn(&Effect) -> bool| -> BTreeSet<usize> {
            own.iter().filter(|c| wanted(&c.effect)).map(|c| c.id).collect()
        };
        if !own.iter().any(|change| change.effect == Effect::Gone) {
            let mut hunks: Vec<_> = own
                .iter()
                .filter_map(|change| match &change.effect {
                    Effect::Words(hunk) => Some(hunk),
                    _ => None,
                })
                .collect();
            hunks.sort_by_key(|hunk| (hunk.start, hunk.end));
            let mut chars: Vec<char> = home.words().chars().collect();
            for hunk in hunks.into_iter().rev() {
                let range = hunk.start.min(chars.len())..hunk.end.min(chars.len());
                chars.splice(range, hunk.text.chars());
            }
            let words: String = chars.into_iter().collect();
            let changes = ids(&|effect| matches!(effect, Effect::Words(_)));
            for part in words.split(PARAGRAPH).filter(|part| !part.trim().is_empty()) {
                out.push(Expected { words: folded(part), changes: changes.clone() });
            }
        }
        for change in &own {
            if let Effect::Added(words) = &change.effect {
                let changes = BTreeSet::from([change.id]);
                out.push(Expected { words: folded(words), changes });
            }
        }
    }
    out
}

/// The findings that are not there now.
fn only_new(project: &Project, review: &Review, findings: Findings) -> Findings {
    let mut now = check::check(project, None);
    for made in &review.built {
        now.extend(made.findings.iter().cloned());
    }
    check::settle(&mut now, project, project.settings.as_at);
    let known: BTreeSet<(&str, String)> =
        now.iter().map(|finding| (finding.rule.code, finding.message.clone())).collect();
    let mut out = Findings::default();
    out.extend(findings.into_iter().filter(|finding| {
        finding.severity >= Severity::Warning
            && !known.contains(&(finding.rule.code, finding.message.clone()))
    }));
    out
}

/// Whether anything new stops a document.
pub fn stops(trial: &Trial) -> bool {
    !errors(&trial.findings).is_empty()
}
