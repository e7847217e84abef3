//! Loading: a good project whole, and a bad one with every fault at its place.

mod any_text;

use std::path::{Path, PathBuf};

use annexe::diag::{Findings, Severity};
use annexe::plan::{Baseline, Done, PlanDate, TargetValue};
use annexe::project::{Fact, Project};
use annexe::source::Sources;

/// A project folder that a test writes file by file; gone when dropped.
pub struct TestProject {
    folder: tempfile::TempDir,
}

pub const PROJECT_TOML: &str = r#"
[project]
as-at = 2022-04-30
author = "Riverside SEND Board"
[area]
name = "Riverside"
partners = ["Riverside Council"]
[inspection]
dates = { from = 2021-05-24, to = 2021-05-27 }
published = 2021-07-14
"#;

impl TestProject {
    /// With a good `content/project.toml` and nothing else.
    pub fn new() -> Self {
        let project = TestProject { folder: tempfile::tempdir().unwrap() };
        project.file("content/project.toml", PROJECT_TOML)
    }

    /// Adds a file.
    pub fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn load(&self) -> (Result<Project, Sources>, Findings) {
        annexe::load::load(self.path())
    }

    /// The project and its findings as `file:line:column code message`.
    pub fn lines(&self) -> (Option<Project>, Vec<String>) {
        let (project, findings) = self.load();
        let sources = project.as_ref().map_or_else(|sources| sources, |project| &project.sources);
        let line = |finding: &annexe::diag::Finding| {
            let (file, line, column) = finding.location(sources);
            format!("{file}:{line}:{column} {} {}", finding.rule.code, finding.message)
        };
        let lines = findings.iter().map(line).collect();
        (project.ok(), lines)
    }
}

#[test]
fn a_good_project_loads_whole_and_says_nothing() {
    let actions = r#"
[[action]]
id = "ASL1"
objective = "SL"
title = "Bring in a new SEND strategy"
officers = ["ad-send"]
revised = [{ on = 2022-06-01, to = 2022-07-15, why = "Staff" }]
rag = { is = "amber", by = "Board", on = 2022-05-01, why = "Agreed" }
[[action.milestone]]
title = "Agree the scope"
due = 2022-05-30
done = "by 2022-04-30"
[[action.milestone]]
title = "Launch"
due = "May 2023"
"#;
    let kpis = r#"
[[kpi]]
id = "GBR8.a"
name = "Waits"
objective = "SL"
unit = "weeks"
better = "lower"
baseline = { required = "for 2020 to 2021" }
target = [{ by = "2021-11", between = [25, 35] }, { by = "2022-05", maintain = 12 }]
actual = [{ at = "2021-11", value = 27.5, known = 2021-12-14 }]
not-applicable = ["2022-11"]
"#;
    let project = TestProject::new()
        .file("content/plan/actions.toml", actions)
        .file("content/plan/kpis.toml", kpis)
        .file("content/app/summary.md", "# Summary\n")
        .file("content/NOTES.md", "notes")
        .file(
            "templates/annex.md",
            "+++\ntitle = \"Annex\"\nrag = { action = \"app\" }\n+++\n# {{ title }}\n",
        );
    let (loaded, lines) = project.lines();
    assert_eq!(lines, [""; 0]);
    let loaded = loaded.unwrap();
    let action = &loaded.plan.actions[0];
    assert_eq!(action.schedule.revised[0].to.prose(), "15 July 2022");
    assert_eq!(action.rag.as_ref().unwrap().rating.value, "amber");
    let day = chrono::NaiveDate::from_ymd_opt(2022, 4, 30).unwrap();
    assert_eq!(action.milestones[0].schedule.done.as_ref().unwrap().value, Done::By(day));
    let may = PlanDate::Month { year: 2023, month: 5 };
    assert_eq!(action.milestones[1].schedule.due.as_ref().unwrap().value, may);
    let kpi = &loaded.plan.kpis[0];
    let required = Baseline::Required { note: Some("for 2020 to 2021".to_owned()) };
    assert_eq!(kpi.baseline.as_ref().unwrap().value, required);
    assert_eq!(kpi.targets[0].value.value, TargetValue::Between(25.0, 35.0));
    assert_eq!(kpi.actuals[0].value.value, 27.5);
    assert!(kpi.scorecard && !kpi.key);
    assert_eq!(loaded.sources.text(kpi.actuals[0].value.span), "27.5");
    assert!(matches!(loaded.settings.inspection["dates"].value, Fact::Range(..)));
    assert_eq!(loaded.narrative.keys().collect::<Vec<_>>(), ["app/summary.md"]);
    let template = &loaded.templates["annex"];
    let text = &loaded.sources.file(template.file).text;
    assert_eq!(&text[template.body..], "# {{ title }}\n");
    assert_eq!(template.formats, ["pdf", "docx"]);
}

