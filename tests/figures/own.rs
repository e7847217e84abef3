//! The check on this project's own narrative: with every bound figure typed out, and with each typed wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use annexe::assemble::{Options, assemble};
use annexe::document::{Usage, register};
use annexe::figures::{Read, typed};
use annexe::source::FileId;

use crate::load::TestProject;

/// What the check says of a figure: its class and the expression it gives.
type Said = BTreeMap<(FileId, usize), (String, String)>;

/// What is written over each range of a file, and the expression that stood there.
type Edits = BTreeMap<(usize, usize), (String, String)>;

/// Types every figure of the self-evaluation out as `write` has it, and checks; gives for each place what was
/// bound there and what is said.
fn checked(write: impl Fn(&str) -> String) -> (BTreeMap<(FileId, usize), String>, Said) {
    let project = crate::documents::project();
    let template = &project.templates["sef"];
    let as_at = project.day_of(template, None);
    let options = Options { edition: "full".into(), as_at, parameters: Default::default() };
    let made = assemble(project, template, &options);
    let entries = register(&made.document.blocks);
    let mut edits: BTreeMap<FileId, Edits> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.usage == Usage::Bound) {
        let Some(span) = entry.used.filter(|span| span.file != template.file) else { continue };
        let text = &project.sources.file(span.file).text;
        let (Some(open), Some(close)) =
            (text[..span.range().start].rfind("{{"), text[span.range().end..].find("}}"))
        else {
            continue;
        };
        let range = (open, span.range().end + close + 2);
        let path = entry.path.split(" | ").next().unwrap().trim().to_owned();
        edits.entry(span.file).or_default().insert(range, (write(&entry.value), path));
    }
    let mut copy = TestProject::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in walkdir::WalkDir::new(root.join("content")).into_iter().map(Result::unwrap) {
        let below = file.path().strip_prefix(root).unwrap().to_str().unwrap();
        let is_text = below.ends_with(".toml") || below.ends_with(".csv") || below.ends_with(".md");
        if file.file_type().is_file() && is_text && !below.starts_with("content/import") {
            copy = copy.file(below, std::fs::read(file.path()).unwrap());
        }
    }
    let mut truth: BTreeMap<(String, usize), String> = BTreeMap::new();
    for (file, ranges) in &edits {
        let source = project.sources.file(*file);
        let (mut text, mut at) = (String::new(), 0);
        let path = source.path.to_str().unwrap().to_owned();
        for ((from, to), (written, bound)) in ranges {
            text += &source.text[at..*from];
            truth.insert((path.clone(), text.len()), bound.clone());
            text += written;
            at = *to;
        }
        text += &source.text[at..];
        copy = copy.file(&path, text);
    }
    let (loaded, _) = copy.load();
    let loaded = loaded.unwrap();
    let file_of = |path: &str| loaded.sources.find(Path::new(path)).unwrap();
    let files: BTreeSet<&str> = truth.keys().map(|(path, _)| path.as_str()).collect();
    let files: Vec<Read> = files
        .into_iter()
        .map(|path| Read { file: file_of(path), base: 0, as_at, documents: Vec::new() })
        .collect();
    let found = typed(&loaded, &files);
    let said = found.iter().map(|finding| {
        let annexe::diag::Place::Span(span) = finding.place else { panic!("a place") };
        let help = finding.help.clone().unwrap_or_default();
        let expression = help.split("{{ ").nth(1).and_then(|rest| rest.split(" }}").next());
        let class = finding.rule.code.strip_prefix("figure/").unwrap().to_owned();
        ((span.file, span.range().start), (class, expression.unwrap_or_default().to_owned()))
    });
    let said = said.collect();
    let truth =
        truth.into_iter().map(|((path, at), bound)| ((file_of(&path), at), bound)).collect();
    (truth, said)
}

