//! Holds a typed figure against the data: does its sentence name something whose value is known?
//!
//! A sentence names a series when enough of the series' own words stand in it, each weighted by how
//! few names have it; words of the heading count for less. Of a dataset the row must be named too:
//! each group by its own words, the local area by nothing. Two thresholds: a figure that *is* the
//! value needs less of a name than one that is not, since agreement is evidence itself.

use std::collections::HashSet;

use crate::figures::holdings::{Holding, Holdings, Period, Series, fits};
use crate::figures::names::{Stem, is_general, stem};
use crate::figures::numbers::{Figure, Hedge, Kind};
use crate::figures::place::Place;
use crate::figures::sentence::Sentence;
use crate::figures::words::{self, has};

/// How much of a name must be said when the value is another.
const STALE: f64 = 0.72;
/// How much must be said of a row's or column's own words then.
const STALE_OWN: f64 = 0.8;
/// How much of a sentence's words must belong to the name then.
const EXPLAINED: f64 = 0.5;
/// How much of a name must be said when the value is the same, by digits that agree.
const BINDABLE: [f64; 3] = [0.8, 0.6, 0.5];
/// How much of a name must be said of a value that stands once in all the data.
const ALONE: f64 = 0.3;
/// A value with this much of a name makes another value that is nearly as well named no slip.
const KNOWN: f64 = 0.4;
/// A value this many times another is no older state of it.
const FAR: f64 = 5.0;
/// Two names as near as this cannot be told apart.
const NEAR: f64 = 0.05;

/// What is known of a typed figure.
#[derive(Debug, Clone, Copy)]
pub enum Verdict<'h> {
    /// Nothing to say.
    Fine,
    /// The data hold another value for what the sentence names.
    Stale(&'h Holding),
    /// The data hold this very value.
    Bindable(&'h Holding),
    /// Nothing is known of it.
    Unsourced,
}

/// How well a sentence names a value.
#[derive(Debug, Clone, Copy)]
struct Score {
    /// All words of the name that are said, from 0 to 1.
    whole: f64,
    /// Of the words that tell it from its neighbours.
    own: f64,
    /// Words of the name in the sentence itself.
    words: usize,
    /// Whether the things counted are the name's.
    is_counted: bool,
    /// Whether a word is said that is no more than a row's in another dataset: "SEN support".
    is_telling: bool,
    /// Whether no other figure stands between the name and this one.
    is_near: bool,
    /// Whether the row is named beyond doubt.
    is_sure: bool,
    /// How much of what the sentence says belongs to the name.
    explained: f64,
    /// Whether the sentence has words that are a neighbour's and not its own.
    is_neighbours: bool,
}

/// Judges figures against what a project holds.
#[derive(Debug)]
pub struct Judge<'h> {
    holdings: &'h Holdings,
    general: HashSet<Stem>,
    /// Stems of words that say of a series that it is a distance.
    distance: HashSet<Stem>,
    /// Values that may still be looked at.
    left: u64,
}

/// Most values that are looked at for one project.
const EFFORT: u64 = 20_000_000;

impl<'h> Judge<'h> {
    /// A judge by what is held.
    pub fn new(holdings: &'h Holdings) -> Self {
        let vocabulary = &holdings.vocabulary;
        let general = vocabulary.all().filter(|(word, _)| is_general(word)).map(|(_, stem)| stem);
        let general = general.chain(holdings.home.iter().copied()).collect();
        let distance = vocabulary
            .all()
            .filter(|(word, _)| has(words::CHANGE, word) || has(words::APART, word));
        let distance = distance.map(|(_, stem)| stem).collect();
        Judge { holdings, general, distance, left: EFFORT }
    }

