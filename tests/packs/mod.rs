//! Packs: papers joined as one PDF, and their Word files.

mod command;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use annexe::assemble::{Options, assemble, pack::join};
use annexe::build::{Folder, Terms, pack};
use annexe::diag::{Findings, Severity};
use annexe::document::{Block, BlockKind, Document, Drawn, Joined, words};
use annexe::project::{Pack, Project};
use lopdf::{Dictionary, Object};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

use crate::documents::{self, project};
use crate::support::assert_same_words;
use crate::support::pdf_text::Pdf;

/// The bytes of both files of a pack.
fn made(project: &Project, pack: &Pack) -> (Vec<u8>, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let terms = Terms { as_at: None, limit: Severity::Error, threads: 2 };
    let place = Folder::named(folder.path().to_owned());
    let (files, found) = pack::pack(project, pack, Findings::default(), terms, &place);
    let found: Vec<_> = found.iter().filter(|f| f.severity > Severity::Info).collect();
    assert!(files.len() == 2, "{}: {found:#?}", pack.name);
    let read = |kind| {
        let file = files.iter().find(|file| file.kind == kind).unwrap();
        std::fs::read(&file.path).unwrap()
    };
    (read("pdf"), read("zip"))
}

/// Every pack of this project, made once for all tests.
fn packs() -> &'static [(String, Vec<u8>, Joined)] {
    static PACKS: OnceLock<Vec<(String, Vec<u8>, Joined)>> = OnceLock::new();
    PACKS.get_or_init(|| {
        let project = project();
        let packs = project.packs.values().map(|pack| {
            let documents = papers(project, pack);
            (pack.name.clone(), made(project, pack).0, join(project, pack, documents))
        });
        packs.collect()
    })
}

/// The documents of a pack's papers, each by itself.
fn papers(project: &Project, pack: &Pack) -> Vec<Document> {
    let named = pack.items.iter().filter_map(|item| item.paper.as_ref());
    named
        .map(|paper| {
            let template = &project.templates[paper.document.as_str()];
            let as_at = paper.as_at.as_ref().or(pack.as_at.as_ref()).map(|day| day.value);
            let edition = paper.edition.as_ref().map(|edition| edition.value.clone());
            let given = paper.parameters.iter();
            let defaults = template.parameters.iter();
            let options = Options {
                edition: edition.unwrap_or_else(|| template.editions[0].clone()),
                as_at: project.day_of(template, as_at),
                parameters: defaults
                    .filter_map(|p| Some((p.name.value.clone(), p.default.clone()?)))
                    .chain(given.map(|(name, value)| (name.value.clone(), value.value.clone())))
                    .collect(),
            };
            assemble(project, template, &options).document
        })
        .collect()
}

/// The words of a pack in the order in which they are read; `pages` are those its papers begin on.
fn words_of(joined: &Joined, pages: &[String]) -> String {
    let of = |blocks: Vec<Block>| {
        let document = Document { meta: joined.meta.clone(), blocks, assets: Default::default() };
        words(&document, Drawn::Labels).concat()
    };
    let mut agenda = joined.agenda.table.clone();
    let mut next = pages.iter();
    for (row, paper) in agenda.body.iter_mut().zip(&joined.agenda.papers) {
        if paper.is_some() {
            row.cells.last_mut().unwrap().blocks = vec![Block::paragraph(next.next().unwrap())];
        }
    }
    let mut all = of(vec![Block::new(BlockKind::Cover(joined.cover.clone()))]);
    all += &joined.agenda.title;
    all += &of(vec![Block::new(BlockKind::Table(agenda))]);
    for paper in &joined.papers {
        all += &format!("{}: {}", paper.item, paper.title);
        let blocks = &paper.document.blocks;
        let (cover, rest) = match &blocks[0].kind {
            BlockKind::Cover(cover) => (Some(cover), &blocks[1..]),
            _ => (None, &blocks[..]),
        };
        if let Some(cover) = cover {
            all += if cover.title == paper.title { "" } else { &cover.title };
            all += cover.label.as_deref().unwrap_or_default();
        }
        all += &paper.facts.join("|");
        if let Some(cover) = cover {
            all += cover.subtitle.as_deref().unwrap_or_default();
            all += &cover.area;
            all += &[cover.lines.concat(), cover.partners.concat()].concat();
        }
        all += &of(rest.to_vec());
    }
    all
}

