//! Word files as colleagues make them: changed by hand on the XML, as Word writes it.

use std::io::{Cursor, Read, Write};

use roxmltree::Document as Parsed;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::docx::opened::{W, is};

/// A Word file whose text is edited.
#[derive(Clone)]
pub struct Word {
    bytes: Vec<u8>,
    /// `word/document.xml`.
    pub xml: String,
    /// Parts that are added or put in the place of others.
    pub parts: Vec<(String, Vec<u8>)>,
    /// Parts that are left out.
    pub without: Vec<String>,
    tracked: usize,
}

impl Word {
    pub fn open(bytes: &[u8]) -> Word {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut xml = String::new();
        archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
        Word { bytes: bytes.to_vec(), xml, parts: Vec::new(), without: Vec::new(), tracked: 9000 }
    }

    /// The file, zipped.
    pub fn bytes(&self) -> Vec<u8> {
        let mut archive = ZipArchive::new(Cursor::new(&self.bytes)).unwrap();
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let name = file.name().unwrap().into_owned();
            let replaced = self.parts.iter().any(|(path, _)| *path == name);
            if replaced || self.without.contains(&name) {
                continue;
            }
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            out.start_file(&name, options).unwrap();
            let xml = name == "word/document.xml";
            out.write_all(if xml { self.xml.as_bytes() } else { &bytes }).unwrap();
        }
        for (name, bytes) in &self.parts {
            out.start_file(name, options).unwrap();
            out.write_all(bytes).unwrap();
        }
        out.finish().unwrap().into_inner()
    }

    /// Where the paragraph of home `number` stands in the XML.
    pub fn paragraph(&self, number: usize) -> Option<(usize, usize)> {
        let mark = self.xml.find(&format!("w:name=\"_annexe_{number}\""))?;
        let start = self.xml[..mark].rfind("<w:p>")?;
        let end = mark + self.xml[mark..].find("</w:p>")? + "</w:p>".len();
        Some((start, end))
    }

    /// The texts of the runs of home `number`, with where each run stands in the XML.
    pub fn runs(&self, number: usize) -> Vec<(usize, usize, String)> {
        let Some((start, end)) = self.paragraph(number) else { return Vec::new() };
        let mut out = Vec::new();
        let mut at = start;
        while let Some(open) = self.xml[at..end].find("<w:r>").map(|open| at + open) {
            let close = open + self.xml[open..].find("</w:r>").unwrap() + "</w:r>".len();
            let run = &self.xml[open..close];
            if let Some(text) = run.find("<w:t") {
                let text = &run[text..];
                let from = text.find('>').unwrap() + 1;
                let until = text.find("</w:t>").unwrap_or(from);
                out.push((open, close, text[from..until].to_owned()));
            }
            at = close;
        }
        out
    }

    /// Puts `new` in the place of `old` in one run of home `number`, tracked by `author` or not.
    pub fn replace(&mut self, number: usize, old: &str, new: &str, author: Option<&str>) -> bool {
        let runs = self.runs(number);
        let Some((start, end, text)) = runs.iter().find(|(_, _, text)| text.contains(old)) else {
            return false;
        };
        let at = text.find(old).unwrap();
        let properties = {
            let run = &self.xml[*start..*end];
            match (run.find("<w:rPr>"), run.find("</w:rPr>")) {
                (Some(from), Some(to)) => run[from..to + "</w:rPr>".len()].to_owned(),
                _ => String::new(),
            }
        };
        let run = |words: &str, tag: &str| match words {
            "" => String::new(),
            words => {
                format!("<w:r>{properties}<w:{tag} xml:space=\"preserve\">{words}</w:{tag}></w:r>")
            }
        };
        let (before, after) = (&text[..at], &text[at + old.len()..]);
        let made = match author {
            None => run(&format!("{before}{new}{after}"), "t"),
            Some(author) => {
                self.tracked += 2;
                let id = self.tracked;
                let mark = |tag: &str, id: usize, words: String| match words.as_str() {
                    "" => String::new(),
                    words => format!(
                        "<w:{tag} w:id=\"{id}\" w:author=\"{author}\" w:date=\"2026-01-12T09:30:00Z\">{words}</w:{tag}>"
                    ),
                };
                [
                    run(before, "t"),
                    mark("del", id, run(old, "delText")),
                    mark("ins", id + 1, run(new, "t")),
                    run(after, "t"),
                ]
                .concat()
            }
        };
        self.xml.replace_range(*start..*end, &made);
        true
    }

    /// Puts a paragraph of `words` after that of home `number`, in its style.
    pub fn add_after(&mut self, number: usize, words: &str, author: Option<&str>) -> bool {
        let Some((start, end)) = self.paragraph(number) else { return false };
        let paragraph = &self.xml[start..end];
        let properties = match (paragraph.find("<w:pPr>"), paragraph.find("</w:pPr>")) {
            (Some(from), Some(to)) => paragraph[from + "<w:pPr>".len()..to].to_owned(),
            _ => String::new(),
        };
        let run = format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
        self.tracked += 2;
        let mark = |id: usize| {
            format!(
                "w:id=\"{id}\" w:author=\"{}\" w:date=\"2026-01-12T09:31:00Z\"",
                author.unwrap()
            )
        };
        let made = match author {
            None => format!("<w:p><w:pPr>{properties}</w:pPr>{run}</w:p>"),
            Some(_) => format!(
                "<w:p><w:pPr>{properties}<w:rPr><w:ins {}/></w:rPr></w:pPr><w:ins {}>{run}</w:ins></w:p>",
                mark(self.tracked),
                mark(self.tracked + 1)
            ),
        };
        self.xml.insert_str(end, &made);
        true
    }

    /// Takes the paragraph of home `number` out.
    pub fn remove(&mut self, number: usize) -> bool {
        let Some((start, end)) = self.paragraph(number) else { return false };
        self.xml.replace_range(start..end, "");
        true
    }

    /// Hangs a comment on the words of home `number`.
    pub fn comment(&mut self, number: usize, author: &str, text: &str) {
        let (start, end) = self.paragraph(number).unwrap();
        let first = start + self.xml[start..end].find("<w:r>").unwrap();
        let close = end - "</w:p>".len();
        self.xml.insert_str(
            close,
            "<w:commentRangeEnd w:id=\"7\"/><w:r><w:commentReference w:id=\"7\"/></w:r>",
        );
        self.xml.insert_str(first, "<w:commentRangeStart w:id=\"7\"/>");
        let part = format!(
            "<?xml version=\"1.0\"?><w:comments xmlns:w=\"{W}\"><w:comment w:id=\"7\" w:author=\"{author}\" w:date=\"2026-01-13T08:00:00Z\"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:comment></w:comments>"
        );
        self.parts.push(("word/comments.xml".to_owned(), part.into_bytes()));
    }
}

/// The words of each paragraph of a Word file, every tracked change taken, without its list of contents.
pub fn words(bytes: &[u8]) -> Vec<String> {
    let word = Word::open(bytes);
    let parsed = Parsed::parse(&word.xml).unwrap();
    let in_contents = |node: roxmltree::Node<'_, '_>| {
        node.ancestors().any(|above| {
            is(above, "sdt") && above.descendants().any(|inner| is(inner, "docPartGallery"))
        })
    };
    parsed
        .descendants()
        .filter(|node| is(*node, "p") && !in_contents(*node))
        .map(|paragraph| {
            paragraph
                .descendants()
                .filter(|node| is(*node, "t") || is(*node, "br"))
                .filter(|node| !node.ancestors().any(|above| is(above, "del")))
                .map(|node| if is(node, "br") { " " } else { node.text().unwrap_or("") })
                .collect::<String>()
        })
        .map(|words| folded(&words))
        .filter(|words| !words.is_empty())
        .collect()
}

/// `text` as two files are compared: quotation marks and spaces are the house's.
pub fn folded(text: &str) -> String {
    let folded: String = text
        .chars()
        .map(|c| match c {
            '‘' | '’' => '\'',
            '“' | '”' => '"',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    folded.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
