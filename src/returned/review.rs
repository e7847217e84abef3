//! The review of returned files: every change with who made it, where it belongs and what it means.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveDate;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::built::{self, Built, Name};
use super::comments::{self, Comment};
use super::compare::{self, Hunk, Paired, folded};
use super::conflicts;
use super::home::{self, Carried};
use super::package;
use super::place::{Meaning, Placer};
use super::read;
use super::reading::{Origin, Reading};
use super::verify::{self, Trial};
use crate::diag::{Finding, Findings, rules};
use crate::project::Project;
use crate::write::docx::homes::Home;

/// How often changes that make other words are taken out and the rest tried again.
const ROUNDS: usize = 4;

/// A file that came back.
#[derive(Debug, Clone)]
pub struct Copy {
    /// Its path, for findings.
    pub path: PathBuf,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What the command line says of files that no longer say it themselves.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The document.
    pub document: Option<String>,
    /// The edition.
    pub edition: Option<String>,
    /// The day it speaks for.
    pub as_at: Option<NaiveDate>,
    /// Parameters by name.
    pub parameters: BTreeMap<String, String>,
}

/// What a change does to the paragraphs of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Words of a paragraph.
    Words(Hunk),
    /// The paragraph goes.
    Gone,
    /// A paragraph comes after it.
    Added(String),
    /// Looks only, or nothing that words show.
    Looks,
}

/// One change.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its number, from 1.
    pub id: usize,
    /// The file it came in, by its order.
    pub copy: usize,
    /// Who, where that is known.
    pub who: Option<String>,
    /// When, as written.
    pub when: Option<String>,
    /// The document it is of, by its order in the review.
    pub document: usize,
    /// The paragraph of that document.
    pub home: Option<usize>,
    /// What it does.
    pub effect: Effect,
    /// The words before, as a review shows them.
    pub before: String,
    /// The words after.
    pub after: String,
    /// Where it belongs: file and line.
    pub place: Option<(String, usize)>,
    /// What it means.
    pub meaning: Meaning,
    /// What else it touches.
    pub also: Vec<String>,
}

/// A comment, and where it belongs.
#[derive(Debug, Clone)]
pub struct Remark {
    /// The comment.
    pub comment: Comment,
    /// The file it came in, by its order.
    pub copy: usize,
    /// The document it is of, by its order in the review.
    pub document: usize,
    /// Where: file and line.
    pub place: Option<(String, usize)>,
}

/// What came of reading the files.
#[derive(Debug, Default)]
pub struct Review {
    /// The documents that the files are of.
    pub documents: Vec<Name>,
    /// The changes.
    pub changes: Vec<Change>,
    /// The comments.
    pub remarks: Vec<Remark>,
    /// What is wrong with the files.
    pub findings: Findings,
    /// Words that change elsewhere when everything is taken: before and after.
    pub elsewhere: Vec<(String, String)>,
    pub(super) built: Vec<Built>,
}

/// Reads `copies` and places what was changed in them.
pub fn review(project: &Project, copies: &[Copy], asked: &Asked) -> Review {
    let mut review = Review::default();
    for (number, copy) in copies.iter().enumerate() {
        if let Err(finding) = one(project, number, copy, asked, &mut review) {
            review.findings.push(*finding);
        }
    }
    for (index, change) in review.changes.iter_mut().enumerate() {
        change.id = index + 1;
    }
    conflicts::mark(&mut review.changes);
    try_all(project, &mut review);
    review
}

