//! Reads a theme: `templates/themes/NAME/`, its tokens, Typst files, pictures and fonts.
//!
//! The standard theme is built in: a project needs no folder for it. Its tokens come
//! from here; a [`Theme`] with no files says that the writers' own are meant.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::diag::rules::{FILE_MISSING, THEME_TOKENS};
use crate::diag::{Finding, nearest, slashed};
use crate::load::files::{Folder, IMAGE_BYTES};
use crate::load::layers::Layer;
use crate::project::Theme;
use crate::source::{At, FileId, Span};
use crate::theme::{Tokens, bounds};

/// The theme of a project that names none.
pub const STANDARD: &str = "standard";
const STANDARD_TOKENS: &str = include_str!("../../templates/themes/standard/theme.toml");

/// Reads the theme that `named` names, or the standard one.
pub fn read(folder: &mut Folder, named: Option<&At<String>>) -> Option<Theme> {
    let name = named.map_or(STANDARD, |name| name.value.as_str());
    let themes = Path::new("templates/themes");
    let path = themes.join(name);
    // A theme is a folder's name, not a path to somewhere.
    let is_name = path.components().count() == 3 && !name.contains(['/', '\\']) && name != "..";
    if is_name && folder.has(&path.join("theme.toml")) {
        return read_folder(folder, name, &path);
    }
    if name == STANDARD {
        return standard();
    }
    let files = folder.list(themes);
    let known =
        files.iter().filter_map(|file| file.strip_prefix(themes).ok()?.iter().next()?.to_str());
    let known: Vec<&str> = known.chain([STANDARD]).collect();
    let mut finding = Finding::new(&FILE_MISSING, format!("there is no theme \"{name}\""));
    if let Some(near) = nearest(name, known) {
        finding = finding.help(format!("did you mean \"{near}\"?"));
    }
    folder.findings.push(match named {
        Some(at) => finding.at(at.span),
        None => finding,
    });
    // The standard theme stands in, so that the rest of the project is checked.
    standard()
}

/// The tokens of the standard theme.
pub fn standard_tokens() -> Option<Tokens> {
    toml::from_str(STANDARD_TOKENS).ok()
}

fn standard() -> Option<Theme> {
    let tokens = standard_tokens()?;
    let (files, fonts) = (BTreeMap::new(), Vec::new());
    Some(Theme { name: STANDARD.to_owned(), tokens, files, fonts })
}

/// Themes may be based on each other this many deep.
const DEEPEST: usize = 8;

fn read_folder(folder: &mut Folder, name: &str, path: &Path) -> Option<Theme> {
    layered(folder, name, path, &mut Vec::new())
}

/// The theme in `path`, over the one that it is based on. `under` are the names of those based on it.
fn layered(folder: &mut Folder, name: &str, path: &Path, under: &mut Vec<String>) -> Option<Theme> {
    let file = folder.text(&path.join("theme.toml"));
    let text = file.map(|file| folder.sources.file(file).text.clone()).unwrap_or_default();
    let layer = file.and_then(|file| Layer::read(&text, file, &mut folder.findings));
    under.push(name.to_owned());
    let based_on = layer.as_ref().and_then(|layer| layer.based_on.clone());
    let mut theme = based_on.map_or_else(standard, |based_on| base(folder, based_on, under))?;
    theme.name = name.to_owned();
    if let (Some(layer), Some(file)) = (layer, file) {
        // Tokens that can't be read are an error already; those below let the rest be checked.
        if let Some(tokens) = read_tokens(folder, &layer, &theme.tokens, file, &text) {
            theme.tokens = tokens;
        }
    }
    let files: Vec<PathBuf> = folder.list(path);
    for file in files {
        let Ok(below) = file.strip_prefix(path) else { continue };
        let below = slashed(below);
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or("");
        let is_font = matches!(ending.to_lowercase().as_str(), "ttf" | "otf" | "ttc" | "otc");
        if below == "theme.toml" {
            continue;
        }
        let Some(bytes) = folder.bytes(&file, IMAGE_BYTES) else { continue };
        if is_font && below.starts_with("fonts/") {
            theme.fonts.push(bytes.into());
        } else {
            theme.files.insert(below, bytes.into());
        }
    }
    Some(theme)
}

