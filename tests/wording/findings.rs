//! Limits of an edition, and the findings at the author's lines.

use super::{found, run};
use crate::load::TestProject;

const PROFILE: &str = r#"
title = "Easy read"
[readability]
sentence-words = { warn = 8, fail = 12 }
two-ideas = "warning"
passive = "info"
jargon = "warning"
acronym = "error"
percentage = "warning"
double-negative = "warning"
capitals = "warning"
italics = "warning"
allow = ["NHS", "commence"]
"#;

fn project(profile: &str, body: &str) -> TestProject {
    TestProject::new()
        .file("templates/editions/plain.toml", profile)
        .file(
            "templates/plan.md",
            "+++\ntitle = \"Plan\"\neditions = [\"plain\"]\ncover = false\n+++\n::: include plan.md\n:::\n",
        )
        .file("content/plan.md", body)
}

#[test]
fn each_fault_is_found_at_its_words() {
    let body = "# Help\n\nWe utilise **provision**. The plan was\nwritten in *May*. It is not uncommon.\n\n\
        - Ask the CQC or the NHS.\n- It is 58%, which is NOT low.\n\n\
        We like it because it helps us. One two three four five six seven eight nine.\n\n\
        We commence. One two three four five six seven eight nine ten eleven twelve thirteen.\n";
    let project = project(PROFILE, body);
    let expected = [
        "content/plan.md:3:4: warning[readability/jargon]: \"utilise\" is a hard word",
        "content/plan.md:3:36: info[readability/passive]: \"was written\" does not say who does it",
        "content/plan.md:4:13: warning[readability/italics]: \"May\" is in italics",
        "content/plan.md:4:25: warning[readability/double-negative]: two negatives: \"not uncommon\"",
        "content/plan.md:6:11: error[readability/acronym]: \"CQC\" is letters that stand for words",
        "content/plan.md:7:9: warning[readability/percentage]: \"58%\" is a percentage",
        "content/plan.md:7:14: warning[readability/two-ideas]: a second idea begins here: \"which is\"",
        "content/plan.md:7:23: warning[readability/capitals]: \"NOT\" is in capitals",
        "content/plan.md:9:12: warning[readability/two-ideas]: a second idea begins here: \"because it helps\"",
        "content/plan.md:9:33: warning[readability/long-sentence]: this sentence has 9 words, and 8 are the most",
        "content/plan.md:11:14: error[readability/long-sentence]: this sentence has 13 words, and 12 are the most",
    ];
    assert_eq!(found(&project, &["readability"]), expected);
}

#[test]
fn a_figure_is_judged_as_it_is_printed_and_found_where_it_is_quoted() {
    let project = project(
        "title = \"Plain\"\n[readability]\npercentage = \"warning\"\n",
        "# Help\n\nWe met {{ facts.families }} families. Of them {{ kpi.K1.actual }} were\npleased.\n",
    )
    .file(
        "content/plan/kpis.toml",
        "[[objective]]\nid = \"O1\"\nname = \"Waits\"\n[[kpi]]\nid = \"K1\"\nobjective = \"O1\"\nname = \"Plans\"\nunit = \"percent\"\nscorecard = false\nactual = [{ at = \"2022-01\", value = 58 }]\n",
    )
    .file("content/project.toml", crate::load::PROJECT_TOML.to_owned() + "[facts]\nfamilies = 60\n");
    let found = found(&project, &["readability"]);
    let place = "content/plan.md:3:47: warning[readability/percentage]: \"58%\" is a percentage";
    assert_eq!(found, [place]);
}

