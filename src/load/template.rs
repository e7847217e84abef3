//! Reads the front matter of `templates/NAME.md`: TOML between two lines of `+++`.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use toml::Spanned;
use toml::de::DeValue;

use crate::diag::rules::{EDITION_UNKNOWN, KEY_MISSING, VALUE_TYPE};
use crate::diag::{Finding, Findings, nearest};
use crate::document::Form;
use crate::load::record::{Context, FromTable, Record};
use crate::load::value::{AnyText, Choice, Day, Flag, FromValue, Id, Named, Number, OneOf, Text};
use crate::project::{Acronyms, FULL, Parameter, ParameterKind, RecordKind, Template, Variant};
use crate::source::At;

/// Where the front matter of `text` is, and where what follows starts; in bytes.
pub fn front_matter(text: &str) -> Option<(std::ops::Range<usize>, usize)> {
    let mut lines = text.split_inclusive('\n');
    let opening = lines.next().filter(|line| line.trim_end() == "+++")?;
    let start = opening.len();
    let mut end = start;
    for line in lines {
        if line.trim_end() == "+++" {
            return Some((start..end, end + line.len()));
        }
        end += line.len();
    }
    None
}

/// A template's front matter; its name, file and body are the loader's to add.
#[derive(Debug)]
pub struct FrontMatter {
    /// What it says.
    pub template: Template,
    /// Where it names each of its editions, and those that differ.
    pub names: EditionNames,
}

/// Where a template names editions.
#[derive(Debug, Default)]
pub struct EditionNames {
    /// `editions`.
    pub listed: Vec<At<String>>,
    /// `[edition.NAME]`.
    pub varied: Vec<At<String>>,
}

impl EditionNames {
    /// Reports each name that is none: `known` are those with a profile.
    pub fn check(&self, known: &[&str], findings: &mut Findings) {
        for name in &self.listed {
            if !known.contains(&name.as_str()) {
                let message = format!("there is no edition \"{}\"", **name);
                let finding = Finding::new(&EDITION_UNKNOWN, message).at(name.span);
                findings.push(finding.help(nearest_help(name, known)));
            }
        }
        let listed: Vec<&str> = self.listed.iter().map(|name| name.as_str()).collect();
        let listed = if listed.is_empty() { vec![FULL] } else { listed };
        for name in self.varied.iter().filter(|name| !listed.contains(&name.as_str())) {
            let message = format!("this document has no edition \"{}\"", **name);
            let finding = Finding::new(&EDITION_UNKNOWN, message).at(name.span);
            findings.push(finding.help(nearest_help(name, &listed)));
        }
    }
}

fn nearest_help(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("there is {}", known.join(", ")),
    }
}

