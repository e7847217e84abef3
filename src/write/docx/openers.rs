//! What opens a part: a band in the accent colour with the group's name and the heading, then what stands with it.
//!
//! The band is made of paragraphs, since Word's navigation pane leaves out headings in tables. Their
//! outline levels put them into the contents and the pane like any heading.

use crate::document::{BlockKind, Opener};
use crate::theme::Tokens;

use super::Writer;
use super::blocks::Place;
use super::format::{Rule, Setting, Type};
use super::inlines::Voice;
use super::measure::{self, colour, half_points};
use super::styles::{Paragraph, gap};
use super::xml::Xml;

/// Headings below this level open nothing.
const LEVELS: u8 = 3;

impl Writer<'_> {
    /// The band and what follows it; whether that ended with a table.
    pub(super) fn opener(&mut self, opener: &Opener, place: Place, out: &mut Xml) -> bool {
        if let Some(label) = &opener.label {
            let children = self.runs(label, Voice { bold: true, ..Voice::default() });
            self.paragraph("OpenerLabel", children, place, out);
        }
        let Some((first, rest)) = opener.blocks.split_first() else { return false };
        match &first.kind {
            BlockKind::Heading(heading) => {
                (self.span, self.own) = (first.span.or(self.span), first.span.is_some());
                let style = format!("OpenerHeading{}", heading.level.clamp(1, LEVELS));
                self.heading_in(&style, "OpenerNumber", heading, place, out);
                self.blocks(rest, place, out)
            }
            _ => self.blocks(&opener.blocks, place, out),
        }
    }
}

/// Writes the paragraph styles of the band.
pub(super) fn write(tokens: &Tokens, xml: &mut Xml) {
    let accent = || colour(&tokens.colours.accent);
    // Rules in the band's own colour keep its words from its edges.
    let edge = |size| Some(Rule { size, space: 6, colour: accent() });
    let on_band = |size: f64| Type {
        bold: true,
        colour: Some(measure::text_on(&tokens.colours.accent, &tokens.colours)),
        size: Some(half_points(size)),
        ..Type::default()
    };
    let band = || Setting {
        keep_next: true,
        keep_lines: true,
        fill: Some(accent()),
        left_rule: edge(48),
        left: Some(160),
        line: Some(260),
        before: Some(0),
        ..Setting::default()
    };
    Paragraph {
        id: "OpenerLabel",
        name: "Opener Label",
        quick: false,
        setting: Setting { top: edge(96), after: Some(0), ..band() },
        set_in: on_band(tokens.sizes.table + 1.5),
        ..Paragraph::default()
    }
    .write(xml);
    for level in 1..=LEVELS {
        let size = tokens.sizes.headings[usize::from(level.min(2)) - 1];
        Paragraph {
            id: &format!("OpenerHeading{level}"),
            name: &format!("Opener Heading {level}"),
            based: &format!("Heading{level}"),
            next: "Lead",
            quick: false,
            setting: Setting {
                after: Some(gap(tokens) * 2),
                outline: Some(level - 1),
                top: edge(4),
                ..band()
            },
            set_in: on_band(size.max(tokens.sizes.headings[1] + 2.0)),
        }
        .write(xml);
    }
}
