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
use crate::project::Theme;
use crate::source::{At, Span};
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

fn read_folder(folder: &mut Folder, name: &str, path: &Path) -> Option<Theme> {
    let tokens = read_tokens(folder, &path.join("theme.toml"));
    let mut theme = standard()?;
    theme.name = name.to_owned();
    // Tokens that can't be read are an error already; the standard ones let the rest be checked.
    theme.tokens = tokens.unwrap_or(theme.tokens);
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

fn read_tokens(folder: &mut Folder, path: &Path) -> Option<Tokens> {
    let file = folder.text(path)?;
    let text = folder.sources.file(file).text.clone();
    let tokens: Tokens = match toml::from_str(&text) {
        Ok(tokens) => tokens,
        Err(error) => {
            let span = Span::new(file, error.span().unwrap_or(0..0));
            let message = error.message().lines().collect::<Vec<_>>().join("; ");
            folder.findings.push(Finding::new(&THEME_TOKENS, message).at(span));
            return None;
        }
    };
    for (colour, value) in colours(&tokens) {
        if crate::theme::rgb(value).is_none() {
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
