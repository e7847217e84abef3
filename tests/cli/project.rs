//! `init`, `check`, `list` and `text`, and projects that reach for what is not theirs.

use std::fs;

use super::{Starter, annexe, names};

#[test]
fn the_starter_project_has_nothing_to_report() {
    let starter = Starter::whole();
    let found = starter.run(&["check", "--format", "json"]).exits(0).json();
    assert_eq!(found["findings"], serde_json::json!([]), "{found:#}");
    starter.run(&["check", "--strict"]).exits(0);
}

#[test]
fn init_leaves_a_folder_that_holds_something_alone() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("mine.txt"), "mine").unwrap();
    let ran = annexe(&["init", dir.path().to_str().unwrap()]).exits(2);
    assert!(ran.err.contains("not an empty folder"), "{}", ran.err);
    assert_eq!(names(dir.path()), ["mine.txt"]);
    let file = dir.path().join("mine.txt");
    annexe(&["init", file.to_str().unwrap()]).exits(2);
    assert_eq!(fs::read_to_string(file).unwrap(), "mine");
}

#[test]
fn findings_as_json_have_code_place_and_help() {
    let starter = Starter::new();
    starter.edit("content/plan/actions.toml", "due = 2025-07-31", "due = \"31 Nov 2025\"");
    let line = starter.read("content/plan/actions.toml").lines().position(|l| l.contains("31 Nov"));
    let ran = starter.run(&["check", "--format", "json"]).exits(1);
    let json = ran.json();
    let found = json["findings"].as_array().unwrap();
    let date =
        found.iter().find(|f| f["code"] == "date/impossible").expect("a finding of the date");
    assert_eq!(date["severity"], "error");
    assert_eq!(date["file"], "content/plan/actions.toml");
    assert_eq!(date["line"], line.unwrap() + 1);
    assert!(date["column"].as_u64().unwrap() > 0);
    for finding in found {
        let keys: Vec<&str> = finding.as_object().unwrap().keys().map(String::as_str).collect();
        for key in ["code", "severity", "message", "file", "line", "column", "help"] {
            assert!(keys.contains(&key), "{finding} lacks {key}");
        }
    }
}

#[test]
fn every_form_of_check_reports_the_same_and_colour_only_when_asked() {
    let starter = Starter::new();
    starter.edit("content/plan/actions.toml", "due = 2025-07-31", "due = \"31 Nov 2025\"");
    for form in ["human", "short"] {
        let plain = starter.run(&["check", "--format", form]).exits(1).out;
        assert!(plain.contains("date/impossible"), "{plain}");
        assert!(plain.contains("content/plan/actions.toml:"), "{plain}");
        assert!(!plain.contains('\u{1b}'), "{plain}");
    }
    let coloured = starter.run(&["check", "--colour", "always"]).exits(1).out;
    assert!(coloured.contains('\u{1b}'), "{coloured}");
}

#[test]
fn check_reads_the_templates_too() {
    let starter = Starter::new();
    starter.edit("templates/progress-plan.md", "::: scorecard", "::: scorcard");
    let ran = starter.run(&["check"]).exits(1);
    assert!(ran.out.contains("scorecard"), "it names the nearest:\n{}", ran.out);
    assert!(ran.out.contains("templates/progress-plan.md:"), "{}", ran.out);
    assert!(starter.output().is_empty());
}

#[test]
fn list_shows_documents_for_people_and_for_programs() {
    let starter = Starter::new();
    let front = "editions = [\"full\", \"short\"]\nformats = [\"pdf\"]\n\
                 [param.objective]\ntype = \"text\"\nhelp = \"The objective's id\"";
    starter.add_document("letter", front, "Words.");
    let json = starter.run(&["list", "--format", "json"]).exits(0).json();
    let documents = json["documents"].as_array().unwrap();
    assert_eq!(documents.len(), 2);
    assert_eq!(
        documents[0],
        serde_json::json!({
            "name": "letter",
            "title": "letter",
            "editions": ["full", "short"],
            "formats": ["pdf"],
            "parameters": [{
                "name": "objective", "type": "text", "default": null, "help": "The objective's id",
            }],
        })
    );
    assert_eq!(documents[1]["formats"], serde_json::json!(["pdf", "docx"]));
    let human = starter.run(&["list", "letter"]).exits(0).out;
    for words in ["letter", "full, short", "pdf", "--param objective=…", "The objective's id"] {
        assert!(human.contains(words), "{words}:\n{human}");
    }
    assert!(!human.contains("progress-plan"));
}

#[test]
fn text_prints_figures_from_the_data_and_writes_nothing() {
    let starter = Starter::new();
    let text = || starter.run(&["text", "progress-plan"]).exits(0).out;
    assert!(text().contains("58%") && text().contains("Plans on time") && text().contains("K4"));
    starter.edit("content/plan/kpis.toml", "value = 58", "value = 59");
    assert!(text().contains("59%") && !text().contains("58%"));
    assert!(starter.output().is_empty());
}

#[test]
fn text_of_a_document_with_errors_is_not_printed() {
    let starter = Starter::new();
    starter.edit("templates/progress-plan.md", "{{ facts.next_review", "{{ facts.nxt_review");
    let ran = starter.run(&["text", "progress-plan"]).exits(1);
    assert_eq!(ran.out, "");
    assert!(ran.err.contains("templates/progress-plan.md:"), "{}", ran.err);
}

#[test]
fn a_folder_that_is_no_project_is_a_finding() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().to_str().unwrap();
    for command in [&["build"][..], &["check"], &["list"]] {
        let ran = annexe(&[command, &["--project", root]].concat()).exits(1);
        let said = format!("{}{}", ran.out, ran.err);
        assert!(said.contains("project.toml"), "{command:?}: {said}");
    }
    assert!(names(dir.path()).is_empty());
}

