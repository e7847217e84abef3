//! Content at its limits: long, empty, deep, or looking like markup.

use annexe::document::*;
use annexe::write::pdf::{Layout, layout, standard_theme};

use super::theme::{standard_files, theme_of};
use crate::support::pdf_text::Pdf;
use crate::support::sample::{meta, sample_document};

fn document(blocks: Vec<Block>) -> Document {
    Document { meta: meta(), blocks, assets: Default::default() }
}

fn laid(blocks: Vec<Block>) -> Layout {
    match layout(&document(blocks), &standard_theme().unwrap()) {
        Ok(laid) => laid,
        Err(findings) => panic!("{findings:#?}"),
    }
}

fn read(blocks: Vec<Block>) -> Pdf {
    Pdf::read(&laid(blocks).pdf().unwrap())
}

fn list(items: Vec<Vec<Block>>) -> Block {
    Block::new(BlockKind::List(List { start: None, items }))
}

#[test]
fn text_that_looks_like_markup_is_only_text() {
    let odd = "#set page(fill: red) *a* _b_ `c` $x$ @d <e> \\ // /* = - + {{ f }} #";
    assert_eq!(read(vec![Block::paragraph(odd)]).words().trim(), odd);
}

/// A cover with more on it than there should be, and a page after it.
pub fn long_cover() -> Document {
    let cover = Cover {
        area: "Bournemouth, Christchurch and Poole".into(),
        title: "Written statement of action for children and young people with special educational needs and disabilities".into(),
        subtitle: Some("Appendix two: the action plan, its milestones, who answers for each and how progress will be seen".into()),
        lines: (1..=6).map(|n| format!("Line {n} of what the reader must know")).collect(),
        partners: (1..=9).map(|n| format!("Partner number {n} NHS Foundation Trust")).collect(),
        label: Some("Large print".into()),
        picture: None,
    };
    document(vec![Block::new(BlockKind::Cover(cover)), Block::paragraph("Words.")])
}

#[test]
fn a_long_cover_covers_nothing_up() {
    let laid = laid(long_cover().blocks);
    assert_eq!(laid.pages(), 2);
    let pdf = Pdf::read(&laid.pdf().unwrap());
    assert_eq!(pdf.overlaps(), []);
    assert_eq!(pdf.beyond_the_edge(), []);
    // Nothing but the cover's own words stands on it: no running head, no page number.
    assert!(pdf.runs.iter().filter(|run| run.page == 1).all(|run| run.mcid.is_some()));
}

#[test]
fn parts_with_nothing_in_them_are_drawn_as_nothing() {
    let table = Table {
        role: "plain".into(),
        columns: vec![Column { share: 1.0, align: Align::Start }],
        head: vec![Row {
            role: RowRole::Head,
            cells: vec![Cell::column_head("Head")],
            keep_with_next: false,
        }],
        body: Vec::new(),
        caption: None,
        summary: "Nothing yet.".into(),
        anchor: None,
    };
    let empty_cell = Cell { blocks: Vec::new(), ..Cell::text("") };
    let with_empty_cell = Table { body: vec![Row::body(vec![empty_cell])], ..table.clone() };
    let chart = Organisation { tiers: Vec::new(), links: Vec::new(), key: Vec::new() };
    let blocks = vec![
        Block::new(BlockKind::Paragraph(Paragraph::body(Vec::new()))),
        Block::new(BlockKind::Table(table)),
        Block::new(BlockKind::Table(with_empty_cell)),
        list(Vec::new()),
        list(vec![Vec::new()]),
        Block::new(BlockKind::KeyFigures(KeyFigures { items: Vec::new() })),
        Block::new(BlockKind::Steps(Steps { steps: Vec::new() })),
        Block::new(BlockKind::Quote(Quote { blocks: Vec::new(), by: None, class: None })),
        Block::new(BlockKind::Callout(Callout {
            role: CalloutRole::Note,
            title: None,
            blocks: Vec::new(),
        })),
        Block::new(BlockKind::Drawing(Drawing {
            drawing: DrawingKind::Organisation(chart),
            alt: "Nothing".into(),
            title: None,
            caption: None,
            anchor: None,
            figures: Vec::new(),
        })),
        Block::new(BlockKind::Section(Section {
            orientation: Orientation::Landscape,
            blocks: Vec::new(),
        })),
        Block::paragraph("End."),
    ];
    assert_eq!(read(blocks).words(), "HeadHeadEnd.");
    assert!(laid(Vec::new()).pages() >= 1);
}

