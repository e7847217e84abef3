//! `governance` and `phases`: who answers to whom, and how far the programme has come.

use std::collections::BTreeMap;

use crate::assemble::Assembler;
use crate::assemble::filters::and_list;
use crate::diag::{Finding, nearest, rules};
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::Body;
use crate::source::Span;

impl<'a> Assembler<'a> {
    pub(super) fn governance(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let Some(bodies) = self.structure_named(directive) else { return Vec::new() };
        if bodies.is_empty() {
            self.no_rows(directive, "governance bodies");
            return Vec::new();
        }
        let mut tiers: BTreeMap<u32, Vec<&Body>> = BTreeMap::new();
        for body in &bodies {
            tiers.entry(*body.tier).or_default().push(body);
        }
        let tiers = tiers
            .into_values()
            .map(|bodies| Tier {
                band: bodies.iter().find_map(|b| b.band.as_ref()).map(|b| b.value.clone()),
                bodies: bodies
                    .iter()
                    .map(|b| OrganisationBody {
                        id: b.id.value.clone(),
                        name: b.name.value.clone(),
                        detail: b.detail.as_ref().map(|d| d.value.clone()),
                        lead: b.lead,
                    })
                    .collect(),
            })
            .collect();
        let mut links = Vec::new();
        for body in &bodies {
            for (line, to) in [
                (LinkKind::Reports, &body.links.reports_to),
                (LinkKind::Informs, &body.links.informs),
                (LinkKind::Challenges, &body.links.challenges),
            ] {
                // A body that is not there is a finding of `check`.
                let known = to.iter().filter(|id| bodies.iter().any(|b| *b.id == ***id));
                links.extend(known.map(|id| Link {
                    from: body.id.value.clone(),
                    to: id.value.clone(),
                    line,
                }));
            }
        }
        let mut key = Vec::new();
        for (line, attribute, usual) in [
            (LinkKind::Reports, "reports", "Reports to"),
            (LinkKind::Informs, "informs", "Informs"),
            (LinkKind::Challenges, "challenges", "Holds to account"),
        ] {
            if links.iter().any(|link| link.line == line) {
                let words =
                    self.attribute_words(directive, attribute).unwrap_or_else(|| usual.to_string());
                key.push(LinkKey { line, words });
            }
        }
        let organisation = Organisation { tiers, links, key };
        let alt = self.attribute_words(directive, "alt").filter(|a| !a.trim().is_empty());
        let alt = alt.unwrap_or_else(|| described(&organisation));
        let caption = self.attribute_inlines(directive, "caption");
        let drawing = DrawingKind::Organisation(organisation);
        let drawing =
            Drawing { drawing, alt, title: None, caption, anchor: None, figures: Vec::new() };
        vec![Block::at(BlockKind::Drawing(drawing), span)]
    }

    /// The bodies of the structure that the directive names; all where it names none.
    fn structure_named(&mut self, directive: &Directive) -> Option<Vec<&'a Body>> {
        let project = self.project;
        let bodies: Vec<&Body> = project.plan.bodies.iter().collect();
        let Some(wanted) = self.attribute_words(directive, "structure") else {
            return Some(bodies);
        };
        let belongs = |body: &&&Body| body.structures.iter().any(|s| **s == wanted);
        let own: Vec<&Body> = bodies.iter().filter(belongs).copied().collect();
        if own.is_empty() {
            let known = bodies.iter().flat_map(|body| &body.structures).map(|s| s.as_str());
            let span = directive.attribute("structure").map(|a| a.value.span);
            let mut finding = Finding::new(
                &rules::REFERENCE_UNKNOWN,
                format!("no body belongs to a structure \"{wanted}\""),
            )
            .at(span.unwrap_or(directive.name.span));
            if let Some(near) = nearest(&wanted, known) {
                finding = finding.help(format!("did you mean \"{near}\"?"));
            }
            self.findings.push(finding);
            return None;
        }
        Some(own)
    }

    pub(super) fn phases(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let project = self.project;
        if project.plan.phases.is_empty() {
            self.no_rows(directive, "phases");
            return Vec::new();
        }
        let here = self.attribute_words(directive, "here");
        let as_at = self.options.as_at;
        let running = |phase: &crate::plan::Phase| {
            phase.from.first_day().is_none_or(|day| day <= as_at)
                && phase.to.last_day().is_none_or(|day| as_at <= day)
        };
        let steps = project
            .plan
            .phases
            .iter()
            .map(|phase| Step {
                title: phase.name.value.clone(),
                period: format!("{} to {}", phase.from.prose(), phase.to.prose()),
                items: phase.items.iter().map(|i| vec![Inline::text(i.value.clone())]).collect(),
                mark: here.clone().filter(|_| running(phase)),
            })
            .collect();
        vec![Block::at(BlockKind::Steps(Steps { steps }), span)]
    }
}

/// The diagram in words: every label in it, and every line.
fn described(organisation: &Organisation) -> String {
    let mut sentences = vec!["A diagram of governance bodies, from the top down.".to_string()];
    for (i, tier) in organisation.tiers.iter().enumerate() {
        let names: Vec<String> = tier
            .bodies
            .iter()
            .map(|b| match &b.detail {
                Some(detail) => format!("{} ({detail})", b.name),
                None => b.name.clone(),
            })
            .collect();
        let band = tier
            .band
            .as_ref()
            .map_or_else(String::new, |band| format!(", inside a band that reads: {band}"));
        sentences.push(format!("Tier {}: {}{band}.", i + 1, and_list(&names)));
    }
    let bodies = || organisation.tiers.iter().flat_map(|t| &t.bodies);
    for key in &organisation.key {
        for body in bodies() {
            let to: Vec<String> = organisation
                .links
                .iter()
                .filter(|l| l.line == key.line && l.from == body.id)
                .filter_map(|l| bodies().find(|b| b.id == l.to))
                .map(|b| b.name.clone())
                .collect();
            if !to.is_empty() {
                sentences.push(format!("{}: {} to {}.", key.words, body.name, and_list(&to)));
            }
        }
    }
    sentences.join(" ")
}
