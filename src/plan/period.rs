//! Periods that move: `latest`, `previous`, `latest - 1`, `same-period-last-year`.
//!
//! A period that is named stays; one of these is whatever the data hold by the day a document
//! speaks for. A period written with an equals sign before it (`=2022/23`) is meant on purpose,
//! however many later ones there are.

use chrono::NaiveDate;

use crate::plan::Dataset;
use crate::plan::dataset::{Condition, ConditionFault, DataRow, period_prose, period_start};

/// The words that may stand for a period.
pub const WORDS: [&str; 3] = ["latest", "previous", "same-period-last-year"];

/// A period told by its place among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moving {
    /// So many periods before the last one.
    Back(usize),
    /// The one that is called like that, but a year before it.
    YearBefore(usize),
}

impl Moving {
    /// Reads `latest`, `previous`, `same-period-last-year`, and each with `- N` behind it.
    pub fn parse(words: &str) -> Option<Moving> {
        let words = words.trim();
        let (name, rest) =
            WORDS.iter().find_map(|word| Some((*word, words.strip_prefix(word)?.trim())))?;
        let further: usize = match rest.strip_prefix('-') {
            Some(number) => number.trim().parse().ok().filter(|further| *further < 10_000)?,
            None if rest.is_empty() => 0,
            None => return None,
        };
        Some(match name {
            "previous" => Moving::Back(further + 1),
            "latest" => Moving::Back(further),
            _ => Moving::YearBefore(further),
        })
    }
}

/// The period that is meant on purpose by `=2022/23`; none where there is no equals sign.
pub fn on_purpose(words: &str) -> Option<&str> {
    words.strip_prefix('=').map(str::trim)
}

/// The same part of the year before: 2021/22 for 2022/23, "March 2023" for "March 2024".
fn year_before(words: &str) -> Option<String> {
    let is_digit = |at: usize| words.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let starts = |at: &usize| {
        (*at..at + 4).all(is_digit) && !is_digit(at + 4) && (*at == 0 || !is_digit(at - 1))
    };
    let at = (0..words.len()).find(starts)?;
    let year: i32 = words.get(at..at + 4)?.parse().ok()?;
    let (before, after) = (words.get(..at)?, words.get(at + 4..)?);
    let earlier = year.checked_sub(1)?;
    let pair = after.get(..3).filter(|pair| {
        pair.starts_with(['/', '-'])
            && pair.ends_with(&format!("{:02}", (year + 1).rem_euclid(100)))
    });
    let (mark, after) = match pair {
        Some(pair) => (&pair[..1], after.get(3..)?),
        None => ("", after),
    };
    let next = match mark {
        "" => String::new(),
        mark => format!("{mark}{:02}", year.rem_euclid(100)),
    };
    Some(format!("{before}{earlier}{next}{after}"))
}

/// Whether a period begins by `day`; one whose time cannot be told does.
fn is_begun(words: &str, day: Option<NaiveDate>) -> bool {
    match (day, period_start(words)) {
        (Some(day), Some(start)) => start <= day,
        _ => true,
    }
}

impl Dataset {
    /// The place in the key that is its period; none where no column of the key is one.
    pub fn period_place(&self) -> Option<usize> {
        let column = self.period_column()?;
        self.key.iter().position(|key| *key == column)
    }

    /// The period that `moving` means among rows that `fit`, by `day`. Periods that begin later,
    /// such as those of a forecast, are not the latest.
    pub fn moved(
        &self,
        moving: Moving,
        day: Option<NaiveDate>,
        fit: impl Fn(&DataRow) -> bool,
    ) -> Option<String> {
        let column = self.period_column()?;
        let held = self.rows.iter().filter(|row| fit(row)).map(|row| row.words(column));
        let held: std::collections::HashSet<String> = held.collect();
        let known = |word: &&String| held.contains(*word) && is_begun(word, day);
        let periods: Vec<&String> = self.periods().iter().filter(known).collect();
        let back = |further: usize| {
            periods.len().checked_sub(further + 1).and_then(|place| periods.get(place)).copied()
        };
        match moving {
            Moving::Back(further) => back(further).cloned(),
            Moving::YearBefore(further) => {
                let earlier = year_before(back(further)?)?;
                periods.contains(&&earlier).then_some(earlier)
            }
        }
    }

    /// The rows whose key starts with `before`.
    pub fn starts_with(&self, row: &DataRow, before: &[String]) -> bool {
        self.key.iter().zip(before).all(|(&column, word)| row.words(column) == *word)
    }

