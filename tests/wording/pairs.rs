//! Sections of two editions: agreed, stale, missing.

use super::{found, run};
use crate::load::TestProject;

const TEMPLATE: &str = r#"+++
title = "Plan"
editions = ["full", "easy"]
cover = false
numbered = true

[unpaired]
sources = "only experts need it"
+++
:::: only full
::: include full.md
:::
::::

:::: only easy
::: include easy.md
:::
::::
"#;

const FULL: &str = "# Waiting times {#waits}\n\nIn January {{ kpi.K1.actual }} of families were seen on time.\nNo one waits a year.\n\n\
    ## Where\n\nIn {{ facts.clinics }} clinics.\n\n# Help at school {#school}\n\nSchools plan {{ facts.clubs }} clubs.\n\n\
    # Costs\n\nNone.\n\n# Sources\n\nSurvey.\n";

const EASY: &str = "# How long you wait {#waits}\n\nMost of you saw us on time.\n\n# School {#classes covers=\"school\"}\n\nThere are clubs.\n";

fn project() -> TestProject {
    TestProject::new()
        .file("templates/editions/easy.toml", "title = \"Easy\"\n[pairs]\nwith = \"full\"\n")
        .file("templates/plan.md", TEMPLATE)
        .file("content/full.md", FULL)
        .file("content/easy.md", EASY)
        .file("content/plan/kpis.toml", kpi(58))
        .file("content/project.toml", facts(3, 4))
}

fn kpi(value: u32) -> String {
    format!(
        "[[objective]]\nid = \"O1\"\nname = \"Waits\"\n[[kpi]]\nid = \"K1\"\nobjective = \"O1\"\nname = \"Seen on time\"\nunit = \"percent\"\nscorecard = false\nactual = [{{ at = \"2022-01\", value = {value} }}]\n"
    )
}

fn facts(clinics: u32, clubs: u32) -> String {
    format!("{}[facts]\nclinics = {clinics}\nclubs = {clubs}\n", crate::load::PROJECT_TOML)
}

fn agree(project: &TestProject, sections: &[&str]) -> super::Ran {
    run(project, &[&["agree"], sections, &["--by", "Board", "--on", "2022-05-01"]].concat())
}

fn standings(project: &TestProject) -> Vec<(String, String)> {
    let ran = run(project, &["drift", "--format", "json"]);
    let json: serde_json::Value =
        serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let pairs = json["pairs"].as_array().unwrap();
    pairs.iter().map(|pair| (text(&pair["section"]), text(&pair["standing"]))).collect()
}

/// The sections that stand like this.
fn that_are(project: &TestProject, standing: &str) -> Vec<String> {
    let of = standings(project).into_iter().filter(|(_, is)| is == standing);
    of.map(|(section, _)| section).collect()
}

fn write(project: &TestProject, path: &str, text: &str) {
    std::fs::write(project.path().join(path), text).unwrap();
}

#[test]
fn a_section_is_missing_then_agreed_and_one_may_need_none() {
    let project = project();
    let expected = [
        "content/full.md:1:1: warning[pair/not-agreed]: nobody has agreed that easy says the same as \"Waiting times\"",
        "content/full.md:10:1: warning[pair/not-agreed]: nobody has agreed that easy says the same as \"Help at school\"",
        "content/full.md:14:1: warning[pair/missing]: \"Costs\" has no counterpart in easy",
    ];
    assert_eq!(found(&project, &["pair"]), expected);
    let ran = agree(&project, &["waits", "school"]);
    assert_eq!(
        ran.out,
        "waits: agreed\nschool: agreed\n2 sections written to content/agreed/plan.easy.toml\n",
        "{}",
        ran.err
    );
    assert_eq!(found(&project, &["pair"]), expected[2..]);
    let ran = run(&project, &["drift"]);
    let expected = "\
plan   easy   waits     agreed       Board, 1 May 2022
plan   easy   school    agreed       Board, 1 May 2022
plan   easy   costs     missing
plan   easy   sources   needs none   only experts need it
4 sections: 2 agreed, 0 stale, 0 not agreed, 1 missing; 1 need none
";
    assert_eq!((ran.code, ran.out.as_str()), (0, expected));
}

#[test]
fn a_changed_sentence_makes_that_pair_stale_and_no_other() {
    let project = project();
    agree(&project, &["--all"]);
    write(&project, "content/full.md", &FULL.replace("No one waits a year", "Few wait a year"));
    assert_eq!(that_are(&project, "stale"), ["waits"]);
    let ran = run(&project, &["check"]);
    for told in [
        "warning[pair/stale]: \"Waiting times\" has changed since easy was agreed with it",
        "agreed by Board on 1 May 2022",
        "after \"families seen on time.\"",
    ] {
        assert!(ran.out.contains(told) || told.starts_with("after"), "{told}\n{}", ran.out);
    }
    assert!(ran.out.contains("\"No one waits\" is now \"Few wait\""), "{}", ran.out);
    // Agreed anew, it is in order again.
    assert!(agree(&project, &["waits"]).out.starts_with("waits: agreed anew\n"));
    assert_eq!(that_are(&project, "stale"), [""; 0]);
}

