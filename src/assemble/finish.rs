//! The last pass over a Document: anchors, heading numbers, heading levels, links, typography.

use std::collections::{BTreeMap, BTreeSet};

use crate::assemble::{edition, figure_register, typography};
use crate::diag::{Finding, Severity, nearest, rules};
use crate::document::{Block, BlockKind, Heading, Inline, Target, line, lines, walk};
use crate::source::{Sources, Span};

/// Headings are numbered down to this level.
const NUMBERED: u8 = 2;

/// How a document is to be finished.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// Whether headings are numbered.
    pub numbered: bool,
    /// Whether blocks were left out: what led to them is then words without a link.
    pub cut: bool,
}

/// Finishes the blocks of a document.
pub fn finish(
    mut blocks: Vec<Block>,
    terms: Terms,
    sources: &Sources,
    findings: &mut Vec<Finding>,
) -> Vec<Block> {
    let Terms { numbered, cut } = terms;
    let mut pass = Pass { numbered, counts: [0; 6], last: 0, taken: BTreeMap::new(), findings };
    pass.headings(&mut blocks);
    let anchors: BTreeSet<String> = pass.taken.into_keys().collect();
    figure_register::fill(&mut blocks, findings);
    let faulty = findings.iter().any(|finding| finding.severity == Severity::Error);
    if cut {
        edition::unlink(&mut blocks, &anchors);
    }
    for (anchor, span) in collect_links(&blocks) {
        if anchors.contains(&anchor) {
            continue;
        }
        // A directive's own link leads nowhere when what it leads to could not be made: that is found already.
        let written = span.is_some_and(|s| sources.text(s).contains(&format!("#{anchor}")));
        if faulty && !written {
            continue;
        }
        let mut finding = Finding::new(
            &rules::LINK_UNKNOWN,
            format!("nothing in this document has the id \"{anchor}\""),
        );
        if let Some(span) = span {
            finding = finding.at(precise(sources, span, &anchor));
        }
        if let Some(near) = nearest(&anchor, anchors.iter().map(String::as_str)) {
            finding = finding.help(format!("did you mean #{near}?"));
        }
        findings.push(finding);
    }
    typography::quotes(&mut blocks);
    blocks
}

/// Narrows a block's span to where `#anchor` stands in it.
fn precise(sources: &Sources, span: Span, anchor: &str) -> Span {
    let wanted = format!("#{anchor}");
    match sources.text(span).find(&wanted) {
        Some(at) => {
            Span::new(span.file, span.start as usize + at..span.start as usize + at + wanted.len())
        }
        None => span,
    }
}

struct Pass<'f> {
    numbered: bool,
    counts: [u32; 6],
    last: u8,
    taken: BTreeMap<String, u32>,
    findings: &'f mut Vec<Finding>,
}

impl Pass<'_> {
    fn headings(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            let span = block.span;
            match &mut block.kind {
                BlockKind::Heading(heading) => self.heading(heading, span),
                BlockKind::Opener(opener) => self.headings(&mut opener.blocks),
                BlockKind::Section(section) => self.headings(&mut section.blocks),
                BlockKind::Callout(callout) => self.headings(&mut callout.blocks),
                BlockKind::Quote(quote) => self.headings(&mut quote.blocks),
                BlockKind::PictureRow(row) => self.headings(&mut row.blocks),
                BlockKind::List(list) => list.items.iter_mut().for_each(|item| self.headings(item)),
                BlockKind::Table(table) => {
                    if let Some(anchor) = &mut table.anchor {
                        *anchor = self.unique(anchor);
                    }
                }
                BlockKind::Drawing(drawing) => {
                    if let Some(anchor) = &mut drawing.anchor {
                        *anchor = self.unique(anchor);
                    }
                }
                BlockKind::Cover(_)
                | BlockKind::Paragraph(_)
                | BlockKind::Image(_)
                | BlockKind::KeyFigures(_)
                | BlockKind::Tiles(_)
                | BlockKind::Steps(_)
                | BlockKind::Contents(_)
                | BlockKind::PageBreak => {}
            }
        }
    }

    fn heading(&mut self, heading: &mut Heading, span: Option<Span>) {
        let level = heading.level;
        if level > self.last + 1 {
            let before = match self.last {
                0 => "it is the first heading".to_string(),
                last => format!("the heading before it is of level {last}"),
            };
            let mut finding = Finding::new(
                &rules::HEADING_SKIPPED,
                format!(
                    "\"{}\" is a heading of level {level}, but {before}",
                    line(&heading.content)
                ),
            )
            .help(format!(
                "make it level {}: {}",
                self.last + 1,
                "#".repeat(usize::from(self.last) + 1)
            ));
            if let Some(span) = span {
                finding = finding.at(span);
            }
            self.findings.push(finding);
        }
        self.last = level;
        let index = usize::from(level.clamp(1, 6)) - 1;
        self.counts[index] += 1;
        self.counts[index + 1..].fill(0);
        if self.numbered && level <= NUMBERED && heading.number.is_none() {
            let numbers: Vec<String> =
                self.counts[..=index].iter().map(ToString::to_string).collect();
            heading.number = Some(numbers.join("."));
        }
        let wanted = if heading.anchor.is_empty() {
            slug(&line(&heading.content))
        } else {
            heading.anchor.clone()
        };
        heading.anchor = self.unique(&wanted);
    }

    fn unique(&mut self, wanted: &str) -> String {
        let mut anchor = wanted.to_string();
        while self.taken.contains_key(&anchor) {
            let count = self.taken.get_mut(wanted).map_or(2, |n| {
                *n += 1;
                *n
            });
            anchor = format!("{wanted}-{count}");
        }
        self.taken.insert(anchor.clone(), 1);
        anchor
    }
}

/// An anchor made of words: "How we will know" → "how-we-will-know".
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "part".to_string() } else { out.to_string() }
}

/// The links of `blocks` to anchors, each with the place of the nearest block that was written.
fn collect_links(blocks: &[Block]) -> Vec<(String, Option<Span>)> {
    let (mut out, mut last) = (Vec::new(), None);
    walk(blocks, &mut |block| {
        last = block.span.or(last);
        for content in lines(&block.kind) {
            line_links(content, last, &mut out);
        }
    });
    out
}

fn line_links(content: &[Inline], span: Option<Span>, out: &mut Vec<(String, Option<Span>)>) {
    for inline in content {
        match inline {
            Inline::Link { to, content } => {
                if let Target::Anchor(anchor) = to {
                    out.push((anchor.clone(), span));
                }
                line_links(content, span, out);
            }
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Held { content, .. }
            | Inline::Footnote { content } => {
                line_links(content, span, out);
            }
            Inline::Text { .. } | Inline::Figure(_) | Inline::Status(_) | Inline::Break => {}
        }
    }
}
