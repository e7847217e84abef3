//! A table as literal Typst, with the rows held together that the pages hold together.

use std::fmt::Write;

use annexe::document::*;

use crate::inline::{chip, inlines, markup, quoted, rated};
use crate::typst::{Hand, Room};

/// Millimetres in a point.
const POINT: f64 = 25.4 / 72.0;

/// How a kind of table looks: sizes in points, insets in millimetres.
#[derive(Clone, Copy)]
struct Look {
    size: f64,
    inset_x: f64,
    inset_y: f64,
    header_colour: &'static str,
    lead_rule: &'static str,
    lead_fill: &'static str,
    indent: f64,
    spanned: &'static str,
}

fn look(role: &str) -> Look {
    let plain = Look {
        size: 9.5,
        inset_x: 2.0,
        inset_y: 1.7,
        header_colour: "ink",
        lead_rule: "hairline",
        lead_fill: "",
        indent: 4.0,
        spanned: "center",
    };
    match role {
        "actions" => Look { lead_rule: "1pt + accent", ..plain },
        "scorecard" => Look { inset_x: 1.5, inset_y: 1.5, ..plain },
        "fields" => Look { size: 11.0, inset_y: 2.4, header_colour: "grey-ink", ..plain },
        "statement-plan" => Look {
            inset_y: 1.4,
            lead_fill: "fill: tint.lighten(30%), ",
            indent: 0.0,
            spanned: "left",
            ..plain
        },
        "statement-summary" => Look { inset_y: 1.3, ..plain },
        "prose" | "rag-key" => Look { size: 10.5, ..plain },
        _ => plain,
    }
}

/// Writes `table` where there is `room`.
pub fn table(hand: &mut Hand<'_>, table: &Table, room: Room) {
    let look = look(&table.role);
    let total: f64 = table.columns.iter().map(|column| column.share).sum();
    let boxed = matches!(table.role.as_str(), "rag-key" | "fields") && room.width > 1.15 * 160.0;
    let wide = if boxed { 160.0 } else { room.width };
    let widths: Vec<f64> = table.columns.iter().map(|c| wide * c.share / total).collect();
    let tracks: Vec<String> = table.columns.iter().map(|c| format!("{}fr", c.share)).collect();
    let aligns: Vec<&str> = table
        .columns
        .iter()
        .map(|column| match column.align {
            Align::Start => "left + top",
            Align::Number => "right + top",
            Align::Centre => "center + top",
        })
        .collect();
    let _ = writeln!(
        hand.out,
        "#[#set text(size: {}pt, number-width: \"tabular\")\n#set par(leading: 0.32em, spacing: 0.6em)\n\
         #set list(spacing: 0.45em, body-indent: 0.5em)\n#set enum(spacing: 0.45em, body-indent: 0.5em)",
        look.size
    );
    let mut made = format!(
        "pdf.table-summary(summary: {}, table(columns: ({},), inset: (x: {}mm, y: {}mm),",
        quoted(&table.summary),
        tracks.join(", "),
        look.inset_x,
        look.inset_y
    );
    if aligns.iter().any(|align| *align != "left + top") {
        let _ = write!(made, " align: ({},),", aligns.join(", "));
    }
    made.push('\n');
    if !table.head.is_empty() {
        made.push_str("  table.header(");
        for (index, row) in table.head.iter().enumerate() {
            for cell in &row.cells {
                let lowest = index + cell.rowspan >= table.head.len();
                made.push_str(&head_cell(hand, cell, look, lowest, room));
            }
        }
        made.push_str("),\n");
    }
    made.push_str(&body(hand, table, look, &widths, room));
    made.push_str("))");
    if boxed {
        made = format!("block(width: {wide}mm, {made})");
    }
    let label = table.anchor.as_ref().map(|anchor| format!(" <{anchor}>")).unwrap_or_default();
    let _ = match &table.caption {
        Some(caption) => writeln!(
            hand.out,
            "#figure({made}, caption: [{}], kind: table, supplement: none, numbering: none){label}\n]\n",
            inlines(caption, hand.tokens)
        ),
        None => writeln!(hand.out, "#block(above: 1.4em, below: 2em)[#{made}{label}]\n]\n"),
    };
}

fn head_cell(hand: &mut Hand<'_>, cell: &Cell, look: Look, lowest: bool, room: Room) -> String {
    let words = match &cell.status {
        Some(status) if cell.blocks.is_empty() => {
            format!("{} \\ {}", chip(status, hand.tokens), markup(&status.word))
        }
        _ => words(hand, cell, false, room),
    };
    let mut more = String::new();
    if cell.colspan > 1 {
        let _ = write!(more, "colspan: {}, align: {} + bottom, ", cell.colspan, look.spanned);
    }
    if cell.rowspan > 1 {
        let _ = write!(more, "rowspan: {}, ", cell.rowspan);
    }
    if !lowest {
        more.push_str("stroke: (bottom: hairline), ");
    }
    match scope(cell) {
        None => format!("th({more})[*{words}*], ").replace("th()", "th"),
        Some(scope) => {
            format!("pdf.header-cell(scope: \"{scope}\", th({more})[*{words}*]), ")
        }
    }
}

