//! Reads the picture library's index, `content/images/index.toml`, and holds it against the files beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diag::rules::{FILE_MISSING, ID_DUPLICATE, IMAGE_UNINDEXED, PICTURE_ALT};
use crate::diag::{Finding, nearest};
use crate::document::Asset;
use crate::load::files::Folder;
use crate::load::read_toml;
use crate::load::record::{FromTable, Record};
use crate::load::value::{Flag, Text};
use crate::project::Picture;
use crate::source::At;

/// Where the index is.
pub const INDEX: &str = "content/images/index.toml";

/// `content/images/index.toml` as written.
#[derive(Debug)]
pub struct Index {
    pictures: Vec<Picture>,
}

impl FromTable for Index {
    const WHAT: &'static str = "";
    const DOC: &'static str = "The pictures of content/images: what each shows, and whose it is.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        Some(Index { pictures: r.records("image", "Pictures of content/images.") })
    }
}

impl FromTable for Picture {
    const WHAT: &'static str = "picture";
    const DOC: &'static str = "A picture of content/images.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the id that directives name: \"family\"");
        let file = r.need::<Text>("file", "its file in content/images: \"family.svg\"");
        let alt = r.get::<Text>("alt", "what to say to people who cannot see it");
        let shows = r.need::<Text>("shows", "what it stands for, for whoever chooses one");
        let source = r.need::<Text>("source", "who made it, or where it is from");
        let licence = r.need::<Text>("licence", "what it may be used under");
        let decorative =
            r.get::<Flag>("decorative", "true: it only decorates, and has no alt text");
        let is_decorative = decorative.as_ref().is_some_and(|decorative| decorative.value);
        match (&alt, is_decorative) {
            (None, false) if r.is_written() => {
                let finding = Finding::new(&PICTURE_ALT, format!("{} has no alt text", r.name()))
                    .at(r.span())
                    .help("say what it shows: alt = \"…\"; decorative = true if it says nothing");
                r.context().report(finding);
            }
            (Some(alt), true) => {
                let message = format!("{} is decorative and has alt text", r.name());
                let finding = Finding::new(&PICTURE_ALT, message).at(alt.span);
                r.context().report(finding.help("take one of the two out"));
            }
            _ => {}
        }
        Some(Picture {
            id: id?,
            file: file?,
            alt: alt.map(|alt| alt.value),
            shows: shows?.value,
            source: source?.value,
            licence: licence?.value,
            span: r.span(),
        })
    }
}

/// The library by id; `images` are the files that could be read, by name.
pub fn read(folder: &mut Folder, images: &BTreeMap<String, Asset>) -> BTreeMap<String, Picture> {
    let path = Path::new(INDEX);
    let index = match folder.has(path) {
        true => read_toml::<Index>(folder, path),
        false => None,
    };
    let mut pictures: BTreeMap<String, Picture> = BTreeMap::new();
    for picture in index.into_iter().flat_map(|(index, _)| index.pictures) {
        missing(&picture.file, images, folder);
        if let Some(first) = pictures.get(picture.id.as_str()) {
            let message = format!("\"{}\" is the id of another picture already", *picture.id);
            let finding = Finding::new(&ID_DUPLICATE, message).at(picture.id.span);
            let finding = finding.label("used again here");
            folder.findings.push(finding.related(first.id.span, "first used here"));
            continue;
        }
        pictures.insert(picture.id.value.clone(), picture);
    }
    let listed: BTreeSet<&str> = pictures.values().map(|picture| picture.file.as_str()).collect();
    for name in images.keys().filter(|name| !listed.contains(name.as_str())) {
        let message = format!("{name} is not in the index of pictures");
        let finding = Finding::new(&IMAGE_UNINDEXED, message)
            .in_file(format!("content/images/{name}"))
            .help(format!(
                "add an [[image]] for it to {INDEX}, with its alt text, source and licence"
            ));
        folder.findings.push(finding);
    }
    pictures
}

/// Reports a file that is not there. One that is there and could not be read has its own finding.
fn missing(file: &At<String>, images: &BTreeMap<String, Asset>, folder: &mut Folder) {
    let there = images.contains_key(file.as_str())
        || folder.has(&Path::new("content/images").join(file.as_str()));
    if there || file.is_empty() {
        return;
    }
    let message = format!("there is no picture content/images/{}", **file);
    let mut finding = Finding::new(&FILE_MISSING, message).at(file.span);
    if let Some(near) = nearest(file, images.keys().map(String::as_str)) {
        finding = finding.help(format!("did you mean \"{near}\"?"));
    }
    folder.findings.push(finding);
}
