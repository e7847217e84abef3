//! The figures of one chart, laid out: for each panel, each label along the axis and each series a point.
//!
//! Drawing, alternative text and table are all made of these points, so they cannot disagree.

use std::collections::HashMap;

use crate::assemble::data_values::figure;
use crate::document::Figure;
use crate::plan::{DataRow, DataValue, Dataset, Style};

/// What varies: the words of a key column, or the columns of numbers.
#[derive(Debug, Clone)]
pub struct Dimension {
    /// What it is called: "Area".
    pub name: String,
    /// The key column; `None` for the columns of numbers.
    pub key: Option<usize>,
    /// What there is of it.
    pub items: Vec<Item>,
}

/// One word of a key column, or one column.
#[derive(Debug, Clone)]
pub struct Item {
    /// The word as the data has it; for a column, its id.
    pub id: String,
    /// As documents show it.
    pub name: String,
    /// Stands for comparison.
    pub comparator: bool,
    /// The column, where columns are what varies.
    pub column: Option<usize>,
}

/// A figure, or why there is none.
#[derive(Debug, Clone)]
pub struct Point {
    /// The number.
    pub value: Option<f64>,
    /// As it stands beside a bar or in a table: "14.3%", "960"; the reason when there is none.
    pub short: String,
    /// As a sentence says it: "14.3%", "960 pupils"; the reason when there is none.
    pub words: String,
    /// Where it came from; `None` when the data has no such row.
    pub figure: Option<Figure>,
}

/// The figures of a chart.
#[derive(Debug)]
pub struct Grid<'d> {
    /// Where they are from.
    pub dataset: &'d Dataset,
    /// Small charts side by side.
    pub panels: Option<Dimension>,
    /// What stands along the axis.
    pub x: Dimension,
    /// What is compared at each label.
    pub series: Option<Dimension>,
    /// Whether the axis is time.
    pub is_time: bool,
    /// How the numbers are written.
    pub style: Style,
    /// What the numbers are.
    pub measure: String,
    points: Vec<Point>,
}

/// What a grid is made from.
pub struct Layout<'d> {
    pub dataset: &'d Dataset,
    pub rows: Vec<&'d DataRow>,
    pub columns: Vec<usize>,
    pub panels: Option<Dimension>,
    pub x: Dimension,
    pub series: Option<Dimension>,
    pub style: Style,
    pub measure: String,
}

/// Why there is no figure where the data has no row.
const NO_ROW: &str = "not in the data";

impl<'d> Grid<'d> {
    /// Lays the figures out. Every key column that varies must be one of the dimensions.
    pub fn new(layout: Layout<'d>) -> Self {
        let Layout { dataset, rows, columns, panels, x, series, style, measure } = layout;
        let is_time = x.key.is_some() && x.key == dataset.period_column();
        // Columns that do not vary have the same word in all rows.
        let base = rows.first().map(|row| dataset.key_of(row)).unwrap_or_default();
        let by_key: HashMap<Vec<String>, &DataRow> =
            rows.iter().map(|row| (dataset.key_of(row), *row)).collect();
        let mut grid =
            Grid { dataset, panels, x, series, is_time, style, measure, points: Vec::new() };
        let mut points = Vec::with_capacity(grid.count());
        for panel in 0..grid.panel_count() {
            for x in 0..grid.x.items.len() {
                for series in 0..grid.series_count() {
                    let mut key = base.clone();
                    let mut column = columns.first().copied();
                    let chosen = [
                        grid.panels.as_ref().map(|dimension| (dimension, panel)),
                        Some((&grid.x, x)),
                        grid.series.as_ref().map(|dimension| (dimension, series)),
                    ];
                    for (dimension, index) in chosen.into_iter().flatten() {
                        match dimension.key {
                            None => column = dimension.items.get(index).and_then(|i| i.column),
                            Some(place) => {
                                let at = dataset.key.iter().position(|key| *key == place);
                                if let (Some(word), Some(item)) =
                                    (at.and_then(|at| key.get_mut(at)), dimension.items.get(index))
                                {
                                    word.clone_from(&item.id);
                                }
                            }
                        }
                    }
                    let row = by_key.get(&key).copied();
                    points.push(point(dataset, column, row));
                }
            }
        }
        grid.points = points;
        grid
    }

