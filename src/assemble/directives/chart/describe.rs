//! A chart in words, for people who hear it: what it shows, how far it reaches, highest and lowest,
//! the change over time, and how it stands to what it is compared with. Made of the same points as
//! the drawing and the table.

use crate::assemble::filters::and_list;
use crate::document::ChartForm;
use crate::plan::{Style, Unit, figure};

use super::draw::gaps;
use super::grid::{Grid, Item, Point};
use super::request::Kind;

/// Labels up to which every figure is said.
const SAID: usize = 6;
/// Labels with the same value that are all named.
const TIES: usize = 3;

/// What the chart of `grid` shows.
pub fn described(title: &str, kind: Kind, grid: &Grid<'_>) -> String {
    let mut said = vec![format!("{}: {}", kind_words(kind, grid), sentence(title))];
    said.push(what(grid));
    for panel in 0..grid.panel_count() {
        for series in 0..grid.series_count() {
            said.extend(run(grid, panel, series));
        }
        said.extend(against(grid, panel));
    }
    for (why, names) in gaps(grid) {
        let names = match names.len() {
            count if count > 2 * SAID => format!("{count} places"),
            _ => and_list(&names),
        };
        said.push(format!("No figure for {names}: {why}."));
    }
    said.join(" ")
}

fn kind_words(kind: Kind, grid: &Grid<'_>) -> &'static str {
    match (kind, grid.panels.is_some()) {
        (Kind::Donut, _) => "Donut chart",
        (Kind::Plot(ChartForm::Bars), false) => "Bar chart",
        (Kind::Plot(ChartForm::Bars), true) => "Bar charts side by side",
        (Kind::Plot(ChartForm::Columns), false) => "Column chart",
        (Kind::Plot(ChartForm::Columns), true) => "Column charts side by side",
        (Kind::Plot(ChartForm::StackedBars), false) => "Chart of bars in parts",
        (Kind::Plot(ChartForm::StackedBars), true) => "Charts of bars in parts, side by side",
        (Kind::Plot(ChartForm::StackedColumns), false) => "Chart of columns in parts",
        (Kind::Plot(ChartForm::StackedColumns), true) => "Charts of columns in parts, side by side",
        (Kind::Plot(ChartForm::Lines), false) => "Line chart",
        (Kind::Plot(ChartForm::Lines), true) => "Line charts side by side",
    }
}

/// "Overall absence rate, for Riverside and England. Academic year: 2013/14 to 2021/22."
fn what(grid: &Grid<'_>) -> String {
    let names =
        |items: &[Item]| and_list(&items.iter().map(|i| i.name.clone()).collect::<Vec<_>>());
    let mut words = grid.measure.clone();
    for dimension in grid.series.iter().chain(&grid.panels) {
        words = format!("{words}, for {}", names(&dimension.items));
    }
    let mut said = vec![sentence(words.trim_start_matches(", "))];
    let x = &grid.x;
    match x.items.as_slice() {
        [first, .., last] if grid.is_time => {
            said.push(sentence(&format!("{}: {} to {}", x.name, first.name, last.name)));
        }
        items if items.len() > SAID => said.push(sentence(&format!("{}: {}", x.name, items.len()))),
        _ => {}
    }
    said.join(" ")
}

/// One series of one panel: each figure where they are few, else its ends, highest and lowest.
fn run(grid: &Grid<'_>, panel: usize, series: usize) -> Option<String> {
    let figures = grid.run(panel, series);
    let (first, last) = (figures.first()?, figures.last()?);
    let label = |x: usize| grid.x.items.get(x).map_or("", |item| item.name.as_str());
    let name = name_of(grid, panel, series);
    let lead = if name.is_empty() { String::new() } else { format!("{name}: ") };
    if figures.len() == 1 {
        return Some(sentence(&format!("{lead}{} {}", label(first.0), first.1.words)));
    }
    if !grid.is_time && figures.len() <= SAID {
        let each: Vec<String> =
            figures.iter().map(|(x, point, _)| format!("{} {}", label(*x), point.words)).collect();
        return Some(sentence(&format!("{lead}{}", and_list(&each))));
    }
    let mut said = Vec::new();
    if grid.is_time {
        let moved = match difference(&grid.style, (first.1, first.2), (last.1, last.2)) {
            None => "unchanged".to_owned(),
            Some(far) if last.2 > first.2 => format!("up {far}"),
            Some(far) => format!("down {far}"),
        };
        said.push(format!(
            "from {} in {} to {} in {}, {moved}",
            first.1.words,
            label(first.0),
            last.1.words,
            label(last.0)
        ));
    }
    let values = figures.iter().map(|one| one.2);
    let high = values.clone().fold(f64::NEG_INFINITY, f64::max);
    let low = values.fold(f64::INFINITY, f64::min);
    if high == low {
        said.push(format!("{} throughout", first.1.words));
    } else if figures.len() > 2 || !grid.is_time {
        for (word, extreme) in [("highest", high), ("lowest", low)] {
            let at: Vec<&(usize, &Point, f64)> =
                figures.iter().filter(|one| one.2 == extreme).collect();
            let Some(one) = at.first() else { continue };
            let places = match at.len() {
                count if count > TIES => format!("{count} of {}", figures.len()),
                _ => and_list(&at.iter().map(|one| label(one.0).to_owned()).collect::<Vec<_>>()),
            };
            said.push(format!("{word} {} in {places}", one.1.words));
        }
    }
    let text = said.join("; ");
    let text = if lead.is_empty() { upper_first(&text) } else { text };
    Some(sentence(&format!("{lead}{text}")))
}

/// How what the chart is about stands to what it is compared with: at the last time that both have, or
/// from bar to bar.
fn against(grid: &Grid<'_>, panel: usize) -> Vec<String> {
    let mut said = Vec::new();
    let mut compare = |lead: &str, one: (&str, &Point), other: (&str, &Point)| {
        let (Some(a), Some(b)) = (one.1.value, other.1.value) else { return };
        let stands = match difference(&grid.style, (one.1, a), (other.1, b)) {
            None => "the same as".to_owned(),
            Some(far) if a > b => format!("{far} above"),
            Some(far) => format!("{far} below"),
        };
        said.push(format!("{lead}{} is {stands} {}.", one.0, other.0));
    };
    match &grid.series {
        Some(series) if grid.is_time => {
            let Some((own, others)) = compared(&series.items) else { return said };
            for other in others {
                let both = (0..grid.x.items.len()).rev().find(|x| {
                    let has = |s: usize| grid.point(panel, *x, s).value.is_some();
                    has(own) && has(other)
                });
                let Some(x) = both else { continue };
                let place = |at: usize| (name_at(&series.items, at), grid.point(panel, x, at));
                compare(&format!("In {}, ", name_at(&grid.x.items, x)), place(own), place(other));
            }
        }
        None => {
            let Some((own, others)) = compared(&grid.x.items) else { return said };
            for other in others {
                let place = |at: usize| (name_at(&grid.x.items, at), grid.point(panel, at, 0));
                compare("", place(own), place(other));
            }
        }
        Some(_) => {}
    }
    said
}

/// The one item that is no comparator, and those that are; none when there are several of the first.
fn compared(items: &[Item]) -> Option<(usize, Vec<usize>)> {
    let (others, own): (Vec<usize>, Vec<usize>) =
        (0..items.len()).partition(|at| items.get(*at).is_some_and(|item| item.comparator));
    match own.as_slice() {
        [own] => Some((*own, others)),
        _ => None,
    }
}

fn name_at(items: &[Item], at: usize) -> &str {
    items.get(at).map_or("", |item| item.name.as_str())
}

/// How far two figures are apart as they are written: none when that is nothing. What is counted is said
/// by the measure, once.
fn difference(style: &Style, a: (&Point, f64), b: (&Point, f64)) -> Option<String> {
    let places = |value: f64| match style.decimals {
        Some(places) => places,
        None => {
            let words = figure::number(value, None);
            let places = words.split_once('.').map_or(0, |(_, fraction)| fraction.len());
            u8::try_from(places.min(6)).unwrap_or(6)
        }
    };
    let unit = if style.unit == Unit::Percent { Unit::Percent } else { Unit::Count };
    let bare = Style { unit, of: None, ..style.clone() };
    bare.difference(b.1 - a.1, places(a.1).max(places(b.1)))
}

fn name_of(grid: &Grid<'_>, panel: usize, series: usize) -> String {
    let of = |dimension: Option<&super::grid::Dimension>, index: usize| {
        Some(dimension?.items.get(index)?.name.clone())
    };
    let parts = [of(grid.panels.as_ref(), panel), of(grid.series.as_ref(), series)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Words with one full stop at their end.
fn sentence(words: &str) -> String {
    format!("{}.", words.trim().trim_end_matches('.'))
}

/// The first letter as a capital.
pub fn upper_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
