//! Pages, sections, contents, lists: what makes the file one that people can go on editing.

use annexe::document::*;
use roxmltree::Node;

use super::opened::{Opened, all, attribute, child, children, is, val};
use super::{document_of, file_of, sample, sample_opened};

fn opened_of(blocks: Vec<Block>) -> Opened {
    Opened::new(&file_of(&document_of(blocks)))
}

fn text(node: Node) -> String {
    all(node, "t").filter_map(|t| t.text()).collect()
}

#[test]
fn the_cover_has_no_running_head_and_wide_tables_lie_on_landscape_pages() {
    let opened = sample_opened();
    let document = opened.document();
    let sections: Vec<Node> = all(document.root(), "sectPr").collect();
    let shape: Vec<(Option<&str>, usize)> = sections
        .iter()
        .map(|section| {
            let size = child(*section, "pgSz").unwrap();
            (attribute(size, "orient"), children(*section, "headerReference").count())
        })
        .collect();
    // Where parts have openers, each part is a section, for its name in the running head.
    assert_eq!(
        shape,
        [(None, 0), (None, 1), (None, 1), (None, 1), (Some("landscape"), 1), (None, 1)]
    );
    let size = child(sections[4], "pgSz").unwrap();
    assert_eq!((attribute(size, "w"), attribute(size, "h")), (Some("16838"), Some("11906")));
    // The last section's properties end the body.
    let body = all(document.root(), "body").next().unwrap();
    assert!(is(body.children().rfind(|n| n.is_element()).unwrap(), "sectPr"));
}

