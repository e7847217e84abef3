//! Measures pictures: PNG and JPEG by their headers, SVG by its root element.
//!
//! Sizes are in points. A pixel is 1/96 inch unless the file says how many there are to
//! the inch.

use std::sync::Arc;

use crate::document::{Asset, ImageFormat};

/// Points in a CSS pixel.
pub const PIXEL: f64 = 0.75;
/// No picture is drawn larger than this, whatever its file says: a metre and more.
const LARGEST: f64 = 4_000.0;

/// A PNG or JPEG, by what its bytes are, not by its name.
pub fn raster(bytes: Vec<u8>) -> Option<Asset> {
    let (format, size) = match png(&bytes) {
        Some(size) => (ImageFormat::Png, size),
        None => (ImageFormat::Jpeg, jpeg(&bytes)?),
    };
    asset(format, bytes, size)
}

/// A picture of this size in points, if that is a size a page can show.
pub fn asset(format: ImageFormat, bytes: Vec<u8>, (width, height): (f64, f64)) -> Option<Asset> {
    let sensible = |length: f64| length.is_finite() && length > 0.0;
    if !sensible(width) || !sensible(height) {
        return None;
    }
    let scale = (LARGEST / width.max(height)).min(1.0);
    let bytes: Arc<[u8]> = bytes.into();
    Some(Asset { format, bytes, width: width * scale, height: height * scale })
}

fn big_endian(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    Some(bytes.iter().fold(0, |number, &byte| number << 8 | u32::from(byte)))
}

/// A PNG's size: its first chunk says pixels, `pHYs` how many to the metre.
fn png(bytes: &[u8]) -> Option<(f64, f64)> {
    if !bytes.starts_with(b"\x89PNG\r\n\x1a\n") || bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let (width, height) = (big_endian(bytes, 16, 4)?, big_endian(bytes, 20, 4)?);
    let mut pixel = PIXEL;
    let mut at = 8_usize;
    while let (Some(length), Some(kind)) = (big_endian(bytes, at, 4), bytes.get(at + 4..at + 8)) {
        if kind == b"IDAT" {
            break;
        }
        let per_metre = big_endian(bytes, at + 8, 4).unwrap_or(0);
        if kind == b"pHYs" && per_metre > 0 && bytes.get(at + 16) == Some(&1) {
            pixel = 72.0 / (f64::from(per_metre) * 0.0254);
        }
        let Some(next) = at.checked_add(12 + length as usize) else { break };
        at = next;
    }
    Some((f64::from(width) * pixel, f64::from(height) * pixel))
}

/// A JPEG's size: its frame header says pixels, JFIF how many to the inch or centimetre.
fn jpeg(bytes: &[u8]) -> Option<(f64, f64)> {
    if !bytes.starts_with(b"\xFF\xD8\xFF") {
        return None;
    }
    let mut pixel = PIXEL;
    let mut at = 2_usize;
    loop {
        let marker = big_endian(bytes, at, 2)?;
        let length = big_endian(bytes, at + 2, 2)? as usize;
        match marker {
            // APP0, when it is JFIF's.
            0xFFE0 if bytes.get(at + 4..at + 8) == Some(b"JFIF") => {
                let density = f64::from(big_endian(bytes, at + 12, 2)?);
                pixel = match bytes.get(at + 11) {
                    Some(1) if density > 0.0 => 72.0 / density,
                    Some(2) if density > 0.0 => 72.0 / (density * 2.54),
                    _ => pixel,
                };
            }
            // Start of frame, but for the three numbers in the row that mean tables.
            0xFFC0..=0xFFCF if !matches!(marker, 0xFFC4 | 0xFFC8 | 0xFFCC) => {
                let height = f64::from(big_endian(bytes, at + 5, 2)?);
                let width = f64::from(big_endian(bytes, at + 7, 2)?);
                return Some((width * pixel, height * pixel));
            }
            0xFF00..=0xFFFF => {}
            _ => return None,
        }
        at = at.checked_add(2 + length)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png_of(width: u32, height: u32, rest: &[u8]) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend(b"\x08\x06\0\0\0crc.");
        bytes.extend(rest);
        bytes
    }

    #[test]
    fn a_png_is_measured_by_its_resolution_if_it_states_one() {
        let plain = raster(png_of(400, 200, b"")).unwrap();
        assert_eq!((plain.width, plain.height), (300.0, 150.0));
        let mut physical = b"\0\0\0\x09pHYs".to_vec();
        physical.extend(11811_u32.to_be_bytes());
        physical.extend(11811_u32.to_be_bytes());
        physical.extend(b"\x01crc.");
        let fine = raster(png_of(300, 300, &physical)).unwrap();
        assert!((fine.width - 72.0).abs() < 0.01, "{}", fine.width);
    }

    #[test]
    fn a_jpeg_is_measured_by_its_frame() {
        let mut bytes = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\x01\0\x90\0\x90\0\0".to_vec();
        bytes.extend(b"\xFF\xC2\0\x0b\x08\x00\x90\x01\x20\x01\x11\0\0");
        let asset = raster(bytes).unwrap();
        assert_eq!((asset.format, asset.width, asset.height), (ImageFormat::Jpeg, 144.0, 72.0));
    }

    #[test]
    fn broken_headers_are_no_pictures() {
        assert!(raster(png_of(0, 10, b"")).is_none());
        assert!(raster(b"\xFF\xD8\xFF\xE0\0\0".to_vec()).is_none());
        assert!(raster(b"GIF89a".to_vec()).is_none());
        let mut endless = png_of(1, 1, b"");
        endless.extend(b"\xFF\xFF\xFF\xFFzzzz");
        assert!(raster(endless).is_some());
    }
}
