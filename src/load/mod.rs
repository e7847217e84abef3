//! Reads a project folder into a [`Project`], every value with its place.
//!
//! Loading never stops at the first fault: what can be read is read, the rest is
//! findings. What the values mean together is [`crate::check`]'s to ask.

pub(crate) mod csv;
mod dataset;
pub(crate) mod declared;
mod edition;
mod evaluation;
pub(crate) mod files;
mod glossary;
mod history;
mod image;
mod kind;
mod kind_file;
mod layers;
mod measure;
mod overlay;
mod pack;
mod picture;
mod plan;
mod project;
pub(crate) mod record;
mod reply;
pub mod schema;
mod statement;
mod svg;
mod template;
mod theme;
pub(crate) mod value;
mod website;
mod wording;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diag::rules::{
    FILE_IGNORED, FILE_MISSING, FILE_UNREADABLE, IMAGE_UNREADABLE, KEY_MISSING, TEMPLATE_FRONT,
    TOML_SYNTAX,
};
use crate::diag::{Finding, Findings, slashed};
use crate::document::Asset;
use crate::load::files::{Folder, IMAGE_BYTES};
use crate::load::project::{AcknowledgedFile, ProjectFile};
use crate::load::record::{Context, FromTable, Record};
use crate::load::template::FrontMatter;
use crate::plan::{Kinds, Plan, PlanDate};
use crate::project::{Project, Settings, Template};
use crate::source::{FileId, Sources, Span};

pub use files::{LINE_CHARACTERS, TEXT_BYTES};

const PROJECT_FILE: &str = "content/project.toml";

/// The project folder that `from` is in: the nearest with a `content/project.toml`, upwards.
pub fn find_root(from: &Path) -> Option<PathBuf> {
    let from = from.canonicalize().ok()?;
    from.ancestors().find(|folder| folder.join(PROJECT_FILE).is_file()).map(Path::to_owned)
}

/// Reads the project at `root`. There is none only when the folder has no readable
/// `content/project.toml`; everything else that is wrong is a finding, and the rest is read.
/// Without a project there are still the files that the findings point into.
pub fn load(root: &Path) -> (Result<Project, Sources>, Findings) {
    load_with(root, Vec::new())
}

/// Reads the project at `root` as if the file at `path`, below it, held `text`: what a change would
/// make of the project, before it is made.
pub fn load_as_if(
    root: &Path,
    path: PathBuf,
    text: String,
) -> (Result<Project, Sources>, Findings) {
    load_with(root, vec![(path, text)])
}

/// [`load`], as if each of `texts` stood in its file.
pub fn load_as_if_all(
    root: &Path,
    texts: impl IntoIterator<Item = (PathBuf, String)>,
) -> (Result<Project, Sources>, Findings) {
    load_with(root, texts.into_iter().collect())
}

fn load_with(root: &Path, instead: Vec<(PathBuf, String)>) -> (Result<Project, Sources>, Findings) {
    let mut folder = match Folder::open(root) {
        Ok(folder) => folder,
        Err(error) => {
            let message = format!("{} cannot be opened: {}", slashed(root), error.kind());
            let mut findings = Findings::default();
            findings.push(Finding::new(&FILE_MISSING, message));
            return (Err(Sources::default()), findings);
        }
    };
    for (path, text) in instead {
        folder.read_instead(path, text);
    }
    let about = read_toml::<ProjectFile>(&mut folder, Path::new(PROJECT_FILE));
    let Some((about, _)) = about else { return (Err(folder.sources), folder.findings) };
    let kinds = kind::read(&mut folder);
    let plan = read_plan(&mut folder, kinds);
    let datasets = dataset::read(&mut folder);
    let acknowledged = Path::new("content/acknowledged.toml");
    let acknowledged = match folder.has(acknowledged) {
        true => read_toml::<AcknowledgedFile>(&mut folder, acknowledged),
        false => None,
    };
    let packs = pack::read(&mut folder);
    let narrative = read_narrative(&mut folder);
    let images = read_images(&mut folder);
    let pictures = picture::read(&mut folder, &images);
    let theme = theme::read(&mut folder, about.project.theme.as_ref());
    let editions = theme.as_ref().map(|theme| edition::read(&mut folder, theme));
    let known: Vec<&str> =
        editions.iter().flat_map(|editions| editions.keys().map(String::as_str)).collect();
    let templates = read_templates(&mut folder, &known, &plan.kinds);
    let words = wording::words(&mut folder);
    let agreed = wording::agreed(&mut folder);
    let Folder { sources, mut findings, .. } = folder;
    findings.sort(&sources);
    let (Some(theme), Some(editions)) = (theme, editions) else { return (Err(sources), findings) };
    let project = Project {
        root: root.to_owned(),
        sources,
        settings: Settings {
            as_at: about.project.as_at,
            first_day: about.project.first_day,
            language: about.project.language,
            author: about.project.author,
            area: about.area.name,
            partners: about.area.partners,
            inspection: about.inspection,
            facts: about.facts,
            quotes: about.quotes.kinds,
            contact: about.contact,
            website: about.website,
        },
        plan,
        datasets,
        templates,
        packs,
        narrative,
        images,
        pictures,
        theme,
        editions,
        acknowledged: acknowledged.map_or_else(Vec::new, |(file, _)| file.entries),
        words,
        agreed,
    };
    (Ok(project), findings)
}

