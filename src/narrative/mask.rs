//! Covers `{{ expressions }}` by placeholders of the same length, so that Markdown leaves them alone.
//!
//! A placeholder is a private-use character, two digits in base 62 that number the
//! expression, and padding that Markdown takes for letters, also in an address. Same
//! length means that every position comrak reports is a position in the author's text.

use std::collections::BTreeMap;

use crate::diag::{Finding, rules};
use crate::narrative::tree::Expression;
use crate::source::{At, FileId, Span};

/// Opens a placeholder with as many single bytes after its digits as its place here.
/// Private use: the loader lets no file hold it.
const MARKS: [char; 3] = ['\u{E000}', '\u{E001}', '\u{E002}'];
/// One byte of padding, counted by the mark.
const BYTE: char = 'x';
/// The rest of the padding, three bytes each, up to whatever else there is.
const PAD: char = '\u{E003}';
/// Stands for a colon inside a directive's first line, which comrak would not take for one.
pub const COLON: char = '\u{1}';
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Text with its expressions and attributes of words covered, and both by number.
pub struct Masked {
    /// The text, as long as the original.
    pub text: String,
    /// The expressions, in order. Where an attribute is covered, nothing of use stands here.
    pub expressions: Vec<Expression>,
    /// The attributes of words, by the same numbers: `[58%]{source="School census"}`.
    pub attributes: BTreeMap<usize, WordsAttribute>,
}

/// An attribute that follows words in brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsAttribute {
    /// Its name.
    pub name: At<String>,
    /// What it is set to.
    pub value: At<String>,
}

/// Opens an attribute of words.
const OPENING: &str = "]{";

/// Covers the expressions in `text`, which starts at byte `base` of `file`.
pub fn mask(text: &str, file: FileId, base: usize, findings: &mut Vec<Finding>) -> Masked {
    let mut out = String::with_capacity(text.len());
    let mut expressions = Vec::new();
    let mut attributes = BTreeMap::new();
    let mut rest = 0;
    while let Some(open) = next_opening(text, rest) {
        out.push_str(&text[rest..open]);
        if let Some((attribute, end)) = words_attribute(text, open, base, file) {
            let number = expressions.len();
            if number < DIGITS.len() * DIGITS.len() {
                expressions.push(Expression { source: String::new(), span: attribute.value.span });
                attributes.insert(number, attribute);
                cover(&mut out, number, end - open);
                rest = end;
                continue;
            }
        }
        if !text[open..].starts_with("{{") {
            out.push('{');
            rest = open + 1;
            continue;
        }
        let inner = open + 2;
        let line_end = text[inner..].find('\n').map_or(text.len(), |i| i + inner);
        let Some(close) = closing(&text[inner..line_end]).map(|i| i + inner) else {
            let span = Span::new(file, base + open..base + line_end);
            findings.push(
                Finding::new(
                    &rules::EXPRESSION_UNCLOSED,
                    "this expression is not closed on its line",
                )
                .at(span)
                .label("no }} follows")
                .help("close it with }} on the same line"),
            );
            // Kept the same length, and out of Markdown's way.
            out.extend(std::iter::repeat_n(' ', line_end - open));
            rest = line_end;
            continue;
        };
        let end = close + 2;
        let number = expressions.len();
        let span = Span::new(file, base + inner..base + close);
        if number >= DIGITS.len() * DIGITS.len() {
            findings.push(
                Finding::new(&rules::FILE_TOO_LARGE, "this file holds more than 3,844 expressions")
                    .at(span)
                    .help("split the file"),
            );
            out.extend(std::iter::repeat_n(' ', end - open));
            rest = end;
            continue;
        }
        if text[inner..close].trim().is_empty() {
            findings.push(
                Finding::new(&rules::EXPRESSION_SYNTAX, "there is nothing between these braces")
                    .at(Span::new(file, base + open..base + end))
                    .help("name a figure, such as {{ area.name }}, or delete the braces"),
            );
            out.extend(std::iter::repeat_n(' ', end - open));
            rest = end;
            continue;
        }
        expressions.push(Expression {
            source: text[inner..close].trim().to_string(),
            span: trimmed(text, inner..close, base, file),
        });
        cover(&mut out, number, end - open);
        rest = end;
    }
    out.push_str(&text[rest..]);
    Masked { text: cover_colons(&out), expressions, attributes }
}

/// Puts a placeholder of `length` bytes.
fn cover(out: &mut String, number: usize, length: usize) {
    let padding = length - 5;
    out.push(MARKS[padding % 3]);
    out.push(DIGITS[number / 62] as char);
    out.push(DIGITS[number % 62] as char);
    out.extend(std::iter::repeat_n(BYTE, padding % 3));
    out.extend(std::iter::repeat_n(PAD, padding / 3));
}

