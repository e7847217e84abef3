//! What changed between two days.

use annexe::plan::changes::{
    Between, Crossing, Standing, Way, due_next, exceptions, figures, risks, transitions, work,
};
use annexe::plan::{Plan, RuleBook};

use super::{day, plan};

const SINCE: &str = "2022-03-31";
const AS_AT: &str = "2022-06-30";

/// Calls `tell` with the plan of `toml` on both days.
fn told<R>(toml: &str, tell: impl FnOnce(&Between<'_>) -> R) -> R {
    let plan: Plan = plan(toml);
    let (before, now) = (plan.as_known(day(SINCE)), plan.as_known(day(AS_AT)));
    let (since, as_at) = (day(SINCE), day(AS_AT));
    tell(&Between { since, before: &before, as_at, now: &now, objective: None })
}

fn action(milestones: &str) -> String {
    format!(
        "[[action]]\nid = \"A1\"\nobjective = \"O\"\ntitle = \"T\"\nofficers = [\"r\"]\n{milestones}"
    )
}

fn milestone(title: &str, rest: &str) -> String {
    format!("[[action.milestone]]\ntitle = \"{title}\"\n{rest}\n")
}

fn kpi(better: &str, rest: &str) -> String {
    format!(
        "[[kpi]]\nid = \"K1\"\nname = \"N\"\nobjective = \"O\"\nunit = \"percent\"\n{better}{rest}\n"
    )
}

#[test]
fn done_is_what_was_not_done_before() {
    let toml = action(
        &[
            milestone("Before", "due = 2022-03-31\ndone = 2022-03-31"),
            milestone("Between", "due = 2022-04-30\ndone = 2022-04-01"),
            milestone("By then", "done = \"by 2022-06-30\""),
            milestone("After", "due = 2022-07-31\ndone = 2022-07-01"),
        ]
        .concat(),
    );
    let titles = told(&toml, |between| {
        let done = work(between).completed;
        done.iter().map(|done| done.work.title().value.clone()).collect::<Vec<_>>()
    });
    assert_eq!(titles, ["Between", "By then"]);
}

#[test]
fn an_action_is_completed_with_its_last_milestone() {
    let toml = action(
        &[milestone("One", "done = 2022-03-01"), milestone("Two", "done = 2022-05-01")].concat(),
    );
    let done = told(&toml, |between| {
        let done = work(between).completed;
        done.iter().map(|d| (d.work.milestone.is_some(), d.done.is_some())).collect::<Vec<_>>()
    });
    assert_eq!(done, [(false, false), (true, true)]);
}

#[test]
fn a_slip_says_from_when_to_when_and_how_often() {
    let moves = "due = 2022-02-28\nrevised = [{ on = 2022-02-01, to = 2022-05-31 }, \
                 { on = 2022-04-10, to = 2022-06-15 }, { on = 2022-05-20, to = 2022-07-31, why = \"Staff\" }, \
                 { on = 2022-07-15, to = 2022-12-31 }]";
    let early = "due = 2022-08-31\nrevised = [{ on = 2022-05-01, to = 2022-07-31 }]";
    let back = "due = 2022-08-31\nrevised = [{ on = 2022-05-01, to = 2022-09-30 }, { on = 2022-05-02, to = 2022-08-31 }]";
    let toml = action(
        &[milestone("Late", moves), milestone("Early", early), milestone("Back", back)].concat(),
    );
    told(&toml, |between| {
        let work = work(between);
        let [slip] = work.slipped[..] else { panic!("{:?}", work.slipped) };
        assert_eq!(
            (slip.from.prose(), slip.to.prose()),
            ("31 May 2022".into(), "31 July 2022".into())
        );
        assert_eq!((slip.times, slip.ever, slip.why), (2, 3, Some("Staff")));
        let [early] = work.brought_forward[..] else { panic!() };
        assert_eq!(early.work.title().value, "Early");
    });
}

#[test]
fn overdue_is_told_from_newly_overdue() {
    let toml = action(
        &[
            milestone("Old", "due = 2022-02-28"),
            milestone("New", "due = 2022-05-31"),
            milestone("Today", "due = 2022-06-30"),
            milestone("Late but done", "due = 2022-04-30\ndone = 2022-06-01"),
        ]
        .concat(),
    );
    told(&toml, |between| {
        let work = work(between);
        let overdue: Vec<_> =
            work.overdue.iter().map(|o| (o.work.title().value.as_str(), o.newly, o.days)).collect();
        assert_eq!(overdue, [("Old", false, 122), ("New", true, 30)]);
        let fell: Vec<_> =
            work.fell_due.iter().map(|f| (f.work.title().value.as_str(), f.done)).collect();
        assert_eq!(fell, [("New", false), ("Late but done", true)]);
        // What is due today is still to come, so it stands in one list and not in both.
        let next: Vec<_> =
            due_next(between, 31).iter().map(|due| due.work.title().value.clone()).collect();
        assert_eq!(next, ["Today"]);
    });
}

#[test]
fn an_action_that_is_done_as_a_whole_leaves_no_milestone_overdue_or_due() {
    let toml = action(&format!(
        "done = 2022-04-01\n{}{}",
        milestone("Past", "due = 2022-02-28"),
        milestone("Next", "due = 2022-07-01"),
    ));
    told(&toml, |between| {
        assert!(work(between).overdue.is_empty());
        assert!(due_next(between, 31).is_empty());
    });
}

#[test]
fn figures_move_by_which_way_is_better() {
    let way =
        |better: &str, rest: &str| told(&kpi(better, rest), |between| figures(between)[0].way);
    let (up, down) = ("better = \"higher\"\n", "better = \"lower\"\n");
    let two = |a: f64, b: f64| {
        format!(
            "actual = [{{ at = \"2022-02\", value = {a:.1} }}, {{ at = \"2022-05\", value = {b:.1} }}]"
        )
    };
    assert_eq!(way(up, &two(50.0, 60.0)), Way::Improved);
    assert_eq!(way(up, &two(60.0, 50.0)), Way::Worsened);
    assert_eq!(way(down, &two(60.0, 50.0)), Way::Improved);
    assert_eq!(way(up, &two(50.0, 50.0)), Way::Unchanged);
    assert_eq!(way("", &two(50.0, 60.0)), Way::Rose);
    assert_eq!(way("", &two(60.0, 50.0)), Way::Fell);
    // What prints alike is alike.
    assert_eq!(way("better = \"higher\"\ndecimals = 0\n", &two(50.1, 50.2)), Way::Unchanged);
    assert_eq!(way(up, "actual = [{ at = \"2022-02\", value = 50 }]"), Way::NoNewFigure);
    assert_eq!(way(up, "baseline = \"required\""), Way::NoFigure);
    assert_eq!(way(up, "actual = [{ at = \"2022-05\", value = 50 }]"), Way::First);
    let from_baseline =
        "baseline = { at = \"2021-05\", value = 40 }\nactual = [{ at = \"2022-05\", value = 50 }]";
    assert_eq!(way(up, from_baseline), Way::Improved);
}

#[test]
fn a_figure_that_crosses_its_target_is_told() {
    let crossing = |values: &str| {
        let targets = "better = \"higher\"\ntarget = [{ by = \"2022-03\", at-least = 50 }, { by = \"2022-09\", at-least = 60 }]\n";
        told(&kpi(targets, values), |between| {
            let movement = figures(between)[0];
            (movement.crossing, movement.is_off_target())
        })
    };
    let two = |a: i32, b: i32| {
        format!(
            "actual = [{{ at = \"2022-02\", value = {a} }}, {{ at = \"2022-05\", value = {b} }}]"
        )
    };
    assert_eq!(crossing(&two(45, 60)), (Crossing::Reached, false));
    // 55 was enough for March and is not for September: the target moved past it.
    assert_eq!(crossing(&two(55, 55)), (Crossing::Lost, true));
    assert_eq!(crossing(&two(55, 65)), (Crossing::None, false));
}

const SCHEMES: &str = r#"
[[scheme]]
id = "s"
name = "S"
of = "risk"
[[scheme.rating]]
id = "high"
letter = "H"
word = "High"
meaning = "m"
colour = "red"
exception = true
[[scheme.rating]]
id = "low"
letter = "L"
word = "Low"
meaning = "m"
colour = "green"

[[scheme]]
id = "a"
name = "A"
of = "action"
[[scheme.rating]]
id = "green"
letter = "G"
word = "Done"
meaning = "m"
colour = "green"
when = "done"
[[scheme.rating]]
id = "red"
letter = "R"
word = "Late"
meaning = "m"
colour = "red"
exception = true
when = "overdue or overdue_milestones > 0"
[[scheme.rating]]
id = "amber"
letter = "A"
word = "On track"
meaning = "m"
colour = "amber"
"#;

fn risk(id: &str, rest: &str) -> String {
    format!("[[risk]]\nid = \"{id}\"\ntitle = \"T\"\nmitigation = \"M\"\n{rest}\n")
}

#[test]
fn risks_are_raised_closed_and_rated_anew() {
    let toml = [
        SCHEMES.to_owned(),
        risk("New", "raised = 2022-05-01\nseverity = \"low\""),
        risk("Closed", "raised = 2022-01-01\nseverity = \"low\"\nclosed = 2022-05-01"),
        risk("Gone", "raised = 2022-01-01\nseverity = \"high\"\nclosed = 2022-02-01"),
        risk("Rose", "raised = 2022-01-01\nseverity = [{ on = 2022-01-01, is = \"low\" }, { on = 2022-05-01, is = \"high\" }]"),
        risk("Fell", "raised = 2022-01-01\nseverity = [{ on = 2022-01-01, is = \"high\" }, { on = 2022-05-01, is = \"low\" }]"),
        risk("Later", "raised = 2022-07-01\nseverity = \"high\""),
    ]
    .concat();
    told(&toml, |between| {
        let scheme = between.now.scheme("s");
        let told: Vec<_> = risks(between, scheme)
            .risks
            .iter()
            .map(|c| {
                (
                    c.risk.id.value.clone(),
                    c.new,
                    c.closed,
                    c.moved.map(|m| m.rose),
                    c.is_high_or_rising(),
                )
            })
            .collect();
        let row = |id: &str, new, closed, rose, high| (id.to_owned(), new, closed, rose, high);
        let expected = [
            row("New", true, false, None, false),
            row("Closed", false, true, None, false),
            row("Rose", false, false, Some(true), true),
            row("Fell", false, false, Some(false), false),
        ];
        assert_eq!(told, expected);
    });
}

#[test]
fn exceptions_are_overdue_or_rated_so_and_say_what_they_were() {
    let toml = [
        SCHEMES.to_owned(),
        action(
            &[
                milestone("Old", "due = 2022-02-28"),
                milestone("New", "due = 2022-05-31"),
                milestone("Done", "due = 2022-05-31\ndone = 2022-06-01"),
                milestone("By hand", "due = 2022-12-31\nrag = [{ on = 2022-05-01, is = \"red\", by = \"B\", why = \"w\" }]"),
                milestone("Not there", "added = 2022-05-01\ndue = 2022-06-01"),
            ]
            .concat(),
        ),
    ]
    .concat();
    told(&toml, |between| {
        let scheme = between.now.scheme("a").unwrap();
        let book = RuleBook::of(scheme).unwrap();
        let rate = |on: chrono::NaiveDate| {
            let book = &book;
            move |work: annexe::plan::changes::Work<'_>| {
                book.judge(&work.facts(on), work.declared(), on).unwrap().shown()
            }
        };
        let (then, now) = (rate(between.since), rate(between.as_at));
        let found = exceptions(between, &work(between), &|w| then(w), &|w| now(w));
        let told: Vec<_> = found
            .iter()
            .map(|e| {
                let before = match e.before {
                    Standing::NotThere => "none",
                    Standing::Rated(rating) => rating.unwrap().id.as_str(),
                };
                (e.work.title().value.as_str(), before, e.newly, e.overdue.is_some())
            })
            .collect();
        // The action is red because of its milestones: it does not stand there a second time.
        let expected = [
            ("Old", "red", false, true),
            ("New", "amber", true, true),
            ("By hand", "amber", true, false),
            ("Not there", "none", true, true),
        ];
        assert_eq!(told, expected);
        let moved: Vec<_> = transitions(between, &|w| then(w), &|w| now(w))
            .iter()
            .map(|(w, from, to)| {
                format!("{}: {} to {}", w.title().value, from.id.value, to.id.value)
            })
            .collect();
        let expected = ["New: amber to red", "Done: amber to green", "By hand: amber to red"];
        assert_eq!(moved, expected);
    });
}
