//! Cleans SVG: keeps what is drawn, leaves out what acts or reaches outside, and says so.
//!
//! What is kept is a list of known elements, not everything but a list of bad ones. The
//! result is written anew from the parsed file, so nothing passes that was not looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};

use crate::diag::rules::{IMAGE_ACTIVE, IMAGE_EXTERNAL, IMAGE_UNREADABLE};
use crate::diag::{Finding, Rule};
use crate::document::{Asset, ImageFormat};
use crate::load::image::{PIXEL, asset};
use crate::source::{FileId, Span};

/// Elements that draw something, define something to be drawn, or describe it.
const DRAWN: &[&str] = &[
    "a",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "filter",
    "g",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
    "view",
];
/// Elements that hold nothing a reader sees.
const UNSEEN: &[&str] = &["metadata"];
/// Elements that act.
const ACTIVE: &[&str] = &[
    "script",
    "handler",
    "listener",
    "animate",
    "animateColor",
    "animateMotion",
    "animateTransform",
    "discard",
    "mpath",
    "set",
];
/// Most elements, and most that `use` may make of them.
const ELEMENTS: usize = 100_000;
/// Most elements inside each other.
const DEPTH: usize = 200;

/// A cleaned picture, and what had to be said about it.
pub fn clean(text: &str, file: FileId) -> (Option<Asset>, Vec<Finding>) {
    let mut cleaner = Cleaner { file, ..Cleaner::new(file) };
    let cleaned = cleaner.run(text);
    let asset = match cleaned {
        Ok(()) => match cleaner.size.take() {
            Some(size) => asset(ImageFormat::Svg, cleaner.out.into_bytes(), size),
            None => None,
        },
        Err(fault) => {
            cleaner.findings.push(*fault);
            return (None, cleaner.findings);
        }
    };
    if asset.is_none() {
        let message = "this picture has no size: neither width and height nor a viewBox";
        cleaner.findings.push(Finding::new(&IMAGE_UNREADABLE, message).at(Span::new(file, 0..0)));
    }
    (asset, cleaner.findings)
}

struct Cleaner {
    file: FileId,
    out: String,
    findings: Vec<Finding>,
    size: Option<(f64, f64)>,
    elements: usize,
    /// Open elements that were kept, with the id of each.
    open: Vec<Option<String>>,
    /// How many elements are open inside one that is left out, itself included.
    skipped: usize,
    in_style: bool,
    /// Which ids each id's element uses, for what `use` makes of them.
    uses: BTreeMap<String, Vec<String>>,
}

impl Cleaner {
    fn new(file: FileId) -> Self {
        Cleaner {
            file,
            out: String::new(),
            findings: Vec::new(),
            size: None,
            elements: 0,
            open: Vec::new(),
            skipped: 0,
            in_style: false,
            uses: BTreeMap::new(),
        }
    }

    fn report(&mut self, rule: &'static Rule, message: String, range: Range<usize>) {
        self.findings.push(Finding::new(rule, message).at(Span::new(self.file, range)));
    }

    fn fault(&self, message: impl Into<String>, at: usize) -> Box<Finding> {
        Box::new(Finding::new(&IMAGE_UNREADABLE, message).at(Span::new(self.file, at..at)))
    }

