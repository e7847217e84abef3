//! Draws a Document as PDF: the theme's Typst files lay it out, in process.
//!
//! The theme receives the Document as data and draws it; no markup is generated here,
//! and no length, colour or font stands in Rust. A theme is a folder of Typst files.
//! Annexe compiles one of two of them, in a world of its own with nothing in it but:
//!
//! | path | what |
//! | --- | --- |
//! | `/theme/theme.typ` | compiled for a document |
//! | `/theme/drawing.typ` | compiled for the drawings, as pictures for Word: a page each |
//! | `/theme/…` | the theme's other files |
//! | `/document.json` | the `Document`: `meta`, `blocks`, and `assets` (name → `path`, `format`, `width`, `height` in points) |
//! | `/assets.json` | the document's `assets` once more, by themselves |
//! | `/headings.json` | its headings in order: `level`, `number`, `content` |
//! | `/theme/pack.typ` | compiled for the papers of a meeting |
//! | `/pack.json` | what joins them: `meta`, `cover`, `agenda`, `papers` |
//! | `/papers/N/…` | `theme/…`, `theme.json`, `document.json`, `assets.json`, `headings.json` and `assets/…` of the Nth paper: so theme files read `../theme.json` |
//! | `/drawings.json` | a list of `DrawingKind`, for `drawing.typ` |
//! | `/theme.json` | the [tokens](crate::theme::Tokens) of `theme.toml` |
//! | `/assets/N` | the document's pictures |
//! | `/attachments.json`, `/attachments/…` | files to go into the PDF, where there are any |
//!
//! There are no system fonts, no packages, no network and no clock: `datetime.today()`
//! is the document's as-at date. What comes out is tagged PDF/UA-1 and PDF/A-2a (3a with files attached), the same bytes each time.

mod attached;
mod crew;
mod data;
mod faults;
mod fonts;
mod glyphs;
mod layout;
mod picture;
mod svg;
mod theme;
mod world;

pub use attached::{Attachment, Relationship};
pub use layout::{Layout, drawing_pngs, drawing_svgs, forget, layout, layout_joined, layout_with};
pub use theme::{STANDARD, ThemeFile, ThemeInput, standard_files, standard_theme};
