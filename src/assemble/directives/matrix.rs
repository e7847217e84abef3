//! `matrix`: a list set out by two of its fields, one across and one down, counted or listed in the
//! cells, which a scheme's ratings may colour: risks by likelihood and impact, actions by partner.

use minijinja::value::{Value, ValueKind};

use crate::assemble::Assembler;
use crate::assemble::blocks::column_share;
use crate::assemble::directives::structure::is_name;
use crate::assemble::lists::rank;
use crate::assemble::ratings::shown;
use crate::assemble::value::RatingValue;
use crate::diag::{Finding, nearest, rules};
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::{Plan, Scheme};
use crate::source::Span;

/// Most columns, and most rows.
const MOST: usize = 40;

/// The values of one side, in order.
#[derive(Default)]
struct Axis {
    values: Vec<(String, Value)>,
    /// Whether the author says which there are.
    given: bool,
}

/// An item and the columns or rows it belongs to.
struct Placed {
    item: Value,
    across: Vec<usize>,
    down: Vec<usize>,
}

impl<'a> Assembler<'a> {
    pub(super) fn matrix(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let (Some(list), Some(name)) =
            (self.attribute_value(directive, "in"), self.attribute_words(directive, "as"))
        else {
            return Vec::new();
        };
        let place = |name: &str| {
            directive.attribute(name).map_or(directive.name.span, |given| given.value.span)
        };
        if !is_name(&name) {
            self.malformed(place("as"), &format!("`{name}` cannot be a name"), "as=risk");
            return Vec::new();
        }
        let Some(items) = list.try_iter().ok().filter(|_| list.as_str().is_none()) else {
            self.findings
                .push(Finding::new(&rules::EXPRESSION_FAILED, "`in` is no list").at(place("in")));
            return Vec::new();
        };
        let show = self.choice(directive, "show", &["count", "list"]);
        let faults = self.findings.len();
        let (mut across, mut down) =
            (self.given(directive, "columns"), self.given(directive, "rows"));
        let mut placed = Vec::new();
        for item in items {
            if !self.goes_on(span) {
                break;
            }
            self.locals.push((name.clone(), item.clone()));
            let columns = self.places(directive, "across", &item, &mut across);
            let rows = self.places(directive, "down", &item, &mut down);
            self.locals.pop();
            placed.push(Placed { item, across: columns, down: rows });
            // A misspelt name is the same fault for every item.
            if self.findings.len() > faults + 20 {
                break;
            }
        }
        if self.findings.len() > faults {
            return Vec::new();
        }
        let (columns, rows) = (across.in_order(), down.in_order());
        if columns.is_empty() || rows.is_empty() {
            self.no_rows(directive, "items");
            return Vec::new();
        }
        if columns.len() > MOST || rows.len() > MOST {
            let message = format!(
                "a matrix has at most {MOST} columns and rows; this would have {} by {}",
                columns.len(),
                rows.len()
            );
            self.malformed(directive.name.span, &message, "columns=[1, 2, 3, 4, 5]");
            return Vec::new();
        }
        let scheme = self.scheme_of(directive);
        let mut body = Vec::new();
        for &row in &rows {
            let Some((words, down_value)) = down.values.get(row) else { continue };
            let mut cells = vec![Cell::text(words.clone()).row_head()];
            for &column in &columns {
                let Some((_, across_value)) = across.values.get(column) else { continue };
                let here = |p: &&Placed| p.across.contains(&column) && p.down.contains(&row);
                let items: Vec<Value> =
                    placed.iter().filter(here).map(|placed| placed.item.clone()).collect();
                self.locals.push(("across".to_owned(), across_value.clone()));
                self.locals.push(("down".to_owned(), down_value.clone()));
                self.locals.push(("count".to_owned(), Value::from(items.len())));
                self.locals.push(("items".to_owned(), Value::from(items.clone())));
                let status = self.cell_rating(directive, scheme);
                let locals = self.locals.len() - 4;
                self.locals.truncate(locals);
                let cell = self.matrix_cell(directive, &name, &show, items);
                cells.push(Cell { status, ..cell });
            }
            body.push(Row::body(cells));
        }
        let heads = columns.iter().filter_map(|column| across.values.get(*column));
        let corner = self.attribute_words(directive, "corner").unwrap_or_default();
        let labels: Vec<String> =
            std::iter::once(corner).chain(heads.map(|(words, _)| words.clone())).collect();
        // The cells of a matrix are of one width.
        let shares: Vec<f64> = (0..labels.len()).map(|i| column_share(&labels, &body, i)).collect();
        let widest = shares.iter().skip(1).copied().fold(1.0, f64::max);
        let columns = (0..labels.len())
            .map(|i| Column {
                share: if i == 0 { shares.first().copied().unwrap_or(widest) } else { widest },
                align: if i > 0 && show == "count" { Align::Centre } else { Align::Start },
            })
            .collect();
        let summary = self.summary(directive, || {
            let what = if show == "count" { "how many there are" } else { "which there are" };
            format!("Each cell says {what} for its row and column.")
        });
        let table = Table {
            role: "matrix".into(),
            columns,
            head: vec![super::head_row(&labels)],
            body,
            caption: self.attribute_inlines(directive, "caption"),
            summary,
            anchor: None,
        };
        vec![Block::at(BlockKind::Table(table), span)]
    }

