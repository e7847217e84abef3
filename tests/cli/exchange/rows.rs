//! Rows that are taken, and rows that are not.

use std::fs;

use super::{RISKS, Starter, found, import};

/// The starter's first risk as a row.
const FIRST: &str = "R1,2025-06-04,Caseworkers leave as fast as they are hired,high,\"A career \
    path within the team, and a cap on the number of cases each holds.\",send-lead\n";
const HEADER: &str = "id,raised,title,severity,mitigation,owner\n";

#[test]
fn records_are_updated_in_place_with_their_comments_and_new_ones_come_last() {
    let starter = Starter::new();
    let commented = "# agreed in June\nseverity = \"high\" # by the board";
    starter.edit(RISKS, "severity = \"high\"", commented);
    let before = starter.read(RISKS);
    let table = format!("{HEADER}{FIRST}R3,2025-10,\"A \"\"new\"\" one\",medium,Watch it,\n")
        .replace("2025-06-04", "4 June 2025")
        .replace("high", "low")
        .replace('\n', "\r\n");
    let ran = import(&starter, format!("\u{FEFF}{table}"), "risk", RISKS, &[]).exits(0);
    assert_eq!(
        ran.out,
        "risk \"R1\": severity \"high\" → \"low\"\n\
         risk \"R3\": new\n\
         risk \"R2\": not among the rows taken; it stays as it is\n\
         risk: 1 new, 1 changed, 0 the same; written to content/plan/risks.toml\n"
    );
    let new = "\n[[risk]]\nid = \"R3\"\nraised = \"2025-10\"\ntitle = \"A \\\"new\\\" one\"\n\
               severity = \"medium\"\nmitigation = \"Watch it\"\n";
    let expected = before.replace("severity = \"high\" #", "severity = \"low\" #") + new;
    assert_eq!(starter.read(RISKS), expected);
    starter.run(&["check"]).exits(0);

    let again = import(&starter, table, "risk", RISKS, &[]).exits(0);
    let summary = "risk: 0 new, 0 changed, 2 the same; nothing to write to ";
    assert!(again.out.contains(summary), "{}", again.out);
    assert_eq!(starter.read(RISKS), expected);
}

#[test]
fn every_row_that_cannot_be_taken_is_reported_at_its_cell_and_nothing_is_written() {
    let starter = Starter::new();
    let before = starter.read(RISKS);
    let table = format!(
        "{HEADER}{FIRST}\
         R4,31 Nov 2025,A day that is none,high,x,\n\
         R5,next week,No date,high,x,\n\
         R6,2025-10,No such rating,hihg,x,\n\
         R7,2025-10,No such role,low,x,send-led\n\
         R8,2025-10,,low,x,\n\
         R1,2025-10,Twice,low,x,\n\
         ,2025-10,No id,low,x,\n\
         R 9,2025-10,No word,low,x,\n\
         R10,2025-10,One cell too few,low,x\n"
    );
    let ran = import(&starter, &table, "risk", RISKS, &[]).exits(1);
    assert_eq!(
        found(&ran),
        [
            "error[date/impossible] in.csv:3:4",
            "error[date/unreadable] in.csv:4:4",
            "error[rag/unknown-rating] in.csv:5:27",
            "error[reference/unknown] in.csv:6:31",
            "error[key/missing] in.csv:7:1",
            "error[id/duplicate] in.csv:8:1",
            "error[key/missing] in.csv:9:1",
            "error[id/malformed] in.csv:10:1",
            "error[import/csv] in.csv:11:1",
        ],
        "{}",
        ran.err
    );
    for words in ["November has 30 days", "column \"raised\"", "did you mean \"send-lead\"?"] {
        assert!(ran.err.contains(words), "{words}:\n{}", ran.err);
    }
    assert_eq!(ran.out, "9 errors; nothing is written to content/plan/risks.toml\n");
    assert_eq!(starter.read(RISKS), before);

    let ran = import(&starter, &table, "risk", RISKS, &["--skip-bad"]).exits(0);
    assert!(ran.out.contains("1 the same, 9 rows left out"), "{}", ran.out);
    assert_eq!(starter.read(RISKS), before);
}

#[test]
fn bad_rows_can_be_skipped_and_with_them_what_refers_to_them() {
    let starter = Starter::new();
    let people = "content/plan/people.toml";
    let table = "id,name,organisation\nok,A post,\nno good,A post,\n";
    let ran = import(&starter, table, "role", people, &["--skip-bad"]).exits(0);
    assert_eq!(found(&ran), ["error[id/malformed] in.csv:3:1"]);
    assert!(starter.read(people).ends_with("[[role]]\nid = \"ok\"\nname = \"A post\"\n"));

    let actions = "content/plan/actions.toml";
    let table = "id,objective,title,officers,links\n\
                 N1,O9,Has no such objective,ok,\n\
                 N2,O1,Hangs together with it,ok,N1\n\
                 N3,O1,Stands by itself,ok,A1\n";
    let ran = import(&starter, table, "action", actions, &["--skip-bad"]).exits(0);
    let codes = ["error[reference/unknown] in.csv:2:4", "error[reference/unknown] in.csv:3:33"];
    assert_eq!(found(&ran), codes);
    let written = starter.read(actions);
    assert!(written.contains("\"N3\"") && !written.contains("\"N2\""), "{written}");
    starter.run(&["check"]).exits(0);
}

