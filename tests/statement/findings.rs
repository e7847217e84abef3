//! What check finds in the published plan: the plan's own contradictions, none invented, all settled.

use annexe::diag::{Finding, Severity};

use crate::documents::project;

fn findings() -> Vec<Finding> {
    let project = project();
    let mut findings = annexe::check::check(project, None);
    annexe::check::settle(&mut findings, project, project.settings.as_at);
    let of_statement =
        |finding: &Finding| finding.location(&project.sources).0.starts_with("content/plan/wsoa");
    findings.into_iter().filter(of_statement).collect()
}

/// The rows that the findings of a rule are about, in order.
fn about(code: &str) -> Vec<String> {
    let row = |message: &str| {
        let words = message.strip_prefix("the reference ").unwrap_or(message);
        words.split(' ').next().unwrap().to_owned()
    };
    findings().iter().filter(|f| f.rule.code == code).map(|f| row(&f.message)).collect()
}

#[test]
fn the_published_plan_contradicts_itself_where_it_does_and_nowhere_else() {
    assert_eq!(about("ref/duplicate"), ["2.1a.1a", "2.1a.2", "7.1c.1"]);
    let denied = [
        "1.3f", "5.1b", "5.1c", "6.1a", "10.1g", "11.1e", "1.1f.4", "1.2c.1", "1.2d.4", "1.3f.6",
        "2.1g.3", "2.1i.2", "5.1c.2", "5.1c.3", "6.1a.3", "6.1c.2", "6.1d.2", "7.1c.3", "7.1c.4",
        "10.1b.1", "11.1e.2",
    ];
    assert_eq!(about("rag/contradicted"), denied);
    assert_eq!(about("date/order"), ["2.1d.3", "6.2c.3", "9.1g.2"]);
    assert_eq!(about("status/unfinished-steps"), ["1.1f", "1.2d", "6.1c", "7.1c", "8.1b"]);
    assert_eq!(about("archived/no-destination").len(), 29);
    let mut codes: Vec<&str> = findings().iter().map(|f| f.rule.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let expected = [
        "archived/no-destination",
        "date/order",
        "rag/contradicted",
        "ref/duplicate",
        "roll-up/contradicted",
        "status/unfinished-steps",
    ];
    assert_eq!(codes, expected);
}

#[test]
fn a_contradicted_rating_tells_rule_dates_and_both_values() {
    let findings = findings();
    let finding = findings.iter().find(|f| f.message.starts_with("5.1c is")).unwrap();
    assert_eq!(finding.message, "5.1c is declared green; by the scheme \"wsoa\" it is red");
    let why = "the original due date May 2020 passed before 13 October 2020, \
               and it is not complete (3. In Progress)";
    assert_eq!(finding.notes[0], why);
    assert_eq!(finding.related[0].1, "the rule of red");
}

#[test]
fn one_published_percentage_is_not_what_its_rows_give() {
    let findings = findings();
    let rolled: Vec<_> =
        findings.iter().filter(|f| f.rule.code == "roll-up/contradicted").collect();
    let [only] = rolled[..] else { panic!("{rolled:?}") };
    assert_eq!(only.message, "area 4 is published as 95% complete; its rows give 94%");
    assert_eq!(only.notes[0], "750 divided by 8 responses is 93.75");
}

#[test]
fn every_contradiction_is_settled_and_stays_listed() {
    let findings = findings();
    assert!(findings.iter().all(|finding| finding.severity == Severity::Info));
    let settled = |f: &&Finding| f.notes.iter().any(|n| n.starts_with("acknowledged by"));
    assert_eq!(findings.iter().filter(settled).count(), 28);
}
