//! One named thing in two states: a post that is "in place" here and "being tried out" there.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diag::Finding;
use crate::diag::rules::FACT_TWO_VALUES;
use crate::slips::Passage;
use crate::slips::words::{Word, words};
use crate::source::Span;

/// How a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// It is there.
    InPlace,
    /// It is tried out.
    OnTrial,
    /// It is being made, or will be.
    ToCome,
    /// It is being made anew.
    Renewed,
    /// It is no more.
    Ended,
}

/// Phrases that say a state, longest first where one begins another.
const PHRASES: &[(&str, State)] = &[
    ("is in place", State::InPlace),
    ("are in place", State::InPlace),
    ("is in post", State::InPlace),
    ("are in post", State::InPlace),
    ("has been appointed", State::InPlace),
    ("has been set up", State::InPlace),
    ("has been established", State::InPlace),
    ("role in place", State::InPlace),
    ("trying out", State::OnTrial),
    ("tries out", State::OnTrial),
    ("is on trial", State::OnTrial),
    ("trialling", State::OnTrial),
    ("is being trialled", State::OnTrial),
    ("is piloting", State::OnTrial),
    ("is being piloted", State::OnTrial),
    ("is being set up", State::ToCome),
    ("are being set up", State::ToCome),
    ("will be set up", State::ToCome),
    ("is to be set up", State::ToCome),
    ("is being established", State::ToCome),
    ("will be established", State::ToCome),
    ("will be appointed", State::ToCome),
    ("is being recruited", State::ToCome),
    ("is vacant", State::ToCome),
    ("is being renewed", State::Renewed),
    ("is being refreshed", State::Renewed),
    ("no longer needed", State::Ended),
    ("no longer required", State::Ended),
    ("no longer meets", State::Ended),
    ("no longer exists", State::Ended),
    ("has ended", State::Ended),
    ("has been abolished", State::Ended),
    ("has been disbanded", State::Ended),
    ("was disbanded", State::Ended),
];
/// Words of a sentence that tells of another time, or of what may be.
const UNREAL: &[&str] = &[
    "if", "when", "once", "until", "before", "whether", "not", "should", "would", "could", "was",
    "were", "had",
];
/// Words that may stand inside a name in small letters.
const INNER: &[&str] = &["of", "and", "for", "the", "to", "in"];
/// How many words may stand between a name and its state.
const NEAR: usize = 5;

/// What a sentence says of a named thing.
struct Said {
    state: State,
    words: String,
    place: Span,
    documents: Vec<String>,
}

/// The things that are in two states in texts of one day.
pub(super) fn two_states(passages: &[Passage<'_>]) -> Vec<Finding> {
    let mut said: BTreeMap<(Option<NaiveDate>, String), Vec<Said>> = BTreeMap::new();
    for passage in passages.iter().filter(|passage| passage.narrative && !passage.quoted) {
        for (name, one) in states(passage) {
            said.entry((passage.day, name)).or_default().push(one);
        }
    }
    let mut found = Vec::new();
    for ((_, name), all) in said {
        let Some((first, rest)) = all.split_first() else { continue };
        if let Some(other) = rest.iter().find(|other| other.state != first.state) {
            let message = format!(
                "\"{name}\" is said here to be so: \"{}\", and elsewhere: \"{}\"",
                other.words, first.words
            );
            let finding = Finding::new(&FACT_TWO_VALUES, message).at(other.place);
            let finding = finding.related(first.place, "the other state");
            let documents = first.documents.iter().chain(&other.documents);
            found.push(documents.fold(finding, |finding, name| finding.of_document(name)));
        }
    }
    found
}

fn states(passage: &Passage<'_>) -> Vec<(String, Said)> {
    let all = words(&passage.text);
    let mut found = Vec::new();
    for sentence in all.split_inclusive(|word| word.ends()) {
        let lower: Vec<String> = sentence.iter().map(|word| word.text.to_lowercase()).collect();
        if lower.iter().any(|word| UNREAL.contains(&word.as_str())) {
            continue;
        }
        let Some((from, to, state)) = phrase(&lower) else { continue };
        for (start, end) in names(sentence) {
            let before = end <= from && from - end <= NEAR;
            let after = start >= to && start - to <= NEAR;
            if !before && !after {
                continue;
            }
            let name: Vec<&str> = sentence[start..end].iter().map(|word| word.text).collect();
            let range = sentence[start].range.start.min(sentence[from].range.start)
                ..sentence[end - 1].range.end.max(sentence[to - 1].range.end);
            let said: Vec<&str> = sentence[from..to].iter().map(|word| word.text).collect();
            found.push((
                name.join(" "),
                Said {
                    state,
                    words: said.join(" "),
                    place: passage.part(range),
                    documents: passage.documents.to_vec(),
                },
            ));
        }
    }
    found
}

/// The one phrase of a state in a sentence: its first word, one past its last, and the state.
fn phrase(lower: &[String]) -> Option<(usize, usize, State)> {
    let mut found = PHRASES.iter().filter_map(|(phrase, state)| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        let at = lower.windows(phrase.len()).position(|run| run == phrase.as_slice())?;
        Some((at, at + phrase.len(), *state))
    });
    let first = found.next()?;
    // With two of them it is not known which is said of what.
    found.all(|other| other.2 == first.2).then_some(first)
}

/// Names in a sentence: two words or more with capitals, small words inside them apart.
fn names(sentence: &[Word<'_>]) -> Vec<(usize, usize)> {
    let is_capital = |word: &Word<'_>| word.text.starts_with(char::is_uppercase);
    let mut found = Vec::new();
    let mut at = 0;
    while at < sentence.len() {
        // The first word of a sentence has its capital anyway.
        if !is_capital(&sentence[at])
            || ["A", "An", "The", "Our", "This"].contains(&sentence[at].text)
        {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < sentence.len() && sentence[end - 1].joins() {
            let word = &sentence[end];
            let goes_on = is_capital(word)
                || INNER.contains(&word.text)
                    && word.joins()
                    && sentence.get(end + 1).is_some_and(is_capital);
            if !goes_on {
                break;
            }
            end += 1;
        }
        if end - at > 1 {
            found.push((at, end));
        }
        at = end;
    }
    found
}