#[test]
fn an_edition_that_sums_up_has_one_finding_and_the_command_has_them_all() {
    let profile = "title = \"Plain\"\n[readability]\nreport = \"summary\"\nsentence-words = { warn = 5 }\njargon = \"info\"\n";
    let body = "# Help\n\nWe utilise it now. One two three four five six. One two three four five six seven.\n";
    let project = project(profile, body);
    let expected = "templates/plan.md:2:9: info[readability/summary]: 2 of 3 sentences have more than 5 words; hard words: 1";
    assert_eq!(found(&project, &["readability"]), [expected]);
    let ran = run(&project, &["readability", "plan", "--sentences"]);
    assert_eq!(ran.code, 0);
    let expected = "\
plan (plain)   words   sentences   longest   Flesch   grade   SMOG   age
Help              17           3         7    101.6     0.5      –   5.5
Total             17           3         7    101.6     0.5      –   5.5
content/plan.md:3:4: info[readability/jargon]: \"utilise\" is a hard word
content/plan.md:3:20: warning[readability/long-sentence]: this sentence has 6 words, and 5 are the most
content/plan.md:3:49: warning[readability/long-sentence]: this sentence has 7 words, and 5 are the most
";
    assert_eq!(ran.out, expected);
    let json: serde_json::Value =
        serde_json::from_str(&run(&project, &["readability", "--format", "json"]).out).unwrap();
    let document = &json["documents"][0];
    assert_eq!(document["total"]["words"], 17);
    assert_eq!(document["sections"][0]["id"], "help");
    assert_eq!(document["sections"][0]["smog"], serde_json::Value::Null);
    assert_eq!(document["findings"].as_array().unwrap().len(), 3);
}

#[test]
fn a_reading_age_over_the_limit_is_found_for_the_section_and_for_the_document() {
    let hard =
        "Considerable organisational accountability necessitates comprehensive documentation. "
            .repeat(12);
    let profile = "title = \"Plain\"\n[readability]\nreading-age = { warn = 9, fail = 30 }\nsection-reading-age = { fail = 11 }\n";
    let body = format!("# Easy\n\n{}\n\n# Hard\n\n{hard}\n", "The dog sat on the mat. ".repeat(12));
    let project = project(profile, &body);
    let found = found(&project, &["readability"]);
    let codes: Vec<&str> = found.iter().map(|line| line.split(" reads").next().unwrap()).collect();
    let expected = [
        "content/plan.md:5:1: error[readability/reading-age]: \"Hard\"",
        "templates/plan.md:2:9: warning[readability/reading-age]: the document",
    ];
    assert_eq!(codes, expected);
    assert_eq!(run(&project, &["readability"]).code, 1);
}

#[test]
fn a_fault_of_one_edition_stops_that_edition_and_no_other() {
    let project = TestProject::new()
        .file("templates/editions/plain.toml", "title = \"Plain\"\n[readability]\nacronym = \"error\"\n")
        .file(
            "templates/plan.md",
            "+++\ntitle = \"Plan\"\neditions = [\"full\", \"plain\"]\ncover = false\n+++\n# Help\n\nAsk the CQC.\n",
        );
    let out = project.path().join("out");
    let ran = run(&project, &["build", "--format", "docx", "--out", out.to_str().unwrap()]);
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("error[readability/acronym]"), "{}", ran.err);
    assert!(out.join("plan.full.docx").is_file());
    assert!(!out.join("plan.plain.docx").exists());
}

#[test]
fn the_projects_own_words_stand_over_the_built_in_ones() {
    let project = project(
        "title = \"Plain\"\n[readability]\njargon = \"warning\"\n",
        "# Help\n\nWe utilise it and zap it. We endeavour to help.\n",
    )
    .file(
        "content/words.toml",
        "keep = [\"endeavour\", \"utilize\"]\n[words]\n\"utilise\" = \"try\"\n\"zap\" = \"hit\"\n",
    );
    let found = found(&project, &["readability", "words"]);
    let expected = [
        "content/plan.md:3:4: warning[readability/jargon]: \"utilise\" is a hard word",
        "content/plan.md:3:19: warning[readability/jargon]: \"zap\" is a hard word",
        "content/words.toml:1:22: warning[words/keep]: \"utilize\" is no hard word, so there is nothing to keep",
    ];
    assert_eq!(found, expected);
    let ran = run(&project, &["check"]);
    assert!(
        ran.out.contains("help: write: try") && ran.out.contains("help: write: hit"),
        "{}",
        ran.out
    );
}

#[test]
fn a_paragraph_as_long_as_a_file_may_be_is_gone_over_in_no_time() {
    let line = "We was written and it is not unusual 58% of NHS *x* utilise. ".repeat(1_000);
    let body = format!("# Help\n\n{}\n", format!("{line}\n").repeat(20));
    let project = project(PROFILE, &body);
    let clock = std::time::Instant::now();
    let found = found(&project, &["readability"]);
    assert!(found.len() <= 1_001 && found.len() > 100, "{}", found.len());
    assert!(clock.elapsed().as_secs() < 60, "{:?}", clock.elapsed());
}
