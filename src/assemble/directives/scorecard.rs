//! `scorecard`: each KPI with its baseline, and for each period its target, rating and actual.

use crate::assemble::Assembler;
use crate::assemble::directives::actions::quiet;
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::{Baseline, Kpi, Period, PlanDate};
use crate::source::Span;

impl Assembler<'_> {
    pub(super) fn scorecard(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let Ok(objective) = self.objective_id(directive) else { return Vec::new() };
        let labels = self.labels(directive, ["ID", "Measure", "Baseline", "Target", "Actual"]);
        let plan = &self.project.plan;
        let objectives: Vec<_> = plan
            .objectives
            .iter()
            .filter(|o| objective.as_ref().is_none_or(|id| *o.id == *id))
            .collect();
        let mut out = Vec::new();
        // One table for each objective: its name heads the table, and readers who hear it keep their place.
        for each in &objectives {
            let kpis: Vec<&Kpi> =
                plan.kpis.iter().filter(|k| k.scorecard && *k.objective == *each.id).collect();
            if kpis.is_empty() {
                continue;
            }
            let summary = self.summary(directive, || {
                format!(
                    "{}: each row is a measure, with its baseline, then for each period the target and what was measured.",
                    *each.name
                )
            });
            let caption = objective.is_none().then(|| vec![Inline::text(each.name.value.clone())]);
            let table = self.scorecard_table(&kpis, &labels, summary, caption);
            out.push(Block::at(BlockKind::Table(table), span));
        }
        if out.is_empty() {
            self.no_rows(directive, "KPIs");
        }
        out
    }

    fn scorecard_table(
        &self,
        kpis: &[&Kpi],
        labels: &[String; 5],
        summary: String,
        caption: Option<Vec<Inline>>,
    ) -> Table {
        let periods = &self.project.plan.periods;
        let [id, name, baseline, target, actual] = labels;
        let mut first = vec![
            Cell::column_head(id.clone()).rows(2),
            Cell::column_head(name.clone()).rows(2),
            Cell::column_head(baseline.clone()).rows(2),
        ];
        let mut second = Vec::new();
        for period in periods {
            let title = format!("{}, {}", *period.name, period.by.table());
            first.push(Cell::column_head(title).columns(2));
            second.push(Cell::column_head(target.clone()));
            second.push(Cell::column_head(match self.measured_at(period) {
                Some(at) => format!("{actual} ({})", at.table().replace(' ', "\u{a0}")),
                None => actual.clone(),
            }));
        }
        let head = |cells| Row { role: RowRole::Head, cells, keep_with_next: false };
        let body = kpis.iter().map(|kpi| Row::body(self.scorecard_cells(kpi))).collect();
        let column = |share| Column { share, align: Align::Start };
        let mut columns = vec![column(18.0), column(47.0), column(22.0)];
        for _ in periods {
            columns.push(column(21.5));
            columns.push(column(23.0));
        }
        let mut head_rows = vec![head(first)];
        if second.is_empty() {
            for cell in head_rows.iter_mut().flat_map(|row| &mut row.cells) {
                cell.rowspan = 1;
            }
        } else {
            head_rows.push(head(second));
        }
        Table {
            role: "scorecard".into(),
            columns,
            head: head_rows,
            body,
            caption,
            summary,
            anchor: None,
        }
    }

    /// When the period's values were measured, if all at one time that is not the period's end.
    fn measured_at(&self, period: &Period) -> Option<PlanDate> {
        let plan = &self.project.plan;
        let mut dates = plan
            .kpis
            .iter()
            .filter_map(|k| k.actual_in_period(plan, period, self.options.as_at))
            .map(|a| *a.at);
        let first = dates.next()?;
        (dates.all(|d| d == first) && !first.same_month(*period.by)).then_some(first)
    }

    fn scorecard_cells(&self, kpi: &Kpi) -> Vec<Cell> {
        let plan = &self.project.plan;
        let as_at = self.options.as_at;
        let mut name = Cell::text(kpi.name.value.clone());
        if let Some(note) = &kpi.note {
            let content = vec![Inline::text(note.value.clone())];
            name.blocks.push(Block::new(BlockKind::Paragraph(Paragraph {
                role: ParagraphRole::Note,
                content,
            })));
        }
        let baseline = match kpi.baseline.as_ref().map(|b| &b.value) {
            Some(Baseline::Value { value, at, .. }) => {
                self.value_cell(kpi, *value, "baseline", *at)
            }
            Some(Baseline::Required { .. }) | None => quiet(&kpi.no_baseline().unwrap_or_default()),
        };
        let mut cells =
            vec![Cell::new(vec![Inline::strong(kpi.id.value.clone())]).row_head(), name, baseline];
        for period in &plan.periods {
            let target = kpi.target_for(*period.by);
            let actual = kpi.actual_in_period(plan, period, as_at);
            let not_applicable = kpi.is_not_applicable(period);
            cells.push(match target {
                Some(target) => {
                    let words = kpi.target_words(*target.value);
                    Cell::new(vec![self.kpi_figure(kpi, words, "target", *target.by)])
                }
                None if not_applicable => quiet("Not applicable"),
                None => quiet("None set"),
            });
            cells.push(match actual {
                Some(actual) => {
                    let status = target.and_then(|_| self.ratings.kpi_in_period(kpi, period));
                    Cell { status, ..self.value_cell(kpi, *actual.value, "actual", *actual.at) }
                }
                None if not_applicable => quiet("Not applicable"),
                None if period.by.last_day().is_some_and(|day| day > as_at) => quiet("Not yet due"),
                None => quiet("Not reported"),
            });
        }
        cells
    }

    fn value_cell(&self, kpi: &Kpi, value: f64, what: &str, at: PlanDate) -> Cell {
        Cell::new(vec![self.kpi_figure(kpi, kpi.figure(value), what, at)])
    }

    pub(super) fn kpi_figure(&self, kpi: &Kpi, text: String, what: &str, at: PlanDate) -> Inline {
        Inline::Figure(Box::new(Figure {
            text,
            path: format!("kpi.{}.{what}", *kpi.id),
            unit: Some(kpi.unit.word().to_string()),
            at: Some(at.prose()),
            source: kpi.source.as_ref().map(|s| s.value.clone()),
            trace: Trace { cells: vec![kpi.id.span], ..Trace::default() },
        }))
    }
}
