//! The tests of expressions: what may stand after `is`, and in `selectattr`.

use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind, tests};

use crate::assemble::functions::suppressed;
use crate::assemble::value::{Quantity, Withheld};
use crate::document::Extremes;

/// Every test there is.
pub const NAMES: &[&str] = &[
    "defined",
    "none",
    "true",
    "false",
    "number",
    "string",
    "odd",
    "even",
    "startingwith",
    "endingwith",
    "in",
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "highest",
    "lowest",
];

/// Adds them.
pub fn add(environment: &mut Environment<'_>) {
    environment.add_test("defined", tests::is_defined);
    environment.add_test("none", tests::is_none);
    environment.add_test("true", tests::is_true);
    environment.add_test("false", tests::is_false);
    environment.add_test("number", tests::is_number);
    environment.add_test("string", tests::is_string);
    environment.add_test("odd", tests::is_odd);
    environment.add_test("even", tests::is_even);
    environment.add_test("startingwith", tests::is_startingwith);
    environment.add_test("endingwith", tests::is_endingwith);
    environment.add_test("in", tests::is_in);
    environment.add_test("eq", tests::is_eq);
    environment.add_test("ne", tests::is_ne);
    environment.add_test("lt", tests::is_lt);
    environment.add_test("le", tests::is_le);
    environment.add_test("gt", tests::is_gt);
    environment.add_test("ge", tests::is_ge);
    environment.add_test("highest", |value: Value| {
        extremes("highest", &value).map(|(number, over_time)| number >= over_time.highest)
    });
    environment.add_test("lowest", |value: Value| {
        extremes("lowest", &value).map(|(number, over_time)| number <= over_time.lowest)
    });
}

/// A figure's number and the extremes of its series over time.
///
/// # Errors
/// It is no figure of a series, or was not published.
fn extremes(test: &str, value: &Value) -> Result<(f64, Extremes), Error> {
    if let Some(withheld) = value.downcast_object_ref::<Withheld>() {
        return Err(suppressed(withheld));
    }
    let quantity = value.downcast_object_ref::<Quantity>();
    let found = quantity.and_then(|q| Some((q.number, q.figure.trace.over_time?)));
    found.ok_or_else(|| {
        let message =
            format!("`is {test}` asks for a figure of a dataset that has several periods");
        Error::new(ErrorKind::InvalidOperation, message)
    })
}
