//! Boxes: callouts, key figures, tiles and steps.

use super::Writer;
use crate::document::{Callout, CalloutRole, KeyFigures, Steps, Tile, Tiles};

impl<'d> Writer<'d> {
    pub(super) fn callout(&mut self, callout: &'d Callout) {
        let class = match callout.role {
            CalloutRole::Spotlight => "callout spotlight",
            CalloutRole::Note => "callout remark",
            CalloutRole::Decision => "callout decision",
        };
        self.out.open("div", &[("class", Some(class)), ("role", Some("note"))]);
        if let Some(title) = &callout.title {
            self.line("p", "callout-title", title);
        }
        self.blocks(&callout.blocks);
        self.out.close("div");
    }

    pub(super) fn key_figures(&mut self, figures: &'d KeyFigures) {
        self.out.open("ul", &[("class", Some("key-figures"))]);
        for item in &figures.items {
            self.out.open("li", &[]);
            self.line("p", "key-figure", &item.value);
            self.line("p", "key-figure-label", &item.label);
            if let Some(note) = &item.note {
                self.line("p", "note", note);
            }
            self.out.raw("</li>\n");
        }
        self.out.close("ul");
    }

    pub(super) fn tiles(&mut self, tiles: &'d Tiles) {
        let list = [("class", Some("tiles")), ("aria-label", Some(tiles.summary.as_str()))];
        self.out.open("ul", &list);
        self.out.line();
        for tile in &tiles.tiles {
            self.tile(tile);
        }
        self.out.close("ul");
    }

    fn tile(&mut self, tile: &'d Tile) {
        self.out.open("li", &[]);
        self.line("p", "tile-name", &tile.name);
        self.line("p", if tile.quiet { "tile-value quiet" } else { "tile-value" }, &tile.value);
        if tile.at.is_some() || tile.status.is_some() {
            self.out.open("p", &[("class", Some("tile-at"))]);
            if let Some(at) = &tile.at {
                self.out.element("span", &[("class", Some("quiet"))], at);
                self.out.raw(" ");
            }
            if let Some(status) = &tile.status {
                self.status(status);
            }
            self.out.close("p");
        }
        if let Some(change) = &tile.change {
            self.line("p", "tile-change", change);
        }
        if let Some(target) = &tile.target {
            self.line("p", "tile-target quiet", target);
        }
        if let Some(spark) = &tile.spark {
            self.drawn(spark);
        }
        self.out.raw("</li>\n");
    }

    pub(super) fn steps(&mut self, steps: &'d Steps) {
        self.out.open("ol", &[("class", Some("steps"))]);
        for step in &steps.steps {
            let class = step.mark.as_ref().map(|_| "now");
            self.out.open("li", &[("class", class)]);
            self.out.element("p", &[("class", Some("step-title"))], &step.title);
            self.out.element("p", &[("class", Some("step-period"))], &step.period);
            if let Some(mark) = &step.mark {
                self.out.element("p", &[("class", Some("step-mark"))], mark);
            }
            if !step.items.is_empty() {
                self.out.open("ul", &[]);
                for item in &step.items {
                    self.line("li", "step-item", item);
                }
                self.out.close("ul");
            }
            self.out.raw("</li>\n");
        }
        self.out.close("ol");
    }
}
