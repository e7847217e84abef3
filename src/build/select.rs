//! What to build: from the names on the command line to jobs, one a document and edition.

use std::collections::BTreeMap;

use crate::assemble::slug;
use crate::diag::nearest;
use crate::project::{Parameter, Project, Template};

/// A kind of file that can be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Format {
    /// Accessible PDF.
    Pdf,
    /// The same with its figures and their data inside, as CSV.
    PdfData,
    /// Word.
    Docx,
    /// A web page that stands by itself.
    Html,
    /// An e-book.
    Epub,
    /// Pictures of the pages.
    Png,
}

impl Format {
    /// Whether every document can be had so, whatever formats its template names.
    pub fn always(self) -> bool {
        !matches!(self, Format::Pdf | Format::Docx)
    }

    /// Its name, as templates and the command line have it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::PdfData => "pdf-data",
            Format::Docx => "docx",
            Format::Html => "html",
            Format::Epub => "epub",
            Format::Png => "png",
        }
    }

    /// What its files' names end in.
    pub fn extension(self) -> &'static str {
        match self {
            // Beside the plain PDF, not in its place.
            Format::PdfData => "data.pdf",
            Format::Pdf | Format::Docx | Format::Html | Format::Epub | Format::Png => self.name(),
        }
    }
}

/// What was asked for. An empty list asks for all there is.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Names of documents.
    pub documents: Vec<String>,
    /// Names of editions.
    pub editions: Vec<String>,
    /// Formats.
    pub formats: Vec<Format>,
    /// Parameters and their values.
    pub parameters: Vec<(String, String)>,
}

/// One document in one edition, and the formats to make of it.
#[derive(Debug, Clone)]
pub struct Job<'p> {
    /// The document's template.
    pub template: &'p Template,
    /// The edition.
    pub edition: String,
    /// The formats, in a fixed order, each once.
    pub formats: Vec<Format>,
    /// Every parameter of the template with its value.
    pub parameters: BTreeMap<String, String>,
}

impl Job<'_> {
    /// What stands in file names between the document and the ending: the edition, and the values of
    /// parameters that differ from their defaults, so that one reader's copy never replaces the whole.
    pub fn copy(&self) -> String {
        let own = self.template.parameters.iter().filter_map(|parameter| {
            let value = self.parameters.get(parameter.name.as_str())?;
            (Some(value) != parameter.default.as_ref()).then(|| slug(value))
        });
        std::iter::once(self.edition.clone()).chain(own).collect::<Vec<_>>().join(".")
    }
}

/// A document that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// Its name.
    pub document: String,
    /// It was asked for by name, but its template could not be loaded.
    pub broken: bool,
    /// Why, in a few words.
    pub why: String,
}

/// A name or a value on the command line that cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misnamed {
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: String,
}

/// What to build, and what was left out.
#[derive(Debug, Default)]
pub struct Selected<'p> {
    /// The jobs, by document and then in the template's order of editions.
    pub jobs: Vec<Job<'p>>,
    /// Documents that were left out.
    pub passed: Vec<Passed>,
}

/// Turns what was asked for into jobs.
pub fn select<'p>(project: &'p Project, asked: &Asked) -> Result<Selected<'p>, Misnamed> {
    let mut selected = Selected::default();
    let templates = templates(project, asked, &mut selected.passed)?;
    for edition in &asked.editions {
        one_has("edition", edition, &templates, |t| t.editions.iter().map(String::as_str))?;
    }
    for format in asked.formats.iter().filter(|format| !format.always()) {
        one_has("format", format.name(), &templates, |t| t.formats.iter().map(String::as_str))?;
    }
    for (name, _) in &asked.parameters {
        let names = |t: &'p Template| t.parameters.iter().map(|p| p.name.value.as_str());
        one_has("parameter", name, &templates, names)?;
    }
    for template in templates {
        let editions: Vec<&String> = template
            .editions
            .iter()
            .filter(|edition| asked.editions.is_empty() || asked.editions.contains(edition))
            .collect();
        let formats = formats(template, &asked.formats);
        let parameters = parameters(project, template, &asked.parameters)?;
        let missing = missing(template, &asked.parameters);
        let why = if editions.is_empty() {
            format!("it has no edition {}", asked.editions.join(" or "))
        } else if formats.is_empty() {
            format!("it does not come as {}", listed(&asked.formats))
        } else if let Some(missing) = missing {
            if !asked.documents.is_empty() {
                return Err(needs(template, missing));
            }
            format!("it needs --param {}=…", missing.name.value)
        } else {
            selected.jobs.extend(editions.into_iter().map(|edition| Job {
                template,
                edition: edition.clone(),
                formats: formats.clone(),
                parameters: parameters.clone(),
            }));
            continue;
        };
        selected.passed.push(Passed { document: template.name.clone(), broken: false, why });
    }
    Ok(selected)
}

