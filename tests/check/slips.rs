//! Slips that officers make, put into a good project one at a time: each is found, and raises nothing else.

use std::path::Path;

use annexe::build::{self, Asked, Terms};
use annexe::diag::Severity;

use crate::cli::Starter;

/// Good words for every slip to be made in.
const NARRATIVE: &str = "\
The inspection of March 2025 was followed by a report, which was published on 21 May 2025. The board
met the Designated Clinical Officer on Monday 10 March 2025. It asked the Riverside Integrated Care
Board for its reply.

The share of plans in time rose by 17 percentage points, from {{ kpi.K1.baseline }} to
{{ kpi.K1.actual }}. At {{ kpi.K1.actual }} it is below the target of {{ kpi.K1.target }}. Work goes on
under action A2. The mean wait for health advice is {{ kpi.K2.actual }}.

The [measures](#measures-of-progress) are read together with what families tell the board.

## Measures of progress {#measures-of-progress}

| Meeting | Families |
| --- | ---: |
| North | 12 |
| South | 15 |
| Total | 27 |
";

/// A slip: the file, what stood there, what stands there now, the code that must be found.
type Slip = (&'static str, &'static str, &'static str, &'static str);

const WORDS: &str = "content/progress-plan/summary.md";
const ACTIONS: &str = "content/plan/actions.toml";
const KPIS: &str = "content/plan/kpis.toml";

/// An action copied to begin another, its id as it was.
const COPY: &str = "id = \"A4\"\nobjective = \"O2\"\ntitle = \"Ask each school\"\nofficers = [\"director\"]\n\
    due = \"2026-05\"\n\n[[action]]\nid = \"A4\"";

const SLIPS: &[Slip] = &[
    (WORDS, "action A2", "action A9", "reference/unknown-in-text"),
    (WORDS, "which was published on 21 May 2025", "which was published on TBC", "text/placeholder"),
    (WORDS, "Monday 10 March 2025", "[insert date]", "text/placeholder"),
    (WORDS, "asked the Riverside", "asked the the Riverside", "text/doubled-word"),
    (WORDS, "read together with what", "read together with\nwith what", "text/doubled-word"),
    (WORDS, "Monday 10 March 2025", "Tuesday 10 March 2025", "date/weekday"),
    (WORDS, "inspection of March 2025", "inspection of March 2015", "date/other-year"),
    (WORDS, "published on 21 May 2025", "published on 21 May 2024", "date/other-year"),
    (WORDS, "Clinical Officer", "Clinical Oficer", "text/name"),
    (WORDS, "Integrated Care\nBoard", "Intergrated Care\nBoard", "text/name"),
    (WORDS, "| Total | 27 |", "| Total | 28 |", "table/total"),
    (WORDS, "rose by 17 percentage points", "rose by 17%", "claim/points"),
    (WORDS, "advice is {{ kpi.K2.actual }}", "advice is 10.8 weeks", "figure/stale"),
    (
        WORDS,
        "share of plans in time rose by",
        "share of plans in time fell by",
        "claim/contradicted",
    ),
    (WORDS, "it is below the target", "it is above the target", "claim/contradicted"),
    (WORDS, "(#measures-of-progress)", "(#measures-of-progres)", "link/unknown"),
    (WORDS, "are read together", "on page 12 are read together", "text/page"),
    (WORDS, "published on 21 May 2025", "published on 31 June 2025", "date/impossible"),
    (WORDS, "At {{ kpi.K1.actual }}", "At {{ kpi.K11.actual }}", "reference/unknown"),
    (
        WORDS,
        "It asked the",
        "The charter will be out in September 2025. It asked the",
        "promise/passed",
    ),
    (ACTIONS, "officers = [\"send-lead\"]", "officers = [\"sendlead\"]", "reference/unknown"),
    (ACTIONS, "id = \"A4\"", COPY, "id/duplicate"),
    (ACTIONS, "due = 2026-05-29", "due = 2036-05-29", "date/beyond"),
    (ACTIONS, "due = 2025-11-30", "due = 2025-11-31", "date/impossible"),
    (ACTIONS, "done = 2025-10-22\n", "", "progress/missing"),
    (ACTIONS, "the first three months", "the the first three months", "text/doubled-word"),
    (
        KPIS,
        "{ by = \"2026-05\", at-least = 65 }",
        "{ by = \"2026-06\", at-least = 65 }",
        "target/unknown-period",
    ),
    (KPIS, "value = 58", "value = 580", "kpi/unit"),
];

/// The codes of a project's findings of some weight.
fn codes(root: &Path) -> Vec<String> {
    let (project, loaded) = build::open(root);
    let Ok(project) = project else {
        return loaded.iter().map(|finding| finding.rule.code.to_owned()).collect();
    };
    let selected = build::select(&project, &Asked::default()).unwrap();
    let terms = Terms { as_at: None, limit: Severity::Error, threads: 2 };
    let review = build::review(&project, loaded, &selected, terms, true, &|| ());
    let weighty = review.findings.iter().filter(|finding| finding.severity > Severity::Info);
    weighty
        .map(|finding| {
            if std::env::var_os("ANNEXE_SHOW").is_some() {
                println!("{}", annexe::diag::render::short(finding, &project.sources));
            }
            finding.rule.code.to_owned()
        })
        .collect()
}

fn good() -> Starter {
    let starter = Starter::new();
    starter.write(WORDS, NARRATIVE);
    starter
}

#[test]
fn the_good_project_has_no_finding() {
    assert_eq!(codes(&good().path("")), [""; 0]);
}

#[test]
fn nine_in_ten_slips_are_found_and_raise_nothing_else() {
    assert_eq!(SLIPS.len(), 28);
    let mut missed = Vec::new();
    let mut besides = Vec::new();
    for (file, from, to, code) in SLIPS {
        let starter = good();
        starter.edit(file, from, to);
        let found = codes(&starter.path(""));
        if !found.iter().any(|found| found == code) {
            missed.push(format!("{to:?}: {code}, but {found:?}"));
        }
        let others: Vec<&String> = found.iter().filter(|found| found != code).collect();
        if !others.is_empty() && found.len() > others.len() {
            besides.push(format!("{to:?}: {others:?}"));
        }
    }
    println!("missed:\n{}\nbesides:\n{}", missed.join("\n"), besides.join("\n"));
    assert!(missed.len() * 10 <= SLIPS.len(), "{}", missed.join("\n"));
    assert!(besides.is_empty(), "{}", besides.join("\n"));
}
