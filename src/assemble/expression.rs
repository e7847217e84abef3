//! Evaluates expressions to values, and turns every way that can go wrong into a finding that helps.

use minijinja::value::{Value, ValueKind};
use minijinja::{Environment, ErrorKind, UndefinedBehavior};

use crate::assemble::{filters, functions};
use crate::diag::{Finding, nearest, rules};
use crate::document::Figure;
use crate::narrative::tree::Expression;
use crate::source::Span;

/// Steps an expression may take. A loop in one costs a step an item; no honest one comes near.
const FUEL: u64 = 1_000_000;

/// The environment that every expression is compiled in.
pub fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    filters::add(&mut environment);
    environment
}

/// The value of `expression` in `scope`.
///
/// # Errors
/// A finding at the expression: it cannot be read, names something unknown, or fails.
pub fn evaluate(
    environment: &Environment<'_>,
    expression: &Expression,
    scope: &Value,
) -> Result<Value, Box<Finding>> {
    let fail = |error: &minijinja::Error| Box::new(fault(environment, expression, scope, error));
    let compiled = environment.compile_expression(&expression.source).map_err(|e| fail(&e))?;
    let value = compiled.eval(scope.clone()).map_err(|e| fail(&e))?;
    if value.is_undefined() {
        return Err(Box::new(unknown(expression, scope)));
    }
    Ok(value)
}

fn fault(
    environment: &Environment<'_>,
    expression: &Expression,
    scope: &Value,
    error: &minijinja::Error,
) -> Finding {
    let detail = error.detail().unwrap_or_default().to_string();
    match error.kind() {
        ErrorKind::SyntaxError => {
            let mut span = expression.span;
            if let Some(range) = error.range()
                && range.end <= expression.source.len()
                && range.start < range.end
            {
                span.end = span.start + range.end as u32;
                span.start += range.start as u32;
            }
            Finding::new(
                &rules::EXPRESSION_SYNTAX,
                format!("this expression cannot be read: {detail}"),
            )
            .at(span)
        }
        ErrorKind::UnknownFilter
        | ErrorKind::UnknownFunction
        | ErrorKind::UnknownTest
        | ErrorKind::UnknownMethod => {
            let name = quoted_name(&detail);
            let finding = Finding::new(
                &rules::EXPRESSION_UNKNOWN_FUNCTION,
                format!("there is no filter or function `{name}`"),
            )
            .at(expression.span);
            match nearest(&name, filters::NAMES.iter().map(|f| f.name)) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help("`annexe help expressions` lists them"),
            }
        }
        ErrorKind::UndefinedError => unknown(expression, scope),
        ErrorKind::OutOfFuel => {
            Finding::new(&rules::EXPRESSION_FAILED, "this expression takes too many steps")
                .at(expression.span)
        }
        _ if let Some(figure) = functions::suppressed_by(error) => {
            suppressed(figure, expression.span)
        }
        _ => {
            // A function nobody defined is called on an undefined name.
            let finding = unknown_name(expression, scope);
            let _ = environment;
            finding.unwrap_or_else(|| {
                Finding::new(
                    &rules::EXPRESSION_FAILED,
                    format!("this expression has no value: {error}"),
                )
                .at(expression.span)
            })
        }
    }
}

/// A value that was not published is quoted as if it had been.
pub fn suppressed(figure: &Figure, span: Span) -> Finding {
    let message = format!("`{}` has no number: {}", figure.path, figure.text);
    let help = "say so: {{ … | stated }}, or in your own words: {{ … or \"not published\" }}";
    Finding::new(&rules::FIGURE_SUPPRESSED, message).at(span).help(help)
}

/// The name in a message such as `filter foo is unknown`.
fn quoted_name(detail: &str) -> String {
    let words: Vec<&str> = detail.split_whitespace().collect();
    words.get(1).map_or(detail, |w| *w).trim_matches('`').to_string()
}

fn unknown(expression: &Expression, scope: &Value) -> Finding {
    unknown_name(expression, scope).unwrap_or_else(|| {
        Finding::new(&rules::REFERENCE_UNKNOWN, format!("`{}` names nothing", expression.source))
            .at(expression.span)
    })
}

/// Follows every dotted name in the expression, and reports the first step that leads nowhere.
fn unknown_name(expression: &Expression, scope: &Value) -> Option<Finding> {
    for path in paths(&expression.source) {
        let mut here = scope.clone();
        let mut walked = String::new();
        for step in path {
            let next =
                here.get_item(&Value::from(step.name.clone())).ok().filter(|v| !v.is_undefined());
            if let Some(next) = next {
                here = next;
                walked =
                    if walked.is_empty() { step.name } else { format!("{walked}.{}", step.name) };
                continue;
            }
            let mut span = expression.span;
            span.end = span.start + step.range.end as u32;
            span.start += step.range.start as u32;
            if here.is_none() {
                return Some(
                    Finding::new(
                        &rules::FIGURE_ABSENT,
                        format!("`{walked}` has no value on this date"),
                    )
                    .at(span)
                    .help("record the value, or put the sentence inside ::: if"),
                );
            }
            let known = keys(&here);
            let message = if walked.is_empty() {
                format!("nothing is called `{}`", step.name)
            } else if matches!(here.kind(), ValueKind::Map | ValueKind::Plain) {
                format!("`{walked}` has no `{}`", step.name)
            } else {
                format!("`{walked}` is a {}, and has nothing inside", here.kind())
            };
            let mut finding = Finding::new(&rules::REFERENCE_UNKNOWN, message).at(span);
            if let Some(near) = nearest(&step.name, known.iter().map(String::as_str)) {
                finding = finding.help(format!("did you mean `{near}`?"));
            } else if !known.is_empty() && known.len() <= 24 {
                finding = finding.help(format!("it has: {}", known.join(", ")));
            }
            return Some(finding);
        }
    }
    None
}

