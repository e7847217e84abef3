//! Words that somebody typed in Word, as an author's file writes them.

use super::compare::PARAGRAPH;
use super::lex::Form;

/// Where words go, for how they must be written there.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'t> {
    /// What they go into.
    pub form: Form,
    /// They start the block.
    pub at_start: bool,
    /// What starts a line of the block after its first: spaces, quotation marks of Markdown.
    pub indent: &'t str,
    /// What starts the next item of the list; none in a paragraph of no list.
    pub item: Option<&'t str>,
    /// The file writes straight quotation marks, which the house sets as curly ones.
    pub straight: bool,
}

/// `text` as it is written there; or why it cannot be.
pub fn written(text: &str, setting: Setting<'_>) -> Result<String, &'static str> {
    if text.contains("{{") || text.contains("}}") {
        return Err("it holds {{ or }}, which begin and end an expression");
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    let mut before: Option<char> = None;
    while let Some(c) = chars.next() {
        let start = out.is_empty() && setting.at_start || before == Some(PARAGRAPH);
        match c {
            PARAGRAPH => match (setting.form, setting.item) {
                (Form::Prose, Some(item)) => out.push_str(&format!("\n{item}")),
                (Form::Prose, None) => out.push_str(&format!("\n{0}\n{0}", setting.indent)),
                _ => return Err("a heading, a cell or a title is one paragraph"),
            },
            '\n' => match setting.form {
                Form::Prose => out.push_str(&format!("\\\n{}", setting.indent)),
                _ => out.push(' '),
            },
            '\t' | '\u{a0}' | '\u{202f}' => out.push(' '),
            '‘' | '’' if setting.straight => out.push('\''),
            '“' | '”' if setting.straight && setting.form != Form::Attribute => out.push('"'),
            '"' if setting.form == Form::Attribute => out.push('”'),
            '\\' | '*' | '[' | ']' | '`' | '<' if setting.form != Form::Attribute => {
                out.push('\\');
                out.push(c);
            }
            '|' if setting.form == Form::Cell => out.push_str("\\|"),
            '_' if setting.form != Form::Attribute => {
                let inside = before.is_some_and(char::is_alphanumeric)
                    && chars.peek().is_some_and(|c| c.is_alphanumeric());
                out.push_str(if inside { "_" } else { "\\_" });
            }
            '#' | '>' | '-' | '+' | ':' if start && setting.form == Form::Prose => {
                out.push('\\');
                out.push(c);
            }
            '.' | ')' if numbers(&out) && setting.at_start && setting.form == Form::Prose => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
        before = Some(c);
    }
    Ok(out)
}

fn numbers(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prose(text: &str, at_start: bool) -> String {
        let setting =
            Setting { form: Form::Prose, at_start, indent: "", item: None, straight: true };
        written(text, setting).unwrap()
    }

    #[test]
    fn what_markdown_would_take_for_its_own_is_escaped() {
        assert_eq!(prose("5 * 3 [sic] a_b _c", false), "5 \\* 3 \\[sic\\] a_b \\_c");
        assert_eq!(prose("- no list", true), "\\- no list");
        assert_eq!(prose("2024. A year", true), "2024\\. A year");
        assert_eq!(prose("it’s “so”", false), "it's \"so\"");
        assert_eq!(prose("one\u{2029}two", false), "one\n\ntwo");
    }
}