/// What a header cell heads, where Typst does not know by itself.
fn scope(cell: &Cell) -> Option<&'static str> {
    match cell.header {
        Some(Scope::Row) => Some("row"),
        Some(Scope::Both) => Some("both"),
        Some(Scope::Column) | None => None,
    }
}

/// What a cell shows.
fn words(hand: &mut Hand<'_>, cell: &Cell, compact: bool, room: Room) -> String {
    let tokens = hand.tokens;
    let lone = match cell.blocks.as_slice() {
        [Block { kind: BlockKind::Paragraph(only), .. }] if only.role == ParagraphRole::Body => {
            Some(only)
        }
        _ => None,
    };
    let mut shown = match lone {
        Some(only) => inlines(&only.content, tokens),
        None => {
            let outside = std::mem::take(&mut hand.out);
            hand.blocks(&cell.blocks, room);
            std::mem::replace(&mut hand.out, outside).trim_end().to_owned()
        }
    };
    if cell.quiet {
        let size = if compact { ", size: 0.93em" } else { "" };
        shown = format!("#text(fill: grey-ink{size})[{shown}]");
    }
    let Some(status) = &cell.status else { return shown };
    let rated = rated(status, tokens);
    if cell.blocks.is_empty() {
        rated
    } else if compact {
        format!(
            "#stack(dir: btt, spacing: 0.5em, text(size: 0.86em)[{rated}], text(weight: \"bold\")[{shown}])"
        )
    } else {
        format!("{rated}\n\n{shown}")
    }
}

/// How many bytes of words `blocks` hold, for [`about_high`].
fn letters(block: &Block) -> usize {
    fn of(content: &[Inline]) -> usize {
        content
            .iter()
            .map(|inline| match inline {
                Inline::Text { text } => text.len(),
                Inline::Figure(figure) => figure.text.len(),
                Inline::Emphasis { content }
                | Inline::Strong { content }
                | Inline::Held { content, .. }
                | Inline::Link { content, .. }
                | Inline::Footnote { content } => of(content),
                Inline::Status(_) | Inline::Break => 0,
            })
            .sum()
    }
    match &block.kind {
        BlockKind::Paragraph(paragraph) => of(&paragraph.content),
        BlockKind::List(list) => list.items.iter().flatten().map(letters).sum(),
        _ => 0,
    }
}

/// About how high a cell of this width is, in millimetres: what the author sees on the page.
fn about_high(blocks: &[Block], width: f64, size: f64) -> f64 {
    let across = ((width - 4.0) / (0.52 * size * POINT)).max(1.0);
    let lines = |block| (letters(block) as f64 / across).ceil() + 0.6;
    blocks.iter().map(|block| lines(block) * size * POINT * 1.4).sum::<f64>() + 3.4
}

/// The column each cell of each row starts in.
fn starts(rows: &[Row], columns: usize) -> Vec<Vec<usize>> {
    let mut covered = vec![0usize; columns];
    let mut all = Vec::new();
    for row in rows {
        let (mut starts, mut column) = (Vec::new(), 0);
        for cell in &row.cells {
            while column < columns && covered[column] > 0 {
                column += 1;
            }
            starts.push(column.min(columns - 1));
            for other in covered.iter_mut().take(column + cell.colspan).skip(column) {
                *other = cell.rowspan;
            }
            column += cell.colspan;
        }
        covered.iter_mut().for_each(|left| *left = left.saturating_sub(1));
        all.push(starts);
    }
    all
}

