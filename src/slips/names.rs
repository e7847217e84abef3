//! Names of people and posts that are one letter off the ones the project knows.

use crate::diag::Finding;
use crate::diag::rules::TEXT_NAME;
use crate::project::{Fact, Project};
use crate::slips::Passage;
use crate::slips::words::{Word, words};

/// A name's words as the project has them.
struct Name {
    words: Vec<String>,
}

/// Names of two words or more that the project knows.
pub(super) struct Names {
    names: Vec<Name>,
}

impl Names {
    pub(super) fn of(project: &Project) -> Self {
        let plan = &project.plan;
        let mut all: Vec<&str> = Vec::new();
        for signatory in &plan.signatories {
            all.extend([signatory.name.as_str(), signatory.role.as_str()]);
            all.extend(signatory.organisation.as_ref().map(|name| name.as_str()));
        }
        for role in &plan.roles {
            all.push(&role.name);
            all.extend(role.organisation.as_ref().map(|name| name.as_str()));
        }
        all.extend(plan.bodies.iter().map(|body| body.name.as_str()));
        all.extend(project.settings.partners.iter().map(String::as_str));
        for fact in project.settings.facts.values() {
            if let Fact::List(names) = &fact.value {
                all.extend(names.iter().map(String::as_str));
            }
        }
        let mut names: Vec<Name> = all
            .into_iter()
            .map(|name| Name { words: words(name).iter().map(|w| w.text.to_owned()).collect() })
            .filter(|name| name.words.len() > 1 && name.words.iter().all(|w| !w.is_empty()))
            .collect();
        names.sort_by(|a, b| b.words.len().cmp(&a.words.len()).then(a.words.cmp(&b.words)));
        names.dedup_by(|a, b| a.words == b.words);
        Names { names }
    }

    /// The names in `passage` that differ from a known one by a letter.
    pub(super) fn near(&self, passage: &Passage<'_>, all: &[Word<'_>], found: &mut Vec<Finding>) {
        let mut taken = 0;
        for at in 0..all.len() {
            if at < taken || !all[at].text.starts_with(char::is_uppercase) {
                continue;
            }
            let fits = |name: &&Name| {
                let run = all.get(at..at + name.words.len());
                run.is_some_and(|run| run.iter().zip(&name.words).all(|(w, n)| w.text == n))
            };
            if let Some(name) = self.names.iter().find(fits) {
                taken = at + name.words.len();
                continue;
            }
            let slip = self.names.iter().find_map(|name| Some((name, slip(name, all.get(at..)?)?)));
            if let Some((name, off)) = slip {
                taken = at + name.words.len();
                let typed = &all[at + off];
                let known = &name.words[off];
                let message = format!("\"{}\" is one letter off \"{known}\"", typed.text);
                let finding =
                    Finding::new(&TEXT_NAME, message).at(passage.part(typed.range.clone()));
                found.push(finding.help(format!("the project knows \"{}\"", name.words.join(" "))));
            }
        }
    }
}

/// Which word of `run` is a letter off the name, when all the others are the name's own.
fn slip(name: &Name, run: &[Word<'_>]) -> Option<usize> {
    let run = run.get(..name.words.len())?;
    // A comma, a full stop or the bar of a cell ends a name.
    let last = run.len() - 1;
    let joined = run[..last].iter().all(|word| word.joins() || word.after.trim() == ",");
    if !joined {
        return None;
    }
    // Comparing letters is dear: only one word may differ, and not by much.
    let mut differing = run.iter().zip(&name.words).enumerate().filter(|(_, (w, n))| w.text != *n);
    let (at, (typed, known)) = differing.next()?;
    let (one, other) = (typed.text.chars().count(), known.chars().count());
    let is_slip = differing.next().is_none()
        && other > 3
        && one.abs_diff(other) <= 1
        && typed.text.starts_with(char::is_uppercase) == known.starts_with(char::is_uppercase)
        && strsim::damerau_levenshtein(typed.text, known) == 1
        && !is_form_of(typed.text, known);
    is_slip.then_some(at)
}

/// Whether two words are forms of one: "Director" and "Directors", "Trust" and "Trust’s".
fn is_form_of(one: &str, other: &str) -> bool {
    let base = |word: &str| {
        let word = word.replace('\u{2019}', "'");
        word.trim_end_matches("'s").trim_end_matches('s').trim_end_matches('\'').to_owned()
    };
    base(one) == base(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn off(known: &str, typed: &str) -> Option<usize> {
        let name = Name { words: words(known).iter().map(|w| w.text.to_owned()).collect() };
        slip(&name, &words(typed))
    }

    #[test]
    fn a_letter_off_is_a_slip_and_another_form_is_none() {
        assert_eq!(off("Sue Harrison", "Sue Harison spoke"), Some(1));
        assert_eq!(off("Director of Practice", "Director of Practise"), Some(2));
        assert_eq!(off("Chief Nurse", "Cheif Nurse"), Some(0));
        assert_eq!(off("Chief Nurse", "Chief Nurses"), None);
        assert_eq!(off("Sue Harrison", "Sue Garrett"), None);
        assert_eq!(off("Sue Harrison", "Sam Harrison"), None);
    }
}
