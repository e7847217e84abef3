//! `actions`: each action with its milestones, each milestone on the line of its own date.

use crate::assemble::Assembler;
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::{Action, Done, Milestone, PlanDate, Schedule, SchemeOf};
use crate::source::Span;

impl Assembler<'_> {
    pub(super) fn actions(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let Ok(objective) = self.objective_id(directive) else { return Vec::new() };
        self.needs_scheme(directive, SchemeOf::Action);
        let project = self.project;
        let actions: Vec<&Action> = project
            .plan
            .actions
            .iter()
            .filter(|a| objective.as_ref().is_none_or(|id| **a.objective == **id))
            .collect();
        if actions.is_empty() {
            self.no_rows(directive, "actions");
            return Vec::new();
        }
        let labels = self.labels(
            directive,
            ["ID", "Action and milestones", "Responsible officers", "By when", "Rating"],
        );
        let body = actions.iter().flat_map(|action| self.action_rows(action)).collect();
        let summary = self.summary(directive, || {
            format!(
                "Each action has a row with its ID, title, responsible officers, final date and rating. \
                 A row for each of its milestones follows, with the milestone's own date and rating. There {}.",
                if actions.len() == 1 { "is 1 action".to_string() } else { format!("are {} actions", actions.len()) }
            )
        });
        let column = |share| Column { share, align: Align::Start };
        let table = Table {
            role: "actions".into(),
            columns: vec![column(8.5), column(45.5), column(25.0), column(19.0), column(14.0)],
            head: vec![super::head_row(&labels)],
            body,
            caption: None,
            summary,
            anchor: None,
        };
        vec![Block::at(BlockKind::Table(table), span)]
    }

    fn action_rows(&self, action: &Action) -> Vec<Row> {
        let rows = action.milestones.len() + 1;
        let id = Cell::new(vec![Inline::strong(action.id.value.clone())]).row_head().rows(rows);
        let mut title = vec![paragraph(vec![Inline::strong(action.title.value.clone())])];
        title.extend(action.detail.as_ref().map(|d| Block::paragraph(d.value.clone())));
        title.extend(action.progress.as_ref().map(|p| Block::paragraph(p.value.clone())));
        title.extend(action.note.as_ref().map(|n| note(&n.value)));
        let lead = Row {
            role: RowRole::Lead,
            cells: vec![
                id,
                Cell { blocks: title, ..Cell::text("") },
                self.officers(action).rows(rows),
                self.due(
                    &action.schedule,
                    action.current_due(self.options.as_at),
                    action.original_due(),
                    action.is_done(self.options.as_at),
                ),
                rating(self.ratings.action(action)),
            ],
            keep_with_next: rows > 1,
        };
        let milestones = action.milestones.iter().map(|m| self.milestone_row(m));
        std::iter::once(lead).chain(milestones).collect()
    }

    fn milestone_row(&self, milestone: &Milestone) -> Row {
        let mut words = Vec::new();
        if let Some(group) = &milestone.group {
            words.push(Inline::Emphasis { content: vec![Inline::text(format!("{}: ", **group))] });
        }
        words.push(Inline::text(milestone.title.value.clone()));
        let mut blocks = vec![paragraph(words)];
        blocks.extend(milestone.progress.as_ref().map(|p| note(&p.value)));
        blocks.extend(milestone.note.as_ref().map(|n| note(&n.value)));
        let schedule = &milestone.schedule;
        let as_at = self.options.as_at;
        Row {
            role: RowRole::Detail,
            cells: vec![
                Cell { blocks, ..Cell::text("") },
                self.due(
                    schedule,
                    schedule.current_due(as_at),
                    schedule.original_due(),
                    schedule.is_done(as_at),
                ),
                rating(self.ratings.milestone(milestone)),
            ],
            keep_with_next: false,
        }
    }

    /// The officers' names, one a line.
    pub(super) fn officers(&self, action: &Action) -> Cell {
        let roles = &self.project.plan.roles;
        let names = action.officers.iter().filter_map(|id| roles.iter().find(|r| *r.id == **id));
        let mut words = Vec::new();
        for role in names {
            if !words.is_empty() {
                words.push(Inline::Break);
            }
            words.push(Inline::text(role.name.value.clone()));
        }
        if words.is_empty() { quiet("No officer named") } else { Cell::new(words) }
    }

    /// When it is due: the date now, the one before where it was moved, and when it was done where that is another day.
    fn due(
        &self,
        schedule: &Schedule,
        now: Option<PlanDate>,
        original: Option<PlanDate>,
        done: bool,
    ) -> Cell {
        let finished = schedule.done.as_ref().filter(|_| done).map(|done| match done.value {
            Done::On(date) => (date, date.table()),
            Done::By(day) => (PlanDate::Day(day), format!("by {}", PlanDate::Day(day).table())),
        });
        let Some(now) = now else {
            let started = schedule.started.as_ref().filter(|_| !done);
            return match (finished, started) {
                (Some((_, words)), _) => quiet(&format!("In place {words}")),
                (None, Some(from)) => quiet(&format!("Under way since {}", from.table())),
                (None, None) => quiet("No date set"),
            };
        };
        let mut words = vec![Inline::text(now.table())];
        let mut remark = |text: String| words.extend([Inline::Break, Inline::text(text)]);
        if let Some(original) = original.filter(|o| *o != now && !schedule.revised.is_empty()) {
            remark(format!("(was {})", original.table()));
        }
        if let Some((_, when)) = finished.filter(|(date, _)| *date != now) {
            remark(format!("(done {when})"));
        }
        Cell::new(words)
    }
}

fn rating(status: Option<Status>) -> Cell {
    match status {
        Some(status) => Cell { status: Some(status), blocks: Vec::new(), ..Cell::text("") },
        None => quiet("Not rated"),
    }
}

/// A cell that says why it has nothing to show.
pub(super) fn quiet(words: &str) -> Cell {
    Cell { quiet: true, ..Cell::text(words) }
}

fn paragraph(content: Vec<Inline>) -> Block {
    Block::new(BlockKind::Paragraph(Paragraph::body(content)))
}

fn note(words: &str) -> Block {
    let content = vec![Inline::text(words)];
    Block::new(BlockKind::Paragraph(Paragraph { role: ParagraphRole::Note, content }))
}
