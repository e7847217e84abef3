//! Ids that texts mention are there: "work is under way under AGR4".
//!
//! What looks like an id is learnt from the plan's own: a word of letters and a number
//! whose letters begin one of its ids, or differ by one letter from such a beginning.
//! So "AGR4" is caught where the plan has AGBR4, and "COVID19" is left alone.

use std::collections::BTreeSet;

use crate::check::{ids_by_kind, is_part_of, meant};
use crate::diag::rules::REFERENCE_IN_TEXT;
use crate::diag::{Finding, Findings};
use crate::plan::{History, Plan};
use crate::project::Project;
use crate::source::{At, Sources, Span};

/// Letters that are too few to be a misspelling of other letters: "S188" is not a slip for "R15".
const SHORT: usize = 2;

pub fn check(project: &Project, findings: &mut Findings) {
    let known = Known::of(&project.plan);
    for text in texts(&project.plan) {
        for word in words(text) {
            if !known.looks_like(word) {
                continue;
            }
            findings.push(known.finding(word, place(&project.sources, text, word)));
        }
    }
}

/// The ids of a plan, and what its ids look like.
pub(crate) struct Known<'p> {
    ids: BTreeSet<&'p str>,
    beginnings: BTreeSet<&'p str>,
}

impl<'p> Known<'p> {
    /// Learnt from the plan's own ids.
    pub(crate) fn of(plan: &'p Plan) -> Self {
        let ids: BTreeSet<&str> = ids_by_kind(plan)
            .into_iter()
            .flat_map(|kind| kind.ids)
            .map(|id| id.as_str())
            .chain(plan.unread.iter().map(String::as_str))
            .collect();
        let beginnings = ids.iter().filter_map(|id| beginning(id)).collect();
        Known { ids, beginnings }
    }

    /// The words of `text` that look like ids that are not there, with their bytes.
    pub(crate) fn unknown<'t>(
        &self,
        text: &'t str,
    ) -> impl Iterator<Item = (&'t str, std::ops::Range<usize>)> {
        words(text).filter(|word| self.looks_like(word)).map(move |word| {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            (word, start..start + word.len())
        })
    }

    /// The finding about such a word.
    pub(crate) fn finding(&self, word: &str, span: Span) -> Finding {
        let message = format!("this text mentions \"{word}\", and there is no such id");
        let finding = Finding::new(&REFERENCE_IN_TEXT, message).at(span);
        match meant(word, self.ids.iter().copied()) {
            Some(help) => finding.help(help),
            None => finding,
        }
    }

    /// Whether a word looks like an id that is not there.
    fn looks_like(&self, word: &str) -> bool {
        let Some(letters) = beginning(word) else { return false };
        if self.ids.contains(word) || self.ids.iter().any(|id| is_part_of(word, id)) {
            return false;
        }
        let slip = |known: &&str| {
            known.len() > SHORT
                && letters.len() > SHORT
                && strsim::damerau_levenshtein(known, letters) == 1
        };
        // With a slip in its letters the number must fit: else it is another thing's name.
        self.beginnings.contains(letters)
            || self
                .beginnings
                .iter()
                .filter(|known| slip(known))
                .any(|known| self.ids.contains(word.replacen(letters, known, 1).as_str()))
    }
}

/// The capital letters that a word begins with, when a digit follows them.
fn beginning(word: &str) -> Option<&str> {
    let end = word.find(|c: char| !c.is_ascii_uppercase())?;
    let (letters, rest) = word.split_at_checked(end)?;
    (!letters.is_empty() && rest.starts_with(|c: char| c.is_ascii_digit())).then_some(letters)
}

/// The words of a text, with dots inside them but not around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_')))
        .map(|word| word.trim_matches('.'))
        .filter(|word| !word.is_empty())
}

/// Where in the file the word stands; the whole text when escapes hide it.
fn place(sources: &Sources, text: &At<String>, word: &str) -> Span {
    match sources.text(text.span).find(word) {
        Some(at) => {
            let start = text.span.range().start + at;
            Span::new(text.span.file, start..start + word.len())
        }
        None => text.span,
    }
}

/// Everything that was ever said there.
fn said<const N: usize>(
    histories: [&Option<History<At<String>>>; N],
) -> impl Iterator<Item = &At<String>> {
    histories.into_iter().flatten().flat_map(History::entries).map(|entry| &entry.value)
}

/// Every text of the plan that people write freely.
pub(super) fn texts(plan: &Plan) -> Vec<&At<String>> {
    let mut texts: Vec<&At<String>> = Vec::new();
    for objective in &plan.objectives {
        texts.extend(&objective.summary);
    }
    for action in &plan.actions {
        texts.push(&action.title);
        texts.extend(&action.detail);
        texts.extend(said([&action.progress, &action.note]));
        for milestone in &action.milestones {
            texts.push(&milestone.title);
            texts.extend(said([&milestone.progress, &milestone.note]));
            texts.extend(milestone.schedule.revised.iter().filter_map(|moved| moved.why.as_ref()));
        }
    }
    for measure in &plan.measures {
        texts.push(&measure.why);
    }
    for kpi in &plan.kpis {
        texts.extend(said([&kpi.note]));
        texts.extend(kpi.actuals.iter().filter_map(|actual| actual.note.as_ref()));
    }
    for risk in &plan.risks {
        texts.extend([&risk.title, &risk.mitigation]);
        texts.extend(said([&risk.progress]));
    }
    for reply in &plan.replies {
        texts.push(&reply.said);
        texts.extend(&reply.did);
    }
    for factor in &plan.factors {
        texts.extend([&factor.cause, &factor.response]);
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known<'p>(ids: &[&'p str]) -> Known<'p> {
        let ids: BTreeSet<&str> = ids.iter().copied().collect();
        let beginnings = ids.iter().filter_map(|id| beginning(id)).collect();
        Known { ids, beginnings }
    }

    #[test]
    fn a_slip_of_the_letters_or_of_the_number_is_caught() {
        let known = known(&["AGBR4", "AGBR13", "GBR8.a", "R1", "ad-send"]);
        for slip in ["AGR4", "AGBR14", "GBR8.b", "R2"] {
            assert!(known.looks_like(slip), "{slip}");
        }
    }

    #[test]
    fn other_words_with_numbers_are_left_alone() {
        let known = known(&["AGBR4", "GBR8.a", "R1", "ASW1"]);
        for word in ["AGBR4", "GBR8", "COVID19", "S188", "CFA14", "KS2", "A4", "SEN2", "2022"] {
            assert!(!known.looks_like(word), "{word}");
        }
    }

    #[test]
    fn words_keep_their_inner_dots() {
        let found: Vec<&str> = words("Under GBR8.a, (AGR4). e-mail").collect();
        assert_eq!(found, ["Under", "GBR8.a", "AGR4", "e", "mail"]);
    }
}
