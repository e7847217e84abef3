//! Packs: the papers of one meeting, joined.

use chrono::NaiveDate;

use crate::source::{At, FileId, Span};

/// The papers of one meeting: `content/packs/NAME.toml`.
#[derive(Debug, Clone)]
pub struct Pack {
    /// The file's stem; the pack's name.
    pub name: String,
    /// The file.
    pub file: FileId,
    /// Its title, shown on the cover.
    pub title: At<String>,
    /// Who meets; a line under the title.
    pub meeting: Option<String>,
    /// The day of the meeting.
    pub date: At<NaiveDate>,
    /// The day that papers speak for which do not say; the template's, or else the project's, when
    /// absent.
    pub as_at: Option<At<NaiveDate>>,
    /// When it starts and ends, in words.
    pub time: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// "Draft", "Restricted"; shown on the cover.
    pub status: Option<String>,
    /// The agenda, in order.
    pub items: Vec<PackItem>,
}

impl Pack {
    /// How that begins which findings about a pack concern.
    pub const CONCERN: &str = "pack ";

    /// What findings about it concern, where those about a document have the document's name.
    pub fn concern(&self) -> String {
        format!("{}{}", Pack::CONCERN, self.name)
    }
}

/// One item of the agenda.
#[derive(Debug, Clone)]
pub struct PackItem {
    /// Its number as printed: "3", "4a".
    pub number: String,
    /// What it is called; the paper's title when absent.
    pub title: Option<At<String>>,
    /// Its paper; an item without one is spoken to.
    pub paper: Option<Paper>,
    /// What it is for: "For decision".
    pub purpose: Option<String>,
    /// Who brings it.
    pub presenter: Option<String>,
    /// How long it is to take.
    pub minutes: Option<u32>,
    /// The whole record.
    pub span: Span,
}

/// The paper of an item: a document, and what it is to say.
#[derive(Debug, Clone)]
pub struct Paper {
    /// The document's name.
    pub document: At<String>,
    /// The edition; the template's first when absent.
    pub edition: Option<At<String>>,
    /// The day it speaks for; the pack's when absent.
    pub as_at: Option<At<NaiveDate>>,
    /// Values for the template's parameters, by name.
    pub parameters: Vec<(At<String>, At<String>)>,
}
