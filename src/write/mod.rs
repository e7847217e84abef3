//! Draws a Document: as PDF, as Word, as text. Knows the Document and the theme, nothing else.

pub mod docx;
pub mod pdf;
pub mod text;

/// A drawing as a picture: made by the PDF's theme, shown in the Word file.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnPicture {
    /// The picture, as PNG.
    pub png: Vec<u8>,
    /// Its width on paper, in points.
    pub width: f64,
    /// Its height on paper, in points.
    pub height: f64,
}
