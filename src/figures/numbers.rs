//! Finds the figures that were typed in a sentence, and leaves alone what only looks like one.
//!
//! Years, ages, times, legal references, phone numbers, numbers of sections, pages, key stages and
//! grades, and names with digits in them are no figures. What is left has a kind, and a note of
//! the words around it that decide how it may be held against data.

use std::ops::Range;

use crate::figures::names::{is_empty, stem};
use crate::figures::sentence::{Sentence, Token, TokenKind};
use crate::figures::words::{self, has};
use crate::plan::PlanDate;

/// What a typed figure counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// "58%", "58 per cent", "6 out of 10" as 60.
    Percent,
    /// "4 percentage points".
    Points,
    /// "£14 million", in pounds.
    Money,
    /// "92 people": a number of things that are named.
    Count,
    /// "20 weeks".
    Time(TimeUnit),
    /// "27.8": a number alone.
    Bare,
    /// "17 January 2024".
    Date(PlanDate),
}

/// Units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    /// Days, of whatever kind.
    Days,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
    /// Years.
    Years,
    /// Hours, minutes, terms.
    Other,
}

/// How exact a figure claims to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hedge {
    /// The very number.
    Exact,
    /// About, nearly, around.
    About,
    /// More than, at least.
    Over,
    /// Fewer than, up to.
    Under,
}

/// A figure that was typed by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its bytes in the text, with its unit.
    pub range: Range<usize>,
    /// Its place among the sentence's tokens: the number itself.
    pub token: usize,
    /// The number.
    pub value: f64,
    /// Decimals as typed.
    pub decimals: usize,
    /// What it counts.
    pub kind: Kind,
    /// How exact it claims to be.
    pub hedge: Hedge,
    /// It says how far something moved or lies apart, not where it stands.
    pub is_change: bool,
    /// It says what is aimed for.
    pub is_target: bool,
    /// It is told of an earlier time, or of one that may never be.
    pub is_elsewhen: bool,
    /// It is wished for, or may never be.
    pub is_wished: bool,
    /// It is a limit or a mark on a scale: nothing was measured.
    pub is_limit: bool,
    /// The stems of what is counted, as far as the plural that ends them.
    pub things: Vec<String>,
    /// It is one end of a range.
    pub is_range: bool,
    /// It counts things that the document itself shows or that everybody knows: "the 4 partners".
    pub is_told: bool,
}

/// The figures of a sentence, in order.
pub fn figures(sentence: &Sentence) -> Vec<Figure> {
    let reader = Reader { tokens: &sentence.tokens };
    let mut out = Vec::new();
    // Whether the number before was one of those that are no figures; what is joined to it is none either.
    let mut before: Option<(usize, bool)> = None;
    for at in 0..reader.tokens.len() {
        let Some(number) = reader.number(at) else { continue };
        // The 10 of "6 out of 10" is told already.
        let start = sentence.tokens.get(at).map_or(0, |token| token.range.start);
        if out.last().is_some_and(|last: &Figure| last.range.contains(&start)) {
            continue;
        }
        let joined = before.filter(|(place, _)| reader.are_joined(*place, at));
        // After a year stands no second one: "from 212 in 2023 to 187".
        let is_year = |place: usize| reader.number(place).is_some_and(|number| number.is_year());
        let follows_name = joined.is_some_and(|(place, is_figure)| !is_figure && !is_year(place));
        let found = if follows_name && number.is_plain() && !reader.has_things(at) {
            None
        } else {
            reader.figure(at, &number)
        };
        before = Some((at, found.is_some()));
        out.extend(found);
    }
    out
}

/// A number as typed.
pub(super) struct Number {
    pub(super) value: f64,
    pub(super) decimals: usize,
    money: bool,
    percent: bool,
    grouped: bool,
    pub(super) digits: String,
}

impl Number {
    /// Whether nothing but digits was typed.
    fn is_plain(&self) -> bool {
        !self.money && !self.percent && !self.grouped
    }

    pub(super) fn is_whole(&self) -> bool {
        self.is_plain() && self.decimals == 0
    }

    pub(super) fn is_year(&self) -> bool {
        self.is_whole() && self.digits.len() == 4 && (1900.0..2100.0).contains(&self.value)
    }
}

pub(super) struct Reader<'t> {
    pub(super) tokens: &'t [Token],
}

