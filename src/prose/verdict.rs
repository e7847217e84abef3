//! Holds a typed figure against the data: does its sentence name something whose value is known?
//!
//! A sentence names a series when enough of the series' own words stand in it, each weighted by how
//! few names have it; words of the heading count for less. Of a dataset the row must be named too:
//! each group by its own words, the local area by nothing. Two thresholds: a figure that *is* the
//! value needs less of a name than one that is not, since agreement is evidence itself.

use std::collections::HashSet;

use crate::plan::PlanDate;
use crate::prose::figures::{Figure, Hedge, Kind};
use crate::prose::holdings::{Holding, Holdings, Period, Series, fits};
use crate::prose::names::{Stem, is_general, stem, stems};
use crate::prose::sentence::{Sentence, TokenKind};

/// How much of a name must be said when the value is another.
const STALE: f64 = 0.72;
/// How much must be said of a row's or column's own words then.
const STALE_OWN: f64 = 0.8;
/// How much of a sentence's words must belong to the name then.
const EXPLAINED: f64 = 0.5;
/// How much of a name must be said when the value is the same, by digits that agree.
const BINDABLE: [f64; 3] = [0.8, 0.6, 0.5];
/// A value with this much of a name makes another value that is nearly as well named no slip.
const KNOWN: f64 = 0.4;
/// Two names as near as this cannot be told apart.
const NEAR: f64 = 0.05;
/// What a word of the headings counts for.
const AROUND: f64 = 0.5;

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

/// A sentence's words as stems, and what stands around it.
#[derive(Debug, Default)]
pub struct Place {
    /// Stems of the sentence that data know.
    said: HashSet<Stem>,
    /// Stems of headings, of the sentence before, of a lead-in.
    around: HashSet<Stem>,
    /// Times the sentence names.
    periods: Vec<Period>,
    /// Times the sentence before names, when this one names none.
    inherited: Vec<Period>,
    /// Whether the sentence is about the country or other areas.
    is_elsewhere: bool,
    /// Every content word of the sentence: its stem's number where data know it.
    content: Vec<Option<Stem>>,
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
        for token in sentence.tokens.iter().filter(|token| token.kind == TokenKind::Word) {
            for word in stems(&token.text) {
                let number = holdings.vocabulary.find(&word);
                place.said.extend(number);
                place.is_elsewhere |= ELSEWHERE.contains(&word.as_str());
                let is_number = word.starts_with(|c: char| c.is_ascii_digit());
                if !is_number && !is_general(&word) && !PLAIN.contains(&word.as_str()) {
                    place.content.push(number);
                }
            }
        }
        place.periods = periods(sentence);
        if let Some(before) = before {
            place.around.extend(&before.said);
            if place.periods.is_empty() {
                place.inherited = if before.periods.is_empty() {
                    before.inherited.clone()
                } else {
                    before.periods.clone()
                };
            }
        }
        place
    }

    fn has(&self, stem: Stem) -> f64 {
        if self.said.contains(&stem) {
            1.0
        } else if self.around.contains(&stem) {
            AROUND
        } else {
            0.0
        }
    }

    fn says_all(&self, stems: &[Stem]) -> bool {
        !stems.is_empty() && stems.iter().all(|stem| self.said.contains(stem))
    }

    fn knows_all(&self, stems: &[Stem]) -> bool {
        !stems.is_empty() && stems.iter().all(|stem| self.has(*stem) > 0.0)
    }
}

/// The times that a sentence names.
fn periods(sentence: &Sentence) -> Vec<Period> {
    let tokens = &sentence.tokens;
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let pair = format!("{} {}", word(at), word(at + 1));
        let is_year = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        if let (true, Ok(date)) = (is_year(word(at + 1)), PlanDate::parse(&pair)) {
            out.extend(Period::date(date));
            at += 2;
        } else if is_year(word(at)) && word(at + 1) == "to" && is_year(word(at + 2)) {
            let (one, other) = (word(at).parse::<i32>(), word(at + 2).parse::<i32>());
            if let (Ok(one), Ok(other)) = (one, other) {
                match other - one {
                    1 => out.extend(Period::pair(one)),
                    _ => out.extend([one, other].into_iter().filter_map(Period::year)),
                }
            }
            at += 3;
        } else {
            if word(at).starts_with(|c: char| c.is_ascii_digit()) && word(at).len() <= 9 {
                let time = Period::of_words(word(at));
                out.extend(
                    time.filter(|_| is_year(word(at)) || word(at).contains(['/', '-', '\u{2013}'])),
                );
            }
            at += 1;
        }
    }
    out
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
    /// Values that may still be looked at.
    left: u64,
}

/// Most values that are looked at for one project.
const EFFORT: u64 = 60_000_000;

