//! Word files that come back: every kind of change placed, the round trip, and files that are no such thing.

mod bad;
mod cli;
mod homes;
mod labelled;
mod law;
pub mod word;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use annexe::assemble::{Options, assemble};
use annexe::document::drawings;
use annexe::project::{Project, Template};
use annexe::returned::{Asked, Copy, Review, review};
use annexe::write::docx::homes::{Home, homes};
use annexe::write::docx::{Extras, docx};

use crate::documents::project;
use crate::docx::sample;

/// A document of this project as a Word file, with its paragraphs.
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
    pub homes: Vec<Home>,
}

/// `template` in `edition` as a Word file of `project`.
pub fn file(project: &Project, template: &Template, edition: &str) -> File {
    let defaults = template
        .parameters
        .iter()
        .filter_map(|parameter| Some((parameter.name.value.clone(), parameter.default.clone()?)));
    let parameters: BTreeMap<String, String> = defaults.collect();
    let options = Options {
        edition: edition.to_owned(),
        as_at: project.day_of(template, None),
        parameters: parameters.clone(),
    };
    let document = assemble(project, template, &options).document;
    let tokens = &project.edition(edition).unwrap().theme.tokens;
    // Pictures are not what comes home: as many stand-ins as there are drawings.
    let picture = sample::extras().drawings[0].clone();
    let extras = Extras {
        drawings: vec![picture; drawings(&document.blocks).len()],
        sources: Some(&project.sources),
        parameters,
        ..Extras::default()
    };
    let bytes = docx(&document, tokens, &extras).unwrap_or_else(|findings| panic!("{findings:#?}"));
    let homes = homes(&document, tokens, &project.sources).unwrap();
    File { name: format!("{}.{edition}", template.name), bytes, homes }
}

/// Every document of this project that comes in Word, in every edition.
pub fn files() -> &'static [File] {
    static FILES: OnceLock<Vec<File>> = OnceLock::new();
    FILES.get_or_init(|| {
        let project = project();
        let templates = project
            .templates
            .values()
            .filter(|template| template.parameters.iter().all(|p| p.default.is_some()));
        templates
            .flat_map(|template| {
                template.editions.iter().map(move |edition| file(project, template, edition))
            })
            .collect()
    })
}

/// The file of one document in one edition.
pub fn named(name: &str) -> &'static File {
    files().iter().find(|file| file.name == name).unwrap_or_else(|| panic!("no file {name}"))
}

/// The review of some files.
pub fn reviewed(project: &Project, files: &[&[u8]]) -> Review {
    let copies: Vec<Copy> = files
        .iter()
        .enumerate()
        .map(|(index, bytes)| Copy {
            path: PathBuf::from(format!("copy-{}.docx", index + 1)),
            bytes: bytes.to_vec(),
        })
        .collect();
    review(project, &copies, &Asked::default())
}
