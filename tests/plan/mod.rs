//! The plan's rules: what a record says as at a day, and how its figures are written.

mod changes;
mod history;
mod random;
mod ratings;

use annexe::plan::{Action, Kpi, Plan};
use chrono::NaiveDate;

use crate::load::TestProject;

/// The plan that `toml` holds, which must be without faults.
fn plan(toml: &str) -> Plan {
    let (project, lines) = TestProject::new().file("content/plan/a.toml", toml).lines();
    assert_eq!(lines, [""; 0]);
    project.unwrap().plan
}

fn action(toml: &str) -> Action {
    let head = "[[action]]\nid = \"A1\"\nobjective = \"O\"\ntitle = \"T\"\nofficers = [\"r\"]\n";
    plan(&format!("{head}{toml}")).actions.remove(0)
}

fn kpi(toml: &str) -> Kpi {
    let head = "[[kpi]]\nid = \"K1\"\nname = \"N\"\nobjective = \"O\"\n";
    plan(&format!("{head}{toml}")).kpis.remove(0)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_revision_counts_from_the_day_it_was_made() {
    let action = action(
        "due = 2022-05-30\nrevised = [{ on = 2022-07-01, to = \"2022-09\" }, { on = 2022-06-01, to = 2022-07-15 }]\n",
    );
    let due = |as_at| action.schedule.current_due(day(as_at)).unwrap().prose();
    assert_eq!(due("2022-05-31"), "30 May 2022");
    assert_eq!(due("2022-06-01"), "15 July 2022");
    assert_eq!(due("2022-07-01"), "September 2022");
    assert_eq!(action.schedule.times_moved(day("2022-06-30")), 1);
    // On the 31st of May nobody had moved it yet: it was late that day.
    assert!(action.schedule.overdue(day("2022-05-31")));
    assert!(!action.schedule.overdue(day("2022-06-01")));
    assert!(action.schedule.overdue_original(day("2022-06-01")));
}

#[test]
fn nobody_is_late_on_the_day_or_in_the_month_itself() {
    let to_the_day = action("due = 2022-05-30\n").schedule;
    assert!(!to_the_day.overdue(day("2022-05-30")) && to_the_day.overdue(day("2022-05-31")));
    assert_eq!(to_the_day.days_late(day("2022-06-02")), 3);
    let in_the_month = action("due = \"May 2022\"\n").schedule;
    assert!(!in_the_month.overdue(day("2022-05-31")) && in_the_month.overdue(day("2022-06-01")));
    let open = action("due = \"from 2019-03 onwards\"\n").schedule;
    assert!(!open.overdue(day("2099-01-01")));
}

#[test]
fn done_counts_from_when_it_is_certain() {
    let on_the_day = action("due = 2022-05-30\ndone = 2022-06-03\n").schedule;
    assert!(!on_the_day.is_done(day("2022-06-02")) && on_the_day.is_done(day("2022-06-03")));
    assert_eq!(on_the_day.days_late(day("2022-06-02")), 3);
    assert_eq!(on_the_day.days_late(day("2023-01-01")), 4);
    let in_the_month = action("done = \"2022-05\"\n").schedule;
    assert!(!in_the_month.is_done(day("2022-05-30")) && in_the_month.is_done(day("2022-05-31")));
    let by_then = action("due = 2022-03-31\ndone = \"by 2022-04-30\"\n").schedule;
    assert!(!by_then.is_done(day("2022-04-29")) && by_then.is_done(day("2022-04-30")));
    // When exactly was not recorded, so nobody says that it was late.
    assert_eq!(by_then.days_late(day("2022-06-01")), 0);
    assert!(by_then.is_started(day("2022-04-30")));
}

#[test]
fn an_action_is_done_when_all_its_milestones_are() {
    let action = action(
        "[[action.milestone]]\ntitle = \"a\"\ndue = 2022-03-31\ndone = 2022-03-30\n\
         [[action.milestone]]\ntitle = \"b\"\ndue = \"2022-05\"\ndone = 2022-06-10\nembedded = \"2022-08\"\n",
    );
    let april = action.facts(day("2022-04-30"));
    assert_eq!((april.done, april.milestones_done, april.milestones), (false, 1, 2));
    assert_eq!((april.started, april.overdue, april.has_due), (true, false, true));
    let june = action.facts(day("2022-06-09"));
    assert_eq!((june.overdue, june.overdue_milestones, june.days_late), (true, 1, 9));
    let later = action.facts(day("2022-06-10"));
    assert_eq!((later.done, later.overdue, later.overdue_milestones), (true, false, 0));
    assert!(!later.embedded, "one of two embedded is not all");
}

#[test]
fn an_action_takes_its_due_date_from_its_latest_milestone_with_an_end() {
    let mixed = action(
        "[[action.milestone]]\ntitle = \"a\"\ndue = \"ongoing\"\n\
         [[action.milestone]]\ntitle = \"b\"\ndue = 2022-05-30\nrevised = [{ on = 2022-06-01, to = 2022-09-30 }]\n",
    );
    assert_eq!(mixed.current_due(day("2022-05-01")).unwrap().prose(), "30 May 2022");
    assert_eq!(mixed.current_due(day("2022-06-01")).unwrap().prose(), "30 September 2022");
    let facts = mixed.facts(day("2022-06-01"));
    assert_eq!((facts.overdue, facts.overdue_original, facts.revised), (false, true, 1));
    assert!(!facts.ongoing);
    let open = action("[[action.milestone]]\ntitle = \"a\"\ndue = \"ongoing\"\n");
    assert!(open.facts(day("2022-06-01")).ongoing);
}

#[test]
fn a_measurement_counts_from_when_it_was_known() {
    let kpi = kpi(
        "unit = \"percent\"\nbetter = \"higher\"\nbaseline = { at = \"2021-05\", value = 53 }\n\
         actual = [{ at = \"2022-04\", value = 63 }, { at = \"2021-11\", value = 58, known = 2021-12-14 }]\n",
    );
    let actual = |as_at| kpi.actual_as_at(day(as_at)).map(|actual| *actual.value);
    assert_eq!(actual("2021-12-13"), None);
    assert_eq!(actual("2021-12-14"), Some(58.0));
    assert_eq!(actual("2022-04-29"), Some(58.0));
    assert_eq!(actual("2022-04-30"), Some(63.0));
    assert!(kpi.facts_as_at(day("2021-12-14")).improved, "58 against a baseline of 53");
}

const PERIODS: &str = "[[period]]\nid = \"6\"\nname = \"6 months\"\nby = \"2021-11\"\n\
                       [[period]]\nid = \"12\"\nname = \"12 months\"\nby = \"2022-05\"\n";

#[test]
fn a_period_shows_the_last_measurement_taken_in_it() {
    let toml = "[[kpi]]\nid = \"K1\"\nname = \"N\"\nobjective = \"O\"\nunit = \"weeks\"\nbetter = \"lower\"\n\
                target = [{ by = \"2021-11\", between = [25, 35] }, { by = 2022-05-31, at-most = 20 }]\n\
                actual = [{ at = \"2021-11\", value = 27 }, { at = \"2021-12\", value = 26 }, { at = \"2022-04\", value = 14 }]\n";
    let plan = plan(&format!("{PERIODS}{toml}"));
    let kpi = &plan.kpis[0];
    let shown = |period: usize, as_at| {
        let actual = kpi.actual_in_period(&plan, &plan.periods[period], day(as_at));
        actual.map(|actual| *actual.value)
    };
    assert_eq!(shown(0, "2022-04-30"), Some(27.0));
    assert_eq!(shown(1, "2022-04-30"), Some(14.0));
    assert_eq!(shown(1, "2022-03-31"), Some(26.0));
    assert_eq!(shown(1, "2021-12-30"), None);
    // A target by a day belongs to the period that ends in its month.
    assert!(kpi.target_for(plan.periods[1].by.value).is_some());
    let facts = kpi.facts_in_period(&plan, &plan.periods[0], day("2022-04-30"));
    assert!(facts.met && facts.has_target, "27 weeks is within 25 to 35");
    assert_eq!(
        kpi.target_as_at(day("2021-12-01")).unwrap().value.value,
        kpi.targets[1].value.value
    );
    assert_eq!(
        kpi.target_as_at(day("2030-01-01")).unwrap().value.value,
        kpi.targets[1].value.value
    );
}

#[test]
fn meeting_a_target_depends_on_the_direction() {
    use annexe::plan::{Better, TargetValue};
    let (higher, lower) = (Some(Better::Higher), Some(Better::Lower));
    // Better than asked is met: 14 weeks where 25 to 35 were hoped for.
    assert!(TargetValue::Between(25.0, 35.0).is_met(14.0, lower));
    assert!(!TargetValue::Between(25.0, 35.0).is_met(14.0, higher));
    assert!(!TargetValue::Between(25.0, 35.0).is_met(14.0, None));
    assert!(TargetValue::Maintain(12.0).is_met(11.0, lower));
    assert!(!TargetValue::Maintain(12.0).is_met(11.0, None));
    assert!(!TargetValue::MoreThan(16_000.0).is_met(16_000.0, higher));
    assert!(TargetValue::Exactly(7.0).is_met(6.7, lower));
    assert_eq!(TargetValue::AtLeast(60.0).shortfall(45.0, higher), 25.0);
    assert_eq!(TargetValue::AtMost(20.0).shortfall(30.0, lower), 50.0);
    assert_eq!(TargetValue::AtMost(0.0).shortfall(3.0, lower), 100.0);
    assert_eq!(TargetValue::LessThan(5.0).shortfall(5.0, lower), 0.0);
}

#[test]
fn figures_are_written_the_gov_uk_way() {
    use annexe::plan::TargetValue::{AtLeast, Between, Maintain, MoreThan};
    let percent = kpi("unit = \"percent\"\n");
    assert_eq!(percent.figure(53.0), "53%");
    assert_eq!(percent.figure(0.14), "0.14%");
    assert_eq!(percent.target_words(AtLeast(60.0)), "at least 60%");
    assert_eq!(percent.target_words(Between(20.0, 30.0)), "20% to 30%");
    let weeks = kpi("unit = \"weeks\"\n");
    assert_eq!((weeks.figure(12.0), weeks.figure(1.0)), ("12 weeks".into(), "1 week".into()));
    assert_eq!(weeks.target_words(Between(25.0, 35.0)), "25 to 35 weeks");
    assert_eq!(weeks.target_words(Maintain(12.0)), "maintain 12 weeks");
    let views = kpi("unit = \"per-month\"\nof = \"views\"\n");
    assert_eq!(views.target_words(MoreThan(16_000.0)), "more than 16,000 views a month");
    let count = kpi("unit = \"count\"\n");
    assert_eq!((count.figure(9_000.0), count.figure(788.0)), ("9,000".into(), "788".into()));
    assert_eq!(count.figure(1_234_567.0), "1,234,567");
    assert_eq!(count.figure(-1_500.5), "-1,500.5");
    let fixed = kpi("unit = \"percent\"\ndecimals = 1\n");
    assert_eq!((fixed.figure(3.0), fixed.figure(98.76)), ("3.0%".into(), "98.8%".into()));
    assert_eq!(fixed.figure(-0.01), "0.0%");
    let rate = kpi("unit = \"rate\"\nof = \"1,000 pupils\"\n");
    assert_eq!(rate.figure(0.5), "0.5 per 1,000 pupils");
}
