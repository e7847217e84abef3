//! A document as sections of paragraphs and tables, and the figures that they show.

use std::collections::BTreeMap;

use crate::diff::{FigureChange, words};
use crate::document::{
    Block, BlockKind, Cell, Drawn, Figure, Row, TYPED, Table, figures, line, words_of,
};
use crate::source::Sources;

/// A heading and what stands under it, down to the next heading.
#[derive(Debug, Default)]
pub struct Section {
    /// The heading's anchor.
    pub anchor: String,
    /// The heading's words.
    pub title: String,
    /// What stands under it.
    pub items: Vec<Item>,
    /// The figures that it shows, each with what it is told by.
    pub figures: Vec<(String, Shown)>,
}

/// What a figure shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What it is, for people.
    pub name: String,
    /// Its words, with its period.
    pub words: String,
}

/// A paragraph or a table.
#[derive(Debug)]
pub enum Item {
    /// Words: a paragraph, an item of a list, the words of a picture.
    Words(String),
    /// A table.
    Table(Grid),
}

/// A table as its words.
#[derive(Debug)]
pub struct Grid {
    /// Its caption, or its summary.
    pub title: String,
    /// The heads of its columns.
    pub heads: Vec<String>,
    /// Its other rows.
    pub rows: Vec<Vec<String>>,
}

impl Item {
    /// Words that are the same for items that say the same.
    pub fn key(&self) -> String {
        match self {
            Item::Words(words) => words.clone(),
            Item::Table(grid) => {
                let rows = grid.rows.iter().map(|row| row.join("\u{1f}"));
                format!(
                    "\u{1e}{}\u{1e}{}\u{1e}{}",
                    grid.title,
                    grid.heads.join("\u{1f}"),
                    rows.collect::<Vec<_>>().join("\u{1e}")
                )
            }
        }
    }

    /// How like two items are, from 0 to 1; those of different kinds are not.
    pub fn likeness(&self, other: &Item) -> f64 {
        match (self, other) {
            (Item::Words(one), Item::Words(other)) => words::likeness(one, other),
            (Item::Table(one), Item::Table(other)) if one.title == other.title => 1.0,
            (Item::Table(one), Item::Table(other)) if one.heads == other.heads => 0.9,
            (Item::Table(one), Item::Table(other)) => {
                0.1 + words::likeness(&one.title, &other.title) / 2.0
            }
            _ => 0.0,
        }
    }
}

/// The sections of a document. What stands before the first heading is one without a name.
pub fn sections(blocks: &[Block], sources: &Sources) -> Vec<Section> {
    let mut out = vec![Section::default()];
    collect(blocks, sources, &mut out);
    out.retain(|section| !section.anchor.is_empty() || !section.items.is_empty());
    out
}

fn collect(blocks: &[Block], sources: &Sources, out: &mut Vec<Section>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Section(section) => collect(&section.blocks, sources, out),
            BlockKind::Opener(opener) => collect(&opener.blocks, sources, out),
            BlockKind::Callout(callout) => {
                if let Some(title) = &callout.title {
                    say(line(title), out);
                }
                collect(&callout.blocks, sources, out);
            }
            BlockKind::Quote(quote) => collect(&quote.blocks, sources, out),
            BlockKind::PictureRow(row) => collect(&row.blocks, sources, out),
            BlockKind::List(list) => {
                list.items.iter().for_each(|item| collect(item, sources, out));
            }
            BlockKind::Heading(heading) => {
                out.push(Section {
                    anchor: heading.anchor.clone(),
                    title: line(&heading.content),
                    ..Section::default()
                });
            }
            // They say again what stands elsewhere.
            BlockKind::Contents(_) | BlockKind::PageBreak => {}
            BlockKind::Table(table) => {
                if let Some(last) = out.last_mut() {
                    last.items.push(Item::Table(grid(table)));
                }
            }
            BlockKind::Cover(_)
            | BlockKind::Paragraph(_)
            | BlockKind::Drawing(_)
            | BlockKind::Image(_)
            | BlockKind::KeyFigures(_)
            | BlockKind::Tiles(_)
            | BlockKind::Steps(_) => {
                words_of(block, Drawn::Labels).into_iter().for_each(|words| say(words, out));
            }
        }
        let holds_others = matches!(
            block.kind,
            BlockKind::Section(_)
                | BlockKind::Opener(_)
                | BlockKind::Callout(_)
                | BlockKind::Quote(_)
                | BlockKind::PictureRow(_)
                | BlockKind::List(_)
                | BlockKind::Table(_)
        );
        if !holds_others && let Some(last) = out.last_mut() {
            let shown = figures(block).into_iter().filter(|figure| figure.path != TYPED);
            last.figures.extend(shown.map(|figure| told(figure, sources)));
        }
    }
}

