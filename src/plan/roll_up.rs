//! Roll-ups of a statement's rows, by the convention that its scheme states: how many have each
//! rating, how much is done.
//!
//! Means are exact fractions until they are printed: whether 92½ rounds to 92 or 93 must
//! not hang on how a machine stores it.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::plan::statement::{AreaBranch, FindingBranch, ResponseBranch, Stage};
use crate::plan::{Rating, Scheme};
use crate::source::{At, Span};

/// How a scheme's rows are rolled up: `[scheme.roll-up]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Convention {
    /// Which rows are counted by rating.
    pub count: Counted,
    /// Rows at these stages have no part in percentages.
    pub percent_leaves_out: Vec<Stage>,
    /// What an area's percentage is the mean of.
    pub section: SectionMean,
    /// What the whole plan's percentage is the mean of.
    pub total: TotalMean,
    /// How a percentage is rounded when it is printed.
    pub rounding: Rounding,
}

impl Default for Convention {
    fn default() -> Self {
        Convention {
            count: Counted::Responses,
            percent_leaves_out: vec![Stage::Archived],
            section: SectionMean::SubSections,
            total: TotalMean::Responses,
            rounding: Rounding::HalfUp,
        }
    }
}

/// Which rows are counted by rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Responses, each as one.
    Responses,
    /// Steps.
    Steps,
}

/// What an area's percentage is the mean of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionMean {
    /// The percentages of its findings, each as one.
    SubSections,
    /// All its responses, each as one.
    Responses,
}

/// What the whole plan's percentage is the mean of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TotalMean {
    /// All responses, each as one.
    Responses,
    /// The percentages of the areas, each as one.
    Sections,
}

/// How a percentage is rounded when it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest whole number, halves up.
    HalfUp,
    /// To the whole number below.
    Down,
}

impl Rounding {
    /// A percentage as it is printed.
    pub fn percent(self, mean: Mean) -> u128 {
        match self {
            Rounding::HalfUp => (mean.over * 2 + mean.under) / (mean.under * 2),
            Rounding::Down => mean.over / mean.under,
        }
    }
}

/// Figures that were published beside the data, to hold against the computed ones.
#[derive(Debug, Clone)]
pub struct Published {
    /// How many rows are counted.
    pub rows: Option<At<u32>>,
    /// How many of them are archived.
    pub archived: Option<At<u32>>,
    /// How much is done, in percent.
    pub percent: Option<At<u32>>,
    /// How many have each rating: (the rating's id, the number).
    pub ratings: Vec<(At<String>, At<u32>)>,
    /// The whole table.
    pub span: Span,
}

/// A fraction that is no number below nought.
#[derive(Debug, Clone, Copy)]
pub struct Mean {
    over: u128,
    under: u128,
}

/// What a fraction is cut to when its exact form would not fit any more.
const FINE: u128 = 1_000_000_000_000;

impl Mean {
    /// `over` divided by `under`, which counts something.
    fn new(over: u128, under: u128) -> Option<Mean> {
        (under > 0).then(|| {
            let common = common_divisor(over, under).max(1);
            Mean { over: over / common, under: under / common }
        })
    }

    fn plus(self, other: Mean) -> Mean {
        let exact = || {
            let left = self.over.checked_mul(other.under)?;
            let right = other.over.checked_mul(self.under)?;
            Mean::new(left.checked_add(right)?, self.under.checked_mul(other.under)?)
        };
        // Only some fifty sub-sections with unlike numbers of rows get here.
        exact().unwrap_or_else(|| {
            let cut = |mean: Mean| {
                let whole = mean.over / mean.under * FINE;
                whole + (mean.over % mean.under).saturating_mul(FINE) / mean.under
            };
            Mean { over: cut(self) + cut(other), under: FINE }
        })
    }

    /// The mean of some means, each counting as one.
    fn of(means: impl IntoIterator<Item = Mean>) -> Option<Mean> {
        let mut count = 0u128;
        let mut sum = Mean { over: 0, under: 1 };
        for mean in means {
            sum = sum.plus(mean);
            count += 1;
        }
        Mean::new(sum.over, sum.under.checked_mul(count)?)
    }

