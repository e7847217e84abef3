//! Reads the project's files, and nothing else: confined to its folder, bounded in size.
//!
//! A project is read on trust of nobody. Every path, through however many links, must end
//! up below the project folder. Text is UTF-8; a byte order mark and Windows line ends
//! are accepted and taken off, control characters are read as spaces.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::diag::rules::{
    FILE_MISSING, FILE_OUTSIDE, FILE_TOO_LARGE, FILE_UNREADABLE, TEXT_CONTROL,
};
use crate::diag::{Finding, Findings, slashed};
use crate::load::value::is_control;
use crate::source::{FileId, Sources, Span};

/// Most bytes of a text file.
pub const TEXT_BYTES: u64 = 5 * 1024 * 1024;
/// Most characters of a line.
pub const LINE_CHARACTERS: usize = 100_000;
/// Most bytes of a picture or font.
pub const IMAGE_BYTES: u64 = 10 * 1024 * 1024;
/// Most files in one of the project's folders.
const FILES: usize = 10_000;
/// Most folders inside each other.
const DEPTH: usize = 16;

/// The project folder, and what was read of it.
#[derive(Debug)]
pub struct Folder {
    /// The folder, with no link left in its path.
    root: PathBuf,
    /// Texts that are read in place of what a path holds.
    instead: BTreeMap<PathBuf, String>,
    /// Every text file so far.
    pub sources: Sources,
    /// What was found so far.
    pub findings: Findings,
}

impl Folder {
    /// Opens the project folder at `root`.
    pub fn open(root: &Path) -> std::io::Result<Folder> {
        let root = root.canonicalize()?;
        let (sources, findings) = (Sources::default(), Findings::default());
        Ok(Folder { root, instead: BTreeMap::new(), sources, findings })
    }

    /// Has `text` read for `path`, whatever stands there, if anything.
    pub fn read_instead(&mut self, path: PathBuf, text: String) {
        self.instead.insert(path, text);
    }

    /// Whether there is a file at `path`, below the project folder.
    pub fn has(&self, path: &Path) -> bool {
        self.root.join(path).exists()
    }

