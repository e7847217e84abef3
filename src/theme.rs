//! A theme's tokens: the fonts, colours and sizes in `theme.toml`, which both writers take.
//!
//! The Typst files beside it draw each block kind from the same tokens; the Word
//! writer turns them into styles. Nothing here is about content.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// The tokens of one theme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Tokens {
    /// Paper and margins.
    pub page: Page,
    /// Font families.
    pub fonts: Fonts,
    /// Type sizes, in points.
    pub sizes: Sizes,
    /// Spacing of running text.
    pub text: Text,
    /// Rows of a picture and words.
    #[serde(default)]
    pub picture_row: PictureRow,
    /// Named colours, as `#rrggbb`.
    pub colours: Colours,
    /// The colours of quotes, as `#rrggbb`, by the kind of person who speaks; others have the accent.
    #[serde(default)]
    pub quotes: BTreeMap<String, String>,
    /// The colours that RAG schemes name, by name.
    pub rag: BTreeMap<String, Chip>,
    /// Colours of charts; the shipped theme's when absent.
    #[serde(default)]
    pub chart: ChartColours,
}

/// Paper and margins, in millimetres.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Page {
    /// Width of the upright page.
    pub width: f64,
    /// Height of the upright page.
    pub height: f64,
    /// Margin of upright pages.
    pub margin: f64,
    /// Margin of landscape pages.
    pub landscape_margin: f64,
    /// Distance of the running head and foot from the edge.
    pub running_head: f64,
    /// Whether the running head and foot say what the document is; if not, the foot has the
    /// page number alone.
    #[serde(default = "yes")]
    pub running_words: bool,
}

/// Font families.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fonts {
    /// The family of the PDF: Noto Sans, or one in the theme's `fonts` folder.
    pub body: String,
    /// The family of the Word file: one that readers have.
    pub word: String,
}

/// Type sizes, in points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sizes {
    /// Running text.
    pub body: f64,
    /// Opening paragraphs.
    pub lead: f64,
    /// Text in tables.
    pub table: f64,
    /// Notes, captions, running heads.
    pub small: f64,
    /// The title on the cover.
    pub title: f64,
    /// Headings of level 1, 2, 3 and 4; deeper ones are set as level 4.
    pub headings: [f64; 4],
    /// Key figures.
    pub key_figure: f64,
    /// The heading of a part that opens with a band; its number is twice as large.
    #[serde(default = "Sizes::usual_opener")]
    pub opener: f64,
    /// What somebody said.
    #[serde(default = "Sizes::usual_quote")]
    pub quote: f64,
    /// Page numbers.
    #[serde(default = "Sizes::usual_page_number")]
    pub page_number: f64,
}

impl Sizes {
    fn usual_opener() -> f64 {
        24.0
    }

    fn usual_quote() -> f64 {
        12.0
    }

    fn usual_page_number() -> f64 {
        10.0
    }
}

/// Spacing of running text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Text {
    /// Height of a line, in multiples of the type size.
    pub line_height: f64,
    /// Space after a paragraph, in multiples of the type size.
    pub paragraph_gap: f64,
    /// Space over and under headings, as a multiple of the usual.
    #[serde(default = "one")]
    pub heading_gap: f64,
    /// Longest line, in millimetres: about 75 characters.
    pub measure: f64,
}

/// Rows of a picture and words, in millimetres.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PictureRow {
    /// Width of the picture.
    pub picture: f64,
    /// Between the picture and the words.
    pub gutter: f64,
    /// Above and below both.
    pub inset: f64,
}

impl Default for PictureRow {
    fn default() -> Self {
        PictureRow { picture: 45.0, gutter: 8.0, inset: 4.0 }
    }
}

/// Named colours, as `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Colours {
    /// Text and headings.
    pub ink: String,
    /// The one accent.
    pub accent: String,
    /// Grounds of header rows and boxes.
    pub tint: String,
    /// Hairlines.
    pub rule: String,
    /// Text of notes and running heads; still 4.5:1 on white.
    pub quiet: String,
}

/// Colours of charts, as `#rrggbb`. Lines and the words beside them share a colour, so each must be
/// readable as text on white.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct ChartColours {
    /// What is compared, in this order; at least one.
    pub series: Vec<String>,
    /// What stands for comparison.
    pub comparator: String,
    /// The band that a target is met in.
    pub band: String,
}

impl Default for ChartColours {
    fn default() -> Self {
        // Told apart in shades of grey and by people who see few colours; tried with their likeness.
        let series = ["#0B5F6B", "#B3470E", "#4B3F9E", "#6B6300", "#9C2A6B"];
        ChartColours {
            series: series.map(str::to_owned).to_vec(),
            comparator: "#78838D".to_owned(),
            band: "#DCEBEC".to_owned(),
        }
    }
}

/// A RAG colour: ground and the text on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Chip {
    /// The ground, as `#rrggbb`.
    pub fill: String,
    /// The letter on it, as `#rrggbb`.
    pub ink: String,
}

fn yes() -> bool {
    true
}

fn one() -> f64 {
    1.0
}

/// What a measure may be, by its place in theme.toml: a slip of the finger there would make pages that
/// nothing fits on. Sizes are points, paper millimetres, the spacing of text multiples of its size.
pub fn bounds(path: &str) -> Option<RangeInclusive<f64>> {
    Some(match path {
        "page.width" | "page.height" => 80.0..=1200.0,
        "page.margin" | "page.landscape-margin" | "page.running-head" => 0.0..=60.0,
        "text.line-height" => 1.0..=3.0,
        "text.paragraph-gap" | "text.heading-gap" => 0.0..=3.0,
        "text.measure" => 40.0..=1000.0,
        "picture-row.picture" => 15.0..=150.0,
        "picture-row.gutter" | "picture-row.inset" => 0.0..=30.0,
        _ if path.starts_with("sizes.") => 5.0..=150.0,
        _ => return None,
    })
}

/// The red, green and blue of a `#rrggbb` colour.
pub fn rgb(colour: &str) -> Option<[u8; 3]> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let channel = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([channel(0)?, channel(2)?, channel(4)?])
}

/// The contrast of two colours by WCAG 2: from 1 to 21.
pub fn contrast(one: &str, other: &str) -> Option<f64> {
    let (one, other) = (luminance(rgb(one)?), luminance(rgb(other)?));
    Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
}

fn luminance(rgb: [u8; 3]) -> f64 {
    luminance_of(rgb.map(linear))
}

/// The light of a channel of sRGB, from 0 to 1.
pub fn linear(channel: u8) -> f64 {
    let channel = f64::from(channel) / 255.0;
    if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
}

/// Relative luminance as WCAG 2 defines it, of channels of light.
pub fn luminance_of([red, green, blue]: [f64; 3]) -> f64 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_as_wcag_counts_it() {
        assert_eq!(contrast("#FFFFFF", "#000000").map(f64::round), Some(21.0));
        // The well-known lightest grey that passes on white.
        assert!(contrast("#767676", "#ffffff").is_some_and(|ratio| (4.5..4.6).contains(&ratio)));
        assert_eq!(contrast("#fff", "#000000"), None);
        assert_eq!(contrast("#ffé00", "#000000"), None);
    }
}
