//! Figures that can be asked where they are from: period, unit, source, path. Works by keyboard and
//! touch without a script.

use super::Writer;
use crate::document::{Figure, TYPED};

impl<'d> Writer<'d> {
    /// A figure, with what is known of it at hand.
    pub(super) fn figure(&mut self, figure: &'d Figure) {
        let facts = facts(figure);
        if self.sealed || !self.extras.provenance || facts.is_empty() {
            self.out.text(&figure.text);
            return;
        }
        self.asked += 1;
        let id = format!("figure--{}", self.asked);
        let button = [
            ("type", Some("button")),
            ("class", Some("figure")),
            ("popovertarget", Some(id.as_str())),
        ];
        self.out.element("button", &button, &figure.text);
        let card = [
            ("id", Some(id.as_str())),
            ("class", Some("provenance")),
            ("popover", Some("auto")),
            ("data-added", Some("")),
        ];
        self.out.open("span", &card);
        self.out.element("strong", &[], figure.trace.name.as_deref().unwrap_or(&figure.text));
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

/// What is known of a figure, as names and values.
fn facts(figure: &Figure) -> Vec<(&'static str, &str)> {
    let known = [
        ("Figure", figure.trace.name.as_ref().map(|_| &figure.text)),
        ("Period", figure.at.as_ref()),
        ("Unit", figure.unit.as_ref()),
        ("Source", figure.source.as_ref()),
    ];
    let mut facts: Vec<_> =
        known.into_iter().filter_map(|(name, value)| Some((name, value?.as_str()))).collect();
    let is_known = figure.at.is_some() || figure.unit.is_some() || figure.source.is_some();
    if !is_known {
        return Vec::new();
    }
    if figure.path != TYPED && !figure.path.is_empty() {
        facts.push(("In the data", &figure.path));
    }
    facts
}
