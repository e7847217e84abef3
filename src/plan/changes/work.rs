//! Work: what was done, moved, due and overdue.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::plan::changes::Between;
use crate::plan::{Action, ActionFacts, DeclaredRating, Done, Milestone, Plan, PlanDate, Schedule};
use crate::source::{At, Span};

/// A piece of work: a milestone, or an action.
#[derive(Debug, Clone, Copy)]
pub struct Work<'p> {
    /// The action, or the one that the milestone belongs to.
    pub action: &'p Action,
    /// The milestone, when it is one.
    pub milestone: Option<&'p Milestone>,
}

impl<'p> Work<'p> {
    /// Every action and milestone that is asked about, in the order of the plan.
    pub(super) fn all(plan: &'p Plan, between: &Between<'_>) -> Vec<Work<'p>> {
        let actions = plan.actions.iter().filter(|action| between.asks(&action.objective));
        actions
            .flat_map(|action| {
                let milestones =
                    action.milestones.iter().map(move |m| Work { action, milestone: Some(m) });
                std::iter::once(Work { action, milestone: None }).chain(milestones)
            })
            .collect()
    }

    /// What will be done.
    pub fn title(&self) -> &'p At<String> {
        self.milestone.map_or(&self.action.title, |milestone| &milestone.title)
    }

    /// Its own dates.
    pub fn schedule(&self) -> &'p Schedule {
        self.milestone.map_or(&self.action.schedule, |milestone| &milestone.schedule)
    }

    /// Its rating by hand.
    pub fn declared(&self) -> Option<&'p DeclaredRating> {
        let rag = self.milestone.map_or(&self.action.rag, |milestone| &milestone.rag);
        rag.as_deref()
    }

    /// How it is going: its own words, or else the action's.
    pub fn progress(&self) -> Option<&'p str> {
        let own = self.milestone.and_then(|milestone| milestone.progress.as_deref());
        let said = own.or(self.action.progress.as_deref());
        said.map(|progress| progress.as_str())
    }

    /// Its facts as at a day.
    pub fn facts(&self, as_at: NaiveDate) -> ActionFacts {
        match self.milestone {
            Some(milestone) => milestone.facts(as_at),
            None => self.action.facts(as_at),
        }
    }

    /// Whether it is done: an action also when all its milestones are.
    pub fn is_done(&self, as_at: NaiveDate) -> bool {
        match self.milestone {
            Some(milestone) => milestone.schedule.is_done(as_at),
            None => self.action.is_done(as_at),
        }
    }

    /// Whether it is still to be done. An action that is done as a whole leaves no milestone behind.
    fn is_left(&self, as_at: NaiveDate) -> bool {
        !self.is_done(as_at) && !self.action.is_done(as_at)
    }

    /// Whether its own due date has passed, and it is still to be done.
    pub fn is_overdue(&self, as_at: NaiveDate) -> bool {
        self.is_left(as_at) && self.schedule().overdue(as_at)
    }

    /// What tells it from other work on both days: where it stands in the plan's files.
    pub fn key(&self) -> Span {
        self.title().span
    }
}

/// Work that was done.
#[derive(Debug, Clone, Copy)]
pub struct Completed<'p> {
    /// The work.
    pub work: Work<'p>,
    /// When; `None` for an action that is done because all its milestones are.
    pub done: Option<&'p Done>,
}

/// A due date that was moved.
#[derive(Debug, Clone, Copy)]
pub struct Slip<'p> {
    /// The work.
    pub work: Work<'p>,
    /// The due date in force on the first day.
    pub from: PlanDate,
    /// The due date in force on the second day.
    pub to: PlanDate,
    /// How often it was moved between them.
    pub times: usize,
    /// How often it was ever moved.
    pub ever: usize,
    /// The reason given for the last move.
    pub why: Option<&'p str>,
}

/// Work whose due date has passed.
#[derive(Debug, Clone, Copy)]
pub struct Overdue<'p> {
    /// The work.
    pub work: Work<'p>,
    /// When it was due.
    pub due: PlanDate,
    /// Days since.
    pub days: i64,
    /// Whether it was not yet overdue on the first day.
    pub newly: bool,
}

/// Work that is due.
#[derive(Debug, Clone, Copy)]
pub struct Due<'p> {
    /// The work.
    pub work: Work<'p>,
    /// When.
    pub due: PlanDate,
}

