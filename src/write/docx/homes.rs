//! Where each paragraph of a Word file came from, so that what colleagues change in it can come home.
//!
//! A hidden bookmark stands around the words of each paragraph, and a custom XML part says what each
//! bookmark stands for: file, place and a hash of the source, and the words as they were built, divided
//! into those that an author wrote and those that were made from data. Other programs that save the file
//! keep both. Nothing of this is seen on the page.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;

use docx_rs::{BookmarkEnd, BookmarkStart, ParagraphChild, RunChild};
use sha2::{Digest, Sha256};

use crate::document::{Document, Figure, TYPED};
use crate::source::{Sources, Span};
use crate::theme::Tokens;

use super::package::{Package, Relation, Relationships};
use super::xml::{Xml, clean};
use super::{Extras, Writer};

/// The namespace of the part.
pub const NAMESPACE: &str = "urn:annexe:home:1";
/// What the names of the bookmarks start with. Word hides names that start with a line.
pub const PREFIX: &str = "_annexe_";
/// The part's own name among the data of a file, as the format asks for one.
const ITEM: &str = "{7C2E6B0A-3D57-4B6E-9A41-5D0F6E8B2C19}";

/// A paragraph of the Word file, and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// Its number in the file, from 1; its bookmark is called so.
    pub number: usize,
    /// What it is.
    pub kind: HomeKind,
    /// Whether it stands in a cell of a data table.
    pub cell: bool,
    /// Whether the source is the paragraph's own, not that of a block around it.
    pub own: bool,
    /// Where it came from, when it came from a file.
    pub source: Option<Source>,
    /// Its words, in order.
    pub pieces: Vec<Piece>,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HomeKind {
    /// A heading.
    Heading,
    /// A paragraph of a text, a box or a cell.
    Text,
    /// The first paragraph of a list item.
    Item,
    /// A footnote's.
    Note,
    /// Anything else: a caption, a title, a cover's line.
    #[default]
    Other,
}

impl HomeKind {
    /// Each kind by the word that the part has for it.
    pub const WORDS: &'static [(&'static str, HomeKind)] = &[
        ("heading", HomeKind::Heading),
        ("text", HomeKind::Text),
        ("item", HomeKind::Item),
        ("note", HomeKind::Note),
        ("other", HomeKind::Other),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("other", |(word, _)| word)
    }
}

/// A stretch of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The file, from the project folder.
    pub path: String,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The line it starts on, from 1.
    pub line: usize,
    /// [`hash`] of its text.
    pub hash: String,
}

/// Some words of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words. A line break is `\n`.
    pub words: String,
    /// Who made them.
    pub maker: Maker,
}

/// Who made some words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Maker {
    /// An author typed them, here or in a field of the plan.
    Author,
    /// They are a figure or date that was bound to data.
    Figure {
        /// The path it was asked for by: `kpi.K1.actual`.
        path: String,
        /// The file and line of the first cell or record it was made of.
        cell: Option<(String, usize)>,
        /// That cell, until the file's lines are known.
        span: Option<Span>,
    },
    /// The writer added them: a number before a heading, a rating's letter and word.
    Writer,
}

impl Maker {
    /// Who made a figure: data, unless its author typed it.
    pub fn of(figure: &Figure) -> Self {
        if figure.path == TYPED {
            return Maker::Author;
        }
        let span = figure.trace.cells.first().copied();
        Maker::Figure { path: figure.path.clone(), cell: None, span }
    }
}

impl Home {
    /// Its words as they stand in the file.
    pub fn words(&self) -> String {
        self.pieces.iter().map(|piece| piece.words.as_str()).collect()
    }
}

/// The paragraphs so far, and what is known of the next.
#[derive(Debug, Default)]
pub struct Homes {
    list: Vec<Home>,
    /// What the next paragraph is.
    pub next: HomeKind,
    said: Vec<Piece>,
}

impl Homes {
    /// Words that the paragraph being made shows.
    pub fn said(&mut self, words: &str, maker: Maker) {
        self.said.push(Piece { words: clean(words).into_owned(), maker });
    }

    /// Puts by what was said of the paragraph around a note.
    pub fn open_note(&mut self) -> Vec<Piece> {
        std::mem::take(&mut self.said)
    }
}

