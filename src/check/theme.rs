//! Text on RAG colours and in the colours of quotes can be read, and charts can be seen.

use std::collections::BTreeSet;
use std::path::Path;

use crate::diag::rules::THEME_CONTRAST;
use crate::diag::{Finding, Findings};
use crate::project::Project;
use crate::source::Span;
use crate::theme::contrast;

/// What WCAG 2.2 AA asks of text of ordinary size (success criterion 1.4.3).
const TEXT: f64 = 4.5;
/// And of what must be seen to follow a drawing (1.4.11).
const MARKS: f64 = 3.0;
/// What pages are made of.
const PAPER: &str = "#FFFFFF";

pub fn check(project: &Project, findings: &mut Findings) {
    let themes = || {
        let editions = project.editions.values().map(|edition| &edition.theme);
        std::iter::once(&project.theme).chain(editions)
    };
    let mut seen = BTreeSet::new();
    for theme in themes() {
        let tokens = &theme.tokens;
        let chips = tokens.rag.iter().map(|(name, chip)| {
            let what = format!("{} on the RAG colour {name} ({})", chip.ink, chip.fill);
            (what, (&chip.ink, chip.fill.as_str()), TEXT, &chip.fill)
        });
        // The words at the end of a line have its colour.
        let series = tokens.chart.series.iter().map(|colour| {
            (format!("the chart colour {colour} on white"), (colour, PAPER), TEXT, colour)
        });
        let quotes = tokens.quotes.iter().map(|(kind, colour)| {
            let what = format!("the name under quotes of the kind {kind} ({colour})");
            (what, (colour, PAPER), TEXT, colour)
        });
        let grey = &tokens.chart.comparator;
        let what = format!("the grey of comparators ({grey}) on white");
        let pairs = chips.chain(quotes).chain(series).chain([(what, (grey, PAPER), MARKS, grey)]);
        for (what, (one, other), enough, shown) in pairs {
            // Most editions have the colours of the project's theme.
            if seen.insert((&theme.name, what.clone())) {
                contrasts(project, &theme.name, &what, (one, other), enough, shown, findings);
            }
        }
    }
}

/// Reports a pair of colours that are too like each other, at `shown` in the theme's tokens.
fn contrasts(
    project: &Project,
    theme: &str,
    what: &str,
    (one, other): (&str, &str),
    enough: f64,
    shown: &str,
    findings: &mut Findings,
) {
    // A colour that is none was reported when the theme was read.
    let Some(ratio) = contrast(one, other).filter(|ratio| *ratio < enough) else { return };
    let message = format!("{what} has a contrast of {ratio:.1} to 1");
    let finding = Finding::new(&THEME_CONTRAST, message);
    let path = Path::new("templates/themes").join(theme).join("theme.toml");
    let at = project.sources.find(&path).and_then(|file| {
        let start = project.sources.file(file).text.find(shown)?;
        Some(Span::new(file, start..start + shown.len()))
    });
    findings.push(match at {
        Some(span) => finding.at(span),
        None => finding,
    });
}
