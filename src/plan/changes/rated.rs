//! Ratings: what is an exception, and what went from one rating to another.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::Rating;
use crate::plan::changes::{Between, Overdue, Work, WorkChanges};
use crate::source::Span;

/// Gives the rating of work by the document's scheme, on one of the days.
pub type Rate<'f, 'p, 's> = &'f dyn Fn(Work<'p>) -> Option<&'s Rating>;

/// How work stood on the first day.
#[derive(Debug, Clone, Copy)]
pub enum Standing<'s> {
    /// It was not in the plan yet.
    NotThere,
    /// It had this rating, or none.
    Rated(Option<&'s Rating>),
}

/// Work that a board must hear of first: overdue, or rated so.
#[derive(Debug, Clone, Copy)]
pub struct Exception<'p, 's> {
    /// The work.
    pub work: Work<'p>,
    /// How long it is overdue, when it is.
    pub overdue: Option<Overdue<'p>>,
    /// How it stood on the first day.
    pub before: Standing<'s>,
    /// Its rating now.
    pub now: Option<&'s Rating>,
    /// Whether it was no exception on the first day.
    pub newly: bool,
}

/// Every action and milestone with its rating on both days, in the order of the plan.
fn both<'p, 's>(
    between: &Between<'p>,
    before: Rate<'_, 'p, 's>,
    now: Rate<'_, 'p, 's>,
) -> Vec<(Work<'p>, Option<Work<'p>>, Standing<'s>, Option<&'s Rating>)> {
    let then: BTreeMap<Span, Work<'p>> =
        Work::all(between.before, between).into_iter().map(|work| (work.key(), work)).collect();
    let rated = |work: Work<'p>| {
        let old = then.get(&work.key()).copied();
        let standing = old.map_or(Standing::NotThere, |old| Standing::Rated(before(old)));
        (work, old, standing, now(work))
    };
    Work::all(between.now, between).into_iter().map(rated).collect()
}

/// What is overdue, or has a rating that the scheme counts among the exceptions. An action stands
/// there itself only when none of its milestones does: its rating is then theirs.
pub fn exceptions<'p, 's>(
    between: &Between<'p>,
    changes: &WorkChanges<'p>,
    before: Rate<'_, 'p, 's>,
    now: Rate<'_, 'p, 's>,
) -> Vec<Exception<'p, 's>> {
    let overdue: BTreeMap<Span, Overdue<'p>> =
        changes.overdue.iter().map(|overdue| (overdue.work.key(), *overdue)).collect();
    let is_exception = |rating: Option<&Rating>| rating.is_some_and(|rating| rating.exception);
    let mut found: Vec<Exception<'p, 's>> = Vec::new();
    for (work, old, standing, rating) in both(between, before, now) {
        let late = overdue.get(&work.key()).copied();
        if late.is_none() && !is_exception(rating) {
            continue;
        }
        let was_rated = matches!(standing, Standing::Rated(old) if is_exception(old));
        let was_late = old.is_some_and(|old| old.is_overdue(between.since));
        let newly = !was_rated && !was_late;
        found.push(Exception { work, overdue: late, before: standing, now: rating, newly });
    }
    let through: BTreeSet<Span> = found
        .iter()
        .filter(|exception| exception.work.milestone.is_some())
        .map(|exception| exception.work.action.title.span)
        .collect();
    found.retain(|exception| {
        exception.work.milestone.is_some()
            || exception.overdue.is_some()
            || !through.contains(&exception.work.action.title.span)
    });
    found
}

/// What has another rating than it had: the work, the rating before, and the rating now.
pub fn transitions<'p, 's>(
    between: &Between<'p>,
    before: Rate<'_, 'p, 's>,
    now: Rate<'_, 'p, 's>,
) -> Vec<(Work<'p>, &'s Rating, &'s Rating)> {
    let moved = |(work, _, standing, rating): (Work<'p>, _, Standing<'s>, Option<&'s Rating>)| {
        let Standing::Rated(Some(from)) = standing else { return None };
        rating.filter(|to| *to.id != *from.id).map(|to| (work, from, to))
    };
    both(between, before, now).into_iter().filter_map(moved).collect()
}
