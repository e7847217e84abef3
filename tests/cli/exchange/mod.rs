//! `import` and `export`: spreadsheets in and out of the plan.

mod mapping;
mod round_trip;
mod rows;
mod statement;
mod workbooks;

use std::fs;

use super::{Ran, Starter};

const RISKS: &str = "content/plan/risks.toml";

/// The codes of rules that only spreadsheets can break; each stands in a test of this folder.
#[test]
fn every_rule_of_spreadsheets_has_a_test() {
    let tests = [
        include_str!("mapping.rs"),
        include_str!("round_trip.rs"),
        include_str!("rows.rs"),
        include_str!("workbooks.rs"),
    ];
    let rules = annexe::diag::rules::ALL.iter().map(|rule| rule.code);
    let ours: Vec<&str> =
        rules.filter(|code| code.starts_with("import/") || code.starts_with("export/")).collect();
    assert!(ours.len() > 8);
    for code in ours {
        assert!(tests.iter().any(|test| test.contains(code)), "no test names {code}");
    }
}

/// Imports `table` as CSV.
fn import(starter: &Starter, table: impl AsRef<[u8]>, kind: &str, to: &str, more: &[&str]) -> Ran {
    let file = starter.path("in.csv");
    fs::write(&file, table).unwrap();
    let file = file.to_str().unwrap();
    starter.run(&[&["import", file, "--as", kind, "--to", to], more].concat())
}

/// Each finding that was printed: its weight and code, and where it stands.
fn found(ran: &Ran) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in ran.err.lines() {
        let is_head = ["error[", "warning[", "info["].iter().any(|word| line.starts_with(word));
        if is_head {
            found.push(format!("{}]", line.split("]:").next().unwrap()));
        } else if let (Some((_, place)), Some(last)) = (line.split_once("▸ "), found.last_mut()) {
            last.push(' ');
            last.push_str(place);
        }
    }
    found
}
