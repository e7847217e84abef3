//! Boxes that stand out: callouts, picture rows, key figures, steps. Each is a table in a
//! style of its own, since only cells can hold any block on a ground with a bar beside it.

use crate::document::{
    Callout, CalloutRole, Inline, KeyFigures, PictureRow, Step, Steps, Tile, Tiles,
};

use super::Writer;
use super::blocks::{Ground, Place};
use super::format::Rule;
use super::frames::{CellForm, RowForm, Shell};
use super::inlines::{Voice, run};
use super::measure::{colour, mm, split};
use super::numbering::TABLE_BULLETS;
use super::table_styles::CALLOUT_SIDE;

use super::xml::Xml;

/// The least width of a key figure or a step, in millimetres: more of them take a further row.
const NARROWEST: f64 = 38.0;

impl Writer<'_> {
    /// A box with a title line and blocks.
    pub(super) fn callout(&mut self, callout: &Callout, place: Place, out: &mut Xml) {
        let style = match callout.role {
            CalloutRole::Spotlight => "AnnexeSpotlight",
            CalloutRole::Note => "AnnexeNote",
            CalloutRole::Decision => "AnnexeDecision",
        };
        let width = place.width.min(mm(self.tokens.text.measure));
        self.open_table(&Shell { style, columns: &[width], ..Shell::default() }, out);
        // A long box may break across pages, unlike a row of data.
        out.open("w:tr", &[]);
        self.open_cell(&CellForm::new(width), out);
        let inner = Place {
            ground: Ground::Callout,
            width: (width - 2 * CALLOUT_SIDE).max(200),
            depth: 0,
            ..place
        };
        if let Some(title) = &callout.title {
            let children = self.runs(title, Voice { bold: true, ..place.voice() });
            self.paragraph("CalloutTitle", children, inner, out);
        }
        let after_table = self.blocks(&callout.blocks, inner, out);
        let empty = callout.title.is_none() && callout.blocks.is_empty();
        self.close_cell(after_table || empty, inner, out);
        out.close("w:tr");
        out.close("w:tbl");
    }

    /// A picture at the left, words at the right. Rows that follow each other are one table.
    pub(super) fn picture_row(&mut self, row: &PictureRow, place: Place, out: &mut Xml) {
        let tokens = &self.tokens.picture_row;
        let picture = mm(tokens.picture).min(place.width / 2);
        let gutter = mm(tokens.gutter).min(place.width / 8);
        let columns = [picture + gutter, place.width - picture - gutter];
        let shell = Shell { style: "AnnexePictureRow", columns: &columns, ..Shell::default() };
        if !std::mem::take(&mut self.row_open) {
            self.open_table(&shell, out);
        }
        self.open_row(RowForm::default(), out);
        self.open_cell(&CellForm::new(columns[0]), out);
        let left = Place { width: picture, depth: 0, ..place };
        self.picture_grown(&row.image, left, out);
        self.close_cell(false, left, out);
        self.open_cell(&CellForm { in_middle: true, ..CellForm::new(columns[1]) }, out);
        let right = Place { ground: Ground::BesidePicture, width: columns[1], depth: 0, ..place };
        let after_table = self.blocks(&row.blocks, right, out);
        self.caption(row.image.caption.as_ref(), right, out);
        let empty = row.blocks.is_empty() || after_table;
        self.close_cell(empty && row.image.caption.is_none(), right, out);
        out.close("w:tr");
        self.row_open = place.row_follows;
        if !self.row_open {
            out.close("w:tbl");
        }
    }

    /// Large numbers side by side.
    pub(super) fn key_figures(&mut self, figures: &KeyFigures, place: Place, out: &mut Xml) {
        let grid = Grid::new(figures.items.len(), place.width);
        let style = "AnnexeKeyFigures";
        self.open_table(&Shell { style, columns: &grid.columns, ..Shell::default() }, out);
        for row in figures.items.chunks(grid.across()) {
            self.open_row(grid.form(row.len()), out);
            for (item, width) in row.iter().zip(&grid.columns) {
                self.open_cell(&CellForm::new(*width), out);
                for (style, content) in [
                    ("KeyFigure", Some(&item.value)),
                    ("KeyFigureLabel", Some(&item.label)),
                    ("KeyFigureNote", item.note.as_ref()),
                ] {
                    if let Some(content) = content {
                        self.styled(style, content, place, out);
                    }
                }
                self.close_cell(false, place, out);
            }
            out.close("w:tr");
        }
        self.no_rows(figures.items.is_empty(), &grid, place, out);
        out.close("w:tbl");
    }

    /// Measures side by side: a cell each, with words that can be edited and a picture of the small line.
    pub(super) fn tiles(&mut self, tiles: &Tiles, place: Place, out: &mut Xml) {
        let grid = Grid::new(tiles.tiles.len(), place.width);
        let shell = Shell {
            style: "AnnexeKeyFigures",
            columns: &grid.columns,
            summary: &tiles.summary,
            ..Shell::default()
        };
        self.open_table(&shell, out);
        for row in tiles.tiles.chunks(grid.across()) {
            self.open_row(grid.form(row.len()), out);
            for (tile, width) in row.iter().zip(&grid.columns) {
                self.open_cell(&CellForm::new(*width), out);
                self.tile(
                    tile,
                    Place { width: (*width - 2 * CALLOUT_SIDE).max(200), ..place },
                    out,
                );
                self.close_cell(false, place, out);
            }
            out.close("w:tr");
        }
        self.no_rows(tiles.tiles.is_empty(), &grid, place, out);
        out.close("w:tbl");
    }

    fn tile(&mut self, tile: &Tile, place: Place, out: &mut Xml) {
        self.styled("KeyFigureLabel", &tile.name, place, out);
        self.styled(
            if tile.quiet { "KeyFigureNote" } else { "KeyFigure" },
            &tile.value,
            place,
            out,
        );
        if let Some(at) = &tile.at {
            self.paragraph("KeyFigureNote", vec![run(at, Voice::default())], place, out);
        }
        if let Some(status) = &tile.status {
            let content = [Inline::Status(status.clone())];
            self.styled("KeyFigureNote", &content, place, out);
        }
        for line in tile.change.iter().chain(&tile.target) {
            self.styled("KeyFigureNote", line, place, out);
        }
        if let Some(spark) = &tile.spark {
            self.drawing(spark, place, out);
        }
    }

    fn styled(&mut self, style: &str, content: &[Inline], place: Place, out: &mut Xml) {
        let bold = matches!(style, "KeyFigure" | "KeyFigureLabel");
        let children = self.runs(content, Voice { bold, ..Voice::default() });
        self.paragraph(style, children, place, out);
    }

    /// Phases side by side, the present one marked.
    pub(super) fn steps(&mut self, steps: &Steps, place: Place, out: &mut Xml) {
        let grid = Grid::new(steps.steps.len(), place.width);
        let style = "AnnexeSteps";
        self.open_table(&Shell { style, columns: &grid.columns, ..Shell::default() }, out);
        for row in steps.steps.chunks(grid.across()) {
            self.open_row(grid.form(row.len()), out);
            for (step, width) in row.iter().zip(&grid.columns) {
                self.step(step, *width, place, out);
            }
            out.close("w:tr");
        }
        self.no_rows(steps.steps.is_empty(), &grid, place, out);
        out.close("w:tbl");
    }

    fn step(&mut self, step: &Step, width: i32, place: Place, out: &mut Xml) {
        let mut form = CellForm::new(width);
        if step.mark.is_some() {
            let accent = colour(&self.tokens.colours.accent);
            form.top = Some(Rule { size: 24, space: 0, colour: accent });
            form.fill = Some(colour(&self.tokens.colours.tint));
        }
        self.open_cell(&form, out);
        let marks = [
            ("StepTitle", Some(&step.title)),
            ("StepPeriod", Some(&step.period)),
            ("StepMark", step.mark.as_ref()),
        ];
        for (style, words) in marks {
            if let Some(words) = words {
                self.paragraph(style, vec![run(words, Voice::default())], place, out);
            }
        }
        for item in &step.items {
            let children = self.runs(item, Voice::default());
            self.paragraph(&TABLE_BULLETS.style(0), children, place, out);
        }
        self.close_cell(false, place, out);
    }

    /// A table must have a row, even when there is nothing in it.
    fn no_rows(&mut self, none: bool, grid: &Grid, place: Place, out: &mut Xml) {
        if none {
            self.open_row(RowForm::default(), out);
            self.open_cell(&CellForm::new(grid.columns.iter().sum()), out);
            self.close_cell(true, place, out);
            out.close("w:tr");
        }
    }
}

/// Boxes of equal width in rows of equal length.
struct Grid {
    columns: Vec<i32>,
}

impl Grid {
    fn new(items: usize, width: i32) -> Self {
        let fitting = usize::try_from(width / mm(NARROWEST)).unwrap_or(1).max(1);
        let rows = items.div_ceil(fitting).max(1);
        let across = items.div_ceil(rows).max(1);
        Grid { columns: split(width, &vec![1.0; across]) }
    }

    fn across(&self) -> usize {
        self.columns.len()
    }

    /// The form of a row with `cells` cells: what is left over belongs to none.
    fn form(&self, cells: usize) -> RowForm {
        let left: i32 = self.columns.iter().skip(cells).sum();
        let after = (cells < self.across()).then_some((self.across() - cells, left));
        RowForm { after, ..RowForm::default() }
    }
}