    /// With at most two decimals, for telling how a percentage came about: "93.75".
    pub fn in_words(self) -> String {
        let hundredths = (self.over * 200 + self.under) / (self.under * 2);
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        match rest {
            0 => whole.to_string(),
            rest if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
            rest => format!("{whole}.{rest:02}"),
        }
    }
}

impl PartialEq for Mean {
    fn eq(&self, other: &Mean) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Mean {
    fn partial_cmp(&self, other: &Mean) -> Option<Ordering> {
        let left = self.over.checked_mul(other.under)?;
        let right = other.over.checked_mul(self.under)?;
        Some(left.cmp(&right))
    }
}

fn common_divisor(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

/// The roll-up of some rows.
#[derive(Debug, Clone, Default)]
pub struct RollUp {
    /// How many rows were counted.
    pub rows: usize,
    /// How many of them are archived; these have no rating here.
    pub archived: usize,
    /// How many have each rating, by its id.
    pub ratings: BTreeMap<String, usize>,
    /// How many are neither archived nor rated.
    pub unrated: usize,
    /// The sum of the percentages that count, and how many they are.
    pub sum: u128,
    /// How many percentages count.
    pub counted: u128,
    /// How much is done; `None` when nothing says so.
    pub percent: Option<Mean>,
    /// The means that `percent` is the mean of, where it is not simply that of the rows.
    pub parts: Vec<Mean>,
}

impl RollUp {
    /// How many have `rating`.
    pub fn rated(&self, rating: &str) -> usize {
        self.ratings.get(rating).copied().unwrap_or(0)
    }

    fn add(&mut self, other: &RollUp) {
        self.rows += other.rows;
        self.archived += other.archived;
        self.unrated += other.unrated;
        self.sum += other.sum;
        self.counted += other.counted;
        for (rating, count) in &other.ratings {
            *self.ratings.entry(rating.clone()).or_default() += count;
        }
    }

    /// The roll-up of what `parts` roll up, whose percentage is either that of all rows or the mean of the parts'.
    fn over<'r>(parts: impl IntoIterator<Item = &'r RollUp>, mean_of_parts: bool) -> RollUp {
        let mut all = RollUp::default();
        let mut means = Vec::new();
        for part in parts {
            all.add(part);
            means.extend(part.percent);
        }
        if mean_of_parts {
            all.percent = Mean::of(means.iter().copied());
            all.parts = means;
        } else {
            all.percent = Mean::new(all.sum, all.counted);
        }
        all
    }

    /// How its percentage came about, for people.
    pub fn arithmetic(&self) -> String {
        let Some(percent) = self.percent else { return "nothing counts towards it".to_owned() };
        let percent = percent.in_words();
        match self.parts.as_slice() {
            [] => {
                format!("{} divided by {} responses is {percent}", self.sum, self.counted)
            }
            [_] => format!("{} divided by {} responses is {percent}", self.sum, self.counted),
            parts => {
                let parts: Vec<String> = parts.iter().map(|part| part.in_words()).collect();
                format!("the mean of {} is {percent}", parts.join(", "))
            }
        }
    }
}

/// How rows are rolled up: the convention, what their statuses mean and how they are rated.
pub struct Counting<'a, 'p> {
    /// The scheme.
    pub scheme: &'p Scheme,
    /// The stage of a row.
    pub stage: &'a dyn Fn(&'p crate::plan::statement::Commitment) -> Option<Stage>,
    /// The rating of a row.
    pub rating: &'a dyn Fn(&'p crate::plan::statement::Commitment) -> Option<&'p Rating>,
}

impl std::fmt::Debug for Counting<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Counting").field(&self.scheme.id.value).finish()
    }
}

