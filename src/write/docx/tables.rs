//! Data tables: grid, header rows, spans, and the looks of rows and cells.

use crate::document::{Align, Cell, Row, RowRole, Scope, Status, Table, line};

use super::Writer;
use super::blocks::{Ground, Place};
use super::frames::{CellForm, Merge, RowForm, Shell};
use super::inlines::{Voice, run};
use super::measure::{self, colour};
use super::table_styles::{self, CELL_SIDE, CellText};
use super::widths;
use super::xml::Xml;

/// A column of the grid while rows are written: a cell from above may still cover it.
#[derive(Debug, Clone, Default)]
struct Cover {
    rows: usize,
    form: CellForm,
}

/// A table while its rows are written.
struct Grid<'t> {
    table: &'t Table,
    widths: Vec<i32>,
    covers: Vec<Cover>,
    /// Body rows written so far.
    body_rows: usize,
}

impl Writer<'_> {
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
            let split = measure::split((place.width - indent).max(200), &shares);
            widths::fit_words(table, split, self.tokens.sizes.table)
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
        let mut grid = Grid { table, widths: columns, covers, body_rows: 0 };
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
        // The first cell that heads nothing says what the row is about.
        let mut untitled = true;
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
            let titled = std::mem::take(&mut untitled) && cell.header.is_none();
            untitled |= cell.header.is_some();
            let kind = grid.text(row.role, cell, head.is_some(), titled);
            let ground = Ground::Cell(kind, grid.align(at, span, kind));
            let plain = CellForm { at_foot: head.is_some(), ..grid.cell(at, span) };
            let mut form = self.look(row.role, cell, head, plain);
            if grid.body_rows == 0 && row.role == RowRole::Lead {
                // The rule under the header is there already.
                form.top = None;
            }
            if cell.rowspan > 1 {
                form.merge = Some(Merge::Start);
                let rest = CellForm { merge: Some(Merge::Rest), top: None, ..form.clone() };
                grid.covers[at] = Cover { rows: cell.rowspan - 1, form: rest };
            }
            let width = (form.width - 2 * CELL_SIDE).max(200);
            self.cell(cell, &form, Place { ground, width, ..place }, out);
            at += span;
        }
        if cells.next().is_some() {
            self.unshown("a table row has more cells than columns", &grid.table.summary);
        }
        grid.body_rows += usize::from(head.is_none());
        out.close("w:tr");
    }

    /// The rest of a cell that reaches down from above; how many columns it takes.
    fn covered(&mut self, grid: &mut Grid, at: usize, place: Place, out: &mut Xml) -> usize {
        let cover = &mut grid.covers[at];
        cover.rows -= 1;
        self.open_cell(&cover.form, out);
        self.close_cell(true, place, out);
        cover.form.span.max(1)
    }

    fn cell(&mut self, cell: &Cell, form: &CellForm, place: Place, out: &mut Xml) {
        self.open_cell(form, out);
        let style = match &cell.status {
            Some(status) if status.picture.is_none() => self.chip(status),
            Some(_) => None,
            None => cell.quiet.then(|| "Quiet".to_owned()),
        };
        let place = Place { style: style.as_deref(), ..place };
        if let Some(status) = &cell.status {
            self.status_paragraph(status, place, out);
        }
        let after_table = match (place.ground, cell.blocks.as_slice()) {
            // The first paragraph names the row; what explains it further is plain.
            (Ground::Cell(CellText::Lead, align), [first, rest @ ..]) => {
                let after_table = self.next_block(first, false, place, out);
                let plain = Place { ground: Ground::Cell(CellText::Text, align), ..place };
                self.blocks_after(rest, after_table, plain, out)
            }
            (_, blocks) => self.blocks(blocks, place, out),
        };
        let empty = cell.blocks.is_empty() && cell.status.is_none();
        self.close_cell(after_table || empty, place, out);
    }

    /// The letter and word of a cell that is a rating.
    fn status_paragraph(&mut self, status: &Status, place: Place, out: &mut Xml) {
        let Ground::Cell(kind, align) = place.ground else { return };
        let mut children = Vec::new();
        let mut words = status.words();
        if let Some(picture) = &status.picture {
            children.extend(self.rating_picture(picture));
            words.insert(0, '\u{a0}');
        }
        children.push(run(words.trim_end(), place.voice()));
        self.paragraph(&table_styles::style(kind, align), children, place, out);
    }

    /// What a cell's place among the rows adds to its form.
    fn look(&self, role: RowRole, cell: &Cell, head: Option<usize>, plain: CellForm) -> CellForm {
        let chip = cell.status.as_ref().filter(|status| status.picture.is_none());
        let status = chip.and_then(|status| self.tokens.rag.get(&status.colour));
        let tint = || Some(colour(&self.tokens.colours.tint));
        let strong = || Some(table_styles::head_rule(self.tokens));
        let mut form = match (head, role) {
            // Word gives the style's rule to the first row only; of several, it is the last one's.
            (Some(left), _) if cell.rowspan >= left => {
                CellForm { bottom: strong(), fill: tint(), ..plain }
            }
            (Some(_), _) => {
                let bottom = Some(table_styles::hairline(self.tokens));
                CellForm { bottom, fill: tint(), ..plain }
            }
            (None, RowRole::Total) => CellForm { top: strong(), ..plain },
            (None, RowRole::Band) => CellForm { fill: tint(), ..plain },
            (None, RowRole::Lead) => {
                CellForm { top: Some(table_styles::lead_rule(self.tokens)), ..plain }
            }
            (None, RowRole::Head | RowRole::Body | RowRole::Detail) => plain,
        };
        if let Some(chip) = status {
            form.fill = Some(colour(&chip.fill));
        }
        form
    }
}

