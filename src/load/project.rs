//! Reads `content/project.toml` and `content/acknowledged.toml`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};
use toml::Spanned;
use toml::de::DeValue;

use crate::diag::Finding;
use crate::diag::rules::{VALUE_EMPTY, VALUE_TYPE};
use crate::load::record::{Context, FromTable, List, Record};
use crate::load::value::{Day, FromValue, Id, Named, Number, Text, table};
use crate::plan::PlanDate;
use crate::project::{Acknowledged, Contact, Fact, Website};
use crate::source::At;

/// `content/project.toml` as written.
#[derive(Debug)]
pub struct ProjectFile {
    /// `[project]`.
    pub project: About,
    /// `[area]`.
    pub area: Area,
    /// `[inspection]`.
    pub inspection: BTreeMap<String, At<Fact>>,
    /// `[facts]`.
    pub facts: BTreeMap<String, At<Fact>>,
    /// `[quotes]`.
    pub quotes: Quotes,
    /// `[contact]`.
    pub contact: Option<Contact>,
    /// `[website]`.
    pub website: Website,
}

/// `[project]`.
#[derive(Debug)]
pub struct About {
    /// `as-at`. When it can't be read (an error that stops every document) the first day there
    /// is stands in, on which nothing is due or done: so the rest can still be checked.
    pub as_at: NaiveDate,
    /// `first-day`.
    pub first_day: Option<At<NaiveDate>>,
    /// `language`.
    pub language: String,
    /// `theme`.
    pub theme: Option<At<String>>,
    /// `author`.
    pub author: String,
}

impl About {
    /// What stands in for a `[project]` that can't be read.
    fn unknown() -> Self {
        let (language, author) = ("en-GB".to_owned(), String::new());
        About { as_at: NaiveDate::MIN, first_day: None, language, theme: None, author }
    }
}

/// `[area]`.
#[derive(Debug, Default)]
pub struct Area {
    /// `name`.
    pub name: String,
    /// `partners`.
    pub partners: Vec<String>,
}

/// `[quotes]`.
#[derive(Debug, Default)]
pub struct Quotes {
    /// `kinds`.
    pub kinds: Vec<String>,
}

impl FromTable for Quotes {
    const WHAT: &'static str = "[quotes]";
    const DOC: &'static str = "Who is quoted.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let kinds = r.need_list::<Text>("kinds", "kinds of people: [\"Parent\", \"Young person\"]");
        Some(Quotes { kinds: kinds.into_iter().map(|kind| kind.value).collect() })
    }
}

impl FromTable for ProjectFile {
    const WHAT: &'static str = "content/project.toml";
    const DOC: &'static str = "One local area's documents.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let project = r.need::<About>("project", "the documents as a whole");
        let area = r.need::<Area>("area", "the local area");
        let inspection =
            r.get::<Named<Fact>>("inspection", "facts of the inspection, by your own names");
        let facts = r.get::<Named<Fact>>("facts", "other facts that documents quote, by name");
        let quotes = r.get::<Quotes>("quotes", "who is quoted; anybody when absent");
        let contact = r.get::<Contact>("contact", "how readers can say what they think");
        let website = r.get::<Website>("website", "the website of the documents");
        Some(ProjectFile {
            website: website.map(|website| website.value).unwrap_or_default(),
            quotes: quotes.map_or_else(Quotes::default, |quotes| quotes.value),
            project: project.map_or_else(About::unknown, |project| project.value),
            area: area.map_or_else(Area::default, |area| area.value),
            inspection: by_name(inspection),
            facts: by_name(facts),
            contact: contact.map(|contact| contact.value),
        })
    }
}

type NamedFacts = Vec<(At<String>, At<Fact>)>;

fn by_name(facts: Option<At<NamedFacts>>) -> BTreeMap<String, At<Fact>> {
    let facts = facts.map_or_else(Vec::new, |facts| facts.value);
    facts.into_iter().map(|(name, fact)| (name.value, fact)).collect()
}

impl FromTable for About {
    const WHAT: &'static str = "[project]";
    const DOC: &'static str = "The documents as a whole.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let as_at = r.need::<Day>("as-at", "the day the documents speak for");
        let first_day = r
            .get::<Day>("first-day", "the day before which no document can speak; any when absent");
        let language = r.get::<Id>("language", "a language tag; en-GB when absent");
        let theme = r.get::<Id>("theme", "a folder of templates/themes; standard when absent");
        let author = r.need::<Text>("author", "the body that publishes, for file properties");
        Some(About {
            as_at: as_at.map_or(NaiveDate::MIN, |as_at| as_at.value),
            first_day,
            language: language.map_or_else(|| "en-GB".to_owned(), |language| language.value),
            theme,
            author: author?.value,
        })
    }
}

