//! Reads `content/packs/*.toml`: the papers of one meeting.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value as Json, json};
use toml::Spanned;
use toml::de::DeValue;

use crate::diag::rules::{FILE_TOO_LARGE, PACK_ITEM};
use crate::diag::{Finding, Findings};
use crate::load::files::Folder;
use crate::load::record::{Context, FromTable, Record};
use crate::load::value::{AnyText, Day, FromValue, Id, Named, Text, Whole};
use crate::load::{decode, files_with};
use crate::project::{Pack, PackItem, Paper};
use crate::source::At;

/// Where packs stand.
const FOLDER: &str = "content/packs";
/// Most items of a pack: each may be a whole document.
const ITEMS: usize = 40;
/// Most minutes of an item: a day.
const MINUTES: u32 = 24 * 60;

/// A pack as written; its name is the file's.
#[derive(Debug)]
pub struct PackFile(pub Pack);

/// Reads every pack of the project, by name.
pub fn read(folder: &mut Folder) -> BTreeMap<String, Pack> {
    let mut packs = BTreeMap::new();
    if !folder.has(Path::new(FOLDER)) {
        return packs;
    }
    for path in files_with(folder, FOLDER, &["toml"]) {
        let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
        let Some(file) = folder.text(&path) else { continue };
        let text = folder.sources.file(file).text.clone();
        let mut findings = Findings::default();
        let (record, _) = decode::<PackFile>(file, 0, &text, &mut findings);
        let mut pack = record.map(|PackFile(pack)| Pack { name: name.to_owned(), ..pack });
        if let Some(pack) = &mut pack {
            shorten(pack, &mut findings);
        }
        // What is wrong with a pack stops no document.
        let concern = format!("{}{name}", Pack::CONCERN);
        folder.findings.extend(findings.into_iter().map(|finding| finding.of_document(&concern)));
        packs.extend(pack.map(|pack| (name.to_owned(), pack)));
    }
    packs
}

fn shorten(pack: &mut Pack, findings: &mut Findings) {
    if pack.items.len() > ITEMS {
        let message = format!("a pack may have {ITEMS} items; this one has {}", pack.items.len());
        findings.push(Finding::new(&FILE_TOO_LARGE, message).at(pack.title.span));
        pack.items.truncate(ITEMS);
    }
}

impl FromTable for PackFile {
    const WHAT: &'static str = "pack";
    const DOC: &'static str = "The papers of one meeting, joined.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let title = r.need::<Text>("title", "the pack's title, shown on its cover");
        let meeting = r.get::<Text>("meeting", "who meets; a line under the title");
        let date = r.need::<Day>("date", "the day of the meeting");
        let as_at = r
            .get::<Day>("as-at", "the day papers speak for that do not say; their own when absent");
        let time = r.get::<Text>("time", "when it starts and ends, in words");
        let place = r.get::<Text>("place", "where it is held");
        let status = r.get::<Text>("status", "\"Draft\", \"Restricted\"; shown on the cover");
        let mut items = r.records::<PackItem>("item", "the agenda, item by item");
        let (title, date) = (title?, date?);
        if !r.has("item") {
            let finding = Finding::new(&PACK_ITEM, "this pack has no item")
                .at(title.span)
                .help("each `[[item]]` is one: a document, or a title of its own");
            r.context().report(finding);
        }
        for (index, item) in items.iter_mut().enumerate() {
            if item.number.is_empty() {
                item.number = (index + 1).to_string();
            }
        }
        Some(PackFile(Pack {
            name: String::new(),
            file: title.span.file,
            title,
            meeting: words(meeting),
            date,
            as_at,
            time: words(time),
            place: words(place),
            status: words(status),
            items,
        }))
    }
}

impl FromTable for PackItem {
    const WHAT: &'static str = "item";
    const DOC: &'static str = "One item of the agenda.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let number = r.get::<Text>("number", "its number as printed; counted when absent");
        let title = r.get::<Text>("title", "what it is called; the paper's title when absent");
        let document = r.get::<Id>("document", "its paper: the name of a document");
        let edition = r.get::<Id>("edition", "the paper's edition; its first when absent");
        let as_at = r.get::<Day>("as-at", "the day the paper speaks for; the pack's when absent");
        let parameters =
            r.get::<Named<Plain>>("param", "values of the paper's parameters, by name");
        let purpose = r.get::<Text>("purpose", "what it is for: \"For decision\"");
        let presenter = r.get::<Text>("presenter", "who brings it");
        let minutes = r.get::<Whole<MINUTES>>("minutes", "how long it is to take");
        let span = r.span();
        if document.is_none() && !r.has("document") {
            let of_papers = [
                ("edition", edition.as_ref().map(|value| value.span)),
                ("as-at", as_at.as_ref().map(|value| value.span)),
                ("param", parameters.as_ref().map(|value| value.span)),
            ];
            for (key, at) in of_papers {
                let Some(at) = at else { continue };
                let message = format!("`{key}` is of a paper, and this item has none");
                r.context().report(Finding::new(&PACK_ITEM, message).at(at));
            }
            if title.is_none() {
                let message = "this item is neither a document nor has it a title";
                let finding = Finding::new(&PACK_ITEM, message)
                    .at(span)
                    .help("give it `document`, or `title` when there is no paper");
                r.context().report(finding);
            }
        }
        Some(PackItem {
            number: words(number).unwrap_or_default(),
            title,
            paper: document.map(|document| Paper {
                document,
                edition,
                as_at,
                parameters: parameters.map_or_else(Vec::new, |given| given.value),
            }),
            purpose: words(purpose),
            presenter: words(presenter),
            minutes: minutes.map(|minutes| minutes.value).filter(|minutes| *minutes > 0),
            span,
        })
    }
}

fn words(words: Option<At<String>>) -> Option<String> {
    words.map(|words| words.value)
}

/// A value for a parameter, as the command line would take it: text, a number, a day, yes or no.
struct Plain;

impl FromValue for Plain {
    type Out = String;

    fn schema() -> Json {
        json!({ "type": ["string", "number", "boolean"] })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<String> {
        match value.get_ref() {
            DeValue::Boolean(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => {
                Some(context.written(value.span()).to_owned())
            }
            _ => AnyText::read(value, context),
        }
    }
}