#[test]
fn a_dry_run_prints_what_would_change_and_writes_nothing() {
    let starter = Starter::new();
    let before = starter.read(RISKS);
    let table = format!("{HEADER}{}", FIRST.replace("send-lead", ""));
    let ran = import(&starter, table, "risk", RISKS, &["--dry-run"]).exits(0);
    assert!(ran.out.contains("risk \"R1\": owner \"send-lead\" → nothing\n"), "{}", ran.out);
    assert!(ran.out.contains("a dry run; nothing is written to"), "{}", ran.out);
    assert_eq!(starter.read(RISKS), before);
}

#[test]
fn a_field_that_is_new_stands_where_the_schema_has_it() {
    let starter = Starter::new();
    let table = "id,closed,progress,kpis\nR2,2026-01-05,Better,\"K3\nK4\"\n";
    import(&starter, table, "risk", RISKS, &[]).exits(0);
    let written = starter.read(RISKS);
    let second = written.split("id = \"R2\"\n").nth(1).unwrap();
    let keys: Vec<&str> = second.lines().filter_map(|line| line.split(" =").next()).collect();
    let expected = [
        "raised",
        "title",
        "severity",
        "mitigation",
        "progress",
        "owner",
        "actions",
        "kpis",
        "closed",
    ];
    assert_eq!(keys, expected);
    assert!(second.contains("closed = 2026-01-05\n"));
}

#[test]
fn a_cell_that_is_emptied_takes_the_field_out_and_leaves_the_comment_above_it() {
    let starter = Starter::new();
    starter.edit(RISKS, "owner = \"send-lead\"", "# until May\nowner = \"send-lead\"");
    import(&starter, "id,owner\nR1,\n", "risk", RISKS, &[]).exits(0);
    let written = starter.read(RISKS);
    assert!(written.contains("in the half year before.\"\n# until May\nactions ="), "{written}");
}

#[test]
fn columns_that_are_missing_or_spare_are_reported() {
    let starter = Starter::new();
    let ran = import(&starter, "idd,title\nR1,x\n", "risk", RISKS, &[]).exits(1);
    let codes = ["error[import/column] in.csv:1:1", "warning[import/column-unused] in.csv:1:1"];
    assert_eq!(found(&ran), codes);
    let spare = "id,owner,remark,owner\nR1,send-lead,x,director\n";
    let ran = import(&starter, spare, "risk", RISKS, &[]).exits(1);
    let codes = ["warning[import/column-unused] in.csv:1:10", "error[import/column] in.csv:1:17"];
    assert_eq!(found(&ran), codes);
    // A column too many stops nothing.
    import(&starter, "id,remark\nR1,x\n", "risk", RISKS, &[]).exits(0);
    let ran = import(&starter, "", "risk", RISKS, &[]).exits(1);
    assert_eq!(found(&ran).len(), 1, "{}", ran.err);
}

#[test]
fn text_in_another_encoding_is_found_at_its_byte() {
    let starter = Starter::new();
    let before = starter.read(RISKS);
    let table = b"id,progress\nR1,fine\nR2,caf\xE9\n";
    let ran = import(&starter, table, "risk", RISKS, &[]).exits(1);
    assert_eq!(found(&ran), ["error[file/unreadable] in.csv:3:7"], "{}", ran.err);
    assert!(ran.err.contains("Latin-1"), "{}", ran.err);
    assert_eq!(starter.read(RISKS), before);
    // All of such a file is in doubt, not only the row that shows it.
    import(&starter, table, "risk", RISKS, &["--skip-bad"]).exits(1);
    assert_eq!(starter.read(RISKS), before);
    import(&starter, [0xFF, 0xFE, b'i', 0, b'd', 0], "risk", RISKS, &[]).exits(1);
}

#[test]
fn a_quote_that_is_never_closed_is_found_where_it_opens() {
    let starter = Starter::new();
    let table = "id,progress\nR1,\"fine\nR2,x\n";
    let ran = import(&starter, table, "risk", RISKS, &[]).exits(1);
    assert_eq!(found(&ran), ["error[import/csv] in.csv:2:4"]);
}

