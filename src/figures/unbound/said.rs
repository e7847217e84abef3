//! What a sentence claims, and the condition that says the same of the data.

use super::path::Path;
use super::subject::Subject;
use crate::figures::names::stem;
use crate::figures::numbers::{Figure, figures};
use crate::figures::place::times;
use crate::figures::sentence::{Sentence, TokenKind};
use crate::plan::{Better, Unit};

/// What a word says of one value beside another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It went up, or stands above.
    More,
    /// It went down, or stands below.
    Less,
    /// Whichever way is better.
    Better,
    /// Whichever way is worse.
    Worse,
    /// No difference.
    Same,
    /// A time goes down: "faster".
    Faster,
    /// A time goes up: "slower".
    Slower,
    /// A distance goes down: "closed the gap".
    Nearer,
    /// A distance goes up: "the gap widened".
    Further,
    /// None is above it.
    Highest,
    /// None is below it.
    Lowest,
}

/// A word that compares.
#[derive(Debug)]
pub struct Claim {
    /// As it was written.
    pub word: String,
    /// Its place among the tokens.
    pub at: usize,
    /// What it says.
    pub relation: Relation,
    /// Whether it says where something stands beside something else, and nothing of before: "above".
    pub is_level: bool,
}

/// Words that say how something moved, by their stems or as they are.
const MOVES: &[(Relation, &[&str])] = &[
    (
        Relation::More,
        &[
            "more", "higher", "rose", "risen", "ris", "increas", "grew", "grown", "climb", "up",
            "greater", "larger", "bigger",
        ],
    ),
    (
        Relation::Less,
        &[
            "fewer", "less", "lower", "fell", "fallen", "fall", "drop", "declin", "decreas",
            "reduc", "down", "smaller", "halv", "shrank", "shrunk",
        ],
    ),
    (Relation::Better, &["better", "improv"]),
    (Relation::Worse, &["worse", "worsen", "worsened", "deteriorat"]),
    (Relation::Same, &["unchang", "steady", "stabl"]),
    (Relation::Faster, &["faster", "quicker", "sooner", "shorter", "shorten", "shortened"]),
    (Relation::Slower, &["slower", "longer", "lengthen", "lengthened"]),
    (Relation::Nearer, &["clos", "narrow", "narrowed"]),
    (Relation::Further, &["widen", "widened"]),
    (Relation::Highest, &["highest"]),
    (Relation::Lowest, &["lowest"]),
];
/// Words that say where something stands.
const STANDS: &[(Relation, &[&str])] = &[
    (Relation::More, &["above", "past", "exceed", "exceeds", "exceeding", "exceeded", "over"]),
    (Relation::Less, &["below", "under"]),
    (Relation::Better, &["ahead"]),
    (Relation::Worse, &["behind"]),
];
/// Words of a sentence that says what is not, or not yet.
const UNREAL: &[&str] = &[
    "not",
    "no",
    "never",
    "neither",
    "nor",
    "cannot",
    "without",
    "if",
    "whether",
    "unless",
    "until",
    "would",
    "could",
    "should",
    "might",
    "will",
    "shall",
    "aim",
    "aims",
    "hope",
    "hopes",
    "expect",
    "expects",
    "expected",
    "want",
    "wants",
    "rather",
    "forecast",
    "intend",
    "need",
    "needs",
    "can",
    "must",
    "to-be",
    "ambition",
    "isn\u{2019}t",
    "wasn\u{2019}t",
    "hasn\u{2019}t",
    "how",
    "why",
    "what",
    "which",
    "where",
    "when",
];

