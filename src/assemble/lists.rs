//! Filters that ask a list of records: in order, in groups, added up. They know figures and dates.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, State};

use crate::assemble::context::list;
use crate::assemble::declared_values::DueValue;
use crate::assemble::filters::number;
use crate::assemble::value::{Moment, Quantity, Record, When};
use crate::document::{Figure, Trace};
use crate::plan::Style;

/// Adds `sort`, `group`, `sum`, `mean` and `times`.
pub fn add(environment: &mut Environment<'_>) {
    environment.add_filter("sort", sort);
    environment.add_filter("group", group);
    environment.add_filter("sum", sum);
    environment.add_filter("mean", mean);
    // Expressions cannot multiply with *, which would repeat texts too; numbers can be.
    environment.add_filter("times", |one: Value, other: Value| {
        Ok::<_, Error>(number(&one)? * number(&other)?)
    });
}

fn fault(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, message.into())
}

/// The field of an item that a dotted path names; the item itself without a path.
fn field(item: &Value, path: Option<&str>) -> Result<Value, Error> {
    let mut here = item.clone();
    for step in path.into_iter().flat_map(|path| path.split('.')) {
        let next = here.get_item(&Value::from(step))?;
        if next.is_undefined() {
            return Err(fault(format!("an item of the list has no `{step}`")));
        }
        here = next;
    }
    Ok(here)
}

/// What figures and dates are put in order by.
pub(super) fn rank(value: &Value) -> Option<f64> {
    if let Some(quantity) = value.downcast_object_ref::<Quantity>() {
        return Some(quantity.number);
    }
    let due = value.downcast_object_ref::<DueValue>().and_then(DueValue::moment);
    let moment = due.as_ref().or_else(|| value.downcast_object_ref::<Moment>())?;
    let day = match moment.when {
        When::Date(date) => date.first_day()?,
        When::Range(from, _) => from,
    };
    Some(f64::from(chrono::Datelike::num_days_from_ce(&day)))
}

/// The items in order. Figures go by their numbers and dates by their days, what has none last.
fn sort(state: &State<'_, '_>, items: Value, options: Kwargs) -> Result<Value, Error> {
    let attribute: Option<String> = options.peek("attribute")?;
    let values: Vec<Value> = items.try_iter()?.collect();
    let mut ranked = Vec::with_capacity(values.len());
    for item in &values {
        let field = field(item, attribute.as_deref()).unwrap_or_else(|_| Value::from(()));
        ranked.push((rank(&field), item.clone()));
    }
    if ranked.iter().all(|(rank, _)| rank.is_none()) {
        return minijinja::filters::sort(state, Value::from(values), options);
    }
    let _: Option<String> = options.get("attribute")?;
    let reverse = options.get::<Option<bool>>("reverse")?.unwrap_or(false);
    options.assert_all_used()?;
    ranked.sort_by(|(one, _), (other, _)| match (one, other) {
        (Some(one), Some(other)) if reverse => other.total_cmp(one),
        (Some(one), Some(other)) => one.total_cmp(other),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    });
    Ok(list(ranked.into_iter().map(|(_, item)| item)))
}

/// The items that have a field in common, group by group, in the order the groups first come.
fn group(items: &Value, by: &str) -> Result<Value, Error> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<(Value, Vec<Value>)> = Vec::new();
    for item in items.try_iter()? {
        let key = field(&item, Some(by))?;
        let words = if key.is_none() { String::new() } else { key.to_string() };
        let place = *places.entry(words).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, items)) => items.push(item),
            None => groups.push((key, vec![item])),
        }
    }
    Ok(list(groups.into_iter().map(|(key, items)| {
        let name = if key.is_none() { String::new() } else { key.to_string() };
        let fields = BTreeMap::from([
            ("name", Value::from(name.clone())),
            ("key", key),
            ("count", Value::from(items.len())),
            ("items", list(items)),
        ]);
        let (id, more) = (String::new(), BTreeMap::new());
        Value::from_object(Record { kind: "group", id, name, fields, more })
    })))
}

/// Figures of one unit, with what they come to.
struct Figures {
    style: Option<Style>,
    total: f64,
    count: usize,
    figure: Figure,
}

/// Adds the figures of a list up; none when it holds plain numbers only.
fn figures(called: &str, items: &Value, attribute: Option<&str>) -> Result<Option<Figures>, Error> {
    let mut found = Figures {
        style: None,
        total: 0.0,
        count: 0,
        figure: Figure { path: called.to_owned(), ..Figure::default() },
    };
    let mut any = false;
    for item in items.try_iter()? {
        let value = field(&item, attribute)?;
        found.total += number(&value)?;
        if let Some(quantity) = value.downcast_object_ref::<Quantity>() {
            let style = quantity.style.clone();
            if any && style != found.style {
                return Err(fault(format!("`{called}` takes figures of one unit")));
            }
            any = true;
            found.style = style;
            found.figure.unit = quantity.figure.unit.clone();
            let trace = &mut found.figure.trace;
            trace.cells.extend(&quantity.figure.trace.cells);
            trace.name.clone_from(&quantity.figure.trace.name);
        }
        found.count += 1;
    }
    Ok(any.then_some(found))
}

impl Figures {
    fn value(self, number: f64, decimals: Option<u8>) -> Value {
        let Figures { style, mut figure, count, .. } = self;
        let written = style.clone().map(|style| Style { decimals, ..style });
        figure.text = match &written {
            Some(style) => style.words(number),
            None => crate::plan::figure::number(number, decimals),
        };
        figure.path = format!("{} of {count} figures", figure.path);
        figure.trace = Trace { number: Some(number), ..figure.trace };
        Value::from_object(Quantity { number, figure, at: None, style: written, since: None })
    }
}

/// The sum of figures is a figure of their unit; that of plain numbers a number.
fn sum(
    state: &State<'_, '_>,
    items: Value,
    attribute: Option<&str>,
    options: Kwargs,
) -> Result<Value, Error> {
    let values: Vec<Value> = items.try_iter()?.collect();
    let items = Value::from(values);
    let path = match attribute {
        Some(attribute) => Some(attribute),
        None => options.peek::<Option<&str>>("attribute")?,
    };
    let is_figure = |item: Value| {
        field(&item, path).is_ok_and(|value| value.kind() != ValueKind::Number && !value.is_none())
    };
    if items.try_iter()?.any(is_figure)
        && let Some(found) = figures("sum", &items, path)?
    {
        let decimals = found.style.as_ref().and_then(|style| style.decimals);
        let total = found.total;
        return Ok(found.value(total, decimals));
    }
    minijinja::filters::sum(state, items, attribute, None, options)
}

/// The mean of figures, with as many decimals as they are written with; one where that is not said.
fn mean(items: &Value, attribute: Option<&str>) -> Result<Value, Error> {
    let values: Vec<Value> = items.try_iter()?.collect();
    let items = Value::from(values);
    let count = items.len().unwrap_or(0);
    if count == 0 {
        return Ok(Value::from(()));
    }
    if let Some(found) = figures("mean", &items, attribute)? {
        let decimals = found.style.as_ref().and_then(|style| style.decimals);
        let scale = 10f64.powi(i32::from(decimals.unwrap_or(1)));
        let mean = (found.total / found.count as f64 * scale).round() / scale;
        return Ok(found.value(mean, decimals));
    }
    let mut total = 0.0;
    for item in items.try_iter()? {
        total += number(&field(&item, attribute)?)?;
    }
    Ok(Value::from(total / count as f64))
}