impl Writer<'_> {
    /// Gives a paragraph with `children` its bookmark, and notes where it came from.
    pub(super) fn give_home(&mut self, children: &mut Vec<ParagraphChild>, cell: bool) {
        let kind = std::mem::take(&mut self.homes.next);
        let Some(number) = self.note_paragraph(children, kind, cell) else { return };
        let id = self.anchors.count() + number;
        let name = format!("{PREFIX}{number}");
        children.insert(0, ParagraphChild::BookmarkStart(BookmarkStart::new(id, name)));
        children.push(ParagraphChild::BookmarkEnd(BookmarkEnd::new(id)));
    }

    /// Notes where a footnote's paragraph came from, and goes on with what was said `around` it. Other
    /// programs lose bookmarks in footnotes, so these are told by their order.
    pub(super) fn note_home(&mut self, children: &[ParagraphChild], around: Vec<Piece>) {
        let outer = std::mem::take(&mut self.homes.next);
        self.note_paragraph(children, HomeKind::Note, false);
        self.homes.said = around;
        self.homes.next = outer;
    }

    fn note_paragraph(
        &mut self,
        children: &[ParagraphChild],
        kind: HomeKind,
        cell: bool,
    ) -> Option<usize> {
        let said = std::mem::take(&mut self.homes.said);
        let sources = self.extras.sources?;
        let mut shown = String::new();
        shown_words(children, &mut shown);
        if shown.trim().is_empty() {
            return None;
        }
        let source = self.span.filter(|span| !sources.file(span.file).built_in);
        let own = self.own && matches!(kind, HomeKind::Heading | HomeKind::Text | HomeKind::Item);
        let number = self.homes.list.len() + 1;
        self.homes.list.push(Home {
            number,
            kind,
            cell,
            own: own && source.is_some(),
            source: source.map(|span| source_at(span, sources)),
            pieces: pieces(&shown, said, sources),
        });
        Some(number)
    }

    /// Writes the part, and what names it.
    pub(super) fn write_homes(&self, package: &mut Package) -> Result<(), String> {
        let part = part(self.document, self.extras, &self.homes.list);
        package.add("customXml/item1.xml", part.as_bytes())?;
        let mut xml = Xml::part();
        let name = "http://schemas.openxmlformats.org/officeDocument/2006/customXml";
        xml.open("ds:datastoreItem", &[("ds:itemID", &ITEM), ("xmlns:ds", &name)]);
        xml.open("ds:schemaRefs", &[]);
        xml.empty("ds:schemaRef", &[("ds:uri", &NAMESPACE)]);
        xml.close("ds:schemaRefs");
        xml.close("ds:datastoreItem");
        package.add("customXml/itemProps1.xml", xml.finish().as_bytes())?;
        let mut relationships = Relationships::default();
        relationships.id(Relation::DataProperties, "itemProps1.xml");
        package.relate("customXml/item1.xml", &relationships)
    }
}

/// The paragraphs that the Word file of `document` has, without making the file.
pub fn homes(document: &Document, tokens: &Tokens, sources: &Sources) -> Result<Vec<Home>, String> {
    let extras = Extras { sources: Some(sources), ..Extras::default() };
    let mut writer = Writer::new(document, tokens, &extras);
    // What cannot be shown is told when the file is made; drawings are not needed for words.
    let mut package = Package::new();
    package.start(super::DOCUMENT)?;
    writer.body(&mut package)?;
    Ok(writer.homes.list)
}

/// Names a text: the first 16 digits of its SHA-256.
pub fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn source_at(span: Span, sources: &Sources) -> Source {
    let file = sources.file(span.file);
    Source {
        path: crate::diag::slashed(&file.path),
        start: span.start as usize,
        end: span.end as usize,
        line: sources.position(span).line,
        hash: hash(sources.text(span)),
    }
}

/// The words that `children` show, in order.
fn shown_words(children: &[ParagraphChild], out: &mut String) {
    for child in children {
        match child {
            ParagraphChild::Run(run) => {
                for child in &run.children {
                    match child {
                        RunChild::Text(text) => out.push_str(&plain(&text.text)),
                        RunChild::Break(_) => out.push('\n'),
                        _ => {}
                    }
                }
            }
            ParagraphChild::Hyperlink(link) => shown_words(&link.children, out),
            _ => {}
        }
    }
}

/// `text` as it was given to docx-rs, which keeps it escaped.
fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    // Last, so that nothing is taken for an entity that an author wrote out.
    Cow::Owned(text.replace("&apos;", "'").replace("&#39;", "'").replace("&amp;", "&"))
}

