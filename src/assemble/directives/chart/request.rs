//! Reads what a `chart` asks for: which figures, what stands along the axis, what is compared.

use std::collections::BTreeSet;

use crate::assemble::Assembler;
use crate::assemble::filters::and_list;
use crate::diag::{Finding, rules};
use crate::document::ChartForm;
use crate::narrative::tree::Directive;
use crate::plan::{DataRow, Dataset, Style, Unit};

use super::grid::{Dimension, Grid, Item, Layout};

/// The word by which attributes name the columns of numbers as what varies.
const COLUMNS: &str = "columns";

/// What a chart is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Bars, columns or lines.
    Plot(ChartForm),
    /// Parts of a whole.
    Donut,
}

impl Kind {
    /// Every kind with the word that asks for it.
    pub const WORDS: &'static [(&'static str, Kind)] = &[
        ("bars", Kind::Plot(ChartForm::Bars)),
        ("columns", Kind::Plot(ChartForm::Columns)),
        ("stacked-bars", Kind::Plot(ChartForm::StackedBars)),
        ("stacked-columns", Kind::Plot(ChartForm::StackedColumns)),
        ("lines", Kind::Plot(ChartForm::Lines)),
        ("donut", Kind::Donut),
    ];
}

/// Times from which on a chart of times is one of lines.
const ENOUGH_FOR_A_LINE: usize = 3;

impl<'a> Assembler<'a> {
    /// The figures that a chart is to show and how; `None`, with findings, when they make none.
    pub(super) fn chart_request(&mut self, directive: &Directive) -> Option<(Kind, Grid<'a>)> {
        let dataset = self.named_dataset(directive)?;
        let (columns, rows) =
            (self.shown_columns(directive, dataset), self.shown_rows(directive, dataset));
        let (columns, rows) = (columns?, rows?);
        if rows.is_empty() {
            self.no_rows(directive, "rows");
            return None;
        }
        let columns = self.number_columns(directive, dataset, columns)?;
        let style = self.one_unit(directive, dataset, &columns)?;
        let kind = self.chart_kind(directive)?;
        let places = Places { dataset, rows: &rows, columns: &columns };
        let x = self.dimension(directive, "x", &places)?;
        let series = self.dimension(directive, "series", &places)?;
        let panels = self.dimension(directive, "panels", &places)?;
        let mut left = places.varying();
        let given: Vec<Option<usize>> = [&x, &series, &panels]
            .into_iter()
            .filter_map(|dimension| dimension.as_ref().map(|dimension| dimension.key))
            .collect();
        if given.iter().collect::<BTreeSet<_>>().len() < given.len() {
            self.chart_shape(directive, "one thing stands in two places of this chart", "");
            return None;
        }
        left.retain(|one| !given.contains(one));
        let period = dataset.period_column();
        let x = match x {
            Some(x) => x,
            None => places.dimension(usual_x(kind, &mut left, period).or_else(|| {
                // Nothing varies: the last key column names the one figure there is.
                dataset.key.last().map(|column| Some(*column))
            })?)?,
        };
        let kind = kind.unwrap_or_else(|| {
            let is_time = x.key.is_some() && x.key == period;
            let long = is_time && x.items.len() >= ENOUGH_FOR_A_LINE;
            Kind::Plot(if long { ChartForm::Lines } else { ChartForm::Bars })
        });
        let series = match series {
            None if kind != Kind::Donut && !left.is_empty() => places.dimension(left.remove(0)),
            series => series,
        };
        if !left.is_empty() {
            let names: Vec<String> = left.iter().map(|one| places.name(*one)).collect();
            let message =
                format!("{} also differ from figure to figure", and_list(&names).to_lowercase());
            let help = "keep one with where=\"…\", or put it on x, series or panels";
            self.chart_shape(directive, &message, help);
            return None;
        }
        let measure = self.attribute_words(directive, "axis").filter(|words| !words.is_empty());
        let measure = measure.unwrap_or_else(|| places.measure());
        let (mut x, mut series) = (x, series);
        self.comparators(directive, &mut x, series.as_mut())?;
        let layout = Layout { dataset, rows, columns, panels, x, series, style, measure };
        let mut grid = Grid::new(layout);
        self.chart_order(directive, &mut grid)?;
        Some((kind, grid))
    }

    /// Reports figures that this chart cannot be made of.
    pub(in crate::assemble::directives) fn chart_shape(
        &mut self,
        directive: &Directive,
        message: &str,
        help: &str,
    ) {
        let finding = Finding::new(&rules::CHART_SHAPE, message).at(directive.name.span);
        self.findings.push(if help.is_empty() { finding } else { finding.help(help) });
    }