fn one(
    project: &Project,
    number: usize,
    copy: &Copy,
    asked: &Asked,
    review: &mut Review,
) -> Result<(), Box<Finding>> {
    let found = |rule, message: String| Box::new(Finding::new(rule, message).in_file(&copy.path));
    let parts = package::open(&copy.bytes, &copy.path)?;
    let damaged = || {
        let message = format!("{} holds XML that cannot be read", copy.path.display());
        found(&rules::RETURN_UNREADABLE, message)
    };
    let mut tracks = Vec::new();
    let body = read::read(&parts.document, &mut tracks).ok_or_else(damaged)?;
    let notes = match &parts.footnotes {
        Some(notes) => read::read(notes, &mut tracks).ok_or_else(damaged)?,
        None => Vec::new(),
    };
    let carried = parts.home.as_deref().and_then(home::read);
    let name = name_of(project, carried.as_ref(), &parts, asked, copy)?;
    let Some(document) = document_of(project, &name, review) else {
        let message = format!(
            "{} is of \u{201c}{}\u{201d} ({}), which this project does not make",
            copy.path.display(),
            name.document,
            name.edition
        );
        let finding = Finding::new(&rules::RETURN_DOCUMENT, message).in_file(&copy.path);
        return Err(Box::new(
            finding.help("is it another project's? `annexe list` shows this one's"),
        ));
    };
    let built = &review.built[document];
    if built.homes.is_empty() {
        let message = format!("{} cannot be made as the project stands", name.document);
        let finding = Finding::new(&rules::RETURN_DOCUMENT, message).in_file(&copy.path);
        return Err(Box::new(finding.help("`annexe check` says why")));
    }
    let homes = carried.as_ref().map_or(&built.homes, |carried| &carried.homes);
    let to_current = current(homes, &built.homes);
    let moved = homes.iter().zip(&to_current).filter(|(_, to)| to.is_none()).count();
    let mut findings = Vec::new();
    if carried.is_some() && moved > 0 {
        let message = format!(
            "{} is of an older build ({}): {moved} of its {} paragraphs have changed since",
            copy.path.display(),
            carried.as_ref().map_or("", |carried| carried.build.as_str()),
            homes.len()
        );
        findings.push(Finding::new(&rules::RETURN_OLDER, message).in_file(&copy.path));
    }
    let paired = compare::pair(homes, &body, &notes);
    if carried.is_none() || (!paired.marked && !homes.is_empty()) {
        let what = if carried.is_none() { "the data" } else { "the bookmarks" };
        let message = format!(
            "{} lost {what} that say where its paragraphs came from; they are found by their words",
            copy.path.display()
        );
        findings.push(Finding::new(&rules::RETURN_STRIPPED, message).in_file(&copy.path));
    }
    let remarks =
        comments::read(parts.comments.as_deref(), parts.comment_threads.as_deref(), &body)
            .ok_or_else(damaged)?;
    let placer = Placer::new(project, &built.homes);
    let reading =
        Reading::new(&placer, homes, &to_current, &tracks, Origin { copy: number, document });
    let mut changes = reading.changes(&paired, &body);
    for change in &mut changes {
        change.also = also(project, change, &name, built);
    }
    let remarks = remarks
        .into_iter()
        .map(|comment| {
            let place = comment.at.and_then(|(paragraph, at)| {
                let home = home_at(&paired, paragraph, at)?;
                let source = built.homes.get(to_current[home]?)?.source.as_ref()?;
                Some((source.path.clone(), source.line))
            });
            Remark { comment, copy: number, document, place }
        })
        .collect::<Vec<_>>();
    review.findings.extend(findings);
    review.changes.extend(changes);
    review.remarks.extend(remarks);
    Ok(())
}

/// The document of the review that is called so, made when it is the first of its name.
fn document_of(project: &Project, name: &Name, review: &mut Review) -> Option<usize> {
    if let Some(known) = review.documents.iter().position(|known| known == name) {
        return Some(known);
    }
    let built = built::build(project, name)?;
    review.documents.push(name.clone());
    review.built.push(built);
    Some(review.documents.len() - 1)
}

/// Which document a file is of: it says so itself, or the command line does, or its title.
fn name_of(
    project: &Project,
    carried: Option<&Carried>,
    parts: &package::Parts,
    asked: &Asked,
    copy: &Copy,
) -> Result<Name, Box<Finding>> {
    if let Some(carried) = carried {
        return Ok(Name {
            document: carried.document.clone(),
            edition: carried.edition.clone(),
            as_at: carried.as_at,
            parameters: carried.parameters.clone(),
        });
    }
    let title = parts.core.as_deref().and_then(title).map(|title| folded(&title));
    let mut named: Vec<&str> = match (&asked.document, &title) {
        (Some(document), _) => vec![document],
        (None, Some(title)) => project
            .templates
            .values()
            .filter(|template| title.starts_with(&folded(&template.title)))
            .map(|template| template.name.as_str())
            .collect(),
        (None, None) => Vec::new(),
    };
    let (Some(document), true) = (named.pop(), named.is_empty()) else {
        let message = format!("{} does not say which document it is of", copy.path.display());
        let finding = Finding::new(&rules::RETURN_DOCUMENT, message).in_file(&copy.path);
        return Err(Box::new(finding.help("name it with --document, and --edition")));
    };
    let template = project.templates.get(document);
    let labelled = template.into_iter().flat_map(|template| &template.editions).find(|edition| {
        let label = project.edition(edition).and_then(|edition| edition.label.as_deref());
        let title = title.as_deref().unwrap_or("").to_lowercase();
        label.is_some_and(|label| title.contains(&folded(label).to_lowercase()))
    });
    let first = template.and_then(|template| template.editions.first());
    let edition = asked.edition.as_ref().or(labelled).or(first).cloned().unwrap_or_default();
    let defaults = template.into_iter().flat_map(|template| &template.parameters);
    let defaults = defaults
        .filter_map(|parameter| Some((parameter.name.value.clone(), parameter.default.clone()?)));
    let mut parameters: BTreeMap<String, String> = defaults.collect();
    parameters.extend(asked.parameters.clone());
    let as_at = match template {
        Some(template) => project.day_of(template, asked.as_at),
        None => asked.as_at.unwrap_or(project.settings.as_at),
    };
    Ok(Name { document: document.to_owned(), edition, as_at, parameters })
}

