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

/// What a cell's place among the rows adds to it.
#[derive(Debug, Clone, Default)]
struct Look {
    fill: Option<String>,
    rules: Vec<(TableCellBorderPosition, Rule)>,
}

/// A column of the grid while rows are written: a cell from above may still cover it.
#[derive(Debug, Clone, Default)]
struct Cover {
    rows: usize,
    columns: usize,
    look: Look,
}

/// A table while its rows are written.
struct Grid<'t> {
    table: &'t Table,
    widths: Vec<i32>,
    covers: Vec<Cover>,
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
        let covers = vec![Cover::default(); columns.len()];
        let mut grid = Grid { table, widths: columns, covers };
        for (index, row) in table.head.iter().enumerate() {
            self.row(row, Some(table.head.len() - index), &mut grid, place, out);
        }
        for row in &table.body {
            self.row(row, None, &mut grid, place, out);
        }
        if table.head.is_empty() && table.body.is_empty() {
            // A table without rows is not valid; one empty row shows as little.
            self.row(&Row::body(Vec::new()), None, &mut grid, place, out);
        }
        out.close("w:tbl");
    }

    /// A row. `head` says that it is a header row, and how many of those are left with it.
    fn row(
        &mut self,
        row: &Row,
        head: Option<usize>,
        grid: &mut Grid,
        place: Place,
        out: &mut Xml,
    ) {
        self.open_row(RowForm { head: head.is_some(), ..RowForm::default() }, out);
        let keep_next = place.keep_next || row.keep_with_next || head.is_some();
        let place = Place { keep_next, depth: 0, ..place };
        let mut cells = row.cells.iter();
        let mut at = 0;
        while at < grid.widths.len() {
            if grid.covers[at].rows > 0 {
                at += self.covered(grid, at, place, out);
                continue;
            }
            let free = grid.covers[at..].iter().take_while(|cover| cover.rows == 0).count();
            let Some(cell) = cells.next() else {
                self.open_cell(&grid.cell(at, free), out);
                self.close_cell(true, place, out);
                at += free;
                continue;
            };
            let span = cell.colspan.clamp(1, free);
            let look = self.look(row.role, cell, head);
            let kind = cell_text(row.role, cell, head.is_some());
            let ground = Ground::Cell(kind, grid.align(at, span, kind));
            let mut property = look.on(grid.cell(at, span));
            if cell.rowspan > 1 {
                property = property.vertical_merge(VMergeType::Restart);
                grid.covers[at] = Cover { rows: cell.rowspan - 1, columns: span, look };
            }
            let width = (grid.width(at, span) - 2 * CELL_SIDE).max(200);
            self.cell(cell, &property, Place { ground, width, ..place }, out);
            at += span;
        }
        if cells.next().is_some() {
            self.unshown("a table row has more cells than columns", &grid.table.summary);
        }
        out.close("w:tr");
    }

    /// The rest of a cell that reaches down from above; how many columns it takes.
    fn covered(&mut self, grid: &mut Grid, at: usize, place: Place, out: &mut Xml) -> usize {
        let span = grid.covers[at].columns.clamp(1, grid.widths.len() - at);
        grid.covers[at].rows -= 1;
        let property = grid.covers[at].look.on(grid.cell(at, span));
        self.open_cell(&property.vertical_merge(VMergeType::Continue), out);
        self.close_cell(true, place, out);
        span
    }

    fn cell(&mut self, cell: &Cell, property: &TableCellProperty, place: Place, out: &mut Xml) {
        self.open_cell(property, out);
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

    fn look(&self, role: RowRole, cell: &Cell, head: Option<usize>) -> Look {
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
        let hair = || table_styles::hairline(self.tokens);
        let strong = || table_styles::head_rule(self.tokens);
        let rules = match (head, role) {
            // Word gives the style's rule to the first row only; of several, it is the last one's.
            (Some(left), _) if cell.rowspan >= left => {
                vec![(TableCellBorderPosition::Bottom, strong())]
            }
            (Some(_), _) => vec![(TableCellBorderPosition::Bottom, hair())],
            (None, RowRole::Total) => vec![(TableCellBorderPosition::Top, strong())],
            (
                None,
                RowRole::Head | RowRole::Body | RowRole::Lead | RowRole::Detail | RowRole::Band,
            ) => Vec::new(),
        };
        Look { fill, rules }
    }
}

impl Look {
    fn on(&self, mut property: TableCellProperty) -> TableCellProperty {
        if let Some(fill) = &self.fill {
            property = property.shading(Shading::new().fill(fill));
        }
        if !self.rules.is_empty() {
            let mut borders = TableCellBorders::with_empty();
            for (side, rule) in &self.rules {
                let size = usize::try_from(rule.size).unwrap_or_default();
                let border = TableCellBorder::new(side.clone()).size(size);
                borders = borders.set(border.color(&rule.colour));
            }
            property = property.set_borders(borders);
        }
        property
    }
}

impl Grid<'_> {
    fn width(&self, at: usize, span: usize) -> i32 {
        self.widths[at..at + span].iter().sum()
    }

    /// A cell that covers `span` columns from `at`.
    fn cell(&self, at: usize, span: usize) -> TableCellProperty {
        let property = cell_width(self.width(at, span));
        if span > 1 { property.grid_span(span) } else { property }
    }

    /// How a cell aligns: as its column, unless it stands over several.
    fn align(&self, at: usize, span: usize, kind: CellText) -> Align {
        match kind {
            CellText::Heading | CellText::Band if span > 1 => Align::Start,
            CellText::Text
            | CellText::Heading
            | CellText::RowHeading
            | CellText::Lead
            | CellText::Band
            | CellText::Total => self.table.columns.get(at).map_or(Align::Start, |c| c.align),
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

/// A cell of `width`.
pub fn cell_width(width: i32) -> TableCellProperty {
    TableCellProperty::new().width(usize::try_from(width).unwrap_or_default(), WidthType::Dxa)
}