    /// The row of the same key but for its period that is the latest by `day`, when it is later.
    pub fn later_than(&self, row: &DataRow, day: Option<NaiveDate>) -> Option<&DataRow> {
        let place = self.period_place()?;
        let column = *self.key.get(place)?;
        let mut key = self.key_of(row);
        let same = |other: &DataRow| {
            self.key.iter().all(|&c| c == column || other.words(c) == row.words(c))
        };
        let latest = self.moved(Moving::Back(0), day, same)?;
        let own = key.get(place)?.clone();
        let order = |word: &String| self.periods().iter().position(|period| period == word);
        if order(&latest)? <= order(&own)? {
            return None;
        }
        *key.get_mut(place)? = latest;
        self.row(&key)
    }

    /// What a period is called in a key that says `said`: its own words, or those of prose.
    pub fn period_called(&self, said: &str) -> Option<&String> {
        let said = said.trim();
        self.periods().iter().find(|word| *word == said || period_prose(word) == said)
    }

    /// Puts periods in the place of what moves in `conditions`. The periods are those of rows that all
    /// other conditions fit.
    ///
    /// # Errors
    /// The dataset has no period of that name, or the column is no period.
    pub(crate) fn settle(
        &self,
        conditions: &mut [Condition],
        day: Option<NaiveDate>,
    ) -> Result<(), ConditionFault> {
        let moves = |value: &String| Moving::parse(value).is_some();
        let fixed: Vec<Condition> = conditions
            .iter()
            .filter(|condition| !condition.values.iter().any(moves))
            .cloned()
            .collect();
        for condition in conditions.iter_mut() {
            let is_period = self.period_column() == Some(condition.column);
            for value in &mut condition.values {
                let Some(moving) = Moving::parse(value) else { continue };
                let name = self.columns.get(condition.column).map_or("", |about| about.id.as_str());
                if self.words_of(condition.column).contains(value) {
                    continue;
                }
                if !is_period {
                    return Err(ConditionFault {
                        message: format!(
                            "\"{name}\" of \"{}\" is not its period, so there is no `{value}` of it",
                            self.name
                        ),
                        word: value.clone(),
                        known: Vec::new(),
                        no_period: true,
                    });
                }
                match self.moved(moving, day, |row| row.fits(&fixed)) {
                    Some(period) => *value = period,
                    None => {
                        return Err(ConditionFault {
                            message: format!(
                                "\"{}\" holds no {name} that is its `{value}`",
                                self.name
                            ),
                            word: value.clone(),
                            known: self.periods().to_vec(),
                            no_period: false,
                        });
                    }
                }
            }
        }
        Ok(())
    }

    /// The latest period by `day` of the rows that `conditions` fit but for their periods, when the
    /// conditions name earlier ones only.
    pub fn superseded(
        &self,
        conditions: &[Condition],
        words: &str,
        day: Option<NaiveDate>,
    ) -> Option<String> {
        let column = self.period_column()?;
        let named: Vec<&String> = conditions
            .iter()
            .filter(|condition| condition.column == column)
            .flat_map(|condition| &condition.values)
            .collect();
        let name = self.columns.get(column)?.id.as_str();
        let says = |part: &str| {
            let (word, values) = part.split_once('=').unwrap_or((part, ""));
            let mut values = values.split('|').map(str::trim);
            word.trim() == name
                && values.any(|v| on_purpose(v).is_some() || Moving::parse(v).is_some())
        };
        if named.is_empty() || words.split(';').any(says) {
            return None;
        }
        let others: Vec<Condition> =
            conditions.iter().filter(|condition| condition.column != column).cloned().collect();
        let latest = self.moved(Moving::Back(0), day, |row| row.fits(&others))?;
        let order = |word: &String| self.periods().iter().position(|period| period == word);
        let last = named.into_iter().filter_map(order).max()?;
        (order(&latest)? > last).then_some(latest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moving_period_is_read_and_nothing_else_is() {
        assert_eq!(Moving::parse("latest"), Some(Moving::Back(0)));
        assert_eq!(Moving::parse("previous"), Some(Moving::Back(1)));
        assert_eq!(Moving::parse("latest - 1"), Some(Moving::Back(1)));
        assert_eq!(Moving::parse("latest-12"), Some(Moving::Back(12)));
        assert_eq!(Moving::parse("same-period-last-year"), Some(Moving::YearBefore(0)));
        assert_eq!(Moving::parse("latest year"), None);
        assert_eq!(Moving::parse("latest - 1x"), None);
        assert_eq!(Moving::parse("2022"), None);
    }

    #[test]
    fn a_year_before_is_called_like_its_own() {
        let before = |words: &str| year_before(words).unwrap_or_default();
        assert_eq!(before("2022/23"), "2021/22");
        assert_eq!(before("2000/01 Autumn term"), "1999/00 Autumn term");
        assert_eq!(before("March 2024"), "March 2023");
        assert_eq!(before("2024-03"), "2023-03");
        assert_eq!(year_before("Year 11"), None);
    }
}