impl Grid<'_> {
    /// A cell that covers `span` columns from `at`.
    fn cell(&self, at: usize, span: usize) -> CellForm {
        let width = self.widths[at..at + span].iter().sum();
        CellForm { width, span, ..CellForm::default() }
    }

    /// How a cell aligns: as its column, unless it stands over several.
    fn align(&self, at: usize, span: usize, kind: CellText) -> Align {
        match kind {
            CellText::Heading if span > 1 => Align::Centre,
            CellText::Band => Align::Start,
            CellText::Text
            | CellText::Heading
            | CellText::RowHeading
            | CellText::Lead
            | CellText::LeadHeading
            | CellText::Detail
            | CellText::Total
            | CellText::Field
            | CellText::FieldName => self.table.columns.get(at).map_or(Align::Start, |c| c.align),
        }
    }

    /// What the paragraphs of a cell are. `titled` marks the cell that says what its row is about.
    fn text(&self, role: RowRole, cell: &Cell, head: bool, titled: bool) -> CellText {
        if head {
            return CellText::Heading;
        }
        let fields = self.table.role == "fields";
        match (role, cell.header) {
            (RowRole::Head, _) | (RowRole::Body | RowRole::Detail, Some(Scope::Column)) => {
                CellText::Heading
            }
            (RowRole::Band, _) => CellText::Band,
            (RowRole::Total, _) => CellText::Total,
            (RowRole::Lead, Some(_)) => CellText::LeadHeading,
            (RowRole::Lead, None) if titled => CellText::Lead,
            (RowRole::Detail, None) if titled => CellText::Detail,
            (RowRole::Body | RowRole::Detail, Some(Scope::Row | Scope::Both)) if fields => {
                CellText::FieldName
            }
            (RowRole::Body | RowRole::Detail, Some(Scope::Row | Scope::Both)) => {
                CellText::RowHeading
            }
            (RowRole::Lead | RowRole::Body | RowRole::Detail, None) if fields => CellText::Field,
            (RowRole::Lead | RowRole::Body | RowRole::Detail, None) => CellText::Text,
        }
    }
}

fn heads_row(cell: &Cell) -> bool {
    matches!(cell.header, Some(Scope::Row | Scope::Both))
}
