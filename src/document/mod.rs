//! The Document: one format-neutral tree of blocks, between `assemble` and the writers.
//!
//! Blocks carry intent, no sizes or colours. Numbers and dates are words by the time
//! they are here, and every visible word is here: a writer adds nothing but page
//! numbers, running heads and drawing. So PDF, Word and text cannot disagree.
//!
//! Depends on nothing but spans. Serialised as JSON it is what a theme receives;
//! `kind` names the variant, in kebab case.

mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use crate::source::Span;

pub use words::{Drawn, line, words};

/// A whole document in one edition, as at one day.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Document {
    /// What it is, for metadata and running heads.
    pub meta: Meta,
    /// What it says.
    pub blocks: Vec<Block>,
    /// The pictures it shows, by the name that blocks use.
    #[serde(skip)]
    pub assets: BTreeMap<String, Asset>,
}

/// What a document is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Meta {
    /// Its template's name: `app-annex-a`.
    pub name: String,
    /// Its title, shown and set in the file's properties.
    pub title: String,
    /// The local area's name.
    pub area: String,
    /// One sentence for the file's properties.
    pub subject: String,
    /// Words for the file's properties.
    pub keywords: Vec<String>,
    /// The body that publishes it.
    pub author: String,
    /// A language tag: `en-GB`.
    pub language: String,
    /// The edition's name: `full`.
    pub edition: String,
    /// The day it speaks for.
    pub as_at: NaiveDate,
    /// Left side of the running head.
    pub running_head: String,
    /// Left side of the running foot.
    pub running_foot: String,
}

/// A picture's file.
#[derive(Debug, Clone, PartialEq)]
pub struct Asset {
    /// How it is encoded.
    pub format: ImageFormat,
    /// Its bytes; SVG is already cleaned.
    pub bytes: Arc<[u8]>,
    /// Natural width in points.
    pub width: f64,
    /// Natural height in points.
    pub height: f64,
}

/// The image formats that every writer can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ImageFormat {
    /// Portable network graphics.
    Png,
    /// JPEG.
    Jpeg,
    /// Scalable vector graphics.
    Svg,
}

/// One block, and where it came from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Block {
    /// What it is.
    #[serde(flatten)]
    pub kind: BlockKind,
    /// Where the author wrote it, if it was written.
    #[serde(skip)]
    pub span: Option<Span>,
}

impl Block {
    /// A block that no author's line stands behind.
    pub fn new(kind: BlockKind) -> Self {
        Block { kind, span: None }
    }

    /// A block written at `span`.
    pub fn at(kind: BlockKind, span: Span) -> Self {
        Block { kind, span: Some(span) }
    }

    /// A body paragraph of plain text.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Block::new(BlockKind::Paragraph(Paragraph::body(vec![Inline::text(text)])))
    }
}

/// Every kind of block. Writers match all of them, with no wildcard arm.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum BlockKind {
    /// The front page.
    Cover(Cover),
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Paragraph),
    /// A bulleted or numbered list.
    List(List),
    /// A table.
    Table(Table),
    /// A picture that the theme draws from data.
    Drawing(Drawing),
    /// A picture from a file.
    Image(Image),
    /// Easy read: a picture at the left, words at the right.
    PictureRow(PictureRow),
    /// A box that stands out.
    Callout(Callout),
    /// Large numbers with a label each.
    KeyFigures(KeyFigures),
    /// What somebody said.
    Quote(Quote),
    /// Phases or stages side by side, each with what belongs to it.
    Steps(Steps),
    /// The list of headings with page numbers.
    Contents(Contents),
    /// A run of pages of one orientation. Only at the top level.
    Section(Section),
    /// What follows starts on a new page.
    PageBreak,
}

/// The front page. All its words are here.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Cover {
    /// The local area.
    pub area: String,
    /// The document's title.
    pub title: String,
    /// A line under it.
    pub subtitle: Option<String>,
    /// Cycle, as-at date, status: one line each.
    pub lines: Vec<String>,
    /// Names of the partners.
    pub partners: Vec<String>,
}

/// A heading. Levels never skip.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Heading {
    /// 1 to 6. 1 opens a part.
    pub level: u8,
    /// Its number as shown, where headings are numbered: "2" or "2.1".
    pub number: Option<String>,
    /// Its words.
    pub content: Vec<Inline>,
    /// Unique in the document; cross-references and contents lead here.
    pub anchor: String,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Paragraph {
    /// What it does on the page.
    pub role: ParagraphRole,
    /// Its words.
    pub content: Vec<Inline>,
}

impl Paragraph {
    /// A body paragraph.
    pub fn body(content: Vec<Inline>) -> Self {
        Paragraph { role: ParagraphRole::Body, content }
    }
}

/// What a paragraph does on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParagraphRole {
    /// Running text.
    Body,
    /// An opening paragraph, set a little larger.
    Lead,
    /// A source line or remark, set smaller.
    Note,
}

/// A list. Items hold blocks, so lists nest.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct List {
    /// The first number of a numbered list; `None` for bullets.
    pub start: Option<u32>,
    /// The items.
    pub items: Vec<Vec<Block>>,
}

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

/// One cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
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

/// A rating by a RAG scheme: colour, letter and word, never colour alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Status {
    /// The colour's name in the theme: `red`, `amber`, `green`, `blue`, `grey` or the theme's own.
    pub colour: String,
    /// The letter in the chip: "A".
    pub letter: String,
    /// The word beside it: "On track".
    pub word: String,
}

