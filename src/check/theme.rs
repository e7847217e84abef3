//! Text on RAG colours can be read.

use std::collections::BTreeSet;
use std::path::Path;

use crate::diag::rules::THEME_CONTRAST;
use crate::diag::{Finding, Findings};
use crate::project::Project;
use crate::source::Span;
use crate::theme::contrast;

/// What WCAG 2.2 AA asks of text of ordinary size (success criterion 1.4.3).
const ENOUGH: f64 = 4.5;

pub fn check(project: &Project, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    let themes = project.editions.values().map(|edition| &edition.theme);
    let chips = std::iter::once(&project.theme)
        .chain(themes)
        .flat_map(|theme| theme.tokens.rag.iter().map(move |(name, chip)| (theme, name, chip)));
    for (theme, name, chip) in chips {
        // Most editions have the colours of the project's theme.
        if !seen.insert((&theme.name, name, &chip.fill, &chip.ink)) {
            continue;
        }
        let path = Path::new("templates/themes").join(&theme.name).join("theme.toml");
        let file = project.sources.find(&path);
        // A colour that is none was reported when the theme was read.
        let Some(ratio) = contrast(&chip.ink, &chip.fill).filter(|ratio| *ratio < ENOUGH) else {
            continue;
        };
        let message = format!(
            "{} on the RAG colour {name} ({}) has a contrast of {ratio:.1} to 1",
            chip.ink, chip.fill
        );
        let finding = Finding::new(&THEME_CONTRAST, message);
        let at = file.and_then(|file| {
            let start = project.sources.file(file).text.find(&chip.fill)?;
            Some(Span::new(file, start..start + chip.fill.len()))
        });
        findings.push(match at {
            Some(span) => finding.at(span),
            None => finding,
        });
    }
}
