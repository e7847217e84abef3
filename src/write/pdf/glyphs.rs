//! Finds the letters that no font at hand can draw, before a page shows a box in their place.

use std::collections::BTreeSet;

use crate::diag::{Finding, rules};
use crate::document::{Block, BlockKind, Document, Drawn, words};
use crate::source::Span;

use super::theme::ThemeInput;

/// A finding for each letter of `document` that the theme's fonts lack, at the block that uses it.
pub(super) fn missing(document: &Document, theme: &ThemeInput) -> Vec<Finding> {
    let book = theme.files.fonts.book();
    let infos: Vec<_> = (0..).map_while(|index| book.info(index)).collect();
    let meta = &document.meta;
    let mut letters: BTreeSet<char> = BTreeSet::new();
    for text in words(document, Drawn::Labels) {
        letters.extend(text.chars());
    }
    letters.extend(meta.running_head.chars().chain(meta.running_foot.chars()));
    letters
        .into_iter()
        .filter(|&letter| is_drawn(letter))
        .filter(|&letter| !infos.iter().any(|info| info.coverage.contains(u32::from(letter))))
        .map(|letter| {
            let message = format!("no font can draw {letter:?} (U+{:04X})", u32::from(letter));
            let finding = Finding::new(&rules::TEXT_GLYPH, message);
            match first_use(&document.blocks, document, letter) {
                Some(span) => finding.at(span),
                None => finding,
            }
        })
        .collect()
}

/// Whether a letter leaves a mark of its own: white space, controls and joiners do not.
fn is_drawn(letter: char) -> bool {
    !letter.is_whitespace()
        && !letter.is_control()
        && !matches!(letter,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// The place of the first block whose words hold `letter`, looking into sections.
fn first_use(blocks: &[Block], document: &Document, letter: char) -> Option<Span> {
    for block in blocks {
        if let BlockKind::Section(section) = &block.kind {
            if let Some(span) = first_use(&section.blocks, document, letter) {
                return Some(span);
            }
            continue;
        }
        let alone = Document {
            meta: document.meta.clone(),
            blocks: vec![block.clone()],
            assets: Default::default(),
        };
        if words(&alone, Drawn::Labels).iter().any(|text| text.contains(letter)) {
            return block.span;
        }
    }
    None
}
