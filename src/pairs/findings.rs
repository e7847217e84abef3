//! What is wrong with the pairs of a document.

use std::collections::BTreeSet;

use crate::diag::rules::{PAIR_MISSING, PAIR_NOT_AGREED, PAIR_STALE, PAIR_UNKNOWN};
use crate::diag::{Finding, nearest, slashed};
use crate::document::{BlockKind, Document, walk};
use crate::plan::date::day_in_words;
use crate::project::{PairRules, Project, Template};
use crate::source::{Sources, Span};

use super::{Changes, Pair, Standing, State, applies, file_stem};

/// Most changes that one finding tells.
const TOLD: usize = 8;
/// Most characters of words that are told as they were, and as they are.
const QUOTED: usize = 100;

/// The findings of the pairs of `own`, an edition of `template`, with the edition `with`.
pub fn findings(
    project: &Project,
    template: &Template,
    rules: &PairRules,
    with: &Document,
    own: &Document,
) -> Vec<Finding> {
    let pairs = super::pairs(project, template, rules, with, own);
    let edition = &own.meta.edition;
    let mut found: Vec<Finding> =
        pairs.iter().filter_map(|pair| unsettled(pair, template, edition)).collect();
    found.extend(unknown(project, template, &pairs, own, rules));
    found
        .into_iter()
        .map(|finding| finding.of_document(&template.name).of_edition(edition))
        .collect()
}

fn unsettled(pair: &Pair, template: &Template, edition: &str) -> Option<Finding> {
    let State { anchor, title, span, words, .. } = &pair.section;
    let at = span.unwrap_or(template.title.span);
    let agree = format!(
        "read both, then: annexe agree {anchor} --document {} --edition {edition} --by NAME --on DAY",
        template.name
    );
    let finding = match &pair.standing {
        Standing::Agreed(_) | Standing::Same | Standing::Unpaired(_) => return None,
        Standing::Missing => {
            let message = format!("\"{}\" has no counterpart in {edition}", clip(title));
            let help = format!(
                "give a heading of {edition} the id {anchor} ({{#{anchor}}}), or say in `unpaired` of the template why it needs none"
            );
            Finding::new(&PAIR_MISSING, message).at(at).help(help)
        }
        Standing::NotAgreed => {
            let message =
                format!("nobody has agreed that {edition} says the same as \"{}\"", clip(title));
            Finding::new(&PAIR_NOT_AGREED, message).at(at).help(agree)
        }
        Standing::Stale(agreement, changes) => {
            let message =
                format!("\"{}\" has changed since {edition} was agreed with it", clip(title));
            let mut finding = Finding::new(&PAIR_STALE, message).at(at).help(agree);
            finding = finding.note(format!(
                "agreed by {} on {}",
                agreement.by,
                day_in_words(agreement.on)
            ));
            finding.notes.extend(told(changes));
            finding
        }
    };
    // A heading that a loop makes stands in the template, its words in a file of their own.
    let finding = match words.filter(|words| words.file != at.file) {
        Some(words) => finding.related(words, "its words begin here"),
        None => finding,
    };
    let there = pair.counterpart.as_ref().and_then(|(_, span)| *span);
    Some(match there {
        Some(span) => finding.related(span, format!("its counterpart in {edition}")),
        None => finding,
    })
}

/// The changes as sentences, figures first.
fn told(changes: &Changes) -> Vec<String> {
    let figures =
        changes.figures.iter().map(|change| match (change.was.as_str(), change.is.as_str()) {
            ("", is) => format!("new figure {}: {}", clip(&change.name), clip(is)),
            (was, "") => format!("figure gone, {}: {}", clip(&change.name), clip(was)),
            (was, is) => {
                format!("figure {}: {} is now {}", clip(&change.name), clip(was), clip(is))
            }
        });
    let words = changes.words.iter().map(|change| {
        let place = match change.after.as_str() {
            "" => String::new(),
            after => format!("after \"{}\": ", clip(after)),
        };
        match (change.was.as_str(), change.is.as_str()) {
            ("", is) => format!("{place}\"{}\" is new", clip(is)),
            (was, "") => format!("{place}\"{}\" is gone", clip(was)),
            (was, is) => format!("{place}\"{}\" is now \"{}\"", clip(was), clip(is)),
        }
    });
    let all: Vec<String> = figures.chain(words).collect();
    let more = all.len().saturating_sub(TOLD);
    let rest = (more > 0).then(|| format!("and {more} more"));
    all.into_iter().take(TOLD).chain(rest).collect()
}

