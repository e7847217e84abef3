//! Markup under way: elements, attributes and text, well formed as HTML and as XML alike.
//!
//! Whatever text goes in comes out as text. What XML cannot hold, and marks that turn the direction
//! of what stands around them, are replaced by U+FFFD, which readers see.

use std::fmt::Write;

/// Stands where a character cannot: seen, not dropped.
const REPLACEMENT: char = '\u{fffd}';

/// Markup being written.
#[derive(Debug, Default)]
pub(super) struct Markup {
    out: String,
}

/// Attributes in order: those without a value are left out.
pub(super) type Attributes<'a> = [(&'a str, Option<&'a str>)];

impl Markup {
    /// An element's start.
    pub(super) fn open(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.start(name, attributes);
        self.out.push('>');
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.start(name, attributes);
        self.out.push_str("/>");
    }

    fn start(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            let Some(value) = value else { continue };
            let _ = write!(self.out, " {name}=\"");
            escape(value, &mut self.out);
            self.out.push('"');
        }
    }

    /// An element's end.
    pub(super) fn close(&mut self, name: &str) {
        let _ = write!(self.out, "</{name}>");
    }

    /// An element that holds text only.
    pub(super) fn element(&mut self, name: &str, attributes: &Attributes<'_>, text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close(name);
    }

    /// An element that has neither content nor a short form.
    pub(super) fn open_close(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.open(name, attributes);
        self.close(name);
    }

    /// Text.
    pub(super) fn text(&mut self, text: &str) {
        escape(text, &mut self.out);
    }

    /// A line break of the file, where it does not count.
    pub(super) fn line(&mut self) {
        self.out.push('\n');
    }

    /// What is markup already.
    pub(super) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// The markup so far.
    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// Appends `text` to `out`, fit for text and attributes.
pub(crate) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(if is_fit(c) { c } else { REPLACEMENT }),
        }
    }
}

/// `text` with what cannot stand replaced, for places that have escapes of their own.
pub(super) fn fit(text: &str) -> String {
    text.chars().map(|c| if is_fit(c) { c } else { REPLACEMENT }).collect()
}

/// Whether XML can hold `c` and it leaves the direction of its surroundings alone.
fn is_fit(c: char) -> bool {
    !matches!(
        c,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
            | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{fdd0}'..='\u{fdef}'
    ) && u32::from(c) & 0xfffe != 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = String::new();
        escape(text, &mut out);
        out
    }

    #[test]
    fn markup_in_text_is_text() {
        assert_eq!(escaped("<b a=\"x\">'&"), "&lt;b a=&quot;x&quot;&gt;&#39;&amp;");
    }

    #[test]
    fn what_cannot_stand_is_seen() {
        assert_eq!(
            escaped("a\u{202e}b\0c\u{2066}d\u{ffff}"),
            "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}"
        );
        assert_eq!(escaped("tab\tline\nend\u{a0}“é”"), "tab\tline\nend\u{a0}“é”");
    }
}
