//! What expressions see of a self-evaluation: priorities, criteria in their groups, their parts, who signs.

use std::collections::BTreeMap;

use minijinja::value::Value;

use crate::assemble::context::{Fields, list, named, none, plain, record, text};
use crate::assemble::value::Record;
use crate::plan::{Criterion, Intention, Plan};

/// The lists that `plan` gets, and the priorities and criteria by id.
pub fn values(plan: &Plan) -> (Fields, BTreeMap<String, Value>, BTreeMap<String, Value>) {
    let (mut priorities, mut criteria) = (Vec::new(), Vec::new());
    let (mut priority_by_id, mut criterion_by_id) = (BTreeMap::new(), BTreeMap::new());
    for priority in &plan.priorities {
        let own = plan.intentions.iter().filter(|i| *i.priority == *priority.id);
        let value = record(
            "priority",
            &priority.id,
            &priority.name,
            [
                ("summary", text(priority.summary.as_ref())),
                ("intentions", list(own.map(|i| intention(plan, i)))),
            ],
        );
        priority_by_id.entry(priority.id.value.clone()).or_insert_with(|| value.clone());
        priorities.push(value);
    }
    for criterion in &plan.criteria {
        let own = plan.intentions.iter().filter(|i| *i.criterion == *criterion.id);
        let value = record(
            "criterion",
            &criterion.id,
            &criterion.name,
            [
                ("group", group_of(plan, criterion)),
                (
                    "short",
                    Value::from(criterion.short.as_ref().unwrap_or(&criterion.name).value.clone()),
                ),
                ("narrative", text(criterion.narrative.as_ref())),
                ("intentions", list(own.map(|i| intention(plan, i)))),
            ],
        );
        criterion_by_id.entry(criterion.id.value.clone()).or_insert_with(|| value.clone());
        criteria.push(value);
    }
    let groups = plan.groups.iter().map(|group| {
        let own = plan.criteria.iter().filter(|c| *c.group == *group.id);
        let own = own.filter_map(|c| criterion_by_id.get(c.id.as_str()).cloned());
        let fields = [("summary", text(group.summary.as_ref())), ("criteria", list(own))];
        record("group", &group.id, &group.name, fields)
    });
    let parts = plan.parts.iter().map(|part| record("part", &part.id, &part.name, []));
    let signatories = plan.signatories.iter().map(|one| {
        plain(
            "signatory",
            &one.name,
            [
                ("role", Value::from(one.role.value.clone())),
                ("organisation", text(one.organisation.as_ref())),
            ],
        )
    });
    let fields = Fields::from([
        ("groups", list(groups)),
        ("parts", list(parts)),
        ("signatories", list(signatories)),
        ("priorities", list(priorities)),
        ("criteria", list(criteria)),
    ]);
    (fields, priority_by_id, criterion_by_id)
}

/// The group of a criterion, by id and name.
fn group_of(plan: &Plan, criterion: &Criterion) -> Value {
    let group = plan.groups.iter().find(|group| *group.id == *criterion.group);
    group.map_or(none(), |group| named("group", &group.id, &group.name))
}

fn intention(plan: &Plan, intention: &Intention) -> Value {
    let priority = plan.priorities.iter().find(|p| *p.id == *intention.priority);
    let criterion = plan.criteria.iter().find(|c| *c.id == *intention.criterion);
    let items = intention.implementation.iter().map(|item| Value::from(item.value.clone()));
    let name = intention.intention.value.clone();
    let fields = Fields::from([
        ("name", Value::from(name.clone())),
        ("intention", Value::from(name.clone())),
        ("implementation", list(items)),
        ("priority", priority.map_or(none(), |p| named("priority", &p.id, &p.name))),
        ("criterion", criterion.map_or(none(), |c| named("criterion", &c.id, &c.name))),
    ]);
    Value::from_object(Record {
        kind: "intention",
        id: String::new(),
        name,
        fields,
        more: BTreeMap::new(),
    })
}
