//! Tables: grids that add up, header rows that repeat, cells that Word accepts.

use annexe::document::*;
use annexe::write::docx::docx;
use proptest::prelude::*;
use roxmltree::Node;

use super::opened::{Opened, all, attribute, child, children, is, val};
use super::{document_of, file_of, sample, sample_opened};

fn number(node: Option<Node>, name: &'static str) -> usize {
    node.and_then(|n| attribute(n, name)).and_then(|v| v.parse().ok()).unwrap_or(0)
}

/// Every row covers the grid exactly, widths add up, merges have a start above them.
fn check_grid(table: Node) {
    let grid: Vec<usize> = children(child(table, "tblGrid").unwrap(), "gridCol")
        .map(|column| number(Some(column), "w"))
        .collect();
    assert!(!grid.is_empty() && grid.iter().all(|width| *width > 0), "{grid:?}");
    let mut open = vec![false; grid.len()];
    let mut rows = 0;
    for row in children(table, "tr") {
        rows += 1;
        let mut at = 0;
        for cell in children(row, "tc") {
            let property = child(cell, "tcPr").unwrap();
            let span = number(child(property, "gridSpan"), "val").max(1);
            let width: usize = grid[at..at + span].iter().sum();
            assert_eq!(number(child(property, "tcW"), "w"), width);
            match child(property, "vMerge").map(|merge| attribute(merge, "val")) {
                Some(Some("restart")) => open[at] = true,
                Some(_) => assert!(open[at], "a merge that nothing started"),
                None => open[at] = false,
            }
            at += span;
        }
        let property = child(row, "trPr");
        at += number(property.and_then(|p| child(p, "gridAfter")), "val");
        assert_eq!(at, grid.len(), "a row that does not cover the grid");
    }
    assert!(rows > 0, "a table without rows");
}

fn check_cells(document: Node) {
    for cell in all(document, "tc") {
        let last = cell.children().rfind(|n| n.is_element()).unwrap();
        assert!(is(last, "p"), "a cell must end with a paragraph");
    }
    // Word joins tables that touch.
    for table in all(document, "tbl") {
        let next = table.next_siblings().skip(1).find(|n| n.is_element()).unwrap();
        assert!(!is(next, "tbl"), "two tables touch");
    }
}

#[test]
fn rows_cover_their_grids_and_cells_end_with_a_paragraph() {
    let opened = sample_opened();
    let document = opened.document();
    let tables: Vec<Node> = all(document.root(), "tbl").collect();
    assert!(tables.len() > 10);
    for table in tables {
        check_grid(table);
    }
    check_cells(document.root());
}

#[test]
fn header_rows_repeat_and_no_other_row_does() {
    let opened = Opened::new(&file_of(&document_of(vec![
        sample::heading(1, None, "One", "h1"),
        Block::new(BlockKind::Table(sample::scorecard())),
    ])));
    let document = opened.document();
    let table = all(document.root(), "tbl").next().unwrap();
    let marks: Vec<bool> = children(table, "tr")
        .map(|row| child(child(row, "trPr").unwrap(), "tblHeader").is_some())
        .collect();
    assert_eq!(marks, [true, true, false, false, false, false, false]);
    for row in children(table, "tr") {
        assert!(child(child(row, "trPr").unwrap(), "cantSplit").is_some());
    }
    let look = child(child(table, "tblPr").unwrap(), "tblLook").unwrap();
    assert_eq!(attribute(look, "firstRow"), Some("1"));
    assert_eq!(attribute(look, "firstColumn"), Some("1"));
    assert_eq!(val(table, "tblPr", "tblCaption"), Some("Scorecard, all measures"));
    assert_eq!(val(table, "tblPr", "tblDescription"), Some("One row a measure & its rating"));
}

