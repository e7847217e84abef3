//! Turns what Typst has to say into findings at the theme's own lines.

use typst::diag::{Severity, SourceDiagnostic};
use typst::syntax::DiagSpan;
use typst::{World, WorldExt};

use crate::diag::{Finding, rules};
use crate::source::Span;

use super::theme::unknown_family;
use super::world::Paper;

/// What Typst begins the warning with when a theme asks for a font that is not there.
const UNKNOWN_FONT: &str = "unknown font family: ";

/// Whether a warning is about a font that is not there; that is an error here, since another
/// face would be used in silence.
pub(super) fn is_unknown_font(diagnostic: &SourceDiagnostic) -> bool {
    diagnostic.message.starts_with(UNKNOWN_FONT)
}

/// One of Typst's diagnostics as a finding.
pub(super) fn finding(world: &Paper, diagnostic: &SourceDiagnostic) -> Finding {
    let message = diagnostic.message.as_str();
    let mut finding = match message.strip_prefix(UNKNOWN_FONT) {
        Some(family) => unknown_family(family, &world.theme.files.fonts),
        None => {
            let rule = match diagnostic.severity {
                Severity::Error => &rules::THEME_FAULT,
                Severity::Warning => &rules::THEME_WARNING,
            };
            let mut finding = Finding::new(rule, message);
            for hint in &diagnostic.hints {
                finding = finding.note(hint.v.as_str());
            }
            finding
        }
    };
    finding = place(world, diagnostic.span, finding);
    for point in &diagnostic.trace {
        if let Some(at) = whereabouts(world, point.span.into()) {
            finding = finding.note(format!("{} at {at}", point.v));
        }
    }
    finding
}

/// Points `finding` at `span`: at the very text where the file is among the project's sources.
fn place(world: &Paper, span: DiagSpan, finding: Finding) -> Finding {
    let Some((path, source)) =
        span.id().and_then(|id| world.theme.files.places.get(&world.original(id)))
    else {
        return finding.in_file(world.theme.folder());
    };
    match (source, world.range(span)) {
        (Some(file), Some(range)) => finding.at(Span::new(*file, range)),
        _ => {
            let finding = finding.in_file(world.theme.folder().join(path));
            match whereabouts(world, span) {
                Some(at) => finding.note(format!("at {at}")),
                None => finding,
            }
        }
    }
}

/// `tables.typ:12:5`, for a note.
fn whereabouts(world: &Paper, span: DiagSpan) -> Option<String> {
    let id = span.id()?;
    let (path, _) = world.theme.files.places.get(&world.original(id))?;
    let start = world.range(span)?.start;
    let (line, column) = world.source(id).ok()?.lines().byte_to_line_column(start)?;
    Some(format!("{path}:{}:{}", line + 1, column + 1))
}
