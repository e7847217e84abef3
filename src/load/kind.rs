//! Reads `content/kinds/`: the kinds of record that a project declares, and what it adds to others.
//!
//! Read before the plan, whose records they describe. A kind whose declaration is faulty is kept as
//! far as it goes, so that its records are not reported one by one for that fault.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value as Json;

use crate::diag::rules::{
    KIND_CIRCLE, KIND_FORMULA, KIND_NAME, KIND_REDEFINED, KIND_TOO_MANY, KIND_UNKNOWN,
};
use crate::diag::{Finding, Findings, Rule, nearest, slashed};
use crate::load::files::Folder;
use crate::load::kind_file::{KindFile, capital};
use crate::load::{files_with, read_toml, schema};
use crate::plan::kind::{
    Field, FieldType, Formula, Kind, Kinds, MOST_FIELDS, MOST_KINDS, OWN_FIELDS, path_of,
};
use crate::source::{At, Sources, Span};

const FOLDER: &str = "content/kinds";

/// Names that expressions know already, besides those of Annexe's own kinds.
const TAKEN: &[&str] = &[
    "data",
    "area",
    "inspection",
    "facts",
    "document",
    "param",
    "plan",
    "changes",
    "structure",
    "loop",
    "as_at",
    "kpi",
    "status",
    "true",
    "false",
    "none",
    "and",
    "or",
    "not",
    "in",
    "is",
    "if",
    "else",
];

/// Lists of `plan` whose names are no key of plan files with an s.
const LISTS: [&str; 9] = [
    "weaknesses",
    "bodies",
    "priorities",
    "criteria",
    "programme_factors",
    "replies",
    "repliers",
    "delivery_statuses",
    "signatories",
];

/// Every kind that the project declares.
pub fn read(folder: &mut Folder) -> Kinds {
    let paths = files_with(folder, FOLDER, &["toml"]);
    let mut kinds = Kinds::default();
    if paths.is_empty() {
        return kinds;
    }
    let built_in = BuiltIn { plan: schema::plan() };
    if paths.len() > MOST_KINDS {
        let message = format!("{} kinds are declared here; {MOST_KINDS} are read", paths.len());
        folder.findings.push(Finding::new(&KIND_TOO_MANY, message).in_file(FOLDER));
    }
    let mut declared = Vec::new();
    for path in paths.iter().take(MOST_KINDS) {
        let Some((file, _)) = read_toml::<KindFile>(folder, path) else { continue };
        declared.extend(settle(folder, path, file, &built_in));
    }
    let mut findings = Vec::new();
    names(&declared, &built_in, &mut findings);
    references(&declared, &built_in, &mut findings);
    circles(&declared, &mut findings);
    folder.findings.extend(findings);
    kinds.all = declared.into_iter().map(Arc::new).collect();
    kinds
}

/// Annexe's own kinds, from the loader's own description.
struct BuiltIn {
    plan: Json,
}

impl BuiltIn {
    /// The fields of the kind with this key.
    fn fields(&self, kind: &str) -> Option<&serde_json::Map<String, Json>> {
        self.plan["properties"][kind]["items"]["properties"].as_object()
    }

    /// Whether records of the kind have ids, and so can be named and added to.
    fn has_ids(&self, kind: &str) -> bool {
        self.fields(kind).is_some_and(|fields| fields.contains_key("id"))
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.plan["properties"].as_object().into_iter().flatten().map(|(name, _)| name.as_str())
    }
}

/// Whether plan files and expressions can call something by this word.
fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !word.ends_with('-')
        && word.len() <= 40
}

