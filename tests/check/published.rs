//! The facts of Birmingham's annexes as they were published in 2022, slips and all.

use super::{described, examine, fixtures, pin};

#[test]
fn the_slips_of_the_published_annexes_are_all_found() {
    let folder = fixtures().join("as-published");
    if let Err(difference) = pin(&folder) {
        panic!("{difference}");
    }
}

#[test]
fn each_kind_of_slip_is_found_at_its_line() {
    let (project, findings) = examine(&fixtures().join("as-published"));
    let found = described(project.as_ref(), &findings);
    for slip in [
        // A day that no calendar has.
        "error[date/impossible]: 31 November 2022 is not a date",
        // One id for website traffic and for training.
        "error[id/duplicate]: \"SL6\" is the id of another KPI already",
        // Tables that give one measure different ids.
        "error[reference/unknown]: there is no KPI \"SL5\"",
        "error[reference/unknown]: there is no KPI \"GBR8.1\"",
        "error[reference/unknown]: there is no KPI \"GBR12\"",
        "warning[kpi/no-justification]: no impact measure covers GBR8.b",
        "warning[kpi/no-justification]: no impact measure covers GBR12.a",
        // An action that is not there.
        "warning[reference/unknown-in-text]: this text mentions \"AGR4\", and there is no such id\n    help: did you mean \"AGBR4\"?",
        // Red before its date; a colour that the key does not have.
        "warning[rag/contradicted]: AWTW4 is declared red; by the scheme \"app\" it is amber",
        "error[rag/unknown-rating]: AWTW1 is declared yellow, which the scheme \"app\" does not have",
        // Milestones without a date.
        "of AGBR12 has no date",
    ] {
        assert!(found.contains(slip), "{slip}\n\n{found}");
    }
}

#[test]
fn the_fixture_holds_the_whole_plan() {
    let plan = examine(&fixtures().join("as-published")).0.unwrap().plan;
    let actions = |prefix: &str| plan.actions.iter().filter(|a| a.id.starts_with(prefix)).count();
    let by_objective = ["ASL", "AGBR", "AWTW", "AP"].map(actions);
    assert_eq!(by_objective, [6, 13, 6, 6]);
    assert_eq!((plan.kpis.len(), plan.risks.len(), plan.weaknesses.len()), (54, 6, 12));
}
