//! Numbers that only look like figures: parts of names, references, ages, years, times, phone numbers.

use crate::figures::names::{is_empty, stem};
use crate::figures::numbers::{Number, Reader};
use crate::figures::words::{self, has};

/// The oldest age that is told without the word.
const OLDEST: f64 = 30.0;

impl Reader<'_> {
    /// Whether a bare number is part of a name, a reference, an age, a year or a time.
    pub(super) fn is_name(&self, at: usize, number: &Number) -> bool {
        let text = self.word(at).unwrap_or_default();
        let previous = self.prior(at, 1);
        let prior = previous.clone().unwrap_or_default();
        let next = self.later(at, 1).unwrap_or_default();
        let is_month = |word: &str| has(words::MONTHS, word);
        let year = number.is_year();
        // Phone numbers, codes and anything else that begins with a nought.
        let nought =
            number.digits.len() > 1 && number.digits.starts_with('0') && number.decimals == 0;
        let after_nought = at.checked_sub(1).is_some_and(|n| {
            self.word(n).is_some_and(|word| {
                word.len() >= 3
                    && word.bytes().all(|b| b.is_ascii_digit())
                    && (word.starts_with('0') || self.is_phone(n))
            })
        });
        if year || nought || after_nought || self.is_phone(at) || text.starts_with('-') {
            return true;
        }
        // Days of a month, and the first of two.
        let joined = matches!(next.as_str(), "to" | "and" | "or");
        let second_is_day = joined
            && self.number(at + 2).is_some()
            && self.later(at, 3).is_some_and(|word| is_month(&word));
        if is_month(&next) || second_is_day || (is_month(&prior) && number.value <= 31.0) {
            return true;
        }
        // "9 am", "half past 3".
        if matches!(next.as_str(), "am" | "pm" | "noon" | "o'clock" | "o\u{2019}clock") {
            return true;
        }
        let opens = self.tokens.get(at).is_some_and(|token| token.opens);
        let counts = self.has_things(at);
        if !opens && previous.is_some() {
            let numbered = has(words::NUMBERED, stem(&prior).as_str());
            // "in year 9", but "in the year 400 pupils left" is not written like that.
            if numbered && !(counts && self.lower(at.saturating_sub(2)) == "the") {
                return true;
            }
            // "Attainment 8", "WCAG 2.2": a name whose first letter is large, inside a sentence.
            let original = at.checked_sub(1).and_then(|n| self.word(n)).unwrap_or_default();
            let is_large = original.starts_with(char::is_uppercase);
            let is_first = at == 1;
            let is_acronym = original.len() > 1 && original.chars().all(char::is_uppercase);
            if is_acronym && number.value < 1_000.0 {
                return true;
            }
            if is_large && !is_first && !counts {
                return true;
            }
            if is_first && is_large && !is_empty(&stem(&prior)) && !counts {
                return true;
            }
        }
        // "1.1" at the head of a line or in brackets.
        if number.decimals > 0 && (at == 0 || opens) && !counts && next.is_empty() {
            return true;
        }
        self.is_age(at, number, &prior, &next, counts)
    }

    /// Whether a token is one of the groups of a phone number: three digits or more, after or before others.
    fn is_phone(&self, at: usize) -> bool {
        let group = |n: usize| {
            self.word(n)
                .is_some_and(|word| word.len() >= 3 && word.bytes().all(|b| b.is_ascii_digit()))
        };
        let begins = |n: usize| {
            self.word(n).is_some_and(|word| word.starts_with('0') || word.starts_with('+'))
        };
        let mut first = at;
        while first > 0 && at - first < 4 && (group(first - 1) || begins(first - 1)) {
            first -= 1;
        }
        group(at) && first < at && begins(first)
    }

    fn is_age(&self, at: usize, number: &Number, prior: &str, next: &str, counts: bool) -> bool {
        if !number.is_whole() || number.value > 100.0 {
            return false;
        }
        let second = self.later(at, 2).unwrap_or_default();
        if matches!(next, "year" | "years" | "month" | "months") && second.starts_with("old") {
            return true;
        }
        // "the age of 5", "children aged 2 and 3".
        let near: Vec<String> = (1..=4).filter_map(|back| self.prior(at, back)).collect();
        let said = |word: &String| {
            matches!(
                word.as_str(),
                "age" | "aged" | "ages" | "year-olds" | "birthday" | "older" | "younger"
            )
        };
        if near.iter().take(3).any(said)
            && !(counts && near.first().is_some_and(|word| word != "aged"))
        {
            return true;
        }
        if number.value > OLDEST {
            return false;
        }
        // "0 to 25", "16 to 19 provision".
        let other = matches!(next, "to" | "-" | "and").then(|| self.number(at + 2)).flatten();
        let is_small = |other: &Number| {
            other.is_whole() && other.value <= OLDEST && other.value > number.value
        };
        if next == "to"
            && other.as_ref().is_some_and(is_small)
            && self.unit(at + 2).is_none()
            && !self.has_things(at + 2)
        {
            return true;
        }
        let between = next == "and" && prior == "between" && other.as_ref().is_some_and(is_small);
        if between && self.unit(at + 2).is_none() && !self.has_things(at + 2) {
            return true;
        }
        !counts && has(words::AGED, prior) && self.unit(at).is_none()
    }
}
