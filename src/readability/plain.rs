//! Finds hard words that have a plainer one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use crate::plan::Term;
use crate::project::HardWord;

use super::style::Sentence;

/// The hard words of a project, ready to be looked for.
#[derive(Debug, Default)]
pub struct HardWords<'p> {
    /// By their first word, each way it may end; longer phrases first.
    by_first: HashMap<String, Vec<Phrase<'p>>>,
    /// Names that everybody knows, as they are written.
    known: BTreeSet<String>,
}

#[derive(Debug)]
struct Phrase<'p> {
    rest: Vec<String>,
    /// What to write in its place; nothing when the phrase is a term, which is explained.
    plain: Option<&'p str>,
}

/// A hard word that was found.
#[derive(Debug, PartialEq)]
pub struct Hard<'p> {
    /// Its bytes in the sentence.
    pub range: Range<usize>,
    /// What to write in its place.
    pub plain: &'p str,
}

impl<'p> HardWords<'p> {
    /// Those of `words`, which are by their small letters. A word inside a term of the glossary is no
    /// hard word there: "alternative provision" is explained as a whole.
    pub fn of(words: &'p BTreeMap<String, HardWord>, terms: &[Term]) -> Self {
        let mut by_first: HashMap<String, Vec<Phrase<'p>>> = HashMap::new();
        for (hard, word) in words {
            let mut parts = hard.split_whitespace();
            let Some(first) = parts.next() else { continue };
            let rest: Vec<String> = parts.map(str::to_owned).collect();
            // A phrase is looked for as it stands; which of its words would change is not known.
            let forms = if rest.is_empty() { forms(first) } else { vec![first.to_owned()] };
            for form in forms {
                // A form that is an entry of its own has a plainer word of its own.
                if form != first && words.contains_key(&form) {
                    continue;
                }
                let phrase = Phrase { rest: rest.clone(), plain: Some(&word.plain) };
                by_first.entry(form).or_default().push(phrase);
            }
        }
        for form in terms.iter().flat_map(Term::forms) {
            let form = form.value.to_lowercase();
            let mut parts = form.split_whitespace().map(str::to_owned);
            let Some(first) = parts.next() else { continue };
            let rest = parts.collect();
            by_first.entry(first).or_default().push(Phrase { rest, plain: None });
        }
        let known = terms.iter().filter(|term| term.known).flat_map(Term::forms);
        let known = known.map(|form| form.value.clone()).collect();
        for phrases in by_first.values_mut() {
            // Of two as long, the term comes first: it is explained.
            phrases.sort_by_key(|phrase| (Reverse(phrase.rest.len()), phrase.plain.is_some()));
        }
        HardWords { by_first, known }
    }

    /// Names that everybody knows.
    pub fn known(&self) -> &BTreeSet<String> {
        &self.known
    }

    /// The hard words of a sentence. Names are left alone: "Community Services".
    pub fn find(&self, sentence: &Sentence<'_>) -> Vec<Hard<'p>> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(word) = sentence.words.get(at) {
            let is_name = at > 0 && word.text.starts_with(char::is_uppercase);
            let phrases = self.by_first.get(&word.lower).filter(|_| !is_name);
            let fits = |phrase: &&Phrase<'_>| {
                let next = sentence.words.iter().skip(at + 1);
                let same =
                    next.zip(&phrase.rest).filter(|(w, hard)| w.lower == **hard && !w.parted);
                same.count() == phrase.rest.len()
            };
            let fitting = phrases.and_then(|phrases| phrases.iter().find(fits));
            let length = fitting.map_or(1, |phrase| 1 + phrase.rest.len());
            if let Some(plain) = fitting.and_then(|phrase| phrase.plain) {
                found.push(Hard { range: sentence.span(at, at + length - 1), plain });
            }
            at += length;
        }
        found
    }
}

/// The ways a word may end: as it is, and with -s, -ed and -ing.
fn forms(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let mut back = word.chars().rev();
    let (last, before) = (back.next().unwrap_or(' '), back.next().unwrap_or(' '));
    if !last.is_alphabetic() || word.ends_with("ly") {
        return forms;
    }
    let stem = &word[..word.len() - last.len_utf8()];
    match last {
        'e' => forms.extend([format!("{word}s"), format!("{word}d"), format!("{stem}ing")]),
        'y' if !is_vowel(before) => {
            forms.extend([format!("{stem}ies"), format!("{stem}ied"), format!("{word}ing")]);
        }
        's' | 'x' | 'z' | 'h' => {
            forms.extend([format!("{word}es"), format!("{word}ed"), format!("{word}ing")]);
        }
        _ => {
            forms.extend([format!("{word}s"), format!("{word}ed"), format!("{word}ing")]);
            if is_vowel(before) {
                forms.extend([format!("{word}{last}ed"), format!("{word}{last}ing")]);
            }
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{At, Sources, Span};

    fn found(list: &[(&str, &str)], terms: &[&str], text: &str) -> Vec<String> {
        let file = Sources::default().add("a", "");
        let span = Span::new(file, 0..0);
        let entry = |(hard, plain): &(&str, &str)| {
            let word = HardWord { hard: At::new((*hard).to_owned(), span), plain: (*plain).into() };
            ((*hard).to_owned(), word)
        };
        let words: BTreeMap<String, HardWord> = list.iter().map(entry).collect();
        let sentence = Sentence::of(text);
        let term = |name: &&str| Term {
            name: At::new((*name).to_owned(), span),
            short: Vec::new(),
            means: None,
            easy: None,
            also: Vec::new(),
            known: false,
            span,
        };
        let terms: Vec<Term> = terms.iter().map(term).collect();
        let hits = HardWords::of(&words, &terms).find(&sentence);
        hits.into_iter().map(|hard| format!("{}: {}", &text[hard.range], hard.plain)).collect()
    }

    #[test]
    fn a_word_is_found_in_its_forms_and_a_phrase_before_its_parts() {
        let list =
            [("utilise", "use"), ("in order to", "to"), ("in order", "tidy"), ("permit", "let")];
        let text = "In order to win we are utilising what she permitted; it is in order.";
        let expected = ["In order to: to", "utilising: use", "permitted: let", "in order: tidy"];
        assert_eq!(found(&list, &[], text), expected);
    }

    #[test]
    fn a_word_of_a_term_is_explained_with_the_term() {
        let list = [("provision", "help")];
        let text = "This provision is no alternative provision.";
        assert_eq!(found(&list, &["alternative provision"], text), ["provision: help"]);
    }

    #[test]
    fn names_and_parts_of_words_are_left_alone() {
        let list = [("provision", "help"), ("prior to", "before")];
        assert_eq!(
            found(&list, &[], "The Provision Plan is prior, to some, a provisional one."),
            [""; 0]
        );
    }
}