fn say(words: String, out: &mut [Section]) {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(last) = out.last_mut().filter(|_| !words.is_empty()) {
        last.items.push(Item::Words(words));
    }
}

/// What a figure is told by: the author's expression, which stays when its period moves.
fn told(figure: &Figure, sources: &Sources) -> (String, Shown) {
    let asked = figure.trace.used.map(|span| sources.text(span).trim().to_owned());
    let key = asked.filter(|asked| !asked.is_empty()).unwrap_or_else(|| figure.path.clone());
    let name = figure.trace.name.clone().unwrap_or_else(|| figure.path.clone());
    let words = match &figure.at {
        Some(at) if *at != figure.text => format!("{} ({at})", figure.text),
        _ => figure.text.clone(),
    };
    (key, Shown { name, words })
}

/// The figures that show something else, each once.
pub fn figure_changes(old: &[(String, Shown)], new: &[(String, Shown)]) -> Vec<FigureChange> {
    fn by_key(figures: &[(String, Shown)]) -> BTreeMap<&str, Vec<&Shown>> {
        let mut by_key: BTreeMap<&str, Vec<&Shown>> = BTreeMap::new();
        for (key, shown) in figures {
            let known = by_key.entry(key).or_default();
            if !known.contains(&shown) {
                known.push(shown);
            }
        }
        by_key
    }
    let (before, mut after) = (by_key(old), by_key(new));
    let mut changes = Vec::new();
    for (key, was) in before {
        let is = after.remove(key).unwrap_or_default();
        // One expression of a loop shows many figures: those that both show are left out.
        let gone: Vec<&Shown> = was.iter().copied().filter(|shown| !is.contains(shown)).collect();
        let come: Vec<&Shown> = is.iter().copied().filter(|shown| !was.contains(shown)).collect();
        for place in 0..gone.len().max(come.len()) {
            let (from, to) = (gone.get(place), come.get(place));
            let name = to.or(from).map_or_else(String::new, |shown| shown.name.clone());
            let words =
                |shown: Option<&&Shown>| shown.map_or_else(String::new, |s| s.words.clone());
            changes.push(FigureChange { name, from: words(from), to: words(to) });
        }
    }
    for shown in after.into_values().flatten() {
        let (name, to) = (shown.name.clone(), shown.words.clone());
        changes.push(FigureChange { name, from: String::new(), to });
    }
    changes
}

fn grid(table: &Table) -> Grid {
    let title = table.caption.as_ref().map_or_else(|| table.summary.clone(), |words| line(words));
    let width = table.columns.len();
    let (heads, rows) = (spread(&table.head, width), spread(&table.body, width));
    let heads = (0..width).map(|column| {
        let mut said: Vec<&str> = Vec::new();
        for row in &heads {
            let words = row.get(column).map_or("", String::as_str);
            if !words.is_empty() && !said.contains(&words) {
                said.push(words);
            }
        }
        said.join(": ")
    });
    Grid { title, heads: heads.collect(), rows }
}

/// Rows with a cell for every column: what spans several stands in the first.
fn spread(rows: &[Row], width: usize) -> Vec<Vec<String>> {
    let mut covered = vec![0_usize; width];
    let mut out = Vec::new();
    for row in rows {
        let mut cells = row.cells.iter();
        let mut words = vec![String::new(); width];
        let mut column = 0;
        while column < width {
            if let Some(left) = covered.get_mut(column).filter(|left| **left > 0) {
                *left -= 1;
                column += 1;
                continue;
            }
            let Some(cell) = cells.next() else { break };
            if let Some(place) = words.get_mut(column) {
                *place = cell_words(cell);
            }
            for over in covered.iter_mut().skip(column).take(cell.colspan) {
                *over = cell.rowspan.saturating_sub(1);
            }
            column += cell.colspan.max(1);
        }
        out.push(words);
    }
    out
}

fn cell_words(cell: &Cell) -> String {
    let status = cell.status.iter().map(crate::document::Status::words);
    let blocks = cell.blocks.iter().flat_map(|block| words_of(block, Drawn::Labels));
    let said = status.chain(blocks).collect::<Vec<_>>().join(" ");
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}
