//! What any expression may be, in a template or in a scheme's rule: short, and unable to make much of little.

use std::ops::Range;

/// Most bytes of an expression. The parser's tree is as deep as a chain is long, and is walked by recursion.
pub const LONGEST_EXPRESSION: usize = 500;

/// Why an expression is refused before it is compiled, and which bytes of it are the reason.
pub fn refused(source: &str) -> Option<(Range<usize>, String)> {
    if source.len() > LONGEST_EXPRESSION {
        let message = format!("an expression has at most {LONGEST_EXPRESSION} characters");
        return Some((0..source.len(), message));
    }
    // A product of a text or a list and a number would fill the memory from a few characters.
    let (at, _) = outside_quotes(source).find(|(_, c)| *c == '*')?;
    Some((at..at + 1, "expressions cannot multiply".to_owned()))
}

/// The characters of an expression that stand in no text in quotes, with their places.
pub fn outside_quotes(source: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quote = None;
    let mut escaped = false;
    source.char_indices().filter(move |&(_, c)| match quote {
        Some(_) if escaped => {
            escaped = false;
            false
        }
        Some(open) => {
            escaped = c == '\\';
            if c == open {
                quote = None;
            }
            false
        }
        None => {
            if c == '"' || c == '\'' {
                quote = Some(c);
            }
            !matches!(c, '"' | '\'')
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_counts_only_outside_quotes() {
        assert_eq!(refused(r#""a * b" ~ 'c\'*' ~ x"#), None);
        assert_eq!(refused("é.b * 2").map(|(range, _)| range), Some(5..6));
        assert!(refused(&"x".repeat(LONGEST_EXPRESSION)).is_none());
        assert!(refused(&"x".repeat(LONGEST_EXPRESSION + 1)).is_some());
    }
}
