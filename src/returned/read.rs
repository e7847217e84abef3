//! Reads the paragraphs of a Word file, as Word and LibreOffice write them: each character with who put it
//! in or took it out, and the bookmarks, comments and notes that stand among them.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::home::{attribute, entity_char};
use crate::write::docx::homes::PREFIX;

/// Most paragraphs of a file.
const MOST: usize = 200_000;

/// A tracked change: who made it, and when.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Track {
    /// Who, as the program was told.
    pub author: String,
    /// When: the date and time as written.
    pub date: String,
    /// The words were moved, here or away.
    pub moved: bool,
}

/// A character, and the tracked changes it belongs to, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Char {
    /// The character; `\n` is a line break.
    pub c: char,
    /// It was put in.
    pub inserted: Option<usize>,
    /// It was taken out.
    pub deleted: Option<usize>,
}

/// Where a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellAt {
    /// The table, by its order.
    pub table: usize,
    /// The row, from 0.
    pub row: usize,
    /// The cell of that row, from 0.
    pub column: usize,
}

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub struct Paragraph {
    /// Its characters, those taken out too.
    pub chars: Vec<Char>,
    /// Homes that begin in it, and at which character.
    pub homes: Vec<(usize, usize)>,
    /// Homes that end in it.
    pub ends: Vec<usize>,
    /// The id of its style.
    pub style: String,
    /// Whether it is an item of a list.
    pub list: bool,
    /// The innermost cell it is in.
    pub cell: Option<CellAt>,
    /// Whether it is part of a list of contents, which Word makes.
    pub contents: bool,
    /// The end of the paragraph was put in.
    pub end_inserted: Option<usize>,
    /// The end of the paragraph was taken out: it runs on into the next.
    pub end_deleted: Option<usize>,
    /// Tracked changes of its looks.
    pub formats: Vec<usize>,
    /// Comments that begin (true) or end in it, and at which character.
    pub comments: Vec<(String, usize, bool)>,
    /// The note or comment that it is of.
    pub of: Option<String>,
}

impl Paragraph {
    /// Its words once every tracked change is taken.
    pub fn words(&self) -> String {
        self.chars.iter().filter(|char| char.deleted.is_none()).map(|char| char.c).collect()
    }
}

/// Reads a part; none when it is not well formed, or holds more than a document can.
pub fn read(xml: &str, tracks: &mut Vec<Track>) -> Option<Vec<Paragraph>> {
    let mut reader = Reader::from_str(xml);
    let mut pass = Pass { tracks: std::mem::take(tracks), ..Pass::default() };
    let outcome = loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => pass.start(&start, false),
            Ok(Event::Empty(start)) => pass.start(&start, true),
            Ok(Event::End(end)) => pass.end(end.name().as_ref()),
            Ok(Event::Text(text)) => text.chars().for_each(|c| pass.char(c)),
            Ok(Event::CData(text)) => text.chars().for_each(|c| pass.char(c)),
            Ok(Event::GeneralRef(entity)) => {
                if let Some(c) = entity_char(&entity) {
                    pass.char(c);
                }
            }
            // A part that ends too early is damaged.
            Ok(Event::Eof) if !pass.names.is_empty() => break None,
            Ok(Event::Eof) => break Some(std::mem::take(&mut pass.done)),
            Ok(Event::DocType(_)) | Err(_) => break None,
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => {}
        }
        if pass.done.len() > MOST {
            break None;
        }
    };
    *tracks = pass.tracks;
    outcome
}

/// A complex field while its parts go by.
#[derive(Default)]
struct Field {
    instruction: String,
    /// What is shown has begun.
    shown: bool,
}

#[derive(Default)]
struct Pass {
    done: Vec<Paragraph>,
    tracks: Vec<Track>,
    known: HashMap<Track, usize>,
    /// Paragraphs that are open: a text box stands inside another.
    open: Vec<Paragraph>,
    inserted: Vec<usize>,
    deleted: Vec<usize>,
    /// The names of the elements that are open.
    names: Vec<String>,
    fields: Vec<Field>,
    /// Content controls that are open, and whether each holds a list of contents.
    controls: Vec<bool>,
    /// Tables that are open: their number, row and column.
    tables: Vec<CellAt>,
    table_count: usize,
    bookmarks: HashMap<String, usize>,
    /// Bookmarks and comments that began between paragraphs.
    waiting: Vec<usize>,
    waiting_comments: Vec<String>,
    of: Option<String>,
    /// Elements below this depth repeat what stands elsewhere.
    skipped: Option<usize>,
}

