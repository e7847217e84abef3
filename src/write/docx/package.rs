//! The package: parts, their relationships and content types, zipped the same way each time.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::xml::Xml;

/// What a part is to the part that refers to it: the last word of its relationship type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// The document itself.
    Document,
    /// Title, author and dates.
    Core,
    /// The program's own properties.
    App,
    /// Styles.
    Styles,
    /// List numbering.
    Numbering,
    /// Settings.
    Settings,
    /// Fonts.
    Fonts,
    /// Colours and fonts that Word's pickers offer.
    Theme,
    /// Footnotes.
    Footnotes,
    /// A running head.
    Header,
    /// A running foot.
    Footer,
    /// A picture.
    Image,
    /// An address outside.
    Hyperlink,
    /// Data of our own that travels with the file.
    Data,
    /// What names such data.
    DataProperties,
}

impl Relation {
    fn type_address(self) -> String {
        const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
        let word = match self {
            Relation::Core => {
                return "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties".to_owned();
            }
            Relation::Document => "officeDocument",
            Relation::App => "extended-properties",
            Relation::Styles => "styles",
            Relation::Numbering => "numbering",
            Relation::Settings => "settings",
            Relation::Fonts => "fontTable",
            Relation::Theme => "theme",
            Relation::Footnotes => "footnotes",
            Relation::Header => "header",
            Relation::Footer => "footer",
            Relation::Image => "image",
            Relation::Hyperlink => "hyperlink",
            Relation::Data => "customXml",
            Relation::DataProperties => "customXmlProps",
        };
        format!("{OFFICE}{word}")
    }
}

/// The relationships of one part. Ids count from 1; the same target has one id.
#[derive(Debug, Default)]
pub struct Relationships {
    list: Vec<(Relation, String)>,
    known: BTreeMap<(Relation, String), usize>,
}

impl Relationships {
    /// The id of the relationship to `target`, new or known.
    pub fn id(&mut self, relation: Relation, target: &str) -> String {
        let key = (relation, target.to_owned());
        let number = *self.known.entry(key).or_insert_with_key(|key| {
            self.list.push(key.clone());
            self.list.len()
        });
        format!("rId{number}")
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The part that holds them.
    pub fn part(&self) -> String {
        let mut xml = Xml::part();
        let name = "http://schemas.openxmlformats.org/package/2006/relationships";
        xml.open("Relationships", &[("xmlns", &name)]);
        for (index, (relation, target)) in self.list.iter().enumerate() {
            let id = format!("rId{}", index + 1);
            let kind = relation.type_address();
            let mut attributes: Vec<(&str, &dyn Display)> =
                vec![("Id", &id), ("Type", &kind), ("Target", target)];
            if *relation == Relation::Hyperlink {
                attributes.push(("TargetMode", &"External"));
            }
            xml.empty("Relationship", &attributes);
        }
        xml.close("Relationships");
        xml.finish()
    }
}

/// The content type of the part at `path`, for those that have one of their own.
fn content_type(path: &str) -> Option<String> {
    let word = |kind: &str| {
        Some(format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"))
    };
    match path {
        "docProps/core.xml" => {
            return Some("application/vnd.openxmlformats-package.core-properties+xml".to_owned());
        }
        "word/theme/theme1.xml" => {
            return Some("application/vnd.openxmlformats-officedocument.theme+xml".to_owned());
        }
        "customXml/itemProps1.xml" => {
            return Some(
                "application/vnd.openxmlformats-officedocument.customXmlProperties+xml".to_owned(),
            );
        }
        "docProps/app.xml" => {
            return Some(
                "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned(),
            );
        }
        _ => {}
    }
    let name = path.strip_prefix("word/")?.strip_suffix(".xml")?;
    match name.trim_end_matches(|c: char| c.is_ascii_digit()) {
        "document" => word("document.main"),
        kind @ ("styles" | "numbering" | "settings" | "fontTable" | "footnotes" | "header"
        | "footer") => word(kind),
        _ => None,
    }
}

/// The content type that goes with a file name's end.
fn default_type(extension: &str) -> &'static str {
    match extension {
        "rels" => "application/vnd.openxmlformats-package.relationships+xml",
        "png" => "image/png",
        "jpeg" => "image/jpeg",
        "svg" => "image/svg+xml",
        _ => "application/xml",
    }
}

/// A package as it is written: each part is compressed when it comes, so that none stays in
/// memory whole.
pub struct Package {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    paths: Vec<String>,
}

impl Package {
    /// An empty package.
    pub fn new() -> Self {
        Package { zip: ZipWriter::new(Cursor::new(Vec::new())), paths: Vec::new() }
    }

