//! Reads what judges words: `[readability]` and `[pairs]` of a profile, `content/words.toml`,
//! `content/agreed/`.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value as Json, json};
use toml::Spanned;
use toml::de::DeValue;

use crate::diag::rules::{VALUE_TYPE, WORDS_KEEP};
use crate::diag::{Finding, Severity, nearest};
use crate::load::files::Folder;
use crate::load::record::{Context, FromTable, Record};
use crate::load::value::{Choice, Day, FromValue, Id, Named, Number, OneOf, Text, Whole};
use crate::load::{decode, files_with, read_toml};
use crate::project::{Agreed, AgreedFile, Bounds, HardWord, Limits, PairRules, Wording};
use crate::source::At;

/// The project's own list of hard words.
const WORDS: &str = "content/words.toml";
/// Where the list that is built in would stand.
const BUILT_IN: &str = "templates/words.toml";
/// Records of agreement.
const AGREED: &str = "content/agreed";

impl Choice for Severity {
    const WHAT: &'static str = "weight";
    const WORDS: &'static [(&'static str, Self)] =
        &[("info", Severity::Info), ("warning", Severity::Warning), ("error", Severity::Error)];
}

/// How findings are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Report {
    Sentence,
    Summary,
}

impl Choice for Report {
    const WHAT: &'static str = "way to report";
    const WORDS: &'static [(&'static str, Self)] =
        &[("sentence", Report::Sentence), ("summary", Report::Summary)];
}

impl FromTable for Limits {
    const WHAT: &'static str = "[readability]";
    const DOC: &'static str = "What is looked for in the edition's words, and the limits.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let sentence = r.get::<Bounds>("sentence-words", "words in a sentence");
        let age = r.get::<Bounds>("reading-age", "reading age of the whole document, in years");
        let section = r.get::<Bounds>("section-reading-age", "reading age of each section");
        let allow = r.list::<Text>("allow", "acronyms and words that may stand");
        let report = r.get::<OneOf<Report>>(
            "report",
            "sentence: a finding at each sentence; summary: one a document; sentence when absent",
        );
        let mut wording = BTreeMap::new();
        for (name, fault) in Wording::WORDS {
            let weight = r
                .get::<OneOf<Severity>>(name, "info, warning or error; not looked for when absent");
            wording.extend(weight.map(|weight| (*fault, weight.value)));
        }
        let bounds = |bounds: Option<At<Bounds>>| bounds.map_or_else(Bounds::default, |b| b.value);
        Some(Limits {
            sentence_words: bounds(sentence),
            reading_age: bounds(age),
            section_reading_age: bounds(section),
            wording,
            allow: allow.into_iter().map(|word| word.value).collect(),
            summary: report.is_some_and(|report| report.value == Report::Summary),
        })
    }
}

impl FromTable for Bounds {
    const WHAT: &'static str = "limit";
    const DOC: &'static str = "Above `warn` is a warning, above `fail` an error.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let warn = r.get::<Number>("warn", "more than this is a warning");
        let fail = r.get::<Number>("fail", "more than this is an error");
        Some(Bounds { warn: warn.map(|most| most.value), fail: fail.map(|most| most.value) })
    }
}

impl FromTable for PairRules {
    const WHAT: &'static str = "[pairs]";
    const DOC: &'static str = "Which sections of another edition need a counterpart in this one.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let with = r.need::<Id>("with", "the edition whose sections need a counterpart");
        let levels = r.get::<Whole<6>>(
            "levels",
            "the deepest level of heading that needs one; 1 when absent",
        );
        let documents = r.list::<Id>("documents", "the documents this holds for; all when absent");
        Some(PairRules {
            with: with?,
            levels: levels.map_or(1, |levels| u8::try_from(levels.value).unwrap_or(1)).max(1),
            documents,
        })
    }
}

/// `content/words.toml` as written.
#[derive(Debug)]
pub struct WordsFile {
    words: Vec<(At<String>, At<String>)>,
    keep: Vec<At<String>>,
}

impl FromTable for WordsFile {
    const WHAT: &'static str = "";
    const DOC: &'static str =
        "Hard words, each with a plainer one. A word is found with -s, -ed and -ing too.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let words = r.get::<Named<Text>>("words", "each hard word or phrase with a plainer one");
        let keep = r.list::<Text>("keep", "words of the built-in list that may stand here");
        Some(WordsFile { words: words.map_or_else(Vec::new, |words| words.value), keep })
    }
}

