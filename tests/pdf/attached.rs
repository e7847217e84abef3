//! Data inside a PDF: the files are there as they were given, and the page is as without them.

use annexe::write::pdf::{Attachment, Relationship, layout, layout_with, standard_theme};
use lopdf::{Document, Object};

use crate::support::pdf_text::Pdf;
use crate::support::sample::sample_document;

fn attachments() -> Vec<Attachment> {
    let file = |name: &str, text: &str, relationship| Attachment {
        name: name.to_owned(),
        kind: "text/csv",
        description: format!("What {name} holds"),
        relationship,
        bytes: text.as_bytes().to_vec(),
    };
    vec![
        file("figures.csv", "figure,value\nOn time,55%\n", Relationship::Supplement),
        file("data-waits.csv", "area,weeks\nRiverside,14\n", Relationship::Data),
    ]
}

fn written() -> Vec<u8> {
    let theme = standard_theme().unwrap();
    layout_with(&sample_document(), &theme, &attachments()).unwrap().pdf().unwrap()
}

#[test]
fn each_file_is_in_the_pdf_as_it_was_given() {
    let pdf = Document::load_mem(&written()).unwrap();
    let mut found = Vec::new();
    for object in pdf.objects.values() {
        let Ok(spec) = object.as_dict() else { continue };
        let Ok(embedded) = spec.get(b"EF").and_then(Object::as_dict) else { continue };
        let stream = embedded.get(b"F").and_then(Object::as_reference).unwrap();
        let stream = pdf.get_object(stream).and_then(Object::as_stream).unwrap();
        let text = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
        let relationship = spec.get(b"AFRelationship").and_then(Object::as_name).unwrap();
        found.push((
            String::from_utf8(text).unwrap(),
            String::from_utf8(relationship.to_vec()).unwrap(),
        ));
    }
    found.sort();
    let expected = [
        ("area,weeks\nRiverside,14\n".to_owned(), "Data".to_owned()),
        ("figure,value\nOn time,55%\n".to_owned(), "Supplement".to_owned()),
    ];
    assert_eq!(found, expected);
}

#[test]
fn it_claims_to_be_for_archives_with_files_and_says_the_same_words() {
    let with = written();
    let metadata = String::from_utf8_lossy(&with).into_owned();
    assert!(metadata.contains("<pdfaid:part>3</pdfaid:part>"));
    assert!(metadata.contains("<pdfaid:conformance>A</pdfaid:conformance>"));
    let without = layout(&sample_document(), &standard_theme().unwrap()).unwrap().pdf().unwrap();
    assert_eq!(Pdf::read(&with).words(), Pdf::read(&without).words());
    assert!(with == written(), "a second one differs");
}