impl FromTable for FrontMatter {
    const WHAT: &'static str = "template";
    const DOC: &'static str = "Front matter of a template.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let title = r.need::<Text>("title", "the document's title");
        let subtitle = r.get::<Text>("subtitle", "a line under the title on the cover");
        let subject = r.get::<Text>("subject", "one sentence for the file properties");
        let as_at = r.get::<Day>("as-at", "the day it speaks for; the project's when absent");
        let partners = r.list::<Text>(
            "partners",
            "names of the partners on its cover; the project's when absent",
        );
        let editions = r.list::<Id>("editions", "the editions it comes in; full when absent");
        let formats = r.list::<OneOf<Format>>(
            "formats",
            "pdf, pdf-data, docx, html, epub; pdf and docx when absent",
        );
        let cover = r.get::<Flag>("cover", "whether it has a cover; true when absent");
        let numbered = r.get::<Flag>("numbered", "whether headings are numbered");
        let numbered_paragraphs = r.get::<Flag>(
            "numbered-paragraphs",
            "whether paragraphs are numbered, as in a board paper; false when absent",
        );
        let acronyms = r.get::<OneOf<Acronyms>>(
            "acronyms",
            "first-use: short forms are written out where first used; always: everywhere",
        );
        let form = r.get::<OneOf<Form>>("form", "report, paper or slides; report when absent");
        let status = r.get::<Text>("status", "\"Draft\", \"Published\"; shown on the cover");
        let cycle = r.get::<Text>("cycle", "the cycle; shown on the cover");
        let variants =
            r.get::<Named<Variant>>("edition", "what differs in an edition, by its name");
        let parameters = r.get::<Named<Declared>>("param", "parameters, by name");
        let unpaired = r.get::<Named<Text>>(
            "unpaired",
            "sections that need no counterpart in another edition, by id, each with the reason",
        );
        let schemes = r.get::<Schemes>("rag", "ids of the rating schemes, by what they rate");
        let title = title?;
        let text = |text: Option<At<String>>| text.map(|text| text.value);
        let parameters = parameters.map_or_else(Vec::new, |parameters| parameters.value);
        let variants = variants.map_or_else(Vec::new, |variants| variants.value);
        let names = EditionNames {
            listed: editions.clone(),
            varied: variants.iter().map(|(name, _)| name.clone()).collect(),
        };
        let template = Template {
            name: String::new(),
            file: title.span.file,
            body: 0,
            title,
            subtitle,
            subject: text(subject),
            as_at: as_at.map(|as_at| as_at.value),
            partners: partners.into_iter().map(|partner| partner.value).collect(),
            editions: or_else(editions, &[FULL]),
            variants: variants.into_iter().map(|(name, said)| (name.value, said.value)).collect(),
            formats: match formats.as_slice() {
                [] => vec!["pdf".to_owned(), "docx".to_owned()],
                some => some.iter().map(|format| format.value.0.to_owned()).collect(),
            },
            cover: cover.is_none_or(|cover| cover.value),
            numbered: numbered.is_some_and(|numbered| numbered.value),
            numbered_paragraphs: numbered_paragraphs.is_some_and(|numbered| numbered.value),
            acronyms: acronyms.map(|acronyms| acronyms.value),
            form: form.map_or_else(Form::default, |form| form.value),
            status: text(status),
            cycle: text(cycle),
            schemes: schemes.map_or_else(BTreeMap::new, |schemes| schemes.value.0),
            parameters: parameters
                .into_iter()
                .map(|(name, declared)| Parameter {
                    name,
                    kind: declared.value.kind,
                    default: declared.value.default,
                    help: declared.value.help,
                })
                .collect(),
            unpaired: unpaired.map_or_else(Vec::new, |unpaired| unpaired.value),
        };
        Some(FrontMatter { template, names })
    }
}

fn or_else(list: Vec<At<String>>, otherwise: &[&str]) -> Vec<String> {
    if list.is_empty() {
        return otherwise.iter().map(|&word| word.to_owned()).collect();
    }
    list.into_iter().map(|word| word.value).collect()
}

impl FromTable for Variant {
    const WHAT: &'static str = "edition of this template";
    const DOC: &'static str = "What differs in one edition.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let title = r.get::<Text>("title", "the document's title in this edition");
        let subtitle = r.get::<Text>("subtitle", "a line under the title on the cover");
        let subject = r.get::<Text>("subject", "one sentence for the file properties");
        let status = r.get::<Text>("status", "\"Draft\", \"Published\"; shown on the cover");
        let picture = r.get::<Text>("picture", "a picture for the cover: an id of the library");
        let numbered = r.get::<Flag>("numbered", "whether headings are numbered");
        let acronyms =
            r.get::<OneOf<Acronyms>>("acronyms", "first-use or always: short forms written out");
        let text = |text: Option<At<String>>| text.map(|text| text.value);
        Some(Variant {
            acronyms: acronyms.map(|acronyms| acronyms.value),
            title,
            subtitle,
            subject: text(subject),
            status: text(status),
            picture,
            numbered: numbered.map(|numbered| numbered.value),
        })
    }
}

/// The name of a file format that a document can come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Format(&'static str);

impl Choice for Form {
    const WHAT: &'static str = "form";
    const WORDS: &'static [(&'static str, Self)] = Form::WORDS;
}

impl Choice for Format {
    const WHAT: &'static str = "format";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("pdf", Format("pdf")),
        ("pdf-data", Format("pdf-data")),
        ("docx", Format("docx")),
        ("html", Format("html")),
        ("epub", Format("epub")),
    ];
}

impl Choice for Acronyms {
    const WHAT: &'static str = "way to write out short forms";
    const WORDS: &'static [(&'static str, Self)] =
        &[("first-use", Acronyms::FirstUse), ("always", Acronyms::Always)];
}

