//! Words inside a block: figures that can be asked, ratings, links and notes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Writer;
use crate::document::{Image, ImageFormat, Inline, Status, Target};

/// The kinds of address that a link may lead to.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

impl<'d> Writer<'d> {
    pub(super) fn inlines(&mut self, content: &'d [Inline]) {
        for inline in content {
            match inline {
                Inline::Text { text } => self.out.text(text),
                Inline::Emphasis { content } => self.inside("em", content),
                Inline::Strong { content } => self.inside("strong", content),
                Inline::Held { content, by } => self.held(content, by),
                Inline::Link { to, content } => self.link(to, content),
                Inline::Figure(figure) => self.figure(figure),
                Inline::Status(status) => self.status(status),
                Inline::Footnote { content } => self.footnote(content),
                Inline::Break => self.out.raw("<br/>"),
            }
        }
    }

    /// Words in which nothing can be pressed: of a heading, of a link.
    pub(super) fn sealed(&mut self, content: &'d [Inline]) {
        let outer = std::mem::replace(&mut self.sealed, true);
        self.inlines(content);
        self.sealed = outer;
    }

    fn inside(&mut self, element: &str, content: &'d [Inline]) {
        self.out.open(element, &[]);
        self.inlines(content);
        self.out.close(element);
    }

    fn link(&mut self, to: &'d Target, content: &'d [Inline]) {
        let address = match to {
            Target::Anchor(anchor) => self.place(anchor),
            Target::Address(address) => self.address(address),
        };
        match address {
            Some(address) => {
                self.out.open("a", &[("href", Some(&address))]);
                self.sealed(content);
                self.out.close("a");
            }
            None => self.inlines(content),
        }
    }

    /// Where `anchor` is: on this page, or on another of the same document.
    pub(super) fn place(&self, anchor: &str) -> Option<String> {
        let here = self.ids.get(anchor).map(|id| format!("#{id}"));
        here.or_else(|| self.extras.elsewhere.get(anchor).cloned())
    }

    /// `address`, if it is of a kind that does nothing but lead somewhere.
    fn address(&mut self, address: &str) -> Option<String> {
        let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        if scheme.is_some_and(|scheme| SCHEMES.contains(&scheme.as_str())) {
            return Some(encoded(address));
        }
        let reason = format!("{address:?} begins with none of {}", SCHEMES.join(", "));
        self.unshown("a link leads to what is not an address", &reason);
        None
    }

    /// A rating: a letter on its colour and the word, or a picture and words.
    pub(super) fn status(&mut self, status: &'d Status) {
        self.out.open("span", &[("class", Some("status"))]);
        match &status.picture {
            Some(picture) => {
                let image = [("class", Some("status-picture")), ("alt", Some(""))];
                self.asset(&picture.asset, &image);
                self.out.element("span", &[], &picture.words);
            }
            None => {
                if !status.letter.is_empty() {
                    let class = format!("chip rag-{}", class_of(&status.colour));
                    self.out.element("span", &[("class", Some(&class))], &status.letter);
                    self.out.raw(" ");
                }
                self.out.element("span", &[], &status.word);
            }
        }
        self.out.close("span");
    }

    fn footnote(&mut self, content: &'d [Inline]) {
        self.notes.push(content);
        let n = self.notes.len();
        if self.sealed {
            self.out.element("sup", &[("data-added", Some(""))], &n.to_string());
            return;
        }
        self.out.open("sup", &[("data-added", Some(""))]);
        let (to, from) = (format!("#note--{n}"), format!("from--{n}"));
        let label = format!("Note {n}");
        let link = [
            ("href", Some(to.as_str())),
            ("id", Some(from.as_str())),
            ("role", Some("doc-noteref")),
            ("aria-label", Some(label.as_str())),
        ];
        self.out.element("a", &link, &n.to_string());
        self.out.close("sup");
    }

    /// What footnotes say, at the end.
    pub(super) fn endnotes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        let section = [("class", Some("notes")), ("aria-labelledby", Some("notes--"))];
        self.out.open("section", &section);
        self.out.element("h2", &[("id", Some("notes--")), ("data-added", Some(""))], "Notes");
        self.out.open("ol", &[]);
        let mut n = 0;
        // A note may hold a note.
        while let Some(note) = self.notes.get(n).copied() {
            n += 1;
            self.out.open("li", &[("id", Some(&format!("note--{n}")))]);
            self.out.open("p", &[]);
            self.inlines(note);
            self.out.raw(" ");
            let (to, label) = (format!("#from--{n}"), format!("Back to where note {n} stands"));
            let back = [
                ("href", Some(to.as_str())),
                ("role", Some("doc-backlink")),
                ("aria-label", Some(label.as_str())),
                ("data-added", Some("")),
            ];
            self.out.element("a", &back, "↩");
            self.out.raw("</p></li>\n");
        }
        self.out.raw("</ol></section>\n");
    }

    /// A picture from a file.
    pub(super) fn picture(&mut self, image: &'d Image) {
        let alt = image.alt.as_deref().unwrap_or_default();
        self.asset(&image.asset, &[("alt", Some(alt))]);
    }

    /// The asset `name` as an image, its bytes inside the page.
    pub(super) fn asset(&mut self, name: &'d str, attributes: &super::markup::Attributes<'_>) {
        let Some(asset) = self.document.assets.get(name) else {
            self.unshown("a picture is missing", &format!("there is no picture {name:?}"));
            return;
        };
        let source = self.pictures.entry(name).or_insert_with(|| {
            let kind = match asset.format {
                ImageFormat::Png => "png",
                ImageFormat::Jpeg => "jpeg",
                ImageFormat::Svg => "svg+xml",
            };
            format!("data:image/{kind};base64,{}", STANDARD.encode(&asset.bytes))
        });
        let pixels = |points: f64| format!("{:.0}", (points * 96.0 / 72.0).max(1.0));
        let (width, height) = (pixels(asset.width), pixels(asset.height));
        let own = [
            ("src", Some(source.as_str())),
            ("width", Some(width.as_str())),
            ("height", Some(height.as_str())),
        ];
        let all: Vec<_> = own.iter().chain(attributes).copied().collect();
        self.out.empty("img", &all);
    }
}

/// `words` as one class name.
pub(super) fn class_of(words: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    words.chars().map(plain).collect()
}

/// `address` with what no address may hold written as percent codes.
fn encoded(address: &str) -> String {
    let mut out = String::new();
    for c in address.chars() {
        if c.is_ascii_graphic()
            && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
        {
            out.push(c);
        } else {
            for byte in c.to_string().bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}
