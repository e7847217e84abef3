//! `annexe explain`: what a finding's code means, why it matters and what to do.

use clap::Args;

use crate::build;
use crate::cli::{Console, DONE, Outcome, report};
use crate::diag::rules;

/// What the command takes.
#[derive(Debug, Args)]
pub struct Explain {
    /// The code, as findings print it: family/name; all codes when none is given
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

impl Explain {
    /// Prints the rule, or the list of all.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        let Some(code) = self.code else {
            let rows: Vec<Vec<String>> = rules::ALL
                .iter()
                .map(|rule| {
                    let word = rule.severity.word().to_owned();
                    vec![rule.code.to_owned(), word, rule.summary.to_owned()]
                })
                .collect();
            report::rows(console.out, &rows, &[])?;
            return Ok(DONE);
        };
        let Some(rule) = rules::find(&code) else {
            let known = rules::ALL.iter().map(|rule| rule.code);
            let mut unknown = build::unknown("code", &code, known);
            unknown.help.push_str(" (`annexe explain` lists them)");
            return Err(unknown.into());
        };
        let word = rule.severity.word();
        writeln!(console.out, "{} ({word})\n\n{}\n", rule.code, rule.summary)?;
        writeln!(console.out, "Why it matters\n{}\n", rule.why)?;
        writeln!(console.out, "What to do\n{}", rule.fix)?;
        Ok(DONE)
    }
}
