//! Figures that can be asked where they are from: period, unit, source, the
//! day it was known, the row and cell of the data. Works by keyboard and
//! touch without a script.

use std::collections::BTreeMap;

use super::Writer;
use crate::document::{Figure, Holding, Inline, TYPED};
use crate::source::Span;

impl<'d> Writer<'d> {
    /// A figure, with what is known of it at hand.
    pub(super) fn figure(&mut self, figure: &'d Figure) {
        let facts = facts(figure, &self.extras.origins);
        if self.sealed || !self.extras.provenance || facts.is_empty() {
            self.out.text(&figure.text);
            return;
        }
        let label = figure.text.as_str();
        let about = figure.trace.name.as_deref().unwrap_or(label);
        let button = [("class", Some("figure"))];
        self.asked(&button, label, about, &facts);
    }

    /// Words that the data bear out, and after them what bears them out.
    pub(super) fn held(&mut self, content: &'d [Inline], by: &'d Holding) {
        self.inlines(content);
        if self.sealed || !self.extras.provenance {
            return;
        }
        let facts = [("Because", by.because.clone()), ("Condition", by.condition.clone())];
        let button = [
            ("class", Some("claim")),
            ("aria-label", Some("What bears this out")),
            ("data-added", Some("")),
        ];
        self.asked(&button, "✓", "What bears this out", &facts);
    }

    /// A button, and a card of facts that it opens.
    fn asked(
        &mut self,
        attributes: &[(&str, Option<&str>)],
        label: &str,
        about: &str,
        facts: &[(&'static str, String)],
    ) {
        self.asked += 1;
        let id = format!("figure--{}", self.asked);
        let own = [("type", Some("button")), ("popovertarget", Some(id.as_str()))];
        let button: Vec<_> = own.iter().chain(attributes).copied().collect();
        self.out.element("button", &button, label);
        let card = [
            ("id", Some(id.as_str())),
            ("class", Some("provenance")),
            ("popover", Some("auto")),
            ("data-added", Some("")),
        ];
        self.out.open("span", &card);
        self.out.element("strong", &[], about);
        for (name, value) in facts {
            self.out.open("span", &[("class", Some("fact"))]);
            self.out.text(&format!("{name}: {value}"));
            self.out.close("span");
        }
        let close = [
            ("type", Some("button")),
            ("popovertarget", Some(id.as_str())),
            ("popovertargetaction", Some("hide")),
        ];
        self.out.element("button", &close, "Close");
        self.out.close("span");
    }
}

/// Most cells of a figure that are named one by one.
const CELLS: usize = 4;

/// What is known of a figure, as names and values.
fn facts(figure: &Figure, origins: &BTreeMap<Span, String>) -> Vec<(&'static str, String)> {
    let is_known = figure.at.is_some() || figure.unit.is_some() || figure.source.is_some();
    if !is_known {
        return Vec::new();
    }
    let trace = &figure.trace;
    let mut facts: Vec<(&'static str, String)> = [
        ("Figure", trace.name.as_ref().map(|_| &figure.text)),
        ("Period", figure.at.as_ref()),
        ("Unit", figure.unit.as_ref()),
        ("Source", figure.source.as_ref()),
        ("Known since", trace.known.as_ref()),
        ("Row", trace.row.as_ref()),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?.clone())))
    .collect();
    let mut cells: Vec<&str> =
        trace.cells.iter().filter_map(|cell| origins.get(cell)).map(String::as_str).collect();
    cells.dedup();
    if let Some(more) = cells.len().checked_sub(CELLS).filter(|more| *more > 0) {
        cells.truncate(CELLS);
        facts.push(("Cells", format!("{} and {more} more", cells.join("; "))));
    } else if !cells.is_empty() {
        facts.push((if cells.len() == 1 { "Cell" } else { "Cells" }, cells.join("; ")));
    }
    if figure.path != TYPED && !figure.path.is_empty() {
        facts.push(("In the data", figure.path.clone()));
    }
    facts
}