    /// The columns or rows that the author names.
    fn given(&mut self, directive: &Directive, name: &str) -> Axis {
        let Some(given) = directive.attribute(name) else { return Axis::default() };
        let span = given.value.span;
        let Some(value) = self.attribute_value(directive, name) else { return Axis::default() };
        let mut axis = Axis { values: Vec::new(), given: true };
        match value.try_iter().ok().filter(|_| value.as_str().is_none()) {
            Some(values) => axis.values.extend(values.map(|value| (words_of(&value), value))),
            None => {
                let message = format!("`{name}` is no list");
                self.malformed(span, &message, &format!("{name}=[1,2,3,4,5]"));
            }
        }
        axis
    }

    /// Where an item belongs on one side; a list puts it in several places.
    fn places(
        &mut self,
        directive: &Directive,
        side: &str,
        item: &Value,
        axis: &mut Axis,
    ) -> Vec<usize> {
        let Some(value) = self.attribute_value(directive, side) else { return Vec::new() };
        let span = directive.attribute(side).map_or(directive.name.span, |side| side.value.span);
        let values: Vec<Value> = match value.kind() {
            ValueKind::Seq => value.try_iter().into_iter().flatten().collect(),
            _ => vec![value],
        };
        let mut places = Vec::new();
        for value in values {
            if value.is_none() {
                let message =
                    format!("\"{item}\" has no place in this matrix: `{side}` says nothing");
                let help = "leave those out: in=plan.risks|selectattr(\"impact\")";
                self.findings
                    .push(Finding::new(&rules::FIGURE_ABSENT, message).at(span).help(help));
                continue;
            }
            let words = words_of(&value);
            match axis.values.iter().position(|(known, _)| *known == words) {
                Some(place) => places.push(place),
                None if axis.given => {
                    let message =
                        format!("\"{item}\" has no place in this matrix: there is no \"{words}\"");
                    let finding = Finding::new(&rules::DIRECTIVE_MALFORMED, message).at(span);
                    let known = axis.values.iter().map(|(known, _)| known.as_str());
                    let known: Vec<&str> = known.collect();
                    self.findings.push(finding.help(format!("there are: {}", known.join(", "))));
                }
                None => {
                    places.push(axis.values.len());
                    axis.values.push((words, value));
                }
            }
        }
        places
    }

