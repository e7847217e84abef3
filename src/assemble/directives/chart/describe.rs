//! A chart in words, for people who hear it: what it shows, how far it reaches, highest and lowest,
//! the change over time, and how it stands to what it is compared with. Made of the same points as
//! the drawing and the table.

use crate::assemble::filters::and_list;
use crate::document::ChartForm;
use crate::plan::{Style, figure};

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

/// "Overall absence rate by academic year, 2013/14 to 2021/22, for Riverside and England."
fn what(grid: &Grid<'_>) -> String {
    let names =
        |items: &[Item]| and_list(&items.iter().map(|i| i.name.clone()).collect::<Vec<_>>());
    let mut words = grid.measure.clone();
    let x = &grid.x;
    if x.key.is_some() {
        words = format!("{words} by {}", lower_first(&x.name));
    }
    match x.items.as_slice() {
        [first, .., last] if grid.is_time => {
            words = format!("{words}, {} to {}", first.name, last.name);
        }
        [one] => words = format!("{words}, {}", one.name),
        _ => {}
    }
    let parts = [grid.series.as_ref(), grid.panels.as_ref()];
    for dimension in parts.into_iter().flatten() {
        words = format!("{words}, for {}", names(&dimension.items));
    }
    sentence(&words)
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

/// How what the chart is about stands to what it is compared with, at the last label that both have.
fn against(grid: &Grid<'_>, panel: usize) -> Vec<String> {
    let Some(series) = &grid.series else { return Vec::new() };
    let place = |comparator: bool| {
        (0..series.items.len())
            .filter(move |s| series.items.get(*s).is_some_and(|i| i.comparator == comparator))
    };
    let mut said = Vec::new();
    let [Some(own), None] = [place(false).next(), place(false).nth(1)] else { return said };
    for other in place(true) {
        let both = (0..grid.x.items.len()).rev().find_map(|x| {
            let (a, b) = (grid.point(panel, x, own), grid.point(panel, x, other));
            Some((x, (a, a.value?), (b, b.value?)))
        });
        let Some((x, a, b)) = both.filter(|_| grid.is_time) else { continue };
        let name = |at: usize| series.items.get(at).map_or("", |item| item.name.as_str());
        let label = grid.x.items.get(x).map_or("", |item| item.name.as_str());
        let stands = match difference(&grid.style, a, b) {
            None => "the same as".to_owned(),
            Some(far) if a.1 > b.1 => format!("{far} above"),
            Some(far) => format!("{far} below"),
        };
        said.push(format!("In {label}, {} is {stands} {}.", name(own), name(other)));
    }
    said
}

/// How far two figures are apart as they are written: none when that is nothing.
fn difference(style: &Style, a: (&Point, f64), b: (&Point, f64)) -> Option<String> {
    let places = |value: f64| match style.decimals {
        Some(places) => places,
        None => {
            let words = figure::number(value, None);
            let places = words.split_once('.').map_or(0, |(_, fraction)| fraction.len());
            u8::try_from(places.min(6)).unwrap_or(6)
        }
    };
    style.difference(b.1 - a.1, places(a.1).max(places(b.1)))
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

/// The first letter small, unless the word is an acronym.
fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => words.to_owned(),
    }
}
