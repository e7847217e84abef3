//! Reads what follows the colons of a directive: name, head and attributes, against the table.

use std::collections::BTreeMap;

use crate::diag::{Finding, nearest, rules};
use crate::narrative::attributed;
use crate::narrative::directive::{self, Body, DirectiveSpec, Head, Takes};
use crate::narrative::mask::{Piece, WordsAttribute, pieces};
use crate::narrative::tree::{Attribute, AttributeValue, Expression, Words};
use crate::source::{At, FileId, Span};

/// A directive's first line, read.
pub struct Info {
    /// The table's row.
    pub spec: &'static DirectiveSpec,
    /// Its name and place.
    pub name: At<String>,
    /// What stands before the attributes.
    pub head: Option<At<String>>,
    /// Its attributes.
    pub attributes: Vec<Attribute>,
}

/// Where a piece of a directive's first line stands: text, and its first byte in `file`.
pub struct Line<'a> {
    /// The text after the colons, with expressions masked.
    pub text: &'a str,
    /// Its first byte.
    pub start: usize,
    /// The file.
    pub file: FileId,
    /// The file's expressions, by number.
    pub expressions: &'a [Expression],
    /// Its attributes of words, by the same numbers.
    pub attributes: &'a BTreeMap<usize, WordsAttribute>,
}

impl Line<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, self.start + range.start..self.start + range.end)
    }

    /// The author's own text of a range: placeholders put back as expressions.
    fn unmasked(&self, range: std::ops::Range<usize>) -> String {
        pieces(&self.text[range])
            .into_iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.to_string(),
                Piece::Expression(n) => {
                    self.expressions.get(n).map_or_else(String::new, |e| e.source.clone())
                }
            })
            .collect()
    }
}

/// Reads a directive's first line. `None`, with findings, when it makes no sense.
pub fn read(line: &Line<'_>, findings: &mut Vec<Finding>) -> Option<Info> {
    let tokens = tokens(line.text);
    let Some(first) = tokens.first().cloned() else {
        findings.push(
            Finding::new(&rules::DIRECTIVE_MALFORMED, "this directive has no name")
                .at(line.span(0..line.text.len()))
                .help("`annexe help directives` lists them"),
        );
        return None;
    };
    let name = At::new(line.text[first.clone()].to_string(), line.span(first.clone()));
    let Some(spec) = directive::find(&name) else {
        let mut finding =
            Finding::new(&rules::DIRECTIVE_UNKNOWN, format!("there is no directive `{}`", *name))
                .at(name.span);
        finding = match nearest(&name, directive::DIRECTIVES.iter().map(|d| d.name)) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("`annexe help directives` lists them"),
        };
        findings.push(finding);
        return None;
    };
    let before = findings.len();
    let (head, rest) = head(spec, line, &tokens[1..], findings);
    let attributes: Vec<Attribute> =
        rest.iter().filter_map(|token| attribute(spec, line, token.clone(), findings)).collect();
    for (i, given) in attributes.iter().enumerate() {
        if attributes[..i].iter().any(|a| *a.name == *given.name) {
            findings.push(
                Finding::new(
                    &rules::DIRECTIVE_MALFORMED,
                    format!("`{}` is set twice", *given.name),
                )
                .at(given.name.span),
            );
        }
    }
    for needed in spec.attributes.iter().filter(|a| a.required) {
        if !attributes.iter().any(|a| *a.name == needed.name) && findings.len() == before {
            findings.push(
                Finding::new(
                    &rules::DIRECTIVE_ATTRIBUTE_MISSING,
                    format!("`{}` needs `{}=…`", spec.name, needed.name),
                )
                .at(name.span)
                .help(format!("{}: {}", needed.name, needed.doc)),
            );
        }
    }
    if findings.len() > before {
        return None;
    }
    Some(Info { spec, name, head, attributes })
}

/// Reads what stands before the attributes, and says which tokens are left.
fn head<'t>(
    spec: &DirectiveSpec,
    line: &Line<'_>,
    tokens: &'t [std::ops::Range<usize>],
    findings: &mut Vec<Finding>,
) -> (Option<At<String>>, &'t [std::ops::Range<usize>]) {
    let whole = || {
        let (first, last) = (tokens.first()?, tokens.last()?);
        let range = first.start..last.end;
        Some(At::new(line.unmasked(range.clone()), line.span(range)))
    };
    let needs = |what: &str| {
        Finding::new(&rules::DIRECTIVE_MALFORMED, format!("`{}` needs {what}", spec.name))
            .at(line.span(0..line.text.len()))
            .help(format!("it makes {}", spec.makes))
    };
    match spec.head {
        Head::None => (None, tokens),
        Head::Loop | Head::Expression | Head::Words => {
            let what = match spec.head {
                Head::Loop => "`NAME in LIST`",
                Head::Expression => "an expression",
                _ => "the names of editions",
            };
            match whole() {
                Some(head) => (Some(head), &[]),
                None => {
                    findings.push(needs(what));
                    (None, &[])
                }
            }
        }
        Head::Path | Head::Name | Head::Choice(_) => {
            let Some(first) = tokens.first() else {
                let what = match spec.head {
                    Head::Choice(words) => format!("one of: {}", words.join(", ")),
                    Head::Name => "the name of a dataset".to_string(),
                    _ => "the path of a file below content/".to_string(),
                };
                findings.push(needs(&what));
                return (None, &[]);
            };
            let word = At::new(line.unmasked(first.clone()), line.span(first.clone()));
            if let Head::Choice(words) = spec.head
                && !words.contains(&word.as_str())
            {
                let near = nearest(&word, words.iter().copied());
                findings.push(
                    Finding::new(
                        &rules::DIRECTIVE_MALFORMED,
                        format!("`{}` cannot be `{}`", spec.name, *word),
                    )
                    .at(word.span)
                    .help(match near {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("it takes one of: {}", words.join(", ")),
                    }),
                );
            }
            (Some(word), &tokens[1..])
        }
    }
}

