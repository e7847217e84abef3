//! Reads `templates/editions/NAME.toml`, and puts each profile together with those it is based on.
//!
//! The editions that most projects need are built in. A file of a built-in edition's name changes
//! only what it says; what it does not say stays as it is built in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value as Json;

use crate::diag::rules::{EDITION_BASE, FILE_IGNORED, FILE_UNREADABLE, THEME_TOKENS};
use crate::diag::{Finding, nearest, slashed};
use crate::load::files::Folder;
use crate::load::overlay::{Overlay, ThemeChoice};
use crate::load::record::{FromTable, List, Record};
use crate::load::value::{Choice, Flag, Id, OneOf, Text, Whole};
use crate::load::{decode, theme};
use crate::project::{Edition, FULL, Length, Limits, Numbers, PairRules, RatingLook, Theme};
use crate::source::{At, FileId, Span};
use crate::theme::Tokens;

const EDITIONS: &str = "templates/editions";

/// The editions that are built in.
const BUILT_IN: &[(&str, &str)] = &[
    (FULL, include_str!("../../templates/editions/full.toml")),
    ("easy-read", include_str!("../../templates/editions/easy-read.toml")),
    ("large-print", include_str!("../../templates/editions/large-print.toml")),
    ("summary", include_str!("../../templates/editions/summary.toml")),
];

/// Most pages that a profile can speak of.
const PAGES: u32 = 10_000;

/// Most columns that a profile can speak of.
const COLUMNS: u32 = 100;

/// A profile as written.
#[derive(Debug, Default)]
pub struct Profile {
    title: Option<At<String>>,
    label: Option<String>,
    based_on: Option<At<String>>,
    leave_out: Option<Vec<At<String>>>,
    theme: Option<ThemeChoice>,
    numbers: Option<Numbers>,
    ratings: Option<RatingLook>,
    hard_words: Option<bool>,
    table_columns: Option<u32>,
    pictured_contents: Option<bool>,
    partners_on_cover: Option<bool>,
    length: Option<Length>,
    readability: Option<Limits>,
    pairs: Option<PairRules>,
}

impl FromTable for Profile {
    const WHAT: &'static str = "this edition";
    const DOC: &'static str = "The profile of an edition: what it changes.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let title = r.get::<Text>("title", "what readers call it; its name when absent");
        let label =
            r.get::<Text>("label", "what the cover and the file's title say of it: \"Easy read\"");
        let based_on = r.get::<Id>(
            "based-on",
            "the edition whose settings it takes, and whose `::: only` blocks it shows",
        );
        let leave_out = r.get::<List<Id>>(
            "leave-out",
            "names of directives that it leaves out; also `table` and `list`, for those typed in Markdown",
        );
        let theme = r.get::<ThemeChoice>("theme", "another theme, or other values of its tokens");
        let numbers = r.get::<OneOf<Numbers>>(
            "numbers",
            "standard: 58%; easy: about 6 out of 10; standard when absent",
        );
        let ratings = r.get::<OneOf<RatingLook>>(
            "ratings",
            "chip: letter and word; picture: the scheme's picture and easy words; chip when absent",
        );
        let hard_words = r.get::<Flag>(
            "hard-words",
            "true: bold words are hard words, explained in the next sentence or the word list",
        );
        let tables = r.get::<TablesLook>("tables", "tables as a whole");
        let contents = r.get::<ContentsLook>("contents", "the list of headings");
        let cover = r.get::<CoverLook>("cover", "the front page");
        let length = r.get::<Length>("length", "how many pages it may have");
        let readability = r.get::<Limits>(
            "readability",
            "what is looked for in its words; that of the edition it is based on when absent",
        );
        let pairs = r.get::<PairRules>(
            "pairs",
            "which sections of another edition need a counterpart in this one",
        );
        Some(Profile {
            title,
            label: label.map(|label| label.value),
            based_on,
            leave_out: leave_out.map(|kinds| kinds.value),
            theme: theme.map(|theme| theme.value),
            numbers: numbers.map(|numbers| numbers.value),
            ratings: ratings.map(|ratings| ratings.value),
            hard_words: hard_words.map(|hard| hard.value),
            table_columns: tables.and_then(|tables| tables.value.columns),
            pictured_contents: contents.and_then(|contents| contents.value.pictures),
            partners_on_cover: cover.and_then(|cover| cover.value.partners),
            length: length.map(|length| length.value),
            readability: readability.map(|limits| limits.value),
            pairs: pairs.map(|pairs| pairs.value),
        })
    }
}

impl Choice for Numbers {
    const WHAT: &'static str = "way to write numbers";
    const WORDS: &'static [(&'static str, Self)] =
        &[("standard", Numbers::Standard), ("easy", Numbers::Easy)];
}

