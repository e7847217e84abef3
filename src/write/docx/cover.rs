//! The front page.

use crate::document::{Cover, Form};

use super::Writer;
use super::blocks::Place;
use super::frames::{CellForm, RowForm, Shell};
use super::inlines::{Voice, run};
use super::measure::points;
use super::xml::Xml;

/// How much of the page's height the block of colour takes.
const BLOCK: f64 = 0.58;

/// The same on a page that lies on its side, where lines and partners need more of what is left.
const BLOCK_ON_ITS_SIDE: f64 = 0.45;

/// How high a cover's picture is, in millimetres.
const PICTURE: f64 = 50.0;

impl Writer<'_> {
    /// A block of colour with area and title, then what the document is and whose: a page of its own, or
    /// the head of a paper.
    pub(super) fn cover(&mut self, cover: &Cover, out: &mut Xml) {
        if self.document.meta.form == Form::Paper {
            return self.masthead(cover, out);
        }
        let sheet = self.portrait;
        let place = Place::page(sheet);
        // There is no room for the margins of two rows on a page that lies on its side.
        let on_its_side = sheet.width > sheet.height;
        let share = if on_its_side { BLOCK_ON_ITS_SIDE } else { BLOCK };
        let height = (f64::from(sheet.height) * share) as i32;
        let area = if on_its_side { height } else { height / 4 };
        self.open_table(
            &Shell {
                style: "AnnexeCover",
                indent: -sheet.margin,
                columns: &[sheet.width],
                ..Shell::default()
            },
            out,
        );
        self.open_row(RowForm { height: Some(area), ..RowForm::default() }, out);
        self.open_cell(&CellForm::new(sheet.width), out);
        self.line("CoverArea", &cover.area, place, out);
        if let Some(label) = &cover.label {
            self.line("CoverLabel", label, place, out);
        }
        if !on_its_side {
            self.close_cell(false, place, out);
            out.close("w:tr");
            self.open_row(RowForm { height: Some(height - area), ..RowForm::default() }, out);
            let foot = CellForm { at_foot: true, ..CellForm::new(sheet.width) };
            self.open_cell(&foot, out);
        }
        if let Some(picture) = &cover.picture {
            let shown = self.small_picture(&picture.asset, points(PICTURE));
            self.paragraph("CoverPicture", shown.into_iter().collect(), place, out);
        }
        self.line("Title", &cover.title, place, out);
        if let Some(subtitle) = &cover.subtitle {
            self.line("Subtitle", subtitle, place, out);
        }
        self.close_cell(false, place, out);
        out.close("w:tr");
        out.close("w:tbl");
        if !cover.lines.is_empty() || !cover.partners.is_empty() {
            self.empty("Spacer", place, out);
            self.cover_lines(cover, place, out);
        }
    }

    fn masthead(&mut self, cover: &Cover, out: &mut Xml) {
        let place = Place::page(self.portrait);
        let columns = [place.width];
        let shell = Shell { style: "AnnexeMasthead", columns: &columns, ..Shell::default() };
        self.open_table(&shell, out);
        self.open_row(RowForm::default(), out);
        self.open_cell(&CellForm::new(place.width), out);
        self.line("CoverArea", &cover.area, place, out);
        self.line("Title", &cover.title, place, out);
        if let Some(subtitle) = &cover.subtitle {
            self.line("Subtitle", subtitle, place, out);
        }
        self.close_cell(false, place, out);
        out.close("w:tr");
        out.close("w:tbl");
        self.empty("Spacer", place, out);
        if !cover.lines.is_empty() || !cover.partners.is_empty() {
            self.cover_lines(cover, place, out);
        }
    }

    /// Lines at the left, partners at the right.
    fn cover_lines(&mut self, cover: &Cover, place: Place, out: &mut Xml) {
        let half = place.width / 2;
        let columns = [half, place.width - half];
        let shell = Shell { style: "AnnexeLayout", columns: &columns, ..Shell::default() };
        self.open_table(&shell, out);
        self.open_row(RowForm::default(), out);
        for (style, lines, width) in
            [("CoverLine", &cover.lines, columns[0]), ("CoverPartner", &cover.partners, columns[1])]
        {
            self.open_cell(&CellForm::new(width), out);
            for line in lines {
                self.line(style, line, place, out);
            }
            self.close_cell(lines.is_empty(), place, out);
        }
        out.close("w:tr");
        out.close("w:tbl");
    }

    fn line(&mut self, style: &str, words: &str, place: Place, out: &mut Xml) {
        self.paragraph(style, vec![run(words, Voice::default())], place, out);
    }
}
