//! Words as Typst markup.

use std::fmt::Write;

use annexe::document::*;
use annexe::theme::Tokens;

/// A string as Typst writes it.
pub fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Plain words as markup: what Typst would take for its own is escaped.
pub fn markup(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    let mut before = '\n';
    for letter in words.chars() {
        let escaped = match letter {
            '\\' | '#' | '$' | '*' | '_' | '`' | '<' | '>' | '@' | '[' | ']' | '~' | '"' | '\'' => {
                true
            }
            '=' | '+' => before == '\n',
            '-' => before == '\n' || before == '-' || !before.is_alphanumeric(),
            '/' => matches!(before, '/' | ':'),
            '.' => before.is_ascii_digit() || matches!(before, '.' | '\n'),
            ':' => before == 's' || before == 'p',
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        out.push(letter);
        before = letter;
    }
    out
}

/// `content` as markup; functions that it calls stand in [`super::typst::PRELUDE`].
pub fn inlines(content: &[Inline], tokens: &Tokens) -> String {
    let mut out = String::new();
    for inline in content {
        match inline {
            Inline::Text { text } => out.push_str(&markup(text)),
            Inline::Figure(figure) => out.push_str(&markup(&figure.text)),
            Inline::Emphasis { content } => {
                let _ = write!(out, "#emph[{}]", inlines(content, tokens));
            }
            Inline::Strong { content } => {
                let _ = write!(out, "#strong[{}]", inlines(content, tokens));
            }
            Inline::Held { content, .. } => out.push_str(&inlines(content, tokens)),
            Inline::Link { to, content } => {
                let to = match to {
                    Target::Anchor(anchor) => format!("<{anchor}>"),
                    Target::Address(address) => quoted(address),
                };
                let _ = write!(out, "#to({to})[{}]", inlines(content, tokens));
            }
            Inline::Status(status) => out.push_str(&rated(status, tokens)),
            Inline::Footnote { content } => {
                let _ = write!(out, "#footnote[{}]", inlines(content, tokens));
            }
            Inline::Break => out.push_str("\\ "),
        }
    }
    out
}

/// A chip and its word.
pub fn rated(status: &Status, tokens: &Tokens) -> String {
    format!("{}#h(0.45em){}", chip(status, tokens), markup(&status.word))
}

/// A chip.
pub fn chip(status: &Status, tokens: &Tokens) -> String {
    let ink = if tokens.rag[&status.colour].ink == "#FFFFFF" { "white" } else { "ink" };
    format!("#chip({}, {ink})[{}]", status.colour, markup(&status.letter))
}