    /// Whether everything was looked at.
    pub fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// What is to be said of `figure`, which stands in `sentence` at `place`.
    pub fn judge(&mut self, figure: &Figure, sentence: &Sentence, place: &Place) -> Verdict<'h> {
        let is_inside = |part: &std::ops::Range<usize>| {
            part.start <= figure.range.start && figure.range.start < part.end
        };
        if sentence.has_note() || sentence.sourced.iter().any(is_inside) {
            return Verdict::Fine;
        }
        if figure.is_limit {
            return Verdict::Fine;
        }
        let times = match figure.kind {
            // A date names no time but itself.
            Kind::Date(_) => Vec::new(),
            _ => place.times_of(figure),
        };
        let digits = significant(figure);
        let mut same: Option<(f64, &Holding)> = None;
        let mut other: Vec<(f64, usize, &Holding)> = Vec::new();
        let mut is_known = false;
        // A value that stands once in all the data needs less of a name.
        let (mut equals, mut alone): (usize, Option<&Holding>) = (0, None);
        for (n, series) in self.holdings.series.iter().enumerate() {
            if self.is_part_of_name(figure, sentence, series, place) {
                return Verdict::Fine;
            }
            let fitting = |holding: &&Holding| fits(figure.kind, series.unit, holding.kind);
            let is_distance = figure.is_change || figure.kind == Kind::Points;
            if series.is_distance != is_distance || !series.holdings.iter().any(|h| fitting(&h)) {
                continue;
            }
            let named = self.named(series, place);
            let Some(left) = self.left.checked_sub(series.holdings.len() as u64) else {
                self.left = 0;
                return Verdict::Fine;
            };
            self.left = left;
            for holding in series.holdings.iter().filter(fitting) {
                if holding.is_target && !figure.is_target {
                    continue;
                }
                equals += usize::from(is_exact(figure, holding));
                let Some(score) = self.score(series, holding, &named, figure, place) else {
                    continue;
                };
                if agrees(figure, holding) {
                    let (fits_time, exactly) = in_time(holding, &times);
                    let is_of_then =
                        exactly || figure.is_elsewhen || !times.is_empty() && fits_time;
                    is_known |= score.whole >= KNOWN && is_of_then;
                    // What agrees only when it is rounded agrees by a digit less.
                    let digits = digits - usize::from(digits > 1 && !is_exact(figure, holding));
                    let least = BINDABLE[digits.clamp(1, 3) - 1];
                    let is_named = score.whole >= least
                        && score.words > usize::from(digits < 3)
                        && (score.is_telling || digits >= 3);
                    let is_quoted = holding.expression.is_some() && equal(figure, holding);
                    let could_be = score.whole >= ALONE && score.is_telling && score.words >= 1;
                    if is_quoted && is_exact(figure, holding) && fits_time && could_be {
                        alone = Some(holding);
                    }
                    if is_quoted && fits_time && (exactly || digits >= 2) && is_named {
                        let worth = score.whole + if exactly { 0.1 } else { 0.0 };
                        if same.is_none_or(|(best, _)| worth > best) {
                            same = Some((worth, holding));
                        }
                    }
                } else if could_be_stale(figure, holding, score, &times, place) {
                    other.push((score.whole, n, holding));
                }
            }
        }
        if let Some((_, holding)) = same {
            return Verdict::Bindable(holding);
        }
        let is_rare = equals == 1 && (digits >= 3 || digits == 2 && figure.decimals > 0);
        if let Some(holding) = alone.filter(|_| is_rare) {
            return Verdict::Bindable(holding);
        }
        let best =
            other.iter().copied().reduce(|one, next| if next.0 > one.0 { next } else { one });
        if let Some((score, series, holding)) = best
            && !is_known
        {
            let is_rival = |&(near, n, rival): &(f64, usize, &Holding)| {
                n != series && score - near < NEAR && rival.value != holding.value
            };
            if !other.iter().any(is_rival) {
                return Verdict::Stale(holding);
            }
        }
        if is_known || !is_statistic(figure) { Verdict::Fine } else { Verdict::Unsourced }
    }

    /// Whether a number is a word of what is named: the 20 of "plans issued within 20 weeks".
    fn is_part_of_name(
        &self,
        figure: &Figure,
        sentence: &Sentence,
        series: &Series,
        place: &Place,
    ) -> bool {
        if !matches!(figure.kind, Kind::Time(_) | Kind::Bare | Kind::Count) {
            return false;
        }
        let Some(token) = sentence.tokens.get(figure.token) else { return false };
        let Some(number) = self.holdings.vocabulary.find(&stem(&token.text)) else { return false };
        let labels =
            series.holdings.iter().map(|holding| &holding.label).filter(|label| !label.is_empty());
        let names = series.names.iter().chain([&series.title]).chain(labels);
        names.filter(|name| name.contains(&number)).any(|name| {
            let rest: Vec<Stem> = name.iter().copied().filter(|stem| *stem != number).collect();
            let (said, all) = self.weigh(&rest, place);
            all > 0.0 && said / all >= 0.6
        })
    }

    /// The weight of what is said of some stems, and of all of them.
    fn weigh(&self, stems: &[Stem], place: &Place) -> (f64, f64) {
        let own = |stem: &&Stem| !self.general.contains(stem);
        // A name of nothing but general words is told by those.
        let all_general = stems.iter().filter(own).count() == 0;
        let mut sums = (0.0, 0.0);
        for stem in stems.iter().filter(|stem| all_general || own(stem)) {
            let weight = self.holdings.vocabulary.weight(*stem);
            sums.0 += weight * place.has(*stem);
            sums.1 += weight;
        }
        sums
    }

    /// For each key column of a series, which of its words the sentence names.
    fn named(&self, series: &Series, place: &Place) -> Vec<Vec<usize>> {
        let named = |names: &Vec<crate::figures::holdings::Name>| {
            let mut found: Vec<usize> = (0..names.len())
                .filter(|&n| names.get(n).is_some_and(|name| place.says_all(&name.stems)))
                .collect();
            if found.is_empty() {
                found = (0..names.len())
                    .filter(|&n| names.get(n).is_some_and(|name| place.knows_all(&name.stems)))
                    .collect();
            }
            // "SEN support" is said, not the "SEN" in it.
            let is_inside = |&one: &usize| {
                found.iter().any(|&other| match (names.get(one), names.get(other)) {
                    (Some(one), Some(other)) => {
                        one.stems.len() < other.stems.len()
                            && one.stems.iter().all(|stem| other.stems.contains(stem))
                    }
                    _ => false,
                })
            };
            let inside: Vec<usize> = found.iter().copied().filter(is_inside).collect();
            found.retain(|n| !inside.contains(n));
            found
        };
        series.keys.iter().map(named).collect()
    }

    /// How well the sentence names a value; none when it names another row.
    fn score(
        &self,
        series: &Series,
        holding: &Holding,
        named: &[Vec<usize>],
        figure: &Figure,
        place: &Place,
    ) -> Option<Score> {
        let mut is_sure = true;
        let mut keys: Vec<Stem> = Vec::new();
        for ((names, found), &word) in series.keys.iter().zip(named).zip(&holding.keys) {
            let name = names.get(word)?;
            let is_only = names.len() <= 1 || name.is_whole;
            if found.contains(&word) {
                let others = found.iter().filter(|other| **other != word);
                let near = |&other: &usize| {
                    names.get(other).is_some_and(|other| place.is_of(figure, &other.stems))
                };
                is_sure &= place.is_of(figure, &name.stems) && !others.clone().any(near);
                keys.extend(&name.stems);
            } else if name.is_home {
                // Where others are named too, it may still be meant, but not beyond doubt.
                if place.is_elsewhere && found.is_empty() {
                    return None;
                }
                let near = |&other: &usize| {
                    names.get(other).is_some_and(|other| place.is_near(figure, &other.stems))
                };
                is_sure &= !found.iter().any(near);
            } else if !found.is_empty() || !is_only {
                return None;
            }
        }
        let mut best: Option<Score> = None;
        let labelled = !holding.label.is_empty();
        let title = vec![series.title.clone()];
        let mut names: Vec<&Vec<Stem>> = Vec::new();
        if labelled {
            names.push(&holding.label);
        } else {
            names.extend(&series.names);
            if !series.has_siblings {
                names.extend(&title);
            }
        }
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            // "A rise of 9%" says of a change that it is one.
            let is_said = |stem: &&Stem| !(series.is_distance && self.distance.contains(stem));
            let mut own: Vec<Stem> = name.iter().filter(is_said).copied().collect();
            let row_is_enough = series.is_only_one && !keys.is_empty() && !labelled;
            if row_is_enough {
                own.retain(|stem| place.has(*stem) > 0.0);
            }
            own.extend(keys.iter().filter(|key| !name.contains(key)));
            let rest: Vec<Stem> = series
                .title
                .iter()
                .copied()
                .filter(|stem| !labelled && !own.contains(stem))
                .collect();
            let telling = own.iter().filter(|stem| !self.general.contains(stem)).count();
            let share = match telling {
                0 | 1 => 0.6,
                2 => 0.25,
                _ => 0.12,
            };
            let ((own_said, own_all), (said, all)) =
                (self.weigh(&own, place), self.weigh(&rest, place));
            if own_said == 0.0 {
                continue;
            }
            let whole = (own_said + share * said) / (own_all + share * all);
            let belongs = |stem: &Stem| {
                own.contains(stem) || rest.contains(stem) || self.general.contains(stem)
            };
            let words = own.iter().chain(&rest).filter(|stem| place.said.contains(stem)).count();
            let total = place.content.len().max(1) as f64;
            let told =
                place.content.iter().filter(|stem| stem.as_ref().is_some_and(belongs)).count();
            let neighbours = series
                .siblings
                .iter()
                .flatten()
                .chain(series.keys.iter().flatten().flat_map(|name| &name.stems));
            let is_neighbours =
                neighbours.into_iter().any(|stem| place.said.contains(stem) && !belongs(stem));
            // What is counted must be named: "120 places" is no number of people.
            let counted = figure.things.iter().any(|thing| {
                self.holdings
                    .vocabulary
                    .find(thing)
                    .is_some_and(|stem| own.contains(&stem) || rest.contains(&stem))
            });
            // "On SEN support it was 19%, with a plan 6%": the 6 is not of SEN support.
            let mut named = own.iter().filter(|stem| place.said.contains(stem));
            let is_near = named.all(|stem| place.is_near(figure, &[*stem]));
            let is_elsewhere = |stem: &Stem| {
                self.holdings
                    .groups
                    .get(stem)
                    .is_some_and(|place| place.is_none() || *place != series.dataset)
            };
            let tells = |stem: &&Stem| {
                place.said.contains(stem) && !self.general.contains(stem) && !is_elsewhere(stem)
            };
            let score = Score {
                is_telling: own.iter().chain(&rest).any(|stem| tells(&stem)),
                is_near,
                is_counted: figure.kind != Kind::Count || counted,
                whole,
                own: own_said / own_all,
                words,
                is_sure,
                explained: told as f64 / total,
                is_neighbours,
            };
            if best.is_none_or(|best| score.whole > best.whole) {
                best = Some(score);
            }
        }
        best
    }
}