/// A picture that the theme draws from data.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Drawing {
    /// What is drawn.
    pub drawing: DrawingKind,
    /// What it shows, in words. Never empty; names every label.
    pub alt: String,
    /// A visible caption.
    pub caption: Option<Vec<Inline>>,
}

/// What can be drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum DrawingKind {
    /// Bodies in tiers, with lines between them.
    Organisation(Organisation),
}

/// Bodies in tiers, the highest first, with lines between them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Organisation {
    /// The tiers from the top, each with its bodies from the left.
    pub tiers: Vec<Tier>,
    /// The lines.
    pub links: Vec<Link>,
    /// What the kinds of line mean, in the order to show them: (kind, words).
    pub key: Vec<LinkKey>,
}

/// One tier of an organisation chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Tier {
    /// A shaded band drawn around the tier, with these words.
    pub band: Option<String>,
    /// The bodies in it.
    pub bodies: Vec<OrganisationBody>,
}

/// One body of an organisation chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct OrganisationBody {
    /// The name that links use.
    pub id: String,
    /// Its name as shown.
    pub name: String,
    /// A smaller line under it.
    pub detail: Option<String>,
    /// The one that decides: drawn in the accent colour.
    pub lead: bool,
}

/// A line of an organisation chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Link {
    /// From this body (the lower one, as a rule).
    pub from: String,
    /// To this body.
    pub to: String,
    /// What it stands for.
    pub line: LinkKind,
}

/// What a line of an organisation chart stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// Reports to: solid.
    Reports,
    /// Informs: dashed.
    Informs,
    /// Holds to account: heavy.
    Challenges,
}

/// What a kind of line means.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LinkKey {
    /// The kind.
    pub line: LinkKind,
    /// Its meaning, in words.
    pub words: String,
}

/// A picture from a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Image {
    /// The asset's name.
    pub asset: String,
    /// What it shows; `None` when it is decoration.
    pub alt: Option<String>,
    /// A visible caption.
    pub caption: Option<Vec<Inline>>,
}

/// A picture at the left, words at the right.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PictureRow {
    /// The picture.
    pub image: Image,
    /// The words.
    pub blocks: Vec<Block>,
}

/// A box that stands out.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Callout {
    /// What kind of box.
    pub role: CalloutRole,
    /// A bold line at its head. Not a heading.
    pub title: Option<Vec<Inline>>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// What a callout is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CalloutRole {
    /// Practice worth showing.
    Spotlight,
    /// Something the reader must know to read on.
    Note,
    /// A decision that is asked for.
    Decision,
}

/// Large numbers with a label each.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct KeyFigures {
    /// The figures, in order.
    pub items: Vec<KeyFigure>,
}

/// A large number and what it counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct KeyFigure {
    /// The number as shown.
    pub value: Vec<Inline>,
    /// What it is.
    pub label: Vec<Inline>,
    /// As-at date, target or source.
    pub note: Option<Vec<Inline>>,
}

/// What somebody said.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Quote {
    /// The words.
    pub blocks: Vec<Block>,
    /// Who, as a kind of person: "Parent".
    pub by: Option<String>,
}

/// Phases or stages side by side.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Steps {
    /// The steps in order.
    pub steps: Vec<Step>,
}

/// One phase or stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Step {
    /// Its name.
    pub title: String,
    /// When it runs.
    pub period: String,
    /// What belongs to it.
    pub items: Vec<Vec<Inline>>,
    /// Words of a mark ("We are here"), when it is the present one.
    pub mark: Option<String>,
}

/// The list of headings with page numbers. Entries come from the headings themselves.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Contents {
    /// Its title as shown.
    pub title: String,
    /// Deepest heading level listed.
    pub depth: u8,
}

/// A run of pages.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Section {
    /// Which way the pages lie.
    pub orientation: Orientation,
    /// What stands on them.
    pub blocks: Vec<Block>,
}

/// Which way pages lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Orientation {
    /// Upright.
    Portrait,
    /// On its side, for wide tables.
    Landscape,
}

/// Words inside a block.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Inline {
    /// Plain text. Holds no line breaks.
    Text {
        /// The words.
        text: String,
    },
    /// Emphasis.
    Emphasis {
        /// What is emphasised.
        content: Vec<Inline>,
    },
    /// Strong importance.
    Strong {
        /// What is strong.
        content: Vec<Inline>,
    },
    /// A link. Its words are never empty.
    Link {
        /// Where it leads.
        to: Target,
        /// Its words.
        content: Vec<Inline>,
    },
    /// A figure or date that came from data.
    Figure(Box<Figure>),
    /// A RAG chip with its word beside it.
    Status(Status),
    /// A note at the foot of the page.
    Footnote {
        /// What it says.
        content: Vec<Inline>,
    },
    /// A line break the author asked for.
    Break,
}

impl Inline {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Inline::Text { text: text.into() }
    }

    /// Strong text.
    pub fn strong(text: impl Into<String>) -> Self {
        Inline::Strong { content: vec![Inline::text(text)] }
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", content = "to", rename_all = "kebab-case")]
pub enum Target {
    /// An anchor in this document.
    Anchor(String),
    /// An address: http, https, mailto or tel.
    Address(String),
}

/// A figure or date that came from data: what is printed, and where it came from.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Figure {
    /// What is printed, number style and unit and all.
    pub text: String,
    /// The path it was asked for by: `kpi.GBR1a.actual`.
    pub path: String,
    /// Unit, as the measure states it.
    pub unit: Option<String>,
    /// The day or period it holds for.
    pub at: Option<String>,
    /// Its source, as the measure states it.
    pub source: Option<String>,
}
