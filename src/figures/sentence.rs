//! Sentences as authors typed them: words, expressions and notes, each with its place in the text.

use std::ops::Range;

/// Something between two spaces of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its bytes in the text, without the marks around it.
    pub range: Range<usize>,
    /// Its letters, without the marks around it.
    pub text: String,
    /// Whether a comma, colon, semicolon, bracket or dash stands between it and the next.
    pub stops: bool,
    /// Whether a bracket opens right before it.
    pub opens: bool,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A word, or something with digits.
    Word,
    /// `{{ expression }}`.
    Expression,
    /// `[^note]`.
    Note,
}

/// A sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sentence {
    /// What stands in it.
    pub tokens: Vec<Token>,
    /// Parts of the text whose source is stated: `[58%]{source="…"}`.
    pub sourced: Vec<Range<usize>>,
    /// Whether a colon ends it: what follows completes it.
    pub leads_on: bool,
}

impl Sentence {
    /// Whether a note says where its figures come from.
    pub fn has_note(&self) -> bool {
        self.tokens.iter().any(|token| token.kind == TokenKind::Note)
    }
}

/// Words after which a point ends no sentence.
const SHORTENED: &[&str] =
    &["e.g", "i.e", "no", "p", "pp", "dr", "mr", "mrs", "ms", "st", "vs", "approx", "para", "art"];
/// Marks that stand before a word.
const LEADING: &[char] = &['(', '[', '"', '\'', '\u{201c}', '\u{2018}', '*', '_', '|', '#', '>'];
/// Marks that stand after a word.
const TRAILING: &[char] = &[
    ')', ']', '"', '\'', '\u{201d}', '\u{2019}', '*', '_', '|', '.', ',', ';', ':', '!', '?',
    '\u{2026}',
];
/// Marks that divide a sentence.
const DIVIDING: &[char] = &[',', ';', ':', ')', '|', '\u{2013}', '\u{2014}'];

/// Stand for what was covered; the loader lets no file hold them.
const EXPRESSION: char = '\u{E010}';
const NOTE: char = '\u{E011}';

/// Divides a text into sentences. Offsets are those of `text`.
pub fn sentences(text: &str) -> Vec<Sentence> {
    let plain = cover(text);
    let mut out: Vec<Sentence> = Vec::new();
    let mut current = Sentence::default();
    let (mut ended, mut opens) = (false, false);
    for chunk in chunks(&plain.text) {
        let words = &plain.text[chunk.clone()];
        let lead = words.len() - words.trim_start_matches(LEADING).len();
        let body = &words[lead..];
        let core = body.trim_end_matches(TRAILING);
        let tail = &body[core.len()..];
        opens |= words[..lead].contains(['(', '[']);
        let kind = match core.chars().next() {
            Some(EXPRESSION) => TokenKind::Expression,
            Some(NOTE) => TokenKind::Note,
            Some(_) if core.contains(char::is_alphanumeric) => TokenKind::Word,
            _ => {
                // A dash, a bar, a lone mark.
                if let Some(last) = current.tokens.last_mut() {
                    last.stops |= words.contains(DIVIDING) || words.contains('-');
                }
                ended |= tail.contains(['.', '!', '?']);
                continue;
            }
        };
        let begins = match kind {
            TokenKind::Word => core.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()),
            TokenKind::Expression => true,
            TokenKind::Note => false,
        };
        if ended && begins {
            out.push(std::mem::take(&mut current));
        }
        let start = chunk.start + lead;
        current.leads_on = tail.contains(':');
        current.tokens.push(Token {
            kind,
            range: start..start + core.len(),
            text: if kind == TokenKind::Word { core.to_owned() } else { String::new() },
            stops: tail.contains(DIVIDING),
            opens: std::mem::take(&mut opens),
        });
        let is_short = SHORTENED.contains(&core.to_lowercase().as_str());
        let point = tail.contains(['.', '!', '?']) && !is_short;
        ended = point || ended && kind == TokenKind::Note;
    }
    out.push(current);
    out.retain(|sentence| !sentence.tokens.is_empty());
    for sentence in &mut out {
        if let (Some(first), Some(last)) = (sentence.tokens.first(), sentence.tokens.last()) {
            let whole = first.range.start..last.range.end;
            let inside = |part: &&Range<usize>| part.start < whole.end && whole.start < part.end;
            sentence.sourced = plain.sourced.iter().filter(inside).cloned().collect();
        }
    }
    out
}

