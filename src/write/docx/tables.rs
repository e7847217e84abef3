//! Data tables: grid, header rows, spans, and the looks of rows and cells.

use docx_rs::{
    Shading, TableCellBorder, TableCellBorderPosition, TableCellBorders, TableCellProperty,
    VMergeType, WidthType,
};

use crate::document::{Align, Cell, Row, RowRole, Scope, Status, Table, line};

use super::Writer;
use super::blocks::{Ground, Place};
use super::format::Rule;
use super::inlines::{Voice, run};
use super::measure::{self, colour};
use super::table_styles::{self, CELL_SIDE, CellText};
use super::xml::Xml;

/// A table before its rows.
#[derive(Debug, Default)]
pub struct Shell<'s> {
    /// Its style.
    pub style: &'s str,
    /// How far it is moved from the left margin.
    pub indent: i32,
    /// Widths of its columns.
    pub columns: &'s [i32],
    /// Whether its first row heads columns.
    pub head: bool,
    /// Whether its first column heads rows.
    pub row_heads: bool,
    /// A short name, for people who hear it.
    pub name: &'s str,
    /// What it holds, for people who hear it.
    pub summary: &'s str,
}

/// How a row behaves on the page.
#[derive(Debug, Clone, Copy, Default)]
pub struct RowForm {
    /// Repeats on each page.
    pub head: bool,
    /// Least height.
    pub height: Option<i32>,
    /// Columns left over at its end, and their width.
    pub after: Option<(usize, i32)>,
}

/// A column of the grid while rows are written: a cell from above may still cover it.
#[derive(Debug, Clone, Copy, Default)]
struct Cover {
    rows: usize,
    columns: usize,
}