#[test]
fn every_fault_of_a_file_is_found_in_one_run() {
    let actions = r#"[[action]]
id = "ASL1"
objctive = "SL"
title = ""
officers = "ad-send"
due = "31 Nov 2022"
[[action.milestone]]
title = "Scope"
due = 2022-10-30
[[action.milestone]]
title = "Launch"
due = 2022-11-31
[[actions]]
[[kpi]]
id = "two words"
unit = "percents"
target = [{ by = "soon", at-least = "60%" }, { by = "2022-05" }]
"#;
    let (loaded, lines) = TestProject::new().file("content/plan/a.toml", actions).lines();
    assert!(loaded.is_some());
    assert_lines(
        &lines,
        &[
            "content/plan/a.toml:1:1 key/missing action \"ASL1\" has no `objective`",
            "content/plan/a.toml:3:1 key/unknown action \"ASL1\" can have no `objctive`",
            "content/plan/a.toml:4:9 value/empty `title` of action \"ASL1\" is empty",
            "content/plan/a.toml:5:12 value/wrong-type expected a list, written in square brackets, found a text",
            "content/plan/a.toml:6:7 date/impossible 31 November 2022 is not a date",
            "content/plan/a.toml:12:7 date/impossible 31 November 2022 is not a date",
            "content/plan/a.toml:13:3 key/unknown there is no `actions` here",
            "content/plan/a.toml:14:1 key/missing this kpi has no `name`",
            "content/plan/a.toml:14:1 key/missing this kpi has no `objective`",
            "content/plan/a.toml:15:6 id/malformed \"two words\" cannot be an id",
            "content/plan/a.toml:16:8 value/unknown-word there is no unit \"percents\"",
            "content/plan/a.toml:17:18 date/unreadable \"soon\" is not a date that can be read",
            "content/plan/a.toml:17:37 value/wrong-type expected a number, without a unit or quotes, found a text",
            "content/plan/a.toml:17:46 target/unclear this target does not say how much",
        ],
    );
}

fn assert_lines(lines: &[String], expected: &[&str]) {
    assert_eq!(lines.join("\n"), expected.join("\n"));
}