    fn run(&mut self, text: &str) -> Result<(), Box<Finding>> {
        let mut reader = Reader::from_str(text);
        loop {
            let start = position(reader.buffer_position());
            let event = reader
                .read_event()
                .map_err(|error| self.fault(format!("this picture is not XML: {error}"), start))?;
            let range = start..position(reader.buffer_position());
            match event {
                Event::Start(element) => self.start(&element, range, false)?,
                Event::Empty(element) => self.start(&element, range, true)?,
                Event::End(element) => self.end(element.name().0),
                Event::Text(text) => self.text(&text.into_inner(), range),
                Event::CData(text) => self.text(&escape(text.into_inner()), range),
                Event::GeneralRef(reference) => {
                    let name = reference.into_inner();
                    if !name.starts_with('#')
                        && !matches!(name.as_ref(), "lt" | "gt" | "amp" | "apos" | "quot")
                    {
                        return Err(self.fault(format!("unknown entity &{name};"), start));
                    }
                    self.text(&format!("&{name};"), range);
                }
                Event::DocType(doctype) => {
                    if doctype.into_inner().contains("<!ENTITY") {
                        let message = "this picture declares entities".to_owned();
                        self.report(&IMAGE_EXTERNAL, message, range);
                    }
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => break,
            }
        }
        if !self.open.is_empty() || self.elements == 0 {
            return Err(self.fault("this picture's file ends early", text.len()));
        }
        let mut made = BTreeMap::new();
        let roots: Vec<String> = self.uses.keys().cloned().collect();
        for id in roots {
            if expansion(&id, &self.uses, &mut made, &mut BTreeSet::new()) > ELEMENTS {
                return Err(self.fault("this picture repeats itself without end", 0));
            }
        }
        Ok(())
    }

    fn start(
        &mut self,
        element: &BytesStart<'_>,
        range: Range<usize>,
        empty: bool,
    ) -> Result<(), Box<Finding>> {
        self.elements += 1;
        if self.elements > ELEMENTS || self.open.len() + self.skipped > DEPTH {
            return Err(self.fault("this picture has too many elements", range.start));
        }
        let name = element.name();
        let local = name.local_name();
        let foreign = name.prefix().is_some_and(|prefix| prefix.as_ref() != "svg");
        let drawn =
            !foreign && (DRAWN.contains(&local.as_ref()) || local.as_ref().starts_with("fe"));
        if self.skipped > 0 || !drawn {
            if self.skipped == 0 && !foreign && !UNSEEN.contains(&local.as_ref()) {
                let rule =
                    if ACTIVE.contains(&local.as_ref()) { &IMAGE_ACTIVE } else { &IMAGE_EXTERNAL };
                let message = format!("<{}> was left out of this picture", local.as_ref());
                self.report(rule, message, range);
            }
            self.skipped += usize::from(!empty);
            return Ok(());
        }
        if self.elements == 1 && local.as_ref() != "svg" {
            return Err(self.fault("this file is not an SVG picture", range.start));
        }
        self.out.push('<');
        self.out.push_str(name.0);
        let mut id = None;
        let mut size = RootSize::default();
        for attribute in element.attributes() {
            let attribute = attribute.map_err(|error| {
                self.fault(format!("this picture is not XML: {error}"), range.start)
            })?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| {
                self.fault(format!("this picture is not XML: {error}"), range.start)
            })?;
            let key = attribute.key.0;
            if !self.keeps(local.as_ref(), key, &value, &range) {
                continue;
            }
            match key {
                "id" => id = Some(value.to_string()),
                "href" | "xlink:href" if local.as_ref() == "use" => self.used(&value),
                "width" => size.width = length(&value),
                "height" => size.height = length(&value),
                "viewBox" => size.view_box = view_box(&value),
                _ => {}
            }
            self.out.push_str(&format!(" {key}=\"{}\"", escape(value.as_ref())));
        }
        if self.elements == 1 {
            self.size = size.points();
        }
        self.in_style = !empty && local.as_ref() == "style";
        if empty {
            self.out.push_str("/>");
        } else {
            self.out.push('>');
            self.open.push(id);
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        self.in_style = false;
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        self.open.pop();
        self.out.push_str(&format!("</{name}>"));
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.skipped > 0 || self.open.is_empty() {
            return;
        }
        if self.in_style && reaches_outside(text) {
            let message = "a style of this picture takes in something from outside".to_owned();
            self.report(&IMAGE_EXTERNAL, message, range);
            return;
        }
        self.out.push_str(text);
    }

    /// Whether an attribute stays; reports the ones that do not and could have mattered.
    fn keeps(&mut self, element: &str, key: &str, value: &str, range: &Range<usize>) -> bool {
        let prefix = key.split_once(':').map(|(prefix, _)| prefix);
        match (prefix, key) {
            (Some("xmlns"), _) => return matches!(key, "xmlns:xlink" | "xmlns:svg"),
            (Some("xml"), _) => return key != "xml:base",
            (_, "href" | "xlink:href") if element == "a" => return false,
            (_, "href" | "xlink:href") => {
                let embedded = value.starts_with('#')
                    || (matches!(element, "image" | "feImage") && is_embedded_picture(value));
                if !embedded {
                    let shown: String = value.chars().take(60).collect();
                    let message = format!("this picture takes in {shown}");
                    self.report(&IMAGE_EXTERNAL, message, range.clone());
                }
                return embedded;
            }
            // An editor's own notes.
            (Some(_), _) => return false,
            (None, _) => {}
        }
        if key.len() > 2 && key.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on")) {
            let message = format!("the handler {key} was left out of this picture");
            self.report(&IMAGE_ACTIVE, message, range.clone());
            return false;
        }
        if reaches_outside(value) {
            let message = format!("{key} of <{element}> takes in something from outside");
            self.report(&IMAGE_EXTERNAL, message, range.clone());
            return false;
        }
        true
    }

