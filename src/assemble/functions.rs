//! The functions of expressions: what two figures are to each other, in words of GOV.UK style.

use std::fmt;

use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind};

use crate::assemble::filters::number;
use crate::assemble::value::{Quantity, Withheld, Worded};
use crate::document::{Figure, Trace};
use crate::plan::{Better, Style, Unit, figure};

/// Adds the functions: `change`, `difference`, `growth`, `compare`, `direction`, `between`, `share`.
pub fn add(environment: &mut Environment<'_>) {
    environment.add_function("change", |from: Value, to: Value| {
        let pair = Pair::of("change", &from, &to)?.in_order()?;
        Ok::<_, Error>(match pair.difference() {
            None => pair.worded("unchanged".to_owned()),
            Some(far) if pair.second > pair.first => pair.worded(format!("up {far}")),
            Some(far) => pair.worded(format!("down {far}")),
        })
    });
    environment.add_function("compare", |one: Value, other: Value| {
        let pair = Pair::of("compare", &one, &other)?;
        Ok::<_, Error>(match pair.difference() {
            None => pair.worded("the same as".to_owned()),
            Some(far) if pair.first > pair.second => pair.worded(format!("{far} above")),
            Some(far) => pair.worded(format!("{far} below")),
        })
    });
    environment.add_function("direction", |from: Value, to: Value| {
        let pair = Pair::of("direction", &from, &to)?.in_order()?;
        let better = pair.better(&to)?;
        let rose = pair.second > pair.first;
        let word = match (pair.difference(), better) {
            (None, _) => "unchanged",
            (Some(_), Better::Higher) if rose => "improved",
            (Some(_), Better::Lower) if !rose => "improved",
            _ => "worsened",
        };
        Ok(pair.worded(word.to_owned()))
    });
    environment.add_function("difference", |one: Value, other: Value| {
        let pair = Pair::of("difference", &one, &other)?;
        let far = pair.difference().unwrap_or_else(|| "no difference".to_owned());
        Ok::<_, Error>(pair.worded(far))
    });
    environment.add_function("growth", |from: Value, to: Value| {
        let pair = Pair::of("growth", &from, &to)?.in_order()?;
        let share = pair.share_of(pair.second - pair.first, pair.first)?;
        Ok::<_, Error>(pair.worded_as(share, Unit::Percent.word()))
    });
    environment.add_function("between", |low: Value, high: Value| {
        let pair = Pair::of("between", &low, &high)?;
        let text = pair.style().range(pair.first, pair.second);
        Ok::<_, Error>(pair.worded(text))
    });
    environment.add_function("share", |part: Value, whole: Value| {
        let pair = Pair::of("share", &part, &whole)?;
        let share = pair.share_of(pair.first, pair.second)?;
        Ok::<_, Error>(pair.worded_as(share, Unit::Percent.word()))
    });
}

fn higher(better: Better) -> bool {
    better == Better::Higher
}

/// Two figures that can be set against each other.
pub struct Pair {
    function: &'static str,
    first: f64,
    second: f64,
    values: [Value; 2],
    style: Option<Style>,
    decimals: u8,
}

impl Pair {
    /// The pair that `function` was given.
    ///
    /// # Errors
    /// One of the two is no number, or they are of different units.
    pub fn of(function: &'static str, one: &Value, other: &Value) -> Result<Pair, Error> {
        let (first, second) = (number(one)?, number(other)?);
        let styles = [one, other].map(|value| {
            value.downcast_object_ref::<Quantity>().and_then(|quantity| quantity.style.clone())
        });
        if let [Some(a), Some(b)] = &styles
            && a.unit != b.unit
        {
            let message =
                format!("`{function}` cannot set {} against {}", a.unit.word(), b.unit.word());
            return Err(Error::new(ErrorKind::InvalidOperation, message));
        }
        let places = |style: &Option<Style>, number: f64| {
            let written = style.as_ref().and_then(|style| style.decimals);
            written.unwrap_or_else(|| decimals_of(number))
        };
        let [a, b] = &styles;
        let decimals = places(a, first).max(places(b, second));
        let [a, b] = styles;
        let values = [one.clone(), other.clone()];
        Ok(Pair { function, first, second, values, style: b.or(a), decimals })
    }

    /// Fails when the first figure is of a later time than the second: the words would turn round.
    pub fn in_order(self) -> Result<Pair, Error> {
        let since = |value: &Value| value.downcast_object_ref::<Quantity>()?.since;
        let [one, other] = &self.values;
        match (since(one), since(other)) {
            (Some(first), Some(second)) if first > second => {
                let message = format!(
                    "`{}` goes from the earlier figure to the later: swap the two",
                    self.function
                );
                Err(Error::new(ErrorKind::InvalidOperation, message))
            }
            _ => Ok(self),
        }
    }

    /// Which way is better; `value` is the one of the two to name when nobody says.
    ///
    /// # Errors
    /// The measure does not say.
    pub fn better(&self, value: &Value) -> Result<Better, Error> {
        self.style.as_ref().and_then(|style| style.better).ok_or_else(|| {
            let message = format!("`{}` does not say which way is better", self.path(value));
            Error::new(ErrorKind::InvalidOperation, message)
        })
    }

    /// The two numbers, in the order given.
    pub fn numbers(&self) -> (f64, f64) {
        (self.first, self.second)
    }