#[test]
fn an_impossible_date_offers_the_milestone_before() {
    let actions = r#"[[action]]
id = "AP1"
objective = "P"
title = "Strategy"
officers = ["ad"]
[[action.milestone]]
title = "Consult"
due = 2022-10-30
[[action.milestone]]
title = "Approve"
due = "31 Nov 2022"
"#;
    let (_, findings) = TestProject::new().file("content/plan/a.toml", actions).load();
    let finding = findings.iter().next().unwrap();
    assert_eq!(finding.rule.code, "date/impossible");
    assert_eq!(finding.label.as_deref(), Some("November has 30 days"));
    assert_eq!(finding.help.as_deref(), Some("the milestone before it is due 30 October 2022"));
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_are_accepted() {
    let toml = "\u{FEFF}[[role]]\r\nid = \"ad\"\r\nname = \"Director\"\r\n";
    let (loaded, lines) = TestProject::new().file("content/plan/a.toml", toml).lines();
    assert_eq!(lines, [""; 0]);
    assert_eq!(loaded.unwrap().plan.roles[0].name.value, "Director");
}

#[test]
fn latin_1_is_pointed_at_by_its_first_byte_and_the_rest_is_still_read() {
    let toml = b"[[role]]\r\nid = \"ad\"\r\nname = \"Andr\xE9\"\r\n";
    let (loaded, findings) = TestProject::new().file("content/plan/a.toml", toml).load();
    let loaded = loaded.unwrap();
    let finding = findings.iter().next().unwrap();
    assert_eq!(finding.rule.code, "file/unreadable");
    assert_eq!(finding.location(&loaded.sources), ("content/plan/a.toml".to_owned(), 3, 13));
    assert_eq!(finding.label.as_deref(), Some("byte E9; in Latin-1 it is é"));
    assert_eq!(loaded.plan.roles.len(), 1);
}

#[test]
fn lines_and_files_have_bounds() {
    let line = format!("# {}\n", "x".repeat(annexe::load::LINE_CHARACTERS));
    let file = "x".repeat(10 * 1024 * 1024);
    let project = TestProject::new()
        .file("content/long.md", format!("one\n{line}"))
        .file("content/big.md", file);
    let (loaded, lines) = project.lines();
    assert_lines(
        &lines,
        &[
            "content/big.md:0:0 file/too-large this file is larger than 5 MB",
            "content/long.md:2:1 file/too-large this line has more than 100000 characters",
        ],
    );
    assert!(loaded.unwrap().narrative.is_empty());
}

#[cfg(unix)]
#[test]
fn links_out_of_the_project_are_not_followed() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.md"), "secret").unwrap();
    let project = TestProject::new().file("content/app/good.md", "good");
    let link = |from: PathBuf, to: &str| std::os::unix::fs::symlink(from, project.path().join(to));
    link(outside.path().join("secret.md"), "content/app/secret.md").unwrap();
    link(outside.path().to_owned(), "content/elsewhere").unwrap();
    link(project.path().join("content/app/good.md"), "content/again.md").unwrap();
    link(project.path().join("content"), "content/app/loop").unwrap();
    let (loaded, lines) = project.lines();
    let narrative = loaded.unwrap().narrative;
    assert_eq!(narrative.keys().collect::<Vec<_>>(), ["again.md", "app/good.md"]);
    assert_lines(
        &lines,
        &[
            "content/app/loop:0:0 file/unreadable a link leads back to a folder it is in",
            "content/app/secret.md:0:0 file/outside content/app/secret.md leads out of the project folder",
            "content/elsewhere:0:0 file/outside content/elsewhere leads out of the project folder",
        ],
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let project = TestProject::new().file("content/app/good.md", "good");
    let pipe = project.path().join("content/app/pipe.md");
    assert!(std::process::Command::new("mkfifo").arg(pipe).status().unwrap().success());
    let (_, lines) = project.lines();
    assert_lines(&lines, &["content/app/pipe.md:0:0 file/unreadable this is not a file"]);
}

#[test]
fn pictures_are_cleaned_and_measured() {
    let svg = r##"<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40mm" viewBox="0 0 80 40" onload="go()">
  <script>alert(1)</script>
  <image href="https://example.org/a.png" width="5" height="5"/>
  <image href="data:image/png;base64,AAAA" width="5" height="5"/>
  <rect width="80" height="40" style="fill: url(http://example.org/x)" fill="url(#g)"/>
  <foreignObject><p>words</p></foreignObject>
  <text>A &amp; B</text>
</svg>"##;
    let (loaded, lines) = TestProject::new().file("content/images/a.svg", svg).lines();
    assert_lines(
        &lines,
        &[
            "content/images/a.svg:0:0 image/unindexed a.svg is not in the index of pictures",
            "content/images/a.svg:2:1 image/active the handler onload was left out of this picture",
            "content/images/a.svg:3:3 image/active <script> was left out of this picture",
            "content/images/a.svg:4:3 image/external this picture takes in https://example.org/a.png",
            "content/images/a.svg:6:3 image/external style of <rect> takes in something from outside",
            "content/images/a.svg:7:3 image/external <foreignObject> was left out of this picture",
        ],
    );
    let asset = &loaded.unwrap().images["a.svg"];
    assert!((asset.width - 113.39).abs() < 0.01 && (asset.height - 56.69).abs() < 0.01);
    let clean = std::str::from_utf8(&asset.bytes).unwrap();
    roxmltree::Document::parse(clean).unwrap();
    for gone in ["alert", "onload", "example.org", "words"] {
        assert!(!clean.contains(gone), "{clean}");
    }
    assert!(clean.contains("A &amp; B") && clean.contains("url(#g)"), "{clean}");
}

#[test]
fn a_picture_that_repeats_itself_without_end_is_refused() {
    let mut svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">".to_owned();
    for level in 0..40 {
        let used = level + 1;
        svg.push_str(&format!(
            "<g id=\"a{level}\"><use href=\"#a{used}\"/><use href=\"#a{used}\"/></g>"
        ));
    }
    svg.push_str("</svg>");
    let (loaded, lines) = TestProject::new().file("content/images/bomb.svg", svg).lines();
    assert_lines(
        &lines,
        &["content/images/bomb.svg:1:1 image/unreadable this picture repeats itself without end"],
    );
    assert!(loaded.unwrap().images.is_empty());
}

#[test]
fn the_committed_schemas_are_current() {
    for (name, schema) in annexe::load::schema::all() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema").join(name);
        let current = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if std::env::var_os("ANNEXE_BLESS").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &current).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == current, "{name} is stale: run with ANNEXE_BLESS=1");
    }
}

