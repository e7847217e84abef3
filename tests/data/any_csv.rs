//! Whatever a dataset's files hold, there are findings that can be printed: never a panic.

use annexe::assemble::{Options, assemble};
use annexe::diag::render;
use proptest::prelude::*;

use super::DECLARATION;
use crate::load::TestProject;

const CELLS: &[&str] = &[
    "area",
    "period",
    "overall",
    "pupils",
    "Riverside",
    "England",
    "2020/21",
    "2021/22",
    "9999/00",
    "5.5",
    "-1",
    "1e999",
    "nan",
    "z",
    "x",
    "gap",
    "1,200",
    "5%",
    ",",
    ",",
    ",",
    ",",
    "\n",
    "\n",
    "\r\n",
    "\"",
    "\"\"",
    " ",
    "é",
    "\u{202E}",
    "\u{FEFF}",
    "\0",
    "99999999999999999999999999",
];

const IDENTITY: &[&str] = &[
    "overall",
    "pupils",
    "previous(",
    "sum(",
    "this(",
    ")",
    "(",
    "==",
    "<=",
    "+",
    "-",
    "*",
    "/",
    "**",
    " ",
    "1",
    "0.5",
    "2x",
    "é",
    "|",
    "\\\"",
    "and",
    "not",
    "[",
    "area",
    "_",
];

fn pieces(of: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        9 => proptest::sample::select(of).prop_map(str::to_owned),
        1 => any::<String>().prop_map(|text| text.replace(['"', '\\'], "")),
    ];
    proptest::collection::vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

fn survives(toml: &str, csv: &[u8]) {
    let body = "{{ data.absence.overall[\"Riverside\"][\"2021/22\"] }} \
        {{ change(data.absence.overall[\"Riverside\"][\"2020/21\"], data.absence.overall[\"Riverside\"][\"2021/22\"]) }}\n\n\
        ::: data-table absence\n:::\n\n::: data-table absence where=\"area=Riverside\"\n:::\n";
    let project = TestProject::new()
        .file("content/data/absence.toml", toml)
        .file("content/data/absence.csv", csv)
        .file("templates/a.md", format!("+++\ntitle = \"A\"\n+++\n\n{body}"));
    let (loaded, mut findings) = project.load();
    let Ok(loaded) = loaded else { return };
    let as_at = loaded.settings.as_at;
    findings.extend(annexe::check::check(&loaded, None));
    let options = Options { edition: "full".into(), as_at, parameters: Default::default() };
    findings.extend(assemble(&loaded, &loaded.templates["a"], &options).findings);
    for finding in findings.iter() {
        assert!(!render::human(finding, &loaded.sources, false).is_empty());
        render::short(finding, &loaded.sources);
    }
    render::json(&findings, &loaded.sources);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn any_rows(rows in pieces(CELLS, 60)) {
        survives(DECLARATION, format!("area,period,overall,pupils\n{rows}").as_bytes());
    }

    #[test]
    fn any_file(text in pieces(CELLS, 60)) {
        survives(DECLARATION, text.as_bytes());
    }

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        survives(DECLARATION, &bytes);
    }

    #[test]
    fn any_identity(holds in pieces(IDENTITY, 14), only in pieces(CELLS, 5)) {
        let only: String = only.chars().filter(|c| !c.is_control() && *c != '"').collect();
        let holds: String = holds.chars().filter(|c| !c.is_control()).collect();
        let toml = format!(
            "{DECLARATION}[[identity]]\nname = \"N\"\nholds = \"{holds}\"\nwhere = \"area=Riverside;{only}\"\n"
        );
        let csv = "area,period,overall,pupils\nRiverside,2020/21,1,2\nRiverside,2021/22,3,z\n";
        survives(&toml, csv.as_bytes());
        survives(&toml.replace("where =", "#"), csv.as_bytes());
    }
}
