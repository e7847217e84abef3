//! `selectattr(…, "eq", …)` by an index, so that choosing rows in a loop over rows does not look at each
//! row for each.
//!
//! Only where nothing can differ: the list is long, and the field is plain words in all of its items. Every
//! other use goes through MiniJinja's own filter.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use minijinja::value::{Rest, Value, ValueKind};
use minijinja::{Environment, Error, State};

/// MiniJinja's own filter. No author can write a name with a space in it.
const EACH: &str = "selectattr each";

/// Shorter lists are quicker gone through than looked up.
const SHORT: usize = 24;

/// A document that asks for more lists by more fields than these has them gone through.
const MOST: usize = 64;

/// Where in a list the items stand that say so, by what they say; nothing where one of them says
/// something else than words.
type Index = Option<HashMap<String, Vec<usize>>>;

/// The indices of an assembly so far, by the place of a list in memory and the field. The list is kept
/// with its index, so that no other can come to stand in its place.
type Indices = Mutex<HashMap<(usize, String), (Value, Arc<Index>)>>;

/// Adds the filter to `environment`, which belongs to one assembly.
pub fn add(environment: &mut Environment<'_>) {
    environment.add_filter(EACH, minijinja::filters::selectattr);
    let indices = Indices::default();
    environment.add_filter(
        "selectattr",
        move |state: &mut State<'_, '_>, value: Value, rest: Rest<Value>| -> Result<Value, Error> {
            if let Some(chosen) = chosen(&indices, &value, &rest) {
                return Ok(chosen);
            }
            let args: Vec<Value> = std::iter::once(value).chain(rest.0).collect();
            state.apply_filter(EACH, &args)
        },
    );
}

/// The items of `value` whose field equals some words, where an index can tell.
fn chosen(indices: &Indices, value: &Value, rest: &[Value]) -> Option<Value> {
    let [field, test, wanted] = rest else { return None };
    let (field, wanted) = (words(field)?, words(wanted)?);
    let items = value.downcast_object_ref::<Vec<Value>>()?;
    if test.as_str() != Some("eq") || items.len() < SHORT {
        return None;
    }
    let key = (items.as_ptr() as usize, field.to_owned());
    let mut indices = indices.lock().ok()?;
    if !indices.contains_key(&key) {
        if indices.len() >= MOST {
            return None;
        }
        indices.insert(key.clone(), (value.clone(), Arc::new(index(items, field))));
    }
    let index = Arc::clone(&indices.get(&key)?.1);
    drop(indices);
    let places = index.as_ref().as_ref()?.get(wanted);
    let found: Vec<Value> =
        places.into_iter().flatten().filter_map(|at| items.get(*at).cloned()).collect();
    Some(Value::from(found))
}

fn words(value: &Value) -> Option<&str> {
    value.as_str().filter(|_| value.kind() == ValueKind::String)
}

fn index(items: &[Value], field: &str) -> Index {
    let mut index: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, item) in items.iter().enumerate() {
        let mut said = item.clone();
        for step in field.split('.') {
            // A number is a place in a list: MiniJinja knows what that gives.
            if step.parse::<usize>().is_ok() {
                return None;
            }
            said = said.get_attr(step).ok()?;
        }
        index.entry(words(&said)?.to_owned()).or_default().push(at);
    }
    Some(index)
}

#[cfg(test)]
mod tests {
    use minijinja::context;

    use super::*;

    /// Rows that say "a", "b" or "c" at `of.id`, every one of them words but the last where `odd` says so.
    fn rows(count: usize, odd: bool) -> Value {
        let row = |n: usize| {
            let id = ["a", "b", "c"].get(n % 3).copied().unwrap_or_default();
            let id = if odd && n + 1 == count { Value::from(3) } else { Value::from(id) };
            context! { n, of => context! { id } }
        };
        Value::from((0..count).map(row).collect::<Vec<Value>>())
    }

    #[test]
    fn the_same_items_are_chosen_as_by_going_through_them() {
        let mut environment = Environment::new();
        add(&mut environment);
        for (count, odd) in [(3, false), (40, false), (40, true), (0, false)] {
            let rows = rows(count, odd);
            for test in [
                "\"of.id\", \"eq\", \"b\"",
                "\"of.id\", \"eq\", \"none\"",
                "\"n\", \"eq\", 4",
                "\"n\"",
            ] {
                let text = format!("rows | selectattr({test}) | map(attribute=\"n\") | list");
                let ask = |environment: &Environment<'_>| {
                    let expression = environment.compile_expression(&text).unwrap();
                    expression.eval(context! { rows => rows.clone() }).unwrap().to_string()
                };
                let plain = ask(&Environment::new());
                assert_eq!(ask(&environment), plain, "{count} {odd} {test}");
                assert_eq!(ask(&environment), plain, "{count} {odd} {test}, asked again");
            }
        }
    }

    #[test]
    fn lists_that_come_and_go_do_not_stand_for_each_other() {
        let mut environment = Environment::new();
        add(&mut environment);
        let text = "rows | selectattr(\"of.id\", \"eq\", \"b\") | list | length";
        let expression = environment.compile_expression(text).unwrap();
        for count in 30..200 {
            let found = expression.eval(context! { rows => rows(count, false) }).unwrap();
            assert_eq!(found.to_string(), ((count + 1) / 3).to_string());
        }
    }
}