/// `rag = "app"` (a scheme of actions) or `rag = { action = "app", kpi = "app-kpi" }`.
struct Schemes(BTreeMap<String, At<String>>);

impl FromValue for Schemes {
    type Out = Schemes;

    fn schema() -> Json {
        json!({ "anyOf": [Id::schema(), Record::describe::<SchemeTable>()] })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<Schemes> {
        if value.get_ref().as_table().is_some() {
            return <SchemeTable as FromValue>::read(value, context).map(|table| Schemes(table.0));
        }
        let span = context.span(value.span());
        let id = At::new(Id::read(value, context)?, span);
        Some(Schemes(BTreeMap::from([("action".to_owned(), id)])))
    }
}

struct SchemeTable(BTreeMap<String, At<String>>);

impl FromTable for SchemeTable {
    const WHAT: &'static str = "rag";
    const DOC: &'static str = "Ids of the rating schemes.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let schemes = [
            ("action", r.get::<Id>("action", "id of the scheme of actions")),
            ("kpi", r.get::<Id>("kpi", "id of the scheme of KPIs")),
            ("risk", r.get::<Id>("risk", "id of the scheme of risks")),
            ("response", r.get::<Id>("response", "id of the scheme of responses and steps")),
        ];
        let named = |(of, id): (&str, Option<At<String>>)| Some((of.to_owned(), id?));
        Some(SchemeTable(schemes.into_iter().filter_map(named).collect()))
    }
}

/// What `type` says of a parameter; bounds and choices stand beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Text,
    Date,
    Number,
    YesNo,
    Choice,
    Record(RecordKind),
}

impl Choice for Type {
    const WHAT: &'static str = "type of parameter";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("text", Type::Text),
        ("date", Type::Date),
        ("number", Type::Number),
        ("yes-no", Type::YesNo),
        ("choice", Type::Choice),
        ("objective", Type::Record(RecordKind::Objective)),
        ("weakness", Type::Record(RecordKind::Weakness)),
        ("action", Type::Record(RecordKind::Action)),
        ("kpi", Type::Record(RecordKind::Kpi)),
        ("risk", Type::Record(RecordKind::Risk)),
        ("role", Type::Record(RecordKind::Role)),
    ];
}

struct Declared {
    kind: ParameterKind,
    default: Option<String>,
    help: String,
}

impl FromTable for Declared {
    const WHAT: &'static str = "parameter";
    const DOC: &'static str = "A parameter of the template.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let kind = r.get::<OneOf<Type>>(
            "type",
            "text, date, number, yes-no, choice, or what record it names: objective, action, kpi …",
        );
        let default = r.get::<AnyText>("default", "what it is when nothing is said");
        let help = r.get::<Text>("help", "one line of help");
        let choices = r.list::<Text>("choices", "the words to choose from, of a choice");
        let least = r.get::<Number>("least", "the least that a number may be");
        let most = r.get::<Number>("most", "the most that a number may be");
        let kind = kind.map_or(Type::Text, |kind| kind.value);
        for (key, fits) in [
            ("choices", kind == Type::Choice),
            ("least", kind == Type::Number),
            ("most", kind == Type::Number),
        ] {
            if r.has(key) && !fits {
                let message = format!("`{key}` does not go with the type of this parameter");
                let finding = Finding::new(&VALUE_TYPE, message).at(r.span());
                r.context().report(finding);
            }
        }
        if kind == Type::Choice && choices.is_empty() {
            let finding =
                Finding::new(&KEY_MISSING, "this parameter has no `choices`").at(r.span());
            r.context().report(finding.help("name them: choices = [\"short\", \"long\"]"));
        }
        Some(Declared {
            kind: match kind {
                Type::Text => ParameterKind::Text,
                Type::Date => ParameterKind::Date,
                Type::Number => ParameterKind::Number {
                    least: least.map(|least| least.value),
                    most: most.map(|most| most.value),
                },
                Type::YesNo => ParameterKind::YesNo,
                Type::Choice => {
                    ParameterKind::Choice(choices.into_iter().map(|word| word.value).collect())
                }
                Type::Record(kind) => ParameterKind::Record(kind),
            },
            default: default.map(|default| default.value),
            help: help.map_or_else(String::new, |help| help.value),
        })
    }
}
