//! From figures to a drawing: the scale, which labels are shown, and what cannot be drawn honestly.

use crate::assemble::Assembler;
use crate::assemble::filters::and_list;
use crate::assemble::scale::Nice;
use crate::diag::{Finding, rules};
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::{Unit, figure};

use super::grid::{Dimension, Grid, Point};
use super::request::Kind;

/// What can be told apart on one page.
struct Most {
    /// Bars in all, one under the other.
    bars: usize,
    /// Columns in all, side by side.
    columns: usize,
    /// Labels along the axis of a chart of lines.
    times: usize,
    /// Series of any chart.
    series: usize,
    /// Small charts.
    panels: usize,
    /// Parts of a donut.
    parts: usize,
}

const MOST: Most = Most { bars: 48, columns: 40, times: 60, series: 7, panels: 12, parts: 6 };

/// Columns up to which each says its own value; more are read off the scale.
const SPOKEN_COLUMNS: usize = 12;
/// Points up to which a single line says each value.
const SPOKEN_POINTS: usize = 9;
/// Lines up to which one of them says each value: more lie in the way.
const SPOKEN_SERIES: usize = 2;
/// Marks without a figure that a note names before it counts the rest.
const NAMED_GAPS: usize = 6;
/// Room for labels along the axis, in letters, where charts stand one, two or three beside each other.
const LETTERS: [usize; 3] = [60, 26, 17];
/// Letters that have room in the longest bar.
const BAR_LETTERS: f64 = 55.0;
/// The least part of the highest column that a line of words has room in.
const LEAST_PART: f64 = 0.09;
/// How far parts may miss their whole for rounding, in units of their last decimal, for each part.
const ROUNDING: f64 = 0.5;

