//! Evaluates expressions to values, and turns every way that can go wrong into a finding that helps.

use chrono::NaiveDate;
use minijinja::value::{Value, ValueKind};
use minijinja::{Environment, ErrorKind, UndefinedBehavior};

use crate::assemble::declared_values::{ById, DeclaredValue};
use crate::assemble::value::{Namespace, Record};
use crate::assemble::{easy, filters, functions, moving, predicates};
use crate::diag::{Finding, nearest, rules};
use crate::document::Figure;
use crate::narrative::tree::Expression;
use crate::plan::bounds::{outside_quotes, refused};
use crate::source::{Span, boundary_after, boundary_before};

/// Steps an expression may take. A loop in one costs a step an item; no honest one comes near.
const FUEL: u64 = 1_000_000;
/// Most characters and items of a value.
pub const LARGEST_VALUE: usize = 100_000;

/// The environment that every expression is compiled in: the filters and tests of Annexe's own
/// tables, and none of MiniJinja's that make much of little (`range`, `replace`, `indent`). Some say
/// "last year": that is a year before `as_at`.
pub fn environment(as_at: NaiveDate) -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    filters::add(&mut environment);
    easy::add(&mut environment, as_at);
    predicates::add(&mut environment);
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
    let fail = |error: &minijinja::Error| Box::new(fault(expression, scope, error));
    if let Some((range, message)) = refused(&expression.source) {
        let finding = Finding::new(&rules::EXPRESSION_SYNTAX, message).at(part(expression, range));
        return Err(Box::new(finding.help("work the figure out in the data, or in several steps")));
    }
    let source = moving::cover(&expression.source);
    let compiled = environment.compile_expression(&source).map_err(|e| fail(&e))?;
    let value = compiled.eval(scope.clone()).map_err(|e| fail(&e))?;
    if value.is_undefined() {
        return Err(Box::new(unknown(expression, scope)));
    }
    if size(&value, LARGEST_VALUE) > LARGEST_VALUE {
        let message = format!("this value has more than {LARGEST_VALUE} characters or items");
        return Err(Box::new(Finding::new(&rules::EXPRESSION_FAILED, message).at(expression.span)));
    }
    Ok(value)
}

/// The characters and items of a value; counting ends soon after `most`.
fn size(value: &Value, most: usize) -> usize {
    if let Some(text) = value.as_str() {
        return text.len();
    }
    // Records and figures are the project's own, and as large as its files.
    let is_data = value.downcast_object_ref::<Record>().is_some()
        || value.downcast_object_ref::<Namespace>().is_some()
        || value.downcast_object_ref::<DeclaredValue>().is_some()
        || value.downcast_object_ref::<ById>().is_some();
    let inner: Vec<Value> = match value.kind() {
        ValueKind::Seq => value.try_iter().map(Iterator::collect).unwrap_or_default(),
        ValueKind::Map if !is_data => value
            .as_object()
            .and_then(|map| map.try_iter_pairs())
            .map(|pairs| pairs.map(|(_, inner)| inner).collect())
            .unwrap_or_default(),
        _ => Vec::new(),
    };
    let mut total = 1;
    for item in inner {
        if total > most {
            break;
        }
        total += size(&item, most - total);
    }
    total
}

/// A part of an expression, by its bytes.
fn part(expression: &Expression, range: std::ops::Range<usize>) -> Span {
    let Span { file, start, end } = expression.span;
    // Words of front matter may be written otherwise than they read; then there are no parts.
    if (end - start) as usize != expression.source.len() {
        return expression.span;
    }
    // MiniJinja counts some letters as one byte.
    let source = expression.source.as_str();
    let (from, to) = (boundary_before(source, range.start), boundary_after(source, range.end));
    Span::new(file, start as usize + from..start as usize + to)
}

fn fault(expression: &Expression, scope: &Value, error: &minijinja::Error) -> Finding {
    let detail = error.detail().unwrap_or_default().to_string();
    match error.kind() {
        ErrorKind::SyntaxError => {
            let range =
                error.range().filter(|r| r.end <= expression.source.len() && r.start < r.end);
            let span = range.map_or(expression.span, |range| part(expression, range));
            let detail =
                if detail.contains("recursion") { "it nests too deep".to_string() } else { detail };
            Finding::new(
                &rules::EXPRESSION_SYNTAX,
                format!("this expression cannot be read: {detail}"),
            )
            .at(span)
        }
        ErrorKind::UnknownFilter
        | ErrorKind::UnknownFunction
        | ErrorKind::UnknownTest
        | ErrorKind::UnknownMethod => unknown_call(expression, scope, error.kind(), &detail),
        ErrorKind::UndefinedError => unknown(expression, scope),
        ErrorKind::OutOfFuel => {
            Finding::new(&rules::EXPRESSION_FAILED, "this expression takes too many steps")
                .at(expression.span)
        }
        _ if let Some(message) = moving::no_period_in(error) => {
            let finding = Finding::new(&rules::DATASET_NO_PERIOD, message).at(expression.span);
            finding.help("name the key, or give the column kind = \"period\"")
        }
        _ if let Some(figure) = functions::suppressed_by(error) => {
            suppressed(figure, expression.span)
        }
        _ => unknown_name(expression, scope).unwrap_or_else(|| {
            let why = if detail.is_empty() { error.kind().to_string() } else { detail };
            let message = format!("this expression has no value: {why}");
            Finding::new(&rules::EXPRESSION_FAILED, message).at(expression.span)
        }),
    }
}

/// A value that was not published is quoted as if it had been.
pub fn suppressed(figure: &Figure, span: Span) -> Finding {
    let message = format!("`{}` has no number: {}", figure.path, figure.text);
    let help = "say so: {{ … | stated }}, or in your own words: {{ … or \"not published\" }}";
    Finding::new(&rules::FIGURE_SUPPRESSED, message).at(span).help(help)
}

