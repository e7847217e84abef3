//! The styles part: the theme's tokens as real Word styles, so that whoever edits the file
//! keeps its look.

use crate::document::{Form, Orientation};
use crate::theme::Tokens;

use super::format::{Rule, Setting, Type};
use super::measure::{Sheet, colour, half_points, line, pt};
use super::xml::Xml;
use super::{box_styles, numbering, openers, table_styles};

/// The WordprocessingML namespace.
pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A paragraph style on its way into the part.
pub(super) struct Paragraph<'a> {
    /// Its id: what paragraphs name.
    pub id: &'a str,
    /// Its name: what people see. Names that Word knows get Word's behaviour.
    pub name: &'a str,
    /// The style it starts from.
    pub based: &'a str,
    /// The style of the paragraph that follows; itself when empty.
    pub next: &'a str,
    /// Whether it is offered in the gallery.
    pub quick: bool,
    /// The paragraph.
    pub setting: Setting,
    /// Its characters.
    pub set_in: Type,
}

impl Default for Paragraph<'_> {
    fn default() -> Self {
        Paragraph {
            id: "",
            name: "",
            based: "Normal",
            next: "",
            quick: true,
            setting: Setting::default(),
            set_in: Type::default(),
        }
    }
}

impl Paragraph<'_> {
    pub(super) fn write(&self, xml: &mut Xml) {
        if is_builtin(self.name) {
            xml.open("w:style", &[("w:type", &"paragraph"), ("w:styleId", &self.id)]);
        } else {
            let attributes: super::xml::Attributes =
                &[("w:type", &"paragraph"), ("w:customStyle", &"1"), ("w:styleId", &self.id)];
            xml.open("w:style", attributes);
        }
        xml.val("w:name", self.name);
        xml.val("w:basedOn", self.based);
        if !self.next.is_empty() {
            xml.val("w:next", self.next);
        }
        if self.quick {
            xml.empty("w:qFormat", &[]);
        }
        self.setting.write(xml);
        self.set_in.write(xml);
        xml.close("w:style");
    }
}

/// Whether Word knows a style of this name.
fn is_builtin(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "Title",
        "Subtitle",
        "Body Text",
        "caption",
        "Quote",
        "header",
        "footer",
        "footnote text",
        "TOC Heading",
    ];
    const SERIES: &[&str] = &["heading ", "toc ", "List Bullet", "List Number", "List Continue"];
    NAMES.contains(&name) || SERIES.iter().any(|start| name.starts_with(start))
}

/// The id of the character style for the RAG colour `name`.
pub fn rag_style(name: &str) -> String {
    let safe: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_string() } else { format!("{:x}", c as u32) })
        .collect();
    format!("Rag{safe}")
}

/// `word/styles.xml`.
pub fn part(tokens: &Tokens, language: &str, form: Form) -> String {
    let mut xml = Xml::part();
    xml.open("w:styles", &[("xmlns:w", &W)]);
    defaults(tokens, language, &mut xml);
    base(tokens, &mut xml);
    text_styles(tokens, &mut xml);
    headings(tokens, form, &mut xml);
    box_styles::write(tokens, form, &mut xml);
    openers::write(tokens, &mut xml);
    furniture(tokens, &mut xml);
    lists(tokens, &mut xml);
    table_styles::paragraphs(tokens, &mut xml);
    characters(tokens, &mut xml);
    table_styles::tables(tokens, &mut xml);
    xml.close("w:styles");
    xml.finish()
}

fn defaults(tokens: &Tokens, language: &str, xml: &mut Xml) {
    let font = &tokens.fonts.word;
    xml.open("w:docDefaults", &[]);
    xml.open("w:rPrDefault", &[]);
    xml.open("w:rPr", &[]);
    xml.empty(
        "w:rFonts",
        &[("w:ascii", font), ("w:hAnsi", font), ("w:eastAsia", font), ("w:cs", font)],
    );
    xml.val("w:sz", half_points(tokens.sizes.body));
    xml.val("w:szCs", half_points(tokens.sizes.body));
    xml.empty("w:lang", &[("w:val", &language), ("w:eastAsia", &language), ("w:bidi", &"ar-SA")]);
    xml.close("w:rPr");
    xml.close("w:rPrDefault");
    xml.open("w:pPrDefault", &[]);
    Setting {
        after: Some(gap(tokens)),
        line: Some(line(tokens.text.line_height)),
        ..Setting::default()
    }
    .write(xml);
    xml.close("w:pPrDefault");
    xml.close("w:docDefaults");
}

/// Space after a paragraph of running text, in twips.
pub(super) fn gap(tokens: &Tokens) -> i32 {
    pt(tokens.text.paragraph_gap * tokens.sizes.body)
}

