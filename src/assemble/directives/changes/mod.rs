//! What changed between two days: the headline, and the tables under it. All of them are made of the
//! lists of [`crate::plan::changes`], so a sentence counts the very rows that a table shows.

mod by_objective;
mod figures;
mod headline;
mod risks;
mod work;

use crate::assemble::Assembler;
use crate::assemble::directives::actions::quiet;
use crate::assemble::ratings::shown;
use crate::diag::{Finding, rules};
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::changes::{self, Between, Work};
use crate::plan::date::day_in_words;
use crate::plan::{Done, PlanDate, Rating, Risk, SchemeOf};
use crate::source::Span;

impl<'a> Assembler<'a> {
    /// The two days, and the part of the plan that a directive is about. Without an earlier day there
    /// is nothing to tell, which is reported.
    fn between(&mut self, directive: &Directive) -> Option<Between<'a>> {
        let asked = self.objective_id(directive).ok()?;
        let Some(since) = self.since else {
            // A day that was given and is wrong was reported.
            let declared =
                self.template.parameters.iter().any(|p| *p.name == super::super::parameters::SINCE);
            if !declared {
                let message = format!("`{}` needs a day to tell changes from", *directive.name);
                self.findings.push(
                    Finding::new(&rules::SINCE_MISSING, message).at(directive.name.span).help(
                        "declare it in the front matter: [param.since] with type = \"date\" and a default",
                    ),
                );
            }
            return None;
        };
        let plan = &self.project.plan;
        let objective = asked.and_then(|id| plan.objective(&id)).map(|o| o.id.as_str());
        let between = Between {
            since: since.day,
            before: since.plan,
            as_at: self.options.as_at,
            now: plan,
            objective,
        };
        self.undated(&between);
        Some(between)
    }

    /// Reports, once a document, what its changes rest on that has no day of its own.
    fn undated(&mut self, between: &Between<'a>) {
        let whole = Between { objective: None, ..*between };
        let work = changes::work(&whole);
        let mut found = Vec::new();
        let by_then: Vec<&Work<'_>> = work
            .completed
            .iter()
            .filter(|completed| matches!(completed.done, Some(Done::By(_))))
            .map(|completed| &completed.work)
            .collect();
        if let Some(first) = by_then.first() {
            let what = counted(by_then.len(), "completion has", "completions have");
            found.push((
                format!("{what} no day of their own"),
                first.schedule().done.as_ref().map(|d| d.span),
                format!(
                    "they count as done since {}, though it may have been earlier",
                    day_in_words(between.since)
                ),
            ));
        }
        let moved = work.slipped.iter().chain(&work.brought_forward);
        let moves: Vec<Span> = moved
            .flat_map(|slip| &slip.work.schedule().revised)
            .filter(|revision| revision.by_then && revision.on.value > between.since)
            .map(|revision| revision.on.span)
            .collect();
        if let Some(first) = moves.first() {
            let what = counted(moves.len(), "move of a due date has", "moves of due dates have");
            found.push((
                format!("{what} no day of their own"),
                Some(*first),
                format!(
                    "they count as made since {}, though it may have been earlier",
                    day_in_words(between.since)
                ),
            ));
        }
        let still = |risk: &&Risk| {
            risk.severity.latest().on.is_none()
                && between.before.risks.iter().any(|r| *r.id == *risk.id)
        };
        let rated: Vec<&Risk> = between.now.risks.iter().filter(still).collect();
        if let Some(first) = rated.first() {
            let what = counted(rated.len(), "severity has", "severities have");
            found.push((
                format!("{what} no history"),
                Some(first.severity.span),
                format!("they are taken to have been the same on {}", day_in_words(between.since)),
            ));
        }
        for (message, span, note) in found {
            let finding = Finding::new(&rules::HISTORY_UNDATED, message).note(note);
            let finding = span.into_iter().fold(finding, Finding::at);
            if !self.findings.contains(&finding) {
                self.findings.push(finding);
            }
        }
    }

    /// A table of rows, or what stands there when there are none.
    fn changes_table(
        &mut self,
        directive: &Directive,
        span: Span,
        table: ChangesTable<'_>,
    ) -> Vec<Block> {
        if table.body.is_empty() {
            let none = self.attribute_inlines(directive, "none").filter(|none| !none.is_empty());
            let content = none.unwrap_or_else(|| vec![Inline::text(table.none)]);
            return vec![Block::at(BlockKind::Paragraph(Paragraph::body(content)), span)];
        }
        let rows = counted(table.body.len(), "row", "rows");
        let summary = self.summary(directive, || {
            format!("{} There {} {rows}.", table.holds, are(table.body.len()))
        });
        let columns =
            table.shares.iter().map(|share| Column { share: *share, align: Align::Start });
        vec![Block::at(
            BlockKind::Table(Table {
                role: directive.name.value.clone(),
                columns: columns.collect(),
                head: vec![super::head_row(table.labels)],
                body: table.body,
                caption: None,
                summary,
                anchor: None,
            }),
            span,
        )]
    }

    /// The head of a column that says how things stood on the earlier day.
    fn on_the_day(&self, between: &Between<'_>) -> String {
        format!("On {}", PlanDate::Day(between.since).table())
    }
}

/// What a table of changes is made of.
struct ChangesTable<'t> {
    labels: &'t [String],
    shares: &'t [f64],
    body: Vec<Row>,
    /// What it holds, for people who hear it.
    holds: &'t str,
    /// What stands in its place when it has no rows.
    none: &'t str,
}

/// The reference that heads a row.
fn reference(id: &str) -> Cell {
    Cell::new(vec![Inline::strong(id)]).row_head()
}

/// A rating that fills its cell.
fn chip(rating: Option<&Rating>) -> Cell {
    match rating {
        Some(rating) => Cell { status: Some(shown(rating)), blocks: Vec::new(), ..Cell::text("") },
        None => quiet("Not rated"),
    }
}

/// "one milestone", "3 milestones", "no milestones": as prose says it.
fn counted(count: usize, one: &str, many: &str) -> String {
    match count {
        0 => format!("no {many}"),
        1 => format!("one {one}"),
        _ => format!("{count} {many}"),
    }
}

fn are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// A paragraph of remarks in a cell.
fn remark(words: &str) -> Block {
    let content = vec![Inline::text(words)];
    Block::new(BlockKind::Paragraph(Paragraph { role: ParagraphRole::Note, content }))
}

/// A cell of words with a remark under them.
fn with_remark(words: &str, under: Option<&str>) -> Cell {
    let mut cell = Cell::text(words);
    cell.blocks.extend(under.filter(|under| !under.is_empty()).map(remark));
    cell
}

/// The scheme that rates work, for directives that show its ratings.
const WORK: SchemeOf = SchemeOf::Action;