/// The hard words, by the letters that are looked for: those built in, and over them the project's own.
pub fn words(folder: &mut Folder) -> BTreeMap<String, HardWord> {
    let text = include_str!("../../templates/words.toml");
    let file = folder.sources.add_built_in(BUILT_IN, text);
    let (built_in, _) = decode::<WordsFile>(file, 0, text, &mut folder.findings);
    let own = match folder.has(Path::new(WORDS)) {
        true => read_toml::<WordsFile>(folder, Path::new(WORDS)).map(|(words, _)| words),
        false => None,
    };
    let mut words = BTreeMap::new();
    for file in built_in.into_iter().chain(own) {
        for (hard, plain) in file.words {
            let word = HardWord { hard: hard.clone(), plain: plain.value };
            words.insert(looked_for(&hard), word);
        }
        for kept in file.keep {
            if words.remove(&looked_for(&kept)).is_none() {
                let message =
                    format!("\"{}\" is no hard word, so there is nothing to keep", kept.value);
                let finding = Finding::new(&WORDS_KEEP, message).at(kept.span);
                let known = words.keys().map(String::as_str);
                folder.findings.push(match nearest(&looked_for(&kept), known) {
                    Some(near) => finding.help(format!("did you mean \"{near}\"?")),
                    None => finding,
                });
            }
        }
    }
    words
}

/// A word as it is compared: small letters, straight apostrophes.
fn looked_for(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

/// `content/agreed/DOCUMENT.EDITION.toml` as written.
#[derive(Debug)]
pub struct AgreedSections {
    sections: Vec<Agreed>,
}

impl FromTable for AgreedSections {
    const WHAT: &'static str = "";
    const DOC: &'static str = "The state of each section that its counterpart was agreed against.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        Some(AgreedSections {
            sections: r.records("agreed", "A section whose counterpart was agreed."),
        })
    }
}

impl FromTable for Agreed {
    const WHAT: &'static str = "agreed section";
    const DOC: &'static str = "A section whose counterpart was agreed; `annexe agree` writes it.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let section = r.need::<Text>("section", "the section's id");
        let by = r.need::<Text>("by", "who agreed");
        let on = r.need::<Day>("on", "the day it was agreed");
        let text = r.need::<Text>("text", "what the section said");
        let figures = r.list::<Shown>("figures", "the bound figures in it, in reading order");
        Some(Agreed {
            section: section?,
            by: by?,
            on: on?,
            text: text?.value,
            figures: figures.into_iter().map(|shown| shown.value.0).collect(),
            span: r.span(),
        })
    }
}

/// A figure and what it showed: `["kpi.K1.actual", "58%"]`.
#[derive(Debug)]
struct Shown((String, String));

impl FromValue for Shown {
    type Out = Shown;

    fn schema() -> Json {
        json!({ "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2 })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<Shown> {
        let texts: Option<Vec<&str>> = value
            .get_ref()
            .as_array()
            .map(|pair| pair.iter().filter_map(|text| text.get_ref().as_str()).collect());
        match texts.as_deref() {
            Some([name, shows]) => Some(Shown(((*name).to_owned(), (*shows).to_owned()))),
            _ => {
                let message = "expected the name of a figure and what it showed";
                let finding = Finding::new(&VALUE_TYPE, message).at(context.span(value.span()));
                context.report(finding.help("write [\"kpi.K1.actual\", \"58%\"]"));
                None
            }
        }
    }
}

/// The records of agreement, by the stem of their file: `DOCUMENT.EDITION`.
pub fn agreed(folder: &mut Folder) -> BTreeMap<String, AgreedFile> {
    let mut agreed = BTreeMap::new();
    for path in files_with(folder, AGREED, &["toml"]) {
        let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned) else {
            continue;
        };
        let Some((read, _)) = read_toml::<AgreedSections>(folder, &path) else { continue };
        let Some(file) = folder.sources.find(&path) else { continue };
        agreed.insert(stem, AgreedFile { file, sections: read.sections });
    }
    agreed
}
