//! Hard words of easy read: a word in bold is one, and its meaning is at hand.
//!
//! GOV.UK's guidance on accessible formats: avoid hard words; where one is needed, make it bold and
//! explain it. The meaning stands in the very next sentence, or in the word list.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Finding, rules};
use crate::document::{Block, BlockKind, Inline, Target, line, walk};
use crate::source::Span;

/// How the sentence that explains a word may begin.
const OPENINGS: &[&str] = &["This ", "That ", "These ", "Those ", "It ", "They ", "He ", "She "];
/// Words of so many letters tell that a sentence is about the same thing.
const TELLING: usize = 4;

/// The role of tables that are word lists.
pub const LIST: &str = "glossary";
/// The anchor that a word list asks for.
pub const ANCHOR: &str = "word-list";

/// The forms of the word list, in small letters, each with the anchor to look it up at.
pub type Listed = BTreeMap<String, String>;

/// The `forms` of a word list, with where it stands among `blocks`: nowhere, then there are none.
pub fn listed(blocks: &[Block], forms: &BTreeSet<String>) -> Listed {
    let mut anchor = None;
    walk(blocks, &mut |block| {
        if let BlockKind::Table(table) = &block.kind
            && table.role == LIST
        {
            anchor = anchor.or(table.anchor.as_ref());
        }
    });
    let Some(anchor) = anchor else { return Listed::new() };
    forms.iter().map(|form| (form.clone(), anchor.clone())).collect()
}

/// Looks at every word in bold: one of the list becomes a link to it; one that nothing explains is
/// reported, the first time it stands.
pub fn explain(blocks: &mut [Block], listed: &Listed) -> Vec<Finding> {
    let mut pass = Pass { listed, explained: BTreeSet::new(), findings: Vec::new() };
    pass.blocks(blocks, None);
    pass.findings
}

struct Pass<'l> {
    listed: &'l Listed,
    /// What was explained, or reported, already.
    explained: BTreeSet<String>,
    findings: Vec<Finding>,
}

impl Pass<'_> {
    fn blocks(&mut self, blocks: &mut [Block], around: Option<Span>) {
        // The meaning may begin the next paragraph of the same row.
        let next: Vec<String> = (1..=blocks.len())
            .map(|index| match blocks.get(index).map(|block| &block.kind) {
                Some(BlockKind::Paragraph(paragraph)) => line(&paragraph.content),
                _ => String::new(),
            })
            .collect();
        for (block, next) in blocks.iter_mut().zip(&next) {
            let span = block.span.or(around);
            match &mut block.kind {
                BlockKind::Paragraph(paragraph) => self.line(&mut paragraph.content, next, span),
                BlockKind::List(list) => {
                    list.items.iter_mut().for_each(|item| self.blocks(item, span));
                }
                BlockKind::PictureRow(row) => self.blocks(&mut row.blocks, span),
                BlockKind::Callout(callout) => self.blocks(&mut callout.blocks, span),
                BlockKind::Quote(quote) => self.blocks(&mut quote.blocks, span),
                BlockKind::Opener(opener) => self.blocks(&mut opener.blocks, span),
                BlockKind::Section(section) => self.blocks(&mut section.blocks, span),
                // Tables have bold heads of their own; their words are in the word list's style.
                BlockKind::Table(_)
                | BlockKind::Cover(_)
                | BlockKind::Heading(_)
                | BlockKind::Drawing(_)
                | BlockKind::Image(_)
                | BlockKind::KeyFigures(_)
                | BlockKind::Tiles(_)
                | BlockKind::Steps(_)
                | BlockKind::Contents(_)
                | BlockKind::PageBreak => {}
            }
        }
    }

    fn line(&mut self, content: &mut [Inline], next: &str, span: Option<Span>) {
        let whole = format!("{} {next}", line(content));
        let mut before = String::new();
        for inline in content {
            let words = line(std::slice::from_ref(inline));
            if let Inline::Held { content, .. } = inline {
                let after = whole.get(before.len() + words.len()..).unwrap_or("").to_owned();
                self.line(content, &after, span);
            } else if let Inline::Strong { content } = inline {
                let word = words.trim().trim_matches(|c: char| c.is_ascii_punctuation()).to_owned();
                let after = whole.get(before.len() + words.len()..).unwrap_or("");
                if let Some(anchor) = self.anchor(&word) {
                    let content = std::mem::take(content);
                    let strong = Inline::Strong { content };
                    *inline = Inline::Link {
                        to: Target::Anchor(anchor.to_owned()),
                        content: vec![strong],
                    };
                } else {
                    self.word(&word, after, span);
                }
            }
            before.push_str(&words);
        }
    }

    /// Where the word list explains `word`; of several of them, it may list one.
    fn anchor(&self, word: &str) -> Option<&str> {
        let lower = word.to_lowercase();
        let one = lower.strip_suffix('s').unwrap_or(&lower);
        let plain = one.strip_suffix('e').unwrap_or(one);
        [lower.as_str(), one, plain]
            .into_iter()
            .find_map(|form| self.listed.get(form))
            .map(String::as_str)
    }

    fn word(&mut self, word: &str, after: &str, span: Option<Span>) {
        // A figure in bold is no hard word.
        if word.is_empty() || word.chars().any(|c| c.is_ascii_digit()) {
            return;
        }
        if !self.explained.insert(word.to_lowercase()) || explains(next_sentence(after), word) {
            return;
        }
        let message = format!("the hard word \"{word}\" is not explained");
        let finding = Finding::new(&rules::HARD_WORD, message).help(
            "say what it means in the very next sentence, or give it an easy meaning in the glossary that this document shows",
        );
        self.findings.push(match span {
            Some(span) => finding.at(span),
            None => finding,
        });
    }
}