impl Pass {
    fn is_in(&self, name: &str) -> bool {
        self.names.iter().any(|open| open == name)
    }

    fn parent(&self) -> &str {
        self.names.last().map_or("", String::as_str)
    }

    fn track(&mut self, start: &BytesStart<'_>, moved: bool) -> usize {
        let track = Track {
            author: attribute(start, "w:author").unwrap_or_default(),
            date: attribute(start, "w:date").unwrap_or_default(),
            moved,
        };
        if let Some(index) = self.known.get(&track) {
            return *index;
        }
        self.tracks.push(track.clone());
        self.known.insert(track, self.tracks.len() - 1);
        self.tracks.len() - 1
    }

    fn start(&mut self, start: &BytesStart<'_>, empty: bool) {
        let name = start.name().as_ref().to_owned();
        if self.skipped.is_none() {
            self.element(&name, start, empty);
        }
        if !empty {
            // What old programs are to show stands there a second time.
            if name == "mc:Fallback" && self.skipped.is_none() {
                self.skipped = Some(self.names.len());
            }
            self.names.push(name);
        } else if self.skipped.is_none()
            && !matches!(name.as_str(), "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo")
        {
            self.closed(&name);
        }
    }

    fn end(&mut self, name: &str) {
        self.names.pop();
        match self.skipped {
            Some(depth) if self.names.len() <= depth => self.skipped = None,
            Some(_) => {}
            None => self.closed(name),
        }
    }

    fn element(&mut self, name: &str, start: &BytesStart<'_>, empty: bool) {
        let value = |key: &str| attribute(start, key);
        match name {
            "w:p" => self.paragraph(),
            "w:ins" | "w:moveTo" | "w:del" | "w:moveFrom" => {
                let track = self.track(start, name.starts_with("w:move"));
                let puts = matches!(name, "w:ins" | "w:moveTo");
                if self.parent() == "w:rPr" && self.is_in("w:pPr") {
                    if let Some(open) = self.open.last_mut() {
                        let end = if puts { &mut open.end_inserted } else { &mut open.end_deleted };
                        *end = Some(track);
                    }
                } else if !empty {
                    if puts { &mut self.inserted } else { &mut self.deleted }.push(track);
                }
            }
            "w:rPrChange" | "w:pPrChange" => {
                let track = self.track(start, false);
                if let Some(open) = self.open.last_mut() {
                    open.formats.push(track);
                }
            }
            "w:pStyle" if !self.is_in("w:pPrChange") => {
                if let Some(open) = self.open.last_mut() {
                    open.style = value("w:val").unwrap_or_default();
                    let made = ["TOC", "Contents"];
                    open.contents |= made.iter().any(|made| open.style.starts_with(made));
                }
            }
            "w:numId" if !self.is_in("w:pPrChange") => {
                if let Some(open) = self.open.last_mut() {
                    open.list = value("w:val").is_some_and(|id| id != "0");
                }
            }
            "w:tab" if self.parent() == "w:r" => self.put('\t'),
            "w:br" | "w:cr" => {
                let kind = value("w:type").unwrap_or_default();
                if kind != "page" && kind != "column" {
                    self.put('\n');
                }
            }
            "w:noBreakHyphen" => self.put('\u{2011}'),
            "w:fldChar" => match value("w:fldCharType").as_deref() {
                Some("begin") => self.fields.push(Field::default()),
                Some("separate") => {
                    if let Some(field) = self.fields.last_mut() {
                        field.shown = true;
                    }
                }
                Some("end") => {
                    self.mark_contents();
                    self.fields.pop();
                }
                _ => {}
            },
            "w:docPartGallery" => {
                let contents = value("w:val").is_some_and(|kind| kind == "Table of Contents");
                if let Some(control) = self.controls.last_mut() {
                    *control |= contents;
                }
            }
            "w:sdt" => self.controls.push(false),
            "w:tbl" => {
                let table = self.table_count;
                self.table_count += 1;
                self.tables.push(CellAt { table, row: 0, column: 0 });
            }
            "w:bookmarkStart" => self.bookmark(start),
            "w:bookmarkEnd" => {
                let number = value("w:id").and_then(|id| self.bookmarks.get(&id).copied());
                if let Some(number) = number {
                    match self.open.last_mut().or(self.done.last_mut()) {
                        Some(paragraph) => paragraph.ends.push(number),
                        None => self.waiting.retain(|waiting| *waiting != number),
                    }
                }
            }
            "w:commentRangeStart" => {
                let id = value("w:id").unwrap_or_default();
                match self.open.last_mut() {
                    Some(open) => open.comments.push((id, open.chars.len(), true)),
                    None => self.waiting_comments.push(id),
                }
            }
            "w:commentRangeEnd" => {
                let id = value("w:id").unwrap_or_default();
                if let Some(paragraph) = self.open.last_mut().or(self.done.last_mut()) {
                    paragraph.comments.push((id, paragraph.chars.len(), false));
                }
            }
            "w:footnote" | "w:comment" => {
                let own = value("w:type").is_none_or(|kind| kind == "normal");
                self.of = value("w:id").filter(|_| own);
            }
            _ => {}
        }
    }

