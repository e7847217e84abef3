//! Mapping files: which column becomes which field, and how.
//!
//! A mapping is TOML, read by the loader's own record reader, so that a misspelt key is a finding
//! with its place. Without one, columns are named as the fields are: what [`super::export`] writes.

use serde_json::{Value as Json, json};
use toml::Spanned;
use toml::de::DeValue;

use crate::load::record::{Context, FromTable, List, Record};
use crate::load::value::{AnyText, FromValue, Named, Text, Whole};
use crate::source::{At, Span};

/// A mapping file as written.
#[derive(Debug)]
pub struct Mapping {
    /// The sheet.
    pub sheet: Option<At<String>>,
    /// The header's row, from 1.
    pub header_row: Option<At<u32>>,
    /// Rows are taken whose column holds one of these words.
    pub only: Vec<(At<String>, Vec<String>)>,
    /// Columns that are left out on purpose.
    pub ignore: Vec<At<String>>,
    /// Files that more columns come from.
    pub joins: Vec<Join>,
    /// The fields.
    pub fields: Vec<(At<String>, Rule)>,
}

/// Another CSV file, whose columns are added by a key.
#[derive(Debug)]
pub struct Join {
    /// The file, from the mapping's folder.
    pub file: At<String>,
    /// The key's column, in both.
    pub on: At<String>,
    /// The columns that are added.
    pub columns: Vec<At<String>>,
    /// Whether rows may be without a partner.
    pub optional: bool,
}

/// Where a field's value comes from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A column.
    Column(At<String>),
    /// Words with columns in braces.
    Template(At<String>),
    /// The same for every row.
    Constant(At<String>),
}

/// How one field is made.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Where its value comes from.
    pub origin: Origin,
    /// Words that stand for nothing.
    pub empty: Vec<String>,
    /// What is taken off the end: a unit.
    pub trim: Option<String>,
    /// A pattern; its first group is what is kept.
    pub take: Option<At<String>>,
    /// Whether what does not fit `take` or `values` is left out, rather than reported.
    pub lenient: bool,
    /// What each word becomes.
    pub values: Option<Vec<(String, String)>>,
    /// What parts the entries of a list; a line break when absent.
    pub split: Option<String>,
    /// Formats of dates.
    pub dates: Vec<At<String>>,
    /// Words that say a date has no end.
    pub open: Vec<String>,
    /// How a value is written the second time and after: "{value}-{n}".
    pub repeated: Option<At<String>>,
    /// A field; when both would say the same, this one is left out.
    pub unless: Option<At<String>>,
}

impl FromTable for Mapping {
    const WHAT: &'static str = "";
    const DOC: &'static str = "How a spreadsheet's columns become fields.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let sheet = r.get::<Text>("sheet", "the sheet's name");
        let header_row = r.get::<Whole<1000>>("header-row", "the header's row; 1 when absent");
        let only = r.get::<Named<OneOrMore>>("only", "take rows whose column holds these words");
        let ignore = r.list::<Text>("ignore", "columns that are left out on purpose");
        let joins = r.records("join", "CSV files whose columns are added by a key");
        let fields = r.need::<Named<Rule>>("field", "how each field is made");
        Some(Mapping {
            sheet,
            header_row,
            only: only.map_or_else(Vec::new, |only| {
                only.value.into_iter().map(|(column, words)| (column, words.value)).collect()
            }),
            ignore,
            joins,
            fields: fields.map_or_else(Vec::new, |fields| {
                fields.value.into_iter().map(|(name, rule)| (name, rule.value)).collect()
            }),
        })
    }
}

impl FromTable for Join {
    const WHAT: &'static str = "join";
    const DOC: &'static str = "A CSV file whose columns are added by a key.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let file = r.need::<Text>("file", "the CSV file, from the mapping's own folder");
        let on = r.need::<Text>("on", "the key's column, named the same in both");
        let columns = r.need_list::<Text>("columns", "the columns that are added");
        let optional =
            r.get::<crate::load::value::Flag>("optional", "whether rows may have no partner");
        let optional = optional.is_some_and(|flag| flag.value);
        Some(Join { file: file?, on: on?, columns, optional })
    }
}

impl Rule {
    fn of(origin: Origin) -> Rule {
        Rule {
            origin,
            empty: Vec::new(),
            trim: None,
            take: None,
            lenient: false,
            values: None,
            split: None,
            dates: Vec::new(),
            open: Vec::new(),
            repeated: None,
            unless: None,
        }
    }