/// A bookmark: how deep it stands, its title, the page it leads to.
type Bookmark = (usize, String, usize);

fn bookmarks(bytes: &[u8]) -> Vec<Bookmark> {
    fn below(pdf: &lopdf::Document, of: &Dictionary, depth: usize, all: &mut Vec<Bookmark>) {
        let mut next = of.get(b"First").ok().and_then(|first| first.as_reference().ok());
        while let Some(id) = next {
            let item = pdf.get_dictionary(id).unwrap();
            let title = lopdf::decode_text_string(item.get(b"Title").unwrap()).unwrap();
            let target = item.get(b"Dest").unwrap();
            let (_, target) = pdf.dereference(target).unwrap();
            let page = target.as_array().unwrap()[0].as_reference().unwrap();
            let pages = pdf.get_pages();
            let number = pages.iter().find(|(_, found)| **found == page).unwrap().0;
            all.push((depth, title, *number as usize));
            below(pdf, item, depth + 1, all);
            next = item.get(b"Next").ok().and_then(|next| next.as_reference().ok());
        }
    }
    let pdf = lopdf::Document::load_mem(bytes).unwrap();
    let outlines = pdf.catalog().unwrap().get(b"Outlines").and_then(Object::as_reference).unwrap();
    let mut all = Vec::new();
    below(&pdf, pdf.get_dictionary(outlines).unwrap(), 1, &mut all);
    all
}

#[test]
fn a_pack_says_what_its_papers_say_and_each_item_s_page_stands_in_the_agenda() {
    assert!(!packs().is_empty());
    for (name, pdf, joined) in packs() {
        let begins = |anchor: &String| {
            let paper = joined.papers.iter().find(|paper| &paper.anchor == anchor).unwrap();
            let title = format!("{}: {}", paper.item, paper.title);
            let found = bookmarks(pdf).into_iter().find(|(_, words, _)| *words == title);
            found.unwrap_or_else(|| panic!("{name}: no bookmark {title}")).2.to_string()
        };
        let pages: Vec<String> = joined.agenda.papers.iter().flatten().map(begins).collect();
        assert_same_words(name, &Pdf::read(pdf).words(), &words_of(joined, &pages));
    }
}

#[test]
fn every_page_of_a_pack_is_counted_twice() {
    for (name, pdf, joined) in packs() {
        let all = lopdf::Document::load_mem(pdf).unwrap().get_pages().len();
        let runs = Pdf::read(pdf).runs;
        let furniture = |page: usize| -> String {
            let on = runs.iter().filter(|run| run.page as usize == page && run.mcid.is_none());
            on.map(|run| run.text.as_str()).collect::<String>().replace(char::is_whitespace, "")
        };
        let starts: BTreeSet<usize> = bookmarks(pdf)
            .into_iter()
            .filter(|(depth, title, _)| *depth == 1 && title.starts_with("Item "))
            .map(|(_, _, page)| page)
            .collect();
        assert_eq!(starts.len(), joined.papers.len(), "{name}");
        for page in 2..=all {
            let words = furniture(page);
            assert!(words.contains(&format!("Page{page}of{all}")), "{name}, page {page}: {words}");
            if let Some(start) = starts.range(..=page).next_back() {
                let own = format!("page{}ofthepaper", page - start + 1);
                assert!(words.contains(&own), "{name}, page {page}: {words}");
            }
        }
    }
}

