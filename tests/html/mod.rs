//! The web page, looked at from outside: its words, its markup, what it lets in.

mod epub;
mod unsafe_words;
mod words;

use annexe::document::{
    Block, BlockKind, Document, Figure, Heading, Holding, Inline, Paragraph, ParagraphRole, Trace,
    drawings,
};
use annexe::theme::Tokens;
use annexe::write::DrawnSvg;
use annexe::write::docx::docx;
use annexe::write::html::{DatasetNote, Extras, Policy, html};
use annexe::write::pdf::{drawing_svgs, layout, standard_theme};
use roxmltree::{Document as Xml, Node, ParsingOptions};

use crate::documents;
use crate::support::assert_same_words;
use crate::support::pdf_text::Pdf;
use crate::support::sample::sample_document;

fn tokens() -> Tokens {
    standard_theme().unwrap().tokens.clone()
}

/// `document` as a page; it must have no findings.
fn page_of(document: &Document) -> String {
    let theme = standard_theme().unwrap();
    let found: Vec<_> = drawings(&document.blocks).into_iter().map(|d| &d.drawing).collect();
    let drawings: Vec<DrawnSvg> = drawing_svgs(&found, &theme).unwrap();
    let extras = Extras { drawings, provenance: true, ..Extras::default() };
    html(document, &theme.tokens, &extras).unwrap_or_else(|findings| panic!("{findings:#?}"))
}

/// The page's style sheet, as its bytes have it.
fn styles_of(page: &str) -> &str {
    page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0
}

/// A page is well formed as XML too.
fn opened(page: &str) -> Xml<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Xml::parse_with_options(page, options).unwrap()
}

fn all<'a>(page: &'a Xml<'a>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    page.root().descendants().filter(move |node| {
        node.has_tag_name(name) || { node.is_element() && node.tag_name().name() == name }
    })
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = sample_document();
    assert_eq!(page_of(&document), page_of(&document));
}

#[test]
fn ids_are_unique_and_every_link_within_the_page_leads_somewhere() {
    for made in documents::made() {
        let page = page_of(&made.document);
        let xml = opened(&page);
        let mut ids = std::collections::BTreeSet::new();
        for node in xml.root().descendants() {
            if let Some(id) = node.attribute("id") {
                assert!(ids.insert(id), "{id} stands twice");
            }
        }
        for node in xml.root().descendants() {
            for name in ["href", "headers", "aria-labelledby", "popovertarget"] {
                let Some(value) = node.attribute(name) else { continue };
                if name == "href" && !value.starts_with('#') {
                    continue;
                }
                for id in value.trim_start_matches('#').split(' ') {
                    assert!(ids.contains(id), "{name} leads to {id}, which is not there");
                }
            }
        }
    }
}

#[test]
fn every_table_has_a_caption_and_every_header_a_scope() {
    let mut tables = 0;
    for made in documents::made() {
        let page = page_of(&made.document);
        let xml = opened(&page);
        for table in all(&xml, "table") {
            tables += 1;
            let first = table.first_element_child().unwrap();
            assert_eq!(first.tag_name().name(), "caption");
            let heads = table.descendants().filter(|node| node.tag_name().name() == "th");
            for head in heads {
                assert!(head.attribute("scope").is_some(), "{:?}", head.text());
            }
        }
    }
    assert!(tables > 50);
}

#[test]
fn in_tables_with_spans_each_cell_names_what_heads_it() {
    let page = page_of(&sample_document());
    let xml = opened(&page);
    let named = all(&xml, "td").filter(|cell| cell.attribute("headers").is_some()).count();
    assert!(named > 10, "{named}");
}

#[test]
fn words_in_drawings_are_text() {
    let page = page_of(&sample_document());
    let xml = opened(&page);
    let drawn: Vec<_> = all(&xml, "svg").collect();
    assert!(!drawn.is_empty());
    for svg in drawn {
        let described = svg.children().any(|node| node.tag_name().name() == "desc");
        assert!(described && svg.attribute("role") == Some("img"));
        assert!(!svg.descendants().any(|node| node.tag_name().name() == "image"));
    }
    assert!(all(&xml, "text").count() > 5);
}

#[test]
fn a_drawing_that_nobody_drew_is_told() {
    let found = html(&sample_document(), &tokens(), &Extras::default()).unwrap_err();
    assert!(found.iter().all(|finding| finding.rule.code == "write/unshown"), "{found:#?}");
}

