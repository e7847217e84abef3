//! The words of a Document as passages, section by section: what is running text, and what only a label.

use std::ops::Range;

use crate::document::{Block, BlockKind, Document, Inline, ParagraphRole, Table, line, lines};
use crate::source::Span;

/// The deepest level of heading that opens a part.
const DEEPEST: u8 = 2;

/// What stands under one heading, down to the next heading of level 1 or 2.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The level of its heading; 0 for what stands before the first.
    pub level: u8,
    /// The heading, with its number.
    pub title: String,
    /// The heading's anchor.
    pub anchor: String,
    /// Where the heading was written.
    pub span: Option<Span>,
    /// Its words, the heading first.
    pub passages: Vec<Passage>,
}

/// One run of words: a paragraph, a list item, a cell, a caption.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Its visible words.
    pub text: String,
    /// Whether it is running text, which formulas count, or a label.
    pub prose: bool,
    /// The author's lines behind it: its own, or those of the block it stands in.
    pub span: Option<Span>,
    /// The bytes set in italics.
    pub italics: Vec<Range<usize>>,
    /// The bytes set in bold: hard words that the text explains.
    pub bold: Vec<Range<usize>>,
}

/// The parts of `document` in reading order.
pub fn parts(document: &Document) -> Vec<Part> {
    let mut reader = Reader { parts: Vec::new(), span: None, in_cell: false };
    reader.blocks(&document.blocks);
    reader.parts
}

struct Reader {
    parts: Vec<Part>,
    /// The innermost author's lines so far.
    span: Option<Span>,
    /// Whether a table's cell is being read: its words are labels unless they make a sentence.
    in_cell: bool,
}

impl Reader {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            let outer = self.span;
            self.span = block.span.or(outer);
            self.block(block);
            self.span = outer;
        }
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Heading(heading) => {
                let words = line(&heading.content);
                if heading.level <= DEEPEST {
                    let number = heading.number.as_ref().map(|number| format!("{number} "));
                    self.parts.push(Part {
                        level: heading.level,
                        title: number.unwrap_or_default() + &words,
                        anchor: heading.anchor.clone(),
                        span: self.span,
                        passages: Vec::new(),
                    });
                }
                self.label(&heading.content);
            }
            BlockKind::Opener(opener) => {
                // The heading first: its label belongs to the part that it opens.
                self.blocks(&opener.blocks);
                self.labels(opener.label.as_deref());
            }
            BlockKind::Paragraph(paragraph) => {
                // Notes are sources and remarks in small print, seldom sentences.
                let prose = paragraph.role != ParagraphRole::Note;
                self.passage(&paragraph.content, prose);
            }
            BlockKind::List(list) => list.items.iter().for_each(|item| self.blocks(item)),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Drawing(_) | BlockKind::Tiles(_) => {
                lines(&block.kind).into_iter().for_each(|content| self.label(content));
            }
            BlockKind::Image(image) => self.labels(image.caption.as_deref()),
            BlockKind::PictureRow(row) => {
                self.blocks(&row.blocks);
                self.labels(row.image.caption.as_deref());
            }
            BlockKind::Callout(callout) => {
                self.labels(callout.title.as_deref());
                self.blocks(&callout.blocks);
            }
            BlockKind::KeyFigures(figures) => {
                for item in &figures.items {
                    self.label(&item.value);
                    self.label(&item.label);
                    self.labels(item.note.as_deref());
                }
            }
            BlockKind::Quote(quote) => self.blocks(&quote.blocks),
            BlockKind::Steps(steps) => {
                for step in &steps.steps {
                    self.label(&[Inline::text(step.title.clone())]);
                    step.items.iter().for_each(|item| self.label(item));
                }
            }
            BlockKind::Section(section) => self.blocks(&section.blocks),
            // The cover is the title's, and contents repeat the headings.
            BlockKind::Cover(_) | BlockKind::Contents(_) | BlockKind::PageBreak => {}
        }
    }

    fn table(&mut self, table: &Table) {
        self.labels(table.caption.as_deref());
        let outer = std::mem::replace(&mut self.in_cell, true);
        for cell in table.head.iter().chain(&table.body).flat_map(|row| &row.cells) {
            self.blocks(&cell.blocks);
        }
        self.in_cell = outer;
    }

    fn labels(&mut self, content: Option<&[Inline]>) {
        content.into_iter().for_each(|content| self.label(content));
    }

    fn label(&mut self, content: &[Inline]) {
        self.passage(content, false);
    }

    fn passage(&mut self, content: &[Inline], prose: bool) {
        let mut passage = Passage {
            text: String::new(),
            prose,
            span: self.span,
            italics: Vec::new(),
            bold: Vec::new(),
        };
        let mut notes = Vec::new();
        passage.add(content, &mut notes);
        let ends = passage.text.trim_end().ends_with(['.', '!', '?', '”', '’']);
        passage.prose &= !self.in_cell || ends;
        if !passage.text.trim().is_empty() {
            self.part().passages.push(passage);
        }
        for note in notes {
            self.passage(note, prose);
        }
    }

    fn part(&mut self) -> &mut Part {
        if self.parts.is_empty() {
            self.parts.push(Part {
                level: 0,
                title: String::new(),
                anchor: String::new(),
                span: None,
                passages: Vec::new(),
            });
        }
        let last = self.parts.len() - 1;
        &mut self.parts[last]
    }
}

impl Passage {
    /// Adds the words of `content`; notes are put by, for they are passages of their own.
    fn add<'d>(&mut self, content: &'d [Inline], notes: &mut Vec<&'d [Inline]>) {
        for inline in content {
            let start = self.text.len();
            match inline {
                Inline::Text { text } => self.text.push_str(text),
                Inline::Figure(figure) => self.text.push_str(&figure.text),
                Inline::Status(_) => self.text.push_str(&line(std::slice::from_ref(inline))),
                Inline::Break => self.text.push(' '),
                Inline::Held { content, .. } | Inline::Link { content, .. } => {
                    self.add(content, notes);
                }
                Inline::Emphasis { content } => {
                    self.add(content, notes);
                    self.italics.push(start..self.text.len());
                }
                Inline::Strong { content } => {
                    self.add(content, notes);
                    self.bold.push(start..self.text.len());
                }
                Inline::Footnote { content } => notes.push(content),
            }
        }
    }
}
