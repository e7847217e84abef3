//! Reads one TOML table as one record, and reports everything that is wrong with it.
//!
//! serde would stop at the first fault of a file. Here a record asks for its keys one by
//! one; each answer is the value with its place, or a finding; and when it has asked for
//! all, every key nobody asked for is a finding too. The same questions asked of no
//! table at all describe the record: that is how [`crate::load::schema`] is made.

use serde_json::Value as Json;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diag::rules::{KEY_MISSING, KEY_UNKNOWN, VALUE_EMPTY};
use crate::diag::{Finding, Severity, nearest};
use crate::load::declared;
use crate::load::value::FromValue;
use crate::plan::{DeclaredRecord, Kinds};
use crate::source::{At, FileId, Span};

/// What is shared by all records of one file.
#[derive(Debug)]
pub struct Context<'t> {
    file: FileId,
    base: usize,
    text: &'t str,
    /// What was found so far.
    pub findings: Vec<Finding>,
    /// Ids of records with faults: what seems to be missing in them may only be misspelt.
    pub unread: Vec<String>,
    /// A help to add to faults of dates, while a record that has one is read.
    date_help: Option<String>,
    /// The kinds that the project declares.
    kinds: &'t Kinds,
    /// What records said in fields that the project adds to their kind.
    pub added: Vec<(&'t str, DeclaredRecord)>,
}

impl<'t> Context<'t> {
    /// For the TOML `text` that starts at byte `base` of `file`, in a project with these kinds.
    pub fn new(file: FileId, base: usize, text: &'t str, kinds: &'t Kinds) -> Self {
        let (findings, unread, added) = (Vec::new(), Vec::new(), Vec::new());
        Context { file, base, text, findings, unread, date_help: None, kinds, added }
    }

    /// The kinds that the project declares.
    pub fn kinds(&self) -> &'t Kinds {
        self.kinds
    }

    /// The place of a range of the TOML text.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start..self.base + range.end)
    }

    /// The words that stand at a range of the TOML text.
    pub fn written(&self, range: std::ops::Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or("")
    }

    /// Reports a finding.
    pub fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The help that the record being read offers for faults of dates.
    pub fn date_help(&self) -> Option<&str> {
        self.date_help.as_deref()
    }
}

/// A record that is read from a table.
pub trait FromTable: Sized {
    /// What one of them is called in messages: "action".
    const WHAT: &'static str;
    /// What it is, for the schema.
    const DOC: &'static str;
    /// Asks `record` for every key, then builds itself from the answers; `None` when one that it
    /// can't do without is missing. Keys must all be asked before the first `?`.
    fn read(record: &mut Record<'_, '_, '_>) -> Option<Self>;
}

/// One key that a record may have.
#[derive(Debug)]
struct Field<'t> {
    name: &'t str,
    doc: &'t str,
    required: bool,
    schema: fn() -> Json,
}

/// A table being read, or, without a table, a record being described.
#[derive(Debug)]
pub struct Record<'r, 'v, 't> {
    what: &'t str,
    table: Option<&'r DeTable<'v>>,
    span: Span,
    context: &'r mut Context<'t>,
    fields: Vec<Field<'t>>,
    id: Option<String>,
}

impl<'r, 'v, 't> Record<'r, 'v, 't> {
    /// Reads `table`, whose header or braces stand at `span`, as a `T`.
    pub fn read<T: FromTable>(
        table: &'r DeTable<'v>,
        span: Span,
        context: &'r mut Context<'t>,
    ) -> Option<T> {
        Record::read_with(table, span, context, T::WHAT, T::read)
    }

