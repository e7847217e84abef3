//! Rating schemes: rules tried in order, ratings by hand, roll-ups.

use annexe::plan::{Plan, RuleBook};

use super::{day, plan};

const SCHEME: &str = r#"
[[scheme]]
id = "app"
name = "APP"
of = "action"
key = ["red", "amber", "green", "blue"]
[[scheme.rating]]
id = "blue"
letter = "B"
word = "Embedded"
meaning = "m"
colour = "blue"
when = "embedded"
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
when = "overdue or overdue_milestones > 0"
[[scheme.rating]]
id = "amber"
letter = "A"
word = "On track"
meaning = "m"
colour = "amber"
"#;

fn with_action(toml: &str) -> Plan {
    let head = "[[action]]\nid = \"A1\"\nobjective = \"O\"\ntitle = \"T\"\nofficers = [\"r\"]\n";
    plan(&format!("{SCHEME}{head}{toml}"))
}

/// Declared or computed rating, and whether they contradict each other, as at a day.
fn shown(plan: &Plan, as_at: &str) -> (String, bool) {
    let book = RuleBook::of(&plan.schemes[0]).unwrap();
    let action = &plan.actions[0];
    let judgement =
        book.judge(&action.facts(day(as_at)), action.rag.as_deref(), day(as_at)).unwrap();
    (judgement.shown().unwrap().id.value.clone(), judgement.contradicted())
}

#[test]
fn one_record_gives_each_day_its_own_rating() {
    let plan = with_action("due = 2022-05-30\ndone = 2022-06-10\nembedded = \"2022-09\"\n");
    for (as_at, rating) in [
        ("2022-05-30", "amber"),
        ("2022-05-31", "red"),
        ("2022-06-10", "green"),
        ("2022-08-31", "green"),
        ("2022-09-01", "blue"),
    ] {
        assert_eq!(shown(&plan, as_at), (rating.to_owned(), false), "{as_at}");
    }
}

#[test]
fn a_rating_by_hand_is_shown_and_contradicted_until_somebody_answers_for_it() {
    let plain = with_action("due = 2022-10-31\nrag = \"red\"\n");
    assert_eq!(shown(&plain, "2022-04-30"), ("red".to_owned(), true));
    // The day the rules agree, nothing contradicts it any more.
    assert_eq!(shown(&plain, "2022-11-01"), ("red".to_owned(), false));
    let half = with_action("due = 2022-10-31\nrag = { is = \"red\", by = \"Board\" }\n");
    assert_eq!(shown(&half, "2022-04-30"), ("red".to_owned(), true));
    let whole = with_action(
        "due = 2022-10-31\nrag = { is = \"red\", by = \"Board\", on = 2022-04-01, why = \"Supplier\" }\n",
    );
    assert_eq!(shown(&whole, "2022-04-30"), ("red".to_owned(), false));
    // It was given on the 1st of April: before, the rules decide.
    assert_eq!(shown(&whole, "2022-03-31"), ("amber".to_owned(), false));
}

#[test]
fn a_roll_up_counts_in_the_order_of_the_key() {
    let plan = with_action("due = 2022-05-30\n");
    let scheme = &plan.schemes[0];
    let rated = ["amber", "red", "amber"].iter().filter_map(|id| scheme.rating(id));
    let counts: Vec<_> = scheme
        .count(rated)
        .iter()
        .map(|(rating, count)| (rating.id.value.clone(), *count))
        .collect();
    let expected = [("red", 1), ("amber", 2), ("green", 0), ("blue", 0)];
    assert_eq!(counts, expected.map(|(id, count)| (id.to_owned(), count)));
}

#[test]
fn rules_that_do_not_stand_are_all_named() {
    let scheme = SCHEME
        .replace("\"embedded\"", "\"embeded and (done\"")
        .replace("\"done\"", "\"finished\"")
        .replace("\"overdue or overdue_milestones > 0\"", "\"range(9)|length > 1\"");
    let plan = plan(&scheme);
    let faults = RuleBook::of(&plan.schemes[0]).unwrap_err();
    let named: Vec<_> = faults.iter().map(|fault| (fault.rating, fault.unknown.clone())).collect();
    assert_eq!(named[0], (0, None), "a syntax error: {faults:?}");
    assert_eq!(named[1], (1, Some("finished".to_owned())));
    assert_eq!(named[2].0, 2, "no functions in rules: {faults:?}");
}

#[test]
fn a_rule_says_yes_or_no() {
    let plan = plan(&SCHEME.replace("\"embedded\"", "\"days_late\""));
    let book = RuleBook::of(&plan.schemes[0]).unwrap();
    let plan = with_action("due = 2022-05-30\n");
    let fault = book.rate(&plan.actions[0].facts(day("2022-06-02"))).unwrap_err();
    assert_eq!(fault.message, "the rule gives 3, not yes or no");
}
