//! Writes XML: the one place where a string becomes markup.
//!
//! Every text and attribute passes [`escape`], so data can neither break a part nor
//! carry a character that XML 1.0 forbids.

use std::borrow::Cow;
use std::fmt::{Display, Write};

/// `text` as it may stand in an attribute or between tags: markup escaped, line ends and tabs
/// made spaces, characters that XML cannot hold left out.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| special(c) || c.is_control() || forbidden(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// `text` without the characters that XML cannot hold; line ends and tabs become spaces.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() || forbidden(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .filter_map(|c| match c {
                '\t' | '\n' | '\r' => Some(' '),
                c if c.is_control() || forbidden(c) => None,
                c => Some(c),
            })
            .collect(),
    )
}

fn special(c: char) -> bool {
    matches!(c, '&' | '<' | '>' | '"')
}

fn forbidden(c: char) -> bool {
    matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// Attributes of an element, in the order they are written.
pub type Attributes<'a> = &'a [(&'a str, &'a dyn Display)];

/// XML as it is written.
#[derive(Debug, Default)]
pub struct Xml {
    out: String,
    scratch: String,
}

impl Xml {
    /// Nothing yet: a fragment.
    pub fn fragment() -> Self {
        Xml::default()
    }

    /// A part: starts with the XML declaration.
    pub fn part() -> Self {
        let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        Xml { out: declaration.to_owned(), scratch: String::new() }
    }

    /// A start tag.
    pub fn open(&mut self, name: &str, attributes: Attributes) {
        self.tag(name, attributes);
        self.out.push('>');
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &str, attributes: Attributes) {
        self.tag(name, attributes);
        self.out.push_str("/>");
    }

    /// `<name w:val="value"/>`, the commonest element of WordprocessingML.
    pub fn val(&mut self, name: &str, value: impl Display) {
        self.empty(name, &[("w:val", &value)]);
    }

    /// An end tag.
    pub fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Text, escaped.
    pub fn text(&mut self, text: &str) {
        self.out.push_str(&escape(text));
    }

    /// An element that holds only text.
    pub fn element(&mut self, name: &str, attributes: Attributes, text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close(name);
    }

    /// XML that this module or the normaliser wrote.
    pub fn raw(&mut self, xml: &str) {
        self.out.push_str(xml);
    }

    /// What was written so far.
    pub fn as_str(&self) -> &str {
        &self.out
    }

    /// Where to write XML straight from the normaliser.
    pub(super) fn buffer(&mut self) -> &mut String {
        &mut self.out
    }

    /// Forgets what was written, keeping the memory.
    pub fn clear(&mut self) {
        self.out.clear();
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.out
    }

    fn tag(&mut self, name: &str, attributes: Attributes) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.scratch.clear();
            // Writing to a String cannot fail.
            let _ = write!(self.scratch, "{value}");
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            self.out.push_str(&escape(&self.scratch));
            self.out.push('"');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_what_xml_forbids_is_left_out() {
        assert_eq!(escape("a<b>&\"c\"\u{1}\u{FFFF}\nd"), "a&lt;b&gt;&amp;&quot;c&quot; d");
        assert!(matches!(escape("plain £ text"), Cow::Borrowed(_)));
    }
}