/// Work whose due date, as it now stands, lay between the two days.
#[derive(Debug, Clone, Copy)]
pub struct FellDue<'p> {
    /// The work.
    pub work: Work<'p>,
    /// Whether it is done.
    pub done: bool,
}

/// What became of the work.
#[derive(Debug, Clone, Default)]
pub struct WorkChanges<'p> {
    /// What was done, in the order of the plan.
    pub completed: Vec<Completed<'p>>,
    /// What was moved to a later date, or to none.
    pub slipped: Vec<Slip<'p>>,
    /// What was moved to an earlier date.
    pub brought_forward: Vec<Slip<'p>>,
    /// What is overdue, the longest first.
    pub overdue: Vec<Overdue<'p>>,
    /// What was due between the days.
    pub fell_due: Vec<FellDue<'p>>,
    /// What came into the plan.
    pub added: Vec<Work<'p>>,
    /// What was taken out of the plan, as it was before.
    pub withdrawn: Vec<Work<'p>>,
}

/// What became of the work between the two days.
pub fn work<'p>(between: &Between<'p>) -> WorkChanges<'p> {
    let (since, as_at) = (between.since, between.as_at);
    let then = Work::all(between.before, between);
    let now = Work::all(between.now, between);
    let before: BTreeMap<Span, Work<'p>> = then.iter().map(|work| (work.key(), *work)).collect();
    let mut changes = WorkChanges::default();
    for work in &now {
        let old = before.get(&work.key());
        if old.is_none() {
            changes.added.push(*work);
        }
        if work.is_done(as_at) && !old.is_some_and(|old| old.is_done(since)) {
            let done = work.schedule().done.as_ref().map(|done| &done.value);
            changes.completed.push(Completed { work: *work, done });
        }
        if let Some(slip) = old.and_then(|old| moved(old, work, between)) {
            match slip.to.compare(slip.from).is_lt() {
                true => changes.brought_forward.push(slip),
                false => changes.slipped.push(slip),
            }
        }
        let Some(due) = work.schedule().current_due(as_at) else { continue };
        if work.is_overdue(as_at) {
            let days = work.schedule().days_late(as_at);
            let newly = !old.is_some_and(|old| old.is_overdue(since));
            changes.overdue.push(Overdue { work: *work, due, days, newly });
        }
        // A due date that is today has not passed yet, so what is due then is still to come.
        if due.last_day().is_some_and(|day| since <= day && day < as_at) {
            let done = work.is_done(as_at) || work.action.is_done(as_at);
            changes.fell_due.push(FellDue { work: *work, done });
        }
    }
    changes.overdue.sort_by(|a, b| a.due.compare(b.due));
    let keys: std::collections::BTreeSet<Span> = now.iter().map(Work::key).collect();
    changes.withdrawn = then.into_iter().filter(|work| !keys.contains(&work.key())).collect();
    changes
}

/// The move of a due date between the days, if it now is another.
fn moved<'p>(old: &Work<'p>, work: &Work<'p>, between: &Between<'_>) -> Option<Slip<'p>> {
    let from = old.schedule().current_due(between.since)?;
    let to = work.schedule().current_due(between.as_at)?;
    let revised = &work.schedule().revised;
    let times = revised.iter().filter(|revision| between.holds(*revision.on)).count();
    if from == to || times == 0 {
        return None;
    }
    let why = revised.last().and_then(|revision| revision.why.as_ref());
    Some(Slip {
        work: *work,
        from,
        to,
        times,
        ever: revised.len(),
        why: why.map(|why| why.value.as_str()),
    })
}

/// What is still to be done and due from the as-at day on, no more than `horizon` days later; the
/// soonest first.
pub fn due_next<'p>(between: &Between<'p>, horizon: u32) -> Vec<Due<'p>> {
    let as_at = between.as_at;
    let end = as_at.checked_add_days(Days::new(horizon.into())).unwrap_or(NaiveDate::MAX);
    let due = |work: Work<'p>| {
        let due = work.schedule().current_due(as_at).filter(|_| work.is_left(as_at))?;
        let day = due.last_day()?;
        (as_at <= day && day <= end).then_some(Due { work, due })
    };
    let mut next: Vec<Due<'p>> =
        Work::all(between.now, between).into_iter().filter_map(due).collect();
    next.sort_by(|a, b| a.due.compare(b.due));
    next
}
