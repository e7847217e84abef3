//! Opens a Word file that somebody sent, and trusts nothing in it.
//!
//! Sizes in it may lie, a few kilobytes may unpack to gigabytes, and a part may try to have a reader fetch
//! other files. Only the parts that words, comments and homes stand in are read; none is run or followed.

use std::io::{Cursor, Read};
use std::path::Path;

use zip::ZipArchive;

use crate::diag::{Finding, rules};

/// Most bytes of a Word file.
pub const PACKED_BYTES: u64 = 50 * 1024 * 1024;
/// Most bytes of all parts that are read, unpacked.
const UNPACKED_BYTES: u64 = 100 * 1024 * 1024;
/// Above this, a part may not be packed more than [`RATIO`] times.
const RATIO_FROM: u64 = 16 * 1024 * 1024;
/// How many times smaller packing may make a large part. Real text reaches 10 to 40.
const RATIO: u64 = 200;
/// Most parts of a package.
const PARTS: usize = 5_000;

/// The parts that are read, each as text.
#[derive(Debug, Default)]
pub struct Parts {
    /// The text.
    pub document: String,
    /// Footnotes.
    pub footnotes: Option<String>,
    /// Comments.
    pub comments: Option<String>,
    /// Which comments answer which, and which are resolved.
    pub comment_threads: Option<String>,
    /// The data of our own, when it is still there.
    pub home: Option<String>,
    /// Title and author.
    pub core: Option<String>,
    /// Running heads and feet, by name.
    pub margins: Vec<(String, String)>,
}

/// Opens the package in `bytes`, which `path` names.
pub fn open(bytes: &[u8], path: &Path) -> Result<Parts, Box<Finding>> {
    let found = |rule, message: String| Box::new(Finding::new(rule, message).in_file(path));
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into());
    if bytes.len() as u64 > PACKED_BYTES {
        let most = PACKED_BYTES / 1024 / 1024;
        return Err(found(&rules::RETURN_SIZE, format!("{name} is larger than {most} MB")));
    }
    // A protected Word file is another kind of file altogether, and so is one of before 2007.
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        let message = format!("{name} is protected by a password, or an old .doc file");
        return Err(Box::new(
            Finding::new(&rules::RETURN_PROTECTED, message)
                .in_file(path)
                .help("ask its sender to take the password off and save it as .docx"),
        ));
    }
    let not_word = |why: &str| found(&rules::RETURN_UNREADABLE, format!("{name} {why}"));
    if !bytes.starts_with(b"PK") {
        return Err(not_word("is no Word file"));
    }
    let damaged = || not_word("is damaged: it cannot be unpacked");
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if zip.len() > PARTS {
        let message = format!("{name} has {} parts; {PARTS} are accepted", zip.len());
        return Err(found(&rules::RETURN_SIZE, message));
    }
    let mut parts = Parts::default();
    let mut left = UNPACKED_BYTES;
    let mut has_document = false;
    for index in 0..zip.len() {
        let part = zip.by_index(index).map_err(|_| damaged())?;
        let Ok(part_name) = part.name().map(|name| name.trim_start_matches('/').to_owned()) else {
            continue;
        };
        if part_name.to_ascii_lowercase().ends_with("vbaproject.bin") {
            let finding =
                Finding::new(&rules::RETURN_MACRO, format!("{name} holds macros")).in_file(path);
            return Err(Box::new(finding.help("save it as .docx, which cannot hold any")));
        }
        let Some(wanted) = wanted(&part_name) else { continue };
        let packed = part.compressed_size().max(1);
        let mut content = Vec::new();
        // One byte more than is left tells that the declared size was a lie.
        part.take(left + 1).read_to_end(&mut content).map_err(|_| damaged())?;
        let size = content.len() as u64;
        if size > left || (size > RATIO_FROM && size / packed > RATIO) {
            let message = format!("{name} unpacks to more than a document can be");
            return Err(found(&rules::RETURN_SIZE, message));
        }
        left -= size;
        let Ok(text) = String::from_utf8(content) else {
            return Err(not_word("holds a part that is not UTF-8 text"));
        };
        let text = text.trim_start_matches('\u{FEFF}').to_owned();
        // Word writes no document types; they are how a part asks for other files.
        if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
            let message = format!("{part_name} of {name} declares a document type or entities");
            return Err(found(&rules::RETURN_ENTITIES, message));
        }
        match wanted {
            Wanted::Document => {
                parts.document = text;
                has_document = true;
            }
            Wanted::Footnotes => parts.footnotes = Some(text),
            Wanted::Comments => parts.comments = Some(text),
            Wanted::Threads => parts.comment_threads = Some(text),
            Wanted::Core => parts.core = Some(text),
            Wanted::Margin => parts.margins.push((part_name, text)),
            Wanted::Data => {
                if text.contains(crate::write::docx::homes::NAMESPACE) && text.contains("<home") {
                    parts.home = Some(text);
                }
            }
            Wanted::Types => {
                if text.contains("macroEnabled") {
                    let message = format!("{name} is a Word file for macros");
                    let finding = Finding::new(&rules::RETURN_MACRO, message).in_file(path);
                    return Err(Box::new(finding.help("save it as .docx, which cannot hold any")));
                }
            }
        }
    }
    if !has_document {
        return Err(not_word("is no Word file"));
    }
    parts.margins.sort();
    Ok(parts)
}

/// A part that is read.
enum Wanted {
    Document,
    Footnotes,
    Comments,
    Threads,
    Core,
    Margin,
    Data,
    Types,
}

fn wanted(name: &str) -> Option<Wanted> {
    let is_data = |name: &str| {
        name.strip_prefix("customXml/item")
            .and_then(|rest| rest.strip_suffix(".xml"))
            .is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()))
    };
    let is_margin = |name: &str| {
        (name.starts_with("word/header") || name.starts_with("word/footer"))
            && name.ends_with(".xml")
    };
    match name {
        "word/document.xml" => Some(Wanted::Document),
        "word/footnotes.xml" => Some(Wanted::Footnotes),
        "word/comments.xml" => Some(Wanted::Comments),
        "word/commentsExtended.xml" => Some(Wanted::Threads),
        "docProps/core.xml" => Some(Wanted::Core),
        "[Content_Types].xml" => Some(Wanted::Types),
        name if is_margin(name) => Some(Wanted::Margin),
        name if is_data(name) => Some(Wanted::Data),
        _ => None,
    }
}
