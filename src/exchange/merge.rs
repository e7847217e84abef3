//! Puts records into a plan file: updates in place, appends, keeps order and comments.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use crate::exchange::convert::{Address, Given, Incoming, shown};
use crate::exchange::kind::Kind;
use crate::exchange::toml_value;

/// What an import does to one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The record: `risk "R1"`.
    pub record: String,
    /// Whether it is new.
    pub is_new: bool,
    /// Of a record that was there, each field that changes: its name, what it was, what it is.
    pub fields: Vec<(String, String, String)>,
}

/// A plan file with records merged into it.
#[derive(Debug, Default)]
pub struct Merged {
    /// The file's text now.
    pub text: String,
    /// What changed.
    pub changes: Vec<Change>,
    /// How many records say what they said before.
    pub same: usize,
    /// Records of the file that no row is for.
    pub gone: Vec<String>,
    /// Rows that can't be merged, with the field and the reason.
    pub faults: Vec<(usize, Option<String>, String)>,
    /// Where the record of a row stands: the index of its parent, and its own.
    pub marks: Vec<(usize, Option<usize>, usize)>,
}

/// Merges `incoming` into the TOML `original`. `Err` says why nothing can be put there.
pub fn merge(kind: &Kind, original: &str, incoming: &[&Incoming]) -> Result<Merged, String> {
    let mut document: DocumentMut = original.parse().map_err(|error: toml_edit::TomlError| {
        format!("it is not valid TOML: {}", error.message())
    })?;
    let mut merged = Merged::default();
    let list = records(&mut document, &kind.name)?;
    match &kind.part {
        None => merge_records(kind, list, incoming, &mut merged),
        Some(part) => merge_parts(kind, part, list, incoming, &mut merged),
    }
    let is_first = document.iter().all(|(key, item)| match item {
        Item::ArrayOfTables(tables) => key == kind.name && tables.len() == merged.changes.len(),
        item => item.is_none(),
    });
    if is_first && merged.changes.iter().any(|change| change.is_new) {
        lead_in(&mut document, &kind.name);
    }
    merged.text = match merged.changes.is_empty() {
        true => original.to_owned(),
        false => document.to_string(),
    };
    Ok(merged)
}

/// The list of tables that `key` is, made when it is not there.
fn records<'d>(document: &'d mut DocumentMut, key: &str) -> Result<&'d mut ArrayOfTables, String> {
    let item = document.entry(key).or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    item.as_array_of_tables_mut()
        .ok_or_else(|| format!("its `{key}` is not written as [[{key}]] tables"))
}

/// In a file without records, what stands there is a comment for the top, not for the end.
fn lead_in(document: &mut DocumentMut, key: &str) {
    let top = document.trailing().as_str().unwrap_or("").to_owned();
    let first = document
        .get_mut(key)
        .and_then(Item::as_array_of_tables_mut)
        .and_then(|tables| tables.get_mut(0));
    if let Some(first) = first {
        let prefix =
            if top.trim().is_empty() { String::new() } else { format!("{}\n\n", top.trim_end()) };
        first.decor_mut().set_prefix(prefix);
        document.set_trailing("");
    }
}

fn merge_records(
    kind: &Kind,
    list: &mut ArrayOfTables,
    incoming: &[&Incoming],
    merged: &mut Merged,
) {
    let mut index: BTreeMap<Address, usize> = BTreeMap::new();
    for (at, table) in list.iter().enumerate() {
        index.entry(address(kind, table, at)).or_insert(at);
    }
    let mut met = BTreeSet::new();
    for record in incoming {
        let name = format!("{} {}", kind.word(), shown(&record.address));
        let known = index.get(&record.address).copied();
        let at = match known {
            Some(at) => {
                let Some(table) = list.get_mut(at) else { continue };
                update(kind, Slot::Table(table), record, name, merged);
                at
            }
            None => {
                let Some(at) = next(record, list.len(), &name, merged) else { continue };
                let mut table = Table::new();
                table.decor_mut().set_prefix("\n");
                fill(&mut table, &record.given);
                list.push(table);
                at
            }
        };
        met.insert(at);
        merged.marks.push((record.row, None, at));
    }
    let gone = index.iter().filter(|(_, at)| !met.contains(at));
    merged.gone = gone.map(|(address, _)| format!("{} {}", kind.word(), shown(address))).collect();
    sort_names(&mut merged.gone);
}

