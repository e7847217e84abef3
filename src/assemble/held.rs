//! Conditions that words are held by: `[More come on time]{holds="a > b"}`.
//!
//! A condition is comparisons joined by `and`, `or` and `not`. Each comparison of two figures is made here, as
//! figures are printed: two that print alike are not more, nor less. What is left is MiniJinja's.

use minijinja::value::Value;

use crate::assemble::Assembler;
use crate::assemble::expression::suppressed;
use crate::assemble::functions::Pair;
use crate::assemble::value::{Quantity, Withheld, Worded};
use crate::diag::{Finding, rules};
use crate::document::Holding;
use crate::narrative::tree::Expression;
use crate::plan::bounds::outside_quotes;
use crate::source::Span;

/// Conditions may nest so deep.
const DEEPEST: usize = 16;

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compares {
    More,
    Less,
    NoLess,
    NoMore,
    Same,
    Differs,
}

/// Longer signs first.
const SIGNS: [(&str, Compares); 6] = [
    (">=", Compares::NoLess),
    ("<=", Compares::NoMore),
    ("==", Compares::Same),
    ("!=", Compares::Differs),
    (">", Compares::More),
    ("<", Compares::Less),
];

impl Compares {
    /// Whether it holds of numbers that print alike, or else of the first and the second.
    fn holds(self, alike: bool, first: f64, second: f64) -> bool {
        match self {
            Compares::More => !alike && first > second,
            Compares::Less => !alike && first < second,
            Compares::NoLess => alike || first > second,
            Compares::NoMore => alike || first < second,
            Compares::Same => alike,
            Compares::Differs => !alike,
        }
    }

    /// What is said when it holds: "55% is more than 46%".
    fn borne_out(self) -> &'static str {
        match self {
            Compares::More => "is more than",
            Compares::Less => "is less than",
            Compares::NoLess => "is not less than",
            Compares::NoMore => "is not more than",
            Compares::Same => "is the same as",
            Compares::Differs => "is not the same as",
        }
    }

    /// What is said when it does not hold: "46% is not more than 55%".
    fn denied(self) -> &'static str {
        match self {
            Compares::More => "is not more than",
            Compares::Less => "is not less than",
            Compares::NoLess => "is less than",
            Compares::NoMore => "is more than",
            Compares::Same => "is not the same as",
            Compares::Differs => "is the same as",
        }
    }
}

/// What came of a condition.
enum Verdict {
    /// It does, and why.
    Holds(String),
    /// It does not, and why.
    Broken(String),
    /// It cannot be told; a finding says why.
    Unknown,
}