/// Whether a value that differs may be what the sentence means.
fn could_be_stale(
    figure: &Figure,
    holding: &Holding,
    score: Score,
    times: &[Period],
    place: &Place,
) -> bool {
    let is_date = matches!(figure.kind, Kind::Date(_));
    let times = if times.is_empty() && !is_date { &place.inherited } else { times };
    let is_its_time = match (times, holding.period) {
        ([], _) => holding.is_current,
        ([time], Some(period)) => *time == period,
        _ => false,
    };
    let own = if is_date { 0.9 } else { STALE_OWN };
    let is_doubtful = figure.is_range || figure.is_elsewhen || figure.is_change || figure.is_wished;
    // Three is no slip for 551: it counts something else.
    let ratio = holding.value.abs() / figure.value.abs().max(f64::MIN_POSITIVE);
    let is_likely = is_date || (1.0 / FAR..=FAR).contains(&ratio);
    is_its_time
        && is_likely
        && !is_doubtful
        && holding.expression.is_some()
        && (!figure.is_told || figure.kind == Kind::Percent)
        && score.is_sure
        && score.is_near
        && score.is_telling
        && score.is_counted
        && score.whole >= STALE
        && score.own >= own
        && score.words >= 2
        && score.explained >= EXPLAINED
        && !score.is_neighbours
}