fn keys(value: &Value) -> Vec<String> {
    match value.kind() {
        ValueKind::Map | ValueKind::Plain => value
            .try_iter()
            .map(|iter| iter.filter_map(|k| k.as_str().map(str::to_string)).collect())
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}

struct Step {
    name: String,
    range: std::ops::Range<usize>,
}

/// The dotted names in an expression: `kpi["K8.a"].actual` is kpi, K8.a, actual.
fn paths(source: &str) -> Vec<Vec<Step>> {
    const WORDS: &[&str] = &[
        "and", "or", "not", "in", "is", "if", "else", "true", "false", "none", "True", "False",
        "None",
    ];
    let bytes = source.as_bytes();
    let word = |i: usize| {
        let end = source[i..]
            .char_indices()
            .find(|(_, c)| !(c.is_alphanumeric() || *c == '_'))
            .map_or(source.len(), |(n, _)| i + n);
        i..end
    };
    let starts = |i: usize| source[i..].starts_with(|c: char| c.is_alphabetic() || c == '_');
    let mut out = Vec::new();
    let mut i = 0;
    // A name after a pipe is a filter, after `is` a test, before `=` an argument: none is looked up.
    let mut skip = false;
    while i < source.len() {
        if !source.is_char_boundary(i) {
            i += 1;
            continue;
        }
        match bytes[i] {
            quote @ (b'"' | b'\'') => {
                i += 1;
                while i < bytes.len() && bytes[i] != quote {
                    i += if bytes[i] == b'\\' { 2 } else { 1 };
                }
                i += 1;
                skip = false;
            }
            b'|' => {
                skip = true;
                i += 1;
            }
            b' ' => i += 1,
            // What follows a bracket is inside a value that is not known here: `risk[id].title`.
            b'.' if i > 0 && matches!(bytes[i - 1], b']' | b')') && starts(i + 1) => {
                while bytes.get(i) == Some(&b'.') && starts(i + 1) {
                    i = word(i + 1).end;
                }
            }
            _ if starts(i) => {
                let first = word(i);
                i = first.end;
                let name = &source[first.clone()];
                let argument = source[i..].trim_start().starts_with('=')
                    && !source[i..].trim_start().starts_with("==");
                if WORDS.contains(&name) || skip || argument {
                    skip = name == "is";
                    continue;
                }
                let mut steps = vec![Step { name: name.to_string(), range: first }];
                loop {
                    if bytes.get(i) == Some(&b'.') && i + 1 < source.len() && starts(i + 1) {
                        let next = word(i + 1);
                        i = next.end;
                        steps.push(Step { name: source[next.clone()].to_string(), range: next });
                    } else if let Some(quote) =
                        source.get(i..i + 2).filter(|s| *s == "[\"" || *s == "['").map(|s| &s[1..])
                        && let Some(len) = source[i + 2..].find(quote)
                        && bytes.get(i + 2 + len + 1) == Some(&b']')
                    {
                        let range = i + 2..i + 2 + len;
                        i = range.end + 2;
                        steps.push(Step { name: source[range.clone()].to_string(), range });
                    } else {
                        break;
                    }
                }
                // A name that is called is a function or a method.
                if bytes.get(i) == Some(&b'(') {
                    steps.pop();
                }
                if !steps.is_empty() {
                    out.push(steps);
                }
            }
            _ => {
                skip = false;
                i += source[i..].chars().next().map_or(1, char::len_utf8);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> Vec<String> {
        paths(source)
            .into_iter()
            .map(|p| p.into_iter().map(|s| s.name).collect::<Vec<_>>().join("/"))
            .collect()
    }

    #[test]
    fn names_are_found_but_not_filters_tests_strings_or_arguments() {
        assert_eq!(shown("kpi[\"K8.a\"].actual.at | month"), ["kpi/K8.a/actual/at"]);
        assert_eq!(shown("a.b is defined and not c"), ["a/b", "c"]);
        assert_eq!(shown("list | map(attribute=\"x.y\") | join(sep)"), ["list", "sep"]);
        assert_eq!(shown("compare(a.b, \"c.d\")"), ["a/b"]);
        assert_eq!(shown("a[b.c].d.e | map"), ["a", "b/c"]);
        assert_eq!(shown("(a or b).c"), ["a", "b"]);
    }
}
