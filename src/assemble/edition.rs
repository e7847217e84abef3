//! What an edition does to a document: its own title, what it leaves out, and what that leaves behind.

use std::collections::{BTreeMap, BTreeSet};

use crate::assemble::Assembler;
use crate::diag::{Finding, rules};
use crate::document::{
    Asset, Block, BlockKind, Heading, Inline, StatusPicture, Target, each_line, each_status, line,
    walk,
};
use crate::narrative::tree::NodeKind;
use crate::project::{Acronyms, Edition, Project, RatingLook, Template};
use crate::source::{At, Span};

/// What a template says of itself in one edition.
#[derive(Debug, Clone, Copy)]
pub struct Face<'t> {
    /// Its title.
    pub title: &'t At<String>,
    /// A line under it.
    pub subtitle: Option<&'t At<String>>,
    /// One sentence for file properties.
    pub subject: Option<&'t str>,
    /// "Draft", "Published".
    pub status: Option<&'t str>,
    /// The picture on the cover.
    pub picture: Option<&'t At<String>>,
    /// Whether headings are numbered.
    pub numbered: bool,
    /// Whether short forms are written out.
    pub acronyms: Option<Acronyms>,
}

impl<'t> Face<'t> {
    /// What `template` says in `edition`: the edition's own words, else those of the template. A
    /// subtitle belongs to its title, a subject to both.
    pub fn of(template: &'t Template, edition: &str) -> Face<'t> {
        let own = template.variants.get(edition);
        let retitled = own.is_some_and(|own| own.title.is_some());
        let usual = |of: Option<&'t str>| of.filter(|_| !retitled);
        Face {
            title: own.and_then(|own| own.title.as_ref()).unwrap_or(&template.title),
            subtitle: own
                .and_then(|own| own.subtitle.as_ref())
                .or(template.subtitle.as_ref().filter(|_| !retitled)),
            subject: own
                .and_then(|own| own.subject.as_deref())
                .or(usual(template.subject.as_deref())),
            status: own.and_then(|own| own.status.as_deref()).or(template.status.as_deref()),
            picture: own.and_then(|own| own.picture.as_ref()),
            numbered: own.and_then(|own| own.numbered).unwrap_or(template.numbered),
            acronyms: own.and_then(|own| own.acronyms).or(template.acronyms),
        }
    }
}

impl<'a> Assembler<'a> {
    /// What the template says of itself in this edition.
    pub(super) fn face(&self) -> Face<'a> {
        Face::of(self.template, &self.options.edition)
    }

    /// Whether the edition leaves this out.
    pub(super) fn leaves_out(&self, kind: &NodeKind) -> bool {
        let name = match kind {
            NodeKind::Directive(directive) => directive.name.as_str(),
            NodeKind::Table(_) => "table",
            NodeKind::List { .. } => "list",
            NodeKind::Quote(_) => "quote",
            NodeKind::Heading { .. } | NodeKind::Paragraph(_) => return false,
        };
        self.left_out.contains(name)
    }
}

/// Takes out what nothing is left in: boxes, sections, and headings with nothing under them.
pub fn prune(blocks: &mut Vec<Block>) {
    for block in blocks.iter_mut() {
        match &mut block.kind {
            BlockKind::Section(section) => prune(&mut section.blocks),
            BlockKind::Opener(opener) => prune_opener(&mut opener.blocks),
            BlockKind::Callout(callout) => prune(&mut callout.blocks),
            BlockKind::PictureRow(row) => prune(&mut row.blocks),
            _ => {}
        }
    }
    blocks.retain(|block| match &block.kind {
        BlockKind::Section(section) => !section.blocks.is_empty(),
        BlockKind::Callout(callout) => !callout.blocks.is_empty(),
        BlockKind::PictureRow(row) => !row.blocks.is_empty(),
        _ => true,
    });
    // From the end, so that a heading whose last part goes is seen to be empty too.
    for index in (0..blocks.len()).rev() {
        let Some(level) = level_of(blocks.get(index)) else { continue };
        let next = blocks.get(index + 1);
        let ends = match next.map(|block| &block.kind) {
            None => true,
            Some(BlockKind::Heading(next)) => next.level <= level,
            Some(BlockKind::PageBreak) => true,
            Some(_) => false,
        };
        if ends {
            blocks.remove(index);
        }
    }
}

/// An opener keeps its heading, whatever goes from under it.
fn prune_opener(blocks: &mut Vec<Block>) {
    let mut rest = blocks.split_off(blocks.len().min(1));
    prune(&mut rest);
    blocks.append(&mut rest);
}

fn level_of(block: Option<&Block>) -> Option<u8> {
    match block.map(|block| &block.kind) {
        Some(BlockKind::Heading(heading)) => Some(heading.level),
        _ => None,
    }
}

