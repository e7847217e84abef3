//! The PDF file: nothing lost, nothing twice, fit for a screen reader, the same each time.

use annexe::document::{
    Block, BlockKind, Cell, Cover, Document, Drawn, Form, Heading, Inline, Meta, Orientation,
    Section, words,
};
use annexe::write::pdf::{layout, standard_theme};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

use crate::support::assert_same_words;
use crate::support::pdf_text::Pdf;
use crate::support::sample::{actions_table, meta, sample_document, scorecard_table};

fn pdf_of(document: &Document) -> Vec<u8> {
    layout(document, &standard_theme().unwrap()).unwrap().pdf().unwrap()
}

#[test]
fn every_word_of_the_document_stands_in_the_pdf_once_and_in_order() {
    let document = sample_document();
    let read = Pdf::read(&pdf_of(&document)).words();
    assert_same_words("the PDF", &read, &words(&document, Drawn::Labels).concat());
}

#[test]
fn the_file_passes_pdf_ua_1() {
    let bytes = pdf_of(&sample_document());
    let options = ValidationOptions::default().profile(ValidationProfile::PdfUa1);
    let report = validate_pdf_bytes(&bytes, &options).unwrap();
    let failures: Vec<_> =
        report.failures.iter().map(|f| format!("{}: {}", f.rule_id, f.message)).collect();
    assert!(report.is_compliant && failures.is_empty(), "{failures:#?}");
    assert!(report.rules.total > 90, "only {} rules were checked", report.rules.total);
}

#[test]
fn in_a_paper_parts_follow_each_other_and_on_slides_each_heading_opens_one() {
    let heading = |level, words: &str| {
        Block::new(BlockKind::Heading(Heading {
            level,
            number: None,
            content: vec![Inline::text(words)],
            anchor: words.to_lowercase(),
            covers: Vec::new(),
        }))
    };
    let cover = BlockKind::Cover(Cover {
        area: "Riverside".into(),
        title: "Update".into(),
        subtitle: None,
        lines: vec!["Autumn 2022".into()],
        partners: vec!["Riverside Council".into()],
        label: None,
        picture: None,
    });
    let blocks = vec![
        Block::new(cover),
        heading(1, "One"),
        Block::paragraph("Words of one."),
        heading(2, "Two"),
        Block::paragraph("Words of two."),
        heading(1, "Three"),
        Block::paragraph("Words of three."),
    ];
    for (form, pages) in [(Form::Report, 3), (Form::Paper, 1), (Form::Slides, 4)] {
        let meta = Meta { form, ..meta() };
        let document = Document { meta, blocks: blocks.clone(), assets: Default::default() };
        let laid = layout(&document, &standard_theme().unwrap()).unwrap();
        assert_eq!(laid.pages(), pages, "{form:?}");
        let read = Pdf::read(&laid.pdf().unwrap()).words();
        assert_same_words("the PDF", &read, &words(&document, Drawn::Labels).concat());
    }
}

#[test]
fn no_words_lie_over_others_or_over_the_edge() {
    let pdf = Pdf::read(&pdf_of(&sample_document()));
    assert!(pdf.runs.len() > 300, "only {} runs were read", pdf.runs.len());
    assert_eq!(pdf.overlaps(), []);
    assert_eq!(pdf.beyond_the_edge(), []);
}

#[test]
fn the_same_document_gives_the_same_bytes_from_any_thread() {
    let document = sample_document();
    let here = pdf_of(&document);
    let there = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(|| pdf_of(&document))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(there.iter().all(|bytes| *bytes == here));
}

#[test]
fn every_header_cell_says_what_it_heads() {
    let pdf = Pdf::read(&pdf_of(&sample_document()));
    let heads = pdf.tags_of("TH");
    assert!(heads.len() > 40);
    for head in &heads {
        assert!(head.scope.is_some(), "{:?} has no scope", head.text);
    }
    let scope_of =
        |text: &str| heads.iter().find(|head| head.text == text).unwrap().scope.clone().unwrap();
    assert_eq!(scope_of("T1a"), "Row");
    assert_eq!(scope_of("6 months"), "Column");
}

#[test]
fn tables_and_drawings_say_what_they_are() {
    let bytes = pdf_of(&sample_document());
    let pdf = Pdf::read(&bytes);
    let figures = pdf.tags_of("Figure");
    assert!(
        figures
            .iter()
            .any(|f| f.alt.as_deref().is_some_and(|alt| alt.starts_with("Organisation chart")))
    );
    assert!(figures.iter().all(|figure| figure.alt.is_some()));
    assert_eq!(pdf.tags_of("Table").len(), 5);
    assert_eq!(pdf.tags_of("BlockQuote").len(), 1);
    assert_eq!(pdf.tags_of("Note").len(), 1);
}

