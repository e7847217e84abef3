//! What drawing one job may take from the last builds, and leaves to the next.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::cache::{Cache, Record};
use super::fingerprint::{self, Hash, Made, Manner};
use super::place::Folder;
use super::select::{Format, Job};
use crate::document::Document;

/// One file of a format: where its bytes are.
#[derive(Debug)]
pub enum File {
    /// Drawn by this build.
    Drawn(Vec<u8>),
    /// Drawn by an earlier one, and kept.
    Kept(Vec<u8>),
    /// Drawn by an earlier one, and standing in its place already: so many bytes.
    Stands(u64),
}

impl File {
    /// How many bytes it has.
    pub fn len(&self) -> usize {
        match self {
            File::Drawn(bytes) | File::Kept(bytes) => bytes.len(),
            File::Stands(bytes) => usize::try_from(*bytes).unwrap_or(usize::MAX),
        }
    }

    /// Its bytes, unless it stands in its place.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            File::Drawn(bytes) | File::Kept(bytes) => Some(bytes),
            File::Stands(_) => None,
        }
    }

    /// The same, taken.
    pub fn into_bytes(self) -> Option<Vec<u8>> {
        match self {
            File::Drawn(bytes) | File::Kept(bytes) => Some(bytes),
            File::Stands(_) => None,
        }
    }
}

/// What a layout tells besides its pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Laid {
    /// How many pages there are.
    pub pages: usize,
    /// The page of each heading as printed, by its anchor.
    pub headings: BTreeMap<String, String>,
}

/// The memory of one job.
pub struct Memory<'m> {
    cache: &'m Cache,
    folder: &'m Folder,
    names: (String, String),
    /// What its files are made of, whatever their format.
    print: Hash,
}

impl<'m> Memory<'m> {
    /// That of `document`, drawn with the theme of the fingerprint `theme` into `folder`.
    pub fn of(
        cache: &'m Cache,
        folder: &'m Folder,
        job: &Job<'_>,
        document: &Document,
        theme: Hash,
        manner: Manner,
    ) -> Self {
        let names = (job.template.name.clone(), job.copy());
        Memory { cache, folder, names, print: fingerprint::document(document, theme, manner) }
    }

    /// What is known of the layout.
    pub fn laid(&self) -> Option<Laid> {
        self.cache.record::<Laid>(self.key("layout")).map(|record| record.facts)
    }

    /// Keeps what came of the layout.
    pub fn keep_laid(&self, laid: &Laid) {
        self.cache.keep(self.key("layout"), laid, &[]);
    }

    /// The files of a format, when all are in their place or kept whole; `beside` is the fingerprint of
    /// what they are made of besides the document.
    pub fn files(&self, format: Format, beside: Option<Hash>) -> Option<Vec<File>> {
        let record: Record<()> = self.cache.record(self.file_key(format, beside))?;
        let (document, copy) = &self.names;
        let names = self.folder.names(document, copy, format, record.files.len()).ok()?;
        let mut files = Vec::new();
        for (name, object) in names.iter().zip(&record.files) {
            files.push(if object.stands_at(&self.folder.path().join(name)) {
                File::Stands(object.bytes)
            } else {
                File::Kept(self.cache.bytes(object)?)
            });
        }
        Some(files)
    }

    /// Keeps the files of a format.
    pub fn keep(&self, format: Format, beside: Option<Hash>, files: &[Vec<u8>]) {
        self.cache.keep(self.file_key(format, beside), &(), files);
    }

    fn file_key(&self, format: Format, beside: Option<Hash>) -> Hash {
        match beside {
            Some(beside) => {
                Made::of("beside").with_hash(self.key(format.name())).with_hash(beside).hash()
            }
            None => self.key(format.name()),
        }
    }

    fn key(&self, kind: &str) -> Hash {
        Made::of(kind).with_hash(self.print).hash()
    }
}
