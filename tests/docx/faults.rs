//! What cannot be shown is reported, never left out.

use annexe::diag::{Finding, Place};
use annexe::document::*;
use annexe::source::{Sources, Span};
use annexe::write::docx::{Extras, docx};

use super::{document_of, sample};

/// The notes of the findings that a document of `kind` gives; each must name the line.
fn faults(kind: BlockKind) -> Vec<String> {
    let mut sources = Sources::default();
    let span = Span::new(sources.add("a.md", "here"), 0..4);
    let document = document_of(vec![Block::at(kind, span)]);
    let findings: Vec<Finding> =
        docx(&document, &sample::tokens(), &Extras::default()).expect_err("a finding");
    findings
        .into_iter()
        .map(|finding| {
            assert_eq!(finding.rule.code, "write/unshown");
            assert_eq!(finding.place, Place::Span(span));
            assert_eq!(finding.documents, ["sample"]);
            finding.notes.concat()
        })
        .collect()
}

fn image(asset: &str) -> Image {
    Image { asset: asset.into(), alt: Some("A picture".into()), caption: None }
}

#[test]
fn an_image_that_was_not_read_is_a_finding() {
    assert_eq!(faults(BlockKind::Image(image("gone"))), ["gone"]);
}

#[test]
fn a_drawing_without_its_picture_is_a_finding() {
    let drawing =
        DrawingKind::Organisation(Organisation { tiers: vec![], links: vec![], key: vec![] });
    let kind = BlockKind::Drawing(Drawing {
        drawing,
        alt: "The board".into(),
        title: None,
        caption: None,
        anchor: None,
        figures: Vec::new(),
    });
    assert_eq!(faults(kind), ["The board"]);
}

#[test]
fn a_colour_that_the_theme_does_not_have_is_a_finding() {
    let status =
        Status { colour: "mauve".into(), letter: "M".into(), word: "Mauve".into(), picture: None };
    let kind = BlockKind::Paragraph(Paragraph::body(vec![Inline::Status(status)]));
    assert_eq!(faults(kind), ["theme.toml has no [rag] colour \"mauve\""]);
}

#[test]
fn a_link_to_nothing_is_a_finding() {
    let link =
        Inline::Link { to: Target::Anchor("nowhere".into()), content: vec![Inline::text("x")] };
    let kind = BlockKind::Paragraph(Paragraph::body(vec![link]));
    assert_eq!(faults(kind), ["nothing is called nowhere"]);
}

#[test]
fn a_damaged_svg_is_a_finding() {
    let mut document = document_of(vec![Block::new(BlockKind::Image(image("bad")))]);
    let bytes: std::sync::Arc<[u8]> = std::sync::Arc::from(&b"<svg"[..]);
    let asset = Asset { format: ImageFormat::Svg, bytes, width: 10.0, height: 10.0 };
    document.assets.insert("bad".into(), asset);
    let findings = docx(&document, &sample::tokens(), &Extras::default()).expect_err("a finding");
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].rule.code, "write/unshown");
}
