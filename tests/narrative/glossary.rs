//! The glossary: short forms written out once, unknown ones found, and the list itself.

use annexe::document::{Block, BlockKind, line};

use super::{assembled, checked};
use crate::load::TestProject;

const TERMS: &str = r#"
[[term]]
name = "special educational needs"
short = ["SEN"]

[[term]]
name = "education, health and care plan"
short = ["EHC plan", "EHCP"]
means = "A legal document."
easy = "A paper that says what help you get."

[[term]]
name = "Sensory Advice Team"
short = ["SAT"]
also = ["the sensory team"]
means = "Teachers who advise schools."

[[term]]
name = "tribunal"
easy = "A kind of court."

[[term]]
name = "National Health Service"
short = ["NHS"]
known = true

[[term]]
name = "NHS England"
known = true
"#;

fn project(mode: &str, body: &str) -> TestProject {
    let front = format!("+++\ntitle = \"T\"\ncover = false\n{mode}\n+++\n# About\n\n");
    TestProject::new()
        .file("content/plan/glossary.toml", TERMS)
        .file("templates/t.md", front + body)
}

fn made(mode: &str, body: &str) -> Vec<Block> {
    let (loaded, findings) = project(mode, body).load();
    assert!(findings.is_empty(), "{findings:?}");
    assembled(&loaded.unwrap()).document.blocks
}

/// The paragraphs of a document that writes short forms out.
fn paragraphs(mode: &str, body: &str) -> Vec<String> {
    let mut out = Vec::new();
    annexe::document::walk(&made(mode, body), &mut |block| {
        if let BlockKind::Paragraph(paragraph) = &block.kind {
            out.push(line(&paragraph.content));
        }
    });
    out
}

const FIRST: &str = "acronyms = \"first-use\"";

#[test]
fn a_short_form_is_written_out_where_a_document_first_uses_it() {
    let body = "An EHCP helps pupils with **SEN**. EHC plans last.\n\n- SEN again\n";
    assert_eq!(
        paragraphs(FIRST, body),
        [
            "An education, health and care plan (EHCP) helps pupils with special educational needs (SEN). EHC plans last.",
            "SEN again",
        ]
    );
    assert_eq!(paragraphs("", "An EHCP.\n"), ["An EHCP."]);
}

#[test]
fn sentence_starts_plurals_and_articles_fit() {
    assert_eq!(
        paragraphs(FIRST, "EHC plans last. An SAT came to an SEN pupil.\n"),
        [
            "Education, health and care plans (EHC plans) last. A Sensory Advice Team (SAT) came to a special educational needs (SEN) pupil."
        ]
    );
}

#[test]
fn what_the_author_explains_and_what_everybody_knows_is_left_alone() {
    let body = "Special educational needs (SEN) count. The team (SAT) and an EHCP (a legal paper). The NHS and NHS England.\n\nSEN, SAT and EHCP.\n";
    assert_eq!(
        paragraphs(FIRST, body),
        [
            "Special educational needs (SEN) count. The team (SAT) and an EHCP (a legal paper). The NHS and NHS England.",
            "SEN, SAT and EHCP.",
        ]
    );
}

#[test]
fn headings_links_quotes_and_cells_keep_the_short_form() {
    let body = "## SEN\n\n[SEN](#about)\n\n> SEN\n\n| A |\n| --- |\n| SEN |\n\nAt last SEN.\n";
    let found = paragraphs(FIRST, body);
    assert_eq!(found.last().unwrap(), "At last special educational needs (SEN).");
    assert!(found[..found.len() - 1].iter().all(|words| !words.contains("special")), "{found:?}");
}

#[test]
fn a_document_may_have_no_short_forms_at_all() {
    assert_eq!(
        paragraphs("acronyms = \"always\"", "An EHCP for SEN.\n\n> Another EHCP\n"),
        [
            "An education, health and care plan for special educational needs.",
            "Another education, health and care plan",
        ]
    );
}

#[test]
fn unknown_short_forms_are_found_where_they_stand_once_each() {
    let body = "The é ABC and the SEN2, phase II; ABC again.\n\n::: for o in plan.objectives\n{{ o.summary }}\n:::\n";
    let data = "[[objective]]\nid = \"WTW\"\nname = \"Aim\"\nsummary = \"WTW needs the XYZs.\"\n[[action]]\nid = \"A1\"\nobjective = \"WTW\"\ntitle = \"T\"\nofficers = [\"x\"]\ndue = 2030-01-01\n[[role]]\nid = \"x\"\nname = \"Lead\"\n";
    let (out, _) = checked(&project(FIRST, body).file("content/plan/o.toml", data));
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(
        lines,
        [
            "content/plan/o.toml:4:26: warning[acronym/unknown]: \"XYZs\" is not in the glossary",
            "templates/t.md:8:7: warning[acronym/unknown]: \"ABC\" is not in the glossary",
            "templates/t.md:8:19: warning[acronym/unknown]: \"SEN2\" is not in the glossary",
        ]
    );
    let (out, _) = checked(&project("", "ABC.\n"));
    assert_eq!(out, "");
}

/// The rows of the document's one table.
fn rows(body: &str) -> Vec<String> {
    let mut out = Vec::new();
    annexe::document::walk(&made("", body), &mut |block| {
        let BlockKind::Table(table) = &block.kind else { return };
        for row in &table.body {
            let cells = row.cells.iter().map(|cell| match &cell.blocks[0].kind {
                BlockKind::Paragraph(paragraph) => line(&paragraph.content),
                other => panic!("{other:?}"),
            });
            out.push(cells.collect::<Vec<_>>().join(" | "));
        }
    });
    out
}

#[test]
fn the_glossary_lists_terms_short_forms_or_both_from_a_to_z() {
    let education = "Education, health and care plan (EHC plan, EHCP) | A legal document.";
    let sensory =
        "Sensory Advice Team (SAT) | Teachers who advise schools. Also called the sensory team.";
    assert_eq!(rows("::: glossary show=\"terms\"\n:::\n"), [education, sensory]);
    assert_eq!(
        rows("::: glossary show=\"short\"\n:::\n"),
        [
            "EHC plan | Education, health and care plan",
            "EHCP | Education, health and care plan",
            "SAT | Sensory Advice Team",
            "SEN | Special educational needs",
        ]
    );
    assert_eq!(
        rows("::: glossary\n:::\n"),
        [education, "SEN | Special educational needs", sensory]
    );
}

#[test]
fn easy_meanings_are_of_the_terms_that_the_document_uses() {
    let list = "::: glossary meaning=\"easy\"\n:::\n";
    assert_eq!(
        rows(&format!("They went to Tribunals.\n\n{list}")),
        ["Tribunal | A kind of court."]
    );
    assert_eq!(rows(&format!("An EHCP.\n\n{list}")).len(), 1);
    assert_eq!(rows("::: glossary meaning=\"easy\" used=\"all\"\n:::\n").len(), 2);
    let (out, _) = checked(&project("", &format!("Nothing.\n\n{list}")));
    assert_eq!(
        out.trim_end(),
        "templates/t.md:10:1: warning[table/empty]: the document uses no term of this glossary"
    );
}
