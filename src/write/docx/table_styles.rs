//! Table styles and the paragraph styles of cells.
//!
//! Weight stands in the paragraph styles, never in a table style as well: Word takes bold
//! in both to mean not bold.

use crate::document::Align;
use crate::theme::Tokens;

use super::format::{Rule, Setting, Type, shade};
use super::measure::{colour, half_points, line, mm, pt};
use super::styles::Paragraph;
use super::xml::Xml;

/// Space between the sides of a data cell and its text.
pub const CELL_SIDE: i32 = 110;
/// The same in a callout.
pub const CALLOUT_SIDE: i32 = 280;
/// The same in key figures.
pub const FIGURE_SIDE: i32 = 120;

/// What a paragraph of a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellText {
    /// Data.
    Text,
    /// A column's heading.
    Heading,
    /// A row's heading.
    RowHeading,
    /// What a row is about that others belong under.
    Lead,
    /// The heading of such a row.
    LeadHeading,
    /// What a row is about that belongs under another.
    Detail,
    /// A band across the table.
    Band,
    /// Part of a total.
    Total,
    /// A fact of the front table.
    Field,
    /// Its name.
    FieldName,
}

impl CellText {
    /// Whether its style is bold.
    pub fn bold(self) -> bool {
        match self {
            CellText::Text | CellText::Lead | CellText::Detail | CellText::Field => false,
            CellText::Heading
            | CellText::RowHeading
            | CellText::LeadHeading
            | CellText::Band
            | CellText::Total
            | CellText::FieldName => true,
        }
    }

    /// Id and name of its style.
    fn style(self) -> (&'static str, &'static str) {
        match self {
            CellText::Text => ("TableText", "Table Text"),
            CellText::Heading => ("TableHeading", "Table Heading"),
            CellText::RowHeading => ("TableRowHeading", "Table Row Heading"),
            CellText::Lead => ("TableLead", "Table Lead"),
            CellText::LeadHeading => ("TableLeadHeading", "Table Lead Heading"),
            CellText::Detail => ("TableDetail", "Table Detail"),
            CellText::Band => ("TableBand", "Table Band"),
            CellText::Total => ("TableTotal", "Table Total"),
            CellText::Field => ("TableField", "Table Field"),
            CellText::FieldName => ("TableFieldName", "Table Field Name"),
        }
    }
}

const KINDS: [CellText; 10] = [
    CellText::Text,
    CellText::Heading,
    CellText::RowHeading,
    CellText::Lead,
    CellText::LeadHeading,
    CellText::Detail,
    CellText::Band,
    CellText::Total,
    CellText::Field,
    CellText::FieldName,
];

/// How far a row that belongs under another is drawn in, in millimetres.
const DETAIL: f64 = 4.0;

/// The id of the paragraph style for `kind` of text aligned as `align`.
pub fn style(kind: CellText, align: Align) -> String {
    let (id, _) = kind.style();
    match align {
        Align::Start => id.to_owned(),
        Align::Number => format!("{id}Number"),
        Align::Centre => format!("{id}Centre"),
    }
}

/// Writes the paragraph styles of cells.
pub(super) fn paragraphs(tokens: &Tokens, xml: &mut Xml) {
    for kind in KINDS {
        let (id, name) = kind.style();
        let (setting, set_in) = look(kind, tokens);
        let based = if kind == CellText::Text { "Normal" } else { "TableText" };
        Paragraph { id, name, based, setting, set_in, ..Paragraph::default() }.write(xml);
        for (align, word, justify) in
            [(Align::Number, "Number", "right"), (Align::Centre, "Centre", "center")]
        {
            Paragraph {
                id: &style(kind, align),
                name: &format!("{name} {word}"),
                based: id,
                quick: kind == CellText::Text,
                setting: Setting { align: Some(justify), ..Setting::default() },
                ..Paragraph::default()
            }
            .write(xml);
        }
    }
    for (id, name, left) in [
        ("TableNote", "Table Note", None),
        ("TableDetailNote", "Table Detail Note", Some(mm(DETAIL))),
    ] {
        Paragraph {
            id,
            name,
            based: "TableText",
            setting: Setting { left, ..Setting::default() },
            set_in: Type {
                colour: Some(colour(&tokens.colours.quiet)),
                size: Some(half_points(tokens.sizes.small)),
                ..Type::default()
            },
            ..Paragraph::default()
        }
        .write(xml);
    }
}

