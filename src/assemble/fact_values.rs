//! What expressions see of the facts in `content/project.toml`: `inspection.dates`, `facts.advisers`.

use std::collections::BTreeMap;

use minijinja::value::Value;

use crate::assemble::context::list;
use crate::assemble::value::{Moment, Namespace, Quantity, When};
use crate::document::{Figure, Trace};
use crate::project::Fact;
use crate::source::At;

/// The facts of one table, by key.
pub fn facts(name: &'static str, facts: &BTreeMap<String, At<Fact>>) -> Value {
    let values = facts
        .iter()
        .map(|(key, fact)| {
            let path = format!("{name}.{key}");
            let value = match &fact.value {
                Fact::Text(words) => Value::from(words.clone()),
                Fact::Number(number) => Value::from_object(Quantity {
                    number: *number,
                    figure: Figure {
                        text: crate::plan::figure::number(*number, None),
                        path,
                        trace: Trace {
                            cells: vec![fact.span],
                            number: Some(*number),
                            ..Trace::default()
                        },
                        ..Figure::default()
                    },
                    at: None,
                    style: None,
                    since: None,
                }),
                Fact::Date(date) => {
                    let (when, cell) = (When::Date(*date), Some(fact.span));
                    Value::from_object(Moment { when, path, cell })
                }
                Fact::Range(from, to) => {
                    let (when, cell) = (When::Range(*from, *to), Some(fact.span));
                    Value::from_object(Moment { when, path, cell })
                }
                Fact::List(words) => list(words.iter().map(|w| Value::from(w.clone()))),
            };
            (key.clone(), value)
        })
        .collect();
    Value::from_object(Namespace { name, values })
}