impl Choice for RatingLook {
    const WHAT: &'static str = "way to show ratings";
    const WORDS: &'static [(&'static str, Self)] =
        &[("chip", RatingLook::Chip), ("picture", RatingLook::Picture)];
}

struct TablesLook {
    columns: Option<u32>,
}

impl FromTable for TablesLook {
    const WHAT: &'static str = "[tables]";
    const DOC: &'static str = "Tables as a whole.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let columns = r.get::<Whole<COLUMNS>>("columns", "tables of more columns go row by row");
        Some(TablesLook { columns: columns.map(|columns| columns.value) })
    }
}

struct ContentsLook {
    pictures: Option<bool>,
}

impl FromTable for ContentsLook {
    const WHAT: &'static str = "[contents]";
    const DOC: &'static str = "The list of headings.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let pictures =
            r.get::<Flag>("pictures", "whether each entry has its section's first picture");
        Some(ContentsLook { pictures: pictures.map(|pictures| pictures.value) })
    }
}

struct CoverLook {
    partners: Option<bool>,
}

impl FromTable for CoverLook {
    const WHAT: &'static str = "[cover]";
    const DOC: &'static str = "The front page.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let partners = r.get::<Flag>("partners", "whether it names the partners; true when absent");
        Some(CoverLook { partners: partners.map(|partners| partners.value) })
    }
}

impl FromTable for Length {
    const WHAT: &'static str = "[length]";
    const DOC: &'static str = "How many pages it may have.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let warn = r.get::<Whole<PAGES>>("warn", "more pages than this are a warning");
        let most = r.get::<Whole<PAGES>>("most", "more pages than this stop the document");
        Some(Length { warn: warn.map(|pages| pages.value), most: most.map(|pages| pages.value) })
    }
}

/// A profile and its file; a project's own stands over the built-in one of its name.
struct Layers {
    file: FileId,
    /// The project's own, then the built-in one, as far as there are such.
    profiles: Vec<Profile>,
}

impl Layers {
    fn first<T>(&self, of: impl Fn(&Profile) -> Option<T>) -> Option<T> {
        self.profiles.iter().find_map(of)
    }
}

/// Reads every profile; `theme` is the project's theme.
pub fn read(folder: &mut Folder, theme: &Theme) -> BTreeMap<String, Edition> {
    let layers = read_layers(folder);
    let mut themes = BTreeMap::from([(theme.name.clone(), Some(theme.clone()))]);
    let mut editions = BTreeMap::new();
    for name in layers.keys() {
        let chain = chain(name, &layers, folder);
        if let Some(edition) = together(&chain, &theme.name, &mut themes, folder) {
            editions.insert(name.clone(), edition);
        }
    }
    editions
}

fn read_layers(folder: &mut Folder) -> BTreeMap<String, Layers> {
    let mut layers: BTreeMap<String, Layers> = BTreeMap::new();
    for path in super::files_with(folder, EDITIONS, &["toml"]) {
        let Some(name) = path.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned) else {
            let finding = Finding::new(&FILE_UNREADABLE, "this file's name is not UTF-8 text");
            folder.findings.push(finding.in_file(&path));
            continue;
        };
        if path.components().count() != Path::new(EDITIONS).components().count() + 1 {
            let message = format!("{} is not read: editions stand side by side", slashed(&path));
            let finding = Finding::new(&FILE_IGNORED, message);
            folder.findings.push(finding.in_file(&path));
            continue;
        }
        let Some(file) = folder.text(&path) else { continue };
        let text = folder.sources.file(file).text.clone();
        let (profile, _) = decode::<Profile>(file, 0, &text, &mut folder.findings);
        let profiles = vec![profile.unwrap_or_default()];
        layers.insert(name, Layers { file, profiles });
    }
    for (name, text) in BUILT_IN {
        // A built-in profile may be shown by a finding too: it stands among the sources where its
        // own file would.
        let path = Path::new(EDITIONS).join(format!("{name}.toml"));
        let own = folder.sources.find(&path);
        if own.is_some_and(|file| &*folder.sources.file(file).text == *text) {
            continue;
        }
        let file = folder.sources.add_built_in(path, *text);
        let (profile, _) = decode::<Profile>(file, 0, text, &mut folder.findings);
        let profile = profile.unwrap_or_default();
        match layers.get_mut(*name) {
            Some(layers) => layers.profiles.push(profile),
            None => {
                layers.insert((*name).to_owned(), Layers { file, profiles: vec![profile] });
            }
        }
    }
    layers
}