#[test]
fn the_contents_are_a_field_filled_with_the_headings_and_their_pages() {
    let opened = sample_opened();
    let document = opened.document();
    let control = all(document.root(), "sdt").next().expect("a content control");
    let gallery = all(control, "docPartGallery").next().unwrap();
    assert_eq!(attribute(gallery, "val"), Some("Table of Contents"));
    let instruction: String =
        all(control, "instrText").next().and_then(|n| n.text()).unwrap().trim().to_owned();
    assert_eq!(instruction, r#"TOC \o "1-3" \h \z \u"#);
    let entries: Vec<(String, String)> = all(control, "p")
        .skip(1)
        .map(|p| (val(p, "pPr", "pStyle").unwrap().to_owned(), text(p)))
        .collect();
    let entry = |style: &str, text: &str| (style.to_owned(), text.to_owned());
    assert_eq!(
        entries,
        [
            entry("TOC1", "1Governance and accountability1"),
            entry("TOC2", "1.1Who decides3"),
            entry("TOC3", "1.1.1How they meet4"),
            entry("TOC2", "1.2Boxes8"),
            entry("TOC2", "1.3The right help30"),
            entry("TOC2", "2Scorecard2"),
            entry("TOC1", "3Afterwards9"),
        ]
    );
    let marks = |kind: &str| {
        let marks = all(control, "fldChar");
        marks.filter(|mark| attribute(*mark, "fldCharType") == Some(kind)).count()
    };
    assert_eq!(marks("begin"), 8);
    assert_eq!((marks("separate"), marks("end")), (8, 8));
}

#[test]
fn a_contents_list_without_headings_is_still_a_whole_field() {
    let opened = opened_of(vec![
        Block::new(BlockKind::Contents(Contents {
            title: "Contents".into(),
            depth: 0,
            pictures: std::collections::BTreeMap::new(),
        })),
        Block::paragraph("No headings here."),
    ]);
    let document = opened.document();
    let kinds: Vec<&str> =
        all(document.root(), "fldChar").map(|m| attribute(m, "fldCharType").unwrap()).collect();
    assert_eq!(kinds, ["begin", "separate", "end"]);
}

#[test]
fn a_page_break_starts_the_next_paragraph_on_a_new_page_even_before_a_table() {
    let page_break = || Block::new(BlockKind::PageBreak);
    let opened = opened_of(vec![
        Block::paragraph("One"),
        page_break(),
        page_break(),
        Block::paragraph("Two"),
        page_break(),
        Block::new(BlockKind::Table(sample::scorecard())),
        page_break(),
    ]);
    let document = opened.document();
    let body = all(document.root(), "body").next().unwrap();
    let breaks: Vec<String> = all(body, "p")
        .filter(|p| child(*p, "pPr").is_some_and(|p| child(p, "pageBreakBefore").is_some()))
        .map(text)
        .collect();
    assert_eq!(breaks, ["Two", ""]);
}

#[test]
fn each_numbered_list_starts_at_its_own_number() {
    let items = || vec![vec![Block::paragraph("a")], vec![Block::paragraph("b")]];
    let opened = opened_of(vec![
        sample::list(Some(1), items()),
        sample::list(Some(7), items()),
        sample::list(None, items()),
        sample::list(None, items()),
    ]);
    let document = opened.document();
    let used: Vec<&str> =
        all(document.root(), "numId").map(|id| attribute(id, "val").unwrap()).collect();
    assert_eq!(used, ["5", "5", "6", "6", "1", "1", "1", "1"]);
    let numbering = opened.xml("word/numbering.xml");
    let starts: Vec<&str> = all(numbering.root(), "startOverride")
        .map(|start| attribute(start, "val").unwrap())
        .collect();
    assert_eq!(starts, ["1", "7"]);
}

#[test]
fn a_list_deeper_than_word_has_levels_keeps_its_words() {
    let mut block = Block::paragraph("the deepest");
    for _ in 0..30 {
        block = sample::list(None, vec![vec![Block::paragraph("level"), block]]);
    }
    let opened = opened_of(vec![block]);
    let document = opened.document();
    assert_eq!(all(document.root(), "t").count(), 31);
    for level in all(document.root(), "ilvl") {
        assert!(attribute(level, "val").unwrap().parse::<u8>().unwrap() < 9);
    }
}

#[test]
fn strong_words_in_a_bold_paragraph_do_not_turn_plain() {
    let strong = || vec![Inline::strong("strong")];
    let heading = Block::new(BlockKind::Heading(Heading {
        level: 1,
        number: None,
        content: strong(),
        anchor: "h1".into(),
        covers: Vec::new(),
    }));
    let opened = opened_of(vec![heading, sample::paragraph(ParagraphRole::Body, strong())]);
    let document = opened.document();
    let styles: Vec<Option<&str>> =
        all(document.root(), "r").map(|run| val(run, "rPr", "rStyle")).collect();
    // Bold in a paragraph style and again in a character style is not bold in Word.
    assert_eq!(styles, [None, Some("Strong")]);
}

#[test]
fn running_text_on_landscape_pages_keeps_a_readable_measure() {
    let opened = sample_opened();
    let document = opened.document();
    let paragraph =
        all(document.root(), "p").find(|p| text(*p) == "Every measure, period by period.").unwrap();
    assert_eq!(val(paragraph, "pPr", "pStyle"), Some("BodyTextLandscape"));
    let styles = opened.xml("word/styles.xml");
    let style = all(styles.root(), "style")
        .find(|style| attribute(*style, "styleId") == Some("BodyTextLandscape"))
        .unwrap();
    let indent = child(child(style, "pPr").unwrap(), "ind").unwrap();
    assert!(attribute(indent, "right").unwrap().parse::<i32>().unwrap() > 5000);
}

#[test]
fn a_paragraph_that_leads_into_a_table_stays_with_it() {
    let opened = opened_of(vec![
        Block::paragraph("alone"),
        Block::paragraph("leading"),
        Block::new(BlockKind::Table(Table { caption: None, ..sample::scorecard() })),
    ]);
    let document = opened.document();
    let body = all(document.root(), "body").next().unwrap();
    let kept: Vec<String> = children(body, "p")
        .filter(|p| child(*p, "pPr").is_some_and(|p| child(p, "keepNext").is_some()))
        .map(text)
        .collect();
    assert_eq!(kept, ["leading"]);
}

#[test]
fn a_document_with_nothing_in_it_is_still_a_file() {
    let opened = opened_of(Vec::new());
    assert_eq!(all(opened.document().root(), "sectPr").count(), 1);
}
