//! `chart`, `chart-tables` and `gap`: drawings of a dataset's figures, and the tables behind them.
//!
//! `request` reads what is asked for and lays the figures out as a `grid`. Of that grid are made
//! the drawing (`draw`), the alternative text (`describe`) and the table (`table`).

mod describe;
mod draw;
mod grid;
mod request;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use crate::assemble::Assembler;
use crate::diag::{Finding, rules};
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::Dataset;
use crate::source::Span;

pub(super) use describe::upper_first;
use grid::Grid;

/// What is known of the charts of a document while it is assembled.
#[derive(Debug, Default)]
pub struct Charts {
    /// How many there are so far.
    count: usize,
    /// Tables that wait for the next `chart-tables`.
    waiting: Vec<Waiting>,
    /// Charts whose figures another table is to show, checked when all tables are known.
    claims: Vec<Claim>,
    /// What tables with an id show, by that id.
    tables: BTreeMap<String, TableShown>,
}

#[derive(Debug)]
struct Waiting {
    table: Table,
    source: String,
    chart: String,
    span: Span,
}

#[derive(Debug)]
struct Claim {
    table: String,
    dataset: String,
    paths: BTreeSet<String>,
    span: Span,
}

/// The figures that a table with an id shows.
#[derive(Debug, Default)]
pub struct TableShown {
    /// Of which dataset.
    pub dataset: String,
    /// Each by its path.
    pub paths: BTreeSet<String>,
}

/// Where the figures of a chart stand.
enum Stands {
    Below,
    Annex,
    Table(String),
}

impl<'a> Assembler<'a> {
    pub(super) fn chart(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let Some((kind, grid)) = self.chart_request(directive) else { return Vec::new() };
        let Some(drawing) = self.chart_drawing(directive, kind, &grid) else { return Vec::new() };
        let title = self.attribute_inlines(directive, "title").unwrap_or_default();
        let words = line(&title);
        if words.trim().is_empty() {
            self.malformed(
                directive.name.span,
                "a chart needs a title that says what it shows",
                "title=\"More pupils are on SEN support\"",
            );
            return Vec::new();
        }
        let Some(stands) = self.chart_stands(directive) else { return Vec::new() };
        let alt = self.attribute_words(directive, "alt").filter(|alt| !alt.trim().is_empty());
        let alt = alt.unwrap_or_else(|| describe::described(&words, kind, &grid));
        let caption = self.attribute_inlines(directive, "caption");
        let id = self.attribute_words(directive, "id").filter(|id| !id.trim().is_empty());
        self.charts.count += 1;
        // A full stop keeps these names apart from those made of headings' words.
        let anchor = id.unwrap_or_else(|| format!("chart.{}", self.charts.count));
        let source = grid.dataset.source_line();
        // What else is to be known of the figures stands with the figures.
        let mut note = vec![Inline::text(grid.dataset.source_words())];
        let figures = format!("{anchor}.table");
        let leads_to = match &stands {
            Stands::Below => None,
            Stands::Annex => Some(figures.clone()),
            Stands::Table(id) => Some(id.clone()),
        };
        if let Some(to) = leads_to {
            let content = vec![Inline::text("Figures as a table")];
            note.push(Inline::text(" "));
            note.push(Inline::Link { to: Target::Anchor(to), content });
            note.push(Inline::text("."));
        }
        let drawing = Drawing {
            drawing,
            alt,
            title: Some(title.clone()),
            caption,
            anchor: Some(anchor.clone()),
            figures: grid.points().iter().filter_map(|point| point.figure.clone()).collect(),
        };
        let doubt = match &stands {
            // That table says it itself.
            Stands::Table(_) => None,
            Stands::Below | Stands::Annex => {
                self.figures_note(directive, grid.dataset, &drawing.figures, span)
            }
        };
        let source_note = Paragraph { role: ParagraphRole::Note, content: note };
        let mut blocks = vec![
            Block::at(BlockKind::Drawing(drawing), span),
            Block::at(BlockKind::Paragraph(source_note), span),
        ];
        blocks.extend(doubt);
        match stands {
            Stands::Below => {
                let table = table::table(title, None, &grid);
                blocks.push(Block::at(BlockKind::Table(table), span));
                if let Some(note) = &grid.dataset.note {
                    let content = vec![Inline::text(note.value.clone())];
                    let note = Paragraph { role: ParagraphRole::Note, content };
                    blocks.push(Block::at(BlockKind::Paragraph(note), span));
                }
            }
            Stands::Annex => {
                let table = table::table(title, Some(figures), &grid);
                self.charts.waiting.push(Waiting { table, source, chart: anchor, span });
            }
            Stands::Table(table) => {
                let dataset = grid.dataset.name.clone();
                let paths = paths(&grid);
                let span = directive.name.span;
                self.charts.claims.push(Claim { table, dataset, paths, span });
            }
        }
        blocks
    }

