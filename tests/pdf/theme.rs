//! The standard theme: what is built in is what stands in the templates folder.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use annexe::write::pdf::{ThemeFile, ThemeInput, layout, standard_theme};

use crate::support::sample::sample_document;

/// The standard theme's Typst files as they stand on disk.
pub fn standard_files() -> BTreeMap<String, ThemeFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/themes/standard");
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "typ") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            files.insert(
                name,
                ThemeFile { bytes: Arc::from(std::fs::read(&path).unwrap()), source: None },
            );
        }
    }
    files
}

/// A theme of `files` with the standard tokens.
pub fn theme_of(files: BTreeMap<String, ThemeFile>) -> ThemeInput {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/themes/standard");
    let tokens =
        toml::from_str(&std::fs::read_to_string(folder.join("theme.toml")).unwrap()).unwrap();
    ThemeInput::new("standard", tokens, files, BTreeMap::new()).unwrap()
}

#[test]
fn the_built_in_theme_is_the_one_in_the_templates_folder() {
    let document = sample_document();
    let built_in = layout(&document, &standard_theme().unwrap()).unwrap().pdf().unwrap();
    let on_disk = layout(&document, &theme_of(standard_files())).unwrap().pdf().unwrap();
    assert!(built_in == on_disk);
}

#[test]
fn the_standard_theme_gives_typst_no_doubts() {
    assert_eq!(layout(&sample_document(), &standard_theme().unwrap()).unwrap().warnings(), []);
}

#[test]
fn no_theme_file_is_longer_than_300_lines() {
    for (name, file) in standard_files() {
        let lines = file.bytes.iter().filter(|byte| **byte == b'\n').count();
        assert!(lines <= 300, "{name} has {lines} lines");
    }
}