    /// The kind that is asked for; `Some(None)` when none is.
    #[expect(clippy::option_option, reason = "a wrong word and no word are not the same")]
    fn chart_kind(&mut self, directive: &Directive) -> Option<Option<Kind>> {
        let Some(attribute) = directive.attribute("kind") else { return Some(None) };
        let span = attribute.value.span;
        let word = self.attribute_words(directive, "kind")?;
        let found = Kind::WORDS.iter().find(|(known, _)| *known == word.trim());
        if found.is_none() {
            let known: Vec<&str> = Kind::WORDS.iter().map(|(word, _)| *word).collect();
            let message = format!("there is no kind of chart \"{word}\"");
            self.unknown_word(message, &word, &known, span);
            return None;
        }
        Some(found.map(|(_, kind)| *kind))
    }

    /// Those of `columns` that hold numbers: all that were named must.
    fn number_columns(
        &mut self,
        directive: &Directive,
        dataset: &Dataset,
        columns: Vec<usize>,
    ) -> Option<Vec<usize>> {
        let is_number = |column: &usize| {
            dataset.columns.get(*column).is_some_and(crate::plan::DataColumn::is_number)
        };
        let (numbers, words): (Vec<usize>, Vec<usize>) = columns.into_iter().partition(is_number);
        let named = directive.attribute("columns");
        if let (Some(named), Some(about)) =
            (named, words.first().and_then(|column| dataset.columns.get(*column)))
        {
            let message = format!("the column \"{}\" holds words, not numbers", *about.id);
            self.findings.push(Finding::new(&rules::CHART_SHAPE, message).at(named.value.span));
            return None;
        }
        if numbers.is_empty() {
            let message = format!("the dataset \"{}\" has no column of numbers", dataset.name);
            self.chart_shape(directive, &message, "");
            return None;
        }
        Some(numbers)
    }

    /// How the numbers are written; they must be of one unit to stand on one scale.
    fn one_unit(
        &mut self,
        directive: &Directive,
        dataset: &Dataset,
        columns: &[usize],
    ) -> Option<Style> {
        let styles: Vec<&Style> = columns
            .iter()
            .filter_map(|column| dataset.columns.get(*column)?.style.as_ref())
            .collect();
        let (first, rest) = styles.split_first()?;
        if rest.iter().any(|style| style.unit != first.unit) {
            let mut units: Vec<String> =
                styles.iter().map(|style| style.unit.word().to_owned()).collect();
            units.dedup();
            let message = format!("{} cannot stand on one scale", and_list(&units));
            self.chart_shape(directive, &message, "choose columns of one unit: columns=\"…\"");
            return None;
        }
        let same_of = rest.iter().all(|style| style.of == first.of);
        let decimals = styles.iter().map(|style| style.decimals).max().flatten();
        let better = first.better.filter(|_| rest.iter().all(|s| s.better == first.better));
        let of = first.of.clone().filter(|_| same_of);
        Some(Style { unit: first.unit, of, decimals, better })
    }

    /// What an attribute puts in its place; `Some(None)` when it is absent.
    #[expect(clippy::option_option, reason = "a wrong word and no word are not the same")]
    fn dimension(
        &mut self,
        directive: &Directive,
        name: &str,
        places: &Places<'_, '_>,
    ) -> Option<Option<Dimension>> {
        let Some(attribute) = directive.attribute(name) else { return Some(None) };
        let span = attribute.value.span;
        let word = self.attribute_words(directive, name)?;
        let word = word.trim();
        let dataset = places.dataset;
        let key = dataset.column(word).filter(|column| dataset.key.contains(column));
        if key.is_none() && word != COLUMNS {
            let keys = dataset.key.iter().filter_map(|column| dataset.columns.get(*column));
            let mut known: Vec<&str> = keys.map(|column| column.id.as_str()).collect();
            known.push(COLUMNS);
            let message =
                format!("\"{word}\" does not name the rows of the dataset \"{}\"", dataset.name);
            self.unknown_word(message, word, &known, span);
            return None;
        }
        Some(places.dimension(key))
    }