/// The kinds that the project at `root` declares, as far as they can be read: what is wrong with
/// them, loading the project says.
pub fn kinds(root: &Path) -> Kinds {
    Folder::open(root).map_or_else(|_| Kinds::default(), |mut folder| kind::read(&mut folder))
}

/// Reads a whole TOML file as one record, with the ids of records in it that could not be read.
fn read_toml<T: FromTable>(folder: &mut Folder, path: &Path) -> Option<(T, Vec<String>)> {
    read_toml_with(folder, path, &Kinds::default())
}

/// The same, in a project with these kinds.
fn read_toml_with<T: FromTable>(
    folder: &mut Folder,
    path: &Path,
    kinds: &Kinds,
) -> Option<(T, Vec<String>)> {
    let file = folder.text(path)?;
    let text = folder.sources.file(file).text.clone();
    let (record, unread) = decode_with::<T>(file, 0, &text, kinds, &mut folder.findings);
    Some((record?, unread))
}

/// Reads TOML that starts at byte `base` of `file`. Everything that is wrong is reported at once:
/// syntax line by line, then every record.
pub(crate) fn decode<T: FromTable>(
    file: FileId,
    base: usize,
    text: &str,
    findings: &mut Findings,
) -> (Option<T>, Vec<String>) {
    decode_with(file, base, text, &Kinds::default(), findings)
}

/// The same, in a project with these kinds.
fn decode_with<T: FromTable>(
    file: FileId,
    base: usize,
    text: &str,
    kinds: &Kinds,
    findings: &mut Findings,
) -> (Option<T>, Vec<String>) {
    let (table, errors) = toml::de::DeTable::parse_recoverable(text);
    let mut context = Context::new(file, base, text, kinds);
    let mut broken: Vec<usize> = Vec::new();
    let line_of = |at: usize| text.get(..at).map_or(0, |before| before.matches('\n').count());
    for error in &errors {
        let range = error.span().unwrap_or(0..0);
        let written = text.get(range.clone()).unwrap_or("");
        // 2022-11-31 unquoted is a syntax error to TOML; the record it is in says it better.
        let is_date = written.starts_with(|c: char| c.is_ascii_digit())
            && (written.contains('-') || PlanDate::parse(written).is_ok());
        let line = line_of(range.start);
        if is_date || broken.contains(&line) {
            continue;
        }
        broken.push(line);
        findings.push(syntax(error.message(), written).at(context.span(range)));
    }
    let span = context.span(0..0);
    let record = Record::read::<T>(table.get_ref(), span, &mut context);
    // On a broken line, and about keys missing from a file with one, the record only guesses.
    let base = Span::new(file, base..base).start as usize;
    let Context { findings: found, unread, .. } = context;
    findings.extend(found.into_iter().filter(|finding| match finding.place {
        crate::diag::Place::Span(span) => {
            broken.is_empty()
                || (finding.rule != &KEY_MISSING
                    && !broken.contains(&line_of((span.start as usize).saturating_sub(base))))
        }
        _ => true,
    }));
    (record, unread)
}

/// What the parser says, in our words where its own would mislead.
fn syntax(message: &str, written: &str) -> Finding {
    let is_bare_text = written.starts_with(|c: char| c.is_alphabetic()) && !message.contains("key");
    if is_bare_text {
        let message = format!("{} is not a value", written.lines().next().unwrap_or(""));
        return Finding::new(&TOML_SYNTAX, message).help("a text stands in quotes");
    }
    let finding = Finding::new(&TOML_SYNTAX, message.replace('\n', "; "));
    match message {
        "duplicate key" => finding.help("each key stands once in its record"),
        _ => finding,
    }
}

/// Reads every file of `content/plan` and puts them together, in the files' natural order.
fn read_plan(folder: &mut Folder, kinds: Kinds) -> Plan {
    let mut plan = Plan::default();
    for path in files_with(folder, "content/plan", &["toml"]) {
        let Some((mut part, unread)) = read_toml_with::<Plan>(folder, &path, &kinds) else {
            continue;
        };
        plan.objectives.append(&mut part.objectives);
        plan.weaknesses.append(&mut part.weaknesses);
        plan.roles.append(&mut part.roles);
        plan.actions.append(&mut part.actions);
        plan.measures.append(&mut part.measures);
        plan.kpis.append(&mut part.kpis);
        plan.periods.append(&mut part.periods);
        plan.risks.append(&mut part.risks);
        plan.feedback.append(&mut part.feedback);
        plan.replies.append(&mut part.replies);
        plan.bodies.append(&mut part.bodies);
        plan.phases.append(&mut part.phases);
        plan.events.append(&mut part.events);
        plan.factors.append(&mut part.factors);
        plan.statement.append(&mut part.statement);
        plan.priorities.append(&mut part.priorities);
        plan.groups.append(&mut part.groups);
        plan.criteria.append(&mut part.criteria);
        plan.parts.append(&mut part.parts);
        plan.intentions.append(&mut part.intentions);
        plan.signatories.append(&mut part.signatories);
        plan.terms.append(&mut part.terms);
        plan.schemes.append(&mut part.schemes);
        declared::append(&mut plan.declared, part.declared);
        plan.unread.extend(unread);
    }
    plan.kinds = kinds;
    plan
}