/// Gives each rating its look in this edition: its picture with words where the edition shows those, its
/// letter and word otherwise. What the scheme has no picture for keeps its letter, and is reported.
pub fn show_ratings(
    blocks: &mut [Block],
    edition: &Edition,
    project: &Project,
    assets: &mut BTreeMap<String, Asset>,
) -> Vec<Finding> {
    let mut lacking = BTreeSet::new();
    each_status(blocks, &mut |status| {
        if edition.ratings == RatingLook::Chip {
            status.picture = None;
            return;
        }
        let Some(picture) = status.picture.take() else {
            lacking.insert(status.word.clone());
            return;
        };
        // An id that the library lacks is an error of the scheme, found by `check`.
        let file = project.pictures.get(&picture.asset).map(|picture| &picture.file.value);
        let Some((file, asset)) = file.and_then(|file| project.images.get_key_value(file)) else {
            return;
        };
        assets.insert(file.clone(), asset.clone());
        status.picture = Some(StatusPicture { asset: file.clone(), ..picture });
    });
    let finding = |word: String| {
        let message = format!("the rating \"{word}\" has no picture and words for easy read");
        let mut rated = project.plan.schemes.iter().flat_map(|scheme| &scheme.ratings);
        let place = rated.find(|rating| *rating.word == word && rating.easy.is_none());
        let finding = Finding::new(&rules::RAG_EASY, message)
            .help("add to it: easy = { image = \"face-happy\", words = \"Going well\" }");
        match place {
            Some(rating) => finding.at(rating.span),
            None => finding,
        }
    };
    lacking.into_iter().map(finding).collect()
}

/// What the choice of pictures for contents looks at.
enum Part<'b> {
    /// A heading and where it was written.
    Heading(&'b Heading, Option<Span>),
    /// A picture's asset.
    Picture(&'b str),
}

/// Gives each entry of the contents the first picture of its section; a section without is reported.
pub fn picture_contents(blocks: &mut [Block]) -> Vec<Finding> {
    let mut depths = Vec::new();
    // Headings and pictures, in reading order.
    let mut parts = Vec::new();
    walk(blocks, &mut |block| match &block.kind {
        BlockKind::Contents(contents) => depths.push(contents.depth),
        BlockKind::Heading(heading) => parts.push(Part::Heading(heading, block.span)),
        BlockKind::PictureRow(row) => parts.push(Part::Picture(&row.image.asset)),
        BlockKind::Image(image) => parts.push(Part::Picture(&image.asset)),
        _ => {}
    });
    let Some(depth) = depths.into_iter().max() else { return Vec::new() };
    let mut pictures = BTreeMap::new();
    let mut findings = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let Part::Heading(heading, span) = part else { continue };
        if heading.level > depth {
            continue;
        }
        // A section that only holds others has the first picture in them; none is of the one after it.
        let inside = parts.iter().skip(index + 1).take_while(|next| match next {
            Part::Heading(next, _) => next.level > heading.level,
            Part::Picture(_) => true,
        });
        let mut pictures_inside = inside.filter_map(|part| match part {
            Part::Heading(..) => None,
            Part::Picture(asset) => Some((*asset).to_owned()),
        });
        match pictures_inside.next() {
            Some(asset) => {
                pictures.insert(heading.anchor.clone(), asset);
            }
            None => {
                let words = line(&heading.content);
                let message = format!("the section \"{words}\" has no picture for the contents");
                let finding = Finding::new(&rules::CONTENTS_PICTURE, message);
                findings.push(match span {
                    Some(span) => finding.at(*span),
                    None => finding,
                });
            }
        }
    }
    set_pictures(blocks, &pictures);
    findings
}

fn set_pictures(blocks: &mut [Block], pictures: &BTreeMap<String, String>) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Contents(contents) => contents.pictures = pictures.clone(),
            BlockKind::Section(section) => set_pictures(&mut section.blocks, pictures),
            _ => {}
        }
    }
}

/// Turns links to what is not there into their words.
pub fn unlink(blocks: &mut [Block], anchors: &BTreeSet<String>) {
    each_line(blocks, &mut |content| unlink_line(content, anchors));
}

fn unlink_line(content: &mut Vec<Inline>, anchors: &BTreeSet<String>) {
    let mut out = Vec::with_capacity(content.len());
    for mut inline in std::mem::take(content) {
        match &mut inline {
            Inline::Link { content, .. }
            | Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Held { content, .. }
            | Inline::Footnote { content } => unlink_line(content, anchors),
            Inline::Text { .. } | Inline::Figure(_) | Inline::Status(_) | Inline::Break => {}
        }
        match inline {
            Inline::Link { to: Target::Anchor(anchor), content } if !anchors.contains(&anchor) => {
                out.extend(content);
            }
            other => out.push(other),
        }
    }
    *content = out;
}
