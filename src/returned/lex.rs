//! Which bytes of an author's text each shown character came from.
//!
//! The text is divided into characters that may be shown and stretches that never are: expressions, notes,
//! addresses, line starts. The shown words are then laid along it. What finds no place in it was made, and
//! what of it is not shown is markup.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::compare::fold;

/// Stands for a stretch that shows words of its own: an expression.
const OPAQUE: char = '\u{FFFC}';
/// Stands for a shown character that was made. It is like nothing in a text.
const MADE: char = '\u{FFFD}';

/// What the text is, for what begins a line of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A paragraph, the words of an item or a note.
    Prose,
    /// A heading.
    Heading,
    /// A cell of a table.
    Cell,
    /// An attribute in quotation marks: expressions, no Markdown.
    Attribute,
}

/// Shown characters along the text that they came from.
#[derive(Debug, Clone)]
pub struct Map {
    /// For each shown character, its bytes in the file; none when it was made.
    pub places: Vec<Option<Range<usize>>>,
    /// The expressions, in order.
    pub expressions: Vec<Range<usize>>,
    /// The stretch itself.
    pub range: Range<usize>,
}

impl Map {
    /// The part of the characters that an author is to have written which were found.
    pub fn fit(&self, made: &[bool]) -> f64 {
        let own = self.places.iter().zip(made).filter(|(_, made)| !**made);
        let (found, all) = own.fold((0_u32, 0_u32), |(found, all), (place, _)| {
            (found + u32::from(place.is_some()), all + 1)
        });
        f64::from(found) / f64::from(all.max(1_u32))
    }

    /// The end of the last place before the character `at`.
    pub fn before(&self, at: usize) -> Option<usize> {
        self.places.get(..at)?.iter().rev().flatten().next().map(|place| place.end)
    }

    /// The start of the first place from the character `at` on.
    pub fn from(&self, at: usize) -> Option<usize> {
        self.places.get(at..)?.iter().flatten().next().map(|place| place.start)
    }
}

/// Lays the shown characters `shown`, of which some were `made`, along `range` of `text`.
pub fn map(text: &str, range: Range<usize>, form: Form, shown: &[char], made: &[bool]) -> Map {
    let (units, expressions) = units(text, range.clone(), form);
    let source: Vec<char> = units.iter().map(|(c, _)| fold(*c)).collect();
    let target: Vec<char> =
        shown.iter().zip(made).map(|(c, made)| if *made { MADE } else { fold(*c) }).collect();
    let mut places = vec![None; shown.len()];
    for op in capture_diff_slices(Algorithm::Myers, &source, &target) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            for step in 0..len {
                places[new_index + step] = Some(units[old_index + step].1.clone());
            }
        }
    }
    // A space alone among words that are not found is none of the text's.
    let is_lost =
        |places: &[Option<Range<usize>>], at: usize| places.get(at).is_none_or(Option::is_none);
    for at in 0..places.len() {
        if shown[at].is_whitespace()
            && (at == 0 || is_lost(&places, at - 1))
            && is_lost(&places, at + 1)
            && !made.get(at.wrapping_sub(1)).copied().unwrap_or(false)
            && !made.get(at + 1).copied().unwrap_or(false)
        {
            places[at] = None;
        }
    }
    Map { places, expressions, range }
}

type Units = Vec<(char, Range<usize>)>;

