//! Names of places in a page: safe in a fragment, unique, and the same each time.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Block, BlockKind, walk};

/// The id of each anchor of a document.
#[derive(Debug, Default)]
pub(super) struct Ids {
    by_anchor: BTreeMap<String, String>,
    taken: BTreeSet<String>,
}

impl Ids {
    /// The ids of all anchors in `blocks`.
    pub(super) fn of(blocks: &[Block]) -> Self {
        let mut ids = Ids::default();
        walk(blocks, &mut |block| {
            let anchor = match &block.kind {
                BlockKind::Heading(heading) => Some(&heading.anchor),
                BlockKind::Table(table) => table.anchor.as_ref(),
                BlockKind::Drawing(drawing) => drawing.anchor.as_ref(),
                _ => None,
            };
            if let Some(anchor) = anchor.filter(|anchor| !ids.by_anchor.contains_key(*anchor)) {
                let id = ids.fresh(anchor);
                ids.by_anchor.insert(anchor.clone(), id);
            }
        });
        ids
    }

    /// The id of `anchor`, where the document has it.
    pub(super) fn get(&self, anchor: &str) -> Option<&str> {
        self.by_anchor.get(anchor).map(String::as_str)
    }

    /// All of them, by anchor.
    pub(super) fn into_map(self) -> BTreeMap<String, String> {
        self.by_anchor
    }

    /// An id like `wish` that nothing else has. Ids of the writer's own hold `--`, which none here does.
    fn fresh(&mut self, wish: &str) -> String {
        let mut plain = String::new();
        for c in wish.chars() {
            if c.is_alphanumeric() || c == '_' {
                plain.push(c);
            } else if !plain.is_empty() && !plain.ends_with('-') {
                plain.push('-');
            }
        }
        let plain = plain.trim_end_matches('-');
        let starts_well = plain.starts_with(|c: char| c.is_alphabetic());
        let base = if starts_well { plain.to_owned() } else { format!("at-{plain}") };
        let mut id = base.clone();
        let mut n = 2;
        while !self.taken.insert(id.clone()) {
            id = format!("{base}-{n}");
            n += 1;
        }
        id
    }
}
