//! Papers of other days: before the plan, after its remarks were written, with figures long past.

use super::Starter;

const SINCE: &str = "rag = { kpi = \"measures\", action = \"delivery\" }\n[param.since]\ntype = \"date\"\ndefault = \"5 months before\"\n";

#[test]
fn no_document_speaks_for_a_day_before_the_plan() {
    let starter = Starter::new();
    starter.edit("content/project.toml", "language = ", "first-day = 2025-05-21\nlanguage = ");
    starter.add_document("early", "", "Words.");
    starter.run(&["text", "early", "--as-at", "2025-05-21"]).exits(0);
    let ran = starter.run(&["text", "early", "--as-at", "2025-05-20"]).exits(1);
    assert!(ran.err.contains("day/before-the-plan"), "{}", ran.err);
    assert!(ran.err.contains("20 May 2025, and the plan began on 21 May 2025"), "{}", ran.err);
}

#[test]
fn remarks_of_a_day_are_left_out_of_another_and_readers_are_told_once() {
    let starter = Starter::new();
    let body = ":::: dated on=\"2026-01-31\"\nAll went well.\n::::\n\n:::: dated on=\"2026-01-31\" until=\"2026-02-28\"\nIt holds.\n::::";
    starter.add_document("remarks", "", body);
    let on = |day: &str| starter.run(&["text", "remarks", "--as-at", day]).exits(0).out;
    let own = on("2026-01-31");
    assert!(own.contains("All went well.") && own.contains("It holds."), "{own}");
    let next = on("2026-02-28");
    assert!(next.contains("It holds.") && !next.contains("All went well."), "{next}");
    let told = "Remarks written for 31 January 2026 are left out: this document speaks for";
    assert_eq!(next.matches(told).count(), 1, "{next}");
    let later = on("2026-06-30");
    assert_eq!(later.matches(told).count(), 1, "{later}");
    assert!(!later.contains("It holds."), "{later}");
    starter.add_document("slip", "", ":::: dated on=\"last-week\"\nWords.\n::::");
    let ran = starter.run(&["text", "slip"]).exits(1);
    assert!(ran.err.contains("\"last-week\" is no day"), "{}", ran.err);
}

#[test]
fn figures_long_past_are_said_to_be_so_in_paragraph_table_and_tile() {
    let starter = Starter::new();
    let body = "::: headline\n:::\n\n::: figures-moved of=\"all\"\n:::\n\n::: kpi-tiles\n:::";
    starter.add_document("paper", SINCE, body);
    let on = |day: &str| starter.run(&["text", "paper", "--as-at", day]).exits(0).out;
    let soon = on("2026-01-31");
    assert!(!soon.contains("ut of date") && soon.contains("with a target and a figure"), "{soon}");
    let late = on("2027-01-31");
    let words = late.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = "3 measures have a target, and a figure too old to hold against it; the latest of \
        these is of November 2025.";
    assert!(words.contains(told), "{late}");
    assert!(!words.contains("meet it") && !words.contains("meets it"), "{late}");
    assert!(late.contains("Out of date") && late.contains("November 2025: out of date"), "{late}");
    let ran = starter.run(&["check", "--as-at", "2027-01-31"]);
    assert!(ran.out.contains("kpi/out-of-date") || ran.err.contains("kpi/out-of-date"));
}
