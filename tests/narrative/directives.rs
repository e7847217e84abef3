//! What each directive makes, where the documents' goldens do not reach.

use annexe::document::*;

use super::{assembled, with_body};
use crate::load::TestProject;

const PLAN: &str = r#"
[[objective]]
id = "O1"
name = "Plans in time"
[[objective]]
id = "O2"
name = "Plans that help"
[[role]]
id = "lead"
name = "Lead officer"
[[action]]
id = "A1"
objective = "O1"
title = "Hire"
officers = ["lead"]
due = 2022-05-30
[[action]]
id = "A2"
objective = "O2"
title = "Train"
officers = ["lead"]
due = 2022-06-30
[[phase]]
id = "p1"
name = "Set up"
from = "2021-07"
to = "2022-02"
items = ["Start"]
[[phase]]
id = "p2"
name = "Deliver"
from = "2022-03"
to = "2023-07"
items = ["Go on"]
"#;

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";

fn project(body: &str) -> TestProject {
    with_body(body).file("content/plan/plan.toml", PLAN).file("content/images/a.svg", SVG)
}

/// The blocks after the first heading; nothing may be found but missing schemes.
#[track_caller]
fn made_of(project: &TestProject) -> Vec<Block> {
    let loaded = project.load().0.unwrap();
    let assembly = assembled(&loaded);
    let found: Vec<_> = assembly
        .findings
        .iter()
        .filter(|f| f.rule.code != "rag/scheme-missing")
        .map(|f| &f.message)
        .collect();
    assert!(found.is_empty(), "{found:?}");
    let is_first = |b: &Block| matches!(&b.kind, BlockKind::Heading(h) if line(&h.content) == "Té");
    let mut blocks = assembly.document.blocks;
    let at = blocks.iter().position(is_first).unwrap();
    blocks.split_off(at + 1)
}

#[track_caller]
fn made(body: &str) -> Vec<Block> {
    made_of(&project(body))
}

/// The only table, the heads of its columns and the words of its rows.
#[track_caller]
fn table(body: &str) -> (Table, Vec<String>, Vec<Vec<String>>) {
    let mut blocks = made(body);
    let Some(Block { kind: BlockKind::Table(table), .. }) = blocks.pop() else {
        panic!("no table")
    };
    let row = |row: &Row| row.cells.iter().map(said).collect::<Vec<_>>();
    let heads = table.head.iter().flat_map(row).collect();
    let rows = table.body.iter().map(row).collect();
    (table, heads, rows)
}

fn said(cell: &Cell) -> String {
    paragraphs(&cell.blocks).join(" / ")
}

fn paragraphs(blocks: &[Block]) -> Vec<String> {
    let text = |block: &Block| match &block.kind {
        BlockKind::Paragraph(paragraph) => vec![line(&paragraph.content)],
        BlockKind::Heading(heading) => {
            vec![format!("{} {}", heading.level, line(&heading.content))]
        }
        BlockKind::Quote(quote) => paragraphs(&quote.blocks),
        _ => vec!["?".to_owned()],
    };
    blocks.iter().flat_map(text).collect()
}

#[test]
fn a_loop_goes_over_texts_records_and_loops_around_it() {
    let body =
        ":::: for p in area.partners\n::: for o in plan.objectives\n{{ p }}: {{ o.id }}\n:::\n::::";
    let expected = ["Riverside Council: O1", "Riverside Council: O2"];
    assert_eq!(paragraphs(&made(body)), expected);
    let texts = "::: for p in [\"a\", \"b\"]\n{{ p }}\n:::";
    assert_eq!(paragraphs(&made(texts)), ["a", "b"]);
    let shadowed = ":::: for p in [\"a\"]\n::: for p in [\"b\"]\n{{ p }}\n:::\n::::";
    assert_eq!(paragraphs(&made(shadowed)), ["b"]);
}

#[test]
fn conditions_and_editions_keep_or_drop_their_body() {
    let body =
        "::: if 1 > 2\nno\n:::\n\n::: if plan.objectives\nyes\n:::\n\n::: only full\nfull\n:::";
    assert_eq!(paragraphs(&made(body)), ["yes", "full"]);
    let editions = "+++\ntitle = \"T\"\neditions = [\"easy-read\", \"full\"]\n+++\n# Té\n\n\
                    ::: only full\nfull\n:::\n\n::: only easy-read full\nboth\n:::\n";
    assert_eq!(paragraphs(&made_of(&project("").file("templates/t.md", editions))), ["both"]);
}

