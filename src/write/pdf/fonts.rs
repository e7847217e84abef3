//! The fonts a theme can use: Noto Sans, Typst's own as a fallback for marks, and the theme's.

use std::sync::{Arc, OnceLock};

use typst::foundations::Bytes;
use typst::text::Font;
use typst_kit::fonts::FontStore;

/// The shipped fonts; the same for every theme that brings none.
pub(super) fn shipped() -> Arc<FontStore> {
    static SHIPPED: OnceLock<Arc<FontStore>> = OnceLock::new();
    SHIPPED.get_or_init(|| Arc::new(with_shipped(Vec::new()))).clone()
}

/// The shipped fonts, after `own`: where a theme brings a face of Noto Sans, its face is found first.
pub(super) fn with_shipped(own: Vec<Font>) -> FontStore {
    let mut store = FontStore::new();
    store.extend(own.into_iter().map(with_info));
    let noto = [
        notosans::REGULAR_TTF,
        notosans::BOLD_TTF,
        notosans::ITALIC_TTF,
        notosans::BOLD_ITALIC_TTF,
    ];
    store.extend(noto.into_iter().flat_map(|ttf| Font::iter(Bytes::new(ttf))).map(with_info));
    store.extend(typst_kit::fonts::embedded());
    store
}

/// The faces in the bytes of one font file; none when they are not a font.
pub(super) fn faces(bytes: &[u8]) -> Vec<Font> {
    Font::iter(Bytes::new(bytes.to_vec())).collect()
}

fn with_info(font: Font) -> (Font, typst::text::FontInfo) {
    let info = font.info().clone();
    (font, info)
}
