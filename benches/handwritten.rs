//! What the theme costs over a Typst file that somebody wrote by hand to draw the same pages.
//!
//! Every document is written out as literal Typst: its words in the source, its tables
//! as `table(…)` calls with the same columns, sizes, rules and header rows, nothing read
//! from data and nothing computed. Both are laid out and exported in this process, with
//! Typst's memory emptied before each run, and timed in CPU seconds (Linux only).

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use annexe::assemble::{Options, assemble};
use annexe::document::*;
use annexe::write::pdf::{ThemeFile, ThemeInput, layout, standard_theme};

const RUNS: usize = 5;

fn main() {
    let (project, _) = annexe::load::load(Path::new(env!("CARGO_MANIFEST_DIR")));
    let project = project.expect("this project loads");
    let theme = standard_theme().expect("the shipped theme");
    println!(
        "{:<16}{:>7}{:>7}{:>10}{:>10}{:>7}",
        "document", "pages", "hand", "theme s", "hand s", "ratio"
    );
    for template in project.templates.values() {
        let options = Options {
            edition: template.editions[0].clone(),
            as_at: template.as_at.unwrap_or(project.settings.as_at),
            parameters: Default::default(),
        };
        let document = assemble(&project, template, &options).document;
        let source = typst(&document);
        let file = ThemeFile { bytes: source.into_bytes().into(), source: None };
        let files = BTreeMap::from([("theme.typ".to_string(), file)]);
        let hand = ThemeInput::new("hand", project.theme.tokens.clone(), files, BTreeMap::new())
            .expect("a theme of one file");
        let (pages, ours) = timed(&document, &theme);
        let (hand_pages, theirs) = timed(&document, &hand);
        println!(
            "{:<16}{pages:>7}{hand_pages:>7}{ours:>10.2}{theirs:>10.2}{:>7.2}",
            template.name,
            ours / theirs
        );
    }
}

/// Pages, and the least CPU seconds of several runs.
fn timed(document: &Document, theme: &ThemeInput) -> (usize, f64) {
    let (mut pages, mut least) = (0, f64::MAX);
    for _ in 0..RUNS {
        comemo::evict(0);
        let before = cpu();
        let laid = layout(document, theme).unwrap_or_else(|faults| panic!("{faults:#?}"));
        laid.pdf().unwrap_or_else(|faults| panic!("{faults:#?}"));
        least = least.min(cpu() - before);
        pages = laid.pages();
    }
    (pages, least)
}

/// CPU seconds of this process so far, from /proc: user and system, in hundredths.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields: Vec<&str> =
        stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |n: usize| fields.get(n).and_then(|f| f.parse::<f64>().ok()).unwrap_or_default();
    (ticks(11) + ticks(12)) / 100.0
}

/// The document as literal Typst.
fn typst(document: &Document) -> String {
    let mut out = String::from(
        "#set document(title: \"Hand\")\n\
         #set page(width: 210mm, height: 297mm, margin: 22mm, numbering: \"1\")\n\
         #set text(font: \"Noto Sans\", size: 12pt, lang: \"en\", region: \"GB\", hyphenate: false, fill: rgb(\"#1B2440\"))\n\
         #set text(top-edge: 0.8em, bottom-edge: -0.2em)\n\
         #set par(leading: 0.4em, spacing: 1.1em)\n\
         #let chip(letter, fill, ink) = box(fill: fill, inset: (x: 3pt, y: 1pt), radius: 2pt, text(fill: ink, weight: \"bold\", letter))\n",
    );
    blocks(&document.blocks, &mut out);
    out
}

fn text(words: &str) -> String {
    format!("#{:?};", words.replace('\u{a0}', " "))
}

fn inlines(content: &[Inline]) -> String {
    let mut out = String::new();
    for inline in content {
        match inline {
            Inline::Text { text: words } => out.push_str(&text(words)),
            Inline::Emphasis { content } => {
                let _ = write!(out, "#emph[{}]", inlines(content));
            }
            Inline::Strong { content } => {
                let _ = write!(out, "#strong[{}]", inlines(content));
            }
            Inline::Link { content, .. } => out.push_str(&inlines(content)),
            Inline::Figure(figure) => out.push_str(&text(&figure.text)),
            Inline::Status(status) => out.push_str(&chip(status)),
            Inline::Footnote { content } => {
                let _ = write!(out, "#footnote[{}]", inlines(content));
            }
            Inline::Break => out.push_str("#linebreak()"),
        }
    }
    out
}

