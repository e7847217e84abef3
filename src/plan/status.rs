//! What a row's record says as at a day: the facts that rating rules and documents ask about.
//!
//! History, not state: nothing in a record says "late". A revision counts from the day
//! it was made, a milestone is done from the day it was done, so one record answers
//! for any day. Where only a month is known, the row has the benefit of the doubt when
//! it is due (to the month's last day) and none when it is done (from the last day on).

use chrono::NaiveDate;

use crate::plan::{Action, Done, Milestone, PlanDate, Schedule};

impl Done {
    /// The first day on which it was certainly done; `None` for a date without an end.
    pub fn certain_from(&self) -> Option<NaiveDate> {
        match self {
            Done::On(date) => date.last_day(),
            Done::By(day) => Some(*day),
        }
    }
}

impl Schedule {
    /// The due date in force: the last revision made by `as_at`, or else the original.
    pub fn current_due(&self, as_at: NaiveDate) -> Option<PlanDate> {
        let made = self.revised.iter().filter(|revision| *revision.on <= as_at);
        // `max_by_key` keeps the later of equals: two moves on one day, the second stands.
        let latest = made.max_by_key(|revision| *revision.on).map(|revision| *revision.to);
        latest.or_else(|| self.original_due())
    }

    /// The due date that was set first.
    pub fn original_due(&self) -> Option<PlanDate> {
        self.due.as_ref().map(|due| due.value)
    }

    /// How often the due date was moved by `as_at`.
    pub fn times_moved(&self, as_at: NaiveDate) -> usize {
        self.revised.iter().filter(|revision| *revision.on <= as_at).count()
    }

    /// Whether it was certainly done by `as_at`.
    pub fn is_done(&self, as_at: NaiveDate) -> bool {
        let from = self.done.as_ref().and_then(|done| done.certain_from());
        from.is_some_and(|day| day <= as_at)
    }

    /// Whether it was under way by `as_at`: started, or already done.
    pub fn is_started(&self, as_at: NaiveDate) -> bool {
        began(self.started.as_ref().map(|at| at.value), as_at) || self.is_done(as_at)
    }

    /// Whether the change was embedded by `as_at`.
    pub fn is_embedded(&self, as_at: NaiveDate) -> bool {
        began(self.embedded.as_ref().map(|at| at.value), as_at)
    }

    /// Whether the due date in force has passed and it is not done.
    pub fn overdue(&self, as_at: NaiveDate) -> bool {
        !self.is_done(as_at) && self.current_due(as_at).is_some_and(|due| due.is_before(as_at))
    }

    /// Whether the original due date has passed and it is not done.
    pub fn overdue_original(&self, as_at: NaiveDate) -> bool {
        !self.is_done(as_at) && self.original_due().is_some_and(|due| due.is_before(as_at))
    }

    /// Days from the due date in force to the day it was done, or to `as_at` while it is not.
    /// 0 when in time, without a due date, or when the day it was done was not recorded.
    pub fn days_late(&self, as_at: NaiveDate) -> i64 {
        let Some(due) = self.current_due(as_at).and_then(PlanDate::last_day) else { return 0 };
        let until = match &self.done {
            Some(done) if self.is_done(as_at) => match done.value {
                Done::On(date) => date.first_day().unwrap_or(due),
                Done::By(_) => due,
            },
            _ => as_at,
        };
        until.signed_duration_since(due).num_days().max(0)
    }
}

/// Whether something that starts at `from` has begun by `as_at`.
fn began(from: Option<PlanDate>, as_at: NaiveDate) -> bool {
    from.and_then(PlanDate::first_day).is_some_and(|day| day <= as_at)
}

/// What is known of an action or milestone as at a day: what a scheme's rules may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActionFacts {
    /// Done; an action with milestones also when all of them are.
    pub done: bool,
    /// The change is embedded; an action with milestones also when all of them are.
    pub embedded: bool,
    /// Under way.
    pub started: bool,
    /// The due date in force has passed, and it is not done.
    pub overdue: bool,
    /// The original due date has passed, and it is not done.
    pub overdue_original: bool,
    /// How many milestones are overdue.
    pub overdue_milestones: usize,
    /// How many milestones there are.
    pub milestones: usize,
    /// How many of them are done.
    pub milestones_done: usize,
    /// Days past the due date in force.
    pub days_late: i64,
    /// How often its due dates were moved, its milestones' included.
    pub revised: usize,
    /// Whether it has a due date, itself or through a milestone.
    pub has_due: bool,
    /// Whether it has no end date, on purpose.
    pub ongoing: bool,
}

