//! `annexe list`: the documents with their editions, formats and parameters, and the packs.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::build;
use crate::cli::project::with_project;
use crate::cli::{Console, DONE, Outcome, report};
use crate::project::{Pack, PackItem, Parameter, ParameterKind, Template};

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
                        human(console.out, template)?;
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

fn human(out: &mut dyn Write, template: &Template) -> io::Result<()> {
    writeln!(out, "{}   {}", template.name, template.title.value)?;
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
        let takes = format!("{}, {default}", kind(parameter));
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

fn machine(template: &Template) -> Value {
    let parameter = |p: &Parameter| {
        json!({
            "name": p.name.value,
            "type": kind(p),
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

/// What a parameter takes, as a template's front matter writes it.
fn kind(parameter: &Parameter) -> &'static str {
    match parameter.kind {
        ParameterKind::Text => "text",
        ParameterKind::Date => "date",
        ParameterKind::Number => "number",
        ParameterKind::YesNo => "yes-no",
    }
}