/// The templates asked for, each once, by name.
fn templates<'p>(
    project: &'p Project,
    asked: &Asked,
    passed: &mut Vec<Passed>,
) -> Result<Vec<&'p Template>, Misnamed> {
    if asked.documents.is_empty() {
        return Ok(project.templates.values().collect());
    }
    let mut found = BTreeMap::new();
    for name in &asked.documents {
        if let Some(template) = project.templates.get(name) {
            found.insert(name, template);
        } else if is_broken(project, name) {
            // What is wrong with it is among the findings of loading.
            let why = "its template has errors".to_owned();
            passed.push(Passed { document: name.clone(), broken: true, why });
        } else {
            return Err(unknown("document", name, project.templates.keys().map(String::as_str)));
        }
    }
    Ok(found.into_values().collect())
}

/// Whether there is a template of this name that could not be loaded.
fn is_broken(project: &Project, name: &str) -> bool {
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    plain && project.root.join("templates").join(format!("{name}.md")).is_file()
}

/// The formats to make of `template`. A web page, an e-book and pictures of its pages can always be had.
fn formats(template: &Template, asked: &[Format]) -> Vec<Format> {
    let offers = |format: &Format| template.formats.iter().any(|own| own == format.name());
    [Format::Pdf, Format::PdfData, Format::Docx, Format::Html, Format::Epub, Format::Png]
        .into_iter()
        .filter(|format| match asked {
            [] => offers(format),
            _ => asked.contains(format) && (format.always() || offers(format)),
        })
        .collect()
}

/// The first parameter of `template` that has no value.
fn missing<'p>(template: &'p Template, given: &[(String, String)]) -> Option<&'p Parameter> {
    let is_given =
        |parameter: &Parameter| given.iter().any(|(key, _)| *key == parameter.name.value);
    template.parameters.iter().find(|p| p.default.is_none() && !is_given(p))
}

/// The parameters of `template` that have a value, given or by default.
fn parameters(
    project: &Project,
    template: &Template,
    given: &[(String, String)],
) -> Result<BTreeMap<String, String>, Misnamed> {
    let mut values = BTreeMap::new();
    for parameter in &template.parameters {
        let name = &parameter.name.value;
        // As with most commands, the last word on a parameter holds.
        let value = match given.iter().rev().find(|(key, _)| key == name) {
            Some((_, value)) => Some(typed(project, parameter, value)?),
            None => parameter.default.clone(),
        };
        values.extend(value.map(|value| (name.clone(), value)));
    }
    Ok(values)
}

/// `value`, if it is what the parameter takes.
fn typed(project: &Project, parameter: &Parameter, value: &str) -> Result<String, Misnamed> {
    let refusal = match parameter.read(value, &project.plan, project.settings.as_at) {
        Ok(_) => return Ok(value.to_owned()),
        Err(refusal) => refusal,
    };
    let known = refusal.known.iter().map(String::as_str);
    let help = match nearest(value, known) {
        Some(near) => format!("did you mean {near:?}?"),
        None if refusal.known.is_empty() => format!("it takes {}", refusal.takes),
        None => format!("it takes {}: {}", refusal.takes, refusal.known.join(", ")),
    };
    let name = &parameter.name.value;
    Err(Misnamed { message: format!("parameter {name:?} cannot be {value:?}"), help })
}

/// That at least one of `templates` has `name` among its `kind`s.
fn one_has<'p, I: Iterator<Item = &'p str>>(
    kind: &str,
    name: &str,
    templates: &[&'p Template],
    names: impl Fn(&'p Template) -> I,
) -> Result<(), Misnamed> {
    let mut known: Vec<&str> = templates.iter().flat_map(|template| names(template)).collect();
    if known.contains(&name) || templates.is_empty() {
        return Ok(());
    }
    known.sort_unstable();
    known.dedup();
    Err(unknown(kind, name, known))
}

/// Says that there is no `kind` called `name`, and which there are.
pub fn unknown<'a>(
    kind: &str,
    name: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Misnamed {
    let names: Vec<&str> = known.clone().into_iter().collect();
    let help = match (nearest(name, known), names.as_slice()) {
        (Some(near), _) => format!("did you mean {near:?}?"),
        (None, []) => format!("there is no {kind} at all"),
        (None, names) => format!("there is {}", names.join(", ")),
    };
    Misnamed { message: format!("no {kind} {name:?}"), help }
}

fn needs(template: &Template, missing: &Parameter) -> Misnamed {
    let name = &missing.name.value;
    let about =
        if missing.help.is_empty() { String::new() } else { format!(" ({})", missing.help) };
    Misnamed {
        message: format!("{:?} needs a value for {name:?}{about}", template.name),
        help: format!("add --param {name}=…"),
    }
}

fn listed(formats: &[Format]) -> String {
    formats.iter().map(|format| format.name()).collect::<Vec<_>>().join(" or ")
}
