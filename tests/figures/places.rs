//! Where typed figures are found, and that no text whatever breaks the check.

use annexe::figures::{Read, claims, typed};
use proptest::prelude::*;

use crate::load::TestProject;

const KPIS: &str = "[[objective]]\nid = \"O1\"\nname = \"Timely help\"\nsummary = \"Help in time\"\nweaknesses = []\n\n\
    [[kpi]]\nid = \"K1\"\nname = \"EHC plans issued within 20 weeks\"\nobjective = \"O1\"\nunit = \"percent\"\n\
    better = \"higher\"\nbaseline = { at = \"2021-05\", value = 53 }\nactual = [{ at = \"2021-11\", value = 63 }]\n";

/// What is found in a narrative file: code, line, column, message and help.
fn said(text: &str) -> Vec<String> {
    let project = TestProject::new()
        .file("content/plan/plan.toml", KPIS)
        .file("content/app/summary.md", text);
    let (loaded, _) = project.load();
    let Ok(loaded) = loaded else { return Vec::new() };
    let Some(&file) = loaded.narrative.get("app/summary.md") else { return Vec::new() };
    let as_at = "2021-12-31".parse().unwrap();
    let files = [Read { file, base: 0, as_at, documents: Vec::new() }];
    let found = typed(&loaded, &files);
    found
        .iter()
        .map(|finding| {
            let (_, line, column) = finding.location(&loaded.sources);
            let help = finding.help.as_deref().unwrap_or("");
            format!("{} {line}:{column} {} | {help}", finding.rule.code, finding.message)
        })
        .collect()
}

#[test]
fn a_finding_names_the_place_the_data_and_what_to_write() {
    assert_eq!(
        said("# Plans\n\nWords.\n\n- Now *58%* of EHC plans\n  are issued within 20 weeks.\n"),
        ["figure/stale 5:8 \"58%\" is typed here, but K1 stands at 63% (November 2021) | \
          write {{ kpi.K1.actual }}, or say where 58% comes from: [58%]{source=\"…\"}"]
    );
    assert_eq!(
        said(
            "::: callout note title=\"63% of EHC plans are issued within 20 weeks\"\nWords.\n:::\n"
        ),
        ["figure/bindable 1:25 \"63%\" is typed here, and K1 holds it | \
          write {{ kpi.K1.actual }}, so that it changes with the data"]
    );
    assert_eq!(
        said("| Families | Felt heard |\n| --- | --- |\n| All | 71% |\n"),
        ["figure/unsourced 3:9 nothing says where \"71%\" comes from | \
          bind it to data, write a note, or state its source: [71%]{source=\"…\"}"]
    );
}

#[test]
fn what_is_settled_or_said_by_others_is_left_alone() {
    for text in [
        "[58%]{source=\"Own count\"} of EHC plans are issued within 20 weeks.\n",
        "58% of EHC plans are issued within 20 weeks.[^n]\n\n[^n]: Own count, 12% out.\n",
        "::: quote by=\"Parent\"\n58% of EHC plans are issued within 20 weeks, they say.\n:::\n",
        "> 58% of EHC plans are issued within 20 weeks\n",
        "{{ 58 }}% of EHC plans are issued within 20 weeks.\n",
        "See [the list](https://example.org/58%/12,000) of plans.\n",
    ] {
        assert_eq!(said(text), [""; 0], "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text(text in any::<String>()) {
        said(&text);
    }

    #[test]
    fn any_text_of_figures(text in "([0-9]{1,4}[%,.:/–-]?|£|\\[|\\]|\\{|\\}|\"|source=|EHC plans|within|weeks|of|to|é|\u{2014}|\\^| |\n|\\||#|age|in|out of){0,60}") {
        said(&text);
    }
}

#[test]
fn a_large_file_is_read_in_time() {
    let text = "In 2021 we issued 58% of 4,100 EHC plans within 20 weeks, £3 million in all.\n\n"
        .repeat(3_000);
    let clock = std::time::Instant::now();
    let found = said(&text);
    assert!(!found.is_empty());
    assert!(clock.elapsed().as_secs() < 60, "{:?}", clock.elapsed());
}

#[test]
fn a_document_without_figures_claims_nothing() {
    let project = TestProject::new().file("content/app/summary.md", "It rose from 5% to 4%.\n");
    let (loaded, _) = project.load();
    let loaded = loaded.unwrap();
    for template in loaded.templates.values() {
        let as_at = loaded.settings.as_at;
        let options = annexe::assemble::Options {
            edition: "full".into(),
            as_at,
            parameters: Default::default(),
        };
        let made = annexe::assemble::assemble(&loaded, template, &options);
        assert!(claims(&made.document).is_empty());
    }
}