/// The kind that a file declares.
fn settle(folder: &mut Folder, path: &Path, file: KindFile, built_in: &BuiltIn) -> Option<Kind> {
    let findings = &mut folder.findings;
    let below = path.strip_prefix(FOLDER).unwrap_or(path).with_extension("");
    let name = slashed(&below);
    let extends = built_in.fields(&name).is_some();
    let span = file.span;
    if !is_name(&name) || TAKEN.contains(&path_of(&name).as_str()) && !extends {
        let message = format!("\"{name}\" cannot be the name of a kind");
        let help = "small letters, digits and hyphens, and no name that expressions know already";
        findings.push(Finding::new(&KIND_NAME, message).at(span).help(help));
        return None;
    }
    if extends && !built_in.has_ids(&name) {
        let message =
            format!("records of the kind \"{name}\" have no ids, so nothing can be added");
        findings.push(Finding::new(&KIND_NAME, message).at(span));
        return None;
    }
    if file.fields.len() > MOST_FIELDS {
        let message =
            format!("{} fields are declared here; a kind has {MOST_FIELDS}", file.fields.len());
        findings.push(Finding::new(&KIND_TOO_MANY, message).at(span));
    }
    let word = name.replace('-', " ");
    let mut fields: Vec<Field> = Vec::new();
    let mut formulas = Vec::new();
    for (key, declared) in file.fields.into_iter().take(MOST_FIELDS) {
        let declared = declared.value;
        let own = built_in.fields(&name).is_some_and(|fields| fields.contains_key(&*key));
        if own || !extends && OWN_FIELDS.contains(&key.as_str()) {
            let message = format!("every {word} has `{}` already", *key);
            findings.push(Finding::new(&KIND_REDEFINED, message).at(key.span));
            continue;
        }
        if !is_name(&key) {
            let message = format!("\"{}\" cannot be the name of a field", *key);
            let help = "small letters, digits and hyphens, beginning with a letter";
            findings.push(Finding::new(&KIND_NAME, message).at(key.span).help(help));
            continue;
        }
        let Some(takes) = declared.takes else { continue };
        formulas.extend(takes.formula.map(|formula| (fields.len(), formula)));
        fields.push(Field {
            path: path_of(&key),
            label: declared.label.unwrap_or_else(|| capital(&key.replace('-', " "))),
            help: declared.help,
            examples: declared.examples,
            needed: declared.needed,
            history: declared.history,
            many: declared.many,
            takes: takes.plain,
            name: key,
        });
    }
    let worked_out: BTreeSet<usize> = formulas.iter().map(|(place, _)| *place).collect();
    work_out(&mut fields, formulas, &folder.sources, findings);
    // Fields of one text that somebody writes.
    let texts = || {
        fields.iter().enumerate().filter(|(place, field)| {
            matches!(field.takes, FieldType::Text | FieldType::RichText)
                && !field.many
                && !worked_out.contains(place)
        })
    };
    let mut named = |key: &str, given: &At<String>| {
        let found = texts().find(|(_, field)| *field.name == **given);
        if found.is_none() {
            let message =
                format!("`{key}` names \"{}\", and no field of text is called so", **given);
            let known = texts().map(|(_, field)| field.name.as_str());
            findings.push(unknown(&KIND_UNKNOWN, message, given.span, given, known));
        }
        found.map(|(place, _)| place)
    };
    let is_title = |field: &Field| ["title", "name"].contains(&field.name.as_str());
    let title = match &file.title {
        Some(title) => named("title", title),
        None => texts().find(|(_, field)| is_title(field)).map(|(place, _)| place),
    };
    let progress = file.progress.as_ref().and_then(|progress| named("progress", progress));
    let plural = file.plural.map_or_else(|| format!("{}s", path_of(&name)), |p| path_of(&p));
    Some(Kind {
        name: At::new(name, span),
        word,
        about: file.about,
        plural,
        extends,
        title,
        progress,
        referenced: file.referenced,
        fields,
    })
}

/// A finding that names what was likely meant.
fn unknown<'k>(
    rule: &'static Rule,
    message: String,
    span: Span,
    given: &str,
    known: impl Iterator<Item = &'k str>,
) -> Finding {
    let known: Vec<&str> = known.collect();
    let finding = Finding::new(rule, message).at(span);
    match nearest(given, known.iter().copied()) {
        Some(near) => finding.help(format!("did you mean \"{near}\"?")),
        None if known.is_empty() => finding,
        None => finding.help(format!("one of: {}", known.join(", "))),
    }
}

/// Reads the expressions of computed fields, now that all fields are known. One that cannot be read,
/// or goes in a circle, leaves a field of text that nobody is asked for.
fn work_out(
    fields: &mut [Field],
    formulas: Vec<(usize, (At<String>, FieldType))>,
    sources: &Sources,
    findings: &mut Findings,
) {
    let names: Vec<String> = fields.iter().map(|field| field.path.clone()).collect();
    let gives = |place: usize| formulas.iter().find(|(at, _)| *at == place).map(|(_, (_, g))| g);
    let is_wordy = |(place, field): (usize, &Field)| {
        let takes = gives(place).unwrap_or(&field.takes);
        field.many || !matches!(takes, FieldType::Number(_) | FieldType::YesNo)
    };
    let wordy: Vec<bool> = fields.iter().enumerate().map(is_wordy).collect();
    let mut read = Vec::new();
    for (place, (source, gives)) in &formulas {
        match Formula::of(source, &names, &wordy) {
            Ok(formula) => read.push((*place, Arc::new(formula), gives.clone(), source.span)),
            Err(fault) => {
                let span = fault.range.map_or(source.span, |range| within(source, range, sources));
                let known = names.iter().map(String::as_str);
                findings.push(match &fault.unknown {
                    Some(name) => unknown(&KIND_FORMULA, fault.message, span, name, known),
                    None => Finding::new(&KIND_FORMULA, fault.message).at(span),
                });
            }
        }
    }
    // Those that need only what is worked out already come first; what is left goes in a circle.
    let mut left: BTreeSet<usize> = read.iter().map(|(place, ..)| *place).collect();
    loop {
        let ready: Vec<usize> = read
            .iter()
            .filter(|(place, formula, ..)| {
                left.contains(place) && !formula.uses.iter().any(|(used, _)| left.contains(used))
            })
            .map(|(place, ..)| *place)
            .collect();
        if ready.is_empty() {
            break;
        }
        ready.iter().for_each(|place| {
            left.remove(place);
        });
    }
    for (place, formula, gives, span) in read {
        let Some(field) = fields.get_mut(place) else { continue };
        if left.contains(&place) {
            let needs = formula.uses.iter().filter(|(used, _)| left.contains(used));
            let needs: Vec<&str> = needs.map(|(_, name)| name.as_str()).collect();
            let message = format!(
                "`{}` is worked out in a circle: it needs {}",
                *field.name,
                needs.join(" and ")
            );
            findings.push(Finding::new(&KIND_CIRCLE, message).at(span));
        } else {
            field.takes = FieldType::Computed { formula, gives: Box::new(gives.clone()) };
        }
    }
}

