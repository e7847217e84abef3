//! What was known when: the plan as it was known on a day.

use annexe::plan::{Plan, PlanDate};

use super::{day, plan};

const PLAN: &str = r#"
[[action]]
id = "A1"
objective = "O"
title = "T"
officers = ["r"]
progress = [{ on = 2022-05-01, is = "Later" }, { on = 2022-03-01, is = "First" }]
rag = [{ on = 2022-03-01, is = "amber" }, { on = 2022-05-01, is = "red", by = "Board", why = "Late" }]
[[action.milestone]]
title = "Known late"
due = 2022-04-10
done = { on = 2022-04-20, known = 2022-06-01 }
[[action.milestone]]
title = "Added"
added = 2022-05-01
due = 2022-09-30
[[action.milestone]]
title = "Withdrawn"
withdrawn = 2022-04-15
due = 2022-09-30
[[action.milestone]]
title = "Moved"
due = 2022-02-01
revised = [{ on = "by 2022-04-30", to = 2022-10-31 }]

[[kpi]]
id = "K1"
name = "N"
objective = "O"
unit = "percent"
better = "higher"
baseline = { at = "2021-05", value = 40, known = 2022-02-01 }
target = [{ by = "2022-05", at-least = 60 }, { by = "2022-05", at-least = 50, known = 2022-04-01 }]
actual = [{ at = "2022-02", value = 55, known = 2022-04-12 }]

[[risk]]
id = "R1"
raised = 2022-01-10
title = "T"
severity = [{ on = 2022-01-10, is = "low" }, { on = 2022-05-05, is = "high" }]
mitigation = "M"
progress = "Undated"
closed = { on = 2022-05-30, known = 2022-07-01 }
"#;

fn known(text: &str) -> Plan {
    plan(PLAN).as_known(day(text))
}

#[test]
fn words_ratings_and_severities_are_those_of_the_day() {
    let say = |text: &str| {
        let plan = known(text);
        let action = &plan.actions[0];
        let progress = action.progress.as_deref().map(|at| at.value.clone());
        let rating = action.rag.as_deref().map(|declared| declared.rating.value.clone());
        (progress, rating, plan.risks[0].severity.value.clone())
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(say("2022-02-28"), (None, None, "low".to_owned()));
    assert_eq!(say("2022-04-30"), (some("First"), some("amber"), "low".to_owned()));
    assert_eq!(say("2022-05-05"), (some("Later"), some("red"), "high".to_owned()));
}

#[test]
fn what_became_known_later_is_not_known_before() {
    let milestone = |text: &str| known(text).actions[0].milestones[0].schedule.clone();
    assert!(milestone("2022-05-31").done.is_none());
    assert!(milestone("2022-05-31").overdue(day("2022-05-31")));
    assert!(milestone("2022-06-01").is_done(day("2022-06-01")));
    assert!(known("2022-06-30").risks[0].closed.is_none());
    assert!(known("2022-07-01").risks[0].closed.is_some());
    let kpi = |text: &str| known(text).kpis.remove(0);
    assert!(kpi("2022-01-31").baseline.is_none() && kpi("2022-02-01").baseline.is_some());
    assert!(kpi("2022-04-11").actuals.is_empty() && kpi("2022-04-12").actuals.len() == 1);
}

#[test]
fn of_two_targets_for_a_period_the_one_set_last_stands_from_its_day() {
    let by = PlanDate::parse("2022-05").unwrap();
    let target = |text: &str| {
        let kpi = known(text).kpis.remove(0);
        kpi.target_words(*kpi.target_for(by).unwrap().value)
    };
    assert_eq!(target("2022-03-31"), "at least 60%");
    assert_eq!(target("2022-04-01"), "at least 50%");
}

#[test]
fn records_come_into_the_plan_and_go() {
    let titles = |text: &str| {
        let plan = known(text);
        let of = |m: &annexe::plan::Milestone| m.title.value.clone();
        plan.actions[0].milestones.iter().map(of).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(titles("2022-04-14"), "Known late, Withdrawn, Moved");
    assert_eq!(titles("2022-04-15"), "Known late, Moved");
    assert_eq!(titles("2022-05-01"), "Known late, Added, Moved");
    assert!(known("2022-01-09").risks.is_empty());
}

#[test]
fn a_move_without_a_day_counts_from_the_day_it_was_known() {
    let due = |text: &str| {
        let schedule = known(text).actions[0].milestones.last().unwrap().schedule.clone();
        schedule.current_due(day(text)).unwrap().prose()
    };
    assert_eq!(due("2022-04-29"), "1 February 2022");
    assert_eq!(due("2022-04-30"), "31 October 2022");
}
