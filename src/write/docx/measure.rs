//! Lengths and colours as Word counts them, from the theme's tokens.

use crate::document::Orientation;
use crate::theme::{self, Colours, Tokens};

/// Twentieths of a point in a millimetre.
const TWIPS_A_MM: f64 = 1440.0 / 25.4;
/// English metric units in a point, for drawings.
const EMU_A_POINT: f64 = 12_700.0;

/// Millimetres as twips.
pub fn mm(length: f64) -> i32 {
    (length * TWIPS_A_MM).round() as i32
}

/// Points as twips.
pub fn pt(length: f64) -> i32 {
    (length * 20.0).round() as i32
}

/// Millimetres as points: drawings.
pub fn points(length: f64) -> f64 {
    length / 25.4 * 72.0
}

/// Points as half-points: type sizes.
pub fn half_points(size: f64) -> i32 {
    (size * 2.0).round() as i32
}

/// Points as English metric units: drawings.
pub fn emu(length: f64) -> i64 {
    (length * EMU_A_POINT).round() as i64
}

/// Line height in multiples of the type size, as Word's multiple of the font's own line.
///
/// The sans serif faces that readers have (Arial, Calibri, Helvetica) set a line at about
/// 1.15 of the size; 240 is one such line.
pub fn line(height: f64) -> i32 {
    (height / 1.15 * 240.0).round() as i32
}

/// A page with its margins, in twips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheet {
    /// Which way it lies.
    pub orientation: Orientation,
    /// Width of the paper.
    pub width: i32,
    /// Height of the paper.
    pub height: i32,
    /// Margin on every side.
    pub margin: i32,
    /// Distance of head and foot from the edge.
    pub running: i32,
}

impl Sheet {
    /// The sheet that `tokens` want for pages of `orientation`.
    pub fn new(tokens: &Tokens, orientation: Orientation) -> Self {
        let page = &tokens.page;
        let (width, height) = (mm(page.width), mm(page.height));
        match orientation {
            Orientation::Portrait => {
                Sheet::within(orientation, (width, height), mm(page.margin), page.running_head)
            }
            Orientation::Landscape => {
                let margin = mm(page.landscape_margin);
                Sheet::within(orientation, (height, width), margin, page.running_head)
            }
        }
    }

    /// Head and foot stay in the outer half of the margin, clear of the text.
    fn within(orientation: Orientation, paper: (i32, i32), margin: i32, running: f64) -> Self {
        let running = mm(running).min(margin * 11 / 20);
        Sheet { orientation, width: paper.0, height: paper.1, margin, running }
    }

    /// Width between the margins; never less than a centimetre, whatever the theme says.
    pub fn text_width(&self) -> i32 {
        (self.width - 2 * self.margin).max(mm(10.0))
    }

    /// Height between the margins.
    pub fn text_height(&self) -> i32 {
        (self.height - 2 * self.margin).max(mm(10.0))
    }

    /// How much running text is drawn in from the right, so that lines stay readable.
    pub fn measure_indent(&self, tokens: &Tokens) -> i32 {
        (self.text_width() - mm(tokens.text.measure)).max(0)
    }
}

/// A theme colour (`#rrggbb`) as Word writes it; one that is no colour becomes `auto`.
pub fn colour(hex: &str) -> String {
    match theme::rgb(hex) {
        Some([red, green, blue]) => format!("{red:02X}{green:02X}{blue:02X}"),
        None => "auto".to_owned(),
    }
}

/// White or ink, whichever reads better on `fill`.
pub fn text_on(fill: &str, colours: &Colours) -> String {
    let against = |text: &str| theme::contrast(fill, text).unwrap_or(0.0);
    let white = "#FFFFFF";
    colour(if against(white) >= against(&colours.ink) { white } else { &colours.ink })
}

/// Splits `total` by `shares` into whole numbers that add up to it. No part is less than a
/// fiftieth of the mean, so that none comes to nothing; shares that are no numbers count as that.
pub fn split(total: i32, shares: &[f64]) -> Vec<i32> {
    let sane: Vec<f64> =
        shares.iter().map(|s| if s.is_finite() { s.clamp(0.0, 1e6) } else { 0.0 }).collect();
    let mean = sane.iter().sum::<f64>() / sane.len().max(1) as f64;
    let least = if mean > 0.0 { mean / 50.0 } else { 1.0 };
    let shares: Vec<f64> = sane.into_iter().map(|share| share.max(least)).collect();
    let sum: f64 = shares.iter().sum();
    let mut edge = 0.0;
    let mut last = 0;
    shares
        .iter()
        .map(|share| {
            edge += share;
            let next = (f64::from(total) * edge / sum).round() as i32;
            let width = next - last;
            last = next;
            width
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_widths_add_up_to_the_table() {
        for shares in [vec![1.0, 1.0, 1.0], vec![0.7, 3.1, f64::NAN, -2.0, 0.0], vec![0.0]] {
            assert_eq!(split(9411, &shares).iter().sum::<i32>(), 9411);
        }
    }

    #[test]
    fn text_on_a_dark_ground_is_white_and_on_a_light_one_ink() {
        let colours = Colours {
            ink: "#1B2440".into(),
            accent: String::new(),
            tint: String::new(),
            rule: String::new(),
            quiet: String::new(),
        };
        assert_eq!(text_on("#0B5F6B", &colours), "FFFFFF");
        assert_eq!(text_on("#F4B223", &colours), "1B2440");
    }
}
