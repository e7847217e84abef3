//! The front page: what the document is, for whom, and for which day.

use crate::assemble::Assembler;
use crate::diag::Place;
use crate::document::{Block, BlockKind, Cover, Image, Meta, line};
use crate::narrative;
use crate::narrative::tree::Words;
use crate::plan::date::day_in_words;
use crate::source::At;

impl Assembler<'_> {
    pub(super) fn cover(&mut self, meta: &Meta, title: &str) -> Block {
        let template = self.template;
        let face = self.face();
        let subtitle = face.subtitle.map(|words| self.front_matter_words(words));
        let lines = [
            template.cycle.clone(),
            Some(format!("As at {}", day_in_words(meta.as_at))),
            face.status.map(str::to_owned),
        ];
        // A cover's picture repeats what its title says.
        let picture = face.picture.and_then(|named| self.image(named, None, None));
        let picture = picture.map(|image| Image { alt: None, ..image });
        let named = self.edition.is_none_or(|edition| edition.partners_on_cover);
        // A document of another day may have other partners than the project has now.
        let partners = match template.partners.as_slice() {
            _ if !named => Vec::new(),
            [] => self.project.settings.partners.clone(),
            own => own.to_vec(),
        };
        Block::new(BlockKind::Cover(Cover {
            area: meta.area.clone(),
            title: title.to_owned(),
            subtitle,
            lines: lines.into_iter().flatten().collect(),
            partners,
            label: self.edition.and_then(|edition| edition.label.clone()),
            picture,
        }))
    }

    /// Words of the front matter, which may hold expressions.
    pub(super) fn front_matter_words(&mut self, words: &At<String>) -> String {
        let At { value, span } = words;
        // TOML may write the words otherwise than they read; then all of them are the place.
        let at = self.project.sources.text(*span).find(value.as_str());
        let base = span.start as usize + at.unwrap_or(0);
        let mut found = Vec::new();
        let mut tree = narrative::parse_inline(value, span.file, base, &mut found);
        if at.is_none() {
            found.iter_mut().for_each(|finding| finding.place = Place::Span(*span));
            for word in &mut tree {
                if let Words::Expression(expression) = word {
                    expression.span = *span;
                }
            }
        }
        self.findings.extend(found);
        let content = self.inlines(&tree);
        line(&content)
    }
}
