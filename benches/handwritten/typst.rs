//! A document as literal Typst: the top of the file, and running text.

use std::fmt::Write;

use annexe::document::*;
use annexe::theme::Tokens;

use crate::inline::{inlines, markup, quoted};
use crate::table::table;

/// What stands at the top of the file, as an author would write it once.
pub const PRELUDE: &str = r##"
#let ink = rgb("#1B2440")
#let accent = rgb("#0B5F6B")
#let tint = rgb("#EEF4F5")
#let line-colour = rgb("#C6CFD6")
#let grey-ink = rgb("#4A5560")
#let red = rgb("#B3261E")
#let amber = rgb("#F4B223")
#let green = rgb("#1B7A3D")
#let blue = rgb("#1D5FA8")
#let grey = rgb("#5B6670")
#let hairline = 0.5pt + line-colour

#let chip(fill, ink, letter) = box(fill: fill, radius: 0.3em, inset: (x: 0.42em), outset: (y: 0.14em),
  text(fill: ink, weight: "bold", size: 0.9em, letter))
#let to(target, body) = link(target, text(fill: accent, underline(offset: 0.16em, stroke: 0.6pt + accent, body)))
#let note(body) = { set text(size: 9pt, fill: grey-ink, weight: "regular"); par(body) }
#let lead(body) = { set text(size: 14pt, fill: accent); par(body) }
#let leads-in(width: auto, body) = block(width: width, sticky: true, breakable: false, spacing: 0.9em, body)

// Tables: a header cell of a column, of a row, and ordinary cells with their rule.
#let th = table.cell.with(fill: tint, stroke: (bottom: 1pt + ink), align: bottom, breakable: false)
#let row-head(scope: "row", colour: ink, cell: table.cell, body) = pdf.header-cell(scope: scope,
  cell(text(weight: "bold", fill: colour, body)))

#let running-head(words) = context {
  set text(size: 9pt, fill: grey-ink)
  let page = here().page()
  let parts = query(heading.where(level: 1, outlined: true)).filter(it => it.location().page() <= page)
  grid(columns: (auto, 1fr), column-gutter: 8mm, words, align(right, if parts != () { parts.last().body }))
}
#let running-foot(words) = {
  set text(size: 9pt, fill: grey-ink)
  grid(columns: (1fr, auto), align: bottom, words, text(weight: "bold", fill: accent, size: 10pt, context counter(page).display()))
}

#set text(font: "Noto Sans", size: 12pt, fill: ink, lang: "en", region: "GB", hyphenate: false,
  top-edge: 0.76em, bottom-edge: -0.24em)
#set par(leading: 0.3em, spacing: 0.9em)
#set list(marker: (text(fill: accent)[•], text(fill: accent)[–]), body-indent: 0.7em, spacing: 0.6em)
#set enum(body-indent: 0.7em, spacing: 0.6em)
#set footnote.entry(indent: 0mm, gap: 0.6em)
#show footnote.entry: set text(size: 9pt, fill: grey-ink)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.where(kind: table): set block(above: 2em, breakable: true)
#show figure: set align(left)
#show figure.caption: it => block(sticky: true, text(size: 9.5pt, fill: grey-ink, weight: "bold", it.body))
#set figure(gap: 0.8em)
#set table(stroke: (x: none, top: none, bottom: hairline), align: left + top)
#set table.cell(breakable: false)

#let title(it, size, above, bar: none) = context {
  let number = if it.numbering != none { text(size: size, weight: "bold", fill: accent, (it.numbering)()) }
  let indent = if number != none { measure(number).width + 0.6 * size } else { 0pt }
  block(above: above, below: 0.75em, sticky: true, width: 100%, inset: (left: indent), {
    if bar != none { block(above: 0pt, below: 0.7em, sticky: true, move(dx: -indent, bar)) }
    set text(size: size, weight: "bold", fill: ink)
    set par(leading: 0.25em)
    if number != none { box(width: 0pt, place(top + left, dx: -indent, dy: -0.76em, number)) }
    it.body
  })
}
#show heading: it => title(it, 13.5pt, 1.4em)
#show heading.where(level: 1): it => title(it, 30pt, 0em)
#show heading.where(level: 2): it => title(it, 20pt, 1.9em, bar: rect(width: 14mm, height: 2.5pt, fill: accent))
#show heading.where(level: 3): it => title(it, 16pt, 1.6em)

