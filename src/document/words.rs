//! A document's visible words in reading order: what every writer must show, no more and no less.

use super::*;

/// Whether the labels inside drawings count as words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// They do: the writer draws them as text.
    Labels,
    /// They do not: the writer shows a picture, and its alt text says them.
    Omitted,
}

/// The visible words of `document`, one string a paragraph or cell, in reading order.
///
/// Contents lists are left out but for their title: their entries repeat the headings,
/// and their page numbers belong to the writer.
pub fn words(document: &Document, drawn: Drawn) -> Vec<String> {
    let mut collector = Collector { out: Vec::new(), drawn };
    collector.blocks(&document.blocks);
    collector.out
}

/// The visible words of one block, likewise.
pub fn words_of(block: &Block, drawn: Drawn) -> Vec<String> {
    let mut collector = Collector { out: Vec::new(), drawn };
    collector.block(block);
    collector.out
}

struct Collector {
    out: Vec<String>,
    drawn: Drawn,
}

impl Collector {
    fn push(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.out.push(text);
        }
    }

    fn inlines(&mut self, content: &[Inline]) {
        let mut line = String::new();
        let mut notes = Vec::new();
        flatten(content, &mut line, &mut notes);
        self.push(line);
        for note in notes {
            self.inlines(&note);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Cover(cover) => {
                self.push(&cover.area);
                self.push(cover.label.as_deref().unwrap_or_default());
                self.push(&cover.title);
                if let Some(subtitle) = &cover.subtitle {
                    self.push(subtitle);
                }
                for line in cover.lines.iter().chain(&cover.partners) {
                    self.push(line);
                }
            }
            BlockKind::Opener(opener) => {
                if let Some(label) = &opener.label {
                    self.inlines(label);
                }
                self.blocks(&opener.blocks);
            }
            BlockKind::Heading(heading) => {
                if let Some(number) = &heading.number {
                    self.push(number);
                }
                self.inlines(&heading.content);
            }
            BlockKind::Paragraph(paragraph) => self.inlines(&paragraph.content),
            BlockKind::List(list) => {
                for item in &list.items {
                    self.blocks(item);
                }
            }
            BlockKind::Table(table) => {
                if let Some(caption) = &table.caption {
                    self.inlines(caption);
                }
                for cell in table.head.iter().chain(&table.body).flat_map(|row| &row.cells) {
                    if let Some(status) = &cell.status {
                        self.push(status.words());
                    }
                    self.blocks(&cell.blocks);
                }
            }
            BlockKind::Drawing(drawing) => {
                if let Some(title) = &drawing.title {
                    self.inlines(title);
                }
                if self.drawn == Drawn::Labels {
                    for label in drawing.drawing.labels() {
                        self.push(label);
                    }
                }
                if let Some(caption) = &drawing.caption {
                    self.inlines(caption);
                }
            }
            BlockKind::Image(image) => {
                if let Some(caption) = &image.caption {
                    self.inlines(caption);
                }
            }
            BlockKind::PictureRow(row) => {
                self.blocks(&row.blocks);
                if let Some(caption) = &row.image.caption {
                    self.inlines(caption);
                }
            }
            BlockKind::Callout(callout) => {
                if let Some(title) = &callout.title {
                    self.inlines(title);
                }
                self.blocks(&callout.blocks);
            }
            BlockKind::KeyFigures(figures) => {
                for item in &figures.items {
                    self.inlines(&item.value);
                    self.inlines(&item.label);
                    if let Some(note) = &item.note {
                        self.inlines(note);
                    }
                }
            }
            BlockKind::Tiles(tiles) => {
                for tile in &tiles.tiles {
                    self.inlines(&tile.name);
                    self.inlines(&tile.value);
                    if let Some(at) = &tile.at {
                        self.push(at);
                    }
                    if let Some(status) = &tile.status {
                        self.push(status.words());
                    }
                    for line in tile.change.iter().chain(&tile.target) {
                        self.inlines(line);
                    }
                }
            }
            BlockKind::Quote(quote) => {
                self.blocks(&quote.blocks);
                if let Some(by) = &quote.by {
                    self.push(by);
                }
            }
            BlockKind::Steps(steps) => {
                for step in &steps.steps {
                    self.push(&step.title);
                    self.push(&step.period);
                    if let Some(mark) = &step.mark {
                        self.push(mark);
                    }
                    for item in &step.items {
                        self.inlines(item);
                    }
                }
            }
            BlockKind::Contents(contents) => self.push(&contents.title),
            BlockKind::Section(section) => self.blocks(&section.blocks),
            BlockKind::PageBreak => {}
        }
    }
}

/// Appends the visible words of `content` to `line`; footnotes are put by for later.
fn flatten(content: &[Inline], line: &mut String, notes: &mut Vec<Vec<Inline>>) {
    for inline in content {
        match inline {
            Inline::Text { text } => line.push_str(text),
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Held { content, .. }
            | Inline::Link { content, .. } => flatten(content, line, notes),
            Inline::Figure(figure) => line.push_str(&figure.text),
            Inline::Status(status) => line.push_str(&status.words()),
            Inline::Footnote { content } => notes.push(content.clone()),
            Inline::Break => line.push(' '),
        }
    }
}

impl DrawingKind {
    /// The words drawn inside it, in reading order.
    pub fn labels(&self) -> Vec<String> {
        match self {
            DrawingKind::Organisation(organisation) => {
                let mut labels = Vec::new();
                for tier in &organisation.tiers {
                    labels.extend(tier.band.clone());
                    for body in &tier.bodies {
                        labels.push(body.name.clone());
                        labels.extend(body.detail.clone());
                    }
                }
                labels.extend(organisation.key.iter().map(|key| key.words.clone()));
                labels
            }
            DrawingKind::Chart(chart) => chart.labels(),
            DrawingKind::Donut(_) | DrawingKind::Timeline(_) | DrawingKind::Sparkline(_) => {
                self.clone().labels_mut().into_iter().map(|label| label.clone()).collect()
            }
        }
    }
}

impl DrawingKind {
    /// The same words, to be set typographically.
    pub fn labels_mut(&mut self) -> Vec<&mut String> {
        match self {
            DrawingKind::Organisation(organisation) => {
                let mut labels = Vec::new();
                for tier in &mut organisation.tiers {
                    labels.extend(tier.band.as_mut());
                    for body in &mut tier.bodies {
                        labels.push(&mut body.name);
                        labels.extend(body.detail.as_mut());
                    }
                }
                labels.extend(organisation.key.iter_mut().map(|key| &mut key.words));
                labels
            }
            DrawingKind::Chart(chart) => chart.labels_mut(),
            DrawingKind::Donut(donut) => donut.labels_mut(),
            DrawingKind::Timeline(timeline) => timeline.labels_mut(),
            DrawingKind::Sparkline(_) => Vec::new(),
        }
    }
}

/// The visible words of `content` as one line, without footnotes.
pub fn line(content: &[Inline]) -> String {
    let mut text = String::new();
    flatten(content, &mut text, &mut Vec::new());
    text
}
