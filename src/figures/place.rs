//! A sentence as it is held against names: its stems, the times it tells of, and what stands around it.

use std::collections::HashSet;
use std::ops::Range;

use crate::figures::holdings::{Holdings, Period};
use crate::figures::names::{Stem, is_general, stems};
use crate::figures::numbers::{Figure, Kind, figures};
use crate::figures::sentence::{Sentence, TokenKind};
use crate::plan::PlanDate;

/// What a word of the headings counts for.
const AROUND: f64 = 0.5;

/// A sentence's words as stems, and what stands around it.
#[derive(Debug, Default)]
pub struct Place {
    /// Stems of the sentence that data know.
    pub(super) said: HashSet<Stem>,
    /// Stems of headings, of the sentence before, of a lead-in.
    around: HashSet<Stem>,
    /// Times the sentence before names, when this one names none.
    pub(super) inherited: Vec<Period>,
    /// Whether the sentence is about the country or other areas.
    pub(super) is_elsewhere: bool,
    /// Each stem of the sentence that data know, with its place among the tokens.
    at: Vec<(usize, Stem)>,
    /// Times with their places: first token, and one past the last.
    times: Vec<(Range<usize>, Period)>,
    /// The places of the sentence's figures.
    figures: Vec<usize>,
    /// Every content word of the sentence: its stem's number where data know it.
    pub(super) content: Vec<Option<Stem>>,
}

/// Words by which prose means not the local area.
const ELSEWHERE: &[&str] = &[
    "national",
    "nationally",
    "nationwid",
    "country",
    "england",
    "english",
    "regional",
    "region",
    "elsewher",
    "neighbour",
    "uk",
    "kingdom",
    "similar",
    "compar",
];
/// Words of a sentence that say nothing about what is measured.
const PLAIN: &[&str] = &[
    "stood",
    "stand",
    "reach",
    "rose",
    "risen",
    "ris",
    "fell",
    "fallen",
    "fall",
    "improv",
    "increas",
    "decreas",
    "now",
    "today",
    "recent",
    "recently",
    "local",
    "city",
    "area",
    "council",
    "report",
    "show",
    "shown",
    "latest",
    "just",
    "already",
    "currently",
    "remain",
    "met",
    "record",
    "time",
    "come",
    "came",
    "got",
    "get",
    "took",
    "tak",
    "giv",
    "given",
    "made",
    "mak",
    "had",
    "hav",
    "there",
    "here",
    "partnership",
    "town",
    "county",
    "borough",
    "said",
    "say",
    "achiev",
    "carri",
    "complet",
    "far",
    "good",
    "well",
    "yet",
    "even",
    "almost",
    "nearly",
    "around",
    "roughly",
    "january",
    "february",
    "march",
    "april",
    "may",
    "jun",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "autumn",
    "spr",
    "summer",
    "winter",
    "academic",
    "financial",
    "calendar",
    "end",
    "start",
];

impl Place {
    /// The place of a sentence; `before` is the sentence before it in the same paragraph.
    pub fn of(
        holdings: &Holdings,
        sentence: &Sentence,
        around: &[Stem],
        before: Option<&Place>,
    ) -> Place {
        let mut place = Place { around: around.iter().copied().collect(), ..Place::default() };
        let words = sentence.tokens.iter().enumerate();
        for (n, token) in words.filter(|(_, token)| token.kind == TokenKind::Word) {
            for word in stems(&token.text) {
                let number = holdings.vocabulary.find(&word);
                place.said.extend(number);
                place.at.extend(number.map(|stem| (n, stem)));
                place.is_elsewhere |= ELSEWHERE.contains(&word.as_str());
                let is_number = word.starts_with(|c: char| c.is_ascii_digit());
                if !is_number && !is_general(&word) && !PLAIN.contains(&word.as_str()) {
                    place.content.push(number);
                }
            }
        }
        place.times = times(sentence);
        // Twenty weeks inside a measure's name own no time and divide nothing.
        let is_own = |figure: &Figure| !matches!(figure.kind, Kind::Time(_) | Kind::Date(_));
        place.figures =
            figures(sentence).into_iter().filter(is_own).map(|figure| figure.token).collect();
        if let Some(before) = before {
            place.around.extend(&before.said);
            if place.times.is_empty() {
                place.inherited = match before.times.as_slice() {
                    [] => before.inherited.clone(),
                    times => times.iter().map(|(_, time)| *time).collect(),
                };
            }
        }
        place
    }

