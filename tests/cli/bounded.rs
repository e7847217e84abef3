//! `--memory`: a build that asks for too much is ended, and says so.

#![cfg(unix)]

use std::process::{Command, Output};

use super::Starter;

/// The program itself: a bound holds for a whole process.
fn build(starter: &Starter, memory: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annexe"));
    command.arg("--project").arg(starter.path("")).args(["build", "--memory", memory]);
    command.output().unwrap()
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_theme_that_doubles_an_array_without_end_is_a_finding() {
    let starter = Starter::new();
    let plain = include_str!("../../templates/themes/standard/cover.typ");
    let endless = "\n#let all = range(1000)\n#for n in range(60) { all += all }\n";
    starter.write("templates/themes/standard/theme.toml", "[sizes]\nbody = 11.0\n");
    starter.write("templates/themes/standard/cover.typ", &format!("{plain}{endless}"));
    let output = build(&starter, "1500M");
    assert_eq!(output.status.code(), Some(1), "{}", said(&output.stderr));
    let err = said(&output.stderr);
    assert!(err.contains("build/memory") && err.contains("1500 MB"), "{err}");
    assert!(starter.output().iter().all(|name| !name.ends_with(".pdf")));
}

#[test]
fn a_bounded_build_makes_the_same_files() {
    let starter = Starter::new();
    starter.run(&["build", "--fresh"]).exits(0);
    let read = || std::fs::read(starter.path("output/progress-plan.full.pdf")).unwrap();
    let free = read();
    std::fs::remove_dir_all(starter.path("output")).unwrap();
    std::fs::remove_dir_all(starter.path(".annexe")).unwrap();
    let output = build(&starter, "4G");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
    assert!(said(&output.stdout).contains("2 files, 0 errors"));
    assert!(free == read());
}
