//! Charts as they are drawn: every word once and over no other, tagged as a figure in the PDF, a picture in Word.

use std::fmt::Write;

use annexe::document::*;
use annexe::write::docx::{Extras, docx};
use annexe::write::pdf::{drawing_pngs, layout, standard_theme};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

use super::{ROWS, document_of, project};
use crate::support::assert_same_words;
use crate::support::pdf_text::Pdf;

const PARTS: &str = "title = \"T\"\nsource = \"S\"\nkey = [\"kind\"]\n[column.kind]\nname = \"Kind\"\n\
    [column.share]\nname = \"Share of all plans\"\nunit = \"percent\"\n[column.change]\nname = \"Change\"\nunit = \"percent\"\n\
    [column.few]\nname = \"Few\"\nunit = \"count\"\n";

const PART_ROWS: &str = "kind,share,change,few\n\
    Speech language and communication,41,-14.25,0\n\
    \"Social, emotional and mental health\",24.5,6.5,3\n\
    Autism,20,x,c\n\
    Moderate learning difficulty,9.5,0,7\n\
    A physical disability or a sensory impairment of some other kind,5,12.2,1\n";

const PLAN: &str = r#"
[[objective]]
id = "O1"
name = "In time"
[[kpi]]
id = "K1"
name = "Plans in time"
objective = "O1"
unit = "percent"
better = "higher"
baseline = { at = "2021-05", value = 53 }
target = [{ by = "2022-05", at-least = 60 }]
actual = [{ at = "2021-11", value = 58 }, { at = "2022-04", value = 63 }]
[[kpi]]
id = "K2"
name = "Average wait for an assessment of a need that nobody has named so far, by area"
objective = "O1"
unit = "weeks"
baseline = "required"
[[phase]]
id = "p"
name = "Set up"
from = "2021-07"
to = "2022-03"
[[event]]
title = "Inspection of the local area by two inspectorates over four days and a letter after it"
at = "2021-05-24"
to = "2021-05-27"
detail = "By Ofsted"
[[event]]
title = "Plan agreed"
at = "2022-05"
"#;

/// A document with charts of every kind, from few figures to as many as there may be.
fn every_kind() -> Document {
    let mut body = "# Charts\n\nWords before the first.\n\n".to_owned();
    for (dataset, attributes) in [
        ("absence", "columns=\"overall\" comparator=\"England\" caption=\"A remark\""),
        ("absence", "columns=\"overall\" where=\"area=Riverside\""),
        ("absence", "columns=\"overall\" where=\"area=Riverside; period=2021/22\" kind=\"lines\""),
        ("absence", "columns=\"overall, authorised\" panels=\"columns\" comparator=\"England\""),
        (
            "absence",
            "columns=\"overall, authorised\" panels=\"area\" kind=\"columns\" comparator=\"authorised\"",
        ),
        (
            "absence",
            "columns=\"overall, authorised\" where=\"area=Riverside\" kind=\"stacked-columns\"",
        ),
        (
            "absence",
            "columns=\"overall, authorised\" where=\"area=Riverside\" kind=\"stacked-bars\"",
        ),
        ("absence", "columns=\"overall\" kind=\"columns\""),
        ("absence", "columns=\"overall\" kind=\"bars\" comparator=\"England\""),
        ("absence", "columns=\"pupils\" kind=\"columns\" where=\"period=2021/22\""),
        ("parts", "columns=\"share\""),
        ("parts", "columns=\"share\" kind=\"columns\""),
        ("parts", "columns=\"share\" kind=\"donut\" whole=\"All plans\""),
        ("parts", "columns=\"change\" order=\"value\""),
        ("parts", "columns=\"change\" kind=\"columns\""),
        ("parts", "columns=\"few\""),
        ("many", "columns=\"rate\" kind=\"lines\""),
        ("many", "columns=\"rate\" kind=\"bars\" x=\"year\" where=\"area=A\""),
        ("many", "columns=\"rate\" kind=\"columns\" where=\"area=A\""),
        ("many", "columns=\"rate\" panels=\"area\""),
    ] {
        writeln!(body, "::: chart {dataset} title=\"What \\\"it\\\" shows\" {attributes}\n:::\n")
            .unwrap();
    }
    let body = body.replace("\\\"it\\\"", "it");
    let body = body
        + "## Tiles\n\n::: kpi-tiles\n:::\n\n## Timeline\n\n::: timeline title=\"So far\" today=\"Today\"\n:::\n\n# Tables\n\n::: chart-tables\n:::\n";
    let mut many = "area,year,rate\n".to_owned();
    for (n, area) in ["A", "B", "C", "D", "E", "F"].iter().enumerate() {
        for year in 0..40 {
            let rate = 20.0 + ((year * 7 + n * 13) % 23) as f64 / 2.0;
            writeln!(many, "{area},{},{rate}", 1980 + year).unwrap();
        }
    }
    let declared = "title = \"T\"\nsource = \"S\"\nkey = [\"area\", \"year\"]\n[column.area]\nname = \"Area\"\n\
        [column.year]\nname = \"Year\"\nkind = \"period\"\n[column.rate]\nname = \"Rate\"\nunit = \"rate\"\nof = \"100 pupils\"\n";
    let project = project(ROWS, &body)
        .file("content/data/parts.toml", PARTS)
        .file("content/data/parts.csv", PART_ROWS)
        .file("content/data/many.toml", declared)
        .file("content/data/many.csv", many)
        .file("content/plan/plan.toml", PLAN);
    let (assembly, found) = document_of(&project);
    assert_eq!(found, [""; 0]);
    assembly.document
}

