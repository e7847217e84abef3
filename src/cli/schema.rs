//! `annexe schema`: the JSON Schema of a project's data files, for editors that check while one types.

use clap::Args;

use crate::build;
use crate::cli::project::root;
use crate::cli::{Console, DONE, Outcome};
use crate::load;

/// What the command takes.
#[derive(Debug, Args)]
pub struct Schema {
    /// The files it is for: plan (kinds of the project's own included), kind, project, dataset and
    /// others
    #[arg(value_name = "NAME", default_value = "plan")]
    name: String,
}

impl Schema {
    /// Prints the schema.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        let all = load::schema::all();
        let names = all.iter().map(|(file, _)| file.strip_suffix(".json").unwrap_or(file));
        let Some(place) = names.clone().position(|name| name == self.name) else {
            return Err(build::unknown("schema", &self.name, names).into());
        };
        let schema = match self.name.as_str() {
            "plan" => load::schema::plan_with(&load::kinds(&root(console)?)),
            _ => all.into_iter().nth(place).map(|(_, schema)| schema).unwrap_or_default(),
        };
        let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
        writeln!(console.out, "{text}")?;
        Ok(DONE)
    }
}