/// The theme that the last of `under` is based on.
fn base(
    folder: &mut Folder,
    (name, span): (String, Span),
    under: &mut Vec<String>,
) -> Option<Theme> {
    let path = Path::new("templates/themes").join(&name);
    let is_name = path.components().count() == 3 && !name.contains(['/', '\\']) && name != "..";
    let is_there = is_name && folder.has(&path.join("theme.toml"));
    let own = under.contains(&name);
    // A project's own "standard" may be based on the one that is built in.
    if name == STANDARD && (own || !is_there) {
        return standard();
    }
    if own || under.len() > DEEPEST {
        let message = match own {
            true => format!("the theme \"{name}\" is based on itself"),
            false => format!("themes are based on each other more than {DEEPEST} deep"),
        };
        let help = "base one of them on \"standard\"";
        folder.findings.push(Finding::new(&THEME_TOKENS, message).at(span).help(help));
        return standard();
    }
    if is_there {
        return layered(folder, &name, &path, under);
    }
    let finding = Finding::new(&FILE_MISSING, format!("there is no theme \"{name}\"")).at(span);
    folder.findings.push(match nearest(&name, [STANDARD]) {
        Some(near) => finding.help(format!("did you mean \"{near}\"?")),
        None => finding.help("a theme is a folder of templates/themes with a theme.toml"),
    });
    standard()
}

fn read_tokens(
    folder: &mut Folder,
    layer: &Layer<'_>,
    base: &Tokens,
    file: FileId,
    text: &str,
) -> Option<Tokens> {
    let tokens = layer.over(base, &mut folder.findings)?;
    // What is as in the theme below was judged there.
    let (below, numbers_below) = (colours(base), numbers(base));
    for (colour, value) in colours(&tokens) {
        let is_new = !below.contains(&(colour.clone(), value));
        if is_new && crate::theme::rgb(value).is_none() {
            let at = text.find(value).filter(|_| !value.is_empty()).unwrap_or(0);
            let message = format!("the colour {colour} is \"{value}\", not #rrggbb");
            let span = Span::new(file, at..at + value.len());
            folder.findings.push(Finding::new(&THEME_TOKENS, message).at(span));
        }
    }
    if tokens.chart.series.is_empty() {
        let at = text.find("[chart]").unwrap_or(0);
        let message = "a chart needs at least one colour: chart.series is empty";
        folder.findings.push(Finding::new(&THEME_TOKENS, message).at(Span::new(file, at..at)));
        return None;
    }
    for (path, number) in numbers(&tokens) {
        if numbers_below.contains(&(path.clone(), number)) {
            continue;
        }
        if let Some(range) = bounds(&path).filter(|range| !range.contains(&number)) {
            let (least, most) = (range.start(), range.end());
            let message = format!("{path} is {number}, not from {least} to {most}");
            folder.findings.push(Finding::new(&THEME_TOKENS, message).at(Span::new(file, 0..0)));
        }
    }
    Some(tokens)
}

/// Every number of the tokens with its place: `page.width`.
fn numbers(tokens: &Tokens) -> Vec<(String, f64)> {
    fn collect(value: &Json, path: &str, out: &mut Vec<(String, f64)>) {
        match value {
            Json::Object(table) => {
                for (key, value) in table {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    collect(value, &path, out);
                }
            }
            Json::Array(items) => items.iter().for_each(|item| collect(item, path, out)),
            Json::Number(number) => out.extend(number.as_f64().map(|n| (path.to_owned(), n))),
            Json::Null | Json::Bool(_) | Json::String(_) => {}
        }
    }
    let mut out = Vec::new();
    collect(&serde_json::to_value(tokens).unwrap_or_default(), "", &mut out);
    out
}

/// Every colour of the tokens with its name.
fn colours(tokens: &Tokens) -> Vec<(String, &str)> {
    let named = &tokens.colours;
    let mut colours = vec![
        ("ink".to_owned(), named.ink.as_str()),
        ("accent".to_owned(), named.accent.as_str()),
        ("tint".to_owned(), named.tint.as_str()),
        ("rule".to_owned(), named.rule.as_str()),
        ("quiet".to_owned(), named.quiet.as_str()),
    ];
    for (kind, colour) in &tokens.quotes {
        colours.push((format!("quotes.{kind}"), colour));
    }
    for (n, colour) in tokens.chart.series.iter().enumerate() {
        colours.push((format!("chart.series {}", n + 1), colour));
    }
    colours.push(("chart.comparator".to_owned(), &tokens.chart.comparator));
    colours.push(("chart.band".to_owned(), &tokens.chart.band));
    for (name, chip) in &tokens.rag {
        colours.push((format!("rag.{name}.fill"), &chip.fill));
        colours.push((format!("rag.{name}.ink"), &chip.ink));
    }
    colours
}