#[test]
fn the_schema_knows_what_the_reader_knows() {
    let plan = annexe::load::schema::plan();
    let action = &plan["properties"]["action"]["items"];
    assert_eq!(action["additionalProperties"], false);
    assert_eq!(action["required"], serde_json::json!(["id", "objective", "title", "officers"]));
    let milestone = &action["properties"]["milestone"]["items"]["properties"];
    assert!(milestone["revised"]["items"]["properties"]["to"].is_object());
    let unit = &plan["properties"]["kpi"]["items"]["properties"]["unit"];
    assert_eq!(unit["enum"][6], "per-month");
    assert_eq!(unit["description"], "what its values count");
}

#[test]
fn the_project_folder_is_found_upwards() {
    let project = TestProject::new().file("content/app/a.md", "");
    let found = annexe::load::find_root(&project.path().join("content/app")).unwrap();
    assert_eq!(found, project.path().canonicalize().unwrap());
}

#[test]
fn a_folder_without_a_project_has_errors_and_no_project() {
    let empty = tempfile::tempdir().unwrap();
    let (project, findings) = annexe::load::load(empty.path());
    assert!(project.is_err());
    assert!(findings.count(Severity::Error) > 0);
}

#[test]
fn a_faulty_project_file_still_lets_the_rest_be_read() {
    let project = TestProject::new()
        .file("content/project.toml", "[project]\nas-at = \"soon\"\n[area]\nname = \"Riverside\"\n")
        .file("content/plan/a.toml", "[[role]]\nid = \"ad\"\n");
    let (loaded, lines) = project.lines();
    assert!(loaded.is_some());
    assert_lines(
        &lines,
        &[
            "content/plan/a.toml:1:1 key/missing role \"ad\" has no `name`",
            "content/project.toml:1:1 key/missing [project] has no `author`",
            "content/project.toml:2:9 date/unreadable \"soon\" is not a date that can be read",
        ],
    );
}

#[test]
fn broken_syntax_is_reported_line_by_line_without_guesses_after_it() {
    let toml =
        "[[role]]\nid = \"ad\nname = \"Director\"\n[[role]]\nid = \"b\"\nname = nothing\nnme = 1\n";
    let (_, lines) = TestProject::new().file("content/plan/a.toml", toml).lines();
    assert_lines(
        &lines,
        &[
            "content/plan/a.toml:2:9 toml/syntax invalid basic string, expected `\"`",
            "content/plan/a.toml:6:8 toml/syntax nothing is not a value",
            "content/plan/a.toml:7:1 key/unknown role \"b\" can have no `nme`",
        ],
    );
}
