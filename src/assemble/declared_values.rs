//! What expressions see of declared kinds: `plan.contracts`, `contract.C1.value`, `role.R1.contracts`.
//!
//! A record gives a field's value when it is asked for it. So records may name each other in any
//! circle, and ten thousand of them cost nothing until a document shows them.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, OnceLock, Weak};

use chrono::NaiveDate;
use minijinja::value::{Enumerator, Object, ObjectRepr, Value, ValueKind};
use minijinja::{Error, ErrorKind};

use crate::assemble::context::{Names, list, none};
use crate::assemble::ratings::shown;
use crate::assemble::value::{Moment, Namespace, Quantity, RatingValue, Record, When, Withheld};
use crate::document::{Figure, Status, Trace};
use crate::plan::kind::{Field, FieldType, Held, NumberType, Scalar, Unworked, path_of};
use crate::plan::{Absence, Declared, DeclaredRecord, Done, Kind, Known, Plan, PlanDate, Schedule};
use crate::source::{At, Span};

/// The records of all declared kinds, as known on a day.
#[derive(Debug)]
pub struct World {
    as_at: NaiveDate,
    tables: Vec<Table>,
    /// What schemes' ratings are shown as, by the scheme's id and the rating's.
    ratings: HashMap<String, HashMap<String, Status>>,
    /// Who names a record, by its kind and what it calls them.
    ways: BTreeMap<(String, String), Way>,
    /// Everything that expressions see; records of other kinds are found there.
    root: OnceLock<Weak<Names>>,
}

/// The records that name others by one field.
#[derive(Debug)]
struct Way {
    /// The table they stand in.
    table: usize,
    /// Their rows, by the id they name.
    rows: HashMap<String, Vec<usize>>,
}

/// The records of one kind.
#[derive(Debug)]
struct Table {
    kind: Arc<Kind>,
    records: Arc<Vec<DeclaredRecord>>,
    by_id: HashMap<String, usize>,
}

impl Table {
    fn of(kind: Arc<Kind>, records: Arc<Vec<DeclaredRecord>>) -> Self {
        let mut by_id = HashMap::with_capacity(records.len());
        for (row, record) in records.iter().enumerate() {
            by_id.entry(record.id.value.clone()).or_insert(row);
        }
        Table { kind, records, by_id }
    }
}

impl World {
    /// The records of `plan` as known on `as_at`.
    pub fn of(plan: &Plan, as_at: NaiveDate) -> Arc<World> {
        // A kind that has no record yet is there all the same: its list is empty.
        let table = |kind: &Arc<Kind>| {
            let declared = plan.declared.iter().find(|d: &&Declared| Arc::ptr_eq(&d.kind, kind));
            let records = declared.map_or_else(Arc::default, |d| Arc::clone(&d.records));
            Table::of(Arc::clone(kind), records)
        };
        let tables: Vec<Table> = plan.kinds.all.iter().map(table).collect();
        let mut ways = BTreeMap::new();
        for (index, table) in tables.iter().enumerate() {
            for (place, to, back) in table.kind.references() {
                let Some(back) = back else { continue };
                let mut rows: HashMap<String, Vec<usize>> = HashMap::new();
                for (row, record) in table.records.iter().enumerate() {
                    for id in record.ids(place) {
                        let named = rows.entry(id.to_owned()).or_default();
                        if named.last() != Some(&row) {
                            named.push(row);
                        }
                    }
                }
                ways.entry((to.value.clone(), path_of(back))).or_insert(Way { table: index, rows });
            }
        }
        let ratings = plan.schemes.iter().map(|scheme| {
            let ratings = scheme.ratings.iter();
            let ratings = ratings.map(|rating| (rating.id.value.clone(), shown(rating))).collect();
            (scheme.id.value.clone(), ratings)
        });
        let ratings = ratings.collect();
        Arc::new(World { as_at, tables, ratings, ways, root: OnceLock::new() })
    }

    /// Tells where records of other kinds are found.
    pub fn stands_in(&self, root: &Arc<Names>) {
        // Set once, when the names are made.
        let _ = self.root.set(Arc::downgrade(root));
    }

    /// What `plan` gets: the records of each kind, in the order written.
    pub fn lists(self: &Arc<World>) -> impl Iterator<Item = (String, Value)> {
        self.own().map(|(index, table)| {
            let rows = (0..table.records.len()).map(|row| self.record(index, row));
            (table.kind.plural.clone(), list(rows))
        })
    }

