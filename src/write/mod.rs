//! Draws a Document: as PDF, as Word, as web page, as text. Knows the Document and the theme, nothing else.

pub mod docx;
pub mod html;
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

/// A drawing as SVG: made by the PDF's theme, shown in the web page.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnSvg {
    /// What stands inside the `svg` element: words as text, shapes as paths.
    pub markup: String,
    /// Its width on paper, in points.
    pub width: f64,
    /// Its height on paper, in points.
    pub height: f64,
}
