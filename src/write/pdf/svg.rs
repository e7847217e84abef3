//! Drawings as SVG whose words are text: the same layout as on the page, for web pages.
//!
//! Each run of text says how wide it is, so that it fits whatever font the reader has.

use std::fmt::Write;

use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::visualize::{
    Color, Curve, CurveItem, FillRule, FixedStroke, Geometry, LineCap, Paint, Shape,
};
use typst_layout::Page;

use crate::write::DrawnSvg;
use crate::write::html::escape;

/// How deep groups may lie in each other.
const DEEPEST: usize = 60;

/// A page's drawing.
pub(super) fn svg(page: &Page) -> DrawnSvg {
    let mut writer = Writer { out: String::new() };
    writer.frame(&page.frame, Transform::identity(), 0);
    let size = page.frame.size();
    DrawnSvg { markup: writer.out, width: size.x.to_pt(), height: size.y.to_pt() }
}

struct Writer {
    out: String,
}

impl Writer {
    fn frame(&mut self, frame: &Frame, outer: Transform, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for (at, item) in frame.items() {
            let here = outer.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => {
                    self.frame(&group.frame, here.pre_concat(group.transform), depth + 1);
                }
                FrameItem::Text(text) => {
                    let info = text.font.info();
                    let weight = info.variant.weight.to_number();
                    self.out.push_str("<text");
                    self.place(here);
                    let _ = write!(self.out, " font-size=\"{}\"", number(text.size.to_pt()));
                    if weight != 400 {
                        let _ = write!(self.out, " font-weight=\"{weight}\"");
                    }
                    self.paint("fill", &text.fill);
                    let words = text.text.trim_end_matches('\u{2060}');
                    if words.chars().count() > 1 {
                        let width = number(text.width().to_pt());
                        let _ = write!(
                            self.out,
                            " textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\""
                        );
                    }
                    self.out.push('>');
                    escape(words, &mut self.out);
                    self.out.push_str("</text>\n");
                }
                FrameItem::Shape(shape, _) => self.shape(shape, here),
                // Drawings hold no pictures, links lead nowhere in them, and tags are the page's.
                FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    fn shape(&mut self, shape: &Shape, here: Transform) {
        self.out.push_str("<path");
        self.place_path(shape, here);
        match &shape.fill {
            Some(paint) => self.paint("fill", paint),
            None => self.out.push_str(" fill=\"none\""),
        }
        if shape.fill_rule == FillRule::EvenOdd {
            self.out.push_str(" fill-rule=\"evenodd\"");
        }
        if let Some(stroke) = &shape.stroke {
            self.stroke(stroke);
        }
        self.out.push_str("/>\n");
    }

    fn place_path(&mut self, shape: &Shape, here: Transform) {
        let mut path = String::new();
        let origin = Point::zero();
        match &shape.geometry {
            Geometry::Line(to) => {
                point(&mut path, 'M', origin, here);
                point(&mut path, 'L', *to, here);
            }
            Geometry::Rect(size) => {
                point(&mut path, 'M', origin, here);
                point(&mut path, 'L', Point::with_x(size.x), here);
                point(&mut path, 'L', Point::new(size.x, size.y), here);
                point(&mut path, 'L', Point::with_y(size.y), here);
                path.push('Z');
            }
            Geometry::Curve(Curve(items)) => {
                for item in items {
                    match item {
                        CurveItem::Move(to) => point(&mut path, 'M', *to, here),
                        CurveItem::Line(to) => point(&mut path, 'L', *to, here),
                        CurveItem::Cubic(one, two, to) => {
                            point(&mut path, 'C', *one, here);
                            point(&mut path, ' ', *two, here);
                            point(&mut path, ' ', *to, here);
                        }
                        CurveItem::Close => path.push('Z'),
                    }
                }
            }
        }
        let _ = write!(self.out, " d=\"{path}\"");
    }

    /// Where text stands: upright text needs no more than a point.
    fn place(&mut self, at: Transform) {
        let (x, y) = (number(at.tx.to_pt()), number(at.ty.to_pt()));
        let is_plain =
            at.sx.get() == 1.0 && at.sy.get() == 1.0 && at.kx.get() == 0.0 && at.ky.get() == 0.0;
        let _ = if is_plain {
            write!(self.out, " x=\"{x}\" y=\"{y}\"")
        } else {
            let [sx, ky, kx, sy] = [at.sx, at.ky, at.kx, at.sy].map(|ratio| number(ratio.get()));
            write!(self.out, " transform=\"matrix({sx} {ky} {kx} {sy} {x} {y})\"")
        };
    }

    fn paint(&mut self, what: &str, paint: &Paint) {
        let Paint::Solid(colour) = paint else {
            let _ = write!(self.out, " {what}=\"none\"");
            return;
        };
        let [red, green, blue, opacity] = channels(colour);
        let _ = write!(self.out, " {what}=\"#{red:02x}{green:02x}{blue:02x}\"");
        if opacity < u8::MAX {
            let _ = write!(self.out, " {what}-opacity=\"{}\"", number(f64::from(opacity) / 255.0));
        }
    }

    fn stroke(&mut self, stroke: &FixedStroke) {
        self.paint("stroke", &stroke.paint);
        let _ = write!(self.out, " stroke-width=\"{}\"", number(stroke.thickness.to_pt()));
        match stroke.cap {
            LineCap::Butt => {}
            LineCap::Round => self.out.push_str(" stroke-linecap=\"round\""),
            LineCap::Square => self.out.push_str(" stroke-linecap=\"square\""),
        }
        if let Some(dash) = &stroke.dash {
            let lengths: Vec<String> =
                dash.array.iter().map(|length: &Abs| number(length.to_pt())).collect();
            let _ = write!(self.out, " stroke-dasharray=\"{}\"", lengths.join(" "));
        }
    }
}

/// Appends a step of a path, to `at` as `here` places it.
fn point(path: &mut String, letter: char, at: Point, here: Transform) {
    let at = at.transform(here);
    let _ = write!(path, "{letter}{} {}", number(at.x.to_pt()), number(at.y.to_pt()));
}

fn channels(colour: &Color) -> [u8; 4] {
    colour.to_rgb().into_format::<u8, u8>().into()
}

/// To a hundredth, without needless figures.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
