//! Lists: families of levels, and one instance for each numbered list so that it starts afresh.

use super::styles::W;
use super::xml::Xml;

/// Levels that a Word list has. Deeper items are set at the last one.
pub const LEVELS: usize = 9;

/// A family of list styles: one style a level.
#[derive(Debug, Clone, Copy)]
pub struct Family {
    id: &'static str,
    name: &'static str,
    /// The instance that the styles themselves name; none for continuation paragraphs.
    pub list: Option<usize>,
    /// Whether it is for cells, where text is smaller.
    pub in_table: bool,
}

/// Bullets in running text.
pub const BULLETS: Family =
    Family { id: "ListBullet", name: "List Bullet", list: Some(1), in_table: false };
/// Numbers in running text.
pub const NUMBERS: Family =
    Family { id: "ListNumber", name: "List Number", list: Some(2), in_table: false };
/// Bullets in cells.
pub const TABLE_BULLETS: Family =
    Family { id: "TableListBullet", name: "Table List Bullet", list: Some(3), in_table: true };
/// Numbers in cells.
pub const TABLE_NUMBERS: Family =
    Family { id: "TableListNumber", name: "Table List Number", list: Some(4), in_table: true };
/// Further paragraphs of an item in running text.
pub const CONTINUE: Family =
    Family { id: "ListContinue", name: "List Continue", list: None, in_table: false };
/// Further paragraphs of an item in cells.
pub const TABLE_CONTINUE: Family =
    Family { id: "TableListContinue", name: "Table List Continue", list: None, in_table: true };
/// All of them.
pub const FAMILIES: [Family; 6] =
    [BULLETS, NUMBERS, CONTINUE, TABLE_BULLETS, TABLE_NUMBERS, TABLE_CONTINUE];

/// The first id that a list of a document may take.
const FIRST_FREE: usize = 5;

impl Family {
    /// The style id of `level`, from 0.
    pub fn style(&self, level: usize) -> String {
        match level {
            0 => self.id.to_owned(),
            _ => format!("{}{}", self.id, level + 1),
        }
    }

    /// The style name of `level`, from 0.
    pub fn name(&self, level: usize) -> String {
        match level {
            0 => self.name.to_owned(),
            _ => format!("{} {}", self.name, level + 1),
        }
    }

    /// How far the mark hangs out, in twips.
    pub fn step(&self) -> i32 {
        if self.in_table { 200 } else { 380 }
    }

    /// Where the text of `level` stands, in twips.
    pub fn left(&self, level: usize) -> i32 {
        self.step() * (level as i32 + 1)
    }
}

/// A numbered list of the document: the family it belongs to, its level and first number.
#[derive(Debug, Clone, Copy)]
struct Instance {
    family: usize,
    level: usize,
    start: u32,
}

/// The lists of a document.
#[derive(Debug, Default)]
pub struct Lists {
    numbered: Vec<Instance>,
}

impl Lists {
    /// A new numbered list, and its id.
    pub fn number(&mut self, in_table: bool, level: usize, start: u32) -> usize {
        let family = if in_table { 4 } else { 2 };
        // Word counts lists in 32 bits with a sign.
        let start = start.min(i32::MAX as u32);
        self.numbered.push(Instance { family, level: level.min(LEVELS - 1), start });
        FIRST_FREE + self.numbered.len() - 1
    }

    /// `word/numbering.xml`.
    pub fn part(&self) -> String {
        let mut xml = Xml::part();
        xml.open("w:numbering", &[("xmlns:w", &W)]);
        for family in FAMILIES.iter().filter(|f| f.list.is_some()) {
            define(family, &mut xml);
        }
        for family in FAMILIES.iter().filter_map(|f| f.list) {
            xml.open("w:num", &[("w:numId", &family)]);
            xml.val("w:abstractNumId", family);
            xml.close("w:num");
        }
        for (index, instance) in self.numbered.iter().enumerate() {
            xml.open("w:num", &[("w:numId", &(FIRST_FREE + index))]);
            xml.val("w:abstractNumId", instance.family);
            xml.open("w:lvlOverride", &[("w:ilvl", &instance.level)]);
            xml.val("w:startOverride", instance.start);
            xml.close("w:lvlOverride");
            xml.close("w:num");
        }
        xml.close("w:numbering");
        xml.finish()
    }
}

fn define(family: &Family, xml: &mut Xml) {
    let Some(id) = family.list else { return };
    let bullets = family.id.ends_with("Bullet");
    xml.open("w:abstractNum", &[("w:abstractNumId", &id)]);
    xml.val("w:multiLevelType", "hybridMultilevel");
    for level in 0..LEVELS {
        let (format, text) = match (bullets, level % 3) {
            (true, 1) => ("bullet", "\u{2013}".to_owned()),
            (true, _) => ("bullet", "\u{2022}".to_owned()),
            (false, 0) => ("decimal", format!("%{}.", level + 1)),
            (false, 1) => ("lowerLetter", format!("%{}.", level + 1)),
            (false, _) => ("lowerRoman", format!("%{}.", level + 1)),
        };
        xml.open("w:lvl", &[("w:ilvl", &level)]);
        xml.val("w:start", 1);
        xml.val("w:numFmt", format);
        xml.val("w:pStyle", family.style(level));
        xml.val("w:lvlText", text);
        xml.val("w:lvlJc", "left");
        xml.open("w:pPr", &[]);
        xml.empty("w:ind", &[("w:left", &family.left(level)), ("w:hanging", &family.step())]);
        xml.close("w:pPr");
        xml.close("w:lvl");
    }
    xml.close("w:abstractNum");
}