/// Ids that name no section, in headings, in the template and in the records.
fn unknown(
    project: &Project,
    template: &Template,
    pairs: &[Pair],
    own: &Document,
    rules: &PairRules,
) -> Vec<Finding> {
    let known: Vec<&str> = pairs.iter().map(|pair| pair.section.anchor.as_str()).collect();
    let with = &rules.with.value;
    let near = |finding: Finding, id: &str| match nearest(id, known.iter().copied()) {
        Some(near) => finding.help(format!("did you mean \"{near}\"?")),
        None => finding,
    };
    let mut found = Vec::new();
    walk(&own.blocks, &mut |block| {
        let BlockKind::Heading(heading) = &block.kind else { return };
        for id in heading.covers.iter().filter(|id| !known.contains(&id.as_str())) {
            let message = format!("there is no section \"{}\" in {with} to cover", clip(id));
            let at = block.span.map_or(template.title.span, |s| precise(&project.sources, s, id));
            found.push(near(Finding::new(&PAIR_UNKNOWN, message).at(at), id));
        }
    });
    for (id, _) in &template.unpaired {
        let pair = pairs.iter().find(|pair| pair.section.anchor == id.value);
        let finding = |message: String| Finding::new(&PAIR_UNKNOWN, message).at(id.span);
        match pair {
            None => {
                let message = format!("there is no section \"{}\" in {with}", clip(id));
                found.push(near(finding(message), id));
            }
            Some(Pair { counterpart: Some((_, there)), .. }) => {
                let message =
                    format!("\"{}\" has a counterpart, though it is said to need none", clip(id));
                let finding = finding(message).help("delete the line");
                found.push(match there {
                    Some(span) => finding.related(*span, "its counterpart"),
                    None => finding,
                });
            }
            Some(_) => {}
        }
    }
    let stem = file_stem(&template.name, &own.meta.edition);
    let records = project.agreed.get(&stem).map_or(&[][..], |file| &file.sections);
    let mut seen = BTreeSet::new();
    for record in records {
        let id = &record.section;
        let finding = |message: String| Finding::new(&PAIR_UNKNOWN, message).at(id.span);
        if !seen.insert(id.as_str()) {
            found.push(finding(format!("\"{}\" is recorded twice; the first counts", clip(id))));
        } else if !known.contains(&id.as_str()) {
            let message =
                format!("\"{}\" was agreed, and is no section of {with} any more", clip(id));
            found.push(near(finding(message), id));
        }
    }
    found
}

/// What belongs to no pair at all: files of agreement about nothing, names in profiles of nothing.
pub fn leftovers(project: &Project) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut stems = BTreeSet::new();
    for edition in project.editions.values() {
        let Some(rules) = &edition.pairs else { continue };
        if !project.editions.contains_key(&rules.with.value) {
            let message = format!("there is no edition \"{}\" to answer", clip(&rules.with));
            let finding = Finding::new(&PAIR_UNKNOWN, message).at(rules.with.span);
            let known = project.editions.keys().map(String::as_str);
            found.push(match nearest(&rules.with, known) {
                Some(near) => finding.help(format!("did you mean \"{near}\"?")),
                None => finding,
            });
        }
        for name in &rules.documents {
            if !project.templates.contains_key(&name.value) {
                let message = format!("there is no document \"{}\"", clip(name));
                let finding = Finding::new(&PAIR_UNKNOWN, message).at(name.span);
                let known = project.templates.keys().map(String::as_str);
                found.push(match nearest(name, known) {
                    Some(near) => finding.help(format!("did you mean \"{near}\"?")),
                    None => finding,
                });
            }
        }
        let paired = project.templates.values().filter(|t| applies(rules, t, &edition.name));
        stems.extend(paired.map(|template| file_stem(&template.name, &edition.name)));
    }
    for (stem, agreed) in &project.agreed {
        if !stems.contains(stem) {
            let path = &project.sources.file(agreed.file).path;
            let message = format!("{} is about no edition that must answer another", slashed(path));
            let finding = Finding::new(&PAIR_UNKNOWN, message).in_file(path);
            let known = stems.iter().map(String::as_str);
            found.push(match nearest(stem, known) {
                Some(near) => finding.help(format!("did you mean {near}.toml?")),
                None => finding.help("its name is DOCUMENT.EDITION.toml"),
            });
        }
    }
    found
}

/// Narrows a heading's span to where `id` stands in it.
fn precise(sources: &Sources, span: Span, id: &str) -> Span {
    match sources.text(span).rfind(id) {
        Some(at) => {
            let start = span.start as usize + at;
            Span::new(span.file, start..start + id.len())
        }
        None => span,
    }
}

fn clip(words: &str) -> String {
    match words.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or("")),
        None => words.to_owned(),
    }
}
