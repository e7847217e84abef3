//! The files of each edition: type sizes, pictures, PDF/UA, rows in Word.

use annexe::document::{Drawn, words};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

use super::{BUILT_IN, Starter};
use crate::docx::opened::{Opened, all};
use crate::docx::{pictures_of, text_of_file};
use crate::support::assert_same_words;
use crate::support::pdf_text::Pdf;

#[test]
fn every_edition_builds_in_both_formats_and_says_the_same_in_both() {
    let starter = Starter::whole();
    let (told, code) = starter.build(&[]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("8 files, 0 errors, 0 warnings"), "{told}");
    for edition in BUILT_IN {
        let document = starter.assembled(edition).document;
        let pdf = starter.built(edition, "pdf");
        let read = Pdf::read(&pdf);
        let written = words(&document, Drawn::Labels).concat();
        assert_same_words(edition, &read.words(), &written);
        let word = text_of_file(&starter.built(edition, "docx"));
        assert_same_words(edition, &word, &words(&document, Drawn::Omitted).concat());
        assert_eq!(read.overlaps(), [], "{edition}");
        assert_eq!(read.beyond_the_edge(), [], "{edition}");
        let options = ValidationOptions::default().profile(ValidationProfile::PdfUa1);
        let report = validate_pdf_bytes(&pdf, &options).unwrap();
        let failures: Vec<_> = report.failures.iter().map(|f| f.message.clone()).collect();
        assert!(report.is_compliant && failures.is_empty(), "{edition}: {failures:#?}");
    }
}

#[test]
fn no_letter_of_easy_read_is_smaller_than_16_points_nor_of_large_print_than_18_but_ratings() {
    let starter = Starter::whole();
    starter.build(&["--format", "pdf"]);
    for (edition, least) in [("easy-read", 16.0), ("large-print", 18.0)] {
        let pdf = Pdf::read(&starter.built(edition, "pdf"));
        let inked = pdf.runs.iter().filter(|run| !run.text.trim().is_empty());
        // The letter in a chip is nine tenths of the word beside it.
        let small: Vec<_> = inked
            .filter(|run| run.size < least - 0.01 && run.text.trim().chars().count() > 1)
            .map(|run| (run.page, run.text.clone(), run.size))
            .collect();
        assert_eq!(small, [], "{edition}");
    }
}

#[test]
fn each_row_of_easy_read_has_one_picture_that_says_what_it_shows() {
    let starter = Starter::new(&["full", "easy-read"]);
    starter.build(&["--edition", "easy-read"]);
    let pdf = Pdf::read(&starter.built("easy-read", "pdf"));
    let figures = pdf.tags_of("Figure");
    assert_eq!(figures.len(), 11);
    assert!(figures.iter().all(|figure| figure.alt.as_ref().is_some_and(|alt| alt.len() > 5)));

    let opened = Opened::new(&starter.built("easy-read", "docx"));
    let document = opened.document();
    let tables: Vec<_> = all(document.root(), "tbl")
        .filter(|table| {
            all(*table, "tblStyle").next().and_then(|style| style.attribute(W_VAL))
                == Some("AnnexePictureRow")
        })
        .filter(|table| all(*table, "gridCol").count() == 2)
        .collect();
    // Rows that follow each other are one table: one for each of the three sections.
    assert_eq!(tables.len(), 3);
    let rows: Vec<_> = tables.iter().flat_map(|table| all(*table, "tr")).collect();
    assert_eq!(rows.len(), 11);
    for row in rows {
        assert_eq!(all(row, "tc").count(), 2);
        assert_eq!(all(row, "cantSplit").count(), 1);
        let shown: Vec<_> = all(row, "docPr").collect();
        assert_eq!(shown.len(), 1);
        assert!(shown[0].attribute("descr").is_some_and(|alt| alt.len() > 5));
    }
}

#[test]
fn a_picture_that_is_shown_often_is_in_the_word_file_once() {
    let starter = Starter::new(&["full", "easy-read"]);
    starter.build(&["--edition", "easy-read", "--format", "docx"]);
    let bytes = starter.built("easy-read", "docx");
    // Two actions are a little late: one picture in two places.
    let late = "A face that is neither happy nor sad";
    let shown = pictures_of(&bytes);
    assert_eq!(shown.iter().filter(|alt| alt.as_str() == late).count(), 2, "{shown:?}");
    let parts = Opened::new(&bytes).order;
    let drawn =
        parts.iter().filter(|name| name.starts_with("word/media/") && name.ends_with(".svg"));
    let mut different = shown.clone();
    different.sort();
    different.dedup();
    // Pictures of the contents and the cover are among those of the rows, and decorate there.
    different.retain(|alt| !alt.is_empty());
    assert_eq!(drawn.count(), different.len());
}

#[test]
fn wide_tables_of_large_print_go_row_by_row_on_upright_pages() {
    let starter = Starter::whole();
    let document = starter.assembled("large-print").document;
    let mut widest = 0;
    annexe::document::walk(&document.blocks, &mut |block| match &block.kind {
        annexe::document::BlockKind::Table(table) => widest = widest.max(table.columns.len()),
        annexe::document::BlockKind::Section(section) => {
            assert_eq!(section.orientation, annexe::document::Orientation::Portrait);
        }
        _ => {}
    });
    assert_eq!(widest, 3);
}

#[test]
fn headings_take_their_space_from_the_edition_in_both_formats() {
    let starter = Starter::new(&["easy-read"]);
    let pages_and_space = || {
        starter.build(&[]);
        let opened = Opened::new(&starter.built("easy-read", "docx"));
        let styles = opened.text("word/styles.xml");
        let (_, heading) = styles.split_once("w:styleId=\"Heading2\"").unwrap();
        let (_, before) = heading.split_once("w:before=\"").unwrap();
        let before: i32 = before.split_once('"').unwrap().0.parse().unwrap();
        let pdf = Pdf::read(&starter.built("easy-read", "pdf"));
        (pdf.runs.iter().map(|run| run.page).max(), before)
    };
    let (few, narrow) = pages_and_space();
    starter.write("templates/editions/easy-read.toml", "[theme.text]\nheading-gap = 3\n");
    let (many, wide) = pages_and_space();
    // 3 instead of 0.4.
    assert!((wide * 4 - narrow * 30).abs() <= 30, "{narrow} {wide}");
    assert!(many >= few, "{few:?} {many:?}");
}

/// The attribute `w:val`.
const W_VAL: (&str, &str) = ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "val");