impl FromTable for Contact {
    const WHAT: &'static str = "[contact]";
    const DOC: &'static str = "How readers can say what they think.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let email = r.get::<Text>("email", "an email address");
        let phone = r.get::<Text>("phone", "a telephone number");
        let post = r.list::<Text>("post", "the lines of a postal address");
        let web = r.get::<Text>("web", "a website: https://…");
        let by = r.get::<Day>("by", "the last day for answers");
        let starts =
            |text: &At<String>| text.starts_with("https://") || text.starts_with("http://");
        let faults = [
            (&email, email.as_ref().is_some_and(|text| !text.contains('@')), "an email address"),
            (
                &phone,
                phone.as_ref().is_some_and(|text| !text.contains(|c: char| c.is_ascii_digit())),
                "a telephone number",
            ),
            (&web, web.as_ref().is_some_and(|text| !starts(text)), "an address with https://"),
        ];
        for (text, is_fault, what) in faults {
            if let Some(text) = text.as_ref().filter(|_| is_fault) {
                let message = format!("expected {what}, found \"{}\"", **text);
                r.context().report(Finding::new(&VALUE_TYPE, message).at(text.span));
            }
        }
        let post: Vec<String> = post.into_iter().map(|line| line.value).collect();
        if r.is_written() && email.is_none() && phone.is_none() && post.is_empty() && web.is_none()
        {
            let finding = Finding::new(&VALUE_EMPTY, "[contact] gives no way to answer");
            let finding = finding.at(r.span()).help("give email, phone, post or web");
            r.context().report(finding);
        }
        Some(Contact { email, phone, post, web, by: by.map(|by| by.value) })
    }
}

impl FromTable for Area {
    const WHAT: &'static str = "[area]";
    const DOC: &'static str = "The local area.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let name = r.need::<Text>("name", "the area's name");
        let partners = r.list::<Text>("partners", "names of the partners, for the cover");
        let partners = partners.into_iter().map(|partner| partner.value).collect();
        Some(Area { name: name?.value, partners })
    }
}

/// A text, a number, a date ("2021-07" too), a range of days, or a list of texts.
impl FromValue for Fact {
    type Out = Fact;

    fn schema() -> Json {
        json!({ "anyOf": [
            { "type": "string" },
            { "type": "number" },
            { "type": "array", "items": { "type": "string" } },
            Record::describe::<Range>(),
        ] })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<Fact> {
        match value.get_ref() {
            DeValue::String(text) => match PlanDate::parse(text) {
                // Only figures are taken for a date: "May 2022" prints the same either way.
                Ok(date)
                    if text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('-') =>
                {
                    Some(Fact::Date(date))
                }
                _ => Text::read(value, context).map(Fact::Text),
            },
            DeValue::Datetime(_) => PlanDate::read(value, context).map(Fact::Date),
            DeValue::Integer(_) | DeValue::Float(_) => {
                Number::read(value, context).map(Fact::Number)
            }
            DeValue::Array(_) => {
                let texts = List::<Text>::read(value, context)?;
                Some(Fact::List(texts.into_iter().map(|text| text.value).collect()))
            }
            DeValue::Table(_) => {
                let table = table(value, context)?;
                let span = context.span(value.span());
                let range: Range = Record::read(table, span, context)?;
                Some(Fact::Range(range.from, range.to))
            }
            DeValue::Boolean(_) => {
                context.wrong_type(value, "a text, number, date, list or { from, to }");
                None
            }
        }
    }

    fn is_empty(fact: &Fact) -> bool {
        matches!(fact, Fact::Text(text) if text.is_empty())
    }
}

struct Range {
    from: NaiveDate,
    to: NaiveDate,
}

impl FromTable for Range {
    const WHAT: &'static str = "range";
    const DOC: &'static str = "From one day to another.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let from = r.need::<Day>("from", "the first day");
        let to = r.need::<Day>("to", "the last day");
        Some(Range { from: from?.value, to: to?.value })
    }
}

/// `content/acknowledged.toml` as written.
#[derive(Debug)]
pub struct AcknowledgedFile {
    /// `[[acknowledged]]`.
    pub entries: Vec<Acknowledged>,
}

impl FromTable for AcknowledgedFile {
    const WHAT: &'static str = "";
    const DOC: &'static str = "Findings that are to stand.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        Some(AcknowledgedFile { entries: r.records("acknowledged", "Findings that are to stand.") })
    }
}

impl FromTable for Acknowledged {
    const WHAT: &'static str = "acknowledged";
    const DOC: &'static str = "A finding that is to stand: it becomes info, and stays listed.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let code = r.need::<Id>("code", "the finding's code: \"rag/contradicted\"");
        let file = r.need::<Text>("where", "the file it is in, from the project folder");
        let about = r.get::<Text>("about", "words that its message contains: an id, say");
        let why = r.need::<Text>("why", "why it stands");
        let who = r.need::<Text>("who", "who decided");
        let until = r.need::<Day>("until", "the last day this holds");
        Some(Acknowledged {
            code: code?,
            file: file?,
            about,
            why: why?,
            who: who?,
            until: until?,
            span: r.span(),
        })
    }
}