fn merge_parts(
    kind: &Kind,
    part: &str,
    parents: &mut ArrayOfTables,
    incoming: &[&Incoming],
    merged: &mut Merged,
) {
    let inline = parents.iter().any(|table| matches!(table.get(part), Some(Item::Value(_))));
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let ids: Vec<Option<String>> = parents
        .iter()
        .map(|table| table.get("id").and_then(Item::as_str).map(str::to_owned))
        .collect();
    for (at, id) in ids.iter().enumerate() {
        known.entry(id.clone().unwrap_or_default()).or_insert(at);
    }
    for record in incoming {
        let id = record.parent.as_deref().unwrap_or_default();
        let parent = known.get(id).copied();
        let name = format!("{} {} of {} \"{id}\"", kind.word(), shown(&record.address), kind.name);
        let Some((at, table)) = parent.and_then(|at| Some((at, parents.get_mut(at)?))) else {
            let message = format!("the file has no {} \"{id}\"", kind.name);
            merged.faults.push((record.row, None, message));
            continue;
        };
        let new = match inline {
            true => Item::Value(Value::Array(Array::new())),
            false => Item::ArrayOfTables(ArrayOfTables::new()),
        };
        let list = table.entry(part).or_insert(new);
        let place = match list {
            Item::ArrayOfTables(list) => merge_part(kind, list, record, name, merged),
            Item::Value(Value::Array(list)) => merge_inline(kind, list, record, name, merged),
            _ => {
                let message = format!("its `{part}` is no list of tables");
                merged.faults.push((record.row, None, message));
                None
            }
        };
        if let Some(place) = place {
            merged.marks.push((record.row, Some(at), place));
        }
        // An empty list would be written out where there was none.
        if table.get(part).is_some_and(|list| match list {
            Item::Value(Value::Array(list)) => list.is_empty(),
            Item::ArrayOfTables(list) => list.is_empty(),
            _ => false,
        }) {
            table.remove(part);
        }
    }
    let met: BTreeSet<(usize, usize)> =
        merged.marks.iter().filter_map(|&(_, parent, at)| Some((parent?, at))).collect();
    let mut gone = Vec::new();
    for (at, table) in parents.iter().enumerate() {
        let id = ids.get(at).cloned().flatten().unwrap_or_default();
        let parts: Vec<Address> = match table.get(part) {
            Some(Item::ArrayOfTables(list)) => {
                list.iter().enumerate().map(|(place, table)| address(kind, table, place)).collect()
            }
            Some(Item::Value(Value::Array(list))) => list
                .iter()
                .enumerate()
                .filter_map(|(place, value)| Some(address(kind, value.as_inline_table()?, place)))
                .collect(),
            _ => Vec::new(),
        };
        let lost = parts.iter().enumerate().filter(|(place, _)| !met.contains(&(at, *place)));
        gone.extend(lost.map(|(_, address)| {
            format!("{} {} of {} \"{id}\"", kind.word(), shown(address), kind.name)
        }));
    }
    merged.gone = gone;
}

fn merge_part(
    kind: &Kind,
    list: &mut ArrayOfTables,
    record: &Incoming,
    name: String,
    merged: &mut Merged,
) -> Option<usize> {
    let is_it = |(at, table): (usize, &Table)| address(kind, table, at) == record.address;
    let known = list.iter().enumerate().position(is_it);
    if let Some(at) = known {
        update(kind, Slot::Table(list.get_mut(at)?), record, name, merged);
        return Some(at);
    }
    let at = next(record, list.len(), &name, merged)?;
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    fill(&mut table, &record.given);
    list.push(table);
    Some(at)
}

fn merge_inline(
    kind: &Kind,
    list: &mut Array,
    record: &Incoming,
    name: String,
    merged: &mut Merged,
) -> Option<usize> {
    let known = list.iter().enumerate().position(|(at, value)| {
        value.as_inline_table().is_some_and(|table| address(kind, table, at) == record.address)
    });
    if let Some(at) = known {
        let table = list.get_mut(at)?.as_inline_table_mut()?;
        update(kind, Slot::Inline(table), record, name, merged);
        return Some(at);
    }
    let at = next(record, list.len(), &name, merged)?;
    let mut table = InlineTable::new();
    fill(&mut table, &record.given);
    list.push(Value::InlineTable(table));
    Some(at)
}

/// The place of a new record after `count` others; none when the row means one that is not there.
fn next(record: &Incoming, count: usize, name: &str, merged: &mut Merged) -> Option<usize> {
    if let Address::Place(Some(_)) = record.address {
        let message =
            format!("there is no {name}: the file has {count}; leave `#` empty for a new one");
        merged.faults.push((record.row, None, message));
        return None;
    }
    let record = name.replace(" without a place", "");
    merged.changes.push(Change { record, is_new: true, fields: Vec::new() });
    Some(count)
}

