//! `exceptions`, `done-since`, `dates-moved` and `due-next`: tables of actions and milestones.

use super::{ChangesTable, WORK, chip, counted, reference, with_remark};
use crate::assemble::Assembler;
use crate::assemble::directives::actions::quiet;
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::changes::{self, Completed, Due, Exception, Slip, Standing, Work};
use crate::plan::{Action, Done, PlanDate};
use crate::source::Span;

impl<'a> Assembler<'a> {
    pub(in crate::assemble) fn exceptions(
        &mut self,
        directive: &Directive,
        span: Span,
    ) -> Vec<Block> {
        self.needs_scheme(directive, WORK);
        let Some(between) = self.between(directive) else { return Vec::new() };
        let Some(since) = self.since else { return Vec::new() };
        let (before, now) = (since.ratings, self.ratings);
        let work = changes::work(&between);
        let exceptions = changes::exceptions(
            &between,
            &work,
            &|work: Work<'a>| before.work(&work),
            &|work: Work<'a>| now.work(&work),
        );
        let then = self.on_the_day(&between);
        let labels = self.labels(directive, ["Ref", "Action or milestone", "Due", "Rating", &then]);
        let body = exceptions.iter().map(|exception| self.exception_row(exception)).collect();
        let table = ChangesTable {
            labels: &labels,
            shares: &[15.0, 56.0, 25.0, 24.0, 24.0],
            body,
            holds: "What is overdue or behind: the reference, what is to be done, when it was due, its rating, and its rating before.",
            none: "Nothing is overdue, and no action or milestone is rated as behind.",
        };
        self.changes_table(directive, span, table)
    }

    fn exception_row(&self, exception: &Exception<'_, '_>) -> Row {
        let work = &exception.work;
        let mut due = self.due_words(work);
        if let Some(overdue) = &exception.overdue {
            let late = counted(usize::try_from(overdue.days).unwrap_or(0), "day", "days");
            due.extend([Inline::Break, Inline::text(format!("{late} overdue"))]);
        }
        let before = match exception.before {
            Standing::NotThere => quiet("Not in the plan"),
            Standing::Rated(rating) => chip(rating),
        };
        Row::body(vec![
            reference(&work.action.id),
            with_remark(&work.title().value, work.progress()),
            Cell::new(due),
            chip(exception.now),
            before,
        ])
    }

    /// The due date in force, and the one first set where that was another.
    fn due_words(&self, work: &Work<'_>) -> Vec<Inline> {
        let as_at = self.options.as_at;
        let (now, first) = match work.milestone {
            Some(milestone) => {
                (milestone.schedule.current_due(as_at), milestone.schedule.original_due())
            }
            None => (work.action.current_due(as_at), work.action.original_due()),
        };
        let Some(now) = now else { return vec![Inline::text("No date set")] };
        let mut words = vec![Inline::text(now.table())];
        if let Some(first) = first.filter(|first| *first != now) {
            words.extend([Inline::Break, Inline::text(format!("(was {})", first.table()))]);
        }
        words
    }

    pub(in crate::assemble) fn done_since(
        &mut self,
        directive: &Directive,
        span: Span,
    ) -> Vec<Block> {
        let Some(between) = self.between(directive) else { return Vec::new() };
        let work = changes::work(&between);
        let labels = self.labels(directive, ["Ref", "Completed", "Due", "Done"]);
        let action = |done: &Completed<'a>| done.work.action;
        let body = grouped(&work.completed, action, |done, first| self.done_cells(done, first));
        let table = ChangesTable {
            labels: &labels,
            shares: &[15.0, 76.0, 25.0, 28.0],
            body,
            holds: "What was completed: the reference, what was done, when it was due and when it was done.",
            none: "No action or milestone was completed in this time.",
        };
        self.changes_table(directive, span, table)
    }

    fn done_cells(&self, completed: &Completed<'_>, first: Option<usize>) -> Vec<Cell> {
        let when = match completed.done {
            Some(Done::On(date)) => Cell::text(date.table()),
            Some(Done::By(day)) => Cell::text(format!("By {}", PlanDate::Day(*day).table())),
            None => quiet("With its last milestone"),
        };
        let mut cells = spanning(&completed.work, first);
        cells.extend([
            Cell::text(completed.work.title().value.clone()),
            Cell::new(self.due_words(&completed.work)),
            when,
        ]);
        cells
    }

