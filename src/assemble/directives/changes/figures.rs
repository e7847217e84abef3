//! `off-target` and `figures-moved`: tables of KPIs.

use super::{ChangesTable, chip, reference, with_remark};
use crate::assemble::Assembler;
use crate::assemble::directives::actions::quiet;
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::changes::{self, Crossing, Movement, Reading, Way};
use crate::plan::{Kpi, PlanDate, SchemeOf};
use crate::source::Span;

/// What stands under a figure that is older than the time between two figures of its measure.
const OUT_OF_DATE: &str = "Out of date";

impl Assembler<'_> {
    pub(in crate::assemble) fn off_target(
        &mut self,
        directive: &Directive,
        span: Span,
    ) -> Vec<Block> {
        self.needs_scheme(directive, SchemeOf::Kpi);
        let Some(between) = self.between(directive) else { return Vec::new() };
        let Some(since) = self.since else { return Vec::new() };
        let then = self.on_the_day(&between);
        let labels =
            self.labels(directive, ["Ref", "Measure", "Figure", "Target", "Rating", &then]);
        let movements = changes::figures(&between);
        // What missed its target when it was last measured is told, and that it was long ago.
        let missed = movements.iter().filter(|movement| {
            movement.is_off_target()
                || movement.is_old && movement.now.is_some_and(|now| now.met == Some(false))
        });
        let body = missed
            .map(|movement| {
                let before = match movement.kpi_before(since.plan) {
                    Some(kpi) => chip(since.ratings.kpi_rating(kpi)),
                    None => quiet("Not in the plan"),
                };
                Row::body(vec![
                    reference(&movement.kpi.id),
                    Cell::text(movement.kpi.name.value.clone()),
                    self.dated(
                        figure_cell(movement.kpi, movement.now.as_ref(), "actual"),
                        movement,
                    ),
                    target_cell(movement),
                    chip(self.ratings.kpi_rating(movement.kpi)),
                    before,
                ])
            })
            .collect();
        let table = ChangesTable {
            labels: &labels,
            shares: &[17.0, 48.0, 22.0, 22.0, 20.0, 20.0],
            body,
            holds: "Measures that miss their target: the reference, the measure, its figure and target, its rating, and its rating before.",
            none: "No measure that has a target and a figure misses it.",
        };
        self.changes_table(directive, span, table)
    }

    pub(in crate::assemble) fn figures_moved(
        &mut self,
        directive: &Directive,
        span: Span,
    ) -> Vec<Block> {
        let all = match self.attribute_words(directive, "of").as_deref() {
            Some("all") => true,
            None | Some("new") => false,
            Some(other) => {
                let place = directive.attribute("of").map_or(directive.name.span, |a| a.value.span);
                let message = format!("`of` is all or new, not \"{other}\"");
                self.malformed(place, &message, "of=\"all\"");
                return Vec::new();
            }
        };
        self.needs_scheme(directive, SchemeOf::Kpi);
        let Some(between) = self.between(directive) else { return Vec::new() };
        let labels =
            self.labels(directive, ["Measure", "Trend", "Before", "Now", "Change", "Target"]);
        let movements = changes::figures(&between);
        let body = movements
            .iter()
            .filter(|movement| all || movement.is_new())
            .map(|movement| {
                Row::body(vec![
                    named(movement.kpi),
                    self.trend_cell(movement.kpi),
                    figure_cell(movement.kpi, movement.before.as_ref(), "previous"),
                    Cell {
                        status: self.ratings.kpi(movement.kpi),
                        ..self.dated(
                            bare_figure(movement.kpi, movement.now.as_ref(), "actual"),
                            movement,
                        )
                    },
                    change_cell(movement),
                    target_cell(movement),
                ])
            })
            .collect();
        let table = ChangesTable {
            labels: &labels,
            shares: &[54.0, 17.0, 24.0, 26.5, 43.0, 21.0],
            body,
            holds: "Measures: the measure with its reference, a small line of all its figures, the figure before, the figure now with its rating, the change, and the target.",
            none: "No measure has a new figure.",
        };
        self.changes_table(directive, span, table)
    }
}