#[test]
fn records_go_into_toml_files_of_the_plan_and_nowhere_else() {
    let starter = Starter::new();
    let outside = tempfile::tempdir().unwrap();
    let absolute = outside.path().join("a.toml");
    for to in [
        "content/project.toml",
        "content/plan/../project.toml",
        "../content/plan/a.toml",
        "content/plan/a.csv",
        absolute.to_str().unwrap(),
    ] {
        let ran = import(&starter, "id,owner\nR1,\n", "risk", to, &[]).exits(1);
        assert_eq!(found(&ran), ["error[import/target]"], "{to}");
    }
    #[cfg(unix)]
    {
        fs::write(&absolute, "").unwrap();
        std::os::unix::fs::symlink(&absolute, starter.path("content/plan/link.toml")).unwrap();
        let table = format!("{HEADER}R5,2025-10,x,low,x,\n");
        let ran = import(&starter, &table, "risk", "content/plan/link.toml", &[]).exits(1);
        assert_eq!(found(&ran), ["error[file/outside] content/plan/link.toml"]);
        std::os::unix::fs::symlink(outside.path(), starter.path("content/plan/sub")).unwrap();
        import(&starter, &table, "risk", "content/plan/sub/new.toml", &[]).exits(1);
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
        assert_eq!(fs::read(&absolute).unwrap(), b"");
    }
}

#[test]
fn a_new_file_starts_with_its_schema_and_loads() {
    let starter = Starter::new();
    let table = format!("{HEADER}R5,2025-10,x,low,y,\nR6,2025-10,x,low,y,\n");
    import(&starter, table, "risk", "content/plan/more/risks.toml", &[]).exits(0);
    let written = starter.read("content/plan/more/risks.toml");
    let start = "#:schema ../../../docs/schema/plan.json\n\n[[risk]]\nid = \"R5\"\n";
    assert!(written.starts_with(start), "{written}");
    assert!(written.contains("mitigation = \"y\"\n\n[[risk]]\nid = \"R6\"\n"), "{written}");
    starter.run(&["check"]).exits(0);
}

#[test]
fn a_record_of_another_file_is_not_taken_twice() {
    let starter = Starter::new();
    let table = format!("{HEADER}{FIRST}");
    let ran = import(&starter, table, "risk", "content/plan/a.toml", &[]).exits(1);
    assert_eq!(found(&ran), ["error[id/duplicate] in.csv:2:1"], "{}", ran.err);
    assert!(!starter.path("content/plan/a.toml").exists());
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_stay_in_the_plan_file() {
    let starter = Starter::new();
    let windows = |text: &str| format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
    let before = starter.read(RISKS);
    starter.write(RISKS, &windows(&before));
    import(&starter, "id,owner\nR1,director\n", "risk", RISKS, &[]).exits(0);
    let expected = before.replacen("owner = \"send-lead\"", "owner = \"director\"", 1);
    assert_eq!(starter.read(RISKS), windows(&expected));
}

#[test]
fn what_no_cell_can_hold_stays_as_it_is() {
    let starter = Starter::new();
    let actions = "content/plan/actions.toml";
    let given = "rag = { is = \"amber\", by = \"Board\", on = 2025-12-01, why = \"no staff\" }";
    starter.edit(actions, "links = [\"A2\"]", &format!("links = [\"A2\"]\n{given}"));
    let before = starter.read(actions);
    import(&starter, "id,rag\nA1,\n", "action", actions, &[]).exits(0);
    assert_eq!(starter.read(actions), before);
    let ran = import(&starter, "id,rag\nA1,red\n", "action", actions, &[]).exits(1);
    assert_eq!(found(&ran), ["error[import/target] in.csv:2:4"], "{}", ran.err);
}

#[test]
fn parts_of_records_are_found_by_their_record_and_place() {
    let starter = Starter::new();
    let actions = "content/plan/actions.toml";
    let before = starter.read(actions);
    let table = "action.id,#,title,done\n\
                 A1,3,Every caseworker has had the full training,2026-03-27\n\
                 A2,,A new step,\n";
    let ran = import(&starter, table, "action.milestone", actions, &[]).exits(0);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[0], "milestone number 3 of action \"A1\": done nothing → 2026-03-27");
    assert_eq!(lines[1], "milestone of action \"A2\": new");
    let expected =
        before.replace("due = 2026-03-31\n", "due = 2026-03-31\ndone = 2026-03-27\n").replace(
            "due = 2026-05-29\n",
            "due = 2026-05-29\n\n[[action.milestone]]\ntitle = \"A new step\"\n",
        );
    assert_eq!(starter.read(actions), expected);

    let table = "action.id,#,title\nA9,,x\nA1,7,x\nA1,first,x\n,1,x\n";
    let ran = import(&starter, table, "action.milestone", actions, &[]).exits(1);
    let lines: Vec<String> = (2..=5).map(|line| format!("in.csv:{line}:")).collect();
    let found = found(&ran);
    assert!(found.iter().zip(&lines).all(|(found, line)| found.contains(line)), "{found:?}");
    assert_eq!(starter.read(actions), expected);
}

#[test]
fn kinds_that_are_none_are_misuse() {
    let starter = Starter::new();
    let ran = import(&starter, "id\n", "rsk", RISKS, &[]).exits(2);
    assert!(ran.err.contains("did you mean \"risk\"?"), "{}", ran.err);
    starter.run(&["export", "risk.title", "--to", "x.xlsx"]).exits(2);
}
