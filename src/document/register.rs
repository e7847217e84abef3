//! The figures of a document, in reading order: what each is, where it came from, where it is used.
//!
//! A figure in prose is an entry of its own; the same expression that a loop prints more than
//! once with the same value is one. The figures of a table or a drawing are one entry together.

use std::collections::HashMap;

use crate::document::{Block, BlockKind, Figure, Heading, Inline, line};
use crate::source::Span;

/// How a figure is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// An expression in prose.
    Bound,
    /// Typed by hand, with a source.
    Typed,
    /// The figures of a table.
    Table,
    /// The figures of a chart.
    Chart,
}

impl Usage {
    /// The word that is printed.
    pub fn word(self) -> &'static str {
        match self {
            Usage::Bound => "bound",
            Usage::Typed => "typed",
            Usage::Table => "table",
            Usage::Chart => "chart",
        }
    }
}

/// The path of a figure that was typed by hand and has a source.
pub const TYPED: &str = "typed";

/// One entry of the register.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'d> {
    /// How it is used.
    pub usage: Usage,
    /// What it is, in words: the expression when nothing else is known.
    pub name: String,
    /// What is printed; of a table, how many figures it shows.
    pub value: String,
    /// The expression; of a table, what its figures' paths begin with.
    pub path: String,
    /// Unit, as the data states it; none when there are several.
    pub unit: Option<String>,
    /// The day or period it holds for; none when there are several.
    pub at: Option<String>,
    /// Its source; none when there are several.
    pub source: Option<String>,
    /// The cells and records it came from.
    pub cells: Vec<Span>,
    /// The author's own line.
    pub used: Option<Span>,
    /// The nearest heading above it.
    pub heading: Option<&'d Heading>,
    /// The first heading of level 1 above it.
    pub part: Option<&'d Heading>,
    /// How often it stands there.
    pub times: usize,
}

impl Entry<'_> {
    /// Whether it can be followed to a dataset, a measure or a stated source.
    pub fn is_sourced(&self) -> bool {
        self.source.is_some() || self.unit.is_some()
    }
}

/// `cell` so that no spreadsheet works it out, which it would if it began like a formula.
pub fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '@']) { format!("'{cell}") } else { cell }
}

/// Every figure of `blocks`, in reading order.
pub fn register(blocks: &[Block]) -> Vec<Entry<'_>> {
    let mut reader =
        Reader { entries: Vec::new(), known: HashMap::new(), heading: None, part: None };
    reader.blocks(blocks, None);
    reader.entries
}

struct Reader<'d> {
    entries: Vec<Entry<'d>>,
    /// Entries of prose by expression and value.
    known: HashMap<(Option<Span>, &'d str), usize>,
    heading: Option<&'d Heading>,
    part: Option<&'d Heading>,
}

impl<'d> Reader<'d> {
    fn blocks(&mut self, blocks: &'d [Block], outer: Option<Span>) {
        for block in blocks {
            let span = block.span.or(outer);
            match &block.kind {
                BlockKind::Heading(heading) => {
                    if heading.level == 1 {
                        self.part = Some(heading);
                    }
                    self.heading = Some(heading);
                    self.words(&heading.content, span);
                }
                BlockKind::Paragraph(paragraph) => self.words(&paragraph.content, span),
                BlockKind::List(list) => {
                    list.items.iter().for_each(|item| self.blocks(item, span));
                }
                BlockKind::Table(table) => {
                    self.caption(table.caption.as_deref(), span);
                    let mut figures = Vec::new();
                    let rows = table.head.iter().chain(&table.body);
                    for cell in rows.flat_map(|row| &row.cells) {
                        collect(&cell.blocks, &mut figures);
                    }
                    let name = table.caption.as_deref().map(line);
                    let name = name.unwrap_or_else(|| table.summary.clone());
                    self.together(Usage::Table, name, &figures, span);
                }
                BlockKind::Drawing(drawing) => {
                    self.caption(drawing.title.as_deref(), span);
                    self.caption(drawing.caption.as_deref(), span);
                    let figures: Vec<&Figure> = drawing.figures.iter().collect();
                    let name = drawing.title.as_deref().map_or_else(|| drawing.alt.clone(), line);
                    self.together(Usage::Chart, name, &figures, span);
                }
                BlockKind::Image(image) => self.caption(image.caption.as_deref(), span),
                BlockKind::PictureRow(row) => {
                    self.blocks(&row.blocks, span);
                    self.caption(row.image.caption.as_deref(), span);
                }
                BlockKind::Callout(callout) => {
                    self.caption(callout.title.as_deref(), span);
                    self.blocks(&callout.blocks, span);
                }
                BlockKind::KeyFigures(figures) => {
                    for item in &figures.items {
                        self.words(&item.value, span);
                        self.words(&item.label, span);
                        self.caption(item.note.as_deref(), span);
                    }
                }
                BlockKind::Tiles(tiles) => {
                    for tile in &tiles.tiles {
                        self.words(&tile.name, span);
                        self.words(&tile.value, span);
                        self.caption(tile.change.as_deref(), span);
                        self.caption(tile.target.as_deref(), span);
                    }
                }
                BlockKind::Quote(quote) => self.blocks(&quote.blocks, span),
                BlockKind::Steps(steps) => {
                    for item in steps.steps.iter().flat_map(|step| &step.items) {
                        self.words(item, span);
                    }
                }
                BlockKind::Section(section) => self.blocks(&section.blocks, span),
                BlockKind::Opener(opener) => {
                    self.caption(opener.label.as_deref(), span);
                    self.blocks(&opener.blocks, span);
                }
                BlockKind::Cover(_) | BlockKind::Contents(_) | BlockKind::PageBreak => {}
            }
        }
    }