impl Assembler<'_> {
    /// A cell with a figure, and a remark where the figure is out of date.
    fn dated(&self, mut cell: Cell, movement: &Movement<'_>) -> Cell {
        if movement.is_old {
            cell.blocks.push(super::remark(OUT_OF_DATE));
        }
        cell
    }

    /// The small line of a measure's figures.
    fn trend_cell(&self, kpi: &Kpi) -> Cell {
        match self.tile(kpi).spark {
            Some(mut drawing) => {
                if let DrawingKind::Sparkline(spark) = &mut drawing.drawing {
                    spark.narrow = true;
                }
                Cell { blocks: vec![Block::new(BlockKind::Drawing(drawing))], ..Cell::text("") }
            }
            None => quiet("One figure"),
        }
    }
}

impl<'p> Movement<'p> {
    /// The KPI as it was known before, if it was in the plan.
    fn kpi_before<'b>(&self, before: &'b crate::plan::Plan) -> Option<&'b Kpi> {
        before.kpi(&self.kpi.id)
    }
}

/// A measure with its reference before it, heading its row.
fn named(kpi: &Kpi) -> Cell {
    let id = Inline::strong(format!("{}. ", *kpi.id));
    Cell::new(vec![id, Inline::text(kpi.name.value.clone())]).row_head()
}

/// A figure alone, where its date stands beside it.
fn bare_figure(kpi: &Kpi, reading: Option<&Reading<'_>>, what: &str) -> Cell {
    match reading {
        Some(reading) => {
            Cell::new(vec![kpi_figure(kpi, kpi.figure(reading.value), what, reading.at)])
        }
        None => quiet("None yet"),
    }
}

/// A figure, and when it was measured.
fn figure_cell(kpi: &Kpi, reading: Option<&Reading<'_>>, what: &str) -> Cell {
    let Some(reading) = reading else { return quiet("None yet") };
    let at = reading.at.table();
    let words = if reading.baseline { format!("Baseline, {at}") } else { at };
    let figure = kpi_figure(kpi, kpi.figure(reading.value), what, reading.at);
    let mut cell = Cell::new(vec![figure]);
    cell.blocks.push(super::remark(&words));
    cell
}

fn kpi_figure(kpi: &Kpi, text: String, what: &str, at: PlanDate) -> Inline {
    Inline::Figure(Box::new(Figure {
        text,
        path: format!("kpi.{}.{what}", *kpi.id),
        unit: Some(kpi.unit.word().to_string()),
        at: Some(at.prose()),
        source: kpi.source.as_ref().map(|s| s.value.clone()),
        trace: Trace { cells: vec![kpi.id.span], ..Trace::default() },
    }))
}

/// The target that the figure is held against.
fn target_cell(movement: &Movement<'_>) -> Cell {
    let kpi = movement.kpi;
    match movement.now.and_then(|now| Some((now.at, now.target?))) {
        Some((at, target)) => {
            Cell::new(vec![kpi_figure(kpi, kpi.target_words(*target), "target", at)])
        }
        None => quiet("None set"),
    }
}

/// Which way it went, how far, and whether it crossed its target.
fn change_cell(movement: &Movement<'_>) -> Cell {
    let Some(now) = movement.now else { return quiet("Not measured yet") };
    let at = now.at.table();
    let far = movement.before.and_then(|before| {
        let decimals = [before.value, now.value].map(decimals_of).into_iter().max();
        let decimals = movement.kpi.style().decimals.or(decimals).unwrap_or(0);
        let far = movement.kpi.style().difference(now.value - before.value, decimals)?;
        let way = if now.value > before.value { "Up" } else { "Down" };
        Some(format!("{way} {far}, {at}"))
    });
    let far = far.unwrap_or_else(|| format!("In {at}"));
    let words = match movement.way {
        Way::Improved => "Improved",
        Way::Worsened => "Worsened",
        Way::Unchanged => "Unchanged",
        Way::Rose | Way::Fell => "No better direction",
        Way::First => "First figure",
        Way::NoNewFigure => "No new figure",
        Way::NoFigure => "Not measured yet",
    };
    let crossed = match movement.crossing {
        Crossing::Reached => "; target reached",
        Crossing::Lost => "; target missed now",
        Crossing::None => "",
    };
    with_remark(&format!("{words}{crossed}"), Some(&far))
}

/// How many decimals a number is written with.
fn decimals_of(value: f64) -> u8 {
    let written = crate::plan::figure::number(value, None);
    let decimals = written.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    u8::try_from(decimals.min(6)).unwrap_or(6)
}