    /// The scheme that colours cells.
    fn scheme_of(&mut self, directive: &Directive) -> Option<&'a Scheme> {
        let id = self.attribute_words(directive, "scheme")?;
        let span =
            directive.attribute("scheme").map_or(directive.name.span, |scheme| scheme.value.span);
        let plan: &'a Plan = &self.project.plan;
        let found = plan.scheme(&id);
        if found.is_none() {
            let message = format!("there is no scheme \"{id}\"");
            let finding = Finding::new(&rules::REFERENCE_UNKNOWN, message).at(span);
            let near = nearest(&id, plan.schemes.iter().map(|scheme| scheme.id.as_str()));
            self.findings.push(match near {
                Some(near) => finding.help(format!("did you mean \"{near}\"?")),
                None => finding,
            });
        }
        found
    }

    /// What colours a cell: a rating, or the id of one of the scheme's.
    fn cell_rating(&mut self, directive: &Directive, scheme: Option<&Scheme>) -> Option<Status> {
        let span = directive.attribute("rating")?.value.span;
        let value = self.attribute_value(directive, "rating")?;
        if let Some(rating) = value.downcast_object_ref::<RatingValue>() {
            return Some(rating.0.clone());
        }
        if value.is_none() {
            return None;
        }
        let id = value.to_string();
        let rating = scheme.and_then(|scheme| scheme.rating(&id));
        if rating.is_none() {
            let message = match scheme {
                Some(scheme) => format!("the scheme \"{}\" has no rating \"{id}\"", *scheme.id),
                None => format!("\"{id}\" is a rating of no scheme here"),
            };
            let finding = Finding::new(&rules::RAG_UNKNOWN_RATING, message).at(span);
            let finding = finding.help("name the scheme: scheme=\"risk-levels\"");
            // The same fault in every cell is told once.
            if !self.findings.contains(&finding) {
                self.findings.push(finding);
            }
        }
        rating.map(shown)
    }

    fn matrix_cell(
        &mut self,
        directive: &Directive,
        name: &str,
        show: &str,
        items: Vec<Value>,
    ) -> Cell {
        if items.is_empty() {
            let words = self.attribute_words(directive, "empty");
            let words = words.filter(|words| !words.trim().is_empty());
            let usual = if show == "count" { "0" } else { "None" };
            return Cell { quiet: true, ..Cell::text(words.unwrap_or_else(|| usual.to_owned())) };
        }
        if show == "count" {
            return Cell::text(items.len().to_string());
        }
        let mut lines = Vec::new();
        for item in items {
            self.locals.push((name.to_owned(), item.clone()));
            let content = self.attribute_inlines(directive, "item");
            self.locals.pop();
            let content = content.unwrap_or_else(|| vec![Inline::text(item.to_string())]);
            lines.push(Block::new(BlockKind::Paragraph(Paragraph::body(content))));
        }
        if lines.len() > 1 {
            let items = lines.into_iter().map(|line| vec![line]).collect();
            lines = vec![Block::new(BlockKind::List(List { start: None, items }))];
        }
        Cell { blocks: lines, ..Cell::text("") }
    }
}

impl Axis {
    /// Places in the order to show them: as given; else numbers and dates by size, words as they come.
    fn in_order(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.values.len()).collect();
        let ranks: Option<Vec<f64>> =
            self.values.iter().map(|(_, value)| number_of(value)).collect();
        if let Some(ranks) = ranks.filter(|_| !self.given) {
            let rank = |place: usize| ranks.get(place).copied().unwrap_or_default();
            places.sort_by(|a, b| rank(*a).total_cmp(&rank(*b)));
        }
        places
    }
}

fn number_of(value: &Value) -> Option<f64> {
    rank(value).or_else(|| {
        (value.kind() == ValueKind::Number).then(|| f64::try_from(value.clone()).ok()).flatten()
    })
}

/// A value as the head of its column or row.
fn words_of(value: &Value) -> String {
    match number_of(value).filter(|_| value.kind() == ValueKind::Number) {
        Some(number) => crate::plan::figure::number(number, None),
        None => value.to_string(),
    }
}
