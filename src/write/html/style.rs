//! The page's styles: the theme's tokens as custom properties, light and dark, and the style sheet.

use std::fmt::Write;

use super::inlines::class_of;
use super::markup::fit;
use crate::document::Meta;
use crate::theme::{Tokens, contrast, rgb};

const SHEET: &str = include_str!("page.css");

/// Pixels of the screen that a point of type is: running text of 12 points has 17 pixels.
const PIXELS: f64 = 17.0 / 12.0;
/// Pixels that a browser's plain text has, unless its user says otherwise.
const ROOT: f64 = 16.0;
/// The ground of pages at night.
pub(super) const NIGHT: &str = "#12161f";
/// The contrast that WCAG 2 asks of text.
const TEXT: f64 = 4.5;

/// The style sheet of pages with these tokens. Holds no `<`, `&` or `]]>`.
pub fn style_sheet(tokens: &Tokens) -> String {
    let mut css = String::from(":root{");
    let sizes = &tokens.sizes;
    let mut size = |name: &str, points: f64| {
        let _ = write!(css, "--{name}:{:.3}rem;", points * PIXELS / ROOT);
    };
    size("body", sizes.body);
    size("lead", sizes.lead);
    // A screen has no edge that a table must end at: what is smaller in print is read here.
    size("table", sizes.table.max(sizes.body * 0.85));
    size("small", sizes.small.max(sizes.body * 0.82));
    size("title", sizes.title);
    size("key-figure", sizes.key_figure);
    size("quote", sizes.quote.max(sizes.body));
    for (level, points) in (2..).zip(sizes.headings) {
        size(&format!("h{level}"), points);
    }
    let _ = write!(
        css,
        "--line:{:.3};--gap:{:.3}em;",
        tokens.text.line_height.max(1.5),
        tokens.text.paragraph_gap.max(0.7)
    );
    // Millimetres of print to the characters that fit: about 2.1 mm each at 12 points.
    let measure = (tokens.text.measure / 2.1 * 12.0 / sizes.body.max(12.0)).clamp(40.0, 75.0);
    let _ = write!(css, "--measure:{measure:.0}ch;");
    let _ = write!(css, "--picture:{:.2}rem;", tokens.picture_row.picture * 0.24);
    let _ = write!(
        css,
        "--font:{},\"Noto Sans\",system-ui,-apple-system,\"Segoe UI\",Roboto,Arial,sans-serif;",
        quoted(&tokens.fonts.body)
    );
    let colours = &tokens.colours;
    let on_accent = text_on(&colours.accent);
    css.push_str(&named(&[
        ("paper", "#ffffff"),
        ("ink", &colours.ink),
        ("accent", &colours.accent),
        ("on-accent", on_accent),
        ("band", &colours.accent),
        ("tint", &colours.tint),
        ("rule", &colours.rule),
        ("quiet", &colours.quiet),
    ]));
    css.push('}');
    // At night text is as light as it must be, on grounds as dark as they may be.
    let light = |colour: &str| lightened(colour, "#1c2330", TEXT);
    let night = named(&[
        ("paper", NIGHT),
        ("ink", "#e9edf2"),
        ("accent", &light(&colours.accent)),
        ("on-accent", on_accent),
        ("tint", "#1c2330"),
        ("rule", "#4a5566"),
        ("quiet", &light(&colours.quiet)),
    ]);
    let mut dark = format!(":root{{{night}}}");
    for (name, chip) in &tokens.rag {
        let name = class_of(name);
        let _ = write!(
            css,
            ".rag-{name}{{background:{};color:{}}}.on-{name}{{--edge:{}}}",
            plain(&chip.fill),
            plain(&chip.ink),
            plain(&chip.fill)
        );
    }
    for (name, colour) in &tokens.quotes {
        let name = class_of(name);
        let _ = write!(css, ".by-{name}{{--voice:{}}}", plain(colour));
        let _ = write!(dark, ".by-{name}{{--voice:{}}}", light(colour));
    }
    css.push_str(SHEET);
    let _ = write!(css, "@media screen and (prefers-color-scheme:dark){{{dark}}}");
    css.retain(|c| c != '\r');
    css
}

fn named(colours: &[(&str, &str)]) -> String {
    colours.iter().map(|(name, colour)| format!("--{name}:{};", plain(colour))).collect()
}

/// A colour, if it is one: themes are checked when they are read, but nothing else may stand here.
fn plain(colour: &str) -> &str {
    if rgb(colour).is_some() { colour } else { "#000000" }
}

/// A family's name in quotes, without what could end them.
fn quoted(family: &str) -> String {
    let name: String =
        family.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).collect();
    format!("\"{name}\"")
}

/// White or black: what reads better on `ground`.
fn text_on(ground: &str) -> &'static str {
    let against = |text: &str| contrast(text, ground).unwrap_or(1.0);
    if against("#ffffff") >= against("#000000") { "#ffffff" } else { "#000000" }
}

/// `colour` with as much white as it needs to be read on `ground`.
fn lightened(colour: &str, ground: &str, ratio: f64) -> String {
    let Some(channels) = rgb(colour) else { return "#ffffff".to_owned() };
    let mixed = |part: f64| {
        let [r, g, b] = channels.map(|channel| {
            let channel = f64::from(channel);
            (channel + (255.0 - channel) * part).round() as u8
        });
        format!("#{r:02x}{g:02x}{b:02x}")
    };
    let steps = (0..=20).map(|step| mixed(f64::from(step) / 20.0));
    let mut lighter = steps.filter(|shade| contrast(shade, ground).is_some_and(|it| it >= ratio));
    lighter.next().unwrap_or_else(|| "#ffffff".to_owned())
}

/// What stands at the head and foot of each printed page: the title, the day, the page's number.
pub(super) fn running_title(meta: &Meta) -> String {
    let box_of = |place: &str, content: &str| {
        format!("@{place}{{content:{content};font:8pt var(--font);color:#555}}")
    };
    format!(
        "@media print{{@page{{{}{}{}}}@page:first{{@top-left{{content:none}}@bottom-left{{content:none}}@bottom-right{{content:none}}}}}}\n",
        box_of("top-left", &css_string(&meta.title)),
        box_of("bottom-left", &css_string(&meta.running_foot)),
        box_of("bottom-right", "counter(page)"),
    )
}

/// `text` as a string of CSS in which nothing can end the string, the sheet or the element.
fn css_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in fit(text).chars() {
        match c {
            c if c.is_alphanumeric() || c == ' ' => out.push(c),
            c if c.is_control() => out.push(' '),
            c => {
                let _ = write!(out, "\\{:x} ", u32::from(c));
            }
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_the_night_can_be_read() {
        for colour in ["#0B5F6B", "#000000", "#4A5560", "#7A2E7D"] {
            let light = lightened(colour, NIGHT, TEXT);
            assert!(contrast(&light, NIGHT).unwrap() >= TEXT, "{colour} became {light}");
        }
        assert_eq!(lightened("#ffffff", NIGHT, TEXT), "#ffffff");
    }

    #[test]
    fn nothing_but_colours_and_names_comes_from_a_theme() {
        assert_eq!(plain("red}</style>"), "#000000");
        assert_eq!(quoted("Noto\"</style> Sans"), "\"Notostyle Sans\"");
    }

    #[test]
    fn the_sheet_holds_nothing_that_markup_would_read() {
        assert!(!SHEET.contains(['<', '&']));
    }
}
