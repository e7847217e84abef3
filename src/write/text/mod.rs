//! A Document as readable text: for `annexe text`, for goldens, for counting words.
//!
//! Shows every block kind so that a person can tell them apart, and nothing that a
//! reader of the PDF would not meet: what a picture shows stands in brackets.

use std::fmt::Write;

use crate::document::*;

/// Columns of running text.
const WIDTH: usize = 100;

/// The document as text.
pub fn text(document: &Document) -> String {
    let mut writer = Writer { out: String::new(), indent: String::new() };
    writer.blocks(&document.blocks);
    while writer.out.ends_with("\n\n") {
        writer.out.pop();
    }
    writer.out
}

struct Writer {
    out: String,
    indent: String,
}

impl Writer {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn line(&mut self, text: &str) {
        if text.is_empty() {
            let indent = self.indent.trim_end().to_string();
            self.out.push_str(&indent);
        } else {
            self.out.push_str(&self.indent);
            self.out.push_str(text);
        }
        self.out.push('\n');
    }

    /// Text broken into lines between words.
    fn wrapped(&mut self, text: &str) {
        let width = WIDTH.saturating_sub(self.indent.chars().count()).max(20);
        let mut line = String::new();
        for word in text.split_whitespace() {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                self.line(&line);
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        if !line.is_empty() {
            self.line(&line);
        }
    }

    fn paragraph(&mut self, text: &str) {
        self.wrapped(text);
        self.line("");
    }

    /// Runs `inner` with every line set in by `by`.
    fn indented(&mut self, by: &str, inner: impl FnOnce(&mut Self)) {
        let outer = self.indent.len();
        self.indent.push_str(by);
        inner(self);
        self.indent.truncate(outer);
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Cover(cover) => {
                self.line(&cover.area);
                if let Some(label) = &cover.label {
                    self.line(label);
                }
                self.line(&cover.title);
                if let Some(subtitle) = &cover.subtitle {
                    self.line(subtitle);
                }
                for line in cover.lines.iter().chain(&cover.partners) {
                    self.line(line);
                }
                self.line("");
            }
            BlockKind::Opener(opener) => {
                if let Some(label) = &opener.label {
                    self.paragraph(&inlines(label));
                }
                self.blocks(&opener.blocks);
            }
            BlockKind::Heading(heading) => {
                let number = heading.number.as_ref().map_or_else(String::new, |n| format!("{n} "));
                let marks = "#".repeat(usize::from(heading.level));
                self.line(&format!("{marks} {number}{}", inlines(&heading.content)));
                self.line("");
            }
            BlockKind::Paragraph(paragraph) => self.paragraph(&inlines(&paragraph.content)),
            BlockKind::List(list) => self.list(list),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Drawing(drawing) => {
                self.caption(drawing.title.as_deref());
                self.paragraph(&format!("[Drawing: {}]", drawing.alt));
                self.caption(drawing.caption.as_deref());
            }
            BlockKind::Image(image) => self.image(image),
            BlockKind::PictureRow(row) => {
                self.image(&row.image);
                self.blocks(&row.blocks);
            }
            BlockKind::Callout(callout) => self.indented("| ", |w| {
                if let Some(title) = &callout.title {
                    w.paragraph(&inlines(title));
                }
                w.blocks(&callout.blocks);
            }),
            BlockKind::KeyFigures(figures) => {
                for item in &figures.items {
                    let note = item.note.as_ref().map(|n| format!(" ({})", inlines(n)));
                    let note = note.unwrap_or_default();
                    self.wrapped(&format!(
                        "{}: {}{note}",
                        inlines(&item.value),
                        inlines(&item.label)
                    ));
                }
                self.line("");
            }
            BlockKind::Tiles(tiles) => {
                for tile in &tiles.tiles {
                    self.tile(tile);
                }
            }
            BlockKind::Quote(quote) => self.indented("> ", |w| {
                w.blocks(&quote.blocks);
                if let Some(by) = &quote.by {
                    w.paragraph(by);
                }
            }),
            BlockKind::Steps(steps) => {
                for step in &steps.steps {
                    let mark = step.mark.as_ref().map(|m| format!(" [{m}]")).unwrap_or_default();
                    self.line(&format!("{}, {}{mark}", step.title, step.period));
                    for item in &step.items {
                        self.line(&format!("- {}", inlines(item)));
                    }
                    self.line("");
                }
            }
            BlockKind::Contents(contents) => {
                self.paragraph(&format!("[{}, to level {}]", contents.title, contents.depth));
            }
            BlockKind::Section(section) => {
                let orientation = match section.orientation {
                    Orientation::Portrait => "portrait",
                    Orientation::Landscape => "landscape",
                };
                self.paragraph(&format!("[{orientation}]"));
                self.blocks(&section.blocks);
                self.paragraph(&format!("[end of {orientation}]"));
            }
            BlockKind::PageBreak => self.paragraph("[new page]"),
        }
    }

