//! Typographic quotes and apostrophes, the same in narrative and in data.

use crate::document::{Block, BlockKind, Cell, Drawing, Inline, Status};

/// Sets straight quotes in every text of `blocks` as typographic ones.
pub fn quotes(blocks: &mut [Block]) {
    for block in blocks {
        block_quotes(block);
    }
}

fn block_quotes(block: &mut Block) {
    match &mut block.kind {
        BlockKind::Cover(cover) => {
            words(&mut cover.title);
            cover.label.iter_mut().for_each(words);
            cover.subtitle.iter_mut().for_each(words);
            cover.lines.iter_mut().chain(&mut cover.partners).for_each(words);
        }
        BlockKind::Opener(opener) => {
            opener.label.iter_mut().for_each(|l| line(l));
            quotes(&mut opener.blocks);
        }
        BlockKind::Heading(heading) => line(&mut heading.content),
        BlockKind::Paragraph(paragraph) => line(&mut paragraph.content),
        BlockKind::List(list) => list.items.iter_mut().for_each(|item| quotes(item)),
        BlockKind::Table(table) => {
            table.caption.iter_mut().for_each(|c| line(c));
            words(&mut table.summary);
            let rows = table.head.iter_mut().chain(&mut table.body);
            rows.flat_map(|row| &mut row.cells).for_each(cell);
        }
        BlockKind::Drawing(drawing) => {
            drawing_quotes(drawing);
        }
        BlockKind::Tiles(tiles) => {
            words(&mut tiles.summary);
            for tile in &mut tiles.tiles {
                line(&mut tile.name);
                line(&mut tile.value);
                tile.at.iter_mut().for_each(words);
                tile.change.iter_mut().chain(&mut tile.target).for_each(|l| line(l));
                tile.status.iter_mut().for_each(rating);
                tile.spark.iter_mut().for_each(drawing_quotes);
            }
        }
        BlockKind::Image(image) => {
            image.caption.iter_mut().for_each(|c| line(c));
            image.alt.iter_mut().for_each(words);
        }
        BlockKind::PictureRow(row) => {
            row.image.alt.iter_mut().for_each(words);
            quotes(&mut row.blocks);
        }
        BlockKind::Callout(callout) => {
            callout.title.iter_mut().for_each(|t| line(t));
            quotes(&mut callout.blocks);
        }
        BlockKind::KeyFigures(figures) => {
            for item in &mut figures.items {
                line(&mut item.value);
                line(&mut item.label);
                item.note.iter_mut().for_each(|n| line(n));
            }
        }
        BlockKind::Quote(quote) => {
            quotes(&mut quote.blocks);
            quote.by.iter_mut().for_each(words);
        }
        BlockKind::Steps(steps) => {
            for step in &mut steps.steps {
                words(&mut step.title);
                words(&mut step.period);
                step.mark.iter_mut().for_each(words);
                step.items.iter_mut().for_each(|i| line(i));
            }
        }
        BlockKind::Contents(contents) => words(&mut contents.title),
        BlockKind::Section(section) => quotes(&mut section.blocks),
        BlockKind::PageBreak => {}
    }
}

fn drawing_quotes(drawing: &mut Drawing) {
    drawing.title.iter_mut().chain(&mut drawing.caption).for_each(|c| line(c));
    words(&mut drawing.alt);
    drawing.drawing.labels_mut().into_iter().for_each(words);
}

fn cell(cell: &mut Cell) {
    if let Some(status) = &mut cell.status {
        rating(status);
    }
    quotes(&mut cell.blocks);
}

fn rating(status: &mut Status) {
    words(&mut status.word);
    status.picture.iter_mut().for_each(|picture| words(&mut picture.words));
}

fn words(text: &mut String) {
    let mut before = None;
    set(text, &mut before);
}

/// One line: a quote at the start of an inline looks at the inline before it.
fn line(content: &mut [Inline]) {
    let mut before = None;
    inlines(content, &mut before);
}

fn inlines(content: &mut [Inline], before: &mut Option<char>) {
    for inline in content {
        match inline {
            Inline::Text { text } => set(text, before),
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Held { content, .. }
            | Inline::Link { content, .. } => {
                inlines(content, before);
            }
            Inline::Figure(figure) => set(&mut figure.text, before),
            Inline::Status(status) => rating(status),
            Inline::Footnote { content } => line(content),
            Inline::Break => *before = Some(' '),
        }
    }
}

fn set(text: &mut String, before: &mut Option<char>) {
    if !text.contains(['\'', '"']) {
        *before = text.chars().last().or(*before);
        return;
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        let opens =
            before.is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '‘' | '“' | '/'));
        let set = match c {
            '\'' if opens => '‘',
            '\'' => '’',
            '"' if opens => '“',
            '"' => '”',
            c => c,
        };
        out.push(set);
        *before = Some(set);
    }
    *text = out;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_open_after_a_space_and_close_after_a_letter() {
        let mut text = "the council's \"plan\" ('draft')".to_string();
        words(&mut text);
        assert_eq!(text, "the council’s “plan” (‘draft’)");
    }

    #[test]
    fn an_apostrophe_after_bold_text_is_not_an_opening_quote() {
        let mut content = vec![Inline::strong("families"), Inline::text("' views")];
        line(&mut content);
        assert_eq!(content[1], Inline::text("’ views"));
    }
}
