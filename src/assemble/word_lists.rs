//! Word lists that hold only the terms which their document uses: known when the rest of it stands.

use crate::document::{Block, BlockKind, Document, Drawn, Row, words};
use crate::source::Span;

/// A word list: where it was asked for, and of each of its rows the forms of the term.
pub type WordList = (Span, Vec<Vec<String>>);

/// Takes out of the word lists what `document` does not use elsewhere. Gives the places of lists
/// that nothing is left of.
pub fn only_used(document: &mut Document, lists: &[WordList]) -> Vec<Span> {
    if lists.is_empty() {
        return Vec::new();
    }
    let find = |span: Option<Span>| lists.iter().find(|(place, _)| span == Some(*place));
    let mut taken: Vec<Vec<Row>> = Vec::new();
    tables(&mut document.blocks, &mut |span, rows| {
        if find(span).is_some() {
            taken.push(std::mem::take(rows));
        }
    });
    let text = words(document, Drawn::Labels).join("\n").to_lowercase();
    let mut taken = taken.into_iter();
    let mut emptied = Vec::new();
    tables(&mut document.blocks, &mut |span, rows| {
        let Some((place, forms)) = find(span) else { return };
        let kept = taken.next().unwrap_or_default().into_iter().zip(forms);
        *rows = kept.filter(|(_, forms)| is_used(forms, &text)).map(|(row, _)| row).collect();
        if rows.is_empty() {
            emptied.push(*place);
        }
    });
    emptied
}

/// Calls `visit` with the place and the rows of each table outside cells and lists.
fn tables(blocks: &mut [Block], visit: &mut impl FnMut(Option<Span>, &mut Vec<Row>)) {
    for block in blocks {
        let span = block.span;
        match &mut block.kind {
            BlockKind::Table(table) => visit(span, &mut table.body),
            BlockKind::Section(section) => tables(&mut section.blocks, visit),
            BlockKind::Opener(opener) => tables(&mut opener.blocks, visit),
            BlockKind::Callout(callout) => tables(&mut callout.blocks, visit),
            _ => {}
        }
    }
}

/// Whether one of the forms stands in `text`, which is in small letters; alone or with an ending of
/// more than one of it.
fn is_used(forms: &[String], text: &str) -> bool {
    forms.iter().any(|form| {
        let form = form.to_lowercase();
        text.match_indices(&form).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = &text[at + form.len()..];
            let ending: String = after.chars().take_while(|c| c.is_alphanumeric()).collect();
            !before.is_some_and(char::is_alphanumeric) && matches!(ending.as_str(), "" | "s" | "es")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_used_when_one_of_its_forms_stands_alone() {
        let forms = |words: &[&str]| words.iter().map(|word| word.to_string()).collect::<Vec<_>>();
        assert!(is_used(&forms(&["Short break", "x"]), "on short breaks, and"));
        assert!(!is_used(&forms(&["cat"]), "catering for education"));
    }
}