fn units(text: &str, range: Range<usize>, form: Form) -> (Units, Vec<Range<usize>>) {
    let mut out = Units::new();
    let mut expressions = Vec::new();
    let Some(slice) = text.get(range.clone()) else { return (out, expressions) };
    let base = range.start;
    let mut at = slice.len() - slice.trim_start().len();
    let mut end = slice.trim_end().len().max(at);
    let prose = form != Form::Attribute;
    if form == Form::Heading {
        at = slice.len() - slice.trim_start().trim_start_matches('#').trim_start().len();
        // What stands in braces at the end names the heading.
        if slice.trim_end().ends_with('}')
            && let Some(open) = slice.rfind('{')
            && !slice[..open].ends_with('{')
        {
            end = open;
        }
    }
    let quoted = line_start(text, range.start).contains('>');
    while at < end {
        let rest = &slice[at..end];
        let Some(c) = rest.chars().next() else { break };
        if rest.starts_with("{{")
            && let Some(length) = expression(rest)
        {
            expressions.push(base + at..base + at + length);
            out.push((OPAQUE, base + at..base + at + length));
            at += length;
            continue;
        }
        if prose && let Some(length) = unseen(rest) {
            at += length;
            continue;
        }
        if prose && rest.starts_with("](") {
            at += rest.find(')').map_or(rest.len(), |close| close + 1);
            continue;
        }
        if prose && c == '\\' {
            let next = rest[1..].chars().next();
            match next {
                Some(next) if next.is_ascii_punctuation() => {
                    out.push((next, base + at..base + at + 1 + next.len_utf8()));
                    at += 1 + next.len_utf8();
                    continue;
                }
                Some('\n') => {
                    at += 1;
                    continue;
                }
                _ => {}
            }
        }
        if prose
            && c == '&'
            && let Some((shown, length)) = entity(rest)
        {
            out.push((shown, base + at..base + at + length));
            at += length;
            continue;
        }
        if c == '\n' {
            let start = at;
            at += 1;
            let skip = |c: char| c == ' ' || c == '\t' || (quoted && c == '>');
            at +=
                slice[at..end].chars().take_while(|c| skip(*c)).map(char::len_utf8).sum::<usize>();
            out.push((' ', base + start..base + at));
            continue;
        }
        out.push((c, base + at..base + at + c.len_utf8()));
        at += c.len_utf8();
    }
    (out, expressions)
}

/// What stands on the line of byte `at`, before it.
pub fn line_start(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or("");
    &before[before.rfind('\n').map_or(0, |line| line + 1)..]
}

/// The length of the expression that `rest` starts with, braces and all.
fn expression(rest: &str) -> Option<usize> {
    let mut quote = None;
    let bytes = rest.as_bytes();
    let mut at = 2;
    while at + 1 < bytes.len() {
        match (quote, bytes[at]) {
            (_, b'\n') => return None,
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), b'\\') => at += 1,
            (None, byte @ (b'"' | b'\'')) => quote = Some(byte),
            (None, b'}') if bytes[at + 1] == b'}' => return Some(at + 2),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The length of what `rest` starts with, when that shows nothing: a note, an attribute of words.
fn unseen(rest: &str) -> Option<usize> {
    if rest.starts_with("[^") {
        let close = rest.find(']')?;
        let name = rest.get(2..close)?;
        return (!name.is_empty() && !name.contains(char::is_whitespace)).then_some(close + 1);
    }
    if rest.starts_with("]{") && !rest.starts_with("]{{") {
        return rest.find('}').map(|close| close + 1);
    }
    None
}

fn entity(rest: &str) -> Option<(char, usize)> {
    let end = rest.find(';').filter(|end| *end < 10)?;
    let shown = match &rest[1..end] {
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "pound" => '£',
        "hellip" => '…',
        name => super::home::entity_char(name)?,
    };
    Some((shown, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str, form: Form, shown: &str, made: &[bool]) -> Vec<Option<String>> {
        let shown: Vec<char> = shown.chars().collect();
        let made = if made.is_empty() { vec![false; shown.len()] } else { made.to_vec() };
        map(text, 0..text.len(), form, &shown, &made)
            .places
            .into_iter()
            .map(|place| place.map(|place| text[place].to_owned()))
            .collect()
    }

    #[test]
    fn emphasis_links_notes_and_expressions_are_passed_over() {
        let text = "So **many** [plans](https://a.uk/plans)[^n] of {{ x.y }} \\*";
        let shown = "So many plans of 55% *";
        let mut made = vec![false; shown.chars().count()];
        made[17..20].fill(true);
        let found = places(text, Form::Prose, shown, &made);
        assert!(found.iter().zip(&made).all(|(place, made)| place.is_none() == *made));
        assert_eq!(found.last(), Some(&Some("\\*".to_owned())));
        assert_eq!(found[3].as_deref(), Some("m"));
    }

    #[test]
    fn words_over_two_lines_of_a_quotation_have_one_place_for_the_line_end() {
        let text = "> one\n> two";
        let shown: Vec<char> = "one two".chars().collect();
        let map = map(text, 2..text.len(), Form::Prose, &shown, &[false; 7]);
        assert_eq!(map.places[3], Some(5..8));
    }

    #[test]
    fn a_heading_is_read_without_its_marks() {
        let found = places("## Early help {#early}", Form::Heading, "Early help", &[]);
        assert!(found.iter().all(Option::is_some));
    }
}