#set outline.entry(fill: box(width: 100%, inset: (x: 2mm), line(length: 100%,
  stroke: (paint: line-colour, thickness: 1pt, dash: (0pt, 3pt), cap: "round"))))
#set outline(indent: level => (0mm, 9mm, 23mm, 40mm).at(level))
#show outline.entry: it => link(it.element.location(), it.indented(
  if it.prefix() != none { box(width: (9mm, 14mm, 17mm, 20mm).at(it.level - 1), it.prefix()) }, it.inner(), gap: 0mm))
#show outline.entry: set block(above: 0.7em)
#show outline.entry: set par(leading: 0.25em)
#show outline.entry.where(level: 1): set text(weight: "bold", size: 1.08em)
#show outline.entry.where(level: 1): set block(above: 1.3em)
"##;

/// What stands on pages of one orientation, in millimetres.
#[derive(Clone, Copy)]
pub struct Room {
    pub width: f64,
    pub height: f64,
}

const UPRIGHT: Room = Room { width: 166.0, height: 252.0 };
const BROAD: Room = Room { width: 178.0 + 87.0, height: 165.0 };
/// The longest line, in millimetres.
const MEASURE: f64 = 160.0;

/// The width of a box.
fn box_width(width: f64) -> f64 {
    if width > 1.15 * MEASURE { MEASURE } else { width }
}

/// A writer of one file.
pub struct Hand<'t> {
    pub out: String,
    pub tokens: &'t Tokens,
}

/// The whole file.
pub fn source(document: &Document, tokens: &Tokens) -> String {
    let meta = &document.meta;
    let keywords: Vec<String> = meta.keywords.iter().map(|word| quoted(word)).collect();
    let mut hand = Hand { out: String::new(), tokens };
    let _ = write!(
        hand.out,
        "#set document(title: {}, author: {}, keywords: ({}), description: {})\n{PRELUDE}\n\
         #set page(paper: \"a4\", margin: (x: 22mm, top: 24mm, bottom: 21mm), header-ascent: 12mm - 9pt, footer-descent: 9mm - 10pt,\n  \
         header: running-head[{}], footer: running-foot[{}])\n\n",
        quoted(&meta.title),
        quoted(&meta.author),
        keywords.iter().map(|word| format!("{word}, ")).collect::<String>(),
        quoted(&meta.subject),
        markup(&meta.running_head),
        markup(&meta.running_foot),
    );
    hand.blocks(&document.blocks, UPRIGHT);
    hand.out
}

