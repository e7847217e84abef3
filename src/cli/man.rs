//! `annexe man`: the manual page, in roff.

use clap::Args;

use crate::build;
use crate::cli::{Console, DONE, Outcome, command};

/// What the command takes.
#[derive(Debug, Args)]
pub struct Man {
    /// The command whose page to print; the main page when none is named
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

impl Man {
    /// Prints the page.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        let mut page = command();
        page.build();
        if let Some(name) = &self.command {
            let Some(found) = page.find_subcommand(name).cloned() else {
                let names: Vec<&str> =
                    page.get_subcommands().map(clap::Command::get_name).collect();
                return Err(build::unknown("command", name, names).into());
            };
            page = found.display_name(format!("annexe-{name}"));
        }
        let source = concat!("annexe ", env!("CARGO_PKG_VERSION"));
        clap_mangen::Man::new(page).source(source).render(console.out)?;
        Ok(DONE)
    }
}