    pub(in crate::assemble) fn dates_moved(
        &mut self,
        directive: &Directive,
        span: Span,
    ) -> Vec<Block> {
        let Some(between) = self.between(directive) else { return Vec::new() };
        let work = changes::work(&between);
        let labels =
            self.labels(directive, ["Ref", "Action or milestone", "From", "To", "Times moved"]);
        let moved = [work.slipped, work.brought_forward].concat();
        let body = grouped(&moved, |slip: &Slip<'a>| slip.work.action, slip_cells);
        let table = ChangesTable {
            labels: &labels,
            shares: &[15.0, 72.0, 21.0, 21.0, 15.0],
            body,
            holds: "Due dates that were moved: the reference, what is to be done, the date before, the date now, and how often it was moved.",
            none: "No due date was moved in this time.",
        };
        self.changes_table(directive, span, table)
    }

    pub(in crate::assemble) fn due_next(
        &mut self,
        directive: &Directive,
        span: Span,
    ) -> Vec<Block> {
        let Some(days) = self.days(directive, "within") else { return Vec::new() };
        let Some(between) = self.between(directive) else { return Vec::new() };
        let labels =
            self.labels(directive, ["Ref", "Action or milestone", "Responsible officers", "Due"]);
        let next = changes::due_next(&between, days);
        let action = |due: &Due<'a>| due.work.action;
        let body = grouped(&next, action, |due, first| self.due_cells(due, first));
        let none =
            format!("Nothing falls due in the next {}.", counted(days as usize, "day", "days"));
        let table = ChangesTable {
            labels: &labels,
            shares: &[15.0, 62.0, 42.0, 25.0],
            body,
            holds: "What falls due next: the reference, what is to be done, who answers for it, and when.",
            none: &none,
        };
        self.changes_table(directive, span, table)
    }

    fn due_cells(&self, due: &Due<'_>, first: Option<usize>) -> Vec<Cell> {
        let mut cells = spanning(&due.work, first);
        cells.push(Cell::text(due.work.title().value.clone()));
        cells.extend(first.map(|rows| self.officers(due.work.action).rows(rows)));
        cells.push(Cell::text(due.due.table()));
        cells
    }

    /// The number of days that an attribute says.
    fn days(&mut self, directive: &Directive, name: &str) -> Option<u32> {
        let value = self.attribute_value(directive, name)?;
        let days = f64::try_from(value.clone()).ok().filter(|days| days.fract() == 0.0);
        let days = days.filter(|days| (1.0..=3660.0).contains(days));
        if days.is_none() {
            let span = directive.attribute(name).map_or(directive.name.span, |a| a.value.span);
            let message = format!("`{name}` takes a number of days from 1 to 3660, not {value}");
            self.malformed(span, &message, "within=30");
        }
        // In range, so nothing is cut off.
        days.map(|days| days as u32)
    }
}

/// A longer run of rows than this may part over 2 pages.
const TOGETHER: usize = 8;

/// The rows of `items`, which are gone over in order: work of one action that stands together shares
/// its reference. `cells` is told how many rows there are when it makes the first of them.
fn grouped<'p, T>(
    items: &[T],
    action: impl Fn(&T) -> &'p Action,
    cells: impl Fn(&T, Option<usize>) -> Vec<Cell>,
) -> Vec<Row> {
    let mut rows = Vec::with_capacity(items.len());
    for group in items.chunk_by(|a, b| action(a).id.span == action(b).id.span) {
        for (index, item) in group.iter().enumerate() {
            let first = (index == 0).then_some(group.len());
            let stays = index + 1 < group.len() && group.len() <= TOGETHER;
            rows.push(Row { keep_with_next: stays, ..Row::body(cells(item, first)) });
        }
    }
    rows
}

/// The reference over the rows that share it, in the first of them.
fn spanning(work: &Work<'_>, first: Option<usize>) -> Vec<Cell> {
    first.map(|rows| reference(&work.action.id).rows(rows)).into_iter().collect()
}

fn slip_cells(slip: &Slip<'_>, first: Option<usize>) -> Vec<Cell> {
    let times = match slip.ever {
        ever if ever == slip.times => slip.times.to_string(),
        ever => format!("{} ({ever} in all)", slip.times),
    };
    let mut cells = spanning(&slip.work, first);
    cells.extend([
        with_remark(&slip.work.title().value, slip.why),
        Cell::text(slip.from.table()),
        Cell::text(slip.to.table()),
        Cell::text(times),
    ]);
    cells
}