fn base(tokens: &Tokens, xml: &mut Xml) {
    xml.open("w:style", &[("w:type", &"paragraph"), ("w:default", &"1"), ("w:styleId", &"Normal")]);
    xml.val("w:name", "Normal");
    xml.empty("w:qFormat", &[]);
    // Not among the defaults: in tables LibreOffice lets a default colour win over any style.
    Type { colour: Some(colour(&tokens.colours.ink)), ..Type::default() }.write(xml);
    xml.close("w:style");
    xml.open(
        "w:style",
        &[("w:type", &"character"), ("w:default", &"1"), ("w:styleId", &"DefaultParagraphFont")],
    );
    xml.val("w:name", "Default Paragraph Font");
    xml.val("w:uiPriority", 1);
    xml.empty("w:semiHidden", &[]);
    xml.close("w:style");
    xml.open("w:style", &[("w:type", &"numbering"), ("w:default", &"1"), ("w:styleId", &"NoList")]);
    xml.val("w:name", "No List");
    xml.val("w:uiPriority", 99);
    xml.empty("w:semiHidden", &[]);
    xml.close("w:style");
}

/// Running text, on upright pages and on landscape ones, where its lines must not run the whole width.
fn text_styles(tokens: &Tokens, xml: &mut Xml) {
    let lead = || Type {
        colour: Some(colour(&tokens.colours.accent)),
        size: Some(half_points(tokens.sizes.lead)),
        ..Type::default()
    };
    let note = || Type {
        colour: Some(colour(&tokens.colours.quiet)),
        size: Some(half_points(tokens.sizes.small)),
        ..Type::default()
    };
    for (orientation, suffix, words) in
        [(Orientation::Portrait, "", ""), (Orientation::Landscape, "Landscape", " Landscape")]
    {
        let right = Some(Sheet::new(tokens, orientation).measure_indent(tokens));
        for (id, name, set_in) in [
            ("BodyText", "Body Text", Type::default()),
            ("Lead", "Lead", lead()),
            ("Note", "Note", note()),
        ] {
            let based = if suffix.is_empty() { "Normal" } else { id };
            Paragraph {
                id: &format!("{id}{suffix}"),
                name: &format!("{name}{words}"),
                based,
                setting: Setting { right, ..Setting::default() },
                set_in: if suffix.is_empty() { set_in } else { Type::default() },
                ..Paragraph::default()
            }
            .write(xml);
        }
    }
}

fn headings(tokens: &Tokens, form: Form, xml: &mut Xml) {
    let accent = colour(&tokens.colours.accent);
    for level in 1..=6_u8 {
        // In a paper the headings are a step smaller, since the first of them opens no page.
        let look = if form == Form::Paper { level + 1 } else { level };
        let size = tokens.sizes.headings[usize::from(look.min(4)) - 1];
        let gap = tokens.text.heading_gap;
        let before = gap * [0.0, 1.6, 1.4, 1.2][usize::from(look.min(4)) - 1];
        let after = gap * if look == 1 { 0.7 } else { 0.45 };
        let rule = (look == 2).then(|| Rule { size: 12, space: 7, colour: accent.clone() });
        let shown = match level {
            5 => accent.clone(),
            6 => colour(&tokens.colours.quiet),
            _ => colour(&tokens.colours.ink),
        };
        Paragraph {
            id: &format!("Heading{level}"),
            name: &format!("heading {level}"),
            next: "BodyText",
            setting: Setting {
                keep_next: true,
                keep_lines: true,
                new_page: form.opens_page(level),
                top: rule,
                before: Some(pt(size * before)),
                after: Some(pt(size * after)),
                line: Some(250),
                outline: Some(level - 1),
                ..Setting::default()
            },
            set_in: Type {
                bold: true,
                colour: Some(shown),
                size: Some(half_points(size)),
                ..Type::default()
            },
            ..Paragraph::default()
        }
        .write(xml);
    }
}