    pub(super) fn read_with<T>(
        table: &'r DeTable<'v>,
        span: Span,
        context: &'r mut Context<'t>,
        what: &'t str,
        read: impl FnOnce(&mut Record<'_, 'v, 't>) -> Option<T>,
    ) -> Option<T> {
        let before = context.findings.len();
        let mut record =
            Record { what, table: Some(table), span, context, fields: Vec::new(), id: None };
        let value = read(&mut record);
        record.report_unknown_keys();
        let faults = record.context.findings.iter().skip(before);
        if faults.into_iter().any(|finding| finding.severity == Severity::Error)
            && let Some(id) = record.id.take()
        {
            record.context.unread.push(id);
        }
        value
    }

    /// The schema of a `T`: what its `read` asks for.
    pub fn describe<T: FromTable>() -> Json {
        let nowhere = crate::source::Sources::default().add("", "");
        let kinds = Kinds::default();
        let mut context = Context::new(nowhere, 0, "", &kinds);
        let span = context.span(0..0);
        let mut record = Record {
            what: T::WHAT,
            table: None,
            span,
            context: &mut context,
            fields: Vec::new(),
            id: None,
        };
        // Without a table there are no answers, so there is no record either: only the questions count.
        T::read(&mut record);
        record.schema(T::DOC)
    }

    fn schema(&self, doc: &str) -> Json {
        let mut properties = serde_json::Map::new();
        let mut required = Vec::new();
        for field in &self.fields {
            let mut schema = (field.schema)();
            if let Some(object) = schema.as_object_mut() {
                object.insert("description".to_owned(), Json::from(field.doc));
            }
            properties.insert(field.name.to_owned(), schema);
            if field.required {
                required.push(Json::from(field.name));
            }
        }
        let mut schema = serde_json::json!({
            "type": "object",
            "description": doc,
            "properties": properties,
            "additionalProperties": false,
        });
        if !required.is_empty() {
            schema["required"] = Json::from(required);
        }
        schema
    }

    /// Where the whole record is.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Whether there is a table to read; a record that is only described has none.
    pub fn is_written(&self) -> bool {
        self.table.is_some()
    }

    /// Whether the table has `key`, readable or not.
    pub fn has(&self, key: &str) -> bool {
        self.table.is_some_and(|table| table.contains_key(key))
    }

    /// What is shared by the file's records.
    pub fn context(&mut self) -> &mut Context<'t> {
        self.context
    }

    /// How messages call this record: `action "A1"`, or `this action` while it has no id.
    pub fn name(&self) -> String {
        let is_one_of_many = self.what.chars().all(|c| c.is_alphabetic() || c == ' ');
        match &self.id {
            Some(id) => format!("{} \"{id}\"", self.what),
            None if is_one_of_many => format!("this {}", self.what),
            None => self.what.to_owned(),
        }
    }

    /// Offers a help for faults of the record's dates.
    pub fn help_with_dates(&mut self, help: Option<String>) {
        self.context.date_help = help;
    }

    /// The value of a key that may be absent.
    pub fn get<V: FromValue>(&mut self, key: &'t str, doc: &'t str) -> Option<At<V::Out>> {
        self.ask::<V>(key, doc, false).flatten()
    }

    /// The value of a key that must be there. When it is missing or faulty, that is reported, and
    /// the type's stand-in (an empty text) keeps the record alive so that the rest is checked.
    pub fn need<V: FromValue>(&mut self, key: &'t str, doc: &'t str) -> Option<At<V::Out>> {
        let read = self.ask::<V>(key, doc, true);
        self.table?;
        if read.is_none() {
            let finding = Finding::new(&KEY_MISSING, format!("{} has no `{key}`", self.name()));
            self.context.report(finding.at(self.span).label(doc.to_owned()));
        }
        let span = self.value_span(key).unwrap_or(self.span);
        read.flatten().or_else(|| V::stand_in().map(|value| At::new(value, span)))
    }

    /// The record's id, which must be there. Messages about the record name it from now on.
    pub fn id(&mut self, doc: &'t str) -> Option<At<String>> {
        let id = self.need::<crate::load::value::Id>("id", doc)?;
        self.id = Some(id.value.clone());
        Some(id)
    }

    /// The values of a list that may be absent. A faulty element is reported and left out.
    pub fn list<V: FromValue>(&mut self, key: &'t str, doc: &'t str) -> Vec<At<V::Out>> {
        self.get::<List<V>>(key, doc).map_or_else(Vec::new, |list| list.value)
    }

    /// The values of a list that must be there and hold something.
    pub fn need_list<V: FromValue>(&mut self, key: &'t str, doc: &'t str) -> Vec<At<V::Out>> {
        let Some(list) = self.need::<List<V>>(key, doc) else { return Vec::new() };
        let written = self.table.and_then(|table| table.get(key)?.get_ref().as_array());
        if written.is_some_and(|array| array.is_empty()) {
            let message = format!("`{key}` of {} is empty", self.name());
            self.context.report(Finding::new(&VALUE_EMPTY, message).at(list.span));
        }
        list.value
    }

    /// The records of a list of tables, `[[key]]`, that may be absent.
    pub fn records<T: FromTable>(&mut self, key: &'t str, doc: &'t str) -> Vec<T> {
        self.records_with(key, doc, T::read)
    }