    /// The tables of the charts so far, each with a link back to its chart.
    pub(super) fn chart_tables(&mut self, directive: &Directive) -> Vec<Block> {
        let waiting = std::mem::take(&mut self.charts.waiting);
        if waiting.is_empty() {
            self.no_rows(directive, "charts");
        }
        let mut blocks = Vec::new();
        for Waiting { table, source, chart, span } in waiting {
            let back = Inline::Link {
                to: Target::Anchor(chart),
                content: vec![Inline::text("Back to the chart")],
            };
            let content = vec![Inline::text(format!("{source} ")), back, Inline::text(".")];
            let note = Paragraph { role: ParagraphRole::Note, content };
            blocks.push(Block::at(BlockKind::Table(table), span));
            blocks.push(Block::at(BlockKind::Paragraph(note), span));
        }
        blocks
    }

    /// A line where a chart would be, and a finding that it is missing.
    pub(super) fn gap(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let chart = self.attribute_inlines(directive, "chart").unwrap_or_default();
        let why = self.attribute_inlines(directive, "why").unwrap_or_default();
        if line(&chart).trim().is_empty() || line(&why).trim().is_empty() {
            let example =
                "::: gap chart=\"Plans by year\" why=\"The source shows a picture only.\"";
            self.malformed(directive.name.span, "a gap says what is missing and why", example);
            return Vec::new();
        }
        self.findings.push(
            Finding::new(&rules::CHART_GAP, format!("no chart of \"{}\"", line(&chart)))
                .at(directive.name.span)
                .note(line(&why)),
        );
        let mut content = vec![Inline::strong("Chart not shown: ")];
        content.extend(chart);
        content.push(Inline::text(". "));
        content.extend(why);
        let note = Paragraph { role: ParagraphRole::Note, content };
        vec![Block::at(BlockKind::Paragraph(note), span)]
    }

    /// Keeps in mind which figures the table with this id shows.
    pub(super) fn table_shown(&mut self, id: String, shown: TableShown) {
        self.charts.tables.insert(id, shown);
    }

    /// Reports charts whose figures stand in no table.
    pub(in crate::assemble) fn charts_have_tables(&mut self) {
        let charts = std::mem::take(&mut self.charts);
        for waiting in charts.waiting {
            self.findings.push(
                Finding::new(&rules::CHART_NO_TABLE, "the figures of this chart stand in no table")
                    .at(waiting.span)
                    .help("put ::: chart-tables after the last chart, or say table=\"below\""),
            );
        }
        for claim in charts.claims {
            let shown = charts.tables.get(&claim.table);
            let missing = match shown.filter(|shown| shown.dataset == claim.dataset) {
                None => claim.paths.first(),
                Some(shown) => claim.paths.iter().find(|path| !shown.paths.contains(*path)),
            };
            let Some(path) = missing else { continue };
            let message = format!("the table #{} does not show {path}", claim.table);
            self.findings.push(
                Finding::new(&rules::CHART_NO_TABLE, message)
                    .at(claim.span)
                    .help("leave table= out to have one made, or show these figures there"),
            );
        }
    }

    /// The dataset that a directive's head names.
    pub(super) fn named_dataset(&mut self, directive: &Directive) -> Option<&'a Dataset> {
        let project = self.project;
        let name = directive.head.as_ref()?;
        match project.datasets.get(name.as_str()) {
            Some(dataset) => Some(dataset),
            None => {
                let message = format!("there is no dataset \"{}\"", **name);
                let known: Vec<&str> = project.datasets.keys().map(String::as_str).collect();
                self.unknown_word(message, name, &known, name.span);
                None
            }
        }
    }

    fn chart_stands(&mut self, directive: &Directive) -> Option<Stands> {
        let Some(attribute) = directive.attribute("table") else { return Some(Stands::Annex) };
        let span = attribute.value.span;
        let word = self.attribute_words(directive, "table")?;
        match word.trim() {
            "below" => Some(Stands::Below),
            "annex" => Some(Stands::Annex),
            id if id.len() > 1 && id.starts_with('#') => {
                Some(Stands::Table(id.trim_start_matches('#').to_owned()))
            }
            other => {
                let message = format!("a chart's table cannot stand at \"{other}\"");
                self.unknown_word(message, other, &["below", "annex", "#id"], span);
                None
            }
        }
    }
}

/// The figures of a chart by their paths.
fn paths(grid: &Grid<'_>) -> BTreeSet<String> {
    let figures = grid.points().iter().filter_map(|point| point.figure.as_ref());
    figures.map(|figure| figure.path.clone()).collect()
}
