//! Draws a Document: as PDF, as Word, as text. Knows the Document and the theme, nothing else.

pub mod docx;
pub mod pdf;
pub mod text;