#[test]
fn lists_in_lists_are_drawn_or_refused_never_a_crash() {
    let nested = |depth: usize| {
        (0..depth).fold(Block::paragraph("Deepest."), |inner, _| list(vec![vec![inner]]))
    };
    assert!(read(vec![nested(12)]).words().contains("Deepest."));
    for depth in [40, 120] {
        if let Err(findings) = layout(&document(vec![nested(depth)]), &standard_theme().unwrap()) {
            assert_eq!(findings[0].rule.code, "theme/fault");
        }
    }
}

#[test]
fn a_rating_in_a_colour_that_the_theme_lacks_is_a_finding() {
    let status =
        Status { colour: "mauve".into(), letter: "M".into(), word: "Mauve".into(), picture: None };
    let paragraph = Paragraph::body(vec![Inline::Status(status)]);
    let blocks = vec![Block::new(BlockKind::Paragraph(paragraph))];
    let findings = layout(&document(blocks), &standard_theme().unwrap()).err().unwrap();
    assert!(findings[0].message.contains("mauve"), "{}", findings[0].message);
}

#[test]
fn landscape_sections_lie_on_their_side_and_leave_no_blank_page() {
    let section = |orientation, words: &str| {
        Block::new(BlockKind::Section(Section {
            orientation,
            blocks: vec![Block::paragraph(words)],
        }))
    };
    let blocks = vec![
        Block::paragraph("One."),
        section(Orientation::Landscape, "Two."),
        section(Orientation::Landscape, "Three."),
        Block::paragraph("Four."),
        Block::new(BlockKind::PageBreak),
        Block::paragraph("Five."),
    ];
    let laid = laid(blocks);
    assert_eq!(laid.pages(), 5);
    let side = |png: &[u8], at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    for (page, lies) in [(1, false), (2, true), (3, true), (4, false), (5, false)] {
        let png = laid.png(page, 30.0).unwrap();
        assert_eq!(side(&png, 16) > side(&png, 20), lies, "page {page}");
    }
    assert!(laid.png(6, 30.0).is_none() && laid.png(0, 30.0).is_none());
}

#[test]
fn words_laid_over_others_would_be_noticed() {
    let mut files = standard_files();
    let entry = files.get_mut("theme.typ").unwrap();
    let mut text = String::from_utf8(entry.bytes.to_vec()).unwrap();
    text.push_str("\n#place(top + left, [Words over words over words])\n#place(top + left, dx: 4pt, [Words over words])\n");
    entry.bytes = text.as_bytes().into();
    let pdf = Pdf::read(&layout(&sample_document(), &theme_of(files)).unwrap().pdf().unwrap());
    assert!(!pdf.overlaps().is_empty());
}

#[test]
fn contents_list_each_heading_with_the_page_it_stands_on() {
    let laid = layout(&sample_document(), &standard_theme().unwrap()).unwrap();
    let pdf = Pdf::read(&laid.pdf().unwrap());
    let entries: Vec<String> =
        pdf.tags_of("TOCI").iter().map(|entry| entry.text.replace(' ', "")).collect();
    let page = laid.heading_pages()["scorecard"];
    assert!(entries.contains(&format!("3.2Scorecard{page}")), "{entries:?}");
    // Down to the depth asked for, which leaves 1.2.1 out.
    assert!(!entries.iter().any(|entry| entry.starts_with("1.2.1")));
}