impl Assembler<'_> {
    /// The drawing of a grid; `None`, with a finding, when it cannot be drawn honestly.
    pub(super) fn chart_drawing(
        &mut self,
        directive: &Directive,
        kind: Kind,
        grid: &Grid<'_>,
    ) -> Option<DrawingKind> {
        if grid.values().next().is_none() {
            let message = format!("there is no figure to draw in \"{}\"", grid.dataset.name);
            self.findings.push(
                Finding::new(&rules::CHART_NO_FIGURES, message)
                    .at(directive.name.span)
                    .help("say what is missing: ::: gap chart=\"…\" why=\"…\""),
            );
            return None;
        }
        match kind {
            Kind::Donut => self.donut(directive, grid).map(DrawingKind::Donut),
            Kind::Plot(form) => self.plot(directive, form, grid).map(DrawingKind::Chart),
        }
    }

    fn plot(&mut self, directive: &Directive, form: ChartForm, grid: &Grid<'_>) -> Option<Chart> {
        let (labels, series) = (grid.x.items.len(), grid.series_count());
        let columns = labels * if form.is_stacked() { 1 } else { series } * grid.panel_count();
        for (what, count, most) in [
            ("series", series, MOST.series),
            ("panels", grid.panel_count(), MOST.panels),
            match form {
                ChartForm::Bars | ChartForm::StackedBars => ("bars", columns, MOST.bars),
                ChartForm::Columns | ChartForm::StackedColumns => {
                    ("columns", columns, MOST.columns)
                }
                ChartForm::Lines => ("points in time", labels, MOST.times),
            },
        ] {
            if count > most {
                let message = format!("{count} {what} cannot be told apart; {most} can");
                self.chart_shape(directive, &message, "show fewer with where=\"…\"");
                return None;
            }
        }
        if form.is_stacked() && grid.values().any(|value| value < 0.0) {
            let help = "draw bars or columns side by side";
            self.chart_shape(directive, "parts of a bar cannot be less than nothing", help);
            return None;
        }
        let Some(nice) = scale_of(form, grid) else {
            self.chart_shape(directive, "these numbers are too large to draw", "");
            return None;
        };
        let spoken = match form {
            ChartForm::Bars | ChartForm::StackedBars => true,
            ChartForm::Columns => columns <= SPOKEN_COLUMNS,
            ChartForm::StackedColumns => labels * grid.panel_count() <= SPOKEN_COLUMNS,
            ChartForm::Lines => false,
        };
        let ticks = match spoken {
            true => Vec::new(),
            false => ticks(&nice, grid),
        };
        let several = series > 1;
        let key = several
            && match form {
                ChartForm::Bars => false,
                ChartForm::StackedBars | ChartForm::Columns => true,
                ChartForm::StackedColumns | ChartForm::Lines => grid.panel_count() > 1,
            };
        // Where each mark says its value, the scale ends where the values do.
        let (from, to) = if spoken { ends_of(form, grid) } else { (nice.from, nice.to) };
        let panels = (0..grid.panel_count()).map(|panel| {
            let title = grid.panels.as_ref().and_then(|d| Some(d.items.get(panel)?.name.clone()));
            let shown = Shown { form, spoken, key, reach: to - from };
            Panel { title, groups: groups(grid, panel, &shown) }
        });
        Some(Chart {
            form,
            measure: grid.measure.clone(),
            series: all_series(form, grid, key),
            key,
            panels: panels.collect(),
            scale: Scale { from, to, ticks },
            notes: notes(form, grid),
        })
    }

    /// Parts of a whole: only where they are all there and make it.
    fn donut(&mut self, directive: &Directive, grid: &Grid<'_>) -> Option<Donut> {
        let whole =
            self.attribute_words(directive, "whole").filter(|words| !words.trim().is_empty());
        let total = whole.as_ref().and_then(|word| grid.dataset.column(word.trim()));
        let count = grid.x.items.len();
        let points: Vec<&Point> = (0..count).map(|x| grid.point(0, x, 0)).collect();
        let mut refuse = |message: String, help: &str| {
            let finding =
                Finding::new(&rules::CHART_NOT_WHOLE, message).at(directive.name.span).help(help);
            self.findings.push(finding);
        };
        let bars = "draw bars: kind=\"bars\"";
        if grid.series.is_some() || grid.panels.is_some() {
            refuse("a donut shows the parts of one whole".into(), "keep one with where=\"…\"");
            return None;
        }
        if count > MOST.parts {
            refuse(
                format!("{count} parts of a donut cannot be told apart; {} can", MOST.parts),
                bars,
            );
            return None;
        }
        if let Some(x) = points.iter().position(|point| point.value.is_none()) {
            let name = grid.name(0, x, 0);
            refuse(format!("{name} has no figure, so the parts do not make a whole"), bars);
            return None;
        }
        let values: Vec<f64> = points.iter().filter_map(|point| point.value).collect();
        if values.iter().any(|value| *value < 0.0) {
            refuse("a part cannot be less than nothing".into(), bars);
            return None;
        }
        let sum: f64 = values.iter().sum();
        let of = match total {
            Some(column) => {
                let rows = self.shown_rows(directive, grid.dataset)?;
                let number = rows.first().and_then(|row| row.number(column));
                let Some(number) = number else {
                    let message = "the whole has no figure".to_owned();
                    self.findings.push(
                        Finding::new(&rules::CHART_NOT_WHOLE, message)
                            .at(directive.name.span)
                            .help(bars),
                    );
                    return None;
                };
                number
            }
            None if grid.style.unit == Unit::Percent => 100.0,
            None => {
                let help = "name the column that holds it: whole=\"total\"";
                refuse("nobody says what these numbers are parts of".into(), help);
                return None;
            }
        };
        let places = grid.style.decimals.unwrap_or_else(|| decimals(&values));
        let rounding = ROUNDING * 10f64.powi(-i32::from(places)) * count as f64;
        // Whole numbers are counted, not rounded.
        let slack = if grid.style.unit == Unit::Percent { rounding } else { 0.0 };
        let missing = (sum - of).abs() > slack + 1e-9 * of.abs();
        if missing || of <= 0.0 || !sum.is_finite() {
            let write = |value: f64| figure::number(value, Some(places));
            let message = format!("the parts make {}, not {}", write(sum), write(of));
            let finding = Finding::new(&rules::CHART_NOT_WHOLE, message).at(directive.name.span);
            self.findings.push(finding.help(bars));
            return None;
        }
        let whole = match (total.and_then(|column| grid.dataset.columns.get(column)), whole) {
            (Some(column), _) => {
                let style = column.style.as_ref();
                style.map_or_else(|| figure::number(of, None), |style| style.words(of))
            }
            (None, Some(words)) => words,
            (None, None) => grid.measure.clone(),
        };
        let parts = grid.x.items.iter().zip(&points).zip(&values).map(|((item, point), value)| {
            let words = point.short.clone();
            DonutPart { label: item.name.clone(), share: value / sum, words }
        });
        Some(Donut { parts: parts.collect(), whole })
    }
}

