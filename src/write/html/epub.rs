//! A Document as an e-book, EPUB 3: the page of the web in a package, for e-readers and for players
//! that read aloud.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::blocks::all_headings;
use super::markup::Markup;
use super::{Extras, html, places};
use crate::diag::{Finding, rules};
use crate::document::{Document, Heading, drawings, line};
use crate::theme::Tokens;

/// `document` as an e-book. The same document, tokens and extras give the same bytes.
pub fn epub(
    document: &Document,
    tokens: &Tokens,
    extras: &Extras,
) -> Result<Vec<u8>, Vec<Finding>> {
    // What needs a script, a network or a pop-up has no place in a book.
    let extras = Extras {
        provenance: false,
        reading_help: false,
        book: true,
        drawings: extras.drawings.clone(),
        ..Extras::default()
    };
    let page = html(document, tokens, &extras)?;
    let parts = [
        ("META-INF/container.xml", CONTAINER.to_owned()),
        ("EPUB/package.opf", package(document)),
        ("EPUB/nav.xhtml", navigation(document)),
        ("EPUB/text.xhtml", page),
    ];
    zipped(&parts).map_err(|reason| {
        let message = format!("{} could not be written as an e-book", document.meta.name);
        vec![Finding::new(&rules::WRITE_FAILED, message).note(reason)]
    })
}

const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\
<rootfiles><rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles>\
</container>\n";

/// What the book is and what it holds.
fn package(document: &Document) -> String {
    let meta = &document.meta;
    let mut out = Markup::default();
    out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let package = [
        ("xmlns", Some("http://www.idpf.org/2007/opf")),
        ("version", Some("3.0")),
        ("unique-identifier", Some("id")),
        ("xml:lang", Some(meta.language.as_str())),
    ];
    out.open("package", &package);
    out.open("metadata", &[("xmlns:dc", Some("http://purl.org/dc/elements/1.1/"))]);
    let day = meta.as_at.format("%Y-%m-%d").to_string();
    let id = format!("urn:annexe:{}:{}:{day}", meta.name, meta.edition);
    out.element("dc:identifier", &[("id", Some("id"))], &id);
    let dublin = [
        ("dc:title", &meta.title),
        ("dc:language", &meta.language),
        ("dc:creator", &meta.author),
        ("dc:publisher", &meta.author),
        ("dc:description", &meta.subject),
        ("dc:coverage", &meta.area),
        ("dc:date", &day),
    ];
    for (name, value) in dublin.into_iter().chain(meta.keywords.iter().map(|k| ("dc:subject", k))) {
        if !value.trim().is_empty() {
            out.element(name, &[], value);
        }
    }
    let modified = format!("{day}T00:00:00Z");
    let has_pictures = !document.assets.is_empty() || !drawings(&document.blocks).is_empty();
    let mut facts = vec![("dcterms:modified", modified.as_str()), ("schema:accessMode", "textual")];
    if has_pictures {
        facts.push(("schema:accessMode", "visual"));
        facts.push(("schema:accessibilityFeature", "alternativeText"));
    }
    facts.extend([
        ("schema:accessModeSufficient", "textual"),
        ("schema:accessibilityFeature", "structuralNavigation"),
        ("schema:accessibilityFeature", "tableOfContents"),
        ("schema:accessibilityFeature", "displayTransformability"),
        ("schema:accessibilityHazard", "none"),
        (
            "schema:accessibilitySummary",
            "Headings, lists and tables are marked as such. Drawings are described, and their figures stand beside them as tables.",
        ),
    ]);
    for (property, value) in facts {
        out.element("meta", &[("property", Some(property))], value);
    }
    out.close("metadata");
    let svg = (!drawings(&document.blocks).is_empty()).then_some("svg");
    let kind = ("media-type", Some("application/xhtml+xml"));
    out.open("manifest", &[]);
    let nav = [("id", Some("nav")), ("href", Some("nav.xhtml")), kind, ("properties", Some("nav"))];
    out.empty("item", &nav);
    let text = [("id", Some("text")), ("href", Some("text.xhtml")), kind, ("properties", svg)];
    out.empty("item", &text);
    out.raw("</manifest><spine><itemref idref=\"text\"/></spine></package>\n");
    out.finish()
}

/// The book's contents: its parts and their sections.
fn navigation(document: &Document) -> String {
    let meta = &document.meta;
    let at = places(&document.blocks);
    let mut out = Markup::default();
    out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n");
    let html = [
        ("xmlns", Some("http://www.w3.org/1999/xhtml")),
        ("xmlns:epub", Some("http://www.idpf.org/2007/ops")),
        ("lang", Some(meta.language.as_str())),
        ("xml:lang", Some(meta.language.as_str())),
    ];
    out.open("html", &html);
    out.raw("<head>");
    out.element("title", &[], &meta.title);
    out.raw("</head><body><nav epub:type=\"toc\">");
    out.element("h1", &[], &meta.title);
    out.raw("<ol><li><a href=\"text.xhtml\">");
    out.text(&meta.title);
    out.raw("</a>");
    let headings: Vec<&Heading> = all_headings(&document.blocks);
    let mut depth = 0;
    for heading in headings.into_iter().filter(|heading| heading.level <= 2) {
        let level = heading.level.clamp(1, depth + 1);
        if level > depth {
            out.raw("<ol>");
            depth += 1;
        } else {
            for _ in level..depth {
                out.raw("</li></ol>");
            }
            depth = level;
            out.raw("</li>");
        }
        let to = at.get(&heading.anchor).map(|id| format!("text.xhtml#{id}"));
        let number = heading.number.as_ref().map(|n| format!("{n} ")).unwrap_or_default();
        out.open("li", &[]);
        let to = to.unwrap_or_else(|| "text.xhtml".to_owned());
        out.element("a", &[("href", Some(&to))], &format!("{number}{}", line(&heading.content)));
    }
    for _ in 0..depth {
        out.raw("</li></ol>");
    }
    out.raw("</li></ol></nav></body></html>\n");
    out.finish()
}

/// The package: its kind first and as it is, so that it can be told without unpacking.
fn zipped(parts: &[(&str, String)]) -> Result<Vec<u8>, String> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .compression_method(CompressionMethod::Stored);
    let packed = plain.compression_method(CompressionMethod::Deflated);
    let kind = [("mimetype", "application/epub+zip".to_owned(), plain)];
    let rest = parts.iter().map(|(name, text)| (*name, text.clone(), packed));
    for (name, text, options) in kind.into_iter().chain(rest) {
        zip.start_file(name, options).map_err(|error| error.to_string())?;
        zip.write_all(text.as_bytes()).map_err(|error| error.to_string())?;
    }
    let written = zip.finish().map_err(|error| error.to_string())?;
    Ok(written.into_inner())
}
