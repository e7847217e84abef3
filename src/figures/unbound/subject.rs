//! What a sentence is about: a value of a dataset, by its own expressions or by its words.

use chrono::NaiveDate;

use super::path::Path;
use crate::figures::holdings::{Holding, Holdings, Name, Period, Series};
use crate::figures::names::{Stem, is_general};
use crate::figures::place::{Place, times};
use crate::figures::sentence::{Sentence, TokenKind};
use crate::project::Project;

/// How much of a series' name must be said.
const NAMED: f64 = 0.6;
/// How much of a sentence's words must belong to the name.
const EXPLAINED: f64 = 0.4;
/// Words that compare, or say with when, and belong to no name.
const NEUTRAL: &[&str] = &[
    "lower", "higher", "more", "fewer", "less", "than", "year", "before", "last", "down", "up",
    "above", "below", "again", "longer", "shorter", "rose", "fell", "improved", "highest",
    "lowest",
];
/// Two names as near as this cannot be told apart.
const NEAR: f64 = 0.08;

/// What a sentence is about, and what it may be compared with.
#[derive(Debug)]
pub struct Subject {
    /// The value: at its latest period, unless the sentence's own expression names one.
    pub value: Path,
    /// The values of the sentence's own expressions, by their places among its tokens.
    pub own: Vec<(usize, Path)>,
    /// Rows of other groups of the same series that the sentence names: "England".
    pub beside: Vec<Path>,
    /// Columns of the dataset that are aimed for.
    pub targets: Vec<Path>,
    /// Whether it says how far things are apart.
    pub is_distance: bool,
    /// The day.
    pub day: NaiveDate,
}

/// The values of a sentence's expressions; none that say by how much something changed.
fn own(
    project: &Project,
    text: &str,
    base: usize,
    sentence: &Sentence,
    day: NaiveDate,
) -> Vec<(usize, Path)> {
    let mut out = Vec::new();
    for (at, token) in sentence.tokens.iter().enumerate() {
        if token.kind != TokenKind::Expression {
            continue;
        }
        // An expression's token is its end.
        let before = token.range.end.checked_sub(base).and_then(|end| text.get(..end));
        let written = before.and_then(|text| Some(&text[text.rfind("{{")?..]));
        let is_change = at > 0 && sentence.tokens.get(at - 1).is_some_and(|t| t.text == "by");
        let paths = written.map_or_else(Vec::new, |text| Path::all(project, text));
        if let ([path], false) = (paths.as_slice(), is_change)
            && path.number(day).is_some()
        {
            out.push((at, path.clone()));
        }
    }
    out
}

impl Subject {
    /// The subject of a sentence, whose text starts at byte `base` of what it was read from; none where
    /// the data do not name it beyond doubt.
    pub fn of(
        project: &Project,
        holdings: &Holdings,
        (text, base): (&str, usize),
        sentence: &Sentence,
        place: &Place,
        day: NaiveDate,
    ) -> Option<Subject> {
        let own = own(project, text, base, sentence, day);
        if let Some((_, value)) = own.first().cloned() {
            return Some(Subject::valued(project, holdings, value, own, place, day));
        }
        // An expression of something else is what the sentence is about.
        if text.contains("{{") || is_about_another(sentence) {
            return None;
        }
        Subject::named(project, holdings, sentence, place, day)
    }

    fn valued(
        project: &Project,
        holdings: &Holdings,
        value: Path,
        own: Vec<(usize, Path)>,
        place: &Place,
        day: NaiveDate,
    ) -> Subject {
        let cell = value.row(day).and_then(|row| row.cells.get(value.column)).map(|cell| cell.span);
        let series = holdings
            .series
            .iter()
            .find(|series| series.holdings.iter().any(|holding| Some(holding.cell) == cell));
        let beside = series
            .map_or_else(Vec::new, |series| beside(project, holdings, series, &value, place, day));
        Subject {
            targets: targets(&value, day),
            is_distance: series.is_some_and(|series| series.is_distance),
            value,
            own,
            beside,
            day,
        }
    }

    /// The same, about another of the sentence's own values.
    pub fn about(&self, value: &Path) -> Subject {
        Subject {
            value: value.clone(),
            own: self.own.clone(),
            beside: if *value.written() == *self.value.written() {
                self.beside.clone()
            } else {
                Vec::new()
            },
            targets: targets(value, self.day),
            is_distance: self.is_distance,
            day: self.day,
        }
    }

