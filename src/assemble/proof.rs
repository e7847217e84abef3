//! Reads a finished document as a proofreader does: parts that are missing, headings with nothing under
//! them, lead-ins without their list, paragraphs that stand twice, words that count on a page.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diag::{Finding, rules};
use crate::document::{Block, BlockKind, Heading, Paragraph, ParagraphRole, line, walk};
use crate::prose::page_references;
use crate::source::{Sources, Span};

/// A paragraph with fewer letters may stand twice: "None reported."
const SHORT: usize = 60;

/// The parts that must stand under an opener.
#[derive(Debug)]
pub struct Expected {
    /// What the opener opens: "criterion 1.3".
    pub what: String,
    /// Where that was written.
    pub span: Span,
    /// Each part's id, which ends the id of its heading, and its name.
    pub parts: Vec<(String, String)>,
}

/// Reads the blocks of a document; `expected` is of its openers, in order, as far as they need parts.
pub fn read(
    blocks: &[Block],
    sources: &Sources,
    expected: &[Option<Expected>],
    findings: &mut Vec<Finding>,
) {
    let flow = flow(blocks);
    parts(&flow, expected, findings);
    bare_headings(&flow, findings);
    let mut reader = Reader { sources, findings };
    reader.lead_ins(&flow);
    reader.twice(blocks);
    reader.pages(blocks);
}

/// Blocks in reading order, with what sections and openers hold in their place.
fn flow(blocks: &[Block]) -> Vec<&Block> {
    let mut out = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Section(section) => out.extend(flow(&section.blocks)),
            BlockKind::Opener(opener) => {
                out.push(block);
                out.extend(flow(&opener.blocks));
            }
            BlockKind::PageBreak => {}
            _ => out.push(block),
        }
    }
    out
}

fn heading(block: &Block) -> Option<&Heading> {
    match &block.kind {
        BlockKind::Heading(heading) => Some(heading),
        _ => None,
    }
}

/// Each opener that needs parts has them under it, down to the next heading of its level.
fn parts(flow: &[&Block], expected: &[Option<Expected>], findings: &mut Vec<Finding>) {
    let openers = flow.iter().enumerate().filter(|(_, b)| matches!(b.kind, BlockKind::Opener(_)));
    for ((at, _), expected) in openers.zip(expected) {
        let Some(expected) = expected else { continue };
        let mut headings = flow[at..].iter().filter_map(|block| heading(block));
        let Some(own) = headings.next() else { continue };
        let under: Vec<&str> = headings
            .take_while(|heading| heading.level > own.level)
            .map(|heading| heading.anchor.as_str())
            .collect();
        for (id, name) in &expected.parts {
            // A second heading of that id in the document has a number after it.
            let is_part = |anchor: &&str| {
                let stem = anchor.trim_end_matches(|c: char| c.is_ascii_digit());
                let stem =
                    if stem.len() == anchor.len() { stem } else { stem.trim_end_matches('-') };
                stem.strip_suffix(id.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.ends_with('-'))
            };
            if !under.iter().any(is_part) {
                let message = format!("{} has no part \"{name}\"", expected.what);
                findings.push(
                    Finding::new(&rules::PART_MISSING, message)
                        .at(expected.span)
                        .help(format!("write it under a heading like: ## {name} {{#…-{id}}}")),
                );
            }
        }
    }
}

fn bare_headings(flow: &[&Block], findings: &mut Vec<Finding>) {
    let mut found = BTreeSet::new();
    let flow: Vec<&&Block> =
        flow.iter().filter(|block| !matches!(block.kind, BlockKind::Opener(_))).collect();
    for (at, block) in flow.iter().enumerate() {
        let Some(own) = heading(block) else { continue };
        let next = flow.get(at + 1);
        let is_bare = next.is_none_or(|next| {
            heading(next).is_some_and(|next| next.level <= own.level)
                || matches!(next.kind, BlockKind::Contents(_))
        });
        if is_bare && found.insert(block.span) {
            let message = format!("nothing stands under the heading \"{}\"", line(&own.content));
            let finding = Finding::new(&rules::HEADING_BARE, message);
            findings.push(match block.span {
                Some(span) => finding.at(span),
                None => finding,
            });
        }
    }
}

