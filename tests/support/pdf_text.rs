//! Reads a PDF's text back: in the order of its tags, as a screen reader has it, and run by run
//! with where each stands on the page.
//!
//! Written for the PDFs that Annexe writes: one content stream a page, two-byte fonts with a
//! ToUnicode map. It panics on others, which is what a test wants.

use std::collections::{BTreeMap, HashMap};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// A run of letters on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The page, from 1.
    pub page: u32,
    /// Its tag's content id; `None` for running heads and other furniture.
    pub mcid: Option<i64>,
    /// Its letters.
    pub text: String,
    /// Left end, in points from the left edge.
    pub x: f64,
    /// Base line, in points from the lower edge.
    pub y: f64,
    /// How long it is.
    pub width: f64,
    /// Type size.
    pub size: f64,
}

/// A PDF that was read back.
pub struct Pdf {
    document: Document,
    /// Every run of every page, in the order they are drawn.
    pub runs: Vec<Run>,
    pages: HashMap<ObjectId, u32>,
}

/// What a tag is: its type and what it holds, for asking about structure.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// `P`, `TH` …
    pub kind: String,
    /// `Scope` of a header cell, if it has one.
    pub scope: Option<String>,
    /// Alternative text.
    pub alt: Option<String>,
    /// The text in it, in order.
    pub text: String,
    /// The tags in it.
    pub inside: Vec<Tag>,
}

impl Pdf {
    /// Reads `bytes`.
    pub fn read(bytes: &[u8]) -> Pdf {
        let document = Document::load_mem(bytes).expect("a readable PDF");
        let mut runs = Vec::new();
        let mut pages = HashMap::new();
        for (number, id) in document.get_pages() {
            pages.insert(id, number);
            PageReader::new(&document, id, number).read(&mut runs);
        }
        Pdf { document, runs, pages }
    }

    /// The document's tags.
    pub fn tags(&self) -> Vec<Tag> {
        let catalog = self.document.catalog().unwrap();
        let root = self.dictionary(catalog.get(b"StructTreeRoot").unwrap());
        let mut texts: BTreeMap<(u32, i64), String> = BTreeMap::new();
        for run in &self.runs {
            if let Some(mcid) = run.mcid {
                texts.entry((run.page, mcid)).or_default().push_str(&run.text);
            }
        }
        let mut tags = Vec::new();
        self.inside(root.get(b"K").unwrap(), None, &texts, &mut tags, &mut String::new());
        tags
    }

    /// The visible words in reading order: without list marks and footnote numbers, without the
    /// entries of contents lists, with footnotes after the paragraph or cell they belong to, and captions under
    /// their figures.
    pub fn words(&self) -> String {
        fn collect(tag: &Tag, out: &mut String, notes: &mut String) {
            match tag.kind.as_str() {
                "Lbl" | "TOC" => {}
                "" => out.push_str(&tag.text),
                "Note" => tag.inside.iter().for_each(|tag| collect(tag, notes, &mut String::new())),
                kind => {
                    let is_block = !matches!(kind, "Span" | "Strong" | "Em" | "Link" | "Reference");
                    if is_block {
                        out.push_str(&std::mem::take(notes));
                    }
                    // Typst tags a caption before its figure, wherever it stands on the page.
                    let under = tag.inside.iter().any(|tag| tag.kind == "Figure");
                    let (late, first): (Vec<_>, Vec<_>) =
                        tag.inside.iter().partition(|tag| under && tag.kind == "Caption");
                    first.into_iter().chain(late).for_each(|tag| collect(tag, out, notes));
                    if is_block {
                        out.push_str(&std::mem::take(notes));
                    }
                }
            }
        }
        let mut out = String::new();
        self.tags().iter().for_each(|tag| collect(tag, &mut out, &mut String::new()));
        out
    }