    fn named(
        project: &Project,
        holdings: &Holdings,
        sentence: &Sentence,
        place: &Place,
        day: NaiveDate,
    ) -> Option<Subject> {
        let mut best: Vec<(f64, &Series)> = Vec::new();
        for series in holdings.series.iter().filter(|series| series.dataset.is_some()) {
            // What is aimed for is what others are held against.
            let is_target = series
                .names
                .iter()
                .flatten()
                .any(|stem| holdings.vocabulary.find("target") == Some(*stem));
            let worth = worth(holdings, series, sentence, place);
            if worth >= NAMED && !is_target {
                best.push((worth, series));
            }
        }
        best.sort_by(|one, other| other.0.total_cmp(&one.0));
        let (worth, series) = *best.first()?;
        if best.get(1).is_some_and(|(next, _)| worth - next < NEAR) {
            return None;
        }
        let holding = own_row(holdings, series, sentence, place)?;
        let value = path_of(project, holding)?.at("latest")?;
        value.number(day)?;
        // "They were above England in 2022" says nothing of the latest.
        let is_then = |range: &std::ops::Range<usize>| {
            let before = sentence.tokens.iter().take(range.start).rev().take(3);
            before.into_iter().any(|token| {
                matches!(token.text.to_lowercase().as_str(), "than" | "since" | "from" | "before")
            })
        };
        let is_other = |time: &Period| holding.period.is_none_or(|own| !own.meets(*time));
        if times(sentence).iter().any(|(range, time)| !is_then(range) && is_other(time)) {
            return None;
        }
        let beside = beside(project, holdings, series, &value, place, day);
        let targets = targets(&value, day);
        Some(Subject {
            value,
            own: Vec::new(),
            beside,
            targets,
            is_distance: series.is_distance,
            day,
        })
    }

    /// Whether a word is a part of what its column is called, so that it says nothing of it: "the gap
    /// behind England".
    pub fn is_called(&self, word: &str) -> bool {
        let about = self.value.dataset.columns.get(self.value.column);
        about.is_some_and(|about| {
            let names =
                about.also.iter().map(|also| also.value.as_str()).chain([about.name.as_str()]);
            let says = |name: &str| name.split_whitespace().any(|own| own.to_lowercase() == word);
            names.into_iter().any(says)
        })
    }

    /// What it is, for people.
    pub fn name(&self) -> String {
        self.value.name(self.day)
    }
}

/// Whether a sentence is about what another one named: "that is more than before".
fn is_about_another(sentence: &Sentence) -> bool {
    let words: Vec<String> =
        sentence.tokens.iter().map(|token| token.text.to_lowercase()).collect();
    words.windows(2).any(|pair| {
        matches!(pair, [one, next]
            if matches!(one.as_str(), "it" | "that" | "this" | "they" | "these" | "both" | "groups")
                && matches!(next.as_str(), "is" | "was" | "are" | "were" | "has" | "have"))
    })
}

/// How much of a series' name is said: of its column's or, where it has no other columns, of its title.
fn worth(holdings: &Holdings, series: &Series, sentence: &Sentence, place: &Place) -> f64 {
    let title = vec![series.title.clone()];
    let mut names: Vec<&Vec<Stem>> = series.names.iter().collect();
    if !series.has_siblings {
        names.extend(&title);
    }
    let weigh = |stems: &[Stem]| {
        let mut sums = (0.0, 0.0, 0_usize);
        for stem in stems {
            let weight = holdings.vocabulary.weight(*stem);
            sums.0 += weight * place.has(*stem);
            sums.1 += weight;
            sums.2 += usize::from(place.said.contains(stem));
        }
        sums
    };
    let telling = |stems: &[Stem]| {
        let general = |stem: &&Stem| {
            holdings.vocabulary.all().any(|(word, known)| known == **stem && is_general(word))
        };
        stems.iter().filter(|stem| !general(stem)).count()
    };
    // What else is said must not be more than the name.
    let belongs = |name: &[Stem], stem: &Option<Stem>| {
        stem.is_some_and(|stem| {
            name.contains(&stem)
                || series.title.contains(&stem)
                || series.keys.iter().flatten().any(|key| key.stems.contains(&stem))
        })
    };
    let neutral = sentence.tokens.iter().filter(|token| {
        let word = token.text.to_lowercase();
        NEUTRAL.contains(&word.as_str())
    });
    let content = place.content.len().saturating_sub(neutral.count());
    let mut best = 0.0_f64;
    for name in names.into_iter().filter(|name| !name.is_empty()) {
        let (said, all, words) = weigh(name);
        // Two words of the name in the sentence itself, or all of a short one.
        if all == 0.0 || words < telling(name).clamp(1, 2) {
            continue;
        }
        let explained = place.content.iter().filter(|stem| belongs(name, stem)).count();
        if (explained as f64) < EXPLAINED * content as f64 {
            continue;
        }
        let rest: Vec<Stem> =
            series.title.iter().copied().filter(|stem| !name.contains(stem)).collect();
        let (title_said, title_all, _) = weigh(&rest);
        let whole = (said + 0.15 * title_said) / (all + 0.15 * title_all);
        best = best.max(whole.min(said / all + 0.1));
    }
    best
}