/// The next brace that opens an expression, or an attribute right after words in brackets.
fn next_opening(text: &str, from: usize) -> Option<usize> {
    let expression = text[from..].find("{{").map(|at| from + at);
    let attribute = text[from..].find(OPENING).map(|at| from + at + 1);
    match (expression, attribute) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// The attribute whose brace stands at `open`, and where it ends: `{name="words"}` on one line,
/// after a bracket that closes words. In a directive's own line only conditions stand.
fn words_attribute(
    text: &str,
    open: usize,
    base: usize,
    file: FileId,
) -> Option<(WordsAttribute, usize)> {
    let line_start = text[..open].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line_start..open];
    if !before.ends_with(']') {
        return None;
    }
    let is_directive = before.trim_start().starts_with(":::");
    let line = text[open..].lines().next()?;
    let equals = line.find("=\"")?;
    let name = line.get(1..equals)?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if name.is_empty() || !name.chars().all(is_name) || is_directive && name != "holds" {
        return None;
    }
    let value = equals + 2;
    let length = line.get(value..)?.find("\"}")?;
    let at = |range: std::ops::Range<usize>| {
        let span = Span::new(file, base + open + range.start..base + open + range.end);
        At::new(line[range].to_owned(), span)
    };
    let attribute = WordsAttribute { name: at(1..equals), value: at(value..value + length) };
    Some((attribute, open + value + length + 2))
}

/// Covers the colons of directives' first lines, but for those that open them.
fn cover_colons(text: &str) -> String {
    text.split_inclusive('\n')
        .map(|line| {
            let fence = line.find(|c: char| c != ':' && c != ' ').unwrap_or(line.len());
            let (fence, rest) = line.split_at(fence);
            if fence.contains(":::") && rest.contains(':') {
                format!("{fence}{}", rest.replace(':', "\u{1}"))
            } else {
                line.to_string()
            }
        })
        .collect()
}

fn trimmed(text: &str, range: std::ops::Range<usize>, base: usize, file: FileId) -> Span {
    let inner = &text[range.clone()];
    let start = range.start + (inner.len() - inner.trim_start().len());
    Span::new(file, base + start..base + start + inner.trim().len())
}

/// Where the `}}` stands that closes an expression: not one inside quotes.
fn closing(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut quote = None;
    let mut depth = 0usize;
    let mut i = 0;
    while i < bytes.len() {
        match (quote, bytes[i]) {
            (Some(_), b'\\') => i += 1,
            (Some(q), b) if b == q => quote = None,
            (Some(_), _) => {}
            (None, b @ (b'"' | b'\'')) => quote = Some(b),
            (None, b'{') => depth += 1,
            (None, b'}') if depth > 0 => depth -= 1,
            (None, b'}') if bytes.get(i + 1) == Some(&b'}') => return Some(i),
            (None, _) => {}
        }
        i += 1;
    }
    None
}

/// A piece of unmasked text.
pub enum Piece<'a> {
    /// Plain text.
    Text(&'a str),
    /// The number of an expression.
    Expression(usize),
}

/// Splits text that may hold placeholders.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(MARKS) {
        let (before, found) = rest.split_at(at);
        if !before.is_empty() {
            out.push(Piece::Text(before));
        }
        let mut chars = found.chars();
        let bytes = chars.next().and_then(|mark| MARKS.iter().position(|m| *m == mark));
        let digits = (chars.next().and_then(digit), chars.next().and_then(digit));
        if let (Some(high), Some(low)) = digits {
            out.push(Piece::Expression(high * 62 + low));
            let padded = chars.as_str();
            rest = padded.get(bytes.unwrap_or(0)..).unwrap_or(padded).trim_start_matches(PAD);
        } else {
            rest = found.get(MARKS[0].len_utf8()..).unwrap_or("");
        }
    }
    if !rest.is_empty() {
        out.push(Piece::Text(rest));
    }
    out
}

fn digit(c: char) -> Option<usize> {
    DIGITS.iter().position(|&d| d as char == c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn masked(text: &str) -> (Masked, Vec<Finding>) {
        let mut findings = Vec::new();
        let file = Sources::default().add("a.md", text);
        (mask(text, file, 0, &mut findings), findings)
    }

    #[test]
    fn a_mask_keeps_every_position() {
        let text = "| {{ a | b }} | *x* {{ \"}}\" }}é |";
        let (m, findings) = masked(text);
        assert!(findings.is_empty());
        assert_eq!(m.text.len(), text.len());
        assert_eq!(m.expressions[0].source, "a | b");
        assert_eq!(m.expressions[1].source, "\"}}\"");
        assert!(!m.text.contains("{{"));
    }

    #[test]
    fn an_unclosed_expression_is_a_finding_at_its_braces() {
        let (m, findings) = masked("x {{ area.name\nnext }}");
        assert_eq!(findings.len(), 1);
        assert!(m.text.ends_with("next }}"));
    }

    #[test]
    fn colons_in_a_directives_line_are_covered_and_no_others() {
        let (m, _) = masked("::: rows summary=\"a: b\"\nc: d\n:::\n");
        assert_eq!(m.text, "::: rows summary=\"a\u{1} b\"\nc: d\n:::\n");
    }

    #[test]
    fn pieces_put_text_and_expressions_in_order() {
        let (m, _) = masked("a{{b}}x{{ d }}x{{e }}xx");
        let shown: Vec<String> = pieces(&m.text)
            .iter()
            .map(|p| match p {
                Piece::Text(t) => (*t).to_string(),
                Piece::Expression(n) => format!("<{n}>"),
            })
            .collect();
        assert_eq!(shown, ["a", "<0>", "x", "<1>", "x", "<2>", "xx"]);
    }
}
