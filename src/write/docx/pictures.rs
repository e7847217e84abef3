//! Pictures: drawings and image files, each with its alternative text or marked as decoration.

use std::collections::BTreeMap;
use std::sync::Arc;

use docx_rs::{ParagraphChild, Run};

use crate::document::{Asset, Document, Drawing, Image, ImageFormat, StatusPicture};

use super::blocks::Place;
use super::inlines::Voice;
use super::measure::emu;
use super::package::{Package, Relation};
use super::xml::Xml;
use super::{Extras, Writer};

const WP: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PIC: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
const DECORATIVE: &str = "http://schemas.microsoft.com/office/drawing/2017/decorative";
const SVG: &str = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";

/// Resolution of the picture that stands in for an SVG where Word is too old for it.
const DOTS_A_POINT: f64 = 2.5;
/// Widest and highest such picture, in dots.
const MOST_DOTS: f64 = 4000.0;
/// How high the picture of a rating is, in multiples of the size of the text.
const RATING: f64 = 2.0;

/// The pictures of a document as they are met.
#[derive(Debug, Default)]
pub struct Pictures {
    /// Pictures shown so far: each has an id of its own.
    shown: usize,
    /// Drawing blocks met so far.
    drawings: usize,
    /// Files by asset: name of the part, and of the fallback where it is an SVG.
    files: BTreeMap<String, File>,
}

#[derive(Debug, Clone)]
struct File {
    path: String,
    fallback: Option<(String, Arc<[u8]>)>,
}

/// A picture as it stands on the page.
struct Shown<'p> {
    /// Relationship of the picture that every reader can show.
    relation: String,
    /// Relationship of the SVG.
    svg: Option<String>,
    /// Width and height on paper, in points.
    size: (f64, f64),
    /// What it shows; `None` for decoration.
    alt: Option<&'p str>,
}

/// Whether a picture may be larger than it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Growth {
    /// It is shown in its own size at most.
    Natural,
    /// A drawn one fills its place.
    Drawn,
}

impl Pictures {
    /// Adds the picture files to `package`.
    pub fn write(
        &self,
        document: &Document,
        extras: &Extras<'_>,
        package: &mut Package,
    ) -> Result<(), String> {
        for (index, drawing) in extras.drawings.iter().take(self.drawings).enumerate() {
            package.add(&format!("word/{}", drawing_path(index)), &drawing.png)?;
        }
        for (name, file) in &self.files {
            if let Some(asset) = document.assets.get(name) {
                package.add(&format!("word/{}", file.path), &asset.bytes)?;
            }
            if let Some((path, png)) = &file.fallback {
                package.add(&format!("word/{path}"), png)?;
            }
        }
        Ok(())
    }
}

fn drawing_path(index: usize) -> String {
    format!("media/drawing{}.png", index + 1)
}

