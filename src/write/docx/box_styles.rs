//! The paragraph styles of the cover, of callouts, quotes, captions, key figures and steps.

use crate::document::Form;
use crate::document::Orientation;
use crate::theme::Tokens;

use super::blocks::quote_style;
use super::format::{Rule, Setting, Type};
use super::measure::{self, Sheet, colour, half_points, line, pt};
use super::styles::{Paragraph, gap};
use super::xml::Xml;

/// A tile's figure beside a key figure: tiles are narrower.
const TILE_FIGURE: f64 = 0.74;

/// Writes them.
pub(super) fn write(tokens: &Tokens, form: Form, xml: &mut Xml) {
    cover(tokens, form, xml);
    boxes(tokens, xml);
    quotes(tokens, xml);
}

/// Quotes by a kind of person: the plain style in the kind's colour.
fn quotes(tokens: &Tokens, xml: &mut Xml) {
    for (class, shown) in &tokens.quotes {
        let id = quote_style(class);
        let name = format!("Quote {}", class.replace('-', " "));
        let shown = colour(shown);
        let bar = Rule { size: 24, space: 12, colour: shown.clone() };
        Paragraph {
            id: &id,
            name: &name,
            based: "Quote",
            quick: false,
            setting: Setting { left_rule: Some(bar.clone()), ..Setting::default() },
            ..Paragraph::default()
        }
        .write(xml);
        Paragraph {
            id: &format!("{id}By"),
            name: &format!("{name}, by"),
            based: "QuoteBy",
            next: "BodyText",
            quick: false,
            setting: Setting { left_rule: Some(bar), ..Setting::default() },
            set_in: Type { colour: Some(shown), ..Type::default() },
        }
        .write(xml);
    }
}

/// Callouts, quotes, captions, key figures and steps.
fn boxes(tokens: &Tokens, xml: &mut Xml) {
    let accent = || Some(colour(&tokens.colours.accent));
    let quiet = || Some(colour(&tokens.colours.quiet));
    let small = Some(half_points(tokens.sizes.small));
    let table = Some(half_points(tokens.sizes.table));
    let tight =
        |after: i32| Setting { after: Some(after), line: Some(line(1.25)), ..Setting::default() };
    let styles = [
        Paragraph {
            id: "CalloutTitle",
            name: "Callout Title",
            next: "CalloutText",
            setting: Setting { keep_next: true, after: Some(80), ..Setting::default() },
            set_in: Type { bold: true, colour: accent(), ..Type::default() },
            ..Paragraph::default()
        },
        Paragraph { id: "CalloutText", name: "Callout Text", ..Paragraph::default() },
        // The same space over and under, so that the words stand in the middle of the picture.
        Paragraph {
            id: "PictureText",
            name: "Picture Text",
            setting: Setting {
                before: Some(gap(tokens) / 2),
                after: Some(gap(tokens) / 2),
                ..Setting::default()
            },
            ..Paragraph::default()
        },
        Paragraph {
            id: "ContentsEntry",
            name: "Contents Entry",
            setting: Setting { after: Some(0), line: Some(240), ..Setting::default() },
            set_in: Type { bold: true, ..Type::default() },
            ..Paragraph::default()
        },
        Paragraph {
            id: "Quote",
            name: "Quote",
            setting: Setting {
                keep_lines: true,
                left_rule: Some(Rule {
                    size: 24,
                    space: 12,
                    colour: colour(&tokens.colours.accent),
                }),
                left: Some(400),
                right: Some(Sheet::new(tokens, Orientation::Portrait).measure_indent(tokens) + 400),
                ..Setting::default()
            },
            set_in: Type { size: Some(half_points(tokens.sizes.quote)), ..Type::default() },
            ..Paragraph::default()
        },
        Paragraph {
            id: "QuoteBy",
            name: "Quote By",
            based: "Quote",
            next: "BodyText",
            setting: Setting { after: Some(gap(tokens) * 2), ..Setting::default() },
            set_in: Type { bold: true, colour: quiet(), size: small, ..Type::default() },
            ..Paragraph::default()
        },
        Paragraph {
            id: "Picture",
            name: "Picture",
            next: "Caption",
            setting: Setting { line: Some(240), ..Setting::default() },
            ..Paragraph::default()
        },
        Paragraph {
            id: "RowPicture",
            name: "Row Picture",
            setting: Setting { line: Some(240), after: Some(0), ..Setting::default() },
            ..Paragraph::default()
        },
        Paragraph {
            id: "Caption",
            name: "caption",
            next: "BodyText",
            setting: Setting {
                after: Some(gap(tokens) + 60),
                line: Some(line(1.25)),
                ..Setting::default()
            },
            set_in: Type { colour: quiet(), size: table, ..Type::default() },
            ..Paragraph::default()
        },
        Paragraph {
            id: "TableCaption",
            name: "Table Caption",
            setting: Setting {
                keep_next: true,
                before: Some(120),
                after: Some(100),
                line: Some(line(1.25)),
                ..Setting::default()
            },
            set_in: Type { bold: true, size: table, ..Type::default() },
            ..Paragraph::default()
        },
        Paragraph {
            id: "DrawingTitle",
            name: "Drawing Title",
            next: "Picture",
            setting: Setting {
                keep_next: true,
                before: Some(240),
                after: Some(100),
                line: Some(line(1.25)),
                ..Setting::default()
            },
            set_in: Type { bold: true, ..Type::default() },
            ..Paragraph::default()
        },
        Paragraph {
            id: "KeyFigure",
            name: "Key Figure",
            next: "KeyFigureLabel",
            setting: Setting {
                keep_next: true,
                after: Some(20),
                line: Some(240),
                ..Setting::default()
            },
            set_in: Type {
                bold: true,
                colour: accent(),
                size: Some(half_points(tokens.sizes.key_figure)),
                ..Type::default()
            },
            ..Paragraph::default()
        },
        Paragraph {
            id: "KeyFigureLabel",
            name: "Key Figure Label",
            setting: tight(40),
            set_in: Type {
                bold: true,
                size: Some(half_points(tokens.sizes.table + 1.0)),
                ..Type::default()
            },
            ..Paragraph::default()
        },
        Paragraph {
            id: "KeyFigureNote",
            name: "Key Figure Note",
            setting: tight(40),
            set_in: Type { colour: quiet(), size: small, ..Type::default() },
            ..Paragraph::default()
        },
        Paragraph {
            id: "TileName",
            name: "Tile Name",
            next: "TileFigure",
            setting: Setting { keep_next: true, ..tight(40) },
            set_in: Type { size: table, ..Type::default() },
            ..Paragraph::default()
        },
        Paragraph {
            id: "TileFigure",
            name: "Tile Figure",
            next: "KeyFigureNote",
            setting: Setting { keep_next: true, ..tight(40) },
            set_in: Type {
                bold: true,
                colour: accent(),
                size: Some(half_points(tokens.sizes.key_figure * TILE_FIGURE)),
                ..Type::default()
            },
            ..Paragraph::default()
        },
        Paragraph {
            id: "TileNone",
            name: "Tile None",
            next: "KeyFigureNote",
            setting: tight(40),
            set_in: Type {
                colour: quiet(),
                size: Some(half_points(tokens.sizes.table + 1.5)),
                ..Type::default()
            },
            ..Paragraph::default()
        },
        Paragraph {
            id: "StepTitle",
            name: "Step Title",
            next: "StepPeriod",
            setting: tight(40),
            set_in: Type {
                bold: true,
                size: Some(half_points(tokens.sizes.table + 1.5)),
                ..Type::default()
            },
            ..Paragraph::default()
        },
        Paragraph {
            id: "StepPeriod",
            name: "Step Period",
            setting: tight(80),
            set_in: Type { colour: quiet(), size: table, ..Type::default() },
            ..Paragraph::default()
        },
        Paragraph {
            id: "StepMark",
            name: "Step Mark",
            setting: Setting { fill: accent(), ..tight(80) },
            set_in: Type {
                bold: true,
                colour: Some(measure::text_on(&tokens.colours.accent, &tokens.colours)),
                size: table,
                ..Type::default()
            },
            ..Paragraph::default()
        },
    ];
    for style in styles {
        style.write(xml);
    }
}