#[test]
fn bookmarks_stand_by_item_with_the_paper_s_headings_under_each() {
    for (name, pdf, joined) in packs() {
        let found = bookmarks(pdf);
        let items: Vec<&str> =
            found.iter().filter(|b| b.0 == 1).map(|(_, title, _)| title.as_str()).collect();
        let titles = joined.papers.iter().map(|paper| format!("{}: {}", paper.item, paper.title));
        let expected: Vec<String> =
            std::iter::once(joined.agenda.title.clone()).chain(titles).collect();
        assert_eq!(items, expected, "{name}");
        for paper in &joined.papers {
            let item = format!("{}: {}", paper.item, paper.title);
            let place = found.iter().position(|(_, title, _)| *title == item).unwrap();
            let under = found[place + 1..].iter().take_while(|b| b.0 > 1).count();
            let mut headings = 0;
            annexe::document::walk(&paper.document.blocks, &mut |block| {
                let is_heading =
                    matches!(block.kind, BlockKind::Heading(_) | BlockKind::Contents(_));
                headings += usize::from(is_heading);
            });
            assert_eq!(under, headings, "{name}: {item}");
        }
        assert!(found.windows(2).all(|pair| pair[0].2 <= pair[1].2), "{name}");
    }
}

#[test]
fn a_pack_passes_pdf_ua_1_and_no_words_lie_over_others() {
    for (name, pdf, _) in packs() {
        let options = ValidationOptions::default().profile(ValidationProfile::PdfUa1);
        let report = validate_pdf_bytes(pdf, &options).unwrap();
        let failures: Vec<_> =
            report.failures.iter().map(|f| format!("{}: {}", f.rule_id, f.message)).collect();
        assert!(report.is_compliant && failures.is_empty(), "{name}: {failures:#?}");
        let read = Pdf::read(pdf);
        assert_eq!(read.overlaps(), [], "{name}");
        assert_eq!(read.beyond_the_edge(), [], "{name}");
    }
}

#[test]
fn pages_of_a_pack_lie_as_they_do_in_the_papers() {
    // Both ways occur in this project's packs.
    let mut broad = 0;
    for (name, pdf, joined) in packs() {
        let pdf = lopdf::Document::load_mem(pdf).unwrap();
        let mut here = 0;
        for id in pdf.get_pages().values() {
            let size = pdf.get_dictionary(*id).unwrap().get(b"MediaBox").unwrap();
            let side = |index: usize| size.as_array().unwrap()[index].as_float().unwrap();
            here += usize::from(side(2) > side(3));
        }
        let mut sections = 0;
        for paper in &joined.papers {
            annexe::document::walk(&paper.document.blocks, &mut |block| {
                sections += usize::from(matches!(block.kind, BlockKind::Section(_)));
            });
        }
        assert!(here >= sections, "{name}: {here} broad pages for {sections} sections");
        broad += here;
    }
    assert!(broad > 0);
}

/// What stands in quotes after each `before` in `printed`.
fn quoted_after<'p>(printed: &'p str, before: &str) -> Vec<&'p str> {
    printed.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_anchors_of_papers_are_unique_and_links_lead_to_them() {
    let project = project();
    let pack = project.packs.values().next().unwrap();
    let count = pack.items.iter().filter(|item| item.paper.is_some()).count();
    let mut links = 0;
    // Every document there is, several times over: each link must stay in its own paper.
    for made in documents::made() {
        let joined = join(project, pack, vec![made.document.clone(); count]);
        let mut seen = BTreeSet::new();
        for paper in &joined.papers {
            let printed = format!("{:?}", paper.document.blocks);
            let mut here: Vec<&str> = quoted_after(&printed, " anchor: \"");
            here.extend(quoted_after(&printed, " anchor: Some(\""));
            let name = &paper.document.meta.name;
            for anchor in &here {
                assert!(seen.insert((*anchor).to_owned()), "{name}: {anchor} twice");
            }
            for anchor in quoted_after(&printed, "Anchor(\"") {
                assert!(here.contains(&anchor), "{name}: a link to {anchor}");
                links += 1;
            }
        }
    }
    assert!(links > 100, "{links} links");
}

#[test]
fn this_project_s_packs_are_about_documents_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/packs");
    let files = std::fs::read_dir(root).unwrap().count();
    assert_eq!(project().packs.len(), files);
    assert!(pack::faults(project(), &Findings::default()).is_empty());
}