impl<'p> Counting<'_, 'p> {
    /// The roll-up of a finding: its rows, and the mean of its responses.
    pub fn finding<'b>(&self, branch: &'b FindingBranch<'p>) -> RollUp {
        self.responses(branch.responses.iter())
    }

    /// The roll-up of responses.
    pub fn responses<'b>(
        &self,
        branches: impl IntoIterator<Item = &'b ResponseBranch<'p>>,
    ) -> RollUp
    where
        'p: 'b,
    {
        let convention = &self.scheme.roll_up;
        let mut all = RollUp::default();
        for branch in branches {
            match convention.count {
                Counted::Responses => self.count(&mut all, &branch.response.row),
                Counted::Steps => {
                    branch.steps.iter().for_each(|step| self.count(&mut all, &step.row));
                }
            }
            let stage = (self.stage)(&branch.response.row);
            let left_out = stage.is_some_and(|s| convention.percent_leaves_out.contains(&s));
            if let Some(percent) = branch.response.percent.as_ref().filter(|_| !left_out) {
                all.sum += u128::from(percent.value);
                all.counted += 1;
            }
        }
        all.percent = Mean::new(all.sum, all.counted);
        all
    }

    fn count(&self, all: &mut RollUp, row: &'p crate::plan::statement::Commitment) {
        all.rows += 1;
        if (self.stage)(row) == Some(Stage::Archived) {
            all.archived += 1;
        } else if let Some(rating) = (self.rating)(row) {
            *all.ratings.entry(rating.id.value.clone()).or_default() += 1;
        } else {
            all.unrated += 1;
        }
    }

    /// The roll-up of an area, of its findings'.
    pub fn area(&self, findings: &[RollUp]) -> RollUp {
        RollUp::over(findings, self.scheme.roll_up.section == SectionMean::SubSections)
    }

    /// The roll-up of everything, of the areas'.
    pub fn total(&self, areas: &[RollUp]) -> RollUp {
        RollUp::over(areas, self.scheme.roll_up.total == TotalMean::Sections)
    }

    /// All roll-ups of a statement: those of each area's findings, the areas', and the total.
    pub fn all(&self, tree: &[AreaBranch<'p>]) -> RollUps {
        let findings: Vec<Vec<RollUp>> = tree
            .iter()
            .map(|area| area.findings.iter().map(|finding| self.finding(finding)).collect())
            .collect();
        let areas: Vec<RollUp> = findings.iter().map(|findings| self.area(findings)).collect();
        let total = self.total(&areas);
        RollUps { findings, areas, total }
    }
}

/// All roll-ups of a statement.
#[derive(Debug, Clone)]
pub struct RollUps {
    /// For each area, those of its findings.
    pub findings: Vec<Vec<RollUp>>,
    /// The areas'.
    pub areas: Vec<RollUp>,
    /// The whole plan's.
    pub total: RollUp,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(over: u128, under: u128) -> Mean {
        Mean::new(over, under).unwrap()
    }

    #[test]
    fn halves_round_up_exactly() {
        assert_eq!(Rounding::HalfUp.percent(mean(740, 8)), 93);
        assert_eq!(Rounding::Down.percent(mean(740, 8)), 92);
        assert_eq!(Rounding::HalfUp.percent(mean(92_499_999, 1_000_000)), 92);
    }

    #[test]
    fn a_mean_of_means_weighs_each_part_as_one() {
        let parts = [mean(100, 1), mean(100, 2), mean(100, 3)];
        let all = Mean::of(parts).unwrap();
        assert_eq!(all, mean(1100, 18));
        assert_eq!(all.in_words(), "61.11");
        assert_eq!(mean(375, 4).in_words(), "93.75");
        assert_eq!(mean(375, 2).in_words(), "187.5");
        assert!(Mean::of([]).is_none());
    }

    #[test]
    fn many_unlike_parts_stay_close_when_they_cannot_be_exact() {
        let primes = (2u128..400).filter(|n| (2..*n).all(|d| n % d != 0));
        let all = Mean::of(primes.map(|prime| mean(50 * prime + 1, prime))).unwrap();
        assert_eq!(Rounding::HalfUp.percent(all), 50);
    }

    #[test]
    fn sections_and_total_follow_the_convention() {
        let rows = |sum, counted| RollUp {
            sum,
            counted,
            percent: Mean::new(sum, counted),
            ..RollUp::default()
        };
        let findings = [rows(100, 1), rows(150, 3)];
        assert_eq!(RollUp::over(&findings, true).percent, Some(mean(75, 1)));
        assert_eq!(RollUp::over(&findings, false).percent, Some(mean(125, 2)));
        assert_eq!(RollUp::over(&findings, true).arithmetic(), "the mean of 100, 50 is 75");
        let nothing = RollUp::over(&[rows(0, 0)], true);
        assert!(nothing.percent.is_none());
        assert_eq!(nothing.arithmetic(), "nothing counts towards it");
    }
}