/// The pieces between spaces, as bytes.
fn chunks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let base = text.as_ptr() as usize;
    text.split_whitespace().map(move |word| {
        let start = word.as_ptr() as usize - base;
        start..start + word.len()
    })
}

struct Covered {
    /// As long as the text it was made of, byte for byte.
    text: String,
    sourced: Vec<Range<usize>>,
}

/// Puts spaces and marks where Markdown has what is no prose: expressions, notes, sources, addresses.
fn cover(text: &str) -> Covered {
    let mut out = String::with_capacity(text.len());
    let mut sourced = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let special = rest.find(['{', '[', ']', '\\', '`', '\u{2014}', '/']).unwrap_or(rest.len());
        out.push_str(&rest[..special]);
        at += special;
        let rest = &rest[special..];
        let until = |mark: &str, from: usize| {
            rest.get(from..).and_then(|after| after.find(mark)).map(|n| from + n + mark.len())
        };
        let line = rest.find('\n').unwrap_or(rest.len());
        if rest.starts_with("{{") {
            let end = until("}}", 2).unwrap_or(line);
            at += put(&mut out, EXPRESSION, end);
        } else if rest.starts_with("[^") {
            let end = until("]", 2).unwrap_or(line);
            at += put(&mut out, NOTE, end);
        } else if rest.starts_with("]{") {
            let end = until("\"}", 2).unwrap_or(1);
            if end > 1
                && let Some(open) = out.rfind('[')
            {
                sourced.push(open..at);
            }
            at += put(&mut out, ']', end);
        } else if rest.starts_with("](") {
            let end = until(")", 2).unwrap_or(1);
            at += put(&mut out, ']', end);
        } else if rest.starts_with('\u{2014}') {
            // A dash without spaces divides words as one with them does.
            out.push_str(" - ");
            at += '\u{2014}'.len_utf8();
        } else if rest.starts_with(['\\', '`']) {
            out.push(' ');
            at += 1;
        } else if let Some(c) = rest.chars().next() {
            out.push(c);
            at += c.len_utf8();
        }
    }
    Covered { text: out, sourced }
}

/// Puts `mark` and as many spaces as make `length` bytes; says how many.
fn put(out: &mut String, mark: char, length: usize) -> usize {
    let wide = mark.len_utf8();
    if length < wide {
        out.extend(std::iter::repeat_n(' ', length));
        return length;
    }
    // The mark stands last, so that what follows an expression is its tail: "{{ x }}, and".
    out.extend(std::iter::repeat_n(' ', length - wide));
    out.push(mark);
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<Vec<&str>> {
        let said = |sentence: &Sentence| -> Vec<&str> {
            sentence.tokens.iter().map(|token| &text[token.range.clone()]).collect()
        };
        sentences(text).iter().map(said).collect()
    }

    #[test]
    fn a_point_ends_a_sentence_but_not_a_short_form_or_a_number() {
        let text = "It was 4.5%. See Dr. Smith (p. 3) e.g. there. 5 came; **all** left!";
        let found = said(text);
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(found[0], ["It", "was", "4.5%"]);
        assert_eq!(found[2], ["5", "came", "all", "left"]);
    }

    #[test]
    fn what_is_no_prose_is_covered() {
        let text =
            "It is {{ a | b }}, [58%]{source=\"A, b. C\"} of [plans](http://x.y/12).[^n] Then 3.";
        let found = sentences(text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].has_note() && !found[1].has_note());
        assert_eq!(found[0].tokens[2].kind, TokenKind::Expression);
        assert!(found[0].tokens[2].stops);
        let sourced = found[0].sourced[0].clone();
        assert_eq!(&text[sourced], "[58%");
        assert_eq!(found[1].tokens[1].text, "3");
    }

    #[test]
    fn a_cover_is_as_long_as_what_it_covers() {
        for text in ["a{{b}}c", "[^é] x", "]{a", "[a](b", "a\u{2014}b", "{{ x", "]{\"} \\é"] {
            assert_eq!(cover(text).text.len(), text.len(), "{text}");
        }
    }
}
