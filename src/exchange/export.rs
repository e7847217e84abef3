//! Writes the records of a kind as a spreadsheet for their owners to fill in.
//!
//! Columns are named as fields are, so that the sheet imports again without a mapping. Dates and
//! ids stand as text: a spreadsheet would turn "2022-05" or "1.10" into something else.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::Datelike;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Formula, Note, Workbook, Worksheet, XlsxError,
};
use toml_edit::{DocumentMut, Item, TableLike, Value};

use crate::build;
use crate::diag::rules::{EXPORT_FILES, EXPORT_LEFT_OUT, IMPORT_TARGET, WRITE_FAILED};
use crate::diag::{Finding, Findings, Place, Severity, slashed};
use crate::exchange::column::PLACE;
use crate::exchange::kind::{Field, Form, Kind};
use crate::exchange::table::column_letters;
use crate::exchange::toml_value;
use crate::load;
use crate::project::Project;
use crate::source::Sources;

/// Rows below the last record that drop-downs reach, for new ones.
const SPARE_ROWS: usize = 200;
/// The sheet with the words that drop-downs offer.
const LISTS: &str = "Lists";

/// What came of an export.
#[derive(Debug, Default)]
pub struct Exported {
    /// What the sheet leaves out, or what kept it from being written.
    pub findings: Findings,
    /// The files that findings point into.
    pub sources: Sources,
    /// The sheets, each with how many records it has.
    pub sheets: Vec<(String, usize)>,
    /// Whether the file was written.
    pub is_done: bool,
}

/// Writes the records of `kind` in the project at `root` to the XLSX file `to`; only those of one
/// plan file when `from` names it, as a path from the project folder.
pub fn export(root: &Path, kind: &Kind, from: Option<&Path>, to: &Path) -> Exported {
    let (project, loaded) = load::load(root);
    let mut exported = Exported::default();
    let project = match project {
        Ok(project) => project,
        Err(sources) => {
            exported.sources = sources;
            exported.findings = loaded;
            return exported;
        }
    };
    exported.sources = project.sources.clone();
    let plan = Path::new("content/plan");
    let is_of_plan = |finding: &Finding| match &finding.place {
        Place::Span(span) => project.sources.file(span.file).path.starts_with(plan),
        Place::Path(path) => path.starts_with(plan),
        Place::Project => true,
    };
    // A sheet of half the records would come back as the whole.
    exported
        .findings
        .extend(loaded.into_iter().filter(|f| f.severity == Severity::Error && is_of_plan(f)));
    if let Some(from) = from
        && project.sources.find(from).is_none()
    {
        let message = format!("there is no plan file {}", from.display());
        exported.findings.push(Finding::new(&IMPORT_TARGET, message));
    }
    if !to.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
        let message = format!("{} does not end in .xlsx", to.display());
        exported.findings.push(Finding::new(&WRITE_FAILED, message));
    }
    if !exported.findings.is_empty() {
        return exported;
    }
    let files = files(&project, from);
    let parts = kind.parts.clone();
    let kinds = std::iter::once(kind).chain(&parts);
    let sheets: Vec<Sheet<'_>> =
        kinds.map(|kind| Sheet::of(kind, &files, &mut exported.findings)).collect();
    several_files(kind, &files, from, &mut exported.findings);
    match write(&project, &sheets, &files, to) {
        Ok(()) => {
            exported.sheets =
                sheets.iter().map(|sheet| (sheet.kind.title(), sheet.rows.len())).collect();
            exported.is_done = true;
        }
        Err(finding) => exported.findings.push(*finding),
    }
    exported.findings.sort(&exported.sources);
    exported
}

/// A plan file as TOML with its comments aside.
struct File {
    path: PathBuf,
    document: DocumentMut,
}

fn files(project: &Project, from: Option<&Path>) -> Vec<File> {
    let plan = Path::new("content/plan");
    project
        .sources
        .iter()
        .filter(|(_, file)| {
            file.path.starts_with(plan) && from.is_none_or(|from| file.path == from)
        })
        .filter_map(|(_, file)| {
            Some(File { path: file.path.clone(), document: file.text.parse().ok()? })
        })
        .collect()
}

/// The tables of a list, however it is written.
fn tables<'t>(of: &'t dyn TableLike, key: &str) -> Vec<&'t dyn TableLike> {
    match of.get(key) {
        Some(Item::ArrayOfTables(list)) => list.iter().map(|table| table as _).collect(),
        Some(Item::Value(Value::Array(list))) => {
            list.iter().filter_map(|value| Some(value.as_inline_table()? as _)).collect()
        }
        _ => Vec::new(),
    }
}

