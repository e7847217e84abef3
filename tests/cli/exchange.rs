//! `import` and `export`: spreadsheets in and out of the plan.

use std::fs;

use super::{Ran, Starter};

const RISKS: &str = "content/plan/risks.toml";

/// Imports `table` as CSV.
fn import(starter: &Starter, table: impl AsRef<[u8]>, kind: &str, to: &str, more: &[&str]) -> Ran {
    let file = starter.path("in.csv");
    fs::write(&file, table).unwrap();
    let file = file.to_str().unwrap();
    starter.run(&[&["import", file, "--as", kind, "--to", to], more].concat())
}

#[test]
fn records_are_updated_in_place_with_their_comments_and_new_ones_come_last() {
    let starter = Starter::new();
    starter.edit(
        RISKS,
        "severity = \"high\"",
        "# agreed in June\nseverity = \"high\" # by the board",
    );
    let before = starter.read(RISKS);
    let table = "id,raised,title,severity,mitigation,owner\r\n\
        R1,4 June 2025,Caseworkers leave as fast as they are hired,low,\"A career path within the \
        team, and a cap on the number of cases each holds.\",send-lead\r\n\
        R3,2025-10,\"A \"\"new\"\" one\",medium,Watch it,\r\n";
    let ran = import(&starter, format!("\u{FEFF}{table}"), "risk", RISKS, &[]).exits(0);
    assert_eq!(
        ran.out,
        "risk \"R1\": severity \"high\" → \"low\"\n\
         risk \"R3\": new\n\
         risk \"R2\": no row; it stays as it is\n\
         risk: 1 new, 1 changed, 0 the same; written to content/plan/risks.toml\n"
    );
    let expected = before.replace("severity = \"high\" #", "severity = \"low\" #")
        + "\n[[risk]]\nid = \"R3\"\nraised = \"2025-10\"\ntitle = \"A \\\"new\\\" one\"\n\
           severity = \"medium\"\nmitigation = \"Watch it\"\n";
    assert_eq!(starter.read(RISKS), expected);
    starter.run(&["check"]).exits(0);
    let again = import(&starter, table, "risk", RISKS, &[]).exits(0);
    assert!(
        again.out.ends_with(
            "0 new, 0 changed, 2 the same; nothing to write to content/plan/risks.toml\n"
        ),
        "{}",
        again.out
    );
    assert_eq!(starter.read(RISKS), expected);
}