impl<'d> Writer<'d> {
    /// A drawing, as the picture that the PDF's side made of it.
    pub(super) fn drawing(&mut self, drawing: &Drawing, place: Place, out: &mut Xml) {
        if let Some((id, name)) = drawing.anchor.as_ref().and_then(|a| self.anchors.write(a)) {
            out.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]);
            out.empty("w:bookmarkEnd", &[("w:id", &id)]);
        }
        if let Some(title) = &drawing.title {
            let children = self.runs(title, Voice { bold: true, ..Voice::default() });
            // Said here as well as in the style: not every reader takes it from there.
            let place = Place { keep_next: true, ..place };
            self.paragraph("DrawingTitle", children, place, out);
        }
        let index = self.pictures.drawings;
        match self.extras.drawings.get(index) {
            Some(drawn) => {
                self.pictures.drawings += 1;
                let relation = self.relationships.id(Relation::Image, &drawing_path(index));
                let shown = Shown {
                    relation,
                    svg: None,
                    size: fit((drawn.width, drawn.height), place),
                    alt: Some(&drawing.alt),
                };
                let run = self.picture_run(&shown);
                let captioned = drawing.caption.is_some() || drawing.title.is_some();
                self.picture_paragraph(run, captioned, place, out);
            }
            None => self.unshown("a drawing is missing", &drawing.alt),
        }
        self.caption(drawing.caption.as_ref(), place, out);
    }

    /// An image with its caption.
    pub(super) fn image(&mut self, image: &Image, place: Place, out: &mut Xml) {
        self.picture(image, place, Growth::Natural, out);
        self.caption(image.caption.as_ref(), place, out);
    }

    /// An image as wide as its place, in a paragraph: drawn pictures may grow, which costs them nothing.
    pub(super) fn picture_grown(&mut self, image: &Image, place: Place, out: &mut Xml) {
        self.picture(image, place, Growth::Drawn, out);
    }

    /// An image alone, in a paragraph.
    fn picture(&mut self, image: &Image, place: Place, growth: Growth, out: &mut Xml) {
        let captioned = image.caption.is_some() && growth == Growth::Natural;
        let Some((relation, svg, asset)) = self.picture_file(&image.asset) else {
            return self.empty("Picture", place, out);
        };
        let mut natural = (asset.width, asset.height);
        if growth == Growth::Drawn && asset.format == ImageFormat::Svg && asset.width > 0.0 {
            let scale = (f64::from(place.width) / 20.0 / asset.width).max(1.0);
            natural = (asset.width * scale, asset.height * scale);
        }
        let size = fit(natural, place);
        let run = self.picture_run(&Shown { relation, svg, size, alt: image.alt.as_deref() });
        match growth {
            Growth::Natural => self.picture_paragraph(run, captioned, place, out),
            Growth::Drawn => {
                let run = vec![ParagraphChild::Run(Box::new(run))];
                self.paragraph("RowPicture", run, place, out);
            }
        }
    }

    /// The picture of a rating, in a line of words that say what it shows.
    pub(super) fn rating_picture(&mut self, picture: &StatusPicture) -> Option<ParagraphChild> {
        self.small_picture(&picture.asset, self.tokens.sizes.body * RATING)
    }

    /// A picture of `height` points in a line of words, as decoration.
    pub(super) fn small_picture(&mut self, name: &str, height: f64) -> Option<ParagraphChild> {
        let (relation, svg, asset) = self.picture_file(name)?;
        let width = if asset.height > 0.0 { asset.width / asset.height * height } else { height };
        let run = self.picture_run(&Shown { relation, svg, size: (width, height), alt: None });
        Some(ParagraphChild::Run(Box::new(run)))
    }

    /// The relationships of the picture that every reader can show and of its SVG, and the asset; each
    /// file is in the package once, however often it is shown. None when it cannot be, which is reported.
    fn picture_file(&mut self, name: &str) -> Option<(String, Option<String>, &'d Asset)> {
        let document = self.document;
        let Some(asset) = document.assets.get(name) else {
            self.unshown("an image is missing", name);
            return None;
        };
        let file = match self.pictures.files.get(name) {
            Some(file) => file.clone(),
            None => match file(self.pictures.files.len() + 1, asset) {
                Ok(file) => {
                    self.pictures.files.insert(name.to_owned(), file.clone());
                    file
                }
                Err(reason) => {
                    let what = format!("the image {name} cannot be shown");
                    self.unshown(&what, &reason);
                    return None;
                }
            },
        };
        let own = self.relationships.id(Relation::Image, &file.path);
        Some(match &file.fallback {
            Some((path, _)) => (self.relationships.id(Relation::Image, path), Some(own), asset),
            None => (own, None, asset),
        })
    }

    fn picture_run(&mut self, shown: &Shown) -> Run {
        self.pictures.shown += 1;
        let id = self.pictures.shown;
        let name = format!("Picture {id}");
        let (width, height) = (emu(shown.size.0), emu(shown.size.1));
        let mut xml = Xml::fragment();
        xml.raw("<w:r><w:drawing>");
        let edge: super::xml::Attributes =
            &[("xmlns:wp", &WP), ("distT", &0), ("distB", &0), ("distL", &0), ("distR", &0)];
        xml.open("wp:inline", edge);
        xml.empty("wp:extent", &[("cx", &width), ("cy", &height)]);
        let alt = shown.alt.unwrap_or_default();
        xml.open("wp:docPr", &[("id", &id), ("name", &name), ("descr", &alt)]);
        if shown.alt.is_none() {
            xml.open("a:extLst", &[("xmlns:a", &A)]);
            xml.open("a:ext", &[("uri", &"{C183D7F6-B498-43B3-948B-1728B52AA6E4}")]);
            xml.empty("adec:decorative", &[("xmlns:adec", &DECORATIVE), ("val", &1)]);
            xml.close("a:ext");
            xml.close("a:extLst");
        }
        xml.close("wp:docPr");
        xml.open("wp:cNvGraphicFramePr", &[]);
        xml.empty("a:graphicFrameLocks", &[("xmlns:a", &A), ("noChangeAspect", &1)]);
        xml.close("wp:cNvGraphicFramePr");
        xml.open("a:graphic", &[("xmlns:a", &A)]);
        xml.open("a:graphicData", &[("uri", &PIC)]);
        xml.open("pic:pic", &[("xmlns:pic", &PIC)]);
        xml.open("pic:nvPicPr", &[]);
        xml.empty("pic:cNvPr", &[("id", &id), ("name", &name)]);
        xml.empty("pic:cNvPicPr", &[]);
        xml.close("pic:nvPicPr");
        xml.open("pic:blipFill", &[]);
        xml.open("a:blip", &[("r:embed", &shown.relation)]);
        if let Some(svg) = &shown.svg {
            xml.open("a:extLst", &[]);
            xml.open("a:ext", &[("uri", &"{96DAC541-7B7A-43D3-8B79-37D633B846F1}")]);
            xml.empty("asvg:svgBlip", &[("xmlns:asvg", &SVG), ("r:embed", svg)]);
            xml.close("a:ext");
            xml.close("a:extLst");
        }
        xml.close("a:blip");
        xml.raw("<a:stretch><a:fillRect/></a:stretch>");
        xml.close("pic:blipFill");
        xml.open("pic:spPr", &[]);
        xml.raw("<a:xfrm><a:off x=\"0\" y=\"0\"/>");
        xml.empty("a:ext", &[("cx", &width), ("cy", &height)]);
        xml.raw("</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>");
        xml.close("pic:spPr");
        xml.close("pic:pic");
        xml.close("a:graphicData");
        xml.close("a:graphic");
        xml.close("wp:inline");
        xml.raw("</w:drawing></w:r>");
        self.fragment(xml.finish())
    }
}

