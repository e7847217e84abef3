//! What several areas of tests share.

pub mod pdf_text;
pub mod sample;
pub mod tables;

use std::path::Path;

/// Text without white space, which a PDF does not keep, and without the marks that Typst puts where
/// a line must not end.
pub fn packed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{2060}').collect()
}

/// Fails with what stands around the first letter that differs; white space does not count.
pub fn assert_same_words(what: &str, read: &str, written: &str) {
    let read: Vec<char> = packed(read).chars().collect();
    let written: Vec<char> = packed(written).chars().collect();
    let same = read.iter().zip(&written).take_while(|(a, b)| a == b).count();
    if same < read.len() || same < written.len() {
        let near = |text: &[char]| {
            text[same.saturating_sub(30)..text.len().min(same + 40)].iter().collect::<String>()
        };
        panic!("{what} says …{}…\nbut the document …{}…", near(&read), near(&written));
    }
}

/// Compares with `tests/golden/NAME`; `ANNEXE_BLESS=1` writes it anew.
pub fn assert_golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("ANNEXE_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, found).unwrap();
        return;
    }
    let golden = std::fs::read_to_string(&path)
        .unwrap_or_else(|_| panic!("no golden {name}: run the tests once with ANNEXE_BLESS=1"));
    if golden != found {
        let diff = similar::TextDiff::from_lines(&golden, found);
        panic!("{name} differs from its golden:\n{}", diff.unified_diff().context_radius(1));
    }
}

/// One drawing as the picture that the Word file shows.
pub fn drawing_png(
    drawing: &annexe::document::DrawingKind,
    theme: &annexe::write::pdf::ThemeInput,
    pixels: f64,
) -> Result<annexe::write::DrawnPicture, Vec<annexe::diag::Finding>> {
    annexe::write::pdf::drawing_pngs(&[drawing], theme, pixels)
        .map(|mut pictures| pictures.remove(0))
}