    /// The records of each kind by id.
    pub fn namespaces(self: &Arc<World>) -> impl Iterator<Item = (String, Value)> {
        self.own().map(|(table, held)| {
            let by_id = ById { world: Arc::clone(self), table };
            (held.kind.path(), Value::from_object(by_id))
        })
    }

    /// The record of a declared kind.
    pub fn find(self: &Arc<World>, kind: &str, id: &str) -> Option<Value> {
        let (index, table) = self.own().find(|(_, table)| *table.kind.name == kind)?;
        let row = table.by_id.get(id)?;
        Some(self.record(index, *row))
    }

    fn own(&self) -> impl Iterator<Item = (usize, &Table)> {
        self.tables.iter().enumerate().filter(|(_, table)| !table.kind.extends)
    }

    /// A row of a table: a record of its own kind, or of the kind that is added to.
    fn record(self: &Arc<World>, table: usize, row: usize) -> Value {
        match self.tables.get(table) {
            Some(held) if held.kind.extends => {
                let id = held.records.get(row).map(|record| record.id.value.clone());
                id.and_then(|id| self.elsewhere(&held.kind.name, &id)).unwrap_or_else(none)
            }
            _ => Value::from_object(DeclaredValue { world: Arc::clone(self), table, row }),
        }
    }

    /// A record of one of Annexe's own kinds.
    fn elsewhere(&self, kind: &str, id: &str) -> Option<Value> {
        let root = self.root.get()?.upgrade()?;
        let found = root.get(path_of(kind).as_str());
        if let Some(names) = found.and_then(|value| value.downcast_object_ref::<Namespace>()) {
            return names.values.get(id).cloned();
        }
        // Kinds without names by id stand in a list of the plan.
        let plan = root.get("plan")?.downcast_object_ref::<Record>()?;
        let word = kind.replace('-', " ");
        plan.fields.values().filter(|value| value.kind() == ValueKind::Seq).find_map(|list| {
            list.try_iter().ok()?.find(|value| {
                let record = value.downcast_object_ref::<Record>();
                record.is_some_and(|record| record.kind == word && record.id == id)
            })
        })
    }

    /// The records that name the record `id` of `kind`, by what it calls them.
    fn way_back(self: &Arc<World>, kind: &str, id: &str, called: &str) -> Option<Value> {
        let way = self.ways.get(&(kind.to_owned(), called.to_owned()))?;
        let rows = way.rows.get(id).map_or(&[][..], Vec::as_slice);
        Some(list(rows.iter().map(|row| self.record(way.table, *row))))
    }

    /// What records of `kind` call those that name them.
    fn ways_of<'w>(&'w self, kind: &'w str) -> impl Iterator<Item = &'w str> {
        self.ways.keys().filter(move |(to, _)| to == kind).map(|(_, called)| called.as_str())
    }

    /// Whether records of Annexe's own kinds have more than their own fields.
    fn adds_to_others(&self) -> bool {
        let own = |name: &str| self.own().any(|(_, table)| *table.kind.name == *name);
        self.tables.iter().any(|table| table.kind.extends)
            || self.ways.keys().any(|(to, _)| !own(to))
    }

    /// `names` with what the project adds to records of Annexe's own kinds.
    pub fn dress(self: &Arc<World>, names: Names) -> Names {
        if !self.adds_to_others() {
            return names;
        }
        let dressed = |(name, value): (_, Value)| match name == "data" {
            true => (name, value),
            false => (name, self.dressed(&value)),
        };
        names.into_iter().map(dressed).collect()
    }

    fn dressed(self: &Arc<World>, value: &Value) -> Value {
        if let Some(record) = value.downcast_object_ref::<Record>() {
            let mut more = record.more.clone();
            let key = record.kind.replace(' ', "-");
            if !record.id.is_empty() {
                more.extend(self.added(&key, &record.id));
            }
            let fields = record.fields.iter().map(|(name, value)| (*name, self.dressed(value)));
            return Value::from_object(Record {
                kind: record.kind,
                id: record.id.clone(),
                name: record.name.clone(),
                fields: fields.collect(),
                more,
            });
        }
        if let Some(names) = value.downcast_object_ref::<Namespace>() {
            let values = names.values.iter().map(|(id, value)| (id.clone(), self.dressed(value)));
            let values = values.collect();
            return Value::from_object(Namespace { name: names.name, values });
        }
        match value.kind() {
            ValueKind::Seq => {
                list(value.try_iter().into_iter().flatten().map(|value| self.dressed(&value)))
            }
            _ => value.clone(),
        }
    }

