//! Every word of the Document stands in the Word file, once, in order.

use std::collections::BTreeMap;

use annexe::document::*;
use roxmltree::Node;

use super::opened::{Opened, W, all, attribute, is, val};
use super::sample::{self, ROUGH};
use super::{document_of, file_of, sample_opened};
use crate::documents;
use crate::support::assert_same_words;
use crate::support::sample::sample_document;

/// The text of the file, without white space; footnotes follow the paragraph they belong to,
/// contents entries are left out.
pub fn text_of(opened: &Opened) -> String {
    let notes = opened.xml("word/footnotes.xml");
    let notes: BTreeMap<&str, Node> = all(notes.root(), "footnote")
        .map(|note| (attribute(note, "id").expect("an id"), note))
        .collect();
    let document = opened.document();
    let mut out = String::new();
    for paragraph in all(document.root(), "p") {
        let style = val(paragraph, "pPr", "pStyle").unwrap_or_default();
        if style.starts_with("TOC") && style.len() == 4 || style == "ContentsEntry" {
            continue;
        }
        let mut later = Vec::new();
        for node in paragraph.descendants() {
            if is(node, "t") {
                out.push_str(node.text().unwrap_or_default());
            } else if is(node, "footnoteReference") {
                later.push(attribute(node, "id").expect("an id"));
            }
        }
        for id in later {
            out.extend(all(notes[id], "t").filter_map(|t| t.text()));
        }
    }
    bare(&out)
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

fn expected(document: &Document) -> String {
    bare(&words(document, Drawn::Omitted).concat())
}

#[test]
fn the_words_are_those_of_the_document() {
    let text = text_of(&sample_opened());
    assert_eq!(text, expected(&sample::document()));
    assert!(text.contains("Anoteinanote."));
}

#[test]
fn rough_words_come_through_everywhere_a_word_can_stand() {
    let words = || vec![Inline::text(ROUGH)];
    let texts = || vec![ROUGH.to_owned()];
    let block = Block::new;
    let item = || vec![Block::paragraph(ROUGH)];
    let image = || Image { asset: "dot".into(), alt: Some(ROUGH.into()), caption: Some(words()) };
    let status =
        || Status { colour: "red".into(), letter: "&".into(), word: ROUGH.into(), picture: None };
    let blocks = vec![
        block(BlockKind::Cover(Cover {
            area: ROUGH.into(),
            title: ROUGH.into(),
            subtitle: Some(ROUGH.into()),
            lines: texts(),
            partners: texts(),
            label: Some(ROUGH.into()),
            picture: None,
        })),
        block(BlockKind::Contents(Contents {
            title: ROUGH.into(),
            depth: 2,
            pictures: BTreeMap::new(),
        })),
        sample::heading(1, Some(ROUGH), ROUGH, ROUGH),
        sample::paragraph(
            ParagraphRole::Body,
            vec![
                Inline::Link { to: Target::Anchor(ROUGH.into()), content: words() },
                Inline::Link { to: Target::Address(ROUGH.into()), content: words() },
                Inline::Status(status()),
                Inline::Footnote { content: words() },
                Inline::Strong { content: vec![Inline::Emphasis { content: words() }] },
            ],
        ),
        sample::list(Some(u32::MAX), vec![item()]),
        block(BlockKind::Image(image())),
        block(BlockKind::PictureRow(PictureRow { image: image(), blocks: item() })),
        block(BlockKind::Drawing(Drawing {
            drawing: DrawingKind::Organisation(Organisation {
                tiers: vec![],
                links: vec![],
                key: vec![],
            }),
            alt: ROUGH.into(),
            title: Some(words()),
            caption: Some(words()),
            anchor: None,
            figures: Vec::new(),
        })),
        block(BlockKind::Tiles(Tiles {
            tiles: vec![Tile {
                name: words(),
                value: words(),
                quiet: false,
                at: Some(ROUGH.into()),
                change: Some(words()),
                target: Some(words()),
                status: Some(status()),
                spark: None,
            }],
            summary: ROUGH.into(),
        })),
        block(BlockKind::Callout(Callout {
            role: CalloutRole::Note,
            title: Some(words()),
            blocks: item(),
        })),
        block(BlockKind::KeyFigures(KeyFigures {
            items: vec![KeyFigure { value: words(), label: words(), note: Some(words()) }],
        })),
        block(BlockKind::Quote(Quote { blocks: item(), by: Some(ROUGH.into()), class: None })),
        block(BlockKind::Steps(Steps {
            steps: vec![Step {
                title: ROUGH.into(),
                period: ROUGH.into(),
                items: vec![words()],
                mark: Some(ROUGH.into()),
            }],
        })),
        block(BlockKind::Table(Table {
            role: ROUGH.into(),
            columns: vec![Column { share: 1.0, align: Align::Start }],
            head: vec![Row {
                role: RowRole::Head,
                cells: vec![Cell::column_head(ROUGH)],
                keep_with_next: false,
            }],
            body: vec![Row::body(vec![Cell { status: Some(status()), ..Cell::text(ROUGH) }])],
            caption: Some(words()),
            summary: ROUGH.into(),
            anchor: Some(format!("{ROUGH} table")),
        })),
    ];
    let mut document = document_of(blocks);
    let meta = &mut document.meta;
    for field in [
        &mut meta.title,
        &mut meta.subject,
        &mut meta.author,
        &mut meta.running_head,
        &mut meta.running_foot,
    ] {
        *field = ROUGH.to_owned();
    }
    meta.keywords = texts();
    meta.language = "en-GB\"><x".to_owned();
    let opened = Opened::new(&file_of(&document));
    for (path, part) in opened.xml_parts() {
        assert!(part.root_element().is_element(), "{path}");
    }
    assert_eq!(text_of(&opened), expected(&document));
    let described = opened.text("word/document.xml").matches("descr=\"Fish &amp; &lt;chips&gt;");
    assert_eq!(described.count(), 3);
}

#[test]
fn spaces_at_the_ends_of_words_are_kept() {
    let opened = sample_opened();
    let document = opened.document();
    let kept = all(document.root(), "t").filter(|t| t.text() == Some("Rose to ")).count();
    assert_eq!(kept, 1);
    for text in all(document.root(), "t") {
        let space = text.attribute(("http://www.w3.org/XML/1998/namespace", "space"));
        assert_eq!(space, Some("preserve"));
    }
}

#[test]
fn the_language_is_set_for_all_text() {
    let opened = sample_opened();
    let styles = opened.xml("word/styles.xml");
    let language = all(styles.root(), "lang").next().expect("a language");
    assert_eq!(language.attribute((W, "val")), Some("en-GB"));
    assert!(opened.text("docProps/core.xml").contains("<dc:language>en-GB</dc:language>"));
}

#[test]
fn the_shared_sample_and_this_projects_own_documents_keep_all_their_words() {
    let documents = documents::made().iter().map(|made| &made.document);
    let shared = sample_document();
    for document in documents.chain([&shared]) {
        let opened = Opened::new(&file_of(document));
        assert_same_words(&document.meta.name, &text_of(&opened), &expected(document));
    }
}