/// Of each key column the names that a sentence says.
fn said<'s>(names: &'s [Name], place: &Place) -> Vec<(usize, &'s Name)> {
    let mut found: Vec<(usize, &Name)> =
        names.iter().enumerate().filter(|(_, name)| place.says_all(&name.stems)).collect();
    let all = found.clone();
    // "SEN support" is said, not the "SEN" in it.
    found.retain(|(_, one)| {
        !all.iter().any(|(_, other)| {
            one.stems.len() < other.stems.len()
                && one.stems.iter().all(|stem| other.stems.contains(stem))
        })
    });
    found
}

/// The row that a sentence is about: the local area's, or the one of each key that it names first.
fn own_row<'s>(
    holdings: &Holdings,
    series: &'s Series,
    sentence: &Sentence,
    place: &Place,
) -> Option<&'s Holding> {
    // "Nationally, …", "In England, …": the country is what the sentence is about.
    let opens = sentence.tokens.iter().take(2).any(|token| {
        let word = token.text.to_lowercase();
        matches!(word.as_str(), "nationally" | "england" | "england\u{2019}s" | "england's")
    });
    let country = holdings.vocabulary.find("england").filter(|_| opens);
    let mut wanted: Vec<usize> = Vec::new();
    for names in &series.keys {
        let national = names
            .iter()
            .position(|name| country.is_some_and(|country| name.stems.contains(&country)));
        if let Some(national) = national {
            wanted.push(national);
            continue;
        }
        let found = said(names, place);
        let home = names.iter().position(|name| name.is_home);
        let whole = names.iter().position(|name| name.is_whole);
        let word = match (home, found.as_slice()) {
            (Some(home), _) => home,
            (None, [(word, _)]) => *word,
            (None, []) if names.len() == 1 => 0,
            (None, []) => whole?,
            _ => return None,
        };
        wanted.push(word);
    }
    series.holdings.iter().find(|holding| holding.keys == wanted && holding.is_current)
}

fn path_of(project: &Project, holding: &Holding) -> Option<Path> {
    let mut paths = Path::all(project, holding.expression.as_deref()?);
    (paths.len() == 1).then(|| paths.pop()).flatten()
}

/// The rows of other groups that a sentence names, at the period of `value`.
fn beside(
    project: &Project,
    holdings: &Holdings,
    series: &Series,
    value: &Path,
    place: &Place,
    day: NaiveDate,
) -> Vec<Path> {
    let period = value.dataset.period_place().and_then(|place| value.keys.get(place)).cloned();
    let row = value.row(day).and_then(|row| row.cells.get(value.column)).map(|cell| cell.span);
    let Some(own) = series.holdings.iter().find(|holding| Some(holding.cell) == row) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for (n, names) in series.keys.iter().enumerate() {
        let country = |name: &Name| {
            let is_country = |stem: &Stem| {
                holdings.vocabulary.all().any(|(word, s)| s == *stem && word == "england")
            };
            place.is_elsewhere && !name.is_home && name.stems.iter().any(is_country)
        };
        for (word, name) in names.iter().enumerate() {
            let is_said = place.says_all(&name.stems) || country(name);
            if own.keys.get(n) == Some(&word) || !is_said {
                continue;
            }
            let mut keys = own.keys.clone();
            if let Some(key) = keys.get_mut(n) {
                *key = word;
            }
            let other = series.holdings.iter().find(|h| h.keys == keys && h.is_current);
            let path = other.and_then(|other| path_of(project, other));
            let path = path.and_then(|path| match &period {
                Some(period) => path.at(period),
                None => Some(path),
            });
            out.extend(path.filter(|path| path.number(day).is_some()));
        }
    }
    out
}

/// The columns beside a value that say what is aimed for.
fn targets(value: &Path, day: NaiveDate) -> Vec<Path> {
    let style = |column: usize| value.dataset.columns.get(column)?.style.clone();
    let unit = style(value.column).map(|style| style.unit);
    let columns = value.dataset.columns.iter().enumerate().filter(|(column, about)| {
        let words = format!("{} {}", *about.id, *about.name).to_lowercase();
        *column != value.column
            && words.contains("target")
            && style(*column).map(|style| style.unit) == unit
    });
    columns
        .map(|(column, _)| Path { column, ..value.clone() })
        .filter(|path| path.number(day).is_some())
        .collect()
}