impl Assembler<'_> {
    /// Holds `said`, words of the author's, against the condition that they stand under. Gives what
    /// bears them out; when nothing does, there is a finding.
    pub(super) fn hold(&mut self, condition: &Expression, said: &str) -> Option<Holding> {
        let verdict = self.verdict(condition, 0);
        if let Verdict::Holds(because) = verdict {
            return Some(Holding { condition: condition.source.clone(), because });
        }
        if let Verdict::Broken(why) = verdict {
            let said: String = match said.chars().count() {
                0..=90 => said.trim().to_owned(),
                _ => said.trim().chars().take(88).chain("\u{2026}".chars()).collect(),
            };
            let message = format!("\"{said}\" does not hold: {why}");
            let finding = Finding::new(&rules::CLAIM_BROKEN, message).at(condition.span);
            self.findings.push(
                finding.help("say what the data say now, and change the condition with the words"),
            );
        }
        None
    }

    fn verdict(&mut self, condition: &Expression, depth: usize) -> Verdict {
        let condition = bare(condition.clone());
        if depth < DEEPEST {
            if let Some((one, other)) = divided(&condition, " or ") {
                return match (self.verdict(&one, depth + 1), self.verdict(&other, depth + 1)) {
                    (Verdict::Holds(why), _) | (_, Verdict::Holds(why)) => Verdict::Holds(why),
                    (Verdict::Unknown, _) | (_, Verdict::Unknown) => Verdict::Unknown,
                    (Verdict::Broken(why), Verdict::Broken(too)) => {
                        Verdict::Broken(format!("{why}, and {too}"))
                    }
                };
            }
            if let Some((one, other)) = divided(&condition, " and ") {
                return match (self.verdict(&one, depth + 1), self.verdict(&other, depth + 1)) {
                    (Verdict::Broken(why), Verdict::Broken(too)) => {
                        Verdict::Broken(format!("{why}, and {too}"))
                    }
                    (Verdict::Broken(why), _) | (_, Verdict::Broken(why)) => Verdict::Broken(why),
                    (Verdict::Unknown, _) | (_, Verdict::Unknown) => Verdict::Unknown,
                    (Verdict::Holds(why), Verdict::Holds(too)) => {
                        Verdict::Holds(format!("{why}, and {too}"))
                    }
                };
            }
            if condition.source.starts_with("not ") {
                let inner = part(&condition, 4..condition.source.len());
                return match self.verdict(&inner, depth + 1) {
                    Verdict::Holds(_) => Verdict::Broken(format!("`{}` is true", inner.source)),
                    Verdict::Broken(why) => Verdict::Holds(why),
                    Verdict::Unknown => Verdict::Unknown,
                };
            }
        }
        for (test, is_highest) in [(" is highest", true), (" is lowest", false)] {
            if let Some(end) = condition.source.strip_suffix(test).map(str::len) {
                return self.extreme(&condition, &part(&condition, 0..end), is_highest);
            }
        }
        for (sign, compares) in SIGNS {
            if let Some((one, other)) = divided(&condition, sign) {
                return self.compared(&condition, compares, &one, &other);
            }
        }
        match self.evaluate(&condition) {
            None => Verdict::Unknown,
            Some(value) => match value.downcast_object_ref::<Withheld>() {
                Some(withheld) => self.withheld(withheld, condition.span),
                None if value.is_true() => {
                    Verdict::Holds(format!("`{}` is true", condition.source))
                }
                None => Verdict::Broken(format!("`{}` is not true", condition.source)),
            },
        }
    }

    fn compared(
        &mut self,
        condition: &Expression,
        compares: Compares,
        one: &Expression,
        other: &Expression,
    ) -> Verdict {
        // Both, so that all that is wrong with a condition is told at once.
        let (first, second) = (self.evaluate(one), self.evaluate(other));
        let (Some(first), Some(second)) = (first, second) else { return Verdict::Unknown };
        for (value, side) in [(&first, one), (&second, other)] {
            if let Some(withheld) = value.downcast_object_ref::<Withheld>() {
                return self.withheld(withheld, side.span);
            }
        }
        let says_yes = || {
            Verdict::Holds(format!("{} {} {}", told(&first), compares.borne_out(), told(&second)))
        };
        let says_no =
            |why: &str| Verdict::Broken(format!("{} {why} {}", told(&first), told(&second)));
        if !(is_figure(&first) && is_figure(&second)) {
            return match compares {
                Compares::Same | Compares::Differs => {
                    let alike = first.to_string() == second.to_string();
                    match compares.holds(alike, 0.0, 0.0) {
                        true => says_yes(),
                        false => says_no(compares.denied()),
                    }
                }
                _ => match self.evaluate(condition) {
                    None => Verdict::Unknown,
                    Some(value) if value.is_true() => says_yes(),
                    Some(_) => says_no(compares.denied()),
                },
            };
        }
        match Pair::of("holds", &first, &second) {
            Ok(pair) => {
                let (a, b) = pair.numbers();
                match compares.holds(pair.is_unchanged(), a, b) {
                    true => says_yes(),
                    false => says_no(compares.denied()),
                }
            }
            Err(error) => {
                let message = error.detail().unwrap_or("these two cannot be compared").to_owned();
                let finding = Finding::new(&rules::EXPRESSION_FAILED, message).at(condition.span);
                self.findings.push(finding.help("compare figures of the same unit"));
                Verdict::Unknown
            }
        }
    }

    /// "At its highest": none of the same series, at another time, is above it.
    fn extreme(
        &mut self,
        condition: &Expression,
        figure: &Expression,
        is_highest: bool,
    ) -> Verdict {
        let Some(holds) = self.evaluate(condition) else { return Verdict::Unknown };
        let Some(value) = self.evaluate(figure) else { return Verdict::Unknown };
        let word = if is_highest { "highest" } else { "lowest" };
        if holds.is_true() {
            return Verdict::Holds(format!("{} is the {word} in the data", told(&value)));
        }
        let quantity = value.downcast_object_ref::<Quantity>();
        let bound = quantity.and_then(|quantity| {
            let over_time = quantity.figure.trace.over_time?;
            let bound = if is_highest { over_time.highest } else { over_time.lowest };
            Some(quantity.style.as_ref().map_or_else(|| bound.to_string(), |s| s.words(bound)))
        });
        let bound = bound.unwrap_or_default();
        Verdict::Broken(format!("{} is not the {word}: the data hold {bound}", told(&value)))
    }

    fn withheld(&mut self, withheld: &Withheld, span: Span) -> Verdict {
        let finding = suppressed(&withheld.figure, span);
        self.findings.push(finding.note("so nobody can tell whether the words hold"));
        Verdict::Unknown
    }
}

