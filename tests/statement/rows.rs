//! Every published row stands in the document, exactly, and the summary counts those rows.

use std::collections::BTreeMap;

use annexe::document::{Drawn, RowRole, words};
use annexe::write::docx::{Extras, docx};
use annexe::write::pdf::{layout, standard_theme};

use super::{Fact, appendix, facts, references, said, tables};
use crate::documents::project;
use crate::docx::text_of_file;
use crate::support::assert_same_words;
use crate::support::pdf_text::Pdf;

/// "Apr-19" as tables write it, "Apr-19 ongoing" as they write a date without an end.
fn date(published: &str, none: &str) -> String {
    let mut words = published.split_whitespace();
    let Some(month) = words.next() else { return none.to_owned() };
    let Some((month, year)) = month.split_once('-') else { return "Ongoing".to_owned() };
    let month = format!("{} 20{year}", &month[..3]);
    if words.next().is_some() { format!("From {month} onwards") } else { month }
}

fn rating(fact: &Fact) -> &'static str {
    match fact.rag.as_str() {
        "R" => "Overdue",
        "A" => "At risk",
        "G" => "On track",
        "B" => "Complete",
        "N/A" => "Not applicable",
        other => {
            assert_eq!((other, fact.status.as_str()), ("", "6. Archived"), "{}", fact.reference);
            "Not rated"
        }
    }
}

fn marks(fact: &Fact) -> String {
    let mark = |name: &String| match name.as_str() {
        "Building Capacity / Integrated Model" => "BC",
        "Developing Support & Provision" => "DS",
        "Integrated Commissioning" => "IC",
        "Quality Assurance & Performance" => "QA",
        "Preparation for Adulthood" => "PA",
        "Other Programme / Comms / BCP" => "OP",
        other => panic!("{other}"),
    };
    let marks: Vec<&str> = fact.workstreams.iter().map(mark).collect();
    if marks.is_empty() { "None".to_owned() } else { marks.join(", ") }
}

#[test]
fn every_published_row_stands_in_the_plan_exactly() {
    let made = appendix(&[], None);
    let tables = tables(&made.document, "statement-plan");
    assert_eq!(tables.len(), 17);
    let mut rows = tables.iter().flat_map(|table| &table.body);
    let (mut responses, mut steps) = (0, 0);
    for fact in facts().iter().filter(|f| f.kind == "response" || f.kind == "action") {
        let row = rows.next().expect("a row for each fact");
        let cells: Vec<String> = row.cells.iter().map(said).collect();
        let lead = fact.kind == "response";
        assert_eq!(row.role, if lead { RowRole::Lead } else { RowRole::Detail });
        let expected_end = date(&fact.expected, "As due");
        let mut expected = vec![
            fact.reference.clone(),
            date(&fact.start, "Not set"),
            date(&fact.due, "Not set"),
            expected_end,
            fact.status.clone(),
        ];
        if lead {
            responses += 1;
            let archived = "Not counted".to_owned();
            expected.push(fact.percent.map_or(archived, |percent| format!("{percent}%")));
        } else {
            steps += 1;
        }
        expected.extend([rating(fact).to_owned(), marks(fact)]);
        // Between the reference and the dates stand the words.
        let found: Vec<String> = cells[..1].iter().chain(&cells[2..]).cloned().collect();
        assert_eq!(found, expected);
        assert!(cells[1].len() > 10, "{} has no words", fact.reference);
        let archived = fact.status == "6. Archived";
        assert!(row.cells.iter().all(|cell| cell.quiet) == archived, "{}", fact.reference);
        if lead {
            let criteria = rows.next().expect("the criteria of each response");
            assert!(said(&criteria.cells[0]).starts_with("How success will show: "));
        }
    }
    assert!(rows.next().is_none());
    assert_eq!((responses, steps), (117, 342));
}

#[test]
fn the_summary_counts_the_published_rows() {
    let made = appendix(&[], None);
    let [summary] = tables(&made.document, "statement-summary")[..] else { panic!("one summary") };
    let mut counts: BTreeMap<String, Vec<&Fact>> = BTreeMap::new();
    let facts = facts();
    let mut finding = "";
    for fact in &facts {
        match fact.kind.as_str() {
            "finding" => finding = &fact.reference,
            "response" => counts.entry(finding.to_owned()).or_default().push(fact),
            _ => {}
        }
    }
    let figures = |rows: &[&Fact]| {
        let count = |rag: &str| rows.iter().filter(|f| f.rag == rag).count().to_string();
        let archived = rows.iter().filter(|f| f.status == "6. Archived").count();
        let mut all = vec![rows.len().to_string()];
        all.extend(["R", "A", "G", "B"].map(count));
        all.push(archived.to_string());
        let percents: Vec<u32> = rows.iter().filter_map(|f| f.percent).collect();
        assert_eq!(percents.len() + archived, rows.len());
        let (sum, n) = (percents.iter().sum::<u32>(), u32::try_from(percents.len()).unwrap());
        all.push(format!("{}%", (2 * sum + n) / (2 * n)));
        all
    };
    let (total, findings) = summary.body.split_last().unwrap();
    assert_eq!(findings.len(), 17);
    let mut areas = Vec::new();
    for row in findings {
        let mut cells: Vec<String> = row.cells.iter().map(said).collect();
        // The first finding of an area has the area's name before it, and its percentage behind.
        if cells.len() == 10 {
            areas.push((cells.remove(0), cells.pop().unwrap()));
        }
        let reference = cells[0].split(' ').next().unwrap();
        assert_eq!(cells[1..], figures(&counts[reference]), "{reference}");
    }
    let all: Vec<&Fact> = counts.values().flatten().copied().collect();
    let cells: Vec<String> = total.cells.iter().map(said).collect();
    assert_eq!(cells[1..], figures(&all));
    assert_eq!(cells[1..], ["117", "23", "3", "4", "78", "9", "91%"]);
    let percents: Vec<&str> = areas.iter().map(|(_, percent)| percent.as_str()).collect();
    let published =
        ["96%", "95%", "99%", "94%", "91%", "85%", "81%", "89%", "98%", "86%", "88%", "75%"];
    assert_eq!(percents, published);
}

#[test]
fn both_formats_say_every_row() {
    let made = appendix(&[], None);
    let theme = standard_theme().unwrap();
    let pdf = layout(&made.document, &theme).unwrap().pdf().unwrap();
    let said = words(&made.document, Drawn::Labels).concat();
    assert_same_words("the PDF", &Pdf::read(&pdf).words(), &said);
    let file = docx(&made.document, &project().theme.tokens, &Extras::default()).unwrap();
    assert_same_words(
        "the Word file",
        &text_of_file(&file),
        &words(&made.document, Drawn::Omitted).concat(),
    );
    let published: Vec<String> = facts()
        .into_iter()
        .filter(|fact| fact.kind == "response" || fact.kind == "action")
        .map(|fact| fact.reference)
        .collect();
    assert_eq!(references(&made.document), published);
}

#[test]
fn a_reference_used_twice_stands_on_both_rows() {
    let references = references(&appendix(&[], None).document);
    for twice in ["2.1a.1a", "2.1a.2", "7.1c.1"] {
        assert_eq!(references.iter().filter(|r| *r == twice).count(), 2, "{twice}");
    }
}
