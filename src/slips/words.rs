//! The words of a passage with their bytes, and what is masked before anybody reads them.

use std::ops::Range;

/// Stands for each byte of what is no prose: an expression, the target of a link, an attribute.
const MASK: char = '\u{1}';

/// A word: letters and digits, with the apostrophes, hyphens and points inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'t> {
    /// Its letters.
    pub(super) text: &'t str,
    /// Its bytes in the passage.
    pub(super) range: Range<usize>,
    /// What stands between it and the next word.
    pub(super) after: &'t str,
}

impl Word<'_> {
    /// Whether nothing but space stands between it and the next.
    pub(super) fn joins(&self) -> bool {
        !self.after.is_empty() && self.after.chars().all(char::is_whitespace)
    }

    /// Whether a sentence ends after it.
    pub(super) fn ends(&self) -> bool {
        self.after.contains(['.', '!', '?', '|'])
    }
}

/// The words of `text` in order.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let is_inner = |c: char| matches!(c, '\'' | '\u{2019}' | '-' | '.' | ',' | '_' | '/');
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !c.is_alphanumeric() {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(next, c)) = chars.peek() {
            let goes_on = c.is_alphanumeric()
                || is_inner(c)
                    && text[next + c.len_utf8()..].starts_with(|c: char| c.is_alphanumeric())
                    && (c != ',' || text[..next].ends_with(|c: char| c.is_ascii_digit()));
            if !goes_on {
                break;
            }
            end = next + c.len_utf8();
            chars.next();
        }
        ranges.push(at..end);
    }
    let ends = ranges.iter().skip(1).map(|range| range.start).chain([text.len()]);
    let ends: Vec<usize> = ends.collect();
    ranges
        .into_iter()
        .zip(ends)
        .map(|(range, next)| Word {
            text: &text[range.clone()],
            after: &text[range.end..next],
            range,
        })
        .collect()
}

/// `text` with each byte of what is no prose masked: `{{ … }}`, `](…)`, `{…}` and `[^name]`.
pub(super) fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let covered = [("{{", "}}", 0), ("](", ")", 1), ("{", "}", 0), ("[^", "]", 0)]
            .into_iter()
            .find_map(|(open, close, keep)| {
                let after = rest.strip_prefix(open)?;
                let end = open.len() + after.find(close)? + close.len();
                Some((keep, end))
            });
        match covered {
            Some((keep, end)) => {
                out.push_str(&rest[..keep]);
                out.extend(std::iter::repeat_n(MASK, end - keep));
                rest = &rest[end..];
            }
            None => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_inner_marks_and_their_places() {
        let text = "The SENCO’s e-mail, 1,200 of AGBR4. Next";
        let found = words(text);
        let shown: Vec<&str> = found.iter().map(|word| word.text).collect();
        assert_eq!(shown, ["The", "SENCO’s", "e-mail", "1,200", "of", "AGBR4", "Next"]);
        assert!(found[0].joins() && !found[2].joins() && found[5].ends());
        assert_eq!(&text[found[5].range.clone()], "AGBR4");
    }

    #[test]
    fn masking_keeps_every_byte_in_its_place() {
        let text = "A {{ kpi.K1[\"x}\"] }} é [link](#the) the{#id} [^note] end";
        let masked = mask(text);
        assert_eq!(masked.len(), text.len());
        assert_eq!(masked.find("end"), text.find("end"));
        let shown: Vec<&str> = words(&masked).iter().map(|word| word.text).collect();
        assert_eq!(shown, ["A", "é", "link", "the", "end"]);
    }
}
