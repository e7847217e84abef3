//! The XML keeps to the schema where Word minds, and names only what is there.

use std::collections::BTreeSet;

use roxmltree::Node;

use super::opened::{all, attribute, child, is, val};
use super::sample_opened;

/// The order of children in WordprocessingML's property elements (ECMA-376, part 1, 17.3 to 17.6).
const ORDERS: &[(&str, &str)] = &[
    (
        "pPr",
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr \
         suppressLineNumbers pBdr shd tabs suppressAutoHyphens spacing ind contextualSpacing \
         mirrorIndents jc textDirection textAlignment outlineLvl rPr sectPr",
    ),
    (
        "rPr",
        "rStyle rFonts b bCs i iCs caps smallCaps strike noProof vanish color spacing w kern \
         position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang",
    ),
    (
        "tblPr",
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc \
         tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption \
         tblDescription",
    ),
    ("tcPr", "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection vAlign"),
    ("tblBorders", "top left bottom right insideH insideV"),
    ("tcBorders", "top left bottom right insideH insideV"),
    ("tblCellMar", "top left bottom right"),
    ("pBdr", "top left bottom right between bar"),
    ("numPr", "ilvl numId"),
    (
        "sectPr",
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders \
         lnNumType pgNumType cols formProt vAlign noEndnote titlePg",
    ),
    (
        "style",
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden \
         unhideWhenUsed qFormat locked pPr rPr tblPr trPr tcPr tblStylePr",
    ),
    ("lvl", "start numFmt lvlRestart pStyle isLgl suff lvlText lvlJc pPr rPr"),
    ("tbl", "bookmarkStart bookmarkEnd tblPr tblGrid tr"),
    ("tc", "tcPr *"),
    ("p", "pPr *"),
    ("r", "rPr *"),
];

#[test]
fn properties_stand_in_schema_order_and_no_container_is_empty() {
    let opened = sample_opened();
    let mut seen = BTreeSet::new();
    for (path, part) in opened.xml_parts().filter(|(path, _)| path.starts_with("word/")) {
        for node in part.descendants().filter(|n| n.is_element()) {
            let name = node.tag_name().name();
            let Some((_, order)) = ORDERS.iter().find(|(known, _)| *known == name) else {
                continue;
            };
            seen.insert(name.to_owned());
            check_order(node, order, path);
            if name.ends_with("Pr") && name != "sectPr" {
                assert!(node.has_children(), "an empty {name} in {path}");
            }
        }
        assert!(!opened.text(path).contains("paraId"), "{path}");
    }
    assert_eq!(seen.len(), ORDERS.len(), "not all met: {seen:?}");
}

fn check_order(node: Node, order: &str, path: &str) {
    let order: Vec<&str> = order.split_whitespace().collect();
    let mut last = 0;
    for child in node.children().filter(|n| n.is_element()) {
        let name = child.tag_name().name();
        let rank = order
            .iter()
            .position(|known| *known == name)
            .or_else(|| order.iter().position(|known| *known == "*"))
            .unwrap_or_else(|| panic!("{name} in {} ({path})", node.tag_name().name()));
        assert!(rank >= last, "{name} too late in {} ({path})", node.tag_name().name());
        last = rank;
    }
}

#[test]
fn every_style_and_list_that_is_named_is_there() {
    let opened = sample_opened();
    let styles = opened.xml("word/styles.xml");
    let known: BTreeSet<(&str, &str)> = all(styles.root(), "style")
        .map(|style| (attribute(style, "type").unwrap(), attribute(style, "styleId").unwrap()))
        .collect();
    let names: Vec<&str> =
        all(styles.root(), "name").map(|name| attribute(name, "val").unwrap()).collect();
    assert_eq!(names.len(), names.iter().collect::<BTreeSet<_>>().len(), "a style name twice");
    let numbering = opened.xml("word/numbering.xml");
    let lists: BTreeSet<&str> =
        all(numbering.root(), "num").map(|num| attribute(num, "numId").unwrap()).collect();
    for (path, part) in opened.xml_parts().filter(|(path, _)| path.starts_with("word/")) {
        for node in part.descendants().filter(|n| n.is_element()) {
            let value = attribute(node, "val").unwrap_or_default();
            let kind = match node.tag_name().name() {
                "pStyle" => "paragraph",
                "rStyle" => "character",
                "tblStyle" => "table",
                "next" => "paragraph",
                "numId" => {
                    assert!(lists.contains(value), "list {value} in {path}");
                    continue;
                }
                "basedOn" => {
                    assert!(known.iter().any(|(_, id)| *id == value), "{value} in {path}");
                    continue;
                }
                _ => continue,
            };
            assert!(known.contains(&(kind, value)), "no {kind} style {value} ({path})");
        }
    }
}

#[test]
fn bookmarks_are_unique_and_every_link_inside_leads_to_one() {
    let opened = sample_opened();
    let document = opened.document();
    let mut ids = BTreeSet::new();
    let mut names = BTreeSet::new();
    for start in all(document.root(), "bookmarkStart") {
        assert!(ids.insert(attribute(start, "id").unwrap()), "a bookmark id twice");
        let name = attribute(start, "name").unwrap();
        assert!(name.len() <= 40);
        assert!(names.insert(name.to_lowercase()), "{name} twice");
    }
    let ends: BTreeSet<&str> =
        all(document.root(), "bookmarkEnd").map(|end| attribute(end, "id").unwrap()).collect();
    assert_eq!(ids, ends);
    let links = all(document.root(), "hyperlink").filter_map(|link| attribute(link, "anchor"));
    let links: Vec<&str> = links.collect();
    assert!(links.len() > 5);
    for link in links {
        assert!(names.contains(&link.to_lowercase()), "{link}");
    }
}

#[test]
fn every_picture_has_an_id_of_its_own_and_words_or_is_marked_as_decoration() {
    let opened = sample_opened();
    let document = opened.document();
    let mut ids = BTreeSet::new();
    let (mut described, mut decorative) = (0, 0);
    for picture in document.descendants().filter(|n| is(*n, "docPr")) {
        assert!(ids.insert(picture.attribute("id").unwrap()), "a picture id twice");
        let marked = picture.descendants().any(|n| is(n, "decorative"));
        match picture.attribute("descr") {
            Some("") | None => assert!(marked, "a picture without words"),
            Some(_) => assert!(!marked, "decoration with words"),
        }
        if marked { decorative += 1 } else { described += 1 }
    }
    assert_eq!((described, decorative), (3, 1));
    // The SVG itself is there for Word that can show it, beside the stand-in.
    let vectors = document.descendants().filter(|n| is(*n, "svgBlip")).count();
    assert_eq!(vectors, 2);
}

#[test]
fn headings_have_outline_levels_and_stay_with_what_follows() {
    let opened = sample_opened();
    let styles = opened.xml("word/styles.xml");
    for level in 1..=6 {
        let id = format!("Heading{level}");
        let style = all(styles.root(), "style")
            .find(|style| attribute(*style, "styleId") == Some(&id))
            .unwrap();
        let outline = val(style, "pPr", "outlineLvl").unwrap();
        assert_eq!(outline, (level - 1).to_string());
        assert!(child(child(style, "pPr").unwrap(), "keepNext").is_some());
    }
}
