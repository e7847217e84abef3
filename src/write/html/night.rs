//! Drawings at night: each of their colours has a counterpart whose contrast with every other is the
//! one it had by day.
//!
//! WCAG 2 counts contrast as (lighter + 0.05) / (darker + 0.05) of the relative luminances. A colour
//! of luminance `y` becomes one of `k / (y + 0.05) - 0.05`, so that every such ratio stays as it is and
//! only dark and light change places. `k` makes white the ground of the night. What would be lighter
//! than white is white, and then only nearly black things lose contrast with each other.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::style::NIGHT;
use crate::theme::{linear, luminance_of, rgb};
use crate::write::DrawnSvg;

/// The rules for the colours of `drawings`; none when there are none.
pub(super) fn rules(drawings: &[DrawnSvg]) -> String {
    let mut colours = BTreeSet::new();
    for drawing in drawings {
        for what in ["fill", "stroke"] {
            // Markup of our own: a paint is `fill="#` and six digits.
            for rest in drawing.markup.split(&format!(" {what}=\"#")).skip(1) {
                colours.extend(rest.get(..6).map(|digits| (what, digits)));
            }
        }
    }
    if colours.is_empty() {
        return String::new();
    }
    let mut css =
        String::from("@media screen and (prefers-color-scheme:dark){.drawn{background:none}");
    for (what, digits) in colours {
        let colour = format!("#{digits}");
        if let Some(night) = counterpart(&colour) {
            let _ = write!(css, ".drawn [{what}=\"{colour}\"]{{{what}:{night}}}");
        }
    }
    css.push_str("}\n");
    css
}

/// What `colour` is at night; nothing for what is no colour.
fn counterpart(colour: &str) -> Option<String> {
    let by_day = rgb(colour)?.map(linear);
    let ground = luminance_of(rgb(NIGHT)?.map(linear));
    let before = luminance_of(by_day);
    if before > 0.999 {
        // White is the ground itself, hue and all.
        return Some(NIGHT.to_owned());
    }
    let wanted = (1.05 * (ground + 0.05) / (before + 0.05) - 0.05).clamp(0.0, 1.0);
    // The same hue, as bright as can be without white, then with as much white as is still needed.
    let brightest = by_day.iter().copied().fold(0.0, f64::max);
    let scaled = |factor: f64| by_day.map(|channel| channel * factor);
    let full = if brightest > 0.0 { scaled(1.0 / brightest) } else { [1.0; 3] };
    let most = luminance_of(full);
    let at_night = if wanted <= most {
        full.map(|channel| channel * wanted / most)
    } else {
        let white = (wanted - most) / (1.0 - most);
        full.map(|channel| channel + (1.0 - channel) * white)
    };
    let [red, green, blue] = at_night.map(encoded);
    Some(format!("#{red:02x}{green:02x}{blue:02x}"))
}

/// A channel of light as sRGB writes it.
fn encoded(light: f64) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let value =
        if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    // Rounded into the range of a byte.
    (value * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::contrast;

    #[test]
    fn white_is_the_ground_and_black_is_white() {
        assert_eq!(counterpart("#ffffff").as_deref(), Some(NIGHT));
        assert_eq!(counterpart("#000000").as_deref(), Some("#ffffff"));
        assert_eq!(counterpart("red"), None);
    }

    #[test]
    fn every_pair_of_colours_keeps_its_contrast() {
        let colours = [
            "#ffffff", "#f2f5f7", "#c6cfd6", "#5a6472", "#0b6070", "#a3c4c9", "#b3261e", "#1a7f37",
            "#f2a900", "#1f4e9c", "#7a3e9d",
        ];
        for one in colours {
            for other in colours {
                let (day, night) = (
                    contrast(one, other).unwrap(),
                    contrast(&counterpart(one).unwrap(), &counterpart(other).unwrap()).unwrap(),
                );
                assert!((night / day - 1.0).abs() < 0.04, "{one} on {other}: {day} and {night}");
            }
        }
    }

    #[test]
    fn each_colour_of_a_drawing_has_one_rule() {
        let markup =
            "<path d=\"\" fill=\"#0b6070\" stroke=\"#ffffff\"/><text fill=\"#0b6070\">x</text>";
        let drawn = DrawnSvg { markup: markup.to_owned(), width: 1.0, height: 1.0 };
        let css = rules(&[drawn.clone(), drawn]);
        assert_eq!(css.matches("[fill=\"#0b6070\"]").count(), 1);
        assert_eq!(css.matches("[stroke=\"#ffffff\"]").count(), 1);
        assert!(rules(&[]).is_empty());
    }
}