fn chip(status: &Status) -> String {
    format!("#chip({:?}, rgb(\"#1B7A3D\"), white) {}", status.letter, text(&status.word))
}

fn blocks(list: &[Block], out: &mut String) {
    for block in list {
        match &block.kind {
            BlockKind::Cover(cover) => {
                let _ = writeln!(out, "#text(size: 40pt)[{}]\n#pagebreak()", text(&cover.title));
            }
            BlockKind::Heading(heading) => {
                let page = if heading.level == 1 { "#pagebreak(weak: true)\n" } else { "" };
                let _ = writeln!(
                    out,
                    "{page}#heading(level: {})[{}]\n",
                    heading.level,
                    inlines(&heading.content)
                );
            }
            BlockKind::Paragraph(paragraph) => {
                let _ = writeln!(out, "{}\n", inlines(&paragraph.content));
            }
            BlockKind::List(list) => {
                for item in &list.items {
                    out.push_str("#list[");
                    blocks(item, out);
                    out.push_str("]\n");
                }
            }
            BlockKind::Table(table) => self::table(table, out),
            BlockKind::Section(section) => {
                let flip = section.orientation == Orientation::Landscape;
                let _ = writeln!(out, "#page(flipped: {flip}, margin: 16mm)[");
                blocks(&section.blocks, out);
                out.push_str("]\n");
            }
            BlockKind::Contents(_) => out.push_str("#outline(depth: 2)\n"),
            BlockKind::Callout(callout) => blocks(&callout.blocks, out),
            BlockKind::Quote(quote) => blocks(&quote.blocks, out),
            BlockKind::PictureRow(row) => blocks(&row.blocks, out),
            BlockKind::KeyFigures(figures) => {
                for item in &figures.items {
                    let _ = writeln!(out, "{} {}\n", inlines(&item.value), inlines(&item.label));
                }
            }
            BlockKind::Steps(steps) => {
                for item in steps.steps.iter().flat_map(|step| &step.items) {
                    let _ = writeln!(out, "{}\n", inlines(item));
                }
            }
            // A hand would draw one diagram once; it is left out on this side.
            BlockKind::Tiles(_)
            | BlockKind::Drawing(_)
            | BlockKind::Image(_)
            | BlockKind::PageBreak => {}
        }
    }
}

fn table(table: &Table, out: &mut String) {
    let shares: Vec<String> = table.columns.iter().map(|c| format!("{}fr", c.share)).collect();
    let _ = writeln!(
        out,
        "#[#set text(size: 9.5pt)\n#set par(leading: 0.32em, spacing: 0.6em)\n#pdf.table-summary(summary: {:?}, table(columns: ({},), stroke: none, inset: (x: 2mm, y: 1.4mm), table.header(",
        table.summary,
        shares.join(", ")
    );
    for row in &table.head {
        row.cells
            .iter()
            .for_each(|c| cell(c, "fill: rgb(\"#EEF4F5\"), stroke: (bottom: 1pt), ", out));
    }
    out.push_str("),\n");
    for row in &table.body {
        row.cells.iter().for_each(|c| cell(c, "stroke: (bottom: 0.5pt), breakable: false, ", out));
        out.push('\n');
    }
    out.push_str("))]\n");
}

fn cell(cell: &Cell, look: &str, out: &mut String) {
    let head = match cell.header {
        Some(Scope::Row) => "pdf.header-cell(scope: \"row\", ",
        Some(Scope::Both) => "pdf.header-cell(scope: \"both\", ",
        Some(Scope::Column) | None => "",
    };
    let (columns, rows) = (cell.colspan, cell.rowspan);
    let _ = write!(out, "{head}table.cell({look}colspan: {columns}, rowspan: {rows})[");
    if let Some(status) = &cell.status {
        out.push_str(&chip(status));
    }
    blocks(&cell.blocks, out);
    out.push_str(if head.is_empty() { "]," } else { "])," });
}