impl Hand<'_> {
    /// Appends what is formatted.
    pub fn put(&mut self, words: &str) {
        self.out.push_str(words);
    }

    pub fn blocks(&mut self, list: &[Block], room: Room) {
        let mut before: Option<&BlockKind> = None;
        for (index, block) in list.iter().enumerate() {
            let opens = matches!(&block.kind, BlockKind::Contents(_))
                || matches!(&block.kind, BlockKind::Heading(heading) if heading.level == 1);
            let begun = matches!(
                before,
                None | Some(BlockKind::Cover(_) | BlockKind::Section(_) | BlockKind::PageBreak)
            );
            if opens && !begun {
                self.put("#pagebreak()\n\n");
            }
            before = Some(&block.kind);
            let next = list.get(index + 1).map(|block| &block.kind);
            self.block(&block.kind, next, room);
        }
    }

    fn block(&mut self, kind: &BlockKind, next: Option<&BlockKind>, room: Room) {
        match kind {
            BlockKind::Cover(cover) => self.cover(cover),
            BlockKind::Heading(heading) => self.heading(heading),
            BlockKind::Paragraph(paragraph) => self.paragraph(paragraph, next, room),
            BlockKind::List(list) => self.list(list, room),
            BlockKind::Table(block) => table(self, block, room),
            BlockKind::Section(section) => {
                let (room, page) = match section.orientation {
                    Orientation::Portrait => (UPRIGHT, ""),
                    Orientation::Landscape => (BROAD, "flipped: true, margin: (x: 16mm), "),
                };
                let _ = writeln!(self.out, "#page({page}[");
                self.blocks(&section.blocks, room);
                self.put("])\n\n");
            }
            BlockKind::Contents(contents) => {
                let _ = writeln!(
                    self.out,
                    "#heading(outlined: false, bookmarked: true)[{}]\n#outline(title: none, depth: {})\n",
                    markup(&contents.title),
                    contents.depth
                );
            }
            BlockKind::Callout(callout) => self.callout(callout, room),
            BlockKind::Quote(quote) => self.quote(quote, room),
            BlockKind::KeyFigures(figures) => self.key_figures(figures, room),
            BlockKind::PageBreak => self.put("#pagebreak()\n\n"),
            BlockKind::Drawing(_)
            | BlockKind::Opener(_)
            | BlockKind::Tiles(_)
            | BlockKind::Image(_)
            | BlockKind::PictureRow(_)
            | BlockKind::Steps(_) => unreachable!("such documents are passed over"),
        }
    }

    fn cover(&mut self, cover: &Cover) {
        let _ = writeln!(
            self.out,
            r#"#page(margin: 0mm, header: none, footer: none)[
  #place(top + left, dx: 50.4mm - 184.14mm, dy: 47.52mm - 184.14mm, circle(radius: 184.14mm, fill: accent))
  #place(top + left, dx: 50.4mm - 132.5808mm, dy: 47.52mm - 132.5808mm, circle(radius: 132.5808mm, fill: accent.darken(8%)))
  #place(top + left, dx: 50.4mm - 81.0216mm, dy: 47.52mm - 81.0216mm, circle(radius: 81.0216mm, fill: accent.darken(16%)))
  #place(top + left, dx: 22mm, dy: 22mm, block(width: 166mm, text(size: 16pt, weight: "bold", fill: white)[{}]))
  #place(top + left, dx: 22mm, dy: 22mm, block(width: 0.82 * 166mm, height: 156.2mm, align(bottom)[
    #set text(fill: white)
    #set par(leading: 0.12em, spacing: 0.8em)
    #par(text(size: 40pt, weight: "bold")[{}])"#,
            markup(&cover.area),
            markup(&cover.title)
        );
        if let Some(subtitle) = &cover.subtitle {
            let _ = writeln!(
                self.out,
                "    #set par(leading: 0.3em)\n    #par(text(size: 16pt)[{}])",
                markup(subtitle)
            );
        }
        let size = if cover.partners.len() > 5 { 9.5 } else { 12.0 };
        self.put("  ]))\n  #place(bottom + left, dx: 22mm, dy: -22mm, block(width: 166mm)[\n    #set par(leading: 0.3em, spacing: 0.7em)\n    #grid(columns: (1fr, 1fr), column-gutter: 10mm, align: bottom, [");
        self.put(&cover.lines.iter().map(|l| markup(l)).collect::<Vec<_>>().join("\n\n"));
        let _ = writeln!(self.out, "], [#set text(size: {size}pt, weight: \"bold\")");
        self.put(&cover.partners.iter().map(|l| markup(l)).collect::<Vec<_>>().join("\n\n"));
        self.put("])\n  ])\n]\n\n");
    }

    fn heading(&mut self, heading: &Heading) {
        let words = inlines(&heading.content, self.tokens);
        let _ = match &heading.number {
            Some(number) => writeln!(
                self.out,
                "#heading(level: {}, numbering: (..) => {})[{words}] <{}>\n",
                heading.level,
                quoted(number),
                heading.anchor
            ),
            None => writeln!(
                self.out,
                "{} {words} <{}>\n",
                "=".repeat(heading.level.into()),
                heading.anchor
            ),
        };
    }

    fn paragraph(&mut self, paragraph: &Paragraph, next: Option<&BlockKind>, room: Room) {
        let words = inlines(&paragraph.content, self.tokens);
        let wide = room.width > MEASURE;
        let leads_in = matches!(
            next,
            Some(
                BlockKind::Table(_)
                    | BlockKind::Drawing(_)
                    | BlockKind::Image(_)
                    | BlockKind::Steps(_)
                    | BlockKind::KeyFigures(_)
                    | BlockKind::List(_)
            )
        );
        let words = match paragraph.role {
            ParagraphRole::Body => words,
            ParagraphRole::Lead => format!("#lead[{words}]"),
            ParagraphRole::Note => format!("#note[{words}]"),
        };
        let _ = match (leads_in, wide) {
            (true, true) => writeln!(self.out, "#leads-in(width: {MEASURE}mm)[{words}]\n"),
            (true, false) => writeln!(self.out, "#leads-in[{words}]\n"),
            (false, true) => writeln!(self.out, "#block(width: {MEASURE}mm)[{words}]\n"),
            (false, false) => writeln!(self.out, "{words}\n"),
        };
    }

    fn list(&mut self, list: &List, room: Room) {
        let wide = room.width > MEASURE;
        if wide {
            let _ = writeln!(self.out, "#block(width: {MEASURE}mm)[");
        }
        let inner = Room { width: room.width.min(MEASURE) - 7.0, ..room };
        let _ = match list.start {
            Some(start) => write!(self.out, "#enum(start: {start}, "),
            None => write!(self.out, "#list("),
        };
        for item in &list.items {
            self.put("[");
            match item.as_slice() {
                [Block { kind: BlockKind::Paragraph(only), .. }] => {
                    self.put(&inlines(&only.content, self.tokens));
                }
                several => self.blocks(several, inner),
            }
            self.put("],\n  ");
        }
        self.put(if wide { ")\n]\n\n" } else { ")\n\n" });
    }

    fn callout(&mut self, callout: &Callout, room: Room) {
        let width = box_width(room.width);
        let look = match callout.role {
            CalloutRole::Spotlight => "fill: tint, stroke: (left: 4pt + accent)",
            CalloutRole::Note => "stroke: (left: 4pt + line-colour)",
            CalloutRole::Decision => "stroke: 1.25pt + accent",
        };
        let _ = writeln!(
            self.out,
            "#block(width: {width}mm, {look}, inset: 5mm, above: 1.6em, below: 1.6em)["
        );
        if let Some(title) = &callout.title {
            let _ = writeln!(
                self.out,
                "#block(sticky: true, below: 0.8em, text(weight: \"bold\", fill: accent)[{}])\n",
                inlines(title, self.tokens)
            );
        }
        self.blocks(&callout.blocks, Room { width: width - 10.0, ..room });
        self.put("]\n\n");
    }

    fn quote(&mut self, quote: &Quote, room: Room) {
        let _ = writeln!(
            self.out,
            "#block(width: {}mm, breakable: false, inset: (left: 12mm), above: 1.8em, below: 1.8em)[\n\
             #place(top + left, dx: -12mm, dy: -0.05em, pdf.artifact(text(size: 48pt, weight: \"bold\", fill: accent, top-edge: \"bounds\", bottom-edge: \"baseline\")[“]))\n\
             #show quote: it => it.body\n#quote(block: true, block[#set text(size: 14pt)",
            box_width(room.width)
        );
        self.blocks(&quote.blocks, Room { width: room.width - 12.0, ..room });
        self.put("])\n");
        if let Some(by) = &quote.by {
            let _ = writeln!(
                self.out,
                "#block(above: 1em, text(size: 10pt, weight: \"bold\", fill: grey-ink)[{}])",
                markup(by)
            );
        }
        self.put("]\n\n");
    }

    fn key_figures(&mut self, figures: &KeyFigures, room: Room) {
        let across = ((room.width / 38.0).floor() as usize).min(figures.items.len()).max(1);
        let _ = writeln!(
            self.out,
            "#block(above: 1.6em, below: 1.8em, breakable: false, grid(columns: (1fr,) * {across}, gutter: 7mm,"
        );
        for item in &figures.items {
            let _ = write!(
                self.out,
                "  block(width: 100%, stroke: (top: 2pt + accent), inset: (top: 3mm))[\n    #set par(leading: 0.3em, spacing: 0.55em)\n    \
                 #par(text(size: 26pt, weight: \"bold\", fill: accent)[{}])\n    #par(text(weight: \"bold\", size: 10.5pt)[{}])\n",
                inlines(&item.value, self.tokens),
                inlines(&item.label, self.tokens)
            );
            if let Some(note) = &item.note {
                let _ = writeln!(self.out, "    #note[{}]", inlines(note, self.tokens));
            }
            self.put("  ],\n");
        }
        self.put("))\n\n");
    }
}
