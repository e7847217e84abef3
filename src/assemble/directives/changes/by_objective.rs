//! `changes-by-objective`: the counts of the headline, objective by objective.

use crate::assemble::Assembler;
use crate::assemble::directives::head_row;
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::changes::{self, Between, Way};
use crate::source::Span;

const LABELS: [&str; 8] = [
    "Objective",
    "Completed",
    "Dates moved",
    "Overdue",
    "Due next",
    "Improved",
    "Worsened",
    "Off target",
];

impl Assembler<'_> {
    pub(in crate::assemble) fn changes_by_objective(
        &mut self,
        directive: &Directive,
        span: Span,
    ) -> Vec<Block> {
        let Some(days) = self.days(directive, "within") else { return Vec::new() };
        let Some(between) = self.between(directive) else { return Vec::new() };
        let labels = self.labels(directive, LABELS);
        let project = self.project;
        let mut body: Vec<Row> = project
            .plan
            .objectives
            .iter()
            .map(|objective| {
                let own = Between { objective: Some(objective.id.as_str()), ..between };
                row(&objective.name, counts(&own, days))
            })
            .collect();
        if body.is_empty() {
            self.no_rows(directive, "objectives");
            return Vec::new();
        }
        let all = row("All objectives", counts(&between, days));
        body.push(Row { role: RowRole::Total, ..all });
        let summary = self.summary(directive, || {
            "Each row is an objective, with counts of what changed. The last row is all of them."
                .into()
        });
        let name = Column { share: 40.0, align: Align::Start };
        let count = Column { share: 18.5, align: Align::Number };
        let table = Table {
            role: directive.name.value.clone(),
            columns: std::iter::once(name).chain([count; 7]).collect(),
            head: vec![head_row(&labels)],
            body,
            caption: None,
            summary,
            anchor: None,
        };
        vec![Block::at(BlockKind::Table(table), span)]
    }
}

/// Completed, dates moved, overdue, due next, improved, worsened, off target.
fn counts(between: &Between<'_>, days: u32) -> [usize; 7] {
    let work = changes::work(between);
    let figures = changes::figures(between);
    let went = |way: Way| figures.iter().filter(|movement| movement.way == way).count();
    [
        work.completed.len(),
        work.slipped.len() + work.brought_forward.len(),
        work.overdue.len(),
        changes::due_next(between, days).len(),
        went(Way::Improved),
        went(Way::Worsened),
        figures.iter().filter(|movement| movement.is_off_target()).count(),
    ]
}

fn row(name: &str, counts: [usize; 7]) -> Row {
    let counts = counts.into_iter().map(|count| Cell::text(count.to_string()));
    Row::body(std::iter::once(Cell::text(name).row_head()).chain(counts).collect())
}