/// The scale of a plot: bars start at zero, and parts reach as high as their sum.
fn scale_of(form: ChartForm, grid: &Grid<'_>) -> Option<Nice> {
    let whole = grid.values().all(|value| value.fract() == 0.0);
    match form.is_stacked() {
        true => Nice::of(sums(grid).into_iter(), true, whole),
        false => Nice::of(grid.values(), form != ChartForm::Lines, whole),
    }
}

/// What the parts of each bar make.
fn sums(grid: &Grid<'_>) -> Vec<f64> {
    let sums = (0..grid.panel_count()).flat_map(|panel| {
        (0..grid.x.items.len()).map(move |x| {
            let values = (0..grid.series_count()).filter_map(|s| grid.point(panel, x, s).value);
            values.sum::<f64>()
        })
    });
    sums.collect()
}

/// From zero, or the lowest value where that lies below, to the highest.
fn ends_of(form: ChartForm, grid: &Grid<'_>) -> (f64, f64) {
    let values = if form.is_stacked() { sums(grid) } else { grid.values().collect() };
    let low = values.iter().copied().fold(0.0, f64::min);
    let high = values.iter().copied().fold(0.0, f64::max);
    if low == high { (0.0, 1.0) } else { (low, high) }
}

fn ticks(nice: &Nice, grid: &Grid<'_>) -> Vec<Tick> {
    let sign = if grid.style.unit == Unit::Percent { "%" } else { "" };
    let words = |at: f64| format!("{}{sign}", figure::number(at, Some(nice.decimals())));
    nice.marks().into_iter().map(|at| Tick { at, words: words(at) }).collect()
}

/// Which words of a plot are shown.
struct Shown {
    form: ChartForm,
    spoken: bool,
    key: bool,
    /// From one end of the scale to the other.
    reach: f64,
}

fn groups(grid: &Grid<'_>, panel: usize, shown: &Shown) -> Vec<ChartGroup> {
    let count = grid.x.items.len();
    let step = match shown.form {
        ChartForm::Bars | ChartForm::StackedBars => 1,
        ChartForm::Columns | ChartForm::StackedColumns | ChartForm::Lines => {
            label_step(&grid.x, grid.panel_count())
        }
    };
    let group = |(x, item): (usize, &super::grid::Item)| {
        let marks = (0..grid.series_count()).map(|series| {
            let point = grid.point(panel, x, series);
            Mark {
                value: point.value,
                words: point.short.clone(),
                shown: mark_shown(grid, (panel, x, series), shown),
            }
        });
        ChartGroup {
            label: item.name.clone(),
            shown: (count - 1 - x).is_multiple_of(step),
            comparator: item.comparator,
            marks: marks.collect(),
        }
    };
    grid.x.items.iter().enumerate().map(group).collect()
}

