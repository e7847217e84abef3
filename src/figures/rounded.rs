//! Shares in round numbers that stand in one paragraph: rounding may not turn, hide or stretch their difference.

use crate::diag::{Finding, Findings, rules};
use crate::document::{Block, BlockKind, Document, Figure, Inline, walk};
use crate::plan::share::{self, Rounded};

/// A share as it is told.
struct Share<'d> {
    figure: &'d Figure,
    percent: f64,
    parts: f64,
    whole: u32,
}

/// Pairs of shares in `document` that read otherwise than they are.
pub fn rounded(document: &Document) -> Findings {
    let mut findings = Findings::default();
    walk(&document.blocks, &mut |block: &Block| {
        if let BlockKind::Paragraph(paragraph) = &block.kind {
            let mut shares = Vec::new();
            collect(&paragraph.content, &mut shares);
            let pairs = shares.windows(2).filter_map(|pair| match pair {
                [one, other] if one.whole == other.whole => Some((one, other)),
                _ => None,
            });
            findings.extend(pairs.filter_map(|(one, other)| fault(one, other)));
        }
    });
    findings
}

fn collect<'d>(content: &'d [Inline], shares: &mut Vec<Share<'d>>) {
    for inline in content {
        match inline {
            Inline::Figure(figure) => shares.extend(told(figure)),
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Held { content, .. }
            | Inline::Link { content, .. } => collect(content, shares),
            // A note is a text of its own.
            Inline::Footnote { .. } | Inline::Text { .. } | Inline::Status(_) | Inline::Break => {}
        }
    }
}

/// "about 6 out of 10", where the number behind it is known.
fn told(figure: &Figure) -> Option<Share<'_>> {
    let percent = figure.trace.number?;
    let (before, after) = figure.text.split_once(" out of ")?;
    let whole: u32 = after.trim().parse().ok()?;
    let parts = before.rsplit(' ').next()?.parse().ok()?;
    // "fewer than 1 out of 10" is no number of parts.
    (whole > 0 && !before.contains("than")).then_some(Share { figure, percent, parts, whole })
}

fn fault(one: &Share<'_>, other: &Share<'_>) -> Option<Finding> {
    let why = match share::rounded(one.percent, other.percent, one.parts, other.parts, one.whole) {
        Rounded::True => return None,
        Rounded::Parted => "read as different and are about the same",
        Rounded::Merged => "read as the same and are not",
        Rounded::Stretched => "read as further apart, or nearer, than they are",
    };
    let message = format!("\"{}\" and \"{}\" {why}", one.figure.text, other.figure.text);
    let finding = Finding::new(&rules::FIGURE_ROUNDED, message)
        .note(format!("the figures: {}% and {}%", one.percent, other.percent))
        .help("name the other figure in each: out_of(10, beside=…)");
    Some(match other.figure.trace.used {
        Some(span) => finding.at(span),
        None => finding,
    })
}
