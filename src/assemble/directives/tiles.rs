//! `kpi-tiles`: measures side by side, each with its figure, change, target, rating and a small line.

use chrono::{Datelike, NaiveDate};

use crate::assemble::Assembler;
use crate::assemble::filters::and_list;
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::{Better, Kpi, PlanDate, TargetValue, figure};
use crate::source::Span;

use super::chart::upper_first;

impl Assembler<'_> {
    pub(super) fn kpi_tiles(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let Ok(objective) = self.objective_id(directive) else { return Vec::new() };
        let project = self.project;
        let plan = &project.plan;
        let kpis: Vec<&Kpi> = match directive.attribute("kpis") {
            None => plan.kpis.iter().filter(|kpi| kpi.scorecard).collect(),
            Some(attribute) => {
                let span = attribute.value.span;
                let words = self.attribute_words(directive, "kpis").unwrap_or_default();
                let mut kpis = Vec::new();
                for id in words.split(',').map(str::trim).filter(|id| !id.is_empty()) {
                    match plan.kpi(id) {
                        Some(kpi) => kpis.push(kpi),
                        None => {
                            let known: Vec<&str> =
                                plan.kpis.iter().map(|kpi| kpi.id.as_str()).collect();
                            self.unknown_word(
                                format!("there is no KPI \"{id}\""),
                                id,
                                &known,
                                span,
                            );
                        }
                    }
                }
                kpis
            }
        };
        let of_objective = |kpi: &&Kpi| objective.as_ref().is_none_or(|id| **kpi.objective == **id);
        let kpis: Vec<&Kpi> = kpis.into_iter().filter(of_objective).collect();
        if kpis.is_empty() {
            self.no_rows(directive, "KPIs");
            return Vec::new();
        }
        let summary = self.summary(directive, || {
            "A box for each measure, with its latest figure, how it changed, its target and its rating."
                .into()
        });
        let tiles = kpis.into_iter().map(|kpi| self.tile(kpi)).collect();
        vec![Block::at(BlockKind::Tiles(Tiles { tiles, summary }), span)]
    }

    /// The tile of one measure, as at the document's day.
    pub(super) fn tile(&self, kpi: &Kpi) -> Tile {
        let as_at = self.options.as_at;
        let actual = kpi.actual_as_at(as_at);
        let name =
            vec![Inline::strong(format!("{}. ", *kpi.id)), Inline::text(kpi.name.value.clone())];
        let points = kpi.points_as_at(as_at);
        let taken = actual.and_then(|actual| actual.at.last_day()).unwrap_or(as_at);
        let target = kpi.target_as_at(taken);
        let (value, quiet) = match actual {
            Some(actual) => {
                let words = kpi.figure(*actual.value);
                (vec![self.kpi_figure(kpi, words, "actual", *actual.at)], false)
            }
            None => (vec![Inline::text("Not measured yet")], true),
        };
        let change = match points.as_slice() {
            [.., before, now] if actual.is_some() => self.change_since(kpi, *before, *now),
            _ => None,
        };
        let target_words = target.map(|target| {
            let words = kpi.target_words(*target.value);
            let by = target.by.prose();
            vec![
                Inline::text("Target: "),
                self.kpi_figure(kpi, words, "target", *target.by),
                Inline::text(format!(" by {by}")),
            ]
        });
        let status = actual.and_then(|_| self.ratings.kpi(kpi));
        let spark = spark(kpi, &points, target.map(|target| (*target.value, *target.by)));
        Tile {
            name,
            value,
            quiet,
            at: actual.map(|actual| {
                let at = upper_first(&actual.at.prose());
                match self.project.plan.is_out_of_date(kpi, *actual.at, as_at) {
                    true => format!("{at}: out of date"),
                    false => at,
                }
            }),
            change: change.map(|words| vec![Inline::text(words)]),
            target: target_words,
            status,
            spark,
        }
    }
}

impl Assembler<'_> {
    /// How a figure moved: against the one before it or, where the document tells changes from a day,
    /// against what was known on that day. None when nothing was measured since.
    fn change_since(
        &self,
        kpi: &Kpi,
        before: (PlanDate, f64),
        now: (PlanDate, f64),
    ) -> Option<String> {
        let Some(since) = self.since else { return Some(change(kpi, before, now)) };
        let then = since.plan.kpi(&kpi.id).map(|then| then.points_as_at(since.day));
        match then.and_then(|points| points.last().copied()) {
            Some(then) if then == now => {
                Some(format!("No new figure since {}", PlanDate::Day(since.day).prose()))
            }
            Some(then) => Some(change(kpi, then, now)),
            None => None,
        }
    }
}

/// "Up 5 percentage points since November 2021: improved".
fn change(kpi: &Kpi, before: (PlanDate, f64), now: (PlanDate, f64)) -> String {
    let style = kpi.style();
    let places = |value: f64| {
        let words = figure::number(value, style.decimals);
        let places = words.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        u8::try_from(places.min(6)).unwrap_or(6)
    };
    let decimals = places(before.1).max(places(now.1));
    let since = before.0.prose();
    let Some(far) = style.difference(now.1 - before.1, decimals) else {
        return format!("Unchanged since {since}");
    };
    let rose = now.1 > before.1;
    let moved = if rose { "Up" } else { "Down" };
    let judged = match style.better {
        None => "",
        Some(better) if rose == (better == Better::Higher) => ": improved",
        Some(_) => ": worsened",
    };
    format!("{moved} {far} since {since}{judged}")
}

/// The small line of a measure; none where there are not two points to join.
fn spark(
    kpi: &Kpi,
    points: &[(PlanDate, f64)],
    target: Option<(TargetValue, PlanDate)>,
) -> Option<Drawing> {
    let dated: Vec<(NaiveDate, f64)> = points
        .iter()
        .filter_map(|(at, value)| Some((at.first_day()?, *value)))
        .filter(|(_, value)| value.is_finite())
        .collect();
    let (first, last) = (dated.first()?.0, dated.last()?.0);
    if dated.len() < 2 || first == last {
        return None;
    }
    let limits = target.map(|(value, _)| value.figures()).unwrap_or_default();
    let all = || dated.iter().map(|(_, value)| *value).chain(limits.iter().copied());
    let (low, high) =
        (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
    // Halved first: far ends of very large numbers are further apart than a number can say.
    let reach = high / 2.0 - low / 2.0;
    let height = |value: f64| match reach > 0.0 {
        true => 0.1 + 0.8 * ((value / 2.0 - low / 2.0) / reach),
        false => 0.5,
    };
    let day = |date: NaiveDate| f64::from(date.num_days_from_ce());
    let along = |date: NaiveDate| (day(date) - day(first)) / (day(last) - day(first));
    let points_drawn = dated
        .iter()
        .map(|(date, value)| SparkPoint { x: along(*date), y: height(*value) })
        .collect();
    let better = kpi.style().better;
    let band = target.map(|(value, _)| {
        let (from, to) = value.met_between(better);
        (from.map_or(0.0, height), to.map_or(1.0, height))
    });
    let each: Vec<String> = points
        .iter()
        .map(|(at, value)| format!("{} in {}", kpi.figure(*value), at.prose()))
        .collect();
    let aim = target.map_or_else(String::new, |(value, by)| {
        format!(" Target: {} by {}.", kpi.target_words(value), by.prose())
    });
    Some(Drawing {
        drawing: DrawingKind::Sparkline(Sparkline { points: points_drawn, band, narrow: false }),
        alt: format!("{}: {}.{aim}", *kpi.name, and_list(&each)),
        title: None,
        caption: None,
        anchor: None,
        figures: Vec::new(),
    })
}
