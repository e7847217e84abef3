//! Words inside a block: runs, links, ratings, footnotes.

use docx_rs::{
    Bold, BoldCs, BreakType, Hyperlink, HyperlinkData, Italic, ItalicCs, Paragraph, ParagraphChild,
    Run, RunChild, RunStyle, Text,
};

use crate::document::{Inline, Status, Target};

use super::Writer;
use super::homes::Maker;
use super::package::{Relation, Relationships};
use super::styles::{W, rag_style};
use super::xml::{Xml, clean};

/// The namespace of relationship ids.
pub const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// How words are set where they stand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Voice<'v> {
    /// The paragraph is bold already, so strong words need nothing. (Bold in both the
    /// paragraph's style and a character style would cancel out.)
    pub bold: bool,
    /// The character style of every run.
    pub style: Option<&'v str>,
    /// Inside strong words.
    pub strong: bool,
    /// Inside emphasised words.
    pub emphasis: bool,
    /// Inside a link.
    pub link: bool,
    /// Inside a footnote, whose links belong to another part.
    pub note: bool,
}

/// The footnotes of a document.
#[derive(Debug, Default)]
pub struct Notes {
    written: Xml,
    count: usize,
    /// Notes met inside the note being written; Word cannot nest them.
    inner: Vec<Vec<Inline>>,
    /// The addresses that notes link to.
    pub relationships: Relationships,
}

impl Notes {
    /// `word/footnotes.xml`.
    pub fn part(&self) -> String {
        let mut xml = Xml::part();
        xml.open("w:footnotes", &[("xmlns:w", &W), ("xmlns:r", &R)]);
        for (id, kind, mark) in [
            (-1, "separator", "w:separator"),
            (0, "continuationSeparator", "w:continuationSeparator"),
        ] {
            xml.open("w:footnote", &[("w:type", &kind), ("w:id", &id)]);
            xml.raw("<w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:r>");
            xml.empty(mark, &[]);
            xml.raw("</w:r></w:p>");
            xml.close("w:footnote");
        }
        xml.raw(self.written.as_str());
        xml.close("w:footnotes");
        xml.finish()
    }
}

impl Writer<'_> {
    /// The runs and links that show `content`.
    pub(super) fn runs(&mut self, content: &[Inline], voice: Voice) -> Vec<ParagraphChild> {
        let mut out = Vec::with_capacity(content.len());
        self.collect_runs(content, voice, &mut out);
        out
    }

    fn collect_runs(&mut self, content: &[Inline], voice: Voice, out: &mut Vec<ParagraphChild>) {
        for inline in content {
            match inline {
                Inline::Text { text } => {
                    self.homes.said(text, Maker::Author);
                    out.push(run(text, voice));
                }
                Inline::Figure(figure) => {
                    self.homes.said(&figure.text, Maker::of(figure));
                    out.push(run(&figure.text, voice));
                }
                Inline::Emphasis { content } => {
                    self.collect_runs(content, Voice { emphasis: true, ..voice }, out);
                }
                Inline::Strong { content } => {
                    self.collect_runs(content, Voice { strong: true, ..voice }, out);
                }
                Inline::Held { content, .. } => self.collect_runs(content, voice, out),
                Inline::Link { to, content } => self.link(to, content, voice, out),
                Inline::Status(status) => self.rating(status, voice, out),
                Inline::Footnote { content } => self.footnote(content, voice, out),
                Inline::Break => {
                    let run = Run::new().add_break(BreakType::TextWrapping);
                    out.push(ParagraphChild::Run(Box::new(run)));
                }
            }
        }
    }

    fn link(
        &mut self,
        to: &Target,
        content: &[Inline],
        voice: Voice,
        out: &mut Vec<ParagraphChild>,
    ) {
        let link = match to {
            Target::Anchor(anchor) => match self.anchors.bookmark(anchor) {
                Some(name) => HyperlinkData::Anchor { anchor: name.to_owned() },
                None => {
                    self.unshown("a link leads nowhere", &format!("nothing is called {anchor}"));
                    return self.collect_runs(content, voice, out);
                }
            },
            Target::Address(address) => {
                let relationships = if voice.note {
                    &mut self.notes.relationships
                } else {
                    &mut self.relationships
                };
                let rid = relationships.id(Relation::Hyperlink, &safe_address(address));
                HyperlinkData::External { rid, path: String::new() }
            }
        };
        let children = self.runs(content, Voice { link: true, ..voice });
        out.push(ParagraphChild::Hyperlink(Hyperlink { link, history: None, children }));
    }

    /// A chip with the letter and the word beside it.
    fn rating(&mut self, status: &Status, voice: Voice, out: &mut Vec<ParagraphChild>) {
        if let Some(picture) = &status.picture {
            out.extend(self.rating_picture(picture));
            out.push(run(&format!("\u{a0}{}", picture.words), voice));
            return;
        }
        if let Some(style) = self.chip(status) {
            let letter = format!("\u{a0}{}\u{a0}", clean(&status.letter));
            out.push(ParagraphChild::Run(Box::new(Run::new().style(&style).add_text(letter))));
        }
        out.push(run(&format!("\u{a0}{}", status.word), voice));
    }

    /// The character style of a rating's colour; reports a colour that the theme lacks.
    pub(super) fn chip(&mut self, status: &Status) -> Option<String> {
        if self.tokens.rag.contains_key(&status.colour) {
            return Some(rag_style(&status.colour));
        }
        let reason = format!("theme.toml has no [rag] colour \"{}\"", status.colour);
        self.unshown("a rating has no colour", &reason);
        None
    }

    fn footnote(&mut self, content: &[Inline], voice: Voice, out: &mut Vec<ParagraphChild>) {
        if voice.note {
            self.notes.inner.push(content.to_vec());
            return;
        }
        self.notes.count += 1;
        let id = self.notes.count;
        let mut xml = Xml::fragment();
        xml.open("w:footnote", &[("w:id", &id)]);
        self.note_paragraphs(content, true, &mut xml);
        xml.close("w:footnote");
        self.notes.written.raw(xml.as_str());
        let mut mark = Xml::fragment();
        mark.raw("<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>");
        mark.empty("w:footnoteReference", &[("w:id", &id)]);
        mark.raw("</w:r>");
        let run = self.fragment(mark.finish());
        out.push(ParagraphChild::Run(Box::new(run)));
    }

    /// A note's paragraph, and one for each note inside it.
    fn note_paragraphs(&mut self, content: &[Inline], first: bool, out: &mut Xml) {
        let outer = std::mem::take(&mut self.notes.inner);
        let around = self.homes.open_note();
        let mut paragraph = Paragraph::new().style("FootnoteText");
        if first {
            let mark = "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>\
                        <w:r><w:t xml:space=\"preserve\"> </w:t></w:r>";
            paragraph = paragraph.add_run(self.fragment(mark.to_owned()));
        }
        paragraph.children.extend(self.runs(content, Voice { note: true, ..Voice::default() }));
        self.note_home(&paragraph.children, around);
        self.typed(&paragraph, out);
        for inner in std::mem::replace(&mut self.notes.inner, outer) {
            self.note_paragraphs(&inner, false, out);
        }
    }
}

