//! What can be linked to: headings, tables and drawings, each with the bookmark that stands for it.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Block, BlockKind, Heading, walk};

/// The longest name that Word accepts for a bookmark.
const LONGEST: usize = 40;

/// The headings of a document in reading order, and the bookmarks of everything with an anchor.
#[derive(Debug, Default)]
pub struct Anchors<'d> {
    /// The headings.
    pub headings: Vec<&'d Heading>,
    names: BTreeMap<&'d str, Bookmark>,
    taken: BTreeSet<String>,
}

#[derive(Debug)]
struct Bookmark {
    id: usize,
    name: String,
    written: bool,
}

impl<'d> Anchors<'d> {
    /// Those of `blocks`.
    pub fn of(blocks: &'d [Block]) -> Self {
        let mut anchors = Anchors::default();
        anchors.collect(blocks);
        anchors
    }

    /// The name of the bookmark that stands for `anchor`.
    pub fn bookmark(&self, anchor: &str) -> Option<&str> {
        Some(&self.names.get(anchor)?.name)
    }

    /// Id and name of the bookmark to write for `anchor`; none when it was written before.
    pub fn write(&mut self, anchor: &str) -> Option<(usize, String)> {
        let bookmark = self.names.get_mut(anchor).filter(|bookmark| !bookmark.written)?;
        bookmark.written = true;
        Some((bookmark.id, bookmark.name.clone()))
    }

    /// How many bookmarks there are; their ids go up to this.
    pub fn count(&self) -> usize {
        self.names.len()
    }

    fn collect(&mut self, blocks: &'d [Block]) {
        walk(blocks, &mut |block| match &block.kind {
            BlockKind::Heading(heading) => {
                self.headings.push(heading);
                self.add(&heading.anchor);
            }
            BlockKind::Drawing(drawing) => {
                if let Some(anchor) = &drawing.anchor {
                    self.add(anchor);
                }
            }
            BlockKind::Table(table) => {
                if let Some(anchor) = &table.anchor {
                    self.add(anchor);
                }
            }
            _ => {}
        });
    }

    fn add(&mut self, anchor: &'d str) {
        if self.names.contains_key(anchor) {
            return;
        }
        let base = bookmark_name(anchor);
        let mut name = base.clone();
        let mut count = 1;
        // Word compares bookmark names without regard to case.
        while !self.taken.insert(name.to_ascii_lowercase()) {
            count += 1;
            let suffix = format!("_{count}");
            name = format!("{}{suffix}", &base[..base.len().min(LONGEST - suffix.len())]);
        }
        let id = self.names.len() + 1;
        self.names.insert(anchor, Bookmark { id, name, written: false });
    }
}

/// `anchor` as Word allows it: a letter, then letters, digits and underscores, 40 at most.
fn bookmark_name(anchor: &str) -> String {
    let mut name: String =
        anchor.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.insert_str(0, "a_");
    }
    name.truncate(LONGEST);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(anchor: &str) -> Block {
        Block::new(BlockKind::Heading(Heading {
            level: 1,
            number: None,
            content: Vec::new(),
            anchor: anchor.to_owned(),
            covers: Vec::new(),
        }))
    }

    #[test]
    fn bookmark_names_are_valid_and_differ_even_where_anchors_differ_only_in_case_or_far_on() {
        let long = "é".repeat(60);
        let anchors = ["1.2 intro", "A", "a", &long, &format!("{long}2")];
        let blocks: Vec<Block> = anchors.iter().map(|a| heading(a)).collect();
        let known = Anchors::of(&blocks);
        let mut names = BTreeSet::new();
        for anchor in anchors {
            let name = known.bookmark(anchor).unwrap();
            assert!(name.len() <= LONGEST && name.starts_with(|c: char| c.is_ascii_alphabetic()));
            assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
            assert!(names.insert(name.to_ascii_lowercase()), "{name} twice");
        }
    }
}
