//! Not a test but a desk: `ANNEXE_LOOK=DIR cargo test look` writes the sample's PDF there, with the
//! theme as it stands on disk, for looking at while designing.

use std::path::Path;

use annexe::document::DrawingKind;
use annexe::write::pdf::{drawing_png, layout};

use super::theme::{standard_files, theme_of};
use crate::support::sample;

#[test]
fn look_at_the_sample() {
    let Some(dir) = std::env::var_os("ANNEXE_LOOK") else { return };
    let dir = Path::new(&dir);
    let theme = theme_of(standard_files());
    let document = sample::sample_document();
    let start = std::time::Instant::now();
    let laid = match layout(&document, &theme) {
        Ok(laid) => laid,
        Err(findings) => {
            let said: Vec<_> = findings
                .iter()
                .map(|f| format!("{} {:?} {:?}", f.message, f.place, f.notes))
                .collect();
            panic!("{}", said.join("\n"));
        }
    };
    println!("{} pages, {:?}, {:?}", laid.pages(), start.elapsed(), laid.warnings());
    println!("{:?}", laid.heading_pages());
    std::fs::write(dir.join("sample.pdf"), laid.pdf().unwrap()).unwrap();
    let chart =
        drawing_png(&DrawingKind::Organisation(sample::organisation()), &theme, 2.0).unwrap();
    std::fs::write(dir.join("chart.png"), chart.png).unwrap();
}
