//! What a theme reads: the Document as JSON, with where its pictures are.

use std::collections::BTreeMap;

use serde::Serialize;
use typst::foundations::Bytes;

use crate::document::{Document, ImageFormat};

/// The files that a theme finds in `folder` for `document`, by path: the document, where its
/// pictures are, and the pictures. Words need the pictures where they stand, for ratings.
pub(super) fn files(document: &Document, folder: &str) -> serde_json::Result<Vec<(String, Bytes)>> {
    let data = serde_json::to_vec(&Data { document, assets: pictures(document, folder) })?;
    let assets = serde_json::to_vec(&pictures(document, folder))?;
    let mut files = vec![
        (format!("{folder}/document.json"), Bytes::new(data)),
        (format!("{folder}/assets.json"), Bytes::new(assets)),
    ];
    for (index, asset) in document.assets.values().enumerate() {
        files.push((asset_path(folder, index), Bytes::new(asset.bytes.to_vec())));
    }
    Ok(files)
}

/// The path of the `index`th picture in the theme's world.
fn asset_path(folder: &str, index: usize) -> String {
    format!("{folder}/assets/{index}")
}

fn pictures<'d>(document: &'d Document, folder: &str) -> BTreeMap<&'d str, Picture> {
    document
        .assets
        .iter()
        .enumerate()
        .map(|(index, (name, asset))| {
            let picture = Picture {
                path: asset_path(folder, index),
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