    /// Every tag of `kind`, in order.
    pub fn tags_of(&self, kind: &str) -> Vec<Tag> {
        fn collect(tags: &[Tag], kind: &str, out: &mut Vec<Tag>) {
            for tag in tags {
                if tag.kind == kind {
                    out.push(tag.clone());
                }
                collect(&tag.inside, kind, out);
            }
        }
        let mut out = Vec::new();
        collect(&self.tags(), kind, &mut out);
        out
    }

    /// Pairs of runs that lie over each other by more than a hair.
    pub fn overlaps(&self) -> Vec<(Run, Run)> {
        let inked: Vec<&Run> = self.runs.iter().filter(|run| !run.text.trim().is_empty()).collect();
        let mut found = Vec::new();
        for (index, a) in inked.iter().enumerate() {
            for b in &inked[index + 1..] {
                if a.page != b.page {
                    continue;
                }
                // From the base line to the height of small letters; a hair of tolerance.
                let across = (a.x + a.width).min(b.x + b.width) - a.x.max(b.x);
                let up = (a.y + 0.5 * a.size).min(b.y + 0.5 * b.size) - a.y.max(b.y);
                if across > 0.8 && up > 0.8 {
                    found.push(((*a).clone(), (*b).clone()));
                }
            }
        }
        found
    }

    /// Runs that reach over the edge of their page.
    pub fn beyond_the_edge(&self) -> Vec<Run> {
        let boxes: HashMap<u32, Vec<f64>> = self
            .document
            .get_pages()
            .into_iter()
            .map(|(number, id)| {
                let page = self.document.get_dictionary(id).unwrap();
                let edges = page.get(b"MediaBox").and_then(Object::as_array).unwrap();
                (number, edges.iter().map(number_of).collect())
            })
            .collect();
        let outside = |run: &&Run| {
            let edges = &boxes[&run.page];
            run.x < edges[0] || run.x + run.width > edges[2] || run.y < edges[1] || run.y > edges[3]
        };
        self.runs.iter().filter(outside).cloned().collect()
    }

    fn dictionary<'a>(&'a self, object: &'a Object) -> &'a Dictionary {
        self.document.dereference(object).unwrap().1.as_dict().unwrap()
    }

    fn inside(
        &self,
        object: &Object,
        page: Option<u32>,
        texts: &BTreeMap<(u32, i64), String>,
        tags: &mut Vec<Tag>,
        text: &mut String,
    ) {
        let leaf = |page: Option<u32>, mcid: i64| {
            let text = texts.get(&(page.unwrap(), mcid)).cloned().unwrap_or_default();
            Tag { kind: String::new(), scope: None, alt: None, text, inside: Vec::new() }
        };
        match self.document.dereference(object).unwrap().1 {
            Object::Array(kids) => {
                kids.iter().for_each(|kid| self.inside(kid, page, texts, tags, text))
            }
            Object::Integer(mcid) => {
                let leaf = leaf(page, *mcid);
                text.push_str(&leaf.text);
                tags.push(leaf);
            }
            Object::Dictionary(kid) => {
                let own =
                    kid.get(b"Pg").ok().and_then(|pg| self.pages.get(&pg.as_reference().ok()?));
                let page = own.copied().or(page);
                if let Ok(mcid) = kid.get(b"MCID").and_then(Object::as_i64) {
                    let leaf = leaf(page, mcid);
                    text.push_str(&leaf.text);
                    tags.push(leaf);
                } else if let Ok(kind) = kid.get(b"S").and_then(Object::as_name) {
                    let mut tag = Tag {
                        kind: String::from_utf8_lossy(kind).into_owned(),
                        scope: self.attribute(kid, b"Scope"),
                        alt: kid
                            .get(b"Alt")
                            .ok()
                            .map(|alt| lopdf::decode_text_string(alt).unwrap()),
                        text: String::new(),
                        inside: Vec::new(),
                    };
                    if let Ok(kids) = kid.get(b"K") {
                        self.inside(kids, page, texts, &mut tag.inside, &mut tag.text);
                    }
                    text.push_str(&tag.text);
                    tags.push(tag);
                }
            }
            _ => {}
        }
    }