    fn used(&mut self, reference: &str) {
        let used = reference.trim_start_matches('#').to_owned();
        let around: Vec<String> = self.open.iter().flatten().cloned().collect();
        // The picture itself stands under a name that no id can have.
        for id in around.into_iter().chain([String::new()]) {
            self.uses.entry(id).or_default().push(used.clone());
        }
    }
}

fn position(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// How many elements `use` makes of `id`, counting what they use in turn; a circle counts as endless.
fn expansion(
    id: &str,
    uses: &BTreeMap<String, Vec<String>>,
    made: &mut BTreeMap<String, usize>,
    above: &mut BTreeSet<String>,
) -> usize {
    if let Some(&count) = made.get(id) {
        return count;
    }
    if above.len() > DEPTH || !above.insert(id.to_owned()) {
        return usize::MAX;
    }
    let mut count = 1_usize;
    for used in uses.get(id).into_iter().flatten() {
        count = count.saturating_add(expansion(used, uses, made, above));
    }
    above.remove(id);
    made.insert(id.to_owned(), count);
    count
}

/// Whether a style or attribute names something that is not in the file.
fn reaches_outside(value: &str) -> bool {
    let lower = value.to_lowercase();
    if lower.contains("@import") || lower.contains("expression(") {
        return true;
    }
    // An escaped letter could spell `url` unseen.
    if lower.contains('\\') && lower.contains('(') {
        return true;
    }
    lower.match_indices("url(").any(|(at, open)| {
        let target = lower.get(at + open.len()..).unwrap_or("");
        let target =
            target.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        !target.starts_with('#') && !is_embedded_picture(target)
    })
}

fn is_embedded_picture(value: &str) -> bool {
    ["data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/gif", "data:image/webp"]
        .iter()
        .any(|kind| value.trim_start().starts_with(kind))
}

/// What the root element says of the picture's size, in pixels.
#[derive(Default)]
struct RootSize {
    width: Option<f64>,
    height: Option<f64>,
    view_box: Option<(f64, f64)>,
}

impl RootSize {
    fn points(self) -> Option<(f64, f64)> {
        let (width, height) = match (self.width, self.height, self.view_box) {
            (Some(width), Some(height), _) => (width, height),
            (Some(width), None, Some((w, h))) if w > 0.0 => (width, width * h / w),
            (None, Some(height), Some((w, h))) if h > 0.0 => (height * w / h, height),
            (_, _, view_box) => view_box?,
        };
        Some((width * PIXEL, height * PIXEL))
    }
}

/// A length in pixels; `None` for shares of something unknown.
fn length(value: &str) -> Option<f64> {
    let value = value.trim();
    let digits = value.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let pixels = match value.get(digits.len()..)? {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        "in" => 96.0,
        "em" => 16.0,
        _ => return None,
    };
    digits.parse::<f64>().ok().filter(|n| n.is_finite()).map(|number| number * pixels)
}

fn view_box(value: &str) -> Option<(f64, f64)> {
    let numbers: Vec<f64> = value
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    match numbers.as_slice() {
        [_, _, width, height] => Some((*width, *height)),
        _ => None,
    }
}
