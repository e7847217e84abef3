//! What a proofreader finds in a whole document, each at its place; and what is left alone.

use super::{HEAD, checked, with_body};
use crate::load::TestProject;

/// What is found in a template with this body, without the file's name.
fn found(body: &str) -> Vec<String> {
    lines(&with_body(body))
}

fn lines(project: &TestProject) -> Vec<String> {
    let (out, _) = checked(project);
    let lines =
        out.lines().filter(|line| !line.contains("findings in") && !line.contains("in 2 files"));
    lines.map(|line| line.replace("templates/t.md:", "")).collect()
}

#[test]
fn a_heading_with_nothing_under_it_is_found() {
    let body = "Words.\n\n## Empty\n\n## Full\n\n### Deeper\n\nWords.\n\n## Last\n";
    assert_eq!(
        found(body),
        [
            "8:1: warning[heading/bare]: nothing stands under the heading \"Empty\"",
            "16:1: warning[heading/bare]: nothing stands under the heading \"Last\"",
        ]
    );
}

#[test]
fn what_an_include_brings_stands_under_the_heading_before_it() {
    let project = with_body("## Included {#x}\n\n::: include a/b.md\n:::\n\n## Nothing included\n\n::: include a/c.md\n:::\n")
        .file("content/a/b.md", "Words.\n")
        .file("content/a/c.md", "## Other\n\nWords.\n");
    assert_eq!(
        lines(&project),
        ["11:1: warning[heading/bare]: nothing stands under the heading \"Nothing included\""]
    );
}

#[test]
fn a_lead_in_that_is_not_finished_or_leads_nowhere_is_found() {
    let body = "We do this, and it\n\n- helps\n\nThese include:\n\nOther words.\n\n- one:\n\n## End\n\nHere it is:\n";
    assert_eq!(
        found(body),
        [
            "6:17: warning[text/lead-in]: the words before this list are not finished",
            "10:7: warning[text/lead-in]: no list follows this colon",
            "14:3: warning[text/lead-in]: nothing follows this colon",
            "18:9: warning[text/lead-in]: nothing follows this colon",
        ]
    );
}

#[test]
fn finished_lead_ins_are_left_alone() {
    let body = "These help:\n\n- one\n\nThey work. See (for once):\n\n::: rows in=plan.objectives as=o\n| A |\n| --- |\n| {{ o.name }} |\n:::\n\nIt ends.\n\n- two\n\n“Who?”\n\n- three: and more\n";
    let project = with_body(body).file(
        "content/plan/o.toml",
        "[[objective]]\nid = \"A\"\nname = \"Aim\"\n[[action]]\nid = \"A1\"\nobjective = \"A\"\ntitle = \"T\"\nofficers = [\"x\"]\ndue = 2030-01-01\n[[role]]\nid = \"x\"\nname = \"Lead\"\n",
    );
    assert_eq!(lines(&project), [""; 0]);
}

#[test]
fn a_paragraph_that_stands_twice_is_found_and_one_that_a_loop_makes_is_not() {
    let long = "This paragraph is long enough that nobody writes it twice by accident.";
    let body = format!(
        "{long}\n\nShort.\n\nShort.\n\n::: include a/b.md\n:::\n\n::: for x in area.partners\n{long} Said again.\n:::\n"
    );
    let project = with_body(&body).file("content/a/b.md", format!("Before.\n\n{long}\n"));
    assert_eq!(
        lines(&project),
        ["content/a/b.md:3:1: warning[text/twice]: this paragraph stands in the document twice"]
    );
}

#[test]
fn words_that_count_on_a_page_are_found_in_prose_lists_and_tables() {
    let body = "More stands on page 32.\n\n- see overleaf\n\n| A |\n| --- |\n| the table on the next page |\n\nA one-page profile has {{ 16000 | number }} page views.\n";
    assert_eq!(
        found(body),
        [
            "6:16: warning[text/page]: this text counts on a page: \"page 32\"",
            "8:7: warning[text/page]: this text counts on a page: \"overleaf\"",
            "12:20: warning[text/page]: this text counts on a page: \"next page\"",
        ]
    );
}

const CRITERIA: &str = "[[group]]\nid = \"1\"\nname = \"Impact\"\n\
    [[part]]\nid = \"positive\"\nname = \"Positive signs\"\n\
    [[part]]\nid = \"focus\"\nname = \"Areas of focus\"\n\
    [[priority]]\nid = \"1\"\nname = \"Early\"\n\
    [[criterion]]\nid = \"1.1\"\ngroup = \"1\"\nname = \"Needs are met\"\nnarrative = \"one\"\n\
    [[criterion]]\nid = \"1.2\"\ngroup = \"1\"\nname = \"People are heard\"\nnarrative = \"two\"\n\
    [[intention]]\ncriterion = \"1.1\"\npriority = \"1\"\nintention = \"A\"\nimplementation = \"B\"\n\
    [[intention]]\ncriterion = \"1.2\"\npriority = \"1\"\nintention = \"A\"\nimplementation = \"B\"\n";