#[test]
fn figures_say_where_they_are_from_unless_the_edition_does_without() {
    let made = documents::made();
    let bound = made.iter().find(|made| page_of(&made.document).contains("popovertarget"));
    let document = &bound.expect("a document with figures from data").document;
    let theme = standard_theme().unwrap();
    let found: Vec<_> = drawings(&document.blocks).into_iter().map(|d| &d.drawing).collect();
    let extras = Extras { drawings: drawing_svgs(&found, &theme).unwrap(), ..Extras::default() };
    assert!(!html(document, &theme.tokens, &extras).unwrap().contains("popovertarget"));
}

#[test]
fn pages_of_this_projects_documents_are_no_larger_than_they_may_be() {
    for made in documents::made() {
        let page = page_of(&made.document);
        assert!(page.len() < 1_500_000, "{} bytes", page.len());
        assert!(!page.contains(" style=\""));
    }
}

#[test]
fn reading_help_is_the_only_script_and_the_policy_lets_no_other_run() {
    let document = sample_document();
    let theme = standard_theme().unwrap();
    let found: Vec<_> = drawings(&document.blocks).into_iter().map(|d| &d.drawing).collect();
    let drawings: Vec<DrawnSvg> = drawing_svgs(&found, &theme).unwrap();
    let extras = Extras { drawings, reading_help: true, ..Extras::default() };
    let page = html(&document, &theme.tokens, &extras).unwrap();
    let xml = opened(&page);
    let scripts: Vec<_> =
        all(&xml, "script").filter(|script| script.attribute("type").is_none()).collect();
    assert_eq!(scripts.len(), 1);
    // The policy names the script that stands there, as the page's bytes have it.
    let script = page.split_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
    assert!(script.contains("speechSynthesis") && script.contains("Bigger words"));
    let policy = Policy::new(styles_of(&page), Some(script));
    assert!(page.contains(&policy.as_str().replace('\'', "&#39;")), "{}", policy.as_str());
    // Without it the same words stand there: the buttons are made by the script.
    let plain = html(&document, &theme.tokens, &Extras { reading_help: false, ..extras }).unwrap();
    assert!(!page.replace(script, "").contains("Bigger words"));
    assert!(!plain.contains("speechSynthesis"));
}

#[test]
fn tables_whose_rows_stand_alone_can_be_sorted_and_others_not() {
    let made = documents::made();
    let theme = standard_theme().unwrap();
    let (mut sortable, mut others) = (0, 0);
    for made in made {
        let document = &made.document;
        let found: Vec<_> = drawings(&document.blocks).into_iter().map(|d| &d.drawing).collect();
        let drawings = drawing_svgs(&found, &theme).unwrap();
        let plain = Extras { drawings, ..Extras::default() };
        let extras = Extras { sorting: true, ..plain.clone() };
        let page = html(document, &theme.tokens, &extras).unwrap();
        let xml = opened(&page);
        let sorts = |table: &Node| table.attribute("class").unwrap_or("").ends_with(" sorts");
        for table in all(&xml, "table").filter(sorts) {
            sortable += 1;
            assert!(!table.descendants().any(|cell| cell.attribute("rowspan").is_some()));
            assert!(!table.descendants().any(|cell| cell.attribute("colspan").is_some()));
            let bodies = table.children().filter(|part| part.tag_name().name() == "tbody");
            assert_eq!(bodies.count(), 1);
        }
        others += all(&xml, "table").filter(|table| !sorts(table)).count();
        // The script is there when there is something to sort, and only then.
        let any = all(&xml, "table").any(|table| sorts(&table));
        assert_eq!(page.contains("aria-sort"), any);
        assert!(!html(document, &theme.tokens, &plain).unwrap().contains("aria-sort"));
    }
    assert!(sortable > 3 && others > 10, "{sortable} can be sorted, {others} not");
}