impl Claim {
    /// The comparisons of a sentence; none where nothing is certain.
    pub fn all(sentence: &Sentence) -> Vec<Claim> {
        let words: Vec<String> = sentence
            .tokens
            .iter()
            .map(|token| match token.kind {
                TokenKind::Word => token.text.to_lowercase(),
                _ => String::new(),
            })
            .collect();
        let word = |at: usize| words.get(at).map_or("", String::as_str);
        // The month has a capital.
        let may = sentence.tokens.iter().any(|token| token.text == "may");
        if may || words.iter().any(|word| UNREAL.contains(&word.as_str())) {
            return Vec::new();
        }
        let mut found: Vec<Claim> = Vec::new();
        for (at, said) in words.iter().enumerate().filter(|(_, word)| !word.is_empty()) {
            let stemmed = stem(said);
            let listed =
                |list: &[&str]| list.contains(&said.as_str()) || list.contains(&stemmed.as_str());
            let pair = format!("{said} {}", word(at + 1));
            // "More than 400 pupils" counts and compares nothing; so do "up to" and "over 400".
            let is_number =
                |at: usize| word(at).starts_with(|c: char| c.is_ascii_digit() || c == '\u{a3}');
            let is_many = |word: &str| {
                matches!(word, "twice" | "half" | "double" | "a" | "one" | "two" | "three" | "ten")
            };
            let is_hedge =
                matches!(pair.as_str(), "more than" | "less than" | "fewer than" | "up to")
                    && (is_number(at + 2) || is_many(word(at + 2)) || pair == "up to")
                    || matches!(said.as_str(), "over" | "under" | "above" | "below") && at == 0
                    || matches!(said.as_str(), "over" | "under") && !is_number(at + 1)
                    || matches!(
                        pair.as_str(),
                        "more and" | "no more" | "up by" | "set up" | "made up"
                    ) && pair != "up by"
                    || matches!(
                        word(at.wrapping_sub(1)),
                        "set" | "made" | "taken" | "follow" | "start"
                    ) && said == "up";
            if is_hedge || said == "close" && word(at + 1) == "to" || said == "closed" && at == 0 {
                continue;
            }
            let same = matches!(pair.as_str(), "same as" | "line with" | "level with");
            let (relation, is_level) = if same {
                (Relation::Same, true)
            } else if let Some((relation, _)) = MOVES.iter().find(|(_, list)| listed(list)) {
                (*relation, false)
            } else if let Some((relation, _)) = STANDS.iter().find(|(_, list)| listed(list)) {
                (*relation, true)
            } else {
                continue;
            };
            let told = if same { pair } else { said.clone() };
            found.push(Claim { word: told, at, relation, is_level });
        }
        // "England fell more": a word of how much adds nothing to one that says which way.
        let is_one = found
            .iter()
            .all(|claim| found.first().is_some_and(|first| first.relation == claim.relation));
        if !is_one {
            found.retain(|claim| !matches!(claim.word.as_str(), "more" | "less" | "fewer"));
        }
        found
    }
}

