//! The state of a section: its words and its bound figures.

use crate::document::{Block, BlockKind, Inline};
use crate::document::{Document, Drawn, figures, line, lines, sections, words_of};
use crate::source::Span;

/// What a section says.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// Its id.
    pub anchor: String,
    /// Its heading.
    pub title: String,
    /// Where the heading was written.
    pub span: Option<Span>,
    /// Where the first of its words under the heading was written.
    pub words: Option<Span>,
    /// Its visible words, one line a paragraph, with single spaces. The heading's number is left out:
    /// a new section before it changes nothing in this one.
    pub text: String,
    /// Its bound figures in reading order, each once: the name it was asked for by, and what it shows.
    pub figures: Vec<(String, String)>,
}

impl State {
    /// Every section of `document` down to headings of `levels`.
    pub fn all(document: &Document, levels: u8) -> Vec<State> {
        sections(&document.blocks, levels)
            .into_iter()
            .map(|stretch| {
                let title = line(&stretch.heading.content);
                let mut text = vec![title.clone()];
                let mut shown: Vec<(String, String)> = Vec::new();
                let words = stretch.blocks.iter().find_map(|block| block.span);
                let mut bound = heading_figures(&stretch.heading.content);
                for block in stretch.blocks {
                    text.extend(unnumbered(block));
                    let found = figures(block).into_iter();
                    bound.extend(found.map(|figure| (figure.path.clone(), figure.text.clone())));
                }
                for figure in bound {
                    if !shown.contains(&figure) {
                        shown.push(figure);
                    }
                }
                let text: Vec<String> = text.iter().map(|line| folded(line)).collect();
                State {
                    anchor: stretch.heading.anchor.clone(),
                    title,
                    span: stretch.span,
                    words,
                    text: text.join("\n"),
                    figures: shown,
                }
            })
            .collect()
    }
}

/// The words of a block, without the number of a heading.
fn unnumbered(block: &Block) -> Vec<String> {
    match &block.kind {
        BlockKind::Heading(_) => lines(&block.kind).into_iter().map(line).collect(),
        _ => words_of(block, Drawn::Labels),
    }
}

fn heading_figures(content: &[Inline]) -> Vec<(String, String)> {
    content
        .iter()
        .filter_map(|inline| match inline {
            Inline::Figure(figure) => Some((figure.path.clone(), figure.text.clone())),
            _ => None,
        })
        .collect()
}

/// With single spaces, and none at the ends.
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