/// How the paragraphs of a kind of cell text are set, beyond plain table text.
fn look(kind: CellText, tokens: &Tokens) -> (Setting, Type) {
    let accent = || Some(colour(&tokens.colours.accent));
    let quiet = || Some(colour(&tokens.colours.quiet));
    let field = Some(half_points(tokens.sizes.table + 1.5));
    let airy = || Setting { before: Some(50), after: Some(70), ..Setting::default() };
    let set_in = Type { bold: kind.bold(), ..Type::default() };
    match kind {
        CellText::Text => (
            Setting { after: Some(30), line: Some(line(1.25)), ..Setting::default() },
            Type { size: Some(half_points(tokens.sizes.table)), ..set_in },
        ),
        CellText::Heading | CellText::RowHeading | CellText::Lead | CellText::Total => {
            (Setting::default(), set_in)
        }
        CellText::LeadHeading | CellText::Band => {
            (Setting::default(), Type { colour: accent(), ..set_in })
        }
        CellText::Detail => (Setting { left: Some(mm(DETAIL)), ..Setting::default() }, set_in),
        CellText::Field => (airy(), Type { size: field, ..set_in }),
        CellText::FieldName => (airy(), Type { size: field, colour: quiet(), ..set_in }),
    }
}

/// A table style.
struct TableStyle<'a> {
    id: &'a str,
    name: &'a str,
    /// Rules in schema order: side and rule.
    rules: Vec<(&'a str, Rule)>,
    /// Cell margins: top, left, bottom, right.
    margins: [i32; 4],
    /// Ground of all cells.
    fill: Option<String>,
    /// The first row: its ground and the rule under it.
    first_row: Option<(String, Rule)>,
}

/// Writes the table styles.
pub(super) fn tables(tokens: &Tokens, xml: &mut Xml) {
    normal_table(xml);
    let accent = colour(&tokens.colours.accent);
    let tint = colour(&tokens.colours.tint);
    let hair = || hairline(tokens);
    let accented = |size: i32| Rule { size, space: 0, colour: accent.clone() };
    let box_rules = |size: i32| {
        ["w:top", "w:left", "w:bottom", "w:right"].map(|side| (side, accented(size))).to_vec()
    };
    let box_margins = [200, CALLOUT_SIDE, 120, CALLOUT_SIDE];
    let data = [60, CELL_SIDE, 40, CELL_SIDE];
    let page_side = mm(tokens.page.margin);
    let styles = [
        TableStyle {
            id: "AnnexeTable",
            name: "Annexe Table",
            rules: vec![("w:bottom", hair()), ("w:insideH", hair())],
            margins: data,
            fill: None,
            first_row: Some((tint.clone(), head_rule(tokens))),
        },
        TableStyle {
            id: "AnnexeSpotlight",
            name: "Annexe Spotlight",
            rules: vec![("w:left", accented(36))],
            margins: box_margins,
            fill: Some(tint.clone()),
            first_row: None,
        },
        TableStyle {
            id: "AnnexeNote",
            name: "Annexe Note",
            rules: vec![(
                "w:left",
                Rule { size: 36, space: 0, colour: colour(&tokens.colours.rule) },
            )],
            margins: box_margins,
            fill: None,
            first_row: None,
        },
        TableStyle {
            id: "AnnexeDecision",
            name: "Annexe Decision",
            rules: box_rules(10),
            margins: box_margins,
            fill: None,
            first_row: None,
        },
        TableStyle {
            id: "AnnexeKeyFigures",
            name: "Annexe Key Figures",
            rules: vec![("w:top", accented(18)), ("w:insideH", accented(18))],
            margins: [140, 0, 140, 2 * FIGURE_SIDE],
            fill: None,
            first_row: None,
        },
        TableStyle {
            id: "AnnexeSteps",
            name: "Annexe Steps",
            rules: ["w:top", "w:insideH"]
                .map(|side| {
                    (side, Rule { size: 24, space: 0, colour: colour(&tokens.colours.rule) })
                })
                .to_vec(),
            margins: [140, FIGURE_SIDE, 100, FIGURE_SIDE],
            fill: None,
            first_row: None,
        },
        TableStyle {
            id: "AnnexePictureRow",
            name: "Annexe Picture Row",
            rules: vec![("w:bottom", hair()), ("w:insideH", hair())],
            margins: [mm(tokens.picture_row.inset), 0, mm(tokens.picture_row.inset), 0],
            fill: None,
            first_row: None,
        },
        TableStyle {
            id: "AnnexeCover",
            name: "Annexe Cover",
            rules: Vec::new(),
            margins: [page_side, page_side, page_side, page_side],
            fill: Some(accent.clone()),
            first_row: None,
        },
        TableStyle {
            id: "AnnexeMasthead",
            name: "Annexe Masthead",
            rules: Vec::new(),
            margins: [pt(14.0), pt(18.0), pt(14.0), pt(18.0)],
            fill: Some(accent.clone()),
            first_row: None,
        },
        TableStyle {
            id: "AnnexeLayout",
            name: "Annexe Layout",
            rules: Vec::new(),
            margins: [pt(20.0), 0, 0, 200],
            fill: None,
            first_row: None,
        },
    ];
    for style in styles {
        style.write(xml);
    }
}