#[test]
fn an_include_takes_its_path_from_expressions_and_shifts_its_headings() {
    let body =
        ":::: for o in plan.objectives\n::: include part-{{ o.id | lower }}.md shift=1\n:::\n::::";
    let project = project(body)
        .file("content/part-o1.md", "# One\n\n{{ o.name }}\n\n## Deep\n\nD.\n")
        .file("content/part-o2.md", "# Two\n\n::: include sub/end.md shift=1\n:::\n")
        .file("content/sub/end.md", "# End\n\nE.\n");
    let expected = ["2 One", "Plans in time", "3 Deep", "D.", "2 Two", "3 End", "E."];
    assert_eq!(paragraphs(&made_of(&project)), expected);
}

#[test]
fn rows_repeat_the_authors_cells_with_shares_row_heads_and_numbers() {
    let body = "::: rows in=plan.objectives as=o widths=\"1 3\" rowhead=1 role=\"x\" summary=\"What: it holds\" caption=\"About {{ area.name }}\"\n\
                | Id | Name |\n|---|---:|\n| **{{ o.id }}** | {{ o.name }}, {{ area.name }} |\n:::";
    let (table, heads, rows) = table(body);
    assert_eq!(heads, ["Id", "Name"]);
    assert_eq!(rows, [["O1", "Plans in time, Riverside"], ["O2", "Plans that help, Riverside"]]);
    assert_eq!(table.columns.iter().map(|c| c.share).collect::<Vec<_>>(), [1.0, 3.0]);
    assert_eq!(table.columns[1].align, Align::Number);
    assert!(table.body.iter().all(|row| row.cells[0].header == Some(Scope::Row)));
    assert_eq!((table.role.as_str(), table.summary.as_str()), ("x", "What: it holds"));
    assert_eq!(line(&table.caption.unwrap()), "About Riverside");
}

#[test]
fn labels_replace_the_usual_column_heads() {
    let labels =
        "::: actions objective=\"O2\" labels=\"No. | What | Who: posts | When | How far\"\n:::";
    let (_, heads, rows) = table(labels);
    assert_eq!(heads, ["No.", "What", "Who: posts", "When", "How far"]);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0][..3], ["A2", "Train", "Lead officer"]);
    let project = project("::: actions labels=\"a | b\"\n:::");
    let assembly = assembled(&project.load().0.unwrap());
    let messages: Vec<_> = assembly.findings.iter().map(|f| f.message.as_str()).collect();
    assert!(messages.contains(&"`actions` has 5 columns, and 2 labels are given"), "{messages:?}");
}

#[test]
fn a_list_of_one_objective_is_chosen_by_record_or_by_id() {
    for (objective, id) in [("objective.O2", "A2"), ("plan.objectives[0]", "A1"), ("\"O2\"", "A2")]
    {
        let (_, _, rows) = table(&format!("::: actions objective={objective}\n:::"));
        assert_eq!((rows.len(), rows[0][0].as_str()), (1, id), "{objective}");
    }
}

#[test]
fn fields_are_rows_of_a_label_and_words_that_may_hold_colons() {
    let body = "::: fields\nArea: {{ area.name }}\nLink: see **a**: b\nDays: {{ inspection.dates | date_range }}\n:::";
    let (table, heads, rows) = table(body);
    assert!(heads.is_empty());
    assert_eq!(rows, [["Area", "Riverside"], ["Link", "see a: b"], ["Days", "24 to 27 May 2021"]]);
    assert!(table.body.iter().all(|row| row.cells[0].header == Some(Scope::Row)));
}

#[test]
fn key_figures_have_a_number_a_label_and_perhaps_a_note() {
    let blocks = made(
        "::: key-figures\n- {{ plan.actions | length }} | actions | of *two*\n- 7 | days\n:::",
    );
    let [Block { kind: BlockKind::KeyFigures(figures), .. }] = blocks.as_slice() else { panic!() };
    let items: Vec<_> = figures
        .items
        .iter()
        .map(|i| (line(&i.value), line(&i.label), i.note.as_deref().map(line)))
        .map(|(v, l, n)| (v.trim().to_owned(), l.trim().to_owned(), n.map(|n| n.trim().to_owned())))
        .collect();
    let item =
        |v: &str, l: &str, n: Option<&str>| (v.to_owned(), l.to_owned(), n.map(str::to_owned));
    assert_eq!(items, [item("2", "actions", Some("of two")), item("7", "days", None)]);
}