/// A run of `text`.
pub fn run(text: &str, voice: Voice) -> ParagraphChild {
    let bold = voice.strong && !voice.bold;
    let mut run = Run::new();
    let property = &mut run.run_property;
    let style = match (voice.link, voice.style) {
        (true, _) => Some("Hyperlink"),
        (false, Some(style)) => Some(style),
        (false, None) => None,
    };
    match (style, bold, voice.emphasis) {
        (Some(style), bold, italic) => {
            // A run has one character style; what else it is must be said directly.
            property.style = Some(RunStyle::new(style));
            property.bold = bold.then(Bold::new);
            property.bold_cs = bold.then(BoldCs::new);
            property.italic = italic.then(Italic::new);
            property.italic_cs = italic.then(ItalicCs::new);
        }
        (None, true, true) => property.style = Some(RunStyle::new("StrongEmphasis")),
        (None, true, false) => property.style = Some(RunStyle::new("Strong")),
        (None, false, true) => property.style = Some(RunStyle::new("Emphasis")),
        (None, false, false) => {}
    }
    run.children.push(RunChild::Text(Text::new(clean(text))));
    ParagraphChild::Run(Box::new(run))
}

/// `address` with everything percent-encoded that a URI may not hold. Word calls a file with
/// such a relationship damaged.
fn safe_address(address: &str) -> String {
    let bytes = address.trim().as_bytes();
    let mut out = String::with_capacity(bytes.len());
    for (index, byte) in bytes.iter().enumerate() {
        let hex = |at: usize| bytes.get(index + at).is_some_and(u8::is_ascii_hexdigit);
        let keep = match byte {
            b'%' => hex(1) && hex(2),
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | b'[' | b']' => false,
            byte => byte.is_ascii_graphic(),
        };
        if keep {
            out.push(char::from(*byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_only_what_a_uri_may() {
        assert_eq!(safe_address("https://a.uk/x y?q=ü&n=5%"), "https://a.uk/x%20y?q=%C3%BC&n=5%25");
        assert_eq!(safe_address("mailto:a@b.uk"), "mailto:a@b.uk");
        assert_eq!(safe_address("https://a.uk/%20"), "https://a.uk/%20");
    }
}
