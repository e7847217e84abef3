//! `fact/two-values` on labelled pairs: how often it is right, and how much it finds.

use std::fs;
use std::path::Path;

use annexe::assemble::{Options, assemble};
use annexe::figures::{Read, two_values};
use annexe::slips::slips;

use crate::load::TestProject;

/// Whether the check says that the two are of one thing and differ.
fn found(one: &str, other: &str) -> bool {
    let data = one.contains(" = ");
    let mut project = TestProject::new();
    let mut body = String::new();
    for (id, side) in [("one", one), ("other", other)] {
        if !data {
            body += &format!("{side}\n\n");
            continue;
        }
        let (rest, value) = side.rsplit_once(" = ").unwrap();
        let (about, period) = rest.rsplit_once(", ").unwrap();
        let declared = format!(
            "title = \"{id}\"\nsource = \"Survey\"\nkey = [\"id\"]\n[column.id]\nname = \"Id\"\n\
             [column.about]\nname = \"What\"\nkind = \"label\"\n[column.value]\nname = \"Value\"\n\
             unit = \"count\"\n[column.period]\nname = \"When\"\nkind = \"period\"\n"
        );
        let rows = format!("id,about,value,period\na,\"{about}\",{value},{period}\n");
        project = project
            .file(&format!("content/data/{id}.toml"), declared)
            .file(&format!("content/data/{id}.csv"), rows);
        body += &format!("It is {{{{ data.{id}.value.a }}}}.\n\n");
    }
    let template = format!("+++\ntitle = \"A\"\ncover = false\n+++\n\n{body}");
    let (loaded, findings) = project.file("templates/a.md", template).load();
    let faults: Vec<_> = findings.iter().map(|finding| &finding.message).collect();
    assert!(faults.is_empty(), "{one} | {other}: {faults:?}");
    let loaded = loaded.unwrap();
    let template = &loaded.templates["a"];
    let as_at = loaded.settings.as_at;
    let options = Options { edition: "full".into(), as_at, parameters: Default::default() };
    let made = assemble(&loaded, template, &options);
    let read =
        Read { file: template.file, base: template.body, as_at, documents: vec!["a".to_owned()] };
    let of_states = slips(&loaded, &[read]);
    let of_figures = two_values(std::iter::once(&made.document));
    let all = of_states.iter().chain(of_figures.iter());
    all.filter(|finding| finding.rule.code == "fact/two-values").count() > 0
}

#[test]
fn what_it_says_is_right_nine_times_in_ten() {
    let path = "tests/fixtures/sentences/two-values.txt";
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let (mut right, mut wrong, mut missed) = (0, Vec::new(), Vec::new());
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let [label, one, other] = line.split(" | ").collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        match (label, found(one, other)) {
            ("yes", true) => right += 1,
            ("yes", false) => missed.push(line),
            (_, true) => wrong.push(line),
            (_, false) => {}
        }
    }
    println!("right {right}, wrong:\n{}\nmissed:\n{}", wrong.join("\n"), missed.join("\n"));
    assert!(right + missed.len() >= 14);
    assert!(wrong.len() * 10 <= right + wrong.len(), "{}", wrong.join("\n"));
    assert!(missed.len() * 4 <= right + missed.len(), "{}", missed.join("\n"));
}
