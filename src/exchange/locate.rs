//! Which row wrote which stretch of a plan file, so that what is found there is said of the row.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::exchange::convert::Incoming;
use crate::exchange::kind::Kind;
use crate::exchange::merge::Merged;

/// A stretch of the file that a row wrote: a field, or the record's header.
#[derive(Debug)]
pub struct Stretch {
    /// Its bytes.
    pub range: Range<usize>,
    /// The row.
    pub row: usize,
    /// The field; none for the header.
    pub field: Option<String>,
}

/// The stretches that rows wrote, in the order they stand.
#[derive(Debug)]
pub struct Stretches(Vec<Stretch>);

/// Where one record stands: its header, and each of its fields.
struct Placed {
    header: Range<usize>,
    fields: Vec<(String, Range<usize>)>,
}

/// The record of `row` among `incoming`, which stand in the order of their rows.
pub fn of_row<'i>(incoming: &[&'i Incoming], row: usize) -> Option<&'i Incoming> {
    let at = incoming.binary_search_by_key(&row, |record| record.row).ok()?;
    incoming.get(at).copied()
}

impl Stretches {
    /// Those of `incoming`, merged into the plan file `text`, as the loader read that.
    pub fn of(text: &str, kind: &Kind, merged: &Merged, incoming: &[&Incoming]) -> Self {
        let (root, _) = DeTable::parse_recoverable(text);
        let records = items(root.get_ref(), &kind.name);
        let whole: Vec<Placed> = records.iter().copied().map(placed).collect();
        let parts: Vec<Vec<Placed>> = match &kind.part {
            None => Vec::new(),
            Some(part) => records
                .iter()
                .map(|item| {
                    let table = item.get_ref().as_table();
                    let parts = table.map_or_else(Vec::new, |table| items(table, part));
                    parts.into_iter().map(placed).collect()
                })
                .collect(),
        };
        let mut stretches = Vec::new();
        for &(row, parent, at) in &merged.marks {
            let found = match parent {
                None => whole.get(at),
                Some(parent) => parts.get(parent).and_then(|parts| parts.get(at)),
            };
            let (Some(found), Some(record)) = (found, of_row(incoming, row)) else { continue };
            stretches.push(Stretch { range: found.header.clone(), row, field: None });
            // A field that no column is for was there before.
            let written = |name: &String| record.given.iter().any(|given| given.field == *name);
            for (name, range) in found.fields.iter().filter(|(name, _)| written(name)) {
                stretches.push(Stretch { range: range.clone(), row, field: Some(name.clone()) });
            }
        }
        stretches.sort_by_key(|stretch| stretch.range.start);
        Stretches(stretches)
    }

    /// The stretch that byte `at` is in; the innermost, where a record is written inline.
    pub fn at(&self, at: usize) -> Option<&Stretch> {
        let after = self.0.partition_point(|stretch| stretch.range.start <= at);
        let stretch = self.0.get(after.checked_sub(1)?)?;
        stretch.range.contains(&at).then_some(stretch)
    }
}

/// The entries of the list `key`.
fn items<'t, 'v>(table: &'t DeTable<'v>, key: &str) -> Vec<&'t Spanned<DeValue<'v>>> {
    let list = table.get(key).and_then(|value| value.get_ref().as_array());
    list.into_iter().flat_map(|list| list.iter()).collect()
}

fn placed(item: &Spanned<DeValue<'_>>) -> Placed {
    let fields = item.get_ref().as_table().into_iter().flat_map(|table| table.iter());
    let fields = fields
        .map(|(key, value)| (key.get_ref().to_string(), key.span().start..value.span().end))
        .collect();
    Placed { header: item.span(), fields }
}
