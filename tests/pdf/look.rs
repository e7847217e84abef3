//! Not tests but a desk: `ANNEXE_LOOK=DIR cargo test look -- --ignored` writes the sample's PDF and some
//! charts there, with the theme as it stands on disk, for looking at while designing.

use std::path::PathBuf;

use annexe::document::DrawingKind;
use annexe::write::pdf::layout;

use super::theme::{standard_files, theme_of};
use crate::support::{drawing_png, sample};

fn desk() -> PathBuf {
    std::env::var_os("ANNEXE_LOOK").expect("ANNEXE_LOOK names a folder").into()
}

#[test]
#[ignore = "a desk, not a test"]
fn look_at_the_sample() {
    let dir = desk();
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
    let long = layout(&super::content::long_cover(), &theme).unwrap();
    std::fs::write(dir.join("cover.png"), long.png(1, 50.0).unwrap()).unwrap();
    let chart =
        drawing_png(&DrawingKind::Organisation(sample::organisation()), &theme, 2.0).unwrap();
    std::fs::write(dir.join("chart.png"), chart.png).unwrap();
}

#[test]
#[ignore = "a desk, not a test"]
fn look_at_charts() {
    let dir = desk();
    let theme = theme_of(standard_files());
    for seed in 0..8 {
        let chart = DrawingKind::Organisation(super::drawings::chart(seed, 2 + seed as usize % 5));
        match drawing_png(&chart, &theme, 1.5) {
            Ok(picture) => std::fs::write(dir.join(format!("c-{seed}.png")), picture.png).unwrap(),
            Err(findings) => println!("{seed}: {}", findings[0].message),
        }
    }
}

#[test]
#[ignore = "a desk, not a test"]
fn time_a_long_table() {
    let theme = theme_of(standard_files());
    for copies in [10, 40] {
        let document = super::file::long_document(copies);
        let start = std::time::Instant::now();
        let laid = layout(&document, &theme).unwrap();
        let laid_out = start.elapsed();
        laid.pdf().unwrap();
        println!(
            "{} rows, {} pages: {laid_out:?}, with export {:?}",
            copies * 13,
            laid.pages(),
            start.elapsed()
        );
    }
}
