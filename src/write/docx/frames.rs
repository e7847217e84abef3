//! Tables, rows and cells as XML: the frame around whatever stands in them.

use super::Writer;
use super::blocks::Place;
use super::format::{Rule, shade};
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

/// How a cell lies in the grid and what it looks like.
#[derive(Debug, Clone, Default)]
pub struct CellForm {
    /// Its width, in twips.
    pub width: i32,
    /// Columns it covers; 0 and 1 are one.
    pub span: usize,
    /// Its part in a cell that reaches over several rows.
    pub merge: Option<Merge>,
    /// A rule at its top.
    pub top: Option<Rule>,
    /// A rule under it.
    pub bottom: Option<Rule>,
    /// Its ground.
    pub fill: Option<String>,
    /// What it holds stands at its foot.
    pub at_foot: bool,
    /// What it holds stands half way down.
    pub in_middle: bool,
}

/// A cell's part in one that reaches over several rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merge {
    /// The first row.
    Start,
    /// A further one.
    Rest,
}

impl CellForm {
    /// A plain cell of `width`.
    pub fn new(width: i32) -> Self {
        CellForm { width, ..CellForm::default() }
    }

    fn write(&self, xml: &mut Xml) {
        xml.open("w:tcPr", &[]);
        xml.empty("w:tcW", &[("w:w", &self.width), ("w:type", &"dxa")]);
        if self.span > 1 {
            xml.val("w:gridSpan", self.span);
        }
        match self.merge {
            Some(Merge::Start) => xml.val("w:vMerge", "restart"),
            Some(Merge::Rest) => xml.val("w:vMerge", "continue"),
            None => {}
        }
        if self.top.is_some() || self.bottom.is_some() {
            xml.open("w:tcBorders", &[]);
            if let Some(rule) = &self.top {
                rule.write("w:top", xml);
            }
            if let Some(rule) = &self.bottom {
                rule.write("w:bottom", xml);
            }
            xml.close("w:tcBorders");
        }
        if let Some(fill) = &self.fill {
            shade(fill, xml);
        }
        if self.at_foot {
            xml.val("w:vAlign", "bottom");
        } else if self.in_middle {
            xml.val("w:vAlign", "center");
        }
        xml.close("w:tcPr");
    }
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
    pub(super) fn open_cell(&mut self, form: &CellForm, out: &mut Xml) {
        out.open("w:tc", &[]);
        form.write(out);
    }

    /// Ends a cell's content with the paragraph that the schema asks for, and closes it.
    pub(super) fn close_cell(&mut self, needs_paragraph: bool, place: Place, out: &mut Xml) {
        if needs_paragraph {
            self.empty("SectionEnd", place, out);
        }
        out.close("w:tc");
    }
}
