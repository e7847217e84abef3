//! The package: every part known, related and the same each time.

use std::collections::{BTreeMap, BTreeSet};

use super::opened::{Opened, R};
use super::{sample_file, sample_opened};

/// The relationships of `path`: id, kind, target, whether outside.
fn relationships(opened: &Opened, path: &str) -> Vec<(String, String, String, bool)> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let rels = format!("{folder}/_rels/{name}.rels");
    let rels = rels.trim_start_matches('/');
    if !opened.parts.contains_key(rels) {
        return Vec::new();
    }
    let xml = opened.xml(rels);
    xml.root_element()
        .children()
        .filter(|n| n.is_element())
        .map(|n| {
            let get = |name| n.attribute(name).expect("an attribute").to_owned();
            let outside = n.attribute("TargetMode") == Some("External");
            (get("Id"), get("Type"), get("Target"), outside)
        })
        .collect()
}

#[test]
fn every_part_is_reached_by_a_relationship_and_every_relationship_leads_to_a_part() {
    let opened = sample_opened();
    let mut reached = BTreeSet::new();
    let mut waiting = vec![String::new()];
    while let Some(path) = waiting.pop() {
        let mut ids = BTreeSet::new();
        for (id, _, target, outside) in relationships(&opened, &path) {
            assert!(ids.insert(id), "an id twice in {path}");
            if outside {
                continue;
            }
            let folder = path.rsplit_once('/').map_or(String::new(), |(f, _)| format!("{f}/"));
            let target = match target.strip_prefix("../") {
                Some(above) => above.to_owned(),
                None => format!("{folder}{target}"),
            };
            assert!(opened.parts.contains_key(&target), "{target} is not there");
            if reached.insert(target.clone()) {
                waiting.push(target);
            }
        }
    }
    for path in opened.parts.keys().filter(|p| !p.contains("_rels/") && !p.starts_with('[')) {
        assert!(reached.contains(path), "{path} is not reached");
    }
}

#[test]
fn every_relationship_id_that_is_used_is_there() {
    let opened = sample_opened();
    let mut used = 0;
    for (path, part) in opened.xml_parts() {
        let known: BTreeSet<String> =
            relationships(&opened, path).into_iter().map(|(id, ..)| id).collect();
        for node in part.descendants().filter(|n| n.is_element()) {
            for attribute in node.attributes().filter(|a| a.namespace() == Some(R)) {
                assert!(known.contains(attribute.value()), "{} in {path}", attribute.value());
                used += 1;
            }
        }
    }
    assert!(used > 10);
}

#[test]
fn every_part_has_a_content_type() {
    let opened = sample_opened();
    let types = opened.xml("[Content_Types].xml");
    let mut defaults = BTreeMap::new();
    let mut own = BTreeMap::new();
    for node in types.root_element().children().filter(|n| n.is_element()) {
        let kind = node.attribute("ContentType").unwrap();
        match node.attribute("Extension") {
            Some(extension) => assert!(defaults.insert(extension, kind).is_none()),
            None => assert!(own.insert(node.attribute("PartName").unwrap(), kind).is_none()),
        }
    }
    for path in opened.parts.keys().filter(|p| !p.starts_with('[')) {
        let extension = path.rsplit_once('.').unwrap().1;
        let kind = own.get(format!("/{path}").as_str()).or(defaults.get(extension));
        let kind = kind.unwrap_or_else(|| panic!("{path} has no content type"));
        // Plain XML says nothing: each part of ours is of a kind.
        assert_ne!(*kind, "application/xml", "{path}");
    }
    assert_eq!(opened.order[..2], ["[Content_Types].xml", "_rels/.rels"]);
}

#[test]
fn the_same_document_gives_the_same_bytes_also_from_several_threads() {
    let first = sample_file();
    let others: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(sample_file)).collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert!(others.iter().all(|other| *other == first));
}

#[test]
fn properties_say_what_the_document_is_as_at_its_day() {
    let opened = sample_opened();
    let core = opened.xml("docProps/core.xml");
    let get = |name: &str| {
        let node = core.descendants().find(|n| n.tag_name().name() == name);
        node.and_then(|n| n.text()).unwrap_or_default().to_owned()
    };
    assert_eq!(get("title"), "A plan & its parts");
    assert_eq!(get("creator"), "The Board");
    assert_eq!(get("subject"), "What was done");
    assert_eq!(get("keywords"), "plan, a<b");
    assert_eq!(get("created"), "2022-04-30T00:00:00Z");
    assert_eq!(get("modified"), "2022-04-30T00:00:00Z");
    assert!(!opened.text("word/settings.xml").contains("updateFields"));
}

#[test]
fn an_image_shown_twice_is_stored_once() {
    let opened = sample_opened();
    let media: Vec<&String> = opened.parts.keys().filter(|p| p.contains("/media/")).collect();
    // One drawing, one SVG with its stand-in, one PNG.
    assert_eq!(media.len(), 4, "{media:?}");
    let stand_in = &opened.parts["word/media/image1.png"];
    assert_eq!(stand_in[..8], *b"\x89PNG\r\n\x1a\n");
}