fn is_figure(value: &Value) -> bool {
    value.downcast_object_ref::<Quantity>().is_some() || value.is_number()
}

/// A value with its time: "55% (2022 to 2023)".
fn told(value: &Value) -> String {
    let figure = match value.downcast_object_ref::<Quantity>() {
        Some(quantity) => Some(&quantity.figure),
        None => value.downcast_object_ref::<Worded>().map(|worded| &worded.0),
    };
    match figure {
        Some(figure) => match &figure.at {
            Some(at) => format!("{} ({at})", figure.text),
            None => figure.text.clone(),
        },
        None => value.to_string(),
    }
}

/// A condition without the brackets around all of it.
fn bare(condition: Expression) -> Expression {
    let mut condition = trimmed(condition);
    while condition.source.starts_with('(') {
        let mut depth = 0_usize;
        let closes = outside_quotes(&condition.source).find_map(|(at, c)| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            (depth == 0).then_some(at)
        });
        if closes != Some(condition.source.len() - 1) {
            break;
        }
        condition = trimmed(part(&condition, 1..condition.source.len() - 1));
    }
    condition
}

fn trimmed(expression: Expression) -> Expression {
    let source = &expression.source;
    let lead = source.len() - source.trim_start().len();
    part(&expression, lead..lead + source.trim().len())
}

fn part(expression: &Expression, range: std::ops::Range<usize>) -> Expression {
    let source = expression.source.get(range.clone()).unwrap_or("").to_owned();
    let Span { file, start, end } = expression.span;
    let start = start as usize;
    // Words of front matter may be written otherwise than they read.
    let span = match end as usize - start == expression.source.len() {
        true => Span::new(file, start + range.start..start + range.end),
        false => expression.span,
    };
    Expression { source, span }
}

/// What stands before and after the first `sign` outside quotes and brackets.
fn divided(condition: &Expression, sign: &str) -> Option<(Expression, Expression)> {
    let source = &condition.source;
    let mut depth = 0_usize;
    let at = outside_quotes(source).find_map(|(at, c)| {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth == 0 && source.get(at..).is_some_and(|rest| rest.starts_with(sign))).then_some(at)
    })?;
    let (one, other) = (part(condition, 0..at), part(condition, at + sign.len()..source.len()));
    Some((trimmed(one), trimmed(other)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn expression(source: &str) -> Expression {
        let file = Sources::default().add("a.md", source);
        Expression { source: source.to_owned(), span: Span::new(file, 0..source.len()) }
    }

    #[test]
    fn a_condition_is_divided_outside_quotes_and_brackets() {
        let whole = expression("(a[\"x > y\"] > b)");
        let (one, other) = divided(&bare(whole), ">").unwrap();
        assert_eq!((one.source.as_str(), other.source.as_str()), ("a[\"x > y\"]", "b"));
        assert_eq!((other.span.start, other.span.end), (14, 15));
        assert!(divided(&expression("(a and b)"), " and ").is_none());
        assert_eq!(bare(expression("(a) and (b)")).source, "(a) and (b)");
    }
}
