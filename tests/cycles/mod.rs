//! The next cycle: periods that move, and what is found when new data make words untrue.

mod diff;
mod held;
mod periods;
mod two_cycles;

use annexe::assemble::{Options, assemble};
use annexe::diag::render;
use annexe::document::{Drawn, words};
use annexe::figures::{beside, claims, negative, superseded};
use chrono::NaiveDate;

use crate::load::TestProject;

/// The declaration of a dataset of areas and periods.
pub const DECLARATION: &str = "title = \"Plans on time\"\nsource = \"SEN2\"\nkey = [\"area\", \"period\"]\n\
    [column.area]\nname = \"Area\"\n[column.period]\nname = \"Year\"\nkind = \"period\"\n\
    [column.rate]\nname = \"Plans issued on time\"\nunit = \"percent\"\nbetter = \"higher\"\n";

/// A project with the dataset `d` and one document.
pub fn project(declaration: &str, rows: &str, text: &str) -> TestProject {
    TestProject::new()
        .file("content/data/d.toml", declaration)
        .file("content/data/d.csv", rows)
        .file("templates/a.md", format!("+++\ntitle = \"A\"\ncover = false\n+++\n\n{text}\n"))
}

/// What the document `a` says, and what is found about it, as short lines without their places.
pub fn said(project: &TestProject, as_at: &str) -> (Vec<String>, Vec<String>) {
    let (loaded, findings) = project.load();
    let loaded =
        loaded.unwrap_or_else(|_| panic!("{:?}", findings.iter().next().map(|f| &f.message)));
    let as_at = NaiveDate::parse_from_str(as_at, "%Y-%m-%d").unwrap();
    let options = Options { edition: "full".into(), as_at, parameters: Default::default() };
    let made = assemble(&loaded, &loaded.templates["a"], &options);
    let found = findings
        .iter()
        .chain(made.findings.iter())
        .chain(claims(&made.document).iter())
        .chain(superseded(&made.document).iter())
        .chain(beside(&made.document).iter())
        .chain(negative(&made.document).iter())
        .map(|finding| {
            let line = render::short(finding, &loaded.sources);
            assert!(finding.location(&loaded.sources).1 > 0, "a finding has a place: {line}");
            line.split_once(": ").map_or(line.clone(), |(_, rest)| rest.to_owned())
        })
        .collect();
    (words(&made.document, Drawn::Labels), found)
}
