//! This project's own documents: every one, in every edition, against its golden text and its files.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use annexe::assemble::{Options, assemble};
use annexe::diag::Severity;
use annexe::document::{Document, Drawn, words};
use annexe::project::Project;
use annexe::write::pdf::{Layout, layout, standard_theme};
use annexe::write::text::text;
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

use crate::support::pdf_text::Pdf;
use crate::support::{assert_golden, assert_same_words};

pub struct Made {
    name: String,
    pub document: Document,
    layout: Layout,
    pdf: Vec<u8>,
}

pub fn project() -> &'static Project {
    static PROJECT: OnceLock<Project> = OnceLock::new();
    PROJECT.get_or_init(|| {
        let (project, findings) = annexe::load::load(Path::new(env!("CARGO_MANIFEST_DIR")));
        let faults: Vec<_> = findings.iter().map(|f| &f.message).collect();
        assert!(faults.is_empty(), "{faults:#?}");
        project.expect("a project")
    })
}

/// The copies of a document that are tested: the whole, and one for a single objective.
fn copies(document: &str) -> Vec<(&'static str, BTreeMap<String, String>)> {
    let given = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let mut copies = vec![("", given(&[]))];
    if document == "highlight-report" {
        copies.push((".gbr", given(&[("objective", "GBR"), ("since", "2021-11-30")])));
    }
    copies
}

/// Every document in every edition, made once for all tests.
pub fn made() -> &'static [Made] {
    static MADE: OnceLock<Vec<Made>> = OnceLock::new();
    MADE.get_or_init(|| {
        let project = project();
        let theme = standard_theme().unwrap();
        let mut out = Vec::new();
        for template in project.templates.values() {
            for edition in &template.editions {
                let tokens = project.edition(edition).unwrap().theme.tokens.clone();
                let theme = theme.with_tokens(tokens).unwrap();
                for (copy, parameters) in copies(&template.name) {
                    let options = Options {
                        edition: edition.clone(),
                        as_at: project.day_of(template, None),
                        parameters,
                    };
                    let assembly = assemble(project, template, &options);
                    // What rests on a day that was not recorded is told, and stops nothing.
                    let faults: Vec<_> = assembly
                        .findings
                        .iter()
                        .filter(|finding| finding.severity > Severity::Info)
                        .map(|finding| &finding.message)
                        .collect();
                    assert!(faults.is_empty(), "{}: {faults:#?}", template.name);
                    let layout = layout(&assembly.document, &theme).unwrap();
                    let pdf = layout.pdf().unwrap();
                    let name = format!("{}.{edition}{copy}", template.name);
                    out.push(Made { name, document: assembly.document, layout, pdf });
                }
            }
        }
        out
    })
}

#[test]
fn each_document_says_what_its_golden_says() {
    assert!(made().len() >= 3);
    for made in made() {
        assert_golden(&format!("{}.txt", made.name), &text(&made.document));
    }
}

#[test]
fn each_pdf_says_what_its_document_says() {
    for made in made() {
        let read = Pdf::read(&made.pdf).words();
        assert_same_words(&made.name, &read, &words(&made.document, Drawn::Labels).concat());
    }
}

/// Bytes of all texts below `value`.
fn letters(value: &serde_json::Value) -> u64 {
    match value {
        serde_json::Value::Object(map) => {
            let own = map.get("text").and_then(|text| text.as_str()).map_or(0, str::len);
            own as u64 + map.values().map(letters).sum::<u64>()
        }
        serde_json::Value::Array(list) => list.iter().map(letters).sum(),
        _ => 0,
    }
}

fn each_cell(value: &serde_json::Value, visit: &mut impl FnMut(&serde_json::Value)) {
    match value {
        serde_json::Value::Object(map) => {
            if map.contains_key("colspan") {
                visit(value);
            }
            map.values().for_each(|value| each_cell(value, visit));
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| each_cell(value, visit)),
        _ => {}
    }
}

#[test]
fn themes_are_told_how_long_the_words_of_each_cell_are() {
    let mut cells = 0;
    for made in made() {
        each_cell(&serde_json::to_value(&made.document).unwrap(), &mut |cell| {
            let blocks = cell["blocks"].as_array().unwrap();
            let counted: Vec<u64> = blocks.iter().map(letters).collect();
            assert_eq!(serde_json::json!(counted), cell["lengths"], "{}: {cell}", made.name);
            cells += 1;
        });
    }
    assert!(cells > 1_000, "{cells}");
}

#[test]
fn estimated_pages_are_near_those_that_are_laid_out() {
    for made in made() {
        let pages = made.layout.pages() as f64;
        let tokens = &project().edition(&made.document.meta.edition).unwrap().theme.tokens;
        let estimated = annexe::write::docx::estimated_pages(&made.document, tokens);
        let real = made.layout.heading_pages();
        assert!(real.keys().all(|anchor| estimated.contains_key(anchor)), "{}", made.name);
        let far = real.iter().map(|(anchor, page)| {
            (estimated[anchor].parse::<f64>().unwrap() - *page as f64).abs() / pages
        });
        let far: Vec<f64> = far.collect();
        let mean = far.iter().sum::<f64>() / far.len().max(1) as f64;
        println!("{}: {pages} pages, mean {mean:.2}", made.name);
        assert!(mean < 0.2, "{}: off by {:.0}% of {pages} pages", made.name, mean * 100.0);
    }
}

#[test]
fn each_pdf_passes_pdf_ua_1() {
    for made in made() {
        let options = ValidationOptions::default().profile(ValidationProfile::PdfUa1);
        let report = validate_pdf_bytes(&made.pdf, &options).unwrap();
        let failures: Vec<_> =
            report.failures.iter().map(|f| format!("{}: {}", f.rule_id, f.message)).collect();
        assert!(report.is_compliant && failures.is_empty(), "{}: {failures:#?}", made.name);
    }
}

#[test]
fn in_no_pdf_do_words_lie_over_others_or_over_the_edge() {
    for made in made() {
        let pdf = Pdf::read(&made.pdf);
        assert_eq!(pdf.overlaps(), [], "{}", made.name);
        assert_eq!(pdf.beyond_the_edge(), [], "{}", made.name);
        assert!(made.layout.pages() > 1);
    }
}

#[test]
fn every_header_cell_of_each_pdf_has_a_scope() {
    for made in made() {
        for head in Pdf::read(&made.pdf).tags_of("TH") {
            assert!(head.scope.is_some(), "{}: {:?} has no scope", made.name, head.text);
        }
    }
}
