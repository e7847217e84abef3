//! `exceptions`, `done-since`, `dates-moved` and `due-next`: tables of actions and milestones.

use super::{ChangesTable, WORK, chip, counted, reference, with_remark};
use crate::assemble::Assembler;
use crate::assemble::directives::actions::quiet;
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::changes::{self, Completed, Due, Exception, Slip, Standing, Work};
use crate::plan::{Done, PlanDate};
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
        let when =
            |done: &Completed<'_>| (key(&done.work), self.due_line(&done.work), done.done.cloned());
        let body = together(&work.completed, when).map(|group| self.done_row(group)).collect();
        let table = ChangesTable {
            labels: &labels,
            shares: &[14.0, 80.0, 24.0, 26.0],
            body,
            holds: "What was completed: the reference, what was done, when it was due and when it was done.",
            none: "No action or milestone was completed in this time.",
        };
        self.changes_table(directive, span, table)
    }

    fn done_row(&self, group: &[Completed<'_>]) -> Row {
        let first = &group[0];
        let when = match first.done {
            Some(Done::On(date)) => Cell::text(date.table()),
            Some(Done::By(day)) => Cell::text(format!("By {}", PlanDate::Day(*day).table())),
            None => quiet("With its last milestone"),
        };
        Row::body(vec![
            reference(&first.work.action.id),
            titles(group.iter().map(|done| &done.work)),
            Cell::new(self.due_words(&first.work)),
            when,
        ])
    }

    /// The due date, as rows that share it are told apart by.
    fn due_line(&self, work: &Work<'_>) -> String {
        line(&self.due_words(work))
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
        let same = |slip: &Slip<'a>| {
            (key(&slip.work), slip.from, slip.to, slip.ever, slip.times, slip.why)
        };
        let body = together(&moved, same).map(slip_row).collect();
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
        let same = |due: &Due<'_>| (key(&due.work), due.due);
        let body = together(&next, same).map(|group| self.due_row(group)).collect();
        let none =
            format!("Nothing falls due in the next {}.", counted(days as usize, "day", "days"));
        let table = ChangesTable {
            labels: &labels,
            shares: &[14.0, 68.0, 40.0, 22.0],
            body,
            holds: "What falls due next: the reference, what is to be done, who answers for it, and when.",
            none: &none,
        };
        self.changes_table(directive, span, table)
    }

    fn due_row(&self, group: &[Due<'_>]) -> Row {
        let first = &group[0];
        Row::body(vec![
            reference(&first.work.action.id),
            titles(group.iter().map(|due| &due.work)),
            self.officers(first.work.action),
            Cell::text(first.due.table()),
        ])
    }

    /// The number of days that an attribute says.
    pub(super) fn days(&mut self, directive: &Directive, name: &str) -> Option<u32> {
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

/// The action that work belongs to, to tell it from others.
fn key(work: &Work<'_>) -> Span {
    work.action.id.span
}

/// Items that stand together and have the same `key`, such as milestones of one action that are due
/// on one day: they share a row.
fn together<T, K: PartialEq>(items: &[T], key: impl Fn(&T) -> K) -> impl Iterator<Item = &[T]> {
    items.chunk_by(move |a, b| key(a) == key(b))
}

/// What is to be done: one title, or a list of them.
fn titles<'w, 'p: 'w>(works: impl ExactSizeIterator<Item = &'w Work<'p>>) -> Cell {
    let many = works.len() > 1;
    let mut titles = works.map(|work| Block::paragraph(work.title().value.clone()));
    match many {
        true => {
            let items = titles.map(|title| vec![title]).collect();
            let list = Block::new(BlockKind::List(List { start: None, items }));
            Cell { blocks: vec![list], ..Cell::text("") }
        }
        false => Cell { blocks: titles.next().into_iter().collect(), ..Cell::text("") },
    }
}

fn slip_row(group: &[Slip<'_>]) -> Row {
    let first = &group[0];
    let times = match first.ever {
        ever if ever == first.times => first.times.to_string(),
        ever => format!("{} ({ever} in all)", first.times),
    };
    let mut what = titles(group.iter().map(|slip| &slip.work));
    what.blocks.extend(first.why.map(super::remark));
    Row::body(vec![
        reference(&first.work.action.id),
        what,
        Cell::text(first.from.table()),
        Cell::text(first.to.table()),
        Cell::text(times),
    ])
}