/// A number that is clearly another: a fifth more, and one.
fn altered(value: &str) -> String {
    let from = value.find(|c: char| c.is_ascii_digit()).unwrap_or(value.len());
    let rest = &value[from..];
    let end =
        rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(rest.len());
    let Ok(number) = rest[..end].replace(',', "").parse::<f64>() else { return value.to_owned() };
    let decimals = rest[..end].split_once('.').map_or(0, |(_, fraction)| fraction.len());
    format!("{}{:.decimals$}{}", &value[..from], number * 1.2 + 1.0, &rest[end..])
}

#[test]
fn figures_typed_out_are_told_by_their_own_expressions() {
    let (truth, said) = checked(str::to_owned);
    assert!(truth.len() > 150, "{}", truth.len());
    let of = |class: &str| -> Vec<_> { said.iter().filter(|(_, said)| said.0 == class).collect() };
    // A right figure that is called stale would be the worst that the check can do.
    assert!(of("stale").len() <= truth.len() / 100, "{:?}", of("stale"));
    let bindable = of("bindable");
    let right = bindable.iter().filter(|(at, said)| truth.get(at) == Some(&said.1)).count();
    println!("{} typed, {} bindable, {right} by their own expression", truth.len(), bindable.len());
    assert!(bindable.len() >= 40, "{}", bindable.len());
    assert!(right as f64 / bindable.len() as f64 >= 0.95, "{right} of {}", bindable.len());
}

#[test]
fn figures_typed_wrong_are_told_by_what_was_bound_there_or_not_at_all() {
    let (truth, said) = checked(altered);
    let stale: Vec<_> = said.iter().filter(|(_, said)| said.0 == "stale").collect();
    let wrong: Vec<_> = stale.iter().filter(|(at, said)| truth.get(at) != Some(&said.1)).collect();
    println!("{} typed wrong, {} stale", truth.len(), stale.len());
    assert!(!stale.is_empty() && wrong.len() * 10 <= stale.len(), "{wrong:?} of {stale:?}");
}

#[test]
fn this_projects_own_prose_has_no_unsettled_figure_or_claim() {
    let project = crate::documents::project();
    let mut said = Vec::new();
    for template in project.templates.values() {
        for edition in &template.editions {
            let parameters = template.parameters.iter().filter_map(|parameter| {
                Some((parameter.name.value.clone(), parameter.default.clone()?))
            });
            let as_at = project.day_of(template, None);
            let options =
                Options { edition: edition.clone(), as_at, parameters: parameters.collect() };
            let made = assemble(project, template, &options);
            let mut files = vec![Read {
                file: template.file,
                base: template.body,
                as_at,
                documents: Vec::new(),
            }];
            files.extend(made.narrative.iter().map(|path| Read {
                file: project.narrative[path],
                base: 0,
                as_at,
                documents: Vec::new(),
            }));
            let found = typed(project, &files);
            let claims = annexe::figures::claims(&made.document);
            said.extend(found.iter().chain(claims.iter()).map(|finding| {
                let (file, line, _) = finding.location(&project.sources);
                format!("{file}:{line} {} {}", finding.rule.code, finding.message)
            }));
        }
    }
    said.sort();
    said.dedup();
    assert_eq!(said, [""; 0]);
}

#[test]
fn the_whole_self_evaluation_is_looked_at_in_no_time() {
    let project = crate::documents::project();
    let template = &project.templates["sef"];
    let as_at = project.day_of(template, None);
    let files: Vec<Read> = project
        .narrative
        .iter()
        .filter(|(path, _)| path.starts_with("sef/"))
        .map(|(_, &file)| Read { file, base: 0, as_at, documents: Vec::new() })
        .collect();
    let clock = std::time::Instant::now();
    typed(project, &files);
    let time = clock.elapsed();
    println!("{} files of the self-evaluation: {time:?}", files.len());
    // Without optimisation; `cargo bench typed_figures` measures it as released.
    assert!(time.as_secs() < 5, "{time:?}");
}