    /// A name in a tag's attributes.
    fn attribute(&self, tag: &Dictionary, name: &[u8]) -> Option<String> {
        let attributes = self.document.dereference(tag.get(b"A").ok()?).ok()?.1;
        let sets: Vec<&Object> = match attributes {
            Object::Array(sets) => sets.iter().collect(),
            one => vec![one],
        };
        sets.into_iter().find_map(|set| {
            let set = self.document.dereference(set).ok()?.1.as_dict().ok()?;
            let value = set.get(name).and_then(Object::as_name).ok()?;
            Some(String::from_utf8_lossy(value).into_owned())
        })
    }
}

/// A font as far as text goes.
#[derive(Default)]
struct FontMap {
    letters: HashMap<u16, String>,
    widths: HashMap<u16, f64>,
    default_width: f64,
}

type Matrix = [f64; 6];

fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

fn number_of(object: &Object) -> f64 {
    match object {
        Object::Integer(n) => *n as f64,
        Object::Real(n) => f64::from(*n),
        other => panic!("no number: {other:?}"),
    }
}

fn matrix_of(operands: &[Object]) -> Matrix {
    std::array::from_fn(|index| number_of(&operands[index]))
}

struct PageReader<'a> {
    document: &'a Document,
    page: ObjectId,
    number: u32,
    fonts: HashMap<Vec<u8>, FontMap>,
}

impl<'a> PageReader<'a> {
    fn new(document: &'a Document, page: ObjectId, number: u32) -> Self {
        let fonts = document
            .get_page_fonts(page)
            .unwrap()
            .into_iter()
            .map(|(name, font)| (name, read_font(document, font)))
            .collect();
        PageReader { document, page, number, fonts }
    }

    fn read(&self, runs: &mut Vec<Run>) {
        let content = self.document.get_page_content(self.page);
        let content = Content::decode(&content).unwrap();
        let identity = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
        let (mut page_matrix, mut text_matrix) = (identity, identity);
        let mut kept = Vec::new();
        let mut marks: Vec<Option<i64>> = Vec::new();
        let (mut font, mut size) = (Vec::new(), 0.0);
        for operation in content.operations {
            let operands = &operation.operands;
            match operation.operator.as_str() {
                "q" => kept.push(page_matrix),
                "Q" => page_matrix = kept.pop().unwrap(),
                "cm" => page_matrix = times(matrix_of(operands), page_matrix),
                "BT" => text_matrix = identity,
                "Tm" => text_matrix = matrix_of(operands),
                "Tf" => {
                    font = operands[0].as_name().unwrap().to_vec();
                    size = number_of(&operands[1]);
                }
                "BMC" => marks.push(None),
                "BDC" => marks.push(
                    operands[1].as_dict().ok().and_then(|d| d.get(b"MCID").ok()?.as_i64().ok()),
                ),
                "EMC" => drop(marks.pop()),
                "Tj" | "TJ" => {
                    let pieces = match &operands[0] {
                        Object::Array(pieces) => pieces.clone(),
                        one => vec![one.clone()],
                    };
                    let (text, width) = self.fonts[&font].show(&pieces, size);
                    let place = times(text_matrix, page_matrix);
                    runs.push(Run {
                        page: self.number,
                        mcid: marks.iter().rev().find_map(|mark| *mark),
                        text,
                        x: place[4],
                        y: place[5],
                        width: width * place[0].abs(),
                        size: size * place[3].abs(),
                    });
                    text_matrix = times([1.0, 0.0, 0.0, 1.0, width, 0.0], text_matrix);
                }
                "Do" => {
                    let name = operands[0].as_name().unwrap();
                    assert!(
                        !self.is_form_with_text(name),
                        "text in a form of page {}",
                        self.number
                    );
                }
                _ => {}
            }
        }
    }