    /// What the project adds to a record of one of Annexe's own kinds.
    fn added(self: &Arc<World>, kind: &str, id: &str) -> Vec<(String, Value)> {
        let mut added = Vec::new();
        let extension =
            self.tables.iter().find(|table| table.kind.extends && *table.kind.name == kind);
        if let Some(table) = extension {
            let record = table.by_id.get(id).and_then(|row| table.records.get(*row));
            for (place, field) in table.kind.fields.iter().enumerate() {
                let value = record.map_or_else(none, |record| self.value(table, record, place));
                added.push((field.path.clone(), value));
            }
        }
        for called in self.ways_of(kind) {
            let value = self.way_back(kind, id, called).unwrap_or_else(none);
            added.push((called.to_owned(), value));
        }
        added
    }

    /// The value of a field.
    fn value(self: &Arc<World>, table: &Table, record: &DeclaredRecord, place: usize) -> Value {
        let kind = &table.kind;
        let Some(field) = kind.fields.get(place) else { return none() };
        let path = format!("{}.{}.{}", kind.path(), *record.id, field.path);
        match (record.held(place), &field.takes) {
            (_, FieldType::Computed { gives, .. }) => {
                match record.worked_out(kind, place, self.as_at) {
                    Ok(Some(value)) => self.scalar(field, gives, &value, path, None),
                    Ok(None) => none(),
                    Err(Unworked::Suppressed(_, why)) => withheld(why, path, None),
                    Err(Unworked::Failed(why)) => {
                        let message = format!("`{path}` cannot be worked out: {why}");
                        Value::from(Error::new(ErrorKind::InvalidOperation, message))
                    }
                }
            }
            (Held::Nothing, _) if field.many => list([]),
            (Held::Nothing, _) => none(),
            (Held::One(history), takes) => {
                self.scalar(field, takes, &history.value, path, Some(history.span))
            }
            (Held::Many(values), takes) => list(values.iter().map(|value: &At<Scalar>| {
                self.scalar(field, takes, &value.value, path.clone(), Some(value.span))
            })),
            (Held::Due(schedule), _) => Value::from_object(DueValue {
                schedule: (**schedule).clone(),
                as_at: self.as_at,
                path,
            }),
        }
    }

    fn scalar(
        self: &Arc<World>,
        field: &Field,
        takes: &FieldType,
        value: &Scalar,
        path: String,
        cell: Option<Span>,
    ) -> Value {
        match (value, takes) {
            (Scalar::Number(number), FieldType::Number(takes)) => {
                quantity(field, takes, *number, path, cell)
            }
            (Scalar::Number(number), _) => Value::from(*number),
            (Scalar::Absent(why), _) => withheld(*why, path, cell),
            (Scalar::Date(date), _) => {
                Value::from_object(Moment { when: When::Date(*date), path, cell })
            }
            (Scalar::Flag(yes), _) => Value::from(*yes),
            (Scalar::Text(id), FieldType::Rating(scheme)) => {
                let status = self.ratings.get(scheme.as_str()).and_then(|all| all.get(id));
                status.map_or_else(none, |s| Value::from_object(RatingValue(s.clone())))
            }
            (Scalar::Text(id), FieldType::Reference { to, .. }) => {
                let own = self.find(to, id);
                own.or_else(|| self.elsewhere(to, id)).unwrap_or_else(none)
            }
            (Scalar::Text(words), FieldType::RichText) => {
                Value::from_object(RichText { words: words.clone(), cell })
            }
            (Scalar::Text(words), _) => Value::from(words.clone()),
        }
    }
}

fn quantity(
    field: &Field,
    takes: &NumberType,
    number: f64,
    path: String,
    cell: Option<Span>,
) -> Value {
    Value::from_object(Quantity {
        number,
        figure: Figure {
            text: takes.style.words(number),
            path,
            unit: Some(takes.style.unit.word().to_owned()),
            trace: Trace {
                name: Some(field.label.clone()),
                cells: cell.into_iter().collect(),
                number: Some(number),
                ..Trace::default()
            },
            ..Figure::default()
        },
        at: None,
        style: Some(takes.style.clone()),
        since: None,
    })
}

