//! What expressions see of replies: `plan.replies`, and `plan.repliers` with the replies of each partner.

use chrono::NaiveDate;
use minijinja::value::Value;

use crate::assemble::context::{Fields, list, named, record, text};
use crate::plan::Plan;
use crate::plan::reply::Reply;
use crate::source::At;

/// The lists that `plan` gets: replies known by `as_at`, in the order written; partners in the order of
/// their first reply.
pub fn values(plan: &Plan, as_at: NaiveDate) -> Fields {
    let known: Vec<&Reply> = plan.replies.iter().filter(|reply| reply.is_known(as_at)).collect();
    let mut partners: Vec<&At<String>> = Vec::new();
    for reply in &known {
        if !partners.iter().any(|partner| ***partner == **reply.partner) {
            partners.push(&reply.partner);
        }
    }
    let repliers = partners.into_iter().map(|partner| {
        let own = known.iter().filter(|reply| **reply.partner == ***partner);
        let replies = list(own.map(|reply| value(plan, reply)));
        record("partner", partner, partner, [("replies", replies)])
    });
    let repliers = list(repliers);
    let replies = list(known.iter().map(|reply| value(plan, reply)));
    Fields::from([("replies", replies), ("repliers", repliers)])
}

fn value(plan: &Plan, reply: &Reply) -> Value {
    let objectives = reply.objectives.iter().filter_map(|id| plan.objective(id));
    record(
        "reply",
        &reply.id,
        &reply.said,
        [
            ("said", text(Some(&reply.said))),
            ("theme", text(Some(&reply.theme))),
            ("partner", text(Some(&reply.partner))),
            ("status", Value::from(reply.progress.words())),
            ("did", list(reply.did.iter().map(|did| Value::from(did.value.clone())))),
            ("objectives", list(objectives.map(|o| named("objective", &o.id, &o.name)))),
        ],
    )
}