/// Whether a value may be of the times that the sentence speaks of, and whether it is so exactly.
fn in_time(holding: &Holding, times: &[Period]) -> (bool, bool) {
    match (times, holding.period) {
        ([], _) | (_, None) => (true, holding.is_current),
        (times, Some(period)) => {
            (times.iter().any(|time| time.meets(period)), times.contains(&period))
        }
    }
}

/// The digits of a figure that say something, from 1.
fn significant(figure: &Figure) -> usize {
    if matches!(figure.kind, Kind::Date(_) | Kind::Money) {
        return 3;
    }
    let scaled = figure.value * 10f64.powi(i32::try_from(figure.decimals).unwrap_or(0));
    let digits = format!("{:.0}", scaled.abs());
    digits.trim_end_matches('0').len().max(1)
}

/// Whether the figure, rounded as it is typed, is the value.
fn equal(figure: &Figure, holding: &Holding) -> bool {
    if let (Kind::Date(typed), Some(Kind::Date(held))) = (figure.kind, holding.kind) {
        return typed == held;
    }
    let scale = 10f64.powi(i32::try_from(figure.decimals).unwrap_or(0));
    ((holding.value.abs() * scale).round() - figure.value.abs() * scale).abs() < 1e-6
}

/// Whether the figure is the value with all its decimals.
fn is_exact(figure: &Figure, holding: &Holding) -> bool {
    matches!(figure.kind, Kind::Date(_))
        || (holding.value.abs() - figure.value.abs()).abs() < 1e-9 * holding.value.abs().max(1.0)
}

/// Whether the figure is true of the value, as exact as it claims to be.
fn agrees(figure: &Figure, holding: &Holding) -> bool {
    if equal(figure, holding) {
        return true;
    }
    let (typed, held) = (figure.value, holding.value);
    match figure.hedge {
        Hedge::Exact => false,
        Hedge::About => {
            (held - typed).abs() <= (typed.abs() * 0.05).max(if typed > 20.0 { 2.0 } else { 0.5 })
        }
        Hedge::Over => held >= typed && held <= typed * 1.3 + 1.0,
        Hedge::Under => held <= typed && held >= typed * 0.7 - 1.0,
    }
}

/// Whether a figure is of the kind that a reader would want a source for.
fn is_statistic(figure: &Figure) -> bool {
    match figure.kind {
        // "Below 100%" is no measurement.
        _ if figure.is_wished || figure.is_target => false,
        Kind::Percent => !(figure.value == 100.0 && figure.hedge != Hedge::Exact),
        Kind::Points | Kind::Money => true,
        Kind::Count => figure.value >= 10.0 && !figure.is_told,
        Kind::Bare => figure.decimals > 0 || figure.value >= 1_000.0,
        Kind::Time(_) | Kind::Date(_) => false,
    }
}
