//! What expressions see of governance: bodies with their lines, structures, and phases of the programme.

use std::collections::BTreeMap;

use minijinja::value::Value;

use crate::assemble::context::{Builder, list, named, record, text};
use crate::assemble::value::{Moment, Namespace};
use crate::plan::{Body, Phase};
use crate::source::At;

impl Builder<'_> {
    pub(super) fn body(&self, body: &Body) -> Value {
        let other = |ids: &[At<String>]| {
            let bodies = &self.project.plan.bodies;
            list(
                ids.iter()
                    .filter_map(|id| bodies.iter().find(|b| *b.id == **id))
                    .map(|b| named("body", &b.id, &b.name)),
            )
        };
        record(
            "body",
            &body.id,
            &body.name,
            [
                ("detail", text(body.detail.as_ref())),
                ("role", text(body.role.as_ref())),
                ("chair", text(body.chair.as_ref())),
                ("meets", text(body.meets.as_ref())),
                ("members", list(body.members.iter().map(|m| Value::from(m.value.clone())))),
                ("reports_to", other(&body.links.reports_to)),
                ("informs", other(&body.links.informs)),
                ("challenges", other(&body.links.challenges)),
                ("tier", Value::from(*body.tier)),
                ("lead", Value::from(body.lead)),
                ("structures", list(body.structures.iter().map(|s| Value::from(s.value.clone())))),
            ],
        )
    }

    /// The bodies of each governance structure, by its name.
    pub(super) fn structures(&self) -> Value {
        let mut by_name: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for body in &self.project.plan.bodies {
            for structure in &body.structures {
                by_name.entry(structure.value.clone()).or_default().push(self.body(body));
            }
        }
        let values = by_name.into_iter().map(|(name, bodies)| (name, list(bodies))).collect();
        Value::from_object(Namespace { name: "structure", values })
    }

    pub(super) fn phase(&self, phase: &Phase) -> Value {
        let path = format!("phase.{}", *phase.id);
        record(
            "phase",
            &phase.id,
            &phase.name,
            [
                ("from", Moment::date(*phase.from, &path)),
                ("to", Moment::date(*phase.to, &path)),
                ("items", list(phase.items.iter().map(|i| Value::from(i.value.clone())))),
            ],
        )
    }
}
