//! The Document: one format-neutral tree of blocks, between `assemble` and the writers.
//!
//! Blocks carry intent, no sizes or colours. Numbers and dates are words by the time
//! they are here, and every visible word is here: a writer adds nothing but page
//! numbers, running heads and drawing. So PDF, Word and text cannot disagree.
//!
//! Depends on nothing but spans. Serialised as JSON it is what a theme receives;
//! `kind` names the variant, in kebab case.

mod chart;
mod drawing;
mod inline;
mod joined;
mod register;
mod table;
mod tiles;
mod walk;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use crate::source::Span;

pub use chart::*;
pub use drawing::*;
pub use inline::*;
pub use joined::*;
pub use register::*;
pub use table::*;
pub use tiles::*;
pub use walk::{
    Stretch, drawings, each_line, each_status, figures, letters, lines, sections, walk,
};
pub use words::{Drawn, line, words, words_of};

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
    /// What kind of publication it is, which decides what opens a page.
    pub form: Form,
    /// The day it speaks for.
    pub as_at: NaiveDate,
    /// Left side of the running head.
    pub running_head: String,
    /// Left side of the running foot.
    pub running_foot: String,
}

/// What kind of publication a document is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A front page; each part opens a page.
    #[default]
    Report,
    /// A short paper for a meeting: its title stands over the text, and parts follow each other.
    Paper,
    /// Slides: a front page; headings of level 1 and 2 each open a slide.
    Slides,
}

impl Form {
    /// Every word that front matter uses.
    pub const WORDS: &'static [(&'static str, Form)] =
        &[("report", Form::Report), ("paper", Form::Paper), ("slides", Form::Slides)];

    /// Whether a heading of `level` opens a page.
    pub fn opens_page(self, level: u8) -> bool {
        match self {
            Form::Report => level == 1,
            Form::Paper => false,
            Form::Slides => level <= 2,
        }
    }
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
    /// What opens a part. Only at the top level, or in a section.
    Opener(Opener),
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
    /// Measures side by side, each with its figure, change and target.
    Tiles(Tiles),
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
    /// What kind of edition it is, for readers: "Easy read".
    pub label: Option<String>,
    /// A picture under the title.
    pub picture: Option<Image>,
}

/// What opens a part: on a new page, its heading, and what stands with it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Opener {
    /// A line over the heading: the name of a group.
    pub label: Option<Vec<Inline>>,
    /// The heading, which comes first, and what stands with it.
    pub blocks: Vec<Block>,
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
    /// Anchors of another edition's sections that it answers, besides the one of its own anchor.
    #[serde(skip)]
    pub covers: Vec<String>,
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
    /// The kind of person, for the theme: `parent`, `young-person`.
    pub class: Option<String>,
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
    /// Where entries have pictures: the asset of each, by the heading's anchor. The words of an
    /// entry say what its picture shows, so it is decoration to those who hear it.
    pub pictures: BTreeMap<String, String>,
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
