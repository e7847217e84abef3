//! `annexe help`: help for a command, or for directives, expressions and kinds of record.

use std::io::{self, Write};

use clap::Args;

use crate::assemble::filters;
use crate::build;
use crate::cli::{Console, DONE, Outcome, command, kinds};
use crate::narrative::DIRECTIVES;
use crate::narrative::directive::{AttributeSpec, Body, DirectiveSpec, Head, Takes};

/// What the command takes.
#[derive(Debug, Args)]
pub struct Help {
    /// A command, `directives`, `expressions` or `kinds`
    #[arg(value_name = "TOPIC")]
    topic: Option<String>,
}

/// The topics that are no commands.
const DIRECTIVES_TOPIC: &str = "directives";
const EXPRESSIONS_TOPIC: &str = "expressions";
const KINDS_TOPIC: &str = "kinds";

impl Help {
    /// Prints the help.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        let mut annexe = command();
        annexe.build();
        let text = match self.topic.as_deref() {
            None => annexe.render_help(),
            Some(DIRECTIVES_TOPIC) => {
                directives(console.out)?;
                return Ok(DONE);
            }
            Some(EXPRESSIONS_TOPIC) => {
                expressions(console.out)?;
                return Ok(DONE);
            }
            Some(KINDS_TOPIC) => {
                kinds::print(console)?;
                return Ok(DONE);
            }
            Some(topic) => match annexe.find_subcommand_mut(topic) {
                Some(found) => found.render_help(),
                None => {
                    let names: Vec<&str> = annexe
                        .get_subcommands()
                        .map(clap::Command::get_name)
                        .chain([DIRECTIVES_TOPIC, EXPRESSIONS_TOPIC, KINDS_TOPIC])
                        .collect();
                    return Err(build::unknown("topic", topic, names).into());
                }
            },
        };
        if console.screen.colour_out {
            write!(console.out, "{}", text.ansi())?;
        } else {
            write!(console.out, "{text}")?;
        }
        Ok(DONE)
    }
}

/// Prints the table of directives.
fn directives(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "Directives of templates and narrative. An outer one has more colons than")?;
    writeln!(out, "those inside it; each ends with a line of as many colons.")?;
    for directive in DIRECTIVES.iter() {
        writeln!(out, "\n::: {}{}", directive.name, head(directive))?;
        writeln!(out, "    makes {}", directive.makes)?;
        if let Some(holds) = holds(directive.body) {
            writeln!(out, "    holds {holds}")?;
        }
        for attribute in directive.attributes {
            let needed = if attribute.required { " (needed)" } else { "" };
            writeln!(out, "    {:<24}{}{needed}", written(attribute), attribute.doc)?;
        }
    }
    Ok(())
}

/// Prints the table of filters.
fn expressions(out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "Expressions of templates and narrative. One stands between {{{{ and }}}} on one line: a"
    )?;
    writeln!(
        out,
        "name from the project's data, then any number of filters, each after a |. It may"
    )?;
    writeln!(
        out,
        "compare with ==, !=, < and >, join with and, or and not, and choose: x if y else z."
    )?;
    writeln!(
        out,
        "What may have no value needs words to show instead: {{{{ risk.R2.progress or \"None yet\" }}}}."
    )?;
    writeln!(out, "The examples are of the project that `annexe init` makes.\n")?;
    let width = filters::NAMES.iter().map(|filter| filter.example.chars().count()).max();
    let width = width.unwrap_or(0);
    for filter in filters::NAMES {
        writeln!(out, "{:<width$}   {}", filter.example, filter.gives)?;
    }
    Ok(())
}

fn head(directive: &DirectiveSpec) -> String {
    match directive.head {
        Head::None => String::new(),
        Head::Loop => " NAME in EXPRESSION".to_owned(),
        Head::Expression => " EXPRESSION".to_owned(),
        Head::Path => " PATH".to_owned(),
        Head::Name => " NAME".to_owned(),
        Head::Words => " WORD …".to_owned(),
        Head::Choice(words) => format!(" {}", words.join("|")),
    }
}

fn holds(body: Body) -> Option<&'static str> {
    match body {
        Body::None => None,
        Body::Blocks => Some("any blocks"),
        Body::Table => Some("one table: a header row and the row of cells to repeat"),
        Body::Lines => Some("lines of `Label: words`"),
        Body::List => Some("one list"),
    }
}

fn written(attribute: &AttributeSpec) -> String {
    let value = match attribute.takes {
        Takes::Words => "\"…\"",
        Takes::Expression => "EXPRESSION",
        Takes::Number => "NUMBER",
    };
    format!("{}={value}", attribute.name)
}