    /// The files below the folder `path` in natural order, with paths from the project folder.
    /// A folder that is not there has none.
    pub fn list(&mut self, path: &Path) -> Vec<PathBuf> {
        let start = self.root.join(path);
        let mut files: Vec<PathBuf> =
            self.instead.keys().filter(|file| file.starts_with(path)).cloned().collect();
        if !start.exists() || self.inside(path).is_none() {
            return files;
        }
        let mut outside = Vec::new();
        let root = self.root.clone();
        // Hidden files are an editor's or a version control's business.
        let walk = WalkDir::new(&start).follow_links(true).max_depth(DEPTH).into_iter();
        let walk = walk.filter_entry(|entry| {
            let hidden =
                entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
            let strayed = entry.path_is_symlink()
                && !entry.path().canonicalize().is_ok_and(|target| target.starts_with(&root));
            if strayed && !hidden {
                outside.push(entry.path().to_owned());
            }
            !hidden && !strayed
        });
        for entry in walk {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {
                    if entry.depth() == DEPTH {
                        let message = format!("folders more than {DEPTH} deep are not read");
                        let path = relative(&self.root, entry.path());
                        self.findings.push(Finding::new(&FILE_TOO_LARGE, message).in_file(path));
                    }
                }
                Ok(entry) => {
                    let path = relative(&self.root, entry.path());
                    if !self.instead.contains_key(&path) {
                        files.push(path);
                    }
                }
                Err(error) => {
                    let path = error.path().map(|path| relative(&self.root, path));
                    let message = match error.loop_ancestor() {
                        Some(_) => "a link leads back to a folder it is in".to_owned(),
                        None => format!("this cannot be read: {}", reason(error.io_error())),
                    };
                    let finding = Finding::new(&FILE_UNREADABLE, message);
                    self.findings.push(finding.in_file(path.unwrap_or_default()));
                }
            }
        }
        for path in outside {
            let path = relative(&self.root, &path);
            self.findings.push(outside_finding(&path));
        }
        if files.len() > FILES {
            let message = format!("there are {} files here; {FILES} are read", files.len());
            self.findings.push(Finding::new(&FILE_TOO_LARGE, message).in_file(path));
        }
        files.sort_by(|a, b| natord::compare(&slashed(a), &slashed(b)));
        files.truncate(FILES);
        files
    }

    /// The text file at `path`, kept as a source; `None` with a finding when it can't be read.
    pub fn text(&mut self, path: &Path) -> Option<FileId> {
        let bytes = self.bytes(path, TEXT_BYTES)?;
        self.keep(path, &bytes)
    }

    /// Keeps `bytes` as the text file at `path`; `None` with a finding when it can't be.
    pub fn keep(&mut self, path: &Path, bytes: &[u8]) -> Option<FileId> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let fault = std::str::from_utf8(bytes).err().map(|fault| fault.valid_up_to());
        let raw = String::from_utf8_lossy(bytes);
        let (clean, control) = cleaned(&raw);
        let long = clean.lines().position(|line| {
            line.len() > LINE_CHARACTERS && line.chars().count() > LINE_CHARACTERS
        });
        let file = self.sources.add(path, clean);
        if let Some(valid) = fault {
            let offset = cleaned(raw.get(..valid).unwrap_or("")).0.len();
            let byte = bytes.get(valid).copied().unwrap_or_default();
            self.findings
                .push(bad_byte(Span::new(file, offset..offset + '\u{FFFD}'.len_utf8()), byte));
        }
        if let Some((offset, c)) = control {
            let message = format!("this file holds a control character (U+{:04X})", u32::from(c));
            let span = Span::new(file, offset..offset + 1);
            self.findings.push(Finding::new(&TEXT_CONTROL, message).at(span));
        }
        if let Some(line) = long {
            let start = self.sources.file(file).line_start(line + 1).unwrap_or(0);
            let message = format!("this line has more than {LINE_CHARACTERS} characters");
            let span = Span::new(file, start..start + 1);
            self.findings.push(Finding::new(&FILE_TOO_LARGE, message).at(span));
            return None;
        }
        Some(file)
    }

    /// The bytes of the file at `path`, `most` at most; `None` with a finding when it can't be read.
    pub fn bytes(&mut self, path: &Path, most: u64) -> Option<Vec<u8>> {
        if let Some(text) = self.instead.get(path) {
            return Some(text.clone().into_bytes());
        }
        let real = self.inside(path)?;
        self.bytes_at(&real, path, most)
    }

    /// The bytes of the file at `real`, wherever that is, which findings call `path`: for what
    /// somebody named on the command line.
    pub fn bytes_at(&mut self, real: &Path, path: &Path, most: u64) -> Option<Vec<u8>> {
        // Opening a pipe would wait for its other end, for ever.
        if !real.is_file() {
            let finding = Finding::new(&FILE_UNREADABLE, "this is not a file");
            self.findings.push(finding.in_file(path));
            return None;
        }
        let mut bytes = Vec::new();
        // One byte more than allowed tells a full file from one that is too large.
        let read = File::open(real).and_then(|file| file.take(most + 1).read_to_end(&mut bytes));
        if let Err(error) = read {
            let message = format!("this file cannot be read: {}", reason(Some(&error)));
            self.findings.push(Finding::new(&FILE_UNREADABLE, message).in_file(path));
            return None;
        }
        if bytes.len() as u64 > most {
            let message = format!("this file is larger than {} MB", most / 1024 / 1024);
            self.findings.push(Finding::new(&FILE_TOO_LARGE, message).in_file(path));
            return None;
        }
        Some(bytes)
    }

    /// The real path of `path`, when there is such a thing and it is inside the project.
    fn inside(&mut self, path: &Path) -> Option<PathBuf> {
        match self.root.join(path).canonicalize() {
            Ok(real) if real.starts_with(&self.root) => Some(real),
            Ok(_) => {
                self.findings.push(outside_finding(path));
                None
            }
            Err(_) => {
                let message = format!("there is no {}", slashed(path));
                self.findings.push(Finding::new(&FILE_MISSING, message).in_file(path));
                None
            }
        }
    }
}

/// The text with Unix line ends and a space for each control character, and the first of those.
fn cleaned(text: &str) -> (String, Option<(usize, char)>) {
    let mut clean = String::with_capacity(text.len());
    let mut first = None;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if c == '\r' && characters.peek() == Some(&'\n') {
            continue;
        }
        if is_control(c) || c == '\r' {
            first = first.or(Some((clean.len(), c)));
            clean.push(' ');
        } else {
            clean.push(c);
        }
    }
    (clean, first)
}

fn outside_finding(path: &Path) -> Finding {
    let message = format!("{} leads out of the project folder", slashed(path));
    Finding::new(&FILE_OUTSIDE, message).in_file(path)
}

fn bad_byte(span: Span, byte: u8) -> Finding {
    let finding = Finding::new(&FILE_UNREADABLE, "this file is not UTF-8 text").at(span);
    // In Latin-1 and Windows-1252 alike, bytes from 0xA0 are the character of that number.
    match byte {
        0xA0.. => finding.label(format!("byte {byte:02X}; in Latin-1 it is {}", char::from(byte))),
        _ => finding.label(format!("byte {byte:02X}")),
    }
}

fn relative(root: &Path, path: &Path) -> PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_owned()
}

fn reason(error: Option<&std::io::Error>) -> String {
    error.map_or_else(|| "no reason given".to_owned(), |error| error.kind().to_string())
}