#[test]
fn an_include_that_leads_out_of_the_project_is_refused() {
    let starter = Starter::new();
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret.md");
    fs::write(&secret, "the secret\n").unwrap();
    for path in ["../../secret.md", secret.to_str().unwrap(), "/etc/passwd"] {
        starter.add_document("letter", "", &format!("::: include {path}\n:::\n"));
        let ran = starter.run(&["text", "letter"]).exits(1);
        assert_eq!(ran.out, "", "{path}");
        assert!(ran.err.contains("templates/letter.md:"), "{path}: {}", ran.err);
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_project_is_refused() {
    let starter = Starter::new();
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret.md");
    fs::write(&secret, "the secret\n").unwrap();
    std::os::unix::fs::symlink(&secret, starter.path("content/progress-plan/link.md")).unwrap();
    starter.add_document("letter", "", "::: include progress-plan/link.md\n:::\n");
    let ran = starter.run(&["text", "letter"]).exits(1);
    assert!(!ran.out.contains("the secret") && !ran.err.contains("the secret"));
    assert!(ran.err.contains("file/outside"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_links_out_of_the_project_is_not_written_to() {
    let starter = Starter::new();
    let outside = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(outside.path(), starter.path("output")).unwrap();
    let ran = starter.run(&["build"]).exits(1);
    assert!(ran.err.contains("file/outside"), "{}", ran.err);
    assert!(names(outside.path()).is_empty());
}

#[test]
fn a_fault_that_leaves_no_project_still_shows_its_line() {
    let starter = Starter::new();
    starter.edit("content/project.toml", "[area]", "[area");
    let ran = starter.run(&["check"]).exits(1);
    assert!(ran.out.contains("content/project.toml:7:"), "{}", ran.out);

    let starter = Starter::new();
    starter.edit("content/project.toml", "\"standard\"", "\"ours\"");
    fs::create_dir_all(starter.path("templates/themes/ours")).unwrap();
    starter.write("templates/themes/ours/theme.toml", "[page]\nwidth = \"wide\"\n");
    let ran = starter.run(&["build"]).exits(1);
    assert!(ran.err.contains("templates/themes/ours/theme.toml:2:"), "{}", ran.err);
    let json = starter.run(&["check", "--format", "json"]).exits(1).json();
    assert_eq!(json["findings"][0]["file"], "templates/themes/ours/theme.toml");
}

#[test]
fn a_finding_that_is_acknowledged_stays_listed_and_stops_nothing() {
    let starter = Starter::new();
    starter.write("content/progress-plan/stray.md", "No document uses this.\n");
    starter.run(&["check", "--strict"]).exits(1);
    let entry = "[[acknowledged]]\ncode = \"unused/narrative\"\n\
                 where = \"content/progress-plan/stray.md\"\nwhy = \"For next year.\"\n\
                 who = \"Head of SEND\"\nuntil = 2027-01-31\n";
    starter.write("content/acknowledged.toml", entry);
    let json = starter.run(&["check", "--strict", "--format", "json"]).exits(0).json();
    assert_eq!(json["findings"][0]["code"], "unused/narrative", "{json:#}");
    assert_eq!(json["findings"][0]["severity"], "info");
    assert_eq!(json["findings"].as_array().unwrap().len(), 1, "{json:#}");
    // A build of one document looks at too little to call the entry idle.
    starter.add_document("letter", "", "Words.");
    let ran = starter.run(&["build", "letter", "--strict"]).exits(0);
    assert!(!ran.err.contains("acknowledged/unused"), "{}", ran.err);
}

#[test]
fn a_picture_that_no_document_shows_is_found() {
    let starter = Starter::new();
    fs::create_dir_all(starter.path("content/images")).unwrap();
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\" width=\"10\" \
                   height=\"10\"><rect width=\"10\" height=\"10\"/></svg>";
    for name in ["shown.svg", "left.svg"] {
        starter.write(&format!("content/images/{name}"), picture);
    }
    let entry = |id: &str| {
        format!(
            "[[image]]\nid = \"{id}\"\nfile = \"{id}.svg\"\nalt = \"A square\"\nshows = \"a square\"\n\
             source = \"Drawn here\"\nlicence = \"CC0-1.0\"\n"
        )
    };
    starter.write("content/images/index.toml", &entry("shown"));
    starter.add_document("letter", "", "::: figure image=\"shown\"\n:::");
    let found = |starter: &Starter| {
        let json = starter.run(&["check", "--format", "json"]).exits(0).json();
        let found = json["findings"].as_array().unwrap().iter();
        let told = found.map(|f| format!("{} {}", f["code"], f["file"]).replace('"', ""));
        told.collect::<Vec<_>>()
    };
    let file = "content/images/left.svg";
    assert_eq!(
        found(&starter),
        [format!("image/unindexed {file}"), format!("unused/image {file}")]
    );
    // A library may hold spare pictures: that is worth a word and no more.
    starter.write("content/images/index.toml", &(entry("shown") + &entry("left")));
    assert_eq!(found(&starter), ["unused/library-pictures content/images/index.toml"]);
}

#[test]
fn the_version_for_machines_names_what_the_program_is_made_of() {
    for args in [["--version", "--json"], ["--json", "-V"]] {
        let about = super::annexe(&args).exits(0).json();
        assert_eq!(about["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(about["identity"].as_str().unwrap().len(), 32);
        assert!(about["target"].is_string() && about["features"].is_array());
    }
    super::annexe(&["--json"]).exits(2);
}