impl Reader<'_> {
    pub(super) fn word(&self, at: usize) -> Option<&str> {
        let token = self.tokens.get(at)?;
        (token.kind == TokenKind::Word).then_some(token.text.as_str())
    }

    pub(super) fn lower(&self, at: usize) -> String {
        self.word(at).unwrap_or_default().to_lowercase()
    }

    /// The word `back` places before, unless something divides them.
    pub(super) fn prior(&self, at: usize, back: usize) -> Option<String> {
        let place = at.checked_sub(back)?;
        let divided = (place..at).any(|n| self.tokens.get(n).is_some_and(|token| token.stops));
        (!divided && self.word(place).is_some()).then(|| self.lower(place))
    }

    /// The word `on` places after, unless something divides them.
    pub(super) fn later(&self, at: usize, on: usize) -> Option<String> {
        let place = at + on;
        let divided = (at..place).any(|n| self.tokens.get(n).is_some_and(|token| token.stops));
        (!divided && self.word(place).is_some()).then(|| self.lower(place))
    }

    pub(super) fn number(&self, at: usize) -> Option<Number> {
        let text = self.word(at)?;
        let (money, rest) = match text.strip_prefix(['\u{a3}', '$', '\u{20ac}']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('-').unwrap_or(text)),
        };
        let end = rest
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.')))
            .unwrap_or(rest.len());
        let (digits, suffix) = rest.split_at(end);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mut groups = whole.split(',');
        let first = groups.next().unwrap_or("");
        let grouped = whole.contains(',');
        let fits = !first.is_empty()
            && first.len() <= if grouped { 3 } else { 12 }
            && groups.all(|group| group.len() == 3)
            && !fraction.contains(['.', ','])
            && fraction.len() <= 6;
        let scale = match suffix.to_lowercase().as_str() {
            "" | "%" => 1.0,
            "k" if money => 1e3,
            "m" if money => 1e6,
            "bn" if money => 1e9,
            _ => return None,
        };
        let bare: String = digits.chars().filter(|c| *c != ',').collect();
        let value: f64 = bare.parse().ok().filter(|_| fits)?;
        let percent = suffix == "%";
        Some(Number {
            value: value * scale,
            decimals: fraction.len(),
            money,
            percent,
            grouped,
            digits: bare,
        })
    }

    /// Whether only "and", "to", "or" or a comma stands between two numbers.
    fn are_joined(&self, one: usize, other: usize) -> bool {
        match other - one {
            1 => self.tokens.get(one).is_some_and(|token| token.stops),
            2 => matches!(self.lower(one + 1).as_str(), "and" | "to" | "or" | "&" | "until"),
            _ => false,
        }
    }

    fn figure(&self, at: usize, number: &Number) -> Option<Figure> {
        if let Some((date, end)) = self.date(at, number) {
            return Some(self.made(at, end, number, Kind::Date(date)));
        }
        let unit = self.unit(at);
        let is_share = self.out_of(at, number).is_some();
        if number.is_plain() && unit.is_none() && !is_share && self.is_name(at, number) {
            return None;
        }
        if let Some((kind, words)) = unit {
            let mut value = number.value;
            if kind == Kind::Money {
                value *= self.scale(at);
            }
            let number = Number { value, digits: number.digits.clone(), ..*number };
            return Some(self.made(at, at + words, &number, kind));
        }
        if number.money {
            let scaled = self.scale(at);
            let value = number.value * scaled;
            let number = Number { value, digits: number.digits.clone(), ..*number };
            let end = if scaled > 1.0 { at + 1 } else { at };
            return Some(self.made(at, end, &number, Kind::Money));
        }
        if let Some((whole, end)) = self.out_of(at, number) {
            let value = number.value / whole * 100.0;
            let number = Number { value, digits: number.digits.clone(), ..*number };
            return Some(self.made(at, end, &number, Kind::Percent));
        }
        let scale = self.scale(at);
        let scaled =
            Number { value: number.value * scale, digits: number.digits.clone(), ..*number };
        let end = if scale > 1.0 { at + 1 } else { at };
        let kind = if self.has_things(end) { Kind::Count } else { Kind::Bare };
        Some(self.made(at, end, &scaled, kind))
    }

    /// A unit written with or after the number, and over how many words.
    pub(super) fn unit(&self, at: usize) -> Option<(Kind, usize)> {
        let number = self.number(at)?;
        let next = self.later(at, 1).unwrap_or_default();
        let second = self.later(at, 2).unwrap_or_default();
        if number.percent || next == "percent" {
            return Some((Kind::Percent, usize::from(!number.percent)));
        }
        if next == "per" && second == "cent" {
            return Some((Kind::Percent, 2));
        }
        if next == "percentage" && second.starts_with("point") {
            return Some((Kind::Points, 2));
        }
        if number.money {
            return None;
        }
        let time = |word: &str| match word.trim_end_matches(['\u{2019}', '\'']) {
            "day" | "days" => Some(TimeUnit::Days),
            "week" | "weeks" => Some(TimeUnit::Weeks),
            "month" | "months" => Some(TimeUnit::Months),
            "year" | "years" => Some(TimeUnit::Years),
            "hour" | "hours" | "minute" | "minutes" | "term" | "terms" => Some(TimeUnit::Other),
            _ => None,
        };
        if let Some(unit) = time(&next) {
            // "16 year olds" and "3 years old" are ages.
            return (!second.starts_with("old")).then_some((Kind::Time(unit), 1));
        }
        let between =
            ["working", "school", "calendar", "consecutive", "full", "more", "further", "academic"];
        let unit = time(&second).filter(|_| between.contains(&next.as_str()))?;
        Some((Kind::Time(unit), 2))
    }

    /// "million" after a number, as what it multiplies by.
    fn scale(&self, at: usize) -> f64 {
        match self.later(at, 1).as_deref() {
            Some("thousand") => 1e3,
            Some("million") => 1e6,
            Some("billion") => 1e9,
            _ => 1.0,
        }
    }

    /// A day of a calendar, and its last word.
    fn date(&self, at: usize, number: &Number) -> Option<(PlanDate, usize)> {
        if !number.is_whole() || !(1.0..=31.0).contains(&number.value) {
            return None;
        }
        let (month, year) = (self.later(at, 1)?, self.later(at, 2)?);
        let month = words::MONTH_NAMES.iter().find(|known| **known == month)?;
        let date = PlanDate::parse(&format!("{} {month} {year}", number.digits)).ok()?;
        Some((date, at + 2))
    }

    /// "6 out of 10", "1 in 4": the whole, and its place.
    fn out_of(&self, at: usize, number: &Number) -> Option<(f64, usize)> {
        let of = match (self.later(at, 1)?.as_str(), self.later(at, 2).as_deref()) {
            ("out", Some("of")) => at + 3,
            ("in", _) => at + 2,
            _ => return None,
        };
        let whole = self.number(of).filter(Number::is_whole)?;
        let is_share = number.is_whole() && number.value < whole.value && whole.value <= 100.0;
        is_share.then_some((whole.value, of))
    }

    /// Whether things that are counted stand after a number: a plural, perhaps with words before it.
    pub(super) fn has_things(&self, at: usize) -> bool {
        for on in 1..=4 {
            let Some(word) = self.later(at, on) else { return false };
            let word = word.trim_end_matches(['\u{2019}', '\'']);
            if has(words::MANY, word) {
                return true;
            }
            if is_empty(&stem(word)) && !matches!(word, "new" | "other" | "more") {
                return on == 1 && word == "of" && self.has_things(at + 1);
            }
            if word.chars().any(|c| c.is_ascii_digit()) {
                return false;
            }
            let is_plural = word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us");
            if is_plural {
                return true;
            }
        }
        false
    }

    /// The stems of the things counted after a number.
    fn things(&self, at: usize) -> Vec<String> {
        if !self.has_things(at) {
            return Vec::new();
        }
        let mut out = Vec::new();
        for on in 1..=5 {
            let Some(word) = self.later(at, on) else { break };
            let bare = word.trim_end_matches(['\u{2019}', '\'']);
            if !is_empty(&stem(bare)) {
                out.push(stem(bare));
            }
            let is_plural = bare.ends_with('s') && !bare.ends_with("ss") && !bare.ends_with("us");
            if has(words::MANY, bare) || is_plural {
                break;
            }
        }
        out
    }

    fn made(&self, at: usize, end: usize, number: &Number, kind: Kind) -> Figure {
        let start = self.tokens.get(at).map_or(0, |token| token.range.start);
        let stop = self.tokens.get(end).map_or(start, |token| token.range.end);
        let near = |back: usize| self.prior(at, back).unwrap_or_default();
        let (one, two, three) = (near(1), near(2), near(3));
        let hedge = self.hedge(&one, &two);
        let joined = |word: &str| matches!(word, "to" | "and");
        let after = self.later(end, 1).unwrap_or_default();
        let is_to = after == "to" && self.number(end + 2).is_some();
        let starts_range = is_to && one != "from";
        let first = at
            .checked_sub(2)
            .filter(|_| joined(&one))
            .filter(|place| self.number(*place).is_some());
        let before_first = first.and_then(|place| self.prior(place, 1)).unwrap_or_default();
        let ends_range = one == "to" && first.is_some() && before_first != "from";
        let between = one == "between" || (one == "and" && before_first == "between");
        let is_by = one == "by" || (two == "by" && hedge != Hedge::Exact);
        // "a rise of 4%", "rose by 4%", "fell 4%"; but "rose to 4%" says where it stands.
        let moved = |word: &str| has(words::CHANGE, stem(word).as_str());
        let change_before = is_by
            || (one == "of" && moved(&two))
            || (moved(&one) && !has(words::LEVELLING, &one))
            || (hedge != Hedge::Exact && (moved(&two) || moved(&three)));
        let change_after = has(words::APART, after.as_str())
            && self.later(end, 2).is_none_or(|word| word != "time");
        let aims = |n: usize| has(words::AIMS, stem_or(&self.lower(n)).as_str());
        let leads = (0..at.min(4)).any(aims) && matches!(one.as_str(), "is" | "was" | "that");
        let is_target = leads || (at.saturating_sub(4)..at).any(aims);
        let wishes = (at.saturating_sub(5)..at).any(|n| {
            has(words::WISHED, self.lower(n).trim_end_matches("ed"))
                || has(words::WISHED, &self.lower(n))
        });
        // "10% of sessions or more" is a limit.
        let is_limit = (1..=5).any(|on| {
            self.later(end, on).is_some_and(|word| word == "or")
                && self.later(end, on + 1).is_some_and(|word| {
                    matches!(word.as_str(), "more" | "less" | "over" | "under" | "fewer")
                })
        });
        let is_score = matches!(one.as_str(), "scored" | "rated")
            || after == "scale"
            || self.later(end, 3).is_some_and(|w| w == "scale");
        let is_elsewhen = one == "from" && kind != Kind::Money
            || self
                .tokens
                .iter()
                .any(|token| has(words::ELSEWHEN, token.text.to_lowercase().as_str()))
            || wishes;
        Figure {
            range: start..stop,
            token: at,
            value: number.value,
            decimals: number.decimals,
            kind,
            hedge,
            is_change: change_before || change_after,
            is_target,
            is_elsewhen,
            is_range: starts_range || ends_range || between,
            is_told: has(words::TOLD, &one),
            is_wished: wishes,
            is_limit: is_limit || is_score,
            things: self.things(end),
        }
    }

    fn hedge(&self, one: &str, two: &str) -> Hedge {
        match (two, one) {
            (_, "over" | "above" | "exceeding" | "exceeds")
            | ("more" | "higher" | "greater", "than")
            | ("at", "least") => Hedge::Over,
            (_, "under" | "below")
            | ("less" | "fewer" | "lower", "than")
            | ("up", "to")
            | ("at", "most") => Hedge::Under,
            (
                _,
                "about" | "around" | "nearly" | "almost" | "roughly" | "approximately" | "some"
                | "circa" | "approaching" | "just",
            ) => Hedge::About,
            _ => Hedge::Exact,
        }
    }
}

