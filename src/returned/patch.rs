//! The edits of an author's text that put a change of shown words into it, and leave what stands around
//! them as it is: emphasis, links, notes, expressions.

use std::ops::Range;

use super::compare::Hunk;
use super::escape::{Setting, written};
use super::lex::{Form, Map, line_start};
use super::place::TextEdit;
use crate::write::docx::homes::{Home, HomeKind};

/// A home's text, and its shown characters along it.
pub struct Ground<'p> {
    /// The file, from the project folder.
    pub path: &'p str,
    /// Its text.
    pub text: &'p str,
    /// What the stretch is.
    pub form: Form,
    /// The shown characters along it.
    pub map: Map,
}

/// What starts the item after one that `prefix` starts.
pub fn next_item(prefix: &str) -> String {
    let digits: String = prefix.chars().filter(char::is_ascii_digit).collect();
    match digits.parse::<u32>() {
        Ok(number) => prefix.replacen(&digits, &number.saturating_add(1).to_string(), 1),
        Err(_) => prefix.to_owned(),
    }
}

/// The edits of a text that put a change into it.
pub fn edits(
    ground: &Ground<'_>,
    home: &Home,
    shown: &[char],
    made: &[bool],
    hunk: &Hunk,
) -> Result<Vec<TextEdit>, &'static str> {
    let Ground { path, text, form, map } = ground;
    let prefix = line_start(text, map.range.start);
    let spaces: String =
        prefix.chars().map(|c| if c == '>' { '>' } else { ' ' }).collect::<String>();
    let item = next_item(prefix);
    let is_item = home.kind == HomeKind::Item && !prefix.trim().is_empty();
    let slice = text.get(map.range.clone()).unwrap_or("");
    let edit = |range: Range<usize>, words: &str| -> Result<TextEdit, &'static str> {
        let at_start = range.start == map.range.start && home.kind != HomeKind::Note;
        let setting = Setting {
            form: *form,
            at_start,
            indent: if home.kind == HomeKind::Note { "" } else { &spaces },
            item: is_item.then_some(item.as_str()),
            straight: !slice.contains(['‘', '’', '“', '”']),
        };
        let text = written(words, setting)?;
        Ok(TextEdit { path: (*path).to_owned(), start: range.start, end: range.end, text })
    };
    if hunk.start == hunk.end {
        let at =
            insertion(text, *form, map, shown, hunk).ok_or("its place in the text is unclear")?;
        return Ok(vec![edit(at..at, &hunk.text)?]);
    }
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for at in hunk.start..hunk.end {
        let range = match map.places.get(at).cloned().flatten() {
            Some(range) => range,
            None if made.get(at).copied().unwrap_or(false) => {
                let (from, to) = (map.before(at), map.from(at));
                let between = map.expressions.iter().filter(|range| {
                    from.is_none_or(|from| range.start >= from)
                        && to.is_none_or(|to| range.end <= to)
                });
                let mut between = between;
                match (between.next(), between.next()) {
                    (Some(only), None) => only.clone(),
                    _ => return Err("a figure among the words cannot be told from its neighbours"),
                }
            }
            None => continue,
        };
        match ranges.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            Some(last) if *last == range || last.end >= range.end => {}
            _ => ranges.push(range),
        }
    }
    let (Some(first), Some(last)) = (ranges.first().cloned(), ranges.last().cloned()) else {
        return Err("its place in the text is unclear");
    };
    let whole = first.start..last.end;
    let gaps: String =
        ranges.windows(2).filter_map(|pair| text.get(pair[0].end..pair[1].start)).collect();
    if ranges.len() == 1 || balanced(&gaps) {
        let whole = if hunk.text.trim().is_empty() { with_marks(text, whole) } else { whole };
        return Ok(vec![edit(whole, &hunk.text)?]);
    }
    // Marks in between open or close what goes on outside: they stay.
    let mut out = vec![edit(first, &hunk.text)?];
    for range in ranges.into_iter().skip(1) {
        out.push(edit(range, "")?);
    }
    Ok(out)
}

/// Where words go that replace none.
fn insertion(text: &str, form: Form, map: &Map, shown: &[char], hunk: &Hunk) -> Option<usize> {
    let at = hunk.start;
    let left = at.checked_sub(1).and_then(|left| map.places.get(left)?.clone());
    let right = map.places.get(at).cloned().flatten();
    let slice = text.get(map.range.clone())?;
    let trimmed = map.range.start + slice.trim_end().len();
    match (left, right) {
        (Some(left), Some(right)) if left.end == right.start => Some(left.end),
        (Some(left), Some(right)) => {
            let opens = at > 0 && (shown[at - 1].is_whitespace() || "(“‘[".contains(shown[at - 1]));
            Some(if opens { left.end } else { right.start })
        }
        (Some(left), None) if at == shown.len() => {
            Some(if form == Form::Prose { trimmed } else { left.end })
        }
        // Before a figure.
        (Some(left), None) => Some(left.end),
        (None, Some(right)) => Some(right.start),
        (None, None) if at == shown.len() && form != Form::Heading => Some(trimmed),
        (None, None) => {
            let next = map.before(at).unwrap_or(map.range.start);
            map.expressions.iter().find(|range| range.start >= next).map(|range| range.end)
        }
    }
}

/// Whether every mark among `gaps` that opens something is closed there.
fn balanced(gaps: &str) -> bool {
    let count = |c: char| gaps.chars().filter(|other| *other == c).count();
    count('*') % 2 == 0 && count('_') % 2 == 0 && count('[') == count(']') && count('`') % 2 == 0
}

/// `range` with the marks around it, when they would be left around nothing.
fn with_marks(text: &str, mut range: Range<usize>) -> Range<usize> {
    let is_mark = |byte: u8| byte == b'*' || byte == b'_';
    let bytes = text.as_bytes();
    while range.start > 0
        && range.end < bytes.len()
        && is_mark(bytes[range.start - 1])
        && bytes[range.start - 1] == bytes[range.end]
    {
        range = range.start - 1..range.end + 1;
    }
    range
}
