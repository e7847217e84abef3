//! Files inside a PDF: the data that its figures are from, for those who work on with them.
//!
//! The theme needs to know nothing of it. What is compiled is its `theme.typ` with a few lines after
//! it, which attach what `/attachments.json` names.

use serde::Serialize;
use typst::foundations::Bytes;

/// The file that is compiled instead of the theme's `theme.typ`.
pub(super) const MAIN: &str = "/theme/with-attachments.typ";

/// What stands after the theme's own lines.
pub(super) const LINES: &str = "
#for file in json(\"/attachments.json\") {
  pdf.attach(
    \"/\" + file.name,
    read(\"/attachments/\" + file.name, encoding: none),
    relationship: file.relationship,
    mime-type: file.kind,
    description: file.description,
  )
}
";

/// A file to attach.
#[derive(Debug, Clone, Serialize)]
pub struct Attachment {
    /// Its name, without folders.
    pub name: String,
    /// Its media type.
    pub kind: &'static str,
    /// What it holds, in a sentence.
    pub description: String,
    /// What it is to the document.
    pub relationship: Relationship,
    /// Its bytes.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// What an attached file is to its document, as PDF/A-3 names it (`AFRelationship`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relationship {
    /// What the document shows was made from it.
    Data,
    /// It says more than the document.
    Supplement,
}

/// The files as the theme's world has them.
pub(super) fn files(attachments: &[Attachment]) -> serde_json::Result<Vec<(String, Bytes)>> {
    if attachments.is_empty() {
        return Ok(Vec::new());
    }
    let list = serde_json::to_vec(attachments)?;
    let mut files = vec![("/attachments.json".to_owned(), Bytes::new(list))];
    for file in attachments {
        files.push((format!("/attachments/{}", file.name), Bytes::new(file.bytes.clone())));
    }
    Ok(files)
}
