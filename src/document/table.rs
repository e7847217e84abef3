//! Tables: columns, rows and cells, with what each is for.

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::document::{Block, BlockKind, Inline, Paragraph, Status, letters};
use crate::source::Span;

/// A table. Every row covers every column, counting spans.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Table {
    /// What kind of table it is, for the theme: `actions`, `scorecard`, `fields`, `plain` …
    pub role: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Header rows; they repeat on each page. Empty only for `fields` (row headers only).
    pub head: Vec<Row>,
    /// The rest.
    pub body: Vec<Row>,
    /// A visible caption.
    pub caption: Option<Vec<Inline>>,
    /// What the table holds and how it is laid out, for people who hear it.
    pub summary: String,
    /// Unique in the document, when something links to the table.
    pub anchor: Option<String>,
}

/// One column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Column {
    /// Its share of the table's width; shares need not add up to anything.
    pub share: f64,
    /// How its body cells align.
    pub align: Align,
}

/// How cells align.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// Text: left, at the top.
    Start,
    /// Figures: right, tabular digits.
    Number,
    /// Marks: centred.
    Centre,
}

/// One row of a table. Rows are never split across pages unless they are taller than one.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Row {
    /// How it stands among the others.
    pub role: RowRole,
    /// Its cells, without those covered from above or from the left.
    pub cells: Vec<Cell>,
    /// Stays on one page with the row after it.
    pub keep_with_next: bool,
}

impl Row {
    /// An ordinary row.
    pub fn body(cells: Vec<Cell>) -> Self {
        Row { role: RowRole::Body, cells, keep_with_next: false }
    }
}

/// How a row stands among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowRole {
    /// A header row.
    Head,
    /// An ordinary row.
    Body,
    /// A row that others belong under: an action above its milestones.
    Lead,
    /// A row under a lead row: a milestone.
    Detail,
    /// A full-width band that names what follows.
    Band,
    /// A total or a mean.
    Total,
}

/// One cell. Themes also receive `lengths`: of each of its blocks, how many bytes its words have, since
/// counting them over and over in script took a tenth of a layout.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What it shows. Never empty: a cell with nothing to show says why.
    pub blocks: Vec<Block>,
    /// Columns it covers, from 1.
    pub colspan: usize,
    /// Rows it covers, from 1.
    pub rowspan: usize,
    /// Whether it heads its column or its row.
    pub header: Option<Scope>,
    /// The status that colours the whole cell, when the cell is one (a RAG cell).
    pub status: Option<Status>,
    /// Its value is a state rather than data ("not applicable", "needs a baseline"): set quieter.
    pub quiet: bool,
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Cell { blocks, colspan, rowspan, header, status, quiet } = self;
        let lengths: Vec<usize> = blocks.iter().map(letters).collect();
        let mut cell = serializer.serialize_struct("Cell", 7)?;
        cell.serialize_field("blocks", blocks)?;
        cell.serialize_field("colspan", colspan)?;
        cell.serialize_field("rowspan", rowspan)?;
        cell.serialize_field("header", header)?;
        cell.serialize_field("status", status)?;
        cell.serialize_field("quiet", quiet)?;
        cell.serialize_field("lengths", &lengths)?;
        cell.end()
    }
}

impl Cell {
    /// A plain cell that shows `content` as one paragraph.
    pub fn new(content: Vec<Inline>) -> Self {
        let paragraph = Block::new(BlockKind::Paragraph(Paragraph::body(content)));
        Cell {
            blocks: vec![paragraph],
            colspan: 1,
            rowspan: 1,
            header: None,
            status: None,
            quiet: false,
        }
    }

    /// A plain cell of text.
    pub fn text(text: impl Into<String>) -> Self {
        Cell::new(vec![Inline::text(text)])
    }

    /// A cell that heads its column.
    pub fn column_head(text: impl Into<String>) -> Self {
        Cell { header: Some(Scope::Column), ..Cell::text(text) }
    }

    /// Says that its blocks were written at `span`.
    pub fn at(mut self, span: Span) -> Self {
        self.blocks.iter_mut().for_each(|block| block.span = Some(span));
        self
    }

    /// Makes it head its row.
    pub fn row_head(self) -> Self {
        Cell { header: Some(Scope::Row), ..self }
    }

    /// Lets it cover `rows` rows.
    pub fn rows(self, rows: usize) -> Self {
        Cell { rowspan: rows, ..self }
    }

    /// Lets it cover `columns` columns.
    pub fn columns(self, columns: usize) -> Self {
        Cell { colspan: columns, ..self }
    }
}

/// What a header cell heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// The cells below.
    Column,
    /// The cells to the right.
    Row,
    /// Both.
    Both,
}
