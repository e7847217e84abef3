//! Pictures of drawings, small and quick to make: drawings have few colours, so a palette holds them.

use std::collections::{BTreeMap, HashMap};

use png::{BitDepth, ColorType, Compression, Encoder};
use typst_layout::Page;
use typst_render::{RenderOptions, render};

/// Colours that a palette can hold.
const PALETTE: usize = 256;
/// Bytes of a pixel as it is drawn: red, green, blue, opacity.
const PIXEL: usize = 4;

/// Colours are merged where their channels differ in no more than these last bits, the fewest that do.
const MERGED: [u32; 3] = [0, 3, 4];

/// A page as PNG, at `pixels` a point; none when it has no size.
pub(super) fn small_png(page: &Page, pixels: f64) -> Option<Vec<u8>> {
    let options = RenderOptions { pixel_per_pt: pixels.into(), render_bleed: false };
    let drawn = render(page, &options);
    let (width, height) = (drawn.width(), drawn.height());
    let runs = Runs::of(drawn.data());
    match MERGED.iter().find_map(|bits| runs.indexed(*bits)) {
        Some((palette, indices)) => {
            encode(width, height, ColorType::Indexed, Some(palette), &indices)
        }
        None => encode(width, height, ColorType::Rgb, None, &runs.rgb()),
    }
}

/// A picture as runs of pixels of one colour. Pages are opaque, so colours stand as they are.
struct Runs {
    runs: Vec<([u8; 3], usize)>,
    /// How many pixels there are of each colour.
    counts: HashMap<[u8; 3], usize>,
    pixels: usize,
}

impl Runs {
    fn of(data: &[u8]) -> Runs {
        let mut runs: Vec<([u8; 3], usize)> = Vec::new();
        for pixel in data.chunks_exact(PIXEL) {
            let &[red, green, blue, _] = pixel else { continue };
            let colour = [red, green, blue];
            match runs.last_mut() {
                Some((before, length)) if *before == colour => *length += 1,
                _ => runs.push((colour, 1)),
            }
        }
        let mut counts = HashMap::new();
        for (colour, length) in &runs {
            *counts.entry(*colour).or_insert(0) += length;
        }
        Runs { runs, counts, pixels: data.len() / PIXEL }
    }

    /// The palette, and which of its colours each pixel has; none when there are too many. Of the
    /// colours that are merged, the one that most pixels have stands for all: grounds stay exact, the
    /// edges of letters change by a shade.
    fn indexed(&self, bits: u32) -> Option<(Vec<u8>, Vec<u8>)> {
        let merged = |colour: &[u8; 3]| colour.map(|channel| channel >> bits);
        let mut chosen: BTreeMap<[u8; 3], (usize, [u8; 3])> = BTreeMap::new();
        for (colour, count) in &self.counts {
            let most = chosen.entry(merged(colour)).or_insert((*count, *colour));
            *most = (*most).max((*count, *colour));
        }
        if chosen.len() > PALETTE {
            return None;
        }
        let palette = chosen.values().flat_map(|(_, colour)| *colour).collect();
        let places: HashMap<[u8; 3], u8> = chosen.keys().copied().zip(0..=u8::MAX).collect();
        let mut indices = Vec::with_capacity(self.pixels);
        for (colour, length) in &self.runs {
            let index = *places.get(&merged(colour))?;
            indices.resize(indices.len() + length, index);
        }
        Some((palette, indices))
    }

    fn rgb(&self) -> Vec<u8> {
        self.runs.iter().flat_map(|(colour, length)| colour.repeat(*length)).collect()
    }
}

fn encode(
    width: u32,
    height: u32,
    colours: ColorType,
    palette: Option<Vec<u8>>,
    data: &[u8],
) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, width, height);
    encoder.set_color(colours);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    if let Some(palette) = palette {
        encoder.set_palette(palette);
    }
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(data).ok()?;
    writer.finish().ok()?;
    Some(out)
}