    /// Like [`Record::records`], for records whose reading needs to know what came before.
    pub fn records_with<T: FromTable>(
        &mut self,
        key: &'t str,
        doc: &'t str,
        read: impl FnMut(&mut Record<'_, 'v, 't>) -> Option<T>,
    ) -> Vec<T> {
        let schema = || serde_json::json!({ "type": "array", "items": Record::describe::<T>() });
        self.tables(key, doc, T::WHAT, schema, read)
    }

    /// The records of a list of tables that `read` knows to read; each is called `what` in messages.
    pub(super) fn tables<T>(
        &mut self,
        key: &'t str,
        doc: &'t str,
        what: &'t str,
        schema: fn() -> Json,
        mut read: impl FnMut(&mut Record<'_, 'v, 't>) -> Option<T>,
    ) -> Vec<T> {
        self.fields.push(Field { name: key, doc, required: false, schema });
        let Some(value) = self.table.and_then(|table| table.get(key)) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            let example = format!("`[[{key}]]`");
            self.context.wrong_type(value, &format!("a list of tables, written {example}"));
            return Vec::new();
        };
        let mut records = Vec::new();
        for item in items.iter() {
            let DeValue::Table(table) = item.get_ref() else {
                self.context.wrong_type(item, "a table");
                continue;
            };
            let span = self.context.span(item.span());
            // The project may add fields to kinds of records that stand in files of their own.
            let extension =
                self.what.is_empty().then(|| self.context.kinds.extension(key)).flatten();
            records.extend(Record::read_with(table, span, self.context, what, |record| {
                let read = read(record);
                if let Some(kind) = extension {
                    declared::extend(record, kind);
                }
                read
            }));
        }
        records
    }

    /// The value of a key that `read` knows to read; none when it is absent, or is faulty, which is
    /// reported. So is a key that is required and absent.
    pub(super) fn ask_as<T>(
        &mut self,
        key: &'t str,
        doc: &'t str,
        required: bool,
        read: impl FnOnce(&Spanned<DeValue<'v>>, &mut Context<'t>) -> Option<T>,
    ) -> Option<At<T>> {
        self.fields.push(Field { name: key, doc, required, schema: || Json::Null });
        let Some(value) = self.table?.get(key) else {
            if required {
                let finding = Finding::new(&KEY_MISSING, format!("{} has no `{key}`", self.name()));
                self.context.report(finding.at(self.span).label(doc.to_owned()));
            }
            return None;
        };
        let span = self.context.span(value.span());
        read(value, self.context).map(|read| At::new(read, span))
    }

    /// The record's id, once it has been read.
    pub(super) fn known_id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// `None` when the key is absent, `Some(None)` when its value is faulty (which was reported).
    fn ask<V: FromValue>(
        &mut self,
        key: &'t str,
        doc: &'t str,
        required: bool,
    ) -> Option<Option<At<V::Out>>> {
        self.fields.push(Field { name: key, doc, required, schema: V::schema });
        let value = self.table?.get(key)?;
        let span = self.context.span(value.span());
        let read = V::read(value, self.context);
        if required && read.as_ref().is_some_and(|read| V::is_empty(read)) {
            let message = format!("`{key}` of {} is empty", self.name());
            self.context.report(Finding::new(&VALUE_EMPTY, message).at(span).label(doc.to_owned()));
        }
        // An optional text that says nothing is the same as none.
        let keep = |value: &V::Out| required || !V::is_empty(value);
        Some(read.filter(keep).map(|value| At::new(value, span)))
    }

    fn value_span(&self, key: &str) -> Option<Span> {
        let value = self.table?.get(key)?;
        Some(self.context.span(value.span()))
    }

    fn report_unknown_keys(&mut self) {
        let Some(table) = self.table else { return };
        let known: Vec<&str> = self.fields.iter().map(|field| field.name).collect();
        for (key, _) in table.iter() {
            let name: &str = key.get_ref();
            if known.contains(&name) {
                continue;
            }
            let message = match self.what {
                "" => format!("there is no `{name}` here"),
                _ => format!("{} can have no `{name}`", self.name()),
            };
            let mut finding = Finding::new(&KEY_UNKNOWN, message).at(self.context.span(key.span()));
            finding = match nearest(name, known.iter().copied()) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help(format!("known here: {}", known.join(", "))),
            };
            self.context.report(finding);
        }
    }
}

/// A list of values. Single values are not taken for lists of one.
#[derive(Debug)]
pub struct List<V>(std::marker::PhantomData<V>);

impl<V: FromValue> FromValue for List<V> {
    type Out = Vec<At<V::Out>>;

    fn schema() -> Json {
        serde_json::json!({ "type": "array", "items": V::schema() })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<Self::Out> {
        let DeValue::Array(items) = value.get_ref() else {
            context.wrong_type(value, "a list, written in square brackets");
            return None;
        };
        let mut list = Vec::new();
        for item in items.iter() {
            let span = context.span(item.span());
            let Some(read) = V::read(item, context) else { continue };
            if V::is_empty(&read) {
                let message = "this entry of the list is empty";
                context.report(Finding::new(&VALUE_EMPTY, message).at(span));
            } else {
                list.push(At::new(read, span));
            }
        }
        Some(list)
    }
}