#[test]
fn every_kind_is_drawn_with_all_its_words_over_no_others_and_passes_pdf_ua() {
    let document = every_kind();
    let pdf = layout(&document, &standard_theme().unwrap()).unwrap().pdf().unwrap();
    let read = Pdf::read(&pdf);
    assert_same_words("charts", &read.words(), &words(&document, Drawn::Labels).concat());
    assert_eq!(read.overlaps(), []);
    assert_eq!(read.beyond_the_edge(), []);
    let figures = read.tags_of("Figure");
    let alts: Vec<&str> = figures.iter().filter_map(|figure| figure.alt.as_deref()).collect();
    let expected: Vec<&str> = drawings(&document.blocks).iter().map(|d| d.alt.as_str()).collect();
    assert_eq!(alts, expected);
    let options = ValidationOptions::default().profile(ValidationProfile::PdfUa1);
    let report = validate_pdf_bytes(&pdf, &options).unwrap();
    let failures: Vec<_> = report.failures.iter().map(|f| &f.message).collect();
    assert!(report.is_compliant, "{failures:?}");
}

#[test]
fn word_shows_each_drawing_as_a_picture_with_its_words_beside() {
    let document = every_kind();
    let theme = standard_theme().unwrap();
    let kinds: Vec<_> = drawings(&document.blocks).iter().map(|d| &d.drawing).collect();
    let pictures = drawing_pngs(&kinds, &theme, 1.0).unwrap();
    assert_eq!(pictures.len(), kinds.len());
    for picture in &pictures {
        assert_eq!(&picture.png[1..4], b"PNG");
        assert!(picture.width <= (210.0 - 2.0 * 22.0) / 25.4 * 72.0 + 0.01);
    }
    let extras = Extras { drawings: pictures, ..Extras::default() };
    let file = docx(&document, &theme.tokens, &extras).unwrap();
    let alts = crate::docx::pictures_of(&file);
    let expected: Vec<&str> = drawings(&document.blocks).iter().map(|d| d.alt.as_str()).collect();
    assert_eq!(alts, expected);
}

#[test]
fn a_chart_has_a_small_picture() {
    let document = every_kind();
    let kinds: Vec<_> = drawings(&document.blocks).iter().map(|d| &d.drawing).collect();
    let pictures = drawing_pngs(&kinds, &standard_theme().unwrap(), 2.5).unwrap();
    let bytes: usize = pictures.iter().map(|picture| picture.png.len()).sum();
    assert!(bytes / pictures.len() < 60_000, "{} bytes each", bytes / pictures.len());
}

#[test]
fn a_theme_that_draws_two_drawings_on_one_page_is_a_finding() {
    let mut files = crate::pdf::theme::standard_files();
    let entry = files.get_mut("drawing.typ").unwrap();
    let text = String::from_utf8(entry.bytes.to_vec()).unwrap().replace("pagebreak()", "[]");
    entry.bytes = text.as_bytes().into();
    let document = every_kind();
    let kinds: Vec<_> = drawings(&document.blocks).iter().map(|d| &d.drawing).collect();
    let findings = drawing_pngs(&kinds, &crate::pdf::theme::theme_of(files), 1.0).unwrap_err();
    assert!(findings[0].message.contains("page of its own"), "{}", findings[0].message);
}

#[test]
#[ignore = "a desk, not a test"]
fn look_at_every_kind() {
    let dir = std::path::PathBuf::from(
        std::env::var_os("ANNEXE_LOOK").expect("ANNEXE_LOOK names a folder"),
    );
    let document = every_kind();
    let theme = crate::pdf::theme::theme_of(crate::pdf::theme::standard_files());
    std::fs::write(dir.join("charts.pdf"), layout(&document, &theme).unwrap().pdf().unwrap())
        .unwrap();
    let kinds: Vec<_> = drawings(&document.blocks).iter().map(|d| &d.drawing).collect();
    let start = std::time::Instant::now();
    let pictures = drawing_pngs(&kinds, &theme, 2.5).unwrap();
    println!("{} pictures in {:?}", pictures.len(), start.elapsed());
    for (n, picture) in pictures.iter().enumerate() {
        std::fs::write(dir.join(format!("chart-{n}.png")), &picture.png).unwrap();
    }
}
