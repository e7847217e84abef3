//! The functions and filters of expressions. `annexe help expressions` prints the table.

use minijinja::value::{Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, filters};

use crate::assemble::expression::LARGEST_VALUE;
use crate::assemble::value::{Bullets, Moment, Quantity, When, Withheld, Worded};
use crate::assemble::{functions, lists};
use crate::plan::PlanDate;
use crate::plan::date::month_name;
use crate::plan::figure::number as number_style;

/// A filter or function, for help and for "did you mean".
#[derive(Debug)]
pub struct FilterSpec {
    /// Its name.
    pub name: &'static str,
    /// An example of its use, in the project that `annexe init` makes.
    pub example: &'static str,
    /// What it gives, in one line.
    pub gives: &'static str,
}

/// Every filter there is: Annexe's own first, then those of MiniJinja that make sense in a document.
/// The examples are of the starter project, which a test evaluates them in. What has no value is a
/// case for `or`, not for a filter.
pub static NAMES: &[FilterSpec] = &[
    FilterSpec { name: "date", example: "{{ inspection.published | date }}", gives: "21 May 2025" },
    FilterSpec {
        name: "short_date",
        example: "{{ risk.R1.raised | short_date }}",
        gives: "4 Jun 2025, for tables",
    },
    FilterSpec { name: "month", example: "{{ kpi.K1.actual.at | month }}", gives: "November 2025" },
    FilterSpec { name: "year", example: "{{ inspection.published | year }}", gives: "2025" },
    FilterSpec {
        name: "date_range",
        example: "{{ inspection.dates | date_range }}",
        gives: "10 to 14 March 2025",
    },
    FilterSpec {
        name: "change",
        example: "{{ change(kpi.K1.baseline, kpi.K1.actual) }}",
        gives: "up 17 percentage points: from the earlier figure to the later",
    },
    FilterSpec {
        name: "difference",
        example: "{{ difference(kpi.K1.baseline, kpi.K1.actual) }}",
        gives: "17 percentage points: how far apart two figures are",
    },
    FilterSpec {
        name: "growth",
        example: "{{ growth(kpi.K4.target, 160) }}",
        gives: "100%: the change as a share of the earlier figure",
    },
    FilterSpec {
        name: "share",
        example: "{{ share(kpi.K4.actual, 160) }}",
        gives: "70%: the first as a share of the second",
    },
    FilterSpec {
        name: "between",
        example: "{{ between(kpi.K1.baseline, kpi.K1.actual) }}",
        gives: "41% to 58%: a range, with one unit",
    },
    FilterSpec {
        name: "compare",
        example: "{{ compare(kpi.K1.actual, kpi.K1.target) }}",
        gives: "7 percentage points below: the first against the second",
    },
    FilterSpec {
        name: "direction",
        example: "{{ direction(kpi.K1.baseline, kpi.K1.actual) }}",
        gives: "improved, worsened or unchanged, by which way is better",
    },
    FilterSpec {
        name: "value",
        example: "{{ kpi.K1.actual | value }}",
        gives: "58: the figure without its unit",
    },
    FilterSpec {
        name: "stated",
        example: "{{ kpi.K1.actual | stated }}",
        gives: "58%, or in words why a dataset has no number",
    },
    FilterSpec { name: "number", example: "{{ 16935 | number }}", gives: "16,935" },
    FilterSpec {
        name: "words_below_10",
        example: "{{ plan.objectives | length | words_below_10 }}",
        gives: "one for 1, numerals from 2 up",
    },
    FilterSpec {
        name: "out_of",
        example: "{{ kpi.K1.actual | out_of(10) }}",
        gives: "about 6 out of 10; `beside=` the figure it is compared with keeps their difference",
    },
    FilterSpec {
        name: "easy_number",
        example: "{{ 16935 | easy_number }}",
        gives: "about 17,000; a percentage as a share of 10",
    },
    FilterSpec {
        name: "easy_date",
        example: "{{ inspection.dates | easy_date }}",
        gives: "from 10 March to 14 March 2025",
    },
    FilterSpec {
        name: "easy_change",
        example: "{{ kpi.K1 | easy_change }}",
        gives: "better than in May 2025: a KPI against its baseline, or a figure against an earlier one in brackets",
    },
    FilterSpec { name: "and_list", example: "{{ area.partners | and_list }}", gives: "a, b and c" },
    FilterSpec {
        name: "bullets",
        example: "{{ objective.O1.weaknesses | bullets }}",
        gives: "a bulleted list, in a cell or paragraph of its own",
    },
    FilterSpec {
        name: "upper_first",
        example: "{{ role.director.name | upper_first }}",
        gives: "the first letter as a capital",
    },
    FilterSpec {
        name: "lower_first",
        example: "{{ objective.O1.name | lower_first }}",
        gives: "the first letter small",
    },
    FilterSpec {
        name: "map",
        example: "{{ plan.risks | map(attribute=\"title\") | and_list }}",
        gives: "one field of each item",
    },
    FilterSpec {
        name: "join",
        example: "{{ area.partners | join(\"; \") }}",
        gives: "the items in one line",
    },
    FilterSpec {
        name: "list",
        example: "{{ plan.kpis | selectattr(\"actual\") | list | length }}",
        gives: "the items that a filter let through, to count them",
    },
    FilterSpec {
        name: "split",
        example: "{{ document.title | split(\" \") | first }}",
        gives: "the parts between a mark",
    },
    FilterSpec { name: "length", example: "{{ plan.risks | length }}", gives: "how many items" },
    FilterSpec {
        name: "select",
        example: "{{ plan.risks | map(attribute=\"progress\") | select | bullets }}",
        gives: "the items that are not empty",
    },
    FilterSpec {
        name: "selectattr",
        example: "{{ plan.risks | selectattr(\"severity.word\", \"eq\", \"High\") | bullets }}",
        gives: "the items whose field passes a test",
    },
    FilterSpec {
        name: "rejectattr",
        example: "{{ plan.actions | rejectattr(\"done\") | bullets }}",
        gives: "the items whose field does not",
    },
    FilterSpec {
        name: "sort",
        example: "{{ plan.risks | sort(attribute=\"title\") | bullets }}",
        gives: "the items in order",
    },
    FilterSpec { name: "first", example: "{{ area.partners | first }}", gives: "the first item" },
    FilterSpec { name: "last", example: "{{ area.partners | last }}", gives: "the last item" },
    FilterSpec {
        name: "sum",
        example: "{{ objective.O1.actions | map(attribute=\"milestones\") | sum }}",
        gives: "numbers added up; of figures, a figure of their unit",
    },
    FilterSpec {
        name: "mean",
        example: "{{ objective.O1.actions | map(attribute=\"milestones\") | mean }}",
        gives: "the mean of numbers, or of figures of one unit",
    },
    FilterSpec {
        name: "group",
        example: "{{ plan.actions | group(\"objective\") | map(attribute=\"count\") | join(\", \") }}",
        gives: "groups with a field in common: name, key, items, count",
    },
    FilterSpec {
        name: "times",
        example: "{{ kpi.K2.actual | times(2) }}",
        gives: "one number times another, as a plain number",
    },
    FilterSpec { name: "lower", example: "{{ objective.O1.id | lower }}", gives: "small letters" },
    FilterSpec {
        name: "round",
        example: "{{ kpi.K2.actual.value | round }}",
        gives: "a number with fewer decimals, or with none",
    },
];