#[test]
fn a_changed_figure_makes_the_pair_stale_that_quotes_it() {
    let project = project();
    agree(&project, &["--all"]);
    write(&project, "content/plan/kpis.toml", &kpi(63));
    assert_eq!(that_are(&project, "stale"), ["waits"]);
    let ran = run(&project, &["check"]);
    assert!(ran.out.contains("figure kpi.K1.actual: 58% is now 63%"), "{}", ran.out);
    assert!(!ran.out.contains("\"58%\""), "a figure is told once\n{}", ran.out);
    write(&project, "content/plan/kpis.toml", &kpi(58));
    write(&project, "content/project.toml", &facts(3, 5));
    assert_eq!(that_are(&project, "stale"), ["school"]);
}

#[test]
fn other_line_ends_numbers_of_headings_and_bindings_change_nothing() {
    let project = project();
    agree(&project, &["--all"]);
    let wrapped = FULL
        .replace("families were seen on time.\nNo one", "families\nwere   seen on time. No one");
    let bound = wrapped.replace("{{ facts.clubs }}", "4");
    write(&project, "content/full.md", &format!("# New {{#new}}\n\nNew.\n\n{bound}"));
    assert_eq!(that_are(&project, "stale"), [""; 0]);
    assert_eq!(that_are(&project, "missing"), ["new", "costs"]);
}

#[test]
fn ids_that_name_nothing_are_found() {
    let project = project()
        .file(
            "content/easy.md",
            EASY.replace("covers=\"school\"", "covers=\"shool\"") + "\n# Sources\n\nOne.\n",
        )
        .file("content/agreed/plan.esy.toml", "")
        .file(
            "content/agreed/plan.easy.toml",
            "[[agreed]]\nsection = \"weights\"\nby = \"A\"\non = 2022-01-01\ntext = \"B\"\n",
        );
    let found = found(&project, &["pair"]);
    let unknown: Vec<&String> = found.iter().filter(|line| line.contains("pair/unknown")).collect();
    let expected = [
        "content/agreed/plan.easy.toml:2:11: warning[pair/unknown]: \"weights\" was agreed, and is no section of full any more",
        "content/agreed/plan.esy.toml: warning[pair/unknown]: content/agreed/plan.esy.toml is about no edition that must answer another",
        "content/easy.md:5:28: warning[pair/unknown]: there is no section \"shool\" in full to cover",
        "templates/plan.md:8:1: warning[pair/unknown]: \"sources\" has a counterpart, though it is said to need none",
    ];
    assert_eq!(unknown, expected.iter().collect::<Vec<_>>());
}

#[test]
fn strict_builds_of_the_edition_that_answers_fail_until_all_is_agreed() {
    let full = FULL.split("# Costs").next().unwrap();
    let project = project()
        .file("content/full.md", full.replace("kpi.K1.actual", "facts.clinics"))
        .file("content/plan/kpis.toml", "");
    write(
        &project,
        "templates/plan.md",
        &std::fs::read_to_string(project.path().join("templates/plan.md"))
            .unwrap()
            .replace("[unpaired]\nsources = \"only experts need it\"\n", ""),
    );
    let out = project.path().join("out");
    let build = |edition: &str| {
        let out = out.to_str().unwrap();
        let asked = ["build", "--strict", "--edition", edition, "--format", "docx", "--out", out];
        let ran = run(&project, &asked);
        let other = ran.err.lines().find(|line| line.contains('[') && !line.contains("[pair/"));
        assert_eq!(other.filter(|line| line.starts_with(['w', 'e'])), None);
        ran.code
    };
    assert_eq!([build("full"), build("easy")], [0, 1]);
    agree(&project, &["--all"]);
    assert_eq!([build("full"), build("easy")], [0, 0]);
    write(&project, "content/project.toml", &facts(3, 9));
    assert_eq!([build("full"), build("easy")], [0, 1]);
}

#[test]
fn agree_writes_nothing_it_was_not_asked_for() {
    let project = project();
    assert_eq!(agree(&project, &["wait"]).code, 2);
    assert_eq!(agree(&project, &["costs"]).code, 2);
    assert_eq!(run(&project, &["agree", "waits", "--by", "Board"]).code, 2);
    assert!(!project.path().join("content/agreed").exists());
    agree(&project, &["waits"]);
    let path = project.path().join("content/agreed/plan.easy.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("[\"kpi.K1.actual\", \"58%\"]") && !text.contains("clubs"), "{text}");
    let kept = format!("# ours\n{text}").replace("by = \"Board\"", "by = \"Board\" # in May");
    std::fs::write(&path, &kept).unwrap();
    agree(&project, &["--all"]);
    let both = std::fs::read_to_string(&path).unwrap();
    assert!(both.starts_with(&kept) && both.contains("section = \"school\""), "{both}");
    // What cannot be read is not written over.
    std::fs::write(&path, "agreed = ").unwrap();
    assert_eq!(agree(&project, &["--all"]).code, 1);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "agreed = ");
    assert_eq!(agree(&project, &["--all"]).out, "");
}
