//! Wording rules, measured on labelled sentences.

use std::collections::{BTreeMap, BTreeSet};

use annexe::readability::style::{self, Sentence};
use proptest::prelude::*;

use super::fixtures;

/// Sentences as a rule and an editor see them.
#[derive(Debug, Default)]
struct Measured {
    both: usize,
    missed: Vec<String>,
    false_alarms: Vec<String>,
}

fn finds(rule: &str, sentence: &str) -> bool {
    let sentence = Sentence::of(sentence);
    match rule {
        "passive" => style::passive(&sentence).is_some(),
        "two-ideas" => style::two_ideas(&sentence).is_some(),
        "double-negative" => style::double_negative(&sentence).is_some(),
        "acronym" => !style::acronyms(&sentence, &BTreeSet::new()).is_empty(),
        "capitals" => !style::capitals(&sentence).is_empty(),
        "percentage" => !style::percentages(&sentence).is_empty(),
        other => panic!("{other} is no rule"),
    }
}

#[test]
fn rules_seldom_cry_wolf_and_find_most_of_what_is_there() {
    let labelled = std::fs::read_to_string(fixtures().join("labelled.txt")).unwrap();
    let mut measured: BTreeMap<&str, Measured> = BTreeMap::new();
    let mut rule = "";
    for line in labelled.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let Some((is, sentence)) = line.split_once(' ').filter(|(is, _)| ["+", "-"].contains(is))
        else {
            rule = line;
            continue;
        };
        let of = measured.entry(rule).or_default();
        match (is == "+", finds(rule, sentence)) {
            (true, true) => of.both += 1,
            (true, false) => of.missed.push(sentence.to_owned()),
            (false, true) => of.false_alarms.push(sentence.to_owned()),
            (false, false) => {}
        }
    }
    assert_eq!(measured.len(), 6);
    for (rule, Measured { both, missed, false_alarms }) in measured {
        let precision = both as f64 / (both + false_alarms.len()) as f64;
        let recall = both as f64 / (both + missed.len()) as f64;
        assert!(precision >= 0.95, "{rule}: precision {precision:.2}: {false_alarms:?}");
        assert!(recall >= 0.8, "{rule}: recall {recall:.2}: {missed:?}");
    }
}

#[test]
fn what_is_found_is_the_words_that_make_it_so() {
    let at = |found: Option<std::ops::Range<usize>>, text: &str| text[found.unwrap()].to_owned();
    let text = "Your plan will soon be written, and we will send it.";
    let sentence = Sentence::of(text);
    assert_eq!(at(style::passive(&sentence), text), "be written");
    assert_eq!(at(style::two_ideas(&sentence), text), "and we will");
    let text = "It is not at all unusual.";
    assert_eq!(at(style::double_negative(&Sentence::of(text)), text), "not at all unusual");
    let text = "The LA’s EHC-plan and K1.";
    let found = style::acronyms(&Sentence::of(text), &BTreeSet::from(["EHC".to_owned()]));
    assert_eq!(found.into_iter().map(|range| &text[range]).collect::<Vec<_>>(), ["LA"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_sentence_is_gone_over_without_a_fault(
        text in "(( |, |; |’|-)(and|which|was|not|unless|NHS|58%|written|we|the|[a-z]{1,9}|\\PC{1,3})){0,40}"
    ) {
        let sentence = Sentence::of(&text);
        let found = [style::passive(&sentence), style::two_ideas(&sentence), style::double_negative(&sentence)];
        let marks = style::acronyms(&sentence, &BTreeSet::new()).into_iter()
            .chain(style::capitals(&sentence))
            .chain(style::percentages(&sentence));
        for range in found.into_iter().flatten().chain(marks) {
            prop_assert!(text.get(range).is_some_and(|words| !words.is_empty()));
        }
    }
}