    /// The unit, where there is a measure.
    pub fn unit(&self) -> Option<Unit> {
        self.style.as_ref().map(|style| style.unit)
    }

    /// Whether the two are the same as far as they are printed.
    pub fn is_unchanged(&self) -> bool {
        self.difference().is_none()
    }

    fn difference(&self) -> Option<String> {
        self.style().difference(self.second - self.first, self.decimals)
    }

    /// How the figures are written: bare, where neither has a measure.
    fn style(&self) -> Style {
        let bare = Style { unit: Unit::Count, of: None, decimals: None, better: None };
        self.style.clone().unwrap_or(bare)
    }

    /// `part` in per cent of `whole`, without its sign and to a whole per cent.
    fn share_of(&self, part: f64, whole: f64) -> Result<String, Error> {
        let share = part / whole * 100.0;
        if !share.is_finite() {
            let message = format!("`{}` cannot take a share of {whole}", self.function);
            return Err(Error::new(ErrorKind::InvalidOperation, message));
        }
        Ok(format!("{}%", figure::number(share.abs(), Some(0))))
    }

    fn quantities(&self) -> impl Iterator<Item = &Quantity> {
        self.values.iter().filter_map(|value| value.downcast_object_ref::<Quantity>())
    }

    /// What the two are, for the register.
    fn named(&self) -> Option<String> {
        let names: Vec<String> =
            self.quantities().filter_map(|q| q.figure.trace.name.clone()).collect();
        let said = match self.function {
            "change" | "growth" | "direction" => "change",
            "between" => "range",
            "share" => "share",
            _ => "difference",
        };
        match names.as_slice() {
            [] => None,
            [one, other] if one != other => {
                // Two values of one table need its title once.
                let title = one.split_once(": ").map(|(title, _)| format!("{title}: "));
                let rest = title.and_then(|title| other.strip_prefix(&title)).unwrap_or(other);
                Some(format!("{one}, and {rest}: {said}"))
            }
            [one, ..] => Some(format!("{one}: {said}")),
        }
    }

    /// What both are the value of, where they differ in their time only.
    fn series(&self) -> Option<String> {
        let mut series = self.quantities().map(|quantity| quantity.figure.trace.series.clone());
        let first = series.next()??;
        series.all(|other| other.as_ref() == Some(&first)).then_some(first)
    }

    /// The later value that the data hold, where neither of the two is the latest.
    fn later(&self) -> Option<String> {
        let later = self.quantities().map(|quantity| quantity.figure.trace.later.clone());
        later.collect::<Option<Vec<String>>>()?.pop()
    }

    /// How an argument was asked for: a figure's path, or the number itself.
    fn path(&self, value: &Value) -> String {
        match value.downcast_object_ref::<Quantity>() {
            Some(quantity) => quantity.figure.path.clone(),
            None => value.to_string(),
        }
    }

    /// Words about the pair, with where its figures came from.
    pub fn worded(&self, text: String) -> Value {
        let unit = self.style.as_ref().map_or("", |style| match (style.unit, self.function) {
            (Unit::Percent, "between") => Unit::Percent.word(),
            (Unit::Percent, _) => "percentage points",
            (unit, _) => unit.word(),
        });
        self.worded_as(text, unit)
    }

    /// Words in a unit that need not be the figures' own.
    fn worded_as(&self, text: String, unit: &str) -> Value {
        let mut sources: Vec<String> =
            self.quantities().filter_map(|quantity| quantity.figure.source.clone()).collect();
        sources.dedup();
        let mut times: Vec<String> =
            self.quantities().filter_map(|quantity| quantity.figure.at.clone()).collect();
        times.dedup();
        let [one, other] = &self.values;
        let changes = matches!(self.function, "change" | "growth");
        Value::from_object(Worded(Figure {
            text,
            path: format!("{}({}, {})", self.function, self.path(one), self.path(other)),
            unit: (!unit.is_empty()).then(|| unit.to_owned()),
            at: (!times.is_empty()).then(|| times.join(" and ")),
            source: (!sources.is_empty()).then(|| sources.join("; ")),
            trace: Trace {
                cells: self.quantities().flat_map(|q| q.figure.trace.cells.clone()).collect(),
                change: changes.then_some(self.second - self.first),
                more_is_better: self.style.as_ref().and_then(|style| style.better).map(higher),
                name: self.named(),
                series: self.series(),
                later: self.later(),
                ..Trace::default()
            },
        }))
    }
}

/// How many decimals a number is written with.
fn decimals_of(value: f64) -> u8 {
    let written = figure::number(value, None);
    let decimals = written.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    u8::try_from(decimals.min(6)).unwrap_or(6)
}

/// A number was asked for that was not published.
#[derive(Debug)]
struct Suppressed(Figure);

impl fmt::Display for Suppressed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)
    }
}

impl std::error::Error for Suppressed {}

/// The error for a number that was not published.
pub fn suppressed(withheld: &Withheld) -> Error {
    let message = format!("`{}` has no number", withheld.figure.path);
    let source = Suppressed(withheld.figure.clone());
    Error::new(ErrorKind::InvalidOperation, message).with_source(source)
}

/// The value whose missing number an error is about.
pub fn suppressed_by(error: &Error) -> Option<&Figure> {
    let source = std::error::Error::source(error)?;
    source.downcast_ref::<Suppressed>().map(|suppressed| &suppressed.0)
}