#[test]
fn headings_stand_on_the_page_that_heading_pages_names() {
    let document = sample_document();
    let laid = layout(&document, &standard_theme().unwrap()).unwrap();
    let pages = laid.heading_pages();
    let pdf = Pdf::read(&laid.pdf().unwrap());
    for (anchor, words) in
        [("where-we-are", "Where we are"), ("scorecard", "Scorecard"), ("contact", "Who to ask")]
    {
        let run = pdf
            .runs
            .iter()
            .find(|run| run.mcid.is_some() && run.text.trim() == words && run.size > 15.0);
        assert_eq!(u64::from(run.unwrap().page), pages[anchor], "{words}");
    }
    let headings = |blocks: &[annexe::document::Block]| {
        fn count(blocks: &[annexe::document::Block]) -> usize {
            blocks
                .iter()
                .map(|block| match &block.kind {
                    BlockKind::Heading(_) => 1,
                    BlockKind::Section(section) => count(&section.blocks),
                    BlockKind::Opener(opener) => count(&opener.blocks),
                    _ => 0,
                })
                .sum()
        }
        count(blocks)
    };
    assert_eq!(pages.len(), headings(&document.blocks));
}

#[test]
fn the_file_knows_its_title_author_and_language() {
    let bytes = pdf_of(&sample_document());
    let document = lopdf::Document::load_mem(&bytes).unwrap();
    let info = document.trailer.get(b"Info").and_then(|info| document.dereference(info)).unwrap().1;
    let said =
        |key: &[u8]| lopdf::decode_text_string(info.as_dict().unwrap().get(key).unwrap()).unwrap();
    assert_eq!(said(b"Title"), meta().title);
    assert_eq!(said(b"Author"), meta().author);
    assert_eq!(said(b"Subject"), meta().subject);
    assert!(said(b"CreationDate").starts_with("D:20220430"));
    let language = document.catalog().unwrap().get(b"Lang").unwrap();
    assert_eq!(lopdf::decode_text_string(language).unwrap(), "en-GB");
}

/// A table longer than many pages, of the kind that action plans are.
pub fn long_document(copies: usize) -> Document {
    let mut table = actions_table();
    if let BlockKind::Table(table) = &mut table.kind {
        let rows = table.body.clone();
        table.body = rows.iter().cycle().take(rows.len() * copies).cloned().collect();
        table.anchor = None;
    }
    Document { meta: meta(), blocks: vec![table, scorecard_table()], assets: Default::default() }
}

#[test]
fn a_long_table_loses_nothing_and_keeps_each_action_together() {
    let document = long_document(12);
    let pdf = Pdf::read(&pdf_of(&document));
    assert_same_words("the PDF", &pdf.words(), &words(&document, Drawn::Labels).concat());
    assert_eq!(pdf.overlaps(), []);
    let last = pdf.runs.last().unwrap().page;
    assert!(last > 3);
    // The header stands on each page of the table; an action's last milestone on the page of its title.
    for page in 1..last {
        assert!(
            pdf.runs.iter().any(|run| run.page == page && run.text == "Action and milestones"),
            "page {page}"
        );
    }
    let page_of = |text: &str| {
        pdf.runs.iter().filter(move |run| run.text == text).map(|run| run.page).collect::<Vec<_>>()
    };
    assert_eq!(page_of("Clear the plans that are over 20 weeks"), page_of("All cleared"));
}

