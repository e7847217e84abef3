//! `annexe list`: the documents with their editions, formats and parameters, and the packs.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::build;
use crate::cli::project::with_project;
use crate::cli::{Console, DONE, Outcome, report};
use crate::project::{Pack, PackItem, Parameter, ParameterKind, Project, Template};

/// Most ids that are listed beside a parameter.
const MANY: usize = 8;

/// What the command takes.
#[derive(Debug, Args)]
pub struct List {
    /// The document to show; all of them when none is named
    #[arg(value_name = "DOCUMENT")]
    document: Option<String>,

    /// How the list is printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Form,
}

/// How the list is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    /// For people
    Human,
    /// For programs
    Json,
}

impl List {
    /// Prints the list. What is wrong with the project is `check`'s to say.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        with_project(console, |console, project, _| {
            let templates: Vec<&Template> = match &self.document {
                None => project.templates.values().collect(),
                Some(name) => match project.templates.get(name) {
                    Some(template) => vec![template],
                    None => {
                        let known = project.templates.keys().map(String::as_str);
                        return Err(build::unknown("document", name, known).into());
                    }
                },
            };
            let packs: Vec<&Pack> = match &self.document {
                None => project.packs.values().collect(),
                Some(_) => Vec::new(),
            };
            match self.format {
                Form::Human => {
                    for template in templates {
                        human(console.out, template, project)?;
                    }
                    for pack in packs {
                        human_pack(console.out, pack)?;
                    }
                }
                Form::Json => {
                    let documents: Vec<Value> = templates.into_iter().map(machine).collect();
                    let packs: Vec<Value> = packs.into_iter().map(machine_pack).collect();
                    let list = json!({ "documents": documents, "packs": packs });
                    writeln!(console.out, "{list:#}")?;
                }
            }
            Ok(DONE)
        })
    }
}

fn human(out: &mut dyn Write, template: &Template, project: &Project) -> io::Result<()> {
    writeln!(out, "{}   {}", template.name, title(template))?;
    let mut rows = vec![
        vec!["  editions".to_owned(), template.editions.join(", ")],
        vec!["  formats".to_owned(), template.formats.join(", ")],
    ];
    for parameter in &template.parameters {
        let default = match &parameter.default {
            Some(default) if default.is_empty() => "may be left out".to_owned(),
            Some(default) => format!("{default} when absent"),
            None => "needed".to_owned(),
        };
        let flag = format!("  --param {}=…", parameter.name.value);
        let takes = format!("{}, {default}", takes(parameter, project));
        rows.push(vec![flag, takes, parameter.help.clone()]);
    }
    report::rows(out, &rows, &[])
}

fn human_pack(out: &mut dyn Write, pack: &Pack) -> io::Result<()> {
    writeln!(out, "{}   {}", pack.name, pack.title.value)?;
    let items = report::counted(pack.items.len(), "item");
    let papers = pack.items.iter().filter_map(|item| Some(item.paper.as_ref()?.document.as_str()));
    let papers: Vec<&str> = papers.collect();
    let rows = [
        vec!["  pack".to_owned(), format!("{items}, for {}", pack.date.value)],
        vec!["  papers".to_owned(), papers.join(", ")],
    ];
    report::rows(out, &rows, &[])
}

fn machine_pack(pack: &Pack) -> Value {
    let item = |item: &PackItem| {
        json!({
            "number": item.number,
            "title": item.title.as_ref().map(|title| title.as_str()),
            "document": item.paper.as_ref().map(|paper| paper.document.as_str()),
        })
    };
    json!({
        "name": pack.name,
        "title": pack.title.value,
        "date": pack.date.value.to_string(),
        "items": pack.items.iter().map(item).collect::<Vec<_>>(),
    })
}

/// The title, with a mark for what is only known of one copy.
fn title(template: &Template) -> String {
    let mut title = String::new();
    let mut rest = template.title.as_str();
    while let Some((before, after)) = rest.split_once("{{") {
        title += before;
        title += "…";
        rest = after.split_once("}}").map_or("", |(_, after)| after);
    }
    title + rest
}

fn machine(template: &Template) -> Value {
    let parameter = |p: &Parameter| {
        json!({
            "name": p.name.value,
            "type": p.kind.word(),
            "default": p.default,
            "help": p.help,
        })
    };
    json!({
        "name": template.name,
        "title": template.title.value,
        "editions": template.editions,
        "formats": template.formats,
        "parameters": template.parameters.iter().map(parameter).collect::<Vec<_>>(),
    })
}

/// What a parameter takes: its type, and the words or bounds it keeps to.
fn takes(parameter: &Parameter, project: &Project) -> String {
    match &parameter.kind {
        ParameterKind::Choice(_) | ParameterKind::Number { .. } | ParameterKind::YesNo => {
            parameter.kind.takes()
        }
        ParameterKind::Record(kind) => match kind.ids(&project.plan) {
            ids if (1..=MANY).contains(&ids.len()) => {
                format!("{} ({})", kind.word(), ids.join(", "))
            }
            _ => kind.word().to_owned(),
        },
        ParameterKind::Text | ParameterKind::Date => parameter.kind.word().to_owned(),
    }
}
