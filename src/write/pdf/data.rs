//! What a theme reads: the Document as JSON, with where its pictures are.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use typst::foundations::Bytes;

use crate::document::{BlockKind, Document, Heading, ImageFormat, Inline, each_line, lines, walk};

/// The files that a theme finds in `folder` for `document`, by path: the document, where its
/// pictures are, and the pictures. Words need the pictures where they stand, for ratings.
pub(super) fn files(document: &Document, folder: &str) -> serde_json::Result<Vec<(String, Bytes)>> {
    let plain = plain(document);
    let data = Data { document: &plain, assets: pictures(document, folder) };
    let data = serde_json::to_vec(&data)?;
    let assets = serde_json::to_vec(&pictures(document, folder))?;
    let mut files = vec![
        (format!("{folder}/document.json"), Bytes::new(data)),
        (format!("{folder}/assets.json"), Bytes::new(assets)),
        (format!("{folder}/headings.json"), Bytes::new(serde_json::to_vec(&headings(&plain))?)),
    ];
    for (index, asset) in document.assets.values().enumerate() {
        files.push((asset_path(folder, index), Bytes::new(asset.bytes.to_vec())));
    }
    Ok(files)
}

/// `document` without what no page shows: words that are held stand by themselves.
fn plain(document: &Document) -> Cow<'_, Document> {
    fn is_held(content: &[Inline]) -> bool {
        content.iter().any(|inline| match inline {
            Inline::Held { .. } => true,
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Link { content, .. }
            | Inline::Footnote { content } => is_held(content),
            Inline::Text { .. } | Inline::Figure(_) | Inline::Status(_) | Inline::Break => false,
        })
    }
    fn bare(content: &mut Vec<Inline>) {
        if !is_held(content) {
            return;
        }
        for inline in std::mem::take(content) {
            match inline {
                Inline::Held { content: mut inner, .. } => {
                    bare(&mut inner);
                    content.extend(inner);
                }
                mut other => {
                    if let Inline::Emphasis { content }
                    | Inline::Strong { content }
                    | Inline::Link { content, .. }
                    | Inline::Footnote { content } = &mut other
                    {
                        bare(content);
                    }
                    content.push(other);
                }
            }
        }
    }
    let mut any = false;
    walk(&document.blocks, &mut |block| {
        any |= lines(&block.kind).into_iter().any(is_held);
    });
    if !any {
        return Cow::Borrowed(document);
    }
    let mut plain = document.clone();
    each_line(&mut plain.blocks, &mut bare);
    Cow::Owned(plain)
}

/// The headings in reading order: what contents hold place for before anything is laid out.
fn headings(document: &Document) -> Vec<Listed<'_>> {
    let mut found = Vec::new();
    walk(&document.blocks, &mut |block| {
        if let BlockKind::Heading(Heading { level, number, content, .. }) = &block.kind {
            found.push(Listed { level: *level, number: number.as_deref(), content });
        }
    });
    found
}

#[derive(Serialize)]
struct Listed<'a> {
    level: u8,
    number: Option<&'a str>,
    content: &'a [Inline],
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