    /// The rule of a sheet without a mapping: the column of this name.
    pub fn column(name: &str, span: Span) -> Rule {
        Rule::of(Origin::Column(At::new(name.to_owned(), span)))
    }

    /// The columns it reads.
    pub fn columns(&self) -> Vec<&str> {
        match &self.origin {
            Origin::Column(name) => vec![name.as_str()],
            Origin::Template(template) => braces(template).collect(),
            Origin::Constant(_) => Vec::new(),
        }
    }
}

/// The names in braces.
fn braces(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}

/// `"a column"`, or a table that says more.
impl FromValue for Rule {
    type Out = Rule;

    fn schema() -> Json {
        json!({ "anyOf": [{ "type": "string" }, Record::describe::<FullRule>()] })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<Rule> {
        if value.get_ref().as_str().is_some() {
            let span = context.span(value.span());
            let name = Text::read(value, context)?;
            return Some(Rule::of(Origin::Column(At::new(name, span))));
        }
        <FullRule as FromValue>::read(value, context).map(|rule| rule.0)
    }
}

struct FullRule(Rule);

impl FromTable for FullRule {
    const WHAT: &'static str = "field";
    const DOC: &'static str = "How one field is made: of `column`, `template` or `constant`.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let column = r.get::<Text>("column", "the column");
        let template = r.get::<Text>("template", "words with columns in braces: \"{a}: {b}\"");
        let constant = r.get::<Text>("constant", "the same for every row");
        let empty = r.list::<Text>("empty", "words that stand for nothing: [\"N/A\"]");
        let trim = r.get::<Text>("trim", "what is taken off the end: \"%\"");
        let take = r.get::<Text>("take", "a pattern whose first group is kept: '^(\\d+)'");
        let lenient = r.get::<crate::load::value::Flag>(
            "lenient",
            "leave out what fits neither `take` nor `values`, rather than report it",
        );
        let values = r.get::<Named<AnyText>>("values", "what each word becomes");
        let split = r.get::<Text>("split", "what parts the entries of a list: \";\"");
        let dates = r.list::<Text>("dates", "formats of dates: [\"%b-%y\", \"%d/%m/%Y\"]");
        let open = r.list::<Text>("open", "words that say a date has no end: [\"ongoing\"]");
        let repeated = r.get::<Text>("repeated", "how a value is written again: \"{value}-{n}\"");
        let unless = r.get::<Text>("unless", "left out when this field says the same");
        let texts = |list: Vec<At<String>>| list.into_iter().map(|text| text.value).collect();
        let given = [column.is_some(), template.is_some(), constant.is_some()];
        if given.iter().filter(|given| **given).count() > 1 {
            let span = r.span();
            let message = "a field comes of one of `column`, `template` and `constant`";
            let finding = crate::diag::Finding::new(&crate::diag::rules::IMPORT_MAPPING, message);
            r.context().report(finding.at(span));
        }
        let origin = column
            .map(Origin::Column)
            .or(template.map(Origin::Template))
            .or(constant.map(Origin::Constant));
        if origin.is_none() {
            let span = r.span();
            let message = "this field does not say where it comes from";
            let finding = crate::diag::Finding::new(&crate::diag::rules::IMPORT_MAPPING, message)
                .at(span)
                .help("give `column`, `template` or `constant`");
            r.context().report(finding);
        }
        Some(FullRule(Rule {
            empty: texts(empty),
            trim: trim.map(|trim| trim.value),
            take,
            lenient: lenient.is_some_and(|flag| flag.value),
            values: values.map(|values| {
                let plain = |(word, value): (At<String>, At<String>)| (word.value, value.value);
                values.value.into_iter().map(plain).collect()
            }),
            split: split.map(|split| split.value),
            dates,
            open: texts(open),
            repeated,
            unless,
            ..Rule::of(origin?)
        }))
    }
}

/// A word or a list of words.
struct OneOrMore;

impl FromValue for OneOrMore {
    type Out = Vec<String>;

    fn schema() -> Json {
        json!({ "anyOf": [Text::schema(), List::<Text>::schema()] })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<Vec<String>> {
        if value.get_ref().as_array().is_some() {
            let list = List::<Text>::read(value, context)?;
            return Some(list.into_iter().map(|word| word.value).collect());
        }
        Text::read(value, context).map(|word| vec![word])
    }
}
