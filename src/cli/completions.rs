//! `annexe completions`: a completion script for a shell.

use clap::Args;
use clap_complete::Shell;

use crate::cli::{Console, DONE, Outcome, command};

/// What the command takes.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

impl Completions {
    /// Prints the script.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        // clap_complete panics when its stream fails, so it writes to memory.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command(), "annexe", &mut script);
        console.out.write_all(&script)?;
        Ok(DONE)
    }
}
