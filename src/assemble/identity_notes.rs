//! What stands under a table or chart of a dataset whose own identities fail: which, for which rows, and the arithmetic.

use std::collections::HashSet;

use crate::assemble::Assembler;
use crate::document::{Block, BlockKind, Figure, Inline, Paragraph, ParagraphRole};
use crate::narrative::tree::Directive;
use crate::plan::{DataRow, Dataset, Trial};
use crate::source::Span;

/// Rows whose arithmetic is shown; the others are counted.
const SHOWN: usize = 3;

impl Assembler<'_> {
    /// The same, of the figures of a chart.
    pub(super) fn figures_note(
        &mut self,
        directive: &Directive,
        dataset: &Dataset,
        figures: &[Figure],
        span: Span,
    ) -> Option<Block> {
        let cells: HashSet<Span> =
            figures.iter().flat_map(|figure| figure.trace.cells.iter().copied()).collect();
        let is_shown = |row: &&DataRow| row.cells.iter().any(|cell| cells.contains(&cell.span));
        let rows: Vec<&DataRow> = dataset.rows.iter().filter(is_shown).collect();
        let shows = |column: &usize| {
            rows.iter().any(|row| row.cells.get(*column).is_some_and(|c| cells.contains(&c.span)))
        };
        let columns: Vec<usize> = (0..dataset.columns.len()).filter(shows).collect();
        self.identity_note(directive, dataset, &columns, &rows, span)
    }

    /// The note under a directive that shows `columns` of `rows`: none when all that is shown agrees with itself.
    /// `note="…"` puts the author's words in its place.
    pub(super) fn identity_note(
        &mut self,
        directive: &Directive,
        dataset: &Dataset,
        columns: &[usize],
        rows: &[&DataRow],
        span: Span,
    ) -> Option<Block> {
        let found = failing(dataset, columns, rows)?;
        let own = self.attribute_inlines(directive, "note");
        let content =
            own.filter(|words| !words.is_empty()).unwrap_or_else(|| vec![Inline::text(found)]);
        let paragraph = Paragraph { role: ParagraphRole::Note, content };
        Some(Block::at(BlockKind::Paragraph(paragraph), span))
    }
}

/// Which identities fail for the values shown, in words; none when all hold.
fn failing(dataset: &Dataset, columns: &[usize], rows: &[&DataRow]) -> Option<String> {
    let mut sentences = Vec::new();
    for identity in &dataset.identities {
        // An identity that cannot be tried is a finding of its own.
        let Ok(trial) = Trial::of(dataset, identity) else { continue };
        if !trial.columns().any(|column| columns.contains(&column)) {
            continue;
        }
        let is_shown = |span: Span| {
            rows.iter().any(|row| row.span.file == span.file && within(row.span, span))
        };
        let failures: Vec<_> =
            trial.failures().into_iter().filter(|failure| is_shown(failure.span)).collect();
        if failures.is_empty() {
            continue;
        }
        let mut cases: Vec<String> = failures
            .iter()
            .take(SHOWN)
            .map(|failure| format!("{}: {}", failure.row, failure.short))
            .collect();
        match failures.len().saturating_sub(SHOWN) {
            0 => {}
            1 => cases.push("and 1 more row".to_owned()),
            more => cases.push(format!("and {more} more rows")),
        }
        sentences.push(format!("“{}” does not hold. {}.", *identity.name, cases.join("; ")));
    }
    let all = sentences.join(" ");
    (!all.is_empty())
        .then(|| format!("These figures stand as published, although they do not agree. {all}"))
}

fn within(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