fn several_files(kind: &Kind, files: &[File], from: Option<&Path>, findings: &mut Findings) {
    let holding: Vec<String> = files
        .iter()
        .filter(|file| !tables(file.document.as_table(), &kind.name).is_empty())
        .map(|file| slashed(&file.path))
        .collect();
    if from.is_none() && holding.len() > 1 {
        let message = format!("records of {} stand in {}", kind.name, holding.join(" and "));
        findings.push(Finding::new(&EXPORT_FILES, message));
    }
}

/// One sheet before it is drawn.
struct Sheet<'k> {
    kind: &'k Kind,
    /// Columns before the fields: the parent's id, the place.
    keys: Vec<String>,
    /// Each record: its keys, then its fields.
    rows: Vec<(Vec<String>, Vec<Option<Value>>)>,
}

impl<'k> Sheet<'k> {
    fn of(kind: &'k Kind, files: &[File], findings: &mut Findings) -> Self {
        let mut keys: Vec<String> = kind.parent_column().into_iter().collect();
        if !kind.has_id() {
            keys.push(PLACE.to_owned());
        }
        let mut sheet = Sheet { kind, keys, rows: Vec::new() };
        let mut left_out: BTreeMap<&str, usize> = BTreeMap::new();
        for file in files {
            let records = tables(file.document.as_table(), &kind.name);
            for (place, record) in records.iter().enumerate() {
                let Some(part) = &kind.part else {
                    sheet.add(*record, None, place, &mut left_out);
                    continue;
                };
                let id = record.get("id").and_then(Item::as_str).unwrap_or_default();
                for (place, table) in tables(*record, part).into_iter().enumerate() {
                    sheet.add(table, Some(id), place, &mut left_out);
                }
            }
        }
        for (field, count) in left_out {
            let title = kind.title();
            let message = format!(
                "`{field}` of {title} is not in the sheet: {count} have one that no cell can hold"
            );
            findings.push(Finding::new(&EXPORT_LEFT_OUT, message));
        }
        sheet
    }

    fn add<'r>(
        &mut self,
        record: &'r dyn TableLike,
        parent: Option<&str>,
        place: usize,
        left_out: &mut BTreeMap<&'r str, usize>,
    ) {
        let mut keys: Vec<String> = parent.map(str::to_owned).into_iter().collect();
        if !self.kind.has_id() {
            keys.push((place + 1).to_string());
        }
        let parts: Vec<String> =
            self.kind.parts.iter().filter_map(|part| part.part.clone()).collect();
        for (key, item) in record.iter() {
            let can_hold = match self.kind.field(key) {
                Some(_) => item.as_value().is_some_and(|value| toml_value::cell(value).is_some()),
                // Parts have a sheet of their own.
                None => parts.iter().any(|part| part == key),
            };
            if !can_hold {
                *left_out.entry(key).or_insert(0) += 1;
            }
        }
        let value = |field: &Field| {
            let value = record.get(&field.name)?.as_value()?;
            toml_value::cell(value).is_some().then(|| value.clone())
        };
        let values = self.kind.fields.iter().map(value).collect();
        self.rows.push((keys, values));
    }
}

/// Words for drop-downs, with what each stands for.
#[derive(Default)]
struct Lists {
    lists: Vec<(String, Vec<(String, String)>)>,
}

impl Lists {
    /// The range of the words that a field takes; none when it takes any.
    fn range(&mut self, field: &Field, files: &[File]) -> Option<String> {
        let (title, words) = match &field.form {
            Form::Choice(words) => {
                let words = words.iter().map(|word| (word.clone(), String::new())).collect();
                (field.name.clone(), words)
            }
            Form::Flag => {
                let words = ["yes", "no"].map(|word| (word.to_owned(), String::new()));
                ("yes or no".to_owned(), Vec::from(words))
            }
            Form::Reference(kind) => (kind.clone(), named(files, kind)),
            Form::Rating(rated) => (format!("rating of {rated}"), ratings(files, rated)),
            _ => return None,
        };
        if words.is_empty() {
            return None;
        }
        let known = self.lists.iter().position(|(known, list)| *known == title && *list == words);
        let at = known.unwrap_or(self.lists.len());
        let last = words.len() + 1;
        if known.is_none() {
            self.lists.push((title, words));
        }
        let letters = column_letters(at * 2);
        Some(format!("={LISTS}!${letters}$2:${letters}${last}"))
    }
}

