//! What is exported and imported again changes nothing.

use std::fs;
use std::path::Path;

use calamine::{Reader, Xlsx};
use proptest::prelude::*;

use super::{RISKS, Starter, found};

/// Exports `kind` and imports every sheet again; answers what the imports printed.
fn round_trip(starter: &Starter, kind: &str, file: &str) -> String {
    let sheet = starter.path("out.xlsx");
    let sheet = sheet.to_str().unwrap();
    let exported = starter.run(&["export", kind, "--to", sheet, "--from", file]).exits(0);
    let sheets = exported.out.lines().filter_map(|line| Some(line.split_once(": ")?.0));
    sheets
        .map(|kind| starter.run(&["import", sheet, "--as", kind, "--to", file]).exits(0).out)
        .collect()
}

#[test]
fn every_kind_of_the_starter_project_comes_back_byte_for_byte() {
    let starter = Starter::new();
    let kinds = [
        ("risk", RISKS),
        ("action", "content/plan/actions.toml"),
        ("kpi", "content/plan/kpis.toml"),
        ("role", "content/plan/people.toml"),
        ("objective", "content/plan/objectives.toml"),
        ("scheme", "content/plan/rag.toml"),
    ];
    for (kind, file) in kinds {
        let before = starter.read(file);
        let printed = round_trip(&starter, kind, file);
        assert!(!printed.contains("→") && !printed.contains(": new"), "{kind}: {printed}");
        assert_eq!(starter.read(file), before, "{kind}");
    }
}

#[test]
fn every_kind_of_the_repository_s_own_content_comes_back_byte_for_byte() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let starter = Starter::new();
    let (project, _) = annexe::load::load(root);
    let project = project.unwrap();
    fs::remove_dir_all(starter.path("content/plan")).unwrap();
    fs::create_dir_all(starter.path("content/plan")).unwrap();
    for (_, file) in project.sources.iter() {
        if file.path.starts_with("content/plan") {
            fs::write(starter.path(file.path.to_str().unwrap()), &*file.text).unwrap();
        }
    }
    let schema = annexe::load::schema::plan();
    let mut rows = 0;
    for (_, file) in project.sources.iter() {
        if !file.path.starts_with("content/plan") {
            continue;
        }
        for kind in schema["properties"].as_object().unwrap().keys() {
            if !file.text.contains(&format!("\n[[{kind}]]\n")) {
                continue;
            }
            let name = file.path.to_str().unwrap();
            let printed = round_trip(&starter, kind, name);
            assert!(!printed.contains("→") && !printed.contains(": new"), "{kind}: {printed}");
            assert_eq!(starter.read(name), *file.text, "{kind}");
            rows += printed.matches(" the same").count();
        }
    }
    assert!(rows > 10, "{rows}");
}

#[test]
fn the_sheet_helps_its_owners() {
    let starter = Starter::new();
    let path = starter.path("risks.xlsx");
    let to = path.to_str().unwrap();
    let ran = starter.run(&["export", "risk", "--to", to]).exits(0);
    assert_eq!(ran.out, format!("risk: 2 rows\nwritten to {to}\n"));
    let bytes = fs::read(&path).unwrap();
    starter.run(&["export", "risk", "--to", to]).exits(0);
    assert!(fs::read(&path).unwrap() == bytes, "two exports differ");

    let mut book: Xlsx<_> = calamine::open_workbook(&path).unwrap();
    assert_eq!(book.sheet_names(), ["risk", "Lists"]);
    let lists = book.worksheet_range("Lists").unwrap();
    let words: Vec<String> = lists.rows().flatten().map(ToString::to_string).collect();
    for word in ["rating of risk", "high", "role", "send-lead"] {
        assert!(words.iter().any(|known| known == word), "{word}: {words:?}");
    }
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| std::io::read_to_string(package.by_name(name).unwrap()).unwrap();
    let sheet = part("xl/worksheets/sheet1.xml");
    for words in ["state=\"frozen\"", "<dataValidation type=\"list\"", "Lists!$A$2:$A$4"] {
        assert!(sheet.contains(words), "{words}:\n{sheet}");
    }
    let notes = part("xl/comments1.xml");
    assert!(notes.contains("The day it was put on the register") && notes.contains("2022-05-30"));
}