struct Reader<'a> {
    sources: &'a Sources,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    /// Words before a list are finished, and a list follows words that promise one.
    fn lead_ins(&mut self, flow: &[&Block]) {
        for (at, block) in flow.iter().enumerate() {
            let next = flow.get(at + 1).copied();
            match &block.kind {
                BlockKind::Paragraph(paragraph) => self.lead_in(paragraph, block.span, next),
                BlockKind::List(list) => {
                    list.items.iter().for_each(|item| self.lead_ins(&self::flow(item)));
                }
                BlockKind::Callout(callout) => self.lead_ins(&self::flow(&callout.blocks)),
                BlockKind::PictureRow(row) => self.lead_ins(&self::flow(&row.blocks)),
                BlockKind::Quote(quote) => self.lead_ins(&self::flow(&quote.blocks)),
                BlockKind::Cover(_)
                | BlockKind::Heading(_)
                | BlockKind::Table(_)
                | BlockKind::Drawing(_)
                | BlockKind::Image(_)
                | BlockKind::KeyFigures(_)
                | BlockKind::Tiles(_)
                | BlockKind::Opener(_)
                | BlockKind::Steps(_)
                | BlockKind::Contents(_)
                | BlockKind::Section(_)
                | BlockKind::PageBreak => {}
            }
        }
    }

    fn lead_in(&mut self, paragraph: &Paragraph, span: Option<Span>, next: Option<&Block>) {
        let Some(span) = span.filter(|_| paragraph.role != ParagraphRole::Note) else { return };
        let words = line(&paragraph.content);
        let words = words.trim_end();
        let end = words.trim_end_matches(['"', '\'', '”', '’', ')']).chars().next_back();
        let (message, help) = match (end, next.map(|block| &block.kind)) {
            (Some(':'), None | Some(BlockKind::Heading(_))) => {
                ("nothing follows this colon", "write what it leads in to, or end the sentence")
            }
            (Some(':'), Some(BlockKind::Paragraph(next))) if next.role != ParagraphRole::Note => {
                ("no list follows this colon", "write a list, or end the sentence with a full stop")
            }
            (Some(c), Some(BlockKind::List(_))) if !matches!(c, ':' | '.' | '?' | '!' | '…') => {
                ("the words before this list are not finished", "end them with a colon")
            }
            _ => return,
        };
        self.findings
            .push(Finding::new(&rules::TEXT_LEAD_IN, message).at(self.last_word(span)).help(help));
    }

    /// The last word of a block, with the marks after it.
    fn last_word(&self, span: Span) -> Span {
        let text = self.sources.text(span).trim_end();
        let start = text
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let base = span.range().start;
        Span::new(span.file, base + start..base + text.len())
    }

    /// No paragraph stands twice. One that a loop makes again is the same one, and cells of tables may
    /// say the same.
    fn twice(&mut self, blocks: &[Block]) {
        let mut cells = BTreeSet::new();
        walk(blocks, &mut |block| {
            let BlockKind::Table(table) = &block.kind else { return };
            let rows = table.head.iter().chain(&table.body);
            for cell in rows.flat_map(|row| &row.cells) {
                walk(&cell.blocks, &mut |block| cells.extend(block.span));
            }
        });
        let mut first: BTreeMap<String, Span> = BTreeMap::new();
        let mut found = BTreeSet::new();
        walk(blocks, &mut |block| {
            let BlockKind::Paragraph(paragraph) = &block.kind else { return };
            // The source under a table may stand under others too.
            let is_own =
                |span: &Span| paragraph.role != ParagraphRole::Note && !cells.contains(span);
            let Some(span) = block.span.filter(is_own) else {
                return;
            };
            let words = line(&paragraph.content);
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            if words.chars().count() < SHORT {
                return;
            }
            let before = *first.entry(words).or_insert(span);
            if before != span && found.insert(span) {
                self.findings.push(
                    Finding::new(&rules::TEXT_TWICE, "this paragraph stands in the document twice")
                        .at(span)
                        .related(before, "it stands here first"),
                );
            }
        });
    }

    /// No words count on a page.
    fn pages(&mut self, blocks: &[Block]) {
        let mut found = BTreeSet::new();
        walk(blocks, &mut |block| {
            let wordy = matches!(
                block.kind,
                BlockKind::Paragraph(_)
                    | BlockKind::Heading(_)
                    | BlockKind::Table(_)
                    | BlockKind::KeyFigures(_)
            );
            let Some(span) = block.span.filter(|_| wordy) else { return };
            let is_markdown = |path: &Path| path.extension().is_some_and(|ending| ending == "md");
            if !is_markdown(&self.sources.file(span.file).path) {
                return;
            }
            let text = self.sources.text(span);
            for range in page_references(text) {
                let base = span.range().start;
                let place = Span::new(span.file, base + range.start..base + range.end);
                if found.insert(place) {
                    let words = text[range].split_whitespace().collect::<Vec<_>>().join(" ");
                    let message = format!("this text counts on a page: \"{words}\"");
                    self.findings.push(
                        Finding::new(&rules::TEXT_PAGE, message)
                            .at(place)
                            .help("link to the heading's id instead: [words](#an-id)"),
                    );
                }
            }
        });
    }
}