/// A part of a text's place, where the file has the text as it reads.
fn within(text: &At<String>, range: std::ops::Range<usize>, sources: &Sources) -> Span {
    let file = sources.file(text.span.file);
    let written = file.text.get(text.span.range()).unwrap_or("");
    match written.find(text.as_str()) {
        Some(at) => {
            let start = text.span.start as usize + at;
            Span::new(text.span.file, start + range.start..start + range.end)
        }
        None => text.span,
    }
}

/// With its article: "an egg".
fn a(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}

/// No two things that expressions see have one name.
fn names(kinds: &[Kind], built_in: &BuiltIn, findings: &mut Vec<Finding>) {
    let mut plurals: BTreeSet<String> =
        built_in.names().flat_map(|name| [path_of(name), format!("{}s", path_of(name))]).collect();
    // Lists of the plan that are no key of its files with an s.
    plurals.extend(LISTS.map(str::to_owned));
    for kind in kinds.iter().filter(|kind| !kind.extends) {
        if !plurals.insert(kind.plural.clone()) {
            let message = format!("`plan.{}` is the name of another list already", kind.plural);
            let help = "say what all of them are called: plural = \"…\"";
            findings.push(Finding::new(&KIND_NAME, message).at(kind.name.span).help(help));
        }
    }
}

/// Kinds that fields refer to are there, and ways back have names of their own.
fn references(kinds: &[Kind], built_in: &BuiltIn, findings: &mut Vec<Finding>) {
    let own = || kinds.iter().filter(|kind| !kind.extends).map(|kind| kind.name.as_str());
    let mut ways: BTreeSet<(String, String)> = BTreeSet::new();
    for kind in kinds {
        for (_, to, back) in kind.references() {
            if !own().any(|name| name == to.as_str()) && !built_in.has_ids(to) {
                let message = format!("there is no kind \"{}\" whose records have ids", **to);
                let known = built_in.names().filter(|name| built_in.has_ids(name));
                let known: Vec<&str> = own().chain(known).collect();
                findings.push(unknown(&KIND_UNKNOWN, message, to.span, to, known.into_iter()));
                continue;
            }
            let Some(back) = back else { continue };
            let is_field = kinds.iter().filter(|other| other.name.value == to.value).any(|other| {
                other.field(back).is_some() || !other.extends && OWN_FIELDS.contains(&back.as_str())
            });
            let is_built_in =
                built_in.fields(to).is_some_and(|fields| fields.contains_key(back.as_str()));
            let is_new = ways.insert((to.value.clone(), path_of(back)));
            if !is_name(back) || is_field || is_built_in || !is_new {
                let message = format!("`{}` cannot be what {} calls these", **back, a(to));
                let help = "choose a name that it has not: small letters, digits and hyphens";
                findings.push(Finding::new(&KIND_NAME, message).at(back.span).help(help));
            }
        }
    }
}

/// No kind needs, by whatever way, a record of its own: there could be no first.
fn circles(kinds: &[Kind], findings: &mut Vec<Finding>) {
    let needs = |kind: &Kind| -> Vec<At<String>> {
        let needed = |&(place, _, _): &(usize, &At<String>, Option<&At<String>>)| {
            kind.fields.get(place).is_some_and(|field| field.needed)
        };
        kind.references().filter(needed).map(|(_, to, _)| to.clone()).collect()
    };
    let own = |name: &str| kinds.iter().find(|kind| !kind.extends && *kind.name == *name);
    for kind in kinds.iter().filter(|kind| !kind.extends) {
        for first in needs(kind) {
            let mut seen: BTreeSet<String> = BTreeSet::new();
            let mut open = vec![first.value.clone()];
            while let Some(name) = open.pop() {
                if seen.insert(name.clone())
                    && let Some(next) = own(&name)
                {
                    open.extend(needs(next).into_iter().map(|to| to.value));
                }
            }
            if seen.contains(kind.name.as_str()) {
                let through: Vec<&str> = seen
                    .iter()
                    .map(String::as_str)
                    .filter(|name| *name != kind.name.value)
                    .collect();
                let one = a(&kind.word);
                let message = match through.as_slice() {
                    [] => format!("{one} needs {one} before it"),
                    others => {
                        format!("{one} needs {one} before it, by way of {}", others.join(", "))
                    }
                };
                let help = "do not need the reference: take out `needed`";
                findings.push(Finding::new(&KIND_CIRCLE, message).at(first.span).help(help));
            }
        }
    }
}
