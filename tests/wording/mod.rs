//! Words: scores held against others', wording rules on labelled sentences, limits, pairs of editions.

mod findings;
mod pairs;
mod scores;
mod style;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::load::TestProject;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/readability")
}

/// What a command answered.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

/// Runs `annexe` on `project`.
fn run(project: &TestProject, args: &[&str]) -> Ran {
    let root = project.path().to_str().unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = [&["annexe"], args, &["--project", root]].concat();
    let code = annexe::cli::run(args.into_iter().map(OsString::from), &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code, out: text(out), err: text(err) }
}

/// What `annexe check` finds, one line each, of rules whose code begins with one of `families`.
fn found(project: &TestProject, families: &[&str]) -> Vec<String> {
    let ran = run(project, &["check", "--format", "short"]);
    assert_eq!(ran.err, "");
    let of = |line: &&str| families.iter().any(|family| line.contains(&format!("[{family}/")));
    ran.out.lines().filter(of).map(str::to_owned).collect()
}