    /// How many panels there are.
    pub fn panel_count(&self) -> usize {
        self.panels.as_ref().map_or(1, |panels| panels.items.len())
    }

    /// How many series there are.
    pub fn series_count(&self) -> usize {
        self.series.as_ref().map_or(1, |series| series.items.len())
    }

    /// How many points there are.
    pub fn count(&self) -> usize {
        self.panel_count() * self.x.items.len() * self.series_count()
    }

    /// The point of a panel, label and series.
    pub fn point(&self, panel: usize, x: usize, series: usize) -> &Point {
        static NONE: Point =
            Point { value: None, short: String::new(), words: String::new(), figure: None };
        let at = (panel * self.x.items.len() + x) * self.series_count() + series;
        self.points.get(at).unwrap_or(&NONE)
    }

    /// Every point.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The numbers there are.
    pub fn values(&self) -> impl Iterator<Item = f64> + '_ {
        self.points.iter().filter_map(|point| point.value)
    }

    /// The points of one series in one panel, by label; those without a figure left out.
    pub fn run(&self, panel: usize, series: usize) -> Vec<(usize, &Point, f64)> {
        let all = (0..self.x.items.len()).map(|x| (x, self.point(panel, x, series)));
        all.filter_map(|(x, point)| Some((x, point, point.value?))).collect()
    }

    /// The name of a point by what varies: "England, 2021/22".
    pub fn name(&self, panel: usize, x: usize, series: usize) -> String {
        let of = |dimension: Option<&Dimension>, index: usize| {
            Some(dimension?.items.get(index)?.name.clone())
        };
        let parts = [
            of(self.panels.as_ref(), panel),
            of(self.series.as_ref(), series),
            of(Some(&self.x), x),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Puts the labels in the order of their values, the highest first; those without come last.
    pub fn order_by_value(&mut self) {
        let mut order: Vec<usize> = (0..self.x.items.len()).collect();
        let value = |x: usize| self.point(0, x, 0).value.unwrap_or(f64::NEG_INFINITY);
        order.sort_by(|a, b| value(*b).total_cmp(&value(*a)));
        let mut points = Vec::with_capacity(self.points.len());
        for panel in 0..self.panel_count() {
            for &x in &order {
                points.extend((0..self.series_count()).map(|s| self.point(panel, x, s).clone()));
            }
        }
        self.points = points;
        self.x.items = order.iter().filter_map(|&x| self.x.items.get(x).cloned()).collect();
    }
}

fn point(dataset: &Dataset, column: Option<usize>, row: Option<&DataRow>) -> Point {
    let none = || Point { value: None, short: NO_ROW.into(), words: NO_ROW.into(), figure: None };
    let (Some(column), Some(row)) = (column, row) else { return none() };
    let (Some(about), Some(cell)) = (dataset.columns.get(column), row.cells.get(column)) else {
        return none();
    };
    let figure = |text: &str| Some(figure(dataset, column, row, text.to_owned()));
    match &cell.value {
        DataValue::Number(number) => {
            let short = about.in_table(*number);
            let words = about.style.as_ref().map_or_else(|| short.clone(), |s| s.words(*number));
            Point { value: Some(*number), figure: figure(&short), short, words }
        }
        DataValue::Absent(why) => {
            let words = why.words().to_owned();
            Point { value: None, figure: figure(&words), short: words.clone(), words }
        }
        DataValue::Text(words) => {
            Point { value: None, figure: figure(words), short: words.clone(), words: words.clone() }
        }
    }
}
