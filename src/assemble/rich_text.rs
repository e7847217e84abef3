//! Words of a record with emphasis and links: Markdown, read where a document shows them.

use crate::assemble::Assembler;
use crate::assemble::declared_values::RichText;
use crate::diag::{Finding, Place, rules};
use crate::document::Inline;
use crate::narrative;
use crate::narrative::tree::{Expression, NodeKind};
use crate::source::Span;

impl Assembler<'_> {
    /// What rich text looks like in running text.
    pub(super) fn rich_text(&mut self, rich: &RichText, expression: &Expression) -> Vec<Inline> {
        let cell = rich.cell.unwrap_or(expression.span);
        let before = self.findings.len();
        // Behind the quote; words written with escapes stand elsewhere, so their faults go to the value.
        let base = cell.start as usize + 1;
        let mut found = Vec::new();
        let nodes = narrative::parse(&rich.words, cell.file, base, &mut found);
        self.findings.extend(found);
        let content = match nodes.as_slice() {
            [] => Vec::new(),
            [node] if let NodeKind::Paragraph(words) = &node.kind => self.inlines(words),
            _ => {
                let message = "rich text is one paragraph: words, emphasis and links";
                let finding = Finding::new(&rules::MARKDOWN_UNSUPPORTED, message).at(cell);
                let help = "put lists and headings into narrative";
                self.findings.push(finding.help(help));
                Vec::new()
            }
        };
        let file = &self.project.sources.file(cell.file).text;
        let is_plain = file.get(base..base + rich.words.len()) == Some(rich.words.as_str());
        for finding in self.findings.iter_mut().skip(before).filter(|_| !is_plain) {
            finding.place = Place::Span(Span { ..cell });
        }
        content
    }
}