/// Contents, running heads, footnotes, and the small paragraphs that part tables and sections.
fn furniture(tokens: &Tokens, xml: &mut Xml) {
    let upright = Sheet::new(tokens, Orientation::Portrait).text_width();
    let wide = Sheet::new(tokens, Orientation::Landscape).text_width();
    let quiet = || Type {
        colour: Some(colour(&tokens.colours.quiet)),
        size: Some(half_points(tokens.sizes.small)),
        ..Type::default()
    };
    let running = |tabs| Setting { tabs, after: Some(0), line: Some(240), ..Setting::default() };
    let right = || vec![("right", "none", upright)];
    // The inherited tab stop has to be cleared, or the page number stands at it.
    let right_wide = || vec![("clear", "none", upright), ("right", "none", wide)];
    Paragraph {
        id: "TOCHeading",
        name: "TOC Heading",
        next: "BodyText",
        setting: Setting {
            keep_next: true,
            new_page: true,
            after: Some(pt(tokens.sizes.headings[0] * 0.7)),
            line: Some(250),
            ..Setting::default()
        },
        set_in: Type {
            bold: true,
            size: Some(half_points(tokens.sizes.headings[0])),
            ..Type::default()
        },
        ..Paragraph::default()
    }
    .write(xml);
    // Numbers hang at the left of their level, words stand in line after them.
    let hangs = [520, 640, 860, 1040, 1200, 1360];
    let mut left = 0;
    for (level, hanging) in (1..).zip(hangs) {
        left += hanging;
        Paragraph {
            id: &format!("TOC{level}"),
            name: &format!("toc {level}"),
            next: "BodyText",
            quick: false,
            setting: Setting {
                tabs: vec![("left", "none", left), ("right", "dot", upright)],
                before: (level == 1).then_some(120),
                after: Some(60),
                line: Some(line(1.3)),
                left: Some(left),
                hanging: Some(hanging),
                ..Setting::default()
            },
            set_in: Type { bold: level == 1, ..Type::default() },
            ..Paragraph::default()
        }
        .write(xml);
    }
    for (id, name, based, setting) in [
        ("Header", "header", "Normal", running(right())),
        ("HeaderLandscape", "Header Landscape", "Header", running(right_wide())),
        ("Footer", "footer", "Normal", running(right())),
        ("FooterLandscape", "Footer Landscape", "Footer", running(right_wide())),
    ] {
        Paragraph {
            id,
            name,
            based,
            quick: false,
            setting,
            set_in: quiet(),
            ..Paragraph::default()
        }
        .write(xml);
    }
    Paragraph {
        id: "FootnoteText",
        name: "footnote text",
        quick: false,
        setting: Setting { after: Some(40), line: Some(line(1.25)), ..Setting::default() },
        set_in: Type { size: Some(half_points(tokens.sizes.small)), ..Type::default() },
        ..Paragraph::default()
    }
    .write(xml);
    Paragraph {
        id: "Spacer",
        name: "Spacer",
        quick: false,
        setting: Setting { after: Some(0), exact: Some(gap(tokens)), ..Setting::default() },
        set_in: Type { size: Some(8), ..Type::default() },
        ..Paragraph::default()
    }
    .write(xml);
    Paragraph {
        id: "SectionEnd",
        name: "Section End",
        quick: false,
        setting: Setting { after: Some(0), exact: Some(20), ..Setting::default() },
        set_in: Type { size: Some(2), ..Type::default() },
        ..Paragraph::default()
    }
    .write(xml);
}

fn lists(tokens: &Tokens, xml: &mut Xml) {
    for family in numbering::FAMILIES {
        for level in 0..numbering::LEVELS {
            let table = family.in_table;
            let after = if table { 30 } else { gap(tokens) * 7 / 10 };
            Paragraph {
                id: &family.style(level),
                name: &family.name(level),
                based: if table { "TableText" } else { "Normal" },
                quick: level == 0,
                setting: Setting {
                    numbering: family.list.map(|list| (list, level)),
                    after: Some(after),
                    left: Some(family.left(level)),
                    right: (!table)
                        .then(|| Sheet::new(tokens, Orientation::Portrait).measure_indent(tokens)),
                    hanging: family.list.map(|_| family.step()),
                    ..Setting::default()
                },
                ..Paragraph::default()
            }
            .write(xml);
        }
    }
}

fn characters(tokens: &Tokens, xml: &mut Xml) {
    let accent = || Some(colour(&tokens.colours.accent));
    for (id, name, builtin, set_in) in [
        ("Strong", "Strong", true, Type { bold: true, ..Type::default() }),
        ("Emphasis", "Emphasis", true, Type { italic: true, ..Type::default() }),
        (
            "StrongEmphasis",
            "Strong Emphasis",
            false,
            Type { bold: true, italic: true, ..Type::default() },
        ),
        (
            "Hyperlink",
            "Hyperlink",
            true,
            Type { colour: accent(), underline: true, ..Type::default() },
        ),
        ("FootnoteReference", "footnote reference", true, Type { raised: true, ..Type::default() }),
        ("HeadingNumber", "Heading Number", false, Type { colour: accent(), ..Type::default() }),
        (
            "OpenerNumber",
            "Opener Number",
            false,
            Type { size: Some(half_points(tokens.sizes.title)), ..Type::default() },
        ),
        (
            "Quiet",
            "Quiet",
            false,
            Type { colour: Some(colour(&tokens.colours.quiet)), ..Type::default() },
        ),
        (
            "PageNumber",
            "page number",
            true,
            Type {
                bold: true,
                colour: accent(),
                size: Some(half_points(tokens.sizes.page_number)),
                ..Type::default()
            },
        ),
    ] {
        character(id, name, builtin, &set_in, xml);
    }
    for (name, chip) in &tokens.rag {
        let set_in = Type {
            bold: true,
            colour: Some(colour(&chip.ink)),
            fill: Some(colour(&chip.fill)),
            ..Type::default()
        };
        character(&rag_style(name), &format!("RAG {name}"), false, &set_in, xml);
    }
}

fn character(id: &str, name: &str, builtin: bool, set_in: &Type, xml: &mut Xml) {
    if builtin {
        xml.open("w:style", &[("w:type", &"character"), ("w:styleId", &id)]);
    } else {
        xml.open(
            "w:style",
            &[("w:type", &"character"), ("w:customStyle", &"1"), ("w:styleId", &id)],
        );
    }
    xml.val("w:name", name);
    xml.val("w:basedOn", "DefaultParagraphFont");
    xml.empty("w:qFormat", &[]);
    set_in.write(xml);
    xml.close("w:style");
}
