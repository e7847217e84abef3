//! Every kind of block, one arm each.

use super::inlines::class_of;
use super::{Extras, Writer};
use crate::document::*;

impl<'d> Writer<'d> {
    pub(super) fn blocks(&mut self, blocks: &'d [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    pub(super) fn block(&mut self, block: &'d Block) {
        let outer = self.span;
        self.span = block.span.or(outer);
        match &block.kind {
            BlockKind::Cover(cover) => self.cover(cover, "div"),
            BlockKind::Opener(opener) => self.opener(opener),
            BlockKind::Heading(heading) => self.heading(heading),
            BlockKind::Paragraph(paragraph) => self.paragraph(paragraph),
            BlockKind::List(list) => self.list(list),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Drawing(drawing) => self.drawing(drawing),
            BlockKind::Image(image) => self.image(image),
            BlockKind::PictureRow(row) => self.picture_row(row),
            BlockKind::Callout(callout) => self.callout(callout),
            BlockKind::KeyFigures(figures) => self.key_figures(figures),
            BlockKind::Tiles(tiles) => self.tiles(tiles),
            BlockKind::Quote(quote) => self.quote(quote),
            BlockKind::Steps(steps) => self.steps(steps),
            BlockKind::Contents(contents) => self.contents(contents),
            BlockKind::Section(section) => {
                let class = match section.orientation {
                    Orientation::Portrait => "section",
                    Orientation::Landscape => "section wide",
                };
                self.out.open("div", &[("class", Some(class))]);
                self.out.line();
                self.blocks(&section.blocks);
                self.out.close("div");
            }
            BlockKind::PageBreak => self.out.open_close("div", &[("class", Some("page-break"))]),
        }
        self.out.line();
        self.span = outer;
    }

    fn opener(&mut self, opener: &'d Opener) {
        self.out.open("div", &[("class", Some("opener"))]);
        if let Some(label) = &opener.label {
            self.line("p", "opener-label", label);
        }
        self.blocks(&opener.blocks);
        self.out.close("div");
    }

    /// A document's headings of level 1 are a page's of level 2 where its title comes first.
    fn heading(&mut self, heading: &'d Heading) {
        let level = heading.level + self.top - 1;
        let element = format!("h{}", level.min(6));
        let id = self.ids.get(&heading.anchor).map(str::to_owned);
        // Deeper ones than a page has levels for keep their depth for those who hear it.
        let level = (level > 6).then(|| level.to_string());
        self.out.open(&element, &[("id", id.as_deref()), ("aria-level", level.as_deref())]);
        if let Some(number) = &heading.number {
            self.out.element("span", &[("class", Some("number"))], number);
            self.out.raw(" ");
        }
        self.sealed(&heading.content);
        self.out.close(&element);
    }

    fn paragraph(&mut self, paragraph: &'d Paragraph) {
        let class = match paragraph.role {
            ParagraphRole::Body => None,
            ParagraphRole::Lead => Some("lead"),
            ParagraphRole::Note => Some("note"),
        };
        self.out.open("p", &[("class", class)]);
        self.inlines(&paragraph.content);
        self.out.close("p");
    }

    /// Words in an element of their own.
    pub(super) fn line(&mut self, element: &str, class: &str, content: &'d [Inline]) {
        self.out.open(element, &[("class", Some(class))]);
        self.inlines(content);
        self.out.close(element);
    }

    fn list(&mut self, list: &'d List) {
        let start = list.start.filter(|start| *start != 1).map(|start| start.to_string());
        let element = if list.start.is_some() { "ol" } else { "ul" };
        self.out.open(element, &[("start", start.as_deref())]);
        self.out.line();
        for item in &list.items {
            self.out.open("li", &[]);
            self.inner(item);
            self.out.close("li");
            self.out.line();
        }
        self.out.close(element);
    }