/// `size` made to fit `place`: never larger than it was, nor than most of a page.
fn fit(size: (f64, f64), place: Place) -> (f64, f64) {
    let sane = |length: f64| if length.is_finite() && length > 0.0 { length } else { 100.0 };
    let (width, height) = (sane(size.0), sane(size.1));
    let most = (f64::from(place.width) / 20.0, f64::from(place.height) / 20.0 * 0.9);
    let scale = (most.0 / width).min(most.1 / height).min(1.0);
    (width * scale, height * scale)
}

/// The part, or parts, that show `asset`.
fn file(number: usize, asset: &Asset) -> Result<File, String> {
    let extension = match asset.format {
        ImageFormat::Png => "png",
        ImageFormat::Jpeg => "jpeg",
        ImageFormat::Svg => "svg",
    };
    let path = format!("media/image{number}.{extension}");
    let fallback = match asset.format {
        ImageFormat::Png | ImageFormat::Jpeg => None,
        ImageFormat::Svg => Some((format!("media/image{number}.png"), rasterise(asset)?.into())),
    };
    Ok(File { path, fallback })
}

/// An SVG as PNG, for readers that cannot show it.
fn rasterise(asset: &Asset) -> Result<Vec<u8>, String> {
    use resvg::{tiny_skia, usvg};

    let mut options = usvg::Options { font_family: "Noto Sans".to_owned(), ..Default::default() };
    // Assets are cleaned of outside references; this makes sure that no file is ever read.
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    let fonts = options.fontdb_mut();
    for face in
        [notosans::REGULAR_TTF, notosans::BOLD_TTF, notosans::ITALIC_TTF, notosans::BOLD_ITALIC_TTF]
    {
        fonts.load_font_source(usvg::fontdb::Source::Binary(Arc::new(face)));
    }
    fonts.set_sans_serif_family("Noto Sans");
    let tree = usvg::Tree::from_data(&asset.bytes, &options).map_err(|e| e.to_string())?;
    let (width, height) = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    let dots = (asset.width * DOTS_A_POINT).clamp(1.0, MOST_DOTS);
    let scale = (dots / width).min(MOST_DOTS / height);
    let (across, down) = ((width * scale).ceil().max(1.0), (height * scale).ceil().max(1.0));
    let mut pixels =
        tiny_skia::Pixmap::new(across as u32, down as u32).ok_or("the picture has no size")?;
    let transform = tiny_skia::Transform::from_scale(scale as f32, scale as f32);
    resvg::render(&tree, transform, &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| e.to_string())
}
