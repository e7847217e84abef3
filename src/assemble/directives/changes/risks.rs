//! `risks-moved`: risks that came, went or were rated anew, and those rated as exceptions.

use super::{ChangesTable, chip, reference, with_remark};
use crate::assemble::Assembler;
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::SchemeOf;
use crate::plan::changes::{self, RiskChange};
use crate::source::Span;

impl Assembler<'_> {
    pub(in crate::assemble) fn risks_moved(
        &mut self,
        directive: &Directive,
        span: Span,
    ) -> Vec<Block> {
        self.needs_scheme(directive, SchemeOf::Risk);
        let Some(between) = self.between(directive) else { return Vec::new() };
        let risks = changes::risks(&between, self.ratings.scheme(SchemeOf::Risk));
        let labels = self.labels(directive, ["Ref", "Risk", "Severity", "Since then", "Progress"]);
        let told = |change: &RiskChange<'_, '_>| {
            change.new || change.closed || change.moved.is_some() || change.is_high_or_rising()
        };
        let body = risks.that(told).map(row).collect();
        let table = ChangesTable {
            labels: &labels,
            shares: &[11.0, 38.0, 18.0, 20.0, 64.0],
            body,
            holds: "Risks: the reference, what could happen, how severe it is, what changed, and the progress made.",
            none: "No risk is rated high, and none was raised, closed or rated anew in this time.",
        };
        self.changes_table(directive, span, table)
    }
}

fn row(change: &RiskChange<'_, '_>) -> Row {
    let risk = change.risk;
    let mut words = Vec::new();
    if change.new {
        words.push(format!("New, raised {}", risk.raised.table()));
    }
    words.extend(change.moved.map(|moved| {
        let way = if moved.rose { "Rose" } else { "Fell" };
        format!("{way} from {}", moved.from.word.value)
    }));
    if let Some(closed) = risk.closed.as_ref().filter(|_| change.closed) {
        words.push(format!("Closed {}", closed.table()));
    }
    let words = if words.is_empty() { "No change".to_owned() } else { words.join("; ") };
    let progress = risk.progress.as_deref().map(|progress| progress.value.clone());
    Row::body(vec![
        reference(&risk.id),
        with_remark(&risk.title.value, None),
        chip(change.severity),
        Cell::text(words),
        Cell::text(progress.unwrap_or_else(|| risk.mitigation.value.clone())),
    ])
}