    /// Blocks of an item or a cell: a single body paragraph needs no element of its own.
    pub(super) fn inner(&mut self, blocks: &'d [Block]) {
        let mut rest = blocks;
        if let Some((Block { kind: BlockKind::Paragraph(first), .. }, after)) = blocks.split_first()
            && first.role == ParagraphRole::Body
            && !matches!(after.first().map(|block| &block.kind), Some(BlockKind::Paragraph(_)))
        {
            self.inlines(&first.content);
            rest = after;
        }
        if !rest.is_empty() {
            self.out.line();
            self.blocks(rest);
        }
    }

    fn image(&mut self, image: &'d Image) {
        match &image.caption {
            Some(caption) => {
                self.out.open("figure", &[("class", Some("picture"))]);
                self.picture(image);
                self.line("figcaption", "caption", caption);
                self.out.close("figure");
            }
            None => {
                self.out.open("div", &[("class", Some("picture"))]);
                self.picture(image);
                self.out.close("div");
            }
        }
    }

    fn picture_row(&mut self, row: &'d PictureRow) {
        self.out.open("div", &[("class", Some("picture-row"))]);
        self.out.open("div", &[("class", Some("picture-row-picture"))]);
        self.picture(&row.image);
        self.out.close("div");
        self.out.open("div", &[("class", Some("picture-row-words"))]);
        self.blocks(&row.blocks);
        if let Some(caption) = &row.image.caption {
            self.line("p", "caption", caption);
        }
        self.out.raw("</div></div>");
    }

    fn contents(&mut self, contents: &'d Contents) {
        let id = "contents--";
        self.out.open("nav", &[("class", Some("contents")), ("aria-labelledby", Some(id))]);
        self.out.element("h2", &[("id", Some(id))], &contents.title);
        let mut headings: Vec<&'d Heading> = Vec::new();
        let (document, extras): (&'d Document, &'d Extras) = (self.document, self.extras);
        match &extras.outline {
            Some(outline) => headings.extend(outline),
            None => headings.extend(all_headings(&document.blocks)),
        }
        headings.retain(|heading| heading.level <= contents.depth);
        let mut depth = 0;
        for heading in headings {
            // Levels never skip downwards; the first may be any.
            let level = heading.level.clamp(1, depth + 1);
            if level > depth {
                self.out.open("ol", &[("data-added", (depth == 0).then_some(""))]);
                depth += 1;
            } else {
                while depth > level {
                    self.out.raw("</li></ol>");
                    depth -= 1;
                }
                self.out.raw("</li>");
            }
            self.out.line();
            self.out.open("li", &[]);
            let to = self.place(&heading.anchor);
            self.out.open("a", &[("href", to.as_deref())]);
            if let Some(asset) = contents.pictures.get(&heading.anchor) {
                self.asset(asset, &[("alt", Some(""))]);
            }
            if let Some(number) = &heading.number {
                self.out.element("span", &[("class", Some("number"))], number);
                self.out.raw(" ");
            }
            self.out.element("span", &[], &line(&heading.content));
            self.out.close("a");
        }
        for _ in 0..depth {
            self.out.raw("</li></ol>");
        }
        self.out.close("nav");
    }

    fn quote(&mut self, quote: &'d Quote) {
        let class = quote.class.as_deref().map(|class| format!("quote by-{}", class_of(class)));
        self.out.open("figure", &[("class", Some(class.as_deref().unwrap_or("quote")))]);
        self.out.open("blockquote", &[]);
        self.blocks(&quote.blocks);
        self.out.close("blockquote");
        if let Some(by) = &quote.by {
            self.out.element("figcaption", &[], by);
        }
        self.out.close("figure");
    }
}

/// Every heading in `blocks`, in reading order.
pub fn all_headings(blocks: &[Block]) -> Vec<&Heading> {
    let mut headings = Vec::new();
    walk(blocks, &mut |block| {
        if let BlockKind::Heading(heading) = &block.kind {
            headings.push(heading);
        }
    });
    headings
}
