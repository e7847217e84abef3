//! Reads the part of a Word file that says where each of its paragraphs came from.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::write::docx::homes::{Home, HomeKind, Maker, Piece, Source};

/// Most paragraphs that a file may claim to have.
const MOST: usize = 200_000;

/// What a Word file says of itself.
#[derive(Debug, Clone)]
pub struct Carried {
    /// The document's name.
    pub document: String,
    /// The edition.
    pub edition: String,
    /// The day it speaks for.
    pub as_at: NaiveDate,
    /// Names what was built: two builds that say the same have the same.
    pub build: String,
    /// The parameters it was made with.
    pub parameters: BTreeMap<String, String>,
    /// Its paragraphs.
    pub homes: Vec<Home>,
}

/// Reads the part; none when it is not one that Annexe wrote.
pub fn read(xml: &str) -> Option<Carried> {
    let mut reader = Reader::from_str(xml);
    let mut carried: Option<Carried> = None;
    let mut files: Vec<String> = Vec::new();
    let mut open: Option<Piece> = None;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) if start.name().as_ref() == "home" => {
                carried = Some(Carried {
                    document: attribute(&start, "document")?,
                    edition: attribute(&start, "edition")?,
                    as_at: attribute(&start, "as-at")?.parse().ok()?,
                    build: attribute(&start, "build")?,
                    parameters: BTreeMap::new(),
                    homes: Vec::new(),
                });
            }
            Event::Start(start) => {
                let carried = carried.as_mut()?;
                element(&start, &files, carried, &mut open)?;
            }
            Event::Empty(start) => {
                let carried = carried.as_mut()?;
                match start.name().as_ref() {
                    "parameter" => {
                        let name = attribute(&start, "name")?;
                        carried.parameters.insert(name, attribute(&start, "value")?);
                    }
                    "file" => files.push(attribute(&start, "path")?),
                    "br" => {
                        let home = carried.homes.last_mut()?;
                        add(home, Piece { words: "\n".to_owned(), maker: Maker::Author });
                    }
                    _ => {
                        let mut none = None;
                        element(&start, &files, carried, &mut none)?;
                    }
                }
            }
            Event::Text(text) => {
                if let Some(piece) = &mut open {
                    piece.words.push_str(&text);
                }
            }
            Event::GeneralRef(entity) => {
                if let Some(piece) = &mut open {
                    piece.words.push(entity_char(&entity)?);
                }
            }
            Event::End(end) => {
                if matches!(end.name().as_ref(), "t" | "w" | "figure")
                    && let Some(piece) = open.take()
                {
                    add(carried.as_mut()?.homes.last_mut()?, piece);
                }
            }
            Event::Eof => return carried,
            Event::CData(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::DocType(_) => return None,
        }
    }
}

fn element(
    start: &BytesStart<'_>,
    files: &[String],
    carried: &mut Carried,
    open: &mut Option<Piece>,
) -> Option<()> {
    let number = |name: &str| attribute(start, name)?.parse::<usize>().ok();
    let maker = match start.name().as_ref() {
        "p" => {
            if carried.homes.len() >= MOST {
                return None;
            }
            let word = attribute(start, "kind")?;
            let (_, kind) = HomeKind::WORDS.iter().find(|(known, _)| *known == word)?;
            let source = match number("file") {
                Some(file) => Some(Source {
                    path: files.get(file)?.clone(),
                    start: number("start")?,
                    end: number("end")?,
                    line: number("line")?,
                    hash: attribute(start, "hash")?,
                }),
                None => None,
            };
            carried.homes.push(Home {
                number: number("n")?,
                kind: *kind,
                cell: attribute(start, "cell").is_some(),
                own: attribute(start, "own").is_some(),
                source,
                pieces: Vec::new(),
            });
            return Some(());
        }
        "t" => Maker::Author,
        "w" => Maker::Writer,
        "figure" => {
            let cell = match (number("file"), number("line")) {
                (Some(file), Some(line)) => Some((files.get(file)?.clone(), line)),
                _ => None,
            };
            Maker::Figure { path: attribute(start, "path")?, cell, span: None }
        }
        _ => return Some(()),
    };
    *open = Some(Piece { words: String::new(), maker });
    Some(())
}

fn add(home: &mut Home, piece: Piece) {
    match home.pieces.last_mut() {
        Some(last) if last.maker == piece.maker && piece.maker == Maker::Author => {
            last.words.push_str(&piece.words);
        }
        _ => home.pieces.push(piece),
    }
}

/// An attribute's value, unescaped.
pub fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let value = start.try_get_attribute(name).ok()??.value;
    Some(unescape(&value))
}

/// `text` with the entities of XML as characters.
pub fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end < 12);
        match end.and_then(|end| Some((end, entity_char(&rest[1..end])?))) {
            Some((end, c)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character that an entity of XML stands for: `amp`, `#163`, `#xA3`.
pub fn entity_char(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}
