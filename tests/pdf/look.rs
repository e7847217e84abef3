//! Not a test but a desk: `ANNEXE_LOOK=DIR cargo test look` writes the sample's PDF there, with the
//! theme as it stands on disk, for looking at while designing.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use annexe::document::DrawingKind;
use annexe::write::pdf::{ThemeFile, ThemeInput, drawing_png, layout};

use crate::support::sample;

/// The standard theme, read from the templates folder.
fn theme_on_disk() -> ThemeInput {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/themes/standard");
    let tokens =
        toml::from_str(&std::fs::read_to_string(folder.join("theme.toml")).unwrap()).unwrap();
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "typ") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            files.insert(
                name,
                ThemeFile { bytes: Arc::from(std::fs::read(&path).unwrap()), source: None },
            );
        }
    }
    ThemeInput::new("standard", tokens, files, BTreeMap::new()).unwrap()
}

#[test]
fn look_at_the_sample() {
    let Some(dir) = std::env::var_os("ANNEXE_LOOK") else { return };
    let dir = Path::new(&dir);
    let theme = theme_on_disk();
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
