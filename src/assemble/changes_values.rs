//! `changes`: what changed since the earlier day, as lists for expressions.

use std::collections::BTreeMap;

use minijinja::value::Value;

use crate::assemble::Since;
use crate::assemble::context::{Builder, date, list, none, record};
use crate::assemble::value::Record;
use crate::plan::changes::{self, Between, Crossing, Movement, Way, Work};
use crate::plan::{Done, PlanDate, SchemeOf};
use crate::source::At;

/// The names of its lists of KPIs.
const FIGURES: [&str; 9] = [
    "new_figures",
    "improved",
    "worsened",
    "unchanged",
    "on_target",
    "off_target",
    "reached",
    "lost",
    "first",
];
impl Builder<'_> {
    /// The lists, or none without an earlier day.
    pub(super) fn changes(&self, since: Option<Since<'_>>) -> Value {
        let Some(since) = since else { return none() };
        let between = Between {
            since: since.day,
            before: since.plan,
            as_at: self.as_at,
            now: &self.project.plan,
            objective: None,
        };
        let work = changes::work(&between);
        let movements = changes::figures(&between);
        let risks = changes::risks(&between, self.ratings.scheme(SchemeOf::Risk));
        let mut fields = super::context::Fields::new();
        let works = |works: Vec<&Work<'_>>| list(works.into_iter().map(|work| self.work(work)));
        fields.insert("completed", works(work.completed.iter().map(|c| &c.work).collect()));
        fields.insert("slipped", works(work.slipped.iter().map(|s| &s.work).collect()));
        fields.insert(
            "brought_forward",
            works(work.brought_forward.iter().map(|s| &s.work).collect()),
        );
        fields.insert("overdue", works(work.overdue.iter().map(|o| &o.work).collect()));
        let newly = work.overdue.iter().filter(|overdue| overdue.newly);
        fields.insert("newly_overdue", works(newly.map(|o| &o.work).collect()));
        for name in FIGURES {
            let mut chosen: Vec<&Movement<'_>> =
                movements.iter().filter(|movement| is(name, movement)).collect();
            // The largest movements first; what moved alike keeps the order of the plan.
            if matches!(name, "improved" | "worsened") {
                chosen.sort_by(|a, b| b.share_moved().total_cmp(&a.share_moved()));
            }
            let kpis = chosen.into_iter().map(|movement| self.kpi(movement.kpi));
            fields.insert(name, list(kpis));
        }
        let told = |holds: &dyn Fn(&changes::RiskChange<'_, '_>) -> bool| {
            list(risks.risks.iter().filter(|risk| holds(risk)).map(|change| self.risk(change.risk)))
        };
        fields.insert("risks_raised", told(&|risk| risk.new));
        fields.insert("risks_closed", told(&|risk| risk.closed));
        fields.insert("risks_risen", told(&|risk| risk.moved.is_some_and(|moved| moved.rose)));
        fields.insert("risks_fallen", told(&|risk| risk.moved.is_some_and(|moved| !moved.rose)));
        fields.insert("risks_high", told(&|risk| risk.is_high_or_rising()));
        let name = "changes".to_owned();
        let (id, more) = (String::new(), BTreeMap::new());
        Value::from_object(Record { kind: "changes", id, name, fields, more })
    }

    fn work(&self, work: &Work<'_>) -> Value {
        let schedule = work.schedule();
        let path = format!("action.{}", *work.action.id);
        let done = schedule.done.as_ref().map(|done| match done.value {
            Done::On(date) => date,
            Done::By(day) => PlanDate::Day(day),
        });
        let kind = if work.milestone.is_some() { "milestone" } else { "action" };
        let id = At::new(work.action.id.value.clone(), work.action.id.span);
        record(
            kind,
            &id,
            work.title(),
            [
                ("title", Value::from(work.title().value.clone())),
                ("action", self.action(work.action)),
                ("objective", self.objective_named(&work.action.objective)),
                ("due", date(schedule.current_due(self.as_at), &path)),
                ("first_due", date(schedule.original_due(), &path)),
                ("done", date(done, &path)),
                ("progress", work.progress().map_or(none(), Value::from)),
            ],
        )
    }
}

fn is(name: &str, movement: &Movement<'_>) -> bool {
    match name {
        "new_figures" => movement.is_new(),
        "improved" => movement.way == Way::Improved,
        "worsened" => movement.way == Way::Worsened,
        "unchanged" => movement.way == Way::Unchanged,
        "first" => movement.way == Way::First,
        "on_target" => movement.is_on_target(),
        "off_target" => movement.is_off_target(),
        "reached" => movement.crossing == Crossing::Reached,
        "lost" => movement.crossing == Crossing::Lost,
        _ => false,
    }
}
