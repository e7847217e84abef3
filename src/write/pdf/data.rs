//! What a theme reads: the Document as JSON, with where its pictures are.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::document::{Document, ImageFormat};

/// The path of the `index`th picture in the theme's world.
pub(super) fn asset_path(index: usize) -> String {
    format!("/assets/{index}")
}

/// `document` as the theme reads it.
pub(super) fn document(document: &Document) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(&Data { document, assets: pictures(document) })
}

/// The pictures of `document` alone: words need them where they stand, for ratings.
pub(super) fn assets(document: &Document) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(&pictures(document))
}

fn pictures(document: &Document) -> BTreeMap<&str, Picture> {
    document
        .assets
        .iter()
        .enumerate()
        .map(|(index, (name, asset))| {
            let picture = Picture {
                path: asset_path(index),
                format: match asset.format {
                    ImageFormat::Png => "png",
                    ImageFormat::Jpeg => "jpg",
                    ImageFormat::Svg => "svg",
                },
                width: asset.width,
                height: asset.height,
            };
            (name.as_str(), picture)
        })
        .collect()
}

#[derive(Serialize)]
struct Data<'a> {
    #[serde(flatten)]
    document: &'a Document,
    assets: BTreeMap<&'a str, Picture>,
}

/// Where a picture is, how Typst is to read it, and its natural size in points.
#[derive(Serialize)]
struct Picture {
    path: String,
    format: &'static str,
    width: f64,
    height: f64,
}
