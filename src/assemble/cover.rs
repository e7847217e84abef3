//! The front page: what the document is, for whom, and for which day.

use crate::assemble::Assembler;
use crate::document::{Block, BlockKind, Cover, Meta, line};
use crate::narrative;
use crate::plan::date::day_in_words;
use crate::source::At;

impl Assembler<'_> {
    pub(super) fn cover(&mut self, meta: &Meta) -> Block {
        let template = self.template;
        let subtitle = template.subtitle.as_ref().map(|words| self.front_matter_words(words));
        let lines = [
            template.cycle.clone(),
            Some(format!("As at {}", day_in_words(meta.as_at))),
            template.status.clone(),
        ];
        Block::new(BlockKind::Cover(Cover {
            area: meta.area.clone(),
            title: meta.title.clone(),
            subtitle,
            lines: lines.into_iter().flatten().collect(),
            partners: self.project.settings.partners.clone(),
        }))
    }

    /// Words of the front matter, which may hold expressions.
    pub(super) fn front_matter_words(&mut self, words: &At<String>) -> String {
        let tree = narrative::parse_inline(
            words,
            words.span.file,
            words.span.start as usize + 1,
            &mut self.findings,
        );
        let content = self.inlines(&tree);
        line(&content)
    }
}
