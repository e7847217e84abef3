//! What a template or narrative file says, before anything in it is evaluated.

use crate::source::{At, Span};

/// A block and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it was written.
    pub span: Span,
}

/// The kinds of block an author can write.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// `## Words {#id}`
    Heading {
        /// 1 to 6, as written.
        level: u8,
        /// Its words.
        content: Vec<Words>,
        /// The id the author gave it.
        id: Option<String>,
        /// The ids of sections of another edition that it answers besides, `covers="a b"`.
        covers: Vec<String>,
    },
    /// A paragraph.
    Paragraph(Vec<Words>),
    /// A list.
    List {
        /// The first number, for a numbered list.
        start: Option<u32>,
        /// The items.
        items: Vec<Vec<Node>>,
    },
    /// A table.
    Table(TableNode),
    /// `> quoted`
    Quote(Vec<Node>),
    /// `::: name …`
    Directive(Directive),
}

/// A Markdown table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableNode {
    /// Alignment of each column: true for right (figures).
    pub right: Vec<bool>,
    /// The header row.
    pub head: Vec<TableCellNode>,
    /// The other rows.
    pub rows: Vec<Vec<TableCellNode>>,
}

/// A cell of a Markdown table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableCellNode {
    /// Its words.
    pub content: Vec<Words>,
    /// Where it was written.
    pub span: Span,
}

/// A block directive.
#[derive(Debug, Clone, PartialEq)]
pub struct Directive {
    /// Its name, known to be in the table.
    pub name: At<String>,
    /// What stands before the attributes: a path, an expression, a word.
    pub head: Option<At<String>>,
    /// Its attributes, known to be in the table.
    pub attributes: Vec<Attribute>,
    /// What it holds.
    pub body: Vec<Node>,
}

impl Directive {
    /// The attribute called `name`.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|a| *a.name == name)
    }
}

/// An attribute of a directive.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// Its name.
    pub name: At<String>,
    /// What it is set to.
    pub value: At<AttributeValue>,
}

/// What an attribute is set to.
#[derive(Debug, Clone, PartialEq)]
pub enum AttributeValue {
    /// `name="words, which may hold {{ expressions }}"`
    Words(Vec<Words>),
    /// `name=expression`
    Expression(Expression),
}

/// The words inside a block.
#[derive(Debug, Clone, PartialEq)]
pub enum Words {
    /// Plain text.
    Text(String),
    /// `{{ expression }}`
    Expression(Expression),
    /// `*words*`
    Emphasis(Vec<Words>),
    /// `**words**`
    Strong(Vec<Words>),
    /// `[words](to)`
    Link {
        /// Where it leads, as written.
        to: At<String>,
        /// Its words.
        content: Vec<Words>,
    },
    /// `![alt](file)`, alone in its paragraph.
    Image {
        /// The file.
        file: At<String>,
        /// The words for those who cannot see it.
        alt: Vec<Words>,
        /// The title, shown as a caption.
        caption: Option<Vec<Words>>,
    },
    /// `[58%]{source="School census"}`: words with where they come from.
    Sourced {
        /// The words.
        content: Vec<Words>,
        /// Where they come from.
        source: At<String>,
    },
    /// `[More come on time]{holds="a > b"}`: words that the data must bear out.
    Held {
        /// The words.
        content: Vec<Words>,
        /// What must be true.
        holds: Expression,
    },
    /// `[^name]`, with the note's words.
    Footnote(Vec<Words>),
    /// A line break the author asked for.
    Break,
    /// The end of a line inside a paragraph; a space, but for directives that read lines.
    Wrap,
}

/// An expression, not yet evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// What stands between the braces.
    pub source: String,
    /// Where that stands.
    pub span: Span,
}