impl Milestone {
    /// The facts as at a day.
    pub fn facts(&self, as_at: NaiveDate) -> ActionFacts {
        let schedule = &self.schedule;
        let due = schedule.current_due(as_at);
        ActionFacts {
            done: schedule.is_done(as_at),
            embedded: schedule.is_embedded(as_at),
            started: schedule.is_started(as_at),
            overdue: schedule.overdue(as_at),
            overdue_original: schedule.overdue_original(as_at),
            overdue_milestones: 0,
            milestones: 0,
            milestones_done: 0,
            days_late: schedule.days_late(as_at),
            revised: schedule.times_moved(as_at),
            has_due: due.is_some(),
            ongoing: due.is_some_and(PlanDate::is_open),
        }
    }
}

impl Action {
    /// The action's due date in force: its own, or else its milestones' latest.
    pub fn current_due(&self, as_at: NaiveDate) -> Option<PlanDate> {
        self.schedule.current_due(as_at).or_else(|| {
            latest(self.milestones.iter().map(|milestone| milestone.schedule.current_due(as_at)))
        })
    }

    /// The action's due date as first set: its own, or else its milestones' latest.
    pub fn original_due(&self) -> Option<PlanDate> {
        self.schedule.original_due().or_else(|| {
            latest(self.milestones.iter().map(|milestone| milestone.schedule.original_due()))
        })
    }

    /// Whether the action is done: it says so itself, or all its milestones are.
    pub fn is_done(&self, as_at: NaiveDate) -> bool {
        self.schedule.is_done(as_at)
            || self.all_milestones(|milestone| milestone.schedule.is_done(as_at))
    }

    fn all_milestones(&self, holds: impl Fn(&Milestone) -> bool) -> bool {
        !self.milestones.is_empty() && self.milestones.iter().all(holds)
    }

    fn milestones_that(&self, holds: impl Fn(&Schedule) -> bool) -> usize {
        self.milestones.iter().filter(|milestone| holds(&milestone.schedule)).count()
    }

    /// The facts as at a day.
    pub fn facts(&self, as_at: NaiveDate) -> ActionFacts {
        let done = self.is_done(as_at);
        let due = self.current_due(as_at);
        let passed = |due: Option<PlanDate>| !done && due.is_some_and(|d| d.is_before(as_at));
        let overdue = passed(due);
        let days_late = match due.and_then(PlanDate::last_day) {
            Some(day) if overdue => as_at.signed_duration_since(day).num_days(),
            _ if done => self.schedule.days_late(as_at),
            _ => 0,
        };
        ActionFacts {
            done,
            embedded: self.schedule.is_embedded(as_at)
                || self.all_milestones(|milestone| milestone.schedule.is_embedded(as_at)),
            started: done
                || self.schedule.is_started(as_at)
                || self.milestones_that(|schedule| schedule.is_started(as_at)) > 0,
            overdue,
            overdue_original: passed(self.original_due()),
            // An action that is done as a whole leaves no step behind.
            overdue_milestones: if done {
                0
            } else {
                self.milestones_that(|schedule| schedule.overdue(as_at))
            },
            milestones: self.milestones.len(),
            milestones_done: self.milestones_that(|schedule| schedule.is_done(as_at)),
            days_late,
            revised: self.schedule.times_moved(as_at)
                + self.milestones.iter().map(|m| m.schedule.times_moved(as_at)).sum::<usize>(),
            has_due: due.is_some(),
            ongoing: due.is_some_and(PlanDate::is_open),
        }
    }
}

/// The latest of the dates that have an end; one without an end only when there is no other.
fn latest(dates: impl Iterator<Item = Option<PlanDate>>) -> Option<PlanDate> {
    dates.flatten().max_by(|a, b| b.is_open().cmp(&a.is_open()).then(a.compare(*b)))
}
