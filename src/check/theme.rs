//! Text on RAG colours, and in the colours of quotes, can be read.

use std::path::Path;

use crate::diag::rules::THEME_CONTRAST;
use crate::diag::{Finding, Findings};
use crate::project::Project;
use crate::source::Span;
use crate::theme::contrast;

/// What WCAG 2.2 AA asks of text of ordinary size (success criterion 1.4.3).
const ENOUGH: f64 = 4.5;

/// What pages are made of.
const PAPER: &str = "#FFFFFF";

pub fn check(project: &Project, findings: &mut Findings) {
    let tokens = &project.theme.tokens;
    for (name, chip) in &tokens.rag {
        let what = format!("{} on the RAG colour {name} ({})", chip.ink, chip.fill);
        readable(project, &chip.ink, &chip.fill, &chip.fill, &what, findings);
    }
    for (kind, colour) in &tokens.quotes {
        let what = format!("the name under quotes of the kind {kind} ({colour})");
        readable(project, colour, PAPER, colour, &what, findings);
    }
}

/// Reports `ink` on `fill` when it is hard to read; `written` is the one of them that the theme holds.
fn readable(
    project: &Project,
    ink: &str,
    fill: &str,
    written: &str,
    what: &str,
    findings: &mut Findings,
) {
    // A colour that is none was reported when the theme was read.
    let Some(ratio) = contrast(ink, fill).filter(|ratio| *ratio < ENOUGH) else { return };
    let message = format!("{what} has a contrast of {ratio:.1} to 1");
    let finding = Finding::new(&THEME_CONTRAST, message);
    let path = Path::new("templates/themes").join(&project.theme.name).join("theme.toml");
    let at = project.sources.find(&path).and_then(|file| {
        let start = project.sources.file(file).text.find(written)?;
        Some(Span::new(file, start..start + written.len()))
    });
    findings.push(match at {
        Some(span) => finding.at(span),
        None => finding,
    });
}
