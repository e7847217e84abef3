//! Words that look like markup, scripts or addresses of scripts stay words.

use annexe::document::*;
use annexe::write::html::{Extras, Policy, html};

use super::{all, opened, page_of, tokens};
use crate::support::sample::meta;

const ROUGH: &str =
    "</script><script>alert(1)</script><img src=x onerror=alert(2)> & \" ' \u{202e}back";

fn document_of(blocks: Vec<Block>) -> Document {
    Document { meta: meta(), blocks, assets: Default::default() }
}

fn words() -> Vec<Inline> {
    vec![Inline::text(ROUGH)]
}

#[test]
fn markup_in_names_cells_and_titles_comes_out_as_text() {
    let status =
        Status { colour: ROUGH.into(), letter: "&".into(), word: ROUGH.into(), picture: None };
    let figure = Figure {
        text: ROUGH.into(),
        path: ROUGH.into(),
        unit: Some(ROUGH.into()),
        at: Some(ROUGH.into()),
        source: Some(ROUGH.into()),
        ..Figure::default()
    };
    let heading = Heading {
        level: 1,
        number: Some(ROUGH.into()),
        content: words(),
        anchor: ROUGH.into(),
        covers: Vec::new(),
    };
    let table = Table {
        role: ROUGH.into(),
        columns: vec![Column { share: 1.0, align: Align::Start }],
        head: vec![Row {
            role: RowRole::Head,
            cells: vec![Cell::column_head(ROUGH)],
            keep_with_next: false,
        }],
        body: vec![Row::body(vec![Cell { status: Some(status.clone()), ..Cell::text(ROUGH) }])],
        caption: Some(words()),
        summary: ROUGH.into(),
        anchor: Some(format!("{ROUGH} table")),
    };
    let paragraph = vec![
        Inline::Link { to: Target::Anchor(ROUGH.into()), content: words() },
        Inline::Link {
            to: Target::Address(format!("https://example.org/{ROUGH}")),
            content: words(),
        },
        Inline::Status(status),
        Inline::Figure(Box::new(figure)),
        Inline::Footnote { content: words() },
    ];
    let quote = Quote {
        blocks: vec![Block::paragraph(ROUGH)],
        by: Some(ROUGH.into()),
        class: Some(ROUGH.into()),
    };
    let mut document = document_of(vec![
        Block::new(BlockKind::Heading(heading)),
        Block::new(BlockKind::Paragraph(Paragraph::body(paragraph))),
        Block::new(BlockKind::Table(table)),
        Block::new(BlockKind::Quote(quote)),
    ]);
    let meta = &mut document.meta;
    for field in
        [&mut meta.title, &mut meta.subject, &mut meta.author, &mut meta.area, &mut meta.language]
    {
        *field = ROUGH.to_owned();
    }
    let page = page_of(&document);
    let xml = opened(&page);
    // One script, and that is data.
    let scripts: Vec<_> = all(&xml, "script").map(|script| script.attribute("type")).collect();
    assert_eq!(scripts, [Some("application/ld+json")]);
    assert_eq!(all(&xml, "img").count(), 0);
    assert!(!page.contains('\u{202e}'));
    let text: String =
        all(&xml, "td").next().unwrap().descendants().filter_map(|n| n.text()).collect();
    assert!(text.contains("<img src=x onerror=alert(2)>"), "{text}");
    for node in xml.root().descendants() {
        for attribute in node.attributes() {
            assert!(!attribute.name().starts_with("on"), "{}", attribute.name());
        }
    }
}

#[test]
fn a_link_that_would_run_something_is_told() {
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        " javascript:x",
        "data:text/html,x",
        "//x",
        "vbscript:x",
    ] {
        let link = Inline::Link { to: Target::Address(address.into()), content: words() };
        let document =
            document_of(vec![Block::new(BlockKind::Paragraph(Paragraph::body(vec![link])))]);
        let found = html(&document, &tokens(), &Extras::default()).unwrap_err();
        assert_eq!(found.len(), 1, "{address}");
        assert_eq!(found[0].rule.code, "write/unshown");
    }
}

#[test]
fn the_policy_lets_in_the_style_sheet_and_nothing_else() {
    let page = page_of(&document_of(vec![Block::paragraph("Text")]));
    let policy = Policy::new(super::styles_of(&page), None);
    assert!(policy.as_str().starts_with("default-src 'none'"));
    assert!(policy.as_str().contains("script-src 'none'"));
    assert!(!policy.as_str().contains("unsafe"));
    let xml = opened(&page);
    let said = all(&xml, "meta")
        .find(|meta| meta.attribute("http-equiv") == Some("Content-Security-Policy"))
        .and_then(|meta| meta.attribute("content"));
    assert_eq!(said, Some(policy.as_str()));
}
