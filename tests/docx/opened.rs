//! A Word file's parts, and short ways to ask about them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use roxmltree::{Document, Node};

pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of a Word file, by path.
pub struct Opened {
    pub parts: BTreeMap<String, Vec<u8>>,
    /// Paths in the order of the archive.
    pub order: Vec<String>,
}

impl Opened {
    pub fn new(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip archive");
        let mut parts = BTreeMap::new();
        let mut order = Vec::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).expect("an entry");
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("its bytes");
            let name = file.name().expect("its name").into_owned();
            order.push(name.clone());
            assert!(parts.insert(name, bytes).is_none(), "a part twice");
        }
        Opened { parts, order }
    }

    /// The text of the part at `path`.
    pub fn text(&self, path: &str) -> &str {
        let bytes = self.parts.get(path).unwrap_or_else(|| panic!("no part {path}"));
        std::str::from_utf8(bytes).expect("UTF-8")
    }

    /// The part at `path` as XML.
    pub fn xml(&self, path: &str) -> Document<'_> {
        Document::parse(self.text(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    /// Every part that is XML.
    pub fn xml_parts(&self) -> impl Iterator<Item = (&str, Document<'_>)> {
        self.parts
            .keys()
            .filter(|path| path.ends_with(".xml") || path.ends_with(".rels"))
            .map(|path| (path.as_str(), self.xml(path)))
    }

    pub fn document(&self) -> Document<'_> {
        self.xml("word/document.xml")
    }
}

/// All elements called `name` under `node`, in order.
pub fn all<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |n| is(*n, name))
}

/// The children of `node` called `name`.
pub fn children<'a, 'i>(
    node: Node<'a, 'i>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |n| is(*n, name))
}

/// The first child of `node` called `name`.
pub fn child<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

pub fn is(node: Node, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// The attribute `w:name` of `node`.
pub fn attribute<'a>(node: Node<'a, '_>, name: &'static str) -> Option<&'a str> {
    node.attribute((W, name))
}

/// `w:val` of the child called `name` of the child called `container`.
pub fn val<'a>(node: Node<'a, '_>, container: &'static str, name: &'static str) -> Option<&'a str> {
    attribute(child(child(node, container)?, name)?, "val")
}
