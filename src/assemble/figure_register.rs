//! `figure-register`: the annex of a document's figures, made when all of them are known.
//!
//! The directive leaves an empty table where the annex is to stand. The last pass fills it: by
//! then every heading has its anchor, and every figure of the document is there to be listed.

use crate::diag::{Finding, rules};
use crate::document::*;

/// The look of its tables, and the mark of one that is still to be filled.
pub const ROLE: &str = "figure-register";

/// How many columns it has.
const COLUMNS: usize = 5;
/// How much of the width each takes.
const SHARES: [f64; COLUMNS] = [42.0, 18.0, 15.0, 8.0, 22.0];

/// Puts the figures of `blocks` into every register among them.
pub fn fill(blocks: &mut Vec<Block>, findings: &mut Vec<Finding>) {
    let mut wanted = false;
    walk(blocks, &mut |block| wanted |= is_empty_register(block));
    if !wanted {
        return;
    }
    let annex = Annex::of(blocks);
    put(blocks, &annex, findings);
    walk(blocks, &mut |block| {
        if is_empty_register(block) {
            let message = "the register of figures cannot stand inside another block";
            let mut finding = Finding::new(&rules::DIRECTIVE_PLACE, message)
                .help("move it to the top level of the template, or into a section");
            finding = match block.span {
                Some(span) => finding.at(span),
                None => finding,
            };
            findings.push(finding);
        }
    });
}

fn is_empty_register(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Table(table) if table.role == ROLE && table.body.is_empty())
}

fn put(blocks: &mut Vec<Block>, annex: &Annex, findings: &mut Vec<Finding>) {
    let mut out = Vec::with_capacity(blocks.len());
    for mut block in std::mem::take(blocks) {
        if let BlockKind::Section(section) = &mut block.kind {
            put(&mut section.blocks, annex, findings);
        }
        if !is_empty_register(&block) {
            out.push(block);
            continue;
        }
        let span = block.span;
        let BlockKind::Table(table) = block.kind else { continue };
        if annex.parts.is_empty() {
            let message = "no figure of this document comes from a dataset, a measure or a source";
            let finding = Finding::new(&rules::TABLE_EMPTY, message);
            findings.push(match span {
                Some(span) => finding.at(span),
                None => finding,
            });
            continue;
        }
        out.extend(annex.blocks(&table).into_iter().map(|kind| Block { kind, span }));
    }
    *blocks = out;
}

/// The figures that can be followed to where they came from, part by part.
struct Annex {
    parts: Vec<Part>,
    /// Each source once, in the order of its first figure.
    sources: Vec<String>,
}

/// The figures under one heading.
struct Part {
    title: String,
    lines: Vec<Line>,
}

/// One figure.
struct Line {
    name: String,
    value: String,
    at: Option<String>,
    /// Whether it stands for several figures, which need not share a period or a source.
    is_several: bool,
    /// Its place among the sources.
    source: Option<usize>,
    used: Option<(String, Target)>,
}

impl Annex {
    fn of(blocks: &[Block]) -> Self {
        let entries = register(blocks);
        // A document with one part is grouped by what stands below it.
        let mut parts = entries.iter().filter_map(|entry| entry.part.map(|h| &h.anchor));
        let first = parts.next();
        let by_part = parts.any(|part| Some(part) != first);
        let mut annex = Annex { parts: Vec::new(), sources: Vec::new() };
        for entry in entries.iter().filter(|entry| entry.is_sourced()) {
            let over = if by_part { entry.part } else { entry.heading };
            let title = over.map_or_else(|| "Before the first heading".to_owned(), titled);
            let source = entry.source.as_ref().map(|source| {
                annex.sources.iter().position(|known| known == source).unwrap_or_else(|| {
                    annex.sources.push(source.clone());
                    annex.sources.len() - 1
                })
            });
            let line = Line {
                name: entry.name.clone(),
                value: entry.value.clone(),
                at: entry.at.clone(),
                is_several: matches!(entry.usage, Usage::Table | Usage::Chart),
                source,
                used: entry.heading.map(|h| (titled(h), Target::Anchor(h.anchor.clone()))),
            };
            match annex.parts.last_mut() {
                Some(part) if part.title == title => part.lines.push(line),
                _ => annex.parts.push(Part { title, lines: vec![line] }),
            }
        }
        annex
    }

    /// A table for each part, and the list of sources.
    fn blocks(&self, wanted: &Table) -> Vec<BlockKind> {
        let heads: Vec<String> = wanted
            .head
            .iter()
            .flat_map(|row| &row.cells)
            .map(|cell| match cell.blocks.first().map(|block| &block.kind) {
                Some(BlockKind::Paragraph(paragraph)) => line(&paragraph.content),
                _ => String::new(),
            })
            .collect();
        let source = heads.get(COLUMNS - 2).cloned().unwrap_or_default();
        let mut out: Vec<BlockKind> = Vec::new();
        for part in &self.parts {
            let body: Vec<Row> = part.lines.iter().map(|line| row(line, &heads)).collect();
            // The same in every part, so that the eye finds a column where it was.
            let columns = SHARES.map(|share| Column { share, align: Align::Start }).to_vec();
            out.push(BlockKind::Table(Table {
                columns,
                body,
                caption: Some(vec![Inline::text(part.title.clone())]),
                summary: format!("{} Part: {}.", wanted.summary, part.title),
                ..wanted.clone()
            }));
        }
        let list = self.sources.iter().map(|words| {
            vec![Block::new(BlockKind::Paragraph(Paragraph {
                role: ParagraphRole::Note,
                content: vec![Inline::text(words.clone())],
            }))]
        });
        if !self.sources.is_empty() {
            out.push(BlockKind::Paragraph(Paragraph {
                role: ParagraphRole::Note,
                content: vec![Inline::strong(format!("{source}:"))],
            }));
            out.push(BlockKind::List(List { start: Some(1), items: list.collect() }));
        }
        out
    }
}

fn row(line: &Line, heads: &[String]) -> Row {
    let quiet = |words: &str| Cell { quiet: true, ..Cell::text(words) };
    let used = line.used.as_ref().map(|(words, to)| {
        Cell::new(vec![Inline::Link { to: to.clone(), content: vec![Inline::text(words.clone())] }])
    });
    // What the head says, said of a cell that has nothing: "No period".
    let none = |n: usize| {
        let head = heads.get(n).map_or_else(String::new, |head| head.to_lowercase());
        if line.is_several { quiet("Various") } else { quiet(&format!("No {head}")) }
    };
    Row::body(vec![
        Cell::text(line.name.clone()).row_head(),
        Cell::text(line.value.clone()),
        line.at.as_ref().map_or_else(|| none(2), |at| Cell::text(at.clone())),
        line.source.map_or_else(|| none(3), |n| Cell::text((n + 1).to_string())),
        used.unwrap_or_else(|| none(4)),
    ])
}

/// A heading with its number.
fn titled(heading: &Heading) -> String {
    let words = line(&heading.content);
    match &heading.number {
        Some(number) => format!("{number} {words}"),
        None => words,
    }
}