impl Writer<'_> {
    /// Opens a table.
    pub(super) fn open_table(&mut self, shell: &Shell, out: &mut Xml) {
        let width: i32 = shell.columns.iter().sum();
        out.open("w:tbl", &[]);
        out.open("w:tblPr", &[]);
        out.val("w:tblStyle", shell.style);
        out.empty("w:tblW", &[("w:w", &width), ("w:type", &"dxa")]);
        if shell.indent != 0 {
            out.empty("w:tblInd", &[("w:w", &shell.indent), ("w:type", &"dxa")]);
        }
        out.empty("w:tblLayout", &[("w:type", &"fixed")]);
        let look = [
            ("w:firstRow", u8::from(shell.head)),
            ("w:lastRow", 0),
            ("w:firstColumn", u8::from(shell.row_heads)),
            ("w:lastColumn", 0),
            ("w:noHBand", 1),
            ("w:noVBand", 1),
        ];
        let bits =
            0x0600 | if shell.head { 0x20 } else { 0 } | if shell.row_heads { 0x80 } else { 0 };
        let bits = format!("{bits:04X}");
        let mut attributes: Vec<(&str, &dyn std::fmt::Display)> = vec![("w:val", &bits)];
        attributes.extend(look.iter().map(|(name, on)| (*name, on as &dyn std::fmt::Display)));
        out.empty("w:tblLook", &attributes);
        if !shell.name.is_empty() {
            out.val("w:tblCaption", shell.name);
        }
        if !shell.summary.is_empty() {
            out.val("w:tblDescription", shell.summary);
        }
        out.close("w:tblPr");
        out.open("w:tblGrid", &[]);
        for column in shell.columns {
            out.empty("w:gridCol", &[("w:w", column)]);
        }
        out.close("w:tblGrid");
    }

    /// Opens a row. Rows are not split across pages.
    pub(super) fn open_row(&mut self, form: RowForm, out: &mut Xml) {
        out.open("w:tr", &[]);
        out.open("w:trPr", &[]);
        if let Some((columns, width)) = form.after {
            out.val("w:gridAfter", columns);
            out.empty("w:wAfter", &[("w:w", &width), ("w:type", &"dxa")]);
        }
        out.empty("w:cantSplit", &[]);
        if let Some(height) = form.height {
            out.empty("w:trHeight", &[("w:val", &height), ("w:hRule", &"atLeast")]);
        }
        if form.head {
            out.empty("w:tblHeader", &[]);
        }
        out.close("w:trPr");
    }

    /// Opens a cell.
    pub(super) fn open_cell(&mut self, property: &TableCellProperty, out: &mut Xml) {
        out.open("w:tc", &[]);
        self.typed(property, out);
    }

    /// Ends a cell's content with the paragraph that the schema asks for, and closes it.
    pub(super) fn close_cell(&mut self, needs_paragraph: bool, place: Place, out: &mut Xml) {
        if needs_paragraph {
            self.empty("SectionEnd", place, out);
        }
        out.close("w:tc");
    }

    /// A data table with its caption.
    pub(super) fn table(&mut self, table: &Table, place: Place, out: &mut Xml) {
        if let Some((id, name)) = table.anchor.as_ref().and_then(|a| self.anchors.write(a)) {
            out.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]);
            out.empty("w:bookmarkEnd", &[("w:id", &id)]);
        }
        let name = table.caption.as_ref().map(|caption| line(caption)).unwrap_or_default();
        if let Some(caption) = &table.caption {
            let children = self.runs(caption, Voice { bold: true, ..Voice::default() });
            self.paragraph("TableCaption", children, place, out);
        }
        let indent = if place.depth > 0 { 380 * place.depth.min(6) as i32 } else { 0 };
        let shares: Vec<f64> = table.columns.iter().map(|column| column.share).collect();
        let columns = if shares.is_empty() {
            vec![place.width - indent]
        } else {
            measure::split((place.width - indent).max(200), &shares)
        };
        let first_cells = table.body.iter().filter_map(|row| row.cells.first());
        let heads = first_cells.filter(|cell| heads_row(cell)).count();
        self.open_table(
            &Shell {
                style: "AnnexeTable",
                indent,
                columns: &columns,
                head: !table.head.is_empty(),
                row_heads: heads > 0,
                name: &name,
                summary: &table.summary,
            },
            out,
        );
        let mut covers = vec![Cover::default(); columns.len()];
        for (index, row) in table.head.iter().enumerate() {
            let last = index + 1 == table.head.len();
            self.row(row, Some(last), &columns, table, &mut covers, place, out);
        }
        for row in &table.body {
            self.row(row, None, &columns, table, &mut covers, place, out);
        }
        if table.head.is_empty() && table.body.is_empty() {
            // A table without rows is not valid; one empty row shows as little.
            let nothing = Row::body(Vec::new());
            self.row(&nothing, None, &columns, table, &mut covers, place, out);
        }
        out.close("w:tbl");
    }

    /// A row; `head` says that it is a header row, and whether the last one.
    #[expect(clippy::too_many_arguments, reason = "a row is where table, grid and place meet")]
    fn row(
        &mut self,
        row: &Row,
        head: Option<bool>,
        widths: &[i32],
        table: &Table,
        covers: &mut [Cover],
        place: Place,
        out: &mut Xml,
    ) {
        self.open_row(RowForm { head: head.is_some(), ..RowForm::default() }, out);
        let keep_next = place.keep_next || row.keep_with_next || head.is_some();
        let mut cells = row.cells.iter();
        let mut at = 0;
        while at < widths.len() {
            if covers[at].rows > 0 {
                let span = covers[at].columns.clamp(1, widths.len() - at);
                covers[at].rows -= 1;
                let property = span_of(widths, at, span).vertical_merge(VMergeType::Continue);
                self.open_cell(&property, out);
                self.close_cell(true, Place { keep_next, ..place }, out);
                at += span;
                continue;
            }
            let free = covers[at..].iter().take_while(|cover| cover.rows == 0).count();
            let Some(cell) = cells.next() else {
                self.open_cell(&span_of(widths, at, free), out);
                self.close_cell(true, Place { keep_next, ..place }, out);
                at += free;
                continue;
            };
            let span = cell.colspan.clamp(1, free);
            if cell.rowspan > 1 {
                covers[at] = Cover { rows: cell.rowspan - 1, columns: span };
            }
            let align = table.columns.get(at).map_or(Align::Start, |column| column.align);
            let kind = cell_text(row.role, cell, head.is_some());
            let align = if span > 1 && kind == CellText::Band { Align::Start } else { align };
            let inner = Place {
                ground: Ground::Cell(kind, align),
                width: (widths[at..at + span].iter().sum::<i32>() - 2 * CELL_SIDE).max(200),
                depth: 0,
                keep_next,
                ..place
            };
            let look = self.cell_look(row.role, cell, head);
            self.cell(cell, look(span_of(widths, at, span)), inner, out);
            at += span;
        }
        if cells.next().is_some() {
            self.unshown("a table row has more cells than columns", &table.summary);
        }
        out.close("w:tr");
    }

    fn cell(&mut self, cell: &Cell, property: TableCellProperty, place: Place, out: &mut Xml) {
        let property =
            if cell.rowspan > 1 { property.vertical_merge(VMergeType::Restart) } else { property };
        self.open_cell(&property, out);
        let style = match &cell.status {
            Some(status) => self.chip(status),
            None => cell.quiet.then(|| "Quiet".to_owned()),
        };
        let place = Place { style: style.as_deref(), ..place };
        if let Some(status) = &cell.status {
            self.status_paragraph(status, place, out);
        }
        let after_table = self.blocks(&cell.blocks, place, out);
        let empty = cell.blocks.is_empty() && cell.status.is_none();
        self.close_cell(after_table || empty, place, out);
    }

    /// The letter and word of a cell that is a rating.
    fn status_paragraph(&mut self, status: &Status, place: Place, out: &mut Xml) {
        let Ground::Cell(kind, align) = place.ground else { return };
        let words = format!("{} {}", status.letter, status.word);
        let children = vec![run(words.trim(), place.voice())];
        self.paragraph(&table_styles::style(kind, align), children, place, out);
    }

    /// What a cell's place among the rows adds to it.
    fn cell_look(
        &self,
        role: RowRole,
        cell: &Cell,
        head: Option<bool>,
    ) -> impl Fn(TableCellProperty) -> TableCellProperty + use<> {
        let tint = colour(&self.tokens.colours.tint);
        let status = cell.status.as_ref().and_then(|status| self.tokens.rag.get(&status.colour));
        let fill = match (status, head, role) {
            (Some(chip), _, _) => Some(colour(&chip.fill)),
            (None, Some(_), _) | (None, None, RowRole::Band) => Some(tint),
            (
                None,
                None,
                RowRole::Head | RowRole::Body | RowRole::Lead | RowRole::Detail | RowRole::Total,
            ) => None,
        };
        let hair = table_styles::hairline(self.tokens);
        let strong = table_styles::head_rule(self.tokens);
        let mut rules: Vec<(TableCellBorderPosition, Rule)> = Vec::new();
        match (head, role) {
            // Word gives the style's rule to the first row only; of several, it is the last one's.
            (Some(true), _) => rules.push((TableCellBorderPosition::Bottom, strong)),
            (Some(false), _) => rules.push((TableCellBorderPosition::Bottom, hair)),
            (None, RowRole::Total) => rules.push((TableCellBorderPosition::Top, strong)),
            (
                None,
                RowRole::Head | RowRole::Body | RowRole::Lead | RowRole::Detail | RowRole::Band,
            ) => {}
        }
        move |mut property| {
            if let Some(fill) = &fill {
                property = property.shading(Shading::new().fill(fill));
            }
            if !rules.is_empty() {
                let mut borders = TableCellBorders::with_empty();
                for (side, rule) in &rules {
                    let size = usize::try_from(rule.size).unwrap_or_default();
                    let border = TableCellBorder::new(side.clone()).size(size);
                    borders = borders.set(border.color(&rule.colour));
                }
                property = property.set_borders(borders);
            }
            property
        }
    }
}

fn heads_row(cell: &Cell) -> bool {
    matches!(cell.header, Some(Scope::Row | Scope::Both))
}

/// What the paragraphs of a cell are.
fn cell_text(role: RowRole, cell: &Cell, head: bool) -> CellText {
    if head {
        return CellText::Heading;
    }
    match role {
        RowRole::Head => CellText::Heading,
        RowRole::Band => CellText::Band,
        RowRole::Lead => CellText::Lead,
        RowRole::Total => CellText::Total,
        RowRole::Body | RowRole::Detail => match cell.header {
            Some(Scope::Column) => CellText::Heading,
            Some(Scope::Row | Scope::Both) => CellText::RowHeading,
            None => CellText::Text,
        },
    }
}

/// The width of `span` columns from `at`.
fn span_of(widths: &[i32], at: usize, span: usize) -> TableCellProperty {
    let width: i32 = widths[at..at + span].iter().sum();
    let property = cell_width(width);
    if span > 1 { property.grid_span(span) } else { property }
}

/// A cell of `width`.
pub fn cell_width(width: i32) -> TableCellProperty {
    TableCellProperty::new().width(usize::try_from(width).unwrap_or_default(), WidthType::Dxa)
}