    /// The times that a figure is told of: those right after it, or else those that are no other figure's own.
    pub(super) fn times_of(&self, figure: &Figure) -> Vec<Period> {
        let owner = |range: &Range<usize>| {
            let before = self.figures.iter().copied().filter(|at| *at < range.start).max()?;
            (range.start - before <= OWN_TIME).then_some(before)
        };
        let several = self.figures.len() > 1;
        let own = self.times.iter().filter(|(range, _)| owner(range) == Some(figure.token));
        let own: Vec<Period> = own.map(|(_, time)| *time).collect();
        if !own.is_empty() {
            return own;
        }
        let free = self.times.iter().filter(|(range, _)| !several || owner(range).is_none());
        free.map(|(_, time)| *time).collect()
    }

    /// Whether a name stands nearer to a figure than to any other: "England: 49%".
    pub(super) fn is_of(&self, figure: &Figure, name: &[Stem]) -> bool {
        self.at.iter().filter(|(_, stem)| name.contains(stem)).any(|(at, _)| {
            let far = at.abs_diff(figure.token);
            self.figures.iter().all(|other| at.abs_diff(*other) >= far)
        })
    }

    /// Whether a name stands near a figure: no other figure stands between them.
    pub(super) fn is_near(&self, figure: &Figure, name: &[Stem]) -> bool {
        self.at.iter().filter(|(_, stem)| name.contains(stem)).any(|(at, _)| {
            let (low, high) = (*at.min(&figure.token), *at.max(&figure.token));
            !self.figures.iter().any(|other| low < *other && *other < high)
        })
    }

    pub(super) fn has(&self, stem: Stem) -> f64 {
        if self.said.contains(&stem) {
            1.0
        } else if self.around.contains(&stem) {
            AROUND
        } else {
            0.0
        }
    }

    pub(super) fn says_all(&self, stems: &[Stem]) -> bool {
        !stems.is_empty() && stems.iter().all(|stem| self.said.contains(stem))
    }

    pub(super) fn knows_all(&self, stems: &[Stem]) -> bool {
        !stems.is_empty() && stems.iter().all(|stem| self.has(*stem) > 0.0)
    }
}

/// A time this many words after a figure is its own: "53% in May 2021".
const OWN_TIME: usize = 4;

/// The times that a sentence names, each with its tokens.
pub(super) fn times(sentence: &Sentence) -> Vec<(Range<usize>, Period)> {
    let tokens = &sentence.tokens;
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let pair = format!("{} {}", word(at), word(at + 1));
        if let (true, Ok(date)) = (is_year(word(at + 1)), PlanDate::parse(&pair)) {
            out.extend(Period::date(date).map(|time| (at..at + 2, time)));
            at += 2;
        } else if is_year(word(at)) && word(at + 1) == "to" && is_year(word(at + 2)) {
            let years = [word(at), word(at + 2)].map(|word| word.parse::<i32>().unwrap_or(0));
            match years {
                [one, other] if other - one == 1 => {
                    out.extend(Period::pair(one).map(|time| (at..at + 3, time)));
                }
                years => {
                    let times = years.into_iter().filter_map(Period::year);
                    out.extend(times.map(|time| (at..at + 3, time)));
                }
            }
            at += 3;
        } else {
            let is_pair = word(at).contains(['/', '-', '\u{2013}']);
            if word(at).starts_with(|c: char| c.is_ascii_digit())
                && word(at).len() <= 9
                && (is_year(word(at)) || is_pair)
            {
                out.extend(Period::of_words(word(at)).map(|time| (at..at + 1, time)));
            }
            at += 1;
        }
    }
    out
}