#[test]
fn a_published_page_says_its_address_and_what_it_is_based_on() {
    let document = sample_document();
    let theme = standard_theme().unwrap();
    let found: Vec<_> = drawings(&document.blocks).into_iter().map(|d| &d.drawing).collect();
    let note = DatasetNote {
        title: "Waits </script>".to_owned(),
        source: "SEN2".to_owned(),
        publisher: Some("Department for Education".to_owned()),
        released: Some("2024-06".to_owned()),
        licence: None,
    };
    let extras = Extras {
        drawings: drawing_svgs(&found, &theme).unwrap(),
        canonical: Some("https://example.gov.uk/send/a.html".to_owned()),
        datasets: vec![note],
        ..Extras::default()
    };
    let page = html(&document, &theme.tokens, &extras).unwrap();
    let xml = opened(&page);
    let link = all(&xml, "link").find(|link| link.attribute("rel") == Some("canonical")).unwrap();
    assert_eq!(link.attribute("href"), Some("https://example.gov.uk/send/a.html"));
    let about = all(&xml, "script").next().unwrap().text().unwrap();
    let about: serde_json::Value = serde_json::from_str(about).unwrap();
    let based = &about["isBasedOn"][0];
    assert_eq!(based["@type"], "Dataset");
    assert_eq!(based["name"], "Waits </script>");
    assert_eq!(based["publisher"]["name"], "Department for Education");
    assert_eq!(based["datePublished"], "2024-06");
}

#[test]
fn a_figure_says_its_row_its_cell_and_the_day_it_was_known() {
    let mut sources = annexe::source::Sources::default();
    let file = sources.add("content/data/waits.csv", "area,weeks\nRiverside,14\n");
    let cell = annexe::source::Span::new(file, 21..23);
    let figure = Figure {
        text: "14 weeks".to_owned(),
        path: "data.waits.weeks[\"Riverside\"]".to_owned(),
        unit: Some("weeks".to_owned()),
        at: None,
        source: Some("Waits, 2024".to_owned()),
        trace: Trace {
            row: Some("Riverside".to_owned()),
            known: Some("14 June 2024".to_owned()),
            cells: vec![cell],
            ..Trace::default()
        },
    };
    let mut document = sample_document();
    document.blocks = vec![Block::new(BlockKind::Paragraph(Paragraph {
        role: ParagraphRole::Body,
        content: vec![Inline::Figure(Box::new(figure))],
    }))];
    let origins = [(cell, "content/data/waits.csv, line 2".to_owned())].into_iter().collect();
    let extras = Extras { provenance: true, origins, ..Extras::default() };
    let page = html(&document, &tokens(), &extras).unwrap();
    for words in [
        "Row: Riverside",
        "Known since: 14 June 2024",
        "Cell: content/data/waits.csv, line 2",
        "Source: Waits, 2024",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn on_paper_the_title_stands_over_each_page_whatever_it_holds() {
    let mut document = sample_document();
    document.meta.title = "Ways \"out\"; }</style><script>\u{202e}".to_owned();
    let page = page_of(&document);
    let styles = styles_of(&page);
    assert!(
        styles.contains("@top-left{content:\"Ways \\22 out\\22 \\3b  \\7d \\3c \\2f style"),
        "{styles}"
    );
    assert!(styles.contains("counter(page)") && !styles.contains("\\202e"));
    opened(&page);
}

#[test]
fn words_that_are_held_say_what_bears_them_out_and_every_writer_shows_them() {
    let held = Inline::Held {
        content: vec![Inline::strong("More plans"), Inline::text(" come on time")],
        by: Holding {
            condition: "a > b".to_owned(),
            because: "55% (2023) is more than 46% (2022)".to_owned(),
        },
    };
    let inside = Inline::Strong { content: vec![Inline::text("Yes, "), held.clone()] };
    let heading = Heading {
        level: 1,
        number: None,
        content: vec![held.clone()],
        anchor: "more".to_owned(),
        covers: Vec::new(),
    };
    let paragraph = Paragraph {
        role: ParagraphRole::Body,
        content: vec![Inline::text("We say: "), held, Inline::text(". "), inside],
    };
    let mut document = sample_document();
    document.blocks =
        vec![Block::new(BlockKind::Heading(heading)), Block::new(BlockKind::Paragraph(paragraph))];
    let page = page_of(&document);
    assert!(page.contains("Because: 55% (2023) is more than 46% (2022)"));
    assert!(page.contains("Condition: a &gt; b"));
    // Not in the heading, where nothing else can be pressed.
    assert_eq!(page.matches("class=\"claim\"").count(), 2);
    let words = annexe::document::words(&document, annexe::document::Drawn::Labels).concat();
    assert_eq!(words.matches("More plans come on time").count(), 3);
    assert_same_words("the page", &words::text_of(&page), &words);
    let pdf = layout(&document, &standard_theme().unwrap()).unwrap().pdf().unwrap();
    assert_same_words("the PDF", &Pdf::read(&pdf).words(), &words);
    let word = docx(&document, &tokens(), &annexe::write::docx::Extras::default()).unwrap();
    assert!(word.starts_with(b"PK"));
}