/// The hairline between rows.
pub fn hairline(tokens: &Tokens) -> Rule {
    Rule { size: 4, space: 0, colour: colour(&tokens.colours.rule) }
}

/// The rule over a row that others belong under.
pub fn lead_rule(tokens: &Tokens) -> Rule {
    Rule { size: 8, space: 0, colour: colour(&tokens.colours.accent) }
}

/// The rule under a header and over a total.
pub fn head_rule(tokens: &Tokens) -> Rule {
    Rule { size: 8, space: 0, colour: colour(&tokens.colours.ink) }
}

fn normal_table(xml: &mut Xml) {
    xml.open(
        "w:style",
        &[("w:type", &"table"), ("w:default", &"1"), ("w:styleId", &"TableNormal")],
    );
    xml.val("w:name", "Normal Table");
    xml.val("w:uiPriority", 99);
    xml.empty("w:semiHidden", &[]);
    xml.empty("w:unhideWhenUsed", &[]);
    xml.open("w:tblPr", &[]);
    xml.empty("w:tblInd", &[("w:w", &0), ("w:type", &"dxa")]);
    margins([0, 108, 0, 108], xml);
    xml.close("w:tblPr");
    xml.close("w:style");
}

fn margins(sides: [i32; 4], xml: &mut Xml) {
    xml.open("w:tblCellMar", &[]);
    for (side, width) in ["w:top", "w:left", "w:bottom", "w:right"].iter().zip(sides) {
        xml.empty(side, &[("w:w", &width), ("w:type", &"dxa")]);
    }
    xml.close("w:tblCellMar");
}

impl TableStyle<'_> {
    fn write(&self, xml: &mut Xml) {
        let attributes: super::xml::Attributes =
            &[("w:type", &"table"), ("w:customStyle", &"1"), ("w:styleId", &self.id)];
        xml.open("w:style", attributes);
        xml.val("w:name", self.name);
        xml.val("w:basedOn", "TableNormal");
        xml.val("w:uiPriority", 59);
        xml.open("w:tblPr", &[]);
        if !self.rules.is_empty() {
            xml.open("w:tblBorders", &[]);
            for (side, rule) in &self.rules {
                rule.write(side, xml);
            }
            xml.close("w:tblBorders");
        }
        margins(self.margins, xml);
        xml.close("w:tblPr");
        if let Some(fill) = &self.fill {
            xml.open("w:tcPr", &[]);
            shade(fill, xml);
            xml.close("w:tcPr");
        }
        if let Some((fill, rule)) = &self.first_row {
            xml.open("w:tblStylePr", &[("w:type", &"firstRow")]);
            xml.open("w:tcPr", &[]);
            xml.open("w:tcBorders", &[]);
            rule.write("w:bottom", xml);
            xml.close("w:tcBorders");
            shade(fill, xml);
            xml.close("w:tcPr");
            xml.close("w:tblStylePr");
        }
        xml.close("w:style");
    }
}