#[test]
fn what_a_sheet_cannot_hold_is_said() {
    let starter = Starter::new();
    let kpis = "content/plan/kpis.toml";
    let to = starter.path("out.xlsx");
    let ran = starter.run(&["export", "kpi", "--to", to.to_str().unwrap()]).exits(0);
    assert_eq!(found(&ran), ["warning[export/left-out]"]);
    assert!(ran.err.contains("`baseline` of kpi is not in the sheet"), "{}", ran.err);
    starter.write("content/plan/more.toml", &starter.read(RISKS).replace("id = \"R", "id = \"S"));
    let ran = starter.run(&["export", "risk", "--to", to.to_str().unwrap()]).exits(0);
    assert_eq!(found(&ran), ["warning[export/several-files]"]);
    starter.edit(kpis, "[[kpi]]", "[[kpi]");
    fs::remove_file(&to).unwrap();
    starter.run(&["export", "risk", "--to", to.to_str().unwrap()]).exits(1);
    assert!(!to.exists());
}

/// Texts with what trips spreadsheets and TOML: quotes, formulas, escapes, other scripts.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ -~]{1,12}",
        "[à-öЀ-Я一-丐]{1,6}",
        Just("=1+1".to_owned()),
        Just("_x0041_".to_owned()),
        Just("\"\\,;\t".to_owned()),
        Just("2022-05-30".to_owned()),
        Just("007".to_owned()),
        Just("😀&<>'".to_owned()),
    ];
    proptest::collection::vec(piece, 1..4).prop_map(|pieces| {
        let text = pieces.join(" ");
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if folded.is_empty() { "x".to_owned() } else { folded }
    })
}

fn date() -> impl Strategy<Value = toml_edit::Value> {
    let text = |words: &str| toml_edit::Value::from(words);
    prop_oneof![
        (2000..2100_i32, 1..=12_u32).prop_map(move |(y, m)| text(&format!("{y}-{m:02}"))),
        (2000..2100_i32, 1..=12_u32, 1..=28_u32).prop_map(|(y, m, d)| {
            format!("{y}-{m:02}-{d:02}").parse::<toml_edit::Datetime>().unwrap().into()
        }),
        (1..=28_u32).prop_map(move |d| text(&format!("{d} May 2022"))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn random_records_come_back_byte_for_byte(
        risks in proptest::collection::vec(
            (text(), date(), proptest::option::of(text()), proptest::sample::subsequence(vec!["K1", "K2", "K3"], 0..3), any::<bool>()),
            1..6,
        ),
        comment in "[a-z ]{0,9}",
    ) {
        let starter = Starter::new();
        let mut text = format!("# {comment}\n");
        for (index, (title, raised, progress, kpis, is_closed)) in risks.iter().enumerate() {
            let value = |text: &str| toml_edit::Value::from(text);
            text += &format!("\n[[risk]] # {index}\nid = {}\n", value(&format!("R{index}.{}", index * 10)));
            text += &format!("raised = {raised}\ntitle =   {}\nseverity = 'low'\n", value(title));
            text += &format!("mitigation = {}\n", value(title));
            if let Some(progress) = progress {
                text += &format!("progress = {} # so\n", value(progress));
            }
            if !kpis.is_empty() {
                text += &format!("kpis = {kpis:?}\n");
            }
            if *is_closed {
                text += &format!("closed = {raised}\n");
            }
        }
        starter.write(RISKS, &text);
        let printed = round_trip(&starter, "risk", RISKS);
        prop_assert!(printed.contains(&format!("0 new, 0 changed, {} the same", risks.len())), "{}\n{}", printed, text);
        prop_assert_eq!(starter.read(RISKS), text);
    }
}