#[test]
fn phases_mark_those_that_the_day_falls_in() {
    let blocks = made("::: phases here=\"We are here: {{ document.as_at | month }}\"\n:::");
    let [Block { kind: BlockKind::Steps(steps), .. }] = blocks.as_slice() else { panic!() };
    let marks: Vec<_> = steps.steps.iter().map(|s| (s.title.as_str(), s.mark.as_deref())).collect();
    assert_eq!(marks, [("Set up", None), ("Deliver", Some("We are here: April 2022"))]);
    let unmarked = made("::: phases\n:::");
    let [Block { kind: BlockKind::Steps(steps), .. }] = unmarked.as_slice() else { panic!() };
    assert!(steps.steps.iter().all(|s| s.mark.is_none() || s.title == "Deliver"));
}

#[test]
fn pictures_have_alt_text_or_none_when_they_decorate() {
    let blocks = made(
        "::: figure image=\"a.svg\" alt=\"A map: {{ area.name }}\" caption=\"Map\"\n:::\n\n\
         ::: figure image=\"images/a.svg\" alt=\"\"\n:::\n\n::: picture-row image=\"a.svg\" alt=\"\"\nWords.\n:::",
    );
    let [first, second, third] = blocks.as_slice() else { panic!("{blocks:?}") };
    let BlockKind::Image(map) = &first.kind else { panic!() };
    assert_eq!(map.alt.as_deref(), Some("A map: Riverside"));
    assert_eq!(map.caption.as_deref().map(line).as_deref(), Some("Map"));
    assert!(matches!(&second.kind, BlockKind::Image(image) if image.alt.is_none()));
    let BlockKind::PictureRow(row) = &third.kind else { panic!() };
    assert_eq!(
        (row.image.alt.as_deref(), paragraphs(&row.blocks)),
        (None, vec!["Words.".to_owned()])
    );
}

#[test]
fn a_rule_that_fails_on_a_row_is_an_error_that_stops_the_document() {
    // The KPI has a figure as at the day, and none in the period before.
    let scheme = |of: &str, when: &str| {
        format!(
            "[[scheme]]\nid = \"s\"\nof = \"{of}\"\nname = \"S\"\n[[scheme.rating]]\nid = \"red\"\nletter = \"R\"\nword = \"Red\"\n\
             colour = \"red\"\nwhen = \"{when}\"\nmeaning = \"x\"\n[[scheme.rating]]\nid = \"green\"\nletter = \"G\"\n\
             word = \"Green\"\ncolour = \"green\"\nmeaning = \"y\"\n"
        )
    };
    let kpi = "[[period]]\nid = \"one\"\nname = \"One\"\nby = \"2021-11\"\n[[kpi]]\nid = \"K\"\nname = \"N\"\nobjective = \"O1\"\n\
               unit = \"percent\"\nbetter = \"higher\"\nbaseline = { at = \"2021-01\", value = 1 }\n\
               target = [{ by = \"2022-05\", at-least = 3 }]\nactual = [{ at = \"2022-04\", value = 2 }]\n";
    for (of, directive, when, data) in [
        ("action", "actions", "'a' - 1 > 0", ""),
        ("kpi", "scorecard", "not has_actual and 'a' - 1 > 0", kpi),
    ] {
        let text = format!(
            "+++\ntitle = \"T\"\nrag = {{ {of} = \"s\" }}\n+++\n# T\n\n::: {directive}\n:::\n"
        );
        let project = project("")
            .file("templates/t.md", text)
            .file("content/plan/rag.toml", scheme(of, when))
            .file("content/plan/kpi.toml", data);
        let (found, code) = super::checked(&project);
        let rules: Vec<&str> = found.lines().filter(|l| l.contains("error[rag/rule]")).collect();
        assert_eq!((rules.len(), code), (1, 1), "{of}: {found}");
        assert!(rules[0].starts_with("content/plan/rag.toml:10:"), "{found}");
    }
}
