//! Figures of a finished Document that the data hold a later value of.
//!
//! An earlier figure beside the latest is a comparison: "rose from A to B". So a paragraph, a list or a
//! table that shows the latest value of a series may show earlier ones of it too.

use std::collections::{BTreeMap, HashSet};

use crate::diag::{Finding, Findings, rules};
use crate::document::{Block, BlockKind, Document, Figure, figures, inlines, lines, walk};

/// What in `document` is of an earlier period than the data hold, each series once in a paragraph, a list or a
/// table.
pub fn superseded(document: &Document) -> Findings {
    let mut findings = Findings::default();
    let mut seen: HashSet<*const Figure> = HashSet::new();
    walk(&document.blocks, &mut |block| {
        let together: Vec<&Figure> = together(block)
            .into_iter()
            .filter(|figure| seen.insert(std::ptr::from_ref(*figure)))
            .collect();
        let mut series: BTreeMap<&str, Vec<&Figure>> = BTreeMap::new();
        for figure in together {
            if let Some(name) = &figure.trace.series {
                series.entry(name).or_default().push(figure);
            }
        }
        for shown in series.into_values() {
            let later: Option<Vec<(&Figure, &String)>> = shown
                .iter()
                .map(|figure| figure.trace.later.as_ref().map(|later| (*figure, later)))
                .collect();
            let last = later.and_then(|all| all.into_iter().max_by_key(|(f, _)| f.trace.since));
            if let Some((figure, later)) = last {
                findings.push(finding(figure, later));
            }
        }
    });
    findings
}

/// The figures that are read together with one of `block`.
fn together(block: &Block) -> Vec<&Figure> {
    if matches!(block.kind, BlockKind::Table(_) | BlockKind::List(_)) {
        return figures(block);
    }
    let mut found = Vec::new();
    lines(&block.kind).into_iter().for_each(|content| inlines(content, &mut found));
    found
}

fn finding(figure: &Figure, later: &str) -> Finding {
    let of = figure.at.as_ref().map_or_else(String::new, |at| format!(" ({at})"));
    let name = figure.trace.name.as_deref().unwrap_or(&figure.path);
    let message = format!("{name}: {}{of} is quoted here, and the data hold {later}", figure.text);
    let help = "write [latest] in place of the period or, if this one is meant, [\"=…\"]";
    let finding = Finding::new(&rules::FIGURE_SUPERSEDED, message).help(help);
    match figure.trace.used {
        Some(span) => finding.at(span),
        None => finding,
    }
}