/// The condition for a claim about a subject, and why it is not true today, where it is not.
pub fn condition(
    claim: &Claim,
    subject: &Subject,
    sentence: &Sentence,
) -> Option<(String, Option<String>)> {
    let (subject, other) = &match pair(claim, subject, sentence)? {
        (Some(value), other) => (subject.about(&value), other),
        (None, other) => (subject.about(&subject.value), other),
    };
    let value = &subject.value;
    let about = value.dataset.columns.get(value.column)?;
    let unit = about.style.as_ref().map_or(Unit::Text, |style| style.unit);
    let better = about.better();
    if matches!(claim.relation, Relation::Highest | Relation::Lowest) {
        return extreme(claim, subject);
    }
    let is_time = matches!(unit, Unit::Weeks | Unit::Days);
    let up = match (claim.relation, better) {
        (Relation::More, _) => Some(true),
        (Relation::Less, _) => Some(false),
        (Relation::Better, Some(better)) => Some(better == Better::Higher),
        (Relation::Worse, Some(better)) => Some(better == Better::Lower),
        (Relation::Better | Relation::Worse, None) if claim.is_level => {
            Some(claim.relation == Relation::Better)
        }
        (Relation::Better | Relation::Worse, None) => return None,
        (Relation::Same, _) => None,
        (Relation::Faster, _) if is_time => Some(false),
        (Relation::Slower, _) if is_time => Some(true),
        (Relation::Faster, Some(better)) => Some(better == Better::Higher),
        (Relation::Slower, Some(better)) => Some(better == Better::Lower),
        (Relation::Faster | Relation::Slower, None) => return None,
        (Relation::Nearer, _) if subject.is_distance => Some(false),
        (Relation::Further, _) if subject.is_distance => Some(true),
        (Relation::Nearer | Relation::Further, _) => return None,
        (Relation::Highest | Relation::Lowest, _) => return None,
    };
    let sign = match up {
        Some(true) => ">",
        Some(false) => "<",
        None => "==",
    };
    let second = match other {
        Some(other) => Against::Path(other.clone()),
        None => against(claim, subject, sentence)?,
    };
    let first = value;
    let day = subject.day;
    let (a, shown) = (first.number(day)?, first.shown(day));
    let (b, written, other_shown) = match &second {
        Against::Path(path) => (path.number(day)?, path.written(), path.shown(day)),
        Against::Number(number) => (*number, number.to_string(), number.to_string()),
    };
    let alike = shown == other_shown;
    let holds = match up {
        Some(true) => a > b && !alike,
        Some(false) => a < b && !alike,
        None => alike,
    };
    let denial = match up {
        Some(true) => "is not more than",
        Some(false) => "is not less than",
        None => "is not the same as",
    };
    let denied = (!holds).then(|| format!("{shown} {denial} {other_shown}"));
    Some((format!("{} {sign} {written}", first.written()), denied))
}

/// What a value is held against.
#[derive(Debug, Clone)]
enum Against {
    /// Another value.
    Path(Path),
    /// A number that the sentence names.
    Number(f64),
}

/// Which of the sentence's own values a claim is about, and which of them it is held against; none
/// where that is in doubt.
fn pair(
    claim: &Claim,
    subject: &Subject,
    sentence: &Sentence,
) -> Option<(Option<Path>, Option<Path>)> {
    let before = |at: usize| {
        let token = at.checked_sub(1).and_then(|before| sentence.tokens.get(before));
        token.map_or(String::new(), |token| token.text.to_lowercase())
    };
    let unit = |path: &Path| unit_of(path);
    if claim.is_level {
        // "A is above the B of England": the figures on either side of the word.
        let left = subject.own.iter().rev().find(|(at, _)| *at < claim.at);
        let right = subject.own.iter().find(|(at, _)| *at > claim.at && *at - claim.at <= 8);
        return match (left, right) {
            (Some((_, left)), Some((_, right))) if unit(left) == unit(right) => {
                Some((Some(left.clone()), Some(right.clone())))
            }
            (Some((_, left)), None) => Some((Some(left.clone()), None)),
            (None, None) => Some((None, None)),
            _ => None,
        };
    }
    // "From A to B", "B, down from A".
    let from = subject.own.iter().find(|(at, _)| before(*at) == "from");
    if let Some((start, earlier)) = from {
        let to = subject.own.iter().find(|(at, _)| at > start && before(*at) == "to");
        let later = to.or_else(|| subject.own.iter().rev().find(|(at, _)| at < start));
        return match later {
            Some((_, later)) if unit(later) == unit(earlier) => {
                Some((Some(later.clone()), Some(earlier.clone())))
            }
            None if subject.own.len() == 1 => None,
            _ => None,
        };
    }
    // "A is better than the B of England": what compares with "than" stands between the two.
    let than = sentence.tokens.iter().position(|token| token.text == "than");
    if let (Some(than), [(one, left), (other, right)]) = (than, subject.own.as_slice())
        && *one < claim.at
        && than < *other
        && unit(left) == unit(right)
    {
        return Some((Some(left.clone()), Some(right.clone())));
    }
    match subject.own.as_slice() {
        [] => Some((None, None)),
        [(_, only)] => Some((Some(only.clone()), None)),
        _ => None,
    }
}