/// Adds every filter there is.
pub fn add(environment: &mut Environment<'_>) {
    environment.add_filter("map", filters::map);
    environment.add_filter("join", join);
    environment.add_filter("length", filters::length);
    environment.add_filter("select", filters::select);
    crate::assemble::chosen::add(environment);
    environment.add_filter("rejectattr", filters::rejectattr);
    lists::add(environment);
    environment.add_filter("first", filters::first);
    environment.add_filter("last", filters::last);
    environment.add_filter("lower", filters::lower);
    environment.add_filter("round", filters::round);
    environment.add_filter("list", filters::list);
    environment.add_filter("split", filters::split);
    environment.add_filter("date", |v: Value| dated(&v, |d| d.prose()));
    environment.add_filter("short_date", |v: Value| dated(&v, |d| d.table()));
    environment.add_filter("month", |v: Value| dated(&v, month_prose));
    environment.add_filter("year", |v: Value| {
        dated(&v, |d| d.month().map_or_else(|| d.prose(), |(year, _)| year.to_string()))
    });
    environment.add_filter("date_range", |v: Value| match v.downcast_object_ref::<Moment>() {
        Some(moment) => Ok(moment.prose()),
        None => Err(wrong("date_range", "a range of dates", &v)),
    });
    environment.add_filter("number", |v: Value| number(&v).map(|n| number_style(n, None)));
    environment.add_filter("value", |v: Value| {
        let decimals = v.downcast_object_ref::<Quantity>().and_then(|q| q.style.as_ref()?.decimals);
        number(&v).map(|n| number_style(n, decimals))
    });
    environment.add_filter("stated", |v: Value| match v.downcast_object_ref::<Withheld>() {
        Some(withheld) => Value::from_object(Worded(withheld.figure.clone())),
        None => v,
    });
    functions::add(environment);
    environment.add_filter("words_below_10", |v: Value| {
        let n = number(&v)?;
        Ok::<_, Error>(if n == 1.0 { "one".to_string() } else { number_style(n, None) })
    });
    environment.add_filter("and_list", |v: Value| {
        let words: Vec<String> = v.try_iter()?.map(|item| item.to_string()).collect();
        Ok::<_, Error>(and_list(&words))
    });
    environment.add_filter("bullets", |v: Value| {
        Ok::<_, Error>(Value::from_object(Bullets(v.try_iter()?.collect())))
    });
    environment.add_filter("upper_first", |v: Value| {
        first(&v.to_string(), |c| c.to_uppercase().collect())
    });
    environment.add_filter("lower_first", |v: Value| {
        let text = v.to_string();
        // "SEND" and "EHC plans" keep their capitals.
        if text.chars().nth(1).is_some_and(char::is_uppercase) {
            return text;
        }
        first(&text, |c| c.to_lowercase().collect())
    });
}

