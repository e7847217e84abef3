//! Paragraph and character formatting as styles state it, written in schema order.

use super::xml::Xml;

/// A rule along one side of a paragraph or cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Thickness in eighths of a point.
    pub size: i32,
    /// Distance from the text, in points.
    pub space: i32,
    /// Colour.
    pub colour: String,
}

impl Rule {
    /// Writes it as `side`.
    pub fn write(&self, side: &str, xml: &mut Xml) {
        xml.empty(
            side,
            &[
                ("w:val", &"single"),
                ("w:sz", &self.size),
                ("w:space", &self.space),
                ("w:color", &self.colour),
            ],
        );
    }
}

/// How a paragraph is set.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// Stays with the next paragraph.
    pub keep_next: bool,
    /// Is not split.
    pub keep_lines: bool,
    /// Starts a page.
    pub new_page: bool,
    /// Its list instance and level.
    pub numbering: Option<(usize, usize)>,
    /// Rules at the top and at the left.
    pub top: Option<Rule>,
    /// A rule at the left.
    pub left_rule: Option<Rule>,
    /// Its ground.
    pub fill: Option<String>,
    /// Tab stops: alignment, leader, position.
    pub tabs: Vec<(&'static str, &'static str, i32)>,
    /// Space before, in twips.
    pub before: Option<i32>,
    /// Space after.
    pub after: Option<i32>,
    /// Line height: a multiple of 240.
    pub line: Option<i32>,
    /// Exact line height in twips, instead.
    pub exact: Option<i32>,
    /// Indent from the left.
    pub left: Option<i32>,
    /// Indent from the right.
    pub right: Option<i32>,
    /// How far the first line hangs out.
    pub hanging: Option<i32>,
    /// No space between paragraphs of this style.
    pub contextual: bool,
    /// Alignment other than the left.
    pub align: Option<&'static str>,
    /// Level in the outline, from 0.
    pub outline: Option<u8>,
}

impl Setting {
    /// Writes `w:pPr`, unless there is nothing to say.
    pub fn write(&self, xml: &mut Xml) {
        let mut inner = Xml::fragment();
        self.children(&mut inner);
        if !inner.as_str().is_empty() {
            xml.open("w:pPr", &[]);
            xml.raw(inner.as_str());
            xml.close("w:pPr");
        }
    }

    fn children(&self, xml: &mut Xml) {
        for (set, name) in [
            (self.keep_next, "w:keepNext"),
            (self.keep_lines, "w:keepLines"),
            (self.new_page, "w:pageBreakBefore"),
        ] {
            if set {
                xml.empty(name, &[]);
            }
        }
        if let Some((list, level)) = self.numbering {
            xml.open("w:numPr", &[]);
            xml.val("w:ilvl", level);
            xml.val("w:numId", list);
            xml.close("w:numPr");
        }
        if self.top.is_some() || self.left_rule.is_some() {
            xml.open("w:pBdr", &[]);
            if let Some(rule) = &self.top {
                rule.write("w:top", xml);
            }
            if let Some(rule) = &self.left_rule {
                rule.write("w:left", xml);
            }
            xml.close("w:pBdr");
        }
        if let Some(fill) = &self.fill {
            shade(fill, xml);
        }
        if !self.tabs.is_empty() {
            xml.open("w:tabs", &[]);
            for (align, leader, position) in &self.tabs {
                xml.empty("w:tab", &[("w:val", align), ("w:leader", leader), ("w:pos", position)]);
            }
            xml.close("w:tabs");
        }
        self.spacing(xml);
        self.indents(xml);
        if self.contextual {
            xml.empty("w:contextualSpacing", &[]);
        }
        if let Some(align) = self.align {
            xml.val("w:jc", align);
        }
        if let Some(level) = self.outline {
            xml.val("w:outlineLvl", level);
        }
    }

    fn spacing(&self, xml: &mut Xml) {
        let (line, rule) = match (self.exact, self.line) {
            (Some(exact), _) => (Some(exact), "exact"),
            (None, line) => (line, "auto"),
        };
        let mut attributes: Vec<(&str, &dyn std::fmt::Display)> = Vec::new();
        if let Some(before) = &self.before {
            attributes.push(("w:before", before));
        }
        if let Some(after) = &self.after {
            attributes.push(("w:after", after));
        }
        if let Some(line) = &line {
            attributes.push(("w:line", line));
            attributes.push(("w:lineRule", &rule));
        }
        if !attributes.is_empty() {
            xml.empty("w:spacing", &attributes);
        }
    }

    fn indents(&self, xml: &mut Xml) {
        let mut attributes: Vec<(&str, &dyn std::fmt::Display)> = Vec::new();
        if let Some(left) = &self.left {
            attributes.push(("w:left", left));
        }
        if let Some(right) = &self.right {
            attributes.push(("w:right", right));
        }
        if let Some(hanging) = &self.hanging {
            attributes.push(("w:hanging", hanging));
        }
        if !attributes.is_empty() {
            xml.empty("w:ind", &attributes);
        }
    }
}

/// How characters are set.
#[derive(Debug, Clone, Default)]
pub struct Type {
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Colour.
    pub colour: Option<String>,
    /// Size in half-points.
    pub size: Option<i32>,
    /// Underlined.
    pub underline: bool,
    /// Ground.
    pub fill: Option<String>,
    /// Raised, as footnote marks are.
    pub raised: bool,
    /// Not checked for spelling.
    pub no_proof: bool,
}

impl Type {
    /// Writes `w:rPr`, unless there is nothing to say.
    pub fn write(&self, xml: &mut Xml) {
        let mut inner = Xml::fragment();
        self.children(&mut inner);
        if !inner.as_str().is_empty() {
            xml.open("w:rPr", &[]);
            xml.raw(inner.as_str());
            xml.close("w:rPr");
        }
    }

    fn children(&self, xml: &mut Xml) {
        if self.bold {
            xml.empty("w:b", &[]);
            xml.empty("w:bCs", &[]);
        }
        if self.italic {
            xml.empty("w:i", &[]);
            xml.empty("w:iCs", &[]);
        }
        if self.no_proof {
            xml.empty("w:noProof", &[]);
        }
        if let Some(colour) = &self.colour {
            xml.val("w:color", colour);
        }
        if let Some(size) = self.size {
            xml.val("w:sz", size);
            xml.val("w:szCs", size);
        }
        if self.underline {
            xml.val("w:u", "single");
        }
        if let Some(fill) = &self.fill {
            shade(fill, xml);
        }
        if self.raised {
            xml.val("w:vertAlign", "superscript");
        }
    }
}

/// Writes `w:shd` with `fill` as the ground.
pub fn shade(fill: &str, xml: &mut Xml) {
    xml.empty("w:shd", &[("w:val", &"clear"), ("w:color", &"auto"), ("w:fill", &fill)]);
}
