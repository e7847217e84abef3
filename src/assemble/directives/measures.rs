//! `impact-measures`: KPIs, and why each shows improvement.

use crate::assemble::Assembler;
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::Kpi;
use crate::source::Span;

impl Assembler<'_> {
    pub(super) fn impact_measures(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let Ok(objective) = self.objective_id(directive) else { return Vec::new() };
        let project = self.project;
        let plan = &project.plan;
        let mut body = Vec::new();
        for measure in &plan.measures {
            let kpis: Vec<&Kpi> = measure
                .kpis
                .iter()
                .filter_map(|id| plan.kpi(id))
                .filter(|k| objective.as_ref().is_none_or(|id| **k.objective == **id))
                .collect();
            for (i, kpi) in kpis.iter().enumerate() {
                let mut cells = vec![
                    Cell::new(vec![Inline::strong(kpi.id.value.clone())]).row_head(),
                    Cell::text(kpi.name.value.clone()),
                ];
                if i == 0 {
                    cells.push(Cell::text(measure.why.value.clone()).rows(kpis.len()));
                }
                // What one reason covers stays together, unless that would be a page.
                body.push(Row {
                    keep_with_next: i + 1 < kpis.len() && kpis.len() <= 8,
                    ..Row::body(cells)
                });
            }
        }
        if body.is_empty() {
            self.no_rows(directive, "impact measures");
            return Vec::new();
        }
        let labels = self.labels(directive, ["ID", "Measure", "Why it shows improvement"]);
        let summary = self.summary(directive, || {
            "Each row names a measure by ID. The last column says why it shows improvement; one reason may cover several measures.".into()
        });
        let column = |share| Column { share, align: Align::Start };
        let table = Table {
            role: "measures".into(),
            columns: vec![column(11.0), column(42.0), column(60.0)],
            head: vec![super::head_row(&labels)],
            body,
            caption: None,
            summary,
            anchor: None,
        };
        vec![Block::at(BlockKind::Table(table), span)]
    }
}