/// The ids of a kind's records, with their names.
fn named(files: &[File], kind: &str) -> Vec<(String, String)> {
    let tables = files.iter().flat_map(|file| tables(file.document.as_table(), kind));
    let text = |table: &dyn TableLike, key: &str| table.get(key)?.as_str().map(str::to_owned);
    tables
        .filter_map(|table| {
            let name = text(table, "name").or_else(|| text(table, "title"));
            Some((text(table, "id")?, name.unwrap_or_default()))
        })
        .collect()
}

/// The ids of the ratings of schemes that rate something, with their words.
fn ratings(files: &[File], rated: &str) -> Vec<(String, String)> {
    let mut ratings: Vec<(String, String)> = Vec::new();
    for file in files {
        for scheme in tables(file.document.as_table(), "scheme") {
            // By what the scheme rates, or by the scheme itself.
            let says = |key| scheme.get(key).and_then(Item::as_str) == Some(rated);
            if !says("of") && !says("id") {
                continue;
            }
            for rating in tables(scheme, "rating") {
                let text =
                    |key| rating.get(key).and_then(Item::as_str).unwrap_or_default().to_owned();
                let id = text("id");
                if !ratings.iter().any(|(known, _)| *known == id) {
                    ratings.push((id, text("word")));
                }
            }
        }
    }
    ratings
}

fn write(
    project: &Project,
    sheets: &[Sheet<'_>],
    files: &[File],
    to: &Path,
) -> Result<(), Box<Finding>> {
    let bytes = draw(project, sheets, files).map_err(|error| {
        let message = format!("cannot write {}", to.display());
        Box::new(Finding::new(&WRITE_FAILED, message).note(error.to_string()))
    })?;
    let (parent, name) = (to.parent(), to.file_name().and_then(|name| name.to_str()));
    let Some(name) = name else {
        let message = format!("{} is no name of a file", to.display());
        return Err(Box::new(Finding::new(&WRITE_FAILED, message)));
    };
    let parent = parent.filter(|parent| !parent.as_os_str().is_empty());
    let folder = build::Folder::named(parent.unwrap_or(Path::new(".")).to_owned());
    folder.put(folder.stage(name, &bytes)?).map(|_| ())
}

fn draw(project: &Project, sheets: &[Sheet<'_>], files: &[File]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // No clock is read: the same plan gives the same bytes.
    let day = project.settings.as_at;
    let year = u16::try_from(day.year()).unwrap_or(1900).clamp(1900, 9999);
    let month = u8::try_from(day.month()).unwrap_or(1);
    let written = ExcelDateTime::from_ymd(year, month, u8::try_from(day.day()).unwrap_or(1))?;
    let title = sheets.first().map_or_else(String::new, |sheet| sheet.kind.title());
    let properties = DocProperties::new()
        .set_title(format!("{title}: {}", project.settings.area))
        .set_author(&project.settings.author)
        .set_creation_datetime(&written);
    book.set_properties(&properties);
    let mut lists = Lists::default();
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(sheet.kind.title())?;
        draw_sheet(page, sheet, &mut lists, files)?;
    }
    if !lists.lists.is_empty() {
        let page = book.add_worksheet();
        page.set_name(LISTS)?;
        draw_lists(page, &lists)?;
    }
    book.save_to_buffer()
}

/// How headers look.
fn heading() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(Color::RGB(0x00DD_E4EC))
        .set_border_bottom(FormatBorder::Thin)
}

/// Text that a spreadsheet leaves as it is typed.
fn as_typed() -> Format {
    Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top)
}