/// The front page. Its ground is part of the styles, so that white text never stands on white.
fn cover(tokens: &Tokens, form: Form, xml: &mut Xml) {
    let on_accent = |size: f64, bold: bool| Type {
        bold,
        colour: Some(measure::text_on(&tokens.colours.accent, &tokens.colours)),
        size: Some(half_points(size)),
        ..Type::default()
    };
    let ground = || Setting {
        fill: Some(colour(&tokens.colours.accent)),
        line: Some(250),
        ..Setting::default()
    };
    let sizes = &tokens.sizes;
    let (title, middle, line) = match form {
        Form::Report => (sizes.title, sizes.headings[2], sizes.body),
        Form::Slides => (sizes.title, sizes.headings[2], sizes.table),
        Form::Paper => (sizes.headings[0], sizes.lead, sizes.table),
    };
    let styles = [
        Paragraph {
            id: "CoverArea",
            name: "Cover Area",
            setting: ground(),
            set_in: on_accent(middle, true),
            ..Paragraph::default()
        },
        Paragraph {
            id: "CoverLabel",
            name: "Cover Label",
            setting: Setting {
                fill: Some(measure::text_on(&tokens.colours.accent, &tokens.colours)),
                before: Some(pt(middle * 0.6)),
                right: Some(
                    (Sheet::new(tokens, Orientation::Portrait).text_width() * 3 / 5).max(0),
                ),
                ..Setting::default()
            },
            set_in: Type {
                bold: true,
                colour: Some(colour(&tokens.colours.accent)),
                size: Some(half_points(middle)),
                ..Type::default()
            },
            ..Paragraph::default()
        },
        Paragraph {
            id: "CoverPicture",
            name: "Cover Picture",
            next: "Title",
            setting: Setting { line: Some(240), ..ground() },
            ..Paragraph::default()
        },
        Paragraph {
            id: "Title",
            name: "Title",
            next: "Subtitle",
            setting: ground(),
            set_in: on_accent(title, true),
            ..Paragraph::default()
        },
        Paragraph {
            id: "Subtitle",
            name: "Subtitle",
            setting: ground(),
            set_in: on_accent(middle, false),
            ..Paragraph::default()
        },
        Paragraph {
            id: "CoverLine",
            name: "Cover Line",
            set_in: Type { size: Some(half_points(line)), ..Type::default() },
            ..Paragraph::default()
        },
        Paragraph {
            id: "CoverPartner",
            name: "Cover Partner",
            set_in: Type { bold: true, size: Some(half_points(line)), ..Type::default() },
            ..Paragraph::default()
        },
    ];
    for style in styles {
        style.write(xml);
    }
}