const LOOP: &str = "Words.\n\n::::: for criterion in plan.criteria\n:::: opener number=\"{{ criterion.id }}\" about=criterion parts=plan.parts\n## {{ criterion.name }}\n\nWords.\n::::\n\n::: include a/{{ criterion.narrative }}.md shift=1\n:::\n:::::\n";

#[test]
fn a_criterion_without_one_of_its_parts_is_found_at_the_criterion() {
    let project = with_body(LOOP)
        .file("content/plan/sef.toml", CRITERIA)
        .file("content/a/one.md", "## Good {#one-positive}\n\nA.\n\n## To do {#one-focus}\n\nB.\n")
        .file("content/a/two.md", "## Good {#two-positive}\n\nA.\n\n## To do {#unfocus}\n\nB.\n");
    assert_eq!(
        lines(&project),
        [
            "content/plan/sef.toml:19:6: warning[part/missing]: criterion 1.2 has no part \"Areas of focus\""
        ]
    );
}

#[test]
fn a_loop_may_include_a_file_that_data_names_but_none_outside_and_counts_what_it_read() {
    let both = CRITERIA.replace("\"two\"", "\"../../templates/t\"");
    let project = with_body(LOOP)
        .file("content/plan/sef.toml", both)
        .file("content/a/one.md", "## Good {#one-positive}\n\nA.\n\n## To do {#one-focus}\n\nB.\n")
        .file("content/a/two.md", "Never read.\n");
    let found = lines(&project);
    assert!(found.iter().any(|line| line.contains("15:13: error[file/outside]")), "{found:?}");
    let unused = "content/a/two.md:1:1: warning[unused/narrative]: no document includes a/two.md";
    assert!(found.iter().any(|line| line == unused), "{found:?}");
    assert!(!found.iter().any(|line| line.contains("a/one.md")), "{found:?}");
}

#[test]
fn an_opener_stands_at_the_top_and_starts_with_a_heading() {
    assert_eq!(
        found(":::: callout note\n::: opener\n## A\n\nB.\n:::\n::::\n"),
        ["7:5: error[directive/place]: `opener` cannot stand inside another block"]
    );
    assert_eq!(
        found("::: opener\nWords.\n:::\n"),
        ["6:5: error[directive/malformed]: `opener` starts with a heading"]
    );
    assert_eq!(
        found("::: opener parts=area.name\n## A\n\nB.\n:::\n"),
        ["6:18: error[expression/failed]: `parts` is no list"]
    );
}

#[test]
fn a_quote_by_a_kind_of_person_that_the_project_does_not_list_is_found() {
    let toml = crate::load::PROJECT_TOML.to_owned()
        + "\n[quotes]\nkinds = [\"Parent\", \"Young person\"]\n";
    let body = "::: quote by=\"Parant\"\nx\n:::\n\n::: quote by=\"Mother of two\" kind=\"Parent\"\ny\n:::\n\n> z\n";
    let project = with_body(body).file("content/project.toml", toml);
    assert_eq!(
        lines(&project),
        ["6:15: warning[quote/class]: the project has no quotes of the kind \"Parant\""]
    );
    assert!(HEAD.starts_with("+++"));
}

#[test]
fn a_structure_that_no_body_belongs_to_is_found() {
    let bodies = "[[body]]\nid = \"a\"\nname = \"Board\"\ntier = 1\nstructures = [\"2022\"]\n\
        [[body]]\nid = \"b\"\nname = \"Group\"\ntier = 2\nstructures = [\"2024\"]\n";
    let project =
        with_body("::: governance structure=\"2023\"\n:::\n").file("content/plan/g.toml", bodies);
    assert_eq!(
        lines(&project),
        ["6:27: error[reference/unknown]: no body belongs to a structure \"2023\""]
    );
    let project = with_body("::: governance structure=\"2024\"\n:::\n\n::: for b in structure[\"2022\"]\n{{ b.name }}.\n:::\n")
        .file("content/plan/g.toml", bodies);
    let (loaded, _) = project.load();
    let assembly = super::assembled(&loaded.unwrap());
    let text = annexe::write::text::text(&assembly.document);
    assert!(text.contains("Tier 1: Group.") && !text.contains("Tier 2"), "{text}");
    assert!(text.contains("Board."), "{text}");
}
