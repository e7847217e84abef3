//! `statement-summary`: the plan in figures. Every figure is counted from the rows.

use super::reference;
use crate::assemble::Assembler;
use crate::assemble::directives::actions::quiet;
use crate::assemble::ratings::shown;
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::roll_up::{Counted, RollUp, RollUps, Rounding};
use crate::plan::statement::AreaBranch;
use crate::plan::{Rating, SchemeOf};
use crate::source::Span;

const LABELS: [&str; 6] = [
    "Area of weakness",
    "Main finding",
    "Responses",
    "Archived",
    "Complete, finding",
    "Complete, area",
];

impl<'a> Assembler<'a> {
    pub(in crate::assemble) fn statement_summary(
        &mut self,
        directive: &Directive,
        span: Span,
    ) -> Vec<Block> {
        self.needs_scheme(directive, SchemeOf::Response);
        let Ok(filter) = self.filter(directive) else { return Vec::new() };
        let Some(scheme) = self.ratings.scheme(SchemeOf::Response) else { return Vec::new() };
        let linked = self.is_set(directive, "linked");
        let labels = self.labels(directive, LABELS);
        let tree = self.selection(&filter, false);
        if tree.is_empty() {
            self.nothing_left(directive, &filter);
            return Vec::new();
        }
        let Some(all) = self.counting(filter.shown, |counting| counting.all(&tree)) else {
            return Vec::new();
        };
        let table = self.summary_table(&tree, &all, &labels, linked);
        let what = match scheme.roll_up.count {
            Counted::Responses => "responses",
            Counted::Steps => "steps",
        };
        let summary = self.summary(directive, || {
            format!(
                "Each row is a main finding: how many {what} it has, how many of them have each rating, how many are \
                 archived, and how much is complete. Findings stand by their area of weakness; the last row is the total."
            )
        });
        vec![Block::at(BlockKind::Table(Table { summary, ..table }), span)]
    }

    fn summary_table(
        &self,
        tree: &[AreaBranch<'_>],
        all: &RollUps,
        labels: &[String; 6],
        linked: bool,
    ) -> Table {
        let ratings = self.counted_ratings(all);
        let rounding = self.rounding();
        let [area_label, finding_label, rows_label, archived_label, finding_done, area_done] =
            labels;
        let mut head: Vec<Cell> = [area_label, finding_label, rows_label]
            .map(|label| Cell::column_head(label.clone()))
            .into();
        head.extend(ratings.iter().map(|rating| Cell {
            status: Some(shown(rating)),
            blocks: Vec::new(),
            ..Cell::column_head("")
        }));
        head.extend(
            [archived_label, finding_done, area_done].map(|label| Cell::column_head(label.clone())),
        );
        let mut body = Vec::new();
        for ((branch, area), findings) in tree.iter().zip(&all.areas).zip(&all.findings) {
            let rows = branch.findings.len();
            for (index, (finding, computed)) in branch.findings.iter().zip(findings).enumerate() {
                let mut cells = Vec::new();
                if index == 0 {
                    let name = format!("{}. {}", *branch.area.id, *branch.area.name);
                    cells.push(Cell::text(name).row_head().rows(rows));
                }
                let finding = finding.finding;
                cells.push(Cell::new(vec![
                    reference(&finding.id, finding, linked),
                    Inline::text(format!(" {}", *finding.name)),
                ]));
                cells.extend(counts(computed, &ratings));
                cells.push(percent(computed, rounding));
                if index == 0 {
                    cells.push(percent(area, rounding).rows(rows));
                }
                body.push(Row { keep_with_next: index + 1 < rows, ..Row::body(cells) });
            }
        }
        let mut total = vec![Cell::text("Total").row_head().columns(2)];
        total.extend(counts(&all.total, &ratings));
        total.push(percent(&all.total, rounding).columns(2));
        body.push(Row { role: RowRole::Total, cells: total, keep_with_next: false });
        let text = |share| Column { share, align: Align::Start };
        let figure = |share| Column { share, align: Align::Number };
        let mut columns = vec![text(63.0), text(64.0), figure(22.0)];
        columns.extend(ratings.iter().map(|_| figure(19.5)));
        columns.extend([figure(19.0), figure(22.5), figure(22.5)]);
        Table {
            role: "statement-summary".into(),
            columns,
            head: vec![Row { role: RowRole::Head, cells: head, keep_with_next: false }],
            body,
            caption: None,
            summary: String::new(),
            anchor: None,
        }
    }

    /// The ratings that have a column: all but what is only for archived rows, which have a column of their own.
    fn counted_ratings(&self, all: &RollUps) -> Vec<&'a Rating> {
        let Some(scheme) = self.ratings.scheme(SchemeOf::Response) else { return Vec::new() };
        let statement = &self.project.plan.statement;
        let of_archived = |rating: &Rating| {
            let archived =
                statement.rows().find(|row| self.stage(row) == Some(crate::plan::Stage::Archived));
            archived
                .and_then(|row| self.ratings.row(row)?.computed)
                .is_some_and(|computed| *computed.id == *rating.id)
        };
        scheme
            .in_key_order()
            .into_iter()
            .filter(|rating| all.total.rated(&rating.id) > 0 || !of_archived(rating))
            .collect()
    }

    fn rounding(&self) -> Rounding {
        let scheme = self.ratings.scheme(SchemeOf::Response);
        scheme.map_or(Rounding::HalfUp, |scheme| scheme.roll_up.rounding)
    }
}

/// The figures of one roll-up, but for the percentage.
fn counts(roll_up: &RollUp, ratings: &[&Rating]) -> Vec<Cell> {
    let number = |count: usize| Cell::text(crate::plan::figure::number(count as f64, Some(0)));
    let mut cells = vec![number(roll_up.rows)];
    cells.extend(ratings.iter().map(|rating| number(roll_up.rated(&rating.id))));
    cells.push(number(roll_up.archived));
    cells
}

/// How much is complete, rounded as the scheme says.
fn percent(roll_up: &RollUp, rounding: Rounding) -> Cell {
    match roll_up.percent {
        Some(mean) => Cell::text(format!("{}%", rounding.percent(mean))),
        None => quiet("Not counted"),
    }
}