impl<'h> Judge<'h> {
    /// A judge by what is held.
    pub fn new(holdings: &'h Holdings) -> Self {
        let vocabulary = &holdings.vocabulary;
        let general = vocabulary.all().filter(|(word, _)| is_general(word)).map(|(_, stem)| stem);
        let general = general.chain(holdings.home.iter().copied()).collect();
        Judge { holdings, general, left: EFFORT }
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
        let digits = significant(figure);
        let (mut same, mut other): (Vec<(f64, &Holding)>, Vec<(f64, usize, &Holding)>) =
            Default::default();
        let mut is_known = false;
        for (n, series) in self.holdings.series.iter().enumerate() {
            let fitting = |holding: &&Holding| fits(figure.kind, series.unit, holding.kind);
            if series.holdings.iter().any(|holding| fits(figure.kind, series.unit, holding.kind)) {
                if self.is_part_of_name(figure, sentence, series, place) {
                    return Verdict::Fine;
                }
            } else if self.is_part_of_name(figure, sentence, series, place) {
                return Verdict::Fine;
            } else {
                continue;
            }
            if series.is_distance != (figure.is_change || figure.kind == Kind::Points) {
                continue;
            }
            let named = self.named(series, place);
            for holding in series.holdings.iter().filter(fitting) {
                let Some(left) = self.left.checked_sub(1) else {
                    self.left = 0;
                    return Verdict::Fine;
                };
                self.left = left;
                if holding.is_target != figure.is_target && holding.is_target {
                    continue;
                }
                let Some(score) = self.score(series, holding, &named, place) else { continue };
                if agrees(figure, holding) {
                    let (fits_time, exactly) = in_time(holding, place);
                    is_known |= score.whole >= KNOWN;
                    let least = BINDABLE[digits.clamp(1, 3) - 1];
                    let is_named =
                        score.whole >= least && score.words >= 1 + usize::from(digits < 3);
                    if fits_time
                        && (exactly || digits >= 2)
                        && is_named
                        && holding.expression.is_some()
                    {
                        let bonus = if exactly { 0.1 } else { 0.0 };
                        same.push((score.whole + bonus, holding));
                    }
                } else if self.could_be_stale(figure, holding, score, place) {
                    other.push((score.whole, n, holding));
                }
            }
        }
        let best = same.iter().copied().reduce(|one, next| if next.0 > one.0 { next } else { one });
        if let Some((_, holding)) = best {
            return match figure.hedge {
                // "Over 5,000" is no copy of 5,213, but it is true.
                _ if !equal(figure, holding) => Verdict::Fine,
                _ => Verdict::Bindable(holding),
            };
        }
        let best =
            other.iter().copied().reduce(|one, next| if next.0 > one.0 { next } else { one });
        if let Some((score, series, holding)) = best
            && !is_known
        {
            let rival = other.iter().any(|(near, n, rival)| {
                *n != series && score - near < NEAR && rival.value != holding.value
            });
            if !rival {
                return Verdict::Stale(holding);
            }
        }
        if is_known || !is_statistic(figure) { Verdict::Fine } else { Verdict::Unsourced }
    }

    fn could_be_stale(
        &self,
        figure: &Figure,
        holding: &Holding,
        score: Score,
        place: &Place,
    ) -> bool {
        let times = if place.periods.is_empty() { &place.inherited } else { &place.periods };
        let is_its_time = match (times.is_empty(), holding.period) {
            (true, _) => holding.is_current,
            (false, Some(period)) => times.len() == 1 && times.contains(&period),
            (false, None) => false,
        };
        let own = if matches!(figure.kind, Kind::Date(_)) { 0.9 } else { STALE_OWN };
        is_its_time
            && !(figure.is_range || figure.is_elsewhen || figure.is_change)
            && holding.expression.is_some()
            && (!figure.is_told || matches!(figure.kind, Kind::Percent))
            && score.is_sure
            && score.whole >= STALE
            && score.own >= own
            && score.words >= 2
            && score.explained >= EXPLAINED
            && !score.is_neighbours
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
        let named = |names: &Vec<crate::prose::holdings::Name>| {
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
        place: &Place,
    ) -> Option<Score> {
        let mut is_sure = true;
        let mut keys: Vec<Stem> = Vec::new();
        for ((names, found), &word) in series.keys.iter().zip(named).zip(&holding.keys) {
            let name = names.get(word)?;
            if found.contains(&word) {
                is_sure &= found.len() == 1;
                keys.extend(&name.stems);
            } else if !found.is_empty()
                || names.len() > 1 && !(name.is_whole || name.is_home && !place.is_elsewhere)
            {
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
            let mut own: Vec<Stem> = name.clone();
            own.extend(keys.iter().filter(|key| !name.contains(key)));
            let rest: Vec<Stem> = series
                .title
                .iter()
                .copied()
                .filter(|stem| !labelled && !own.contains(stem))
                .collect();
            let telling = own.iter().filter(|stem| !self.general.contains(stem)).count();
            let share = if telling >= 2 { 0.25 } else { 0.6 };
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
            let score = Score {
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

/// Whether a value may be of the time that the sentence speaks of, and whether it is so exactly.
fn in_time(holding: &Holding, place: &Place) -> (bool, bool) {
    match (place.periods.is_empty(), holding.period) {
        (true, _) => (true, holding.is_current),
        (false, None) => (true, holding.is_current),
        (false, Some(period)) => {
            let meets = place.periods.iter().any(|time| time.meets(period));
            (meets, place.periods.contains(&period))
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
        Kind::Percent => !(figure.value == 100.0 && figure.hedge != Hedge::Exact),
        Kind::Points | Kind::Money => true,
        Kind::Count => figure.value >= 10.0 && !figure.is_told,
        Kind::Bare => figure.decimals > 0 || figure.value >= 1_000.0,
        Kind::Time(_) | Kind::Date(_) => false,
    }
}