/// The title in a file's properties.
fn title(core: &str) -> Option<String> {
    let start = core.find("<dc:title")?;
    let open = start + core[start..].find('>')? + 1;
    let close = open + core[open..].find("</dc:title>")?;
    Some(home::unescape(&core[open..close]))
}

/// For each home as built, the one of the document now that is the same paragraph.
fn current(homes: &[Home], now: &[Home]) -> Vec<Option<usize>> {
    let same = |one: &Home, other: &Home| one.kind == other.kind && one.words() == other.words();
    if homes.len() == now.len() && homes.iter().zip(now).all(|(one, other)| same(one, other)) {
        return (0..homes.len()).map(Some).collect();
    }
    let key = |home: &Home| (home.kind.word(), home.words());
    let (old, new): (Vec<_>, Vec<_>) =
        (homes.iter().map(key).collect(), now.iter().map(key).collect());
    let mut out = vec![None; homes.len()];
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        match op {
            DiffOp::Equal { old_index, new_index, len } => {
                (0..len).for_each(|step| out[old_index + step] = Some(new_index + step));
            }
            // As many paragraphs in as many places are the same ones, with other figures.
            DiffOp::Replace { old_index, old_len, new_index, new_len } if old_len == new_len => {
                for step in 0..old_len {
                    let (one, other) = (&homes[old_index + step], &now[new_index + step]);
                    let stands = |home: &Home| home.source.as_ref().map(|s| s.path.clone());
                    if one.kind == other.kind && stands(one) == stands(other) {
                        out[old_index + step] = Some(new_index + step);
                    }
                }
            }
            _ => {}
        }
    }
    out
}

/// The home that a place in a paragraph belongs to.
fn home_at(paired: &Paired, paragraph: usize, at: usize) -> Option<usize> {
    let here = paired.found.iter().filter(|(_, found)| found.paragraph == paragraph);
    let mut here: Vec<(usize, usize)> = here.map(|(home, found)| (found.offset, *home)).collect();
    here.sort_unstable();
    let own = here.iter().rev().find(|(offset, _)| *offset <= at).or(here.first());
    own.map(|(_, home)| *home)
}

/// What else a change touches: other documents that read the file, and agreed counterparts.
fn also(project: &Project, change: &Change, name: &Name, built: &Built) -> Vec<String> {
    let mut out = Vec::new();
    let Some(edit) = change.meaning.edits().first() else { return out };
    if let Meaning::Field(key, _) = &change.meaning {
        out.push(format!("a field of the plan: `{key}`; every document that shows it changes"));
    }
    if let Some(below) = edit.path.strip_prefix("content/").filter(|path| path.ends_with(".md")) {
        let stem = below.trim_end_matches(".md");
        let reads = |text: &str| {
            text.lines()
                .filter(|line| line.trim_start().starts_with(":::"))
                .any(|line| line.split([' ', '"', '=']).any(|word| word == below || word == stem))
        };
        let others = project.templates.values().filter(|template| {
            template.name != name.document && reads(&project.sources.file(template.file).text)
        });
        let others: Vec<&str> = others.map(|template| template.name.as_str()).collect();
        if !others.is_empty() {
            out.push(format!("also changes {}", others.join(", ")));
        }
    }
    let anchor = change.home.and_then(|home| built.anchors.get(home)?.as_ref());
    if let Some(anchor) = anchor {
        for (stem, file) in &project.agreed {
            let of = stem.strip_prefix(&name.document).and_then(|rest| rest.strip_prefix('.'));
            let Some(edition) = of.filter(|edition| *edition != name.edition) else { continue };
            if file.sections.iter().any(|record| record.section.value == *anchor) {
                out.push(format!(
                    "its counterpart in {edition} must be agreed anew: section {anchor}"
                ));
            }
        }
    }
    out
}

/// Tries all changes together, and takes out those that would make other words than the file says.
fn try_all(project: &Project, review: &mut Review) {
    for _ in 0..ROUNDS {
        let chosen: Vec<usize> = takeable(&review.changes);
        if chosen.is_empty() {
            return;
        }
        let Trial { misplaced, elsewhere, .. } = verify::verify(project, review, &chosen);
        review.elsewhere = elsewhere;
        if misplaced.is_empty() {
            return;
        }
        for (id, why) in misplaced {
            if let Some(change) = review.changes.iter_mut().find(|change| change.id == id) {
                change.meaning = Meaning::Unplaced(why);
            }
        }
    }
}

/// The numbers of the changes that can be taken.
pub fn takeable(changes: &[Change]) -> Vec<usize> {
    let can = |change: &&Change| !change.meaning.edits().is_empty();
    changes.iter().filter(can).map(|change| change.id).collect()
}