/// The sentence after the one that `rest` begins in.
fn next_sentence(rest: &str) -> &str {
    let ends = |text: &str| {
        text.match_indices(['.', '!', '?', ':']).map(|(at, _)| at + 1).find(|&at| {
            let after = text.get(at..).unwrap_or("").trim_start_matches(['”', '’', ')']);
            after.is_empty() || after.starts_with(char::is_whitespace)
        })
    };
    let Some(first) = ends(rest) else { return "" };
    let next = rest.get(first..).unwrap_or("").trim_start_matches(['”', '’', ')']).trim();
    let end = ends(next).unwrap_or(next.len());
    next.get(..end).unwrap_or(next)
}

/// Whether `sentence` can be the meaning of `word`: it speaks of it again, or begins by pointing back.
fn explains(sentence: &str, word: &str) -> bool {
    if OPENINGS.iter().any(|opening| sentence.starts_with(opening)) {
        return true;
    }
    let lower = sentence.to_lowercase();
    let stem =
        |part: &str| part.chars().take(part.chars().count().clamp(TELLING, 7)).collect::<String>();
    let word = word.to_lowercase();
    let mut parts =
        word.split_whitespace().filter(|part| part.chars().count() >= TELLING).peekable();
    match parts.peek() {
        Some(_) => parts.any(|part| lower.contains(&stem(part))),
        // A word of few letters, or short forms: it must stand there itself.
        None => !sentence.is_empty() && lower.contains(&word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str, after: &str) -> usize {
        let content = vec![Inline::text("We wrote a "), Inline::strong(words), Inline::text(after)];
        let paragraph = crate::document::Paragraph::body(content);
        let mut blocks = vec![Block::new(BlockKind::Paragraph(paragraph))];
        explain(&mut blocks, &Listed::new()).len()
    }

    #[test]
    fn the_very_next_sentence_may_explain_a_word() {
        assert_eq!(found("strategy", ". This means a big plan."), 0);
        assert_eq!(found("strategy", " last year. A strategy is a big plan."), 0);
        assert_eq!(found("strategy", ". We had a meeting. A strategy is a big plan."), 1);
        assert_eq!(found("strategy", ""), 1);
        assert_eq!(found("6 out of 10", " plans."), 0);
    }

    #[test]
    fn a_word_of_the_list_becomes_a_link_to_it() {
        let listed = Listed::from([("assessment".to_owned(), "word-list".to_owned())]);
        let content = vec![Inline::strong("Assessments"), Inline::text(" take time.")];
        let paragraph = crate::document::Paragraph::body(content);
        let mut blocks = vec![Block::new(BlockKind::Paragraph(paragraph))];
        assert!(explain(&mut blocks, &listed).is_empty());
        let BlockKind::Paragraph(paragraph) = &blocks[0].kind else { unreachable!() };
        let to = Target::Anchor("word-list".to_owned());
        let content = vec![Inline::strong("Assessments")];
        assert_eq!(paragraph.content[0], Inline::Link { to, content });
    }
}
