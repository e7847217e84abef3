//! `ratings-to-review`: rows whose declared rating the scheme's rules contradict, each with the reason.

use std::collections::HashMap;

use super::reference;
use crate::assemble::Assembler;
use crate::assemble::directives::actions::quiet;
use crate::assemble::directives::head_row;
use crate::assemble::ratings::shown;
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::delivery::why;
use crate::plan::statement::MainFinding;
use crate::plan::{Commitment, Rating, SchemeOf};
use crate::source::Span;

const LABELS: [&str; 5] = ["Ref", "Response or step", "Declared", "By the rules", "Why"];

impl Assembler<'_> {
    pub(in crate::assemble) fn ratings_to_review(
        &mut self,
        directive: &Directive,
        span: Span,
    ) -> Vec<Block> {
        self.needs_scheme(directive, SchemeOf::Response);
        let Ok(filter) = self.filter(directive) else { return Vec::new() };
        let labels = self.labels(directive, LABELS);
        let linked = self.is_set(directive, "linked");
        let body: Vec<Row> = {
            let tree = self.selection(&filter, true);
            let branches = tree.iter().flat_map(|area| &area.findings);
            let rows = branches.flat_map(|branch| {
                branch.responses.iter().flat_map(move |response| {
                    let steps = response.steps.iter().map(|step| &step.row);
                    std::iter::once(&response.response.row)
                        .chain(steps)
                        .map(|row| (branch.finding, row))
                })
            });
            rows.filter_map(|(finding, row)| self.review_row(row, finding, linked)).collect()
        };
        if body.is_empty() {
            let none = self.attribute_inlines(directive, "none").filter(|none| !none.is_empty());
            return match none {
                Some(content) => {
                    vec![Block::at(BlockKind::Paragraph(Paragraph::body(content)), span)]
                }
                None => {
                    self.no_rows(directive, "ratings to review");
                    Vec::new()
                }
            };
        }
        let count = body.len();
        let summary = self.summary(directive, || {
            format!(
                "{} whose declared rating the rules contradict: the reference, what is to be done, both ratings, and why.",
                super::counted(count, "row")
            )
        });
        let column = |share| Column { share, align: Align::Start };
        let table = Table {
            role: "ratings-to-review".into(),
            columns: vec![column(16.0), column(80.0), column(22.0), column(22.0), column(80.0)],
            head: vec![head_row(&labels)],
            body,
            caption: None,
            summary,
            anchor: None,
        };
        vec![Block::at(BlockKind::Table(table), span)]
    }

    fn review_row(&self, row: &Commitment, finding: &MainFinding, linked: bool) -> Option<Row> {
        let judgement = self.ratings.row(row).filter(|judgement| judgement.contradicted())?;
        let status = self.ratings.delivery(row)?;
        let statuses = HashMap::from([(status.id.as_str(), status)]);
        let facts = row.facts(&statuses, self.options.as_at);
        let mut reason = why(row, &facts, status, self.options.as_at);
        if let Some(first) = reason.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let words = Inline::Strong { content: vec![reference(row.printed(), finding, linked)] };
        Some(Row::body(vec![
            Cell::new(vec![words]).row_head(),
            Cell::text(row.text.value.clone()),
            chip(judgement.declared),
            chip(judgement.computed),
            Cell::text(format!("{reason}.")),
        ]))
    }
}

fn chip(rating: Option<&Rating>) -> Cell {
    match rating {
        Some(rating) => Cell { status: Some(shown(rating)), blocks: Vec::new(), ..Cell::text("") },
        None => quiet("Not rated"),
    }
}