    /// What follows when the element `name` is closed.
    fn closed(&mut self, name: &str) {
        match name {
            "w:p" => {
                self.mark_contents();
                self.done.extend(self.open.pop());
            }
            "w:ins" | "w:moveTo" if !self.is_in("w:pPr") && !self.is_in("w:trPr") => {
                self.inserted.pop();
            }
            "w:del" | "w:moveFrom" if !self.is_in("w:pPr") && !self.is_in("w:trPr") => {
                self.deleted.pop();
            }
            "w:sdt" => {
                self.controls.pop();
            }
            "w:tbl" => {
                self.tables.pop();
            }
            "w:tr" => {
                if let Some(at) = self.tables.last_mut() {
                    (at.row, at.column) = (at.row + 1, 0);
                }
            }
            "w:tc" => {
                if let Some(at) = self.tables.last_mut() {
                    at.column += 1;
                }
            }
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        let mut paragraph = Paragraph {
            cell: self.tables.last().copied(),
            contents: self.controls.contains(&true),
            of: self.of.clone(),
            ..Paragraph::default()
        };
        paragraph.homes.extend(self.waiting.drain(..).map(|number| (number, 0)));
        paragraph.comments.extend(self.waiting_comments.drain(..).map(|id| (id, 0, true)));
        self.open.push(paragraph);
        self.mark_contents();
    }

    fn mark_contents(&mut self) {
        let contents =
            self.fields.iter().any(|field| field.instruction.trim_start().starts_with("TOC"));
        if let Some(open) = self.open.last_mut() {
            open.contents |= contents;
        }
    }

    fn bookmark(&mut self, start: &BytesStart<'_>) {
        let Some(name) = attribute(start, "w:name") else { return };
        let Some(number) = name.strip_prefix(PREFIX).and_then(|n| n.parse::<usize>().ok()) else {
            return;
        };
        self.bookmarks.insert(attribute(start, "w:id").unwrap_or_default(), number);
        match self.open.last_mut() {
            Some(open) => open.homes.push((number, open.chars.len())),
            None => self.waiting.push(number),
        }
    }

    /// A character of text between tags.
    fn char(&mut self, c: char) {
        if self.skipped.is_some() {
            return;
        }
        match self.parent() {
            "w:t" | "w:delText" => self.put(c),
            "w:instrText" => {
                if let Some(field) = self.fields.last_mut().filter(|field| !field.shown) {
                    field.instruction.push(c);
                }
            }
            _ => {}
        }
    }

    /// A character of the paragraph.
    fn put(&mut self, c: char) {
        if self.fields.iter().any(|field| !field.shown) {
            return;
        }
        let char = Char {
            c,
            inserted: self.inserted.last().copied(),
            deleted: self.deleted.last().copied(),
        };
        if let Some(open) = self.open.last_mut() {
            open.chars.push(char);
        }
    }
}