/// A word without a plural's s.
fn stem_or(word: &str) -> String {
    word.strip_suffix('s').unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::sentence::sentences;

    fn found(text: &str) -> Vec<&str> {
        sentences(text).iter().flat_map(figures).map(|figure| &text[figure.range]).collect()
    }

    #[test]
    fn what_only_looks_like_a_figure_is_left_alone() {
        for text in [
            "In 2021/22 and in May 2022 we met, and again from 24 to 27 May.",
            "Call 0121 303 1234 or write to B1 1BB before 5pm or 10:30.",
            "Section 75, regulations 4 and 5, pages 12 to 14, Key Stages 1 and 2, Years 7 to 11, grade 9 to 5.",
            "Covid-19, GBR8.a, SEN2, ASQ-3, P1 and the 16-19 team.",
            "Young people aged 14 or over; those from 16 to 19; support from birth to 25; under 5.",
            "After 16, many leave. At 19, few are qualified. It is for 3 year olds.",
            "Their Attainment 8 score fell; Progress 8 rose; WCAG 2.2 applies.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn figures_are_found_with_their_units() {
        for (text, figures) in [
            ("It rose to 58% from 53 per cent.", vec!["58%", "53 per cent"]),
            (
                "They are 4 percentage points apart, at 9,000 pupils.",
                vec!["4 percentage points", "9,000"],
            ),
            ("It costs £14 million within 20 weeks.", vec!["£14 million", "20 weeks"]),
            ("About 6 out of 10 wait; 92 young people left.", vec!["6 out of 10", "92"]),
            ("They met on 17 January 2024.", vec!["17 January 2024"]),
        ] {
            assert_eq!(found(text), figures, "{text}");
        }
    }
}