fn body(hand: &mut Hand<'_>, table: &Table, look: Look, widths: &[f64], room: Room) -> String {
    let rows = &table.body;
    let starts = starts(rows, widths.len());
    let width_at = |start: usize, cell: &Cell| -> f64 {
        widths[start..(start + cell.colspan).min(widths.len())].iter().sum()
    };
    let alone: Vec<f64> = rows
        .iter()
        .zip(&starts)
        .map(|(row, starts)| {
            let cells = row.cells.iter().zip(starts).filter(|(cell, _)| cell.rowspan == 1);
            cells
                .map(|(cell, start)| about_high(&cell.blocks, width_at(*start, cell), look.size))
                .fold(0.0, f64::max)
        })
        .collect();
    let height = |index: usize, count: usize| -> f64 { alone.iter().skip(index).take(count).sum() };
    let mut out = String::new();
    let mut held = String::new();
    let mut fillers: Vec<(usize, String)> = Vec::new();
    let mut continues = false;
    for (index, row) in rows.iter().enumerate() {
        let whole = row.cells.iter().map(|cell| cell.colspan).sum::<usize>() == widths.len();
        let single = whole && row.cells.iter().all(|cell| cell.rowspan == 1);
        let ends = row.role == RowRole::Body
            && (index == 0 || index + 2 == rows.len())
            && height(index, 2) < 0.3 * room.height;
        let holds = single && index + 1 < rows.len() && (row.keep_with_next || ends);
        if !holds && !held.is_empty() {
            let _ = writeln!(out, "  table.header(level: 2, repeat: false, {held}),");
            held.clear();
        }
        let covers = row.cells.iter().map(|cell| cell.rowspan).max().unwrap_or(1);
        let long = covers > 1 && height(index, covers) > 0.55 * room.height;
        let opens = row.role == RowRole::Lead && whole && (long || continues);
        let mut cells = std::mem::take(&mut fillers);
        for (place, (cell, start)) in row.cells.iter().zip(&starts[index]).enumerate() {
            let width = width_at(*start, cell);
            let share = match (cell.rowspan, row.role) {
                (1, _) => 0.4,
                (_, RowRole::Lead) => 0.55,
                _ => 0.8,
            };
            let breakable = height(index, cell.rowspan) > room.height * share;
            let filled = opens && cell.rowspan > 1;
            if filled {
                let (rows, columns) = (cell.rowspan - 1, cell.colspan);
                fillers.push((
                    *start,
                    format!(
                        "table.cell(rowspan: {rows}, colspan: {columns}, breakable: {long})[], "
                    ),
                ));
            }
            let of_row = OfRow {
                role: row.role,
                first: index == 0,
                indented: row.role == RowRole::Detail && place == 0 && look.indent > 0.0,
                breakable,
                filled,
                spans: if opens { 1 } else { cell.rowspan },
                plain: holds || opens,
            };
            let inner = Room { width: width - 2.0 * look.inset_x, ..room };
            let words = words(hand, cell, width < 30.0, inner);
            cells.push((*start, of_row.cell(cell, words, look)));
        }
        if !opens {
            cells.sort_by_key(|(start, _)| *start);
        }
        let joined: String = cells.into_iter().map(|(_, cell)| cell).collect();
        if opens {
            let _ = writeln!(out, "  table.header(level: 2, repeat: {long}, {joined}),");
            continues = long;
        } else if holds {
            held.push_str(&joined);
        } else {
            let _ = writeln!(out, "  {joined}");
        }
    }
    out
}

/// How the cells of one row are written.
struct OfRow {
    role: RowRole,
    first: bool,
    indented: bool,
    breakable: bool,
    filled: bool,
    spans: usize,
    plain: bool,
}

impl OfRow {
    fn cell(&self, cell: &Cell, words: String, look: Look) -> String {
        let mut more = String::new();
        if cell.colspan > 1 {
            let _ = write!(more, "colspan: {}, ", cell.colspan);
        }
        if self.spans > 1 {
            let _ = write!(more, "rowspan: {}, ", self.spans);
        }
        match self.role {
            RowRole::Band => more.push_str("fill: tint, "),
            RowRole::Lead => more.push_str(look.lead_fill),
            _ => {}
        }
        let top = match self.role {
            RowRole::Lead if !self.first => Some(look.lead_rule),
            RowRole::Total => Some("1pt + ink"),
            _ => None,
        };
        match (top, self.filled) {
            (Some(top), false) => {
                let _ = write!(more, "stroke: (top: {top}, bottom: hairline), ");
            }
            (Some(top), true) => {
                let _ = write!(more, "stroke: (top: {top}, bottom: none), ");
            }
            (None, true) => more.push_str("stroke: none, "),
            (None, false) => {}
        }
        if self.indented {
            let left = look.inset_x + look.indent;
            let (x, y) = (look.inset_x, look.inset_y);
            let _ = write!(more, "inset: (x: {x}mm, y: {y}mm, left: {left}mm), ");
        }
        if self.breakable {
            more.push_str("breakable: true, ");
        }
        let cell_with = |words: &str| match more.is_empty() {
            true => format!("[{words}]"),
            false => format!("table.cell({more})[{words}]"),
        };
        if let Some(kind) = cell.header {
            let scope = match kind {
                Scope::Row => "",
                Scope::Column => "scope: \"column\", ",
                Scope::Both => "scope: \"both\", ",
            };
            let colour = if self.role == RowRole::Lead { "accent" } else { look.header_colour };
            let colour =
                if colour == "ink" { String::new() } else { format!("colour: {colour}, ") };
            let with = if more.is_empty() {
                String::new()
            } else {
                format!("cell: table.cell.with({more}), ")
            };
            return format!("row-head({scope}{colour}{with})[{words}], ")
                .replace("row-head()", "row-head");
        }
        let words = match self.role {
            RowRole::Band => format!("#text(weight: \"bold\", fill: accent)[{words}]"),
            RowRole::Total => format!("*{words}*"),
            _ => words,
        };
        if self.plain {
            format!("pdf.data-cell(table.cell({more})[{words}]), ")
        } else {
            format!("{}, ", cell_with(&words))
        }
    }
}
