//! Scores, held against those of an independent implementation: see fixtures/readability/scores.py.

use annexe::readability::{Counts, read, sentences, syllables, words};
use proptest::prelude::*;
use serde_json::Value as Json;

use super::fixtures;

fn text(name: &str) -> String {
    std::fs::read_to_string(fixtures().join(name)).unwrap()
}

/// How far two scores are apart, as a share of the second; near zero of ten, since a share of nothing
/// says nothing.
fn apart(ours: f64, theirs: f64) -> f64 {
    (ours - theirs).abs() / theirs.abs().max(10.0)
}

#[test]
fn scores_are_within_5_percent_of_an_independent_implementation() {
    let reference: Json = serde_json::from_str(&text("scores.json")).unwrap();
    let texts = reference["texts"].as_object().unwrap();
    assert!(texts.len() >= 6);
    for (name, theirs) in texts {
        let counts = Counts::of(&text(&format!("texts/{name}.txt")));
        let ours = [
            ("words", Some(counts.words as f64)),
            ("sentences", Some(counts.sentences as f64)),
            ("syllables", Some(counts.syllables as f64)),
            ("flesch", counts.flesch()),
            ("grade", counts.grade()),
            // Theirs is given for any text, ours for those of 30 sentences or more.
            ("smog", counts.smog()),
        ];
        for (score, ours) in ours {
            let theirs = theirs[score].as_f64().unwrap();
            let Some(ours) = ours else {
                assert_eq!((score, counts.sentences < 30), ("smog", true), "{name}");
                continue;
            };
            assert!(apart(ours, theirs) < 0.05, "{name}: {score} is {ours}, theirs {theirs}");
        }
    }
}

#[test]
fn syllables_agree_with_a_pronouncing_dictionary() {
    let (mut times, mut right, mut wrong) = (0, 0, Vec::new());
    for line in text("syllables.tsv").lines() {
        let mut cells = line.split('\t');
        let (word, often) = (cells.next().unwrap(), cells.next().unwrap());
        let often: usize = often.parse().unwrap();
        let known: Vec<usize> =
            cells.next().unwrap().split(',').map(|n| n.parse().unwrap()).collect();
        times += often;
        match known.contains(&syllables(word)) {
            true => right += often,
            false => wrong.push(format!("{word}: {} for {known:?}", syllables(word))),
        }
    }
    assert!(times > 10_000);
    let share = right as f64 / times as f64;
    assert!(share > 0.99, "{share}: {}", wrong.join("; "));
}

#[test]
fn the_formulas_are_those_of_their_authors() {
    // 100 words, 5 sentences, 150 syllables: worked by hand.
    let counts = Counts { words: 100, sentences: 5, syllables: 150, long_words: 10, longest: 30 };
    let near = |score: Option<f64>, wanted: f64| (score.unwrap() - wanted).abs() < 1e-9;
    assert!(near(counts.flesch(), 206.835 - 20.3 - 126.9));
    assert!(near(counts.grade(), 7.8 + 17.7 - 15.59));
    assert!(near(counts.reading_age(), 7.8 + 17.7 - 15.59 + 5.0));
    assert_eq!(counts.smog(), None);
    let many = Counts { sentences: 30, long_words: 30, ..counts };
    assert!(near(many.smog(), 1.0430 * 30f64.sqrt() + 3.1291));
    assert_eq!(Counts::default().flesch(), None);
}

#[test]
fn an_acronym_is_said_letter_by_letter_unless_it_can_be_said() {
    let said =
        ["EHC", "EHCPs", "SEND", "SENCOs", "CQC", "well-being", "2021", "58%"].map(syllables);
    assert_eq!(said, [3, 4, 1, 2, 3, 3, 1, 1]);
}

#[test]
fn a_section_counts_its_running_text_and_that_of_the_sections_in_it() {
    let project = crate::load::TestProject::new().file(
        "templates/plan.md",
        "+++\ntitle = \"Plan\"\ncover = false\n+++\n\
         # One\n\nFour words are here.\n\n## Inside\n\nThree more words.\n\n\
         | Head | Other |\n| --- | --- |\n| a label | A sentence of five words. |\n\n\
         # Two\n\n- an item without a mark\n- and another\n\n::: note\nSource: nobody counts this.\n:::\n",
    );
    let (loaded, findings) = project.load();
    let loaded = loaded.unwrap();
    assert!(findings.is_empty());
    let template = &loaded.templates["plan"];
    let options = annexe::assemble::Options {
        edition: "full".into(),
        as_at: loaded.settings.as_at,
        parameters: Default::default(),
    };
    let reading = read(&annexe::assemble::assemble(&loaded, template, &options).document);
    let rows: Vec<_> = reading
        .sections
        .iter()
        .map(|s| (s.level, s.title.as_str(), s.counts.words, s.counts.sentences, s.counts.longest))
        .collect();
    assert_eq!(rows, [(1, "One", 12, 3, 5), (2, "Inside", 8, 2, 5), (1, "Two", 7, 2, 5)]);
    assert_eq!((reading.total.words, reading.total.sentences), (19, 5));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_has_counts_that_hold_together(text in "\\PC{0,400}|[a-zA-Z .?!'’0-9%-]{0,400}") {
        let counts = Counts::of(&text);
        let ranges = sentences(&text);
        prop_assert_eq!(counts.sentences, ranges.len());
        prop_assert!(counts.words >= counts.sentences.min(1) && counts.syllables >= counts.words);
        prop_assert!(counts.longest <= counts.words && counts.long_words <= counts.words);
        for pair in ranges.windows(2) {
            prop_assert!(pair[0].end <= pair[1].start);
        }
        for range in ranges {
            prop_assert!(words(&text[range.clone()]).all(|(at, word)| text[range.start + at..].starts_with(word)));
        }
    }
}
