//! Templates and narrative: every wrong input a finding at its place, every bound held, every directive's outcome.

mod any_text;
mod bounds;
mod directives;
mod faults;
mod glossary;
mod proof;

use std::ffi::OsString;

use annexe::assemble::{Assembly, Options, assemble};
use annexe::project::Project;

use crate::load::TestProject;

/// Front matter and a first heading; the body's first line is line 6.
pub const HEAD: &str = "+++\ntitle = \"Té\"\n+++\n# Té\n\n";

/// A project with one template, `templates/t.md`, of this body.
pub fn with_body(body: &str) -> TestProject {
    TestProject::new().file("templates/t.md", format!("{HEAD}{body}"))
}

/// What `annexe check --format short` prints about `project`, and its exit code.
pub fn checked(project: &TestProject) -> (String, i32) {
    let root = project.path().to_str().unwrap();
    let args = ["annexe", "check", "--format", "short", "--project", root];
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = annexe::cli::run(args.map(OsString::from), &mut out, &mut err);
    assert_eq!(String::from_utf8_lossy(&err), "");
    (String::from_utf8(out).unwrap(), code)
}

/// The document of the template `t`, and what was found.
pub fn assembled(project: &Project) -> Assembly {
    let template = &project.templates["t"];
    let options = Options {
        edition: template.editions[0].clone(),
        as_at: project.settings.as_at,
        parameters: Default::default(),
    };
    assemble(project, template, &options)
}