/// Whether a mark's words stand beside it. A bar says its own; a line says its ends, and each value
/// when it is alone.
fn mark_shown(grid: &Grid<'_>, (panel, x, series): (usize, usize, usize), shown: &Shown) -> bool {
    let point = grid.point(panel, x, series);
    match shown.form {
        ChartForm::Bars => true,
        ChartForm::Columns => shown.spoken && point.value.is_some(),
        // Words stand in their part, so it must be long or high enough for them.
        ChartForm::StackedBars => point.value.is_some_and(|value| {
            value / shown.reach >= (point.short.chars().count() + 1) as f64 / BAR_LETTERS
        }),
        ChartForm::StackedColumns => {
            shown.spoken && point.value.is_some_and(|value| value / shown.reach >= LEAST_PART)
        }
        ChartForm::Lines => {
            let run = grid.run(panel, series);
            let ends = [run.first().map(|one| one.0), run.last().map(|one| one.0)];
            let comparator = is_comparator(grid.series.as_ref(), series);
            let lead = (0..grid.series_count()).find(|s| !is_comparator(grid.series.as_ref(), *s));
            let alone = lead == Some(series)
                && (0..grid.series_count())
                    .filter(|s| !is_comparator(grid.series.as_ref(), *s))
                    .count()
                    == 1;
            let is_last = ends[1] == Some(x);
            // The name at the end of a line says its last value.
            let named = grid.series_count() > 1 && !shown.key;
            point.value.is_some()
                && !(is_last && named)
                && alone
                && !comparator
                && (ends.contains(&Some(x))
                    || grid.panel_count() == 1
                        && grid.series_count() <= SPOKEN_SERIES
                        && run.len() <= SPOKEN_POINTS)
        }
    }
}

fn is_comparator(series: Option<&Dimension>, index: usize) -> bool {
    series.and_then(|series| series.items.get(index)).is_some_and(|item| item.comparator)
}

/// Every how many labels one is drawn, so that none runs into the next.
fn label_step(x: &Dimension, panels: usize) -> usize {
    let [alone, two, three] = LETTERS;
    let letters = match panels {
        1 => alone,
        2 | 4 => two,
        _ => three,
    };
    // Words of a label stand under each other, where there are several.
    let widest = |item: &super::grid::Item| {
        item.name.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0)
    };
    let widest = x.items.iter().map(widest).max().unwrap_or(1) + 1;
    x.items.len().div_ceil((letters / widest).max(1)).max(1)
}

fn all_series(form: ChartForm, grid: &Grid<'_>, key: bool) -> Vec<ChartSeries> {
    let Some(series) = &grid.series else {
        return vec![ChartSeries { name: String::new(), comparator: false, last: None }];
    };
    let named = form == ChartForm::Lines && !key && series.items.len() > 1;
    let one = |(index, item): (usize, &super::grid::Item)| ChartSeries {
        name: item.name.clone(),
        comparator: item.comparator,
        last: grid.run(0, index).last().filter(|_| named).map(|(_, point, _)| point.short.clone()),
    };
    series.items.iter().enumerate().map(one).collect()
}

/// What has no figure, and why: a line for each reason. Bars say it in their place.
fn notes(form: ChartForm, grid: &Grid<'_>) -> Vec<String> {
    if form == ChartForm::Bars {
        return Vec::new();
    }
    gaps(grid)
        .into_iter()
        .map(|(why, names)| {
            let shown: Vec<String> = match names.len() {
                count if count <= NAMED_GAPS => names,
                count => {
                    let mut shown: Vec<String> = names.into_iter().take(NAMED_GAPS - 1).collect();
                    shown.push(format!("{} more", count - shown.len()));
                    shown
                }
            };
            format!("No figure ({why}): {}.", and_list(&shown))
        })
        .collect()
}

/// The points without a figure by reason, in the order met.
pub(super) fn gaps(grid: &Grid<'_>) -> Vec<(String, Vec<String>)> {
    let mut gaps: Vec<(String, Vec<String>)> = Vec::new();
    for panel in 0..grid.panel_count() {
        for series in 0..grid.series_count() {
            for x in 0..grid.x.items.len() {
                let point = grid.point(panel, x, series);
                if point.value.is_some() {
                    continue;
                }
                let name = grid.name(panel, x, series);
                match gaps.iter_mut().find(|(why, _)| *why == point.words) {
                    Some((_, names)) => names.push(name),
                    None => gaps.push((point.words.clone(), vec![name])),
                }
            }
        }
    }
    gaps
}

/// The most decimals that any of `values` is written with.
fn decimals(values: &[f64]) -> u8 {
    let of = |value: &f64| {
        let words = figure::number(*value, None);
        words.split_once('.').map_or(0, |(_, fraction)| fraction.len())
    };
    u8::try_from(values.iter().map(of).max().unwrap_or(0).min(6)).unwrap_or(6)
}