    fn caption(&mut self, content: Option<&'d [Inline]>, span: Option<Span>) {
        self.words(content.unwrap_or_default(), span);
    }

    fn words(&mut self, content: &'d [Inline], span: Option<Span>) {
        let mut figures = Vec::new();
        inlines(content, &mut figures);
        for figure in figures {
            let used = figure.trace.used.or(span);
            if let Some(entry) = self
                .known
                .get(&(used, figure.text.as_str()))
                .and_then(|&place| self.entries.get_mut(place))
            {
                entry.times += 1;
                continue;
            }
            self.known.insert((used, &figure.text), self.entries.len());
            let usage = if figure.path == TYPED { Usage::Typed } else { Usage::Bound };
            self.entries.push(Entry {
                usage,
                name: figure.trace.name.clone().unwrap_or_else(|| match usage {
                    Usage::Typed => figure.text.clone(),
                    _ => figure.path.clone(),
                }),
                value: figure.text.clone(),
                path: figure.path.clone(),
                unit: figure.unit.clone(),
                at: figure.at.clone(),
                source: figure.source.clone(),
                cells: figure.trace.cells.clone(),
                used,
                heading: self.heading,
                part: self.part,
                times: 1,
            });
        }
    }

    /// One entry for all the figures of a table or a chart.
    fn together(&mut self, usage: Usage, name: String, figures: &[&'d Figure], span: Option<Span>) {
        let Some(first) = figures.first() else { return };
        let count = figures.len();
        let mut cells: Vec<Span> =
            figures.iter().flat_map(|figure| figure.trace.cells.iter().copied()).collect();
        cells.sort();
        cells.dedup();
        self.entries.push(Entry {
            usage,
            name,
            value: format!("{count} figure{}", if count == 1 { "" } else { "s" }),
            path: common(figures, first),
            unit: shared(figures, |figure| figure.unit.as_deref()),
            at: shared(figures, |figure| figure.at.as_deref()),
            source: shared(figures, |figure| figure.source.as_deref()),
            cells,
            used: span,
            heading: self.heading,
            part: self.part,
            times: 1,
        });
    }
}

/// What all figures say alike.
fn shared<'d>(
    figures: &[&'d Figure],
    of: impl Fn(&'d Figure) -> Option<&'d str>,
) -> Option<String> {
    let mut all = figures.iter().map(|figure| of(figure));
    let first = all.next()??;
    all.all(|other| other == Some(first)).then(|| first.to_owned())
}

/// What the paths of all figures begin with, up to the end of a step.
fn common(figures: &[&Figure], first: &Figure) -> String {
    let path = first.path.as_str();
    let alike = |other: &&Figure| {
        let pairs = path.char_indices().zip(other.path.chars());
        pairs.take_while(|((_, a), b)| a == b).last().map_or(0, |((at, a), _)| at + a.len_utf8())
    };
    let length = figures.iter().map(alike).min().unwrap_or(0);
    let prefix = path.get(..length).unwrap_or("");
    if length == path.len() {
        return prefix.to_owned();
    }
    prefix.rfind(['.', '[']).and_then(|end| prefix.get(..end)).unwrap_or("").to_owned()
}

/// The figures inside a table's cells.
fn collect<'d>(blocks: &'d [Block], out: &mut Vec<&'d Figure>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => inlines(&paragraph.content, out),
            BlockKind::List(list) => list.items.iter().for_each(|item| collect(item, out)),
            _ => {}
        }
    }
}

/// The figures among `content`, in reading order; those of a footnote where it is referred to.
pub fn inlines<'d>(content: &'d [Inline], out: &mut Vec<&'d Figure>) {
    for inline in content {
        match inline {
            Inline::Figure(figure) => out.push(figure),
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Held { content, .. }
            | Inline::Link { content, .. }
            | Inline::Footnote { content } => inlines(content, out),
            Inline::Text { .. } | Inline::Status(_) | Inline::Break => {}
        }
    }
}