/// A filter, test, function or method that there is not.
fn unknown_call(expression: &Expression, scope: &Value, kind: ErrorKind, detail: &str) -> Finding {
    let source = expression.source.as_str();
    let (what, name) = match kind {
        ErrorKind::UnknownFilter => ("filter", detail.split(' ').nth(1)),
        ErrorKind::UnknownTest => ("test", detail.split(' ').nth(1)),
        ErrorKind::UnknownFunction => ("function", detail.split(' ').next()),
        _ => ("method", detail.split(' ').next_back()),
    };
    let mapped = mapped_unknown(source).filter(|_| name.is_none() && what == "filter");
    let name = mapped.clone().and_then(|range| source.get(range)).or(name).unwrap_or_default();
    let stands = |range: &std::ops::Range<usize>| {
        let before = source.get(..range.start).unwrap_or("").trim_end();
        let after = source.get(range.end..).unwrap_or("").trim_start();
        match what {
            "filter" => before.ends_with('|'),
            "test" => before.ends_with("is") || before.ends_with("not"),
            "function" => after.starts_with('(') && !before.ends_with(['.', '|']),
            _ => after.starts_with('(') && before.ends_with('.'),
        }
    };
    let place = mapped.or_else(|| {
        words(source)
            .into_iter()
            .find(|range| source.get(range.clone()) == Some(name) && stands(range))
    });
    // An unknown name before the dot is the nearer reason.
    if what == "method"
        && let Some(finding) = unknown_name(expression, scope)
    {
        return finding;
    }
    // MiniJinja does not say which when a filter takes the name of another: map("split").
    let message = if name.is_empty() {
        format!("this expression names a {what} that does not exist")
    } else {
        format!("there is no {what} `{name}`")
    };
    let finding = Finding::new(&rules::EXPRESSION_UNKNOWN_FUNCTION, message)
        .at(place.map_or(expression.span, |range| part(expression, range)));
    let filter = nearest(name, filters::NAMES.iter().map(|f| f.name));
    match (what, filter, nearest(name, predicates::NAMES.iter().copied())) {
        ("filter", Some(near), _) | ("test", _, Some(near)) => {
            finding.help(format!("did you mean `{near}`?"))
        }
        ("function" | "method", Some(near), _) => {
            finding.help(format!("write a filter after its value: x | {near}"))
        }
        ("test", ..) => finding.help(format!("there are: {}", predicates::NAMES.join(", "))),
        _ => finding.help("`annexe help expressions` lists the filters"),
    }
}

/// Where `map("name")` names a filter that there is not.
fn mapped_unknown(source: &str) -> Option<std::ops::Range<usize>> {
    source.match_indices("map(").find_map(|(at, opening)| {
        let start = at + opening.len() + 1;
        let quote = source.get(start - 1..start).filter(|quote| ["\"", "'"].contains(quote))?;
        let end = start + source.get(start..)?.find(quote)?;
        let name = source.get(start..end)?;
        (!filters::NAMES.iter().any(|filter| filter.name == name)).then_some(start..end)
    })
}

/// The words of an expression outside quotes.
fn words(source: &str) -> Vec<std::ops::Range<usize>> {
    let mut out: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, c) in outside_quotes(source).filter(|(_, c)| c.is_alphanumeric() || *c == '_') {
        match out.last_mut() {
            Some(last) if last.end == at => last.end = at + c.len_utf8(),
            _ => out.push(at..at + c.len_utf8()),
        }
    }
    out
}

fn unknown(expression: &Expression, scope: &Value) -> Finding {
    unknown_name(expression, scope).unwrap_or_else(|| {
        Finding::new(&rules::REFERENCE_UNKNOWN, format!("`{}` names nothing", expression.source))
            .at(expression.span)
    })
}

/// Follows every dotted name in the expression, and reports the first step that leads nowhere.
fn unknown_name(expression: &Expression, scope: &Value) -> Option<Finding> {
    let source = moving::cover(&expression.source);
    for path in paths(&source) {
        let mut here = scope.clone();
        let mut walked = String::new();
        for step in path {
            let next =
                here.get_item(&Value::from(step.name.clone())).ok().filter(|v| !v.is_undefined());
            if let Some(next) = next {
                here = next;
                let name = moving::shown(&step.name);
                walked = if walked.is_empty() { name } else { format!("{walked}.{name}") };
                continue;
            }
            let span = part(expression, step.range);
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
                format!("`{walked}` has no `{}`", moving::shown(&step.name))
            } else {
                format!("`{walked}` is a {}, and has nothing inside", here.kind())
            };
            let mut finding = Finding::new(&rules::REFERENCE_UNKNOWN, message).at(span);
            if let Some(near) = nearest(&step.name, known.iter().map(String::as_str)) {
                finding = finding.help(format!("did you mean `{near}`?"));
            } else if !known.is_empty() && known.len() <= 40 {
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
    fn every_filter_of_the_table_is_known() {
        let environment = environment(NaiveDate::MIN);
        for filter in filters::NAMES {
            // The table holds functions as well; its example says which.
            let called = filter.example.contains(&format!("{}(", filter.name));
            let called = called && !filter.example.contains(&format!("| {}(", filter.name));
            let source = if called {
                format!("{}(1, 2)", filter.name)
            } else {
                format!("1 | {}", filter.name)
            };
            let fault = environment.compile_expression_owned(source).unwrap().eval(()).err();
            let unknown = |f: &minijinja::Error| {
                matches!(f.kind(), ErrorKind::UnknownFilter | ErrorKind::UnknownFunction)
            };
            assert!(!fault.is_some_and(|f| unknown(&f)), "{}", filter.name);
        }
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