#[test]
fn a_row_that_belongs_to_the_next_keeps_every_paragraph_with_it() {
    let opened = Opened::new(&file_of(&document_of(vec![
        sample::heading(1, None, "One", "h1"),
        Block::new(BlockKind::Table(sample::scorecard())),
    ])));
    let document = opened.document();
    let table = all(document.root(), "tbl").next().unwrap();
    for (index, row) in children(table, "tr").enumerate() {
        // Two header rows, a band and a lead row stay with what follows; the rest need not.
        for paragraph in all(row, "p") {
            let kept = child(paragraph, "pPr").and_then(|p| child(p, "keepNext")).is_some();
            assert_eq!(kept, index < 4, "row {index}");
        }
    }
}

#[test]
fn a_rating_fills_its_cell_and_says_letter_and_word() {
    let opened = sample_opened();
    let document = opened.document();
    let cell = all(document.root(), "tc")
        .find(|cell| {
            let text: String = all(*cell, "t").filter_map(|t| t.text()).collect();
            text == "R Overdue"
        })
        .expect("the rating's cell");
    let shade = child(child(cell, "tcPr").unwrap(), "shd").unwrap();
    assert_eq!(attribute(shade, "fill"), Some("B3261E"));
    let run = all(cell, "r").next().unwrap();
    assert_eq!(val(run, "rPr", "rStyle"), Some("Ragred"));
}

/// The style of the first paragraph with a run of `text`.
fn style_of<'a>(document: Node<'a, '_>, text: &str) -> &'a str {
    let paragraph = all(document, "p")
        .find(|p| all(*p, "t").any(|t| t.text() == Some(text)))
        .unwrap_or_else(|| panic!("no {text}"));
    val(paragraph, "pPr", "pStyle").expect("a style")
}

#[test]
fn figures_align_right_and_a_heading_over_several_columns_in_the_middle() {
    let opened = sample_opened();
    let document = opened.document();
    let style_of = |text| style_of(document.root(), text);
    assert_eq!(style_of("1,204"), "TableTextNumber");
    assert_eq!(style_of("Target"), "TableHeadingNumber");
    assert_eq!(style_of("Six months"), "TableHeadingCentre");
    assert_eq!(style_of("System leadership"), "TableBand");
}

#[test]
fn a_lead_row_names_what_it_is_about_in_bold_and_its_details_are_drawn_in() {
    let opened = sample_opened();
    let document = opened.document();
    let style_of = |text| style_of(document.root(), text);
    assert_eq!(style_of("A1"), "TableLeadHeading");
    assert_eq!(style_of("Bring in a new strategy"), "TableLead");
    assert_eq!(style_of("It says who does what."), "TableText");
    assert_eq!(style_of("60%"), "TableTextNumber");
    assert_eq!(style_of("Agree the scope"), "TableDetail");
    assert_eq!(style_of("Name of the local area"), "TableFieldName");
}

fn any_row(role: RowRole) -> impl Strategy<Value = Row> {
    let cell = (0_usize..5, 0_usize..4, any::<bool>()).prop_map(|(columns, rows, head)| {
        let cell = Cell::text("x").columns(columns).rows(rows);
        if head { cell.row_head() } else { cell }
    });
    (prop::collection::vec(cell, 0..4), any::<bool>())
        .prop_map(move |(cells, keep_with_next)| Row { role, cells, keep_with_next })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_spans_make_a_grid_that_adds_up_or_a_finding(
        head in prop::collection::vec(any_row(RowRole::Head), 0..3),
        body in prop::collection::vec(any_row(RowRole::Body), 0..6),
        shares in prop::collection::vec(prop_oneof![0.1..5.0, Just(0.0), Just(f64::NAN)], 0..5),
    ) {
        let columns = shares.iter().map(|share| Column { share: *share, align: Align::Number });
        let table = Table {
            role: "plain".into(),
            columns: columns.collect(),
            head,
            body,
            caption: None,
            summary: "Anything".into(),
            anchor: None,
        };
        let document = document_of(vec![Block::new(BlockKind::Table(table))]);
        match docx(&document, &sample::tokens(), &sample::extras()) {
            Ok(bytes) => {
                let opened = Opened::new(&bytes);
                let document = opened.document();
                all(document.root(), "tbl").for_each(check_grid);
                check_cells(document.root());
            }
            Err(findings) => prop_assert!(!findings.is_empty()),
        }
    }
}
