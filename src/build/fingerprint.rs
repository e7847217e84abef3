//! What a file is made of, as one hash: the program, the theme, what the edition says of drawing, and
//! the whole Document with its pictures. Equal fingerprints give equal files.
//!
//! Places in the author's files are left out: they decide what findings show and nothing that is drawn,
//! and they shift with every line that is added anywhere.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::enclosed;
use crate::diag::slashed;
use crate::document::{
    Asset, BlockKind, Document, Figure, Heading, Holding, Inline, Trace, drawings, figures, lines,
    walk,
};
use crate::project::{Edition, Length, Numbers, Project, Theme};
use crate::source::Span;
use crate::write::html::DatasetNote;
use crate::write::pdf::Attachment;

/// The program: its sources, its dependencies and the compiler.
const PROGRAM: &str = env!("ANNEXE_IDENTITY");

/// A SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Hash(Sha256::digest(bytes).into())
    }

    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
        }
        Some(Hash(bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Adds up what something is made of, part by part; no two lists of parts read the same.
#[derive(Clone)]
pub struct Made(Sha256);

impl Made {
    /// Of a thing of this kind, made by this program.
    pub fn of(kind: &str) -> Self {
        Made(Sha256::new()).with(PROGRAM.as_bytes()).with(kind.as_bytes())
    }

    /// And of these bytes.
    pub fn with(mut self, bytes: &[u8]) -> Self {
        self.add(bytes);
        self
    }

    /// And of what this says as JSON.
    pub fn with_value(mut self, value: &impl Serialize) -> Self {
        self.add_value(value);
        self
    }

    /// And of what has this hash.
    pub fn with_hash(self, hash: Hash) -> Self {
        self.with(&hash.0)
    }

    /// The whole.
    pub fn hash(self) -> Hash {
        Hash(self.0.finalize().into())
    }

    fn add(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    fn add_value(&mut self, value: &impl Serialize) {
        let mut into = Into { sum: &mut self.0, bytes: 0 };
        // Only a map with keys that are no text cannot be written, and those get a fingerprint that
        // nothing else has: its length says where it broke off.
        let whole = serde_json::to_writer(&mut into, value).is_ok();
        let bytes = into.bytes;
        self.0.update(bytes.to_le_bytes());
        self.0.update([u8::from(whole)]);
    }
}

/// Hashes what is written to it.
struct Into<'s> {
    sum: &'s mut Sha256,
    bytes: u64,
}

impl Write for Into<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.sum.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What an edition says that is for drawing: whoever draws gets this and not the edition.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// How many pages there may be.
    pub length: Length,
    /// How figures are written, which decides what a web page tells of them.
    pub numbers: Numbers,
}

impl Manner {
    /// That of `edition`.
    pub fn of(edition: &Edition) -> Self {
        Manner { length: edition.length, numbers: edition.numbers }
    }
}

/// The fingerprint of a theme.
pub fn theme(theme: &Theme) -> Hash {
    let Theme { name, tokens, files, fonts } = theme;
    let mut made = Made::of("theme").with(name.as_bytes()).with_value(tokens);
    for (path, bytes) in files {
        made = made.with(path.as_bytes()).with(bytes);
    }
    made = made.with(&(fonts.len() as u64).to_le_bytes());
    for bytes in fonts {
        made = made.with(bytes);
    }
    made.hash()
}

/// The fingerprint of a document drawn with a theme in an edition's manner, whatever its format.
/// How many pages it may have is judged anew each time, so that is no part of it.
pub fn document(document: &Document, theme: Hash, manner: Manner) -> Hash {
    let Document { meta: _, blocks, assets } = document;
    let easy = matches!(manner.numbers, Numbers::Easy);
    let mut made =
        Made::of("document").with_hash(theme).with(&[u8::from(easy)]).with_value(document);
    for (name, asset) in assets {
        let Asset { format, bytes, width, height } = asset;
        made = made.with(name.as_bytes()).with_value(&(format, width, height)).with(bytes);
    }
    // What themes do not see: other writers may.
    blocks.iter().flat_map(figures).for_each(|figure| add_trace(&mut made, figure));
    for drawing in drawings(blocks) {
        for figure in &drawing.figures {
            made.add_value(figure);
            add_trace(&mut made, figure);
        }
    }
    walk(blocks, &mut |block| {
        if let BlockKind::Heading(Heading { covers, .. }) = &block.kind {
            made.add_value(covers);
        }
    });
    made.hash()
}

/// The fingerprint of what web pages tell of the figures of `document`: where each stands in the
/// author's files, and the tables they come from. Here places count.
pub fn told(project: &Project, document: &Document) -> Hash {
    let origins = enclosed::origins(project, &document.blocks);
    let mut made = Made::of("told");
    let mut held = |content: &[Inline]| add_held(content, &mut made);
    walk(&document.blocks, &mut |block| lines(&block.kind).into_iter().for_each(&mut held));
    for figure in document.blocks.iter().flat_map(figures) {
        let places: Vec<_> = figure.trace.cells.iter().map(|cell| origins.get(cell)).collect();
        made.add_value(&places);
    }
    for note in enclosed::datasets(project, &document.blocks) {
        let DatasetNote { title, source, publisher, released, licence } = note;
        made.add_value(&(title, source, publisher, released, licence));
    }
    made.hash()
}

/// The fingerprint of files that are attached to a PDF.
pub fn attached(files: &[Attachment]) -> Hash {
    let made = Made::of("attached");
    files.iter().fold(made, |made, file| made.with_value(file).with(&file.bytes)).hash()
}

/// The fingerprint of what a Word file says of where its paragraphs came from. Here places count too.
pub fn homes(
    project: &Project,
    document: &Document,
    parameters: &BTreeMap<String, String>,
) -> Hash {
    let sources = &project.sources;
    let mut made = Made::of("homes").with_value(parameters);
    let mut add = |span: Span| {
        let path = slashed(&sources.file(span.file).path);
        made.add_value(&(path, span.start, span.end, sources.text(span)));
    };
    walk(&document.blocks, &mut |block| block.span.into_iter().for_each(&mut add));
    for figure in document.blocks.iter().flat_map(figures) {
        figure.trace.used.iter().chain(&figure.trace.cells).for_each(|span| add(*span));
    }
    made.hash()
}

/// What tells a Word file whose page numbers are estimated from one that knows them, of the same homes.
pub fn estimated(homes: Hash) -> Hash {
    Made::of("estimated").with_hash(homes).hash()
}

/// What words are held by: no theme sees it, but web pages tell it.
fn add_held(content: &[Inline], made: &mut Made) {
    for inline in content {
        match inline {
            Inline::Held { content, by: Holding { condition, because } } => {
                made.add_value(&(condition, because));
                add_held(content, made);
            }
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Link { content, .. }
            | Inline::Footnote { content } => add_held(content, made),
            Inline::Text { .. } | Inline::Figure(_) | Inline::Status(_) | Inline::Break => {}
        }
    }
}

fn add_trace(made: &mut Made, figure: &Figure) {
    // Where it was written is told elsewhere; what only checks need makes no page.
    let Trace {
        name,
        used: _,
        cells,
        row,
        known,
        number,
        change,
        since,
        more_is_better,
        among,
        over_time: _,
        series: _,
        later: _,
    } = &figure.trace;
    let among: Vec<_> = among.iter().map(|among| (among.lowest, among.highest)).collect();
    made.add_value(&(name, cells.len(), row, known, number, change, since, more_is_better, among));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_read_as_it_is_written() {
        let hash = Hash::of(b"words");
        assert_eq!(Hash::parse(&hash.to_string()), Some(hash));
        for bad in ["", "00", &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(Hash::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn parts_do_not_run_together() {
        let of = |parts: &[&str]| {
            parts.iter().fold(Made::of("x"), |made, part| made.with(part.as_bytes())).hash()
        };
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["ab"]), of(&["ab", ""]));
        assert_ne!(Made::of("x").hash(), Made::of("y").hash());
        assert_ne!(
            Made::of("x").with_value(&"a").with_value(&"b").hash(),
            Made::of("x").with_value(&"ab").hash()
        );
    }
}