#[test]
fn an_action_that_goes_on_over_a_page_is_named_there_again() {
    let mut document = long_document(1);
    let BlockKind::Table(table) = &mut document.blocks[0].kind else { panic!("a table") };
    let (lead, mut milestone) = (table.body[0].clone(), table.body[1].clone());
    milestone.cells[0] = Cell::text("Milestone");
    let action = |id: &str, milestones: usize| {
        let mut lead = lead.clone();
        lead.cells[0] = Cell { header: lead.cells[0].header, ..Cell::text(id) };
        for cell in lead.cells.iter_mut().filter(|cell| cell.rowspan > 1) {
            cell.rowspan = milestones + 1;
        }
        lead.cells[0].rowspan = milestones + 1;
        std::iter::once(lead).chain(std::iter::repeat_n(milestone.clone(), milestones))
    };
    table.body = action("LONG", 60).chain(action("SHORT", 2)).chain(action("NEXT", 2)).collect();
    let pdf = Pdf::read(&pdf_of(&document));
    assert_same_words("the PDF", &pdf.words(), &words(&document, Drawn::Labels).concat());
    assert_eq!(pdf.overlaps(), []);
    let pages = |id: &str| {
        pdf.runs.iter().filter(|run| run.text == id).map(|run| run.page).collect::<Vec<_>>()
    };
    let last = pages("Milestone")[59];
    assert_eq!(pages("LONG"), (pages("LONG")[0]..=last).collect::<Vec<_>>());
    assert!(pages("LONG").len() > 1 && pages("SHORT").len() == 1 && pages("NEXT").len() == 1);
    // Read aloud, it comes once.
    assert_eq!(pdf.tags_of("TH").iter().filter(|head| head.text == "LONG").count(), 1);
}

#[test]
fn a_row_taller_than_a_page_goes_on_over_the_next() {
    let mut document = long_document(1);
    let long = "All that was said about it, at length and with every circumstance. ".repeat(220);
    if let BlockKind::Table(table) = &mut document.blocks[0].kind {
        table.body[1].cells[0] = annexe::document::Cell::new(vec![Inline::text(long)]);
    }
    let pdf = Pdf::read(&pdf_of(&document));
    assert_same_words("the PDF", &pdf.words(), &words(&document, Drawn::Labels).concat());
    assert_eq!(pdf.overlaps(), []);
    assert_eq!(pdf.beyond_the_edge(), []);
}

#[test]
fn a_heading_never_stands_alone_at_the_foot_of_a_page() {
    let heading = |level, words: &str| {
        let (content, anchor) = (vec![Inline::text(words)], words.to_lowercase());
        Block::new(BlockKind::Heading(Heading {
            level,
            number: None,
            content,
            anchor,
            covers: Vec::new(),
        }))
    };
    let theme = standard_theme().unwrap();
    for lines in 18..40 {
        let mut blocks = vec![heading(1, "Part")];
        blocks.extend((0..lines).map(|n| Block::paragraph(format!("Line {n}."))));
        blocks.push(heading(2, "What families told us"));
        blocks.push(actions_table());
        let document = Document { meta: meta(), blocks, assets: Default::default() };
        let pdf = Pdf::read(&layout(&document, &theme).unwrap().pdf().unwrap());
        let page_of = |text: &str| {
            pdf.runs.iter().find(|run| run.mcid.is_some() && run.text.trim() == text).unwrap().page
        };
        // The heading, the caption, the header row and the first action.
        let pages = ["What families told us", "Actions under objective 1", "Responsible", "T1"]
            .map(page_of);
        assert_eq!(pages, [pages[0]; 4], "after {lines} lines");
    }
}

#[test]
fn a_band_stays_with_the_row_it_names() {
    let theme = standard_theme().unwrap();
    let mut table = scorecard_table();
    if let BlockKind::Table(table) = &mut table.kind {
        // Measure after measure, then a band of its own and one more measure.
        let (band, row) = (table.body[0].clone(), table.body[1].clone());
        let named = |words: &str| {
            let mut row = row.clone();
            row.cells[1] = Cell::text(words);
            row
        };
        let last = vec![band, named("The measure under the band")];
        table.body = std::iter::repeat_n(row.clone(), 9).chain(last).collect();
    }
    for lines in 0..12 {
        let mut blocks: Vec<Block> =
            (0..lines).map(|n| Block::paragraph(format!("Line {n}."))).collect();
        blocks.push(table.clone());
        let section = Section { orientation: Orientation::Landscape, blocks };
        let document = Document {
            meta: meta(),
            blocks: vec![Block::new(BlockKind::Section(section))],
            assets: Default::default(),
        };
        let pdf = Pdf::read(&layout(&document, &theme).unwrap().pdf().unwrap());
        assert_same_words("the PDF", &pdf.words(), &words(&document, Drawn::Labels).concat());
        let page_of = |text: &str| {
            pdf.runs.iter().find(|run| run.text.trim().starts_with(text)).unwrap().page
        };
        assert_eq!(page_of("Objective 1"), page_of("The measure under"), "after {lines} lines");
        // The band is a cell like others, not a header.
        assert!(pdf.tags_of("TH").iter().all(|head| !head.text.starts_with("Objective")));
    }
}