/// Reads one `name=value`.
fn attribute(
    spec: &DirectiveSpec,
    line: &Line<'_>,
    token: std::ops::Range<usize>,
    findings: &mut Vec<Finding>,
) -> Option<Attribute> {
    let text = &line.text[token.clone()];
    let names = || spec.attributes.iter().map(|a| a.name);
    let Some(equals) = text.find('=') else {
        let known = names().collect::<Vec<_>>().join(", ");
        findings.push(
            Finding::new(
                &rules::DIRECTIVE_MALFORMED,
                format!("`{}` does not take `{text}`", spec.name),
            )
            .at(line.span(token))
            .help(if known.is_empty() {
                "it takes no attributes".to_string()
            } else {
                format!("attributes are written name=value; it takes: {known}")
            }),
        );
        return None;
    };
    let name = At::new(text[..equals].to_string(), line.span(token.start..token.start + equals));
    let Some(known) = spec.attributes.iter().find(|a| a.name == *name) else {
        let mut finding = Finding::new(
            &rules::DIRECTIVE_ATTRIBUTE_UNKNOWN,
            format!("`{}` has no attribute `{}`", spec.name, *name),
        )
        .at(name.span);
        finding = match nearest(&name, names()) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None if spec.attributes.is_empty() => finding.help("it takes no attributes"),
            None => finding.help(format!("it takes: {}", names().collect::<Vec<_>>().join(", "))),
        };
        findings.push(finding);
        return None;
    };
    let mut value = token.start + equals + 1..token.end;
    let quoted = line.text[value.clone()].starts_with('"');
    if quoted && !(value.len() >= 2 && line.text[value.clone()].ends_with('"')) {
        findings.push(
            Finding::new(&rules::DIRECTIVE_MALFORMED, "these quotes are not closed")
                .at(line.span(value))
                .help("close them with \" on the same line"),
        );
        return None;
    }
    let fault = |message: String, range: std::ops::Range<usize>, findings: &mut Vec<Finding>| {
        findings.push(
            Finding::new(&rules::DIRECTIVE_MALFORMED, message).at(line.span(range)).help(known.doc),
        );
    };
    let read = match known.takes {
        Takes::Words => {
            if quoted {
                value = value.start + 1..value.end - 1;
            }
            let words = pieces(&line.text[value.clone()])
                .into_iter()
                .filter_map(|piece| match piece {
                    Piece::Text(text) => Some(Words::Text(text.replace("\\\"", "\""))),
                    Piece::Expression(n) => match line.attributes.get(&n) {
                        Some(attribute) => {
                            attributed::faults(attribute, findings);
                            Some(attributed::mark(attribute))
                        }
                        None => line.expressions.get(n).cloned().map(Words::Expression),
                    },
                })
                .collect();
            AttributeValue::Words(attributed::given(words, findings))
        }
        Takes::Expression => {
            let source = line.unmasked(value.clone());
            if source.trim().is_empty() {
                fault(format!("`{}` needs an expression", *name), token, findings);
                return None;
            }
            AttributeValue::Expression(Expression { source, span: line.span(value.clone()) })
        }
        Takes::Number => {
            if quoted {
                value = value.start + 1..value.end - 1;
            }
            let source = line.text[value.clone()].to_string();
            if source.parse::<u8>().is_err() {
                fault(format!("`{}` needs a whole number, not `{source}`", *name), value, findings);
                return None;
            }
            AttributeValue::Words(vec![Words::Text(source)])
        }
    };
    Some(Attribute { name, value: At::new(read, line.span(value)) })
}

/// Splits at white space, but not inside quotes or brackets.
fn tokens(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut depth, mut quote, mut escaped) = (None, 0usize, None, false);
    for (i, c) in text.char_indices() {
        if c.is_whitespace() && depth == 0 && quote.is_none() {
            if let Some(start) = start.take() {
                out.push(start..i);
            }
            continue;
        }
        start.get_or_insert(i);
        if escaped {
            escaped = false;
            continue;
        }
        match (quote, c) {
            (Some(_), '\\') => escaped = true,
            (Some(q), c) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '"') => quote = Some('"'),
            // An apostrophe inside a word is no quote.
            (None, '\'') if depth > 0 => quote = Some('\''),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, _) => {}
        }
    }
    if let Some(start) = start {
        out.push(start..text.len());
    }
    out
}

/// Says when a directive's body is not of the kind its row in the table names.
pub fn body_fault(body: Body, has_blocks: bool, span: Span, name: &str) -> Option<Finding> {
    match body {
        Body::None if has_blocks => Some(
            Finding::new(
                &rules::DIRECTIVE_MALFORMED,
                format!("`{name}` holds nothing, but something stands in it"),
            )
            .at(span)
            .help("close it with ::: on the next line"),
        ),
        Body::Blocks | Body::Table | Body::Lines | Body::List if !has_blocks => Some(
            Finding::new(&rules::DIRECTIVE_EMPTY, format!("there is nothing in this `{name}`"))
                .at(span),
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_inside_quotes_and_brackets_do_not_divide() {
        let text = r#"rows in=(a | sort(attribute="x y")) as=b summary="two words""#;
        let found: Vec<&str> = tokens(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(
            found,
            ["rows", r#"in=(a | sort(attribute="x y"))"#, "as=b", r#"summary="two words""#]
        );
    }
}