    fn list(&mut self, list: &List) {
        for (n, item) in list.items.iter().enumerate() {
            let mark = match list.start {
                Some(start) => format!("{}. ", start as usize + n),
                None => "- ".to_string(),
            };
            let at = self.out.len() + self.indent.len();
            self.indented(&" ".repeat(mark.len()), |w| w.blocks(item));
            // The mark takes the place of the first line's indent.
            if self.out.len() >= at + mark.len() {
                self.out.replace_range(at..at + mark.len(), &mark);
            }
            while self.out.ends_with("\n\n") {
                self.out.pop();
            }
        }
        self.line("");
    }

    fn tile(&mut self, tile: &Tile) {
        self.line(&inlines(&tile.name));
        let at = tile.at.as_ref().map(|at| format!(", {at}")).unwrap_or_default();
        let status = tile.status.as_ref().map(|s| format!(" [{}]", s.words()));
        self.line(&format!("{}{at}{}", inlines(&tile.value), status.unwrap_or_default()));
        for line in tile.change.iter().chain(&tile.target) {
            self.line(&inlines(line));
        }
        self.line("");
    }

    fn image(&mut self, image: &Image) {
        match &image.alt {
            Some(alt) => self.paragraph(&format!("[Picture: {alt}]")),
            None => self.paragraph("[Decoration]"),
        }
        self.caption(image.caption.as_deref());
    }

    fn caption(&mut self, caption: Option<&[Inline]>) {
        if let Some(caption) = caption {
            self.paragraph(&inlines(caption));
        }
    }

    fn table(&mut self, table: &Table) {
        self.caption(table.caption.as_deref());
        for row in table.head.iter().chain(&table.body) {
            let mark = match row.role {
                RowRole::Head => "=",
                RowRole::Body => "|",
                RowRole::Lead => "+",
                RowRole::Detail => "-",
                RowRole::Band => "#",
                RowRole::Total => "∑",
            };
            let cells: Vec<String> = row.cells.iter().map(cell).collect();
            self.line(&format!("{mark} {}", cells.join(" | ")));
        }
        self.line("");
    }
}

/// A cell on one line; spans are shown where they are not 1.
fn cell(cell: &Cell) -> String {
    let mut parts = Vec::new();
    if let Some(status) = &cell.status {
        parts.push(format!("[{}]", status.words()));
    }
    let mut inner = Writer { out: String::new(), indent: String::new() };
    inner.blocks(&cell.blocks);
    parts.extend(inner.out.split_whitespace().map(str::to_string));
    let mut text = parts.join(" ");
    if cell.rowspan > 1 {
        let _ = write!(text, " ({} rows)", cell.rowspan);
    }
    if cell.colspan > 1 {
        let _ = write!(text, " ({} columns)", cell.colspan);
    }
    text
}

/// Words on one line, with what is special about them marked as an author would mark it.
fn inlines(content: &[Inline]) -> String {
    let mut out = String::new();
    for inline in content {
        match inline {
            Inline::Text { text } => out.push_str(text),
            Inline::Emphasis { content } => {
                let _ = write!(out, "*{}*", inlines(content));
            }
            Inline::Strong { content } => {
                let _ = write!(out, "**{}**", inlines(content));
            }
            Inline::Held { content, .. } => out.push_str(&inlines(content)),
            Inline::Link { to, content } => {
                let to = match to {
                    Target::Anchor(anchor) => format!("#{anchor}"),
                    Target::Address(address) => address.clone(),
                };
                let _ = write!(out, "{} <{to}>", inlines(content));
            }
            Inline::Figure(figure) => out.push_str(&figure.text),
            Inline::Status(status) => {
                let _ = write!(out, "[{}]", status.words());
            }
            Inline::Footnote { content } => {
                let _ = write!(out, " [Note: {}]", inlines(content));
            }
            Inline::Break => out.push(' '),
        }
    }
    out
}
