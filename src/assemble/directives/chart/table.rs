//! The table behind a chart: the same points, as rows and columns.

use crate::assemble::blocks::column_share;
use crate::assemble::filters::and_list;
use crate::document::*;

use super::describe::upper_first;
use super::grid::{Dimension, Grid, Point};

/// The figures of `grid` as a table called `title`, which links lead to by `anchor`.
pub fn table(title: Vec<Inline>, anchor: Option<String>, grid: &Grid<'_>) -> Table {
    // Panels without series are columns; with them, each panel's rows stand together.
    let (across, banded) = match (&grid.series, &grid.panels) {
        (Some(series), panels) => (Some(series), panels.as_ref()),
        (None, panels) => (panels.as_ref(), None),
    };
    let named: Vec<&Dimension> = banded.into_iter().chain(std::iter::once(&grid.x)).collect();
    let mut heads: Vec<String> = named.iter().map(|dimension| dimension.name.clone()).collect();
    match across {
        Some(across) => heads.extend(across.items.iter().map(|item| item.name.clone())),
        None if grid.measure.is_empty() => heads.push("Figure".to_owned()),
        None => heads.push(grid.measure.clone()),
    }
    let mut body = Vec::new();
    for band in 0..banded.map_or(1, |panels| panels.items.len()) {
        for (x, item) in grid.x.items.iter().enumerate() {
            let of_panel = banded.and_then(|panels| panels.items.get(band));
            let names = of_panel.into_iter().chain(std::iter::once(item));
            let mut cells: Vec<Cell> =
                names.map(|item| Cell::text(item.name.clone()).row_head()).collect();
            let figures = (0..heads.len().saturating_sub(named.len())).map(|column| {
                let place = if grid.series.is_some() { (band, column) } else { (column, 0) };
                cell(grid.point(place.0, x, place.1))
            });
            cells.extend(figures);
            body.push(Row::body(cells));
        }
    }
    let columns = (0..heads.len()).map(|index| Column {
        share: column_share(&heads, &body, index),
        align: if index < named.len() { Align::Start } else { Align::Number },
    });
    let columns = columns.collect();
    let (rows, figures) = heads.split_at(named.len().min(heads.len()));
    let summary = format!(
        "The figures of the chart \"{}\". Each row is named by {} and gives: {}.",
        line(&title),
        and_list(rows).to_lowercase(),
        and_list(figures)
    );
    Table {
        role: "plain".into(),
        columns,
        head: vec![crate::assemble::directives::head_row(&heads)],
        body,
        caption: Some(title),
        summary,
        anchor,
    }
}

fn cell(point: &Point) -> Cell {
    let shown = |text: String| match &point.figure {
        Some(figure) => {
            Cell::new(vec![Inline::Figure(Box::new(Figure { text, ..figure.clone() }))])
        }
        None => Cell::text(text),
    };
    match point.value {
        Some(_) => shown(point.short.clone()),
        None => Cell { quiet: true, ..shown(upper_first(&point.short)) },
    }
}
