//! Numbers the paragraphs of a board paper, from 1 through the whole document.
//!
//! Each numbered paragraph is an item of a numbered list that begins with its number, so every writer
//! draws it as a list and readers who hear it hear the number. A bulleted list under a paragraph belongs
//! to it. Boxes, tables, quotes and remarks have no numbers.

use crate::document::{Block, BlockKind, List, ParagraphRole};

/// `blocks` with their paragraphs numbered.
pub fn number(blocks: Vec<Block>) -> Vec<Block> {
    from(blocks, &mut 1)
}

fn from(blocks: Vec<Block>, next: &mut u32) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    // Whether the last block is a list of numbered paragraphs that may go on.
    let mut open = false;
    for mut block in blocks {
        match &mut block.kind {
            BlockKind::Section(section) => {
                section.blocks = from(std::mem::take(&mut section.blocks), next);
                open = false;
            }
            BlockKind::Paragraph(paragraph) if paragraph.role != ParagraphRole::Note => {
                paragraph.role = ParagraphRole::Body;
                let start = *next;
                *next += 1;
                if let Some(list) = out.last_mut().and_then(numbered).filter(|_| open) {
                    list.items.push(vec![block]);
                    continue;
                }
                let span = block.span;
                let list = List { start: Some(start), items: vec![vec![block]] };
                out.push(Block { kind: BlockKind::List(list), span });
                open = true;
                continue;
            }
            BlockKind::List(list) if list.start.is_none() && open => {
                let item = out.last_mut().and_then(numbered).and_then(|list| list.items.last_mut());
                if let Some(item) = item {
                    item.push(block);
                    continue;
                }
            }
            _ => open = false,
        }
        out.push(block);
    }
    out
}

fn numbered(block: &mut Block) -> Option<&mut List> {
    match &mut block.kind {
        BlockKind::List(list) => Some(list),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bullets() -> Block {
        let items = vec![vec![Block::paragraph("a bullet")]];
        Block::new(BlockKind::List(List { start: None, items }))
    }

    /// The first number of each numbered list, and how many paragraphs each of its items holds.
    fn shape(blocks: &[Block]) -> Vec<(u32, Vec<usize>)> {
        let list = |block: &Block| match &block.kind {
            BlockKind::List(list) => {
                Some((list.start?, list.items.iter().map(Vec::len).collect::<Vec<_>>()))
            }
            _ => None,
        };
        blocks.iter().filter_map(list).collect()
    }

    #[test]
    fn numbers_run_on_over_what_has_none() {
        let blocks = vec![
            Block::paragraph("one"),
            Block::paragraph("two"),
            bullets(),
            Block::paragraph("three"),
            Block::new(BlockKind::PageBreak),
            Block::paragraph("four"),
        ];
        assert_eq!(shape(&number(blocks)), [(1, vec![1, 2, 1]), (4, vec![1])]);
    }

    #[test]
    fn a_list_that_stands_alone_is_left_alone() {
        let blocks = vec![bullets(), Block::paragraph("one")];
        let numbered = number(blocks);
        assert_eq!(numbered[0], bullets());
        assert_eq!(shape(&numbered), [(1, vec![1])]);
    }
}