/// Which record a table is.
fn address(kind: &Kind, table: &dyn TableLike, at: usize) -> Address {
    match table.get("id").and_then(Item::as_str) {
        Some(id) if kind.has_id() => Address::Id(id.to_owned()),
        _ => Address::Place(Some(at + 1)),
    }
}

fn fill(table: &mut dyn TableLike, given: &[Given]) {
    for given in given {
        if let Some(value) = &given.value {
            table.insert(&given.field, Item::Value(value.clone()));
        }
    }
}

/// A record in one of the two ways a file writes it.
enum Slot<'t> {
    Table(&'t mut Table),
    Inline(&'t mut InlineTable),
}

impl Slot<'_> {
    fn table(&mut self) -> &mut dyn TableLike {
        match self {
            Slot::Table(table) => *table,
            Slot::Inline(table) => *table,
        }
    }

    /// Puts the keys in this order.
    fn order(&mut self, keys: &[String]) {
        let rank = |key: &str| keys.iter().position(|known| known == key);
        let compare = |a: &toml_edit::Key, b: &toml_edit::Key| -> Ordering {
            rank(a.get()).cmp(&rank(b.get()))
        };
        match self {
            Slot::Table(table) => table.sort_values_by(|a, _, b, _| compare(a, b)),
            Slot::Inline(table) => table.sort_values_by(|a, _, b, _| compare(a, b)),
        }
    }
}

/// Has a record say what its row says, and notes what that changes.
fn update(kind: &Kind, mut slot: Slot<'_>, record: &Incoming, name: String, merged: &mut Merged) {
    let mut fields = Vec::new();
    for given in &record.given {
        let Some(field) = kind.field(&given.field) else { continue };
        let table = slot.table();
        let old = table.get(&field.name);
        let value = old.and_then(Item::as_value);
        let is_beyond_cells =
            old.is_some() && value.is_none_or(|value| toml_value::cell(value).is_none());
        if is_beyond_cells {
            if given.value.is_some() {
                let message = format!(
                    "`{}` of {name} says more than a cell can hold; change it in the file",
                    field.name
                );
                merged.faults.push((record.row, Some(field.name.clone()), message));
            }
            continue;
        }
        if toml_value::same(old, given.value.as_ref(), field) {
            continue;
        }
        let was = toml_value::shown(value);
        fields.push((field.name.clone(), was, toml_value::shown(given.value.as_ref())));
        match &given.value {
            Some(value) => set(&mut slot, kind, &field.name, value.clone()),
            None => remove(table, &field.name),
        }
    }
    match fields.is_empty() {
        true => merged.same += 1,
        false => merged.changes.push(Change { record: name, is_new: false, fields }),
    }
}

/// Sets a key: in place with its comments, or where the schema's order would have it.
fn set(slot: &mut Slot<'_>, kind: &Kind, key: &str, value: Value) {
    let table = slot.table();
    if let Some(old) = table.get_mut(key).and_then(Item::as_value_mut) {
        let decor = old.decor().clone();
        *old = value;
        *old.decor_mut() = decor;
        return;
    }
    let mut keys: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    let rank = |key: &str| kind.fields.iter().position(|field| field.name == key);
    let before = keys.iter().enumerate().filter(|(_, known)| {
        rank(known).is_some_and(|known| rank(key).is_some_and(|new| known < new))
    });
    let after = before.max_by_key(|(_, known)| rank(known)).map_or(0, |(at, _)| at + 1);
    keys.insert(after, key.to_owned());
    table.insert(key, Item::Value(value));
    slot.order(&keys);
}

/// Takes a key out. A comment above it goes to the key that follows.
fn remove(table: &mut dyn TableLike, key: &str) {
    let comment = table
        .key(key)
        .and_then(|key| key.leaf_decor().prefix()?.as_str())
        .filter(|above| above.contains('#'))
        .map(str::to_owned);
    let next = table.iter().map(|(key, _)| key.to_owned()).skip_while(|known| known != key).nth(1);
    table.remove(key);
    if let (Some(comment), Some(next)) = (comment, next)
        && let Some(mut next) = table.key_mut(&next)
    {
        let below = next.leaf_decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or("");
        let both = format!("{comment}{below}");
        next.leaf_decor_mut().set_prefix(both);
    }
}

fn sort_names(names: &mut [String]) {
    names.sort_by(|a, b| natord::compare(a, b));
}
