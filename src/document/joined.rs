//! The papers of one meeting, joined: what a theme draws as one file.

use serde::Serialize;

use crate::document::walk::each_anchor;
use crate::document::{Block, BlockKind, Cover, Document, Inline, Meta, Table, Target, each_line};

/// Several documents joined for one meeting.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Joined {
    /// What the whole is, for metadata and running heads.
    pub meta: Meta,
    /// Its front page.
    pub cover: Cover,
    /// Which item is where.
    pub agenda: Agenda,
    /// The papers, in the order of the agenda.
    pub papers: Vec<JoinedPaper>,
    /// "Page 12 of 48", in the parts around the two numbers; the last may be empty.
    pub page_of: [String; 3],
}

/// The agenda: a table whose last column is the page that each paper begins on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Agenda {
    /// Its heading.
    pub title: String,
    /// The heading's anchor.
    pub anchor: String,
    /// One row an item. The last cell of a row with a paper is for the writer to fill in.
    pub table: Table,
    /// For each row, the anchor of its paper; none where there is no paper.
    pub papers: Vec<Option<String>>,
}

/// One paper among others.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct JoinedPaper {
    /// Its item as printed: "Item 3".
    pub item: String,
    /// What the item is called.
    pub title: String,
    /// What else the agenda says of it: purpose, presenter, minutes.
    pub facts: Vec<String>,
    /// Where it begins.
    pub anchor: String,
    /// "page 3 of the paper", in the parts around the number.
    pub own_page: [String; 2],
    /// The document. Its anchors are unique among those of all papers. A theme finds it beside
    /// its own files.
    #[serde(skip)]
    pub document: Document,
}

impl Joined {
    /// What it says beside its papers, as a document of its own.
    pub fn front(&self) -> Document {
        let mut blocks = vec![
            Block::new(BlockKind::Cover(self.cover.clone())),
            Block::paragraph(self.agenda.title.clone()),
            Block::new(BlockKind::Table(self.agenda.table.clone())),
        ];
        for paper in &self.papers {
            let words = [&paper.item, &paper.title].into_iter().chain(&paper.facts);
            blocks.extend(words.map(Block::paragraph));
        }
        Document { meta: self.meta.clone(), blocks, assets: Default::default() }
    }
}

/// Puts `prefix` before every anchor of `document` and every link to one, so that they are
/// unique beside those of other documents.
pub fn prefix_anchors(document: &mut Document, prefix: &str) {
    each_anchor(&mut document.blocks, &mut |anchor| anchor.insert_str(0, prefix));
    each_line(&mut document.blocks, &mut |content| prefix_links(content, prefix));
}

fn prefix_links(content: &mut [Inline], prefix: &str) {
    for inline in content {
        match inline {
            Inline::Link { to, content } => {
                if let Target::Anchor(anchor) = to {
                    anchor.insert_str(0, prefix);
                }
                prefix_links(content, prefix);
            }
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Held { content, .. }
            | Inline::Footnote { content } => prefix_links(content, prefix),
            Inline::Text { .. } | Inline::Figure(_) | Inline::Status(_) | Inline::Break => {}
        }
    }
}