    /// Starts the part at `path`; what is written next belongs to it.
    pub fn start(&mut self, path: &str) -> Result<(), String> {
        // Pictures are compressed already.
        let method = match path.rsplit_once('.') {
            Some((_, "png" | "jpeg")) => CompressionMethod::Stored,
            _ => CompressionMethod::Deflated,
        };
        self.zip.start_file(path, options(method)).map_err(|e| e.to_string())?;
        self.paths.push(path.to_owned());
        Ok(())
    }

    /// Adds to the part that was started last.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.zip.write_all(bytes).map_err(|e| e.to_string())
    }

    /// Adds a whole part.
    pub fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), String> {
        self.start(path)?;
        self.write(bytes)
    }

    /// Adds the relationships of the part at `path`, if it has any.
    pub fn relate(&mut self, path: &str, relationships: &Relationships) -> Result<(), String> {
        if relationships.is_empty() {
            return Ok(());
        }
        let path = match path.rsplit_once('/') {
            Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
            None => format!("_rels/{path}.rels"),
        };
        self.add(&path, relationships.part().as_bytes())
    }

    /// The bytes of the package: content types first, then relationships, then parts by path.
    pub fn finish(mut self) -> Result<Vec<u8>, String> {
        let types = self.content_types();
        self.add("[Content_Types].xml", types.as_bytes())?;
        let mut paths = std::mem::take(&mut self.paths);
        paths.sort_by_key(|path| {
            let rank = match path.as_str() {
                "[Content_Types].xml" => 0,
                "_rels/.rels" => 1,
                _ => 2,
            };
            (rank, path.clone())
        });
        let scratch = self.zip.finish().map_err(|e| e.to_string())?;
        let mut scratch = ZipArchive::new(scratch).map_err(|e| e.to_string())?;
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for path in &paths {
            let index = scratch.index_for_name(path).ok_or("a part went missing")?;
            let file = scratch.by_index_raw(index).map_err(|e| e.to_string())?;
            zip.raw_copy_file(file).map_err(|e| e.to_string())?;
        }
        Ok(zip.finish().map_err(|e| e.to_string())?.into_inner())
    }

    fn content_types(&self) -> String {
        let mut extensions: Vec<&str> =
            self.paths.iter().filter_map(|p| p.rsplit_once('.')).map(|(_, e)| e).collect();
        extensions.sort_unstable();
        extensions.dedup();
        let mut own: Vec<(&str, String)> =
            self.paths.iter().filter_map(|p| Some((p.as_str(), content_type(p)?))).collect();
        own.sort_unstable();
        let mut xml = Xml::part();
        let name = "http://schemas.openxmlformats.org/package/2006/content-types";
        xml.open("Types", &[("xmlns", &name)]);
        for extension in extensions {
            let kind = default_type(extension);
            xml.empty("Default", &[("Extension", &extension), ("ContentType", &kind)]);
        }
        for (path, kind) in own {
            xml.empty("Override", &[("PartName", &format!("/{path}")), ("ContentType", &kind)]);
        }
        xml.close("Types");
        xml.finish()
    }
}

fn options(method: CompressionMethod) -> SimpleFileOptions {
    // The default time is 1 January 1980: the same in every build.
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}
