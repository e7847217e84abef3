//! Parts of the plan: by workstream, rating, area and due date; declared or computed; as at a day.

use annexe::diag::Severity;

use super::{appendix, facts, references, said, tables};

/// The references that a copy with these parameters holds, and that nothing is wrong with it.
fn part(parameters: &[(&str, &str)]) -> Vec<String> {
    let made = appendix(parameters, None);
    let faults: Vec<_> = made.findings.iter().map(|f| &f.message).collect();
    assert!(faults.is_empty(), "{parameters:?}: {faults:?}");
    references(&made.document)
}

#[test]
fn a_workstream_has_its_own_copy() {
    let name = "Integrated Commissioning";
    let facts = facts();
    let mut expected = Vec::new();
    let mut response: Option<(&str, bool)> = None;
    for fact in &facts {
        let own = fact.workstreams.iter().any(|w| w == name);
        match fact.kind.as_str() {
            "response" => {
                response = Some((&fact.reference, own));
                if own {
                    expected.push(fact.reference.clone());
                }
            }
            "action" => {
                let (head, shared) = response.unwrap();
                if own || shared {
                    if !shared && !expected.iter().any(|r| r == head) {
                        expected.push(head.to_owned());
                    }
                    expected.push(fact.reference.clone());
                }
            }
            _ => {}
        }
    }
    let by_name = part(&[("workstream", name)]);
    assert_eq!(by_name, expected);
    assert!(by_name.len() > 60 && by_name.len() < 200);
    assert_eq!(part(&[("workstream", "integrated-commissioning")]), by_name);
    assert_eq!(part(&[("workstream", "IC")]), by_name);
}

#[test]
fn a_summary_of_a_part_counts_that_part() {
    let made = appendix(&[("workstream", "Integrated Commissioning")], None);
    let total = tables(&made.document, "statement-summary")[0].body.last().unwrap();
    let facts = facts();
    let own = facts.iter().filter(|f| {
        f.kind == "response" && f.workstreams.iter().any(|w| w == "Integrated Commissioning")
    });
    let own: Vec<_> = own.collect();
    assert_eq!(said(&total.cells[1]), own.len().to_string());
    let red = own.iter().filter(|f| f.rag == "R").count();
    assert_eq!(said(&total.cells[2]), red.to_string());
}

#[test]
fn ratings_areas_and_due_dates_narrow_the_plan() {
    let red = part(&[("rag", "red")]);
    let facts = facts();
    let published = facts.iter().filter(|f| f.rag == "R" && f.kind != "finding");
    for fact in published {
        assert!(red.contains(&fact.reference), "{}", fact.reference);
    }
    assert_eq!(part(&[("rag", "R")]), red);
    assert_eq!(part(&[("rag", "Overdue")]), red);
    let nine = part(&[("area", "9")]);
    assert!(nine.iter().all(|reference| reference.starts_with("9.1")));
    assert_eq!(
        nine.len(),
        facts.iter().filter(|f| f.reference.starts_with("9.1") && f.kind != "finding").count()
    );
    let due = part(&[("due-from", "2020-08"), ("due-to", "2020-09")]);
    assert!(due.contains(&"11.1e.2".to_owned()) && due.contains(&"2.1i.2".to_owned()));
    assert!(!due.contains(&"2.1i.3".to_owned()));
    let amber_in_ten = part(&[("area", "10"), ("rag", "amber")]);
    assert_eq!(amber_in_ten, ["10.1g", "10.1g.4"]);
}

#[test]
fn what_leaves_no_row_or_names_nothing_is_found() {
    let found = |parameters: &[(&str, &str)]| {
        let made = appendix(parameters, None);
        let findings = made.findings.iter();
        let mut lines: Vec<String> = findings
            .map(|f| {
                format!("{}: {} / {}", f.rule.code, f.message, f.help.as_deref().unwrap_or(""))
            })
            .collect();
        lines.dedup();
        lines.sort();
        lines
    };
    let slip = found(&[("workstream", "Integrated Comissioning")]);
    assert_eq!(
        slip[0],
        "reference/unknown: there is no workstream \"Integrated Comissioning\" / did you mean \"Integrated Commissioning\"?"
    );
    let far = found(&[("rag", "ultraviolet")]);
    assert_eq!(
        far[0],
        "reference/unknown: there is no rating \"ultraviolet\" / there are: Overdue; At risk; On track; Complete; Not applicable"
    );
    let when = found(&[("due-from", "31 Nov 2020")]);
    assert_eq!(
        when[0],
        "date/unreadable: 31 November 2020 is not a date: November has 30 days / write it as 2020-04 or 2020-04-30"
    );
    let whose = found(&[("ratings", "guessed")]);
    assert_eq!(
        whose,
        [
            "reference/unknown: there is no kind of ratings \"guessed\" / there are: declared; computed"
        ]
    );
    let nothing = found(&[("area", "9"), ("rag", "red")]);
    assert_eq!(
        nothing[0],
        "table/empty: no row of the plan fits this `statement-plan`: rating red, area 9 / ask for less at once"
    );
    let made = appendix(&[("area", "nowhere")], None);
    assert!(made.findings.count(Severity::Error) > 0);
}

#[test]
fn computed_ratings_follow_the_rule_as_at_the_day() {
    let rating = |parameters: &[(&str, &str)], as_at: Option<&str>, reference: &str| {
        let made = appendix(parameters, as_at);
        let tables = tables(&made.document, "statement-plan");
        let row = tables
            .iter()
            .flat_map(|table| &table.body)
            .find(|row| said(&row.cells[0]) == reference)
            .unwrap();
        row.cells.iter().find_map(|cell| cell.status.clone()).map(|status| status.word).unwrap()
    };
    let computed = [("ratings", "computed")];
    // 5.1c is due in May 2020 and declared green.
    assert_eq!(rating(&[], None, "5.1c"), "On track");
    assert_eq!(rating(&computed, None, "5.1c"), "Overdue");
    assert_eq!(rating(&computed, Some("2020-05-31"), "5.1c"), "On track");
    assert_eq!(rating(&computed, Some("2020-06-01"), "5.1c"), "Overdue");
    // Where the rule leaves it to judgement, what was declared stands.
    assert_eq!(rating(&computed, None, "8.1e"), "Overdue");
    assert_eq!(rating(&computed, None, "1.2c.2"), "Not applicable");
}