/// The files below `path` with one of these endings. Others are reported: data that nobody reads
/// is easily missed.
fn files_with(folder: &mut Folder, path: &str, endings: &[&str]) -> Vec<PathBuf> {
    let files = folder.list(Path::new(path));
    let (read, ignored): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| has_ending(file, endings));
    // Markdown beside data says what the data is; as narrative it is read elsewhere.
    let ignored = ignored.into_iter().filter(|file| !has_ending(file, &["md"]));
    // The index of pictures is read when it is known which there are.
    let ignored = ignored.filter(|file| file != Path::new(picture::INDEX));
    for file in ignored {
        let message = format!("{} is not read: it is not .{}", slashed(&file), endings.join(", ."));
        folder.findings.push(Finding::new(&FILE_IGNORED, message).in_file(file));
    }
    read
}

fn has_ending(file: &Path, endings: &[&str]) -> bool {
    file.extension()
        .is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

fn read_narrative(folder: &mut Folder) -> BTreeMap<String, FileId> {
    let mut narrative = BTreeMap::new();
    for path in folder.list(Path::new("content")) {
        let Ok(below) = path.strip_prefix("content") else { continue };
        let below = slashed(below);
        // The notes are about the content, for whoever keeps it.
        if !has_ending(&path, &["md"]) || matches!(below.as_str(), "NOTES.md" | "style.md") {
            continue;
        }
        narrative.extend(folder.text(&path).map(|file| (below, file)));
    }
    narrative
}

fn read_images(folder: &mut Folder) -> BTreeMap<String, Asset> {
    let images = Path::new("content/images");
    let mut read = BTreeMap::new();
    for path in files_with(folder, "content/images", &["svg", "png", "jpg", "jpeg"]) {
        let Ok(name) = path.strip_prefix(images) else { continue };
        let name = slashed(name);
        let asset = if has_ending(&path, &["svg"]) {
            let Some(file) = folder.text(&path) else { continue };
            let text = folder.sources.file(file).text.clone();
            let (asset, findings) = svg::clean(&text, file);
            folder.findings.extend(findings);
            asset
        } else {
            let Some(bytes) = folder.bytes(&path, IMAGE_BYTES) else { continue };
            let asset = image::raster(bytes);
            if asset.is_none() {
                let message = format!("{name} is no PNG or JPEG picture");
                folder.findings.push(Finding::new(&IMAGE_UNREADABLE, message).in_file(&path));
            }
            asset
        };
        read.extend(asset.map(|asset| (name, asset)));
    }
    read
}

/// `editions` are the names of those that have a profile.
fn read_templates(
    folder: &mut Folder,
    editions: &[&str],
    kinds: &Kinds,
) -> BTreeMap<String, Template> {
    let mut templates = BTreeMap::new();
    for path in folder.list(Path::new("templates")) {
        let is_document = path.components().count() == 2 && has_ending(&path, &["md"]);
        if !is_document {
            continue;
        }
        let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) else {
            let finding = Finding::new(&FILE_UNREADABLE, "this file's name is not UTF-8 text");
            folder.findings.push(finding.in_file(&path));
            continue;
        };
        let template = read_template(folder, &path, name, editions, kinds);
        templates.extend(template.map(|template| (name.to_owned(), template)));
    }
    templates
}

fn read_template(
    folder: &mut Folder,
    path: &Path,
    name: &str,
    editions: &[&str],
    kinds: &Kinds,
) -> Option<Template> {
    let file = folder.text(path)?;
    let text = folder.sources.file(file).text.clone();
    let Some((front, body)) = template::front_matter(&text) else {
        let message = "this template does not start with front matter between lines of +++";
        let finding = Finding::new(&TEMPLATE_FRONT, message).at(Span::new(file, 0..0));
        folder.findings.push(finding.of_document(name));
        return None;
    };
    let toml = text.get(front.clone()).unwrap_or("");
    let mut findings = Findings::default();
    let (record, _) = decode_with::<FrontMatter>(file, front.start, toml, kinds, &mut findings);
    if let Some(record) = &record {
        record.names.check(editions, &mut findings);
    }
    folder.findings.extend(findings.into_iter().map(|finding| finding.of_document(name)));
    let template = record?.template;
    Some(Template { name: name.to_owned(), file, body, ..template })
}