    /// Marks what stands for comparison, and puts it after what it is for.
    fn comparators(
        &mut self,
        directive: &Directive,
        x: &mut Dimension,
        mut series: Option<&mut Dimension>,
    ) -> Option<()> {
        let Some(attribute) = directive.attribute("comparator") else { return Some(()) };
        let span = attribute.value.span;
        let words = self.attribute_words(directive, "comparator")?;
        for word in words.split('|').map(str::trim).filter(|word| !word.is_empty()) {
            let of_series = series.iter_mut().flat_map(|series| &mut series.items);
            let mut items = of_series.chain(&mut x.items);
            match items.find(|item| item.id == word || item.name == word) {
                Some(item) => item.comparator = true,
                None => {
                    let of_series = series.iter().flat_map(|series| &series.items);
                    let known: Vec<&str> =
                        of_series.chain(&x.items).map(|item| item.id.as_str()).collect();
                    let message = format!("nothing in this chart is called \"{word}\"");
                    self.unknown_word(message, word, &known, span);
                    return None;
                }
            }
        }
        if let Some(series) = series {
            series.items.sort_by_key(|item| item.comparator);
        }
        Some(())
    }

    fn chart_order(&mut self, directive: &Directive, grid: &mut Grid<'_>) -> Option<()> {
        let Some(attribute) = directive.attribute("order") else { return Some(()) };
        let span = attribute.value.span;
        let word = self.attribute_words(directive, "order")?;
        if word.trim() != "value" {
            let message = format!("a chart cannot be ordered by \"{word}\"");
            self.unknown_word(message, &word, &["value"], span);
            return None;
        }
        grid.order_by_value();
        Some(())
    }
}

/// What can vary in a chart.
struct Places<'d, 'r> {
    dataset: &'d Dataset,
    rows: &'r [&'d DataRow],
    columns: &'r [usize],
}

impl Places<'_, '_> {
    /// The key columns whose words differ from row to row, and `None` for several columns of numbers.
    fn varying(&self) -> Vec<Option<usize>> {
        let differs = |column: &usize| self.words(*column).len() > 1;
        let keys = self.dataset.key.iter().copied().filter(differs).map(Some);
        keys.chain((self.columns.len() > 1).then_some(None)).collect()
    }

    /// The words of a key column, in the order of the file, or of time where they are times.
    fn words(&self, column: usize) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let words = self.rows.iter().map(|row| row.words(column));
        let mut words: Vec<String> = words.filter(|word| seen.insert(word.clone())).collect();
        let start = |word: &String| crate::plan::dataset::period_start(word);
        if self.dataset.period_column() == Some(column) && words.iter().all(|w| start(w).is_some())
        {
            words.sort_by_key(start);
        }
        words
    }

    fn name(&self, key: Option<usize>) -> String {
        let column = key.and_then(|column| self.dataset.columns.get(column));
        column.map_or_else(|| "Measure".to_owned(), |column| column.name.value.clone())
    }

    fn dimension(&self, key: Option<usize>) -> Option<Dimension> {
        let items = match key {
            Some(column) => {
                let item = |word: String| Item {
                    name: word.clone(),
                    id: word,
                    comparator: false,
                    column: None,
                };
                self.words(column).into_iter().map(item).collect()
            }
            None => {
                let item = |place: &usize| {
                    let column = self.dataset.columns.get(*place)?;
                    let (id, name) = (column.id.value.clone(), column.name.value.clone());
                    Some(Item { id, name, comparator: false, column: Some(*place) })
                };
                self.columns.iter().filter_map(item).collect()
            }
        };
        Some(Dimension { name: self.name(key), key, items })
    }

    /// What the numbers are, for over the plot: the one column's name, or the unit they share.
    fn measure(&self) -> String {
        let columns: Vec<&crate::plan::DataColumn> =
            self.columns.iter().filter_map(|column| self.dataset.columns.get(*column)).collect();
        match columns.as_slice() {
            [one] => one.heading(),
            [first, ..] => match first.style.as_ref() {
                Some(style) if style.unit == Unit::Percent => "Per cent".to_owned(),
                Some(style) => {
                    let unit = style.unit_words().unwrap_or_else(|| style.unit.word().to_owned());
                    super::upper_first(&unit)
                }
                None => String::new(),
            },
            [] => String::new(),
        }
    }
}

/// What stands along the axis when nobody says: time for what stands upright, else what varies
/// first and is no time. Taken out of `left`.
fn usual_x(
    kind: Option<Kind>,
    left: &mut Vec<Option<usize>>,
    period: Option<usize>,
) -> Option<Option<usize>> {
    let time = left.iter().position(|one| one.is_some() && *one == period);
    let other = left.iter().position(|one| one.is_some() && *one != period);
    let upright = match kind {
        None => true,
        Some(Kind::Plot(form)) => !form.is_level(),
        Some(Kind::Donut) => false,
    };
    let chosen = if upright { time.or(other) } else { other.or(time) };
    let chosen = chosen.or((!left.is_empty()).then_some(0))?;
    Some(left.remove(chosen))
}