fn withheld(why: Absence, path: String, cell: Option<Span>) -> Value {
    let trace = Trace { cells: cell.into_iter().collect(), ..Trace::default() };
    let figure = Figure { text: why.words().to_owned(), path, trace, ..Figure::default() };
    Value::from_object(Withheld { why, figure })
}

/// A record of a declared kind. Shown as its title.
#[derive(Debug, Clone)]
pub struct DeclaredValue {
    world: Arc<World>,
    table: usize,
    row: usize,
}

impl DeclaredValue {
    fn stands(&self) -> Option<(&Table, &DeclaredRecord)> {
        let table = self.world.tables.get(self.table)?;
        Some((table, table.records.get(self.row)?))
    }
}

impl Object for DeclaredValue {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let (table, record) = self.stands()?;
        let key = key.as_str()?;
        if key == "id" {
            return Some(Value::from(record.id.value.clone()));
        }
        if let Some(place) = table.kind.fields.iter().position(|field| field.path == key) {
            return Some(self.world.value(table, record, place));
        }
        if key == "name" {
            return Some(Value::from(record.title(&table.kind)));
        }
        self.world.way_back(&table.kind.name, &record.id, key)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let Some((table, _)) = self.stands() else { return Enumerator::Empty };
        let fields = table.kind.fields.iter().map(|field| field.path.as_str());
        let ways = self.world.ways_of(&table.kind.name);
        let mut names: Vec<&str> = ["id", "name"].into_iter().chain(fields).chain(ways).collect();
        names.sort_unstable();
        names.dedup();
        Enumerator::Values(names.into_iter().map(Value::from).collect())
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.stands().map_or("", |(table, record)| record.title(&table.kind)))
    }
}

/// The records of a declared kind by id.
#[derive(Debug)]
pub struct ById {
    world: Arc<World>,
    table: usize,
}

impl Object for ById {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let row = self.world.tables.get(self.table)?.by_id.get(key.as_str()?)?;
        Some(self.world.record(self.table, *row))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let ids = self.world.tables.get(self.table).map(|table| table.records.iter());
        let ids = ids.into_iter().flatten().map(|record| Value::from(record.id.value.clone()));
        Enumerator::Values(ids.collect())
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.world.tables.get(self.table).map_or("", |table| &table.kind.name))
    }
}

/// A due date: first set, moved, met. Shown as the date in force.
#[derive(Debug, Clone)]
pub struct DueValue {
    schedule: Schedule,
    as_at: NaiveDate,
    path: String,
}

impl DueValue {
    /// The date in force.
    pub fn moment(&self) -> Option<Moment> {
        let date = self.schedule.current_due(self.as_at)?;
        let made = self.schedule.revised.iter().rfind(|revision| *revision.on <= self.as_at);
        let cell = made.map(|made| made.to.span).or(self.schedule.due.as_ref().map(|d| d.span));
        Some(Moment { when: When::Date(date), path: self.path.clone(), cell })
    }

    fn date(&self, date: Option<PlanDate>) -> Value {
        date.map_or_else(none, |date| Moment::date(date, &self.path))
    }
}

impl Object for DueValue {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let (schedule, as_at) = (&self.schedule, self.as_at);
        let done_on = |done: &Known<Done>| match done.value {
            Done::On(date) => date,
            Done::By(day) => PlanDate::Day(day),
        };
        Some(match key.as_str()? {
            "due" => self.moment().map_or_else(none, Value::from_object),
            "first" => self.date(schedule.original_due()),
            "started" => Value::from(schedule.is_started(as_at)),
            "done" => Value::from(schedule.is_done(as_at)),
            "done_on" => self.date(schedule.done.as_ref().map(done_on)),
            "overdue" => Value::from(schedule.overdue(as_at)),
            "days_late" => Value::from(schedule.days_late(as_at)),
            "moved" => Value::from(schedule.times_moved(as_at)),
            _ => return None,
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&[
            "due",
            "first",
            "started",
            "done",
            "done_on",
            "overdue",
            "days_late",
            "moved",
        ])
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.moment().map(|moment| moment.prose()).unwrap_or_default())
    }
}

/// Words with emphasis and links, as Markdown.
#[derive(Debug, Clone)]
pub struct RichText {
    /// As they were written.
    pub words: String,
    /// Where.
    pub cell: Option<Span>,
}

impl Object for RichText {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        !self.words.is_empty()
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}