fn draw_sheet(
    page: &mut Worksheet,
    sheet: &Sheet<'_>,
    lists: &mut Lists,
    files: &[File],
) -> Result<(), XlsxError> {
    let (heading, as_typed) = (heading(), as_typed());
    let number = Format::new().set_align(FormatAlign::Top);
    let keys = sheet.keys.len();
    let last = u32::try_from(sheet.rows.len() + SPARE_ROWS).unwrap_or(u32::MAX);
    for (column, name) in (0_u16..).zip(&sheet.keys) {
        page.set_column_width(column, 14)?.set_column_format(column, &as_typed)?;
        page.write_string_with_format(0, column, name, &heading)?;
        let doc = match name.as_str() {
            PLACE => format!(
                "The place of the {} in the file. Leave it empty for a new one.",
                sheet.kind.word()
            ),
            _ => format!("The id of the {} it belongs to.", sheet.kind.name),
        };
        page.insert_note(0, column, &note(&doc))?;
    }
    for (column, field) in (u16::try_from(keys).unwrap_or(0)..).zip(&sheet.kind.fields) {
        let is_number = matches!(field.form, Form::Number | Form::Whole(_)) && !field.many;
        page.set_column_width(column, width(field))?;
        page.set_column_format(column, if is_number { &number } else { &as_typed })?;
        page.write_string_with_format(0, column, &field.name, &heading)?;
        page.insert_note(0, column, &note(&doc(field)))?;
        if field.many {
            continue;
        }
        let validation = match (lists.range(field, files), &field.form) {
            (Some(range), _) => DataValidation::new().allow_list_formula(Formula::new(range)),
            (None, Form::Whole(most)) => {
                let most = most.and_then(|most| i32::try_from(most).ok()).unwrap_or(i32::MAX);
                DataValidation::new().allow_whole_number(DataValidationRule::Between(0, most))
            }
            _ => continue,
        };
        let validation =
            validation.set_error_title(&field.name)?.set_error_message(clipped(&takes(field)))?;
        page.add_data_validation(1, column, last, column, &validation)?;
    }
    for (row, (keys, values)) in (1_u32..).zip(&sheet.rows) {
        for (column, key) in (0_u16..).zip(keys) {
            page.write_string_with_format(row, column, key, &as_typed)?;
        }
        let start = u16::try_from(keys.len()).unwrap_or(0);
        for (column, value) in (start..).zip(values) {
            let Some(value) = value else { continue };
            match value {
                Value::Integer(whole) => {
                    page.write_number_with_format(row, column, *whole.value() as f64, &number)?;
                }
                Value::Float(float) => {
                    page.write_number_with_format(row, column, *float.value(), &number)?;
                }
                value => {
                    let text = toml_value::cell(value).unwrap_or_default();
                    page.write_string_with_format(row, column, text, &as_typed)?;
                }
            }
        }
    }
    page.set_freeze_panes(1, u16::try_from(keys.max(1)).unwrap_or(1))?;
    page.set_landscape().set_repeat_rows(0, 0)?;
    Ok(())
}

fn draw_lists(page: &mut Worksheet, lists: &Lists) -> Result<(), XlsxError> {
    let (heading, as_typed) = (heading(), as_typed());
    for (index, (title, words)) in (0_u16..).zip(&lists.lists) {
        let column = index * 2;
        page.set_column_width(column, 18)?.set_column_width(column + 1, 36)?;
        page.write_string_with_format(0, column, title, &heading)?;
        page.write_string_with_format(0, column + 1, "", &heading)?;
        for (row, (word, name)) in (1_u32..).zip(words) {
            page.write_string_with_format(row, column, word, &as_typed)?;
            page.write_string_with_format(row, column + 1, name, &as_typed)?;
        }
    }
    page.set_freeze_panes(1, 0)?;
    Ok(())
}

fn width(field: &Field) -> f64 {
    match field.form {
        Form::Text if field.many => 40.0,
        Form::Text => match field.name.as_str() {
            "name" => 30.0,
            _ => 50.0,
        },
        Form::Date(_) | Form::Reference(_) | Form::Rating(_) | Form::Choice(_) => 16.0,
        Form::Id | Form::Whole(_) | Form::Number | Form::Flag => 12.0,
    }
}

/// What a header's note says of a field.
fn doc(field: &Field) -> String {
    let mut doc = field.doc.clone();
    if let Some(first) = doc.get(..1) {
        doc.replace_range(..1, &first.to_uppercase());
    }
    let needed = if field.required { "Must be filled in." } else { "May be empty." };
    format!("{doc}.\n{}\n{needed}", takes(field))
}

/// What a cell of a field takes.
fn takes(field: &Field) -> String {
    let one = match &field.form {
        Form::Text => "text on one line".to_owned(),
        Form::Id => "one word without spaces".to_owned(),
        Form::Reference(kind) => format!("the id of a {kind}, as in the sheet {LISTS}"),
        Form::Rating(_) => format!("a rating, as in the sheet {LISTS}"),
        Form::Date(examples) => format!("a date: {}", examples.join(", ")),
        Form::Choice(words) => format!("one of: {}", words.join(", ")),
        Form::Whole(Some(most)) => format!("a whole number from 0 to {most}"),
        Form::Whole(None) => "a whole number".to_owned(),
        Form::Number => "a number, without a unit".to_owned(),
        Form::Flag => "yes or no".to_owned(),
    };
    match field.many {
        true => format!("Any number of entries, one a line (Alt+Enter). Each: {one}."),
        false => format!("Takes {one}."),
    }
}

fn note(text: &str) -> Note {
    let lines = text.lines().map(|line| line.chars().count() / 36 + 1).sum::<usize>();
    let height = u32::try_from(lines * 18 + 12).unwrap_or(200);
    Note::new(text).add_author_prefix(false).set_width(260).set_height(height)
}

/// A message as long as a spreadsheet shows: 255 characters.
fn clipped(text: &str) -> String {
    text.chars().take(250).collect()
}
