//! How far down a sheet says it goes, whatever its cells hold.
//!
//! A row may be there without a cell, or with empty ones only. Such rows cost nothing to read,
//! but a sheet that has a million of them was not filled in by somebody who looked at it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The last row that has an entry in the sheet called `name` of the package `bytes`, from 1.
/// `None` when its part cannot be found; what reads the cells says what is wrong then.
pub fn last_row(bytes: &[u8], name: &str) -> Option<u64> {
    let mut last: u64 = 0;
    let mut next: u64 = 1;
    each_tag(&part_of(bytes, name)?, |tag| {
        if tag.local_name().as_ref() == "row" {
            // A row without a number follows the one before.
            let number = attribute(tag, "r").and_then(|words| words.parse().ok()).unwrap_or(next);
            last = last.max(number);
            next = number.saturating_add(1);
        }
    })?;
    Some(last)
}

/// The text of the part that the sheet called `name` stands in.
fn part_of(bytes: &[u8], name: &str) -> Option<String> {
    let mut id = None;
    each_tag(&part(bytes, "xl/workbook.xml")?, |tag| {
        if tag.local_name().as_ref() == "sheet" && attribute(tag, "name").as_deref() == Some(name) {
            id = attribute(tag, "id");
        }
    })?;
    let id = id?;
    let mut targets = BTreeMap::new();
    each_tag(&part(bytes, "xl/_rels/workbook.xml.rels")?, |tag| {
        if let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) {
            targets.insert(id, target);
        }
    })?;
    let target = targets.remove(&id)?;
    match target.strip_prefix('/') {
        Some(whole) => part(bytes, whole),
        None => part(bytes, &format!("xl/{target}")),
    }
}

/// The text of a part. [`super::package::fault`] has seen that it is not too large.
fn part(bytes: &[u8], path: &str) -> Option<String> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut text = String::new();
    package.by_name(path).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

/// Calls `see` for each tag of `xml` that opens something; `None` when it is no XML.
fn each_tag(xml: &str, mut see: impl FnMut(&BytesStart<'_>)) -> Option<()> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => see(&tag),
            Event::Eof => return Some(()),
            _ => {}
        }
    }
}

/// An attribute's value, whatever its prefix.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(quick_xml::escape::unescape(&found.value).ok()?.into_owned())
}