/// The items in one line; MiniJinja's own has no bound.
fn join(value: &Value, between: Option<String>) -> Result<String, Error> {
    let between = between.unwrap_or_default();
    let mut out = String::new();
    for (i, item) in value.try_iter()?.enumerate() {
        if i > 0 {
            out.push_str(&between);
        }
        out.push_str(&item.to_string());
        if out.len() > LARGEST_VALUE {
            return Err(Error::new(ErrorKind::InvalidOperation, "`join` makes too long a text"));
        }
    }
    Ok(out)
}

/// Words joined as prose joins them: "a, b and c".
pub fn and_list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn first(text: &str, change: impl Fn(char) -> String) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| change(c) + chars.as_str())
}

fn dated(value: &Value, show: impl Fn(PlanDate) -> String) -> Result<Value, Error> {
    match value.downcast_object_ref::<Moment>() {
        Some(Moment { when: When::Date(date), .. }) => Ok(Value::from(show(*date))),
        Some(moment) => Ok(Value::from(moment.prose())),
        None => Err(wrong("date", "a date", value)),
    }
}

fn month_prose(date: PlanDate) -> String {
    date.month()
        .map_or_else(|| date.prose(), |(year, month)| format!("{} {year}", month_name(month)))
}

/// The number that a value is.
pub(super) fn number(value: &Value) -> Result<f64, Error> {
    if let Some(withheld) = value.downcast_object_ref::<Withheld>() {
        return Err(functions::suppressed(withheld));
    }
    if let Some(quantity) = value.downcast_object_ref::<Quantity>() {
        return Ok(quantity.number);
    }
    if value.kind() == ValueKind::Number {
        return f64::try_from(value.clone());
    }
    Err(wrong("number", "a number", value))
}

fn wrong(filter: &str, wants: &str, got: &Value) -> Error {
    Error::new(ErrorKind::InvalidOperation, format!("`{filter}` needs {wants}, not \"{got}\""))
}
