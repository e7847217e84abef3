//! The way home that a Word file carries.

use std::collections::BTreeSet;

use annexe::write::docx::homes::{HomeKind, Maker, hash};

use super::word::Word;
use super::{files, named, reviewed};
use crate::documents::project;
use crate::docx::opened::{Opened, all, attribute};

#[test]
fn every_paragraph_with_words_has_a_bookmark_of_its_own_and_says_where_it_came_from() {
    let file = named("sef.full");
    let opened = Opened::new(&file.bytes);
    let document = opened.document();
    let marked: BTreeSet<String> = all(document.root(), "bookmarkStart")
        .filter_map(|start| attribute(start, "name")?.strip_prefix("_annexe_").map(str::to_owned))
        .collect();
    let expected: BTreeSet<String> = file
        .homes
        .iter()
        .filter(|home| home.kind != HomeKind::Note)
        .map(|home| home.number.to_string())
        .collect();
    assert_eq!(marked, expected);
    assert!(marked.len() > 2000);
    // The part lists the same, in the file itself.
    let part = opened.xml("customXml/item1.xml");
    let listed = part.descendants().filter(|node| node.has_tag_name(("urn:annexe:home:1", "p")));
    assert_eq!(listed.count(), file.homes.len());
}

#[test]
fn the_place_of_each_paragraph_holds_its_words() {
    let project = project();
    let (mut own, mut contained) = (0, 0);
    for file in files() {
        for home in file.homes.iter().filter(|home| home.own) {
            let source = home.source.as_ref().unwrap();
            let text = &project
                .sources
                .file(project.sources.find(std::path::Path::new(&source.path)).unwrap());
            let slice = &text.text[source.start..source.end];
            assert_eq!(hash(slice), source.hash, "{}: {}", file.name, home.words());
            assert_eq!(text.text[..source.start].matches('\n').count() + 1, source.line);
            // A paragraph of plain words stands there as it is shown.
            let plain = home.pieces.iter().all(|piece| piece.maker == Maker::Author);
            // Decisions of a template's front matter are of the file that it names.
            let words = !slice.contains(['*', '[', '{', '\n', '\'']) && !slice.ends_with(".md");
            if plain && home.kind == HomeKind::Item && words {
                own += 1;
                let shown = home.words().replace(['‘', '’', '“', '”'], "");
                let shown = shown.split(" (").next().unwrap();
                // Short forms may be written out where they are first used.
                let slice = slice.replace(['‘', '’', '“', '”'], "");
                contained += usize::from(slice.contains(shown));
            }
        }
    }
    assert!(own > 150 && contained * 100 >= own * 98, "{contained} of {own}");
}

#[test]
fn figures_name_their_path_and_cell() {
    let figures = named("sef.full").homes.iter().flat_map(|home| &home.pieces);
    let figures = figures.filter_map(|piece| match &piece.maker {
        Maker::Figure { path, cell, .. } => Some((path, cell.as_ref()?)),
        _ => None,
    });
    let figures: Vec<_> = figures.collect();
    assert!(figures.len() > 100);
    assert!(figures.iter().all(|(path, (file, line))| {
        !path.is_empty() && file.starts_with("content/") && *line > 0
    }));
}

#[test]
fn a_file_that_nobody_changed_returns_no_change() {
    let project = project();
    for file in files() {
        let review = reviewed(project, &[&file.bytes]);
        assert!(review.findings.iter().next().is_none(), "{}", file.name);
        let changes: Vec<_> =
            review.changes.iter().map(|c| (&c.before, &c.after, &c.meaning)).collect();
        assert!(changes.is_empty(), "{}: {changes:#?}", file.name);
    }
}

#[test]
fn a_file_that_libre_office_saved_again_returns_no_change() {
    let dir = tempfile::tempdir().unwrap();
    let saved = dir.path().join("saved");
    let names = ["sef.full", "sef.easy-read", "app-annex-a.full"];
    for name in names {
        std::fs::write(dir.path().join(format!("{name}.docx")), &named(name).bytes).unwrap();
    }
    let run = std::process::Command::new("soffice")
        .arg("--headless")
        .arg(format!("-env:UserInstallation=file://{}/office", dir.path().display()))
        .args(["--convert-to", "docx", "--outdir"])
        .arg(&saved)
        .args(names.map(|name| dir.path().join(format!("{name}.docx"))))
        .output();
    let Ok(_) = run else {
        assert!(std::env::var_os("CI").is_none(), "soffice is part of CI");
        return;
    };
    for name in names {
        let bytes = std::fs::read(saved.join(format!("{name}.docx"))).unwrap();
        assert_ne!(bytes, named(name).bytes);
        let review = reviewed(project(), &[&bytes]);
        let changes: Vec<_> =
            review.changes.iter().map(|c| (&c.before, &c.after, &c.meaning)).collect();
        assert!(changes.is_empty(), "{name}: {changes:#?}");
        assert!(review.findings.iter().next().is_none());
    }
}

#[test]
fn paragraphs_are_found_by_their_words_where_bookmarks_are_lost() {
    let file = named("sef.full");
    let mut word = Word::open(&file.bytes);
    let home = file.homes.iter().find(|home| home.own && home.words().len() > 100).unwrap();
    let first = home.words().split(' ').find(|word| word.len() > 6).unwrap().to_owned();
    assert!(word.replace(home.number, &first, "changed", None));
    let mut plain = String::new();
    let mut rest = word.xml.as_str();
    while let Some(at) = rest.find("<w:bookmarkStart") {
        let end = at + rest[at..].find("/>").unwrap() + 2;
        plain.push_str(&rest[..at]);
        if !rest[at..end].contains("_annexe_") {
            plain.push_str(&rest[at..end]);
        }
        rest = &rest[end..];
    }
    plain.push_str(rest);
    word.xml = plain;
    let review = reviewed(project(), &[&word.bytes()]);
    let codes: Vec<_> = review.findings.iter().map(|finding| finding.rule.code).collect();
    assert_eq!(codes, ["return/stripped"]);
    assert_eq!(review.changes.len(), 1, "{:#?}", review.changes);
    assert!(review.changes[0].after.contains("changed"));
    assert!(!review.changes[0].meaning.edits().is_empty());
}
