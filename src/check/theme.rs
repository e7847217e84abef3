//! Text on RAG colours, and in the colours of quotes, can be read.

use std::collections::BTreeSet;
use std::path::Path;

use crate::diag::rules::THEME_CONTRAST;
use crate::diag::{Finding, Findings};
use crate::project::{Project, Theme};
use crate::source::Span;
use crate::theme::contrast;

/// What WCAG 2.2 AA asks of text of ordinary size (success criterion 1.4.3).
const ENOUGH: f64 = 4.5;

/// What pages are made of.
const PAPER: &str = "#FFFFFF";

pub fn check(project: &Project, findings: &mut Findings) {
    let themes = project.editions.values().map(|edition| &edition.theme);
    let mut seen = BTreeSet::new();
    for theme in std::iter::once(&project.theme).chain(themes) {
        for pair in pairs(theme) {
            // Most editions have the colours of the project's theme.
            if seen.insert(pair.clone()) {
                readable(project, &pair, findings);
            }
        }
    }
}

/// Words on a ground.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Pair<'p> {
    theme: &'p str,
    ink: &'p str,
    fill: &'p str,
    /// The one of them that is looked for in the theme.
    written: &'p str,
    what: String,
}

/// The words of a theme on their grounds.
fn pairs(theme: &Theme) -> Vec<Pair<'_>> {
    let chips = theme.tokens.rag.iter().map(|(name, chip)| Pair {
        theme: &theme.name,
        ink: &chip.ink,
        fill: &chip.fill,
        written: &chip.fill,
        what: format!("{} on the RAG colour {name} ({})", chip.ink, chip.fill),
    });
    let quotes = theme.tokens.quotes.iter().map(|(kind, colour)| Pair {
        theme: &theme.name,
        ink: colour,
        fill: PAPER,
        written: colour,
        what: format!("the name under quotes of the kind {kind} ({colour})"),
    });
    chips.chain(quotes).collect()
}

/// Reports a pair that is hard to read.
fn readable(project: &Project, pair: &Pair<'_>, findings: &mut Findings) {
    // A colour that is none was reported when the theme was read.
    let Some(ratio) = contrast(pair.ink, pair.fill).filter(|ratio| *ratio < ENOUGH) else { return };
    let message = format!("{} has a contrast of {ratio:.1} to 1", pair.what);
    let finding = Finding::new(&THEME_CONTRAST, message);
    let path = Path::new("templates/themes").join(pair.theme).join("theme.toml");
    let at = project.sources.find(&path).and_then(|file| {
        let start = project.sources.file(file).text.find(pair.written)?;
        Some(Span::new(file, start..start + pair.written.len()))
    });
    findings.push(match at {
        Some(span) => finding.at(span),
        None => finding,
    });
}