/// The edition `name` and those it is based on, the nearest first. What is wrong on the way is
/// reported with the edition that says it.
fn chain<'l>(
    name: &str,
    layers: &'l BTreeMap<String, Layers>,
    folder: &mut Folder,
) -> Vec<(&'l str, &'l Layers)> {
    let mut chain = Vec::new();
    let mut seen = BTreeSet::new();
    let mut next = layers.get_key_value(name);
    while let Some((name, layer)) = next {
        seen.insert(name.as_str());
        chain.push((name.as_str(), layer));
        let Some(base) = layer.first(|profile| profile.based_on.clone()) else { break };
        next = layers.get_key_value(base.as_str());
        let first = chain.len() == 1;
        if next.is_none() && first {
            let message = format!("there is no edition \"{}\" to be based on", base.value);
            let mut finding = Finding::new(&EDITION_BASE, message).at(base.span);
            let known = layers.keys().map(String::as_str).filter(|known| known != name);
            finding = match nearest(&base, known.clone()) {
                Some(near) => finding.help(format!("did you mean \"{near}\"?")),
                None => finding.help(format!("there is {}", known.collect::<Vec<_>>().join(", "))),
            };
            folder.findings.push(finding);
        }
        if seen.contains(base.as_str()) {
            if base.value == chain.first().map_or("", |(name, _)| name) {
                let way: Vec<&str> =
                    chain.iter().map(|(name, _)| *name).chain([base.as_str()]).collect();
                let message = "this edition is based on itself";
                let finding = Finding::new(&EDITION_BASE, message).at(base.span);
                folder.findings.push(finding.note(format!("the way round: {}", way.join(" → "))));
            }
            break;
        }
    }
    chain
}

/// One edition of its profile and those it is based on.
fn together(
    chain: &[(&str, &Layers)],
    usual: &str,
    themes: &mut BTreeMap<String, Option<Theme>>,
    folder: &mut Folder,
) -> Option<Edition> {
    let (name, own) = *chain.first()?;
    fn first<T>(chain: &[(&str, &Layers)], of: impl Fn(&Profile) -> Option<T> + Copy) -> Option<T> {
        chain.iter().find_map(|(_, layers)| layers.first(of))
    }
    let title = own.first(|profile| profile.title.as_ref().map(|title| title.value.clone()));
    let named = first(chain, |profile| profile.theme.as_ref()?.name.clone());
    let theme_name = named.as_ref().map_or(usual, |named| named.as_str());
    let mut base = themes
        .entry(theme_name.to_owned())
        .or_insert_with(|| theme::read(folder, named.as_ref()))
        .clone()?;
    // From the base upwards, so that the nearest word holds.
    let overlays: Vec<&Overlay> = chain
        .iter()
        .flat_map(|(_, layers)| &layers.profiles)
        .filter_map(|profile| Some(&profile.theme.as_ref()?.tokens))
        .collect();
    match with_overlays(&base.tokens, overlays.iter().rev().copied()) {
        Ok(tokens) => base.tokens = tokens,
        Err(reason) => {
            let message = format!("the tokens of this edition are not whole: {reason}");
            let finding = Finding::new(&THEME_TOKENS, message).at(Span::new(own.file, 0..0));
            folder.findings.push(finding);
        }
    }
    let length = |of: fn(&Length) -> Option<u32>| first(chain, |p| p.length.as_ref().and_then(of));
    Some(Edition {
        name: name.to_owned(),
        file: own.file,
        title: title.unwrap_or_else(|| spoken(name)),
        label: own.first(|profile| profile.label.clone()),
        based_on: chain.iter().skip(1).map(|(name, _)| (*name).to_owned()).collect(),
        leave_out: first(chain, |profile| profile.leave_out.clone()).unwrap_or_default(),
        theme: base,
        numbers: first(chain, |profile| profile.numbers).unwrap_or(Numbers::Standard),
        ratings: first(chain, |profile| profile.ratings).unwrap_or(RatingLook::Chip),
        hard_words: first(chain, |profile| profile.hard_words).unwrap_or(false),
        table_columns: first(chain, |profile| profile.table_columns),
        pictured_contents: first(chain, |profile| profile.pictured_contents).unwrap_or(false),
        partners_on_cover: first(chain, |profile| profile.partners_on_cover).unwrap_or(true),
        length: Length { warn: length(|l| l.warn), most: length(|l| l.most) },
        readability: first(chain, |profile| profile.readability.clone()),
        pairs: own.first(|profile| profile.pairs.clone()),
    })
}

/// A name as a title: "large-print" → "Large print".
fn spoken(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().collect::<String>() + letters.as_str())
}

fn with_overlays<'o>(
    tokens: &Tokens,
    overlays: impl Iterator<Item = &'o Overlay>,
) -> Result<Tokens, String> {
    let mut json = serde_json::to_value(tokens).map_err(|error| error.to_string())?;
    for token in overlays.flat_map(|overlay| &overlay.0) {
        let mut place = &mut json;
        for step in &token.path {
            let Json::Object(table) = place else { break };
            place = table.entry(step).or_insert_with(|| Json::Object(serde_json::Map::new()));
        }
        *place = token.value.clone();
    }
    serde_json::from_value(json).map_err(|error| error.to_string())
}
