//! The table of directives: each name, what it takes, what it makes. One file a family; `annexe help directives` prints it.

mod boxes;
mod changes;
mod charts;
mod easy;
mod parts;
mod plan;
mod statement;
mod structure;
mod tables;

use std::sync::LazyLock;

/// One directive.
#[derive(Debug)]
pub struct DirectiveSpec {
    /// Its name after the colons.
    pub name: &'static str,
    /// What stands between the name and the attributes.
    pub head: Head,
    /// Its attributes.
    pub attributes: &'static [AttributeSpec],
    /// What it holds.
    pub body: Body,
    /// What it makes, in one line.
    pub makes: &'static str,
}

/// What stands between a directive's name and its attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// Nothing.
    None,
    /// `NAME in EXPRESSION`: a name for each item, and the list.
    Loop,
    /// An expression, to the end of the line.
    Expression,
    /// A path below `content/`.
    Path,
    /// The name of a dataset.
    Name,
    /// Words divided by spaces.
    Words,
    /// One of these words.
    Choice(&'static [&'static str]),
}

/// One attribute of a directive.
#[derive(Debug)]
pub struct AttributeSpec {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// Whether it must be there.
    pub required: bool,
    /// What it does, in one line.
    pub doc: &'static str,
}

/// What an attribute takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Words in quotes, which may hold expressions.
    Words,
    /// An expression.
    Expression,
    /// A whole number.
    Number,
}

/// What a directive holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    None,
    /// Any blocks.
    Blocks,
    /// One table: a header row and a row to repeat.
    Table,
    /// Lines of `Label: words`.
    Lines,
    /// One list.
    List,
}

pub(super) const fn words(name: &'static str, doc: &'static str) -> AttributeSpec {
    AttributeSpec { name, takes: Takes::Words, required: false, doc }
}

pub(super) const fn expression(name: &'static str, doc: &'static str) -> AttributeSpec {
    AttributeSpec { name, takes: Takes::Expression, required: false, doc }
}

pub(super) const fn number(name: &'static str, doc: &'static str) -> AttributeSpec {
    AttributeSpec { name, takes: Takes::Number, required: false, doc }
}

pub(super) const fn needed(spec: AttributeSpec) -> AttributeSpec {
    AttributeSpec { required: true, ..spec }
}

pub(super) const LABELS: AttributeSpec = words("labels", "the column heads, divided by |");
pub(super) const SUMMARY: AttributeSpec = words(
    "summary",
    "what the table holds, for people who hear it; a plain one is made when absent",
);
pub(super) const CAPTION: AttributeSpec =
    words("caption", "a visible line over the table or under the picture");

/// Every directive there is, family by family.
pub static DIRECTIVES: LazyLock<Vec<&'static DirectiveSpec>> = LazyLock::new(|| {
    let families = [
        structure::FAMILY,
        parts::FAMILY,
        boxes::FAMILY,
        easy::FAMILY,
        tables::FAMILY,
        charts::FAMILY,
        plan::FAMILY,
        statement::FAMILY,
        changes::FAMILY,
    ];
    families.into_iter().flatten().collect()
});

/// The directive called `name`.
pub fn find(name: &str) -> Option<&'static DirectiveSpec> {
    DIRECTIVES.iter().find(|d| d.name == name).copied()
}