/// `shown` divided by who made what: what was `said` of it, and what the writer put between.
fn pieces(shown: &str, said: Vec<Piece>, sources: &Sources) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut push = |words: &str, maker: Maker| {
        if words.is_empty() {
            return;
        }
        match out.last_mut() {
            Some(last) if last.maker == maker && !matches!(maker, Maker::Figure { .. }) => {
                last.words.push_str(words);
            }
            _ => out.push(Piece { words: words.to_owned(), maker }),
        }
    };
    // Breaks are the author's; all else that nobody said is the writer's.
    let between = |words: &str, push: &mut dyn FnMut(&str, Maker)| {
        for (index, part) in words.split('\n').enumerate() {
            if index > 0 {
                push("\n", Maker::Author);
            }
            push(part, Maker::Writer);
        }
    };
    let mut rest = shown;
    for Piece { words, maker } in said {
        let Some(at) = rest.find(&words) else { continue };
        between(&rest[..at], &mut push);
        let maker = match maker {
            Maker::Figure { path, span, .. } => {
                let cell = span.map(|span| {
                    let path = crate::diag::slashed(&sources.file(span.file).path);
                    (path, sources.position(span).line)
                });
                Maker::Figure { path, cell, span: None }
            }
            other => other,
        };
        push(&words, maker);
        rest = &rest[at + words.len()..];
    }
    between(rest, &mut push);
    out
}

/// The part: what the file is of, and each of its paragraphs.
fn part(document: &Document, extras: &Extras<'_>, homes: &[Home]) -> String {
    let mut files: BTreeMap<&str, usize> = BTreeMap::new();
    for home in homes {
        let cells = home.pieces.iter().filter_map(|piece| match &piece.maker {
            Maker::Figure { cell: Some((path, _)), .. } => Some(path.as_str()),
            _ => None,
        });
        for path in home.source.iter().map(|source| source.path.as_str()).chain(cells) {
            files.insert(path, 0);
        }
    }
    files.values_mut().enumerate().for_each(|(index, number)| *number = index);
    let mut body = Xml::fragment();
    for home in homes {
        write_home(home, &files, &mut body);
    }
    let body = body.finish();
    let meta = &document.meta;
    let mut xml = Xml::part();
    xml.open(
        "home",
        &[
            ("xmlns", &NAMESPACE),
            ("version", &env!("CARGO_PKG_VERSION")),
            ("document", &meta.name),
            ("edition", &meta.edition),
            ("as-at", &meta.as_at),
            ("build", &hash(&body)),
        ],
    );
    for (name, value) in &extras.parameters {
        xml.empty("parameter", &[("name", name), ("value", value)]);
    }
    for path in files.keys() {
        xml.empty("file", &[("path", path)]);
    }
    xml.raw(&body);
    xml.close("home");
    xml.finish()
}

fn write_home(home: &Home, files: &BTreeMap<&str, usize>, xml: &mut Xml) {
    let kind = home.kind.word();
    let file = |path: &str| files.get(path).copied().unwrap_or_default();
    let mut attributes: Vec<(&str, &dyn Display)> = vec![("n", &home.number), ("kind", &kind)];
    if home.cell {
        attributes.push(("cell", &1));
    }
    if home.own {
        attributes.push(("own", &1));
    }
    let index;
    if let Some(source) = &home.source {
        index = file(&source.path);
        attributes.push(("file", &index));
        attributes.push(("start", &source.start));
        attributes.push(("end", &source.end));
        attributes.push(("line", &source.line));
        attributes.push(("hash", &source.hash));
    }
    xml.open("p", &attributes);
    for Piece { words, maker } in &home.pieces {
        match maker {
            Maker::Author => {
                for (index, part) in words.split('\n').enumerate() {
                    if index > 0 {
                        xml.empty("br", &[]);
                    }
                    if !part.is_empty() {
                        xml.element("t", &[], part);
                    }
                }
            }
            Maker::Writer => xml.element("w", &[], words),
            Maker::Figure { path, cell, .. } => match cell {
                Some((cell, line)) => {
                    let index = file(cell);
                    let attributes: [(&str, &dyn Display); 3] =
                        [("path", path), ("file", &index), ("line", line)];
                    xml.element("figure", &attributes, words);
                }
                None => xml.element("figure", &[("path", path)], words),
            },
        }
    }
    xml.close("p");
}