    fn is_form_with_text(&self, name: &[u8]) -> bool {
        let resources = self.document.get_page_resources(self.page).unwrap();
        let found = resources.0.and_then(|dictionary| {
            let forms = self
                .document
                .dereference(dictionary.get(b"XObject").ok()?)
                .ok()?
                .1
                .as_dict()
                .ok()?;
            let stream =
                self.document.dereference(forms.get(name).ok()?).ok()?.1.as_stream().ok()?;
            let is_form = stream.dict.get(b"Subtype").and_then(Object::as_name).ok()? == b"Form";
            Some(is_form && stream.dict.get(b"Resources").ok()?.as_dict().ok()?.has(b"Font"))
        });
        found.unwrap_or(false)
    }
}

impl FontMap {
    /// The letters of a shown string, and how far it moves on.
    fn show(&self, pieces: &[Object], size: f64) -> (String, f64) {
        let (mut text, mut width) = (String::new(), 0.0);
        for piece in pieces {
            match piece {
                Object::String(bytes, _) => {
                    for pair in bytes.chunks_exact(2) {
                        let code = u16::from_be_bytes([pair[0], pair[1]]);
                        text.push_str(self.letters.get(&code).map_or("", String::as_str));
                        width += self.widths.get(&code).copied().unwrap_or(self.default_width)
                            / 1000.0
                            * size;
                    }
                }
                moved => width -= number_of(moved) / 1000.0 * size,
            }
        }
        (text, width)
    }
}

fn read_font(document: &Document, font: &Dictionary) -> FontMap {
    let mut map = FontMap { default_width: 1000.0, ..FontMap::default() };
    let Ok(cmap) = font.get(b"ToUnicode") else { panic!("a font without ToUnicode") };
    let cmap = document.dereference(cmap).unwrap().1.as_stream().unwrap();
    let cmap = cmap.decompressed_content().unwrap_or_else(|_| cmap.content.clone());
    read_cmap(&String::from_utf8_lossy(&cmap), &mut map.letters);
    let Ok(descendants) = font.get(b"DescendantFonts") else { return map };
    let descendants = document.dereference(descendants).unwrap().1.as_array().unwrap();
    let descendant = document.dereference(&descendants[0]).unwrap().1.as_dict().unwrap();
    if let Ok(width) = descendant.get(b"DW") {
        map.default_width = number_of(width);
    }
    if let Ok(widths) = descendant.get(b"W") {
        let widths = document.dereference(widths).unwrap().1.as_array().unwrap();
        let mut at = 0;
        while at + 1 < widths.len() {
            let first = number_of(&widths[at]) as u16;
            if let Object::Array(each) = &widths[at + 1] {
                for (code, width) in (first..).zip(each) {
                    map.widths.insert(code, number_of(width));
                }
                at += 2;
            } else {
                for code in first..=number_of(&widths[at + 1]) as u16 {
                    map.widths.insert(code, number_of(&widths[at + 2]));
                }
                at += 3;
            }
        }
    }
    map
}

/// Reads the `bfchar` and `bfrange` lines of a ToUnicode map.
fn read_cmap(cmap: &str, letters: &mut HashMap<u16, String>) {
    let code = |hex: &str| u16::from_str_radix(hex, 16).unwrap();
    let text = |hex: &str| {
        let units: Vec<u16> =
            hex.as_bytes().chunks(4).map(|unit| code(std::str::from_utf8(unit).unwrap())).collect();
        String::from_utf16(&units).unwrap()
    };
    let mut ranges = false;
    for line in cmap.lines() {
        ranges = line.ends_with("beginbfrange") || ranges && !line.ends_with("endbfrange");
        let hex: Vec<&str> =
            line.split('<').skip(1).filter_map(|part| part.split('>').next()).collect();
        match hex.as_slice() {
            [first, last, to] if ranges => {
                for (offset, at) in (code(first)..=code(last)).enumerate() {
                    let base: Vec<char> = text(to).chars().collect();
                    let next = char::from_u32(base[0] as u32 + offset as u32).unwrap();
                    letters.insert(at, next.to_string());
                }
            }
            [from, to] if !ranges && from.len() == 4 && !line.contains("FFFF>") => {
                letters.insert(code(from), text(to));
            }
            _ => {}
        }
    }
}
