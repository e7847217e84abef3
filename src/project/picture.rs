//! The picture library: what `content/images/index.toml` says of the files beside it.

use crate::source::{At, Span};

/// A picture of the library: `[[image]]`.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The id that directives name: "family".
    pub id: At<String>,
    /// Its file below `content/images/`.
    pub file: At<String>,
    /// What to say to people who cannot see it; `None` for decoration.
    pub alt: Option<String>,
    /// What it stands for, for whoever chooses one.
    pub shows: String,
    /// Who made it, or where it is from.
    pub source: String,
    /// What it may be used under.
    pub licence: String,
    /// The whole record.
    pub span: Span,
}