fn against(claim: &Claim, subject: &Subject, sentence: &Sentence) -> Option<Against> {
    let value = &subject.value;
    let words: Vec<String> =
        sentence.tokens.iter().map(|token| token.text.to_lowercase()).collect();
    let says = |word: &str| words.iter().any(|said| said == word);
    // "Above the target of 75%": a number behind the word.
    let typed: Vec<Figure> = figures(sentence)
        .into_iter()
        .filter(|figure| figure.token > claim.at && !figure.is_change)
        .filter(|figure| crate::figures::holdings::fits(figure.kind, unit_of(value), None))
        .collect();
    if claim.is_level || says("than") {
        if says("target")
            && let Some(target) = subject.targets.first()
        {
            return Some(Against::Path(target.clone()));
        }
        if let Some(beside) = subject.beside.first() {
            return Some(Against::Path(beside.clone()));
        }
        if let [figure] = typed.as_slice() {
            return Some(Against::Number(figure.value));
        }
    }
    if claim.is_level && claim.relation != Relation::Same {
        return None;
    }
    // "Than in 2021/22", "since May 2023".
    let named = times(sentence).into_iter().find_map(|(range, time)| {
        let before: Vec<&String> = words.iter().take(range.start).rev().take(3).collect();
        let is_then =
            before.iter().any(|w| matches!(w.as_str(), "than" | "since" | "from" | "before"));
        let starts = |word: &&String| {
            crate::figures::holdings::Period::of_words(word).is_some_and(|period| period == time)
        };
        let period = value.dataset.periods().iter().find(starts).filter(|_| is_then)?;
        value.at(&format!("={period}"))
    });
    let path = match named {
        Some(path) => path,
        // An earlier period that the sentence's expression names has one before it that nobody named.
        None if is_moving(value) => {
            let is_year = says("year") || says("yearly") || says("annually");
            let word = match is_year && (says("last") || says("ago") || says("earlier")) {
                true => "same-period-last-year",
                false => "previous",
            };
            let path = value.at(word)?;
            match path.number(subject.day) {
                Some(_) => path,
                None => value.at("previous")?,
            }
        }
        None => return None,
    };
    path.number(subject.day)?;
    Some(Against::Path(path))
}

fn unit_of(path: &Path) -> Unit {
    let style = path.dataset.columns.get(path.column).and_then(|about| about.style.as_ref());
    style.map_or(Unit::Text, |style| style.unit)
}

fn is_moving(path: &Path) -> bool {
    let place = path.dataset.period_place();
    let key = place.and_then(|place| path.keys.get(place));
    key.is_some_and(|key| key.trim() == "latest")
}

/// "The highest": none of the same series, at another time, is above it.
fn extreme(claim: &Claim, subject: &Subject) -> Option<(String, Option<String>)> {
    let value = &subject.value;
    let own = value.dataset.period_of(value.row(subject.day)?)?;
    let others: Vec<Path> = value
        .dataset
        .periods()
        .iter()
        .filter(|period| **period != own)
        .filter_map(|period| value.at(period))
        .filter(|path| path.number(subject.day).is_some())
        .collect();
    if others.is_empty() {
        return None;
    }
    let is_highest = claim.relation == Relation::Highest;
    let number = value.number(subject.day)?;
    let beats = |path: &&Path| {
        let other = path.number(subject.day).unwrap_or(number);
        if is_highest { other > number } else { other < number }
    };
    let denied = others.iter().find(beats).map(|path| {
        let words = if is_highest { "is above" } else { "is below" };
        format!("{} {words} {}", path.shown(subject.day), value.shown(subject.day))
    });
    let word = if is_highest { "highest" } else { "lowest" };
    Some((format!("{} is {word}", value.written()), denied))
}
